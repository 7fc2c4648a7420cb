"""Two policies -> what changed between them: first in what they disclose, then in their words.

They may be two versions of one policy or two services. What is said in other words is no change,
nor is another wrapping, numbering or file format; what is said by words that both texts have is
none either, though the reader of one of them may have missed it. "No longer found" is said only
where no sentence of the newer text says it.

"Weaker" and "stronger" are meant for the person who agrees: a weaker statement protects them less.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from reader.model import Disclosure, Evidence, PolicyReport, Stance, Valence, Verdict
from reader.section_changes import NO_CHANGES, Alignment, SectionChange, section_changes
from reader.statements_compared import (
    Passage,
    Period,
    PolicyWords,
    content_of,
    is_proper,
    likeness,
    name_stem,
    periods_in,
    words_of,
)
from reader.summary import clean_line

_REWORDED = 0.5  # likeness of two passages for the one to be the other in new words
_STILL_SAID = 0.85  # of the content words of a passage, for another text to say it
_SURE = 0.7  # confidence below which a finding is no ground to say what is new or gone
_MOST_NAMED = 4
_FAR_SHORTER = 0.25
_RELATED = 0.15  # of the shorter text's runs of words, for two texts to be of one service
_CHIEF_NAMES = 5

# What is named beside a statement is told of these topics; elsewhere it is by the way.
_ABOUT_DATA = frozenset({"collect"})
_ABOUT_RECIPIENTS = frozenset({"share", "sell", "handover", "track"})
_ABOUT_PERIODS = frozenset({"keep", "change", "protect", "rights"})
_LONGER_IS_BETTER = frozenset({"change"})  # of a warning; of keeping and waiting it is worse
_ABOUT_CONSENT = frozenset({"collect", "use", "track", "share", "sell"})
_DATES = frozenset({"contact.dated"})
_OF_OTHERS = frozenset({"share.other-policies"})  # they receive what readers give them
_IN_PASSING = frozenset({"collect"})  # what a sentence about something else lets one understand

_CONSENT = re.compile(
    r"\b(?:consent|consented|permission|opt(?:ed)?[- ]in|(?:if|when|where|unless|once) you "
    r"(?:\w+ )?(?:agree|allow|consent|choose|opt|ask)\w*|at your direction)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:under|below|over|above|least|aged?|younger than|older than)\b(?: the)?(?: age)?(?: of)?"
    r" (\d{1,2}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w&]{2,}")
_SMALL = re.compile(r"(?<![@./\w-])[a-z]{3,}(?![@/\w-]|\.\w)")
_RARELY_SMALL = 5
_PLACES_AND_LAWS = frozenset(
    """
    act american area article california californian canada ccpa commission company council cpra
    data economic eea eu europe european federal framework frameworks gdpr general inc information
    ireland kingdom llc ltd personal policy privacy products protection regulation service services
    shield site state statement states switzerland swiss terms union united usa virginia website
    """.split()
)


class Change(Enum):
    """What became of a statement; the order is that in which a reader wants to know."""

    REVERSED = "reversed"
    NEW = "new"
    GONE = "gone"
    WEAKER = "weaker"
    STRONGER = "stronger"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class DisclosureChange:
    """What changed about one type; ``text`` says it in one plain sentence.

    ``old`` is None for what is new, ``new`` for what is gone. ``old_quote`` and ``new_quote`` are
    the passages that show it: those that changed, or the best that the other policy does not have.
    """

    type: str
    topic: str
    change: Change
    old: Disclosure | None
    new: Disclosure | None
    text: str
    old_quote: Evidence | None = None
    new_quote: Evidence | None = None


@dataclass(frozen=True, slots=True)
class TopicPair:
    """The verdicts of two policies on one topic; ``differs`` where the tile is another."""

    id: str
    label: str
    old_verdict: Verdict
    old_headline: str
    new_verdict: Verdict
    new_headline: str

    @property
    def differs(self) -> bool:
        """Return whether the two verdicts are not the same."""
        return self.old_verdict is not self.new_verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from one report to another, what matters most first.

    ``alignment`` tells which sections are one, and which words only one text has. ``topics`` has
    those that differ first. ``two_services`` is true where the texts share little
    and go by other names, so that "new" only means that the other policy does not say it.
    ``cautions`` are sentences to be read before the rest.
    """

    old: PolicyReport
    new: PolicyReport
    disclosures: tuple[DisclosureChange, ...]
    sections: tuple[SectionChange, ...]
    alignment: Alignment
    topics: tuple[TopicPair, ...]
    two_services: bool
    cautions: tuple[str, ...]


def compare(old: PolicyReport, new: PolicyReport) -> Comparison:
    """Return what changed from ``old`` to ``new``."""
    result = None
    for result in comparing(old, new):  # noqa: B007 - the last is the result
        pass
    if result is None:
        raise AssertionError("a comparison has an end")
    return result


def comparing(old: PolicyReport, new: PolicyReport) -> Iterator[Comparison | None]:
    """Yield None every few milliseconds of the work, and the comparison in the end."""
    before, after = PolicyWords(old), PolicyWords(new)
    for words in (before, after):
        for _ in words.gather_words():
            yield None
    disclosures: tuple[DisclosureChange, ...] = ()
    alignment = NO_CHANGES
    other_names = two_services = False
    if before.all == after.all:
        alignment = replace(alignment, pairs=_one_to_one(old, new))
    else:
        for words in (before, after):
            for _ in words.gather_statements():
                yield None
        same_runs = _share_of_runs(before, after)
        other_names = not _have_one_author(old, new)
        two_services = other_names and same_runs < _RELATED
        yield None
        for some in _disclosures(old, new, before, after, two_services=two_services):
            disclosures = some or disclosures
            yield None
        for step in section_changes(old, new):
            alignment = step or alignment
            yield None
    yield Comparison(
        old,
        new,
        disclosures,
        alignment.changes,
        alignment,
        _topics(old, new),
        two_services,
        tuple(_cautions(old, new, two_services=two_services, other_names=other_names)),
    )


def _one_to_one(old: PolicyReport, new: PolicyReport) -> tuple[tuple[int, int], ...]:
    shared = min(len(old.document.sections), len(new.document.sections))
    return tuple((index, index) for index in range(shared))


# What the two are to each other


def _share_of_runs(before: PolicyWords, after: PolicyWords) -> float:
    """Return the share of the shorter text's runs of words that the other has, in [0, 1]."""
    fewest = min(len(before.runs), len(after.runs))
    return len(before.runs & after.runs) / fewest if fewest else 1.0


def _have_one_author(old: PolicyReport, new: PolicyReport) -> bool:
    """Return whether the name that one policy uses most is among those that the other uses."""
    names, others = _chief_names(old), _chief_names(new)
    return (bool(names) and names[0] in others) or (bool(others) and others[0] in names)


def _chief_names(report: PolicyReport) -> list[str]:
    """Return the names that a policy uses most; its author's is among them.

    A word is a name where it is hardly ever written small, and is no place and no law.
    """
    text = report.document.text
    small = Counter(_SMALL.findall(text))
    names = Counter(name.casefold() for name in _NAME.findall(text))
    ranked = (
        name
        for name, count in names.most_common()
        if count > small[name] * _RARELY_SMALL and name not in _PLACES_AND_LAWS
    )
    return list(islice(ranked, _CHIEF_NAMES))


def _cautions(
    old: PolicyReport, new: PolicyReport, *, two_services: bool, other_names: bool
) -> Iterator[str]:
    if two_services:
        yield (
            "These seem to be the policies of two services. What one of them does not say is no "
            "change, only not found there."
        )
    elif other_names:
        yield (
            "The texts share words but not their names. If they are of two services, read "
            "“no longer” as “not in the second”."
        )
    before, after = old.document.words, new.document.words
    if after < _FAR_SHORTER * before:
        yield (
            f"The second text is far shorter: {after:,} words, and {before:,} in the first. What "
            "is not found in it may stand in another document."
        )
    elif before < _FAR_SHORTER * after:
        yield (
            f"The first text is far shorter: {before:,} words, and {after:,} in the second. What "
            "looks new may have stood in another document."
        )
    for name, report in (("first", old), ("second", new)):
        if all(topic.verdict is Verdict.WITHHELD for topic in report.topics):
            yield f"The {name} text was not judged, so little can be said of what changed."


def _topics(old: PolicyReport, new: PolicyReport) -> tuple[TopicPair, ...]:
    known = {topic.id: topic for topic in old.topics}
    pairs = [
        TopicPair(
            topic.id,
            topic.label,
            known[topic.id].verdict,
            known[topic.id].headline,
            topic.verdict,
            topic.headline,
        )
        for topic in new.topics
        if topic.id in known
    ]
    return tuple(sorted(pairs, key=lambda pair: not pair.differs))


# What is disclosed

_Both = tuple[Disclosure | None, Disclosure | None]


class _Sides:
    """The two policies, asked about their findings."""

    def __init__(
        self,
        old: PolicyReport,
        new: PolicyReport,
        before: PolicyWords,
        after: PolicyWords,
        *,
        two_services: bool,
    ) -> None:
        self.before, self.after = before, after
        # What was before and is now, or else what one service says and the other does not.
        self.before_word, self.now_word = ("First", "Second") if two_services else ("Before", "Now")
        self.new_word = "Only in the second" if two_services else "New"
        self.gone_word = "Only in the first" if two_services else "No longer found"
        self.was_word = "in the first" if two_services else "before"
        self.now_with = "the second has" if two_services else "now with"
        self.now_only = "in the second only" if two_services else "now only"
        self.no_longer = "in the second not" if two_services else "no longer"
        self.now_names = "only the second names" if two_services else "now names"
        self.no_longer_names = "only the first names" if two_services else "no longer names"
        self.old_keys = {each.key: each for each in old.disclosures}
        self.new_keys = {each.key: each for each in new.disclosures}
        self._behind = [_types_behind(old), _types_behind(new)]
        self.told: set[str] = set()  # names that one change told already

    def passages(self, disclosure: Disclosure | None, *, of_new: bool) -> list[Passage]:
        """Return the words behind ``disclosure``."""
        words = self.after if of_new else self.before
        return [words.passage(each) for each in disclosure.evidence] if disclosure else []

    def only_here(self, disclosure: Disclosure, *, of_new: bool) -> list[Passage]:
        """Return the passages of ``disclosure`` which the other policy does not say."""
        there = self.before if of_new else self.after
        return [
            each
            for each in self.passages(disclosure, of_new=of_new)
            if not _stands_in(each, there) and not _is_said(each, disclosure, there)
        ]

    def is_in_passing(self, disclosure: Disclosure, *, of_new: bool) -> bool:
        """Return whether each passage is about another topic, of which both policies say it.

        That data is collected can be understood from many a sentence about using it. Where only
        such sentences were rewritten, the finding comes and goes with their wording.
        """
        if disclosure.topic not in _IN_PASSING:
            return False
        behind = self._behind[of_new]
        return all(
            any(
                key in self.old_keys and key in self.new_keys and topic != disclosure.topic
                for key, topic in behind[each.span.start, each.span.end]
            )
            for each in disclosure.evidence
        )


def _types_behind(report: PolicyReport) -> Mapping[tuple[int, int], list[tuple[str, str]]]:
    behind: defaultdict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for disclosure in report.disclosures:
        for each in disclosure.evidence:
            behind[each.span.start, each.span.end].append((disclosure.key, disclosure.topic))
    return behind


def _stands_in(passage: Passage, there: PolicyWords) -> bool:
    """Return whether the other text has the very words, and those that lead in to them."""
    return there.has(words_of(passage.text)) and (
        not passage.lead_in or there.has(words_of(passage.lead_in))
    )


def _disclosures(
    old: PolicyReport,
    new: PolicyReport,
    before: PolicyWords,
    after: PolicyWords,
    *,
    two_services: bool,
) -> Iterator[tuple[DisclosureChange, ...]]:
    """Yield nothing while at work, and all changes in the end."""
    sides = _Sides(old, new, before, after, two_services=two_services)
    types = dict.fromkeys(d.type for d in (*old.disclosures, *new.disclosures))
    order = {topic.id: place for place, topic in enumerate(new.topics)}
    changes: list[DisclosureChange] = []
    for kind in types:
        yield ()
        pairs: dict[Stance, _Both] = {
            s: (sides.old_keys.get(f"{kind}:{s.value}"), sides.new_keys.get(f"{kind}:{s.value}"))
            for s in Stance
        }
        changes += _came_and_went(pairs, sides)
    shown = {_place(each.new_quote) for each in changes if each.change is Change.NEW}
    missed = {_place(each.old_quote) for each in changes if each.change is Change.GONE}
    for key, was in sides.old_keys.items():
        if now := sides.new_keys.get(key):
            changes += _of_statement(was, now, sides, shown, missed)
            yield ()
    changes = _told_once(changes)
    kinds = list(Change)
    changes.sort(
        key=lambda each: (kinds.index(each.change), -_weight(each), order.get(each.topic, 99))
    )
    yield tuple(changes)


def _told_once(changes: Sequence[DisclosureChange]) -> list[DisclosureChange]:
    """Return the changes without those that only repeat what another tells of the same words.

    "Not without your consent" weakens a denial, and says that they ask for consent: that is no
    second piece of news. What is bad news by itself is told all the same.
    """
    turned = (Change.REVERSED, Change.WEAKER, Change.STRONGER)
    quotes = [(each.old_quote, each.new_quote) for each in changes if each.change in turned]
    before = {_place(old) for old, _ in quotes}
    after = {_place(new) for _, new in quotes}
    return [
        each
        for each in changes
        if not (each.change is Change.GONE and _place(each.old_quote) in before)
        and not (
            each.change is Change.NEW
            and _place(each.new_quote) in after
            and each.new is not None
            and each.new.valence.severity <= Valence.NEUTRAL.severity
        )
    ]


def _place(evidence: Evidence | None) -> tuple[int, int] | None:
    return (evidence.span.start, evidence.span.end) if evidence else None


def _came_and_went(pairs: Mapping[Stance, _Both], sides: _Sides) -> list[DisclosureChange]:
    """Return which statements of one type are new, gone or reversed.

    ``pairs`` are old and new of each stance.
    """
    came = {s: new for s, (old, new) in pairs.items() if new and not old}
    went = {s: old for s, (old, new) in pairs.items() if old and not new}
    only_new = {s: sides.only_here(each, of_new=True) for s, each in came.items()}
    only_old = {s: sides.only_here(each, of_new=False) for s, each in went.items()}
    for stance, other in ((Stance.SAID, Stance.DENIED), (Stance.DENIED, Stance.SAID)):
        if stance not in went or other not in came:
            continue
        was, now = went[stance], came[other]
        turned = _turned(sides.passages(was, of_new=False), sides.passages(now, of_new=True), sides)
        if turned is None and only_old[stance] and only_new[other]:
            turned = only_old[stance][0], only_new[other][0]
        if turned is not None:
            text = f"{sides.before_word}: {was.statement} {sides.now_word}: {now.statement}"
            return [_change(Change.REVERSED, was, now, text, *turned)]
    changes: list[DisclosureChange] = []
    for stance, disclosure in came.items():
        only = only_new[stance]
        if not only or not _is_worth_telling(only):
            continue
        if not sides.is_in_passing(disclosure, of_new=True):
            text = f"{sides.new_word}: {disclosure.statement}"
            changes.append(_change(Change.NEW, None, disclosure, text, None, only[0]))
    for stance, disclosure in went.items():
        only = only_old[stance]
        # One passage that is still said is enough for the statement to be still there.
        if len(only) < len(disclosure.evidence) or not _is_worth_telling(only):
            continue
        if any(_may_still_stand(each, disclosure, sides.after) for each in only):
            continue
        if not sides.is_in_passing(disclosure, of_new=False):
            changes.append(_of_gone(disclosure, only, sides))
    return changes


def _may_still_stand(passage: Passage, disclosure: Disclosure, after: PolicyWords) -> bool:
    """Return whether the newer text may say it in words that no rule reads so.

    In doubt nothing is said to be gone: a reader would hold it for true.
    """
    if _is_said(passage, disclosure, after, by_any_name=True):
        return True
    if disclosure.topic in _ABOUT_DATA:
        return False
    return after.rewords(passage, _telling(disclosure), but_numbers=disclosure.type in _DATES)


def _is_said(
    passage: Passage, disclosure: Disclosure, there: PolicyWords, *, by_any_name: bool = False
) -> bool:
    """Return whether ``there`` says ``passage``, which is behind ``disclosure``, in its words.

    Of a list of data all may stay but the one that it is about, so there no word may be missing.
    """
    least = 1.0 if disclosure.topic in _ABOUT_DATA else _STILL_SAID
    return there.says(passage, _telling(disclosure), least=least, by_any_name=by_any_name)


def _telling(disclosure: Disclosure) -> frozenset[str]:
    """Return the words that tell what ``disclosure`` is about."""
    return content_of(f"{disclosure.label} {disclosure.headline} {disclosure.statement}")


def _of_gone(disclosure: Disclosure, only: Sequence[Passage], sides: _Sides) -> DisclosureChange:
    """Return that a statement is gone, or that its very words are turned round now."""
    for passage in only:
        against = sides.after.contradiction(passage)
        if against is not None:
            turned = "stand without the denial" if passage.denies else "are denied"
            text = (
                f"{sides.before_word}: {disclosure.statement} {sides.now_word} the words {turned}."
            )
            change = _change(Change.REVERSED, disclosure, None, text, passage, None)
            return replace(change, new_quote=against)
    text = f"{sides.gone_word}: {disclosure.statement}"
    return _change(Change.GONE, disclosure, None, text, only[0], None)


def _turned(
    was: Sequence[Passage], now: Sequence[Passage], sides: _Sides
) -> tuple[Passage, Passage] | None:
    """Return two passages of which one says what the other denies, in much the same words."""
    went = [each for each in was if not _stands_in(each, sides.after)]
    came = [each for each in now if not _stands_in(each, sides.before)]
    for one in went:
        for other in came:
            is_like = likeness(one.content, other.content) >= _REWORDED
            if is_like and one.denies != other.denies:
                return one, other
    return None


def _is_worth_telling(only: Sequence[Passage]) -> bool:
    """Return whether a finding is sure enough to say that it came or went."""
    return max(each.evidence.confidence for each in only) >= _SURE


def _of_statement(
    old: Disclosure,
    new: Disclosure,
    sides: _Sides,
    shown: set[tuple[int, int] | None],
    missed: set[tuple[int, int] | None],
) -> list[DisclosureChange]:
    """Return what changed in a statement that both make: its limits, periods, ages, names.

    ``shown`` are the places of new passages whose news is told already, ``missed`` of old ones.
    """
    was = sides.passages(old, of_new=False)
    now = sides.passages(new, of_new=True)
    pairs = _aligned(was, now)
    change = (
        _of_condition(old, new, was, now, sides)
        or _of_consent(old, new, was, now, pairs, sides)
        or _of_periods(old, new, pairs, sides)
        or _of_ages(old, new, pairs, sides)
        or _of_names(old, new, was, now, pairs, sides, shown, missed)
    )
    return [change] if change is not None else []


def _aligned(was: Sequence[Passage], now: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the passages that were reworded: each old one with the new one most like it."""
    pairs = []
    texts_now = {each.whole for each in now}
    texts_was = {each.whole for each in was}
    left = [each for each in now if each.whole not in texts_was]
    for each in was:
        if each.whole in texts_now or not left:
            continue
        best = max(left, key=lambda other: likeness(each.content, other.content))
        if likeness(each.content, best.content) >= _REWORDED:
            pairs.append((each, best))
    return pairs


def _of_condition(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[Passage],
    now: Sequence[Passage],
    sides: _Sides,
) -> DisclosureChange | None:
    """Return a limit of a denial that came, went, or became another."""
    before, after = old.condition or "", new.condition or ""
    if _is_same_limit(before, after):
        return None
    first, second = _holding(was, before), _holding(now, after)
    if first.whole == second.whole:
        return None  # the very same denial, read in another light
    if not before:
        if sides.before.has(words_of(after)):
            return None
        text = f"{new.label}: {sides.now_with} a limit: “{after}”."
        return _change(Change.WEAKER, old, new, text, first, second)
    if not after:
        if sides.after.has(words_of(before)) or sides.after.says(_as_passage(first, before)):
            return None
        text = f"{new.label}: {sides.no_longer} with the limit “{before}”."
        return _change(Change.STRONGER, old, new, text, first, second)
    if likeness(first.content, second.content) < _REWORDED:
        return None
    text = f"{new.label}: another limit: “{after}”, {sides.was_word} “{before}”."
    return _change(Change.CHANGED, old, new, text, first, second)


def _holding(passages: Sequence[Passage], words: str) -> Passage:
    """Return the first passage with ``words``, or the best."""
    return next((each for each in passages if words and words in each.text), passages[0])


def _as_passage(passage: Passage, words: str) -> Passage:
    return replace(passage, text=words, lead_in="", content=content_of(words))


def _is_same_limit(one: str, other: str) -> bool:
    if words_of(one) == words_of(other):
        return True
    if not one or not other:
        return False
    if _CONSENT.search(one) and _CONSENT.search(other):
        return True
    return likeness(content_of(one), content_of(other)) >= _REWORDED


def _of_consent(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[Passage],
    now: Sequence[Passage],
    pairs: Sequence[tuple[Passage, Passage]],
    sides: _Sides,
) -> DisclosureChange | None:
    """Return that a practice needs the reader's consent now, or no longer."""
    if new.topic not in _ABOUT_CONSENT or new.stance is not Stance.SAID:
        return None
    for first, second in pairs:
        asked, asks = (bool(_CONSENT.search(each.whole)) for each in (first, second))
        if asks and not asked and all(_CONSENT.search(each.whole) for each in now):
            text = f"{new.label}: {sides.now_only} if you agree or ask for it."
            return _change(Change.STRONGER, old, new, text, first, second)
        if asked and not asks and all(_CONSENT.search(each.whole) for each in was):
            text = f"{new.label}: {sides.no_longer} only if you agree or ask for it."
            return _change(Change.WEAKER, old, new, text, first, second)
    return None


def _of_periods(
    old: Disclosure,
    new: Disclosure,
    pairs: Sequence[tuple[Passage, Passage]],
    sides: _Sides,
) -> DisclosureChange | None:
    """Return which period of a statement became another."""
    if new.topic not in _ABOUT_PERIODS or new.stance is not Stance.SAID:
        return None
    parts: list[str] = []
    signs: set[int] = set()
    shown: tuple[Passage, Passage] | None = None
    for first, second in pairs:
        before, after = periods_in(first.text), periods_in(second.text)
        if len(before) != len(after):
            before, after = _unshared(before, after), _unshared(after, before)
        for one, other in zip(before, after, strict=False):
            if one.is_about(other) and one.is_least == other.is_least:
                continue
            longer = (other.days, other.is_least) > (one.days, one.is_least)
            if one.is_about(other):
                longer = other.is_least
            signs.add(1 if longer else -1)
            parts.append(f"{_told(other)}, {sides.was_word} {_told(one)}")
            shown = shown or (first, second)
    if shown is None:
        return None
    text = f"{new.label}: {'; '.join(parts[:_MOST_NAMED])}."
    if len(signs) > 1:
        return _change(Change.CHANGED, old, new, text, *shown)
    is_worse = (signs == {1}) != (new.topic in _LONGER_IS_BETTER)
    return _change(Change.WEAKER if is_worse else Change.STRONGER, old, new, text, *shown)


def _unshared(these: Sequence[Period], those: Sequence[Period]) -> list[Period]:
    return [each for each in these if not any(each.is_about(other) for other in those)]


def _told(period: Period) -> str:
    return f"at least {period.words}" if period.is_least else period.words


def _of_ages(
    old: Disclosure,
    new: Disclosure,
    pairs: Sequence[tuple[Passage, Passage]],
    sides: _Sides,
) -> DisclosureChange | None:
    """Return that another age is the limit now."""
    if new.topic != "kids":
        return None
    for first, second in pairs:
        before, after = (_AGE.findall(each.text) for each in (first, second))
        if len(before) == len(after) == 1 and before != after:
            text = f"{new.label}: the age is {after[0]}, {sides.was_word} {before[0]}."
            return _change(Change.CHANGED, old, new, text, first, second)
    return None


def _of_names(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[Passage],
    now: Sequence[Passage],
    pairs: Sequence[tuple[Passage, Passage]],
    sides: _Sides,
    shown: set[tuple[int, int] | None],
    missed: set[tuple[int, int] | None],
) -> DisclosureChange | None:
    """Return data or recipients that one of the policies names nowhere."""
    if new.stance is not Stance.SAID:
        return None
    if new.topic in _ABOUT_DATA:
        named = old.details.data, new.details.data
    elif new.topic in _ABOUT_RECIPIENTS and new.type not in _OF_OTHERS:
        named = old.details.recipients, new.details.recipients
    else:
        return None
    companies = new.topic in _ABOUT_RECIPIENTS
    removed = _named_only_here(
        named[0],
        [one for one, _ in pairs if _place(one.evidence) not in missed],
        was,
        sides.after,
        sides,
        of_companies=companies,
    )
    told = [two for _, two in pairs if _place(two.evidence) not in shown]
    added = _named_only_here(named[1], told, now, sides.before, sides, of_companies=companies)
    if not added and not removed:
        return None
    parts = [f"{sides.now_names} {_listed(added)}"] if added else []
    parts += [f"{sides.no_longer_names} {_listed(removed)}"] if removed else []
    change = Change.WEAKER if added and not removed else Change.CHANGED
    if removed and not added:
        # Fewer are told only where the sentence itself goes on without them.
        is_reworded = any(
            two.content <= one.content and any(name in one.text for name in removed)
            for one, two in pairs
        )
        change = Change.STRONGER if is_reworded else Change.CHANGED
    first = next((each for each in was for name in removed if name in each.text), None)
    second = next((each for each in now for name in added if name in each.text), None)
    if first is None:  # the words that became the others, if any did
        first = next((one for one, two in pairs if two is second), None)
    if second is None:
        second = next((two for one, two in pairs if one is first), None)
    text = f"{new.label}: {'; '.join(parts)}."
    return _change(change, old, new, text, first, second)


def _named_only_here(
    names: Sequence[str],
    reworded: Sequence[Passage],
    passages: Sequence[Passage],
    there: PolicyWords,
    sides: _Sides,
    *,
    of_companies: bool,
) -> list[str]:
    """Return the ``names`` that the other text does not have, each told once for all types.

    Kinds of data and of companies are told where a sentence was reworded, so that the name is
    what changed in it; a company that is named is news anywhere.
    """
    found: list[str] = []
    for name in names:
        is_company = of_companies and is_proper(name)
        stem = name_stem(name, of_company=is_company)
        if not stem or there.names(stem) or stem in sides.told:
            continue
        where = passages if is_company else reworded
        if any(name in each.text for each in where):
            sides.told.add(stem)
            found.append(clean_line(name))
    return found


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _change(
    change: Change,
    old: Disclosure | None,
    new: Disclosure | None,
    text: str,
    old_words: Passage | None,
    new_words: Passage | None,
) -> DisclosureChange:
    disclosure = new or old
    if disclosure is None:
        raise ValueError("a change is about something")
    return DisclosureChange(
        disclosure.type,
        disclosure.topic,
        change,
        old,
        new,
        clean_line(text),
        old_words.evidence if old_words else None,
        new_words.evidence if new_words else None,
    )


def _weight(change: DisclosureChange) -> int:
    """Return how much a change matters: the gravest of what came, or the best of what went."""
    if change.new is not None:
        return change.new.valence.severity
    best = Valence.BAD.severity
    return best - change.old.valence.severity if change.old else 0
