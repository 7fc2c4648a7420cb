"""Rules over a document -> the passages that each rule finds, with their stance.

For each statement only those rules are tried whose rarest words occur in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.matching import Branch, KeyedSentence, Match, Pattern, find_matches, matches
from reader.disclosures.stance import Reading, read_denial, read_saying, read_stance
from reader.disclosures.statements import Statement, statements_of
from reader.disclosures.words import keys_of, words_of
from reader.model import Document, Span, Stance

_MINORS = keys_of("minor child children kid teenager #13 #14 #15 #16")
_ALWAYS = ""  # no key: prompts what nothing rarer does
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
# What the rows of a table say yes or no to
_TABULATED = frozenset(["collect", "use", "share", "sell"])
_SENTENCES_A_STEP = 100


class Passage(NamedTuple):
    """One rule's match: the sentence it stands in and how the sentence is to be read.

    ``of_part`` tells that the condition only names the part that a denial is about.
    """

    rule: Rule
    stance: Stance
    span: Span
    section: int
    context: Span | None
    condition: str | None
    of_part: bool = False


def find_passages(
    document: Document, catalogue: Catalogue, progress: Callable[[float], None] | None = None
) -> Iterator[tuple[DisclosureType, Passage]]:
    """Yield every passage of the document that a rule of the catalogue matches, in text order.

    ``progress`` is told the share of the sentences that have been read, in [0, 1].
    """
    prompts = _prompts(catalogue)
    headings = _HeadingMatcher(document, catalogue.lexicon.compile(_ONE_REGION))
    for index, statement in enumerate(statements_of(document)):
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
    statement: Statement,
    keyed: KeyedSentence,
    headings: _HeadingMatcher,
    text: str,
) -> Iterator[Passage]:
    found: set[Stance] = set()
    names_nothing = _is_head_of_table(statement) or _answers_no(statement.span.of(text))
    speaks_of_minors = not _MINORS.isdisjoint(keyed.places)
    for match in find_matches(branches, keyed):
        if match.end <= statement.own:  # wholly inside the lead-in, a statement of its own
            continue
        if rule.heading is not None and not headings.match(rule.heading, statement):
            return
        reading = _reading_of(kind, rule, match, keyed.keys)
        if reading is None or reading.stance in found or reading.stance not in kind.outcomes:
            continue
        if reading.stance is Stance.DENIED and kind.topic != "kids" and speaks_of_minors:
            continue  # "we do not sell the data of children" leaves everybody else open
        stance, condition, of_part = reading
        if stance is Stance.SAID and kind.topic in _TABULATED and names_nothing:
            continue
        if _is_guarded(rule, keyed, condition):
            continue
        found.add(stance)
        quote = _quote(statement, condition, text) if condition else None
        if stance is Stance.DENIED and quote is None:
            quote = headings.region(statement.section)
            of_part = quote is not None
        yield Passage(
            rule, stance, statement.span, statement.section, statement.context, quote, of_part
        )


def _is_head_of_table(statement: Statement) -> bool:
    """Return whether the statement is the row that names the columns of a table."""
    own = statement.words[statement.own :]
    is_first = statement.header is not None and statement.header.start == statement.span.start
    return is_first and not any(word.key == "we" for word in own)


def _answers_no(row: str) -> bool:
    """Return whether a table row says no to what it names: "Fingerprints | No"."""
    cells = [cell.strip(" .*").lower() for cell in row.split("|")]
    return "no" in cells[1:] and "yes" not in cells


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


def _quote(statement: Statement, words: tuple[int, int], text: str) -> str:
    first, last = statement.words[words[0]], statement.words[words[1] - 1]
    return text[first.start : last.end].strip(" .;,:")


class _HeadingMatcher:
    """Whether a pattern matches the heading of a section or of one above it, or of a table."""

    def __init__(self, document: Document, region: Pattern) -> None:
        self._document = document
        self._region = region
        self._keyed: dict[int, KeyedSentence] = {}
        self._headers: dict[Span, KeyedSentence] = {}

    def match(self, pattern: Pattern, statement: Statement) -> bool:
        """Return whether a heading above the statement, or the head of its table, matches."""
        if self._nearest(pattern, statement.section) is not None:
            return True
        header = statement.header
        if header is None:
            return False
        if header not in self._headers:
            self._headers[header] = _keyed(header.of(self._document.text))
        return matches(pattern, self._headers[header])

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
        at: int | None = section
        while at is not None:
            if at not in self._keyed:
                self._keyed[at] = _keyed(self._document.sections[at].heading)
            if matches(pattern, self._keyed[at]):
                return at
            at = self._document.sections[at].parent
        return None


def _keyed(text: str) -> KeyedSentence:
    return KeyedSentence([word.key for word in words_of(text)])
