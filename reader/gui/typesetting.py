"""A policy's text set for reading: headings, paragraphs and lists from the document's blocks.

Never the file's own markup: the words are put in as they are, and every look comes from here.
The text of the Qt document stays the policy's, character for character. Bullets are not in it:
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
)

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

# In widths of an em.
_INDENT, _BULLET_GAP, _BULLET_RADIUS = 1.5, 0.75, 0.13
_BULLET = QTextFormat.Property.UserProperty.value + 1  # the depth of an item that needs a bullet

_LARGER_HEADINGS = {1: 3, 2: 2, 3: 1}  # steps of a fifth of the text's size; deeper ones are bold
_OWN_MARKER = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)\]]|[-*\u2022\u2023\u25e6\u2013\u2014])\s"
)


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
    target.clear()
    target.setUndoRedoEnabled(False)
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.beginEditBlock()
    # In one go, then the exceptions: block by block takes four times as long.
    cursor.setBlockFormat(_paragraph_format(_em(font), spacing))
    cursor.insertText(document.text)
    _set_blocks(cursor, document, font, spacing)
    cursor.endEditBlock()


def typeset_words(target: QTextDocument, words: str, font: QFont, spacing: float) -> None:
    """Fill ``target`` with a paragraph of our own, set as ``typeset`` would set it."""
    target.clear()
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.setBlockFormat(_paragraph_format(_em(font), spacing))
    cursor.insertText(words)


def reset_font(
    target: QTextDocument, document: Document, font: QFont, spacing: float = 1.0
) -> None:
    """Set what ``typeset`` has filled in another ``font`` or ``spacing``."""
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_paragraph_format(_em(font), spacing))
    _set_blocks(cursor, document, font, spacing)
    cursor.endEditBlock()


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


def _set_blocks(cursor: QTextCursor, document: Document, font: QFont, spacing: float) -> None:
    em = _em(font)
    target = cursor.document()
    blank = _blank_format()
    previous: BlockKind | None = None
    for line, block in _lines(target, document):
        cursor.setPosition(line.position())
        if block is None:
            if line.length() == 1:
                cursor.setBlockFormat(blank)
            continue
        match block.kind:
            case BlockKind.HEADING:
                cursor.setBlockFormat(
                    _heading_format(em, block.level, is_first=line == target.begin())
                )
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.mergeCharFormat(_heading_letters(block.level))
            case BlockKind.LIST_ITEM:
                depth = max(1, block.level)
                has_marker = bool(_OWN_MARKER.match(line.text()))
                cursor.setBlockFormat(_item_format(em, spacing, depth, has_marker=has_marker))
            case _ if previous is BlockKind.LIST_ITEM:
                cursor.setBlockFormat(_paragraph_format(em, spacing, above=0.3 * em))
            case _:
                pass
        previous = block.kind


def _lines(target: QTextDocument, document: Document) -> Iterator[tuple[QTextBlock, Block | None]]:
    """Yield each block of Qt's, which is a line of the text, with ours that begins in it."""
    offsets = TextOffsets(document.text)
    starts = [block.span.start for block in document.blocks]
    line = target.begin()
    while line.isValid():
        first = offsets.to_code_points(line.position())
        last = offsets.to_code_points(line.position() + line.length() - 1)
        index = bisect_right(starts, last) - 1
        block = document.blocks[index] if index >= 0 else None
        yield line, block if block and block.span.end > first and line.length() > 1 else None
        line = line.next()


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
