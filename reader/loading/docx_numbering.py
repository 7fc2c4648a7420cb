"""The numbers that Word shows before list items and headings: numbering.xml, counted along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from reader.loading.docx_styles import attribute, child, integer, value
from reader.loading.numerals import NumeralStyle, numeral
from reader.loading.xml import local_name

_STYLES = {
    "decimal": NumeralStyle.DECIMAL,
    "decimalZero": NumeralStyle.PADDED,
    "lowerLetter": NumeralStyle.LOWER_LETTER,
    "upperLetter": NumeralStyle.UPPER_LETTER,
    "lowerRoman": NumeralStyle.LOWER_ROMAN,
    "upperRoman": NumeralStyle.UPPER_ROMAN,
}
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MAX_LABEL = 40
_MAX_PATTERN = 100
"""Characters of what a label is made from; each may name a number, for every item."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers count and look. ``format`` as Word names it."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    """The level, from 1, whose next number makes this one start anew; None for any above it."""
    spaced: bool = True
    all_decimal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as its document uses it: ``counter`` names the numbers that it counts on."""

    levels: dict[int, _Level]
    counter: str
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document. It counts: ask for each label once, in the order of the text."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read ``root``, the root element of numbering.xml; None for a document without lists."""
        parts = [] if root is None else list(root)
        abstract = {
            attribute(part, "abstractNumId") or "": part
            for part in parts
            if local_name(part) == "abstractNum"
        }
        styled = {style: part for part in abstract.values() if (style := value(part, "styleLink"))}
        # Once for each list, however many others are based on it.
        levels = {
            name: _levels(styled.get(value(part, "numStyleLink") or "", part))
            for name, part in abstract.items()
        }
        self._lists: dict[str, _List] = {}
        for part in parts:
            if local_name(part) == "num":
                named = value(part, "abstractNumId") or ""
                known = _List(levels.get(named, {}), named)
                self._lists[attribute(part, "numId") or ""] = _overridden(known, part)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str | None) -> int:
        """Return the level, from 0, that a list keeps for paragraphs of ``style``."""
        known = self._lists.get(list_id)
        levels = known.levels if known else {}
        return next((n for n, level in levels.items() if style and level.style == style), 0)

    def label(self, list_id: str, level: int) -> str:
        """Return what stands before the next item: "2.1. ", "(a) "; '' for a bullet or nothing."""
        known = self._lists.get(list_id)
        if known is None or level not in known.levels:
            return ""
        here = known.levels[level]
        counts = self._counts.setdefault(known.counter, {})
        start = known.starts.get(level)
        if start is not None and (list_id, level) not in self._begun:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        self._begun.add((list_id, level))
        for deeper in [other for other in counts if other > level]:
            after = known.levels.get(deeper, here).restarts_after
            if after is None or 0 < level + 1 <= after:
                del counts[deeper]
        if here.format == "bullet":
            return ""
        label = _PLACE.sub(
            lambda place: _written(known, counts, here, int(place[1]) - 1), here.text
        )
        label = label.strip()[:_MAX_LABEL]
        return label + " " * here.spaced if any(map(str.isalnum, label)) else ""


def _written(known: _List, counts: dict[int, int], here: _Level, level: int) -> str:
    shown = known.levels.get(level, _Level())
    if shown.format == "none":
        return ""
    style = _STYLES.get(shown.format, NumeralStyle.DECIMAL)
    return numeral(
        counts.get(level, shown.start), NumeralStyle.DECIMAL if here.all_decimal else style
    )


def _overridden(known: _List, part: etree._Element) -> _List:
    """Return a list with what a ``num`` element says otherwise."""
    for override in part:
        if local_name(override) != "lvlOverride":
            continue
        number = integer(attribute(override, "ilvl"))
        if number is None or not 0 <= number < _LEVELS:
            continue
        own = child(override, "lvl")
        if own is not None:
            known.levels = known.levels | {number: _level(own)}
            known.counter = f"/{attribute(part, 'numId')}"
        start = integer(value(override, "startOverride"))
        if start is not None:
            known.starts[number] = start
    return known


def _levels(base: etree._Element) -> dict[int, _Level]:
    return {
        number: _level(part)
        for part in base
        if local_name(part) == "lvl"
        if (number := integer(attribute(part, "ilvl"))) is not None and 0 <= number < _LEVELS
    }


def _level(part: etree._Element) -> _Level:
    level = _Level(
        format=value(part, "numFmt") or "decimal",
        text=(value(part, "lvlText") or "")[:_MAX_PATTERN],
        start=integer(value(part, "start"), 1) or 0,
        restarts_after=integer(value(part, "lvlRestart")),
        spaced=value(part, "suff") != "nothing",
        style=value(part, "pStyle"),
    )
    legal = child(part, "isLgl")
    is_legal = legal is not None and attribute(legal, "val") not in ("0", "false", "off")
    return replace(level, all_decimal=True) if is_legal else level
