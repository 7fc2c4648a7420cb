"""From a report to paper: the printer, the preview and the PDF, all painted by one function."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QObject,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from reader.errors import ResourceError
from reader.export.saving import save
from reader.gui.summary_page import paint_summary
from reader.gui.text_pages import TextPages
from reader.gui.theme import LIGHT, load_theme, make_palette
from reader.model import PolicyReport
from reader.summary import (
    summary_card,
)

PAGE_SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}

# What Qt lists even where fontconfig knows no font at all and every letter would be a box.
_NAMES_WITHOUT_A_FONT = {"Monospace", "Sans Serif", "Serif"}


def write_summary_pdf(
    report: PolicyReport, path: Path, page_size: str = "a4", *, with_text: bool = False
) -> None:
    """Write the summary page as a PDF; an older file at ``path`` is replaced only by a whole one.

    ``page_size`` is ``a4`` or ``letter``; ``with_text`` adds the policy's text with its findings.
    Needs no display and no running application.

    Raises:
        DiskFullError, PermissionDeniedError, NotFoundError, NotAFileError: it could not be saved.
        ResourceError: this computer has no fonts.
    """
    save(path, summary_pdf(report, page_size, with_text=with_text))


def summary_pdf(report: PolicyReport, page_size: str = "a4", *, with_text: bool = False) -> bytes:
    """Return the bytes of the PDF that ``write_summary_pdf`` writes.

    Raises:
        ResourceError: this computer has no fonts.
    """
    _ensure_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setPageSize(QPageSize(PAGE_SIZES[page_size]))
    writer.setTitle(_document_title(report))
    writer.setCreator(f"Policy Reader {report.generator.version}")
    _paint_on(writer, report, with_text=with_text)
    buffer.close()
    return bytes(content.data())


def print_summary(
    report: PolicyReport, parent: QWidget, *, with_text: bool = False
) -> QPrintDialog:
    """Ask which printer, then print the summary page there; returns at once, with the dialog."""
    job = _PrintJob(report, parent, with_text)
    dialog = QPrintDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(job.paint)
    QDialog.open(dialog)  # the print dialog's own one asks for a slot by its name
    return dialog


def preview_summary(
    report: PolicyReport, parent: QWidget, *, with_text: bool = False
) -> QPrintPreviewDialog:
    """Show the summary page as it will be printed; returns at once, with the dialog."""
    job = _PrintJob(report, parent, with_text)
    dialog = QPrintPreviewDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setPalette(make_palette(load_theme(LIGHT)))  # Qt's icons there are dark
    dialog.paintRequested.connect(job.paint)
    dialog.open()
    return dialog


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


class _PrintJob(QObject):
    """One report on its way to one printer; it lives as long as the dialog that asks for it."""

    def __init__(self, report: PolicyReport, window: QWidget, with_text: bool) -> None:
        super().__init__()
        self._report = report
        self._with_text = with_text
        self._window = window
        _ask_for_printers_by_socket()
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(_queue_name(report))
        self.printer.setCreator(f"Policy Reader {report.generator.version}")

    def paint(self) -> None:
        """Paint the page on the printer as it has been set by now; say so where that fails."""
        if not _paint_on(self.printer, self._report, with_text=self._with_text):
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(self.tr("The page could not be printed."))
            box.setInformativeText(
                self.tr("Check the printer, or the file's name and folder, then print again.")
            )
            box.open()


def _document_title(report: PolicyReport) -> str:
    return f"{summary_card(report).title[:200]}: summary"


def _queue_name(report: PolicyReport) -> str:
    """Return the page's name for a print queue, which Qt also proposes as a file's name."""
    return " ".join(re.findall(r"\w+", _document_title(report)))[:80]


def _paint_on(device: QPdfWriter | QPrinter, report: PolicyReport, *, with_text: bool) -> bool:
    """Paint the pages on a paged device, on the paper that it has; False where it takes nothing."""
    device.setPageOrientation(QPageLayout.Orientation.Portrait)
    if isinstance(device, QPrinter):
        device.setFullPage(True)
    else:
        device.setPageMargins(QMarginsF(0, 0, 0, 0))
    paper = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    dots = device.resolution() / 25.4
    painter.scale(dots, dots)
    page = QRectF(0, 0, paper.width(), paper.height())
    pages = TextPages(report, paper.size()) if with_text else None
    paint_summary(painter, page, report, text=pages)
    if pages is not None:
        title = summary_card(report).title
        for number in range(len(pages)):
            device.newPage()
            pages.paint(painter, number, title, f"Page {number + 2} of {len(pages) + 1}")
    return painter.end()


@cache
def _ensure_application() -> QGuiApplication | None:
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
