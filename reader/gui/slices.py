"""Long work of the window in slices, between which it stays alive.

The work is a generator that yields whenever it may be interrupted, every few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.005
"""How long a slice may take before the event loop has its turn; the last step may exceed it."""


class Slices(QObject):
    """Does one piece of work at a time, the newest.

    Signals:
        finished: the work is done; not after ``stop``, nor for work that gave way to newer work.
    """

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Return whether work is left."""
        return self._work is not None

    def start(self, work: Iterator[object]) -> None:
        """Do ``work`` from now on, its first slice when the event loop comes to it."""
        self._work = work
        self._timer.start()

    def step(self) -> None:
        """Do the work up to where it may be interrupted next."""
        work = self._work
        if work is None:
            return
        try:
            next(work)
        except StopIteration:
            if self._work is work:
                self.stop()
                self.finished.emit()
        except BaseException:
            self.stop()  # what failed once is not gone on with
            raise

    def stop(self) -> None:
        """Give up what is left of the work."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        deadline = perf_counter() + SLICE_SECONDS
        while self.is_busy and perf_counter() < deadline:
            self.step()
        if self.is_busy:
            self._timer.start()
