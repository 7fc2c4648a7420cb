"""Rules over a document -> the passages that each rule finds, with their stance.

Statements of some thousand words make one text, in which each rule is looked for once; only where
it matches is a statement read for its stance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.details import find_details
from reader.disclosures.matching import KeyedText, Match, Pattern, find_matches
from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.narrowing import Place, places_of
from reader.disclosures.negation import NEGATING, PROMISING
from reader.disclosures.objects import one_kind_of_data
from reader.disclosures.places import batches
from reader.disclosures.stance import Reading, read_denial, read_saying, read_stance
from reader.disclosures.statements import Statement, statements_of
from reader.disclosures.words import keys_of, text_keys
from reader.model import Details, Document, Span, Stance

_MINORS = keys_of("minor child children kid teenager #13 #14 #15 #16")
_INCLUDING = keys_of("including")
_SAID = Reading(Stance.SAID, None)
# A denial under such a heading speaks to the people of one region, or of one plan or law.
_ONE_REGION = (
    "(california | <europe> | <region> | <region-adjective>) ~6 <told-to>"
    " | <told-to> ~6 (california | <europe> | <region> | <region-adjective>)"
    " | californian/californians | ^ [#] [the] (california | <europe> | <region>) $"
    " | ccpa/cpra | (free/premium/pro/plus/basic/business/enterprise/guest/trial)"
    " (account/accounts | plan/plans | user/users | version | edition | tier | subscription) $"
    " | junior $ | (job/jobs | employment) ~2 (applicant/applicants | candidate/candidates)"
)
# "We do not store your letters" leaves open that they are collected.
_STORING = keys_of("store keep retain save")
_COLLECTING = keys_of("collect gather receive request require ask obtain access record log track")
_NEAR = 6
# What the items that a sentence counts up say; of other topics they name a thing, and no more.
_TOLD_BY_ITEMS = frozenset(
    ["collect", "use", "share", "handover", "choice", "rights", "where", "kids"]
)
# Topics whose denials are about data of whatever kind; what is denied of tools is none about data.
_SPEAKING_OF_DATA = frozenset(["use", "share", "sell", "track", "keep"])
_SPEAKING_OF_TOOLS = frozenset(["track", "keep"])
_OF_NO_DATA = frozenset(["use.profiling"])
# What the rows of a table say yes or no to
_TABULATED = frozenset(["collect", "use", "share", "sell"])


class RuleMatch(NamedTuple):
    """One rule's match: the sentence it stands in and how the sentence is to be read.

    ``of_part`` tells that the condition only names the part that a denial is about. ``details`` are
    what the sentence names. ``in_its_section`` tells that it stands under a heading on its topic.
    """

    rule: Rule
    stance: Stance
    span: Span
    section: int
    context: Span | None
    condition: str | None
    of_part: bool = False
    details: Details = Details()
    in_its_section: bool = False


def find_rule_matches(
    document: Document,
    catalogue: Catalogue,
    progress: Callable[[float], None] | None = None,
    names: OwnNames | None = None,
) -> Iterator[tuple[DisclosureType, RuleMatch]]:
    """Yield the passages of the document that the rules of the catalogue find, in text order.

    Passages of one sentence come in the order of the catalogue. Where a rule has found that a
    sentence says its type, those of the type behind it that are no surer need not find it too.
    ``progress`` is told the share of the sentences that have been read, in [0, 1]. ``names`` are
    those of the document's author, where they are known already.
    """
    names = own_names(document) if names is None else names
    headings = _HeadingMatcher(document, catalogue.lexicon.compile(_ONE_REGION))
    read = 0
    for statements in batches(statements_of(document, names), size=_length):
        if progress is not None:
            progress(read / len(document.sentences))
        read += len(statements)
        yield from _Reader(document, names, headings, statements, catalogue).matches()


def _length(statement: Statement) -> int:
    return len(statement.keys)


class _Found(NamedTuple):
    """What a rule finds in a sentence; ``condition`` and ``of_part`` are as in ``RuleMatch``."""

    kind: DisclosureType
    rule: Rule
    stance: Stance
    condition: str | None
    of_part: bool


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
        self._types = catalogue.types.values()
        self._about = {topic.id: topic.heading for topic in catalogue.topics}
        self._text = KeyedText(statement.keys for statement in statements)
        self._read_by = self._places_by_topic(catalogue)
        # Sets of sentences, a bit each
        self._negating = self._text.sentences_with[NEGATING]
        self._doubting = self._text.sentences_with[PROMISING] & self._negating
        # By where they begin: the statements that complete no other words
        self._alone = {
            statement.span.start: index
            for index, statement in enumerate(statements)
            if not statement.own
        }
        self._found: defaultdict[int, list[_Found]] = defaultdict(list)

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

    def matches(self) -> Iterator[tuple[DisclosureType, RuleMatch]]:
        """Yield what the rules find, in text order."""
        for kind in self._types:
            told_by: dict[int, Rule] = {}
            for rule in kind.rules:
                starts = self._text.starts_of(rule.pattern)
                if starts and (starts := starts & self._read_by[kind.topic]):
                    self._read(kind, rule, starts, told_by)
        statements = {sentence: self._statements[sentence] for sentence in sorted(self._found)}
        details = find_details(self._text, statements)
        for sentence, statement in statements.items():
            section, named = statement.section, details[sentence]
            for found in self._found[sentence]:
                kind, rule, stance, quote, of_part = found
                about = self._about[kind.topic]
                at_home = about is not None and self._headings.is_under(about, section)
                for place, context in self._places(sentence, found):
                    yield (
                        kind,
                        RuleMatch(
                            rule, stance, place, section, context, quote, of_part, named, at_home
                        ),
                    )

    def _places(self, sentence: int, found: _Found) -> Iterable[Place]:
        """Return the parts of a sentence that show what was found, without what denies anything."""
        statement = self._statements[sentence]
        if found.stance is Stance.DENIED or self._negating >> sentence & 1:
            return [Place(statement.span, statement.context)]
        ends = (
            match.end
            for match in find_matches(found.rule.pattern, self._text, sentence)
            if match.end > statement.own
        )
        return places_of(self._document, self._names, statement, ends)

    def _read(
        self, kind: DisclosureType, rule: Rule, starts: int, told_by: dict[int, Rule]
    ) -> None:
        """Note what a rule finds in the sentences in which its matches begin, at ``starts``.

        ``told_by`` has the surest rule before it that found a sentence to say the type.
        """
        text = self._text
        sentences = [
            sentence
            for sentence in text.sentences_in(starts)
            if self._is_asked(kind, rule, sentence, told_by)
        ]
        guards: int | None = None
        for sentence in sentences:
            statement = self._statements[sentence]
            found: list[Stance] = []
            if _is_told(told_by, sentence, rule):
                found.append(Stance.SAID)
            for stance, condition, of_part in self._readings(kind, rule, sentence, starts):
                if stance in found or not self._can_tell(kind, stance, statement):
                    continue
                if guards is None:
                    guards = text.starts_within(rule.unless, sentences)
                excepted = None if of_part else condition
                if guards and _is_guarded(text.cut(guards, sentence), excepted):
                    continue
                found.append(stance)
                quote = self._quote(statement, condition)
                if stance is Stance.SAID:
                    told_by[sentence] = rule
                elif quote is None:
                    quote = self._headings.region(statement.section)
                    of_part = quote is not None
                self._found[sentence].append(_Found(kind, rule, stance, quote, of_part))
                if rule.stance == "said":
                    break  # nothing else can be read from it

    def _is_asked(
        self, kind: DisclosureType, rule: Rule, sentence: int, told_by: dict[int, Rule]
    ) -> bool:
        """Return whether it is to be found out what a rule that matches a sentence finds in it."""
        statement = self._statements[sentence]
        if statement.part and (rule.heading or kind.topic not in _TOLD_BY_ITEMS):
            return False
        if _is_told(told_by, sentence, rule) and self._can_only_say(rule, sentence):
            return False
        return rule.heading is None or self._headings.match(rule.heading, statement)

    def _can_only_say(self, rule: Rule, sentence: int) -> bool:
        """Return whether a match in a sentence says the type, however it matches."""
        doubtful = self._doubting if rule.stance == "said" else self._negating
        return rule.stance != "denied" and not doubtful >> sentence & 1

    def _readings(
        self, kind: DisclosureType, rule: Rule, sentence: int, starts: int
    ) -> Iterator[Reading]:
        """Yield how to read the matches of a rule in a sentence; ``starts`` is where they begin.

        A match wholly inside a lead-in is left out: that is a statement of its own.
        """
        keys, own = self._statements[sentence].keys, self._statements[sentence].own
        can_only_say = self._can_only_say(rule, sentence)
        if can_only_say and (
            not own
            or self._text.cut(starts, sentence) >> own
            or self._is_led_in_without(rule, sentence)
        ):
            yield _SAID
            return
        for match in find_matches(rule.pattern, self._text, sentence):
            if match.start < own and match.end <= own:
                continue
            if can_only_say:
                yield _SAID
                return
            reading = _reading_of(kind, rule, match, keys)
            if reading is not None:
                yield reading

    def _is_led_in_without(self, rule: Rule, sentence: int) -> bool:
        """Return whether the lead-in of a sentence is one by itself, in which a rule has no match.

        Then none is wholly inside it.
        """
        statement = self._statements[sentence]
        lead_in = self._alone.get(statement.sources[0].start)
        return (
            lead_in is not None
            and self._statements[lead_in].keys == statement.keys[: statement.own]
            and not self._text.cut(self._text.starts_of(rule.pattern), lead_in)
        )

    def _can_tell(self, kind: DisclosureType, stance: Stance, statement: Statement) -> bool:
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


def _is_told(told_by: dict[int, Rule], sentence: int, rule: Rule) -> bool:
    """Return whether a rule of the program's own that is as sure as ``rule`` found a sentence."""
    other = told_by.get(sentence)
    return (
        other is not None
        and not other.own
        and (other.strength == "explicit" or rule.strength == "implied")
    )


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
    if "|" not in row:
        return False
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
    if reading.condition is None and match.limit is not None:
        return Reading(Stance.DENIED, match.limit)
    if reading.condition is None and match.act is not None and kind.topic in _SPEAKING_OF_DATA:
        whatever_it_is = kind.topic not in _SPEAKING_OF_TOOLS and kind.id not in _OF_NO_DATA
        named = one_kind_of_data(keys, match.act, whatever_it_is=whatever_it_is)
        return reading._replace(condition=named, of_part=named is not None)
    return reading


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
        self._nearest: dict[Pattern, list[int | None]] = {}
        self._headers: dict[Span, KeyedText] = {}

    def match(self, pattern: Pattern, statement: Statement) -> bool:
        """Return whether a heading above the statement, or the head of its table, matches."""
        if self.is_under(pattern, statement.section):
            return True
        header = statement.header
        if header is None:
            return False
        if header not in self._headers:
            self._headers[header] = KeyedText([text_keys(header.of(self._document.text))])
        return self._headers[header].starts_of(pattern) != 0

    def is_under(self, pattern: Pattern, section: int) -> bool:
        """Return whether the heading of a section, or of one above it, matches."""
        return self._nearest_to(pattern)[section] is not None

    def region(self, section: int) -> str | None:
        """Return the heading that speaks to the people of one region, None where there is none.

        The policy's own title does not count: then all of it is for that region.
        """
        at = self._nearest_to(self._region)[section]
        sections = self._document.sections
        if at is None or not any(above.heading for above in sections[:at]):
            return None
        return sections[at].heading

    def _nearest_to(self, pattern: Pattern) -> list[int | None]:
        """Return for each section it, or the nearest one above it, whose heading matches."""
        nearest = self._nearest.get(pattern)
        if nearest is None:
            sections = self._document.sections
            if self._text is None:
                self._text = KeyedText(text_keys(each.heading) for each in sections)
            matching = frozenset(self._text.sentences_in(self._text.starts_of(pattern)))
            nearest = self._nearest[pattern] = []
            for index, section in enumerate(sections):
                above = None if section.parent is None else nearest[section.parent]
                nearest.append(index if index in matching else above)
        return nearest
