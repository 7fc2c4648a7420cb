"""How links, findings and the reader's own marks look in the text of a policy."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QTextCharFormat, QTextCursor, QTextDocument

from reader.gui.mark_format import mark_format
from reader.gui.passages import Stretch
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import Theme
from reader.model import Link, Span


class TextMarks:
    """What the letters of a text are marked with, besides how they are set.

    It holds what is to be marked; a stretch of the text shows it once ``mark`` was called on it.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._offsets = TextOffsets("")
        self._links: tuple[Link, ...] = ()
        self._stretches: tuple[Stretch, ...] = ()
        self._grounds: tuple[Span, ...] = ()

    def show_text(self, offsets: TextOffsets, links: Sequence[Link]) -> None:
        """Mark from now on the places of another text, and its ``links``."""
        self._offsets = offsets
        self._links = tuple(sorted(links, key=lambda link: link.span.start))

    def show(self, stretches: Sequence[Stretch], grounds: Sequence[Span]) -> None:
        """Mark ``stretches`` as findings and lay ``grounds`` behind the reader's own marks."""
        self._stretches = tuple(stretches)
        self._grounds = tuple(grounds)

    def show_grounds(self, grounds: Sequence[Span]) -> set[Span]:
        """Lay other ``grounds``; return where that changes anything."""
        before, self._grounds = self._grounds, tuple(grounds)
        return {*before} ^ {*self._grounds}

    def set_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        self._theme = theme

    def mark(self, span: Span) -> None:
        """Mark what lies within ``span``, in place of what was marked there before."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        plain = QTextCharFormat()
        plain.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        plain.setBackground(QBrush(Qt.BrushStyle.NoBrush))
        self._merge(cursor, span, plain)
        for link, part in _parts_within(self._links, span):
            self._merge(cursor, part, self._form_of(link))
        for stretch, part in _parts_within(self._stretches, span):
            self._merge(cursor, part, mark_format(stretch, self._theme))
        # The reader's own ground lies over the tint of a finding.
        own = QTextCharFormat()
        own.setBackground(self._theme.note_ground)
        for ground in self._grounds:
            if ground.overlaps(span):
                part = Span(max(ground.start, span.start), min(ground.end, span.end))
                self._merge(cursor, part, own)
        cursor.endEditBlock()

    def _merge(self, cursor: QTextCursor, span: Span, form: QTextCharFormat) -> None:
        self._offsets.select(cursor, span)
        cursor.mergeCharFormat(form)

    def _form_of(self, link: Link) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setAnchor(True)
        form.setAnchorHref(link.target)
        form.setForeground(self._theme.link)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(self._theme.link)
        return form


_ItemT = TypeVar("_ItemT", Link, Stretch)


def _parts_within(items: tuple[_ItemT, ...], span: Span) -> Iterator[tuple[_ItemT, Span]]:
    """Yield those of ``items``, which are disjoint and in order, that reach into ``span``.

    With each comes the part of it that lies within.
    """
    index = bisect_right(items, span.start, key=lambda item: item.span.end)
    while index < len(items) and items[index].span.start < span.end:
        item = items[index]
        yield item, Span(max(item.span.start, span.start), min(item.span.end, span.end))
        index += 1
