"""The filter by topic: a line that says which topics are let through, and unfolds into a box each.

Where no box is ticked all topics are let through.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui.columns import set_in_columns

_MOST_NAMED = 2


class TopicFilter(QWidget):
    """Shows which topics are let through, and lets them be ticked.

    Signals:
        topics_changed: a box was ticked or cleared, or all were; carries the ids of the topics that
            are wanted, none of them for all.
    """

    topics_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: frozenset[str] = frozenset()
        self._labels: Mapping[str, str] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._room = 0.0
        self.line = QToolButton(self)
        self.line.setCheckable(True)
        self.line.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._all = QPushButton(self.tr("All topics"), self)
        self._folded = QWidget(self)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        inside = QVBoxLayout(self._folded)
        inside.setContentsMargins(0, 2, 0, 2)
        inside.addLayout(self._grid)
        inside.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._folded)
        self._fold(False)
        self._say()
        self.line.toggled.connect(self._fold)
        self._all.clicked.connect(self._on_all)

    def show_topics(self, labels: Mapping[str, str]) -> None:
        """Offer the topics whose ids are the keys of ``labels``."""
        if labels != self._labels:
            self._labels = dict(labels)
            for box in self._boxes.values():
                box.hide()  # a deferred delete alone would still be painted once
                box.deleteLater()
            self._boxes = {topic: QCheckBox(self._folded) for topic in labels}
            for topic, box in self._boxes.items():
                box.setText(labels[topic].replace("&", "&&"))
                box.setAccessibleDescription(self.tr("Only findings on the ticked topics"))
                box.clicked.connect(self._on_ticked)
            self._arrange()
        self.show_chosen(self._chosen)

    def show_chosen(self, topics: frozenset[str]) -> None:
        """Tick ``topics`` alone."""
        self._chosen = topics
        for topic, box in self._boxes.items():
            box.setChecked(topic in topics)
        self._say()

    def set_room(self, room: float) -> None:
        """Set the boxes in two columns where ``room``, in pixels, is enough for them."""
        if room != self._room:
            self._room = room
            self._arrange()

    def _arrange(self) -> None:
        set_in_columns(self._grid, list(self._boxes.values()), self._room, 2)

    def _fold(self, unfolded: bool) -> None:
        self._folded.setVisible(unfolded)
        self.line.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        hint = self.tr("Hides the topics") if unfolded else self.tr("Shows the topics to choose")
        self.line.setAccessibleDescription(hint)

    def _say(self) -> None:
        names = [label for topic, label in self._labels.items() if topic in self._chosen]
        if not names:
            words = self.tr("All topics")
        elif len(names) <= _MOST_NAMED:
            words = self.tr("Only {topics}").format(topics=", ".join(names))
        else:
            words = self.tr("Only {count} topics").format(count=len(names))
        self.line.setText(words.replace("&", "&&"))
        self.line.setAccessibleName(words)
        self._all.setEnabled(bool(names))

    def _on_ticked(self) -> None:
        self._choose(frozenset(t for t, box in self._boxes.items() if box.isChecked()))

    def _on_all(self) -> None:
        self._choose(frozenset())
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, topics: frozenset[str]) -> None:
        self.show_chosen(topics)
        self.topics_changed.emit(topics)
