"""Where a pattern matches the keys of a sentence.

A sentence keeps the places of each key and, once asked, of each lexicon entry, so that every rule
after the first that speaks of "we" or "your data" finds them ready. A match then joins a few short
lists of places; it never walks the sentence word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.disclosures.patterns import (
    Branch,
    Capture,
    Choice,
    Edge,
    Entry,
    Gap,
    Keys,
    Node,
    Option,
    Pattern,
    Run,
)
from reader.disclosures.words import keys_of

# Words that open a clause of their own or name another actor: the act of "we ask advertisers how
# they use it" is not ours.
CLAUSE_OPENERS = keys_of(
    "; : ? ! if unless because who whom whose which that how where whether you they "
    "although whereas while"
)
# A wide gap may leave the clause, but not the statement; "we" opens one behind these.
STATEMENT_OPENERS = keys_of("; but however")
_BEFORE_A_NEW_WE = keys_of(", ) and or")
_PASSED_OVER = frozenset(",()")
_MOST_PASSED = 2
_CLOSING = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Match:
    """The words of one match, as half-open ranges of indexes; ``act`` and ``limit`` may be None."""

    start: int
    end: int
    act: tuple[int, int] | None
    limit: tuple[int, int] | None


class KeyedSentence:
    """The keys of a sentence with the places of each, and of the lexicon entries asked for."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.places: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            self.places.setdefault(key, []).append(place)
            if key[0] == "#":
                self.places.setdefault("#", []).append(place)
        self._entries: dict[Entry, dict[int, tuple[int, ...]]] = {}
        new_we = [p for p in self.places.get("we", ()) if p and keys[p - 1] in _BEFORE_A_NEW_WE]
        self._openers = {
            True: sorted(self._all_places(CLAUSE_OPENERS)),
            False: sorted([*self._all_places(STATEMENT_OPENERS), *new_we]),
        }

    def _all_places(self, keys: Iterable[str]) -> Iterator[int]:
        return (place for key in keys for place in self.places.get(key, ()))

    def meets(self, needs: Iterable[frozenset[str]]) -> bool:
        """Return whether the sentence has a key of each of the ``needs``."""
        places = self.places
        return not any(need.isdisjoint(places) for need in needs)

    def reach(self, gap: Gap, place: int) -> int:
        """Return the last place where a part may begin that follows ``gap`` from ``place``."""
        openers = self._openers[gap.near]
        at = bisect_left(openers, place)
        farthest = min(place + gap.bound, len(self.keys))
        return min(farthest, openers[at]) if at < len(openers) else farthest

    def entry_places(self, entry: Entry) -> dict[int, tuple[int, ...]]:
        """Return where ``entry`` matches: each start with its ends, the longest first."""
        found = self._entries.get(entry)
        if found is None:
            found = {}
            few, many = sorted((entry.by_first, self.places), key=len)
            for key in few:
                if key in many:
                    for place in self.places[key]:
                        ends = {
                            e for node in entry.by_first[key] for e in _ends(node, self, place, {})
                        }
                        if ends:
                            old = found.get(place, ())
                            found[place] = tuple(sorted(ends.union(old), reverse=True))
            found = dict(sorted(found.items()))
            self._entries[entry] = found
        return found


def find_matches(pattern: Pattern, sentence: KeyedSentence) -> Iterator[Match]:
    """Yield the matches of ``pattern`` from left to right, none beginning inside another."""
    found = [
        match
        for branch in pattern.branches
        if sentence.meets(branch.needs)
        for match in _branch_matches(branch, sentence)
    ]
    done = 0
    for match in sorted(found, key=lambda match: match.start):
        if match.start >= done:
            yield match
            done = match.end


def matches(pattern: Pattern, sentence: KeyedSentence) -> bool:
    """Return whether ``pattern`` matches anywhere in the sentence."""
    return any(
        next(_branch_matches(branch, sentence), None) is not None
        for branch in pattern.branches
        if sentence.meets(branch.needs)
    )


def _branch_matches(branch: Branch, sentence: KeyedSentence) -> Iterator[Match]:
    done = 0
    captured: dict[str, tuple[int, int]] = {}
    for start in _starts(branch.node, sentence, 0, len(sentence.keys)):
        if start < done:
            continue
        captured.clear()
        end = next(_ends(branch.node, sentence, start, captured), None)
        if end is not None:
            yield Match(start, end, captured.get("act"), captured.get("limit"))
            done = max(end, start + 1)


def _starts(node: Node, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
    """Return the places from ``low`` to ``high`` at which ``node`` may begin, in order."""
    match node:
        case Keys(keys):
            places = [sentence.places[key] for key in keys if key in sentence.places]
            ordered = places[0] if len(places) == 1 else sorted(p for some in places for p in some)
        case Entry():
            ordered = list(sentence.entry_places(node))
        case Capture(_, inner):
            return _starts(inner, sentence, low, high)
        case Run(parts) if parts and parts[0][0] is None and not isinstance(parts[0][1], Option):
            return _starts(parts[0][1], sentence, low, high)
        case Choice(nodes):
            return sorted({p for inner in nodes for p in _starts(inner, sentence, low, high)})
        case Edge(at_end):
            return range(low, high + 1) if at_end else range(low, min(high, 0) + 1)
        case _:
            return range(low, high + 1)
    return [place for place in ordered if low <= place <= high]


def _ends(
    node: Node, sentence: KeyedSentence, start: int, captured: dict[str, tuple[int, int]]
) -> Iterator[int]:
    """Yield the ends of the matches of ``node`` that begin at ``start``, the likeliest first."""
    keys = sentence.keys
    match node:
        case Keys(wanted):
            if start < len(keys) and (
                keys[start] in wanted or (keys[start][0] == "#" and "#" in wanted)
            ):
                yield start + 1
        case Entry():
            yield from sentence.entry_places(node).get(start, ())
        case Run(()):
            yield start
        case Run(parts):
            yield from _run_ends(parts, 0, sentence, start, captured)
        case Choice(nodes):
            for inner in nodes:
                yield from _ends(inner, sentence, start, captured)
        case Option(inner):
            yield from _ends(inner, sentence, start, captured)
            yield start
        case Capture(name, inner):
            for end in _ends(inner, sentence, start, captured):
                captured[name] = (start, end)
                yield end
        case Edge(at_end):
            at_edge = all(key in _CLOSING for key in keys[start:]) if at_end else start == 0
            if at_edge:
                yield start


def _run_ends(
    parts: tuple[tuple[Gap | None, Node], ...],
    index: int,
    sentence: KeyedSentence,
    place: int,
    captured: dict[str, tuple[int, int]],
) -> Iterator[int]:
    gap, node = parts[index]
    places: Iterable[int]
    if gap is not None:
        places = _starts(node, sentence, place, sentence.reach(gap, place))
    elif index:
        places = _next_places(sentence, place)
    else:
        places = (place,)
    last = index + 1 == len(parts)
    for start in places:
        for end in _ends(node, sentence, start, captured):
            if last:
                yield end
            else:
                yield from _run_ends(parts, index + 1, sentence, end, captured)


def _next_places(sentence: KeyedSentence, place: int) -> Iterable[int]:
    """Return ``place`` and what lies behind the comma or brackets that stand there."""
    keys, end = sentence.keys, place
    while end < len(keys) and end < place + _MOST_PASSED and keys[end] in _PASSED_OVER:
        end += 1
    return range(place, end + 1)
