"""A policy's text set for reading: headings, paragraphs and lists from the document's blocks.

Never the file's own markup: the words are put in as they are, and every look comes from here.
The text of the Qt document stays the policy's, character for character; bullets are not in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from reader.gui.text_offsets import TextOffsets
from reader.model import Block, BlockKind, Document

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
_CHARACTERS_A_LINE = 72
_SAMPLE = "Letters in a line of prose, with their spaces, are narrower than the capital M."
_LINE_HEIGHT = 128.0  # per cent of the font's own

_LARGER_HEADINGS = {1: 3, 2: 2, 3: 1}  # steps of a fifth of the text's size; deeper ones are bold
_OWN_MARKER = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)\]]|[-*\u2022\u2023\u25e6\u2013\u2014])\s"
)


def book_font(desktop: QFont, zoom: float) -> QFont:
    """Return the font of the policy's text at ``zoom``, where 1 is the size to begin with."""
    font = QFont(desktop)
    font.setFamilies(list(_BOOK_FACES))
    points = desktop.pointSizeF() if desktop.pointSizeF() > 0 else 10.0
    font.setPointSizeF(points * _LARGER_THAN_THE_DESKTOP * zoom)
    font.setFeature(QFont.Tag("liga"), 0)  # a ligature comes out wrong where text is copied
    return font


def measure(font: QFont) -> float:
    """Return the width of a comfortable line in ``font``, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * _CHARACTERS_A_LINE


def typeset(target: QTextDocument, document: Document, font: QFont) -> None:
    """Fill ``target`` with the text of ``document``, set in ``font``."""
    target.clear()
    target.setUndoRedoEnabled(False)
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.beginEditBlock()
    # In one go, then the exceptions: block by block takes four times as long.
    cursor.setBlockFormat(_paragraph_format(_em(font)))
    cursor.insertText(document.text)
    _set_blocks(cursor, document, font)
    cursor.endEditBlock()


def reset_font(target: QTextDocument, document: Document, font: QFont) -> None:
    """Set what ``typeset`` has filled in another ``font``."""
    target.setDefaultFont(font)
    cursor = QTextCursor(target)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_paragraph_format(_em(font)))
    _set_blocks(cursor, document, font)
    cursor.endEditBlock()


def _set_blocks(cursor: QTextCursor, document: Document, font: QFont) -> None:
    em = _em(font)
    target = cursor.document()
    target.setIndentWidth(1.6 * em)
    blank = _blank_format()
    lists: dict[int, QTextList] = {}
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
                if _OWN_MARKER.match(line.text()):
                    cursor.setBlockFormat(_marked_item_format(em, depth))
                else:
                    cursor.setBlockFormat(_item_format(em))
                    if depth not in lists:
                        lists[depth] = cursor.createList(_list_format(depth))
                    else:
                        lists[depth].add(line)
            case _:
                pass


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


def _line_height(form: QTextBlockFormat) -> QTextBlockFormat:
    form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form


def _paragraph_format(em: float) -> QTextBlockFormat:
    form = _line_height(QTextBlockFormat())
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


def _item_format(em: float) -> QTextBlockFormat:
    form = _line_height(QTextBlockFormat())
    form.setBottomMargin(0.3 * em)
    return form


def _marked_item_format(em: float, depth: int) -> QTextBlockFormat:
    """Return the format of an item whose number or bullet is in the text: it hangs out."""
    form = _item_format(em)
    form.setLeftMargin(1.6 * em * depth)
    form.setTextIndent(-1.2 * em)
    return form


def _list_format(depth: int) -> QTextListFormat:
    styles = (
        QTextListFormat.Style.ListDisc,
        QTextListFormat.Style.ListCircle,
        QTextListFormat.Style.ListSquare,
    )
    form = QTextListFormat()
    form.setStyle(styles[(depth - 1) % len(styles)])
    form.setIndent(depth)
    return form


def _blank_format() -> QTextBlockFormat:
    """Return the format of an empty line: margins make the room between paragraphs."""
    form = QTextBlockFormat()
    form.setLineHeight(1.0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return form
