"""A list of paragraphs on as many pages as it takes: the findings, and the reader's notes.

In: the paragraphs, ready in words. Out: pages, each with its number, that break between lines; what
belongs together stays together where it can. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from reader.export.pdf_navigation import OutlineEntry, PagePlace
from reader.gui.sheet import (
    HEADING,
    PLACE,
    PLAIN,
    STRONG,
    Sheet,
    SheetLink,
    Style,
    paint_furniture,
    paper_theme,
)
from reader.model import Verdict

_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 14.0, 20.0, 18.0
_ASIDE, _GUTTER = 40.0, 6.0
_SHAPE, _BESIDE_SHAPE = 3.4, 5.0
_LONGEST = 2_000  # lines of one paragraph
_KEPT_WHOLE = 3  # lines, up to which a paragraph is never parted


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph of a list.

    ``gap`` is the room above it. ``shape`` stands before its first line, ``aside`` and the topic's
    ``icon`` beside it in the left column, and so does the ``term`` that it explains; ``is_wide``
    sets it from the left edge, over both. ``running`` stands there again where a page begins with
    it. ``keeps`` holds it on the page of the next one. ``outline`` is its line in the outline of a
    PDF, '' for none; ``link`` is where a press on it leads there.
    """

    words: str
    style: Style = PLAIN
    gap: float = 0.0
    shape: Verdict | None = None
    aside: str = ""
    term: str = ""
    running: str = ""
    icon: str = ""
    is_wide: bool = False
    is_set_in: bool = False
    keeps: bool = False
    outline: str = ""
    link: PagePlace | None = None
    color: QColor | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of an item: its words, the room above it, and whether a page may begin with it."""

    item: Item
    words: str
    gap: float
    is_first: bool
    may_break_above: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line at its height on its page."""

    line: _Line
    top: float


class ListPages:
    """Paragraphs cut into pages of one size of ``paper``, in millimetres, in the light theme."""

    def __init__(self, items: Sequence[Item], paper: QSizeF) -> None:
        self._paper = paper
        self._theme = paper_theme()
        self._pages = self._cut(list(self._lines(items)))

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def paint(
        self, painter: QPainter, number: int, title: str, folio: str, made_by: str
    ) -> list[SheetLink]:
        """Paint page ``number``, from 0, with ``title`` at its head; return the links on it."""
        sheet = Sheet(painter, self._theme)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_furniture(sheet, self._paper, title, folio, made_by)
        for placed in self._pages[number]:
            self._paint_line(sheet, placed)
        painter.restore()
        return sheet.links

    def outline(self, first_page: int, level: int) -> list[OutlineEntry]:
        """Return the outline of the list, whose first page is ``first_page`` of its document."""
        return [
            OutlineEntry(placed.line.item.outline, PagePlace(number, placed.top), level)
            for number, page in enumerate(self._pages, start=first_page)
            for placed in page
            if placed.line.is_first and placed.line.item.outline
        ]

    def _lines(self, items: Sequence[Item]) -> Iterator[_Line]:
        sheet = Sheet(None, self._theme)
        is_held = True  # nothing is above the first
        for item in items:
            _, width = self._column(item)
            lines = sheet.lines(item.words, item.style, width, _LONGEST) or [""]
            terms = sheet.lines(item.term, STRONG, _ASIDE, _LONGEST) if item.term else []
            lines += [""] * (len(terms) - len(lines))
            for number, words in enumerate(lines):
                is_alone = number in (1, len(lines) - 1) or len(lines) <= _KEPT_WHOLE
                is_alone = is_alone or number < len(terms)
                may_break = not is_alone and not item.keeps if number else not is_held
                yield _Line(item, words, 0.0 if number else item.gap, number == 0, may_break)
            is_held = item.keeps

    def _cut(self, lines: Sequence[_Line]) -> list[list[_Placed]]:
        """Return the lines of each page; where nothing may part, a page ends where it is full."""
        sheet = Sheet(None, self._theme)
        bottom = self._paper.height() - _MARGIN_BOTTOM
        pages: list[list[_Placed]] = [[]]
        top = _MARGIN_TOP
        first = 0  # of the lines on this page
        number = 0
        while number < len(lines):
            line = lines[number]
            gap = line.gap if pages[-1] else 0.0
            if pages[-1] and top + gap + sheet.leading(line.item.style) > bottom:
                begin = number
                while begin > first and not lines[begin].may_break_above:
                    begin -= 1
                if begin == first:
                    begin = number
                del pages[-1][begin - first :]
                pages.append([])
                first = number = begin
                top = _MARGIN_TOP
                continue
            pages[-1].append(_Placed(line, top + gap))
            top += gap + sheet.leading(line.item.style)
            number += 1
        return pages

    def _column(self, item: Item) -> tuple[float, float]:
        """Return where the words of ``item`` begin, and how wide they may be."""
        left = _MARGIN_X + (0.0 if item.is_wide else _ASIDE + _GUTTER)
        if item.shape is not None or item.is_set_in:
            left += _BESIDE_SHAPE
        return left, self._paper.width() - _MARGIN_X - left

    def _paint_line(self, sheet: Sheet, placed: _Placed) -> None:
        line, top = placed.line, placed.top
        item = line.item
        left, width = self._column(item)
        if line.is_first:
            leading = sheet.leading(item.style)
            if item.shape is not None:
                box = QRectF(left - _BESIDE_SHAPE, top + (leading - _SHAPE) / 2, _SHAPE, _SHAPE)
                sheet.shape(item.shape, box)
            if item.aside:
                self._paint_aside(sheet, item, top)
            if item.term:  # all of it before the words, for whoever reads a PDF aloud or copies it
                sheet.text(item.term, STRONG, _MARGIN_X, top, _ASIDE, most=_LONGEST)
        if top == _MARGIN_TOP and item.running and not (line.is_first and item.aside):
            words = f"{item.running}, continued"
            sheet.text(words, PLACE, _MARGIN_X, top + 0.4, _ASIDE, most=3)
        # What is measured must fit when it is painted: the last line's words are not broken anew.
        sheet.text(line.words, item.style, left, top, width + 2, color=item.color, link=item.link)

    def _paint_aside(self, sheet: Sheet, item: Item, top: float) -> None:
        if top > _MARGIN_TOP:
            sheet.rule(_MARGIN_X, top - 2.2, self._paper.width() - 2 * _MARGIN_X)
        side = sheet.leading(HEADING) * 0.86 if item.icon else 0.0
        if item.icon:
            sheet.icon(item.icon, QRectF(_MARGIN_X, top + 0.2, side, side))
        left = _MARGIN_X + (side + 1.2 if item.icon else 0.0)
        sheet.text(item.aside, HEADING, left, top, _MARGIN_X + _ASIDE - left, most=3)
