"""The window: opening documents in tabs, what it tells the reader, and what each action does.

Files come by menu, command line, drop, paste and from a later start of the program; each gets a
page of its own. A file that cannot be read loses its page again: it is refused in the message bar,
and whatever is open stays as it is.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.export.saving import save
from reader.gui.about import AboutWindow
from reader.gui.actions import Actions
from reader.gui.analysis_runner import Workers
from reader.gui.document_page import DocumentPage
from reader.gui.document_tabs import DocumentTabs
from reader.gui.drop_veil import DropVeil
from reader.gui.file_drop import (
    Dropped,
    DroppedFiles,
    DroppedLink,
    DroppedText,
    Refused,
    is_welcome,
    parse_mime,
)
from reader.gui.file_names import short_name, short_words
from reader.gui.finding_dialog import FindingDialog
from reader.gui.forgetting import ForgetQuestion
from reader.gui.guide import GuideWindow, ShortcutSheet
from reader.gui.message_bar import Message, MessageBar
from reader.gui.open_link import LinkQuestion, can_be_opened
from reader.gui.preferences import PreferencesWindow
from reader.gui.printing import preview_summary, print_summary, write_summary_pdf
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.theme import Theme, apply_theme, load_theme, theme_name
from reader.library import Library
from reader.model import Disclosure, PolicyReport, Verdict
from reader.paths import resource, state_dir
from reader.protocol import InputFile, read_input, read_stream
from reader.settings import LARGEST_ZOOM, SMALLEST_ZOOM, Settings, write_settings

OPENING_SIZE = (1360, 860)
SMALLEST_SIZE = (640, 420)
_SAMPLE = "lantern-and-loom.md"
_ZOOM_STEP = 1.1
MOST_PAGES = 40
"""So many documents may be open: each report takes about a megabyte, some a hundred."""
_MOST_AWAKE = 6  # pages that keep their widgets, at some 8 MB each
_MOST_NAMED = 6  # files in one message


class MainWindow(QMainWindow):
    """Shows one policy at a time, of those that are open."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = load_theme(theme_name(settings.theme))
        self._workers = Workers(self)
        self._workers.prepare()  # the worker makes ready while the window is made
        self._library = Library(keep=settings.keep_history)
        self._finding_report = ""
        self._page: DocumentPage | None = None  # the one in front
        self._awake: list[DocumentPage] = []  # pages that have their widgets, the latest last
        self._refused: list[tuple[str, str, str]] = []  # of what was opened last
        self._start_message: Message | None = None  # told while no page is open
        self._sizes: QByteArray | None = None  # of the panes, where the reader has set them
        self._deeds: dict[QAction, Callable[[ReadingPane], object]] = {}
        self._geometry = QSettings(str(state_dir() / "window.ini"), QSettings.Format.IniFormat)

        self._message_bar = MessageBar(self._theme, self)
        self._tabs = DocumentTabs(self._theme, self)
        self._start_page = StartPage(self._theme, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._start_page)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._message_bar)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(body)
        self._veil = DropVeil(self._theme, self)

        self.setWindowTitle(self.tr("Policy Reader"))
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*OPENING_SIZE)
        self.setAcceptDrops(True)
        self._actions = Actions(self, settings)
        self._actions.fill_menus(self.menuBar())
        self.addToolBar(self._actions.make_tool_bar())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._connect()
        self._connect_actions()
        self._restore_geometry()
        self._use_theme()
        self._update_actions()
        self._show_recent()
        self._tell_of_trouble()

    def _connect(self) -> None:
        self._tabs.page_chosen.connect(self._on_page_chosen)
        self._tabs.close_wanted.connect(self._close_page)
        self._message_bar.accepted.connect(self.reload)
        self._message_bar.dismissed.connect(self._on_message_dismissed)
        self._start_page.open_wanted.connect(self.ask_for_file)
        self._start_page.paste_wanted.connect(self.paste)
        self._start_page.recent_wanted.connect(self._open_recent)
        self._start_page.sample_wanted.connect(self.open_sample)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme)

    def _connect_page(self, page: DocumentPage) -> None:
        page.state_changed.connect(self._on_page_state)
        page.message_changed.connect(self._show_message)
        page.shown.connect(self._on_page_shown)
        page.pane_made.connect(self._connect_pane)
        page.dismissed_changed.connect(self._update_actions)
        page.failed.connect(self._on_page_failed)
        page.given_up.connect(self._on_page_given_up)

    def _connect_pane(self, pane: ReadingPane) -> None:
        pane.link_chosen.connect(self._on_link)
        pane.zoom_wanted.connect(self._on_zoom_step)
        pane.order_changed.connect(self._on_order)
        pane.history_changed.connect(self._update_actions)
        pane.copied.connect(self._on_copied)
        pane.report_wanted.connect(self._on_report_wanted)

    def _connect_actions(self) -> None:
        actions = self._actions
        for action, slot in (
            (actions.open, self.ask_for_file),
            (actions.paste, self.paste),
            (actions.sample, self.open_sample),
            (actions.reload, self.reload),
            (actions.forget, self.ask_to_forget),
            (actions.close, self.close_document),
            (actions.next_tab, self._on_next_tab),
            (actions.previous_tab, self._on_previous_tab),
            (actions.tab_forward, self._on_tab_forward),
            (actions.tab_back, self._on_tab_back),
            (actions.preferences, self._on_preferences),
            (actions.keep_history, self._on_keep_history),
            (actions.preview, self._on_preview),
            (actions.print, self._on_print),
            (actions.pdf, self._on_pdf),
            (actions.quit, self.close),
            (actions.everything, self._on_everything),
            (actions.contents, self._on_contents),
            (actions.card, self._on_card),
            (actions.larger, self._on_larger),
            (actions.smaller, self._on_smaller),
            (actions.first_size, self._on_first_size),
            (actions.full_screen, self._on_full_screen),
            (actions.guide, self._on_guide),
            (actions.shortcuts, self._on_shortcuts),
            (actions.about, self._on_about),
        ):
            action.triggered.connect(slot)
        actions.themes.triggered.connect(self._on_theme)
        actions.recent.triggered.connect(self._on_recent)
        for action, deed in _pane_deeds(actions).items():
            self._deeds[action] = deed
            action.triggered.connect(self._on_pane_action)

    # Opening

    @property
    def report(self) -> PolicyReport | None:
        """The report that is in front."""
        return self._page.report if self._page is not None else None

    @property
    def pages(self) -> tuple[DocumentPage, ...]:
        """The pages of all open documents, in the order of their tabs."""
        return self._tabs.pages

    @property
    def page(self) -> DocumentPage | None:
        """The page in front, None without any."""
        return self._page

    @property
    def _pane(self) -> ReadingPane | None:
        return self._page.pane if self._page is not None else None

    def open_files(self, paths: Sequence[str]) -> None:
        """Open each of ``paths`` in a tab, the first in front; what is open is not read again."""
        self._begin_to_open()
        opened = [page for page in map(self._open_file, dict.fromkeys(paths)) if page is not None]
        for page in opened:
            if page in self.pages:  # one that was refused is gone again
                self._tabs.choose(page)
                return

    def _open_file(self, path: str) -> DocumentPage | None:
        """Return the page of the file at ``path``, None where it could not be opened."""
        real = os.path.realpath(path)
        for page in self.pages:
            if page.path and os.path.realpath(page.path) == real:
                return page
        new = self._new_page(short_name(path), str(Path(path).absolute()))
        if new is not None:
            new.open_file()
        return new

    def open_text(self, text: str) -> None:
        """Open pasted or dragged text."""
        self._begin_to_open()
        name = self.tr("Pasted text")
        try:
            self._open_input(_pasted(text.encode("utf-8", "replace"), name))
        except ReaderError as error:
            self._refuse(name, error.message, error.hint)

    def open_sample(self) -> None:
        """Open the policy that comes with the program."""
        self._begin_to_open()
        self._open_input(read_input(resource(f"samples/{_SAMPLE}"), _SAMPLE))

    def _open_input(self, source: InputFile) -> None:
        page: DocumentPage | None = None
        for each in self.pages:
            if not each.path and each.sha256 == source.sha256:
                page = each
        if page is None:
            page = self._new_page(short_name(source.name), "")
            if page is None:
                return
            page.open_input(source)
        self._tabs.choose(page)

    def _new_page(self, name: str, path: str) -> DocumentPage | None:
        """Return a page behind the others; None, and say so, where there are enough."""
        if len(self.pages) >= MOST_PAGES:
            self._refuse(
                name,
                self.tr("{count} policies are open.").format(count=MOST_PAGES),
                self.tr("Close some of them first (Ctrl+W)."),
            )
            return None
        page = DocumentPage(name, path, self._workers, self._library, self._theme, self._settings)
        self._connect_page(page)
        self._pages.addWidget(page)
        self._tabs.add(page)
        return page

    def take_files(self, paths: Sequence[str]) -> None:
        """Come to the front, and open what a later start of the program was given."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if paths:
            self.open_files(paths)

    def ask_for_file(self) -> None:
        """Ask which file to open."""
        dialog = QFileDialog(self, self.tr("Open a privacy policy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr(
                    "Documents, web pages, messages and text "
                    "(*.pdf *.docx *.docm *.odt *.fodt *.rtf *.epub *.html *.htm *.xhtml *.mht "
                    "*.mhtml *.eml *.txt *.text *.md *.markdown)"
                ),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self.open_files)
        dialog.open()

    def paste(self) -> None:
        """Open what the clipboard holds."""
        self._take(parse_mime(QGuiApplication.clipboard().mimeData()))

    def _take(self, dropped: Dropped) -> None:
        match dropped:
            case DroppedFiles(paths):
                self.open_files(paths)
            case DroppedText(text):
                self.open_text(text)
            case DroppedLink(address):
                self._warn(
                    self.tr(
                        "“{address}” is on the web, and this program never goes online."
                    ).format(address=short_words(address)),
                    self.tr(
                        "1. Open the page in your web browser.\n"
                        "2. Save it (Ctrl+S), or select all of it (Ctrl+A) and copy it (Ctrl+C).\n"
                        "3. Drop the saved file on this window, or paste what you copied (Ctrl+V)."
                    ),
                )
            case Refused(message, hint):
                self._warn(message, hint)

    def _begin_to_open(self) -> None:
        """Take away what was refused before."""
        self._refused.clear()
        for message in (self._start_message, self._page.message if self._page else None):
            if message is not None and message.verdict is Verdict.CAUTION:
                self._set_message(None)

    def show_report(self, report: PolicyReport) -> None:
        """Show a report in place of what is in front, as it was left where it was read before."""
        page = self._page or self._new_page(short_name(report.document.source.name), "")
        if page is not None:
            page.show_report(report)

    # Documents

    def close_document(self) -> None:
        """Close the document in front."""
        if self._page is not None:
            self._close_page(self._page)

    def _close_page(self, page: DocumentPage) -> None:
        page.close_document()
        page.blockSignals(True)  # it has nothing more to say
        if page in self._awake:
            self._awake.remove(page)
        self._tabs.remove(page)
        self._pages.removeWidget(page)
        page.hide()  # a deferred delete alone would still be painted once
        page.deleteLater()
        self._show_recent()

    def _on_page_chosen(self, page: DocumentPage | None) -> None:
        """Show the page that came to the front, as the window is set up now."""
        if page is self._page:
            return
        self._keep_sizes()
        self._page = page
        if page is None:
            self._pages.setCurrentWidget(self._start_page)
            self._start_page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            in_tabs = self._tabs.hasFocus()
            page.wake()
            self._pages.setCurrentWidget(page)
            self._set_up_pane()
            self._let_others_sleep(page)
            if self._start_message is not None:
                if page.message is None and self._start_message.verdict is not Verdict.CAUTION:
                    page.set_message(self._start_message)
                self._start_message = None
            if page.pane is not None and not in_tabs:
                page.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_message()
        self._show_title()
        self._update_actions()

    def _set_up_pane(self) -> None:
        """Give the pane in front the sizes and the parts that the window has."""
        pane = self._pane
        if pane is not None and self._page is not None:
            pane.outline.setVisible(self._actions.contents.isChecked())
            pane.side.setVisible(self._actions.card.isChecked())
            self._page.restore_sizes(self._sizes)

    def _keep_sizes(self) -> None:
        if (pane := self._pane) is not None and (sizes := pane.sizes_by_hand()) is not None:
            self._sizes = sizes

    def _let_others_sleep(self, page: DocumentPage) -> None:
        """Bound what pages take: those longest out of sight lose their widgets."""
        self._awake = [each for each in self._awake if each is not page] + [page]
        while len(self._awake) > _MOST_AWAKE:
            self._awake.pop(0).sleep()

    def _on_page_state(self) -> None:
        if self.sender() is self._page:
            self._show_title()
            self._update_actions()

    def _on_page_shown(self) -> None:
        page = self.sender()
        self._show_recent()
        if page is self._page and self._page is not None:
            self._set_up_pane()
            self._show_title()
            self._update_actions()
            if (pane := self._pane) is not None:
                pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, DocumentPage):  # read behind the one in front: nobody looks yet
            page.sleep()

    def _on_page_failed(self, error: ReaderError) -> None:
        page = self.sender()
        if isinstance(page, DocumentPage):
            self._close_page(page)
            self._refuse(page.name, error.message, error.hint)

    def _on_page_given_up(self) -> None:
        page = self.sender()
        if isinstance(page, DocumentPage):
            self._close_page(page)

    def _show_title(self) -> None:
        if self._page is None:
            self.setWindowTitle(self.tr("Policy Reader"))
        else:
            title = self.tr("{title} – Policy Reader")
            self.setWindowTitle(title.format(title=self._page.title))

    def _on_next_tab(self) -> None:
        self._tabs.step(1)

    def _on_previous_tab(self) -> None:
        self._tabs.step(-1)

    def _on_tab_forward(self) -> None:
        self._tabs.move_current(1)

    def _on_tab_back(self) -> None:
        self._tabs.move_current(-1)

    # Messages: each page has its own, and without a page there is the start's

    def _set_message(self, message: Message | None) -> None:
        """Tell something about what is in front, in place of what was told before."""
        if self._page is None:
            self._start_message = message
            self._show_message()
        else:
            self._page.set_message(message)

    def _show_message(self) -> None:
        page = self._page
        self._message_bar.show_message(page.message if page is not None else self._start_message)

    def _on_message_dismissed(self) -> None:
        self._refused.clear()
        self._set_message(None)

    def _tell(self, words: str, hint: str = "") -> None:
        self._set_message(Message.news(words, hint))

    def _warn(self, words: str, hint: str) -> None:
        self._set_message(Message.refusal(words, hint))

    def _refuse(self, name: str, reason: str, hint: str) -> None:
        """Say that a file was not opened, together with the others of the same opening."""
        self._refused.append((name, reason, hint))
        if len(self._refused) == 1:
            words = self.tr("“{name}” was not opened. {reason}").format(name=name, reason=reason)
            self._warn(words, hint)
            return
        lines = [
            self.tr("“{name}”: {reason} {hint}").format(name=name, reason=reason, hint=hint)
            for name, reason, hint in self._refused[:_MOST_NAMED]
        ]
        if len(self._refused) > _MOST_NAMED:
            more = len(self._refused) - _MOST_NAMED
            lines.append(self.tr("And {count} more.").format(count=more))
        words = self.tr("{count} files were not opened.").format(count=len(self._refused))
        self._warn(words, "\n".join(lines))

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome what may be readable, and say so over the whole window."""
        if is_welcome(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the veil away."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was let go, or say why not."""
        self._veil.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._take(parse_mime(event.mimeData()))
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the veil over the whole window."""
        super().resizeEvent(event)
        if self._veil.isVisible():
            self._veil.cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the workers and remember where the window was."""
        self._workers.close()
        for page in self.pages:
            page.close_document()
        self._library.close()
        self._keep_sizes()
        self._geometry.setValue("geometry", self.saveGeometry())
        if self._sizes is not None:
            self._geometry.setValue("panes", self._sizes)
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        sizes = self._geometry.value("panes")
        if isinstance(sizes, QByteArray):
            self._sizes = sizes

    def _on_copied(self) -> None:
        self._tell(self.tr("Copied with its source."))

    def _on_report_wanted(self, disclosure: Disclosure) -> None:
        if self.report is not None:
            dialog = FindingDialog(self.report, disclosure, self)
            dialog.save_wanted.connect(self._ask_where_to_report)
            dialog.open()

    def _ask_where_to_report(self, text: str) -> None:
        self._finding_report = text
        dialog = QFileDialog(self, self.tr("Save the report of a wrong finding"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Text (*.txt)"))
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("wrong-finding.txt")
        dialog.fileSelected.connect(self.save_finding_report)
        dialog.open()

    def save_finding_report(self, path: str) -> None:
        """Write the report that was agreed on last to ``path``."""
        try:
            save(Path(path), self._finding_report.encode())
        except ReaderError as error:
            self._warn(error.message, error.hint)
        else:
            self._tell(self.tr("Saved as {path}").format(path=path))

    def reload(self) -> None:
        """Read the file in front again, keep the place, and say what changed."""
        if self._page is not None:
            self._page.reload()

    # History

    def _tell_of_trouble(self) -> None:
        """Tell of a history that could not be read."""
        if (damaged := self._library.damaged) is not None:
            self._tell(
                self.tr("What was remembered of earlier readings could not be read."),
                self.tr("It is kept as {path}; a new history has begun.").format(path=damaged),
            )

    def _show_recent(self) -> None:
        recent = self._library.recent()
        self._actions.show_recent(recent)
        self._start_page.show_recent(recent)

    def _on_recent(self, action: QAction) -> None:
        self._open_recent(action.data())

    def _open_recent(self, path: str) -> None:
        self.open_files([path])

    def _on_keep_history(self, on: bool) -> None:
        self.use_settings(replace(self._settings, keep_history=on))

    def _use_library(self) -> None:
        """Remember from now on as the settings say."""
        on = self._settings.keep_history
        self._library.close()
        self._library = Library(keep=on)
        for page in self.pages:
            page.use_library(self._library)
        self._show_recent()
        if not on:
            self._tell(
                self.tr("From now on nothing is remembered once the window closes."),
                self.tr("What was kept before is still there: “Forget everything” deletes it."),
            )

    def ask_to_forget(self) -> None:
        """Ask whether to forget all that is remembered of the policies that were read."""
        question = ForgetQuestion(
            self._library.holdings(), is_kept=self._library.is_kept, parent=self
        )
        question.agreed.connect(self.forget_everything)
        question.open()

    def forget_everything(self) -> None:
        """Forget all that is remembered of the policies that were read."""
        is_gone = self._library.forget_everything()
        self._geometry.clear()
        self._sizes = None
        for page in self.pages:
            page.restore_all()
        self._show_recent()
        if is_gone:
            self._tell(self.tr("Everything is forgotten."))
        else:
            self._warn(
                self.tr("What was remembered could not be deleted."),
                self.tr("Close other windows of this program, then try again."),
            )

    # Actions

    def _update_actions(self) -> None:
        page, pane = self._page, self._pane
        self._actions.enable(
            is_open=pane is not None and pane.report is not None,
            has_page=page is not None,
            has_more_pages=len(self.pages) > 1,
            can_reload=page is not None and pane is not None and bool(page.path),
            can_undo=pane is not None and pane.can_undo,
            can_go_back=pane is not None and pane.can_go_back,
            can_go_forward=pane is not None and pane.can_go_forward,
        )

    def _on_pane_action(self) -> None:
        """Do in the pane in front what the action that was triggered stands for."""
        action, pane = self.sender(), self._pane
        if isinstance(action, QAction) and pane is not None:
            self._deeds[action](pane)

    def _on_contents(self, on: bool) -> None:
        if (pane := self._pane) is not None:
            pane.outline.setVisible(on)

    def _on_card(self, on: bool) -> None:
        if (pane := self._pane) is not None:
            pane.side.setVisible(on)

    def _on_link(self, target: str) -> None:
        if can_be_opened(target):
            LinkQuestion(target, self).open()
        else:
            self._warn(
                self.tr("This link leads neither to a web page nor to an e-mail address."),
                self.tr("Such links are never opened from here."),
            )

    # Choices

    @property
    def settings(self) -> Settings:
        """What the reader has chosen."""
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Show everything as ``settings`` say from now on, and store them."""
        before, self._settings = self._settings, settings
        if settings == before:
            return
        if settings.theme != before.theme:
            self._use_theme()
        for page in self.pages:
            page.use_settings(settings)
        self._actions.show_settings(settings)
        if settings.keep_history != before.keep_history:
            self._use_library()
        try:
            write_settings(settings)
        except OSError:
            self._tell(
                self.tr("Your choice could not be saved; it holds until this window closes."),
                self.tr("Check that your home folder can be written to and has room."),
            )

    def choose_theme(self, name: str) -> None:
        """Show everything in the theme ``system``, ``light`` or ``dark`` from now on."""
        self.use_settings(replace(self._settings, theme=name))

    def _on_theme(self, action: QAction) -> None:
        self.choose_theme(action.data())

    def _on_color_scheme(self) -> None:
        if self._settings.theme == "system":
            self._use_theme()

    def _use_theme(self) -> None:
        theme: Theme = load_theme(theme_name(self._settings.theme))
        app = QCoreApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        self._theme = theme
        for part in (self._message_bar, self._tabs, self._start_page, self._veil):
            part.set_theme(theme)
        for page in self.pages:
            page.set_theme(theme)

    def _on_everything(self, on: bool) -> None:
        self.use_settings(replace(self._settings, mark_everything=on))

    def _on_order(self, hardest_first: bool) -> None:
        self.use_settings(replace(self._settings, hardest_first=hardest_first))

    def _on_larger(self) -> None:
        self._on_zoom_step(1)

    def _on_smaller(self) -> None:
        self._on_zoom_step(-1)

    def _on_first_size(self) -> None:
        self._zoom(1.0)

    def _on_zoom_step(self, step: int) -> None:
        self._zoom(self._settings.zoom * _ZOOM_STEP**step)

    def _zoom(self, zoom: float) -> None:
        zoom = round(min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM), 2)
        if abs(zoom - 1.0) < 0.03:  # steps up and down again come back to where they began
            zoom = 1.0
        self.use_settings(replace(self._settings, zoom=zoom))

    def _on_preferences(self) -> None:
        dialog = PreferencesWindow(self._settings, self)
        dialog.settings_changed.connect(self.use_settings)
        dialog.forget_wanted.connect(self.ask_to_forget)
        dialog.open()

    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # Paper

    def _on_preview(self) -> None:
        if self.report is not None:
            preview_summary(self.report, self)

    def _on_print(self) -> None:
        if self.report is not None:
            print_summary(self.report, self)

    def _on_pdf(self) -> None:
        if self.report is None:
            return
        name = Path(self.report.document.source.name).stem or "policy"
        dialog = QFileDialog(self, self.tr("Save the summary as PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{name}-summary.pdf")
        dialog.fileSelected.connect(self.save_pdf)
        dialog.open()

    def save_pdf(self, path: str) -> None:
        """Write the one-page summary of what is open to ``path``."""
        if self.report is None:
            return
        try:
            write_summary_pdf(self.report, Path(path), self._settings.page_size)
        except ReaderError as error:
            self._warn(error.message, error.hint)
        else:
            self._tell(self.tr("Saved as {path}").format(path=path))

    def _on_guide(self) -> None:
        GuideWindow(self._theme, self).open()

    def _on_shortcuts(self) -> None:
        ShortcutSheet(self.menuBar(), self).open()

    def _on_about(self) -> None:
        AboutWindow(self._workers.protections, self._theme, self).open()


def _pane_deeds(actions: Actions) -> Mapping[QAction, Callable[[ReadingPane], object]]:
    """Return what each action does in the pane in front."""
    return {
        actions.find: ReadingPane.open_search,
        actions.find_next: lambda pane: pane.find_bar.go_on(),
        actions.find_previous: lambda pane: pane.find_bar.go_back(),
        actions.undo: ReadingPane.undo,
        actions.copy_quote: ReadingPane.copy_chosen_quote,
        actions.back: ReadingPane.go_back,
        actions.forward: ReadingPane.go_forward,
        actions.next: lambda pane: pane.go_to_finding(1),
        actions.previous: lambda pane: pane.go_to_finding(-1),
        actions.reading: lambda pane: pane.outline.ask_for_reading(),
        actions.summary: ReadingPane.escape,
        actions.next_pane: lambda pane: pane.go_to_next_pane(1),
        actions.previous_pane: lambda pane: pane.go_to_next_pane(-1),
    }


def _pasted(data: bytes, name: str) -> InputFile:
    return read_stream(io.BytesIO(data), name)
