"""Two policies -> which of their statements are new, gone, reversed or changed.

"No longer found" is said only where no sentence of the newer text says it. "Weaker" and "stronger"
are meant for the person who agrees: a weaker statement protects them less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reader.compared_findings import (
    ABOUT_DATA,
    Change,
    DisclosureChange,
    Sides,
    change_of,
    is_said,
    place_of,
    stands_in,
    telling_words,
)
from reader.model import SURE, Disclosure, PolicyReport, Stance, Valence
from reader.statement_changes import changes_within
from reader.statements_compared import (
    REWORDED,
    PolicyWords,
    QuotedEvidence,
    content_of,
    likeness,
    words_of,
)
from reader.wholeness import is_whole

_DATES = frozenset({"contact.dated"})
_GRANTED_BY = {"collect.aggregate": "share.aggregate"}  # who shares such data has it
_TELLING_NAME = 2  # content words of a type's name, for a sentence with them to be about it

_Both = tuple[Disclosure | None, Disclosure | None]


def disclosure_changes(
    old: PolicyReport,
    new: PolicyReport,
    before: PolicyWords,
    after: PolicyWords,
    *,
    two_services: bool,
) -> Iterator[tuple[DisclosureChange, ...]]:
    """Yield nothing while at work, and all changes in the end."""
    sides = Sides(old, new, before, after, two_services=two_services)
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
    shown = {place_of(each.new_quote) for each in changes if each.change is Change.NEW}
    missed = {place_of(each.old_quote) for each in changes if each.change is Change.GONE}
    for key, was in sides.old_keys.items():
        if now := sides.new_keys.get(key):
            turned = _of_turned_words(was, sides, now)
            changes += [turned] if turned else changes_within(was, now, sides, shown, missed)
            yield ()
    untold = {
        change
        for change, other in ((Change.NEW, old), (Change.GONE, new))
        if not is_whole(other.notices)  # what is missing there may say it
    }
    changes = [each for each in _told_once(changes) if each.change not in untold]
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
    before = {place_of(old) for old, _ in quotes}
    after = {place_of(new) for _, new in quotes}
    return [
        each
        for each in changes
        if not (each.change is Change.GONE and place_of(each.old_quote) in before)
        and not (
            each.change is Change.NEW
            and place_of(each.new_quote) in after
            and each.new is not None
            and each.new.valence.severity <= Valence.NEUTRAL.severity
        )
    ]


def _came_and_went(pairs: Mapping[Stance, _Both], sides: Sides) -> list[DisclosureChange]:
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
            return [change_of(Change.REVERSED, was, now, text, *turned)]
    changes: list[DisclosureChange] = []
    for stance, disclosure in came.items():
        only = [each for each in only_new[stance] if not _was_much_so(each, disclosure, sides)]
        if not only or not _is_worth_telling(only):
            continue
        if not sides.is_in_passing(disclosure, of_new=True):
            text = f"{sides.new_word}: {disclosure.statement}"
            changes.append(change_of(Change.NEW, None, disclosure, text, None, only[0]))
    for stance, disclosure in went.items():
        only = only_old[stance]
        limited = _of_excepted(disclosure, sides)
        if limited is not None:
            changes.append(limited)
            continue
        turned_now = _of_turned_words(disclosure, sides)
        if turned_now is not None:
            changes.append(turned_now)
            continue
        # One passage that is still said is enough for the statement to be still there.
        if len(only) < len(disclosure.evidence) or not _is_worth_telling(only):
            continue
        if not _may_still_be_said(disclosure, only, sides) and not sides.is_in_passing(
            disclosure, of_new=False
        ):
            text = f"{sides.gone_word}: {disclosure.statement}"
            changes.append(change_of(Change.GONE, disclosure, None, text, only[0], None))
    return changes


def _was_much_so(passage: QuotedEvidence, disclosure: Disclosure, sides: Sides) -> bool:
    """Return whether the older text may say it in words that no rule reads so."""
    if disclosure.topic in ABOUT_DATA:
        return False
    return sides.before.rewords(passage, telling_words(disclosure), but_numbers=False)


def _may_still_be_said(
    disclosure: Disclosure, only: Sequence[QuotedEvidence], sides: Sides
) -> bool:
    """Return whether it is doubtful that the newer text does not say it.

    It may reword a passage, have a new sentence with all the words of the type's name, or say what
    takes the statement for granted.
    """
    if any(_may_still_stand(each, disclosure, sides.after) for each in only):
        return True
    if f"{_GRANTED_BY.get(disclosure.type)}:{disclosure.stance.value}" in sides.new_keys:
        return True
    name = content_of(disclosure.label)
    if len(name) < _TELLING_NAME:
        return False
    denied = disclosure.stance is Stance.DENIED
    return any(
        not sides.before.has(words_of(sentence))
        for sentence in sides.after.sentences_with(name, denying=denied)
    )


def _may_still_stand(passage: QuotedEvidence, disclosure: Disclosure, after: PolicyWords) -> bool:
    """Return whether the newer text may say it in words that no rule reads so.

    In doubt nothing is said to be gone: a reader would hold it for true.
    """
    if is_said(passage, disclosure, after, by_any_name=True):
        return True
    if disclosure.topic in ABOUT_DATA:
        return False
    return after.rewords(passage, telling_words(disclosure), but_numbers=disclosure.type in _DATES)


def _of_excepted(disclosure: Disclosure, sides: Sides) -> DisclosureChange | None:
    """Return that the very words of a denial stand with an exception now, None where they do not.

    No rule reads the newer sentence as a denial.
    """
    if disclosure.stance is not Stance.DENIED:
        return None
    for passage in sides.passages(disclosure, of_new=False):
        limited = sides.after.excepted(passage)
        if limited is not None:
            text = f"{disclosure.label}: {sides.now_with} a limit: “{limited[1]}”."
            change = change_of(Change.WEAKER, disclosure, None, text, passage, None)
            return replace(change, new_quote=limited[0])
    return None


def _of_turned_words(
    disclosure: Disclosure, sides: Sides, now: Disclosure | None = None
) -> DisclosureChange | None:
    """Return that the very words are turned round now, None where they are not.

    No rule reads the newer sentence as the denial of the older one, nor as what ``now`` states, if
    the newer policy states the same in other sentences.
    """
    stated = {place_of(each) for each in now.evidence} if now else set()
    for passage in sides.passages(disclosure, of_new=False):
        if stands_in(passage, sides.after) or not _is_worth_telling([passage]):
            continue
        turned = sides.after.word_for_word_turned(passage)
        if turned is None and not is_said(passage, disclosure, sides.after, by_any_name=True):
            against = sides.after.contradiction(passage)
            turned = (against, not passage.denies) if against else None
        if turned is not None and place_of(turned[0]) not in stated:
            how = "deny it" if turned[1] else "no longer deny it"
            now_word = f"{sides.now_word}: the same words {how}."
            text = f"{sides.before_word}: {disclosure.statement} {now_word}"
            change = change_of(Change.REVERSED, disclosure, None, text, passage, None)
            return replace(change, new_quote=turned[0])
    return None


def _turned(
    was: Sequence[QuotedEvidence], now: Sequence[QuotedEvidence], sides: Sides
) -> tuple[QuotedEvidence, QuotedEvidence] | None:
    """Return two passages of which one says what the other denies, in much the same words."""
    went = [each for each in was if not stands_in(each, sides.after)]
    came = [each for each in now if not stands_in(each, sides.before)]
    for one in went:
        for other in came:
            is_like = likeness(one.content, other.content) >= REWORDED
            if is_like and one.denies != other.denies:
                return one, other
    return None


def _is_worth_telling(only: Sequence[QuotedEvidence]) -> bool:
    """Return whether a finding is sure enough to say that it came or went."""
    return max(each.evidence.confidence for each in only) >= SURE


def _weight(change: DisclosureChange) -> int:
    """Return how much a change matters: the gravest of what came, or the best of what went."""
    if change.new is not None:
        return change.new.valence.severity
    best = Valence.BAD.severity
    return best - change.old.valence.severity if change.old else 0
