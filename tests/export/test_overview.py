"""Many policies as tables: every figure is that of a row, and every row that of a report."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue
from reader.errors import CorruptInputError, NotAFileError, NotFoundError
from reader.export.overview import (
    Overview,
    from_line,
    name_and_error,
    overview_of,
    overview_of_error,
    statement_words,
    to_line,
    topics,
    types,
)
from reader.export.overview_csv import overview_head
from reader.export.overview_html import overview_figures, overview_html
from reader.export.overview_parquet import can_write_parquet, write_parquet
from reader.model import Band, PolicyReport, Stance, Verdict
from reader.reference import FEW, statement_rates
from reader.summary import VERDICT_WORDS
from tests.conftest import RunsPolicyReader
from tests.make_report import make_report

LAMPS = (
    """# Privacy policy of the lamp shop

We collect your e-mail address and your name when you order a lamp. We do not sell your personal
data to anyone. We do not encrypt your data. We do not use cookies. We keep your orders for two
years. You may ask us to delete your data at any time.
"""
    + "We collect your address to send the lamps that you order. " * 12
)


@pytest.fixture(scope="module")
def reports() -> list[PolicyReport]:
    sample = Path(__file__).parents[2] / "resources" / "samples" / "lantern-and-loom.md"
    policies = {
        "a.md": sample.read_bytes(),
        "b.txt": LAMPS.encode(),
        "c.txt": b"We collect your e-mail address.",
        "d<script>.txt": LAMPS.replace("do not sell", "sell").encode(),
    }
    return [analyze(data, name) for name, data in policies.items()]


@pytest.fixture(scope="module")
def rows(reports: list[PolicyReport]) -> list[Overview]:
    refused = overview_of_error(CorruptInputError(), "z.pdf")
    return [*map(overview_of, reports), refused]


def page_of(rows: list[Overview]) -> HtmlElement:
    return lxml.html.fromstring(overview_html(rows).decode())


def texts(row: HtmlElement) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def table(page: HtmlElement, name: str) -> list[list[str]]:
    (found,) = page.find_class(name)
    return [texts(row) for row in found.findall("tbody/tr")]


# --- the record -----------------------------------------------------------------------------------


def test_an_overview_holds_what_its_report_says(
    reports: list[PolicyReport], rows: list[Overview]
) -> None:
    for report, row in zip(reports, rows, strict=False):
        assert row.topics == {topic.id: topic.verdict.value for topic in report.topics}
        assert set(row.disclosure_keys) == {each.key for each in report.disclosures}
        assert row.words == report.document.words
        assert row.scores.get("smog_index") == report.scores.smog_index
        assert row.scores.get("percentile") == report.scores.percentile


def test_of_a_text_in_another_language_no_difficulty_is_told() -> None:
    german = "Wir speichern Ihren Namen und Ihre Anschrift. Wir geben sie niemandem weiter. " * 20
    row = overview_of(analyze(german.encode(), "richtlinie.txt"))
    assert (row.band, row.scores) == ("", {})
    page = page_of([row])
    assert not page.find_class("bands")
    assert texts(page.find_class("by-name")[0][0])[1] == "–"


def test_an_overview_comes_back_whole_from_its_line(rows: list[Overview]) -> None:
    assert [from_line(to_line(row)) for row in rows] == rows
    for line in (b"", b"[]", b"{}", b'{"name":1,"disclosure_keys":[]}', b'{"name":"a"}'):
        with pytest.raises(ValueError, match=r"."):
            from_line(line)
    for wrong in (b'{"name":"a","disclosure_keys":[],"topics":{"sell":"fine"}}', b'{"nam":"a"}'):
        with pytest.raises(ValueError, match=r"not an overview"):
            from_line(wrong)


def test_the_types_and_their_words_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    assert set(types()) == set(catalogue.types)
    assert {key.rpartition(":")[0] for key in statement_words()} == set(types())
    assert set(statement_rates()) == {
        f"{kind}:{stance.value}" for kind in types() for stance in Stance
    }


# --- what is counted ------------------------------------------------------------------------------


def test_every_figure_of_the_page_is_counted_from_its_rows(rows: list[Overview]) -> None:
    page = page_of(rows)
    read = [row for row in rows if not row.error]
    bands = dict.fromkeys(["Plain", "Fairly plain", "Fairly hard", "Hard", "Very hard"], 0)
    told = {cells[0]: int(cells[1]) for cells in table(page, "bands")}
    assert sum(told.values()) == len(read)
    assert set(bands) <= set(told)
    by_row = Counter(row.band for row in read)
    assert sorted(told.values(), reverse=True)[: len(by_row)] == sorted(
        by_row.values(), reverse=True
    )
    for topic, cells in zip(topics(), table(page, "topics"), strict=True):
        counted = Counter(row.topics[topic.id] for row in read)
        assert cells[0] == topic.label
        assert [int(cell) for cell in cells[1:]] == [counted[v.value] for v in VERDICT_WORDS]
    for order in ("by-warnings", "by-name", "by-grade"):
        (body,) = page.find_class(order)
        assert len(body) == len(read)
        for cells in map(texts, body):
            (row,) = (row for row in read if cells[0].startswith(row.name))
            grade = row.scores.get("flesch_kincaid_grade")
            warnings = sum(verdict == "bad" for verdict in row.topics.values())
            assert cells[1:4] == [
                "–" if grade is None else f"{grade:.1f}",
                f"{row.words:,}",
                str(warnings),
            ]
            words = [VERDICT_WORDS[Verdict(row.topics[topic.id])] for topic in topics()]
            assert cells[4:] == words
    assert table(page, "refused") == [["z.pdf", CorruptInputError().message]]
    (opening,) = page.xpath("//h1/following-sibling::p[1]")
    assert opening.text_content().startswith(f"{sum(row.words for row in read):,} words")
    assert page.find(".//h1").text_content() == f"{len(read)} policies side by side"


def test_a_statement_that_few_policies_make_is_told_with_who_makes_it(
    rows: list[Overview],
) -> None:
    rates = statement_rates()
    assert rates["protect.encryption:denied"] < FEW < rates["sell.sells:denied"]
    unusual = {each.statement: each for each in overview_figures(rows).unusual}
    assert unusual["protect.encryption:denied"].names == ("b.txt", "d<script>.txt")
    assert "sell.sells:denied" not in unusual
    for cells in table(page_of(rows), "unusual"):
        (each,) = (each for each in unusual.values() if each.words == cells[0])
        assert rates[each.statement] == each.rate < FEW
        assert cells[1] == ", ".join(each.names)
        assert int(cells[2]) == len(each.names)
        assert cells[3] == (f"{each.rate:.1%}" if each.rate else "none")


def test_the_policies_are_sorted_in_each_of_the_three_orders(rows: list[Overview]) -> None:
    page = page_of(rows)

    def column(order: str, number: int) -> list[str]:
        (body,) = page.find_class(order)
        return [texts(row)[number] for row in body]

    warnings = [int(cell) for cell in column("by-warnings", 3)]
    assert warnings == sorted(warnings, reverse=True)
    names = column("by-name", 0)
    assert names == sorted(names)
    grades = [float(cell.replace("–", "-99")) for cell in column("by-grade", 1)]
    assert grades == sorted(grades, reverse=True)


def test_of_very_many_policies_the_table_stands_there_once(rows: list[Overview]) -> None:
    page = page_of(rows[:1] * 1_001)
    assert len(page.find_class("by-warnings")[0]) == 1_001
    assert not page.find_class("by-name")
    assert not page.xpath("//input")


def test_a_page_of_refusals_alone_has_no_empty_tables() -> None:
    page = page_of([overview_of_error(CorruptInputError(), "z.pdf")])
    assert [each.text_content() for each in page.iter("h2")] == [
        "Unusual statements",
        "Could not be read",
    ]


# --- the page -------------------------------------------------------------------------------------


def test_the_page_runs_nothing_and_asks_for_nothing(rows: list[Overview]) -> None:
    page = page_of(rows)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert not page.xpath("//script | //img | //link | //iframe | //form | //@src | //@style")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in page.xpath("//@href")} <= set(ids)


def test_every_sign_has_its_word_beside_it(rows: list[Overview]) -> None:
    page = page_of(rows)
    assert all(sign.get("aria-hidden") == "true" for sign in page.iter("svg"))
    cells = page.xpath("//table[contains(@class, 'policies')]/tbody/tr/td[svg]")
    assert len(cells) > len(rows)
    for cell in cells:
        assert cell.text_content() in VERDICT_WORDS.values()
    for head in page.xpath("//th"):
        assert head.get("scope") in ("col", "row")
    for radio in page.iter("input"):
        assert page.xpath(f"//label[@for='{radio.get('id')}']")


# --- Parquet --------------------------------------------------------------------------------------


def test_the_parquet_table_has_the_columns_and_values_of_the_rows(
    tmp_path: Path, rows: list[Overview]
) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra parquet")
    import pyarrow
    from pyarrow.parquet import read_table

    write_parquet(rows, tmp_path / "x.parquet")
    found = read_table(tmp_path / "x.parquet")
    assert found.column_names == overview_head().decode().strip().split(",")
    assert found.schema.field("words").type == pyarrow.int32()
    assert found.schema.field("effective_date").type == pyarrow.date32()
    for row, cells in zip(rows, found.to_pylist(), strict=True):
        said = {name: value for name, value in cells.items() if value is not None}
        if row.error:
            assert said == {"name": row.name, "error": row.error, "message": row.message}
            continue
        assert said["flesch_kincaid_grade" if row.scores else "words"]
        assert {name: said[name] for name in row.scores} == dict(row.scores)
        assert {topic: said[topic] for topic in row.topics} == dict(row.topics)
        assert {n: v for n, v in said.items() if "." in n} == dict(row.stances())


def test_a_parquet_table_that_cannot_be_saved_is_refused_in_words(
    tmp_path: Path, rows: list[Overview]
) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra parquet")
    with pytest.raises(NotAFileError):
        write_parquet(rows, tmp_path)
    with pytest.raises(NotFoundError):
        write_parquet(rows, tmp_path / "nowhere" / "x.parquet")


def test_without_pyarrow_a_sentence_says_what_to_do(
    tmp_path: Path, policy_reader: RunsPolicyReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(LAMPS)
    (tmp_path / "without" / "pyarrow").mkdir(parents=True)
    (tmp_path / "without" / "pyarrow" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    run = policy_reader("batch", "a.txt", "--to", "parquet", "-o", "x")
    assert run.code == 2
    assert "pip install" in run.err
    assert "policy-reader[parquet]" in run.err
    assert not list(tmp_path.glob("x*"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not can_write_parquet()


def test_a_band_has_one_name_on_the_page(rows: list[Overview]) -> None:
    assert sum(overview_figures(rows).bands.values()) == 4
    assert set(overview_figures(rows).bands) <= set(Band)


def test_a_line_of_another_version_is_not_gone_on_with() -> None:
    read = overview_of(make_report())
    assert name_and_error(to_line(read)) == (read.name, False)
    with pytest.raises(ValueError, match="another version"):
        name_and_error(to_line(replace(read, version="0.0.1")))
