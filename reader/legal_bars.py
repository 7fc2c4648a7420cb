"""Laws and guides on plain language as yardsticks: whether a policy passes, and by how much.

In: a document; out: one `LegalBar` for each entry of ``resources/bars``. Each bar has its own way
of counting words, sentences and syllables, so none of these figures are those of ``readability``:
a sentence ends at a semicolon for Ohio and not for the UK's government.

The texts of the bars are data; what each counts stands below, one function a way of counting.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, floor
from struct import Struct
from typing import Any

from reader.model import BlockKind, Document, LegalBar
from reader.paths import resource
from reader.syllables import count_syllables
from reader.words import WORD_CHARACTER

FEW_WORDS = 5
"""Words of a list item up to which Pennsylvania's "only a few words" is read to hold."""
LONGEST_NUMBER = 4
"""Digits up to which a number is not "too lengthy" for Pennsylvania."""
AVOIDED = ("may", "might", "some", "often", "possible")
"""The EU guidance's examples of words that leave open what is done."""


def measure_bars(document: Document, runs: Sequence[Sequence[str]]) -> tuple[LegalBar, ...]:
    """Return how ``document`` does by each bar; () where it holds no sentence to be counted.

    ``runs`` are those between the blanks of each sentence.
    """
    counted = _count(document, runs)
    if not counted.sentences or not counted.act.words or not counted.pennsylvania.words:
        return ()
    limits = {name: bar["limit"] for name, bar in _bars().items()}
    words, sentences = counted.words, len(counted.sentences)
    measured: Mapping[str, _Outcome] = {
        "florida": _reading_ease(counted.act, limits["florida"]),
        "ohio": _reading_ease(counted.act, limits["ohio"]),
        "pennsylvania-car": _reading_ease(counted.pennsylvania, limits["pennsylvania-car"]),
        "pennsylvania-sentences": _average(
            words, sentences, limits["pennsylvania-sentences"], "sentence"
        ),
        "pennsylvania-paragraphs": _average(
            words, counted.paragraphs, limits["pennsylvania-paragraphs"], "paragraph"
        ),
        "uk-government": _longest(counted.sentences, limits["uk-government"]),
        "eu-transparency": _avoided(document),
    }
    return tuple(
        LegalBar(
            id=bar["id"],
            name=bar["name"],
            law=bar["law"],
            source=bar["source"],
            asks=bar["asks"],
            passed=measured[bar["id"]].passed,
            figure=float(measured[bar["id"]].figure),
            limit=float(bar["limit"]),
            result=measured[bar["id"]].result,
            how=bar["how"],
            unchecked=bar["unchecked"],
        )
        for bar in _bars().values()
    )


@cache
def _bars() -> dict[str, dict[str, Any]]:
    """Return the entries of the resource by their ids, in its order."""
    table = tomllib.loads(resource("bars/bars.toml").read_text(encoding="utf-8"))
    return {bar["id"]: bar for bar in table["bar"]}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was measured, whether that is enough, and both in words."""

    figure: float
    passed: bool
    result: str


# --- outcomes -------------------------------------------------------------------------------------


def _reading_ease(unit: _Units, limit: float) -> _Outcome:
    """Return Flesch's reading ease by the weights that all three statutes write out."""
    per_sentence, per_word = unit.words / unit.count, unit.syllables / unit.words
    ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
    # Rounded down, so that a score that fails is never shown as the limit itself.
    shown = floor(10 * ease) / 10
    counted = f"{unit.words:,} words, {unit.count:,} sentences, {unit.syllables:,} syllables"
    return _Outcome(ease, ease >= limit, f"{shown:.1f}, {_apart(shown, limit)} ({counted})")


def _average(words: int, parts: int, limit: float, part: str) -> _Outcome:
    average = words / parts
    shown = ceil(10 * average) / 10 if average > limit else floor(10 * average) / 10
    counted = f"{words:,} words, {parts:,} {part}{'' if parts == 1 else 's'}"
    result = f"{shown:.1f} words a {part}, {_apart(shown, limit)} ({counted})"
    return _Outcome(average, average <= limit, result)


def _longest(sentences: list[int], limit: int) -> _Outcome:
    longest = max(sentences)
    longer = sum(words > limit for words in sentences)
    told = f"the longest has {longest:,} words, {_apart(longest, limit)}"
    if longer:
        told = f"{longer:,} of {len(sentences):,} sentences have more; {told}"
    return _Outcome(longest, not longer, told)


def _avoided(document: Document) -> _Outcome:
    found = Counter(_avoided_words(document))
    if not found:
        return _Outcome(0, True, "none of them")
    total = found.total()
    listed = ", ".join(f"“{word}” {count:,}" for word, count in found.most_common())
    return _Outcome(total, False, f"{total:,} of them ({listed})")


def _apart(shown: float, limit: float) -> str:
    """Return how far a shown figure lies from the limit, as "2.3 above it"."""
    apart = round(abs(shown - limit), 1)
    if not apart:
        return "just at the limit"
    side = "above" if shown > limit else "below"
    return f"{apart:g} {side} the limit"


# --- counting -------------------------------------------------------------------------------------


class _Units:
    """Sentences as the statutes have them: units of words that end in ``. ; :``.

    A unit that ends in none of these goes on in the next item of its list, and ends with its list
    or paragraph at the latest.
    """

    def __init__(self) -> None:
        self.words = self.syllables = self.count = 0
        self._is_open = False

    def add(self, words: int, syllables: int, inner_ends: int, *, is_open: bool) -> None:
        """Count a sentence, or a part of one, in which so many units end before its own end."""
        if not words:
            return
        self.words += words
        self.syllables += syllables
        self.count += inner_ends + (not is_open)
        self._is_open = is_open

    def end_paragraph(self) -> None:
        """End the unit that is still open."""
        self.count += self._is_open
        self._is_open = False


_INNER_END = re.compile(r"[;:](?=\s+[^\W_])")
_CLOSERS = " \n\"'”’)]»"
# "1.", "(a)", "iv)" before the words of a clause.
_OWN_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,5})[.)\]]+")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the bars count of one document: ``sentences`` are the words of each of ours."""

    act: _Units
    pennsylvania: _Units
    words: int
    sentences: list[int]
    paragraphs: int


def _count(document: Document, runs: Sequence[Sequence[str]]) -> _Counted:
    act, pennsylvania = _Units(), _Units()
    sentences: list[int] = []
    paragraphs = 0
    before = -1
    was_item = False
    for sentence, tokens in zip(document.sentences, runs, strict=True):
        block = document.blocks[sentence.block]
        if not block.scored or block.kind is BlockKind.TABLE_ROW:
            continue
        is_item = block.kind is BlockKind.LIST_ITEM
        text = sentence.span.of(document.text)
        packed = sum(map(_spoken.__getitem__, tokens))
        if sentence.block != before:
            if not (is_item and was_item):
                act.end_paragraph()
                pennsylvania.end_paragraph()
            before, was_item = sentence.block, is_item
            paragraphs += 1
        act_words, act_syllables, said_words, said_syllables = _unpack(packed)
        inner_ends = len(_INNER_END.findall(text)) if ";" in text or ":" in text else 0
        is_open = not text.rstrip(_CLOSERS).endswith((".", ";", ":"))
        act.add(act_words, act_syllables, inner_ends, is_open=is_open)
        own = act_words
        if _OWN_NUMBER.fullmatch(tokens[0]):
            number = _unpack(_spoken[tokens[0]])
            own -= number[0]
            said_words -= number[2]
            said_syllables -= number[3]
        if own:
            sentences.append(own)
        if not (is_item and own <= FEW_WORDS):
            pennsylvania.add(said_words, said_syllables, inner_ends, is_open=is_open)
    act.end_paragraph()
    pennsylvania.end_paragraph()
    return _Counted(act, pennsylvania, sum(sentences), sentences, paragraphs)


# What a run between blanks adds, packed into one whole number: words and syllables by the model
# act, then by Pennsylvania's rule.
_FIELDS = Struct("<4I")
_MOST_TOKENS = 2**15
_LONGEST_TOKEN = 200


def _unpack(packed: int) -> tuple[int, ...]:
    return _FIELDS.unpack(packed.to_bytes(_FIELDS.size, "little"))


class _Spoken(dict[str, int]):
    """By a run of characters between blanks: what it adds."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MOST_TOKENS:
            self.clear()
        counts = self[token] = int.from_bytes(_FIELDS.pack(*_counts_of(token)), "little")
        return counts


_spoken = _Spoken()

_DASH = re.compile(r"[–—]")
_ADDRESS = re.compile(r"@[\w-]+\.|://|^\W*www\.|\w/\w*[./]|\.(?:com|org|net|gov|edu|eu|uk|io|ai)\b")


def _counts_of(token: str) -> tuple[int, int, int, int]:
    """Return words and syllables of a token by the model act, then by Pennsylvania's rule."""
    if not token.isalpha():
        if not WORD_CHARACTER.search(token):
            return 0, 0, 0, 0
        if _ADDRESS.search(token):
            return _UNREADABLE
    if len(token) > _LONGEST_TOKEN:
        return _UNREADABLE
    if "–" in token or "—" in token:  # without blanks they part two words, a hyphen does not
        parts = [part for part in _DASH.split(token) if WORD_CHARACTER.search(part)]
        if len(parts) > 1:
            first, second, third, fourth = map(sum, zip(*map(_counts_of, parts), strict=True))
            return first, second, third, fourth
    word = token.strip("\"'“”‘’()[]{}<>.,;:!?*")
    syllables = max(1, count_syllables(word))
    if word.isalpha() or not any(map(str.isdigit, word)):
        return 1, syllables, 1, syllables
    digits = _NUMBER.fullmatch(word)
    if digits is None or len(number := digits[1].replace(",", "")) > LONGEST_NUMBER:
        return 1, syllables, 0, 0
    return 1, syllables, 1, syllables_of_number(int(number))


_UNREADABLE = 1, 0, 0, 0  # no dictionary has it; for Pennsylvania it is too lengthy
_NUMBER = re.compile(r"[$€£#§]?(\d[\d,]*)(?:%|\+|st|nd|rd|th)?")

_BELOW_TWENTY = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)


def syllables_of_number(number: int) -> int:
    """Return the syllables of a number below 10,000 as it is said, in the shortest usual way.

    2018 is "twenty eighteen", 1905 "nineteen oh five", 250 "two hundred fifty".
    """
    if number < 20:
        return _BELOW_TWENTY[number]
    if number < 100:
        ones = number % 10
        return _TENS[number // 10] + (_BELOW_TWENTY[ones] if ones else 0)
    if number < 1000:
        rest = number % 100
        return _BELOW_TWENTY[number // 100] + 2 + (syllables_of_number(rest) if rest else 0)
    rest = number % 1000
    whole = syllables_of_number(number // 1000) + 2 + (syllables_of_number(rest) if rest else 0)
    hundreds, ones = divmod(number, 100)
    if not ones or (ones < 10 and not hundreds % 10):
        return whole
    oh = 1 if ones < 10 else 0  # "nineteen oh five"
    return min(whole, syllables_of_number(hundreds) + oh + syllables_of_number(ones))


# --- words to avoid -------------------------------------------------------------------------------


def _avoided_words(document: Document) -> Iterator[str]:
    """Yield the words of the guidance in the order of the list, each as often as it is used."""
    text = document.text
    starts = [sentence.span.start for sentence in document.sentences]
    for word in AVOIDED:
        # "May" with a capital is the month, or asks a question.
        forms = {word, word.upper()} if word == "may" else {word, word.capitalize(), word.upper()}
        for form in forms:
            place = text.find(form)
            while place >= 0:
                end = place + len(form)
                is_part = text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()
                if not is_part and _is_counted(document, starts, place):
                    yield word
                place = text.find(form, end)


def _is_counted(document: Document, starts: list[int], place: int) -> bool:
    index = bisect_right(starts, place) - 1
    if index < 0:
        return False
    sentence = document.sentences[index]
    return place < sentence.span.end and document.blocks[sentence.block].scored
