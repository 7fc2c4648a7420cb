"""A report on paper: the printer, the preview and the PDF, all painted by one function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from reader.annotations import Annotation
from reader.export.pdf_navigation import PageLink, with_navigation
from reader.export.saving import save
from reader.gui.paper import Content, Paper
from reader.gui.print_job import Device, pdf_of, preview_pages, print_pages
from reader.model import PolicyReport
from reader.summary import summary_card

_CONTENT_WORDS = {
    Content.SUMMARY: "summary",
    Content.SUMMARY_AND_TEXT: "summary and text",
    Content.FINDINGS: "findings",
}


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
    links: list[PageLink] = []
    papers: list[Paper] = []

    def paint(writer: QPdfWriter) -> None:
        papers.append(Paper(report, content, _size_of(writer), annotations))
        links.extend(_paint_on(writer, papers[0]) or [])

    pdf = pdf_of(_title(report, content), page_size, paint)
    return with_navigation(pdf, "en", links, papers[0].outline)


def print_report(
    report: PolicyReport,
    parent: QWidget,
    content: Content = Content.SUMMARY,
    annotations: Sequence[Annotation] = (),
) -> QPrintDialog:
    """Ask which printer, then print ``content`` there; returns at once, with the dialog."""
    paint = _Painting(report, content, tuple(annotations))
    return print_pages(_title(report, content), paint, parent)


def preview_report(
    report: PolicyReport,
    parent: QWidget,
    content: Content = Content.SUMMARY,
    annotations: Sequence[Annotation] = (),
) -> QPrintPreviewDialog:
    """Show ``content`` as it will be printed; returns at once, with the dialog."""
    paint = _Painting(report, content, tuple(annotations))
    return preview_pages(_title(report, content), paint, parent)


@dataclass(frozen=True, slots=True)
class _Painting:
    """Paints a report on a printer as it has been set; returns whether it took that."""

    report: PolicyReport
    content: Content
    annotations: tuple[Annotation, ...]

    def __call__(self, printer: QPrinter) -> bool:
        paper = Paper(self.report, self.content, _size_of(printer), self.annotations)
        return _paint_on(printer, paper) is not None


def _title(report: PolicyReport, content: Content) -> str:
    return f"{summary_card(report).title[:200]}: {_CONTENT_WORDS[content]}"


def _size_of(device: Device) -> QSizeF:
    """Return the size of the whole paper that a device has, in millimetres."""
    return device.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()


def _paint_on(device: Device, paper: Paper) -> list[PageLink] | None:
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
