"""A choice among a few things, each with a line that says what one gets: by mouse and arrow key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QSizePolicy, QWidget


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things: what it is called here and for the settings, and what one gets."""

    value: str
    words: str
    about: str


class ChoiceList(QWidget):
    """Shows all choices at once; the arrow keys go from one to the next.

    Signals:
        changed: another one was chosen; carries its value.
    """

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[Choice], chosen: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [choice.value for choice in choices]
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for row, choice in enumerate(choices):
            button = QRadioButton(choice.words, self)
            button.setAccessibleDescription(choice.about)
            about = QLabel(choice.about, self)
            about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            about.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
            self._group.addButton(button, row)
            self.buttons.append(button)
            grid.addWidget(button, row, 0)
            grid.addWidget(about, row, 1)
        self.buttons[self._values.index(chosen)].setChecked(True)
        self.setFocusProxy(self.buttons[self._values.index(chosen)])
        self._group.idToggled.connect(self._on_toggled)

    @property
    def value(self) -> str:
        """The value of what is chosen."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Choose by value, as the reader would."""
        self.buttons[self._values.index(value)].setChecked(True)

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.changed.emit(self._values[number])
