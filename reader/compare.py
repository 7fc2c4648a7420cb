"""Two policies -> what changed between them: first in what they disclose, then in their words.

They may be two versions of one policy or two services. What is said in other words is no change,
nor is another wrapping, numbering or file format; what is said by words that both texts have is
none either, though the reader of one of them may have missed it.

"Weaker" and "stronger" are meant for the person who agrees: a weaker statement protects them less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reader.model import Disclosure, Evidence, PolicyReport, Section, Stance, Valence
from reader.summary import clean_line

_WORDS = re.compile(r"\w+(?:['’]\w+)?")
_OWN_NUMBER = re.compile(
    r"^\W*(?:(?:section|article|part)\s+)?(?:\d+(?:\.\d+)*|[a-z]|[ivxlc]+)[.):]+\s*"
)
_PERIOD = re.compile(r"(\d+|\w+)[\s-]+(hour|day|week|month|year)s?", re.IGNORECASE)
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1, "thirty": 30, "sixty": 60, "ninety": 90, "eighteen": 18, "twenty": 20}
_SIMILAR = 0.5  # of the shingles of the shorter of two sections, for them to be one
_SHINGLE = 5  # words
_MOST_NAMED = 4


# What is named beside a statement is told of these topics; elsewhere it is by the way.
_ABOUT_DATA = frozenset({"collect"})
_ABOUT_RECIPIENTS = frozenset({"share", "sell", "handover", "track"})
_ABOUT_PERIODS = frozenset({"keep", "change", "protect"})


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
    the best of their passages that the other policy does not have.
    """

    type: str
    topic: str
    change: Change
    old: Disclosure | None
    new: Disclosure | None
    text: str
    old_quote: Evidence | None = None
    new_quote: Evidence | None = None


class SectionChangeKind(Enum):
    """What became of a section."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of a section, and how many words came and went in it."""

    change: SectionChangeKind
    old: Section | None
    new: Section | None
    words_added: int
    words_removed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from one report to another, what matters most first."""

    old: PolicyReport
    new: PolicyReport
    disclosures: tuple[DisclosureChange, ...]
    sections: tuple[SectionChange, ...]


def compare(old: PolicyReport, new: PolicyReport) -> Comparison:
    """Return what changed from ``old`` to ``new``."""
    before, after = _Words(old), _Words(new)
    same_words = before.all == after.all
    return Comparison(
        old,
        new,
        disclosures=() if same_words else _disclosures(old, new, before, after),
        sections=() if same_words else _sections(old, new),
    )


class _Words:
    """The words of a policy without what does not matter: case, marks, white space, numbering."""

    def __init__(self, report: PolicyReport) -> None:
        text = report.document.text
        lines = (_words_of(block.span.of(text)) for block in report.document.blocks)
        self.all = [word for line in lines for word in line]
        self._line = f" {' '.join(self.all)} "
        self._text = text

    def has(self, words: Iterable[str]) -> bool:
        """Return whether ``words`` stand in the policy, one after the other."""
        return f" {' '.join(words)} " in self._line

    def of(self, disclosure: Disclosure) -> list[list[str]]:
        """Return the words of each passage behind ``disclosure``, which is this policy's."""
        return [_words_of(each.span.of(self._text)) for each in disclosure.evidence]


def _words_of(text: str) -> list[str]:
    return _WORDS.findall(_OWN_NUMBER.sub("", text.casefold()))


# What is disclosed


def _disclosures(
    old: PolicyReport, new: PolicyReport, before: _Words, after: _Words
) -> tuple[DisclosureChange, ...]:
    found = {d.key: d for d in old.disclosures}, {d.key: d for d in new.disclosures}
    types = dict.fromkeys(d.type for d in (*old.disclosures, *new.disclosures))
    order = {topic.id: place for place, topic in enumerate(new.topics)}
    changes: list[DisclosureChange] = []
    for kind in types:
        pairs = {s: tuple(f.get(f"{kind}:{s.value}") for f in found) for s in Stance}
        changes += (
            replace(
                change,
                old_quote=_quote(change.old, before, after),
                new_quote=_quote(change.new, after, before),
            )
            for change in _of_type(pairs, before, after)
        )
    kinds = list(Change)
    changes.sort(
        key=lambda each: (kinds.index(each.change), -_weight(each), order.get(each.topic, 99))
    )
    return tuple(changes)


def _quote(disclosure: Disclosure | None, here: _Words, there: _Words) -> Evidence | None:
    """Return the best passage that only one of the policies has, else the best of all."""
    if disclosure is None:
        return None
    passages = zip(disclosure.evidence, here.of(disclosure), strict=True)
    only_here = (passage for passage, words in passages if not there.has(words))
    return next(only_here, disclosure.evidence[0])


_Pair = tuple[Disclosure | None, ...]


def _of_type(pairs: dict[Stance, _Pair], before: _Words, after: _Words) -> list[DisclosureChange]:
    """Return what changed about one type; ``pairs`` are old and new of each stance."""
    came = {s: new for s, (old, new) in pairs.items() if new and not old}
    went = {s: old for s, (old, new) in pairs.items() if old and not new}
    came = {s: d for s, d in came.items() if not all(before.has(w) for w in after.of(d))}
    went = {s: d for s, d in went.items() if not all(after.has(w) for w in before.of(d))}
    for stance, other in ((Stance.SAID, Stance.DENIED), (Stance.DENIED, Stance.SAID)):
        if stance in went and other in came and stance not in came:
            was, now = went[stance], came[other]
            text = f"Before: {was.statement} Now: {now.statement}"
            return [_change(Change.REVERSED, was, now, text)]
    changes = [
        *(_change(Change.NEW, None, d, f"New: {d.statement}") for d in came.values()),
        *(_change(Change.GONE, d, None, f"No longer found: {d.statement}") for d in went.values()),
    ]
    for old, new in pairs.values():
        if old and new and before.of(old) != after.of(new):
            edited = not after.has(before.of(old)[0]) and not before.has(after.of(new)[0])
            changes += _of_statement(old, new, is_edited=edited)
    return changes


def _of_statement(old: Disclosure, new: Disclosure, *, is_edited: bool) -> list[DisclosureChange]:
    """Return what changed in a statement that both make: its condition, periods, names, data.

    Data is told only where the best passage itself ``is_edited``: further passages, which state
    several types, name data of them all.
    """
    if (change := _of_condition(old, new)) is not None:
        return [change]
    if old.topic in _ABOUT_PERIODS and (change := _of_periods(old, new)) is not None:
        return [change]
    if old.topic in _ABOUT_DATA and is_edited:
        was, now = old.details.data, new.details.data
    elif old.topic in _ABOUT_RECIPIENTS:
        was, now = old.details.recipients, new.details.recipients
    else:
        return []
    added, removed = _beyond(now, was), _beyond(was, now)
    parts = [f"now names {_listed(added)}"] if added else []
    parts += [f"no longer names {_listed(removed)}"] if removed else []
    if not parts:
        return []
    kind = Change.CHANGED
    if new.stance is Stance.SAID and bool(added) != bool(removed):
        kind = Change.WEAKER if added else Change.STRONGER
    return [_change(kind, old, new, f"{new.label}: {'; '.join(parts)}.")]


def _of_condition(old: Disclosure, new: Disclosure) -> DisclosureChange | None:
    was, now = (_words_of(each.condition or "") for each in (old, new))
    if was == now:
        return None
    if not was:
        text = f"{new.label}: now with a limit: “{new.condition}”."
        return _change(Change.WEAKER, old, new, text)
    if not now:
        text = f"{new.label}: no longer with the limit “{old.condition}”."
        return _change(Change.STRONGER, old, new, text)
    text = f"{new.label}: another limit: “{new.condition}”, before “{old.condition}”."
    return _change(Change.CHANGED, old, new, text)


def _of_periods(old: Disclosure, new: Disclosure) -> DisclosureChange | None:
    was, now = old.details.periods, new.details.periods
    added, removed = _beyond(now, was), _beyond(was, now)
    if not added and not removed:
        return None
    text = f"{new.label}: {_listed(added) or 'no such period'}"
    text += f", before {_listed(removed)}." if removed else " as well."
    days_before, days_now = _days(removed), _days(added)
    if not days_before or not days_now or max(days_before) == max(days_now):
        return _change(Change.CHANGED, old, new, text)
    longer = max(days_now) > max(days_before)
    return _change(Change.WEAKER if longer else Change.STRONGER, old, new, text)


def _days(periods: Iterable[str]) -> list[float]:
    """Return the lengths of the periods that can be told, in days."""
    lengths = []
    for period in periods:
        for number, unit in _PERIOD.findall(period):
            count = int(number) if number.isdecimal() else _NUMBERS.get(number.casefold(), 0)
            if count:
                lengths.append(count * _DAYS[unit.casefold()])
    return lengths


def _beyond(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """Return what ``these`` name and ``those`` do not, not even as part of another name."""
    known = [_name_of(each) for each in those]
    return [
        clean_line(each)
        for each in these
        if not any(
            f" {_name_of(each)} " in f" {name} " or f" {name} " in f" {_name_of(each)} "
            for name in known
        )
    ]


def _name_of(words: str) -> str:
    """Return ``words`` without what does not matter to a name: case, marks, the plural's s."""
    return " ".join(word.removesuffix("s") for word in _words_of(words))


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _change(
    change: Change, old: Disclosure | None, new: Disclosure | None, text: str
) -> DisclosureChange:
    disclosure = new or old
    if disclosure is None:
        raise ValueError("a change is about something")
    return DisclosureChange(disclosure.type, disclosure.topic, change, old, new, clean_line(text))


def _weight(change: DisclosureChange) -> int:
    """Return how much a change matters: the gravest of what came, or the best of what went."""
    if change.new is not None:
        return change.new.valence.severity
    best = Valence.BAD.severity
    return best - change.old.valence.severity if change.old else 0


# What is written


def _sections(old: PolicyReport, new: PolicyReport) -> tuple[SectionChange, ...]:
    before = [_Part(old, section) for section in old.document.sections]
    after = [_Part(new, section) for section in new.document.sections]
    before = [part for part in before if part.words or part.heading]
    after = [part for part in after if part.words or part.heading]
    pairs = _paired(before, after)
    new_places = [pairs[place] for place in sorted(pairs)]
    in_order = set(_longest_rise(new_places))
    partner = {new_place: old_place for old_place, new_place in pairs.items()}
    changes: list[SectionChange] = []
    for place, part in enumerate(after):
        if place not in partner:
            changes.append(_section_change(SectionChangeKind.ADDED, None, part))
            continue
        other = before[partner[place]]
        if other.words != part.words:
            changes.append(_section_change(SectionChangeKind.EDITED, other, part))
        elif place not in in_order:
            changes.append(_section_change(SectionChangeKind.MOVED, other, part))
    changes += [
        _section_change(SectionChangeKind.REMOVED, part, None)
        for place, part in enumerate(before)
        if place not in pairs
    ]
    return tuple(changes)


class _Part:
    """A section with its own words and its heading's."""

    def __init__(self, report: PolicyReport, section: Section) -> None:
        document = report.document
        self.section = section
        own = "" if section.heading_is_ours else section.heading
        self.heading = tuple(_words_of(own))
        words = [
            word
            for block in document.blocks
            if section.span.contains(block.span)
            for word in _words_of(block.span.of(document.text))
        ]
        self.words = (
            words[len(self.heading) :]
            if tuple(words[: len(self.heading)]) == (self.heading)
            else words
        )
        self.shingles = {
            tuple(self.words[place : place + _SHINGLE])
            for place in range(max(len(self.words) - _SHINGLE + 1, 1))
        }

    def likeness(self, other: _Part) -> float:
        """Return the share of shingles in common, of the shorter one's, in [0, 1]."""
        if not self.words or not other.words:
            return 0.0
        common = len(self.shingles & other.shingles)
        return common / min(len(self.shingles), len(other.shingles))


def _paired(before: Sequence[_Part], after: Sequence[_Part]) -> dict[int, int]:
    """Return which section became which: by heading and words, by heading, then by likeness."""
    pairs: dict[int, int] = {}
    left = set(range(len(after)))

    def pair(place: int, candidates: Iterable[int]) -> None:
        near = min(candidates, key=lambda at: abs(at - place), default=None)
        if near is not None:
            pairs[place] = near
            left.discard(near)

    for place, part in enumerate(before):
        pair(
            place,
            [a for a in left if after[a].heading == part.heading and after[a].words == part.words],
        )
    for place, part in enumerate(before):
        if place not in pairs and part.heading:
            pair(place, [a for a in left if after[a].heading == part.heading])
    for place, part in enumerate(before):
        if place not in pairs:
            liked = {a: part.likeness(after[a]) for a in left}
            best = max(liked, key=lambda a: liked[a], default=None)
            if best is not None and liked[best] >= _SIMILAR:
                pair(place, [best])
    return pairs


def _longest_rise(places: Sequence[int]) -> list[int]:
    """Return a longest rising part of ``places``: those that kept their order."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for place in places:
        at = bisect_left(ends, place)
        chain = [*(chains[at - 1] if at else []), place]
        if at == len(ends):
            ends.append(place)
            chains.append(chain)
        else:
            ends[at], chains[at] = place, chain
    return chains[-1] if chains else []


def _section_change(
    change: SectionChangeKind, old: _Part | None, new: _Part | None
) -> SectionChange:
    was, now = (Counter(part.words if part else ()) for part in (old, new))
    return SectionChange(
        change,
        old.section if old else None,
        new.section if new else None,
        words_added=(now - was).total(),
        words_removed=(was - now).total(),
    )
