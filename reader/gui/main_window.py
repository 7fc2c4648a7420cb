"""The program's one window: opening, what it tells the reader, and what each action does.

Files come by menu, command line, drop and paste; all of them end in ``_read``. A file that cannot
be read is refused in the message bar, and whatever is open stays as it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, Qt
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

from reader.errors import EncryptedInputError, ReaderError
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
from reader.gui.message_bar import MessageBar
from reader.gui.open_link import LinkQuestion, can_be_opened
from reader.gui.password_dialog import PasswordDialog, takes_password
from reader.gui.printing import preview_summary, print_summary, write_summary_pdf
from reader.gui.progress_strip import ProgressStrip
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.theme import Theme, apply_theme, load_theme, theme_name
from reader.model import PolicyReport
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
        self._pane.view.mark_everything(settings.mark_everything)
        self._pane.outline.set_hardest_first(settings.hardest_first)
        self._update_actions()

    def _connect(self) -> None:
        self._runner.progressed.connect(self._on_progress)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)
        self._progress.cancelled.connect(self._on_cancelled)
        self._start_page.open_wanted.connect(self.ask_for_file)
        self._start_page.paste_wanted.connect(self.paste)
        self._start_page.sample_wanted.connect(self.open_sample)
        self._pane.link_chosen.connect(self._on_link)
        self._pane.zoom_wanted.connect(self._on_zoom_step)
        self._pane.order_changed.connect(self._on_order)
        self._pane.history_changed.connect(self._update_actions)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme)

    def _connect_actions(self) -> None:
        actions = self._actions
        for action, slot in (
            (actions.open, self.ask_for_file),
            (actions.paste, self.paste),
            (actions.sample, self.open_sample),
            (actions.preview, self._on_preview),
            (actions.print, self._on_print),
            (actions.pdf, self._on_pdf),
            (actions.quit, self.close),
            (actions.find, self._pane.open_search),
            (actions.find_next, self._pane.find_bar.go_on),
            (actions.find_previous, self._pane.find_bar.go_back),
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
            (actions.about, self._on_about),
        ):
            action.triggered.connect(slot)
        actions.themes.triggered.connect(self._on_theme)

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
        self._read(source)
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
            [self.tr("Policies (*.txt *.text *.md *.markdown *.pdf)"), self.tr("All files (*)")]
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
                        "2. Select all of it (Ctrl+A) and copy it (Ctrl+C), or save it as a text "
                        "file.\n"
                        "3. Paste it here (Ctrl+V), or drop the saved file on this window."
                    ),
                )
            case Refused(message, hint):
                self._message_bar.refuse(message, hint)

    def _read(self, source: InputFile, password: str | None = None) -> None:
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
        """Show a report in place of what is open."""
        self._pages.setCurrentWidget(self._pane)
        self._pane.show_report(report)
        title = summary_card(report).title
        self.setWindowTitle(self.tr("{title} – Policy Reader").format(title=title))
        self._update_actions()
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_finished(self, report: PolicyReport) -> None:
        self._progress.end()
        self._source = None
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
            self._read(self._source, password)

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
        self._geometry.setValue("geometry", self.saveGeometry())
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    # Actions

    def _update_actions(self) -> None:
        self._actions.enable(
            is_open=self.report is not None,
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
        self._choose(replace(self._settings, mark_everything=on))
        self._pane.view.mark_everything(on)

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
