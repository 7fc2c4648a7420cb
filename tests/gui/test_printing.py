"""The page: one, whatever the policy; all its words; its colours; never half a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.compare import compare
from reader.errors import NotAFileError, NotFoundError
from reader.gui.comparison_printing import print_comparison
from reader.gui.paper import Content
from reader.gui.printing import (
    preview_report,
    print_report,
    report_pdf,
    write_summary_pdf,
)
from reader.gui.summary_page import paint_summary
from reader.gui.theme import apply_theme, load_theme
from reader.model import PolicyReport, SilentType, Valence, Verdict
from reader.paths import resource
from reader.summary import VERDICT_WORDS, summary_card
from tests.check_page import PAPER, problems_of
from tests.gui.reports import crowded_report, hostile_report, report_of_all_valences
from tests.make_report import make_report

REPORTS: tuple[Callable[[], PolicyReport], ...] = (
    make_report,
    report_of_all_valences,
    crowded_report,
    hostile_report,
)


def told(command: str, *arguments: str | Path) -> str:
    """What a tool of poppler-utils says."""
    if which(command) is None:
        pytest.skip(f"{command} is not installed (poppler-utils)")
    done = subprocess.run([command, *arguments], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def info(pdf: Path) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in told("pdfinfo", pdf).splitlines() if ":" in line)
    return {key: value.strip() for key, value in pairs}


def words_of(pdf: Path) -> str:
    return " ".join(told("pdftotext", "-raw", pdf, "-").split())


def picture(report: PolicyReport, size: str = "a4", dots_per_mm: float = 4.0) -> QImage:
    wide, high = PAPER[size]
    image = QImage(round(wide * dots_per_mm), round(high * dots_per_mm), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.scale(dots_per_mm, dots_per_mm)
    paint_summary(painter, QRectF(0, 0, wide, high), report)
    painter.end()
    return image


def inked(image: QImage, box: QRectF, dots_per_mm: float = 4.0) -> int:
    """How many pixels of ``box``, in millimetres, are not white."""
    cut = image.copy(
        *(round(part * dots_per_mm) for part in (box.x(), box.y(), box.width(), box.height()))
    )
    return sum(
        cut.pixel(x, y) & 0xFFFFFF != 0xFFFFFF
        for x in range(cut.width())
        for y in range(cut.height())
    )


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    path = resource("samples/lantern-and-loom.md")
    return analyze(path.read_bytes(), path.name)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return tmp_path / "the summary.pdf"


@pytest.mark.parametrize("make", REPORTS)
@pytest.mark.parametrize("size", list(PAPER))
def test_the_summary_is_one_page_whatever_the_policy(
    qapp: QApplication, pdf: Path, make: Callable[[], PolicyReport], size: str
):
    write_summary_pdf(make(), pdf, size)
    facts = info(pdf)
    assert facts["Pages"] == "1"
    wide, high = (float(part) for part in re.findall(r"[\d.]+", facts["Page size"])[:2])
    assert (wide, high) == pytest.approx([part / 25.4 * 72 for part in PAPER[size]], abs=1)


@pytest.mark.parametrize("make", REPORTS)
@pytest.mark.parametrize("size", list(PAPER))
def test_nothing_runs_into_the_margins_of_the_page(
    qapp: QApplication, make: Callable[[], PolicyReport], size: str
):
    wide, high = PAPER[size]
    image = picture(make(), size)
    assert inked(image, QRectF(14, 12, wide - 28, high - 22)) > 1000
    for margin in (
        QRectF(0, 0, 13.5, high),
        QRectF(wide - 13.5, 0, 13.5, high),
        QRectF(0, 0, wide, 11.5),
        QRectF(0, high - 9.5, wide, 9.5),
    ):
        assert inked(image, margin) == 0


@pytest.mark.parametrize("make", [report_of_all_valences, crowded_report])
def test_the_text_of_the_page_holds_every_topic_and_its_verdict(
    qapp: QApplication, pdf: Path, make: Callable[[], PolicyReport]
):
    report = make()
    write_summary_pdf(report, pdf)
    text = words_of(pdf)
    for tile in summary_card(report).tiles:
        assert tile.label in text
        assert VERDICT_WORDS[tile.verdict] in text


def test_the_page_says_what_the_card_says_and_where_the_words_stand(qapp: QApplication, pdf: Path):
    report = report_of_all_valences()
    write_summary_pdf(report, pdf)
    text, card = words_of(pdf), summary_card(report)
    for words in (
        card.title.removesuffix(" 🏮"),
        card.verdict,
        card.difficulty,
        card.length,
        card.date_line,
        card.source_line,
        card.made_by,
        *(flag.text for flag in card.flags),
        *(quote for flag in card.flags for quote in flag.quotes),
        *(action.text for action in card.actions),
        *card.notices,
        "privacy@larch-lantern.example",
        "In: 1. Sharing",
    ):
        assert words in text


def test_a_warning_of_missing_parts_is_printed_to_its_end(qapp: QApplication, pdf: Path):
    told = "We keep what the law asks us to keep, and nothing else, in this part.\n\nSee more\n\n"
    parts = "".join(f"# {name}\n\n{told}" for name in ("Use", "Sharing", "Rights", "Cookies"))
    report = analyze(f"# Our privacy policy\n\n{parts}".encode(), "folded.md")
    notices = summary_card(report).notices
    assert any(len(notice) > 120 and "See more" in notice for notice in notices)

    write_summary_pdf(report, pdf)

    printed = words_of(pdf)
    assert all(notice in printed for notice in notices)


def test_a_verdict_that_silence_decided_names_no_place(qapp: QApplication, pdf: Path):
    report = make_report()
    silent = SilentType("rights.delete", "Delete your data", "No word on deleting", Valence.BAD)
    topics = tuple(
        replace(each, verdict=Verdict.BAD, headline="Says no word on deletion", silent=(silent,))
        if each.id == "rights"
        else each
        for each in report.topics
    )
    write_summary_pdf(report, pdf)
    assert "In: 2. Your rights" in words_of(pdf)
    write_summary_pdf(replace(report, topics=topics), pdf)
    assert "Says no word on deletion" in words_of(pdf)
    assert "In: 2. Your rights" not in words_of(pdf)


def test_a_quote_that_serves_two_findings_of_a_flag_stands_once(qapp: QApplication, pdf: Path):
    report = make_report()
    twin = replace(report.disclosures[1], type="sell.twin")
    flag = replace(report.flags[0], disclosures=("sell.sells:denied", twin.key))
    report = replace(report, disclosures=(*report.disclosures, twin), flags=(flag,))
    write_summary_pdf(report, pdf)
    assert words_of(pdf).count("“We do not sell your personal information") == 1


def test_what_does_not_fit_is_counted(qapp: QApplication, pdf: Path):
    write_summary_pdf(crowded_report(), pdf, "letter")
    text = words_of(pdf)
    flags = int(re.findall(r"and (4[78]) more", text)[0])
    assert flags in (47, 48)
    assert "and 46 more" in text
    assert "and 49 more" in text or "and 48 more" in text


def test_copied_text_holds_no_ligatures(qapp: QApplication, pdf: Path):
    report = report_of_all_valences()
    write_summary_pdf(replace(report, verdict="Difficult offers flow first, finally."), pdf)
    text = words_of(pdf)
    assert "Difficult offers flow first, finally." in text
    assert not re.search("[\ufb00-\ufb06]", text)


def test_every_font_is_embedded(qapp: QApplication, pdf: Path):
    write_summary_pdf(report_of_all_valences(), pdf)
    rows = told("pdffonts", pdf).splitlines()
    columns = rows[0].index("emb")
    assert len(rows) > 2
    assert all(row[columns : columns + 3] == "yes" for row in rows[2:])


def test_the_file_has_the_title_of_the_policy(qapp: QApplication, pdf: Path):
    write_summary_pdf(make_report(), pdf)
    assert info(pdf)["Title"].startswith("Privacy policy of Larch & Lantern")


@pytest.mark.parametrize("window", ["light", "dark"])
def test_each_valence_has_its_light_colour_on_paper_whatever_the_window(
    qapp: QApplication, window: str
):
    before = qapp.palette(), qapp.style().name()
    try:
        apply_theme(qapp, load_theme(window))
        image = picture(report_of_all_valences())
    finally:
        qapp.setPalette(before[0])
        qapp.setStyle(before[1])
    found = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    light = load_theme("light")
    for verdict in Verdict:
        assert light.colors(verdict).line.name() in found
    for verdict in (Verdict.GOOD, Verdict.NEUTRAL, Verdict.CAUTION, Verdict.BAD):
        assert light.colors(verdict).tint.name() in found


@pytest.mark.parametrize("window", ["light", "dark"])
@pytest.mark.parametrize("size", list(PAPER))
def test_the_page_of_the_sample_is_whole_for_other_programs(
    qapp: QApplication, sample: PolicyReport, size: str, window: str
):
    if which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (poppler-utils)")
    before = qapp.palette(), qapp.style().name()
    try:
        apply_theme(qapp, load_theme(window))
        pdf = report_pdf(sample, page_size=size)
    finally:
        qapp.setPalette(before[0])
        qapp.setStyle(before[1])
    assert {topic.verdict for topic in sample.topics} >= {Verdict(v.value) for v in Valence}
    assert not problems_of(pdf, sample, size)


def test_a_page_with_faults_is_found_out(qapp: QApplication, sample: PolicyReport):
    if which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (poppler-utils)")
    longer = report_pdf(sample, Content.SUMMARY_AND_TEXT)
    assert any("pages" in each for each in problems_of(longer, sample, "a4"))
    other = replace(sample, verdict="Something else altogether.")
    faults = problems_of(report_pdf(sample), other, "letter")
    assert any("paper" in each for each in faults)
    assert any("Something else" in each for each in faults)


def test_printing_to_a_file_gives_the_same_one_page(
    qapp: QApplication, home: Path, pdf: Path, qtbot: QtBot
):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = print_report(report_of_all_valences(), window)
    (file_name,) = (each for each in dialog.findChildren(QLineEdit) if str(home) in each.text())
    file_name.setText(str(pdf))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()
    assert info(pdf)["Pages"] == "1"
    assert "Data collected" in words_of(pdf)


def ask_to_print_a_report(window: QWidget) -> QPrintDialog:
    return print_report(report_of_all_valences(), window)


def ask_to_print_a_comparison(window: QWidget) -> QPrintDialog:
    return print_comparison(compare(make_report(), report_of_all_valences()), window)


@pytest.mark.qt_log_ignore("QPainter::begin")
@pytest.mark.parametrize("ask", [ask_to_print_a_report, ask_to_print_a_comparison])
def test_a_printer_that_takes_nothing_is_told_in_words(
    qapp: QApplication, home: Path, qtbot: QtBot, ask: Callable[[QWidget], QPrintDialog]
):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = ask(window)
    (file_name,) = (each for each in dialog.findChildren(QLineEdit) if str(home) in each.text())
    file_name.setText(str(home / "no such folder" / "page.pdf"))
    dialog.accept()
    boxes = window.findChildren(QMessageBox)
    assert [box.text() for box in boxes] == ["The page could not be printed."]
    with qtbot.waitSignal(boxes[0].destroyed):
        boxes[0].close()


def test_the_preview_shows_one_page_and_closes(qapp: QApplication, qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = preview_report(report_of_all_valences(), window)
    qtbot.waitExposed(dialog)
    pages = dialog.findChild(QPrintPreviewWidget)
    qtbot.waitUntil(lambda: pages.pageCount() == 1)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def page_by_a_bare_process(pdf: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Write a page in a process that has no display and no application."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests');"
        "from make_report import make_report;"
        "from reader.gui.printing import write_summary_pdf;"
        "write_summary_pdf(make_report(), Path(sys.argv[1]), 'letter');"
        "assert not {'nltk', 'textstat'} & set(sys.modules)"
    )
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {key: value for key, value in os.environ.items() if key not in shown}
    return subprocess.run(
        [sys.executable, "-c", code, pdf],
        cwd=Path(__file__).parents[2],
        env={**bare, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_page_is_written_without_a_display_and_without_a_running_application(pdf: Path):
    done = page_by_a_bare_process(pdf)
    assert (done.returncode, done.stderr) == (0, "")
    assert info(pdf)["Pages"] == "1"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have fonts")
def test_a_computer_without_fonts_is_told_what_to_install(pdf: Path, tmp_path: Path):
    no_fonts = tmp_path / "fonts.conf"
    no_fonts.write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    done = page_by_a_bare_process(pdf, FONTCONFIG_FILE=str(no_fonts))
    assert "ResourceError: This computer has no fonts" in done.stderr
    assert not pdf.exists()


def test_a_page_that_cannot_be_saved_leaves_what_was_there(qapp: QApplication, tmp_path: Path):
    with pytest.raises(NotFoundError):
        write_summary_pdf(make_report(), tmp_path / "no such folder" / "x.pdf")
    with pytest.raises(NotAFileError):
        write_summary_pdf(make_report(), tmp_path)
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    write_summary_pdf(make_report(), old)
    assert old.read_bytes().startswith(b"%PDF")
    assert [each.name for each in tmp_path.iterdir()] == ["old.pdf"]


def test_places_in_a_paged_document_name_their_page(tmp_path: Path):
    report = make_report()
    paged = replace(
        report,
        disclosures=tuple(
            replace(each, evidence=tuple(replace(passage, page=3) for passage in each.evidence))
            for each in report.disclosures
        ),
    )

    write_summary_pdf(paged, tmp_path / "page.pdf")

    assert ", page 3" in words_of(tmp_path / "page.pdf")
