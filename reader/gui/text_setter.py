"""Setting and marking a text of any length without a stall: the first screens at once.

A text of usual length is set and marked at one go. Of a longer one only the beginning is, or of
marks what is in view; the rest follows in slices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QTextCursor, QTextDocument

from reader.gui.slices import Slices
from reader.gui.typesetting import typeset_in_steps
from reader.model import Document, Span

_AT_ONCE, _LINES_AT_ONCE = 50_000, 800  # code points, and lines; either takes some 25 ms
_STRETCH = 8_000  # code points that are marked anew at one go


class TextSetter(QObject):
    """Fills one Qt document.

    Signals:
        went_on: more of the text is set than before, or has its marks; also at the end.
    """

    went_on = Signal()

    def __init__(
        self, target: QTextDocument, mark: Callable[[Span], None], parent: QObject
    ) -> None:
        """``mark`` gives the letters of a span, which is set already, the looks of its marks."""
        super().__init__(parent)
        self._target = target
        self._mark = mark
        self._text_steps: Iterator[int] | None = None
        self._unmarked: list[Span] = []
        self._reached = self._length = 0
        self._is_long = False
        self._slices = Slices(self)
        self._slices.finished.connect(self.went_on)

    @property
    def reached(self) -> int:
        """The code point up to which the text is set."""
        return self._reached

    @property
    def is_done(self) -> bool:
        """Return whether all is set and marked."""
        return not self._slices.is_busy

    def show(self, document: Document, font: QFont, spacing: float) -> None:
        """Set the text of ``document`` in place of what is there, and mark it.

        ``spacing`` is the room that lines have, relative to a book's.
        """
        self._length = len(document.text)
        self._is_long = self._length > _AT_ONCE or document.text.count("\n") > _LINES_AT_ONCE
        self._reached = 0
        self._unmarked = []
        self._text_steps = typeset_in_steps(self._target, document, font, spacing)
        self._slices.start(self._steps())
        self._slices.step()  # the first screens stand at once
        if not self._is_long:
            self._finish()

    def mark_anew(self, place: int) -> None:
        """Mark all again, from a code point on and then what stands before it."""
        place = min(place, self._reached)
        starts = (*range(place, self._reached, _STRETCH), *range(0, place, _STRETCH))
        ends = (self._reached if start >= place else place for start in starts)
        self._unmarked = [
            Span(start, min(start + _STRETCH, end)) for start, end in zip(starts, ends, strict=True)
        ]
        self._slices.start(self._steps())
        if not self._is_long:
            self._finish()

    def reach(self, place: int) -> None:
        """Set the text up to a code point now, whatever time it takes."""
        while self._reached <= place and self._text_steps is not None:
            self._slices.step()

    def _finish(self) -> None:
        while self._slices.is_busy:
            self._slices.step()

    def _steps(self) -> Iterator[None]:
        """Do what is left, marks before further text, whose marks come with it."""
        while self._unmarked or self._text_steps is not None:
            if self._unmarked:
                self._mark(self._unmarked.pop(0))
            elif self._text_steps is not None:
                self._set_more(self._text_steps)
            self.went_on.emit()
            yield

    def _set_more(self, steps: Iterator[int]) -> None:
        cursor = QTextCursor(self._target)
        cursor.beginEditBlock()  # set and marked, it is laid out once
        before, self._reached = self._reached, next(steps)
        if before < self._reached:
            self._mark(Span(before, self._reached))
        cursor.endEditBlock()
        if self._reached >= self._length:
            self._text_steps = None
