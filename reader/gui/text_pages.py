"""The policy's text on paper: its marks, its findings and the reader's notes in the margin.

The text is set once in one tall column and cut into pages between lines; a heading never stands
alone at the foot of a page. Lengths are in millimetres but for those of the column, which are in
font units.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QPainter,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from reader.annotations import Annotation
from reader.export.pdf_navigation import OutlineEntry, PagePlace
from reader.gui.annotation_layer import annotation_words, paint_bracket, paint_sign
from reader.gui.badge import paint_shape
from reader.gui.mark_format import mark_format
from reader.gui.passages import Passage, Stretch, at_rest, lay_out, passages_of, telling
from reader.gui.sheet import BOOK, NOTE, UNITS, Sheet, font_of, paint_furniture, paper_theme
from reader.gui.text_lines import line_pieces
from reader.gui.text_offsets import TextOffsets
from reader.gui.typesetting import paint_bullets, typeset
from reader.gui.typography import break_lines
from reader.model import PolicyReport, Span
from reader.summary import clean_line

_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 14.0, 20.0, 18.0
_NOTES_WIDTH, _GUTTER = 46.0, 5.0
_SHAPE = 3.0
_MOST_LINES, _MOST_LINES_OF_NOTE = 2, 6
_BRACKET_PEN, _BRACKET_ARM = 0.25, 0.9


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the column: its edges, and whether a page may end above it."""

    top: float
    bottom: float
    may_break_above: bool


@dataclass(frozen=True, slots=True)
class _Note:
    """The findings that begin in one line of the column, whose top is ``y``."""

    y: float
    passages: tuple[Passage, ...] = ()
    annotation: Annotation | None = None

    @property
    def words(self) -> str:
        """What the note says."""
        if self.annotation is not None:
            return clean_line(annotation_words(self.annotation))
        more = len(self.passages) - 1
        return self.passages[0].disclosure.headline + (f" +{more}" if more else "")


class TextPages:
    """The text of a report cut into pages of one size of ``paper``, in millimetres."""

    def __init__(
        self, report: PolicyReport, paper: QSizeF, annotations: Sequence[Annotation] = ()
    ) -> None:
        """Set the text with its findings, and with the reader's ``annotations``."""
        self._theme = paper_theme()
        self._annotations = [each for each in annotations if each.span is not None]
        self._small = font_of(NOTE)
        self._paper = paper
        self._offsets = TextOffsets(report.document.text)
        self._column = QTextDocument()
        self._column.setDocumentMargin(0)
        typeset(self._column, report.document, font_of(BOOK))
        self._column.setTextWidth(self._room.width() * UNITS)
        passages = passages_of(report)
        marking = at_rest(passages, telling(report, passages))
        self._mark(lay_out(passages, marking))
        self._highlight()
        self._tops = self._cut(self._room.height() * UNITS)
        noted = [
            *self._noted([p for p in passages if p in marking.noted]),
            *self._notes_of_reader(),
        ]
        self._notes = sorted(noted, key=lambda note: note.y)
        self._headings = [
            (clean_line(section.heading), section.level, section.span.start)
            for section in report.document.sections
            if section.heading
        ]

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._tops)

    def page_of(self, span: Span) -> int:
        """Return the page, from 0, on which the words of ``span`` begin."""
        return max(0, bisect_right(self._tops, self._line_at(span.start)) - 1)

    def place_of(self, span: Span, first_page: int) -> PagePlace:
        """Return where the words of ``span`` begin, in a document with these pages in it.

        ``first_page`` is the place of the first of them, from 0.
        """
        page = self.page_of(span)
        height = (self._line_at(span.start) - self._tops[page]) / UNITS
        return PagePlace(first_page + page, self._room.top() + height)

    def outline(self, first_page: int, level: int) -> list[OutlineEntry]:
        """Return the outline of the text, whose first page is ``first_page`` of its document."""
        entries = []
        for heading, depth, start in self._headings:
            place = self.place_of(Span(start, start + 1), first_page)
            entries.append(OutlineEntry(heading, place, level + max(depth, 1) - 1))
        return entries

    def paint(
        self, painter: QPainter, number: int, title: str, folio: str, made_by: str = ""
    ) -> None:
        """Paint page ``number``, from 0, with ``title`` at its head and ``folio`` at its foot."""
        room = self._room
        top = self._tops[number]
        is_last = number + 1 == len(self._tops)
        end = self._column.size().height() if is_last else self._tops[number + 1]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = Sheet(painter, self._theme)
        paint_furniture(sheet, self._paper, title, folio, made_by)
        painter.translate(room.topLeft())
        painter.scale(1 / UNITS, 1 / UNITS)
        self._paint_column(painter, top, end)
        self._paint_notes(painter, top, end)
        painter.restore()

    @property
    def _room(self) -> QRectF:
        """Return where the column stands on the paper."""
        width = self._paper.width() - 2 * _MARGIN_X - _NOTES_WIDTH - _GUTTER
        height = self._paper.height() - _MARGIN_TOP - _MARGIN_BOTTOM
        return QRectF(_MARGIN_X, _MARGIN_TOP, width, height)

    # Setting and cutting the column

    def _mark(self, stretches: Sequence[Stretch]) -> None:
        cursor = QTextCursor(self._column)
        cursor.beginEditBlock()
        for stretch in stretches:
            self._offsets.select(cursor, stretch.span)
            cursor.mergeCharFormat(mark_format(stretch, self._theme))
        cursor.endEditBlock()

    def _highlight(self) -> None:
        """Lay the reader's own ground behind the words of the annotations."""
        cursor = QTextCursor(self._column)
        cursor.beginEditBlock()
        ground = QTextCharFormat()
        ground.setBackground(QBrush(self._theme.note_ground))
        for span in (each.span for each in self._annotations):
            if span is not None:
                self._offsets.select(cursor, span)
                cursor.mergeCharFormat(ground)
        cursor.endEditBlock()

    def _cut(self, height: float) -> list[float]:
        """Return where each page begins in the column; no page is higher than ``height``."""
        tops = [0.0]
        breakable = 0.0  # the last place of this page at which it may end
        for line in self._lines():
            if line.may_break_above and line.top > tops[-1]:
                breakable = line.top
            if line.bottom - tops[-1] > height:
                tops.append(breakable if breakable > tops[-1] else line.top)
        return tops

    def _lines(self) -> Iterator[_Line]:
        layout = self._column.documentLayout()
        after_heading = False
        block = self._column.begin()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            lines = block.layout()
            count = lines.lineCount()
            is_heading = block.blockFormat().headingLevel() > 0
            for index in range(count):
                line = lines.lineAt(index)
                top = box.top() + line.y()
                # A heading stays with what follows; no line of a paragraph stands alone.
                alone = count > 1 and index in (1, count - 1) and not (index == 1 and count > 3)
                free = index == 0 and not after_heading
                may_break = free or (index > 1 and not alone and not is_heading)
                yield _Line(top, top + line.height(), may_break)
            if block.length() > 1:
                after_heading = is_heading
            block = block.next()

    def _line_at(self, place: int) -> float:
        """Return the top of the line in which a code point stands."""
        position = self._offsets.to_units(place)
        block: QTextBlock = self._column.findBlock(position)
        box = self._column.documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        return box.top() + (line.y() if line.isValid() else 0.0)

    def _noted(self, passages: Sequence[Passage]) -> Iterator[_Note]:
        by_line: dict[float, list[Passage]] = {}
        for passage in passages:
            by_line.setdefault(self._line_at(passage.span.start), []).append(passage)
        for y in sorted(by_line):
            yield _Note(y, tuple(sorted(by_line[y], key=lambda one: -one.valence.severity)))

    def _notes_of_reader(self) -> Iterator[_Note]:
        for annotation in self._annotations:
            if annotation.span is not None and annotation.note:
                yield _Note(self._line_at(annotation.span.start), annotation=annotation)

    # Painting

    def _paint_column(self, painter: QPainter, top: float, end: float) -> None:
        painter.save()
        painter.translate(0, -top)
        box = QRectF(0, top, self._room.width() * UNITS, end - top)
        painter.setClipRect(box.adjusted(-4 * UNITS, 0, UNITS, 0))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = box
        context.palette.setColor(context.palette.ColorRole.Text, self._theme.ink)
        self._column.documentLayout().draw(painter, context)
        painter.setPen(self._theme.ink)
        paint_bullets(painter, self._column, top, end)
        self._paint_brackets(painter, top, end)
        painter.restore()

    def _paint_brackets(self, painter: QPainter, top: float, end: float) -> None:
        """Paint the brackets round the words of annotations: a ground alone prints as nothing."""
        painter.setPen(QPen(self._theme.note, _BRACKET_PEN * UNITS))
        for span in (each.span for each in self._annotations):
            if span is None:
                continue
            pieces = list(line_pieces(self._column, *self._offsets.span_to_units(span)))
            for piece, opens in ((pieces[0], True), (pieces[-1], False)) if pieces else ():
                if top <= piece.rect.top() < end:
                    paint_bracket(painter, piece, opens=opens, arm=_BRACKET_ARM * UNITS)

    def _paint_notes(self, painter: QPainter, top: float, end: float) -> None:
        """Paint the notes of a page beside their lines, pushed down where they would collide."""
        left = (self._room.width() + _GUTTER) * UNITS
        width = (_NOTES_WIDTH - _SHAPE - 1.2) * UNITS
        bottom = self._room.height() * UNITS
        leading = self._small.pixelSize() * 1.24
        free_from = 0.0
        here = [note for note in self._notes if top <= note.y < end]
        painter.setFont(self._small)
        for place, note in enumerate(here):
            most = _MOST_LINES if note.passages else _MOST_LINES_OF_NOTE
            lines = break_lines(note.words, self._small, width, most)
            y = max(note.y - top, free_from)
            if y + leading * (len(lines) + (place + 1 < len(here))) > bottom:
                painter.setPen(self._theme.muted)
                rest = f"and {len(here) - place} more"
                painter.drawText(QPointF(left, min(y, bottom - leading) + leading * 0.8), rest)
                break
            side = _SHAPE * UNITS
            box = QRectF(left, y, side, side)
            if note.passages:
                paint_shape(painter, box, note.passages[0].valence, self._theme)
            else:
                paint_sign(painter, box, self._theme, has_note=True)
            painter.setFont(self._small)
            painter.setPen(self._theme.ink)
            for number, line in enumerate(lines):
                at = QPointF(left + side + 1.2 * UNITS, y + leading * (number + 0.8))
                painter.drawText(at, line)
            free_from = y + leading * max(1, len(lines)) + 0.4 * UNITS
