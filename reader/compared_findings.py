"""Two policies, asked about their findings: what only one of them says, and what became of it.

A finding of one policy is new only where no sentence of the other says its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from reader.model import Disclosure, Evidence, PolicyReport
from reader.statements_compared import STILL_SAID, PolicyWords, QuotedEvidence, content_of, words_of
from reader.summary import clean_line
from reader.titles import as_label, names_of_two

ABOUT_DATA = frozenset({"collect"})
"""Topics of which the data that is named is told beside a statement."""

_IN_PASSING = frozenset({"collect"})  # what a sentence about something else lets one understand


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


class Sides:
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
        first, second = names_of_two(old.document, new.document)
        # What was before and is now, or else what one service says and the other does not.
        self.before_word, self.now_word = (
            (as_label(first), as_label(second)) if two_services else ("Before", "Now")
        )
        self.new_word = f"Only in {second}" if two_services else "New"
        self.gone_word = f"Only in {first}" if two_services else "No longer found"
        self.was_word = f"in {first}" if two_services else "before"
        self.now_with = f"{second} has" if two_services else "now with"
        self.now_only = f"in {second}, only" if two_services else "now only"
        self.no_longer = f"in {second}, not" if two_services else "no longer"
        self.now_names = f"only {second} names" if two_services else "now names"
        self.no_longer_names = f"only {first} names" if two_services else "no longer names"
        self.own_names = (first.casefold(), second.casefold())
        self.old_keys = {each.key: each for each in old.disclosures}
        self.new_keys = {each.key: each for each in new.disclosures}
        self._behind = [_types_behind(old), _types_behind(new)]
        self.new_companies = new.facts.named_recipients
        self.told: set[str] = set()  # names that one change told already

    def passages(self, disclosure: Disclosure | None, *, of_new: bool) -> list[QuotedEvidence]:
        """Return the words behind ``disclosure``."""
        words = self.after if of_new else self.before
        return [words.passage(each) for each in disclosure.evidence] if disclosure else []

    def only_here(self, disclosure: Disclosure, *, of_new: bool) -> list[QuotedEvidence]:
        """Return the passages of ``disclosure`` which the other policy does not say."""
        there = self.before if of_new else self.after
        return [
            each
            for each in self.passages(disclosure, of_new=of_new)
            if not stands_in(each, there) and not is_said(each, disclosure, there)
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


def stands_in(passage: QuotedEvidence, there: PolicyWords) -> bool:
    """Return whether the other text has the very words, and those that lead in to them."""
    return there.has(words_of(passage.text)) and (
        not passage.lead_in or there.has(words_of(passage.lead_in))
    )


def is_said(
    passage: QuotedEvidence,
    disclosure: Disclosure,
    there: PolicyWords,
    *,
    by_any_name: bool = False,
) -> bool:
    """Return whether ``there`` says ``passage``, which is behind ``disclosure``, in its words.

    Of a list of data all may stay but the one that it is about, so there no word may be missing.
    """
    least = 1.0 if disclosure.topic in ABOUT_DATA else STILL_SAID
    return there.says(passage, telling_words(disclosure), least=least, by_any_name=by_any_name)


def telling_words(disclosure: Disclosure) -> frozenset[str]:
    """Return the words that tell what ``disclosure`` is about."""
    return content_of(f"{disclosure.label} {disclosure.headline} {disclosure.statement}")


def place_of(evidence: Evidence | None) -> tuple[int, int] | None:
    """Return where a passage stands in its text, None where there is none."""
    return (evidence.span.start, evidence.span.end) if evidence else None


def change_of(
    change: Change,
    old: Disclosure | None,
    new: Disclosure | None,
    text: str,
    old_words: QuotedEvidence | None,
    new_words: QuotedEvidence | None,
) -> DisclosureChange:
    """Return a change about ``new``, or about ``old`` where that is gone, with the words shown.

    Raises:
        ValueError: it is about neither.
    """
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
