"""The report as JSON: what the contract asks for, whole, and not to be fooled."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reader.difficulty import difficulty_of_policy
from reader.errors import EncryptedInputError
from reader.export.findings_csv import findings_csv
from reader.export.overview import overview_of
from reader.export.overview_csv import overview_row
from reader.export.overview_html import overview_html
from reader.export.report_html import report_html
from reader.export.report_json import (
    ReportFormatError,
    decode_in_steps,
    dumps,
    encode,
    encode_by_member,
    error_from_json,
    error_json,
    from_json,
    loads,
    to_json,
)
from reader.export.report_markdown import report_markdown
from reader.model import Counts, HeavySentence, LegalBar, PolicyReport
from reader.rewriting import rewriting_of
from reader.summary import card_text, summary_card
from tests.make_report import make_report, with_name


@pytest.fixture
def report() -> PolicyReport:
    """One with something in every list that a report has."""
    made = make_report()
    heavy = made.document.sentences[1].span
    return replace(
        made,
        heavy_sentences=(HeavySentence(heavy, Counts(10, 1, 18, 2, 1, 51, 51, 3)),),
        legal_bars=(
            LegalBar(
                id="short",
                name="Short sentences",
                law="A law, section 1",
                source="https://law.example/1",
                asks="words a sentence",
                passed=True,
                figure=7.7,
                limit=25,
                result="passed by 17 words",
                how="words between blanks",
                unchecked="",
            ),
        ),
    )


@pytest.fixture
def value(report: PolicyReport) -> Any:
    return json.loads(dumps(report))


def test_report_follows_the_contract(value: Any, shared: Path) -> None:
    schema = json.loads((shared / "contract" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(value, schema, format_checker=jsonschema.FormatChecker())


def test_report_is_read_back_whole(report: PolicyReport) -> None:
    assert from_json(to_json(report)) == report
    assert loads(dumps(report)) == report


def test_report_is_one_line_of_utf_8(report: PolicyReport) -> None:
    line = encode(to_json(report))
    assert b"\n" not in line
    assert "🏮" in line.decode("utf-8")


def test_offsets_are_code_points_of_the_text(value: Any) -> None:
    text = value["document"]["text"]
    passages = [evidence for each in value["disclosures"] for evidence in each["evidence"]]
    assert passages
    assert all(text[each["start"] : each["end"]] == each["text"] for each in passages)


def test_numbers_are_not_clamped(value: Any) -> None:
    assert value["readability"]["automated_readability_index"] == -0.3


def test_half_a_character_in_a_name_still_gives_utf_8(report: PolicyReport) -> None:
    line = encode(to_json(with_name(report, "caf\udce9.txt")))
    assert json.loads(line.decode("utf-8"))["document"]["source"]["name"] == "caf?.txt"


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_no_score_and_makes_no_report(
    report: PolicyReport, value: Any, wrong: float
) -> None:
    with pytest.raises(ValueError, match="a score is a number"):
        replace(report.scores, smog_index=wrong)
    value["disclosures"][0]["confidence"] = wrong
    with pytest.raises(ReportFormatError, match="confidence: not a number"):
        loads(encode(value))


def test_refusal_follows_the_contract() -> None:
    refusal = error_json(EncryptedInputError(), "x.pdf")
    assert refusal == {
        "schema": "policy-reader/error/1",
        "ok": False,
        "source": {"name": "x.pdf"},
        "error": "encrypted",
        "message": "This file is protected by a password.",
        "hint": EncryptedInputError.hint,
    }
    again = error_from_json(refusal)
    assert isinstance(again, EncryptedInputError)
    assert again.message == refusal["message"]


@pytest.mark.parametrize(
    ("path", "lie"),
    [
        (("schema",), "policy-reader/report/2"),
        (("sections", 1, "start"), 3),
        (("sections", 0, "id"), "s7"),
        (("sections", 1, "parent"), "s2"),
        (("sentences", 0, "end"), 10**6),
        (("sentences", 0, "section"), "s9"),
        (("sentences", 0, "block"), 99),
        (("sentences", 3, "lead_in"), 99),
        (("disclosures", 0, "evidence"), []),
        (("disclosures", 0, "evidence", 0, "text"), "They share nothing."),
        (("disclosures", 0, "stance"), "perhaps"),
        (("disclosures", 0, "confidence"), True),
        (("document", "words"), -1),
        (("document", "pages"), [10**6]),
        (("document", "links", 0, "target"), "javascript:alert(1)"),
        (("actions", 0, "target"), "file:///etc/passwd"),
        (("marks", 0, "start"), 10**6),
        (("marks", 0, "kind"), "vauge"),
        (("notices", 0, "kind"), "x"),
        (("facts", "effective_date"), "2026-13-01"),
        (("facts", "effective_date"), "20260301"),
        (("facts", "effective_date"), "2026-W01-1"),
        (("heavy_sentences", 0, "words"), 0),
        (("heavy_sentences", 0, "words"), 47),
        (("readability", "gunning_fog"), float("inf")),
    ],
    ids=lambda each: ".".join(map(str, each)) if isinstance(each, tuple) else "",
)
def test_a_report_that_lies_is_refused(
    value: Any, path: tuple[str | int, ...], lie: object
) -> None:
    place = value
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = lie
    with pytest.raises(ReportFormatError):
        from_json(value)


@pytest.mark.parametrize("line", ["", "{", "[]", "null", "[" * 100_000, '{"schema": NaN}', b"\xff"])
def test_what_is_no_report_is_refused(line: str | bytes) -> None:
    with pytest.raises(ReportFormatError):
        loads(line)


@pytest.mark.parametrize(
    "damage",
    [
        *(None, True, [], {}, [None], {"x": None}),
        *(0, 1, 7, -1, 10**9, 1.5, -1e300),
        *("", "x", "a-b-c", "2026-13-01", "2026-W01-1", "sell.sells:said", "\ud800"),
    ],
)
def test_damage_anywhere_is_refused_or_harmless(value: Any, damage: object) -> None:
    for path in paths_of(value):
        damaged = copy.deepcopy(value)
        place = damaged
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = damage
        try:
            read = from_json(damaged)
        except ReportFormatError:
            continue
        show(read)


def show(report: PolicyReport) -> None:
    """Make of ``report`` what a reader of it is shown, on each of the ways."""
    card_text(summary_card(report))
    difficulty_of_policy(report)
    rewriting_of(report)
    for export in (report_html, report_markdown, findings_csv, overview_row):
        export(report)
    overview_html([overview_of(report)])


@pytest.mark.parametrize("what", ["blocks", "sentences"])
@pytest.mark.parametrize("disorder", ["turned round", "twice"])
def test_what_divides_the_text_stands_in_its_order(value: Any, what: str, disorder: str) -> None:
    items = value["sentences"] if what == "sentences" else value["document"]["blocks"]
    items[:] = reversed(items) if disorder == "turned round" else [*items, items[-1]]
    with pytest.raises(ReportFormatError, match=what):
        from_json(value)


def test_every_key_is_needed_to_read_a_report_back(value: Any) -> None:
    derived = {"reading_minutes"}
    for path in paths_of(value):
        if isinstance(path[-1], int) or path[-1] in derived:
            continue
        damaged = copy.deepcopy(value)
        place = damaged
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]
        with pytest.raises(ReportFormatError):
            from_json(damaged)


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything below ``value``; of a list, its first item stands for all."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value[:1]))
    for key, item in items:
        yield (*path, key)
        yield from paths_of(item, (*path, key))


def read_in_steps(text: bytes) -> tuple[object, int]:
    """Return what ``decode_in_steps`` reads, and how often it let go meanwhile."""
    steps, pauses = decode_in_steps(text), 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value, pauses
        pauses += 1


def test_an_object_with_a_line_for_each_member_is_read_member_by_member(
    report: PolicyReport,
) -> None:
    value = to_json(report)
    text = encode_by_member(value)
    assert json.loads(text) == json.loads(encode(value))
    assert read_in_steps(text) == (json.loads(text), len(value))
    assert read_in_steps(encode(value)) == (json.loads(text), 0)


@pytest.mark.parametrize(
    "text", [b"{,\n}", b'{"a":1,\n}', b'{"a":1},\n{"b":2}', b'{"a":[1,\n2]}', b'{"a":NaN,\n"b":1}']
)
def test_lines_that_hold_no_members_are_no_report(text: bytes) -> None:
    with pytest.raises(ReportFormatError):
        read_in_steps(text)
