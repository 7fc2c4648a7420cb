"""The list of all that is painted on the text and beside it: for who cannot point at it.

Findings, wording marks and the reader's own marks stand in one list in the order of the text, each
with its shape, what it means, and where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from reader.annotations import Annotation
from reader.gui.annotation_layer import annotation_words, paint_sign
from reader.gui.badge import paint_shape
from reader.gui.layers import WORDING_OF_KIND, Wording
from reader.gui.passages import Passage
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.wording_layer import paint_sample, wording_words
from reader.model import Document, Mark, Span, Valence, Verdict
from reader.summary import VERDICT_WORDS, clean_line

MARK_ROLE = Qt.ItemDataRole.UserRole
"""The Passage, Mark or Annotation of a row."""

SIDE = 14
"""The side of a row's picture, in pixels."""

_LONGEST_QUOTE = 300  # characters that a screen reader is given
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Row:
    span: Span
    section: int
    mark: Passage | Mark | Annotation


class MarkListModel(QAbstractListModel):
    """The marks of one document, one a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: Document | None = None
        self._rows: list[_Row] = []
        self._pictures: dict[Valence | Wording | bool, QPixmap] = {}

    def show_marks(
        self,
        document: Document,
        passages: Sequence[Passage],
        wording: Sequence[Mark],
        annotations: Sequence[Annotation],
    ) -> None:
        """Show these marks on ``document``; those of the reader's without a place have no row."""
        self.beginResetModel()
        self._document = document
        starts = [section.span.start for section in document.sections]
        marks: list[tuple[Span, Passage | Mark | Annotation]] = [
            *((passage.span, passage) for passage in passages),
            *((mark.span, mark) for mark in wording),
            *((each.span, each) for each in annotations if each.span),
        ]
        marks.sort(key=lambda one: (one[0].start, one[0].end))  # spans compare ten times slower
        self._rows, section = [], -1
        for span, mark in marks:
            while section + 1 < len(starts) and starts[section + 1] <= span.start:
                section += 1
            self._rows.append(_Row(span, max(section, 0), mark))
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._pictures.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of marks."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a mark means in a few words, its picture, and for the ear where it stands."""
        if self._document is None or not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row)
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(row.mark)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._meaning(row), self._place(row), f"“{self._quote(row)}”")
            case Qt.ItemDataRole.AccessibleTextRole:
                meaning = self._meaning(row)
                stop = "" if meaning.endswith((".", "?", "!")) else "."
                return f"{meaning}{stop} {self._place(row)}. “{self._quote(row)}”"
            case _ if role == MARK_ROLE:
                return row.mark
            case _:
                return None

    def _words(self, row: _Row) -> str:
        if isinstance(row.mark, Passage):
            return clean_line(row.mark.disclosure.headline)
        return clean_line(self._meaning(row))

    def _meaning(self, row: _Row) -> str:
        if isinstance(row.mark, Passage):
            word = VERDICT_WORDS[Verdict(row.mark.valence.value)]
            return f"{word}: {clean_line(row.mark.disclosure.statement)}"
        if isinstance(row.mark, Mark):
            return wording_words(row.mark, self._text)
        return annotation_words(row.mark)

    def _place(self, row: _Row) -> str:
        assert self._document is not None  # noqa: S101 - rows exist only with a document
        heading = self._document.sections[row.section].heading if self._document.sections else ""
        return clean_line(heading) or self.tr("Before the first heading")

    def _quote(self, row: _Row) -> str:
        return clean_line(row.span.of(self._text)[:_LONGEST_QUOTE])

    @property
    def _text(self) -> str:
        return self._document.text if self._document else ""

    def _picture(self, mark: Passage | Mark | Annotation) -> QPixmap:
        look: Valence | Wording | bool
        if isinstance(mark, Passage):
            look = mark.valence
        elif isinstance(mark, Mark):
            look = WORDING_OF_KIND[mark.kind]
        else:
            look = bool(mark.note)
        if look not in self._pictures:
            self._pictures[look] = mark_pixmap(look, self._theme)
        return self._pictures[look]


def mark_pixmap(look: Valence | Wording | bool, theme: Theme, ratio: float = 2.0) -> QPixmap:
    """Return what a mark looks like: of a valence, a kind of wording, a note (True) or highlight.

    ``ratio`` is the number of pixels of the screen for each of ``SIDE``.
    """
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(1, 1, SIDE - 2, SIDE - 2)
    if isinstance(look, Valence):
        paint_shape(painter, place, look, theme)
    elif isinstance(look, Wording):
        paint_sample(painter, place, look, theme)
    else:
        paint_sign(painter, place, theme, has_note=look)
    painter.end()
    return picture
