"""Where a policy has several files, whatever leaves the window says which file a quote is from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from reader.analysis import analyze, analyze_parts
from reader.annotations import annotate
from reader.compare import compare
from reader.export.citation import citation
from reader.export.comparison_text import comparison_card
from reader.export.findings_csv import findings_csv
from reader.export.report_html import report_html
from reader.export.report_json import dumps
from reader.export.report_markdown import report_markdown
from reader.gui.printing import write_summary_pdf
from reader.model import PolicyReport, Span
from reader.summary import card_text, files_of, summary_card
from tests.make_parts import CALIFORNIA, COOKIES, MAIN

SOLD = "We sell your personal information to wick and lampshade dealers."
TRACKED = "We let advertising companies place cookies on our pages"


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    files = ((MAIN.read_bytes(), "policy.docx"), (COOKIES, "cookies.html"))
    return analyze_parts([*files, (CALIFORNIA, "california.txt")])


def span_of(report: PolicyReport, words: str) -> Span:
    start = report.document.text.index(words)
    return Span(start, start + len(words))


def test_a_copied_quote_names_its_own_file(report: PolicyReport) -> None:
    assert citation(report, span_of(report, SOLD)) == (
        f"“{SOLD}”\n— Emberglass Lanterns: Privacy Policy, section “Addendum for California”. "
        "Dated 3 February 2026. File: california.txt."
    )


@pytest.mark.parametrize("export", [report_markdown, report_html])
def test_every_quote_and_note_stands_with_its_file(
    report: PolicyReport, export: Callable[..., bytes]
) -> None:
    note = annotate(report.document.text, span_of(report, "Children under 16"), "Ask them.", ())
    assert note is not None
    told = export(report, [note]).decode()
    if export is report_html:
        told = str(lxml.html.document_fromstring(told).text_content())
    assert "section “Addendum for California” of california.txt" in told
    assert "section “Advertising” of cookies.html" in told
    assert "of california.txt" in told[: told.index("Ask them.")][-150:]
    flag = told[told.index("but also that they do") :][:600]
    assert flag.index(SOLD) < flag.index("california.txt")


def test_the_table_has_the_file_of_each_best_passage(report: PolicyReport) -> None:
    rows = list(csv.DictReader(io.StringIO(findings_csv(report).decode())))
    files = {(row["type"], row["stance"]): row["file"] for row in rows}
    assert files["sell.sells", "said"] == "california.txt"
    assert files["sell.sells", "denied"] == "policy.docx"


def test_json_tells_the_file_of_each_passage(report: PolicyReport) -> None:
    passages = [
        passage
        for disclosure in json.loads(dumps(report))["disclosures"]
        for passage in disclosure["evidence"]
    ]
    assert {each["file"] for each in passages if SOLD in each["text"]} == {"california.txt"}
    assert {each["file"] for each in passages if TRACKED in each["text"]} == {"cookies.html"}
    alone = json.loads(dumps(analyze(COOKIES, "cookies.html")))["disclosures"]
    assert alone
    assert all("file" not in each for found in alone for each in found["evidence"])


def test_a_comparison_tells_the_file_of_each_quote(report: PolicyReport) -> None:
    changed = CALIFORNIA.replace(b"We sell", b"We never sell")
    files = ((MAIN.read_bytes(), "policy.docx"), (COOKIES, "cookies.html"))
    later = analyze_parts([*files, (changed, "california.txt")])
    assert f"Old (california.txt): “{SOLD}”" in " ".join(
        comparison_card(compare(report, later)).split()
    )


@pytest.mark.usefixtures("qapp")
def test_the_page_of_paper_names_the_files(report: PolicyReport, tmp_path: Path) -> None:
    write_summary_pdf(report, tmp_path / "card.pdf", "a4")
    with pypdfium2.PdfDocument(tmp_path / "card.pdf") as paper:
        told = " ".join(paper[0].get_textpage().get_text_bounded().split())
    assert "policy.docx, cookies.html and california.txt" in told
    assert "Addendum for California (california.txt)" in told


def test_the_card_names_up_to_three_files_and_counts_more(report: PolicyReport) -> None:
    assert "policy.docx, cookies.html and california.txt." in card_text(summary_card(report))
    many = [(f"We keep lamp {i} for a year.".encode(), f"{i}.txt") for i in range(5)]
    assert summary_card(analyze_parts(many)).source_line == "0.txt, 1.txt and 3 more files"


def test_files_of_one_name_are_told_apart_in_every_place() -> None:
    parts = [(COOKIES, "eu/cookies.html"), (CALIFORNIA, "us/cookies.html")]
    report = analyze_parts(parts)
    assert files_of(report.document) == ("eu/cookies.html", "us/cookies.html")
    assert citation(report, span_of(report, SOLD)).endswith("File: us/cookies.html.")
