"""Rules over a document -> the passages that each rule finds, with their stance.

A statement is a sentence; a list item is one together with the lead-in that it completes, and a
fragment without a lead-in together with the heading it stands under. For each statement only those
rules are tried whose rarest words occur in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.matching import Branch, KeyedSentence, Match, Pattern, find_matches, matches
from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.stance import Reading, read_stance
from reader.disclosures.words import Word, keys_of, words_of
from reader.model import BlockKind, Document, Sentence, Span, Stance

# A sentence with one of these speaks for itself; without, it may complete its heading.
_VERB_SIGNS = keys_of("we you be have may will can do must shall should they i")
_MINORS = keys_of("minor child children kid teenager #13 #14 #15 #16")
_ALWAYS = ""  # no key: prompts what nothing rarer does
_SENTENCES_A_STEP = 100
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
    document: Document, catalogue: Catalogue, progress: Callable[[float], None] | None = None
) -> Iterator[tuple[DisclosureType, Passage]]:
    """Yield every passage of the document that a rule of the catalogue matches, in text order.

    ``progress`` is told the share of the sentences that have been read, in [0, 1].
    """
    prompts = _prompts(catalogue)
    headings = _HeadingMatcher(document)
    for index, statement in enumerate(_statements(document)):
        if progress is not None and index % _SENTENCES_A_STEP == 0:
            progress(index / len(document.sentences))
        keyed = KeyedSentence([word.key for word in statement.words])
        speaking = _speaking_topics(catalogue, keyed)
        prompted: dict[str, tuple[DisclosureType, Rule, list[Branch]]] = {}
        for key in (_ALWAYS, *keyed.places):
            for kind, rule, branch in prompts.get(key, ()):
                if speaking is None or kind.topic in speaking:
                    prompted.setdefault(rule.id, (kind, rule, []))[2].append(branch)
        for kind, rule, branches in prompted.values():
            for passage in _match(kind, rule, branches, statement, keyed, headings, document.text):
                yield kind, passage


def _speaking_topics(catalogue: Catalogue, keyed: KeyedSentence) -> frozenset[str] | None:
    """Return the topics whose rules may read the sentence, None where all may."""
    speaking = None
    for passed_over in catalogue.passed_over:
        if matches(passed_over.pattern, keyed):
            speaking = passed_over.speaking if speaking is None else speaking & passed_over.speaking
    return speaking


@lru_cache(maxsize=4)
def _prompts(catalogue: Catalogue) -> dict[str, list[tuple[DisclosureType, Rule, Branch]]]:
    """Return the branches of all rules by the keys that prompt them, the rarest of their needs."""
    prompts: dict[str, list[tuple[DisclosureType, Rule, Branch]]] = {}
    for kind in catalogue.types.values():
        for rule in kind.rules:
            for branch in rule.pattern.branches:
                for key in branch.needs[0] if branch.needs else (_ALWAYS,):
                    prompts.setdefault(key, []).append((kind, rule, branch))
    return prompts


def _match(
    kind: DisclosureType,
    rule: Rule,
    branches: Sequence[Branch],
    statement: _Statement,
    keyed: KeyedSentence,
    headings: _HeadingMatcher,
    text: str,
) -> Iterator[Passage]:
    found: set[Stance] = set()
    speaks_of_minors = not _MINORS.isdisjoint(keyed.places)
    for match in find_matches(branches, keyed):
        if match.end <= statement.own:  # wholly inside the lead-in, a statement of its own
            continue
        if rule.heading is not None and not headings.matches(rule.heading, statement.section):
            return
        reading = _reading_of(rule, match, keyed.keys)
        if reading is None or reading.stance in found or reading.stance not in kind.outcomes:
            continue
        if reading.stance is Stance.DENIED and kind.topic != "kids" and speaks_of_minors:
            continue  # "we do not sell the data of children" leaves everybody else open
        stance, condition = reading
        if _is_guarded(rule, keyed, condition):
            continue
        found.add(stance)
        quote = _quote(statement, condition, text) if condition else None
        yield Passage(rule, stance, statement.span, statement.section, statement.context, quote)


def _is_guarded(rule: Rule, keyed: KeyedSentence, condition: tuple[int, int] | None) -> bool:
    """Return whether an ``unless`` of the rule matches the sentence.

    What an exception names does not guard: "if we sell the company" is no sale of data, but "we
    do not sell it, except in a merger" denies one.
    """
    if condition is None:
        return any(matches(unless, keyed) for unless in rule.unless)
    inside = range(condition[0] + 1, condition[1])
    return any(
        match.start not in inside
        for unless in rule.unless
        for match in find_matches(unless.branches, keyed)
    )


def _reading_of(rule: Rule, match: Match, keys: Sequence[str]) -> Reading | None:
    if rule.stance in ("said", "denied"):
        stance = Stance(rule.stance)
        return Reading(stance, match.limit if stance is Stance.DENIED else None)
    act = match.act or (match.start, match.start + 1)
    reading = read_stance(keys, act, match.end)
    if reading is None or reading.stance is Stance.SAID:
        return reading
    if rule.stance == "unless-negated":
        return None
    return Reading(Stance.DENIED, reading.condition or match.limit)


def _quote(statement: _Statement, words: tuple[int, int], text: str) -> str:
    first, last = statement.words[words[0]], statement.words[words[1] - 1]
    return text[first.start : last.end].strip(" .;,:")


class _HeadingMatcher:
    """Whether a pattern matches the heading of a section or of one above it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._keyed: dict[int, KeyedSentence] = {}

    def matches(self, pattern: Pattern, section: int) -> bool:
        at: int | None = section
        while at is not None:
            if at not in self._keyed:
                words = words_of(self._document.sections[at].heading)
                self._keyed[at] = KeyedSentence([word.key for word in words])
            if matches(pattern, self._keyed[at]):
                return True
            at = self._document.sections[at].parent
        return False


def _statements(document: Document) -> Iterator[_Statement]:
    names = own_names(document)
    headings = {_bare(s.heading) for s in document.sections if not s.heading_is_ours}
    words: list[tuple[Word, ...]] = [
        tuple(_sentence_words(document, sentence, names)) for sentence in document.sentences
    ]
    heading_words: dict[int, tuple[tuple[Word, ...], Span | None]] = {}
    for index, sentence in enumerate(document.sentences):
        if _bare(sentence.span.of(document.text)) in headings:
            continue  # a line of the table of contents
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


def _bare(heading: str) -> str:
    """Return a heading's letters, for finding the lines that repeat it."""
    return "".join(filter(str.isalpha, heading)).lower()


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
