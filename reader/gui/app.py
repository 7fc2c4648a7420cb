"""The start of the program's window: the application, its window, and the last resort.

``run`` returns when the window has closed.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from reader.errors import InternalError
from reader.gui import garbage
from reader.gui.dialog_buttons import without_pictures
from reader.gui.file_events import FileEvents
from reader.gui.first_look import FirstLookOnce
from reader.gui.icons import app_icon
from reader.gui.main_window import MainWindow
from reader.gui.second_start import enter
from reader.paths import state_dir
from reader.protocol import DEBUG_VARIABLE
from reader.settings import read_settings
from reader.version import __version__

DONE, NO_WINDOW, OUR_MISTAKE = 0, 2, 70
"""Exit codes: of a start that another window answers; and where Qt gives up, before and after."""

_LOG_BYTES, _LOG_FILES = 512 << 10, 3
_log = logging.getLogger("reader.gui")
_log.propagate = False
_log.addHandler(logging.NullHandler())  # without a file, Python would write to standard error


_NO_SCREEN = (
    "There is no display here to open a window on. For the summary in this terminal, type "
    "'policy-reader analyze FILE'; for a page to print, add '--to pdf'."
)


class LastResort(QObject):
    """What happens to a mistake of ours that nothing else caught: one box, and a line in the log.

    The program goes on. The log holds where it happened and no words of the policy: a message of
    an exception might quote them, so it is left out.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box: QMessageBox | None = None

    def install(self) -> None:
        """Become the process's handler of uncaught exceptions, and of what Qt has to say."""
        sys.excepthook = self.handle
        qInstallMessageHandler(_on_qt_message)

    def handle(
        self, kind: type[BaseException], value: BaseException, trace: TracebackType | None
    ) -> None:
        """Log the exception and tell the user, unless a box stands there already."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        frames = "".join(traceback.format_tb(trace))
        _log.error("uncaught %s\n%s", kind.__name__, frames)
        if os.environ.get(DEBUG_VARIABLE):
            traceback.print_exception(kind, value, trace)
        if self._box is not None:
            return
        self._box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Policy Reader"),
            InternalError.message,
            QMessageBox.StandardButton.Ok,
            QApplication.activeWindow(),
        )
        self._box.setTextFormat(Qt.TextFormat.PlainText)
        self._box.setInformativeText(
            self.tr("You can go on reading. If it happens again, please report it: {kind}.").format(
                kind=kind.__name__
            )
        )
        without_pictures(self._box)
        self._box.finished.connect(self._on_closed)
        self._box.open()

    def _on_closed(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None


def run(files: Sequence[str], *, new_window: bool = False) -> int:
    """Open the window with ``files`` and return the exit code once it has closed.

    Where a window of the program is open already it takes them, and this returns at once; unless
    ``new_window`` asks for one of its own.

    Where there is no screen to open it on, Qt ends the process: then a sentence says so, and the
    exit code is ``NO_WINDOW``.
    """
    start_log()
    last_resort = LastResort()
    last_resort.install()
    app = make_application()
    # Python sees a signal only between two of its own instructions: let Ctrl+C end us at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    paths = [os.path.abspath(file) for file in files]  # noqa: PTH100 - any name will do
    first = enter(paths, new_window=new_window)
    if first is None:
        return DONE
    window = MainWindow(read_settings())
    first.files_came.connect(window.take_files)
    if sys.platform == "darwin":  # elsewhere they are arguments; the filter sees every event
        FileEvents(app).files_came.connect(window.take_files)
    app.lastWindowClosed.connect(first.close)
    FirstLookOnce(window)
    garbage.take_over()
    window.show()
    window.open_files(paths)
    code = app.exec()
    first.close()
    return code


def make_application() -> QApplication:
    """Return the application with its names and icon; there is one in a process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("policy-reader")
    app.setApplicationDisplayName("Policy Reader")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("policy-reader")
    app.setWindowIcon(app_icon())
    return app


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Log where Qt has something to say, and end with a sentence of ours where it would abort.

    What it says may quote words of the policy, so that the log names its category alone.
    """
    if os.environ.get(DEBUG_VARIABLE):
        print(message, file=sys.stderr)
    if kind is QtMsgType.QtFatalMsg:
        has_screen = bool(QGuiApplication.screens())
        words = f"{InternalError.message} {InternalError.hint}" if has_screen else _NO_SCREEN
        print(f"policy-reader: {words}", file=sys.stderr, flush=True)
        os._exit(OUR_MISTAKE if has_screen else NO_WINDOW)  # Qt aborts when we return
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
        _log.warning("%s from Qt, category %s", kind.name, context.category)


def start_log() -> None:
    """Log to three small files that only the user can read; without room there is no log."""
    folder = state_dir()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "policy-reader.log"
        path.touch(mode=0o600, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES - 1, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
