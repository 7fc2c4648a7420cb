"""The switches of the marks: which findings, which wording, the reader's own; and their list.

Every switch acts at once on text, margin, map, contents and the way to the next finding. Below them
stands the list of what is marked now, which tells by keyboard and ear what is otherwise painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QListView,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.annotations import Annotation
from reader.gui.columns import set_in_columns
from reader.gui.layers import WORDING_OF_KIND, Findings, Layers, Wording, shown_wording
from reader.gui.mark_list import MARK_ROLE, SIDE, MarkListModel, mark_pixmap
from reader.gui.passages import Passage
from reader.gui.side_panel import MARGIN, SidePanel
from reader.gui.theme import Theme
from reader.gui.topic_filter import TopicFilter
from reader.gui.typography import beginning, isolated, scaled_font
from reader.model import Mark, PolicyReport, Valence, Verdict
from reader.summary import VERDICT_WORDS, clean_line

_Index = QModelIndex | QPersistentModelIndex
_FEWEST_ROWS = 8  # of the list, which scrolls by itself


class _WordsDelegate(QStyledItemDelegate):
    """Shows a row's words in their own direction, also where the window is mirrored."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Set the words apart from the direction around them."""
        super().initStyleOption(option, index)
        option.text = isolated(option.text)


class MarksPanel(SidePanel):
    """Shows the switches, and the list of what they mark.

    Signals:
        layers_changed: a switch was pressed; carries the Layers that are wanted now.
        passage_chosen: a finding of the list was chosen; carries its Passage.
        words_chosen: a wording mark was chosen; carries its Span.
        annotation_chosen: a mark of the reader's own was chosen; carries its Annotation.
    """

    layers_changed = Signal(object)
    passage_chosen = Signal(object)
    words_chosen = Signal(object)
    annotation_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Marks in the text"))
        self._theme = theme
        self._layers = Layers()
        self._report: PolicyReport | None = None
        self._headings: list[QLabel] = []
        self._said: Counter[Valence] = Counter()
        self._worded: Counter[Wording] = Counter()

        content = QWidget()
        self._findings = QButtonGroup(self)
        self._amounts: dict[Findings, QRadioButton] = {}
        for findings, words in (
            (Findings.TELLING, self.tr("The most important")),
            (Findings.ALL, self.tr("All of them")),
            (Findings.NONE, self.tr("None")),
        ):
            self._amounts[findings] = QRadioButton(words, content)
            self._findings.addButton(self._amounts[findings])
        self._topics = TopicFilter(content)
        self._valences = {v: QCheckBox(content) for v in sorted(Valence, key=_graver_first)}
        self._wording = {kind: QCheckBox(content) for kind in Wording}
        self._annotations = QCheckBox(content)
        self._count = QLabel(content)
        self._count.setWordWrap(True)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._model = MarkListModel(theme, content)
        self.list = QListView(content)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_WordsDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName(self.tr("All marks, in the order of the text"))
        row = self.list.fontMetrics().height() + 4
        self.list.setMinimumHeight(_FEWEST_ROWS * row)
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = [
            (QGridLayout(), [*self._amounts.values()]),
            (QGridLayout(), [*self._valences.values()]),
            (QGridLayout(), [*self._wording.values(), self._annotations]),
        ]
        self._lay_out(content)
        self.show_content(content)
        self._connect()

    def _connect(self) -> None:
        self._findings.buttonClicked.connect(self._on_switched)
        self._topics.topics_changed.connect(self._on_topics)
        for box in (*self._valences.values(), *self._wording.values(), self._annotations):
            box.clicked.connect(self._on_switched)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)

    def _lay_out(self, content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 4, MARGIN, 10)
        column.setSpacing(6)
        column.addWidget(self._heading(self.tr("Marks in the text"), 1.35))
        for (grid, boxes), words in zip(
            self._grids,
            (
                self.tr("Findings"),
                self.tr("Only these kinds"),
                self.tr("Wording and notes"),
            ),
            strict=True,
        ):
            grid.setVerticalSpacing(4)
            column.addSpacing(4)
            column.addWidget(self._heading(words, 1.0))
            column.addLayout(grid)
            for box in boxes:  # a heading is not part of what a screen reader hears of them
                box.setAccessibleDescription(words)
            if grid is self._grids[1][0]:
                column.addWidget(self._topics)
        column.addSpacing(4)
        column.addWidget(self._count)
        column.addWidget(self.list, 1)
        self._arrange()

    def _heading(self, words: str, size: float) -> QLabel:
        label = QLabel(words)
        label.setFont(scaled_font(self.font(), size, QFont.Weight.Bold))
        self._headings.append(label)
        return label

    # What is shown

    def show_report(self, report: PolicyReport) -> None:
        """Offer the topics of ``report``, and say how many marks of each kind it has."""
        self._report = report
        self._topics.show_topics({each.id: clean_line(each.label) for each in report.topics})
        self._worded = Counter()
        for kind, count in Counter(mark.kind for mark in report.marks).items():
            if kind in WORDING_OF_KIND:
                self._worded[WORDING_OF_KIND[kind]] += count
        self._count_findings(report)
        self._show_words()
        self.show_layers(self._layers)

    def show_findings(self, report: PolicyReport) -> None:
        """Count the findings of ``report``, some of those of the report that is shown."""
        self._report = report
        self._count_findings(report)
        self._show_words()

    def _count_findings(self, report: PolicyReport) -> None:
        self._said = Counter()
        for disclosure in report.disclosures:
            self._said[disclosure.valence] += len(disclosure.evidence)

    def show_layers(self, layers: Layers) -> None:
        """Show the switches as ``layers`` has them."""
        self._layers = layers
        self._amounts[layers.findings].setChecked(True)
        for valence, box in self._valences.items():
            box.setChecked(valence in layers.valences)
        for kind, box in self._wording.items():
            box.setChecked(kind in layers.wording)
        self._annotations.setChecked(layers.annotations)
        self._topics.show_chosen(layers.topics)

    def show_marks(self, passages: Sequence[Passage], annotations: Sequence[Annotation]) -> None:
        """List the ``passages`` that are marked now, with the wording marks that are on."""
        if self._report is None:
            return
        wording = shown_wording(self._report.marks, self._layers)
        shown = annotations if self._layers.annotations else ()
        self._model.show_marks(self._report.document, passages, wording, shown)
        count = self._model.rowCount()
        self._count.setText(
            self.tr("Marked now, in the order of the text: {count}").format(count=count)
            if count
            else self.tr("Nothing is marked.")
        )
        self._annotations.setText(self.tr("Your notes ({count})").format(count=len(annotations)))
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self._model.set_theme(theme)
        self._show_words()

    def take_focus(self) -> None:
        """Put the keyboard on the first switch that is on."""
        self._amounts[self._layers.findings].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the switches side by side where there is room."""
        super().resizeEvent(event)
        for label in self._headings:
            label.setAlignment(beginning(self))  # left to itself, Qt aligns by the words
        self._arrange()

    def _arrange(self) -> None:
        """Set the switches side by side as far as they fit, the bar of a long list beside them."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        room = self.width() - 2 * MARGIN - bar
        for grid, boxes in self._grids:
            set_in_columns(grid, boxes, room, 3 if len(boxes) == 3 else 2)
        self._topics.set_room(room)

    def _show_words(self) -> None:
        """Name the switches, with how many marks the policy has of each kind."""
        for valence, box in self._valences.items():
            word = VERDICT_WORDS[Verdict(valence.value)]
            self._name(box, valence, f"{word} ({self._said[valence]})")
        for kind, words in (
            (Wording.SENTENCES, self.tr("Hard sentences")),
            (Wording.VAGUE, self.tr("Vague words")),
            (Wording.PASSIVES, self.tr("Passives")),
            (Wording.LEGAL, self.tr("Legal words")),
            (Wording.PLAINER, self.tr("Wordy phrases")),
            (Wording.TERMS, self.tr("The policy's own terms")),
        ):
            self._name(self._wording[kind], kind, f"{words} ({self._worded[kind]})")
        self._annotations.setIcon(QIcon(self._pixmap(True)))
        self._annotations.setIconSize(QSize(SIDE, SIDE))
        self._arrange()

    def _name(self, box: QAbstractButton, look: Valence | Wording, words: str) -> None:
        box.setText(words)
        box.setIcon(QIcon(self._pixmap(look)))
        box.setIconSize(QSize(SIDE, SIDE))

    def _pixmap(self, look: Valence | Wording | bool) -> QPixmap:
        return mark_pixmap(look, self._theme, max(self.devicePixelRatioF(), 1.0))

    # What is pressed

    def _on_switched(self) -> None:
        on = {valence for valence, box in self._valences.items() if box.isChecked()}
        self._layers = Layers(
            findings=next(each for each, box in self._amounts.items() if box.isChecked()),
            wording=frozenset(kind for kind, box in self._wording.items() if box.isChecked()),
            annotations=self._annotations.isChecked(),
            topics=self._layers.topics,
            valences=frozenset(on),
        )
        self.layers_changed.emit(self._layers)

    def _on_topics(self, topics: frozenset[str]) -> None:
        self._layers = replace(self._layers, topics=topics)
        self.layers_changed.emit(self._layers)

    def _on_chosen(self, index: QModelIndex) -> None:
        mark = index.data(MARK_ROLE)
        if isinstance(mark, Passage):
            self.passage_chosen.emit(mark)
        elif isinstance(mark, Mark):
            self.words_chosen.emit(mark.span)
        elif isinstance(mark, Annotation):
            self.annotation_chosen.emit(mark)


def _graver_first(valence: Valence) -> int:
    return -valence.severity
