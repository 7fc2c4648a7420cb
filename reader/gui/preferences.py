"""What the reader can choose, in one window: each choice holds at once and is stored."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.gui.dialog_buttons import without_pictures
from reader.gui.layers import with_everything
from reader.gui.typesetting import book_font, typeset_words
from reader.settings import (
    DESKTOP,
    LARGEST_ZOOM,
    LONGEST_LINE,
    SERIF,
    SHORTEST_LINE,
    SMALLEST_ZOOM,
    TIGHTEST,
    WIDEST_SPACING,
    Settings,
)

_STEP = 10
_PER_CENT = 100
_PREVIEW_HEIGHT = 96


class PreferencesWindow(QDialog):
    """Shows the settings, and changes them.

    Signals:
        settings_changed: something was chosen; carries the new ``Settings``.
        forget_wanted: the reader wants everything forgotten.
    """

    settings_changed = Signal(object)
    forget_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        self._is_showing = False
        self.theme = self._choice(
            ("system", self.tr("Same as the desktop")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        )
        self.zoom = self._per_cent(SMALLEST_ZOOM, LARGEST_ZOOM)
        self.face = self._choice(
            (SERIF, self.tr("Serif, like a book")), (DESKTOP, self.tr("Same as the desktop"))
        )
        self.face.insertSeparator(self.face.count())
        for family in QFontDatabase.families(QFontDatabase.WritingSystem.Latin):
            if not QFontDatabase.isPrivateFamily(family):
                self.face.addItem(family, family)
        self.face.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.face.setMinimumContentsLength(18)
        self.spacing = self._per_cent(TIGHTEST, WIDEST_SPACING)
        self.length = QSpinBox(self)
        self.length.setRange(SHORTEST_LINE, LONGEST_LINE)
        self.length.setSingleStep(4)
        self.length.setSuffix(self.tr(" characters"))
        self.everything = self._switch(self.tr("&Highlight everything that says something"))
        self.paper = self._choice(("a4", self.tr("A4")), ("letter", self.tr("Letter")))
        self.history = self._switch(
            self.tr("&Keep history: recent files, places, dismissed findings and notes")
        )
        self.texts = self._switch(
            self.tr("Also keep the files that you &read, to show later what changed in them")
        )
        self.forget = QPushButton(self.tr("For&get everything …"), self)
        self.preview = QTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setAcceptDrops(False)
        self.preview.setFixedHeight(_PREVIEW_HEIGHT)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setAccessibleName(self.tr("How the text will look"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.RestoreDefaults | QDialogButtonBox.StandardButton.Close,
            self,
        )
        without_pictures(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a field takes what was typed, no more
        self._lay_out()
        self._show(settings)
        self._connect()

    def _lay_out(self) -> None:
        text = QGroupBox(self.tr("Text"), self)
        form = QFormLayout(text)
        form.addRow(self.tr("&Size:"), self.zoom)
        form.addRow(self.tr("&Font:"), self.face)
        form.addRow(self.tr("&Line spacing:"), self.spacing)
        form.addRow(self.tr("&Width:"), self.length)
        form.addRow(self.everything)
        form.addRow(self.preview)
        other = QGroupBox(self.tr("Program"), self)
        form = QFormLayout(other)
        form.addRow(self.tr("&Theme:"), self.theme)
        form.addRow(self.tr("&Paper of PDFs:"), self.paper)
        form.addRow(self.history)
        form.addRow(self.texts)
        form.addRow(self.forget)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(other)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        for choice in (self.theme, self.face, self.paper):
            choice.currentIndexChanged.connect(self._on_choice)
        for number in (self.zoom, self.spacing, self.length):
            number.valueChanged.connect(self._on_choice)
        for switch in (self.everything, self.history, self.texts):
            switch.toggled.connect(self._on_choice)
        self.forget.clicked.connect(self.forget_wanted)
        self.buttons.rejected.connect(self.reject)
        defaults = self.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        defaults.setToolTip(self.tr("Resets everything except what is kept"))
        defaults.clicked.connect(self._on_defaults)

    def sizeHint(self) -> QSize:
        """Return a size with room for the longest words."""
        return super().sizeHint().expandedTo(QSize(440, 0))

    def _show(self, settings: Settings) -> None:
        """Let the controls say what ``settings`` hold, without telling of it."""
        self._is_showing = True
        _select(self.theme, settings.theme)
        _select(self.paper, settings.page_size)
        if self.face.findData(settings.font) < 0:
            words = self.tr("{family} (not installed)").format(family=settings.font)
            self.face.addItem(words, settings.font)
        _select(self.face, settings.font)
        self.zoom.setValue(round(settings.zoom * _PER_CENT))
        self.spacing.setValue(round(settings.line_spacing * _PER_CENT))
        self.length.setValue(settings.line_length)
        self.everything.setChecked(settings.mark_everything)
        self.history.setChecked(settings.keep_history)
        self.texts.setChecked(settings.keep_texts)
        self.texts.setEnabled(settings.keep_history)
        self._is_showing = False
        self._show_preview()

    def _show_preview(self) -> None:
        settings = self._settings
        font = book_font(QApplication.font(), settings.zoom, settings.font)
        words = self.tr(
            "We never sell your name or your address. We keep your orders for as long as the law "
            "asks us to, and delete them then."
        )
        typeset_words(self.preview.document(), words, font, settings.line_spacing)

    def _on_choice(self) -> None:
        if self._is_showing:
            return
        self.texts.setEnabled(self.history.isChecked())
        everything = self.everything.isChecked()
        before = self._settings
        if everything != before.mark_everything:
            before = with_everything(before, on=everything)
        self._change(
            replace(
                before,
                theme=self.theme.currentData(),
                zoom=self.zoom.value() / _PER_CENT,
                font=self.face.currentData(),
                line_spacing=self.spacing.value() / _PER_CENT,
                line_length=self.length.value(),
                page_size=self.paper.currentData(),
                keep_history=self.history.isChecked(),
                keep_texts=self.texts.isChecked(),
            )
        )

    def _on_defaults(self) -> None:
        """Take back what can be chosen here, but not whether to remember."""
        first = Settings()
        new = replace(
            with_everything(self._settings, on=first.mark_everything),
            theme=first.theme,
            zoom=first.zoom,
            font=first.font,
            line_spacing=first.line_spacing,
            line_length=first.line_length,
            page_size=first.page_size,
        )
        self._change(new)
        self._show(new)

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self._show_preview()
            self.settings_changed.emit(settings)

    # Controls

    def _choice(self, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox(self)
        for data, words in choices:
            box.addItem(words, data)
        return box

    def _per_cent(self, least: float, most: float) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(round(least * _PER_CENT), round(most * _PER_CENT))
        box.setSingleStep(_STEP)
        box.setSuffix(self.tr(" %"))
        return box

    def _switch(self, words: str) -> QCheckBox:
        return QCheckBox(words, self)


def _select(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(max(box.findData(data), 0))
