"""The words of a comparison, the same for terminal, file, paper and window.

``comparison_words`` makes one record of ready words of it; whoever shows it adds place and looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.changes import difficulty_change
from reader.compare import Comparison, TopicPair
from reader.compared_findings import Change, DisclosureChange
from reader.model import Evidence, PolicyReport
from reader.scoring import BAND_WORDS
from reader.section_changes import SectionChange, SectionChangeKind
from reader.summary import VERDICT_WORDS, clean_line, file_at, quote_of, summary_card
from reader.titles import as_label, names_of_two

CHANGE_WORDS: Mapping[Change, str] = {
    Change.REVERSED: "Says the opposite now",
    Change.NEW: "New",
    Change.GONE: "No longer found",
    Change.WEAKER: "Weaker: protects you less",
    Change.STRONGER: "Stronger: protects you more",
    Change.CHANGED: "Changed",
}
_OF_TWO_SERVICES: Mapping[Change, str] = {
    Change.REVERSED: "They say the opposite of each other",
    Change.NEW: "Only in {second}",
    Change.GONE: "Only in {first}",
    Change.WEAKER: "{Second} protects you less",
    Change.STRONGER: "{Second} protects you more",
    Change.CHANGED: "Different",
}
SECTION_WORDS: Mapping[SectionChangeKind, str] = {
    SectionChangeKind.ADDED: "Added",
    SectionChangeKind.REMOVED: "Removed",
    SectionChangeKind.MOVED: "Moved",
    SectionChangeKind.EDITED: "Edited",
}
NO_CHANGE = "Both say the same, as far as we can tell."
_LABELS = ("New: ", "No longer found: ")


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """A passage: whose it is, as "Old", and its words with those that lead in to them."""

    side: str
    words: str
    is_new: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change in words, without those that stand above its group, and its quotes."""

    kind: Change
    text: str
    quotes: tuple[QuoteWords, ...]
    change: DisclosureChange


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """All that is told of a comparison.

    ``sides`` are the names of the two, as "Old" and "New" or as "Acme" and "Lumen"; ``named`` what
    each of them is. ``of_two`` is true for the policies of two services, whose topics that differ
    come before all else. ``groups`` are headings with the changes below them.
    """

    title: str
    of_two: bool
    sides: tuple[str, str]
    named: tuple[str, str]
    cautions: tuple[str, ...]
    outcome: str
    difficulty: str
    groups: tuple[tuple[str, tuple[ChangeWords, ...]], ...]
    topics: tuple[TopicPair, ...]
    sections: tuple[str, ...]
    made_by: str


def comparison_words(comparison: Comparison) -> ComparisonWords:
    """Return the words of ``comparison``."""
    old, new = comparison.old, comparison.new
    names = names_of_two(old.document, new.document)
    sides = (as_label(names[0]), as_label(names[1])) if comparison.two_services else ("Old", "New")
    words = _OF_TWO_SERVICES if comparison.two_services else CHANGE_WORDS
    groups = tuple(
        (_with_names(words[kind], names), tuple(_change(comparison, each, sides) for each in group))
        for kind, group in _groups(comparison)
    )
    return ComparisonWords(
        title=_title(comparison),
        of_two=comparison.two_services,
        sides=sides,
        named=(_named(old), _named(new)),
        cautions=comparison.cautions,
        outcome=_outcome(comparison),
        difficulty=_difficulty(comparison),
        groups=groups,
        topics=comparison.topics,
        sections=tuple(section_line(each) for each in comparison.sections),
        made_by=summary_card(new).made_by,
    )


def topic_line(pair: TopicPair, *, is_new: bool) -> str:
    """Return a tile of one side in words, as "Warning: They may sell your data"."""
    verdict = pair.new_verdict if is_new else pair.old_verdict
    headline = pair.new_headline if is_new else pair.old_headline
    return f"{VERDICT_WORDS[verdict]}: {clean_line(headline)}"


def section_line(change: SectionChange) -> str:
    """Return what became of a section, as "Edited: Cookies (+3, −1 words)"."""
    section = change.new or change.old
    heading = clean_line(section.heading) if section else ""
    named = f"{SECTION_WORDS[change.change]}: {heading or 'the opening'}"
    counts = [
        f"{sign}{count:,}"
        for sign, count in (("+", change.words_added), ("−", change.words_removed))
        if count
    ]
    unit = "word" if change.words_added + change.words_removed == 1 else "words"
    return f"{named} ({', '.join(counts)} {unit})" if counts else named


def _title(comparison: Comparison) -> str:
    titles = [summary_card(each).title for each in (comparison.old, comparison.new)]
    return " and ".join(titles) if comparison.two_services else titles[1]


def _outcome(comparison: Comparison) -> str:
    """Return how many changes there are of each kind, in one sentence."""
    names = names_of_two(comparison.old.document, comparison.new.document)
    counts = [
        f"{len(group)} {_with_names(_COUNTED[kind][comparison.two_services], names)}"
        for kind, group in _groups(comparison)
        if kind is not Change.CHANGED
    ]
    others = sum(each.change is Change.CHANGED for each in comparison.disclosures)
    if others:
        how = "different" if comparison.two_services else "changed"
        counts.append(f"{others} otherwise {how}")
    if not counts:
        return NO_CHANGE
    what = "Differences" if comparison.two_services else "Changes"
    return f"{what} in what they disclose: {', '.join(counts)}."


# As counted in versions of one policy, and in the policies of two services.
_COUNTED: Mapping[Change, tuple[str, str]] = {
    Change.REVERSED: ("reversed", "opposite"),
    Change.NEW: ("new", "only in {second}"),
    Change.GONE: ("no longer found", "only in {first}"),
    Change.WEAKER: ("weaker", "weaker in {second}"),
    Change.STRONGER: ("stronger", "stronger in {second}"),
}


def _difficulty(comparison: Comparison) -> str:
    if not comparison.two_services:
        return difficulty_change(comparison.old, comparison.new)
    told = []
    names = names_of_two(comparison.old.document, comparison.new.document)
    for name, report in zip(names, (comparison.old, comparison.new), strict=True):
        grade = report.scores.flesch_kincaid_grade
        shown = "" if grade is None else f", grade {grade:.1f}"
        told.append(f"{_begun(name)} reads: {BAND_WORDS[report.scores.band].lower()}{shown}.")
    return " ".join(told)


def _with_names(words: str, names: tuple[str, str]) -> str:
    """Put the names of both policies where ``words`` speak of them."""
    return words.format(first=names[0], second=names[1], Second=_begun(names[1]))


def _begun(name: str) -> str:
    """Return a name as a sentence begins with it."""
    return f"The {name[4:]}" if as_label(name) != name else name


def _named(report: PolicyReport) -> str:
    card = summary_card(report)
    return f"{card.title} ({card.source_line}). {card.date_line} {card.length}."


def _groups(comparison: Comparison) -> Iterator[tuple[Change, list[DisclosureChange]]]:
    for change in Change:
        if group := [each for each in comparison.disclosures if each.change is change]:
            yield change, group


def _change(
    comparison: Comparison, change: DisclosureChange, sides: tuple[str, str]
) -> ChangeWords:
    text = change.text
    names = names_of_two(comparison.old.document, comparison.new.document)
    for label in (*_LABELS, *(f"Only in {name}: " for name in names)):
        text = text.removeprefix(label)
    quotes = tuple(
        QuoteWords(
            _side(side, report, passage),
            quote_of(report.document.text, passage.span, passage.context),
            is_new,
            passage,
        )
        for side, passage, report, is_new in (
            (sides[0], change.old_quote, comparison.old, False),
            (sides[1], change.new_quote, comparison.new, True),
        )
        if passage is not None
    )
    return ChangeWords(change.change, text, quotes, change)


def _side(name: str, report: PolicyReport, passage: Evidence) -> str:
    file = file_at(report.document, passage.span)
    return f"{name} ({file})" if file else name
