"""A comparison on paper: one page for the preview, the printer and the PDF.

What differs is set in the light theme: what they disclose first, then the topics whose verdicts
are not the same; of two services the topics first. Where the room is short, quotes get fewer words
and changes are counted ("and 3 more"), so that it is one page whatever the policies are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageLayout,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from reader.compare import Comparison
from reader.export.comparison_words import ComparisonWords, comparison_words, topic_line
from reader.gui.badge import paint_shape
from reader.gui.print_job import Device, pdf_of, preview_pages, print_pages
from reader.gui.theme import LIGHT, Theme, load_theme
from reader.model import Verdict

_UNITS = 10  # of layout in a point: Qt rounds the sizes of type to whole ones
_MARGIN = 34.0  # points
_FACES = ["Noto Sans", "Open Sans", "Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans", "sans"]
_SHAPE = 7.5  # points
_LONGEST_NAME = 160  # characters


@dataclass(frozen=True, slots=True)
class _Fit:
    """How large the type is, in points; how much is shown of quotes, changes and topics."""

    points: float
    quote: int  # characters
    changes: int  # of each kind
    topics: int


# From roomy to tight; the page is set with the first that fits.
_FITS = (
    _Fit(9.5, 400, 99, 30),
    _Fit(8.5, 260, 99, 30),
    _Fit(8.0, 160, 99, 30),
    _Fit(7.5, 100, 99, 15),
    _Fit(7.0, 80, 16, 15),
    _Fit(7.0, 70, 10, 10),
    _Fit(7.0, 60, 6, 8),
    _Fit(7.0, 0, 4, 5),
    _Fit(6.5, 0, 2, 3),
)
_QUOTES = (1000, 500, 400, 320, 260, 220, 190, 160, 140, 120, 105, 92, 80, 70, 60, 50)
"""Lengths of quotes, in characters, that are tried where the page has room left."""


def comparison_pdf(comparison: Comparison, page_size: str = "a4") -> bytes:
    """Return the page as a PDF; ``page_size`` is ``a4`` or ``letter``.

    Needs no display and no running application.

    Raises:
        ResourceError: this computer has no fonts.
    """
    words = comparison_words(comparison)
    return pdf_of(_title(words), page_size, partial(_paint_on, words=words))


def print_comparison(comparison: Comparison, parent: QWidget) -> QPrintDialog:
    """Ask which printer, then print the page there; returns at once, with the dialog."""
    words = comparison_words(comparison)
    return print_pages(_title(words), partial(_paint_on, words=words), parent)


def preview_comparison(comparison: Comparison, parent: QWidget) -> QPrintPreviewDialog:
    """Show the page as it will be printed; returns at once, with the dialog."""
    words = comparison_words(comparison)
    return preview_pages(_title(words), partial(_paint_on, words=words), parent)


def _title(words: ComparisonWords) -> str:
    return f"{'What differs' if words.of_two else 'What changed'}: {words.title[:_LONGEST_NAME]}"


def _paint_on(device: Device, words: ComparisonWords) -> bool:
    """Paint the page on a device without margins of its own; return whether it took that."""
    paper = device.pageLayout().fullRect(QPageLayout.Unit.Point)
    painter = QPainter()
    if not painter.begin(device):
        return False
    dots = device.resolution() / 72 / _UNITS
    painter.scale(dots, dots)
    painter.translate(_MARGIN * _UNITS, _MARGIN * _UNITS)
    page_of(words, paper.size()).drawContents(painter)
    return painter.end()


def page_of(words: ComparisonWords, paper: QSizeF) -> QTextDocument:
    """Return the page, set to fit ``paper``, whose size is in points."""
    width = (paper.width() - 2 * _MARGIN) * _UNITS
    height = (paper.height() - 2 * _MARGIN) * _UNITS
    page = QTextDocument()
    for fit in _FITS:
        page = _Setter(words, fit, width).page
        if page.size().height() <= height:
            return _with_longest_quotes(page, words, fit, QSizeF(width, height))
    return page


def _with_longest_quotes(
    page: QTextDocument, words: ComparisonWords, fit: _Fit, room: QSizeF
) -> QTextDocument:
    """Return ``page``, which has room to spare, with quotes as long as it holds."""
    for quote in _QUOTES:
        if quote <= fit.quote:
            break
        longer = _Setter(words, replace(fit, quote=quote), room.width()).page
        if longer.size().height() <= room.height():
            return longer
    return page


class _Setter:
    """Sets one page in one size."""

    def __init__(self, words: ComparisonWords, fit: _Fit, width: float) -> None:
        self._theme = load_theme(LIGHT)
        self._fit = fit
        self.page = QTextDocument()
        self.page.setUndoRedoEnabled(False)
        self.page.setDocumentMargin(0)
        font = QFont()
        font.setFamilies(_FACES)
        font.setPixelSize(round(fit.points * _UNITS))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("liga"), 0)  # it would stand as one character in copied text
        self.page.setDefaultFont(font)
        self.page.setTextWidth(width)
        self._cursor = QTextCursor(self.page)
        self._set(words)

    def _set(self, words: ComparisonWords) -> None:
        self._line(_title(words), size=1.5, bold=True, above=0)
        for side, named in zip(words.sides, words.named, strict=True):
            self._line(f"{side}: {named[:_LONGEST_NAME]}", muted=True, above=0.1)
        for caution in words.cautions:
            self._line(caution, bold=True)
        self._line(words.outcome, bold=True)
        if words.of_two:
            self._topics(words)
        for heading, group in words.groups:
            self._line(heading, size=1.15, bold=True, above=0.7)
            for each in group[: self._fit.changes]:
                self._line(f"– {each.text}", above=0.25)
                if self._fit.quote:
                    for quote in each.quotes:
                        told = f"{quote.side}: “{_short(quote.words, self._fit.quote)}”"
                        self._line(told, muted=True, indent=1, above=0)
            self._more(len(group) - self._fit.changes)
        if not words.of_two:
            self._topics(words)
        self._line(words.difficulty)
        self._line(words.made_by, muted=True, above=0.8)

    def _topics(self, words: ComparisonWords) -> None:
        differing = [pair for pair in words.topics if pair.differs]
        shown = differing[: self._fit.topics]
        if not shown:
            return
        self._line("Topics that differ", size=1.15, bold=True, above=0.7)
        form = QTextTableFormat()
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(1.2 * _UNITS)
        shares = (20, 40, 40)
        kind = QTextLength.Type.PercentageLength
        form.setColumnWidthConstraints([QTextLength(kind, share) for share in shares])
        table = self._cursor.insertTable(len(shown) + 1, 3, form)
        for column, side in enumerate(words.sides, start=1):
            self._cell(table.cellAt(0, column).firstCursorPosition(), side, None, muted=True)
        for row, pair in enumerate(shown, start=1):
            self._cell(table.cellAt(row, 0).firstCursorPosition(), pair.label, None, bold=True)
            for column, is_new in ((1, False), (2, True)):
                verdict = pair.new_verdict if is_new else pair.old_verdict
                told = _short(topic_line(pair, is_new=is_new), 110)
                self._cell(table.cellAt(row, column).firstCursorPosition(), told, verdict)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._more(len(differing) - len(shown))

    def _cell(
        self,
        cursor: QTextCursor,
        words: str,
        verdict: Verdict | None,
        *,
        bold: bool = False,
        muted: bool = False,
    ) -> None:
        if verdict is not None:
            cursor.insertImage(self._shape(verdict))
            cursor.insertText(" ")
        cursor.insertText(words, self._letters(bold=bold, muted=muted))

    def _shape(self, verdict: Verdict) -> QTextImageFormat:
        name = f"shape:{verdict.value}"
        self.page.addResource(
            QTextDocument.ResourceType.ImageResource.value, name, _image_of(verdict, self._theme)
        )
        form = QTextImageFormat()
        form.setName(name)
        form.setWidth(_SHAPE * _UNITS)
        form.setHeight(_SHAPE * _UNITS)
        return form

    def _more(self, count: int) -> None:
        if count > 0:
            self._line(f"and {count} more", muted=True, above=0.2)

    def _line(
        self,
        words: str,
        *,
        size: float = 1,
        bold: bool = False,
        muted: bool = False,
        indent: float = 0,
        above: float = 0.4,
    ) -> None:
        """Add a paragraph; ``above`` and ``indent`` are in lines of its usual size."""
        line = self._fit.points * _UNITS
        form = QTextBlockFormat()
        form.setTopMargin(above * line)
        form.setLeftMargin(indent * line)
        if not self.page.isEmpty():
            self._cursor.insertBlock()
        self._cursor.setBlockFormat(form)
        self._cursor.insertText(words, self._letters(size=size, bold=bold, muted=muted))

    def _letters(
        self, *, size: float = 1, bold: bool = False, muted: bool = False
    ) -> QTextCharFormat:
        letters = QTextCharFormat()
        font = QFont(self.page.defaultFont())
        font.setPixelSize(round(self._fit.points * size * _UNITS))
        font.setBold(bold)
        letters.setFont(font)
        letters.setForeground(self._theme.muted if muted else self._theme.ink)
        return letters


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def _image_of(verdict: Verdict, theme: Theme) -> QImage:
    side = 240
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_shape(painter, image.rect().toRectF(), verdict, theme)
    painter.end()
    return image
