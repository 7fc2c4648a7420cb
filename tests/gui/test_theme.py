"""The colours: those that were measured, and readable where they are used."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from reader.gui.theme import Theme, ValenceColors, apply_theme, load_theme, theme_name
from reader.model import Valence, Verdict

MEASURED = {
    "light": {
        Verdict.GOOD: ("#00629b", "#d9ecf8"),
        Verdict.NEUTRAL: ("#5b6470", "#e8eaed"),
        Verdict.CAUTION: ("#8a5a00", "#fff0c7"),
        Verdict.BAD: ("#9c1340", "#fadbe4"),
        Verdict.SILENT: ("#5b6470", "#ffffff"),
    },
    "dark": {
        Verdict.GOOD: ("#7cc4f5", "#143a55"),
        Verdict.NEUTRAL: ("#a7aeb8", "#363b43"),
        Verdict.CAUTION: ("#ffd35c", "#4a3a0a"),
        Verdict.BAD: ("#ff7a59", "#54201a"),
        Verdict.SILENT: ("#a7aeb8", "#17191d"),
    },
}


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_each_valence_has_the_line_and_the_tint_that_were_measured(theme: Theme):
    for verdict, expected in MEASURED[theme.name].items():
        colors = theme.colors(verdict)
        assert (colors.line.name(), colors.tint.name()) == expected


def test_a_valence_and_its_verdict_have_the_same_colours(theme: Theme):
    assert all(theme.colors(each) == theme.colors(Verdict(each.value)) for each in Valence)


def test_what_is_not_judged_looks_like_silence(theme: Theme):
    assert theme.colors(Verdict.WITHHELD) == theme.colors(Verdict.SILENT)


def test_words_keep_their_contrast_on_every_ground(theme: Theme):
    for ground in (theme.page, theme.panel, theme.button):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
        assert contrast(theme.link, ground) >= 4.5
    for verdict in Verdict:
        colors: ValenceColors = theme.colors(verdict)
        assert contrast(colors.line, colors.tint) >= 4.5
        assert contrast(colors.line, theme.page) >= 4.5
        assert contrast(theme.ink, colors.tint) >= 7
        assert contrast(colors.mark, colors.fill) >= 4.5
    assert contrast(theme.selection_ink, theme.selection) >= 4.5


def test_every_layer_of_marks_shows_on_every_ground(theme: Theme):
    grounds = [theme.page, theme.note_ground, *(theme.colors(each).tint for each in Verdict)]
    for ground in grounds:
        assert contrast(theme.wording, ground) >= 3
    assert contrast(theme.note, theme.page) >= 4.5
    assert contrast(theme.note, theme.note_ground) >= 3
    assert contrast(theme.ink, theme.note_ground) >= 7
    for each in Valence:
        assert contrast(theme.colors(each).line, theme.note_ground) >= 3


def test_an_application_takes_the_theme_whatever_the_desktop_says(qapp: QApplication, theme: Theme):
    before = qapp.palette(), qapp.style().name()
    try:
        apply_theme(qapp, theme)
        assert qapp.palette().color(QPalette.ColorRole.Base) == theme.page
        assert qapp.palette().color(QPalette.ColorRole.WindowText) == theme.ink
        assert qapp.style().name() == "fusion"
    finally:
        qapp.setPalette(before[0])
        qapp.setStyle(before[1])


def test_a_desktop_that_does_not_tell_its_scheme_gets_light(qapp: QApplication):
    assert theme_name("system") == "light"
    assert theme_name("dark") == "dark"
