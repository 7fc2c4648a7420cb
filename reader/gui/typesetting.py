"""A policy's text set for reading: headings, paragraphs and lists from the document's blocks.

Never the file's own markup: the words are put in as they are, and every look comes from here.
The text of the Qt document stays the policy's, character for character (but for a space in every
20,000 letters of an endless paragraph, which ends a line). Bullets are not in it:
``paint_bullets`` draws them, smaller and further from the words than Qt's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from reader.export.item_marks import has_own_mark
from reader.gui.text_offsets import TextOffsets
from reader.model import Block, BlockKind, Document
from reader.settings import DESKTOP, SERIF, Settings

# The policy's words have serifs, ours have none, so that a reader never takes one for the other.
# The first that is installed is used; the desktop's serif font ends the list.
_BOOK_FACES = (
    "Charter",
    "Iowan Old Style",
    "Palatino Linotype",
    "Palatino",
    "Georgia",
    "Source Serif 4",
    "Noto Serif",
    "P052",
    "Liberation Serif",
    "DejaVu Serif",
    "serif",
)
_LARGER_THAN_THE_DESKTOP = 1.18  # times the desktop's size: a page is read longer than a label
_SAMPLE = "Letters in a line of prose, with their spaces, are narrower than the capital M."
_LINE_HEIGHT = 128.0  # per cent of the font's own

_STEP, _LONGEST_STEP = 8_000, 20_000  # characters set at one go; they take some 4 ms, or 10
_LINES_A_STEP = 150
_LONGEST_WORD = 4_000
_ENDLESS_WORD = re.compile(rf"\S{{{_LONGEST_WORD}}}")

# In widths of an em.
_INDENT, _BULLET_GAP, _BULLET_RADIUS = 1.5, 0.75, 0.13
_BULLET = QTextFormat.Property.UserProperty.value + 1  # the depth of an item that needs a bullet

_LARGER_HEADINGS = {1: 3, 2: 2, 3: 1}  # steps of a fifth of the text's size; deeper ones are bold


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader wants the policy's text set; the fields are those of ``Settings``."""

    zoom: float = 1.0
    font: str = SERIF
    line_spacing: float = 1.0
    line_length: int = 72


def look_of(settings: Settings) -> Look:
    """Return what the settings say of the text."""
    return Look(settings.zoom, settings.font, settings.line_spacing, settings.line_length)


def book_font(desktop: QFont, zoom: float, face: str = SERIF) -> QFont:
    """Return the font of the policy's text at ``zoom``, where 1 is the size to begin with.

    ``face`` is ``SERIF``, ``DESKTOP`` or a family; where that is not installed, a serif serves.
    """
    font = QFont(desktop)
    if face != DESKTOP:
        font.setFamilies([*([] if face == SERIF else [face]), *_BOOK_FACES])
    points = desktop.pointSizeF() if desktop.pointSizeF() > 0 else 10.0
    font.setPointSizeF(points * _LARGER_THAN_THE_DESKTOP * zoom)
    font.setFeature(QFont.Tag("liga"), 0)  # a ligature comes out wrong where text is copied
    return font


def measure(font: QFont, characters: int) -> float:
    """Return the width of a line of so many characters in ``font``, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * characters


def typeset(target: QTextDocument, document: Document, font: QFont, spacing: float = 1.0) -> None:
    """Fill ``target`` with the text of ``document``, set in ``font``.

    ``spacing`` is the room that lines have, relative to a book's.
    """
    for _ in typeset_in_steps(target, document, font, spacing):
        pass


def typeset_in_steps(
    target: QTextDocument, document: Document, font: QFont, spacing: float
) -> Iterator[int]:
    """Do as ``typeset``, some screens at a time; yield the code point that is reached."""
    target.clear()
    target.setUndoRedoEnabled(False)
    target.setDefaultFont(font)
    _break_lines_of(target, document)
    cursor = QTextCursor(target)
    plain = _paragraph_format(_em(font), spacing)
    blocks = _BlockSetter(target, document, font, spacing)
    text, reached = document.text, 0
    while reached < len(text) or reached == 0:
        end = _end_of_step(text, reached)
        cursor.beginEditBlock()
        # In one go, then the exceptions: block by block takes four times as long.
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = cursor.block()
        cursor.setBlockFormat(plain)
        piece = text[reached:end]
        # Qt lays a paragraph out at one go: an endless one is cut, a space becomes a line's end.
        cursor.insertText(f"{piece[:-1]}\n" if end < len(text) else piece, QTextCharFormat())
        blocks.set_from(first, is_end=end == len(text))
        cursor.endEditBlock()
        reached = end
        yield reached
        if not text:
            return


def typeset_words(target: QTextDocument, words: str, font: QFont, spacing: float) -> None:
    """Fill ``target`` with a paragraph of our own, set as ``typeset`` would set it."""
    target.clear()
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.setBlockFormat(_paragraph_format(_em(font), spacing))
    cursor.insertText(words)


def paint_bullets(painter: QPainter, target: QTextDocument, top: float, bottom: float) -> None:
    """Paint the bullets of the list items between two heights of ``target``.

    ``painter`` is in the document's own coordinates. Bullets of every second depth are hollow.
    """
    layout = target.documentLayout()
    line = target.findBlock(layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit))
    while line.isValid() and (rect := layout.blockBoundingRect(line)).top() <= bottom:
        depth = line.blockFormat().intProperty(_BULLET)
        first = line.layout().lineAt(0)
        if depth and first.isValid():
            metrics = QFontMetricsF(target.defaultFont())
            middle = rect.top() + first.y() + first.ascent() - metrics.xHeight() / 2
            em = _em(target.defaultFont())
            if line.layout().textOption().textDirection() == Qt.LayoutDirection.RightToLeft:
                x = rect.left() + first.x() + first.width() + _BULLET_GAP * em
            else:
                x = rect.left() + first.x() - _BULLET_GAP * em
            painter.setBrush(painter.pen().color() if depth % 2 else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, middle), _BULLET_RADIUS * em, _BULLET_RADIUS * em)
        line = line.next()


def _end_of_step(text: str, start: int) -> int:
    """Return where a step ends that begins at ``start``: behind a line or a space."""
    end = start
    for _ in range(_LINES_A_STEP):
        line_end = text.find("\n", end) + 1 or len(text)
        if line_end - start > _LONGEST_STEP:
            if end == start:
                end = text.rfind(" ", start + _STEP, start + _LONGEST_STEP) + 1 or line_end
            break
        end = line_end
        if end - start >= _STEP or end == len(text):
            break
    return end


def _break_lines_of(target: QTextDocument, document: Document) -> None:
    """Have lines broken between words, or anywhere where a text is no prose.

    Qt measures a word to its end for every line that it fills: the square of its length.
    """
    mode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    for span in (block.span for block in document.blocks):
        if span.end - span.start > _LONGEST_WORD and _ENDLESS_WORD.search(
            document.text, span.start, span.end
        ):
            mode = QTextOption.WrapMode.WrapAnywhere
            break
    option = target.defaultTextOption()
    option.setWrapMode(mode)
    target.setDefaultTextOption(option)


class _BlockSetter:
    """Gives Qt's blocks, which are the lines of the text, the look of ours that begin in them."""

    def __init__(
        self, target: QTextDocument, document: Document, font: QFont, spacing: float
    ) -> None:
        self._document = document
        self._offsets = TextOffsets(document.text)
        self._starts = [block.span.start for block in document.blocks]
        self._em = _em(font)
        self._spacing = spacing
        self._blank = _blank_format()
        self._cursor = QTextCursor(target)
        self._previous: BlockKind | None = None

    def set_from(self, first: QTextBlock, *, is_end: bool) -> None:
        """Go on from the line ``first``; but at the end, the last one is still to be filled."""
        line = first
        while line.isValid() and (is_end or line.next().isValid()):
            self._set(line, self._block_of(line))
            line = line.next()

    def _block_of(self, line: QTextBlock) -> Block | None:
        first = self._offsets.to_code_points(line.position())
        last = self._offsets.to_code_points(line.position() + line.length() - 1)
        index = bisect_right(self._starts, last) - 1
        block = self._document.blocks[index] if index >= 0 else None
        return block if block and block.span.end > first and line.length() > 1 else None

    def _set(self, line: QTextBlock, block: Block | None) -> None:
        cursor, em, spacing = self._cursor, self._em, self._spacing
        cursor.setPosition(line.position())
        if block is None:
            if line.length() == 1:
                cursor.setBlockFormat(self._blank)
            return
        match block.kind:
            case BlockKind.HEADING:
                is_first = line.blockNumber() == 0
                cursor.setBlockFormat(_heading_format(em, block.level, is_first=is_first))
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.mergeCharFormat(_heading_letters(block.level))
            case BlockKind.LIST_ITEM:
                depth = max(1, block.level)
                has_marker = has_own_mark(line.text())
                cursor.setBlockFormat(_item_format(em, spacing, depth, has_marker=has_marker))
            case _ if self._previous is BlockKind.LIST_ITEM:
                cursor.setBlockFormat(_paragraph_format(em, spacing, above=0.3 * em))
            case _:
                pass
        self._previous = block.kind


def _em(font: QFont) -> float:
    return QFontMetricsF(font).height() / 1.2


def _line_height(form: QTextBlockFormat, spacing: float) -> QTextBlockFormat:
    height = QTextBlockFormat.LineHeightTypes.ProportionalHeight
    form.setLineHeight(_LINE_HEIGHT * spacing, height.value)
    return form


def _paragraph_format(em: float, spacing: float, above: float = 0.0) -> QTextBlockFormat:
    form = _line_height(QTextBlockFormat(), spacing)
    form.setTopMargin(above)
    form.setBottomMargin(0.6 * em)
    return form


def _heading_format(em: float, level: int, *, is_first: bool) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(112.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setHeadingLevel(min(max(level, 1), 6))
    form.setTopMargin(0.0 if is_first else (1.5 if level <= 2 else 1.1) * em)
    form.setBottomMargin(0.45 * em)
    return form


def _heading_letters(level: int) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFontWeight(QFont.Weight.Bold)
    letters.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGER_HEADINGS.get(level, 0))
    return letters


def _item_format(em: float, spacing: float, depth: int, *, has_marker: bool) -> QTextBlockFormat:
    """Return the format of a list item; a number or bullet that is in its text hangs out."""
    form = _line_height(QTextBlockFormat(), spacing)
    form.setBottomMargin(0.3 * em)
    form.setLeftMargin(_INDENT * em * depth)
    if has_marker:
        form.setTextIndent(-1.2 * em)
    else:
        form.setProperty(_BULLET, depth)
    return form


def _blank_format() -> QTextBlockFormat:
    """Return the format of an empty line: margins make the room between paragraphs."""
    form = QTextBlockFormat()
    form.setLineHeight(1.0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return form
