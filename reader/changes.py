"""What became of a policy when its file was changed: for who writes one, and reads it again.

``changes_line`` says in one line what changed in scores and findings; ``same_place`` finds where
the reader was in the new text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.annotations import Annotation
from reader.model import Disclosure, PolicyReport, Span
from reader.scoring import BAND_WORDS
from reader.summary import clean_line

_MOST_NAMED = 3
_ANCHORS = (80, 40, 20)  # characters that are looked for, from the reader's line on
_ENOUGH = 40  # characters that are found again by themselves, without their neighbours
_FAR = 4_000  # characters before a changed line, among which unchanged words are looked for


def changes_line(before: PolicyReport, after: PolicyReport) -> str:
    """Return what changed in difficulty and findings: "As hard to read as before. New: ..."."""
    old = {each.key: each for each in before.disclosures}
    new = {each.key: each for each in after.disclosures}
    added = [each for key, each in new.items() if key not in old]
    gone = [each for key, each in old.items() if key not in new]
    parts = [difficulty_change(before, after), _named("New", added), _named("Gone", gone)]
    if not added and not gone:
        parts.append("The same findings as before.")
    return " ".join(part for part in parts if part)


def difficulty_change(before: PolicyReport, after: PolicyReport) -> str:
    """Return what changed in how hard a policy reads, in one sentence."""
    old, new = before.scores.flesch_kincaid_grade, after.scores.flesch_kincaid_grade
    if old is None or new is None or round(old, 1) == round(new, 1):
        return "As hard to read as before."
    words = "harder" if new > old else "easier"
    line = f"Reads {words}: grade {new:.1f}, was {old:.1f}"
    if before.scores.band is not after.scores.band:
        line += f" ({BAND_WORDS[after.scores.band].lower()})"
    return f"{line}."


def _named(word: str, disclosures: Sequence[Disclosure]) -> str:
    if not disclosures:
        return ""
    graver_first = sorted(disclosures, key=lambda each: -each.valence.severity)
    names = [clean_line(each.headline) for each in graver_first[:_MOST_NAMED]]
    more = len(disclosures) - len(names)
    return f"{word}: {'; '.join(names)}{f'; and {more} more' if more else ''}."


def still_dismissed(
    before: PolicyReport, after: PolicyReport, dismissed: frozenset[str]
) -> frozenset[str]:
    """Return which ``dismissed`` findings of ``before`` rest on the same first words in ``after``.

    What a reader held to be wrong may be right of other words.
    """
    old = {each.key: _first_words(each, before) for each in before.disclosures}
    return frozenset(
        each.key
        for each in after.disclosures
        if each.key in dismissed and _first_words(each, after) == old.get(each.key)
    )


def _first_words(disclosure: Disclosure, report: PolicyReport) -> str:
    return disclosure.evidence[0].span.of(report.document.text)


def still_annotated(
    before: str, after: str, annotations: Iterable[Annotation]
) -> tuple[Annotation, ...]:
    """Return the reader's marks on ``before`` as they stand in ``after``.

    Few words are looked for with their neighbours, since "may" stands in many places. A note whose
    words are gone is kept without a place; a highlight alone goes with its words.
    """
    moved = (replace(each, span=_moved(before, each.span, after)) for each in annotations)
    return tuple(each for each in moved if each.span is not None or each.note)


def lost_notes_line(before: Sequence[Annotation], after: Sequence[Annotation]) -> str:
    """Return how many marks of the reader's lost their words in a reload, '' where none did.

    ``after`` is what ``still_annotated`` gave for ``before``.
    """
    placed = {each.id for each in after if each.span}
    lost = [each for each in before if each.span and each.id not in placed]
    if not lost:
        return ""
    notes = sum(bool(each.note) for each in lost)
    counted = "1 of your marks was" if len(lost) == 1 else f"{len(lost)} of your marks were"
    kept = " What you wrote is kept among your notes." if notes else ""
    return f"{counted} on words that are gone.{kept}"


def _moved(before: str, span: Span | None, after: str) -> Span | None:
    """Return where the words of ``span`` stand in ``after``, None where they do not."""
    if span is None:
        return None
    spare = max(_ENOUGH - (span.end - span.start), 0)
    earlier, later = max(span.start - spare, 0), min(span.end + spare, len(before))
    for start, end in dict.fromkeys(((earlier, later), (earlier, span.end), (span.start, later))):
        found = _nearest(before, before[start:end], start, after)
        if found is not None:
            first = found + span.start - start
            return Span(first, first + span.end - span.start)
    return None


def same_place(before: str, place: int, after: str) -> int:
    """Return the code point of ``after`` at which the words stand that ``place`` has in ``before``.

    Of several it is the nearest, by their distance from the beginning or the end. Where the words
    themselves were changed, it is where the words before them end, and else the same share of the
    text.
    """
    if place <= 0 or not after:
        return 0
    for length in _ANCHORS:
        found = _nearest_anchor(before, before[place : place + length], place, after)
        if found is not None:
            return found
    for back in range(0, min(place, _FAR), _ANCHORS[0]):
        end = place - back
        start = max(end - _ANCHORS[0], 0)
        found = _nearest_anchor(before, before[start:end], start, after)
        if found is not None:
            return min(found + end - start, len(after) - 1)
    return min(round(place / len(before) * len(after)), len(after) - 1)


def _nearest_anchor(before: str, words: str, place: int, after: str) -> int | None:
    """Return the same as ``_nearest``, and None for words too few to tell a place by."""
    if len(words.strip()) < _ANCHORS[-1] // 2:
        return None
    return _nearest(before, words, place, after)


def _nearest(before: str, words: str, place: int, after: str) -> int | None:
    """Return where ``words``, at ``place`` in ``before``, stand in ``after``; None if nowhere."""
    moved = len(after) - len(before)
    return min(
        _all_places(after, words),
        key=lambda at: min(abs(at - place), abs(at - place - moved)),
        default=None,
    )


def _all_places(text: str, words: str) -> list[int]:
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places
