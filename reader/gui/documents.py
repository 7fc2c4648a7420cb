"""The open documents of a window: their tabs, the page in front, and what there is to tell.

Each document is a ``DocumentPage``. Here they are opened, found again, closed and kept small, and
what the window has for all of them (theme, settings, library, sizes) is given to each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.gui.analysis_runner import Workers
from reader.gui.document_page import DocumentPage
from reader.gui.document_tabs import DocumentTabs
from reader.gui.file_names import name_of_files, short_name
from reader.gui.garbage import Garbage
from reader.gui.message_bar import Message, MessageBar
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.theme import Theme
from reader.library import Library
from reader.model import PolicyReport, Verdict
from reader.protocol import InputFile
from reader.settings import Settings

MOST_PAGES = 40
"""So many documents may be open: each report takes about a megabyte, some a hundred."""
_MOST_AWAKE = 6  # pages that keep their widgets, at some 8 MB each
_MOST_NAMED = 6  # files in one message


class Documents(QWidget):
    """Shows one document at a time, and the start page while there is none.

    Signals:
        front_changed: another page is in front, or it has come to something else.
        shown: a report is shown, in front or behind.
        pane_made: there is a new reading pane, which nobody hears yet; carries it.
        joined: the files of several pages are read as one policy now; carries the page that has it.
        reload_wanted: the button of the message that offers it was pressed.
        comparison_wanted: the button of the message that offers one was pressed.
        joining_wanted: that of the message which offers to read several files as one policy.
        earlier_read: as of a page.
    """

    front_changed = Signal()
    shown = Signal()
    pane_made = Signal(object)
    reload_wanted = Signal()
    comparison_wanted = Signal()
    joining_wanted = Signal()
    joined = Signal(object)
    earlier_read = Signal(object, object)

    def __init__(
        self, workers: Workers, library: Library, theme: Theme, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workers = workers
        self._library = library
        self._theme = theme
        self._settings = settings
        self._page: DocumentPage | None = None  # the one in front
        self._awake: list[DocumentPage] = []  # pages that have their widgets, the latest last
        self._refused: list[tuple[str, str, str]] = []  # of what was opened last
        self._start_message: Message | None = None  # told while no page is open
        self._together_offer: Message | None = None  # for files that came together
        self._shows_contents = self._shows_side = True
        self.sizes: QByteArray | None = None
        """The widths of the panes where the reader has set them."""

        self.tabs = DocumentTabs(theme, self)
        self.message_bar = MessageBar(theme, self)
        self.start_page = StartPage(theme, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.message_bar)
        column.addWidget(self._stack, 1)
        self.tabs.page_chosen.connect(self._on_page_chosen)
        self.tabs.close_wanted.connect(self.close_page)
        self._garbage = Garbage(self)
        self.message_bar.accepted.connect(self._on_accepted)
        self.message_bar.other_accepted.connect(self._on_other_accepted)
        self.message_bar.dismissed.connect(self._on_message_dismissed)
        self.message_bar.keyboard_left.connect(self._focus_text)

    def _connect_page(self, page: DocumentPage) -> None:
        page.state_changed.connect(self._on_page_state)
        page.message_changed.connect(self._show_message)
        page.shown.connect(self._on_page_shown)
        page.pane_made.connect(self.pane_made)
        page.dismissed_changed.connect(self.front_changed)
        page.annotations_changed.connect(self.front_changed)
        page.failed.connect(self._on_page_failed)
        page.given_up.connect(self._on_page_given_up)
        page.joined.connect(self._on_page_joined)
        page.earlier_read.connect(self.earlier_read)

    @property
    def pages(self) -> tuple[DocumentPage, ...]:
        """The pages of all open documents, in the order of their tabs."""
        return self.tabs.pages

    @property
    def page(self) -> DocumentPage | None:
        """The page in front, None without any."""
        return self._page

    @property
    def pane(self) -> ReadingPane | None:
        """The reading pane in front, None without a report there."""
        return self._page.pane if self._page is not None else None

    # Opening and closing

    def open_files(self, paths: Sequence[str]) -> None:
        """Open each of ``paths`` in a tab, the first in front; what is open is not read again."""
        self.begin_to_open()
        before = self._page
        opened = [self._open_policy([path]) for path in dict.fromkeys(paths)]
        for page in opened:
            if page in self.pages:  # one that was refused is gone again
                self.tabs.choose(page)
                break
        if self._refused and self._page is not before:
            if before and before.message and before.message.verdict is Verdict.CAUTION:
                before.set_message(None)
            self._tell_refused()  # where one looks now

    def open_as_one(self, paths: Sequence[str]) -> None:
        """Open the files at ``paths`` as one policy, in their order, in a tab in front."""
        self.begin_to_open()
        page = self._open_policy(paths)
        if page in self.pages:
            self.tabs.choose(page)

    def _open_policy(self, paths: Sequence[str]) -> DocumentPage | None:
        """Return the page of the policy at ``paths``, None where there are enough pages."""
        real = [os.path.realpath(path) for path in paths]
        for page in self.pages:
            if [os.path.realpath(path) for path in page.paths] == real:
                return page
        absolute = [str(Path(path).absolute()) for path in paths]
        new = self._new_page(name_of_files(paths), absolute)
        if new is not None:
            new.open_file()
        return new

    def open_separately(self, page: DocumentPage) -> None:
        """Open the files of one policy one by one, each in a tab, in place of ``page``."""
        self.close_page(page)
        self.open_files(page.paths)

    def open_input(self, source: InputFile) -> None:
        """Open what is no file of the reader's in a tab, or show it where it is open."""
        self.begin_to_open()
        for page in self.pages:
            if not page.path and page.sha256 == source.sha256:
                self.tabs.choose(page)
                return
        new = self._new_page(short_name(source.name), ())
        if new is not None:
            new.open_input(source)
            self.tabs.choose(new)

    def show_report(self, report: PolicyReport) -> None:
        """Show a report in place of what is in front, as it was left where it was read before."""
        page = self._page or self._new_page(short_name(report.document.source.name), ())
        if page is not None:
            page.show_report(report)

    def _new_page(self, name: str, paths: Sequence[str]) -> DocumentPage | None:
        """Return a page behind the others; None, and say so, where there are enough."""
        if len(self.pages) >= MOST_PAGES:
            self.refuse(
                name,
                self.tr("{count} policies are open.").format(count=MOST_PAGES),
                self.tr("Close some of them first (Ctrl+W)."),
            )
            return None
        page = DocumentPage(name, paths, self._workers, self._library, self._theme, self._settings)
        self._connect_page(page)
        self._stack.addWidget(page)
        self.tabs.add(page)
        return page

    def close_page(self, page: DocumentPage) -> None:
        """Close a document; the one that was in front before comes back."""
        page.close_document()
        page.blockSignals(True)  # it has nothing more to say
        if page in self._awake:
            self._awake.remove(page)
        self.tabs.remove(page)
        self._stack.removeWidget(page)
        page.hide()  # a deferred delete alone would still be painted once
        page.destroyed.connect(self._garbage.look_through_soon)
        page.deleteLater()
        self.front_changed.emit()

    def close_all(self) -> None:
        """End what is being read and remember every place; the window closes."""
        self._keep_sizes()
        for page in self.pages:
            page.close_document()

    # The page in front

    def _on_page_chosen(self, page: DocumentPage | None) -> None:
        """Show the page that came to the front, as the window is set up now."""
        if page is self._page:
            return
        self._keep_sizes()
        self._page = page
        if page is None:
            self._stack.setCurrentWidget(self.start_page)
            self.start_page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.wake()
            self._stack.setCurrentWidget(page)
            self._set_up_pane()
            self._let_others_sleep(page)
            self._hand_message_on(page)
            if not self.tabs.hasFocus():  # the arrows go from tab to tab
                self._focus_text()
        self._show_message()
        self.front_changed.emit()

    def _set_up_pane(self) -> None:
        """Give the pane in front the sizes and the parts that the window has."""
        if self._page is not None and (pane := self.pane) is not None:
            pane.outline.setVisible(self._shows_contents)
            pane.side.setVisible(self._shows_side)
            self._page.restore_sizes(self.sizes)

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is in a part of the pane in front."""
        pane, focused = self.pane, self.window().focusWidget()
        return pane is not None and focused is not None and pane.isAncestorOf(focused)

    def _focus_text(self) -> None:
        if (pane := self.pane) is not None:
            pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_sizes(self) -> None:
        if (pane := self.pane) is not None and (sizes := pane.sizes_by_hand()) is not None:
            self.sizes = sizes

    def _let_others_sleep(self, page: DocumentPage) -> None:
        """Bound what pages take: those longest out of sight lose their widgets."""
        self._awake = [each for each in self._awake if each is not page] + [page]
        while len(self._awake) > _MOST_AWAKE:
            self._awake.pop(0).sleep()

    def _on_page_state(self) -> None:
        if self.sender() is self._page:
            self.front_changed.emit()

    def _on_page_shown(self) -> None:
        if self.sender() is self._page:
            self._set_up_pane()
            if not self._has_keyboard():  # who reads a file again stays at what they are doing
                self._focus_text()
            self.front_changed.emit()
        self.shown.emit()
        self._garbage.set_aside()

    def _on_page_failed(self, error: ReaderError) -> None:
        page = self.sender()
        if isinstance(page, DocumentPage):
            self.close_page(page)
            name = short_name(error.part) if error.part else page.name
            self.refuse(name, error.message, error.hint)

    def _on_page_joined(self) -> None:
        self.joined.emit(self.sender())

    def _on_page_given_up(self) -> None:
        page = self.sender()
        if isinstance(page, DocumentPage):
            self.close_page(page)

    # What all have

    def show_contents(self, on: bool) -> None:
        """Show the contents beside every text, or hide them."""
        self._shows_contents = on
        if (pane := self.pane) is not None:
            pane.show_contents(on)

    def show_side(self, on: bool) -> None:
        """Show the card and the details beside every text, or hide them."""
        self._shows_side = on
        if (pane := self.pane) is not None:
            pane.show_side(on)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        self._theme = theme
        for part in (self.tabs, self.message_bar, self.start_page):
            part.set_theme(theme)
        for page in self.pages:
            page.set_theme(theme)

    def use_settings(self, settings: Settings) -> None:
        """Show everything as the reader wants it now."""
        self._settings = settings
        for page in self.pages:
            page.use_settings(settings)

    def use_library(self, library: Library) -> None:
        """Remember in ``library`` from now on, and all that is open."""
        self._library = library
        for page in sorted(self.pages, key=self._is_in_front):  # the last is the most recent
            page.use_library(library)

    def _is_in_front(self, page: DocumentPage) -> bool:
        return page is self._page

    def forget(self) -> None:
        """Take back all that was dismissed or noted on any page, and the sizes of the panes."""
        self.sizes = None
        for page in self.pages:
            page.restore_all()

    # Messages: each page has its own, and without a page there is the start's

    def tell(self, words: str, hint: str = "") -> None:
        """Say something that is good to know."""
        self._set_message(Message.news(words, hint))

    def tell_of_saved(self, words: str, path: str) -> None:
        """Say that a file was saved, with the ways to it."""
        self._set_message(Message.of_saved(words, path))

    def offer_comparison(self) -> None:
        """Offer what can be done with two files that came together; what else there is wins."""
        self._offer_together(
            Message.offer(
                self.tr("Two policies were opened together."),
                self.tr("Compare"),
                self.tr(
                    "Comparing shows them side by side, with what changed between them. If both "
                    "are parts of one policy, they can be read as one."
                ),
                self.tr("Read as one policy"),
            )
        )

    def offer_joining(self, count: int) -> None:
        """Offer to read ``count`` files that came together as one; what else there is wins."""
        self._offer_together(
            Message.offer(
                self.tr("{count} files were opened together.").format(count=count),
                "",
                self.tr(
                    "Are they parts of one policy, such as a main text, a cookie notice and a "
                    "regional addendum? If so, they can be read as one, with one summary."
                ),
                self.tr("Read as one policy"),
            )
        )

    def _offer_together(self, offer: Message) -> None:
        if self._page is not None and self._page.message is None:
            self._together_offer = offer
            self._set_message(offer)

    def warn(self, words: str, hint: str) -> None:
        """Say that something could not be done, and what to do instead."""
        self._set_message(Message.refusal(words, hint))

    def begin_to_open(self) -> None:
        """Take away what was refused before."""
        self._refused.clear()
        for message in (self._start_message, self._page.message if self._page else None):
            if message is not None and message.verdict is Verdict.CAUTION:
                self._set_message(None)

    def refuse(self, name: str, reason: str, hint: str) -> None:
        """Say that a file was not opened, together with the others of the same opening."""
        self._refused.append((name, reason, hint))
        self._tell_refused()

    def _tell_refused(self) -> None:
        if len(self._refused) == 1:
            ((name, reason, hint),) = self._refused
            words = self.tr("“{name}” was not opened. {reason}").format(name=name, reason=reason)
            self.warn(words, hint)
            return
        lines = [
            self.tr("“{name}”: {reason} {hint}").format(name=name, reason=reason, hint=hint)
            for name, reason, hint in self._refused[:_MOST_NAMED]
        ]
        if len(self._refused) > _MOST_NAMED:
            more = len(self._refused) - _MOST_NAMED
            lines.append(self.tr("And {count} more.").format(count=more))
        words = self.tr("{count} files were not opened.").format(count=len(self._refused))
        self.warn(words, "\n".join(lines))

    def _set_message(self, message: Message | None) -> None:
        """Tell something about what is in front, in place of what was told before."""
        if self._page is None:
            self._start_message = message
            self._show_message()
        else:
            self._page.set_message(message)

    def _hand_message_on(self, page: DocumentPage) -> None:
        """Let ``page`` tell what was told without a page, if it is still of interest."""
        message, self._start_message = self._start_message, None
        if message is not None and message.verdict is not Verdict.CAUTION and page.message is None:
            page.set_message(message)

    def _show_message(self) -> None:
        page = self._page
        self.message_bar.show_message(page.message if page is not None else self._start_message)

    def _on_accepted(self) -> None:
        if self.message_bar.message is self._together_offer:
            self._set_message(None)
            self.comparison_wanted.emit()
        elif self._page is not None and self._page.offers_changes:
            self._page.find_changes()
        elif self._page is not None and self._page.offers_separation:
            self.open_separately(self._page)
        else:
            self.reload_wanted.emit()

    def _on_other_accepted(self) -> None:
        if self.message_bar.message is self._together_offer:
            self._set_message(None)
            self.joining_wanted.emit()

    def _on_message_dismissed(self) -> None:
        self._refused.clear()
        self._set_message(None)
