"""Two ways to a file that was just saved: open its folder, or copy its path."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class SavedPlace(QWidget):
    """The buttons; hidden while there is no file to go to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = ""
        self.folder = QPushButton(self.tr("Open folder"), self)
        self.copy = QPushButton(self.tr("Copy path"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder)
        row.addWidget(self.copy)
        self.hide()
        self.folder.clicked.connect(self._on_folder)
        self.copy.clicked.connect(self._on_copy)

    def show_path(self, path: str) -> None:
        """Lead to the file at ``path``; '' leads nowhere."""
        self._path = path
        self.setVisible(bool(path))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._path).parent)))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path)
