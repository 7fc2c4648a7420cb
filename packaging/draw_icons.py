"""Draw the program's icon in the sizes that desktops ask for.

draw_icons.py FOLDER     it becomes an icon theme's ``hicolor``: a PNG a size, and the drawing
draw_icons.py FILE.ico   the sizes that Windows asks for, in one file
draw_icons.py FILE.icns  the same for macOS
"""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources/icons/policy-reader.svg"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)  # pixels


_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_ICNS_SIZES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,  # 16 points on a screen with two pixels a point, and so on
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}


def drawn(size: int) -> QImage:
    """Return the icon, ``size`` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def theme(folder: Path) -> None:
    """Write the icons of an icon theme below ``folder``."""
    for size in SIZES:
        place = folder / f"{size}x{size}" / "apps" / "policy-reader.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_png(size))
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(DRAWING, scalable / DRAWING.name)


def ico() -> bytes:
    """Return Windows' form: a head, an entry a picture, the pictures."""
    pictures = [_png(size) for size in _ICO_SIZES]
    start = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in zip(_ICO_SIZES, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), start)
        start += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def icns() -> bytes:
    """Return macOS' form: each picture behind its type and length, and so all of them."""
    pictures = ((kind, _png(size)) for kind, size in _ICNS_SIZES.items())
    body = b"".join(kind + struct.pack(">I", 8 + len(png)) + png for kind, png in pictures)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def _png(size: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not drawn(size).save(buffer, "PNG"):
        raise OSError("cannot make a PNG")
    return data.data()


def main(place: Path) -> None:
    """Write what the name of ``place`` asks for."""
    made = {".ico": ico, ".icns": icns}.get(place.suffix)
    if made is None:
        theme(place)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made())


if __name__ == "__main__":
    app = QGuiApplication(["draw_icons", "-platform", "offscreen"])
    main(Path(sys.argv[1]))
