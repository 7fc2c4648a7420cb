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
    QWidget,
)

from reader.earlier_files import EarlierFiles
from reader.errors import ReaderError
from reader.export.saving import among, save
from reader.gui.about import AboutWindow
from reader.gui.actions import Actions
from reader.gui.analysis_runner import Workers
from reader.gui.comparison_desk import ComparisonDesk
from reader.gui.document_page import DocumentPage
from reader.gui.documents import Documents
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
from reader.gui.file_names import readable_patterns, short_words
from reader.gui.finding_dialog import FindingDialog
from reader.gui.forgetting import ForgetQuestion
from reader.gui.guide import GuideWindow, ShortcutSheet
from reader.gui.layers import Layers, with_everything, with_layers
from reader.gui.open_link import LinkQuestion, can_be_opened
from reader.gui.opening_size import set_opening_size
from reader.gui.output_desk import OpenDocument, OutputDesk
from reader.gui.overview_window import OverviewWindow
from reader.gui.parts_desk import PartsDesk
from reader.gui.preferences import PreferencesWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import Theme, apply_theme, load_theme, theme_name
from reader.gui.topic_choice import TopicChoice, with_choice
from reader.library import Keeping, Library, paths_of
from reader.model import Disclosure, PolicyReport
from reader.paths import resource, state_dir
from reader.protocol import InputFile, read_input, read_stream
from reader.settings import LARGEST_ZOOM, SMALLEST_ZOOM, Settings, write_settings

OPENING_SIZE = (1360, 860)
SMALLEST_SIZE = (640, 420)
_SAMPLE = "lantern-and-loom.md"
_ZOOM_STEP = 1.1


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
        self._deeds: dict[QAction, Callable[[ReadingPane], object]] = {}
        self._geometry = QSettings(str(state_dir() / "window.ini"), QSettings.Format.IniFormat)

        self._documents = Documents(self._workers, self._library, self._theme, settings, self)
        self.setCentralWidget(self._documents)
        self._veil = DropVeil(self._theme, self)
        self._desk = OutputDesk(self)
        self._comparisons = ComparisonDesk(self._documents, self._theme, settings, self)
        self._parts = PartsDesk(self._documents, self)

        self.setWindowTitle(self.tr("Policy Reader"))
        self.setMinimumSize(*SMALLEST_SIZE)
        set_opening_size(self, *OPENING_SIZE)
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
        documents = self._documents
        documents.front_changed.connect(self._on_front)
        documents.shown.connect(self._show_recent)
        documents.pane_made.connect(self._connect_pane)
        documents.reload_wanted.connect(self.reload)
        self._desk.saved.connect(self._on_saved)
        self._desk.refused.connect(documents.warn)
        self._desk.settings_changed.connect(self.use_settings)
        documents.comparison_wanted.connect(self._comparisons.compare_offered)
        documents.earlier_read.connect(self._comparisons.show_changes)
        self._parts.files_wanted.connect(self._open_as_one)
        documents.start_page.open_wanted.connect(self.ask_for_file)
        documents.start_page.paste_wanted.connect(self.paste)
        documents.start_page.recent_wanted.connect(self._open_place)
        documents.start_page.sample_wanted.connect(self.open_sample)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme)

    def _connect_pane(self, pane: ReadingPane) -> None:
        pane.link_chosen.connect(self._on_link)
        pane.zoom_wanted.connect(self._on_zoom_step)
        pane.order_changed.connect(self._on_order)
        pane.history_changed.connect(self._update_actions)
        pane.copied.connect(self._on_copied)
        pane.report_wanted.connect(self._on_report_wanted)
        pane.layers_changed.connect(self._on_layers)
        pane.topics_changed.connect(self._on_topics)
        pane.told.connect(self._documents.tell)
        pane.side_wanted.connect(self._actions.card.trigger)

    def _connect_actions(self) -> None:
        actions = self._actions
        for action, slot in (
            (actions.open, self.ask_for_file),
            (actions.folder, self.ask_for_folder),
            (actions.parts, self._parts.ask_for_files),
            (actions.add_part, self._parts.ask_for_more),
            (actions.paste, self.paste),
            (actions.sample, self.open_sample),
            (actions.reload, self.reload),
            (actions.compare, self._comparisons.ask),
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
            (actions.export, self._on_export),
            (actions.copy_summary, self._on_copy_summary),
            (actions.quit, self.close),
            (actions.everything, self._on_everything),
            (actions.contents, self._documents.show_contents),
            (actions.card, self._documents.show_side),
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
        return self.page.report if self.page is not None else None

    @property
    def pages(self) -> tuple[DocumentPage, ...]:
        """The pages of all open documents, in the order of their tabs."""
        return self._documents.pages

    @property
    def page(self) -> DocumentPage | None:
        """The page in front, None without any."""
        return self._documents.page

    @property
    def _pane(self) -> ReadingPane | None:
        return self._documents.pane

    def open_files(self, paths: Sequence[str]) -> None:
        """Open each of ``paths`` in a tab, the first in front; what is open is not read again.

        A folder opens a window with its policies side by side.
        """
        folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112 - any name will do
        for folder in folders:
            self._open_folder(folder)
        if files := [path for path in paths if path not in folders]:
            self._documents.open_files(files)

    def _open_folder(self, folder: str) -> None:
        overview = OverviewWindow(folder, self._theme, self)
        overview.file_wanted.connect(self._open_from_folder)
        overview.show()

    def show_report(self, report: PolicyReport) -> None:
        """Show a report in place of what is in front, as it was left where it was read before."""
        self._documents.show_report(report)

    def open_text(self, text: str) -> None:
        """Open pasted or dragged text."""
        name = self.tr("Pasted text")
        try:
            self._documents.open_input(_pasted(text.encode("utf-8", "replace"), name))
        except ReaderError as error:
            self._documents.begin_to_open()
            self._documents.refuse(name, error.message, error.hint)

    def open_sample(self) -> None:
        """Open the policy that comes with the program."""
        self._documents.open_input(read_input(resource(f"samples/{_SAMPLE}"), _SAMPLE))

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
                self.tr("Documents, web pages, messages and text ({names})").format(
                    names=readable_patterns()
                ),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._open_together)
        dialog.open()

    def _open_together(self, paths: Sequence[str]) -> None:
        """Open files that were chosen together, and offer what may be done with several."""
        self.open_files(paths)
        self._comparisons.offer(paths)
        self._parts.offer(paths)

    def _open_as_one(self, paths: Sequence[str]) -> None:
        """Open files in tabs, and read them as one policy as soon as all of them are read."""
        self.open_files(paths)
        self._parts.join_files(paths)

    def ask_for_folder(self) -> None:
        """Ask for a folder, whose policies are shown side by side."""
        dialog = QFileDialog(self, self.tr("Open a folder of policies"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self.open_files)
        dialog.open()

    def paste(self) -> None:
        """Open what the clipboard holds."""
        self._take(parse_mime(QGuiApplication.clipboard().mimeData()))

    def _take(self, dropped: Dropped) -> None:
        match dropped:
            case DroppedFiles(paths):
                self._open_together(paths)
            case DroppedText(text):
                self.open_text(text)
            case DroppedLink(address):
                self._documents.warn(
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
                self._documents.warn(message, hint)

    # Documents

    def close_document(self) -> None:
        """Close the document in front."""
        if self.page is not None:
            self._documents.close_page(self.page)

    def _on_front(self) -> None:
        """Follow what is in front with the title and what can be done."""
        if self.page is None:
            self.setWindowTitle(self.tr("Policy Reader"))
        else:
            title, name = self.page.title, self.page.name
            named = name if name.startswith(title) else f"{title} ({name})"
            self.setWindowTitle(self.tr("{title} – Policy Reader").format(title=named))
        self._update_actions()

    def _on_next_tab(self) -> None:
        self._documents.tabs.step(1)

    def _on_previous_tab(self) -> None:
        self._documents.tabs.step(-1)

    def _on_tab_forward(self) -> None:
        self._documents.tabs.move_current(1)

    def _on_tab_back(self) -> None:
        self._documents.tabs.move_current(-1)

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
        for overview in self.findChildren(OverviewWindow):
            overview.close()
        self._workers.close()
        self._documents.close_all()
        self._library.close()
        self._geometry.setValue("geometry", self.saveGeometry())
        if self._documents.sizes is not None:
            self._geometry.setValue("panes", self._documents.sizes)
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        sizes = self._geometry.value("panes")
        if isinstance(sizes, QByteArray):
            self._documents.sizes = sizes

    def _on_copied(self) -> None:
        self._documents.tell(self.tr("Copied with its source."))

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
        if self._refuse_what_is_open(path):
            return
        try:
            save(Path(path), self._finding_report.encode())
        except ReaderError as error:
            self._documents.warn(error.message, error.hint)
        else:
            self._documents.tell(self.tr("Saved as {path}").format(path=path))

    def _refuse_what_is_open(self, path: str) -> bool:
        """Return whether ``path`` is a file that is open here, and say that it stays as it is."""
        is_open = among(path, [path for page in self._documents.pages for path in page.paths])
        if is_open is not None:
            self._documents.warn(
                self.tr("That file is open here and was not overwritten."),
                self.tr("Choose another name, then save again."),
            )
        return is_open is not None

    def reload(self) -> None:
        """Read the file in front again, keep the place, and say what changed."""
        if self.page is not None:
            self.page.reload()

    # History

    def _tell_of_trouble(self) -> None:
        """Tell of a history that could not be read or opened."""
        if (damaged := self._library.damaged) is not None:
            self._documents.tell(
                self.tr("Your history could not be read."),
                self.tr("It is kept as {path}; a new history was started.").format(path=damaged),
            )
        elif self._library.keeping is Keeping.UNOPENED:
            self._documents.tell(
                self.tr("What is remembered of earlier readings could not be opened."),
                self.tr(
                    "Until this window closes nothing new is kept. Check that {folder} can be "
                    "written to and has room, then start the program again."
                ).format(folder=state_dir()),
            )

    def _show_recent(self) -> None:
        recent = self._library.recent()
        self._actions.show_recent(recent)
        self._documents.start_page.show_recent(recent)

    def _on_recent(self, action: QAction) -> None:
        self._open_place(action.data())

    def _open_from_folder(self, path: str) -> None:
        self.take_files([path])  # the window with the folder stands before this one

    def _open_place(self, place: str) -> None:
        """Open a policy that was read before, all of its files."""
        self._documents.open_as_one(paths_of(place))

    def _on_keep_history(self, on: bool) -> None:
        self.use_settings(replace(self._settings, keep_history=on))

    def _use_library(self) -> None:
        """Remember from now on as the settings say."""
        on = self._settings.keep_history
        self._library.close()
        self._library = Library(keep=on)
        self._documents.use_library(self._library)
        self._show_recent()
        self._tell_of_trouble()
        if not on:
            self._documents.tell(
                self.tr("From now on nothing is remembered once the window closes."),
                self.tr("What was kept before is still there: “Forget everything” deletes it."),
            )

    def ask_to_forget(self) -> None:
        """Ask whether to forget all that is remembered of the policies that were read."""
        question = ForgetQuestion(
            self._library.holdings(), self._library.keeping, self, files=EarlierFiles().count()
        )
        question.agreed.connect(self.forget_everything)
        question.open()

    def forget_everything(self) -> None:
        """Forget all that is remembered of the policies that were read."""
        self._documents.forget()  # first, for it writes what is left of each policy
        is_gone = EarlierFiles().forget() & self._library.forget_everything()
        self._geometry.clear()
        self._show_recent()
        if is_gone:
            self._documents.tell(self.tr("Everything has been forgotten."))
        else:
            self._documents.warn(
                self.tr("Your history could not be deleted."),
                self.tr("Close other windows of this program, then try again."),
            )

    # Actions

    def _update_actions(self) -> None:
        page, pane = self.page, self._pane
        self._actions.enable(
            is_open=pane is not None and pane.report is not None,
            has_page=page is not None,
            has_more_pages=len(self.pages) > 1,
            has_file=page is not None and pane is not None and bool(page.path),
            can_undo=pane is not None and pane.can_undo,
            can_go_back=pane is not None and pane.can_go_back,
            can_go_forward=pane is not None and pane.can_go_forward,
        )

    def _on_pane_action(self) -> None:
        """Do in the pane in front what the action that was triggered stands for."""
        action, pane = self.sender(), self._pane
        if isinstance(action, QAction) and pane is not None:
            self._deeds[action](pane)

    def _on_link(self, target: str) -> None:
        if can_be_opened(target):
            LinkQuestion(target, self).open()
        else:
            self._documents.warn(
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
        self._documents.use_settings(settings)
        self._comparisons.use_settings(settings)
        self._actions.show_settings(settings)
        if settings.keep_history != before.keep_history:
            self._use_library()
        try:
            write_settings(settings)
        except OSError:
            self._documents.tell(
                self.tr("Your choice could not be saved; it applies until this window closes."),
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
        for part in (self._documents, self._veil, self._comparisons):
            part.set_theme(theme)
        for overview in self.findChildren(OverviewWindow):
            overview.set_theme(theme)

    def _on_everything(self, on: bool) -> None:
        self.use_settings(with_everything(self._settings, on=on))

    def _on_layers(self, layers: Layers) -> None:
        self.use_settings(with_layers(self._settings, layers))

    def _on_topics(self, topics: TopicChoice) -> None:
        self.use_settings(with_choice(self._settings, topics))

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

    # Paper and files

    def _document(self) -> OpenDocument | None:
        """Return what is in front for whatever leaves the window, None without a report."""
        page, pane = self.page, self._pane
        if page is None or pane is None or pane.report is None:
            return None
        paths = tuple(path for each in self.pages for path in each.paths)
        return OpenDocument(pane.report, pane.annotations, page.path, paths)

    def _on_preview(self) -> None:
        if (document := self._document()) is not None:
            self._desk.preview(document, self._settings)

    def _on_print(self) -> None:
        if (document := self._document()) is not None:
            self._desk.print(document, self._settings)

    def _on_export(self) -> None:
        if (document := self._document()) is not None:
            self._desk.export(document, self._settings, self._theme)

    def _on_copy_summary(self) -> None:
        if self.report is not None:
            self._desk.copy(self.report)
            self._documents.tell(self.tr("The summary has been copied."))

    def _on_saved(self, path: str) -> None:
        self._documents.tell_of_saved(self.tr("Saved as {path}").format(path=path), path)

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
        actions.highlight: ReadingPane.highlight,
        actions.note: ReadingPane.write_note,
        actions.notes: ReadingPane.show_notes,
        actions.marks: ReadingPane.show_marks,
        actions.back: ReadingPane.go_back,
        actions.forward: ReadingPane.go_forward,
        actions.next: lambda pane: pane.go_to_finding(1),
        actions.previous: lambda pane: pane.go_to_finding(-1),
        actions.reading: ReadingPane.show_reading,
        actions.rewriting: ReadingPane.show_writers_view,
        actions.summary: ReadingPane.escape,
        actions.next_pane: lambda pane: pane.go_to_next_pane(1),
        actions.previous_pane: lambda pane: pane.go_to_next_pane(-1),
    }


def _pasted(data: bytes, name: str) -> InputFile:
    return read_stream(io.BytesIO(data), name)
