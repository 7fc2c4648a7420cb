"""Words and sentences that make a policy hard or leave it open, each with a note.

In: a text and its sentences. Out: marks in order, of these kinds: ``long-sentence``,
``hard-sentence``, ``vague``, ``passive`` and ``legal-word``. A vague word is a question to the
policy, not a fault; marks of different kinds may lie over each other.

The words and their notes are data, in ``resources/wording``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from reader.model import Mark, Sentence, Span
from reader.paths import resource

LONG_SENTENCE = 30
"""Words above which a sentence is long."""
HARD_SENTENCE = 25
"""Words above which a sentence is hard, where enough of them are long. UK government's limit."""
HARD_SHARE = 0.25
"""Share of words of seven letters or more from which on it is."""


def find_marks(text: str, sentences: tuple[Sentence, ...]) -> tuple[Mark, ...]:
    """Return the marks of a text's sentences, by where they start, longer ones first.

    A legal word is explained once a section, for a reader who begins there.
    """
    marks: list[Mark] = []
    explained: set[tuple[int, str]] = set()
    for sentence in sentences:
        words = sentence.span.of(text)
        marks += _mark_length(words, sentence.span)
        lowered = _lower(words)
        different = _different_words(lowered)
        for found in (_find_phrases(lowered, words, different), _find_passives(lowered, different)):
            for start, end, kind, note in found:
                if kind == "legal-word":
                    if (sentence.section, note) in explained:
                        continue
                    explained.add((sentence.section, note))
                span = Span(sentence.span.start + start, sentence.span.start + end)
                marks.append(Mark(span, kind, note))
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)))


# --- sentences ------------------------------------------------------------------------------------

_WORD_CHARACTER = re.compile(r"[^\W_]")
_LONG_WORD_LETTERS = 7


def _mark_length(words: str, span: Span) -> Iterator[Mark]:
    runs = words.split()
    if len(runs) <= HARD_SENTENCE:
        return
    tokens = [run for run in runs if run.isalnum() or _WORD_CHARACTER.search(run)]
    if len(tokens) > LONG_SENTENCE:
        yield Mark(span, "long-sentence", f"{len(tokens)} words in one sentence")
    elif len(tokens) > HARD_SENTENCE:
        long_words = sum(map(_is_long, tokens))
        if long_words >= HARD_SHARE * len(tokens):
            note = f"{len(tokens)} words, {long_words} of them long"
            yield Mark(span, "hard-sentence", note)


def _is_long(token: str) -> bool:
    """Return whether a word has seven letters or more; addresses are not read aloud."""
    if len(token) < _LONG_WORD_LETTERS or "@" in token or "/" in token:
        return False
    return token.isalpha() or sum(map(str.isalpha, token)) >= _LONG_WORD_LETTERS


# --- words and phrases ----------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A word or phrase to be marked, in lower case; its telling word stands ``offset`` letters in.

    That is the longest, which is mostly the rarest too: few texts hold it and not the phrase.
    """

    words: str
    kind: str
    note: str
    offset: int


def _find_phrases(
    lowered: str, words: str, different: Set[bytes]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield where vague and legal words stand, the longest of each kind at a place.

    ``different`` are the different words of the text ``words``, of which ``lowered`` is made.
    """
    phrases = _phrases()
    found = [
        (start, start + len(phrase.words), phrase)
        for word in different & phrases.keys()
        for place in _places_of(word.decode(), lowered)
        for phrase in phrases[word]
        if (start := place - phrase.offset) >= 0 and lowered.startswith(phrase.words, start)
    ]
    found.sort(key=lambda each: (each[0], -each[1]))
    marked_until: dict[str, int] = {}
    for start, end, phrase in found:
        is_part = lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()
        if is_part or start < marked_until.get(phrase.kind, 0):
            continue
        if not _is_meant_otherwise(phrase.words, words, start):
            marked_until[phrase.kind] = end
            yield start, end, phrase.kind, phrase.note


def _different_words(lowered: str) -> set[bytes]:
    """Return the different words of a text, encoded, among pieces of those that are not ASCII.

    Python takes text apart several times faster as bytes, and words to be marked are ASCII.
    """
    return set(lowered.encode("utf-8", "replace").translate(_BLANKS_FOR_SIGNS).split())


_BLANKS_FOR_SIGNS = bytes(
    code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256)
)


def _places_of(word: str, lowered: str) -> Iterator[int]:
    """Yield where the letters of a word stand."""
    place = lowered.find(word)
    while place >= 0:
        yield place
        place = lowered.find(word, place + len(word))


def _is_meant_otherwise(phrase: str, words: str, start: int) -> bool:
    """Return whether "may" is a month here, or what the reader is allowed to do."""
    if phrase.partition(" ")[0] not in ("may", "could", "might"):
        return False
    return bool(_MONTH.match(words, start)) or words[max(0, start - 4) : start].lower() == "you "


_MONTH = re.compile(r"May,?\s+\d")


@cache
def _phrases() -> dict[bytes, tuple[_Phrase, ...]]:
    """Return the phrases of both lists by their telling words, encoded."""
    by_word: dict[bytes, list[_Phrase]] = {}
    for kind, file in (("vague", "vague.toml"), ("legal-word", "legal.toml")):
        for entry in _lists(file)["entry"]:
            for words in entry["words"]:
                telling = max(_WORD.findall(words), key=len)
                phrase = _Phrase(words, kind, entry["note"], words.index(telling))
                by_word.setdefault(telling.encode("ascii"), []).append(phrase)
    return {word: tuple(phrases) for word, phrases in by_word.items()}


def _lists(file: str) -> dict[str, Any]:
    return tomllib.loads(resource(f"wording/{file}").read_text(encoding="utf-8"))


# --- passives -------------------------------------------------------------------------------------

_FORMS_OF_BE = "am is are was were be been being".split()
_BE = frozenset(form.encode() for form in _FORMS_OF_BE)
_PASSIVE = re.compile(
    rf"\b(?:{'|'.join(_FORMS_OF_BE)})\s+(?:(?:not|also|only|never|then|\w+ly)\s+){{0,2}}"
    r"(?P<participle>[^\W\d_]{3,})\b"
)
# "by us", "automatically by our partners"; "by clicking" names no one.
_ACTOR = re.compile(r"(?:\s+[\w'’-]+){0,4}?\s+by\s+(?!\w+ing\b)")
_NO_ACTOR = "Who does this? The sentence does not say."


def _find_passives(lowered: str, different: Set[bytes]) -> Iterator[tuple[int, int, str, str]]:
    """Yield where something is done and nobody is named who does it."""
    if different.isdisjoint(_BE):
        return
    participles, no_passive = _participles()
    for match in _PASSIVE.finditer(lowered):
        word = match["participle"]
        is_participle = word in participles or (word.endswith("ed") and word not in no_passive)
        if is_participle and not _ACTOR.match(lowered, match.end()):
            yield match.start(), match.end(), "passive", _NO_ACTOR


@cache
def _participles() -> tuple[frozenset[str], frozenset[str]]:
    """Return the participles that do not end in -ed, and the words in -ed that are none."""
    lists = _lists("passive.toml")
    return frozenset(lists["participles"]), frozenset(lists["no_passive"])


def _lower(text: str) -> str:
    """Return a text in lower case with every letter in its place: some would become two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
