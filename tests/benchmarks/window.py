#!/usr/bin/env python3
"""How soon does the window open, does it ever stall, and does it grow?

    window.py start POLICY [--rounds 10]   medians from the start of the process; its memory
    window.py stalls FILE ...              the longest gap of the event loop while each opens
    window.py growth POLICY                memory over 40 openings, then over 300 changes of theme

Run it as `PYTHONPATH=.:tests/gui xvfb-run -a .venv/bin/python tests/benchmarks/window.py ...`: the
probe is that of the tests. With `--joined` the files are opened as one text. The lines to hold: the
first window within 0.8 s, the card within 1.5 s, 220 MB; 50 ms; 30 MB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from event_loop import EventLoopProbe  # of tests/gui
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent

from reader import cli
from reader.gui import app, garbage
from reader.gui.app import make_application
from reader.gui.document_page import PageState
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.settings import Settings

_OPENINGS, _WARMING, _THEMES = 40, 10, 300
_PATIENCE_SECONDS = 120


def main() -> None:
    """Print the figures that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("question", choices=("start", "stalls", "growth", "open-and-tell"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--joined", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        files = arguments.files
        if arguments.joined:
            files = [_joined(files, Path(folder))]
        match arguments.question:
            case "start":
                _start(files[0], arguments.rounds)
            case "stalls":
                _stalls(files)
            case "growth":
                _growth(files[0], Path(folder))
            case _:
                _open_and_tell(files[0])


def _joined(files: list[Path], folder: Path) -> Path:
    path = folder / f"joined{files[0].suffix}"
    texts = [file.read_text(encoding="utf-8") for file in files]
    path.write_text("\n\n".join(texts), encoding="utf-8")
    return path


# The start


def _start(policy: Path, rounds: int) -> None:
    """Open the program with ``policy``, each time as a new process; the first one only warms."""
    told: dict[str, list[float]] = {"window": [], "card": [], "memory": []}
    for _ in range(rounds + 1):
        began = time.time()
        command = [sys.executable, __file__, "open-and-tell", str(policy)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for line in output.splitlines():
            what, figure = line.split()
            told[what].append(float(figure) - (0 if what == "memory" else began))
    for what in ("window", "card"):
        times = told[what][1:]
        print(
            f"start to {what:7} median {median(times):.2f} s, {min(times):.2f} to {max(times):.2f}"
        )
    print(f"memory of the window's process {max(told['memory']):.0f} MB at most")


class _TellingWindow(MainWindow):
    """A window that prints when it is painted, when its card is, and how much memory it holds."""

    _is_painted = False

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._look = QTimer(self, interval=2)
        self._look.timeout.connect(self._look_for_card)
        self._look.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first picture."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._tell_window)

    def _tell_window(self) -> None:
        print(f"window {time.time()}", flush=True)

    def _look_for_card(self) -> None:
        if self.report is not None:
            self._look.stop()
            QTimer.singleShot(10, self, self._tell_card)  # behind the turns that fill and paint it

    def _tell_card(self) -> None:
        print(f"card {time.time()}", flush=True)
        QTimer.singleShot(500, self, self._tell_memory)

    def _tell_memory(self) -> None:
        print(f"memory {_memory()}", flush=True)
        self.close()


def _open_and_tell(policy: Path) -> None:
    app.MainWindow = _TellingWindow  # type: ignore[misc]  # it does the same, and tells
    cli.main([str(policy)])


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


# Stalls


def _stalls(files: list[Path]) -> None:
    window = _open_window()
    for file in files:
        _open_and_probe(window, file)
    window.close()


def _open_and_probe(window: MainWindow, file: Path) -> None:
    probe = EventLoopProbe(lambda: "reading" if window.report is None else "showing")
    began = time.perf_counter()
    window.open_files([str(file)])
    _wait(lambda: not _is_reading(window))
    took = time.perf_counter() - began
    _wait(lambda: all(pane.view.is_set for pane in window.findChildren(ReadingPane)))
    _rest(0.3)
    probe.stop()
    outcome = "opened" if window.report is not None else "refused"
    window.close_document()
    print(f"{1000 * probe.longest:6.0f} ms {probe.at:8} {outcome} in {took:5.1f} s  {file.name}")


def _is_reading(window: MainWindow) -> bool:
    return any(page.state in (PageState.WAITING, PageState.READING) for page in window.pages)


# Growth


def _growth(policy: Path, folder: Path) -> None:
    window = _open_window()
    before = 0.0
    for number in range(_WARMING + _OPENINGS):
        if number == _WARMING:
            before = _memory()
        path = folder / f"{number}{policy.suffix}"
        path.write_bytes(policy.read_bytes())
        window.open_files([str(path)])
        _wait(lambda: not _is_reading(window))
        _rest(0.05)
        while len(window.pages) > 1:  # only the newest stays open
            window.close_document()
            _rest(0.0)
    print(f"{_OPENINGS} openings: {_memory() - before:+.1f} MB of {_memory():.0f}")
    for number in range(_WARMING + _THEMES):
        if number == _WARMING:
            before = _memory()
        window.choose_theme(("dark", "light")[number % 2])
        _rest(0.0)
    print(f"{_THEMES} changes of theme: {_memory() - before:+.1f} MB of {_memory():.0f}")
    window.close()


# A window, and waiting for it


def _open_window() -> MainWindow:
    make_application()
    window = MainWindow(Settings(theme="light", keep_history=False))
    garbage.take_over()  # as the program does
    window.show()
    _rest(0.5)
    return window


def _wait(is_so: Callable[[], bool]) -> None:
    """Let the event loop run until ``is_so``."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        _rest(0.01)


def _rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
