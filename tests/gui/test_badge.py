"""The shapes of the verdicts: they differ without colour and carry the colour of their theme."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import cos, pi, sin

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.gui.badge import badge_size, paint_badge, paint_shape, shape_pixmap
from reader.gui.icons import app_icon, icon_pixmap
from reader.gui.theme import Theme, load_theme
from reader.model import Verdict
from tests.make_report import make_report

SIZES = (14, 16, 18)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    return load_theme(request.param)


def drawn(verdict: Verdict, size: int, theme: Theme) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(theme.page)
    painter = QPainter(image)
    paint_shape(painter, QRectF(0, 0, size, size), verdict, theme)
    painter.end()
    return image


def grey(image: QImage) -> list[int]:
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [
        flat.pixelColor(x, y).value() for y in range(flat.height()) for x in range(flat.width())
    ]


def colors_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for y in range(image.height()) for x in range(image.width())
    }


@pytest.mark.parametrize("size", SIZES)
def test_every_two_shapes_differ_in_grey_at_the_size_of_a_line(size: int, theme: Theme):
    greys = {verdict: grey(drawn(verdict, size, theme)) for verdict in Verdict}
    for one, other in combinations(Verdict, 2):
        far_apart = sum(abs(a - b) > 64 for a, b in zip(greys[one], greys[other], strict=True))
        least = 3 if {one, other} == {Verdict.SILENT, Verdict.WITHHELD} else size
        assert far_apart >= least, f"{one} and {other} look alike at {size} pixels"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_shape_shows_the_line_of_its_valence(verdict: Verdict, theme: Theme):
    assert theme.colors(verdict).line.name() in colors_of(drawn(verdict, 48, theme))


def test_the_triangle_is_filled_with_amber(theme: Theme):
    middle = drawn(Verdict.CAUTION, 48, theme).pixelColor(15, 38)
    assert middle == theme.colors(Verdict.CAUTION).fill


def test_a_circle_of_silence_is_broken_into_dashes(theme: Theme):
    image = drawn(Verdict.SILENT, 64, theme)
    page = grey(image)[0]
    ring = [image.pixelColor(x, y).lightness() for x, y in _circle(32, 32, 0.43 * 64, 360)]
    changes = sum((abs(a - page) > 60) != (abs(b - page) > 60) for a, b in pairwise(ring))
    assert changes >= 14  # eight dashes, eight gaps


def _circle(x: float, y: float, radius: float, steps: int) -> list[tuple[int, int]]:
    angles = [2 * pi * step / steps for step in range(steps)]
    return [(int(x + radius * cos(a)), int(y + radius * sin(a))) for a in angles]


def test_a_pixmap_of_a_shape_is_sharp_on_a_dense_screen(theme: Theme):
    pixmap = shape_pixmap(Verdict.BAD, 16, theme, 2.0)
    assert pixmap.width() == 32
    assert pixmap.deviceIndependentSize().width() == 16


def test_a_badge_says_its_word_beside_its_shape(theme: Theme):
    image = QImage(160, 24, QImage.Format.Format_RGB32)
    image.fill(theme.page)
    painter = QPainter(image)
    room = badge_size(QFontMetricsF(painter.font()), "Take care")
    paint_badge(
        painter, QRectF(0, 0, room.width(), room.height()), Verdict.CAUTION, "Take care", theme
    )
    painter.end()
    beside = image.copy(int(room.height()) + 2, 0, int(room.width() - room.height()), 24)
    line = theme.colors(Verdict.CAUTION).line
    near = [
        1
        for x in range(beside.width())
        for y in range(beside.height())
        if _distance(beside.pixelColor(x, y), line) < 60
    ]
    assert len(near) > 40
    empty = image.copy(int(room.width()) + 1, 0, 160 - int(room.width()) - 1, 24)
    assert colors_of(empty) == {theme.page.name()}


def _distance(one: QColor, other: QColor) -> int:
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


def test_every_topic_has_a_drawing_of_its_own(qapp: QApplication):
    ink = QColor("#1b1d21")
    pictures = {each.id: icon_pixmap(each.id, 16, ink).toImage() for each in make_report().topics}
    assert len(pictures) == 15
    for one, other in combinations(pictures, 2):
        assert pictures[one] != pictures[other]
    for picture in pictures.values():
        solid = sum(picture.pixelColor(x, y).alpha() > 160 for x in range(16) for y in range(16))
        assert 20 <= solid <= 140


def test_an_icon_takes_the_colour_that_it_is_given(qapp: QApplication):
    picture = icon_pixmap("keep", 48, QColor("#ff0000")).toImage()
    inked = [
        picture.pixelColor(x, y)
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() == 255
    ]
    assert inked
    assert all(color.red() > 250 and color.green() < 5 for color in inked)


def test_a_topic_without_a_drawing_shows_nothing(qapp: QApplication):
    picture = icon_pixmap("a-topic-of-tomorrow", 16, QColor("black")).toImage()
    assert all(picture.pixelColor(x, y).alpha() == 0 for x in range(16) for y in range(16))


def test_the_program_has_an_icon_in_the_sizes_of_desktops(qapp: QApplication):
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 256}
