"""What the marks mean, told once: over the first policy that this reader ever opens.

The words are those of the guide, so that they are written in one place.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import shape_pixmap
from reader.gui.documents import Documents
from reader.gui.guide_page import Paragraph, guide_pages
from reader.gui.main_window import MainWindow
from reader.gui.theme import Theme, load_theme, theme_name
from reader.gui.typography import beginning, scaled_font

_SHAPE = 24
_WIDTH = 84  # average letters
_ROOM = 40  # pixels of the window that stay free around it


class FirstLook(QDialog):
    """Lists the shapes with their meaning, and the three presses that one needs first.

    The window below it can be used meanwhile, and what is dropped on it goes there.
    """

    def __init__(self, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What the marks mean"))
        self._theme = theme
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(12)
        title = _label(self.tr("What the marks mean"))
        title.setFont(scaled_font(self.font(), 1.35, QFont.Weight.Bold))
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, told in enumerate(explained_shapes()):
            if told.shape is None:
                continue
            shape = QLabel()
            ratio = self.devicePixelRatioF()
            shape.setPixmap(shape_pixmap(told.shape, _SHAPE, theme, ratio))
            grid.addWidget(shape, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(told.words), row, 1)
        column.addLayout(grid)
        for words in (
            self.tr("Press a tile in the summary to see the words behind it."),
            self.tr("F8 goes to the next finding in the text, Esc back to the summary."),
            self.tr("This is not shown again. You can find it, and more, in the guide (Ctrl+F1)."),
        ):
            column.addWidget(_label(words))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        area.setAccessibleName(self.tr("What the marks mean"))
        area.setAccessibleDescription("\n".join(each.words for each in explained_shapes()))
        area.setWidget(content)
        buttons = QDialogButtonBox(self)
        self.done_button = QPushButton(self.tr("&Begin reading"))
        self.done_button.setDefault(True)
        buttons.addButton(self.done_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.addWidget(area, 1)
        outer.addWidget(buttons)
        self.resize(self._fitting_size(column, window.size()))
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Close with Esc, which the window has for its own."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Cancel)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome what the window would."""
        self._window.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Leave the window, too."""
        self._window.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Have the window open what was let go."""
        self._window.dropEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame, for desktops that give it none."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.outline, 2.0))
        painter.drawRect(self.rect())

    def _fitting_size(self, column: QVBoxLayout, room: QSize) -> QSize:
        """Return the size that shows all where ``room`` has place for it; else it scrolls."""
        width = min(_WIDTH * self.fontMetrics().averageCharWidth(), room.width() - _ROOM)
        height = column.totalHeightForWidth(width - _ROOM)
        height += self.done_button.sizeHint().height() + _ROOM
        return QSize(width, min(height, room.height() - _ROOM))


class FirstLookOnce(QObject):
    """Waits for the first policy in a window and shows what the marks mean, unless it was shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        documents = window.findChild(Documents)
        if documents is not None and not window.settings.marks_explained:
            documents.shown.connect(self._on_shown)
            self._next_shown = documents.shown

    def _on_shown(self) -> None:
        window = self._window
        if window.settings.marks_explained:
            return
        window.use_settings(replace(window.settings, marks_explained=True))
        look = FirstLook(load_theme(theme_name(window.settings.theme)), window)
        self._next_shown.connect(look.accept)  # who opens the next policy has begun to read
        look.show()


def explained_shapes() -> tuple[Paragraph, ...]:
    """Return what the guide says of each shape, in its order."""
    return tuple(told for page in guide_pages() for told in page if told.shape is not None)


def _label(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(beginning(label))
    return label
