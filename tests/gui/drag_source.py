"""A program that a test drags from: a window whose whole area is one draggable thing.

    python drag_source.py FORMAT DATA

Dragging offers DATA, percent-encoded, as FORMAT (``text/uri-list``, ``text/plain``).
"""

from __future__ import annotations

import sys
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class DragSource(QWidget):
    """Starts a drag as soon as the pressed pointer moves."""

    def __init__(self, mime_format: str, data: bytes) -> None:
        super().__init__()
        self._format = mime_format
        self._data = data
        self.setWindowTitle("drag source")
        self.setGeometry(1400, 60, 160, 160)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            mime = QMimeData()
            mime.setData(self._format, self._data)
            drag = QDrag(self)
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = DragSource(sys.argv[1], unquote_to_bytes(sys.argv[2]))
    source.show()
    sys.exit(app.exec())
