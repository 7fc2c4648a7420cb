"""Whatever leaves the window: files, paper and the clipboard, each by its dialog.

The window says what is open and hears what became of it; what was chosen last is proposed again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.annotations import Annotation
from reader.errors import ReaderError
from reader.export.saving import among, save
from reader.gui.export_dialog import ExportDialog
from reader.gui.export_kinds import ExportChoice, ExportKind
from reader.gui.print_dialog import PrintChoice, PrintDialog
from reader.gui.printing import preview_report, print_report
from reader.gui.summary_copy import summary_for_clipboard
from reader.gui.theme import Theme
from reader.model import PolicyReport
from reader.settings import Settings


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """What is in front: its report, the reader's notes, and the paths of all that is open."""

    report: PolicyReport
    annotations: tuple[Annotation, ...]
    path: str
    open_paths: tuple[str, ...]

    @property
    def notes(self) -> tuple[Annotation, ...]:
        """The annotations that would show in a file or on paper."""
        return tuple(each for each in self.annotations if each.note or each.span is not None)


class OutputDesk(QObject):
    """Asks what to save or print, and does it.

    Signals:
        saved: a file was written; carries its path.
        refused: a file was not written; carries why, and what to do.
        settings_changed: other things were chosen than the last time; carries the ``Settings``.
    """

    saved = Signal(str)
    refused = Signal(str, str)
    settings_changed = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: OpenDocument | None = None
        self._settings = Settings()
        self._choice = ExportChoice(ExportKind.SUMMARY, "a4", with_notes=False)
        self._dialog: ExportDialog | None = None
        self._folder = ""  # where the last file went, in this window

    # Files

    def export(self, document: OpenDocument, settings: Settings, theme: Theme) -> None:
        """Ask what to save of ``document``, and where."""
        self._document, self._settings = document, settings
        kind = ExportKind.of(settings.export_as)
        choice = ExportChoice(kind, settings.page_size, settings.with_notes)
        dialog = self._dialog = ExportDialog(choice, len(document.notes), theme, self._window)
        dialog.save_wanted.connect(self._ask_where)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def save(self, path: str, choice: ExportChoice, document: OpenDocument) -> bool:
        """Write what ``choice`` wants of ``document`` to ``path``; return whether that was done."""
        try:
            if among(path, document.open_paths) is not None:
                self._refuse(
                    self.tr("That file is open here and was not overwritten."),
                    self.tr("Choose another name, then save again."),
                )
                return False
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:  # a long text takes a second
                written = choice.made_of(document.report, document.annotations)
            finally:
                QGuiApplication.restoreOverrideCursor()
            save(Path(path), written)
        except ReaderError as error:
            self._refuse(error.message, error.hint)
            return False
        self._folder = os.path.dirname(path)  # noqa: PTH120 - as it was chosen
        self.saved.emit(path)
        return True

    def _ask_where(self, choice: ExportChoice) -> None:
        if self._document is None:
            return
        self._choice = choice
        dialog = QFileDialog(self._dialog, self.tr("Save as"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffix = choice.kind.suffix
        dialog.setNameFilter(f"{suffix.upper()} (*.{suffix})")
        dialog.setDefaultSuffix(suffix)
        dialog.setDirectory(self._folder or _folder_of(self._document.path))
        dialog.selectFile(choice.file_name(self._document.report))
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, path: str) -> None:
        if self._document is None or not self.save(path, self._choice, self._document):
            return
        choice = self._choice
        self._remember(
            replace(
                self._settings,
                export_as=choice.kind.value,
                page_size=choice.page_size,
                with_notes=choice.with_notes,
            )
        )
        if self._dialog is not None:
            self._dialog.accept()

    def _refuse(self, words: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(words, hint)
        else:
            self.refused.emit(words, hint)

    def _on_dialog_finished(self) -> None:
        self._dialog = None
        self._document = None

    # Paper

    def print(self, document: OpenDocument, settings: Settings) -> None:
        """Ask what to print of ``document``, then on which printer."""
        self._document, self._settings = document, settings
        choice = PrintChoice.of(settings.print_what, with_notes=settings.with_notes)
        dialog = PrintDialog(choice, len(document.notes), self._window)
        dialog.preview_wanted.connect(self._on_preview)
        dialog.print_wanted.connect(self._on_print)
        dialog.open()

    def preview(self, document: OpenDocument, settings: Settings) -> None:
        """Show what was printed last as it would be of ``document``."""
        choice = PrintChoice.of(settings.print_what, with_notes=settings.with_notes)
        notes = document.annotations if choice.with_notes else ()
        preview_report(document.report, self._window, choice.content, notes)

    def _on_preview(self, choice: PrintChoice) -> None:
        if self._document is not None:
            notes = self._document.annotations if choice.with_notes else ()
            preview_report(self._document.report, self._window, choice.content, notes)

    def _on_print(self, choice: PrintChoice) -> None:
        if self._document is None:
            return
        self._remember(
            replace(self._settings, print_what=choice.content.value, with_notes=choice.with_notes)
        )
        notes = self._document.annotations if choice.with_notes else ()
        print_report(self._document.report, self._window, choice.content, notes)

    # The clipboard

    def copy(self, report: PolicyReport) -> None:
        """Put the card into the clipboard, as text, as HTML and as a picture."""
        QGuiApplication.clipboard().setMimeData(summary_for_clipboard(report))

    def _remember(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)


def _folder_of(path: str) -> str:
    """Return the folder to begin with: where the policy lies, or else the reader's documents."""
    folder = os.path.dirname(path)  # noqa: PTH120
    if folder and os.access(folder, os.W_OK):
        return folder
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
