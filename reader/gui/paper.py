"""What of a report can be put on paper: which pages there are, and what leads through them.

Printer, preview and PDF paint the pages that are told here; nobody else knows their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from reader.annotations import Annotation, quoted
from reader.export.pdf_navigation import OutlineEntry, PageLink, PagePlace
from reader.gui.findings_pages import finding_items, note_items
from reader.gui.list_pages import Item, ListPages
from reader.gui.reading_pages import reading_items
from reader.gui.sheet import SheetLink
from reader.gui.summary_page import day_words, paint_summary
from reader.gui.text_pages import TextPages
from reader.model import PolicyReport, Span
from reader.summary import summary_card


class Content(Enum):
    """What is put on paper."""

    SUMMARY = "summary"
    """The card, on one page."""
    SUMMARY_AND_TEXT = "text"
    """The card, the whole text with its findings beside it, and how it reads and is worded."""
    FINDINGS = "findings"
    """Every finding with its quotes."""

    @property
    def takes_notes(self) -> bool:
        """Return whether there is room for the reader's own notes."""
        return self is not Content.SUMMARY


class Paper:
    """The pages of a report, each of one size, in millimetres."""

    def __init__(
        self,
        report: PolicyReport,
        content: Content,
        size: QSizeF,
        annotations: Sequence[Annotation] = (),
        day: date | None = None,
    ) -> None:
        """Set the pages; ``annotations`` are left aside by what takes none.

        ``day`` is the day that stands on them as the day of making, today if None.
        """
        self._report = report
        self._size = size
        self._day = day or date.today()
        card = summary_card(report)
        self._title = card.title
        self._made_by = f"{card.made_by} on {day_words(self._day)}"
        self._has_summary = content is not Content.FINDINGS
        noted = annotations if content.takes_notes else ()
        self._text: TextPages | None = None
        items: list[Item] = []
        if content is Content.SUMMARY_AND_TEXT:
            self._text = TextPages(report, size, noted)
            items += reading_items(report)
        if content is Content.FINDINGS:
            items += finding_items(report)
        place_of = self._place_of if self._text else None
        items += note_items(quoted(noted, report.document), report.document, place_of)
        self._list = ListPages(items, size) if items else None

    def __len__(self) -> int:
        """Return the number of pages."""
        return self._list_from + (len(self._list) if self._list else 0)

    @property
    def outline(self) -> tuple[OutlineEntry, ...]:
        """The outline of the pages; empty where there is but one."""
        if len(self) == 1:
            return ()
        start = [OutlineEntry("Summary", PagePlace(0, 0.0))] if self._has_summary else []
        text = [OutlineEntry("The text", PagePlace(1, 0.0))] if self._text else []
        if self._text:
            text += self._text.outline(self._text_from, level=2)
        listed = self._list.outline(self._list_from, level=1) if self._list else []
        return (*start, *text, *listed)

    def paint(self, painter: QPainter, number: int) -> list[PageLink]:
        """Paint page ``number``, from 0, and return the links on it."""
        folio = f"Page {number + 1} of {len(self)}"
        links: list[SheetLink] = []
        if self._has_summary and number == 0:
            page = QRectF(0, 0, self._size.width(), self._size.height())
            links = paint_summary(painter, page, self._report, self._day, self._text)
        elif self._text is not None and number < self._list_from:
            self._text.paint(painter, number - self._text_from, self._title, folio, self._made_by)
        elif self._list is not None:
            title = self._title if number else ""  # which the first page of a list has itself
            links = self._list.paint(painter, number - self._list_from, title, folio, self._made_by)
        return [
            PageLink(
                number,
                link.box.left(),
                link.box.top(),
                link.box.width(),
                link.box.height(),
                link.target,
            )
            for link in links
        ]

    @property
    def _text_from(self) -> int:
        return 1 if self._has_summary else 0

    @property
    def _list_from(self) -> int:
        return self._text_from + (len(self._text) if self._text else 0)

    def _place_of(self, span: Span) -> PagePlace:
        if self._text is None:
            raise ValueError("the text is not among these pages")
        return self._text.place_of(span, self._text_from)
