"""The summary on paper: one page for the preview, the printer and the PDF, from one painter.

``paint_summary`` sets the card of a report on a page of any usual size, in millimetres, always in
the light theme. It is one page whatever the policy: where the room is short, quotes and headlines
get fewer lines, and what still does not fit is counted ("and 3 more"), never cut off in silence.
The words come from ``reader.summary``, the places from the report's sections.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QDate,
    QIODevice,
    QLocale,
    QMarginsF,
    QObject,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from reader.errors import ResourceError
from reader.export.saving import save
from reader.gui.badge import paint_shape
from reader.gui.bars import STEPS
from reader.gui.difficulty_chart import paint_difficulty_chart
from reader.gui.icons import paint_icon
from reader.gui.text_pages import UNITS, TextPages
from reader.gui.theme import LIGHT, Theme, load_theme, make_palette
from reader.gui.typography import break_lines, elide
from reader.model import Disclosure, Evidence, PolicyReport, Stance, Valence, Verdict
from reader.summary import (
    VERDICT_WORDS,
    SummaryCard,
    Tile,
    clean_line,
    summary_card,
)

PAGE_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}

# Lengths are in millimetres, sizes of type in points.
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 14.0, 12.0, 10.0
_GAP = 2.0
_SHAPE_COLUMN = 8.0
_CHART_HEIGHT = 8.0
_MM_PER_POINT = 25.4 / 72
_LEADING = 1.24  # distance of two lines, as a share of the size of type
# TrueType faces first: Qt embeds those whole; the desktop's own font ends each list.
_OURS = ("Noto Sans", "Open Sans", "Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans", "sans")
_THEIRS = ("Noto Serif", "Georgia", "Liberation Serif", "DejaVu Serif", "serif")

# What Qt lists even where fontconfig knows no font at all and every letter would be a box.
_NAMES_WITHOUT_A_FONT = {"Monospace", "Sans Serif", "Serif"}

_MOST_TILES = 30
_MOST_QUOTES = 2


# --- for the command line and the window ----------------------------------------------------------


def write_summary_pdf(
    report: PolicyReport, path: Path, page_size: str = "a4", *, with_text: bool = False
) -> None:
    """Write the summary page as a PDF; an older file at ``path`` is replaced only by a whole one.

    ``page_size`` is ``a4`` or ``letter``; ``with_text`` adds the policy's text with its findings.
    Needs no display and no running application.

    Raises:
        DiskFullError, PermissionDeniedError, NotFoundError, NotAFileError: it could not be saved.
        ResourceError: this computer has no fonts.
    """
    save(path, summary_pdf(report, page_size, with_text=with_text))


def summary_pdf(report: PolicyReport, page_size: str = "a4", *, with_text: bool = False) -> bytes:
    """Return the bytes of the PDF that ``write_summary_pdf`` writes.

    Raises:
        ResourceError: this computer has no fonts.
    """
    ensure_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setPageSize(QPageSize(PAGE_SIZES[page_size]))
    writer.setTitle(_document_title(report))
    writer.setCreator(f"Policy Reader {report.generator.version}")
    _paint_on(writer, report, with_text=with_text)
    buffer.close()
    return bytes(content.data())


def print_summary(
    report: PolicyReport, parent: QWidget, *, with_text: bool = False
) -> QPrintDialog:
    """Ask which printer, then print the summary page there; returns at once, with the dialog."""
    job = _PrintJob(report, parent, with_text)
    dialog = QPrintDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(job.paint)
    QDialog.open(dialog)  # the print dialog's own one asks for a slot by its name
    return dialog


def preview_summary(
    report: PolicyReport, parent: QWidget, *, with_text: bool = False
) -> QPrintPreviewDialog:
    """Show the summary page as it will be printed; returns at once, with the dialog."""
    job = _PrintJob(report, parent, with_text)
    dialog = QPrintPreviewDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setPalette(make_palette(load_theme(LIGHT)))  # Qt's icons there are dark
    dialog.paintRequested.connect(job.paint)
    dialog.open()
    return dialog


_CUPS_SOCKET = "/run/cups/cups.sock"
_CUPS_SETTINGS = (Path("/etc/cups/client.conf"), Path("~/.cups/client.conf"))
_CUPS_SERVER = re.compile(r"^\s*ServerName\s", re.MULTILINE | re.IGNORECASE)


def ask_for_printers_by_socket() -> None:
    """Have CUPS look for printers through its socket on this machine alone.

    Where the socket is missing its library would try the network's way to this machine. A server
    that the user named stays theirs to choose.
    """
    if not sys.platform.startswith("linux") or "CUPS_SERVER" in os.environ:
        return
    for path in _CUPS_SETTINGS:
        with suppress(OSError, RuntimeError):
            if _CUPS_SERVER.search(path.expanduser().read_text("utf-8", "replace")):
                return
    os.environ["CUPS_SERVER"] = _CUPS_SOCKET


class _PrintJob(QObject):
    """One report on its way to one printer; it lives as long as the dialog that asks for it."""

    def __init__(self, report: PolicyReport, window: QWidget, with_text: bool) -> None:
        super().__init__()
        self._report = report
        self._with_text = with_text
        self._window = window
        ask_for_printers_by_socket()
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(_queue_name(report))
        self.printer.setCreator(f"Policy Reader {report.generator.version}")

    def paint(self) -> None:
        """Paint the page on the printer as it has been set by now; say so where that fails."""
        if not _paint_on(self.printer, self._report, with_text=self._with_text):
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(self.tr("The page could not be printed."))
            box.setInformativeText(
                self.tr("Check the printer, or the file's name and folder, then print again.")
            )
            box.open()


def _document_title(report: PolicyReport) -> str:
    return f"{summary_card(report).title[:200]}: summary"


def _queue_name(report: PolicyReport) -> str:
    """Return the page's name for a print queue, which Qt also proposes as a file's name."""
    return " ".join(re.findall(r"\w+", _document_title(report)))[:80]


def _paint_on(device: QPdfWriter | QPrinter, report: PolicyReport, *, with_text: bool) -> bool:
    """Paint the pages on a paged device, on the paper that it has; False where it takes nothing."""
    device.setPageOrientation(QPageLayout.Orientation.Portrait)
    if isinstance(device, QPrinter):
        device.setFullPage(True)
    else:
        device.setPageMargins(QMarginsF(0, 0, 0, 0))
    paper = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    dots = device.resolution() / 25.4
    painter.scale(dots, dots)
    page = QRectF(0, 0, paper.width(), paper.height())
    pages = text_pages(report, paper.size()) if with_text else None
    paint_summary(painter, page, report, text=pages)
    if pages is not None:
        title = summary_card(report).title
        for number in range(len(pages)):
            device.newPage()
            pages.paint(painter, number, title, f"Page {number + 2} of {len(pages) + 1}")
    return painter.end()


def text_pages(report: PolicyReport, paper: QSizeF) -> TextPages:
    """Return the text of ``report`` on pages of ``paper``, in millimetres, in the light theme."""
    return TextPages(report, paper, load_theme(LIGHT), _font(_BOOK, 1), _font(_NOTE, 1))


@cache
def ensure_application() -> QGuiApplication | None:
    """Make the application that fonts need where none runs; return it so that it stays alive.

    On Linux it is one without a display: a page needs none, and looking for one may end the
    process. The caller keeps it by the cache.
    """
    made = None
    if QGuiApplication.instance() is None:
        place = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
        made = QGuiApplication(["policy-reader", *place])
    if set(QFontDatabase.families()) <= _NAMES_WITHOUT_A_FONT:
        raise ResourceError(
            "This computer has no fonts, so the page would be empty.",
            "Install a font, for example the package fonts-dejavu-core, then try again.",
        )
    return made


# --- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fit:
    """How large the type is, how many lines each text gets, how many flags and notices there are.

    ``size`` is a share of the usual size of type.
    """

    size: float
    title: int
    verdict: int
    headline: int
    flag: int
    quote: int
    action: int
    notices: int
    flags: int = 3


# From roomy to tight; the page is set with the first that fits. The last fits every usual paper
# whatever the words are, since it bounds each text by its lines.
_FITS = (
    _Fit(size=1.12, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1.06, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1, title=2, verdict=3, headline=2, flag=2, quote=2, action=2, notices=3),
    _Fit(size=1, title=2, verdict=3, headline=2, flag=2, quote=1, action=1, notices=2),
    _Fit(size=1, title=1, verdict=2, headline=2, flag=1, quote=1, action=1, notices=1),
    _Fit(size=1, title=1, verdict=2, headline=2, flag=1, quote=1, action=1, notices=1, flags=2),
    _Fit(size=1, title=1, verdict=2, headline=1, flag=1, quote=1, action=1, notices=1, flags=2),
)


def paint_summary(
    painter: QPainter,
    page: QRectF,
    report: PolicyReport,
    day: date | None = None,
    text: TextPages | None = None,
) -> None:
    """Paint the summary of ``report`` on ``page``; the painter's unit is the millimetre.

    ``text`` are the pages that follow, whose numbers stand beside what is told of them. ``day`` is
    the day that stands on it as the day of making, today if None. The page is A5 or larger, and
    upright.
    """
    theme = load_theme(LIGHT)
    words = _PageWords(summary_card(report), report, day or date.today(), text)
    room = page.adjusted(_MARGIN_X, _MARGIN_TOP, -_MARGIN_X, -_MARGIN_BOTTOM)
    for fit in _FITS:
        if _set_page(_Sheet(None, theme, fit.size), room, words, fit) <= room.bottom():
            break
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _set_page(_Sheet(painter, theme, fit.size), room, words, fit)
    painter.restore()


class _PageWords:
    """The words of the card, with what only the page says: where they stand, and the day."""

    def __init__(
        self, card: SummaryCard, report: PolicyReport, day: date, text: TextPages | None
    ) -> None:
        self.card = card
        self.report = report
        self._text = text
        self.day = QLocale(QLocale.Language.English).toString(
            QDate(day.year, day.month, day.day), "d MMMM yyyy"
        )
        self._found = {each.key: each for each in report.disclosures}
        self._topics = {each.id: each.disclosures for each in report.topics}
        self._headings = [clean_line(each.heading) for each in report.document.sections]

    def places(self, tile: Tile) -> list[str]:
        """Return the sections with the words behind a tile's headline, and pages, best first.

        None where silence is what decided, as no words stand for that.
        """
        keys = [key for key in self._topics.get(tile.topic, ()) if key in self._found]
        return self._names(
            evidence
            for disclosure in _deciding(tile, [self._found[key] for key in keys])
            for evidence in disclosure.evidence
        )

    def place(self, key: str) -> str:
        """Return the section that holds the best quote of a disclosure, and its page, or ''."""
        disclosure = self._found.get(key)
        return "".join(self._names([disclosure.evidence[0]]) if disclosure else [])

    def _names(self, passages: Iterable[Evidence]) -> list[str]:
        """Return where the passages stand, each section once, with the page of its first."""
        places: dict[str, str] = {}
        for passage in passages:
            name = self._headings[passage.section] or "the opening"
            if self._text is not None:  # first, as a narrow tile cuts the end off
                place = f"page {self._text.page_of(passage.span) + 2}, {name}"
            else:
                place = name + ("" if passage.page is None else f", page {passage.page}")
            places.setdefault(name, place)
        return list(places.values())


def _deciding(tile: Tile, found: Sequence[Disclosure]) -> Sequence[Disclosure]:
    """Return those of a topic's disclosures that its verdict rests on; the first weighs most."""
    if not found or tile.verdict in _DASHED:
        return found[:1]
    if Valence(tile.verdict.value).severity <= found[0].valence.severity:
        return found[:1]
    # Worse than anything said: the policy says both yes and no, or leaves something out.
    denied = {each.type for each in found if each.stance is Stance.DENIED}
    torn = {each.type for each in found if each.stance is Stance.SAID} & denied
    return [each for each in found if each.type in torn]


def _set_page(sheet: _Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    """Set the page into ``room`` and return where it ends, which may be below the room."""
    card, left, width = words.card, room.left(), room.width()
    foot_height = 2.4 + 2 * sheet.leading(_PLACE)
    top = _set_head(sheet, room, card, fit)
    top = _set_chart(sheet, QRectF(left, top, width, 0), words)
    top = _set_tiles(sheet, QRectF(left, top, width, 0), words, fit)

    top += 4.2
    flags_width = width * 0.58 if card.actions else width
    actions_left = left + (flags_width + 6 if card.flags else 0)
    flags_end = actions_end = top
    if card.flags:
        flags_end = _set_flags(sheet, QRectF(left, top, flags_width, 0), words, fit)
    if card.actions:
        actions = QRectF(actions_left, top, left + width - actions_left, 0)
        actions_end = _set_actions(sheet, actions, card, fit)
    top = max(flags_end, actions_end)
    top = _set_notices(sheet, QRectF(left, top, width, 0), card, fit)

    foot = max(top + 3, room.bottom() - foot_height)
    _set_foot(sheet, QRectF(left, foot, width, foot_height), words)
    return foot + foot_height


def _set_head(sheet: _Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    left, width, top = room.left(), room.width(), room.top()
    top += sheet.text(card.title, _TITLE, left, top, width, most=fit.title)
    source = f"{card.source_line}.  {card.date_line}"
    top += 0.6 + sheet.text(source, _MUTED, left, top + 0.6, width)
    top += 2.4 + sheet.text(card.verdict, _VERDICT, left, top + 2.4, width, most=fit.verdict)
    reading = f"{card.difficulty}.  {card.length}."
    top += 0.8 + sheet.text(reading, _MUTED, left, top + 0.8, width, most=2)
    return top + 3.4


def _set_chart(sheet: _Sheet, room: QRectF, words: _PageWords) -> float:
    """Set the bars of the sections; without a section that has a score there are none."""
    report = words.report
    if not any(scores.band in STEPS for scores in report.section_scores):
        return room.top()
    told = "From beginning to end: the higher and darker, the harder to read; hollow is rough."
    top = room.top() + sheet.text(told, _PLACE, room.left(), room.top(), room.width())
    sheet.chart(report, QRectF(room.left(), top + 0.8, room.width(), _CHART_HEIGHT))
    return top + 0.8 + _CHART_HEIGHT + 2.4


def _set_tiles(sheet: _Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    tiles, top = words.card.tiles[:_MOST_TILES], room.top()
    half = (room.width() - _GAP) / 2
    for first in range(0, len(tiles), 2):
        pair = tiles[first : first + 2]
        width = half if len(pair) == 2 else room.width()
        height = max(_tile_height(sheet, width, each, words, fit) for each in pair)
        for column, tile in enumerate(pair):
            box = QRectF(room.left() + column * (half + _GAP), top, width, height)
            _set_tile(sheet, box, tile, words, fit)
        top += height + _GAP * 0.8
    top += _set_rest(sheet, room.left(), top, len(words.card.tiles) - len(tiles))
    return top - _GAP * 0.8


def _tile_height(sheet: _Sheet, width: float, tile: Tile, words: _PageWords, fit: _Fit) -> float:
    told = sheet.lines(
        tile.headline,
        _PLAIN,
        width - _SHAPE_COLUMN - 4,
        fit.headline,
        indent=_word_width(sheet, tile),
    )
    places = sheet.leading(_PLACE) if words.places(tile) else 0.0
    return 2.6 + sheet.leading(_LABEL) + sheet.leading(_PLAIN) * max(1, len(told)) + places


def _word_width(sheet: _Sheet, tile: Tile) -> float:
    """Return the room of a tile's verdict word, which runs into its headline."""
    return sheet.width_of(tile.verdict_word, _WORD) + 1.8


def _set_tile(sheet: _Sheet, box: QRectF, tile: Tile, words: _PageWords, fit: _Fit) -> None:
    sheet.tile_ground(box, tile.verdict)
    left, top = box.left() + _SHAPE_COLUMN + 2, box.top() + 1.2
    width = box.right() - left - 2
    line = sheet.leading(_LABEL)
    side = line * 0.86
    sheet.icon(tile.topic, QRectF(left, top + side * 0.08, side, side))
    top += sheet.text(tile.label, _LABEL, left + line * 1.12, top, width - line * 1.12)
    color = sheet.theme.colors(tile.verdict).line
    indent = _word_width(sheet, tile)
    sheet.text(tile.verdict_word, _WORD, left, top, width, color=color)
    told = sheet.text(tile.headline, _PLAIN, left, top, width, most=fit.headline, indent=indent)
    top += max(told, sheet.leading(_PLAIN))
    sheet.counted("In: ", words.places(tile), _PLACE, left, top, width)


def _set_flags(sheet: _Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    card, left, top = words.card, room.left(), room.top()
    top += sheet.text("Watch out", _HEADING, left, top, room.width()) + 0.8
    for flag in card.flags[: fit.flags]:
        sheet.shape(Verdict.CAUTION, QRectF(left, top + 0.2, 3.2, 3.2))
        inner, width = left + 4.8, room.width() - 4.8
        top += sheet.text(flag.text, _STRONG, inner, top, width, most=fit.flag)
        quotes = dict(zip(flag.quotes, flag.disclosures, strict=True))  # one may serve two
        for quote, key in list(quotes.items())[:_MOST_QUOTES]:
            top += sheet.text(f"“{quote}”", _QUOTE, inner, top, width, most=fit.quote)
            top += sheet.counted("In: ", [words.place(key)], _PLACE, inner, top, width)
        left_out = len(quotes) - _MOST_QUOTES
        top += _set_rest(sheet, inner, top, left_out) + 1.0
    more = card.more_flags + len(card.flags[fit.flags :])
    return top + _set_rest(sheet, left, top, more)


def _set_actions(sheet: _Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    left, top, width = room.left(), room.top(), room.width()
    top += sheet.text("What you can do", _HEADING, left, top, width) + 0.8
    for action in card.actions:
        top += sheet.text(action.text, _PLAIN, left, top, width, most=fit.action)
        if action.target:
            address = clean_line(action.target.removeprefix("mailto:"))
            link = sheet.theme.link
            top += sheet.text(address, _PLACE, left, top, width, most=fit.action, color=link)
        top += 0.8
    return top + _set_rest(sheet, left, top, card.more_actions)


def _set_notices(sheet: _Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    top = room.top()
    if not card.notices:
        return top
    top += 2.0
    top += sheet.text("About this reading", _HEADING, room.left(), top, room.width()) + 0.4
    for notice in card.notices[: fit.notices]:
        top += sheet.text(notice, _MUTED, room.left(), top, room.width())
    return top + _set_rest(sheet, room.left(), top, len(card.notices) - fit.notices)


def _set_rest(sheet: _Sheet, left: float, top: float, number: int) -> float:
    return sheet.text(f"and {number} more", _MUTED, left, top, 60) if number > 0 else 0.0


def _set_foot(sheet: _Sheet, room: QRectF, words: _PageWords) -> None:
    """Set the foot of the page: what the shapes mean; what made the page, and when."""
    sheet.rule(room.left(), room.top(), room.width())
    top, left = room.top() + 1.4, room.left()
    shown = {tile.verdict for tile in words.card.tiles}
    for verdict, word in VERDICT_WORDS.items():
        if verdict is Verdict.WITHHELD and verdict not in shown:
            continue
        sheet.shape(verdict, QRectF(left, top, 3, 3))
        sheet.text(word, _PLACE, left + 4, top, 60)
        left += 4 + sheet.width_of(word, _PLACE) + 4
    made = f"{words.card.made_by} on {words.day}"
    sheet.text(made, _PLACE, room.left(), top + sheet.leading(_PLACE) + 0.6, room.width())


# --- setting type ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """One kind of text: its size in points, weight, slant, whose voice it is, how loud."""

    points: float
    weight: QFont.Weight = QFont.Weight.Normal
    italic: bool = False
    faces: tuple[str, ...] = _OURS
    muted: bool = False


_TITLE = _Style(17, QFont.Weight.Bold)
_VERDICT = _Style(11.5, QFont.Weight.DemiBold)
_HEADING = _Style(10, QFont.Weight.Bold)
_LABEL = _Style(9.5, QFont.Weight.DemiBold)
_WORD = _Style(8.5, QFont.Weight.DemiBold)
_STRONG = _Style(8.5, QFont.Weight.DemiBold)
_PLAIN = _Style(8.5)
_MUTED = _Style(8, muted=True)
_PLACE = _Style(7, muted=True)
_BOOK = _Style(9.5, faces=_THEIRS)
_NOTE = _Style(7)
_QUOTE = _Style(8, italic=True, faces=_THEIRS)
_DASHED = (Verdict.SILENT, Verdict.WITHHELD)


@cache
def _font(style: _Style, size: float) -> QFont:
    font = QFont()
    font.setFamilies(list(style.faces))
    font.setPixelSize(round(style.points * size * _MM_PER_POINT * UNITS))
    font.setWeight(style.weight)
    font.setItalic(style.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for ligature in ("liga", "clig", "dlig"):  # they would stand as one character in copied text
        font.setFeature(QFont.Tag(ligature), 0)
    return font


class _Sheet:
    """Sets text and drawings in millimetres; without a painter it only measures.

    What sets text returns the height it took.
    """

    def __init__(self, painter: QPainter | None, theme: Theme, size: float) -> None:
        self._painter = painter
        self._size = size
        self.theme = theme

    def leading(self, style: _Style) -> float:
        """Return the distance of two lines."""
        return style.points * self._size * _LEADING * _MM_PER_POINT

    def lines(
        self, text: str, style: _Style, width: float, most: int, indent: float = 0.0
    ) -> list[str]:
        """Return the lines of ``text`` at this width, the last one elided at need."""
        font = _font(style, self._size)
        return break_lines(text, font, width * UNITS, most, indent=indent * UNITS)

    def width_of(self, text: str, style: _Style) -> float:
        """Return how wide ``text`` is on one line."""
        return QFontMetricsF(_font(style, self._size)).horizontalAdvance(text) / UNITS

    def text(
        self,
        text: str,
        style: _Style,
        left: float,
        top: float,
        width: float,
        *,
        most: int = 1,
        indent: float = 0.0,
        color: QColor | None = None,
    ) -> float:
        """Set ``text`` on at most so many lines, the first one moved in by ``indent``."""
        lines = self.lines(text, style, width, most, indent)
        if self._painter is not None:
            ink = color or (self.theme.muted if style.muted else self.theme.ink)
            font, leading = _font(style, self._size), self.leading(style)
            _draw(self._painter, lines, font, leading, QPointF(left, top), ink, indent)
        return self.leading(style) * len(lines)

    def counted(
        self, lead: str, names: list[str], style: _Style, left: float, top: float, width: float
    ) -> float:
        """Set as many of ``names`` as one line holds, and count the others."""
        line = ""
        for shown in range(len(names), 0, -1):
            rest = f" and {len(names) - shown} more" if shown < len(names) else ""
            line = f"{lead}{'; '.join(names[:shown])}{rest}"
            if self.width_of(line, style) <= width:
                break
            if shown == 1:
                font = _font(style, self._size)
                name_room = width - self.width_of(lead + rest, style)
                line = f"{lead}{elide(names[0], font, name_room * UNITS)}{rest}"
        return self.text(line, style, left, top, width + 1)

    def shape(self, verdict: Verdict, box: QRectF) -> None:
        """Draw a verdict's shape."""
        if self._painter is not None:
            paint_shape(self._painter, box, verdict, self.theme)

    def icon(self, name: str, box: QRectF) -> None:
        """Draw a topic's icon."""
        if self._painter is not None:
            paint_icon(self._painter, box, name, self.theme.ink)

    def chart(self, report: PolicyReport, box: QRectF) -> None:
        """Draw how hard a policy reads along its text."""
        if self._painter is not None:
            paint_difficulty_chart(self._painter, box, report, self.theme)

    def rule(self, left: float, top: float, width: float) -> None:
        """Draw a hairline."""
        if self._painter is not None:
            self._painter.setPen(QPen(self.theme.rule, 0.2))
            self._painter.drawLine(QPointF(left, top), QPointF(left + width, top))

    def tile_ground(self, box: QRectF, verdict: Verdict) -> None:
        """Draw a tile's frame, its tinted edge, and the shape on it."""
        if self._painter is None:
            return
        painter, colors = self._painter, self.theme.colors(verdict)
        edge = QRectF(box.left(), box.top(), _SHAPE_COLUMN, box.height())
        pen = QPen(self.theme.rule, 0.25)
        if verdict in _DASHED:
            pen = QPen(colors.line, 0.25)
            pen.setDashPattern([5, 4])
        else:
            painter.save()
            painter.setClipRect(edge)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.tint)
            painter.drawRoundedRect(box, 1.2, 1.2)
            painter.restore()
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 1.2, 1.2)
        side = 4.6
        paint_shape(
            painter,
            QRectF(edge.center() - QPointF(side / 2, side / 2), QSizeF(side, side)),
            verdict,
            self.theme,
        )


def _draw(
    painter: QPainter,
    lines: Sequence[str],
    font: QFont,
    leading: float,
    place: QPointF,
    ink: QColor,
    indent: float,
) -> None:
    """Draw lines of text below each other, the first one moved in by ``indent``."""
    metrics = QFontMetricsF(font)
    spare = leading * UNITS - metrics.ascent() - metrics.descent()
    painter.save()
    painter.translate(place)
    painter.scale(1 / UNITS, 1 / UNITS)
    painter.setFont(font)
    painter.setPen(ink)
    for number, line in enumerate(lines):
        top = leading * UNITS * number
        left = 0.0 if number else indent * UNITS
        painter.drawText(QPointF(left, top + spare / 2 + metrics.ascent()), line)
    painter.restore()
