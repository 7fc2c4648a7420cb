"""Rules over a document -> the passages that each rule finds, with their stance.

Statements of some thousand words make one text, in which each rule is looked for once; only where
it matches is a statement read for its stance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.details import find_details
from reader.disclosures.matching import KeyedText, Match, Pattern, find_matches
from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.places import batches
from reader.disclosures.stance import NEGATING, Reading, read_denial, read_saying, read_stance
from reader.disclosures.statements import Statement, statements_of
from reader.disclosures.words import keys_of, text_keys
from reader.model import Details, Document, Span, Stance

_MINORS = keys_of("minor child children kid teenager #13 #14 #15 #16")
_INCLUDING = keys_of("including")
_SAID = Reading(Stance.SAID, None)
# A denial under such a heading speaks to the people of one region.
_ONE_REGION = (
    "(california | <europe> | <region> | <region-adjective>) ~6 <told-to>"
    " | <told-to> ~6 (california | <europe> | <region> | <region-adjective>)"
    " | californian/californians | ^ [#] [the] (california | <europe> | <region>) $"
)
# "We do not store your letters" leaves open that they are collected.
_STORING = keys_of("store keep retain save")
_COLLECTING = keys_of("collect gather receive request require ask obtain access record log track")
_NEAR = 6
# In the items that a sentence counts up these topics are told by a verb of the item's own. Data,
# uses and recipients are only named there: a fifth of what their rules found in them was wrong.
_TOLD_BY_ITEMS = frozenset(["handover", "choice", "rights", "where", "kids"])
# What the rows of a table say yes or no to
_TABULATED = frozenset(["collect", "use", "share", "sell"])


class Passage(NamedTuple):
    """One rule's match: the sentence it stands in and how the sentence is to be read.

    ``of_part`` tells that the condition only names the part that a denial is about. ``details`` are
    what the sentence names.
    """

    rule: Rule
    stance: Stance
    span: Span
    section: int
    context: Span | None
    condition: str | None
    of_part: bool = False
    details: Details = Details()


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
    headings = _HeadingMatcher(document, catalogue.lexicon.compile(_ONE_REGION))
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
        details = reader.details(found)
        for sentence in sorted(found):
            for kind, passage in found[sentence]:
                yield kind, passage._replace(details=details[sentence])


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
            guards = text.starts_within(passed_over.unless, sentences)
            guarded = frozenset(text.sentences_in(guards))
            sentences = [each for each in sentences if each not in guarded]
            read = ~text.places_of(sentences)
            for topic in places.keys() - passed_over.speaking:
                places[topic] &= read
        return places

    def details(self, sentences: Iterable[int]) -> dict[int, Details]:
        """Return what each of these sentences names."""
        return find_details(self._text, {index: self._statements[index] for index in sentences})

    def passages(self, kind: DisclosureType, rule: Rule) -> Iterator[tuple[int, Passage]]:
        """Yield the passages that a rule finds, each with the index of its statement."""
        text = self._text
        starts = text.starts_of(rule.pattern) & self._read_by[kind.topic]
        sentences = text.sentences_in(starts)
        guards: int | None = None
        reads_parts = kind.topic in _TOLD_BY_ITEMS and not rule.heading
        for sentence in sentences:
            statement = self._statements[sentence]
            if statement.part and not reads_parts:
                continue
            if rule.heading and not self._headings.match(rule.heading, statement):
                continue
            found: set[Stance] = set()
            for reading in self._readings(kind, rule, sentence, text.cut(starts, sentence)):
                stance, condition, of_part = reading
                if stance in found or not self._is_told(kind, stance, statement):
                    continue
                if guards is None:
                    guards = text.starts_within(rule.unless, sentences)
                if _is_guarded(text.cut(guards, sentence), condition):
                    continue
                found.add(stance)
                quote = self._quote(statement, condition)
                if stance is Stance.DENIED and quote is None:
                    quote = self._headings.region(statement.section)
                    of_part = quote is not None
                place, section, context = statement.span, statement.section, statement.context
                passage = Passage(rule, stance, place, section, context, quote, of_part)
                yield sentence, passage
                if rule.stance == "said":
                    break  # nothing else can be read from it

    def _readings(
        self, kind: DisclosureType, rule: Rule, sentence: int, starts: int
    ) -> Iterator[Reading]:
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
            reading = _reading_of(kind, rule, match, statement.keys)
            if reading is not None:
                yield reading

    def _is_told(self, kind: DisclosureType, stance: Stance, statement: Statement) -> bool:
        """Return whether a statement can tell the stance of a type."""
        if stance not in kind.outcomes:
            return False
        if statement.part and stance is Stance.DENIED:
            return False
        if stance is Stance.SAID:
            return kind.topic not in _TABULATED or not self._names_nothing(statement)
        return kind.topic == "kids" or not _is_about_minors(statement.keys)

    def _names_nothing(self, statement: Statement) -> bool:
        """Return whether a statement is a table's row of names, or one that answers no."""
        row = statement.row or statement.span
        return _is_head_of_table(statement) or _answers_no(row.of(self._document.text))

    def _quote(self, statement: Statement, condition: tuple[int, int] | None) -> str | None:
        if condition is None:
            return None
        words = statement.words(self._document, self._names)
        start, end = words[condition[0]].start, words[condition[1] - 1].end
        return self._document.text[start:end].strip(" .;,:")


def _is_about_minors(keys: Sequence[str]) -> bool:
    """Return whether a denial is about minors: "the data of children" leaves all others open.

    Where they are only among those whom it is about ("including minors") it is about everybody.
    """
    minors = [i for i, key in enumerate(keys) if key in _MINORS]
    return any(_INCLUDING.isdisjoint(keys[max(0, i - _NEAR) : i]) for i in minors)


def _is_head_of_table(statement: Statement) -> bool:
    """Return whether the statement is the row that names the columns of a table."""
    is_first = statement.header is not None and statement.header.start == statement.span.start
    return is_first and "we" not in statement.keys[statement.own :]


def _answers_no(row: str) -> bool:
    """Return whether a table row says no to what it names: "Fingerprints | No"."""
    cells = [cell.strip(" .*").lower() for cell in row.split("|")]
    return "no" in cells[1:] and "yes" not in cells


def _is_guarded(guards: int, condition: tuple[int, int] | None) -> bool:
    """Return whether an ``unless`` of the rule matches the sentence: at the places ``guards``.

    What an exception names does not guard: "if we sell the company" is no sale of data, but "we
    do not sell it, except in a merger" denies one.
    """
    if condition is not None:
        first, end = condition[0] + 1, condition[1]
        guards &= ~(((1 << max(0, end - first)) - 1) << first)
    return guards != 0


def _reading_of(
    kind: DisclosureType, rule: Rule, match: Match, keys: Sequence[str]
) -> Reading | None:
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
    if kind.topic == "collect" and not reading.condition and match.act is not None:
        reading = reading._replace(condition=_only_not_stored(keys, match.act))
    return reading if reading.condition or not match.limit else Reading(Stance.DENIED, match.limit)


def _only_not_stored(keys: Sequence[str], act: tuple[int, int]) -> tuple[int, int] | None:
    """Return the words of a denial that speaks of storing alone: it leaves collecting open."""
    near = keys[max(0, act[0] - _NEAR) : act[1] + _NEAR]
    if keys[act[0]] not in _STORING or not _COLLECTING.isdisjoint(near):
        return None
    return (max(0, act[0] - 1), act[1])


class _HeadingMatcher:
    """Whether a pattern matches the heading of a section or of one above it, or of a table."""

    def __init__(self, document: Document, region: Pattern) -> None:
        self._document = document
        self._region = region
        self._text: KeyedText | None = None
        self._matching: dict[Pattern, Set[int]] = {}
        self._headers: dict[Span, KeyedText] = {}

    def match(self, pattern: Pattern, statement: Statement) -> bool:
        """Return whether a heading above the statement, or the head of its table, matches."""
        if self._nearest(pattern, statement.section) is not None:
            return True
        header = statement.header
        if header is None:
            return False
        if header not in self._headers:
            self._headers[header] = KeyedText([text_keys(header.of(self._document.text))])
        return self._headers[header].starts_of(pattern) != 0

    def region(self, section: int) -> str | None:
        """Return the heading that speaks to the people of one region, None where there is none.

        The policy's own title does not count: then all of it is for that region.
        """
        at = self._nearest(self._region, section)
        sections = self._document.sections
        if at is None or not any(above.heading for above in sections[:at]):
            return None
        return sections[at].heading

    def _nearest(self, pattern: Pattern, section: int) -> int | None:
        """Return the section, this one or the nearest above it, whose heading matches."""
        sections = self._document.sections
        if pattern not in self._matching:
            if self._text is None:
                self._text = KeyedText(text_keys(each.heading) for each in sections)
            starts = self._text.starts_of(pattern)
            self._matching[pattern] = set(self._text.sentences_in(starts))
        at: int | None = section
        while at is not None:
            if at in self._matching[pattern]:
                return at
            at = sections[at].parent
        return None
