"""Help in the window: a short guide from ``resources/guide``, and a sheet of the shortcuts.

The guide is plain text with a few marks of ours (``resources/guide/README.md``), set by this module
character by character: nothing in it is read as markup by Qt. The sheet is made from the actions
themselves, so that it cannot say what they do not do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
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
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import shape_pixmap
from reader.gui.dialog_buttons import without_pictures
from reader.gui.theme import Theme
from reader.model import Verdict
from reader.paths import resource

_SHAPE = re.compile(r"\{(\w+)\} ")
_RARE = re.compile(r"F(1[3-9]|[23]\d)")
_SHAPE_SIZE, _GAP = 16, 9
_HEADINGS = {"title": 1.5, "heading": 1.15}  # sizes of type, as shares of the widget's font


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the guide: ``kind`` is title, heading, item or text; a shape, or None."""

    kind: str
    words: str
    shape: Verdict | None = None


def guide_pages() -> tuple[tuple[Paragraph, ...], ...]:
    """Return the pages of the guide, each beginning with its title."""
    files = sorted(resource("guide").glob("[0-9]*.md"))
    return tuple(_paragraphs(file.read_text(encoding="utf-8")) for file in files)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _paragraph(line: str) -> Paragraph:
    for mark, kind in (("# ", "title"), ("## ", "heading"), ("- ", "item")):
        if line.startswith(mark):
            return Paragraph(kind, line.removeprefix(mark))
    shape = _SHAPE.match(line)
    if shape:
        return Paragraph("text", line[shape.end() :], Verdict(shape[1]))
    return Paragraph("text", line)


class GuideWindow(QDialog):
    """Shows the guide: its pages in a list, and beside it the one that is chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Guide"))
        self._theme = theme
        self._pages = guide_pages()
        self.contents = QListWidget(self)
        self.contents.addItems([page[0].words for page in self._pages])
        self.contents.setAccessibleName(self.tr("Pages of the guide"))
        self.contents.setFixedWidth(190)
        self.contents.setSpacing(3)
        self.contents.setWordWrap(True)
        self.page = QTextEdit(self)
        self.page.setReadOnly(True)
        self.page.setAcceptDrops(False)
        self.page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.page.document().setDocumentMargin(14)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        without_pictures(buttons)
        row = QHBoxLayout()
        row.addWidget(self.contents)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(760, 540)
        self.contents.currentRowChanged.connect(self._show_page)
        buttons.rejected.connect(self.reject)
        self.contents.setCurrentRow(0)

    def _show_page(self, number: int) -> None:
        document = self.page.document()
        document.clear()
        self.page.setAccessibleName(self._pages[number][0].words)
        cursor = QTextCursor(document)
        for place, paragraph in enumerate(self._pages[number]):
            self._add(cursor, paragraph, is_first=place == 0)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _add(self, cursor: QTextCursor, paragraph: Paragraph, *, is_first: bool) -> None:
        block, form = QTextBlockFormat(), QTextCharFormat()
        block.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        is_close = paragraph.kind == "item" or paragraph.shape is not None
        block.setBottomMargin(4 if is_close else 8)
        size = _HEADINGS.get(paragraph.kind)
        if size is not None:
            block.setTopMargin(0 if is_first else 12)
            block.setHeadingLevel(1 if paragraph.kind == "title" else 2)
            form.setFontPointSize(self.font().pointSizeF() * size)
            form.setFontWeight(QFont.Weight.Bold)
        if is_first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block, form)
        if paragraph.kind == "item":
            block.setLeftMargin(18)
            block.setTextIndent(-12)
            cursor.setBlockFormat(block)
            cursor.insertText("• ", form)
        if paragraph.shape is not None:
            block.setLeftMargin(_SHAPE_SIZE + _GAP)
            block.setTextIndent(-_SHAPE_SIZE - _GAP)
            block.setTabPositions(
                [QTextOption.Tab(_SHAPE_SIZE + _GAP, QTextOption.TabType.LeftTab)]
            )
            # A shape that is higher than a line would push all lines of its paragraph apart.
            block.setLineHeight(
                QFontMetricsF(self.font()).height() * 1.3,
                QTextBlockFormat.LineHeightTypes.FixedHeight.value,
            )
            cursor.setBlockFormat(block)
            self._add_shape(cursor, paragraph.shape)
        cursor.insertText(paragraph.words, form)

    def _add_shape(self, cursor: QTextCursor, verdict: Verdict) -> None:
        name = f"shape:{verdict.value}"
        picture = shape_pixmap(verdict, _SHAPE_SIZE, self._theme, self.devicePixelRatioF())
        self.page.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture
        )
        image = QTextImageFormat()
        image.setName(name)
        image.setWidth(_SHAPE_SIZE)
        image.setHeight(_SHAPE_SIZE)
        image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        cursor.insertImage(image)
        cursor.insertText("\t", QTextCharFormat())


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
                (self.tr("Close the tab that has the keyboard"), _keys(Qt.Key.Key_Delete)),
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
