"""The marks on wording, painted over the text: lines above words, bars beside sentences.

What a policy says is marked below its words, how it says it above them, so the two never cover each
other. A vague word has dots above it, a passive dashes, a legal word a line, a wordy phrase dashes
and dots, a term that the policy itself defines a hairline; a long sentence has a bar at the edge of
the page, a hard one two thin lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextDocument

from reader.gui.layers import WORDING_OF_KIND, Wording
from reader.gui.text_lines import line_pieces
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import Theme
from reader.model import Mark, MarkKind, Span
from reader.summary import clean_line

_THICK = 1.6
_THIN = 1.0
_ABOVE = 3.0  # pixels between a capital letter and the line above it
_BAR = 3.0
_PATTERNS: Mapping[Wording, tuple[float, ...]] = MappingProxyType(
    {
        Wording.VAGUE: (1.0, 1.6),
        Wording.PASSIVES: (4.0, 2.4),
        Wording.LEGAL: (),
        Wording.PLAINER: (2.6, 1.2, 1.0, 1.2),
        Wording.TERMS: (),
    }
)  # of dashes and gaps, in widths of the pen


class WordingLayer:
    """The wording marks of one text, of which those that are switched on are painted."""

    def __init__(self) -> None:
        self._marks: tuple[Mark, ...] = ()
        self._starts: list[int] = []
        self._longest = 0

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show ``marks``, which stand in the order of the text."""
        self._marks = tuple(marks)
        self._starts = [mark.span.start for mark in marks]
        self._longest = max((mark.span.end - mark.span.start for mark in marks), default=0)

    def within(self, first: int, last: int) -> list[Mark]:
        """Return the marks that touch the text between two code points, in its order."""
        begin = bisect_left(self._starts, first - self._longest)
        end = bisect_left(self._starts, last)
        return [mark for mark in self._marks[begin:end] if mark.span.end > first]

    def paint(
        self,
        painter: QPainter,
        document: QTextDocument,
        offsets: TextOffsets,
        in_view: Span,
        theme: Theme,
        edge: float,
        *,
        from_right: bool,
        shown: Span | None = None,
    ) -> None:
        """Paint the marks in view; ``painter`` is in the document's own coordinates.

        ``shown`` is the passage that is shown strongly, on a ground that needs the page's colour.
        ``edge`` is the distance of the bars from the side on which the window's reading begins,
        the right one with ``from_right``.
        """
        capital = QFontMetricsF(document.defaultFont()).capHeight()
        x = document.textWidth() - edge - _BAR if from_right else edge
        for mark in self.within(in_view.start, in_view.end):
            # What is out of view costs nothing: a hostile sentence may be as long as the text.
            seen = Span(max(mark.span.start, in_view.start), min(mark.span.end, in_view.end))
            pieces = list(line_pieces(document, *offsets.span_to_units(seen)))
            kind = WORDING_OF_KIND[mark.kind]
            if kind is Wording.SENTENCES and pieces:
                top = pieces[0].rect.top() + 2
                bar = QRectF(x, top, _BAR, pieces[-1].rect.bottom() - 2 - top)
                _paint_bar(painter, bar, theme, is_long=mark.kind is MarkKind.LONG_SENTENCE)
                continue
            is_on_strong = shown is not None and shown.contains(mark.span)
            painter.setPen(_pen(kind, theme.page if is_on_strong else theme.wording))
            for piece in pieces:
                y = round(piece.baseline - capital - _ABOVE) - 0.5
                painter.drawLine(QPointF(piece.rect.left(), y), QPointF(piece.rect.right(), y))


def paint_sample(painter: QPainter, rect: QRectF, kind: Wording, theme: Theme) -> None:
    """Paint what a mark of ``kind`` looks like into ``rect``, for the switches that name it."""
    if kind is Wording.SENTENCES:
        bar = QRectF(rect.center().x() - _BAR / 2, rect.top(), _BAR, rect.height())
        _paint_bar(painter, bar, theme, is_long=True)
        return
    painter.setPen(_pen(kind, theme.wording))
    y = round(rect.center().y()) - 0.5
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def wording_words(mark: Mark, text: str) -> str:
    """Return what a wording mark means, as "Vague: “may”. Do they, or don't they?"."""
    note = clean_line(mark.note)
    note = note[:1].upper() + note[1:]
    kind = WORDING_OF_KIND[mark.kind]
    if kind is Wording.SENTENCES:
        return f"{kind_words(mark.kind)}: {note}"
    quote = clean_line(mark.span.of(text))
    if kind is Wording.TERMS:
        note = _tr("The policy says: “{meaning}”").format(meaning=clean_line(mark.note))
    return f"{kind_words(mark.kind)}: “{quote}”. {note}"


def kind_words(kind: MarkKind) -> str:
    """Return what a kind of wording mark is called in the window."""
    return {
        MarkKind.LONG_SENTENCE: _tr("Long sentence"),
        MarkKind.HARD_SENTENCE: _tr("Hard sentence"),
        MarkKind.VAGUE: _tr("Vague"),
        MarkKind.PASSIVE: _tr("Passive"),
        MarkKind.LEGAL_WORD: _tr("Legal word"),
        MarkKind.PLAINER_WORD: _tr("Wordy"),
        MarkKind.DEFINED_TERM: _tr("Own term"),
    }[kind]


def _tr(words: str) -> str:
    return QCoreApplication.translate("WordingLayer", words)


def _pen(kind: Wording, color: QColor) -> QPen:
    pen = QPen(color, _THIN if kind is Wording.TERMS else _THICK)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _PATTERNS[kind]:
        pen.setDashPattern(_PATTERNS[kind])
    return pen


def _paint_bar(painter: QPainter, bar: QRectF, theme: Theme, *, is_long: bool) -> None:
    """Paint a bar: whole for a long sentence, as two thin lines for one that is only hard."""
    if is_long:
        painter.fillRect(bar, theme.wording)
        return
    for left in (bar.left(), bar.right() - 1):
        painter.fillRect(QRectF(left, bar.top(), 1, bar.height()), theme.wording)
