"""Two texts -> the stretches of each that the other does not have, word by word.

Case, marks, white space and the numbers of clauses are no words. The work is bounded: unchanged
runs are found by rare sequences first, and only short stretches between them are compared word by
word with difflib, whose time grows with the square of their length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ANCHOR = 4  # words that stand once in each text hold the two together
_MOST_CELLS = 60_000  # words of one stretch times words of the other, compared one by one


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``[old_start, old_end)`` of one text that became ``[new_start, new_end)`` of another.

    ``is_same`` where they are equal; else one of the two may be empty.
    """

    is_same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def word_changes(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Return the stretches that together cover the words of both texts, in their order."""
    found: list[Stretch] = []
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    old_end, new_end = len(old) - last, len(new) - last
    if first:
        found.append(Stretch(True, 0, first, 0, first))
    for stretch in _inside(old[first:old_end], new[first:new_end]):
        _add(
            found,
            Stretch(
                stretch.is_same,
                stretch.old_start + first,
                stretch.old_end + first,
                stretch.new_start + first,
                stretch.new_end + first,
            ),
        )
    if last:
        _add(found, Stretch(True, old_end, len(old), new_end, len(new)))
    return found


def _inside(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Return the stretches of two texts that begin and end with other words."""
    found: list[Stretch] = []
    at_old = at_new = 0
    for old_start, new_start, length in (*_anchored(old, new), (len(old), len(new), 0)):
        for stretch in _between(old, new, at_old, old_start, at_new, new_start):
            _add(found, stretch)
        at_old, at_new = old_start + length, new_start + length
        if length:
            _add(found, Stretch(True, old_start, at_old, new_start, at_new))
    return found


def _add(found: list[Stretch], stretch: Stretch) -> None:
    """Put ``stretch`` behind the others, joined to the last one where it is of its kind."""
    last = found[-1] if found else None
    if last is not None and last.is_same == stretch.is_same:
        found[-1] = Stretch(
            last.is_same, last.old_start, stretch.old_end, last.new_start, stretch.new_end
        )
    else:
        found.append(stretch)


def _anchored(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield runs of equal words that rise in both texts: (old place, new place, length)."""
    once_old, once_new = _once(old), _once(new)
    pairs = [(once_old[key], place) for key, place in once_new.items() if key in once_old]
    pairs.sort()
    rising = longest_rise([place for _, place in pairs])
    place_of = {new_place: old_place for old_place, new_place in pairs}
    at_old = at_new = 0
    for new_place in rising:
        old_place = place_of[new_place]
        if old_place < at_old or new_place < at_new:
            continue  # inside the run before
        start_old, start_new = old_place, new_place
        while (
            start_old > at_old and start_new > at_new and old[start_old - 1] == new[start_new - 1]
        ):
            start_old, start_new = start_old - 1, start_new - 1
        end_old, end_new = old_place, new_place
        while end_old < len(old) and end_new < len(new) and old[end_old] == new[end_new]:
            end_old, end_new = end_old + 1, end_new + 1
        yield start_old, start_new, end_old - start_old
        at_old, at_new = end_old, end_new


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the sequences of a few words that stand once, with their places."""
    seen: dict[tuple[str, ...], int] = {}
    again: set[tuple[str, ...]] = set()
    for place in range(len(words) - _ANCHOR + 1):
        key = tuple(words[place : place + _ANCHOR])
        if key in seen:
            again.add(key)
        seen[key] = place
    return {key: place for key, place in seen.items() if key not in again}


def _between(
    old: Sequence[str], new: Sequence[str], o: int, old_end: int, n: int, new_end: int
) -> Iterator[Stretch]:
    """Yield what became of the words between two anchors."""
    if o == old_end and n == new_end:
        return
    if o == old_end or n == new_end or (old_end - o) * (new_end - n) > _MOST_CELLS:
        yield Stretch(False, o, old_end, n, new_end)
        return
    matcher = SequenceMatcher(None, old[o:old_end], new[n:new_end], autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield Stretch(tag == "equal", o + i, o + i_end, n + j, n + j_end)


def longest_rise(places: Sequence[int]) -> list[int]:
    """Return a longest rising part of ``places``: those that kept their order."""
    lasts: list[int] = []  # the least place at which a chain of each length ends
    ends: list[int] = []  # and where in ``places`` that is
    before: list[int] = []  # for each of ``places``, where the one before it in its chain is, or -1
    for at, place in enumerate(places):
        length = bisect_left(lasts, place)
        before.append(ends[length - 1] if length else -1)
        lasts[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(places[at])
        at = before[at]
    return chain[::-1]
