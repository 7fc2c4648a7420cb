"""Open files one after the other in the real window; preview, print and save each: a program.

    open_and_print.py FOLDER FILE ...

What is printed goes to FOLDER. It writes a line for each file, "opened" or "refused", and ends.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget
from saving import save_summary  # it lies beside this program

from reader.gui.app import make_application
from reader.gui.document_page import PageState
from reader.gui.main_window import MainWindow
from reader.gui.printing import preview_report, print_report
from reader.model import PolicyReport
from reader.settings import Settings

_STEP = 20
"""Milliseconds between two looks at whether the window is ready."""


class Tour(QObject):
    """Walks the window through the files."""

    def __init__(self, window: MainWindow, folder: Path, files: list[str]) -> None:
        super().__init__(window)
        self._window, self._folder, self._files = window, folder, files
        self._before: PolicyReport | None = None
        self._preview: QPrintPreviewDialog | None = None

    def go_on(self) -> None:
        """Open the next file, or close the window."""
        if not self._files:
            self._window.close()
            return
        self._before = self._window.report
        self._window.open_files([self._files.pop(0)])
        self._wait()

    def _wait(self) -> None:
        report = self._window.report
        if any(page.state is PageState.READING for page in self._window.pages):
            QTimer.singleShot(_STEP, self._wait)
        elif report is None or report is self._before:
            print("refused", flush=True)
            self.go_on()
        else:
            self._print(report)

    def _print(self, report: PolicyReport) -> None:
        number = len(self._files)
        save_summary(self._window, self._folder / f"saved-{number}.pdf")
        dialog = print_report(report, self._window)
        dialog.printer().setOutputFileName(str(self._folder / f"printed-{number}.pdf"))
        dialog.accept()
        self._preview = preview_report(report, self._window)
        self._look()

    def _look(self) -> None:
        assert self._preview is not None
        pages = self._preview.findChild(QPrintPreviewWidget)
        if not isinstance(pages, QPrintPreviewWidget) or not pages.pageCount():
            QTimer.singleShot(_STEP, self._look)
            return
        self._preview.close()
        print("opened", flush=True)
        self.go_on()


def main() -> None:
    application = make_application()
    window = MainWindow(Settings(theme="light"))
    window.show()
    tour = Tour(window, Path(sys.argv[1]), sys.argv[2:])
    QTimer.singleShot(0, tour.go_on)
    sys.exit(application.exec())


if __name__ == "__main__":
    main()
