"""How a policy does by each law and guide on plain language; a press unfolds how it is counted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.difficulty import bar_lines
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton
from reader.gui.theme import Theme
from reader.gui.typography import scaled_font
from reader.model import LegalBar

_MOST_DETAILS = 16


class LegalBarsList(QWidget):
    """A row for each bar: met or missed, by how much, and its details where they are unfolded."""

    def __init__(self, bars: Sequence[LegalBar], theme: Theme) -> None:
        super().__init__()
        self._details: dict[LineButton, FittedLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        small = scaled_font(self.font(), SMALL)
        for bar in bars:
            head, result, details = bar_lines(bar)
            button = LineButton(head, theme, is_link=True, most=2)
            button.setAccessibleName(f"{head}. {result}")
            button.setAccessibleDescription(self.tr("Shows how this is counted, and its source"))
            button.setCheckable(True)
            button.toggled.connect(self._on_toggled)
            told = FittedLabel(details, small, theme.muted, most=_MOST_DETAILS)
            told.hide()
            self._details[button] = told
            column.addSpacing(4)
            column.addWidget(button)
            column.addWidget(FittedLabel(result, small, theme.muted, most=4))
            column.addWidget(told)

    def _on_toggled(self, on: bool) -> None:
        button = self.sender()
        if isinstance(button, LineButton):
            self._details[button].setVisible(on)
