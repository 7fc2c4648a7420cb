"""Which sentences of a policy to rewrite first: what makes each hard, and what the policy gains.

``heaviest`` chooses them while a policy is read: those without which its Flesch-Kincaid grade would
be lowest, each tried by itself. ``rewriting_of`` words them for whoever shows them. Every figure is
worked out from whole counts, so it is what a new reading of the shortened text would give.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from reader.model import Counts, HeavySentence, Mark, MarkKind, PolicyReport, Span
from reader.scoring import BAND_WORDS, band_of_grade, flesch_kincaid_grade, grade_of
from reader.words import LONGEST_PLAIN_SENTENCE

MOST_SENTENCES = 10

_MORE_SYLLABLES = 0.1  # a word on average, above the policy's own: a tenth of a grade and more
_MANY_CLAUSES = 2
_MANY_COMMAS = 5
_MOST_VAGUE = 4

HOW_CHOSEN = (
    "These sentences raise the policy's Flesch-Kincaid grade the most, each tried by itself. The "
    "grades are recalculated from all the words and sentences that remain."
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence to rewrite: its place, its words, why it is hard, and what it weighs, in words.

    ``gain`` is by how much the policy's grade falls without it.
    """

    span: Span
    words: str
    reasons: tuple[str, ...]
    gain: float
    effect: str


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The sentences to rewrite first, the heaviest first, and what that would do in all.

    ``line`` tells the grade without them, ``split`` the grade if they were only cut in pieces;
    both are '' where there are none.
    """

    line: str
    split: str
    sentences: tuple[Rewrite, ...]


def heaviest(counted: Sequence[tuple[int, int]], whole: Counts) -> tuple[int, ...]:
    """Return the indexes of at most ten sentences, the heaviest first.

    ``counted`` are words and syllables of every sentence that ``whole`` is the sum of. Sentences
    without which the grade would not be lower are left out.
    """
    grade = flesch_kincaid_grade(whole)
    if grade is None:
        return ()
    without = [
        (_grade(whole.words - words, whole.sentences - 1, whole.syllables - syllables), index)
        for index, (words, syllables) in enumerate(counted)
        if words
    ]
    return tuple(index for lower, index in sorted(without)[:MOST_SENTENCES] if lower < grade)


def rewriting_of(report: PolicyReport) -> Rewriting:
    """Return what to rewrite first in a policy; nothing where it is not scored."""
    heavy, whole = report.heavy_sentences, report.scores.counts
    grade = report.scores.flesch_kincaid_grade
    if grade is None or not heavy:
        return Rewriting("", "", ())
    text = report.document.text
    counts = [sentence.counts for sentence in heavy]
    starts = [mark.span.start for mark in report.marks]
    rows = []
    for sentence in heavy:
        gain = grade - _grade_without(whole, [sentence.counts])
        first = bisect_left(starts, sentence.span.start)
        marks = report.marks[first : bisect_left(starts, sentence.span.end)]
        rows.append(
            Rewrite(
                sentence.span,
                sentence.span.of(text),
                _reasons(sentence, text, whole, marks),
                gain,
                f"grade {_places(gain)} lower without it",
            )
        )
    all_of = "this sentence" if len(heavy) == 1 else f"these {len(heavy)} sentences"
    line = f"Without {all_of} the grade would be {_change(grade, _grade_without(whole, counts))}."
    more = sum(ceil(each.words / LONGEST_PLAIN_SENTENCE) - 1 for each in counts)
    split = ""
    if more:
        cut = _grade(whole.words, whole.sentences + more, whole.syllables)
        split = (
            "Keeping every word, but cutting them into sentences of "
            f"{LONGEST_PLAIN_SENTENCE} words or fewer, it would be {_change(grade, cut)}."
        )
    return Rewriting(line, split, tuple(rows))


def _grade(words: int, sentences: int, syllables: int) -> float:
    """Return the grade of what is left of a text; the lowest there is where nothing is."""
    grade = grade_of(words, sentences, syllables)
    return float("-inf") if grade is None else grade


def _grade_without(whole: Counts, parts: Iterable[Counts]) -> float:
    gone = sum(parts, Counts())
    return _grade(
        whole.words - gone.words,
        whole.sentences - gone.sentences,
        whole.syllables - gone.syllables,
    )


def _change(before: float, after: float) -> str:
    told = f"{after:.1f} instead of {before:.1f}"
    bands = band_of_grade(before), band_of_grade(after)
    if bands[0] is not bands[1]:
        told += f" ({BAND_WORDS[bands[1]].lower()}, not {BAND_WORDS[bands[0]].lower()})"
    return told


def _places(gain: float) -> str:
    return f"{gain:.2f}" if gain >= 0.005 else "under 0.01"


# --- reasons --------------------------------------------------------------------------------------

_CLAUSE = re.compile(
    r"\b(?:which|whose|whom|who|if|unless|where|when|while|because|although|though|whereas|until"
    r"|whether|provided that|except that|so that|to the extent)\b",
    re.IGNORECASE,
)


def _reasons(
    sentence: HeavySentence, text: str, whole: Counts, marks: Sequence[Mark]
) -> tuple[str, ...]:
    """Return what makes a sentence hard, its length first; ``marks`` are those inside it."""
    words, counts = sentence.span.of(text), sentence.counts
    reasons = [f"{counts.words} words"]
    own, usual = counts.syllables / counts.words, whole.syllables / whole.words
    if own >= usual + _MORE_SYLLABLES:
        reasons.append(f"long words: {own:.1f} syllables each, {usual:.1f} in the whole policy")
    clauses = [match[0].lower() for match in _CLAUSE.finditer(words, 1)]
    if len(clauses) >= _MANY_CLAUSES:
        reasons.append(f"{len(clauses)} clauses inside it ({', '.join(dict.fromkeys(clauses))})")
    commas, brackets = words.count(","), words.count("(")
    if commas >= _MANY_COMMAS:
        reasons.append(f"{commas} commas")
    if brackets:
        reasons.append(f"{brackets} remark{'' if brackets == 1 else 's'} in brackets")
    passives = sum(mark.kind is MarkKind.PASSIVE for mark in marks)
    if passives:
        reasons.append(
            "a passive that names nobody" if passives == 1 else f"{passives} passives naming nobody"
        )
    vague = [f"“{mark.span.of(text).lower()}”" for mark in marks if mark.kind is MarkKind.VAGUE]
    if vague:
        reasons.append(f"vague: {', '.join(list(dict.fromkeys(vague))[:_MOST_VAGUE])}")
    return tuple(reasons)
