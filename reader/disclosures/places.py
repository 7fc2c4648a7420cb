"""Where the words of many sentences stand, as sets of places that are moved all at once.

A set of places is a whole number: bit 7 stands for place 7. Python works on thousands of bits at
once, so one shift moves every "we" of a policy to the place behind it, and one "and" keeps those
behind which "share" stands. An "and" costs a quarter of a shift, so sets are asked before they are
moved.

Which sentences hold a word is told by a far smaller number, a bit a sentence. It is asked first:
half of what rules look for needs words that stand together in no sentence of a policy.

The sentences stand one after the other, with a place behind each on which no word stands and over
which nothing reaches. Places are indexes of words in all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar

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
_CLOSING = frozenset(".!?")
_WE = frozenset(["we"])
_END = ""  # the key of the place behind a sentence
_BEHIND_SENTENCES = frozenset([_END])

Range = tuple[int, int]
Reached = dict[int, int]
"""What matches so far: by its number of words, the places behind it."""

_WORDS_A_TEXT = 32_000  # more make a step little cheaper for each word, and tell of progress late
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Up to ``bound`` words between two parts; ``near`` ones do not leave the clause.

    ``strides`` are the widths by which a set of places is widened in turn, each at most one more
    than all before it together, so that every number of words up to ``bound`` is reached.
    """

    near: bool
    bound: int
    strides: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        strides: list[int] = []
        left = self.bound
        while left:
            strides.append(min(self.bound - left + 1, left))
            left -= strides[-1]
        object.__setattr__(self, "strides", tuple(strides))


class WordPlaces:
    """The words of sentences as keys, and where they stand.

    ``any_of`` has the places of any of some keys as a set, ``sentences_with`` the set of the
    sentences that hold any of them; the key ``#`` stands for every number. ``everywhere`` is the
    set of all places.
    """

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        keys: list[str] = []
        self._firsts: list[int] = []
        self._sentence_at: list[int] = []
        holding: defaultdict[str, int] = defaultdict(int)
        for index, sentence in enumerate(sentences):
            this = 1 << index
            for key in sentence:
                holding[key] |= this
            self._firsts.append(len(keys))
            keys += sentence
            keys.append(_END)
            self._sentence_at += [index] * (len(sentence) + 1)
        self._length = len(keys)
        self.everywhere = (1 << len(keys)) - 1
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            places[key].append(place)
        numbers = [key for key in places if key[:1] == "#"]
        if numbers:
            places["#"] = sorted(place for key in numbers for place in places[key])
            holding["#"] = reduce(or_, (holding[key] for key in numbers))
        self.any_of = _KeySets({key: _set_of(stands) for key, stands in places.items()})
        self.sentences_with = _KeySets(holding)
        words = self.everywhere & ~self.any_of[_BEHIND_SENTENCES]
        we = self.any_of[_WE]
        new_we = we & (self.any_of[_BEFORE_A_NEW_WE] << 1)
        self._passable = {
            True: words & ~self.any_of[CLAUSE_OPENERS],
            False: words & ~self.any_of[STATEMENT_OPENERS] & ~new_we,
        }
        self._stretches = {near: _Stretches(words) for near, words in self._passable.items()}
        # "a request, we collect": no comma is passed over before a "we"; it opens a statement
        passed = self.any_of[_PASSED_OVER]
        self._two_commas = passed & (passed >> 1) & ~(we >> 2)
        self._comma = self._two_commas | (passed & ~(passed >> 1) & ~(we >> 1))
        self._behind_comma, self._behind_two = self._comma << 1, self._two_commas << 2
        self._behind_commas = self._behind_comma | self._behind_two

    def range_of(self, sentence: int) -> Range:
        """Return the range of a sentence's places, including the separator behind its words."""
        following = sentence + 1
        end = self._firsts[following] if following < len(self._firsts) else self._length
        return self._firsts[sentence], end

    def sentence_of(self, place: int) -> int:
        """Return the index of the sentence that a place lies in."""
        return self._sentence_at[place]

    @cached_property
    def heads(self) -> int:
        """Return the places where sentences begin."""
        return _set_of(self._firsts)

    @cached_property
    def tails(self) -> int:
        """Return the places behind which sentences end, but for their full stop."""
        tails, width = self.any_of[_BEHIND_SENTENCES], 1
        closing = _Stretches(self.any_of[_CLOSING])
        while closing[width]:
            tails |= (tails >> width) & closing[width]
            width *= 2
        return tails

    def over_gap(self, places: int, gap: Gap) -> int:
        """Return the places from which ``gap`` leads to any of ``places``, those included."""
        stretches = self._stretches[gap.near]
        for width in gap.strides:
            places |= (places >> width) & stretches[width]
        return places

    def over_commas(self, places: int) -> int:
        """Return ``places`` and those of the commas or brackets before them."""
        if places & self._behind_commas:
            one, two = places & self._behind_comma, places & self._behind_two
            places |= (one >> 1) | (two >> 2)
        return places

    def passing(self, reached: Reached, gap: Gap | None) -> Reached:
        """Return what is reached when words are passed over: those of a gap, or else a comma."""
        if gap is None:
            return self._passing_commas(reached)
        found = dict(reached)
        passable = self._passable[gap.near]
        for length, ends in reached.items():
            for longer in range(length + 1, length + gap.bound + 1):
                ends &= passable
                if not ends:
                    break
                ends <<= 1
                found[longer] = found.get(longer, 0) | ends
        return found

    def _passing_commas(self, reached: Reached) -> Reached:
        found = reached
        for length, ends in reached.items():
            if one := ends & self._comma:
                if found is reached:
                    found = dict(reached)
                found[length + 1] = found.get(length + 1, 0) | one << 1
                if two := one & self._two_commas:
                    found[length + 2] = found.get(length + 2, 0) | two << 2
        return found

    def sentences_in(self, places: int) -> list[int]:
        """Return the indexes of the sentences in which there are any of the places, in order."""
        sentences: list[int] = []
        passed = 0
        while places:
            sentence = self._sentence_at[passed + first_of(places)]
            sentences.append(sentence)
            _, end = self.range_of(sentence)
            places >>= end - passed
            passed = end
        return sentences

    def places_of(self, sentences: Iterable[int]) -> int:
        """Return all places of these sentences."""
        places = 0
        for sentence in sentences:
            first, end = self.range_of(sentence)
            places |= (1 << end) - (1 << first)
        return places

    def cut(self, places: int, sentence: int) -> int:
        """Return those of the places that lie in a sentence, counted from its first word."""
        first, end = self.range_of(sentence)
        return (places >> first) & ((1 << end - first) - 1)


def batches(sentences: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield the sentences in lists of some thousand words, of which each makes a text.

    ``size`` tells the number of words of one.
    """
    batch: list[T] = []
    words = 0
    for sentence in sentences:
        batch.append(sentence)
        words += size(sentence)
        if words > _WORDS_A_TEXT:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


class _KeySets(dict[frozenset[str], int]):
    """By a set of keys: the union of what those of them have that stand in the text."""

    def __init__(self, of_key: Mapping[str, int]) -> None:
        super().__init__()
        self._of_key = dict(of_key)

    def __missing__(self, keys: frozenset[str]) -> int:
        of_key = self._of_key
        found = 0
        for key in keys:
            if key in of_key:
                has = of_key[key]
                found = found | has if found else has  # most are single: no copy of theirs
        self[keys] = found
        return found


class _Stretches(dict[int, int]):
    """By a number of words: the places from which so many words in a row belong to a set."""

    def __init__(self, places: int) -> None:
        super().__init__({1: places})

    def __missing__(self, width: int) -> int:
        half = width // 2
        found = self[half] & (self[width - half] >> half)
        self[width] = found
        return found


def _set_of(places: Sequence[int]) -> int:
    """Return these places, in order and at least one, as a set."""
    if len(places) <= _FEW:
        few = 0
        for place in places:
            few |= 1 << place
        return few
    bits = bytearray((places[-1] >> 3) + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def first_of(places: int) -> int:
    """Return the first place of a set that is not empty."""
    places = places & _NEAREST or places  # a small number is looked through faster
    return (places & -places).bit_length() - 1


_FEW = 8
_NEAREST = (1 << 480) - 1


def places_in(places: int) -> Iterator[int]:
    """Yield the places of a set, in order."""
    passed = 0
    while places:
        following = first_of(places) + 1
        passed += following
        yield passed - 1
        places >>= following
