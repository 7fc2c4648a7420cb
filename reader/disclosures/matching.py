"""The parts that a pattern consists of, and where each matches the keys of a sentence.

A sentence keeps the places of each key and, once asked, of each lexicon entry, so that every rule
after the first that speaks of "we" or "your data" finds them ready. A match then joins a few short
lists of places; it never walks the sentence word by word.

Places are indexes of words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
_PASSED_OVER = frozenset(",()|")
_MOST_PASSED = 2
_CLOSING = frozenset(".!?")

Range = tuple[int, int]
Captured = dict[str, Range]


class KeyedSentence:
    """The keys of a sentence with the places of each, and of the lexicon entries asked for."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.length = len(keys)
        self.places: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            self.places.setdefault(key, []).append(place)
            if key[0] == "#":
                self.places.setdefault("#", []).append(place)
        self.entries: dict[Entry, dict[int, tuple[int, ...]]] = {}
        new_we = [p for p in self.places.get("we", ()) if p and keys[p - 1] in _BEFORE_A_NEW_WE]
        self._clause_openers = sorted(self.places_of(CLAUSE_OPENERS))
        self._statement_openers = sorted([*self.places_of(STATEMENT_OPENERS), *new_we])

    def places_of(self, keys: Iterable[str]) -> list[int]:
        """Return the places of all these keys, unordered."""
        places = self.places
        return [place for key in keys if key in places for place in places[key]]

    def meets(self, needs: Iterable[frozenset[str]]) -> bool:
        """Return whether the sentence has a key of each of the ``needs``."""
        places = self.places.keys()
        return all(not need.isdisjoint(places) for need in needs)

    def reach(self, gap: Gap, place: int) -> int:
        """Return the last place where a part may begin that follows ``gap`` from ``place``."""
        openers = self._clause_openers if gap.near else self._statement_openers
        at = bisect_left(openers, place)
        farthest = min(place + gap.bound, self.length)
        return min(farthest, openers[at]) if at < len(openers) else farthest


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``bound`` words between two parts; ``near`` ones do not leave the clause."""

    near: bool
    bound: int


class Part(ABC):
    """A part of a pattern."""

    __slots__ = ()

    @abstractmethod
    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        """Return the places from ``low`` to ``high`` at which the part may begin, in order."""

    @abstractmethod
    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        """Return the places after the matches that begin at ``start``, the likeliest first.

        What they capture is noted in ``captured`` before each place is given.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Keys(Part):
    """One word whose key is among these; the key ``#`` stands for every number."""

    keys: frozenset[str]

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return sorted(p for p in sentence.places_of(self.keys) if low <= p <= high)

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        if start < sentence.length:
            key = sentence.keys[start]
            if key in self.keys or (key[0] == "#" and "#" in self.keys):
                return (start + 1,)
        return ()


@dataclass(frozen=True, slots=True)
class Edge(Part):
    """The start or the end of the sentence; takes no word."""

    at_end: bool

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return range(low, high + 1) if self.at_end else range(low, min(high, 0) + 1)

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        if self.at_end:
            at_edge = all(key in _CLOSING for key in sentence.keys[start:])
        else:
            at_edge = start == 0
        return (start,) if at_edge else ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Part):
    """An entry of the lexicon; ``by_first`` has its alternatives by the keys they begin with.

    ``needs`` are sets of keys, of each of which every match holds one.
    """

    name: str
    by_first: Mapping[str, tuple[Part, ...]]
    needs: tuple[frozenset[str], ...]

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return [place for place in self._found(sentence) if low <= place <= high]

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        return self._found(sentence).get(start, ())

    def _found(self, sentence: KeyedSentence) -> dict[int, tuple[int, ...]]:
        """Return each start with its ends, the longest first; found once a sentence."""
        found = sentence.entries.get(self)
        if found is None:
            ends: dict[int, set[int]] = {}
            for key in self.by_first.keys() & sentence.places.keys():
                for place in sentence.places[key]:
                    for part in self.by_first[key]:
                        ends.setdefault(place, set()).update(part.ends(sentence, place, {}))
            found = {p: tuple(sorted(ends[p], reverse=True)) for p in sorted(ends) if ends[p]}
            sentence.entries[self] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Part):
    """One of these."""

    parts: tuple[Part, ...]

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return sorted({p for part in self.parts for p in part.starts(sentence, low, high)})

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        for part in self.parts:
            yield from part.ends(sentence, start, captured)


@dataclass(frozen=True, slots=True, eq=False)
class Option(Part):
    """Its part, or nothing."""

    part: Part

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return range(low, high + 1)

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        return (*self.part.ends(sentence, start, captured), start)


@dataclass(frozen=True, slots=True, eq=False)
class Capture(Part):
    """Its part, remembered under a name: ``act`` or ``limit``."""

    name: str
    part: Part

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        return self.part.starts(sentence, low, high)

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        for end in self.part.ends(sentence, start, captured):
            captured[self.name] = (start, end)
            yield end


@dataclass(frozen=True, slots=True, eq=False)
class Run(Part):
    """Parts one after the other, each with a gap before it or none."""

    steps: tuple[tuple[Gap | None, Part], ...]

    def starts(self, sentence: KeyedSentence, low: int, high: int) -> Iterable[int]:
        if self.steps and self.steps[0][0] is None:
            return self.steps[0][1].starts(sentence, low, high)
        return range(low, high + 1)

    def ends(self, sentence: KeyedSentence, start: int, captured: Captured) -> Iterable[int]:
        return self._ends_from(0, sentence, start, captured) if self.steps else (start,)

    def _ends_from(
        self, index: int, sentence: KeyedSentence, place: int, captured: Captured
    ) -> Iterator[int]:
        gap, part = self.steps[index]
        places: Iterable[int]
        if gap is not None:
            places = part.starts(sentence, place, sentence.reach(gap, place))
        elif index and place < sentence.length and sentence.keys[place] in _PASSED_OVER:
            places = _behind_commas(sentence, place)
        else:
            places = (place,)
        following = index + 1
        for start in places:
            for end in part.ends(sentence, start, captured):
                if following == len(self.steps):
                    yield end
                else:
                    yield from self._ends_from(following, sentence, end, captured)


def _behind_commas(sentence: KeyedSentence, place: int) -> Iterable[int]:
    """Return ``place`` and what lies behind the comma or brackets that stand there."""
    keys, end = sentence.keys, place
    while end < len(keys) and end < place + _MOST_PASSED and keys[end] in _PASSED_OVER:
        end += 1
    if end < len(keys) and keys[end] == "we":  # "a request, we collect": a new statement
        return (place,)
    return range(place, end + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One of the alternatives that a pattern consists of.

    ``needs`` are sets of keys, the rarest first; a sentence that lacks all keys of any set cannot
    match.
    """

    part: Part
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled pattern; ``source`` is the pattern as written."""

    source: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The words of one match, as half-open ranges of places; ``act`` and ``limit`` may be None."""

    start: int
    end: int
    act: Range | None
    limit: Range | None


def find_matches(branches: Iterable[Branch], sentence: KeyedSentence) -> Iterator[Match]:
    """Yield the matches of a pattern from left to right, none beginning inside another.

    ``branches`` may leave out those of the pattern's whose needs the sentence is known not to meet.
    """
    found = [
        match
        for branch in branches
        if sentence.meets(branch.needs)
        for match in _branch_matches(branch, sentence)
    ]
    if len(found) < 2:
        yield from found
        return
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
    captured: Captured = {}
    for start in branch.part.starts(sentence, 0, sentence.length):
        if start < done:
            continue
        captured.clear()
        end = next(iter(branch.part.ends(sentence, start, captured)), None)
        if end is not None:
            yield Match(start, end, captured.get("act"), captured.get("limit"))
            done = max(end, start + 1)
