"""The colours of the window and of paper, read from ``resources/themes/*.toml``.

``load_theme`` reads one, ``apply_theme`` gives it to the application. Widgets that paint are handed
the ``Theme``; nothing here is global. The palette is ours and the style is Fusion, because what a
desktop calls its theme is a hint that is often missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication, QToolTip

from reader.model import Valence, Verdict
from reader.paths import resource

LIGHT = "light"
DARK = "dark"

UNDERLINES: Mapping[Valence, QTextCharFormat.UnderlineStyle] = MappingProxyType(
    {
        Valence.GOOD: QTextCharFormat.UnderlineStyle.SingleUnderline,
        Valence.NEUTRAL: QTextCharFormat.UnderlineStyle.DotLine,
        Valence.CAUTION: QTextCharFormat.UnderlineStyle.DashUnderline,
        Valence.BAD: QTextCharFormat.UnderlineStyle.WaveUnderline,
    }
)
"""How a passage is underlined, so that its valence shows without colour."""


_EDGED = (
    "QCheckBox",
    "QRadioButton",
    "QLineEdit",
    "QComboBox",
    "QAbstractSpinBox",
    "QScrollBar",
)
_STYLE = "fusion"
_DARKENED_BY_FUSION = 140  # per cent


@dataclass(frozen=True, slots=True)
class ValenceColors:
    """The colours of one valence.

    ``line`` serves outlines and words, ``fill`` the body of the shape, ``mark`` the sign inside
    it, ``tint`` the ground behind a passage or a tile.
    """

    line: QColor
    fill: QColor
    mark: QColor
    tint: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours: of the page, of what surrounds it, and of the valences.

    ``page`` lies under text and ``ink`` is its colour; ``muted`` is the second voice, ``panel`` the
    ground of panes and bars, ``rule`` the colour of hairlines, ``outline`` that of the edges of
    boxes and fields. ``hit`` lies under what a search found, ``hit_current`` with letters in
    ``hit_ink`` under the hit that is being shown. ``wording`` is the colour of the marks on
    wording, ``note`` that of the reader's own, with ``note_ground`` under their words.
    """

    name: str
    page: QColor
    ink: QColor
    muted: QColor
    panel: QColor
    button: QColor
    rule: QColor
    outline: QColor
    link: QColor
    selection: QColor
    selection_ink: QColor
    focus: QColor
    hit: QColor
    hit_current: QColor
    hit_ink: QColor
    wording: QColor
    note: QColor
    note_ground: QColor
    valences: Mapping[Verdict, ValenceColors]

    def colors(self, verdict: Verdict | Valence) -> ValenceColors:
        """Return the colours of a verdict or valence; what is not judged looks like silence."""
        if isinstance(verdict, Valence):
            verdict = Verdict(verdict.value)
        if verdict is Verdict.WITHHELD:
            verdict = Verdict.SILENT
        return self.valences[verdict]

    @property
    def is_dark(self) -> bool:
        """Return whether the page is darker than its ink."""
        return self.page.lightnessF() < self.ink.lightnessF()


def load_theme(name: str) -> Theme:
    """Return the theme ``light`` or ``dark``.

    Raises:
        FileNotFoundError: there is no theme of this name.
    """
    table = tomllib.loads(resource(f"themes/{name}.toml").read_text(encoding="utf-8"))
    palette = {key: QColor(value) for key, value in table["palette"].items()}
    valences = {
        Verdict(key): ValenceColors(**{part: QColor(value) for part, value in colors.items()})
        for key, colors in table["valence"].items()
    }
    return Theme(name=table["name"], valences=MappingProxyType(valences), **palette)


def theme_name(preference: str) -> str:
    """Return ``light`` or ``dark`` for a preference, which may also be ``system``.

    Many desktops do not tell their colour scheme: then it is light.
    """
    if preference in (LIGHT, DARK):
        return preference
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application the style and the palette of ``theme``."""
    if app.style().objectName().lower() != _STYLE:
        app.setStyle(_STYLE)  # once: it takes every widget of the window through its paces
    palette = make_palette(theme)
    app.setPalette(palette)
    # The style makes these edges of the window's colour, darkened: on a dark one nobody sees them.
    edged = QPalette(palette)
    edged.setColor(QPalette.ColorRole.Window, theme.outline.lighter(_DARKENED_BY_FUSION))
    for widgets in _EDGED:
        app.setPalette(edged, widgets)  # type: ignore[arg-type]  # the stubs say bytes, which fail
    QToolTip.setPalette(palette)


def make_palette(theme: Theme) -> QPalette:
    """Return the Qt palette of ``theme``."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, color in (
        (role.Window, theme.panel),
        (role.WindowText, theme.ink),
        (role.Base, theme.page),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.ink),
        (role.Button, theme.button),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.selection_ink),
        (role.ToolTipBase, theme.button),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.selection_ink),
        (role.Accent, theme.selection),
        (role.Link, theme.link),
        (role.LinkVisited, theme.link),
        (role.Light, theme.button),
        (role.Midlight, theme.rule),
        (role.Mid, theme.rule),
        (role.Dark, theme.muted),
        (role.Shadow, theme.ink),
    ):
        palette.setColor(where, color)
    faded = QColor(theme.muted)
    faded.setAlphaF(0.6)
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.rule)
    return palette
