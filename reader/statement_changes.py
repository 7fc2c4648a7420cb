"""What changed in a statement that two policies both make: its limits, periods, ages and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.compared_findings import (
    ABOUT_DATA,
    Change,
    DisclosureChange,
    Sides,
    change_of,
    place_of,
    stands_in,
)
from reader.model import Disclosure, Stance
from reader.periods import AGE_IN_WORDS, Period, number_in, periods_in
from reader.statements_compared import (
    REWORDED,
    PolicyWords,
    QuotedEvidence,
    content_of,
    exception_in,
    is_proper,
    likeness,
    name_stem,
    words_of,
)
from reader.summary import clean_line

_MOST_NAMED = 4

# What is named beside a statement is told of these topics; elsewhere it is by the way.
_ABOUT_RECIPIENTS = frozenset({"share", "sell", "handover", "track"})
_ABOUT_PERIODS = frozenset({"keep", "change", "protect", "rights"})
_LONGER_IS_BETTER = frozenset({"change"})  # of a warning; of keeping and waiting it is worse
_ABOUT_CONSENT = frozenset({"collect", "use", "track", "share", "sell"})
_OF_OTHERS = frozenset({"share.other-policies"})  # they receive what readers give them

_CONSENT = re.compile(
    r"\b(?:consent|consented|permission|opt(?:ed)?[- ]in|(?:if|when|where|unless|once) you "
    r"(?:\w+ )?(?:agree|allow|consent|choose|opt|ask)\w*|at your direction)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:under|below|over|above|least|aged?|younger than|older than)\b(?: the)?(?: age)?(?: of)?"
    rf" (\d{{1,2}}|{AGE_IN_WORDS})\b",
    re.IGNORECASE,
)


def changes_within(
    old: Disclosure,
    new: Disclosure,
    sides: Sides,
    shown: set[tuple[int, int] | None],
    missed: set[tuple[int, int] | None],
) -> list[DisclosureChange]:
    """Return what changed in a statement that both make: its limits, periods, ages, names.

    ``shown`` are the places of new passages whose news is told already, ``missed`` of old ones.
    """
    was = sides.passages(old, of_new=False)
    now = sides.passages(new, of_new=True)
    pairs = [pair for pair in _aligned(was, now) if not _is_led_in_otherwise(*pair, sides)]
    change = (
        _of_condition(old, new, was, now, sides)
        or _of_consent(old, new, was, now, pairs, sides)
        or _of_periods(old, new, pairs, sides)
        or _of_ages(old, new, pairs, sides)
        or _of_names(old, new, was, now, pairs, sides, shown, missed)
    )
    return [change] if change is not None else []


def _aligned(
    was: Sequence[QuotedEvidence], now: Sequence[QuotedEvidence]
) -> list[tuple[QuotedEvidence, QuotedEvidence]]:
    """Return the passages that were reworded: each old one with the new one most like it."""
    pairs = []
    texts_now = {each.whole for each in now}
    texts_was = {each.whole for each in was}
    left = [each for each in now if each.whole not in texts_was]
    for each in was:
        if each.whole in texts_now or not left:
            continue
        best = max(left, key=lambda other: likeness(each.content, other.content))
        if likeness(each.content, best.content) >= REWORDED:
            pairs.append((each, best))
    return pairs


def _is_led_in_otherwise(one: QuotedEvidence, other: QuotedEvidence, sides: Sides) -> bool:
    """Return whether two passages are the same words behind lead-ins that both texts have."""
    is_same = words_of(one.text) == words_of(other.text)
    return is_same and stands_in(one, sides.after) and stands_in(other, sides.before)


def _of_condition(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[QuotedEvidence],
    now: Sequence[QuotedEvidence],
    sides: Sides,
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
        return change_of(Change.WEAKER, old, new, text, first, second)
    if not after:
        if sides.after.has(words_of(before)) or sides.after.says(_as_passage(first, before)):
            return None
        text = f"{new.label}: {sides.no_longer} with the limit “{before}”."
        return change_of(Change.STRONGER, old, new, text, first, second)
    if likeness(first.content, second.content) < REWORDED:
        return None
    text = f"{new.label}: another limit: “{after}”, {sides.was_word} “{before}”."
    return change_of(Change.CHANGED, old, new, text, first, second)


def _holding(passages: Sequence[QuotedEvidence], words: str) -> QuotedEvidence:
    """Return the first passage with ``words``, or the best."""
    return next((each for each in passages if words and words in each.text), passages[0])


def _as_passage(passage: QuotedEvidence, words: str) -> QuotedEvidence:
    return replace(passage, text=words, lead_in="", content=content_of(words))


def _is_same_limit(one: str, other: str) -> bool:
    if words_of(one) == words_of(other):
        return True
    if not one or not other:
        return False
    if _CONSENT.search(one) and _CONSENT.search(other):
        return True
    if (exception_in(one) is None) != (exception_in(other) is None):
        return False
    return likeness(content_of(one), content_of(other)) >= REWORDED


def _of_consent(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[QuotedEvidence],
    now: Sequence[QuotedEvidence],
    pairs: Sequence[tuple[QuotedEvidence, QuotedEvidence]],
    sides: Sides,
) -> DisclosureChange | None:
    """Return that a practice needs the reader's consent now, or no longer."""
    if new.topic not in _ABOUT_CONSENT or new.stance is not Stance.SAID:
        return None
    for first, second in pairs:
        asked, asks = (bool(_CONSENT.search(each.whole)) for each in (first, second))
        if asks and not asked and all(_CONSENT.search(each.whole) for each in now):
            text = f"{new.label}: {sides.now_only} if you agree or ask for it."
            return change_of(Change.STRONGER, old, new, text, first, second)
        if asked and not asks and all(_CONSENT.search(each.whole) for each in was):
            text = f"{new.label}: {sides.no_longer} only if you agree or ask for it."
            return change_of(Change.WEAKER, old, new, text, first, second)
    return None


def _of_periods(
    old: Disclosure,
    new: Disclosure,
    pairs: Sequence[tuple[QuotedEvidence, QuotedEvidence]],
    sides: Sides,
) -> DisclosureChange | None:
    """Return which period of a statement became another."""
    if new.topic not in _ABOUT_PERIODS or new.stance is not Stance.SAID:
        return None
    parts: list[str] = []
    signs: set[int] = set()
    shown: tuple[QuotedEvidence, QuotedEvidence] | None = None
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
        return change_of(Change.CHANGED, old, new, text, *shown)
    is_worse = (signs == {1}) != (new.topic in _LONGER_IS_BETTER)
    return change_of(Change.WEAKER if is_worse else Change.STRONGER, old, new, text, *shown)


def _unshared(these: Sequence[Period], those: Sequence[Period]) -> list[Period]:
    return [each for each in these if not any(each.is_about(other) for other in those)]


def _told(period: Period) -> str:
    return f"at least {period.words}" if period.is_least else period.words


def _of_ages(
    old: Disclosure,
    new: Disclosure,
    pairs: Sequence[tuple[QuotedEvidence, QuotedEvidence]],
    sides: Sides,
) -> DisclosureChange | None:
    """Return that another age is the limit now."""
    if new.topic != "kids":
        return None
    for first, second in pairs:
        before, after = (_AGE.findall(each.text) for each in (first, second))
        if len(before) == len(after) == 1 and number_in(before[0]) != number_in(after[0]):
            text = f"{new.label}: the age is {after[0]}, {sides.was_word} {before[0]}."
            return change_of(Change.CHANGED, old, new, text, first, second)
    return None


def _of_names(
    old: Disclosure,
    new: Disclosure,
    was: Sequence[QuotedEvidence],
    now: Sequence[QuotedEvidence],
    pairs: Sequence[tuple[QuotedEvidence, QuotedEvidence]],
    sides: Sides,
    shown: set[tuple[int, int] | None],
    missed: set[tuple[int, int] | None],
) -> DisclosureChange | None:
    """Return data or recipients that one of the policies names nowhere."""
    if new.stance is not Stance.SAID:
        return None
    if new.topic in ABOUT_DATA:
        named = old.details.data, new.details.data
    elif new.topic in _ABOUT_RECIPIENTS and new.type not in _OF_OTHERS:
        named = old.details.recipients, new.details.recipients
    else:
        return None
    companies = new.topic in _ABOUT_RECIPIENTS
    removed = _named_only_here(
        named[0],
        [one for one, _ in pairs if place_of(one.evidence) not in missed],
        was,
        sides.after,
        sides,
        of_companies=companies,
    )
    told = [two for _, two in pairs if place_of(two.evidence) not in shown]
    added = _named_only_here(named[1], told, now, sides.before, sides, of_companies=companies)
    if companies:  # those that no list of well-known ones has, where a sentence now has them
        added += _named_only_here(
            sides.new_companies, told, told, sides.before, sides, of_companies=True
        )
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
    return change_of(change, old, new, text, first, second)


def _named_only_here(
    names: Sequence[str],
    reworded: Sequence[QuotedEvidence],
    passages: Sequence[QuotedEvidence],
    there: PolicyWords,
    sides: Sides,
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
        if name.casefold() in sides.own_names:  # that it names itself is no news
            continue
        if not stem or there.names(stem) or stem in sides.told:
            continue
        where = passages if is_company else reworded
        if any(name in each.text for each in where):
            sides.told.add(stem)
            found.append(clean_line(name).strip(" ,;"))
    return found


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
