"""Files that the desktop hands over by an event, as macOS does in place of arguments."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileEvents(QObject):
    """Listens to the application, which keeps it.

    Signals:
        files_came: a file shall be opened; carries its path, alone in a list.
    """

    files_came = Signal(list)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the events that name a file; an address on the web is none and is left alone."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        self.files_came.emit([event.file()])
        return True
