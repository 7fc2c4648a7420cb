#!/usr/bin/env python3
"""How long is it from the command, or from a file's opening in the window, to the answer?

    answer_times.py POLICY [--pages 14] [--rounds 9]

POLICY is a text or Markdown file. A PDF of so many pages is made of it, its text again and again.
Both are read by `extract` and `analyze`, each run a process of its own, and opened in one window
whose next worker waits ready; there the time ends when the report is painted. Printed are medians
in seconds, and the least.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument

from reader.gui.analysis_runner import AnalysisRunner
from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.settings import Settings

READER = Path(sys.executable).with_name("policy-reader")
_PAUSE = 3000
"""Milliseconds between two openings, in which the next worker gets ready."""
_MOST_COPIES = 400


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("policy", type=Path)
    parser.add_argument("--pages", type=int, default=14)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(HOME=name, XDG_STATE_HOME=name, XDG_CONFIG_HOME=name, XDG_DATA_HOME=name)
        application = make_application()
        pdf = Path(name) / "policy.pdf"
        pages = make_pdf(arguments.policy.read_text("utf-8"), arguments.pages, pdf)
        print(f"{pages} pages in the PDF")
        files = {"text": arguments.policy.resolve(), "pdf": pdf}
        window = OpenWindow()
        works: dict[str, Callable[[], float]] = {}
        for kind, file in files.items():
            for command in ("extract", "analyze"):
                works[f"{command} {kind}"] = lambda c=command, f=file: command_seconds(c, f)
            works[f"window {kind}"] = lambda f=file: window.seconds(f)
        times: dict[str, list[float]] = {what: [] for what in works}
        for _ in range(arguments.rounds + 1):  # the first only warms
            for what, work in works.items():
                times[what].append(work())
        for what, taken in times.items():
            print(f"{what:14} {median(taken[1:]):6.3f} s, at least {min(taken[1:]):.3f}")
        window.close()
        del application


def make_pdf(text: str, pages: int, path: Path) -> int:
    """Write a PDF of A4 pages, of whole copies or one part of ``text``; return how many it has."""
    document = QTextDocument()
    paragraphs = text.split("\n\n")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.setPageSize(writer.pageLayout().paintRectPoints().size().toSizeF())
    count = 0
    for count in range(len(paragraphs), _MOST_COPIES * len(paragraphs), 8):
        whole, rest = divmod(count, len(paragraphs))
        document.setMarkdown("\n\n".join([*paragraphs * whole, *paragraphs[:rest]]))
        if document.pageCount() >= pages:
            break
    document.print_(writer)
    return document.pageCount()


def command_seconds(command: str, file: Path) -> float:
    began = perf_counter()
    subprocess.run([READER, command, file], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - began


class OpenWindow:
    """The window, open all the time."""

    def __init__(self) -> None:
        self._window = MainWindow(Settings(theme="light"))
        self._window.show()
        self._opened = 0

    def seconds(self, file: Path) -> float:
        """Return the time from the opening of ``file`` to its report's being painted.

        A file that is open is not read again, so each time it is another one of the same words.
        """
        loop = QEventLoop()
        QTimer.singleShot(_PAUSE, loop.quit)
        loop.exec()
        self._opened += 1
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / f"{self._opened}-{file.name}"
            shutil.copyfile(file, copy)
            began = perf_counter()
            self._window.open_files([str(copy)])
            for runner in self._window.findChildren(AnalysisRunner):
                runner.finished.connect(loop.quit)
                runner.failed.connect(loop.quit)
            loop.exec()
        self._window.repaint()
        return perf_counter() - began

    def close(self) -> None:
        self._window.close()


if __name__ == "__main__":
    main()
