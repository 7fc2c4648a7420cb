"""A page of the guide: read from ``resources/guide``, and set with its shapes and pictures.

The guide is plain text with a few marks of ours (``resources/guide/README.md``), set by this module
character by character: nothing in it is read as markup by Qt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from reader.gui.badge import shape_pixmap
from reader.gui.theme import Theme
from reader.model import Verdict
from reader.paths import resource

_SHAPE = re.compile(r"\{(\w+)\} ")
_PICTURE = re.compile(r"!\[(.+)\]\(pictures/([a-z-]+)-light\.webp\)")
_SHAPE_SIZE, _GAP = 16, 9
_HEADINGS = {"title": 1.5, "heading": 1.15}  # sizes of type, as shares of the widget's font
_CAPTION = 0.9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the guide: ``kind`` is title, heading, item, text or picture.

    ``shape`` is the shape before its words, None for most. ``picture`` is the name of the picture
    that the words describe, '' where there is none.
    """

    kind: str
    words: str
    shape: Verdict | None = None
    picture: str = ""


def guide_pages() -> tuple[tuple[Paragraph, ...], ...]:
    """Return the pages of the guide, each beginning with its title."""
    files = sorted(resource("guide").glob("[0-9]*.md"))
    return tuple(_paragraphs(file.read_text(encoding="utf-8")) for file in files)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _paragraph(line: str) -> Paragraph:
    for mark, kind in (("# ", "title"), ("## ", "heading"), ("- ", "item")):
        if line.startswith(mark):
            return Paragraph(kind, line.removeprefix(mark))
    if picture := _PICTURE.fullmatch(line):
        return Paragraph("picture", picture[1], picture=picture[2])
    if shape := _SHAPE.match(line):
        return Paragraph("text", line[shape.end() :], Verdict(shape[1]))
    return Paragraph("text", line)


class GuidePage(QTextEdit):
    """Shows one page; its pictures are as wide as there is room, and no wider than they are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: list[tuple[int, QImage]] = []  # where each stands
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(14)

    def show_page(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show a page, which begins with its title, from its top."""
        document = self.document()
        self._pictures = []  # first, since an empty page loses its scroll bar and is resized
        document.clear()
        self.setAccessibleName(paragraphs[0].words)
        cursor = QTextCursor(document)
        for place, paragraph in enumerate(paragraphs):
            self._add(cursor, paragraph, is_first=place == 0)
        self._fit_pictures()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the new width."""
        super().resizeEvent(event)
        self._fit_pictures()

    def _add(self, cursor: QTextCursor, paragraph: Paragraph, *, is_first: bool) -> None:
        block, form = QTextBlockFormat(), QTextCharFormat()
        block.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        is_close = paragraph.kind == "item" or paragraph.shape is not None
        block.setBottomMargin(4 if is_close else 8)
        size = _HEADINGS.get(paragraph.kind)
        if size is not None:
            block.setTopMargin(0 if is_first else 12)
            block.setHeadingLevel(1 if paragraph.kind == "title" else 2)
            form.setFontPointSize(self.font().pointSizeF() * size)
            form.setFontWeight(QFont.Weight.Bold)
        if is_first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block, form)
        if paragraph.kind == "item":
            block.setLeftMargin(18)
            block.setTextIndent(-12)
            cursor.setBlockFormat(block)
            cursor.insertText("• ", form)
        if paragraph.picture:
            self._add_picture(cursor, paragraph)
            form.setFontPointSize(self.font().pointSizeF() * _CAPTION)
            form.setForeground(self._theme.muted)
        if paragraph.shape is not None:
            block.setLeftMargin(_SHAPE_SIZE + _GAP)
            block.setTextIndent(-_SHAPE_SIZE - _GAP)
            block.setTabPositions(
                [QTextOption.Tab(_SHAPE_SIZE + _GAP, QTextOption.TabType.LeftTab)]
            )
            # A shape that is higher than a line would push all lines of its paragraph apart.
            block.setLineHeight(
                QFontMetricsF(self.font()).height() * 1.3,
                QTextBlockFormat.LineHeightTypes.FixedHeight.value,
            )
            cursor.setBlockFormat(block)
            self._add_shape(cursor, paragraph.shape)
        cursor.insertText(paragraph.words, form)

    def _add_shape(self, cursor: QTextCursor, verdict: Verdict) -> None:
        name = f"shape:{verdict.value}"
        picture = shape_pixmap(verdict, _SHAPE_SIZE, self._theme, self.devicePixelRatioF())
        self._keep(name, picture)
        image = QTextImageFormat()
        image.setName(name)
        image.setWidth(_SHAPE_SIZE)
        image.setHeight(_SHAPE_SIZE)
        image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        cursor.insertImage(image)
        cursor.insertText("\t", QTextCharFormat())

    def _add_picture(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        """Put the picture before the words that tell what it shows, in the colours of the theme."""
        theme = "dark" if self._theme.is_dark else "light"
        name = f"pictures/{paragraph.picture}-{theme}.webp"
        picture = QImage(str(resource("guide") / name))
        if picture.isNull():  # its words stand below in any case
            return
        self._keep(name, picture)
        block = QTextBlockFormat()
        block.setTopMargin(6)
        cursor.setBlockFormat(block)
        image = QTextImageFormat()
        image.setName(name)
        image.setProperty(QTextFormat.Property.ImageAltText.value, paragraph.words)
        self._pictures.append((cursor.position(), picture))
        cursor.insertImage(image)
        words = QTextBlockFormat()
        words.setBottomMargin(12)
        cursor.insertBlock(words)

    def _keep(self, name: str, picture: object) -> None:
        kind = QTextDocument.ResourceType.ImageResource.value
        self.document().addResource(kind, QUrl(name), picture)

    def _fit_pictures(self) -> None:
        """Make each picture as wide as there is room, and no wider than it is."""
        room = self.viewport().width() - 2 * self.document().documentMargin()
        points = self.devicePixelRatioF()
        for place, picture in self._pictures:
            width = max(1, min(int(room), picture.width()))
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            image = cursor.charFormat().toImageFormat()
            if image.width() == width:
                continue
            # Qt would leave out lines of a picture that it makes smaller, and letters with them.
            fitted = picture.scaledToWidth(
                min(round(width * points), picture.width()),
                Qt.TransformationMode.SmoothTransformation,
            )
            self._keep(image.name(), fitted)
            image.setWidth(width)
            image.setHeight(width * picture.height() / picture.width())
            cursor.setCharFormat(image)
