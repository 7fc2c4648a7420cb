"""The policy's whole text, with its passages marked and their notes in the margin.

Places come in and go out as code points of the document's text; only this module and its
``TextOffsets`` know that Qt counts otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)

from reader.annotations import Annotation
from reader.gui.annotation_layer import annotation_words, paint_annotations, sign_rect
from reader.gui.find_bar import Hits
from reader.gui.layers import Layers, marking_of, shown_wording
from reader.gui.margin import NARROW, WIDE, WIDEST, Margin, Note, meaning
from reader.gui.passages import (
    Marking,
    Passage,
    joined,
    lay_out,
    passages_of,
    telling,
)
from reader.gui.text_flow import TextFlow
from reader.gui.text_lines import line_pieces
from reader.gui.text_marks import TextMarks
from reader.gui.text_menu import Pointed, TextMenu
from reader.gui.text_offsets import TextOffsets
from reader.gui.text_setter import TextSetter
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.typesetting import Look, book_font, measure, paint_bullets
from reader.gui.wording_layer import WordingLayer, wording_words
from reader.model import Mark, PolicyReport, Span

_LEAST_SIDE = 20  # pixels beside the text where there is no note
_GAP = 2  # between the text and its notes
_FEWEST_CHARACTERS = 44  # a line that would be shorter sends the notes' words away
_MOST_SIDE = 96
_PAGE_MARGIN = 16.0
_EDGE_OF_BARS = 12.0  # from the page's edge: between the signs of notes and the words
_SCREEN = 20_000  # code points, more than any view holds
_STILL_A_CLICK = 4  # pixels that a pointer may move between press and release


class PolicyView(QTextBrowser):
    """Shows one report's document; read only.

    Signals:
        passage_chosen: a marked passage or its badge was clicked; carries its ``Passage``.
        annotation_chosen: a mark of the reader's own was clicked; carries its ``Annotation``.
        highlight_wanted: words are to be highlighted; carries their Span.
        note_wanted: the reader wants to write a note on words; carries their Span.
        meaning_wanted: the definition of a term is to be shown; carries the Span of its words.
        link_chosen: a link of the text was clicked; carries its address, which nobody has opened.
        scrolled_to: another line is the first in view; carries its code point.
        went_to: words were brought into view; carries the code point at which they begin.
        quote_wanted: words are to be copied with their source; carries their Span.
        view_changed: another part of the text is in view; carries its Span of code points.
        marking_changed: other passages are marked than before.
        zoom_wanted: Ctrl and the wheel; carries +1 for larger, -1 for smaller.
    """

    passage_chosen = Signal(object)
    annotation_chosen = Signal(object)
    highlight_wanted = Signal(object)
    note_wanted = Signal(object)
    meaning_wanted = Signal(object)
    link_chosen = Signal(str)
    scrolled_to = Signal(object)
    went_to = Signal(object)
    quote_wanted = Signal(object)
    view_changed = Signal(object)
    marking_changed = Signal()
    zoom_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = Look()
        self._report: PolicyReport | None = None
        self._offsets = TextOffsets("")
        self._all: tuple[Passage, ...] = ()
        self._passages: tuple[Passage, ...] = ()  # those of them that nobody dismissed
        self._telling: frozenset[Passage] = frozenset()
        self._marking = Marking()
        self._topic: str | None = None
        self._layers = Layers()
        self._wording = WordingLayer()
        self._annotations: tuple[Annotation, ...] = ()
        self._current: Passage | None = None
        self._hits = Hits()
        self._top = 0
        self._pressed_at = QPoint()
        self._wanted: int | None = None  # the place to go to as soon as the text is set so far
        self._marks = TextMarks(self.document(), theme)
        self._setter = TextSetter(self.document(), self._marks.mark, self)
        self._flow = TextFlow(self.document(), self)
        self._margin = Margin(self, theme)
        self._notes_timer = QTimer(self, singleShot=True, interval=0)

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(_PAGE_MARGIN)
        self.setAccessibleName(self.tr("Policy text"))

        self._setter.went_on.connect(self._on_more_text)
        self._flow.finished.connect(self._notes_timer.start)
        self._margin.passage_chosen.connect(self.passage_chosen)
        self._notes_timer.timeout.connect(self._place_notes)
        self.anchorClicked.connect(self._on_anchor)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        layout = self.document().documentLayout()
        layout.documentSizeChanged.connect(self._notes_timer.start)

    # What is shown

    def show_report(self, report: PolicyReport) -> None:
        """Show the text of ``report`` from its beginning, at rest."""
        self._report = report
        self._offsets = TextOffsets(report.document.text)
        self._marks.show_text(self._offsets, report.document.links)
        self._all = self._passages = passages_of(report)
        self._telling = telling(report, self._passages)
        self._topic = self._current = None
        self._hits = Hits()
        self._annotations = ()
        self._wording.show_marks(shown_wording(report.marks, self._layers))
        self._wanted = None
        self._margin.set_current(None)
        self._plan_marks()
        self._setter.show(report.document, self._font(), self._look.line_spacing)
        self._tell_marks()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._arrange()
        self._show_selections()
        self.verticalScrollBar().setValue(0)

    def show_findings(self, report: PolicyReport) -> None:
        """Mark the findings of ``report`` alone, some of those of the report that is shown."""
        keys = {disclosure.key for disclosure in report.disclosures}
        self._passages = tuple(p for p in self._all if p.disclosure.key in keys)
        self._telling = telling(report, self._passages)
        if self._current not in self._passages:
            self._set_current(None)
        self._mark()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        self._theme = theme
        self._margin.set_theme(theme)
        self._marks.set_theme(theme)
        self._setter.mark_anew(self._top)
        self.viewport().update()
        self._show_selections()

    def set_look(self, look: Look) -> None:
        """Set the text as the reader wants it, keeping the line at the top."""
        if look == self._look:
            return
        self._look = look
        if self._report is not None:
            place = self.reading_place
            caret, anchor = self.textCursor().position(), self.textCursor().anchor()
            self._setter.show(self._report.document, self._font(), look.line_spacing)
            self._arrange()
            if not self._setter.is_done:
                self.go_to(place)
                return
            cursor = self.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self._show_selections()
            self._scroll_to_top(place)

    def choose_topic(self, topic: str | None) -> None:
        """Tint the passages of one topic, or None for those that are tinted at rest."""
        if topic != self._topic:
            self._topic = topic
            self._mark()

    def show_layers(self, layers: Layers) -> None:
        """Mark what ``layers`` asks for; what its filter holds back is current no more."""
        if layers == self._layers:
            return
        before, self._layers = self._layers, layers
        if self._report is not None:
            self._wording.show_marks(shown_wording(self._report.marks, layers))
        if self._current is not None and not layers.lets_through(self._current):
            self._set_current(None)
        if not before.marks_as(layers):
            self._mark()
            return
        self._plan_grounds()
        self._tell_marks()

    def show_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Show the reader's own marks, in place of those before."""
        self._annotations = tuple(annotations)
        self._plan_grounds()
        self.viewport().update()

    # Going to places

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that nobody dismissed, in the order of the text."""
        return self._passages

    @property
    def all_passages(self) -> tuple[Passage, ...]:
        """The same with those that were dismissed."""
        return self._all

    @property
    def marked_passages(self) -> tuple[Passage, ...]:
        """Those of them that the page marks at present."""
        return tuple(p for p in self._passages if p in self._marking.underlined)

    @property
    def tinted_passages(self) -> frozenset[Passage]:
        """Those that the page tints at present."""
        return self._marking.tinted

    @property
    def current_passage(self) -> Passage | None:
        """The passage that is shown strongly."""
        return self._current

    @property
    def is_set(self) -> bool:
        """Whether all of the text is there; the end of a long one follows in a moment."""
        return self._setter.is_done

    @property
    def reading_place(self) -> int:
        """The code point at the start of the first line in view."""
        return self._top if self._wanted is None else self._wanted

    def show_passage(self, passage: Passage) -> None:
        """Show ``passage`` strongly, and bring it into view."""
        self._set_current(passage)
        self._bring_into_view(passage.span)

    def show_no_passage(self) -> None:
        """Take back what ``show_passage`` did, without scrolling."""
        self._set_current(None)

    def go_to(self, place: int) -> None:
        """Bring the line of a code point to the top, and the caret with it.

        In a long text that was opened a moment ago it waits until the text is set so far, with
        what fills the view below it.
        """
        if place > 0 and place + _SCREEN > self._setter.reached and not self._setter.is_done:
            self._wanted = place
            return
        self._wanted = None
        self._put_caret(place)
        self._scroll_to_top(place)
        # Where the text was laid out anew at the same scroll, nothing has told of the new top line.
        self._on_scroll(self.verticalScrollBar().value())

    def go_near(self, place: int) -> None:
        """Bring the line of a code point into the upper third of the view, and the caret to it."""
        self._put_caret(place)
        y = self._line_rect(place).top()
        self.verticalScrollBar().setValue(int(y - self.viewport().height() * 0.3))

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines, down above 0."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + lines * bar.singleStep())

    def show_words(self, span: Span) -> None:
        """Select the words of ``span`` and bring them into view."""
        self._setter.reach(span.end)
        cursor = self.textCursor()
        self._offsets.select(cursor, span)
        self.setTextCursor(cursor)
        self._bring_into_view(span)

    def select_nothing(self) -> None:
        """Leave the caret at the end of what was selected."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def next_passage(self, step: int) -> Passage | None:
        """Return the marked passage after the current one (``step`` 1) or before it (-1).

        Where none is current it is the first below the top of the view, or the last above. None
        at either end.
        """
        marked = self.marked_passages
        if self._current in marked:
            index = marked.index(self._current) + step
        else:
            here = self._current.span.start if self._current else self._top
            index = bisect_right([passage.span.start for passage in marked], here - 1)
            if step < 0:
                index -= 1
        return marked[index] if 0 <= index < len(marked) else None

    # Search

    def show_hits(self, hits: Hits, *, goes_there: bool = True) -> None:
        """Show where a search found its words, and bring the current hit into view if asked to."""
        self._hits = hits
        self._show_selections()
        if goes_there and hits.span is not None:
            self._put_caret(hits.span.start)
            self._bring_into_view(hits.span)

    # Qt

    def loadResource(self, kind: int, name: QUrl | str) -> QImage:
        """Return an empty picture for whatever is asked: nothing is read, here or elsewhere."""
        del kind, name
        picture = QImage(1, 1, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words alone, without the look that Qt would copy too."""
        mime = QMimeData()
        span = self.selected_span
        if self._report is not None and span is not None:
            mime.setText(span.of(self._report.document.text))
        return mime

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and the bullets of its lists."""
        super().paintEvent(event)
        top = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.muted)
        painter.translate(0, -top)
        area = event.rect()
        paint_bullets(painter, self.document(), top + area.top(), top + area.bottom())
        first, last = self._places_in_view()
        if first < last:
            self._paint_layers(painter, Span(first, last))

    def _paint_layers(self, painter: QPainter, in_view: Span) -> None:
        from_right = self.isRightToLeft()
        text, offsets, theme = self.document(), self._offsets, self._theme
        self._wording.paint(
            painter,
            text,
            offsets,
            in_view,
            theme,
            _EDGE_OF_BARS,
            from_right=from_right,
            shown=self._current.span if self._current else None,
        )
        shown = self._shown_annotations()
        paint_annotations(painter, text, offsets, shown, in_view, theme, from_right=from_right)

    def _shown_annotations(self) -> tuple[Annotation, ...]:
        return self._annotations if self._layers.annotations else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line short, the margin beside it and the top line where it is."""
        place, width = self._top, self.document().textWidth()
        # The margins first: where they change the room again, this comes anew with what is left of
        # it. Qt lays out all that stands above the view each time, which takes 0.1 s in long texts.
        self._make_room()
        if self.viewport().size() == event.size():
            super().resizeEvent(event)
        else:
            place, width = self._top, self.document().textWidth()
        self._arrange()
        is_broken_anew = self.document().textWidth() != width
        is_set = place < self._setter.reached  # not while the text is taken away and set anew
        if is_set and (is_broken_anew or self._top != place):
            self._scroll_to_top(place)
        if is_broken_anew:
            last = self.viewport().rect().bottomRight()
            self._flow.begin(self.cursorForPosition(last).position())

    def changeEvent(self, event: QEvent) -> None:
        """Set the margin on the other side where the window's direction turns."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange and self._report is not None:
            self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl ask for another size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        turned = event.angleDelta().y()
        if turned:
            self.zoom_wanted.emit(1 if turned > 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose the passage in which the caret stands, or the reader's own mark."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not self.textCursor().hasSelection()
        ):
            position = self.textCursor().position()
            if covering := self._passages_at(position):
                self.passage_chosen.emit(self._next_of(covering))
                event.accept()
                return
            if (annotation := self._annotation_over(position)) is not None:
                self.annotation_chosen.emit(annotation)
                event.accept()
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what is selected, or the passage or link that is pointed at."""
        menu = self.make_menu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self, point: QPoint) -> TextMenu:
        """Return the menu for a point of the view: for what is selected, else for what lies there.

        It says by the view's signals what was chosen.
        """
        pointed = Pointed(
            self.selected_span or self._span_at(point),
            self.anchorAt(point),
            next((m.meaning for m in self._wording_at(point) if m.meaning is not None), None),
            self._annotation_at(point),
        )
        menu = TextMenu(pointed, self, can_copy=self.textCursor().hasSelection())
        menu.copy_wanted.connect(self.copy)
        menu.all_wanted.connect(self.selectAll)
        menu.quote_wanted.connect(self.quote_wanted)
        menu.highlight_wanted.connect(self.highlight_wanted)
        menu.note_wanted.connect(self.note_wanted)
        menu.meaning_wanted.connect(self.meaning_wanted)
        menu.annotation_chosen.connect(self.annotation_chosen)
        return menu

    def _wording_at(self, point: QPoint) -> list[Mark]:
        """Return the wording marks that are painted at a point of the view."""
        position = self._position_under(point)
        if position < 0:
            return []
        place = self._offsets.to_code_points(position)
        return self._wording.within(place, place + 1)

    def _annotation_at(self, point: QPoint) -> Annotation | None:
        """Return the reader's mark whose words or sign stand at a point of the view."""
        over = self._annotation_over(self._position_under(point))
        if over is not None:
            return over
        bars = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        here = (point + bars).toPointF()
        if _PAGE_MARGIN < here.x() < self.document().textWidth() - _PAGE_MARGIN:
            return None
        for annotation in self._shown_annotations():
            units = self._offsets.span_to_units(annotation.span) if annotation.span else (0, 0)
            first = next(line_pieces(self.document(), *units), None)
            width = self.document().textWidth()
            if first and sign_rect(first, width, from_right=self.isRightToLeft()).contains(here):
                return annotation
        return None

    def _annotation_over(self, position: int) -> Annotation | None:
        """Return the reader's mark on the character at a Qt position, the shortest of several."""
        place = self._offsets.to_code_points(position) if position >= 0 else -1
        over = [
            (each.span.end - each.span.start, each.id, each)
            for each in self._shown_annotations()
            if each.span and each.span.start <= place < each.span.end
        ]
        return min(over)[2] if over else None

    @property
    def selected_span(self) -> Span | None:
        """The words that are selected, None where none are."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._offsets.to_code_points(cursor.selectionStart())
        end = self._offsets.to_code_points(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def _span_at(self, point: QPoint) -> Span | None:
        covering = self._passages_at(self._position_under(point))
        return covering[0].span if covering else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the passage that was clicked, unless words were selected or a link was hit."""
        super().mouseReleaseEvent(event)
        event.accept()  # Qt leaves a click on plain words to the widgets behind
        here = event.position().toPoint()
        moved = (here - self._pressed_at).manhattanLength() > _STILL_A_CLICK
        is_left = event.button() is Qt.MouseButton.LeftButton
        if moved or not is_left or self.textCursor().hasSelection() or self.anchorAt(here):
            return
        covering = self._passages_at(self._position_under(here))
        annotation = self._annotation_at(here)
        if covering:
            self.passage_chosen.emit(self._next_of(covering))
        elif annotation is not None:
            self.annotation_chosen.emit(annotation)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        super().mouseMoveEvent(event)
        if event.buttons() is Qt.MouseButton.NoButton:
            here = event.position().toPoint()
            points = (
                self.anchorAt(here)
                or self._passages_at(self._position_under(here))
                or self._annotation_at(here)
            )
            shape = Qt.CursorShape.PointingHandCursor if points else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the passage under a resting pointer means, or where a link leads."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self.viewport())
        return True

    def words_at(self, point: QPoint) -> str:
        """Return the tool tip of a point: a link's address, or all that the marks there mean."""
        if address := self.anchorAt(point):
            return tooltip(address)
        position = self._position_under(point)
        text = meaning(self._passages_at(position))
        if self._report is not None:
            words = self._report.document.text
            text += tooltip(*(wording_words(mark, words) for mark in self._wording_at(point)))
        annotation = self._annotation_at(point)
        if annotation is not None:
            text += tooltip(annotation_words(annotation))
        return text

    # How it looks

    def _font(self) -> QFont:
        return book_font(QApplication.font(), self._look.zoom, self._look.font)

    def _arrange(self) -> None:
        """Give the text a comfortable line, centred with its notes, in the room there is."""
        notes = self._make_room()
        page = self.viewport().geometry()
        # WORKAROUND Qt: a viewport that changes its width within the event that first shows it
        # hears nothing of that, and long lines would run under the margin.
        if self.document().textWidth() != page.width():
            self.document().setTextWidth(page.width())
        left = page.left() - _GAP - notes if self.isRightToLeft() else page.right() + 1 + _GAP
        self._margin.setGeometry(left, page.top(), notes, page.height())
        self._notes_timer.start()

    def _make_room(self) -> int:
        """Set the room beside the text, and return how wide the notes are."""
        font = self._font()
        line = measure(font, self._look.line_length) + 2 * _PAGE_MARGIN
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        notes = WIDE
        fewest = min(_FEWEST_CHARACTERS, self._look.line_length)
        if room - WIDE - _GAP - _LEAST_SIDE < line * fewest / self._look.line_length:
            notes = NARROW
        spare = max(room - notes - _GAP - line, 0)
        side = min(spare / 3, _MOST_SIDE)
        text = min(line, room - notes - _GAP - side)
        if notes == WIDE:
            notes = min(WIDE + int(spare - side), WIDEST)
        before, after = round(side), round(room - side - text)
        if self.isRightToLeft():
            before, after = after, before
        self.setViewportMargins(before, 0, after, 0)
        return notes

    def _mark(self) -> None:
        """Mark links and passages, in place of what was marked before."""
        self._plan_marks()
        self._setter.mark_anew(self._top)
        self._tell_marks()

    def _plan_marks(self) -> None:
        self._marking = marking_of(self._passages, self._telling, self._layers, self._topic)
        self._marks.show(lay_out(self._passages, self._marking), self._grounds())

    def _plan_grounds(self) -> None:
        """Lay the ground of the reader's own marks anew, only where it changes."""
        for ground in self._marks.show_grounds(self._grounds()):
            if ground.start < self._setter.reached:  # what follows is marked when it is set
                self._marks.mark(Span(ground.start, min(ground.end, self._setter.reached)))

    def _grounds(self) -> tuple[Span, ...]:
        shown = self._shown_annotations()
        return joined(sorted(each.span for each in shown if each.span))

    def _tell_marks(self) -> None:
        self._notes_timer.start()
        self.viewport().update()  # what is painted on the text is no part of its formats
        self.marking_changed.emit()

    def _set_current(self, passage: Passage | None) -> None:
        if passage is not self._current:
            self._current = passage
            self._margin.set_current(passage)
            self._notes_timer.start()  # it has a note while it is the current one
        self._show_selections()

    def _place_notes(self) -> None:
        """Put one note beside each line in which a noted passage begins, or the current one."""
        marking = self._marking
        by_line: dict[float, list[Passage]] = {}
        noted = [p for p in self._passages if p in marking.noted or p is self._current]
        # Qt lays out the rest while nothing else is to be done, and tells.
        known = bisect_left(noted, True, key=lambda p: not self._is_laid_out(p.span.start))
        for passage in noted[:known]:
            middle = self._line_rect(passage.span.start).center().y()
            by_line.setdefault(middle, []).append(passage)
        notes = []
        for y in sorted(by_line):
            passages = tuple(sorted(by_line[y], key=self._precedence))
            notes.append(Note(y, passages, is_telling=passages[0] in marking.tinted))
        self._margin.show_notes(notes)
        self._margin.scroll_to(self.verticalScrollBar().value())
        self._tell_view()

    def _precedence(self, passage: Passage) -> tuple[bool, bool, int]:
        """Return the key that sorts passages in one place, the one to name first before others."""
        is_quiet = passage not in self._marking.tinted
        return is_quiet, passage.rank > 0, -passage.valence.severity

    def _show_selections(self) -> None:
        """Show the current passage, and of the hits those in view: there may be thousands."""
        theme, selections = self._theme, []
        if self._current is not None:
            self._setter.reach(self._current.span.end)
            line = theme.colors(self._current.valence).line
            selections.append(self._selection(self._current.span, line, theme.page))
        for number in self._hits.within(*self._places_in_view()):
            span = self._hits.span_of(number)
            if number == self._hits.current:
                selections.append(self._selection(span, theme.hit_current, theme.hit_ink))
            else:
                selections.append(self._selection(span, theme.hit, theme.ink))
        self.setExtraSelections(selections)

    def _selection(self, span: Span, ground: QColor, letters: QColor) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        self._offsets.select(cursor, span)
        form = QTextCharFormat()
        form.setBackground(ground)
        form.setForeground(letters)
        selection = QTextEdit.ExtraSelection()
        # WORKAROUND PySide6 stubs: both are attributes that the stubs declare without a type.
        selection.cursor = cursor
        selection.format = form
        return selection

    # Places

    def _put_caret(self, place: int) -> None:
        self._setter.reach(place)
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_units(place))
        scrolled = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)

    def _is_laid_out(self, place: int) -> bool:
        """Return whether it is known where the line of a code point lies."""
        position = self._offsets.to_units(place)
        if place >= self._setter.reached or position >= self._flow.reached:
            return False
        return self.document().findBlock(position).layout().lineCount() > 0

    def _line_rect(self, place: int) -> QRectF:
        """Return where the line of a code point lies, in pixels of the whole text."""
        self._setter.reach(place)
        position = self._offsets.to_units(place)
        block = self.document().findBlock(position)
        rect = self.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return rect
        return QRectF(
            rect.left() + line.x(), rect.top() + line.y(), line.naturalTextWidth(), line.height()
        )

    def _scroll_to_top(self, place: int) -> None:
        y = self._line_rect(place).top()
        self.verticalScrollBar().setValue(0 if place == 0 else int(y) - 6)

    def _bring_into_view(self, span: Span) -> None:
        """Scroll only where the words do not already stand well inside the view."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self._line_rect(span.start).top() - bar.value()
        bottom = self._line_rect(span.end - 1).bottom() - bar.value()
        if top < 0.06 * height or bottom > 0.9 * height:
            bar.setValue(int(top + bar.value() - height * 0.3))
        self.went_to.emit(span.start)

    def _places_in_view(self) -> tuple[int, int]:
        page = self.viewport().rect()
        first = self.cursorForPosition(page.topLeft()).position()
        last = self.cursorForPosition(page.bottomRight()).position()
        return self._offsets.to_code_points(first), self._offsets.to_code_points(last) + 1

    def _position_under(self, point: QPoint) -> int:
        """Return the Qt position of the character under a point of the view, -1 for none."""
        bars = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        return layout.hitTest((point + bars).toPointF(), Qt.HitTestAccuracy.ExactHit)

    def _passages_at(self, position: int) -> list[Passage]:
        """Return the passages that show at a Qt position, the one to name first before others."""
        if position < 0:
            return []
        place = self._offsets.to_code_points(position)
        marked = self._marking.underlined
        covering = [p for p in self._passages if p.span.start <= place < p.span.end]
        covering = [p for p in covering if p in marked or p is self._current]
        return sorted(covering, key=self._precedence)

    def _next_of(self, covering: list[Passage]) -> Passage:
        """Return the passage to choose, a further one each time the same words are clicked."""
        if self._current in covering:
            return covering[(covering.index(self._current) + 1) % len(covering)]
        return covering[0]

    def _on_scroll(self, y: int) -> None:
        self._margin.scroll_to(y)
        if self._hits.starts:
            self._show_selections()
        first = self.cursorForPosition(self.viewport().rect().topLeft() + QPoint(4, 8)).position()
        place = self._offsets.to_code_points(first)
        if place != self._top:
            self._top = place
            self.scrolled_to.emit(place)
        self._tell_view()

    def _tell_view(self) -> None:
        first, last = self._places_in_view()
        if self._report is not None and first < last:
            self.view_changed.emit(Span(first, last))

    def _on_more_text(self) -> None:
        if self._wanted is not None:
            self.go_to(self._wanted)

    def _on_anchor(self, url: QUrl) -> None:
        self.link_chosen.emit(url.toString())
