"""What is put on paper: findings with their quotes, notes, and what leads through a PDF."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which

import pypdfium2
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.analysis import analyze
from reader.annotations import Annotation, annotate
from reader.difficulty import bar_lines
from reader.export.findings import findings_of
from reader.export.pdf_navigation import OutlineEntry, PageLink, PagePlace, with_navigation
from reader.export.reading import TITLE
from reader.export.wording import WORDING, word_tables
from reader.gui.paper import Content, Paper
from reader.gui.printing import report_pdf
from reader.model import PolicyReport
from reader.paths import resource
from reader.rewriting import rewriting_of
from reader.summary import clean_line, summary_card
from tests.gui.reports import crowded_report, hostile_report
from tests.make_report import make_report

A4 = QSizeF(210.0, 297.0)
NOTE = "Ask them in writing which companies these are."


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    path = resource("samples/lantern-and-loom.md")
    return analyze(path.read_bytes(), path.name)


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text)


def pages_in(data: bytes, folder: Path) -> list[str]:
    """The words of each page, as poppler-utils reads them."""
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    pdf = folder / "read.pdf"
    pdf.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True, timeout=60
    )
    assert not done.stderr
    return done.stdout.decode().split("\f")[:-1]


def noted(report: PolicyReport, *places: int, note: str = NOTE) -> tuple[Annotation, ...]:
    """Return a note on each of these sentences."""
    made: list[Annotation] = []
    for place in places:
        span = report.document.sentences[place].span
        new = annotate(report.document.text, span, note, made)
        assert new is not None
        made.append(new)
    return tuple(made)


def links_of(pdf: bytes) -> list[str]:
    """Return the web and mail addresses that a PDF leads to."""
    return [each.decode() for each in re.findall(rb"/URI \(([^)]*)\)", pdf)]


# Findings


def test_every_finding_stands_on_paper_with_all_its_quotes(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    written = squeezed(" ".join(pages_in(report_pdf(sample, Content.FINDINGS), tmp_path)))
    findings = findings_of(sample)
    assert len(findings) > 40
    for finding in findings:
        assert squeezed(f"{finding.verdict_word}{finding.disclosure.statement}")[:40] in written
        for quote in finding.quotes:
            assert squeezed(quote.words)[:30] in written
            assert squeezed(quote.words)[-30:] in written


def test_no_page_of_findings_begins_with_a_place_or_ends_with_a_bare_statement(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    statements = {squeezed(each.disclosure.statement) for each in findings_of(sample)}
    pages = pages_in(report_pdf(sample, Content.FINDINGS), tmp_path)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        body = [line for line in page.splitlines() if not line.startswith(("Page ", "Made by"))]
        assert not body[1].startswith("In: ")
        last = squeezed(body[-1])
        assert not any(statement.endswith(last) for statement in statements)


def test_what_goes_on_from_the_page_before_names_its_topic(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    first, *others = pages_in(report_pdf(sample, Content.FINDINGS), tmp_path)
    assert ", continued" not in first
    assert sum(", continued" in page for page in others) >= 2


@pytest.mark.parametrize("content", list(Content))
@pytest.mark.parametrize("make", [crowded_report, hostile_report, make_report])
def test_nothing_runs_out_of_the_paper(
    qapp: QApplication, content: Content, make: Callable[[], PolicyReport]
):
    report = make()
    paper = Paper(report, content, A4, noted(report, 1, 3, note="A long note. " * 300))
    for number in range(len(paper)):
        image = QImage(420, 594, QImage.Format.Format_RGB32)
        image.fill("white")
        painter = QPainter(image)
        painter.scale(2, 2)
        paper.paint(painter, number)
        painter.end()
        for left, width in ((0, 18), (396, 24)):
            white = QImage(width, 594, QImage.Format.Format_RGB32)
            white.fill("white")
            assert image.copy(left, 0, width, 594) == white, number


def test_a_report_without_findings_says_so(qapp: QApplication, tmp_path: Path):
    report = replace(make_report(), disclosures=(), flags=())
    report = replace(report, topics=tuple(replace(t, disclosures=()) for t in report.topics))
    (page,) = pages_in(report_pdf(report, Content.FINDINGS), tmp_path)
    assert "We found nothing to list." in page


def test_what_was_not_read_and_what_was_dismissed_stand_on_every_kind_of_paper(
    qapp: QApplication, tmp_path: Path
):
    report = make_report()
    assert report.notices
    for content in Content:
        words = " ".join(" ".join(pages_in(report_pdf(report, content), tmp_path)).split())
        for notice in report.notices:
            assert clean_line(notice.text) in words


# Notes


@pytest.mark.parametrize("content", [Content.SUMMARY_AND_TEXT, Content.FINDINGS])
def test_notes_of_the_reader_are_listed_whole_with_their_words(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport, content: Content
):
    long = "First of all. " * 40 + "And this is the end of it."
    notes = noted(sample, 4, note=long)
    written = squeezed(" ".join(pages_in(report_pdf(sample, content, "a4", notes), tmp_path)))
    assert squeezed("Your notes") in written
    assert squeezed(long) in written
    quote = sample.document.sentences[4].span.of(sample.document.text)
    assert squeezed(quote) in written.partition(squeezed("Your notes"))[2]


def test_a_note_stands_beside_its_words_and_its_listing_names_the_page(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    last = len(sample.document.sentences) - 3
    notes = noted(sample, last)
    pages = pages_in(report_pdf(sample, Content.SUMMARY_AND_TEXT, "a4", notes), tmp_path)
    quote = squeezed(notes[0].span.of(sample.document.text) if notes[0].span else "")
    (number,) = (
        number for number, page in enumerate(pages[1:-1], start=2) if quote[:25] in squeezed(page)
    )
    assert squeezed(f"Your note: {NOTE}") in squeezed(pages[number - 1])
    assert f"On page {number}" in pages[-1]


def test_without_notes_there_is_no_word_of_them(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    for content in Content:
        words = " ".join(pages_in(report_pdf(sample, content), tmp_path))
        assert "Your note" not in words


def test_words_that_are_gone_leave_their_note(qapp: QApplication, tmp_path: Path):
    lost = Annotation(1, None, "", "What did this say?")
    pages = pages_in(report_pdf(make_report(), Content.SUMMARY_AND_TEXT, "a4", (lost,)), tmp_path)
    assert "What did this say?" in pages[-1]
    assert "These words are no longer in the text." in pages[-1]


# What leads through a PDF


def test_the_outline_names_every_section_on_its_page(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    pdf = report_pdf(sample, Content.SUMMARY_AND_TEXT, "a4", noted(sample, 2))
    pages = pages_in(pdf, tmp_path)
    entries = list(pypdfium2.PdfDocument(pdf).get_toc(max_depth=9))
    titles = [entry.get_title() for entry in entries]
    headings = [clean_line(s.heading) for s in sample.document.sections if s.heading]
    assert titles == ["Summary", "The text", *headings, TITLE, WORDING, "Your notes"]
    for entry in entries[2:]:
        place = entry.get_dest()
        assert place is not None
        page = place.get_index()
        assert page is not None
        assert squeezed(entry.get_title()) in squeezed(pages[page])


def test_the_outline_of_findings_names_their_topics(qapp: QApplication, sample: PolicyReport):
    entries = pypdfium2.PdfDocument(report_pdf(sample, Content.FINDINGS)).get_toc()
    topics = list(dict.fromkeys(finding.topic for finding in findings_of(sample)))
    assert [entry.get_title() for entry in entries] == topics


def test_one_page_needs_no_outline(qapp: QApplication, sample: PolicyReport):
    assert not list(pypdfium2.PdfDocument(report_pdf(sample)).get_toc())


def test_links_are_the_addresses_of_what_to_do_and_no_others(
    qapp: QApplication, sample: PolicyReport
):
    shown = {action.target for action in summary_card(sample).actions if action.target}
    assert shown
    for content in (Content.SUMMARY, Content.SUMMARY_AND_TEXT):
        assert set(links_of(report_pdf(sample, content))) == shown
    assert not links_of(report_pdf(sample, Content.FINDINGS))


def test_an_address_that_is_not_shown_whole_is_no_link(qapp: QApplication):
    assert not links_of(report_pdf(crowded_report()))


def test_the_first_page_leads_to_the_words_of_each_tile(qapp: QApplication, sample: PolicyReport):
    paper = Paper(sample, Content.SUMMARY_AND_TEXT, A4)
    links = places_from_first_page(paper)
    firsts = [each for each in sample.topics if each.disclosures]
    assert len(links) >= len(firsts) - 2  # silence may have decided, and leads nowhere
    assert all(1 <= link.page < len(paper) for link in links)
    assert len({link.page for link in links}) > 2


def places_from_first_page(paper: Paper) -> list[PagePlace]:
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    links = paper.paint(painter, 0)
    painter.end()
    return [link.target for link in links if isinstance(link.target, PagePlace)]


def test_a_pdf_tells_its_title_author_and_language(qapp: QApplication, sample: PolicyReport):
    pdf = pypdfium2.PdfDocument(report_pdf(sample, Content.FINDINGS))
    told = pdf.get_metadata_dict()
    assert told["Title"] == f"{summary_card(sample).title}: findings"
    assert told["Author"] == "Policy Reader"
    assert b"/Lang (en)" in report_pdf(sample)


@pytest.fixture
def made() -> bytes:
    """A PDF of three pages, as Qt writes it and without what leads through it."""
    whole = report_pdf(make_report(), Content.SUMMARY_AND_TEXT)
    return whole[: whole.index(b"%%EOF") + len(b"%%EOF\n")]


def test_what_qt_wrote_stays_byte_for_byte(qapp: QApplication, made: bytes):
    changed = with_navigation(made, "en", outline=[OutlineEntry("One", PagePlace(0, 10))])
    assert changed.startswith(made)
    assert pypdfium2.PdfDocument(changed).get_page(0).get_textpage().get_text_range()


def test_titles_and_addresses_of_any_kind_cannot_leave_their_string(
    qapp: QApplication, made: bytes
):
    title = ") >> endobj 你好 🏮 ("
    target = "https://lamps.example/a)(b\\c d/é?x=1&y=(2)"
    link = PageLink(0, 10, 10, 50, 5, target)
    changed = with_navigation(made, "en", [link], [OutlineEntry(title, PagePlace(1, 0), 4)])
    (entry,) = pypdfium2.PdfDocument(changed).get_toc()
    assert entry.get_title() == title
    assert links_of(changed) == ["https://lamps.example/a%29%28b%5Cc%20d/%C3%A9?x=1&y=%282%29"]


def test_entries_stand_below_the_last_higher_one(qapp: QApplication, made: bytes):
    levels = [1, 3, 2, 3, 3, 1, 6, 1]
    outline = [OutlineEntry(str(n), PagePlace(0, n), level) for n, level in enumerate(levels)]
    toc = pypdfium2.PdfDocument(with_navigation(made, "en", outline=outline)).get_toc()
    assert [(entry.get_title(), entry.level) for entry in toc] == [
        ("0", 0), ("1", 1), ("2", 1), ("3", 2), ("4", 2), ("5", 0), ("6", 1), ("7", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nno table", b"%PDF startxref\n3\n%%EOF"])
def test_a_file_of_another_form_is_left_as_it_is(data: bytes):
    assert with_navigation(data, "en", outline=[OutlineEntry("x", PagePlace(0, 0))]) == data


def test_how_it_reads_and_is_worded_stands_behind_the_text(
    qapp: QApplication, sample: PolicyReport, tmp_path: Path
):
    pages = pages_in(report_pdf(sample, Content.SUMMARY_AND_TEXT), tmp_path)
    behind = squeezed(" ".join(pages).partition(TITLE)[2])
    for bar in sample.legal_bars:
        assert squeezed(bar_lines(bar)[0]) in behind
    for row in rewriting_of(sample).sentences:
        assert squeezed(row.words) in behind
    for table in word_tables(sample):
        assert all(squeezed(word.note) in behind for word in table.words)
    assert TITLE not in " ".join(pages_in(report_pdf(sample), tmp_path))


def test_a_word_and_its_meaning_stand_beside_each_other_on_paper(
    qapp: QApplication, sample: PolicyReport, tmp_path: Path
):
    """Below each other they take twice the pages."""
    pages = pages_in(report_pdf(sample, Content.SUMMARY_AND_TEXT), tmp_path)
    behind = "\n".join(pages).partition(WORDING)[2]
    rows = {squeezed(line) for line in behind.splitlines()}
    words = [word for table in word_tables(sample) for word in table.words]
    short = [word for word in words if len(word.words) < 15 and len(word.note) < 40]
    assert len(short) > 10
    for word in short:
        times = f"{word.times}times" if word.times > 1 else ""
        assert squeezed(f"{word.words}{times}{word.note}") in rows
