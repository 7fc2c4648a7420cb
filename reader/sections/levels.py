"""How deep each heading stands: by its mark, by its number, by the marked heading above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.sections.lines import Line, number_of


def levels_of(lines: Sequence[Line], chosen: Sequence[int]) -> dict[int, int]:
    """Return the level of each heading: its own, or one below the marked ones that it stands under.

    Levels that the format gives are counted from 1 without gaps. Among headings without a level,
    "2.1" and "(a)" stand under "2."; where some are numbered, those without a number stand under
    them.
    """
    marked = sorted({lines[i].block.level for i in chosen if lines[i].block.explicit})
    rank = {level: place for place, level in enumerate(marked, 1)}
    styles = Counter(_style(lines[i].label) for i in chosen if not lines[i].block.explicit)
    numbered = styles.total() - styles[""] >= 3
    levels: dict[int, int] = {}
    own = 0
    outline = _Outline()
    for i in chosen:
        line = lines[i]
        if line.block.explicit:
            own = rank[line.block.level]
            outline = _Outline()
            levels[i] = own
            continue
        style = _style(line.label)
        if style:
            depth = outline.depth(style if styles[style] > 1 else "", len(number_of(line)))
        else:
            depth = 2 if numbered and outline.begun else 1
        levels[i] = min(6, own + depth)
    return levels


class _Outline:
    """How deep each style of number stands: one that is new stands below the number before it."""

    def __init__(self) -> None:
        self.begun = False
        self._depths: dict[str, int] = {}
        self._last = 0

    def depth(self, style: str, parts: int) -> int:
        """Return the depth of a number of ``parts`` parts; a style '' is one that stands alone."""
        self.begun = True
        deeper = max(0, parts - 1)
        if not style:
            return 1 + deeper
        first = self._depths.setdefault(style, self._last + 1)
        self._depths = {known: depth for known, depth in self._depths.items() if depth <= first}
        self._last = first + deeper
        return self._last


def _style(label: str) -> str:
    """Return what sort of number a label is: '1', 'A', 'a', '(a', or its word; '' for none."""
    label = label.strip()
    bracket = "(" if label.startswith("(") else ""
    core = label.lstrip("(§ ")
    if core[:1].isdecimal():
        return bracket + "1"
    word = core.split(" ")[0]
    if " " in core and len(word) > 3:
        return word.lower()
    return bracket + ("A" if core.isupper() else "a") if core else ""
