"""How deep each heading stands: by its mark, by its number, by the marked heading above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from reader.sections.lines import Line, number_of, style_of

_DEEPEST = 6
_LETTERS = ("a", "A")
_MAYBE_ROMAN = re.compile(r"[IVX]{1,5}|[ivx]{1,5}")
_ROMAN = re.compile(r"[IVX]{2,5}|[ivx]{2,5}")
_FEWEST_NUMBERED = 3
_FEWEST_IN_CAPITALS = 4
"""Headings with numbers from which on the numbers tell which heading stands under which."""


def levels_of(lines: Sequence[Line], chosen: Sequence[int]) -> dict[int, int]:
    """Return the level of each heading: its own, or one below the marked ones that it stands under.

    Levels that the format gives are counted from 1 without gaps; of marked headings of one level,
    "2.1" stands under "2.", as does a heading without a number between "2." and "3.". Headings
    without a level stand below the marked heading before them, in the order of their numbers;
    where some are numbered, those without a number stand under them.
    """
    marked = [i for i in chosen if lines[i].is_marked]
    unmarked = [i for i in chosen if not lines[i].is_marked]
    levels = _levels_of_marked(lines, marked)
    style_at = _styles(lines, chosen)
    styles = Counter(style_at[i] for i in unmarked)
    numbered = styles.total() - styles[""] >= _FEWEST_NUMBERED
    in_capitals = _are_parted_by_capitals(lines, unmarked)
    own = 0
    outline = _Outline(())
    above: list[int] = []
    """The depths of the unmarked headings that the next one may stand under."""
    for i in chosen:
        line = lines[i]
        if i in levels:
            own = levels[i]
            outline = _Outline(number_of(line))
            above = []
            continue
        style = style_at[i]
        if style:
            depth = outline.depth(style if styles[style] > 1 else "", number_of(line))
        else:
            look = 2 if in_capitals and not line.body.isupper() else 1
            depth = outline.depth_without_number(None if numbered else look, line.is_run_in)
        above = [*(higher for higher in above if higher < depth), depth]
        levels[i] = min(_DEEPEST, own + len(above))
    return levels


def _styles(lines: Sequence[Line], chosen: Sequence[int]) -> dict[int, str]:
    """Return the style of each heading's number, Roman ones told from letters.

    "I." is Roman where "II." or the like stands among the headings, and a letter elsewhere.
    """
    styles = {i: style_of(lines[i].label) for i in chosen}
    numerals = {i: lines[i].label.strip("§(). :–-") for i in chosen if styles[i][-1:] in _LETTERS}
    romans = {styles[i] for i, numeral in numerals.items() if _ROMAN.fullmatch(numeral)}
    return {
        i: f"{style}-roman" if style in romans and _MAYBE_ROMAN.fullmatch(numerals[i]) else style
        for i, style in styles.items()
    }


def _levels_of_marked(lines: Sequence[Line], marked: Sequence[int]) -> dict[int, int]:
    used = sorted({lines[i].block.level for i in marked})
    levels: dict[int, int] = {}
    for rank, level in enumerate(used, 1):
        alike = [i for i in marked if lines[i].block.level == level]
        for i, below in zip(alike, _depths_of_alike(lines, alike), strict=True):
            levels[i] = min(_DEEPEST, rank + below)
    return levels


def _depths_of_alike(lines: Sequence[Line], alike: Sequence[int]) -> list[int]:
    """Return how far each of some headings marked alike stands below the others.

    Capitals tell it or numbers do.
    """
    if _are_parted_by_capitals(lines, alike):
        first = next(place for place, i in enumerate(alike) if lines[i].body.isupper())
        return [int(p > first and not lines[i].body.isupper()) for p, i in enumerate(alike)]
    numbers = [number_of(lines[i]) for i in alike]
    counted = [place for place, number in enumerate(numbers) if number]
    if len(counted) < _FEWEST_NUMBERED:
        return [0] * len(alike)
    fewest = min(len(numbers[place]) for place in counted)
    depths = [max(0, len(number) - fewest) for number in numbers]
    for first, following in pairwise(counted):
        if _counts_on(numbers[first], numbers[following]):
            for place in range(first + 1, following):
                depths[place] = depths[first] + 1
    return depths


def _are_parted_by_capitals(lines: Sequence[Line], chosen: Sequence[int]) -> bool:
    """Return whether headings all in capitals stand above others that are not.

    A few may be in capitals for what they say, as "GDPR" is.
    """
    capitals = sum(lines[i].body.isupper() for i in chosen)
    numbered = sum(bool(number_of(lines[i])) for i in chosen)
    fewest = min(capitals, len(chosen) - capitals)
    return fewest >= _FEWEST_IN_CAPITALS and numbered < _FEWEST_NUMBERED


def _counts_on(number: tuple[int, ...], following: tuple[int, ...]) -> bool:
    """Return whether the second number is the next of its kind, "3." or "2.2" after "2.1"."""
    depth = len(following)
    return len(number) >= depth and following == (*number[: depth - 1], number[depth - 1] + 1)


class _Outline:
    """How deep each style of number stands: one that is new stands below the number before it.

    ``above`` is the number of the marked heading that the outline stands under, () for none.
    """

    def __init__(self, above: tuple[int, ...]) -> None:
        self._above = above
        self._depths: dict[str, int] = {}
        self._last = 0
        self._last_line = 0

    def depth(self, style: str, number: tuple[int, ...]) -> int:
        """Return the depth of a heading with a number; a style '' is one that stands alone."""
        known = len(self._above)
        if known and len(number) > known and number[:known] == self._above:
            self._last = len(number) - known
            return self._last
        deeper = max(0, len(number) - 1)
        if not style:
            self._last = 1 + deeper
            return self._last
        first = self._depths.setdefault(style, self._last + 1)
        self._depths = {known: depth for known, depth in self._depths.items() if depth <= first}
        self._last = first + deeper
        return self._last

    def depth_without_number(self, look: int | None, run_in: bool) -> int:
        """Return the depth of a heading without a number.

        It is what its ``look`` tells, or under the number before it where ``look`` is None; one
        that opens a paragraph, a ``run_in``, stands under the heading on a line of its own.
        """
        depth = self._last + 1 if look is None else look
        if run_in:
            return max(depth, self._last_line + 1)
        self._last_line = depth
        return depth
