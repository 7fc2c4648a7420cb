"""A report laid out for reading: contents, text with its margin, and the card or its details.

The three belong together: what is chosen in one shows in the others, and every jump can be taken
back. Opening files and everything else a window does is not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.annotations import Annotation
from reader.dismissal import without
from reader.export.citation import citation
from reader.gui.annotation_desk import AnnotationDesk
from reader.gui.detail_panel import DetailPanel, in_order
from reader.gui.filter_strip import FilterStrip
from reader.gui.find_bar import FindBar, Hits
from reader.gui.focus_ring import FocusRing
from reader.gui.layers import Findings, Layers, layers_of, with_filter, without_filter
from reader.gui.map_strip import MapStrip
from reader.gui.marks_panel import MarksPanel
from reader.gui.notes_panel import NotesPanel
from reader.gui.outline import Outline
from reader.gui.passages import Passage
from reader.gui.policy_view import PolicyView
from reader.gui.reading_panel import WHOLE_POLICY, ReadingPanel
from reader.gui.side_panel import SidePanel
from reader.gui.summary_card import SummaryCardView
from reader.gui.theme import Theme
from reader.gui.topic_choice import TopicChoice, choice_of
from reader.gui.trail import CARD, Beside, Place, Places, Trail, kept_beside, shown_beside
from reader.gui.writers_view import WritersView
from reader.library import Keeping
from reader.model import Evidence, PolicyReport, Span
from reader.settings import Settings
from reader.summary import CardFlag, clean_line


class ReadingPane(QSplitter):
    """Shows one report.

    Signals:
        link_chosen: a link of text or card was pressed; carries its address, not opened yet.
        zoom_wanted: Ctrl and the wheel over the text; carries +1 or -1.
        order_changed: the contents were put in another order; carries whether hardest first.
        copied: a quote was copied with its source.
        report_wanted: the reader wants a file about a dismissed finding; carries its Disclosure.
        dismissed_changed: a finding was dismissed, or that was taken back; carries the keys of all
            that are dismissed now.
        annotations_changed: a note or highlight was made, changed or deleted; carries them all.
        layers_changed: other marks are shown, or fewer by a filter; carries the Layers.
        topics_changed: topics were pinned, hidden or neither any more; carries the TopicChoice.
        told: something to tell the reader in a sentence; carries it.
        side_wanted: something is shown beside the text, where that pane is folded away.
        history_changed: there is, or is no more, somewhere to go back or forward to.
    """

    link_chosen = Signal(str)
    zoom_wanted = Signal(int)
    order_changed = Signal(bool)
    copied = Signal()
    report_wanted = Signal(object)
    dismissed_changed = Signal(object)
    annotations_changed = Signal(object)
    layers_changed = Signal(object)
    topics_changed = Signal(object)
    told = Signal(str)
    side_wanted = Signal()
    history_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._read: PolicyReport | None = None  # as it was read
        self._report: PolicyReport | None = None  # without what was dismissed
        self._dismissed: tuple[str, ...] = ()  # the latest last
        # What can be taken back, the latest last: a dismissal by its key, or the notes before.
        self._undoable: list[str | tuple[Annotation, ...]] = []
        self._layers = Layers()
        self._topics = TopicChoice()
        self._keeping = Keeping.KEPT  # of the notes
        self._beside = CARD
        self._places = Places()
        self._is_sized_by_hand = False
        self._is_filled = False  # whether contents and card show the report, too
        self._kept = CARD  # what is to stand beside the text once they do
        self._turn = QTimer(self, singleShot=True, interval=0)

        self.outline = Outline(theme, self)
        self.view = PolicyView(theme, self)
        self.map = MapStrip(theme, self)
        self.find_bar = FindBar(self)
        self._card = SummaryCardView(theme, self)
        self._details = DetailPanel(theme, self)
        self._difficulty = ReadingPanel(theme, self)
        self._marks = MarksPanel(theme, self)
        self._notes = NotesPanel(theme, self)
        self._writer = WritersView(theme, self)
        self._filter = FilterStrip(theme, self)
        self._rings = [FocusRing(theme, each) for each in (self.outline.tree, self.view)]
        self._desk = AnnotationDesk(self)
        self.side = QStackedWidget(self)
        for panel in (self._card, self._details, self._difficulty, self._marks, self._notes):
            self.side.addWidget(panel)
        self.side.addWidget(self._writer)
        self.side.setMinimumWidth(250)
        self._text_pane = QFrame(self)
        self._text_pane.setMinimumWidth(330)
        column = QVBoxLayout(self._text_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._filter)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(self.map)
        column.addLayout(row, 1)
        for widget in (self.outline, self._text_pane, self.side):
            self.addWidget(widget)
        self.setHandleWidth(5)
        self.setStretchFactor(1, 1)
        self.setCollapsible(1, False)
        self._connect()

    def _connect(self) -> None:
        self._turn.timeout.connect(self._on_turn)
        self.outline.section_chosen.connect(self._on_section)
        self.outline.order_changed.connect(self.order_changed)
        self.outline.reading_wanted.connect(self.choose_reading)
        self.view.scrolled_to.connect(self.outline.show_place)
        self.view.went_to.connect(self.outline.show_place)
        self.view.view_changed.connect(self.map.show_view)
        self.view.marking_changed.connect(self._on_marking)
        self.map.place_chosen.connect(self._on_map)
        self.map.place_dragged.connect(self.view.go_near)
        self.map.wheel_turned.connect(self.view.scroll_lines)
        self.view.passage_chosen.connect(self.choose_passage)
        self.view.link_chosen.connect(self.link_chosen)
        self.view.zoom_wanted.connect(self.zoom_wanted)
        self.find_bar.found.connect(self.view.show_hits)
        self.find_bar.closed.connect(self._on_find_closed)
        self._card.topic_chosen.connect(self.choose_topic)
        self._card.flag_chosen.connect(self.choose_flag)
        self._card.link_chosen.connect(self.link_chosen)
        self._card.finding_chosen.connect(self.choose_finding)
        self._card.reading_wanted.connect(self.choose_whole_reading)
        self._details.evidence_chosen.connect(self._on_evidence)
        self.view.quote_wanted.connect(self.copy_quote)
        self._details.copy_wanted.connect(self._on_copy_evidence)
        self._details.report_wanted.connect(self._on_report)
        self._details.dismiss_wanted.connect(self.dismiss)
        self._details.restore_wanted.connect(self.restore)
        self._details.closed.connect(self.show_card)
        self._difficulty.sentence_chosen.connect(self._on_sentence)
        self._difficulty.rewriting_wanted.connect(self.show_writers_view)
        self._difficulty.section_wanted.connect(self.choose_section_reading)
        self._difficulty.whole_wanted.connect(self.choose_whole_reading)
        self._difficulty.closed.connect(self.show_card)
        self._writer.sentence_chosen.connect(self._on_sentence)
        self._writer.closed.connect(self.show_card)
        self._connect_marks()
        self.splitterMoved.connect(self._on_splitter_moved)

    def _connect_marks(self) -> None:
        self._marks.layers_changed.connect(self.change_layers)
        self._marks.passage_chosen.connect(self._on_listed_passage)
        self._marks.words_chosen.connect(self._on_sentence)
        self._marks.annotation_chosen.connect(self._on_annotation_words)
        self._marks.closed.connect(self.show_card)
        self._filter.cleared.connect(self.clear_filter)
        self._filter.change_wanted.connect(self.show_marks)
        self._card.pin_wanted.connect(self.pin_topic)
        self._card.hide_wanted.connect(self.hide_topic)
        self._details.pin_wanted.connect(self.pin_topic)
        self._details.hide_wanted.connect(self.hide_topic)
        self.view.highlight_wanted.connect(self._desk.highlight)
        self.view.note_wanted.connect(self._desk.ask_for_note)
        self.view.meaning_wanted.connect(self._on_sentence)
        self.view.annotation_chosen.connect(self.choose_annotation)
        self._notes.annotation_chosen.connect(self._on_annotation_words)
        self._notes.change_wanted.connect(self._desk.ask_for_change)
        self._notes.delete_wanted.connect(self._on_delete_annotation)
        self._notes.closed.connect(self.show_card)
        self._desk.changed.connect(self._on_annotations)
        self._desk.words_lost.connect(self._on_words_lost)

    @property
    def report(self) -> PolicyReport | None:
        """The report that is shown, without the findings that the reader dismissed."""
        return self._report

    @property
    def read(self) -> PolicyReport | None:
        """The report as it was read, with what was dismissed since."""
        return self._read

    @property
    def dismissed(self) -> frozenset[str]:
        """The keys of the findings that are dismissed."""
        return frozenset(self._dismissed)

    @property
    def can_go_back(self) -> bool:
        """Whether ``go_back`` leads anywhere."""
        return bool(self._places.behind)

    @property
    def can_go_forward(self) -> bool:
        """Whether ``go_forward`` leads anywhere."""
        return bool(self._places.ahead)

    @property
    def can_undo(self) -> bool:
        """Whether a finding is dismissed, or a note was made, changed or deleted."""
        return bool(self._undoable)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The reader's own notes and highlights, the first made first."""
        return self._desk.annotations

    @property
    def layers(self) -> Layers:
        """What is marked, and the filter."""
        return self._layers

    def show_report(
        self,
        report: PolicyReport,
        dismissed: Collection[str] = (),
        annotations: Sequence[Annotation] = (),
        *,
        again: bool = False,
    ) -> None:
        """Show ``report`` from its beginning, with its card, without what is ``dismissed``.

        Those are keys of disclosures; what the report does not have is left aside. ``annotations``
        are the reader's own marks on its text. A filter does not outlive the report before. What
        stands beside the text does where it is the same file ``again``.
        """
        before, self._read = self._read, report
        self._kept = kept_beside(self._beside, before, report) if again and before else CARD
        self._is_filled = False  # the contents are still those of the report before
        self._dismissed = tuple(d.key for d in report.disclosures if d.key in dismissed)
        self._report = without(report, self._dismissed)
        self._undoable = list(self._dismissed)
        self._layers = without_filter(self._layers)
        self._desk.lay(report.document.text, annotations)
        self._beside = CARD
        self._places = Places()
        self._marks.show_layers(self._layers)
        self.view.show_layers(self._layers)
        self.map.show_report(report)
        self.view.show_report(report)
        if annotations:
            self.view.show_annotations(annotations)
            self._show_signs()
        self.side.setCurrentWidget(self._card)
        self.find_bar.search_in(report.document.text)
        # A long text, contents and card, and their picture take a turn of the event loop each.
        self.setUpdatesEnabled(False)
        self._turn.start()
        if self.view.is_set:
            self._fill(report)
        self.history_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        for part in (
            self.outline,
            self.view,
            self.map,
            self._card,
            self._details,
            self._difficulty,
            self._marks,
            self._notes,
            self._writer,
            self._filter,
        ):
            part.set_theme(theme)
        for ring in self._rings:
            ring.set_theme(theme)

    # Choosing

    def choose_topic(self, topic: str) -> None:
        """Show the details of a topic, tint its passages, and go to the words that tell most."""
        if self._report is not None:
            self._leave()
            self._show_beside(Beside(topic=topic))
            self._show_best_words([each.key for each in in_order(self._report, topic)][:1])

    def choose_reading(self, section: int) -> None:
        """Show how hard a section reads, or with ``WHOLE_POLICY`` all of them."""
        if self._report is not None:
            self._leave()
            self._show_beside(Beside(reading=section))
            self._want_side()

    def choose_whole_reading(self) -> None:
        """Show how hard the whole policy reads."""
        self.choose_reading(WHOLE_POLICY)

    def show_reading(self) -> None:
        """Show how hard the whole policy reads; where that is shown, the card again."""
        self._show_or_leave(Beside(reading=WHOLE_POLICY), self._difficulty)

    def choose_section_reading(self) -> None:
        """Show how hard the section reads that is read now."""
        self.choose_reading(self.outline.section)

    def show_writers_view(self) -> None:
        """Show which sentences to rewrite first; where they are shown, the card again."""
        self._show_or_leave(Beside(rewriting=True), self._writer)

    def choose_flag(self, flag: CardFlag) -> None:
        """Show the findings that a flag sets against each other, and the first one's best words."""
        if self._report is not None:
            self._leave()
            self._show_beside(Beside(flag=flag))
            self._show_best_words(flag.disclosures[:1])

    def choose_finding(self, key: str) -> None:
        """Show a finding among those of its topic, and its best words in the text."""
        if self._report is not None:
            self._leave()
            self._show_beside(Beside(finding=key))
            self._show_best_words([key])

    def _show_best_words(self, keys: Collection[str]) -> None:
        for passage in self.view.passages:
            if passage.disclosure.key in keys and passage.rank == 0:
                self.view.show_passage(passage)

    def choose_passage(self, passage: Passage) -> None:
        """Show a passage strongly, and the details of its finding."""
        if self._report is not None:
            self._leave()
            beside = Beside(self._beside.topic, passage.disclosure.key)
            self._show_beside(beside, passage.evidence)
            self.view.show_passage(passage)

    def go_to_finding(self, step: int) -> None:
        """Go to the next passage of the text (1) or to the one before (-1)."""
        passage = self.view.next_passage(step)
        if passage is not None:
            self.choose_passage(passage)
        elif self._report is not None and not self.view.marked_passages:
            self.told.emit(self.tr("No finding is marked. F7 shows what is marked and why."))

    def show_card(self) -> None:
        """Show the card again, and the text at rest."""
        if self._beside != CARD:
            self._leave()
            self._show_beside(CARD)

    def escape(self) -> None:
        """Close the search, or else the details."""
        if self.find_bar.isVisible():
            self.find_bar.close_search()
        else:
            self.show_card()

    # Quotes

    def copy_quote(self, span: Span, lead_in: Span | None = None) -> None:
        """Copy the words of ``span`` with their source."""
        if self._report is not None:
            QGuiApplication.clipboard().setText(citation(self._report, span, lead_in))
            self.copied.emit()

    def copy_chosen_quote(self) -> None:
        """Copy the selected words with their source, or else the passage that is shown."""
        span = self.view.selected_span
        passage = self.view.current_passage
        if span is not None:
            self.copy_quote(span)
        elif passage is not None:
            self._on_copy_evidence(passage.evidence)

    def _on_copy_evidence(self, evidence: Evidence) -> None:
        self.copy_quote(evidence.span, evidence.context)

    def _on_report(self, key: str) -> None:
        for disclosure in self._read.disclosures if self._read else ():
            if disclosure.key == key:
                self.report_wanted.emit(disclosure)

    # Dismissing

    def dismiss(self, key: str) -> None:
        """Leave the finding ``key`` out of everything, and show where that can be taken back."""
        if self._read is not None and key not in self._dismissed:
            self._undoable.append(key)
            self._change_dismissed((*self._dismissed, key))
            self._show_beside(Beside(finding=key))
            self._details.focus_dismissed(key)

    def restore(self, key: str) -> None:
        """Take back that the finding ``key`` was dismissed, and show it."""
        if self._read is not None and key in self._dismissed:
            self._undoable = [each for each in self._undoable if each != key]
            self._change_dismissed(tuple(each for each in self._dismissed if each != key))
            self._show_beside(Beside(finding=key))
            self._details.take_focus()

    def undo(self) -> None:
        """Take back what was dismissed, noted or deleted last."""
        if not self._undoable:
            return
        last = self._undoable.pop()
        if isinstance(last, str):
            self.restore(last)
        else:
            left = len(self._undoable)
            self._desk.put_back(last)
            del self._undoable[left:]  # that was a change too
            self.annotations_changed.emit(self._desk.annotations)

    def restore_all(self) -> None:
        """Take back all that was dismissed, and forget the reader's notes."""
        if self._read is None:
            return
        if self._dismissed:
            self._change_dismissed(())
            self._show_beside(CARD)
        self._desk.put_back(())
        self._undoable.clear()
        self.history_changed.emit()

    def _change_dismissed(self, dismissed: tuple[str, ...]) -> None:
        if self._read is None:
            return
        self._leave()
        self._dismissed = dismissed
        self._report = without(self._read, dismissed)
        self._show_findings()
        self.dismissed_changed.emit(frozenset(dismissed))

    def _fill(self, report: PolicyReport) -> None:
        self._is_filled = True
        self.outline.show_report(report)
        self.outline.show_marks(self.view.tinted_passages)
        self.outline.show_place(self.view.reading_place)
        self._marks.show_report(report)
        self._show_findings()
        if self._kept != CARD:
            self._show_beside(self._kept)

    def _on_turn(self) -> None:
        if self._read is not None and not self._is_filled:
            self._fill(self._read)
            self._turn.start()
        else:
            self.setUpdatesEnabled(True)

    def _show_findings(self) -> None:
        """Show the findings that are left wherever they stand."""
        if self._read is None or self._report is None:
            return
        gone = set(self._dismissed)
        self._marks.show_findings(self._report)
        self._details.show_dismissed([d for d in self._read.disclosures if d.key in gone])
        if gone or self.view.passages != self.view.all_passages:
            self.view.show_findings(self._report)
        self._card.show_report(self._report)

    # Marks and their filter

    def use_settings(self, settings: Settings) -> None:
        """Take over which marks are shown and which topics matter; a filter stays as it is."""
        switches = layers_of(settings)
        self._show_layers(with_filter(switches, self._layers))
        self._topics = choice_of(settings)
        self._show_topics()

    def mark_everything(self, on: bool) -> None:
        """Tint every passage, or at rest the telling ones alone."""
        findings = Findings.ALL if on else Findings.TELLING
        self.change_layers(replace(self._layers, findings=findings))

    def change_layers(self, layers: Layers) -> None:
        """Show other marks than before."""
        if layers != self._layers:
            self._show_layers(layers)
            self.layers_changed.emit(layers)

    def clear_filter(self) -> None:
        """Let all findings through again."""
        self.change_layers(without_filter(self._layers))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_marks(self) -> None:
        """Show the switches of the marks and their list; where they are shown, the card again."""
        self._show_or_leave(Beside(marks=True), self._marks)

    def _show_layers(self, layers: Layers) -> None:
        self._layers = layers
        self._marks.show_layers(layers)
        self.view.show_layers(layers)
        self._show_signs()

    def _show_or_leave(
        self, beside: Beside, panel: MarksPanel | NotesPanel | ReadingPanel | WritersView
    ) -> None:
        """Show a panel and give it the keyboard; where it is shown, show the card again."""
        if self._report is None:
            return
        if self._beside == beside and not self.side.isHidden():
            self.show_card()
            return
        self._leave()
        self._show_beside(beside)
        panel.take_focus()
        self._want_side()

    def _want_side(self) -> None:
        if self.side.isHidden():
            self.side_wanted.emit()

    def _on_marking(self) -> None:
        marked, tinted = self.view.marked_passages, self.view.tinted_passages
        self.map.show_passages(marked, tinted)
        if self._is_filled:
            self.outline.show_marks(tinted)
        if self._report is None:
            return
        chosen = self._layers.topics
        topics = [clean_line(each.label) for each in self._report.topics if each.id in chosen]
        self._filter.show_filter(self._layers, topics, len(marked), len(self.view.passages))
        if self._beside.marks:
            self._marks.show_marks(marked, self._desk.annotations)

    def _on_listed_passage(self, passage: Passage) -> None:
        self._leave()
        self.view.show_passage(passage)

    # Topics

    def pin_topic(self, topic: str, on: bool) -> None:
        """Set a topic first on the card, or back where it belongs."""
        self._choose_topics(self._topics.with_pin(topic, on=on))

    def hide_topic(self, topic: str, on: bool) -> None:
        """Leave a topic out of the card, or show it there again."""
        self._choose_topics(self._topics.with_hidden(topic, on=on))

    def _choose_topics(self, topics: TopicChoice) -> None:
        self._topics = topics
        self._show_topics()
        self.topics_changed.emit(topics)

    def _show_topics(self) -> None:
        self._card.show_topics(self._topics)
        self._details.show_topics(self._topics)

    # The reader's own marks

    def tell_how_notes_are_kept(self, keeping: Keeping) -> None:
        """Say with the notes, and at each new one, where they do not outlive the window."""
        self._keeping = keeping
        self._notes.tell_whether_kept(keeping is Keeping.KEPT)

    def highlight(self) -> None:
        """Highlight the selected words, or else the passage that is shown."""
        span = self._span_to_mark()
        if span is not None:
            self._desk.highlight(span)

    def write_note(self) -> None:
        """Ask for a note on the selected words, or else on the passage that is shown."""
        span = self._span_to_mark()
        if span is not None:
            self._desk.ask_for_note(span)

    def show_notes(self) -> None:
        """Show the reader's own marks beside the text; where they are shown, the card again."""
        self._show_or_leave(Beside(notes=True), self._notes)

    def choose_annotation(self, annotation: Annotation) -> None:
        """Show a mark of the reader's own among the others."""
        self._leave()
        self._show_beside(Beside(notes=True))
        self._notes.take_focus(annotation.id)
        self._want_side()

    def _span_to_mark(self) -> Span | None:
        if self._report is None:
            return None
        passage = self.view.current_passage
        span = self.view.selected_span or (passage.span if passage else None)
        if span is None or not span.of(self._report.document.text).strip():
            self.told.emit(self.tr("Select words in the text first."))
            return None
        return span

    def _on_annotation_words(self, annotation: Annotation) -> None:
        if annotation.span is not None:
            self._leave()
            self.view.show_words(annotation.span)

    def _on_delete_annotation(self, number: int) -> None:
        self._desk.delete(number)
        self._notes.take_focus()

    def _on_annotations(self, before: tuple[Annotation, ...]) -> None:
        """Show the marks as they are now, and remember how they were."""
        annotations = self._desk.annotations
        self._undoable.append(before)
        if not self._layers.annotations and len(annotations) > len(before):
            self.change_layers(replace(self._layers, annotations=True))
        self.view.show_annotations(annotations)
        self._show_signs()
        if len(annotations) > len(before):
            self.view.select_nothing()  # the selection would hide the new mark
        if self._beside.notes and self._report is not None:
            self._notes.show_annotations(self._report.document, annotations)
        if self._beside.marks:
            self._marks.show_marks(self.view.marked_passages, annotations)
        if len(annotations) > len(before) and self._keeping is Keeping.OFF:
            words = self.tr("History is off: your note will be gone when the window closes.")
            self.told.emit(words)
        elif len(annotations) > len(before) and self._keeping is Keeping.UNOPENED:
            words = self.tr(
                "History cannot be opened: your note will be gone when the window closes."
            )
            self.told.emit(words)
        self.annotations_changed.emit(annotations)

    def _on_words_lost(self) -> None:
        words = self.tr("The words of your note are gone. What you wrote is among your notes.")
        self.told.emit(words)

    def _show_signs(self) -> None:
        """Show the reader's own marks on the map, as far as the text shows them."""
        self.map.show_annotations(self._desk.annotations if self._layers.annotations else ())

    # Search

    def open_search(self) -> None:
        """Open the search with the selected words, if they stand on one line."""
        selected = self.view.textCursor().selectedText()
        words = selected if len(selected) <= 200 and "\u2029" not in selected else ""
        self.find_bar.open_search(self.view.reading_place, words)

    # Back and forward

    def go_back(self) -> None:
        """Return to where the reader was before the last jump."""
        self._return_to(self._places.back(self._here()))

    def go_forward(self) -> None:
        """Take back ``go_back``."""
        self._return_to(self._places.forward(self._here()))

    @property
    def trail(self) -> Trail:
        """Where the reader is and was, to be taken up by another pane with the same report."""
        return Trail(
            self._here(),
            tuple(self._places.behind),
            tuple(self._places.ahead),
            self.find_bar.search,
            self._layers,
        )

    def take_up(self, trail: Trail) -> None:
        """Show the place where another pane with the same report was left."""
        self._places = Places(list(trail.behind), list(trail.ahead))
        if trail.here.beside != CARD and self._read is not None and not self._is_filled:
            self._fill(self._read)  # what stands beside the text is about what is filled in here
        self._show_layers(with_filter(self._layers, trail.layers))
        self.view.show_hits(self.find_bar.take_up(trail.search), goes_there=False)
        self._show_place(trail.here)

    def _here(self) -> Place:
        return Place(
            scrolled=self.view.reading_place,
            beside=self._beside,
            passage=self.view.current_passage,
        )

    def _leave(self) -> None:
        """Remember this place before going to another."""
        self._places.leave(self._here())
        self.history_changed.emit()

    def _return_to(self, place: Place | None) -> None:
        if place is not None:
            self._show_place(place)

    def _show_place(self, place: Place) -> None:
        evidence = place.passage.evidence if place.passage else None
        self._show_beside(place.beside, evidence)
        # Of a trail that another pane left, the passages are others for the same words.
        for passage in self.view.passages:
            if place.passage and _is_same(passage, place.passage):
                if self._layers.lets_through(passage):
                    self.view.show_passage(passage)
                break
        self.view.go_to(place.scrolled)
        self.history_changed.emit()

    def _show_beside(self, beside: Beside, evidence: Evidence | None = None) -> None:
        """Show what is chosen beside the text, and tint the text to match.

        A keyboard that is there stays there: where findings are shown on the quote of ``evidence``.
        """
        if self._report is not None:
            beside = shown_beside(beside, self._report)
        self._beside = beside
        self.view.choose_topic(beside.topic)
        self.view.show_no_passage()
        focused = self.window().focusWidget()
        had_keyboard = focused is not None and self.side.isAncestorOf(focused)
        panel = self._panel_of(beside)
        self.side.setCurrentWidget(panel)
        for left in (self._details, self._difficulty):
            if left is not panel:
                left.clear()
        if not had_keyboard:
            return
        if isinstance(panel, DetailPanel):
            panel.take_focus(evidence)
        elif isinstance(panel, ReadingPanel | NotesPanel | SummaryCardView | WritersView):
            panel.take_focus()

    def _panel_of(self, beside: Beside) -> QWidget:
        """Return the panel that shows what is chosen, made to do so."""
        if self._report is None or beside == CARD:
            return self._card
        if beside.notes:
            self._notes.show_annotations(self._report.document, self._desk.annotations)
            return self._notes
        if beside.marks:
            self._marks.show_marks(self.view.marked_passages, self._desk.annotations)
            return self._marks
        if beside.rewriting:
            self._writer.show_report(self._report)
            return self._writer
        if beside.reading is not None:
            self._difficulty.show_section(self._report, beside.reading)
            return self._difficulty
        if beside.flag is not None:
            self._details.show_flag(self._report, beside.flag)
        elif beside.finding is not None:
            self._details.show_finding(self._report, beside.finding)
        elif beside.topic is not None:
            self._details.show_topic(self._report, beside.topic)
        return self._details

    # Panes

    def show_contents(self, on: bool) -> None:
        """Show the contents, or hide them."""
        self._show_part(self.outline, on)

    def show_side(self, on: bool) -> None:
        """Show what stands beside the text, or hide it."""
        self._show_part(self.side, on)

    def _show_part(self, part: QWidget, on: bool) -> None:
        """Show or hide ``part``; the text takes the keyboard from what is hidden."""
        focused = self.window().focusWidget()
        if not on and focused is not None and part.isAncestorOf(focused):
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        part.setVisible(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out among the panes, until the reader has done so."""
        width = event.size().width()
        self.map.set_narrow(width < 1060)
        if not self._is_sized_by_hand:
            contents = min(max(round(0.205 * width), 160), 340)
            # From 1060 pixels on, the tiles of the card stand in two columns.
            side = min(max(round(0.31 * width), 275 if width < 1060 else 360), 470)
            self.setSizes([contents, width - contents - side, side])
        super().resizeEvent(event)  # then nothing is left to do: a text is not laid out twice

    def go_to_next_pane(self, step: int) -> None:
        """Give the keyboard to the next pane that is shown (1) or to the one before (-1)."""
        panes = [self.outline, self._text_pane, self.side]
        shown = [pane for pane in panes if pane.isVisible() and pane.width() > 0]
        focused = self.window().focusWidget()
        inside = [i for i, pane in enumerate(shown) if focused and pane.isAncestorOf(focused)]
        here = inside[0] if inside else -step
        target = shown[(here + step) % len(shown)]
        panel = self.side.currentWidget()
        if target is not self.side:
            into = self.outline.tree if target is self.outline else self.view
            into.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(panel, SidePanel | SummaryCardView):
            panel.take_focus()

    def sizes_by_hand(self) -> QByteArray | None:
        """Return the widths of the panes where the reader has set them, None where not."""
        return self.saveState() if self._is_sized_by_hand else None

    def restore_sizes(self, state: QByteArray) -> None:
        """Give the panes the widths that ``sizes_by_hand`` returned in an earlier session."""
        self._is_sized_by_hand = self.restoreState(state)

    def _on_splitter_moved(self) -> None:
        self._is_sized_by_hand = True

    def _on_section(self, number: int) -> None:
        if self._report is not None and self._is_filled:
            self._leave()
            start = self._report.document.sections[number].span.start
            self.view.go_to(start)
            self.outline.show_place(start)  # near the end of the text it cannot come to the top

    def _on_map(self, place: int) -> None:
        self._leave()
        self.view.go_near(place)
        self.outline.show_place(place)

    def _on_evidence(self, evidence: Evidence) -> None:
        same = [passage for passage in self.view.passages if passage.evidence == evidence]
        same.sort(key=lambda passage: passage.disclosure.key != self._beside.finding)
        if same:
            before = self._here()
            self.view.show_passage(same[0])
            if self._here() != before:  # else a way back would lead nowhere
                self._places.leave(before)
                self.history_changed.emit()

    def _on_sentence(self, span: Span) -> None:
        self._leave()
        self.view.show_words(span)

    def _on_find_closed(self) -> None:
        self.view.show_hits(Hits())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_same(passage: Passage, other: Passage) -> bool:
    """Return whether two passages are the same piece of evidence for the same finding."""
    return passage.evidence == other.evidence and passage.disclosure.key == other.disclosure.key
