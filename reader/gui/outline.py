"""The contents: the policy's sections, how hard each reads, and the gravest mark in it.

The model holds the sections, the delegate paints a row, the pane adds the filter and the order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette, QPolygonF
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.difficulty import difficulty_line, facts_line, shown_scores
from reader.gui.badge import paint_shape
from reader.gui.bars import BARS, STEPS, paint_bars
from reader.gui.passages import Passage, telling
from reader.gui.text_widgets import LineButton
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.model import Band, PolicyReport, Scores, Valence, Verdict
from reader.scoring import scores_of_contents
from reader.summary import VERDICT_WORDS, clean_line

SECTION_ROLE = Qt.ItemDataRole.UserRole
BAND_ROLE = Qt.ItemDataRole.UserRole + 1
VALENCE_ROLE = Qt.ItemDataRole.UserRole + 2
ROUGH_ROLE = Qt.ItemDataRole.UserRole + 3

_USUAL_LINES = 3  # of what is said below the contents, whose height seldom changes then

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractItemModel):
    """The sections as a tree in the order of the text, or as a list, the hardest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: PolicyReport | None = None
        self._scores: tuple[Scores, ...] = ()
        self._valences: list[Valence | None] = []
        self._hardest_first = False
        self._rows: dict[int, list[int]] = {}
        self._parents: list[int] = []
        self._row_of: list[int] = []

    def show_report(self, report: PolicyReport | None) -> None:
        """Hold the sections of ``report``, or none."""
        self.beginResetModel()
        self._report = report
        self._scores = (
            scores_of_contents(report.document.sections, shown_scores(report)) if report else ()
        )
        best = (Passage(d, d.evidence[0], 0) for d in report.disclosures) if report else ()
        passages = telling(report, best) if report else ()
        self._valences = _gravest(passages, len(report.document.sections)) if report else []
        self._arrange()
        self.endResetModel()

    def show_marks(self, passages: Collection[Passage]) -> None:
        """Show the gravest of ``passages`` in each section, in place of what stood there."""
        before, self._valences = self._valences, _gravest(passages, len(self._valences))
        for section, valence in enumerate(self._valences):
            if valence is not before[section]:
                index = self.index_of(section)
                self.dataChanged.emit(index, index)

    def set_hardest_first(self, on: bool) -> None:
        """Order the sections by how hard they read, without their tree."""
        if on != self._hardest_first:
            self.beginResetModel()
            self._hardest_first = on
            self._arrange()
            self.endResetModel()

    def index_of(self, section: int) -> QModelIndex:
        """Return the index of a section, an invalid one where it has no row."""
        if self._row_of[section] < 0:
            return QModelIndex()
        return self.createIndex(self._row_of[section], 0, section)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of sections under ``parent``."""
        return len(self._rows.get(parent.internalId() if parent.isValid() else -1, ()))

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 1: a row paints all that it says in one column."""
        del parent
        return 1

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """Return the index of the section in a row under ``parent``."""
        rows = self._rows.get(parent.internalId() if parent.isValid() else -1, [])
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, child: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # QObject.parent shares its name
        """Return the index of the section that ``child`` stands under."""
        if not child.isValid() or self._parents[child.internalId()] < 0:
            return QModelIndex()
        return self.index_of(self._parents[child.internalId()])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a section is called, how hard it reads, and what it says at worst."""
        if self._report is None or not index.isValid():
            return None
        number = index.internalId()
        valence = self._valences[number]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._heading(number)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._heading(number), self._says(number))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heading(number)}. {self._says(number)}"
            case _ if role == SECTION_ROLE:
                return number
            case _ if role == BAND_ROLE:
                return self._scores[number].band if self._is_measured() else None
            case _ if role == ROUGH_ROLE:
                return self._scores[number].rough
            case _ if role == VALENCE_ROLE:
                return valence
            case _:
                return None

    def reads(self, number: int) -> str:
        """Return in words how hard a section reads, and its two plain facts."""
        scores = self._scores[number]
        line = difficulty_line(scores, self._is_measured())
        return ". ".join(filter(None, (line, facts_line(scores))))

    def _is_measured(self) -> bool:
        return self._report is None or self._report.document.language_supported

    def _heading(self, number: int) -> str:
        assert self._report is not None  # noqa: S101 - rows exist only with a report
        heading = clean_line(self._report.document.sections[number].heading)
        return heading or self.tr("Beginning")

    def _says(self, number: int) -> str:
        words = f"{self.reads(number)}."
        valence = self._valences[number]
        if valence is not None:
            words += " " + self.tr("The most serious mark there: {verdict}.").format(
                verdict=VERDICT_WORDS[Verdict(valence.value)]
            )
        return words

    def _arrange(self) -> None:
        sections = self._report.document.sections if self._report else ()
        self._rows = {}
        if self._hardest_first and self._report is not None and self._is_measured():
            self._parents = [-1] * len(sections)
            scores = self._report.section_scores
            scored = [s.index for s in sections if _is_scored(scores[s.index])]
            self._rows[-1] = sorted(scored, key=lambda number: -(_grade(scores[number]) or 0.0))
        else:
            self._parents = [-1 if s.parent is None else s.parent for s in sections]
            for section in sections:
                self._rows.setdefault(self._parents[section.index], []).append(section.index)
        self._row_of = [-1] * len(sections)
        for rows in self._rows.values():
            for row, number in enumerate(rows):
                self._row_of[number] = row


class OutlineDelegate(QStyledItemDelegate):
    """Paints a row: five bars that rise with difficulty, the heading, a shape for the gravest."""

    _SHAPE = 12

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row that a finger can hit."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + BARS.width() + self._SHAPE, max(24, size.height() + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row in the direction that the desktop reads."""
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        words, row.text = row.text, ""
        style = row.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        band, valence = index.data(BAND_ROLE), index.data(VALENCE_ROLE)
        chosen = bool(row.state & QStyle.StateFlag.State_Selected)
        inside = row.rect.adjusted(4, 0, -6, 0)
        bars = inside.adjusted(0, 0, 0, 0)
        bars.setWidth(BARS.width())
        text = inside.adjusted(BARS.width() + 8, 0, 0, 0)
        if valence is not None:
            shape = inside.adjusted(inside.width() - self._SHAPE, 0, 0, 0)
            text.setRight(shape.left() - 6)
            square = QStyle.visualRect(row.direction, inside, shape)
            paint_shape(painter, QRectF(square), valence, self._theme)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the heading's own
        full = self._theme.selection_ink if chosen else self._theme.ink
        empty = self._theme.selection_ink if chosen else self._theme.rule
        place = QStyle.visualRect(row.direction, inside, bars)
        rough = index.data(ROUGH_ROLE)
        if band is not None:
            paint_bars(painter, QRectF(place), band, full, empty, rough=rough)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = band is Band.TOO_SHORT and not chosen
        painter.setPen(self._theme.muted if quiet else row.palette.color(role))
        painter.setFont(row.font)
        place = QStyle.visualRect(row.direction, inside, text)
        fitting = row.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, QStyle.visualAlignment(row.direction, leading), fitting)
        painter.restore()


class SectionTree(QTreeView):
    """The rows of the contents, whose arrows can be seen on the chosen row too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.viewport().update()

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Paint the arrow of a row with rows below it, in the colour of the row's words.

        Qt's own style paints it as dark on the chosen row as on the others.
        """
        if not self.model().hasChildren(index):
            return
        chosen = self.selectionModel().isSelected(index)
        side = float(self.indentation())
        middle = QRectF(rect).center()
        at_left = self.isRightToLeft()
        middle.setX(rect.left() + side / 2 if at_left else rect.right() + 1 - side / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.selection_ink if chosen else self._theme.muted)
        painter.translate(middle)
        if not self.isExpanded(index):
            painter.rotate(90 if at_left else -90)
        painter.drawPolygon(QPolygonF([QPointF(-4, -2), QPointF(4, -2), QPointF(0, 2.5)]))
        painter.restore()


class Outline(QWidget):
    """The contents pane.

    Signals:
        section_chosen: a section was clicked, or Enter pressed on it; carries its index.
        reading_wanted: the words below the contents were pressed, which say how hard the section
            reads that is read now; carries its index.
        order_changed: carries whether the hardest now stand first.
    """

    section_chosen = Signal(int)
    reading_wanted = Signal(int)
    order_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: list[int] = []
        self._model = OutlineModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setRecursiveFilteringEnabled(True)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter = QLineEdit(self, clearButtonEnabled=True)
        self._filter.setPlaceholderText(self.tr("Filter the contents"))
        self._filter.setAccessibleName(self.tr("Filter the contents"))
        self._filter.setAcceptDrops(False)
        self._order = QComboBox(self)
        self._order.addItems([self.tr("In the order of the text"), self.tr("Hardest first")])
        self._order.setAccessibleName(self.tr("Order of the contents"))
        self._delegate = OutlineDelegate(theme, self)
        self._tree = SectionTree(theme, self)
        self._tree.setModel(self._shown)
        self._tree.setItemDelegate(self._delegate)
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(12)
        self._tree.setFrameShape(QFrame.Shape.NoFrame)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setAccessibleName(self.tr("Contents"))
        self._tree.viewport().setBackgroundRole(QPalette.ColorRole.Window)

        self._section = 0
        self._reading = LineButton("", theme, is_link=True, fewest=_USUAL_LINES, most=5)
        self._reading.setAccessibleDescription(self.tr("Shows the figures, and what was counted"))
        self._reading.setToolTip(tooltip(self.tr("Shows the figures, and what was counted")))
        self._reading.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 4)
        column.setSpacing(6)
        for widget in (self._filter, self._order):
            column.addWidget(widget)
        column.addWidget(self._tree, 1)
        column.addWidget(self._reading)
        self.setMinimumWidth(150)

        self._filter.textChanged.connect(self._on_filter)
        self._order.currentIndexChanged.connect(self._on_order)
        self._tree.clicked.connect(self._on_chosen)
        self._tree.activated.connect(self._on_chosen)
        self._reading.clicked.connect(self.ask_for_reading)

    @property
    def tree(self) -> SectionTree:
        """The rows, which take the keyboard when the pane is gone to."""
        return self._tree

    @property
    def section(self) -> int:
        """The index of the section that is read now."""
        return self._section

    def show_report(self, report: PolicyReport) -> None:
        """Show the sections of ``report``."""
        self._filter.clear()
        self._starts = [section.span.start for section in report.document.sections]
        self._model.show_report(report)
        self._tree.expandAll()
        self._tell_reading(0)

    def show_marks(self, passages: Collection[Passage]) -> None:
        """Show in each section the gravest of ``passages``, those that the text tints now."""
        self._model.show_marks(passages)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._delegate.set_theme(theme)
        self._tree.set_theme(theme)
        self._reading.set_theme(theme)

    def set_hardest_first(self, on: bool) -> None:
        """Order by difficulty, or by the text."""
        self._order.setCurrentIndex(1 if on else 0)

    def ask_for_reading(self) -> None:
        """Want to know how hard the section reads that is read now."""
        self.reading_wanted.emit(self._section)

    def show_place(self, place: int) -> None:
        """Mark the section in which a code point of the text lies."""
        section = bisect_right(self._starts, place) - 1
        if section < 0:
            return
        if section != self._section:
            self._tell_reading(section)
            self._column.activate()  # more lines below leave fewer rows, now and not a turn later
        index = self._shown.mapFromSource(self._model.index_of(section))
        if index.isValid() and index != self._tree.currentIndex():
            with QSignalBlocker(self._tree):
                self._tree.setCurrentIndex(index)
                self._tree.scrollTo(index)

    def _tell_reading(self, section: int) -> None:
        """Say below the contents how hard a section reads."""
        self._section = section
        self._reading.setVisible(0 <= section < len(self._starts))
        if 0 <= section < len(self._starts):
            words = self._model.reads(section)
            self._reading.set_words(self.tr("This section: {}").format(words))

    def _on_filter(self, words: str) -> None:
        self._shown.setFilterFixedString(words)
        self._tree.expandAll()

    def _on_order(self, choice: int) -> None:
        self._model.set_hardest_first(choice == 1)
        self._tree.setRootIsDecorated(choice == 0)
        self._tree.expandAll()
        if self._starts:
            self.show_place(self._starts[self._section])
        if choice == 1:
            self._tree.scrollToTop()  # where the hardest stand
        self.order_changed.emit(choice == 1)

    def _on_chosen(self, index: QModelIndex) -> None:
        self.section_chosen.emit(index.data(SECTION_ROLE))


def _is_scored(scores: Scores) -> bool:
    return scores.band in STEPS


def _grade(scores: Scores) -> float | None:
    return scores.flesch_kincaid_grade


def _gravest(passages: Collection[Passage], sections: int) -> list[Valence | None]:
    """Return for each section the gravest of ``passages`` there, None where there is none."""
    worst: list[Valence | None] = [None] * sections
    for passage in passages:
        here = worst[passage.evidence.section]
        if here is None or passage.valence.severity > here.severity:
            worst[passage.evidence.section] = passage.valence
    return worst
