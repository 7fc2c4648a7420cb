"""How large a window opens: as wanted, or as its screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_TITLE_BAR = 40
"""What a window's frame adds to its height (px); until it is shown, only the system knows."""


def set_opening_size(window: QWidget, width: int, height: int) -> None:
    """Give ``window`` the size (px), less where the room between the panels of its screen is less.

    A smallest size that the window was given before is kept all the same.
    """
    room = window.screen().availableSize() - QSize(0, _TITLE_BAR)
    window.resize(QSize(width, height).boundedTo(room))
