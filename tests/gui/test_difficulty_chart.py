"""The bars of the page: as wide as a section's share of the text, as high as it is hard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.gui.bars import STEPS, shade
from reader.gui.difficulty_chart import paint_difficulty_chart
from reader.gui.theme import load_theme
from reader.model import Band, PolicyReport, Verdict
from tests.make_report import make_report

WIDE, HIGH = 600, 100


def with_bands(*bands: Band, rough: bool = False) -> PolicyReport:
    report = make_report()
    scores = [replace(report.section_scores[0], band=band, rough=rough) for band in bands]
    assert len(scores) == len(report.document.sections)
    return replace(report, section_scores=tuple(scores), disclosures=(), topics=(), flags=())


def painted(report: PolicyReport) -> QImage:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    paint_difficulty_chart(painter, QRectF(0, 0, WIDE, HIGH), report, load_theme("light"))
    painter.end()
    return image


def middle_of(report: PolicyReport, section: int) -> int:
    span = report.document.sections[section].span
    return round((span.start + span.end) / 2 / len(report.document.text) * WIDE)


def height_at(image: QImage, x: int) -> int:
    return sum(image.pixelColor(x, y) != QColor("white") for y in range(HIGH))


def test_a_harder_section_has_a_higher_and_darker_bar(qapp: QApplication):
    report = with_bands(Band.PLAIN, Band.FAIRLY_HARD, Band.VERY_HARD)
    image = painted(report)
    places = [middle_of(report, section) for section in range(3)]
    heights = [height_at(image, x) for x in places]
    assert heights[0] < heights[1] < heights[2]
    darkness = [image.pixelColor(x, HIGH - 5).lightness() for x in places]
    assert darkness[0] > darkness[1] > darkness[2]


def test_a_section_without_a_score_has_no_bar_and_a_rough_one_is_pale(qapp: QApplication):
    report = with_bands(Band.TOO_SHORT, Band.HARD, Band.HARD, rough=True)
    image = painted(report)
    assert height_at(image, middle_of(report, 0)) < HIGH * 0.06
    middle = middle_of(report, 1)
    body = image.pixelColor(middle, HIGH - 12).lightnessF()
    assert shade(Band.HARD, load_theme("light")).lightnessF() + 0.3 < body < 1
    assert height_at(image, middle) > 2


def test_findings_stand_above_the_bars_in_the_colour_of_what_they_mean(qapp: QApplication):
    report = make_report()
    image = painted(report)
    theme = load_theme("light")
    above = {image.pixelColor(x, y).name() for x in range(WIDE) for y in range(round(HIGH * 0.36))}
    shown = {d.valence for d in report.disclosures}
    lines = {theme.colors(Verdict(valence.value)).fill.name() for valence in shown}
    assert lines & above


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shade_can_be_told_from_the_page(qapp: QApplication, theme: str):
    look = load_theme(theme)
    for band in STEPS:
        assert contrast(shade(band, look), look.page) >= 3


def contrast(one: QColor, other: QColor) -> float:
    def luminance(color: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
