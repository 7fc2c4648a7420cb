"""The program as it is started, which also prints what its message bar says, a line at a time.

python telling_program.py [FILE ...]
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from reader.gui import app
from reader.gui.message_bar import MessageBar


class Teller(QObject):
    """Looks at the message bar ten times a second."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._told = ""
        self._timer = QTimer(self, interval=100)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        for window in QApplication.topLevelWidgets():
            bar = window.findChild(MessageBar)
            if isinstance(bar, MessageBar) and bar.words != self._told:
                self._told = bar.words
                print(self._told.replace("\n", " "), flush=True)


if __name__ == "__main__":
    Teller(app.make_application())
    sys.exit(app.run(sys.argv[1:]))
