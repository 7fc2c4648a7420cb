"""What the window can save: each kind with its words, its ending, and how its bytes are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from reader.annotations import Annotation
from reader.export.findings_csv import findings_csv
from reader.export.naming import proposed_name
from reader.export.report_html import report_html
from reader.export.report_json import encode, to_json
from reader.export.report_markdown import report_markdown
from reader.gui.paper import Content
from reader.gui.printing import report_pdf
from reader.model import PolicyReport

translate = QCoreApplication.translate


class ExportKind(Enum):
    """A kind of file; its value is what the settings remember."""

    SUMMARY = "summary-pdf"
    SUMMARY_AND_TEXT = "text-pdf"
    FINDINGS = "findings-pdf"
    WEB_PAGE = "web-page"
    MARKDOWN = "markdown"
    TABLE = "table"
    JSON = "json"

    @classmethod
    def of(cls, value: str) -> ExportKind:
        """Return the kind that the settings name; what they cannot mean is the summary."""
        return next((kind for kind in cls if kind.value == value), cls.SUMMARY)

    @property
    def content(self) -> Content | None:
        """What of the report is put on paper; None for what is no PDF."""
        return _ON_PAPER.get(self)

    @property
    def takes_notes(self) -> bool:
        """Whether there is room for the reader's own notes."""
        if self.content is not None:
            return self.content.takes_notes
        return self in (ExportKind.WEB_PAGE, ExportKind.MARKDOWN)

    @property
    def ending(self) -> str:
        """What a file of this kind ends with, behind the name of the policy."""
        return _ENDINGS[self]

    @property
    def suffix(self) -> str:
        """The letters behind the last dot of a name."""
        return self.ending.rpartition(".")[2]


_ON_PAPER = {
    ExportKind.SUMMARY: Content.SUMMARY,
    ExportKind.SUMMARY_AND_TEXT: Content.SUMMARY_AND_TEXT,
    ExportKind.FINDINGS: Content.FINDINGS,
}
_ENDINGS = {
    ExportKind.SUMMARY: "-summary.pdf",
    ExportKind.SUMMARY_AND_TEXT: "-summary-and-text.pdf",
    ExportKind.FINDINGS: "-findings.pdf",
    ExportKind.WEB_PAGE: "-summary.html",
    ExportKind.MARKDOWN: "-summary.md",
    ExportKind.TABLE: "-findings.csv",
    ExportKind.JSON: "-report.json",
}


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the reader wants saved; ``page_size`` is ``a4`` or ``letter`` and counts for PDFs."""

    kind: ExportKind
    page_size: str
    with_notes: bool

    def file_name(self, report: PolicyReport) -> str:
        """Return the name that is proposed for the file."""
        return proposed_name(report.document, self.kind.ending)

    def made_of(self, report: PolicyReport, annotations: Sequence[Annotation]) -> bytes:
        """Return what is to be saved, with ``annotations`` where they are wanted and have room.

        Raises:
            ResourceError: this computer has no fonts.
        """
        notes = tuple(annotations) if self.with_notes and self.kind.takes_notes else ()
        if self.kind.content is not None:
            return report_pdf(report, self.kind.content, self.page_size, notes)
        match self.kind:
            case ExportKind.WEB_PAGE:
                return report_html(report, notes)
            case ExportKind.MARKDOWN:
                return report_markdown(report, notes)
            case ExportKind.TABLE:
                return findings_csv(report)
            case _:
                return encode(to_json(report)) + b"\n"


def kind_words(kind: ExportKind) -> tuple[str, str]:
    """Return what a kind is called, and what one gets."""
    name, about = _WORDS[kind]
    return translate("ExportKind", str(name)), translate("ExportKind", str(about))


_WORDS = {
    ExportKind.SUMMARY: (
        QT_TRANSLATE_NOOP("ExportKind", "&Summary (PDF)"),
        QT_TRANSLATE_NOOP("ExportKind", "The card on one page, to print or to send"),
    ),
    ExportKind.SUMMARY_AND_TEXT: (
        QT_TRANSLATE_NOOP("ExportKind", "Summary and &text (PDF)"),
        QT_TRANSLATE_NOOP("ExportKind", "The card, then the whole policy with its marks"),
    ),
    ExportKind.FINDINGS: (
        QT_TRANSLATE_NOOP("ExportKind", "&Findings (PDF)"),
        QT_TRANSLATE_NOOP("ExportKind", "Every finding with the words behind it"),
    ),
    ExportKind.WEB_PAGE: (
        QT_TRANSLATE_NOOP("ExportKind", "&Web page (HTML)"),
        QT_TRANSLATE_NOOP("ExportKind", "Everything in one file; best for screen readers"),
    ),
    ExportKind.MARKDOWN: (
        QT_TRANSLATE_NOOP("ExportKind", "&Markdown"),
        QT_TRANSLATE_NOOP("ExportKind", "Card and findings as plain text for notes and reviews"),
    ),
    ExportKind.TABLE: (
        QT_TRANSLATE_NOOP("ExportKind", "Findings as ta&ble (CSV)"),
        QT_TRANSLATE_NOOP("ExportKind", "One row per finding, for a spreadsheet"),
    ),
    ExportKind.JSON: (
        QT_TRANSLATE_NOOP("ExportKind", "Whole report (&JSON)"),
        QT_TRANSLATE_NOOP("ExportKind", "Everything that was found, for other programs"),
    ),
}
