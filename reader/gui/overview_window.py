"""The window of a folder: its policies side by side, while they are read and after."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.export.overview import Overview
from reader.export.overview_html import overview_html
from reader.export.saving import save
from reader.gui.file_names import short_name
from reader.gui.folder_reading import FolderReading
from reader.gui.opening_size import set_opening_size
from reader.gui.overview_table import OverviewModel, OverviewTable
from reader.gui.theme import Theme

_SIZE = (1110, 640)
_CLOSE = QKeySequence.StandardKey.Close


class OverviewWindow(QWidget):
    """Reads a folder and shows its policies; one that is double-clicked is opened.

    Signals:
        file_wanted: the reader wants to read a file; carries its path.
    """

    file_wanted = Signal(object)  # Qt would spoil a path that is no text

    def __init__(self, folder: str, theme: Theme, parent: QWidget) -> None:
        """Begin to read ``folder`` at once."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = short_name(os.path.basename(os.path.normpath(folder)) or folder)  # noqa: PTH119
        self.setWindowTitle(self.tr("{name} – side by side").format(name=name))
        set_opening_size(self, *_SIZE)
        self._name = name
        self._paths: list[str] = []
        self._failed = 0
        self._left_out = 0  # files of kinds that are not read
        self.reading = FolderReading(self)
        self.model = OverviewModel(theme, self)
        self.table = OverviewTable(self.model, self)
        self.told = self._label()
        self.words = self._label()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self.tr("Progress of the reading"))
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.save_button = QPushButton(self.tr("Save as web page …"), self)
        self.save_button.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        for keys in (QKeySequence(Qt.Key.Key_Escape), *QKeySequence.keyBindings(_CLOSE)):
            QShortcut(keys, self).activated.connect(self.close)
        self.reading.found.connect(self._on_found)
        self.reading.read.connect(self._on_read)
        self.reading.ended.connect(self._on_ended)
        self.cancel_button.clicked.connect(self.reading.cancel)
        self.save_button.clicked.connect(self._on_save)
        self.table.wanted.connect(self._on_wanted)
        self.table.pointed.connect(self.words.setText)
        self.told.setText(self.tr("Looking for policies …"))
        self.words.setText(self.tr("Double click or Enter opens a policy."))
        self.reading.start(folder)

    def set_theme(self, theme: Theme) -> None:
        """Show the shapes in the colours of ``theme``."""
        self.model.set_theme(theme)
        self.table.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the main window come before this one: it shows the policies that are opened here."""
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            handle.setTransientParent(None)  # type: ignore[arg-type]  # the stub forgets None

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the reading with the window."""
        self.reading.close()
        super().closeEvent(event)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _on_found(self, paths: list[str], left_out: int) -> None:
        self._paths = paths
        self._left_out = left_out
        self._bar.setRange(0, max(len(paths), 1))
        self._tell()

    def _on_read(self, rows: list[Overview]) -> None:
        self.model.add(rows)
        self._failed += sum(bool(each.error) for each in rows)
        self._bar.setValue(len(self.model.rows))
        self._tell()

    def _tell(self) -> None:
        told = self.tr("{done} of {total} files, {failed} failed").format(
            done=len(self.model.rows), total=len(self._paths), failed=self._failed
        )
        if self._left_out:
            words = self.tr("{told}; {count} of other kinds left out")
            told = words.format(told=told, count=self._left_out)
        self.told.setText(told)

    def _on_ended(self, is_whole: bool) -> None:
        self._bar.hide()
        self.cancel_button.hide()
        self.save_button.setEnabled(bool(self.model.rows))
        if is_whole and not self._paths:
            self.told.setText(self.tr("There are no files to read in this folder."))
        elif not is_whole:
            words = self.tr("{words}. The reading was cancelled.")
            self.told.setText(words.format(words=self.told.text()))

    def _on_wanted(self, row: int) -> None:
        self.file_wanted.emit(self._paths[row])

    def _on_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the policies side by side"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Web page (*.html)"))
        dialog.setDefaultSuffix("html")
        dialog.selectFile(f"{self._name}.html")
        dialog.fileSelected.connect(self.save_page)
        dialog.open()

    def save_page(self, path: str) -> None:
        """Write what is shown as a web page to ``path``."""
        try:
            save(Path(path), overview_html(self.model.rows))
        except ReaderError as error:
            self.words.setText(f"{error.message} {error.hint}")
        else:
            self.words.setText(self.tr("Saved as {path}").format(path=path))
