"""How a row of the list of changes is set: its words on as many lines as they take.

Qt's own rows are measured in one way and painted in another: in a narrow list they lost their last
line, and left its room free.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.gui.typography import break_lines, mirrored, paint_line

_PAD_X, _PAD_Y, _GAP = 4.0, 2.0, 6.0
_MOST_LINES = 60


class ChangeRowDelegate(QStyledItemDelegate):
    """Paints the rows of ``rows``: a shape, where there is one, and lines as wide as the list."""

    def __init__(self, rows: QListView) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room of all lines at the width that the list has now."""
        row = self._option(option, index)
        height = len(self._lines(row)) * QFontMetricsF(row.font).height() + 2 * _PAD_Y
        return QSize(self._rows.viewport().width() - 2 * self._rows.spacing(), round(height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row in the direction that the desktop reads; the words keep their own."""
        row = self._option(option, index)
        lines, icon = self._lines(row), QIcon(row.icon)
        row.text, row.icon = "", QIcon()
        style = self._rows.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, self._rows)
        view = self._rows.viewport()
        painter.save()
        chosen = bool(row.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.setPen(row.palette.color(QPalette.ColorGroup.Active, role))
        painter.setFont(row.font)
        if not icon.isNull():
            side = float(row.decorationSize.height())
            middle = row.rect.top() + (row.rect.height() - side) / 2
            square = mirrored(view, QRectF(_PAD_X, middle, side, side)).toRect()
            mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
            icon.paint(painter, square, Qt.AlignmentFlag.AlignCenter, mode)
        left = self._left(row, has_icon=not icon.isNull())
        height = QFontMetricsF(row.font).height()
        top = row.rect.top() + _PAD_Y
        for line in lines:
            paint_line(painter, view, QRectF(left, top, view.width() - left, height), line)
            top += height
        painter.restore()

    def _option(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QStyleOptionViewItem:
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        # Qt keeps the ends of lines that it is to show as U+2028.
        row.text = row.text.replace("\N{LINE SEPARATOR}", "\n")
        return row

    def _left(self, row: QStyleOptionViewItem, *, has_icon: bool) -> float:
        return _PAD_X + (row.decorationSize.width() + _GAP if has_icon else 0.0)

    def _lines(self, row: QStyleOptionViewItem) -> list[str]:
        left = self._left(row, has_icon=not row.icon.isNull())
        room = self._rows.viewport().width() - 2 * self._rows.spacing() - left - _PAD_X
        font = QFont(row.font)
        return [
            line
            for paragraph in row.text.split("\n")
            for line in break_lines(paragraph, font, room, _MOST_LINES)
        ]
