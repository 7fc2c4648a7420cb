"""The text on paper: whole, in order, cut between lines, its findings beside their words."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.analysis import analyze
from reader.gui.passages import passages_of, telling
from reader.gui.printing import write_summary_pdf
from reader.gui.text_pages import TextPages
from reader.model import PolicyReport
from reader.paths import resource
from reader.summary import clean_line

PAPER = {"a4": QSizeF(210.0, 297.0), "letter": QSizeF(215.9, 279.4)}
DOTS = 4  # to the millimetre


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    path = resource("samples/lantern-and-loom.md")
    return analyze(path.read_bytes(), path.name)


def pages_in(pdf: Path) -> list[str]:
    """The words of each page, as poppler-utils reads them."""
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("size", list(PAPER))
def test_the_pages_hold_the_whole_text_in_order(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport, size: str
):
    pdf = tmp_path / "all.pdf"
    write_summary_pdf(sample, pdf, size, with_text=True)
    _, *pages = pages_in(pdf)
    written = squeezed(" ".join(pages))
    for block in sample.document.blocks:
        for sentence in re.split(r"(?<=\.)\s", block.span.of(sample.document.text)):
            words = squeezed(sentence)
            # A note in the margin or the edge of a page may stand between two lines.
            assert words[:20] in written
            assert words[-20:] in written


def test_each_page_has_its_number_and_the_first_names_the_pages_of_the_quotes(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    pdf = tmp_path / "all.pdf"
    write_summary_pdf(sample, pdf, with_text=True)
    summary, *pages = pages_in(pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=2):
        assert f"Page {number} of {len(pages) + 1}" in page
    text = TextPages(sample, PAPER["a4"])
    for topic in sample.topics:
        found = [d for d in sample.disclosures if d.key in topic.disclosures[:1]]
        for disclosure in found:
            best = disclosure.evidence[0].span
            number = text.page_of(best) + 2
            quote = squeezed(best.of(sample.document.text))[:15]
            assert quote in squeezed(pages[number - 2])
            if disclosure.headline == topic.headline:
                assert f"page {number}" in summary


@pytest.mark.parametrize("size", list(PAPER))
def test_nothing_runs_out_of_its_page(qapp: QApplication, sample: PolicyReport, size: str):
    paper = PAPER[size]
    text = TextPages(sample, paper)
    for number in range(len(text)):
        image = QImage(
            round(paper.width() * DOTS), round(paper.height() * DOTS), QImage.Format.Format_RGB32
        )
        image.fill("white")
        painter = QPainter(image)
        painter.scale(DOTS, DOTS)
        text.paint(painter, number, "A title", f"Page {number}")
        painter.end()
        for margin in (
            QRectF(0, 0, 9, paper.height()),
            QRectF(paper.width() - 13, 0, 13, paper.height()),
            QRectF(0, paper.height() - 17, paper.width(), 3),
        ):
            assert is_white(image, margin), (number, margin)


def is_white(image: QImage, box: QRectF) -> bool:
    cut = image.copy(*(round(v * DOTS) for v in (box.x(), box.y(), box.width(), box.height())))
    return all(
        cut.pixel(x, y) & 0xFFFFFF == 0xFFFFFF
        for x in range(cut.width())
        for y in range(cut.height())
    )


def test_telling_findings_stand_in_the_margin_of_their_page(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    pdf = tmp_path / "all.pdf"
    write_summary_pdf(sample, pdf, with_text=True)
    _, *pages = pages_in(pdf)
    text = TextPages(sample, PAPER["a4"])
    beside = 0
    for passage in telling(sample, passages_of(sample)):
        page = clean_line(pages[text.page_of(passage.span)])
        beside += passage.disclosure.headline in page
    assert beside >= 8


def test_no_heading_is_left_alone_at_the_foot_of_a_page(
    qapp: QApplication, tmp_path: Path, sample: PolicyReport
):
    headings = {squeezed(section.heading) for section in sample.document.sections}
    pdf = tmp_path / "all.pdf"
    for height in (160, 170, 180, 190, 200, 210):
        text = TextPages(sample, QSizeF(148, height))
        starts = [section.span for section in sample.document.sections if section.heading]
        first_words = [
            next(s.span for s in sample.document.sentences if s.span.start >= span.start)
            for span in starts
        ]
        for heading, words in zip(starts, first_words, strict=True):
            assert text.page_of(heading) == text.page_of(words), height
        assert all(a <= b for a, b in pairwise(map(text.page_of, starts)))
    write_summary_pdf(sample, pdf, with_text=True)
    for page in pages_in(pdf)[1:]:
        last = page.strip().splitlines()[-2:]
        assert squeezed(last[0]) not in headings
