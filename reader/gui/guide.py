"""Help in the window: the guide with its pages, and a sheet of the shortcuts.

The sheet is made from the actions themselves, so that it cannot say what they do not do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui.dialog_buttons import without_pictures
from reader.gui.guide_page import GuidePage, guide_pages
from reader.gui.theme import Theme

_RARE = re.compile(r"F(1[3-9]|[23]\d)")


class GuideWindow(QDialog):
    """Shows the guide: its pages in a list, and beside it the one that is chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Guide"))
        self._pages = guide_pages()
        self.contents = QListWidget(self)
        self.contents.addItems([page[0].words for page in self._pages])
        self.contents.setAccessibleName(self.tr("Pages of the guide"))
        self.contents.setFixedWidth(190)
        self.contents.setSpacing(3)
        self.contents.setWordWrap(True)
        self.page = GuidePage(theme, self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        without_pictures(buttons)
        row = QHBoxLayout()
        row.addWidget(self.contents)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(900, 640)
        self.contents.currentRowChanged.connect(self._show_page)
        buttons.rejected.connect(self.reject)
        self.contents.setCurrentRow(0)

    def _show_page(self, number: int) -> None:
        self.page.show_page(self._pages[number])


class ShortcutSheet(QDialog):
    """Lists what can be done by key, menu by menu."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.sheet = QTreeWidget(self)
        self.sheet.setColumnCount(2)
        self.sheet.setHeaderLabels([self.tr("What"), self.tr("Keys")])
        self.sheet.setRootIsDecorated(False)
        self.sheet.setItemsExpandable(False)
        self.sheet.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.sheet.setAccessibleName(self.tr("Keyboard shortcuts"))
        for title, actions in _menus(bar):
            self._add(title, [(words_of(each), keys_of(each)) for each in actions])
        self._add(
            self.tr("In the text"),
            [
                (self.tr("Details of the passage at the caret"), _keys(Qt.Key.Key_Return)),
                (self.tr("Larger or smaller text"), self.tr("Ctrl and the wheel")),
            ],
        )
        self._add(
            self.tr("On the tabs"),
            [
                (self.tr("Close a tab"), self.tr("Middle click")),
                (self.tr("Close the tab that has the focus"), _keys(Qt.Key.Key_Delete)),
                (self.tr("Move a tab"), self.tr("Drag it")),
            ],
        )
        self.sheet.expandAll()
        header = self.sheet.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        first = self.sheet.topLevelItem(0)
        if first is not None:  # where the arrows start; nothing is chosen
            self.sheet.setCurrentItem(first, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        without_pictures(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.sheet, 1)
        column.addWidget(buttons)
        self.resize(QSize(460, 560))
        buttons.rejected.connect(self.reject)

    def _add(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        group = QTreeWidgetItem([title])
        bold = QFont(self.font())
        bold.setBold(True)
        group.setFont(0, bold)
        self.sheet.addTopLevelItem(group)
        for what, keys in rows:
            row = QTreeWidgetItem([what, keys])
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{what}: {keys}")
            group.addChild(row)


def words_of(action: QAction | QMenu) -> str:
    """Return what an action or menu is called, without the marks of its mnemonic and dialog."""
    words = action.title() if isinstance(action, QMenu) else action.text()
    plain = re.sub(r"&(.)", r"\1", words)
    return plain.removesuffix("…").strip()


def keys_of(action: QAction) -> str:
    """Return the keys of an action as the desktop writes them, '' for none."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts() if _is_on_keyboards(keys))


def _is_on_keyboards(keys: QKeySequence) -> bool:
    """Return whether usual keyboards have these keys: few have one with the word "Open" on it."""
    written = keys.toString()
    return "+" in written or (len(written) <= len("Esc") and not _RARE.fullmatch(written))


def _keys(key: Qt.Key) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _menus(bar: QMenuBar) -> list[tuple[str, list[QAction]]]:
    """Return each menu with those of its actions that have keys."""
    found = []
    for head in bar.actions():
        menu = head.menu()
        if isinstance(menu, QMenu):
            with_keys = [each for each in menu.actions() if each.shortcuts()]
            if with_keys:
                found.append((words_of(menu), with_keys))
    return found
