"""The program's one window: opening, what it tells the reader, and what each action does.

Files come by menu, command line, drop and paste; all of them end in ``_read``. A file that cannot
be read is refused in the message bar, and whatever is open stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings, Qt, QTimer
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
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.annotations import Annotation, placed
from reader.changes import (
    changes_line,
    lost_notes_line,
    same_place,
    still_annotated,
    still_dismissed,
)
from reader.errors import EncryptedInputError, ReaderError
from reader.export.saving import save
from reader.gui.actions import Actions
from reader.gui.analysis_runner import AnalysisRunner
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
from reader.gui.file_watch import FileWatch
from reader.gui.finding_dialog import FindingDialog
from reader.gui.guide import GuideWindow, ShortcutSheet
from reader.gui.layers import Layers, with_layers
from reader.gui.message_bar import MessageBar
from reader.gui.open_link import LinkQuestion, can_be_opened
from reader.gui.password_dialog import PasswordDialog, takes_password
from reader.gui.printing import preview_summary, print_summary, write_summary_pdf
from reader.gui.progress_strip import ProgressStrip
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.theme import Theme, apply_theme, load_theme, theme_name
from reader.gui.topic_choice import TopicChoice, with_choice
from reader.library import Library
from reader.model import Disclosure, PolicyReport
from reader.paths import resource, state_dir
from reader.protocol import InputFile, Progress, read_input, read_stream
from reader.settings import LARGEST_ZOOM, SMALLEST_ZOOM, Settings, write_settings
from reader.summary import clean_line, summary_card
from reader.version import __version__

OPENING_SIZE = (1360, 860)
SMALLEST_SIZE = (640, 420)
_SAMPLE = "lantern-and-loom.md"
_ZOOM_STEP = 1.1
_LONGEST_NAME = 70
_PLACE_KEPT_AFTER = 1500  # milliseconds of standing still


class MainWindow(QMainWindow):
    """Shows one policy at a time."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = load_theme(theme_name(settings.theme))
        self._runner = AnalysisRunner(self)
        self._runner.prepare()  # the worker makes ready while the window is made
        self._reading = ""  # the name of what is being analysed
        self._source: InputFile | None = None  # the same, until it is open
        self._tried_password = False
        self._afterwards: tuple[str, str] | None = None
        self._library = Library(keep=settings.keep_history)
        self._open_path = ""  # of what is open, '' for what is no file of the reader's
        self._watch = FileWatch(self)
        self._before: PolicyReport | None = None  # what a reload is to be compared with
        self._finding_report = ""
        self._path = ""  # of what is being analysed, '' for what is no file of the reader's
        self._geometry = QSettings(str(state_dir() / "window.ini"), QSettings.Format.IniFormat)

        self._message_bar = MessageBar(self._theme, self)
        self._progress = ProgressStrip(self)
        self._start_page = StartPage(self._theme, self)
        self._pane = ReadingPane(self._theme, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._start_page)
        self._pages.addWidget(self._pane)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._message_bar)
        column.addWidget(self._progress)
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
        self._pane.view.set_zoom(settings.zoom)
        self._pane.use_settings(settings)
        self._pane.tell_whether_notes_are_kept(self._library.is_kept)
        self._pane.outline.set_hardest_first(settings.hardest_first)
        self._update_actions()
        self._show_recent()
        self._place_timer = QTimer(self, singleShot=True, interval=_PLACE_KEPT_AFTER)
        self._place_timer.timeout.connect(self._keep_place)
        self._pane.view.scrolled_to.connect(self._place_timer.start)
        self._afterwards = self._trouble()
        if self._afterwards is not None:
            self._message_bar.tell(*self._afterwards)

    def _connect(self) -> None:
        self._runner.progressed.connect(self._on_progress)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)
        self._progress.cancelled.connect(self._on_cancelled)
        self._watch.changed.connect(self._on_file_changed)
        self._message_bar.accepted.connect(self.reload)
        self._start_page.open_wanted.connect(self.ask_for_file)
        self._start_page.paste_wanted.connect(self.paste)
        self._start_page.recent_wanted.connect(self._open_recent)
        self._start_page.sample_wanted.connect(self.open_sample)
        self._pane.link_chosen.connect(self._on_link)
        self._pane.zoom_wanted.connect(self._on_zoom_step)
        self._pane.order_changed.connect(self._on_order)
        self._pane.history_changed.connect(self._update_actions)
        self._pane.copied.connect(self._on_copied)
        self._pane.report_wanted.connect(self._on_report_wanted)
        self._pane.dismissed_changed.connect(self._on_dismissed)
        self._pane.annotations_changed.connect(self._on_annotations)
        self._pane.layers_changed.connect(self._on_layers)
        self._pane.topics_changed.connect(self._on_topics)
        self._pane.told.connect(self._message_bar.tell)
        self._pane.side_wanted.connect(self._actions.card.trigger)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme)

    def _connect_actions(self) -> None:
        actions = self._actions
        for action, slot in (
            (actions.open, self.ask_for_file),
            (actions.paste, self.paste),
            (actions.sample, self.open_sample),
            (actions.reload, self.reload),
            (actions.forget, self.ask_to_forget),
            (actions.keep_history, self._on_keep_history),
            (actions.preview, self._on_preview),
            (actions.print, self._on_print),
            (actions.pdf, self._on_pdf),
            (actions.quit, self.close),
            (actions.find, self._pane.open_search),
            (actions.find_next, self._pane.find_bar.go_on),
            (actions.find_previous, self._pane.find_bar.go_back),
            (actions.undo, self._pane.undo),
            (actions.copy_quote, self._pane.copy_chosen_quote),
            (actions.highlight, self._pane.highlight),
            (actions.note, self._pane.write_note),
            (actions.notes, self._pane.show_notes),
            (actions.marks, self._pane.show_marks),
            (actions.back, self._pane.go_back),
            (actions.forward, self._pane.go_forward),
            (actions.next, self._on_next_finding),
            (actions.previous, self._on_previous_finding),
            (actions.reading, self._pane.outline.ask_for_reading),
            (actions.summary, self._pane.escape),
            (actions.next_pane, self._on_next_pane),
            (actions.previous_pane, self._on_previous_pane),
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

    # Opening

    @property
    def report(self) -> PolicyReport | None:
        """The report that is open."""
        return self._pane.report

    def open_files(self, paths: Sequence[str]) -> None:
        """Open the first of ``paths``; where there are more, say which were left."""
        if not paths:
            return
        try:
            source = read_input(paths[0])
        except ReaderError as error:
            self._refuse(_file_name(paths[0]), error)
            return
        self._read(source, str(Path(paths[0]).absolute()))
        if len(paths) > 1:
            rest = ", ".join(_file_name(path) for path in paths[1:6]) + ("…" if paths[6:] else "")
            self._afterwards = (
                self.tr("The first of {count} files was opened.").format(count=len(paths)),
                self.tr("Open the others one after the other: {names}").format(names=rest),
            )

    def open_text(self, text: str) -> None:
        """Open pasted or dragged text."""
        data = text.encode("utf-8", "replace")
        try:
            self._read(_pasted(data, self.tr("Pasted text")))
        except ReaderError as error:
            self._refuse(self.tr("Pasted text"), error)

    def open_sample(self) -> None:
        """Open the policy that comes with the program."""
        self._read(read_input(resource(f"samples/{_SAMPLE}"), _SAMPLE))

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
                self._message_bar.refuse(
                    self.tr(
                        "“{address}” is on the web, and this program never goes online."
                    ).format(address=_short(address)),
                    self.tr(
                        "1. Open the page in your web browser.\n"
                        "2. Save it (Ctrl+S), or select all of it (Ctrl+A) and copy it (Ctrl+C).\n"
                        "3. Drop the saved file on this window, or paste what you copied (Ctrl+V)."
                    ),
                )
            case Refused(message, hint):
                self._message_bar.refuse(message, hint)

    def _read(
        self,
        source: InputFile,
        path: str = "",
        before: PolicyReport | None = None,
        password: str | None = None,
    ) -> None:
        self._path = path
        self._before = before
        self._afterwards = None
        self._message_bar.hide()
        self._reading = _file_name(source.name)
        self._source = source
        self._tried_password = password is not None
        self._progress.begin(self._reading)
        self._runner.start(source, password)

    def _refuse(self, name: str, error: ReaderError) -> None:
        self._message_bar.refuse(
            self.tr("“{name}” was not opened. {reason}").format(name=name, reason=error.message),
            error.hint,
        )

    def _on_progress(self, progress: Progress) -> None:
        self._progress.show_stage(progress.stage, progress.fraction)

    def show_report(self, report: PolicyReport) -> None:
        """Show a report in place of what is open, as it was left where it was read before."""
        sha256 = report.document.source.sha256
        self._keep_place()
        annotations = placed(self._library.annotations(sha256), report.document.text)
        place = self._library.place(sha256)
        self._show(report, self._library.dismissed(sha256), annotations, place)

    def _show(
        self,
        report: PolicyReport,
        dismissed: frozenset[str],
        annotations: tuple[Annotation, ...],
        place: int,
    ) -> None:
        sha256 = report.document.source.sha256
        self._pages.setCurrentWidget(self._pane)
        self._pane.show_report(report, dismissed, annotations)
        if place:
            self._pane.view.go_to(min(place, len(report.document.text) - 1))
        self._library.record(sha256, _file_name(report.document.source.name), self._path)
        self._open_path = self._path
        self._watch.watch(self._open_path, sha256)
        self._show_recent()
        title = summary_card(report).title
        self.setWindowTitle(self.tr("{title} – Policy Reader").format(title=title))
        self._update_actions()
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_finished(self, report: PolicyReport) -> None:
        self._progress.end()
        self._source = None
        if self._before is not None:
            self._show_again(self._before, report)
            return
        self.show_report(report)
        if self._afterwards is not None:
            self._message_bar.tell(*self._afterwards)

    def _on_failed(self, error: ReaderError) -> None:
        self._progress.end()
        if isinstance(error, EncryptedInputError) and self._source and takes_password(self._source):
            self._ask_for_password()
        else:
            self._refuse(self._reading, error)

    def _ask_for_password(self) -> None:
        dialog = PasswordDialog(self._reading, again=self._tried_password, parent=self)
        dialog.textValueSelected.connect(self._on_password)
        dialog.open()

    def _on_password(self, password: str) -> None:
        if self._source is not None:
            self._read(self._source, self._path, self._before, password)

    def _on_cancelled(self) -> None:
        self._runner.cancel()
        self._progress.end()
        self._runner.prepare()

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
        self._runner.close()
        self._place_timer.stop()
        self._keep_place()
        self._library.close()
        self._geometry.setValue("geometry", self.saveGeometry())
        if (sizes := self._pane.sizes_by_hand()) is not None:
            self._geometry.setValue("panes", sizes)
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        sizes = self._geometry.value("panes")
        if isinstance(sizes, QByteArray):
            self._pane.restore_sizes(sizes)

    def _on_copied(self) -> None:
        self._message_bar.tell(self.tr("Copied with its source."))

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
            self._message_bar.refuse(error.message, error.hint)
        else:
            self._message_bar.tell(self.tr("Saved as {path}").format(path=path))

    # A file that changes while it is read

    def _on_file_changed(self) -> None:
        self._message_bar.offer(
            self.tr("“{name}” has changed on disk.").format(name=_file_name(self._open_path)),
            self.tr("Reload"),
            self.tr("What you see is as it was before. F5 reloads it and keeps your place."),
        )

    def reload(self) -> None:
        """Read the open file again, keep the place, and say what changed."""
        if not self._open_path or self._pane.read is None:
            return
        try:
            source = read_input(self._open_path)
        except ReaderError as error:
            self._refuse(_file_name(self._open_path), error)
            return
        self._read(source, self._open_path, before=self._pane.read)

    def _show_again(self, before: PolicyReport, report: PolicyReport) -> None:
        """Show ``report`` in place of ``before``, an earlier reading of the same file."""
        self._before = None
        place = same_place(
            before.document.text, self._pane.view.reading_place, report.document.text
        )
        dismissed = still_dismissed(before, report, self._pane.dismissed)
        noted = self._pane.annotations
        annotations = still_annotated(before.document.text, report.document.text, noted)
        lost = lost_notes_line(noted, annotations)
        self._show(report, dismissed, annotations, place)
        self._library.keep_dismissed(report.document.source.sha256, dismissed)
        self._library.keep_annotations(report.document.source.sha256, annotations)
        self._message_bar.tell(
            self.tr("“{name}” was read again.").format(name=_file_name(self._open_path)),
            " ".join(filter(None, (changes_line(before, report), lost))),
        )

    # History

    def _trouble(self) -> tuple[str, str] | None:
        """Return what to tell of a history that could not be read, None where all is well."""
        if (damaged := self._library.damaged) is not None:
            return (
                self.tr("What was remembered of earlier readings could not be read."),
                self.tr("It is kept as {path}; a new history has begun.").format(path=damaged),
            )
        return None

    def _keep_place(self) -> None:
        if self.report is not None:
            place = self._pane.view.reading_place
            self._library.keep_place(self.report.document.source.sha256, place)

    def _show_recent(self) -> None:
        recent = self._library.recent()
        self._actions.show_recent(recent)
        self._start_page.show_recent(recent)

    def _on_recent(self, action: QAction) -> None:
        self._open_recent(action.data())

    def _open_recent(self, path: str) -> None:
        self.open_files([path])

    def _on_keep_history(self, on: bool) -> None:
        self._choose(replace(self._settings, keep_history=on))
        self._library.close()
        self._library = Library(keep=on)
        self._pane.tell_whether_notes_are_kept(self._library.is_kept)
        self._on_annotations(self._pane.annotations)  # they would be gone with the library before
        self._show_recent()
        if not on:
            self._message_bar.tell(
                self.tr("From now on nothing is remembered once the window closes."),
                self.tr("What was kept before is still there: “Forget everything” deletes it."),
            )

    def ask_to_forget(self) -> None:
        """Ask whether to forget all that is remembered of the policies that were read."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Forget everything"))
        box.setText(self.tr("Forget everything about what was read?"))
        box.setInformativeText(
            self.tr(
                "The list of recent files, how far you read them, the findings you dismissed, your "
                "notes, and the sizes of the window. The files themselves stay. This cannot be "
                "undone."
            )
        )
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        forget.clicked.connect(self.forget_everything)
        box.open()

    def forget_everything(self) -> None:
        """Forget all that is remembered of the policies that were read."""
        is_gone = self._library.forget_everything()
        self._geometry.clear()
        self._pane.restore_all()
        self._show_recent()
        if is_gone:
            self._message_bar.tell(self.tr("Everything is forgotten."))
        else:
            self._message_bar.refuse(
                self.tr("What was remembered could not be deleted."),
                self.tr("Close other windows of this program, then try again."),
            )

    def _on_dismissed(self, dismissed: frozenset[str]) -> None:
        if self.report is not None:
            self._library.keep_dismissed(self.report.document.source.sha256, dismissed)
        self._update_actions()

    def _on_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        if self.report is not None:
            self._library.keep_annotations(self.report.document.source.sha256, annotations)
        self._update_actions()

    # Actions

    def _update_actions(self) -> None:
        self._actions.enable(
            is_open=self.report is not None,
            can_reload=bool(self._open_path),
            can_undo=self._pane.can_undo,
            can_go_back=self._pane.can_go_back,
            can_go_forward=self._pane.can_go_forward,
        )

    def _on_next_finding(self) -> None:
        self._pane.go_to_finding(1)

    def _on_previous_finding(self) -> None:
        self._pane.go_to_finding(-1)

    def _on_next_pane(self) -> None:
        self._pane.go_to_next_pane(1)

    def _on_previous_pane(self) -> None:
        self._pane.go_to_next_pane(-1)

    def _on_contents(self, on: bool) -> None:
        self._pane.outline.setVisible(on)

    def _on_card(self, on: bool) -> None:
        self._pane.side.setVisible(on)

    def _on_link(self, target: str) -> None:
        if can_be_opened(target):
            LinkQuestion(target, self).open()
        else:
            self._message_bar.refuse(
                self.tr("This link leads neither to a web page nor to an e-mail address."),
                self.tr("Such links are never opened from here."),
            )

    # Choices

    def _choose(self, settings: Settings) -> None:
        self._settings = settings
        try:
            write_settings(settings)
        except OSError:
            self._message_bar.tell(
                self.tr("Your choice could not be saved; it holds until this window closes."),
                self.tr("Check that your home folder can be written to and has room."),
            )

    def choose_theme(self, name: str) -> None:
        """Show everything in the theme ``system``, ``light`` or ``dark`` from now on."""
        self._choose(replace(self._settings, theme=name))
        self._use_theme()

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
        for part in (self._message_bar, self._start_page, self._pane, self._veil):
            part.set_theme(theme)

    def _on_everything(self, on: bool) -> None:
        self._pane.mark_everything(on)

    def _on_layers(self, layers: Layers) -> None:
        settings = with_layers(self._settings, layers)
        if settings != self._settings:
            self._choose(settings)
        self._actions.everything.setChecked(settings.mark_everything)

    def _on_topics(self, topics: TopicChoice) -> None:
        self._choose(with_choice(self._settings, topics))

    def _on_order(self, hardest_first: bool) -> None:
        if hardest_first != self._settings.hardest_first:
            self._choose(replace(self._settings, hardest_first=hardest_first))

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
        self._choose(replace(self._settings, zoom=zoom))
        self._pane.view.set_zoom(zoom)

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
            self._message_bar.refuse(error.message, error.hint)
        else:
            self._message_bar.tell(self.tr("Saved as {path}").format(path=path))

    def _on_guide(self) -> None:
        GuideWindow(self._theme, self).open()

    def _on_shortcuts(self) -> None:
        ShortcutSheet(self.menuBar(), self).open()

    def _on_about(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("About Policy Reader"))
        box.setText(self.tr("Policy Reader {version}").format(version=__version__))
        box.setInformativeText(
            self.tr(
                "Reads privacy policies on this computer and says in plain words what they say. "
                "It is no legal advice, and what it did not find may still be there.\n\n"
                "Apache License 2.0."
            )
        )
        box.open()


def _file_name(name: str) -> str:
    """Return what to call a file in a message: its name alone."""
    return _short(Path(name).name or name)


def _short(words: str) -> str:
    """Return words from outside as they fit a line of the message bar, which cannot break them."""
    words = clean_line(words)
    return words if len(words) <= _LONGEST_NAME else f"{words[:44]}…{words[-24:]}"


def _pasted(data: bytes, name: str) -> InputFile:
    return read_stream(io.BytesIO(data), name)
