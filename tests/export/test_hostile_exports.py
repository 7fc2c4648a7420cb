"""Whatever a file holds, what is made of it does nothing where it is opened."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from markdown_it import MarkdownIt
from PySide6.QtWidgets import QApplication

from reader.analysis import analyze
from reader.compare import compare
from reader.errors import ReaderError
from reader.export.comparison_json import comparison_json
from reader.export.comparison_text import comparison_card, comparison_markdown
from reader.export.finding_report import finding_report
from reader.export.findings_csv import findings_csv
from reader.export.overview_csv import overview_head, overview_row
from reader.export.report_html import report_html
from reader.export.report_json import encode, to_json
from reader.export.report_markdown import report_markdown
from reader.gui.paper import Content
from reader.gui.printing import report_pdf
from reader.model import PolicyReport
from reader.summary import card_text, summary_card

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    '![i](http://127.0.0.1/i.png) <javascript:alert(1)> "><svg onload=alert(1)> \\\\host\\share '
    "file:///etc/hosts \x1b[31m\u202e =cmd|'/c calc'!A1;=1+1"
)
ENGLISH = " ".join(["The shop keeps a lamp in each of its windows, and so do we at home."] * 12)
POLICY = """\
# {attack} Privacy policy

2026. {attack}

{english}

## {attack}

We share your personal data with {attack} advertisers. {attack} We collect your name {attack}.
We do not sell your personal data, except to {attack} partners.
=1+1 We sell your personal data;=1+1

- {attack}

You can opt out of the sale of your data at javascript:alert(1) or http://127.0.0.1/"><b>.
To delete your data, write to "<b>@evil.example or privacy@evil.example.
"""
ESCAPED = ATTACK.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
PAGE = f"""<html><head><title>{ESCAPED}</title><script>alert(1)</script></head>
<body onload="alert(1)"><h1>{ESCAPED}</h1>
<p>{ENGLISH}</p>
<p>We share your personal data with {ESCAPED} advertisers. We do not sell your personal data.</p>
<p>You can <a href="javascript:alert(1)">opt out of the sale of your data here</a> or
<a href="file:///etc/hosts">ask us to delete your data here</a>.</p>
<img src="http://127.0.0.1/i.png"><iframe src="http://127.0.0.1"></iframe></body></html>"""
OWN_FILES = {
    "attack.md": POLICY.format(english=ENGLISH, attack=ATTACK.replace("\x1b", "")).encode(),
    "attack.txt": POLICY.format(english=ENGLISH, attack=ATTACK).encode(),
    "attack.html": PAGE.encode(),
    f"2026. {ATTACK.replace('/', ' ')}.txt": POLICY.format(english=ENGLISH, attack="our").encode(),
    "half a letter \udce9.txt": POLICY.format(english=ENGLISH, attack="our").encode("utf-16"),
}
# What a terminal, a label or a spreadsheet would obey.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\s*[=+@＝＋＠-]")
ACTION = re.compile(
    rb"/(?:AA|AcroForm|EmbeddedFiles?|GoToE|GoToR|ImportData|JavaScript|JS|Launch|OpenAction"
    rb"|RichMedia|SubmitForm|XFA)\b"
)
ADDRESS = re.compile(rb"/URI\s*\((?!https?:|mailto:)")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
OLD = b"# Privacy policy\n\nWe do not sell your personal data. We collect your name.\n"


def assert_inert_page(written: bytes) -> None:
    page = lxml.html.document_fromstring(written.decode("utf-8", "strict"))
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    # One comment would be one too many: older browsers obey some.
    assert len(elements) == len(list(page.iter()))
    forbidden = {"script", "iframe", "img", "object", "embed", "link", "base", "form", "input"}
    assert not {element.tag for element in elements} & forbidden
    for element in elements:
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("action", "background", "formaction", "ping", "poster", "src")
            assert name not in ("srcdoc", "srcset", "style")
            assert not name.endswith("href") or value.startswith("#")
        if element.tag == "style":
            assert not re.search(r"url\(|@import", element.text or "")


def assert_inert_table(written: bytes) -> None:
    text = written.decode("utf-8", "strict")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not FORMULA.match(cell) or is_number(cell)
            assert not OBEYED.search(cell)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", quoting=csv.QUOTE_NONE):
        assert [cell for cell in row if cell.startswith(("=", "@"))] == []


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-\d+\.\d+", cell) is not None


def assert_whole_json(value: dict[str, object]) -> None:
    line = encode(value)
    assert b"\n" not in line
    for text in texts_in(json.loads(line.decode("utf-8", "strict"))):
        text.encode("utf-8", "strict")  # half a pair of surrogates cannot be


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def assert_inert_pdf(written: bytes) -> None:
    objects = STREAM.sub(b"", written)
    assert objects.startswith(b"%PDF")
    assert not ACTION.search(objects)
    assert not ADDRESS.search(objects)


def assert_inert_everywhere(report: PolicyReport) -> None:
    changes = compare(analyze(OLD, "old.md"), report)
    assert_inert_page(report_html(report))
    for markdown in (report_markdown(report), comparison_markdown(changes)):
        shown = MarkdownIt("commonmark").enable("table").render(markdown.decode("utf-8", "strict"))
        assert_inert_page(shown.encode())
    assert_inert_table(findings_csv(report))
    assert_inert_table(b"\n".join((overview_head(), overview_row(report))))
    assert_whole_json(to_json(report))
    assert_whole_json(comparison_json(changes))
    told = [card_text(summary_card(report)), comparison_card(changes)]
    told += [finding_report(report, each, with_words=True) for each in report.disclosures]
    assert [text for text in told if OBEYED.search(text)] == []


@pytest.mark.parametrize("name", OWN_FILES)
def test_an_attack_in_any_place_is_words_in_every_export(name: str, qapp: QApplication):
    report = analyze(OWN_FILES[name], name)

    assert report.disclosures
    assert_inert_everywhere(report)
    assert_inert_pdf(report_pdf(report, Content.SUMMARY_AND_TEXT))


def test_hostile_files_are_inert_in_every_export(shared: Path):
    folder = shared / "data" / "hostile" / "dev"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    exported = 0
    for path in files:
        if "real" in path.parent.name or path.stat().st_size > 100_000:
            continue
        try:
            report = analyze(path.read_bytes(), path.name)
        except ReaderError:
            continue
        exported += 1
        assert_inert_everywhere(report)
    assert exported > 100


@pytest.mark.parametrize("kind", ["active", "uni"])
def test_the_page_on_paper_of_a_hostile_file_does_nothing(
    kind: str, shared: Path, qapp: QApplication
):
    files = sorted((shared / "data" / "hostile" / "dev" / kind).iterdir())
    exported = 0
    for path in files:
        try:
            report = analyze(path.read_bytes(), path.name)
        except ReaderError:
            continue
        exported += 1
        is_short = report.document.words < 3_000
        content = Content.SUMMARY_AND_TEXT if is_short else Content.SUMMARY
        assert_inert_pdf(report_pdf(report, content))
    assert exported
