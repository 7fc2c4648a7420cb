"""The drawings of ``resources/icons``: one a topic, in one colour, and the program's own.

They are painted as vectors, on the screen as on paper. A topic without a drawing has none.
"""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.paths import resource

_APP_ICON = "policy-reader"


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Paint the icon ``name`` into ``rect`` in ``color``; nothing where there is no such icon."""
    drawing = _drawing(name)
    if drawing:
        colored = drawing.replace("currentColor", color.name())
        QSvgRenderer(QByteArray(colored.encode())).render(painter, rect)


def icon_pixmap(name: str, size: int, color: QColor, device_pixel_ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of ``size`` logical pixels a side, on nothing."""
    pixels = math.ceil(size * device_pixel_ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, QRectF(0, 0, size, size), name, color)
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """Return the program's icon, in the sizes that desktops ask for."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(icon_pixmap(_APP_ICON, size, QColor(Qt.GlobalColor.black)))
    return icon


@cache
def _drawing(name: str) -> str:
    """Return the SVG text of an icon, '' where there is none."""
    try:
        return resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
