"""When the window's memory is looked through for garbage: not while somebody waits.

Python looks through all that lives whenever enough came to be, and with a report on 100,000 words
that holds the window up for 50 ms, twice while the report comes. Reports hold no circles: they go
when nothing names them. So what a report is made of is set aside, and all is looked through when a
document was closed; what is short-lived is still looked through by Python itself.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_NEVER = 1_000_000_000
_SECONDS_BETWEEN = 60


def take_over() -> None:
    """Set aside what the program is made of; Python looks through old things no more."""
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    gc.freeze()


class Garbage(QObject):
    """Looks through what is not set aside, in a moment of rest and every minute."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        timer = QTimer(self, interval=_SECONDS_BETWEEN * 1000)
        timer.timeout.connect(gc.collect)
        timer.start()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look_through)

    def set_aside(self) -> None:
        """Set aside what lives now: a report has come, and all that shows it."""
        gc.freeze()

    def look_through_soon(self) -> None:
        """Look through everything when the event loop comes to it: a document has gone."""
        self._soon.start()

    def _look_through(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
