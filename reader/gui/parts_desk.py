"""Which files are parts of one policy: those that came together, or that the reader adds.

They are open in tabs first, so that each shows at once and none is lost where another cannot be
read. Then the first tab takes the others' files over, and these are closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.gui.document_page import DocumentPage, PageState
from reader.gui.documents import Documents
from reader.parts import MOST_PARTS


class PartsDesk(QWidget):
    """Reads documents of one window as one policy. It is a widget only to have dialogs above it.

    Signals:
        files_wanted: the reader chose the files of one policy; carries their paths. They are to be
            opened, and then given to ``join_files``.
    """

    files_wanted = Signal(object)

    def __init__(self, documents: Documents, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._documents = documents
        self._offered: tuple[DocumentPage, ...] = ()  # pages that came together
        self._is_agreed = False  # the reader has said that these are one policy
        self._is_told = False  # that they can be read as one
        self._joining: tuple[DocumentPage, tuple[DocumentPage, ...]] | None = None
        documents.shown.connect(self._on_shown)
        documents.front_changed.connect(self._on_shown)
        documents.joining_wanted.connect(self.join_offered)
        documents.joined.connect(self._on_joined)

    def ask_for_files(self) -> None:
        """Ask for the files of one policy."""
        dialog = self._dialog(self.tr("Open the parts of one policy"))
        dialog.filesSelected.connect(self._on_chosen)  # Qt joins no two signals of other types
        dialog.open()

    def _on_chosen(self, paths: Sequence[str]) -> None:
        self.files_wanted.emit(paths)

    def ask_for_more(self) -> None:
        """Ask which files to add to the policy in front."""
        dialog = self._dialog(self.tr("Add files to this policy"))
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, paths: Sequence[str]) -> None:
        """Read the files at ``paths`` as parts of the policy in front, whose main text it has."""
        page = self._documents.page
        if page is None:
            return
        absolute = [str(Path(path).absolute()) for path in paths]
        others = tuple(
            each for each in self._documents.pages if each is not page and each.place in absolute
        )
        self._joining = page, others
        page.add_files(absolute, others)

    def offer(self, paths: Sequence[str]) -> None:
        """Offer to read files that were opened together as one policy."""
        self._take(paths, is_agreed=False)

    def join_files(self, paths: Sequence[str]) -> None:
        """Read files that were opened together as one policy, as soon as all of them are read."""
        self._take(paths, is_agreed=True)

    def _take(self, paths: Sequence[str], *, is_agreed: bool) -> None:
        pages = tuple(page for page in self._documents.pages if page.place in paths)
        is_group = len(pages) == len(set(paths)) and 1 < len(pages) <= MOST_PARTS
        self._offered = pages if is_group else ()
        self._is_agreed, self._is_told = is_agreed, False
        for page in self._offered:  # one that is locked is read no further by itself
            page.state_changed.connect(self._on_shown, Qt.ConnectionType.UniqueConnection)
        self._on_shown()

    def join_offered(self) -> None:
        """Read those that came together last as one, if all are still open."""
        pages, self._offered = self._offered, ()
        if _are_read(pages) and all(page in self._documents.pages for page in pages):
            self._join(pages)

    def _join(self, pages: Sequence[DocumentPage]) -> None:
        """Read the files of ``pages`` as one policy; the longest is taken for its main text.

        The others follow by their names: dropped in another order, it is still the same policy.
        """
        main = max(pages, key=_words)
        others = tuple(sorted((page for page in pages if page is not main), key=_name))
        self._joining = main, others
        self._documents.tabs.choose(main)
        main.add_files([path for page in others for path in page.paths], others)

    def _on_shown(self) -> None:
        """Go on with what waited for files to be read."""
        pages = self._offered
        if any(page not in self._documents.pages for page in pages):
            self._offered = ()  # closed, or refused
        elif _are_read(pages):
            if self._is_agreed:
                self.join_offered()
            elif len(pages) > 2 and not self._is_told:  # two are offered to be compared, too
                self._is_told = True
                self._documents.offer_joining(len(pages))

    def _on_joined(self, page: DocumentPage) -> None:
        """Close the tabs of the files that ``page`` has now."""
        if self._joining is None or self._joining[0] is not page:
            return
        (_, others), self._joining = self._joining, None
        for other in others:
            if other in self._documents.pages:
                self._documents.close_page(other)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return dialog


def _are_read(pages: Sequence[DocumentPage]) -> bool:
    """Return whether all are read as far as they can be: a locked one asks when all are read."""
    return any(page.report for page in pages) and all(
        page.report or page.state is PageState.LOCKED for page in pages
    )


def _name(page: DocumentPage) -> tuple[str, str]:
    return page.name.casefold(), page.path


def _words(page: DocumentPage) -> int:
    return page.report.document.words if page.report is not None else 0
