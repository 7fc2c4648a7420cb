"""What the window shows before anything is open: where to drop a policy, three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.gui.file_names import distinct_names
from reader.gui.icons import app_icon
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.typography import scaled_font
from reader.library import RecentFile

_ICON = 72
_INSET = 28
_MOST_RECENT = 5
_LIST_WIDTH = 420


class StartPage(QWidget):
    """A large place to drop a policy on.

    Signals:
        recent_wanted: a file read before was pressed; carries its path.
        open_wanted, paste_wanted, sample_wanted: the button of that name was pressed.
    """

    recent_wanted = Signal(str)
    open_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: tuple[RecentFile, ...] = ()
        icon = QLabel(self)
        icon.setPixmap(app_icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        icon.setAccessibleName(self.tr("Policy Reader"))
        title = self._label(self.tr("Drop a privacy policy here"), 1.9, QFont.Weight.DemiBold)
        formats = self._label(
            self.tr(
                "A saved web page, a PDF, a document or an e-mail, or words copied from a page."
            ),
            1.1,
        )
        open_button = QPushButton(self.tr("Open a file …"), self)
        open_button.setDefault(True)
        paste_button = QPushButton(self.tr("Paste text"), self)
        sample_button = QPushButton(self.tr("Try the sample"), self)
        self._quiet = self._label(
            self.tr("Everything is read on this computer. Nothing is sent anywhere."), 1.0
        )

        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _INSET, 2 * _INSET, 2 * _INSET, 2 * _INSET)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(formats)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in (open_button, paste_button, sample_button):
            button.setMinimumSize(132, 36)
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._quiet)
        column.addSpacing(8)
        self._recent = QWidget(self)
        self._recent.setFixedWidth(_LIST_WIDTH)
        self._list = QVBoxLayout(self._recent)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        column.addWidget(self._recent, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setFocusProxy(open_button)
        self.set_theme(theme)

        open_button.clicked.connect(self.open_wanted)
        paste_button.clicked.connect(self.paste_wanted)
        sample_button.clicked.connect(self.sample_wanted)

    def show_recent(self, files: Sequence[RecentFile]) -> None:
        """Offer the first few of the files that were read before."""
        for old in self._recent.findChildren(QWidget):
            old.hide()  # a deferred delete alone would still be painted once
            old.deleteLater()
        self._files = tuple(files[:_MOST_RECENT])
        if self._files:
            font = scaled_font(self.font(), 1.0, QFont.Weight.DemiBold)
            self._list.addWidget(
                FittedLabel(self.tr("Read recently"), font, self._theme.ink, most=1)
            )
        names = distinct_names([(file.name, file.paths[0]) for file in self._files])
        for file, name in zip(self._files, names, strict=True):
            button = LineButton(name, self._theme, is_link=True, most=1)
            button.setToolTip(tooltip(*file.paths))
            button.setAccessibleDescription("\n".join(file.paths))
            button.setProperty("path", file.path)
            button.clicked.connect(self._on_recent)
            self._list.addWidget(button)

    def _on_recent(self) -> None:
        self.recent_wanted.emit(self.sender().property("path"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        palette = self._quiet.palette()
        palette.setColor(self._quiet.foregroundRole(), theme.muted)
        self._quiet.setPalette(palette)
        self.show_recent(self._files)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and the dashed frame that says "drop it here"."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.page)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.outline, 2.0)
        pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(frame, 14, 14)

    def _label(self, words: str, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(scaled_font(self.font(), size, weight))
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        return label
