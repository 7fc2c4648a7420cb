"""Which two policies to compare: the question, the file that is fetched for it, and the windows.

The window that has the documents knows this desk alone; the desk asks, waits for a file to be
read, finds out which of the two is older, and keeps the windows in the right colours.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui.comparison_window import ComparisonWindow
from reader.gui.document_page import DocumentPage
from reader.gui.documents import Documents
from reader.gui.file_names import distinct_names
from reader.gui.theme import Theme
from reader.model import PolicyReport
from reader.settings import Settings

_PAGE = Qt.ItemDataRole.UserRole


class ComparisonDesk(QWidget):
    """Compares documents of one window. It is a widget only to have the windows as children."""

    def __init__(
        self, documents: Documents, theme: Theme, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._documents = documents
        self._theme = theme
        self._settings = settings
        # What is in front, and the file on its way that it is to be compared with.
        self._waiting: tuple[DocumentPage, DocumentPage] | None = None
        self._offered: tuple[DocumentPage, ...] = ()  # pages that came together
        self._is_told = False  # that these can be compared
        documents.shown.connect(self._on_shown)

    def ask(self) -> None:
        """Ask with which open document, or with which file, to compare the one in front."""
        page = self._documents.page
        if page is None or page.report is None:
            return
        others = [each for each in self._documents.pages if each is not page and each.report]
        if not others:
            self.ask_for_file()
            return
        question = _Question(page, others, self.window())
        question.page_chosen.connect(self._on_page_chosen)
        question.file_wanted.connect(self.ask_for_file)
        question.open()

    def ask_for_file(self) -> None:
        """Ask for the file to compare the document in front with."""
        dialog = QFileDialog(self.window(), self.tr("Compare with this policy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.compare_with_file)
        dialog.open()

    def compare_with_file(self, path: str) -> None:
        """Compare the document in front with the file at ``path``, as soon as that is read."""
        first = self._documents.page
        self._documents.open_files([path])
        second = self._documents.page
        if first is None or second is None:
            return
        if second is first:
            if first.message is None:  # else it says why the file was not opened
                self._documents.tell(self.tr("This is the same file: nothing changed."))
            return
        self._waiting = first, second
        self._on_shown()

    def compare(self, one: PolicyReport, other: PolicyReport) -> ComparisonWindow:
        """Show what changed from the older of two reports to the newer, by their own dates."""
        return self.show_changes(*in_order(one, other))

    def show_changes(self, old: PolicyReport, new: PolicyReport) -> ComparisonWindow:
        """Show what changed from ``old`` to ``new``."""
        window = ComparisonWindow(old, new, self._theme, self._settings, self.window())
        window.show()
        return window

    def offer(self, paths: Sequence[str]) -> None:
        """Offer to compare two files that were opened together."""
        pages = tuple(page for page in self._documents.pages if page.place in paths)
        self._offered = pages if len(pages) == len(paths) == 2 else ()
        self._is_told = False
        self._on_shown()

    def compare_offered(self) -> None:
        """Compare the two that came together last, if both are still open."""
        reports = [page.report for page in self._offered if page in self._documents.pages]
        if len(reports) == 2 and reports[0] and reports[1]:
            self.compare(reports[0], reports[1])

    def set_theme(self, theme: Theme) -> None:
        """Show all comparisons in the colours of ``theme``."""
        self._theme = theme
        for window in self.window().findChildren(ComparisonWindow):
            window.set_theme(theme)

    def use_settings(self, settings: Settings) -> None:
        """Set the texts of later comparisons as the reader wants it now."""
        self._settings = settings

    def _on_page_chosen(self, page: DocumentPage) -> None:
        here = self._documents.page
        if here is not None and here.report and page.report:
            self.compare(page.report, here.report)

    def _on_shown(self) -> None:
        """Go on with what waited for a document to be read."""
        pages = self._documents.pages
        if self._waiting is not None:
            first, second = self._waiting
            if first not in pages or second not in pages:
                self._waiting = None  # closed, or refused
            elif first.report and second.report:
                self._waiting = None
                self.compare(first.report, second.report)
        if self._is_told or not self._offered:
            return
        if all(page in pages and page.report for page in self._offered):
            self._is_told = True
            self._documents.offer_comparison()


def in_order(one: PolicyReport, other: PolicyReport) -> tuple[PolicyReport, PolicyReport]:
    """Return the older report first, by the dates that the policies give; else as they came."""
    dates = one.facts.effective_date, other.facts.effective_date
    if dates[0] and dates[1] and dates[0] > dates[1]:
        return other, one
    return one, other


class _Question(QDialog):
    """Asks which document to compare with.

    Signals:
        page_chosen: one that is open; carries its page.
        file_wanted: another file is to be asked for.
    """

    page_chosen = Signal(object)
    file_wanted = Signal()

    def __init__(self, page: DocumentPage, others: Sequence[DocumentPage], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare"))
        words = QLabel(self.tr("Compare “{title}” with:").format(title=page.title))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Open policies"))
        names = distinct_names([(each.name, each.path) for each in others])
        for each, name in zip(others, names, strict=True):
            told = name if name == each.title else f"{each.title} ({name})"
            item = QListWidgetItem(told, self._list)
            item.setData(_PAGE, each)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(self)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        compare = QPushButton(self.tr("&Compare"))
        compare.setDefault(True)
        buttons.addButton(compare, QDialogButtonBox.ButtonRole.AcceptRole)
        file = QPushButton(self.tr("Choose a &file …"))
        buttons.addButton(file, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        file.clicked.connect(self._on_file)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addWidget(buttons)
        self.resize(460, 260)

    def accept(self) -> None:
        """Tell which one was chosen."""
        item = self._list.currentItem()
        if item is not None:
            self.page_chosen.emit(item.data(_PAGE))
        super().accept()

    def _on_file(self) -> None:
        self.file_wanted.emit()
        self.reject()
