"""Laying out a long text again after its width changed, in slices: Qt would do it at one go.

Qt lays out anew what is asked for, and all before it. Whoever asks for a line far below the view
would wait for the whole text; so nobody asks before it is ``reached``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument

from reader.gui.slices import Slices

_STEP = 8_000  # UTF-16 units, some 3 ms


class TextFlow(QObject):
    """Lays out one Qt document.

    Signals:
        finished: all of the document is laid out at its width.
    """

    finished = Signal()

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._reached = sys.maxsize
        self._slices = Slices(self)
        self._slices.finished.connect(self.finished)

    @property
    def reached(self) -> int:
        """The Qt position up to which lines may be asked for."""
        return self._reached

    def begin(self, position: int) -> None:
        """Lay out again what stands behind ``position``, up to which it is done already."""
        self._reached = position
        self._slices.start(self._steps())

    def _steps(self) -> Iterator[None]:
        layout = self._document.documentLayout()
        while self._reached < self._document.characterCount() - 1:
            block = self._document.findBlock(self._reached + _STEP)
            if not block.isValid():
                block = self._document.lastBlock()
            layout.blockBoundingRect(block)
            self._reached = block.position() + block.length()
            yield
        self._reached = sys.maxsize
