"""Rules over a document -> the passages that each rule finds, with their stance.

Statements of some thousand words make one text, in which each rule is looked for once; only where
it matches is a statement read for its stance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.matching import KeyedText, Match, Pattern, find_matches
from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.places import batches
from reader.disclosures.stance import NEGATING, Reading, read_denial, read_saying, read_stance
from reader.disclosures.statements import Statement, statements_of
from reader.disclosures.words import keys_of, text_keys
from reader.model import Document, Span, Stance

_MINORS = keys_of("minor child children kid teenager #13 #14 #15 #16")
_SAID = Reading(Stance.SAID, None)


class Passage(NamedTuple):
    """One rule's match: the sentence it stands in and how the sentence is to be read."""

    rule: Rule
    stance: Stance
    span: Span
    section: int
    context: Span | None
    condition: str | None


def find_passages(
    document: Document,
    catalogue: Catalogue,
    progress: Callable[[float], None] | None = None,
    names: OwnNames | None = None,
) -> Iterator[tuple[DisclosureType, Passage]]:
    """Yield every passage of the document that a rule of the catalogue matches, in text order.

    Passages of one sentence come in the order of the catalogue. ``progress`` is told the share of
    the sentences that have been read, in [0, 1]. ``names`` are those of the document's author,
    where they are known already.
    """
    names = own_names(document) if names is None else names
    headings = _HeadingMatcher(document)
    read = 0
    for statements in batches(statements_of(document, names), size=_length):
        if progress is not None:
            progress(read / len(document.sentences))
        read += len(statements)
        reader = _Reader(document, names, headings, statements, catalogue)
        found: dict[int, list[tuple[DisclosureType, Passage]]] = {}
        for kind in catalogue.types.values():
            for rule in kind.rules:
                for sentence, passage in reader.passages(kind, rule):
                    found.setdefault(sentence, []).append((kind, passage))
        for sentence in sorted(found):
            yield from found[sentence]


def _length(statement: Statement) -> int:
    return len(statement.keys)


class _Reader:
    """Reads some thousand words of a document with one rule after the other."""

    def __init__(
        self,
        document: Document,
        names: OwnNames,
        headings: _HeadingMatcher,
        statements: Sequence[Statement],
        catalogue: Catalogue,
    ) -> None:
        self._document = document
        self._names = names
        self._headings = headings
        self._statements = statements
        self._text = KeyedText(statement.keys for statement in statements)
        self._read_by = self._places_by_topic(catalogue)
        self._negating = frozenset(self._text.sentences_in(self._text.any_of[NEGATING]))

    def _places_by_topic(self, catalogue: Catalogue) -> dict[str, int]:
        """Return for each topic the places that its rules read: some sentences they pass over."""
        text = self._text
        places = {topic.id: text.everywhere for topic in catalogue.topics}
        for passed_over in catalogue.passed_over:
            sentences = text.sentences_in(text.starts_of(passed_over.pattern))
            read = ~text.places_of(sentences)
            for topic in places.keys() - passed_over.speaking:
                places[topic] &= read
        return places

    def passages(self, kind: DisclosureType, rule: Rule) -> Iterator[tuple[int, Passage]]:
        """Yield the passages that a rule finds, each with the index of its statement."""
        text = self._text
        starts = text.starts_of(rule.pattern) & self._read_by[kind.topic]
        sentences = text.sentences_in(starts)
        guards: int | None = None
        for sentence in sentences:
            statement = self._statements[sentence]
            if rule.heading and not self._headings.matches(rule.heading, statement.section):
                continue
            found: set[Stance] = set()
            for stance, condition in self._readings(rule, sentence, text.cut(starts, sentence)):
                if stance in found or not self._is_told(kind, stance, statement):
                    continue
                if guards is None:
                    guards = text.starts_within(rule.unless, sentences)
                if _is_guarded(text.cut(guards, sentence), condition):
                    continue
                found.add(stance)
                quote = self._quote(statement, condition)
                context = statement.context
                yield (
                    sentence,
                    Passage(rule, stance, statement.span, statement.section, context, quote),
                )
                if rule.stance == "said":
                    break  # nothing else can be read from it

    def _readings(self, rule: Rule, sentence: int, starts: int) -> Iterator[Reading]:
        """Yield how to read the matches of a rule in a sentence; ``starts`` is where they begin.

        A match wholly inside a lead-in is left out: that is a statement of its own.
        """
        statement = self._statements[sentence]
        if sentence not in self._negating and rule.stance != "denied" and starts >> statement.own:
            yield _SAID  # however it matches
            return
        for match in find_matches(rule.pattern, self._text, sentence):
            if match.start < statement.own and match.end <= statement.own:
                continue
            reading = _reading_of(rule, match, statement.keys)
            if reading is not None:
                yield reading

    def _is_told(self, kind: DisclosureType, stance: Stance, statement: Statement) -> bool:
        """Return whether a statement can tell the stance of a type."""
        if stance is Stance.DENIED and kind.topic != "kids":
            # "we do not sell the data of children" leaves everybody else open
            return stance in kind.outcomes and _MINORS.isdisjoint(statement.keys)
        return stance in kind.outcomes

    def _quote(self, statement: Statement, condition: tuple[int, int] | None) -> str | None:
        if condition is None:
            return None
        words = statement.words(self._document, self._names)
        start, end = words[condition[0]].start, words[condition[1] - 1].end
        return self._document.text[start:end].strip(" .;,:")


def _is_guarded(guards: int, condition: tuple[int, int] | None) -> bool:
    """Return whether an ``unless`` of the rule matches the sentence: at the places ``guards``.

    What an exception names does not guard: "if we sell the company" is no sale of data, but "we
    do not sell it, except in a merger" denies one.
    """
    if condition is not None:
        first, end = condition[0] + 1, condition[1]
        guards &= ~(((1 << max(0, end - first)) - 1) << first)
    return guards != 0


def _reading_of(rule: Rule, match: Match, keys: Sequence[str]) -> Reading | None:
    if rule.stance == "said":
        return read_saying(keys, match.start)
    if rule.stance == "denied":
        reading = read_denial(keys, (match.start, match.end))
    else:
        act = match.act or (match.start, match.start + 1)
        reading = read_stance(keys, act, match.end)
    if reading is None or reading.stance is Stance.SAID:
        return reading
    if rule.stance == "unless-negated":
        return None
    return Reading(Stance.DENIED, reading.condition or match.limit)


class _HeadingMatcher:
    """Whether a pattern matches the heading of a section or of one above it."""

    def __init__(self, document: Document) -> None:
        self._sections = document.sections
        self._text: KeyedText | None = None
        self._matching: dict[Pattern, Set[int]] = {}

    def matches(self, pattern: Pattern, section: int) -> bool:
        if pattern not in self._matching:
            if self._text is None:
                self._text = KeyedText(text_keys(section.heading) for section in self._sections)
            starts = self._text.starts_of(pattern)
            self._matching[pattern] = set(self._text.sentences_in(starts))
        at: int | None = section
        while at is not None:
            if at in self._matching[pattern]:
                return True
            at = self._sections[at].parent
        return False
