"""How pages reach a printer, the preview or a PDF, whatever is painted on them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from reader.errors import ResourceError
from reader.gui.theme import LIGHT, load_theme, make_palette
from reader.version import __version__

PAGE_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}

Device = QPdfWriter | QPrinter

# What Qt lists even where fontconfig knows no font at all and every letter would be a box.
_NAMES_WITHOUT_A_FONT = {"Monospace", "Sans Serif", "Serif"}


def pdf_of(title: str, page_size: str, paint: Callable[[QPdfWriter], object]) -> bytes:
    """Return what ``paint`` puts on a writer of ``page_size`` (``a4`` or ``letter``).

    The writer has no margins of its own. Needs no display and no running application.

    Raises:
        ResourceError: this computer has no fonts.
    """
    ensure_application()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setPageSize(QPageSize(PAGE_SIZES[page_size]))
    writer.setTitle(title)
    writer.setAuthor("Policy Reader")
    writer.setCreator(f"Policy Reader {__version__}")
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    paint(writer)
    buffer.close()
    return bytes(written.data())


def print_pages(title: str, paint: Callable[[QPrinter], bool], window: QWidget) -> QPrintDialog:
    """Ask which printer, then paint there; returns at once, with the dialog.

    ``paint`` returns whether the printer took it; where it did not, ``window`` says so.
    """
    job = _PrintJob(title, paint, window)
    dialog = QPrintDialog(job.printer, window)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(job.paint)
    QDialog.open(dialog)  # the print dialog's own one asks for a slot by its name
    return dialog


def preview_pages(
    title: str, paint: Callable[[QPrinter], bool], window: QWidget
) -> QPrintPreviewDialog:
    """Show what ``paint`` paints as it will be printed; returns at once, with the dialog."""
    job = _PrintJob(title, paint, window)
    dialog = QPrintPreviewDialog(job.printer, window)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setPalette(make_palette(load_theme(LIGHT)))  # Qt's icons there are dark
    dialog.paintRequested.connect(job.paint)
    dialog.open()
    return dialog


class _PrintJob(QObject):
    """Pages on their way to one printer; it lives as long as the dialog that asks for it."""

    def __init__(self, title: str, paint: Callable[[QPrinter], bool], window: QWidget) -> None:
        super().__init__()
        self._paint = paint
        self._window = window
        _ask_for_printers_by_socket()
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(_queue_name(title))
        self.printer.setCreator(f"Policy Reader {__version__}")

    def paint(self) -> None:
        """Paint the pages on the printer as it has been set by now; say so where that fails."""
        self.printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        self.printer.setFullPage(True)
        if not self._paint(self.printer):
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(self.tr("The page could not be printed."))
            box.setInformativeText(
                self.tr("Check the printer, or the file's name and folder, then print again.")
            )
            box.open()


def _queue_name(title: str) -> str:
    """Return the pages' name for a print queue, which Qt also proposes as a file's name."""
    return " ".join(re.findall(r"\w+", title))[:80]


_CUPS_SOCKET = "/run/cups/cups.sock"
_CUPS_SETTINGS = (Path("/etc/cups/client.conf"), Path("~/.cups/client.conf"))
_CUPS_SERVER = re.compile(r"^\s*ServerName\s", re.MULTILINE | re.IGNORECASE)


def _ask_for_printers_by_socket() -> None:
    """Have CUPS look for printers through its socket on this machine alone.

    Where the socket is missing its library would try the network's way to this machine. A server
    that the user named stays theirs to choose.
    """
    if not sys.platform.startswith("linux") or "CUPS_SERVER" in os.environ:
        return
    for path in _CUPS_SETTINGS:
        with suppress(OSError, RuntimeError):
            if _CUPS_SERVER.search(path.expanduser().read_text("utf-8", "replace")):
                return
    os.environ["CUPS_SERVER"] = _CUPS_SOCKET


@cache
def ensure_application() -> QGuiApplication | None:
    """Make the application that fonts need where none runs; return it so that it stays alive.

    On Linux it is one without a display: a page needs none, and looking for one may end the
    process. The caller keeps it by the cache.
    """
    made = None
    if QGuiApplication.instance() is None:
        place = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
        made = QGuiApplication(["policy-reader", *place])
    if set(QFontDatabase.families()) <= _NAMES_WITHOUT_A_FONT:
        raise ResourceError(
            "This computer has no fonts, so the page would be empty.",
            "Install a font, for example the package fonts-dejavu-core, then try again.",
        )
    return made
