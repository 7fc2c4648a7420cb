"""Draw the program's icon in the sizes that desktops ask for.

draw_icons.py FOLDER: it becomes an icon theme's ``hicolor``: a PNG for each size, and the drawing.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources/icons/policy-reader.svg"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)  # pixels


def main(folder: Path) -> None:
    """Write the icons below ``folder``."""
    drawing = QSvgRenderer(str(DRAWING))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, size, size))
        painter.end()
        place = folder / f"{size}x{size}" / "apps" / "policy-reader.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(place)):
            raise OSError(f"cannot write {place}")
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(DRAWING, scalable / DRAWING.name)


if __name__ == "__main__":
    app = QGuiApplication(["draw_icons", "-platform", "offscreen"])
    main(Path(sys.argv[1]))
