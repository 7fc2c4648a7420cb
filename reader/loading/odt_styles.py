"""What the styles of an OpenDocument text say: the look of its words, and how its lists count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from reader.loading.numerals import NumeralStyle, numeral
from reader.loading.style_names import heading_level_of, is_title_name
from reader.loading.xml import local_name

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MAX_OUTLINE = 10
"""The deepest level of headings that OpenDocument knows."""
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMATS = {
    "1": NumeralStyle.DECIMAL,
    "a": NumeralStyle.LOWER_LETTER,
    "A": NumeralStyle.UPPER_LETTER,
    "i": NumeralStyle.LOWER_ROMAN,
    "I": NumeralStyle.UPPER_ROMAN,
}
_POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(pt|%|in|cm|mm)")
_IN_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
_MAX_CHAIN = 30
"""Styles that one may be based on, one upon the other; a circle ends here too."""
_MAX_LABEL = 40


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: None is inherited. ``size`` is in points."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list; ``format`` None for one with bullets or nothing."""

    format: NumeralStyle | None
    before: str = ""
    after: str = ""
    start: int = 1
    shown_levels: int = 1


@dataclass(slots=True)
class Counter:
    """The numbers of an open list, outermost first."""

    numbers: list[int] = field(default_factory=list)

    def count(self, depth: int, start: int | None, default: int) -> None:
        """Go on to the next item at ``depth``, from 1; ``start`` is the number that it asks for."""
        del self.numbers[depth:]
        while len(self.numbers) < depth - 1:
            self.numbers.append(1)
        if len(self.numbers) < depth:
            self.numbers.append(default if start is None else start)
        else:
            self.numbers[-1] = self.numbers[-1] + 1 if start is None else start


class ListStyle:
    """How the items of a list are numbered."""

    def __init__(self, element: etree._Element | None = None) -> None:
        """Read a ``list-style`` or ``outline-style`` element; None for a list with bullets."""
        self._levels: dict[int, _Level] = {}
        for one in element if element is not None else ():
            number = integer(one.get(TEXT + "level"))
            if number is not None:
                self._levels[number] = _level(one)

    def next_label(self, counter: Counter, depth: int, start: int | None = None) -> str:
        """Count the next item at ``depth`` and return its number as shown: "2.1. ", '' for none."""
        level = self._levels.get(depth, _Level(None))
        counter.count(depth, start, level.start)
        if level.format is None:
            return ""
        first = max(1, depth - level.shown_levels + 1)
        numbers = [
            numeral(counter.numbers[shown - 1], shown_format)
            for shown in range(first, depth + 1)
            if (shown_format := self._levels.get(shown, _Level(None)).format)
        ]
        label = f"{level.before}{'.'.join(numbers)}{level.after}".strip()[:_MAX_LABEL]
        return label + " " * bool(label)


class Styles:
    """The styles of a document, from the roots that hold them; later ones win."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._settings: dict[tuple[str, str], Setting] = {}
        self._lists: dict[str, ListStyle] = {}
        self.outline = ListStyle()
        for root in roots:
            for element in root.iter(
                STYLE + "style",
                STYLE + "default-style",
                TEXT + "list-style",
                TEXT + "outline-style",
            ):
                name = element.get(STYLE + "name") or ""
                match local_name(element):
                    case "list-style":
                        self._lists[name] = ListStyle(element)
                    case "outline-style":
                        self.outline = ListStyle(element)
                    case _:
                        self._styles[element.get(STYLE + "family") or "", name] = element

    def setting(self, family: str, name: str | None) -> Setting:
        """Return how words of a style are set; ``family`` is "paragraph" or "text"."""
        key = (family, name or "")
        if key not in self._settings:
            setting = Setting()
            for element in reversed(self._chain(family, name)):
                for one in element:
                    if local_name(one) == "text-properties":
                        setting = _over(one, setting)
            self._settings[key] = setting
        return self._settings[key]

    def heading_level(self, name: str | None) -> int:
        """Return the level of the heading that a paragraph's style makes it, 0 for none."""
        for element in self._chain("paragraph", name):
            written = element.get(STYLE + "default-outline-level")
            if written is not None:
                return min(integer(written) or 0, MAX_OUTLINE)
            level = heading_level_of(_shown_name(element))
            if level:
                return level
        return 0

    def is_title(self, name: str | None) -> bool:
        """Return whether a paragraph's style is that of titles, or based on it."""
        return any(
            is_title_name(_shown_name(element)) for element in self._chain("paragraph", name)
        )

    def list_style(self, name: str | None) -> ListStyle:
        """Return the style of lists of this name; one with bullets where there is none."""
        return self._lists.get(name or "") or ListStyle()

    def _chain(self, family: str, name: str | None) -> list[etree._Element]:
        """Return a style, those that it is based on, and its family's default, in this order."""
        chain: list[etree._Element] = []
        while name and len(chain) < _MAX_CHAIN:
            element = self._styles.get((family, name))
            if element is None:
                break
            chain.append(element)
            name = element.get(STYLE + "parent-style-name")
        default = self._styles.get((family, ""))
        return chain if default is None else [*chain, default]


def _shown_name(style: etree._Element) -> str:
    """Return a style's name as its author sees it."""
    name = style.get(STYLE + "display-name") or style.get(STYLE + "name") or ""
    return name.replace("_20_", " ")


def integer(text: str | None) -> int | None:
    """Return the whole number that ``text`` says, None where it says none."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def _over(element: etree._Element, base: Setting) -> Setting:
    weight = element.get(_FO + "font-weight")
    slant = element.get(_FO + "font-style")
    display = element.get(TEXT + "display")
    return Setting(
        bold=base.bold if weight is None else weight == "bold" or weight >= "600",
        italic=base.italic if slant is None else slant in ("italic", "oblique"),
        size=_size(element.get(_FO + "font-size"), base.size),
        hidden=base.hidden if display is None else display == "none",
    )


def _size(text: str | None, base: float | None) -> float | None:
    found = _POINTS.fullmatch(text or "")
    if not found:
        return base
    number = float(found[1])
    if found[2] == "%":
        return base * number / 100 if base else base
    return number * _IN_POINTS[found[2]]


def _level(element: etree._Element) -> _Level:
    if local_name(element) == "list-level-style-bullet":
        return _Level(None)
    written = element.get(STYLE + "num-format") or ""
    return _Level(
        format=_FORMATS.get(written),
        before=element.get(STYLE + "num-prefix") or "",
        after=element.get(STYLE + "num-suffix") or "",
        start=integer(element.get(TEXT + "start-value")) or 1,
        shown_levels=integer(element.get(TEXT + "display-levels")) or 1,
    )
