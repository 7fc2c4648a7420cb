"""The parts that a pattern consists of, and where each matches in a text of keys.

A pattern is joined from its last part to its first, by sets of places
(``reader.disclosures.places``): from the places where the rest may begin, each part tells where it
may begin itself. What is left in the end are the places where the pattern matches, in all
sentences at once, after as many steps as it has parts. Only there is it read forward, to learn
where the match ends and what it captures; since the places from which the rest can be completed
are known by then, it never has to turn back. So no text can make a pattern slow.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_

from reader.disclosures.places import Gap, Range, Reached, WordPlaces, first_of, places_in

Captured = dict[str, Range]
"""What a match captures: the ranges of its words by name."""


Joints = list[tuple["Part", int, int]]
"""How a run leads to a set of places, its last step first.

A part, the places where it may begin, and those that it must lead to.
"""


class Part:
    """A part of a pattern.

    No ABC: telling of what class an instance of one is takes several times as long, and compiling
    the catalogue asks 50,000 times.
    """

    __slots__ = ()

    @abstractmethod
    def starts(self, text: KeyedText) -> int:
        """Return the places where the part may begin, whatever follows it."""

    @abstractmethod
    def before(self, text: KeyedText, after: int) -> int:
        """Return the places from which the part leads to any of the places ``after`` it."""

    @abstractmethod
    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        """Return the likeliest of the places ``after`` to which the part leads from ``start``.

        ``start`` is one of the places ``before``. What is captured on the way is noted.
        """

    @abstractmethod
    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        """Return what is reached when the part follows on what was reached so far."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys(Part):
    """One word whose key is among these; the key ``#`` stands for every number."""

    keys: frozenset[str]

    def starts(self, text: KeyedText) -> int:
        return text.any_of[self.keys]

    def before(self, text: KeyedText, after: int) -> int:
        return text.any_of[self.keys] & after >> 1

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        return start + 1

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        words = text.any_of[self.keys]
        return {length + 1: hit << 1 for length, at in reached.items() if (hit := at & words)}


@dataclass(frozen=True, slots=True, eq=False)
class Edge(Part):
    """The start or the end of the sentence; takes no word."""

    at_end: bool

    def starts(self, text: KeyedText) -> int:
        return text.tails if self.at_end else text.heads

    def before(self, text: KeyedText, after: int) -> int:
        return after & self.starts(text)

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        return start

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        edge = self.starts(text)
        return {length: hit for length, at in reached.items() if (hit := at & edge)}


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One of some alternatives.

    ``needs`` are sets of keys, the rarest first; a text that lacks all keys of any set cannot
    match.
    """

    part: Part
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Part):
    """An entry of the lexicon.

    ``needs`` are sets of keys, of each of which every match holds one.
    """

    name: str
    branches: tuple[Branch, ...]
    needs: tuple[frozenset[str], ...]

    def starts(self, text: KeyedText) -> int:
        return text.starts_of(self)

    def before(self, text: KeyedText, after: int) -> int:
        matches = text.matches_of(self)
        after &= matches.all_ends
        found = 0
        if after:
            for length, ends in matches.ends:
                if hit := ends & after:
                    found |= hit >> length
        return found

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        after >>= start
        for length, starts in text.matches_of(self).starts:
            if after >> length & 1 and starts >> start & 1:
                return start + length
        raise ValueError(f"<{self.name}> does not begin at {start}")

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        found: Reached = {}
        for length, at in reached.items():
            for width, starts in text.matches_of(self).starts:
                if hit := at & starts:
                    found[length + width] = found.get(length + width, 0) | hit << width
        return found


class EntryMatches:
    """All matches of an entry of the lexicon in a text.

    ``starts`` and ``ends`` have the places where they begin, and those behind them, by their number
    of words, the most first; ``all_ends`` whatever their number.
    """

    __slots__ = ("all_ends", "ends", "starts")

    def __init__(self, text: KeyedText, entry: Entry) -> None:
        reached = _merged(
            branch.part.onward(text, {0: starts}) for branch, starts in text.starts_by_branch(entry)
        )
        self.ends = sorted(reached.items(), reverse=True)
        self.starts = [(length, ends >> length) for length, ends in self.ends]
        self.all_ends = reduce(or_, reached.values(), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Part):
    """One of these."""

    parts: tuple[Part, ...]

    def starts(self, text: KeyedText) -> int:
        found = 0
        for part in self.parts:
            found |= part.starts(text)
        return found

    def before(self, text: KeyedText, after: int) -> int:
        found = 0
        for part in self.parts:
            found |= part.before(text, after)
        return found

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        first = next(part for part in self.parts if part.before(text, after) >> start & 1)
        return first.end(text, start, after, captured)

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        return _merged(part.onward(text, reached) for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Option(Part):
    """Its part, or nothing."""

    part: Part

    def starts(self, text: KeyedText) -> int:
        return text.everywhere

    def before(self, text: KeyedText, after: int) -> int:
        return after | self.part.before(text, after)

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        if self.part.before(text, after) >> start & 1:
            return self.part.end(text, start, after, captured)
        return start

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        return _merged((reached, self.part.onward(text, reached)))


@dataclass(frozen=True, slots=True, eq=False)
class Capture(Part):
    """Its part, remembered under a name: ``act`` or ``limit``."""

    name: str
    part: Part

    def starts(self, text: KeyedText) -> int:
        return self.part.starts(text)

    def before(self, text: KeyedText, after: int) -> int:
        return self.part.before(text, after)

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        end = self.part.end(text, start, after, captured)
        captured[self.name] = (start, end)
        return end

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        return self.part.onward(text, reached)


@dataclass(frozen=True, slots=True, eq=False)
class Run(Part):
    """Parts one after the other, each with a gap before it or none."""

    steps: tuple[tuple[Gap | None, Part], ...]

    def starts(self, text: KeyedText) -> int:
        if not self.steps:
            return text.everywhere
        gap, part = self.steps[-1]
        return self._before_step(len(self.steps) - 1, text, text.reach_of_part(part, gap))

    def before(self, text: KeyedText, after: int) -> int:
        return self._before_step(len(self.steps), text, after)

    def _before_step(self, index: int, text: KeyedText, after: int) -> int:
        """Return the places from which the steps up to ``index`` lead to any of ``after``."""
        while index and after:
            index -= 1
            gap, part = self.steps[index]
            if type(part) is Keys:  # most are: this spares a call
                after = text.any_of[part.keys] & after >> 1
            else:
                after = part.before(text, after)
            if gap is not None:
                after = text.over_gap(after, gap)
            elif index:
                after = text.over_commas(after)
        return after

    def end(self, text: KeyedText, start: int, after: int, captured: Captured) -> int:
        for part, starts, leads_to in reversed(text.joints_of(self, after)):
            start += first_of(starts >> start)
            start = part.end(text, start, leads_to, captured)
        return start

    def find_joints(self, text: KeyedText, after: int) -> Joints:
        """Return how the steps lead to ``after``, the last one first."""
        joints = []
        for gap, part in reversed(self.steps):
            starts = part.starts(text) if after is text.everywhere else part.before(text, after)
            joints.append((part, starts, after))
            after = text.over_commas(starts) if gap is None else text.over_gap(starts, gap)
        return joints

    def onward(self, text: KeyedText, reached: Reached) -> Reached:
        for index, (gap, part) in enumerate(self.steps):
            if gap is not None:  # a gap spreads over many places, so most are left out before
                leading = text.reach_of_part(part, gap)
                reached = {length: hit for length, at in reached.items() if (hit := at & leading)}
            if index or gap:
                reached = text.passing(reached, gap)
            reached = part.onward(text, reached)
            if not reached:
                break
        return reached


def _merged(ways: Iterable[Reached]) -> Reached:
    """Return what is reached in any of some ways."""
    found: Reached = {}
    for reached in ways:
        for length, ends in reached.items():
            found[length] = found.get(length, 0) | ends
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled pattern; ``source`` is the pattern as written, and how it shows itself.

    The branches hold all that they refer to: written out, some 30 million letters for one rule.
    """

    source: str
    branches: tuple[Branch, ...] = field(repr=False)


Alternatives = Pattern | Entry


class KeyedText(WordPlaces):
    """Sentences of keys that keep what was found in them, so that nothing is looked for twice."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        super().__init__(sentences)
        self._entries: dict[Entry, EntryMatches] = {}
        self._reaches: defaultdict[Gap | None, dict[Part, int]] = defaultdict(dict)
        self._branch_starts: dict[Branch, int] = {}
        self._starts: dict[Alternatives, tuple[int, list[tuple[Branch, int]]]] = {}
        self._joints: dict[tuple[Run, int], tuple[int, Joints]] = {}

    def matches_of(self, entry: Entry) -> EntryMatches:
        """Return the matches of an entry of the lexicon, found once a text."""
        found = self._entries.get(entry)
        if found is None:
            found = self._entries[entry] = EntryMatches(self, entry)
        return found

    def reach_of_part(self, part: Part, gap: Gap | None) -> int:
        """Return the places from which a gap leads to a part, whatever follows it.

        Many patterns end in the same part behind the same gap, so it is found once a text.
        """
        reaches = self._reaches[gap]
        found = reaches.get(part)
        if found is None:
            starts = part.starts(self)
            found = self.over_commas(starts) if gap is None else self.over_gap(starts, gap)
            reaches[part] = found
        return found

    def starts_of(self, alternatives: Alternatives) -> int:
        """Return the places where matches of a pattern or part begin, found once a text."""
        return self._starts_of(alternatives)[0]

    def starts_by_branch(self, alternatives: Alternatives) -> list[tuple[Branch, int]]:
        """Return the branches that match, with the places where they begin to."""
        return self._starts_of(alternatives)[1]

    def _starts_of(self, alternatives: Alternatives) -> tuple[int, list[tuple[Branch, int]]]:
        found = self._starts.get(alternatives)
        if found is None:
            starts, by_branch = 0, []
            for branch in alternatives.branches:
                if self.sentences_for(branch) and (places := branch.part.starts(self)):
                    by_branch.append((branch, places))
                    starts = starts | places if starts else places
            found = self._starts[alternatives] = starts, by_branch
        return found

    def sentences_for(self, branch: Branch, among: int = -1) -> int:
        """Return the set of those sentences that hold what a match of ``branch`` needs.

        ``among`` is the set of the sentences asked about, -1 for all. This costs little beside
        looking for the match, and many branches match in no sentence.
        """
        sentences_with = self.sentences_with
        for need in branch.needs:
            among &= sentences_with[need]
            if not among:
                return 0
        return among

    def starts_within(self, patterns: Iterable[Pattern], sentences: Iterable[int]) -> int:
        """Return where matches of any of the patterns begin that may begin in these sentences.

        Those in other sentences may be among them.
        """
        among = 0
        for sentence in sentences:
            among |= 1 << sentence
        starts = 0
        for pattern in patterns:
            for branch in pattern.branches:
                if self.sentences_for(branch, among):
                    if branch not in self._branch_starts:
                        self._branch_starts[branch] = branch.part.starts(self)
                    starts |= self._branch_starts[branch]
        return starts

    def longest_matches(self, entry: Entry, within: int) -> dict[int, list[Range]]:
        """Return the matches of an entry by sentence, in order, none beginning inside another.

        They begin ``within`` a set of places. Of the matches at one place the longest counts.
        Places count from the sentence's first word.
        """
        longest: dict[int, int] = {}
        for length, starts in reversed(self.matches_of(entry).starts):
            longest.update(dict.fromkeys(places_in(starts & within), length))
        found: dict[int, list[Range]] = {}
        done = 0
        for start in sorted(longest):
            if start >= done:
                done = start + longest[start]
                sentence = self.sentence_of(start)
                first, _ = self.range_of(sentence)
                found.setdefault(sentence, []).append((start - first, done - first))
        return found

    def joints_of(self, run: Run, after: int) -> Joints:
        """Return how the steps of a run lead to ``after``, found once a text."""
        known = self._joints.get((run, id(after)))
        if known is None:
            known = self._joints[run, id(after)] = (after, run.find_joints(self, after))
        return known[1]


class Match:
    """A match of a pattern in a sentence; its places count from the first word of the sentence.

    Only where it begins (``start``) is known at once: the rest is read when it is asked for.
    """

    __slots__ = ("_branch", "_read", "_sentence", "_text", "start")

    def __init__(self, text: KeyedText, sentence: int, branch: Branch, start: int) -> None:
        self._text = text
        self._sentence = sentence
        self._branch = branch
        self._read: tuple[int, Captured] | None = None
        self.start = start

    def _reading(self) -> tuple[int, Captured]:
        if self._read is None:
            text = self._text
            first, _ = text.range_of(self._sentence)
            captured: Captured = {}
            end = self._branch.part.end(text, first + self.start, text.everywhere, captured)
            for name, (low, high) in captured.items():
                captured[name] = (low - first, high - first)
            self._read = end - first, captured
        return self._read

    @property
    def end(self) -> int:
        """The place behind its last word."""
        return self._reading()[0]

    @property
    def act(self) -> Range | None:
        """The act, as a half-open range of places, where the pattern marks one."""
        return self._reading()[1].get("act")

    @property
    def limit(self) -> Range | None:
        """The words that limit a denial, where the pattern marks them."""
        return self._reading()[1].get("limit")


def find_matches(pattern: Pattern, text: KeyedText, sentence: int = 0) -> Iterator[Match]:
    """Yield the matches of a pattern in a sentence, in order, none beginning inside another.

    Nor does one begin inside an earlier one of its own branch that was left out for that.
    """
    found = [
        (start, branch)
        for branch, starts in text.starts_by_branch(pattern)
        for start in places_in(text.cut(starts, sentence))
    ]
    if len(found) > 1:
        found.sort(key=_start)
    done = 0
    latest: dict[Branch, Match] = {}
    for start, branch in found:
        if branch in latest and start < latest[branch].end:
            continue
        match = latest[branch] = Match(text, sentence, branch, start)
        if start >= done:
            yield match
            done = match.end


_start = itemgetter(0)


def matches(pattern: Pattern, text: KeyedText) -> bool:
    """Return whether ``pattern`` matches anywhere in the text."""
    return text.starts_of(pattern) != 0
