#!/usr/bin/env python3
"""Take pictures of the window in every look it has, to be looked at, and those of the README.

    make_pictures.py FOLDER [--policy FILE] [--states card,topic]

They show the sample, or another policy, at 900 x 600, 1360 x 860 and 2560 x 1440 (that one with two
pixels a point), light and dark, and from right to left. The pictures of the README are
`card-1360x860-light-ltr.png` and `topic-1360x860-dark-ltr.png`. Run it under `xvfb-run -a` with the
environment variable `QT_FONT_DPI=96`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.paths import resource
from reader.settings import Settings

_SAMPLE = "samples/lantern-and-loom.md"
_SIZES = {"900x600": 1.0, "1360x860": 1.0, "2560x1440": 2.0}  # in pixels, and those of a point
_DIRECTIONS = {"ltr": Qt.LayoutDirection.LeftToRight, "rtl": Qt.LayoutDirection.RightToLeft}
_STATES = ("start", "card", "topic", "finding", "search", "difficulty")
_TOPIC = "share"
_LOOK_EVERY_MS, _LET_IT_PAINT_MS = 50, 600


def main() -> None:
    """Take all pictures, each of a process of its own: a scale holds for a whole process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--policy", type=Path, default=resource(_SAMPLE))
    parser.add_argument("--states", default=",".join(_STATES))
    parser.add_argument("--letters", type=float, default=1.0, help="times their usual size")
    parser.add_argument("--one", nargs=4, metavar=("STATE", "SIZE", "THEME", "DIRECTION"))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.one:
        _take(arguments.folder, arguments.policy, arguments.letters, *arguments.one)
        return
    looks = product(arguments.states.split(","), _SIZES, ("light", "dark"), _DIRECTIONS)
    for look in looks:
        command = [sys.executable, __file__, str(arguments.folder)]
        command += ["--policy", str(arguments.policy), "--letters", str(arguments.letters)]
        command += ["--one", *look]
        environment = os.environ | {"QT_SCALE_FACTOR": str(_SIZES[look[1]])}
        subprocess.run(command, env=environment, check=True)


def _take(
    folder: Path, policy: Path, letters: float, state: str, size: str, theme: str, direction: str
) -> None:
    app = make_application()
    font = app.font()
    font.setPointSizeF(font.pointSizeF() * letters)
    app.setFont(font)
    app.setLayoutDirection(_DIRECTIONS[direction])
    window = MainWindow(Settings(theme=theme, keep_history=False))
    width, height = (round(int(side) / _SIZES[size]) for side in size.split("x"))
    window.resize(width, height)
    window.show()
    if state != "start":
        window.open_files([str(policy)])
    timer = QTimer(window, interval=_LOOK_EVERY_MS)

    def look() -> None:
        if state == "start" or window.report is not None:
            timer.stop()
            _bring_about(window, state)
            QTimer.singleShot(_LET_IT_PAINT_MS, window, take)

    def take() -> None:
        window.grab().save(str(folder / f"{state}-{size}-{theme}-{direction}.png"))
        window.close()

    timer.timeout.connect(look)
    timer.start()
    app.exec()


def _bring_about(window: MainWindow, state: str) -> None:
    if state == "start":
        return
    pane = next(pane for pane in window.findChildren(ReadingPane) if pane.report is window.report)
    match state:
        case "topic":
            pane.choose_topic(_TOPIC)
        case "finding":
            for _ in range(3):
                pane.go_to_finding(1)
        case "search":
            pane.open_search()
            pane.find_bar.open_search(0, "your")
        case "difficulty":
            pane.choose_whole_reading()


if __name__ == "__main__":
    main()
