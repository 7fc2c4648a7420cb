"""The list of what changed: disclosures by kind, the topics that differ, and the sections.

Each row leads to its words in both texts. Headings are rows that cannot be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from reader.compare import Comparison
from reader.export.comparison_words import ComparisonWords, section_line, topic_line
from reader.gui.badge import shape_pixmap
from reader.gui.comparison_rows import ChangeRowDelegate
from reader.gui.comparison_text import heading_font
from reader.gui.theme import Theme
from reader.model import Evidence, Valence
from reader.summary import clean_line

_ROW = Qt.ItemDataRole.UserRole
_SHAPE = 16
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Where a row leads in both texts: a passage, or else a code point; None for no place.

    ``is_change`` is true for what the way to the next change stops at, ``is_topic`` for the tiles
    of a topic.
    """

    old_quote: Evidence | None = None
    new_quote: Evidence | None = None
    old_place: int | None = None
    new_place: int | None = None
    is_change: bool = False
    is_topic: bool = False


class ComparisonList(QListWidget):
    """Shows one comparison.

    Signals:
        row_chosen: another row is chosen, or the same once more; carries its ``ChangeRow``.
    """

    row_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("What changed"))
        self.setItemDelegate(ChangeRowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(_SHAPE, _SHAPE))
        self.setSpacing(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_current)

    def show_comparison(self, comparison: Comparison, words: ComparisonWords) -> None:
        """Show what changed, in place of what was there."""
        self.clear()
        if words.of_two:  # whoever chooses between two services asks for these
            self._show_topics(comparison, words)
        for heading, group in words.groups:
            self._heading(f"{heading} ({len(group)})")
            for each in group:
                disclosure = each.change.new or each.change.old
                row = ChangeRow(each.change.old_quote, each.change.new_quote, is_change=True)
                self._row(each.text, row, disclosure.valence if disclosure else None)
        if not words.of_two:
            self._show_topics(comparison, words)
        if comparison.sections:
            count = len(comparison.sections)
            self._heading(self.tr("Sections ({count})").format(count=count))
        for section in comparison.sections:
            row = ChangeRow(
                old_place=section.old.span.start if section.old else None,
                new_place=section.new.span.start if section.new else None,
            )
            self._row(_with_whole_counts(section_line(section)), row)

    def _show_topics(self, comparison: Comparison, words: ComparisonWords) -> None:
        differing = [pair for pair in words.topics if pair.differs]
        if differing:
            self._heading(self.tr("Topics that differ ({count})").format(count=len(differing)))
        for pair in differing:
            sides = zip(words.sides, (False, True), strict=True)
            told = "\n".join(f"{side}: {topic_line(pair, is_new=new)}" for side, new in sides)
            self._row(f"{pair.label}\n{told}", _row_of_topic(comparison, pair.id))

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        for item in map(self.item, range(self.count())):
            if isinstance(valence := item.data(_ROW + 1), Valence):
                item.setIcon(self._icon(valence))

    @property
    def count_of_changes(self) -> int:
        """How many changes of disclosures there are."""
        return sum(row.is_change for row in self._rows())

    @property
    def number_of_current(self) -> int:
        """Which of the changes is chosen, from 1; 0 for none."""
        here = self.currentRow()
        rows = list(self._rows())
        if here < 0 or not rows[here].is_change:
            return 0
        return sum(row.is_change for row in rows[: here + 1])

    def begin(self) -> None:
        """Choose what stands first: a change, or of two services a topic that differs."""
        if any(row.is_change or row.is_topic for row in self._rows()):
            self.setCurrentRow(1)
            self.scrollToTop()  # below its heading

    def step(self, by: int) -> None:
        """Choose the next change, or the one before with -1, round the ends."""
        places = [place for place, row in enumerate(self._rows()) if row.is_change]
        if not places:
            return
        here = self.currentRow()
        if by > 0:
            place = next((each for each in places if each > here), places[0])
        else:
            place = next((each for each in reversed(places) if each < here), places[-1])
        self.setCurrentRow(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rows break their lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _rows(self) -> list[ChangeRow]:
        rows = (self.item(place).data(_ROW) for place in range(self.count()))
        return [row if isinstance(row, ChangeRow) else ChangeRow() for row in rows]

    def _heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(heading_font(self.font()))
        item.setForeground(self.palette().text())

    def _row(self, words: str, row: ChangeRow, valence: Valence | None = None) -> None:
        item = QListWidgetItem("\n".join(map(clean_line, words.split("\n"))), self)
        item.setData(_ROW, row)
        if valence is not None:
            item.setIcon(self._icon(valence))
            item.setData(_ROW + 1, valence)

    def _icon(self, valence: Valence) -> QIcon:
        shape = shape_pixmap(valence, _SHAPE, self._theme, self.devicePixelRatioF())
        icon = QIcon(shape)
        icon.addPixmap(shape, QIcon.Mode.Selected)  # Qt would tint it, and the sign be lost
        return icon

    def _on_current(self, item: QListWidgetItem | None) -> None:
        row = item.data(_ROW) if item is not None else None
        if isinstance(row, ChangeRow):
            self.row_chosen.emit(row)


def _with_whole_counts(line: str) -> str:
    """Return the words about a section so that no line ends within what is counted behind them."""
    named, bracket, counts = line.rpartition(" (")
    is_counted = counts.endswith((" word)", " words)"))
    return f"{named}{bracket}{counts.replace(' ', NBSP)}" if is_counted else line


def _row_of_topic(comparison: Comparison, topic: str) -> ChangeRow:
    """Return where the tiles of a topic stand: the best words behind each."""
    quotes: list[Evidence | None] = []
    for report in (comparison.old, comparison.new):
        deciding = next((t.disclosures[:1] for t in report.topics if t.id == topic), ())
        found = next((d for d in report.disclosures if d.key in deciding), None)
        quotes.append(found.evidence[0] if found else None)
    return ChangeRow(quotes[0], quotes[1], is_topic=True)
