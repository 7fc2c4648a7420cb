"""Check boxes and radio buttons whose outline can be seen in the dark too.

Qt's Fusion style derives the outline from the window's colour, a little darker: on a dark window
that is next to nothing. Here it is painted again in the palette's second voice.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QStyle, QStyleOptionButton


class CheckBox(QCheckBox):
    """A check box with an outline of its own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then its outline."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        place = QRectF(self.style().subElementRect(part, option, self))
        painter = QPainter(self)
        painter.setPen(_outline(self.palette()))
        painter.drawRect(place.adjusted(0.5, 0.5, -1.5, -1.5))
        painter.end()


class RadioButton(QRadioButton):
    """A radio button with an outline of its own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then its outline."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_RadioButtonIndicator
        place = QRectF(self.style().subElementRect(part, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_outline(self.palette(), 1.5))
        painter.drawEllipse(place.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()


def _outline(palette: QPalette, width: float = 1.0) -> QPen:
    return QPen(palette.color(QPalette.ColorRole.Dark), width)
