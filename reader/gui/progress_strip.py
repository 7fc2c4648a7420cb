"""How far an analysis is: the name of its stage, a bar, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

_PATIENCE_MS = 250  # what is done sooner needs no bar that flashes up
_STEPS = 1000


class ProgressStrip(QFrame):
    """Shown while an analysis runs.

    Signals:
        cancelled: the reader pressed Cancel.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._stage = QLabel(self)
        self._stage.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(260)
        self._bar.setAccessibleName(self.tr("Progress of the reading"))
        self._cancel = QPushButton(self.tr("Cancel"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(12)
        row.addWidget(self._stage, 1)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self.hide()
        self._timer.timeout.connect(self.show)
        self._cancel.clicked.connect(self.cancelled)

    def begin(self, name: str) -> None:
        """Begin with the file called ``name``; the strip appears if it takes a while."""
        self._name = name
        self.show_stage(self.tr("starting"), 0.0)
        self._timer.start()

    def show_stage(self, stage: str, fraction: float) -> None:
        """Show the stage, and the share that is done in [0, 1]."""
        words = self.tr("Reading {name}: {stage} …").format(name=self._name, stage=stage.lower())
        room = max(200, self.width() // 2)
        elided = self._stage.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        self._stage.setText(elided)
        self._stage.setAccessibleName(words)
        self._bar.setValue(round(fraction * _STEPS))

    def end(self) -> None:
        """Take the strip away."""
        self._timer.stop()
        self.hide()
