"""From a report to paper: the printer, the preview and the PDF, all painted by one function."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QObject,
    QSizeF,
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

from reader.annotations import Annotation
from reader.errors import ResourceError
from reader.export.pdf_navigation import PageLink, with_navigation
from reader.export.saving import save
from reader.gui.paper import Content, Paper
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
    content = Content.SUMMARY_AND_TEXT if with_text else Content.SUMMARY
    save(path, report_pdf(report, content, page_size))


def report_pdf(
    report: PolicyReport,
    content: Content = Content.SUMMARY,
    page_size: str = "a4",
    annotations: Sequence[Annotation] = (),
) -> bytes:
    """Return ``content`` as a PDF with its links, outline, title and language.

    ``annotations`` are the reader's own marks, which the pages show where there is room for them.

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
    writer.setTitle(_document_title(report, content))
    writer.setAuthor("Policy Reader")
    writer.setCreator(f"Policy Reader {report.generator.version}")
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    paper = Paper(report, content, _size_of(writer), annotations)
    links = _paint_on(writer, paper) or []
    buffer.close()
    return with_navigation(bytes(written.data()), "en", links, paper.outline)


def print_report(
    report: PolicyReport,
    parent: QWidget,
    content: Content = Content.SUMMARY,
    annotations: Sequence[Annotation] = (),
) -> QPrintDialog:
    """Ask which printer, then print ``content`` there; returns at once, with the dialog."""
    job = _PrintJob(report, parent, content, annotations)
    dialog = QPrintDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(job.paint)
    QDialog.open(dialog)  # the print dialog's own one asks for a slot by its name
    return dialog


def preview_report(
    report: PolicyReport,
    parent: QWidget,
    content: Content = Content.SUMMARY,
    annotations: Sequence[Annotation] = (),
) -> QPrintPreviewDialog:
    """Show ``content`` as it will be printed; returns at once, with the dialog."""
    job = _PrintJob(report, parent, content, annotations)
    dialog = QPrintPreviewDialog(job.printer, parent)
    job.setParent(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_document_title(report, content))
    dialog.setPalette(make_palette(load_theme(LIGHT)))  # Qt's icons there are dark
    dialog.paintRequested.connect(job.paint)
    dialog.open()
    return dialog


_CUPS_SOCKET = "/run/cups/cups.sock"
_CUPS_SETTINGS = (Path("/etc/cups/client.conf"), Path("~/.cups/client.conf"))
_CUPS_SERVER = re.compile(r"^\s*ServerName\s", re.MULTILINE | re.IGNORECASE)


def ask_for_printers_by_socket() -> None:
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

    def __init__(
        self,
        report: PolicyReport,
        window: QWidget,
        content: Content,
        annotations: Sequence[Annotation],
    ) -> None:
        super().__init__()
        self._report = report
        self._content = content
        self._annotations = tuple(annotations)
        self._window = window
        ask_for_printers_by_socket()
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(_queue_name(report, content))
        self.printer.setCreator(f"Policy Reader {report.generator.version}")

    def paint(self) -> None:
        """Paint the pages on the printer as it has been set by now; say so where that fails."""
        self.printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        self.printer.setFullPage(True)
        size = _size_of(self.printer)
        paper = Paper(self._report, self._content, size, self._annotations)
        if _paint_on(self.printer, paper) is None:
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(self.tr("The page could not be printed."))
            box.setInformativeText(
                self.tr("Check the printer, or the file's name and folder, then print again.")
            )
            box.open()


_CONTENT_WORDS = {
    Content.SUMMARY: "summary",
    Content.SUMMARY_AND_TEXT: "summary and text",
    Content.FINDINGS: "findings",
}


def _document_title(report: PolicyReport, content: Content) -> str:
    return f"{summary_card(report).title[:200]}: {_CONTENT_WORDS[content]}"


def _queue_name(report: PolicyReport, content: Content) -> str:
    """Return the pages' name for a print queue, which Qt also proposes as a file's name."""
    return " ".join(re.findall(r"\w+", _document_title(report, content)))[:80]


def _size_of(device: QPdfWriter | QPrinter) -> QSizeF:
    """Return the size of the whole paper that a device has, in millimetres."""
    return device.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()


def _paint_on(device: QPdfWriter | QPrinter, paper: Paper) -> list[PageLink] | None:
    """Paint the pages on a paged device and return the links on them; None where it takes nothing.

    The device has no margins of its own.
    """
    painter = QPainter()
    if not painter.begin(device):
        return None
    dots = device.resolution() / 25.4
    painter.scale(dots, dots)
    links: list[PageLink] = []
    for number in range(len(paper)):
        if number:
            device.newPage()
        links += paper.paint(painter, number)
    return links if painter.end() else None


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
