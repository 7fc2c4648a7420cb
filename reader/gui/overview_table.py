"""The policies of a folder as a table: a row each, a column a topic with the shape of its tile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reader.export.overview import Overview, topics
from reader.gui.badge import shape_pixmap
from reader.gui.icons import icon_pixmap
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.model import Band, Verdict
from reader.scoring import BAND_WORDS
from reader.summary import VERDICT_WORDS, clean_line

SORT_ROLE = Qt.ItemDataRole.UserRole
_NAME, _READING = range(2)
_FIRST_TOPIC = 4
_SHAPE = 18
_TOPIC_WIDTH = 34
_NAME_WIDTH = 260
_ORDER = (
    Verdict.BAD,
    Verdict.CAUTION,
    Verdict.NEUTRAL,
    Verdict.GOOD,
    Verdict.SILENT,
    Verdict.WITHHELD,
)
translate = QCoreApplication.translate
_Index = QModelIndex | QPersistentModelIndex


class OverviewModel(QAbstractTableModel):
    """Holds the rows that were read, in the order of their names."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Overview] = []
        self._theme = theme
        self._shapes: dict[Verdict, QIcon] = {}
        self.set_theme(theme)

    @property
    def rows(self) -> tuple[Overview, ...]:
        """What is shown."""
        return tuple(self._rows)

    def set_theme(self, theme: Theme) -> None:
        """Show the shapes in the colours of ``theme``."""
        self._theme = theme
        self._shapes = {each: _as_it_is(shape_pixmap(each, _SHAPE, theme, 2.0)) for each in Verdict}
        self._icons = {
            topic.id: icon_pixmap(topic.id, _SHAPE, theme.ink, 2.0) for topic in topics()
        }

    def add(self, rows: Sequence[Overview]) -> None:
        """Add ``rows`` below the others."""
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of policies."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else _FIRST_TOPIC + len(topics())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what ``role`` asks for of a cell."""
        row, column = self._rows[index.row()], index.column()
        if column >= _FIRST_TOPIC:
            return self._of_topic(row, column - _FIRST_TOPIC, role)
        if role == Qt.ItemDataRole.TextAlignmentRole and column > _READING:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(*dict.fromkeys([clean_line(row.name), row.title or row.message]))
        grade = row.scores.get("flesch_kincaid_grade", 0.0)
        warnings = sum(each == Verdict.BAD.value for each in row.topics.values())
        if role == SORT_ROLE:
            return (_called(row).casefold(), grade, row.words, warnings)[column]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column == _NAME:
            return _called(row)
        if row.error:
            why = translate("overview_table", "not read: {why}").format(why=clean_line(row.message))
            return why if column == _READING else ""
        unmeasured = translate("overview_table", "not measured")
        reads = BAND_WORDS[Band(row.band)] if row.band else unmeasured
        return (reads, f"{row.words:,}", str(warnings))[column - 1]

    def _of_topic(self, row: Overview, number: int, role: int) -> Any:
        topic = topics()[number]
        if topic.id not in row.topics:
            return len(_ORDER) if role == SORT_ROLE else None
        verdict = Verdict(row.topics[topic.id])
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._shapes[verdict]
            case Qt.ItemDataRole.AccessibleTextRole:
                return VERDICT_WORDS[verdict]
            case Qt.ItemDataRole.ToolTipRole:
                words = f"{topic.label}: {VERDICT_WORDS[verdict]}"
                return tooltip(words, row.headlines.get(topic.id, ""))
            case _ if role == SORT_ROLE:
                return _ORDER.index(verdict)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return what ``role`` asks for of a column's head."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if section >= _FIRST_TOPIC:
            topic = topics()[section - _FIRST_TOPIC]
            if role == Qt.ItemDataRole.DecorationRole:
                return self._icons[topic.id]
            is_named = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
            return topic.label if is_named else None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                translate("overview_table", "Policy"),
                translate("overview_table", "Reading"),
                translate("overview_table", "Words"),
                translate("overview_table", "Warnings"),
            )[section]
        return None

    def words_of(self, row: int, column: int) -> str:
        """Return a cell in a sentence, for those who cannot or need not tell the shapes."""
        each = self._rows[row]
        if each.error:
            return f"{clean_line(each.name)}: {each.message}"
        if column < _FIRST_TOPIC:
            return f"{each.title}: {each.verdict}" if each.verdict else each.title
        topic = topics()[column - _FIRST_TOPIC]
        verdict = Verdict(each.topics[topic.id])
        return f"{topic.label}: {VERDICT_WORDS[verdict]}. {each.headlines.get(topic.id, '')}"


def _called(row: Overview) -> str:
    """Return a policy's title, with its file where that says more; the file if it was not read."""
    name, title = clean_line(row.name), clean_line(row.title)
    if row.error or not title:
        return name
    stem = name.rpartition(".")[0] or name
    return title if title.casefold().startswith(stem.casefold()) else f"{title} ({name})"


def _as_it_is(shape: QPixmap) -> QIcon:
    """Return an icon that keeps its colours where its cell is selected."""
    icon = QIcon(shape)
    icon.addPixmap(shape, QIcon.Mode.Selected)
    return icon


class OverviewTable(QTableView):
    """Shows the model, sorted by the column whose head is pressed.

    Signals:
        wanted: a row was double-clicked, or Enter pressed on it; carries its number in the model.
        pointed: another cell is the current one; carries its words.
    """

    wanted = Signal(int)
    pointed = Signal(str)

    def __init__(self, model: OverviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setDynamicSortFilter(True)
        self.setModel(self._sorted)
        self.setAccessibleName(self.tr("Policies by topics"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(_SHAPE, _SHAPE))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(_TOPIC_WIDTH)
        self.setColumnWidth(_NAME, _NAME_WIDTH)
        for column in range(_READING, _FIRST_TOPIC):
            self.setColumnWidth(column, 92)
        for column in range(_FIRST_TOPIC, model.columnCount()):
            self.setColumnWidth(column, _TOPIC_WIDTH)
        for changed in (self._sorted.layoutChanged, self._sorted.rowsInserted):
            changed.connect(self._give_room_to_reasons)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.activated.connect(self._on_activated)  # Enter, and double click as the desktop has it
        self.doubleClicked.connect(self._on_activated)
        self.selectionModel().currentChanged.connect(self._on_current)

    def _give_room_to_reasons(self) -> None:
        """Let the reason why a file was not read run over the cells behind it, which are empty."""
        self.clearSpans()
        behind = self._sorted.columnCount() - _READING
        for row in range(self._sorted.rowCount()):
            index = self._sorted.mapToSource(self._sorted.index(row, _NAME))
            if self._model.rows[index.row()].error:
                self.setSpan(row, _READING, 1, behind)

    def _on_activated(self, index: QModelIndex) -> None:
        self.wanted.emit(self._sorted.mapToSource(index).row())

    def _on_current(self, index: QModelIndex) -> None:
        here = self._sorted.mapToSource(index)
        self.pointed.emit(self._model.words_of(here.row(), here.column()) if here.isValid() else "")
