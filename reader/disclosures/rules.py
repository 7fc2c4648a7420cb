"""Rules over a document -> the passages that each rule finds, with their stance.

A statement is a sentence; a list item is one together with the lead-in that it completes, and a
fragment without a lead-in together with the heading it stands under. For each statement only those
rules are tried whose rarest words occur in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.patterns import Pattern
from reader.disclosures.stance import Reading, read_stance
from reader.disclosures.words import Word, words_of
from reader.model import BlockKind, Document, Sentence, Span, Stance

# A sentence with one of these speaks for itself; without, it may complete its heading.
_VERB_SIGNS = frozenset(
    ["we", "you", "be", "have", "may", "will", "can", "do", "must", "shall", "should", "they", "i"]
)
_LONGEST_STATEMENT = 400
_LONGEST_FRAGMENT = 60


class Passage(NamedTuple):
    """One rule's match: the sentence it stands in and how the sentence is to be read."""

    rule: Rule
    stance: Stance
    span: Span
    section: int
    context: Span | None
    condition: str | None


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is matched: the words of a sentence, those of its lead-in before them."""

    words: tuple[Word, ...]
    own: int  # index of the sentence's own first word
    span: Span
    section: int
    context: Span | None


def find_passages(
    document: Document, catalogue: Catalogue
) -> Iterator[tuple[DisclosureType, Passage]]:
    """Yield every passage of the document that a rule of the catalogue matches, in text order."""
    rules_by_key, unprompted = _rules_by_key(catalogue)
    headings = _HeadingMatcher(document)
    for statement in _statements(document):
        keys = [word.key for word in statement.words]
        present = frozenset(keys)
        tried: set[str] = set()
        encoded = _Encoded(keys)
        for key in present:
            for kind, rule in rules_by_key.get(key, ()):
                if rule.id in tried or any(need.isdisjoint(present) for need in rule.pattern.needs):
                    continue
                tried.add(rule.id)
                yield from _match(kind, rule, statement, encoded, headings, document.text)
        for kind, rule in unprompted:
            yield from _match(kind, rule, statement, encoded, headings, document.text)


@lru_cache(maxsize=4)
def _rules_by_key(
    catalogue: Catalogue,
) -> tuple[
    dict[str, tuple[tuple[DisclosureType, Rule], ...]], tuple[tuple[DisclosureType, Rule], ...]
]:
    prompted: dict[str, list[tuple[DisclosureType, Rule]]] = {}
    unprompted: list[tuple[DisclosureType, Rule]] = []
    for kind in catalogue.types.values():
        for rule in kind.rules:
            if rule.pattern.needs:
                for key in rule.pattern.needs[0]:
                    prompted.setdefault(key, []).append((kind, rule))
            else:
                unprompted.append((kind, rule))
    return {key: tuple(rules) for key, rules in prompted.items()}, tuple(unprompted)


class _Encoded:
    """The keys of a statement as the one string that patterns search, with the way back."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.text = " " + " ".join(keys) + " "
        self._starts: list[int] = []

    def index_at(self, offset: int) -> int:
        """Return the index of the key that stands at or before ``offset`` of ``text``."""
        if not self._starts:
            at = 1
            for key in self.keys:
                self._starts.append(at)
                at += len(key) + 1
        return bisect_right(self._starts, offset) - 1


def _match(
    kind: DisclosureType,
    rule: Rule,
    statement: _Statement,
    encoded: _Encoded,
    headings: _HeadingMatcher,
    text: str,
) -> Iterator[tuple[DisclosureType, Passage]]:
    found: set[Stance] = set()
    for match in rule.pattern.regex.finditer(encoded.text):
        end = encoded.index_at(match.end() - 1) + 1
        if end <= statement.own:  # wholly inside the lead-in, which is a statement of its own
            continue
        if any(unless.regex.search(encoded.text) for unless in rule.unless):
            return
        if rule.heading is not None and not headings.matches(rule.heading, statement.section):
            return
        reading = _reading_of(rule, match, encoded, end)
        if reading is None or reading.stance in found or reading.stance not in kind.outcomes:
            continue
        stance, condition = reading
        found.add(stance)
        quote = _quote(statement, condition, text) if condition else None
        yield (
            kind,
            Passage(rule, stance, statement.span, statement.section, statement.context, quote),
        )


def _reading_of(rule: Rule, match: re.Match[str], encoded: _Encoded, end: int) -> Reading | None:
    acts = _marked(match, "act", encoded)
    limits = _marked(match, "limit", encoded)
    limit = limits[0] if limits else None
    if rule.stance != "by-negation":
        stance = Stance(rule.stance)
        return Reading(stance, limit if stance is Stance.DENIED else None)
    first = encoded.index_at(match.start())
    reading = read_stance(encoded.keys, acts[0] if acts else (first, first + 1), end)
    if reading is None or reading.stance is Stance.SAID:
        return reading
    return Reading(Stance.DENIED, reading.condition or limit)


def _marked(match: re.Match[str], mark: str, encoded: _Encoded) -> list[tuple[int, int]]:
    """Return the ranges of word indexes that a match marks as ``act`` or ``limit``."""
    return [
        (encoded.index_at(match.start(name)), encoded.index_at(match.end(name) - 1) + 1)
        for name, words in match.groupdict().items()
        if words and name.startswith(mark)
    ]


def _quote(statement: _Statement, words: tuple[int, int], text: str) -> str:
    first, last = statement.words[words[0]], statement.words[words[1] - 1]
    return text[first.start : last.end].strip(" .;,:")


class _HeadingMatcher:
    """Whether a pattern matches the heading of a section or of one above it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._encoded: dict[int, str] = {}

    def matches(self, pattern: Pattern, section: int) -> bool:
        at: int | None = section
        while at is not None:
            if at not in self._encoded:
                keys = [w.key for w in words_of(self._document.sections[at].heading)]
                self._encoded[at] = _Encoded(keys).text
            if pattern.regex.search(self._encoded[at]):
                return True
            at = self._document.sections[at].parent
        return False


def _statements(document: Document) -> Iterator[_Statement]:
    names = own_names(document)
    words: list[tuple[Word, ...]] = [
        tuple(_sentence_words(document, sentence, names)) for sentence in document.sentences
    ]
    heading_words: dict[int, tuple[tuple[Word, ...], Span | None]] = {}
    for index, sentence in enumerate(document.sentences):
        own = words[index]
        lead: tuple[Word, ...] = ()
        context: Span | None = None
        if sentence.lead_in is not None:
            outer = document.sentences[sentence.lead_in]
            context = outer.span
            if outer.lead_in is not None:
                lead = words[outer.lead_in]
            lead = lead + words[sentence.lead_in]
        elif _is_fragment(document, sentence, own):
            if sentence.section not in heading_words:
                heading_words[sentence.section] = _heading_words(document, sentence.section, names)
            lead, context = heading_words[sentence.section]
        if len(lead) + len(own) > _LONGEST_STATEMENT:
            lead, context, own = (), None, own[:_LONGEST_STATEMENT]
        yield _Statement(lead + own, len(lead), sentence.span, sentence.section, context)


def _sentence_words(document: Document, sentence: Sentence, names: OwnNames) -> list[Word]:
    words = words_of(sentence.span.of(document.text), sentence.span.start)
    return names.as_we(words, document.text)


def _is_fragment(document: Document, sentence: Sentence, words: Sequence[Word]) -> bool:
    """Return whether a sentence names things without saying what happens to them."""
    if document.blocks[sentence.block].kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}:
        return not any(word.key == "we" for word in words)
    return len(words) <= _LONGEST_FRAGMENT and not any(word.key in _VERB_SIGNS for word in words)


def _heading_words(
    document: Document, section: int, names: OwnNames
) -> tuple[tuple[Word, ...], Span | None]:
    heading = document.sections[section].heading
    start = document.sections[section].span.start
    if not heading or document.sections[section].heading_is_ours:
        return (), None
    span = Span(start, start + len(heading))
    if span.of(document.text) != heading:
        return (), None
    colon = Word(":", span.end - 1, span.end)
    return (*names.as_we(words_of(heading, start), document.text), colon), span
