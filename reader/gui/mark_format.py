"""How a marked stretch of a policy looks, on screen and on paper: its underline and its tint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QTextCharFormat

from reader.gui.passages import Stretch
from reader.gui.theme import UNDERLINES, Theme

_QUIET = 0.6  # opacity of an underline that stands alone


def mark_format(stretch: Stretch, theme: Theme) -> QTextCharFormat:
    """Return what the letters of ``stretch`` look like, to be merged with how they are set."""
    form = QTextCharFormat()
    form.setUnderlineStyle(UNDERLINES[stretch.underline])
    line = QColor(theme.colors(stretch.underline).line)
    if stretch.tint is None:
        line.setAlphaF(_QUIET)
    form.setUnderlineColor(line)
    tint = theme.colors(stretch.tint).tint if stretch.tint else None
    form.setBackground(QBrush(tint) if tint else QBrush(Qt.BrushStyle.NoBrush))
    return form
