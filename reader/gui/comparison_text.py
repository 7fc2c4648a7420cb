"""One of two texts that are compared: the policy as it reads, with the words marked that changed.

Words that went are struck out, words that came are underlined on a ground, so that both show
without colour. Where whole sentences came or went, a bar stands beside them instead: lines through
or under all of them would make them hard to read. The text is long work and is set in slices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QTextEdit, QWidget

from reader.gui.text_offsets import TextOffsets
from reader.gui.text_setter import TextSetter
from reader.gui.theme import Theme
from reader.gui.typesetting import Look, book_font, paint_bullets
from reader.model import Evidence, PolicyReport, Span

_SMALLER = 0.88  # times the size of the reading text: two stand side by side
_PAGE_MARGIN = 18.0
_PASSAGE = 160  # code points in a row that changed, which are more than some words
_ABOVE = 40  # pixels between the top of the view and words that are gone to


class ComparisonText(QTextBrowser):
    """Shows the text of one report, read only.

    Signals:
        scrolled_to: another place is on top; carries its code point.
    """

    scrolled_to = Signal(int)

    def __init__(self, theme: Theme, *, is_new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_new = is_new
        self._look = Look()
        self._report: PolicyReport | None = None
        self._offsets = TextOffsets("")
        self._changed: tuple[Span, ...] = ()
        self._starts: list[int] = []
        self._quote: Evidence | None = None
        self._wanted: tuple[int, int] | None = None  # a place and how far below the top
        self._is_led = False
        self._setter = TextSetter(self.document(), self._mark, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(_PAGE_MARGIN)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._go_to_wanted)
        self._setter.went_on.connect(self._settle.start)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def report(self) -> PolicyReport | None:
        """The report whose text is shown."""
        return self._report

    @property
    def is_set(self) -> bool:
        """Return whether the whole text is set."""
        return self._setter.is_done

    def show_report(self, report: PolicyReport, changed: Sequence[Span], look: Look) -> None:
        """Show the text of ``report`` from its beginning; ``changed`` words are marked."""
        self._report = report
        self._look = look
        self._offsets = TextOffsets(report.document.text)
        self._changed = tuple(changed)
        self._starts = [span.start for span in self._changed]
        self._quote = None
        font = book_font(QApplication.font(), look.zoom * _SMALLER, look.font)
        self._setter.show(report.document, font, look.line_spacing)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        self._theme = theme
        if self._report is not None:
            self._setter.mark_anew(self.place)
        self._show_quote()
        self.viewport().update()

    def go_to_quote(self, quote: Evidence | None) -> None:
        """Bring a passage into view and set it off; None sets nothing off."""
        self._quote = quote
        self._show_quote()
        if quote is not None:
            self.lead_to(quote.span.start, below=_ABOVE)

    def lead_to(self, place: int, below: int = 0) -> None:
        """Bring a code point to the top, or so many pixels below it, without telling of it."""
        self._setter.reach(place)
        self._wanted = place, below
        self._go_to_wanted()

    @property
    def place(self) -> int:
        """The code point on top of the view."""
        cursor = self.cursorForPosition(QPoint(int(_PAGE_MARGIN) + 2, 2))
        return self._offsets.to_code_points(cursor.position())

    def sizeHint(self) -> QSize:
        """Return the size of a column that two fit beside a list."""
        return QSize(420, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, the bullets, and a bar beside the passage that is set off."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dy = self.verticalScrollBar().value()
        painter.translate(0, -dy)
        painter.setPen(QPen(self._theme.ink, 1))
        paint_bullets(painter, self.document(), dy, dy + self.viewport().height())
        painter.translate(0, dy)
        self._paint_bars(painter)
        if self._quote is not None:
            painter.fillRect(self._beside(self._quote.span, 1, 4), self._theme.hit_current)

    def _paint_bars(self, painter: QPainter) -> None:
        """Paint bars beside the passages in view: lines where they came, dashes if they went."""
        below = self.cursorForPosition(self.viewport().rect().bottomRight())
        end = self._offsets.to_code_points(below.position())
        color, style = self._theme.muted, Qt.PenStyle.DashLine
        if self._is_new:
            color, style = self._theme.note, Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, 2, style))
        at = max(bisect_left(self._starts, self.place) - 1, 0)
        for span in self._changed[at:]:
            if span.start > end or span.end > self._setter.reached:
                break
            if _is_passage(span):
                bar = self._beside(span, 7, 2)
                middle = bar.center().x()
                painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))

    def _beside(self, span: Span, gap: int, width: int) -> QRectF:
        """Return the room beside a passage, so far from the edge where lines begin."""
        first, last = (self._rect(each) for each in (span.start, span.end))
        left = self.viewport().width() - gap - width if self.isRightToLeft() else gap
        return QRectF(left, first.top(), width, last.bottom() - first.top())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words on top that were there; the view is also resized while its text is set."""
        if self._setter.is_done and self._report is not None and self._wanted is None:
            self._wanted = self.place, 0
            self._settle.start()
        super().resizeEvent(event)

    # Marks

    def _mark(self, span: Span) -> None:
        """Give the letters of ``span`` the looks of what changed in them."""
        cursor = QTextCursor(self.document())
        plain, changed, passage = self._letters()
        self._offsets.select(cursor, span)
        cursor.mergeCharFormat(plain)
        at = max(bisect_left(self._starts, span.start) - 1, 0)
        for each in self._changed[at:]:
            if each.start >= span.end:
                break
            if each.overlaps(span):
                inside = Span(max(each.start, span.start), min(each.end, span.end))
                self._offsets.select(cursor, inside)
                cursor.mergeCharFormat(passage if _is_passage(each) else changed)

    def _letters(self) -> tuple[QTextCharFormat, QTextCharFormat, QTextCharFormat]:
        """Return the looks of words as they are, of changed words, and of changed passages."""
        plain, changed, passage = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.ink)
        plain.setBackground(Qt.GlobalColor.transparent)
        plain.setFontStrikeOut(False)
        plain.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        if self._is_new:
            changed.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            changed.setBackground(self._theme.note_ground)
            passage.setBackground(self._theme.note_ground)
        else:
            changed.setFontStrikeOut(True)
            changed.setForeground(self._theme.muted)
            passage.setForeground(self._theme.muted)
        return plain, changed, passage

    def _show_quote(self) -> None:
        selections = []
        if self._quote is not None:
            self._setter.reach(self._quote.span.end)
            for span in filter(None, (self._quote.context, self._quote.span)):
                selection = QTextEdit.ExtraSelection()
                selection.cursor = QTextCursor(self.document())
                self._offsets.select(selection.cursor, span)
                selection.format.setBackground(self._theme.hit)
                selections.append(selection)
        self.setExtraSelections(selections)

    # Places

    def _rect(self, place: int) -> QRectF:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_units(place))
        return self.cursorRect(cursor).toRectF()

    def _go_to_wanted(self) -> None:
        """Go on to where the view was to be, as the text is set and laid out so far."""
        if self._wanted is None:
            return
        was_led, self._is_led = self._is_led, True
        self._come_closer()
        self._is_led = was_led

    def _come_closer(self) -> None:
        if self._wanted is None:
            return
        place, below = self._wanted
        if self._report is None or place >= len(self._report.document.text):
            return
        bar = self.verticalScrollBar()
        wanted = bar.value() + round(self._rect(place).top()) - below
        bar.setValue(wanted)
        if self._setter.is_done or wanted <= bar.maximum():
            self._wanted = None

    def _on_scrolled(self) -> None:
        if not self._is_led and self._report is not None:
            self.scrolled_to.emit(self.place)


def _is_passage(span: Span) -> bool:
    return span.end - span.start >= _PASSAGE


def heading_font(font: QFont) -> QFont:
    """Return ``font`` as the names above the texts have it."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
