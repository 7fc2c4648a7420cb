"""The line above the text that says what a filter holds back, so that nobody takes it for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from reader.gui.layers import ALL_VALENCES, Layers
from reader.gui.text_widgets import LineButton
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.model import Valence, Verdict
from reader.summary import VERDICT_WORDS


class FilterStrip(QFrame):
    """Shown as long as a filter is on.

    Signals:
        cleared: everything is to be marked again.
        change_wanted: the words were pressed; the reader wants to see the switches.
    """

    cleared = Signal()
    change_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("Filter of the marks"))
        self._words = LineButton("", theme, is_link=True, most=2)
        self._words.setAccessibleDescription(self.tr("Shows the filter's switches"))
        self._clear = QPushButton(self.tr("Clear the filter"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._words.clicked.connect(self.change_wanted)
        self._clear.clicked.connect(self.cleared)
        self.hide()

    def show_filter(self, layers: Layers, topics: Sequence[str], marked: int, of_all: int) -> None:
        """Say what the filter of ``layers`` lets through, or hide where it lets all through.

        ``topics`` is what its topics are called. ``marked`` of ``of_all`` findings are marked.
        """
        if layers.is_filtered:
            counted = self.tr("{marked} of {count} passages marked").format(
                marked=marked, count=of_all
            )
            words = self.tr("{counted}, only {what}").format(  # what is long is cut at its end
                counted=counted, what=filter_words(layers, topics)
            )
            self._words.set_words(words)
            self._words.setToolTip(tooltip(words))
        self.setVisible(layers.is_filtered)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._words.set_theme(theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a hairline between the strip and the text."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.panel)
        rule = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, self._theme.rule)
        painter.end()


def filter_words(layers: Layers, topics: Sequence[str]) -> str:
    """Return what a filter lets through, as "Sharing, Sale; Warning, Take care"."""
    parts = [", ".join(topics)] if topics else []
    if layers.valences != ALL_VALENCES:
        graver_first = sorted(layers.valences, key=lambda each: -each.severity)
        words = [VERDICT_WORDS[_verdict(each)] for each in graver_first]
        parts.append(", ".join(words) if words else "–")
    return "; ".join(parts)


def _verdict(valence: Valence) -> Verdict:
    return Verdict(valence.value)
