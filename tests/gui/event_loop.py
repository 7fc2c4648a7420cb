"""How long an event loop leaves its timers waiting: what a reader feels as a stall."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 5
_SCHEDULE = Path("/proc/thread-self/schedstat")


class EventLoopProbe(QObject):
    """A timer of 5 ms that notes how late it comes, from when it is made until ``stop``.

    The time for which the system had no processor for this thread is counted out where the system
    tells it (Linux): other programs' load is no stall of ours. ``now`` tells what is going on.
    """

    def __init__(self, now: Callable[[], str] = str) -> None:
        super().__init__()
        self._now = now
        self.longest, self.at = 0.0, ""
        """The longest gap in seconds, and what was going on when it ended."""
        self._file = -1
        with suppress(OSError):
            self._file = os.open(_SCHEDULE, os.O_RDONLY)
        self._last, self._waited = perf_counter(), self._waiting()
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """End the measurement."""
        self._timer.stop()
        if self._file >= 0:
            os.close(self._file)

    def _tick(self) -> None:
        now, waited = perf_counter(), self._waiting()
        gap = now - self._last - (waited - self._waited)
        if gap > self.longest:
            self.longest, self.at = gap, self._now()
        self._last, self._waited = now, waited

    def _waiting(self) -> float:
        """Return the seconds that this thread was ready to run and had to wait, since its start."""
        if self._file < 0:
            return 0.0
        return int(os.pread(self._file, 100, 0).split()[1]) / 1e9
