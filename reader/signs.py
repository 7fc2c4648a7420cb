"""Which pieces of a text hold a sign of what is looked for in them: most hold none.

A sign is a few letters that stand in all that a dearer search can find. Looking for them in the
whole text takes less than one look at each piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence


def pieces_with_signs(text: str, starts: Sequence[int], signs: Iterable[str]) -> list[int]:
    """Return the indexes of the pieces in which any of ``signs`` begins, in order.

    ``starts`` are where the pieces begin, in order; each goes on to the next.
    """
    found = set()
    for sign in signs:
        place = text.find(sign)
        while place >= 0:
            following = bisect_right(starts, place)
            found.add(following - 1)
            place = text.find(sign, starts[following]) if following < len(starts) else -1
    return sorted(found - {-1})
