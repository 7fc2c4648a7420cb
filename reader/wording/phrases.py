"""Which words and phrases of the lists stand in a sentence: vague, legal, and with plainer ones.

Each list entry may say beside which words it means something else, and is then left alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress, count, pairwise
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from reader.model import MarkKind
from reader.paths import resource

LISTS: Mapping[MarkKind, str] = MappingProxyType(
    {
        MarkKind.VAGUE: "vague.toml",
        MarkKind.LEGAL_WORD: "legal.toml",
        MarkKind.PLAINER_WORD: "plainer.toml",
    }
)
"""The list of each kind of mark on words, a file of ``resources/wording``."""

_BESIDE = 60  # letters before and after a phrase in which its neighbours are looked for


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Words right before or after a phrase: those that it may not have, or one of which it must."""

    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()

    def allow(self, lowered: str, start: int, end: int) -> bool:
        """Return whether a phrase at this place means what its entry says."""
        before = lowered[max(0, start - _BESIDE) : start].rstrip(_BETWEEN)
        after = lowered[end : end + _BESIDE].lstrip(_BETWEEN)
        return (
            not _ends_with(before, self.not_after)
            and not _begins_with(after, self.not_before)
            and (not self.only_after or _ends_with(before, self.only_after))
            and (not self.only_before or _begins_with(after, self.only_before))
        )


_BETWEEN = " \n\t-\u2010\u2011\xa0"
_ANYWHERE = _Neighbours()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A word or phrase to be marked, in lower case, and where the words it is known by begin."""

    words: str
    kind: MarkKind
    note: str
    offset: int
    neighbours: _Neighbours


Candidate = tuple[int, int, _Phrase]
"""A phrase of the lists whose letters stand in a text: where, its end with a minus, which."""


def find_candidates(lowered: str) -> list[Candidate]:
    """Return where the letters of phrases stand, in order, the longest first at a place.

    The whole text is cut up once, and its words and pairs of words are looked up: that finds in few
    calls what few places hold.
    """
    pieces = _pieces(lowered)
    ends = list(accumulate(map(len, pieces)))  # but for the blank behind each
    words, pairs = _lists()
    found = []
    for index in compress(count(), map(words.__contains__, pieces)):
        start = ends[index] - len(pieces[index]) + index
        end = ends[index] + index
        found += [(start, -end, phrase) for phrase in words[pieces[index]]]
    for index in compress(count(), map(pairs.__contains__, pairwise(pieces))):
        place = ends[index] - len(pieces[index]) + index
        for phrase in pairs[pieces[index], pieces[index + 1]]:
            start = place - phrase.offset
            if start >= 0 and lowered.startswith(phrase.words, start):
                found.append((start, -start - len(phrase.words), phrase))
    found.sort(key=_BY_PLACE)
    return found


_BY_PLACE = itemgetter(0, 1)


def _pieces(lowered: str) -> list[bytes]:
    """Return the words of a text, encoded, between single signs, so that their places can be told.

    Python takes text apart several times faster as bytes, and the words of the lists are ASCII:
    what is not is as good as a sign.
    """
    return lowered.encode("ascii", "replace").translate(_BLANKS_FOR_SIGNS).split(b" ")


_BLANKS_FOR_SIGNS = bytes(
    code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256)
)


def find_phrases(
    lowered: str, words: str, first: int, candidates: Iterable[Candidate]
) -> Iterator[tuple[int, int, MarkKind, str]]:
    """Yield where the words of the lists stand in a sentence, the longest of each kind at a place.

    Each comes as start, end, kind and note. ``lowered`` is made of the ``words`` of the sentence,
    which begins at ``first``. Of its ``candidates`` some are parts of words or go beyond it, and
    some mean something else there.
    """
    addresses: Sequence[tuple[int, int]] | None = None
    marked_until: dict[MarkKind, int] = {}
    for place, negative_end, phrase in candidates:
        start, end = place - first, -negative_end - first
        before = lowered[max(0, start - 4) : start]
        is_part = before[-1:].isalnum() or lowered[end : end + 1].isalnum() or end > len(lowered)
        if is_part or before == "non-":
            continue
        if start < marked_until.get(phrase.kind, 0):
            continue
        has_neighbours = phrase.neighbours is not _ANYWHERE
        if has_neighbours and not phrase.neighbours.allow(lowered, start, end):
            continue
        if phrase.kind is MarkKind.VAGUE and _is_certain(phrase.words, lowered, words, start, end):
            continue
        if addresses is None:
            addresses = _addresses(lowered)
        if addresses and any(opens <= start < ends for opens, ends in addresses):
            continue
        marked_until[phrase.kind] = end
        yield start, end, phrase.kind, phrase.note


def in_lower_case(text: str) -> str:
    """Return a text in lower case with every letter in its place: some would become two.

    Apostrophes are straight in it, as in the lists.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("’", "'")


def _addresses(lowered: str) -> Sequence[tuple[int, int]]:
    """Return where web and e-mail addresses stand: their words are not the policy's own."""
    if "://" not in lowered and "www." not in lowered and "@" not in lowered:
        return ()
    return [match.span() for match in _ADDRESS.finditer(lowered)]


_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")


def _ends_with(text: str, words: tuple[str, ...]) -> bool:
    """Return whether a text ends with one of these words, whole."""
    return any(text.endswith(w) and not text[: -len(w)][-1:].isalnum() for w in words)


def _begins_with(text: str, words: tuple[str, ...]) -> bool:
    """Return whether a text begins with one of these words, whole."""
    return any(text.startswith(w) and not text[len(w) : len(w) + 1].isalnum() for w in words)


# --- vague words that are not ---------------------------------------------------------------------


def _is_certain(phrase: str, lowered: str, words: str, start: int, end: int) -> bool:
    """Return whether a vague word leaves nothing open at this place.

    "May" can be a month or what the reader is free to do, and "at any time" when the reader can
    do it.
    """
    if phrase == "at any time":
        ours, yours = _last(_OURS, lowered, start), _last(_YOURS, lowered, start)
        return ours <= yours
    if phrase.partition(" ")[0] not in ("may", "could", "might"):
        return False
    if _MONTH.match(words, start):
        return True
    return bool(_READER.search(lowered, max(0, start - 30), start)) and not _BEFALLS.match(
        lowered, end
    )


_MONTH = re.compile(r"May,?\s+\d")
# Who reads may do what follows, but only suffers what befalls: "you may lose access".
_READER = re.compile(
    r"\b(?:you|users|customers|consumers|residents|visitors|members|parents|guardians|individuals"
    r"|authorized agents?)\s+$"
)
_BEFALLS = re.compile(
    r"\s+(?:(?:not|also|still|only|then|even)\s+)*"
    r"(?:be|have|receive|see|experience|encounter|lose|notice|find|need)\b"
)
_OURS = re.compile(r"\b(?:we|us|our|it|they)\b")
_YOURS = re.compile(r"\b(?:you|your|users?|be)\b")


def _last(words: re.Pattern[str], lowered: str, end: int) -> int:
    """Return where the last of such words before a place stands, -1 for nowhere."""
    return max((match.start() for match in words.finditer(lowered, 0, end)), default=-1)


# --- the lists ------------------------------------------------------------------------------------


class _Lists(NamedTuple):
    """The phrases of all lists, each by its only word or by the rarest pair of words in it."""

    words: dict[bytes, list[_Phrase]]
    pairs: dict[tuple[bytes, bytes], list[_Phrase]]


@cache
def _lists() -> _Lists:
    lists = _Lists({}, {})
    for kind, file in LISTS.items():
        for entry in read_list(file)["entry"]:
            note = _note(entry)
            neighbours = _neighbours(entry)
            for words in entry["words"]:
                pieces = _pieces(words)
                neighbouring = list(pairwise(pieces))
                at = max(
                    range(len(neighbouring)), key=lambda at: _rarity(neighbouring[at]), default=0
                )
                offset = sum(len(piece) + 1 for piece in pieces[:at])
                phrase = _Phrase(words, kind, note, offset, neighbours)
                if neighbouring:
                    lists.pairs.setdefault(neighbouring[at], []).append(phrase)
                else:
                    lists.words.setdefault(words.encode("ascii"), []).append(phrase)
    return lists


def _rarity(pair: tuple[bytes, bytes]) -> tuple[int, int]:
    """Return what is mostly greater, the fewer places of a policy hold a pair of words."""
    telling = [word for word in pair if word and word not in _EVERYWHERE]
    return len(telling), sum(map(len, pair))


# Words that stand in nearly every sentence of a policy, so they tell nothing.
_EVERYWHERE = frozenset(
    b"and any as data for from information of other parties party personal privacy service "
    b"services so that the third this to use with your".split()
)


def _note(entry: Mapping[str, Any]) -> str:
    plain = entry.get("plain")
    return str(entry["note"]) if plain is None else f"Plainer: {plain}"


def _neighbours(entry: Mapping[str, Any]) -> _Neighbours:
    conditions = {
        name: tuple(entry[name])
        for name in ("not_after", "not_before", "only_after", "only_before")
        if name in entry
    }
    return _Neighbours(**conditions) if conditions else _ANYWHERE


def read_list(file: str) -> dict[str, Any]:
    """Return what a file of ``resources/wording`` holds."""
    return tomllib.loads(resource(f"wording/{file}").read_text(encoding="utf-8"))
