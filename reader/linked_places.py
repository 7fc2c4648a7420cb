"""Where a place of one text lies in another, by the sections that both have.

Between two starts of sections that belong together a place keeps its share of the way.
"""

from __future__ import annotations

from bisect import bisect_right

from reader.compare import Comparison
from reader.word_changes import longest_rise


class LinkedPlaces:
    """Translates code points of the two texts of a comparison into each other."""

    def __init__(self, comparison: Comparison) -> None:
        old, new = comparison.old.document, comparison.new.document
        partner = {after: before for before, after in comparison.alignment.pairs}
        kept = longest_rise([partner[after] for after in sorted(partner)])
        after_of = {before: after for after, before in partner.items()}
        places = {(0, 0), (len(old.text), len(new.text))}
        places |= {
            (old.sections[before].span.start, new.sections[after_of[before]].span.start)
            for before in kept
        }
        self._old, self._new = zip(*sorted(places), strict=True)

    def in_new(self, place: int) -> int:
        """Return where a place of the old text lies in the new one."""
        return _between(place, self._old, self._new)

    def in_old(self, place: int) -> int:
        """Return where a place of the new text lies in the old one."""
        return _between(place, self._new, self._old)


def _between(place: int, here: tuple[int, ...], there: tuple[int, ...]) -> int:
    at = min(max(bisect_right(here, place) - 1, 0), len(here) - 2)
    if len(here) < 2:
        return 0
    start, end = here[at], here[at + 1]
    share = (place - start) / (end - start) if end > start else 0.0
    return round(there[at] + min(max(share, 0.0), 1.0) * (there[at + 1] - there[at]))
