"""The words of reading difficulty: how hard a text reads, by which figures, and what was counted.

Scores come in and ready words go out, the same for window, page and terminal. Shown scores are
clamped here (grades to 0-18, Flesch's reading ease to 0-100), the report's numbers are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.model import Band, Counts, LegalBar, Mark, MarkKind, PolicyReport, Scores, Span
from reader.reference import FEWEST_WORDS, Of, described
from reader.scoring import BAND_WORDS, SMOG_SENTENCES, score, scores_of_contents

MAX_SHOWN_GRADE = 18
"""School years above which a longer schooling makes no difference that anyone could name."""

_MAX_SENTENCES = 5
_HARD_KINDS = frozenset({MarkKind.LONG_SENTENCE, MarkKind.HARD_SENTENCE})

WHAT_BARS_ARE = (
    "These are yardsticks, not legal judgements. Only the EU's guidance is about privacy notices; "
    "the "
    "others were made for insurance policies, contracts and government pages and do not apply to "
    "this text."
)
HOW_COUNTED = (
    "Each sentence and each list item counts separately. Headings, addresses and tables of "
    "contents are left out. A web or e-mail address counts as one word without syllables, a number "
    "as one word of one syllable.",
    "The six formulas look at nothing but the length of words and sentences, and agree only "
    "roughly with people's judgement: a grade is a hint, not a fact. The bars in the contents show "
    "the Flesch-Kincaid grade.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a table: what was measured, its value as shown, and what that means or ''."""

    name: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class HardSentence:
    """A sentence that makes a text hard: its place, its words, and why, as "43 words"."""

    span: Span
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """All that is told of how hard a text reads.

    ``of`` names the text. ``line`` is the band in words, which says so where it is ``rough``;
    ``facts`` are the plain facts, '' where there is nothing to count. ``standing`` says where
    the text stands among others, ``compared`` which those are, or ''. ``note`` says what else to
    know of these figures, or ''. ``bars`` are of a whole policy alone.
    """

    of: str
    band: Band
    rough: bool
    line: str
    facts: str
    standing: str
    compared: str
    note: str
    scores: tuple[Figure, ...]
    counts: tuple[Figure, ...]
    sentences: tuple[HardSentence, ...]
    bars: tuple[LegalBar, ...] = ()


def difficulty_line(
    scores: Scores, language_supported: bool = True, among: str = "", *, band_is_told: bool = False
) -> str:
    """Return how hard a text reads, as "Hard to read (about 14 years of schooling)".

    ``among`` names those that the text is compared with ("policies"); '' for no comparison. Where
    ``band_is_told`` already, right before, the line goes on without it: "About 14 years of ...".
    """
    if not language_supported:
        return "Reading difficulty is measured for English only"
    if scores.band is Band.TOO_SHORT or scores.flesch_kincaid_grade is None:
        return BAND_WORDS[Band.TOO_SHORT]
    schooling = _schooling(scores.flesch_kincaid_grade)
    line = f"{BAND_WORDS[scores.band]} to read ({schooling})"
    if band_is_told:
        line = f"{schooling[0].upper()}{schooling[1:]}"
    if among and scores.percentile is not None:
        line += f", {_more_than(scores.percentile, 'harder', 'easier')} of the {among} we measured"
    if scores.rough:
        line += "; a rough measure, as the text is short"
    return line


def shown_scores(report: PolicyReport) -> tuple[Scores, ...]:
    """Return the scores to draw for each section's own text: blank outside English.

    There the report has figures of the formulas, and they mean nothing.
    """
    if report.document.language_supported:
        return report.section_scores
    return (score(Counts()),) * len(report.section_scores)


def bars_line(bars: Sequence[LegalBar]) -> str:
    """Return how many of the bars are met, as "Meets 2 of 7 rules on plain language"."""
    met = sum(bar.passed for bar in bars)
    return f"Meets {met or 'none'} of {len(bars)} rules on plain language"


def bar_lines(bar: LegalBar) -> tuple[str, str, str]:
    """Return how a policy does by one bar: in a few words, by how much, and how it is counted."""
    head = f"{'Met' if bar.passed else 'Missed'}: {bar.name}"
    details = f"{bar.law}. {bar.how} {bar.unchecked} {bar.source}"
    return head, f"{bar.asks}: {bar.result}.", details


def facts_line(scores: Scores) -> str:
    """Return the two plain facts, as "31 words a sentence, 36% long words"; '' for no words."""
    if scores.words_per_sentence is None or scores.long_word_share is None:
        return ""
    words = round(scores.words_per_sentence)
    return (
        f"{words} word{'' if words == 1 else 's'} a sentence, "
        f"{scores.long_word_share:.0%} long words"
    )


def _all_facts(scores: Scores) -> str:
    facts = facts_line(scores)
    if facts and scores.vague_per_thousand is not None:
        vague = f"{scores.vague_per_thousand:.0f}" if scores.vague_per_thousand else "no"
        facts += f", {vague} vague words{' in 1,000' if scores.vague_per_thousand else ''}"
    return facts


def standing_line(scores: Scores, of: Of) -> str:
    """Return where a text stands among others in length, difficulty and vagueness.

    As "Harder than 72%, longer than 81% and vaguer than 40% of the policies we measured"; '' where
    it is compared with none.
    """
    # Many sections have no vague word at all: none of them is less vague than the others.
    vagueness = scores.vagueness_percentile if scores.vague_per_thousand else None
    parts = [
        _more_than(share, more, less)
        for share, more, less in (
            (scores.percentile, "harder", "easier"),
            (scores.length_percentile, "longer", "shorter"),
            (vagueness, "vaguer", "less vague"),
        )
        if share is not None
    ]
    if not parts:
        return ""
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed[0].upper()}{listed[1:]} of the {of} we measured"


def how_compared(of: Of) -> str:
    """Return with which texts policies or sections are compared."""
    fewest = (
        f" Sections of fewer than {FEWEST_WORDS} words are compared by length only."
        if of == "sections"
        else ""
    )
    return f"{described(of)} Vague words leave open what is actually done.{fewest}"


def difficulty_of_policy(report: PolicyReport) -> Difficulty:
    """Return what is told of the whole of a policy."""
    told = _difficulty("The whole policy", "policies", report.scores, "", report.marks, report)
    return replace(told, bars=report.legal_bars)


def difficulty_of_section(report: PolicyReport, section: int) -> Difficulty:
    """Return what is told of a section, or of all below one that has no text of its own."""
    chosen = report.document.sections[section]
    scores = scores_of_contents(report.document.sections, report.section_scores)[section]
    note = ""
    if not report.section_scores[section].counts.words and scores.counts.words:
        note = "This heading has no text of its own; the figures cover everything below it."
    marks = tuple(mark for mark in report.marks if chosen.span.contains(mark.span))
    heading = chosen.heading or "The text before the first heading"
    return _difficulty(heading, "sections", scores, note, marks, report)


def _difficulty(
    name: str,
    of: Of,
    scores: Scores,
    note: str,
    marks: tuple[Mark, ...],
    report: PolicyReport,
) -> Difficulty:
    supported = report.document.language_supported
    counted = supported and scores.counts.words > 0
    standing = standing_line(scores, of)
    return Difficulty(
        of=name,
        band=scores.band,
        rough=scores.rough,
        line=difficulty_line(scores, supported),
        facts=_all_facts(scores) if supported else "",
        standing=standing,
        compared=how_compared(of) if standing else "",
        note=note,
        scores=_score_figures(scores) if counted and scores.band is not Band.TOO_SHORT else (),
        counts=_count_figures(scores) if counted else (),
        sentences=_hardest(marks, report.document.text) if supported else (),
    )


def _score_figures(scores: Scores) -> tuple[Figure, ...]:
    ease = scores.flesch_reading_ease
    return (
        Figure(
            "Flesch reading ease",
            "–" if ease is None else f"{min(max(ease, 0.0), 100.0):.0f}",
            "out of 100; higher is easier",
        ),
        _grade("Flesch-Kincaid", scores.flesch_kincaid_grade, "syllables and sentences"),
        _grade("Gunning fog", scores.gunning_fog, "difficult words and sentences"),
        _grade("SMOG", scores.smog_index, "words of three syllables")
        if scores.smog_index is not None
        else Figure("SMOG", "–", f"needs {SMOG_SENTENCES} sentences"),
        _grade("Coleman-Liau", scores.coleman_liau_index, "letters and sentences"),
        _grade(
            "Automated readability",
            scores.automated_readability_index,
            "letters, digits and sentences",
        ),
    )


def _grade(name: str, grade: float | None, weighs: str) -> Figure:
    if grade is None:
        return Figure(name, "–", f"school years, by {weighs}")
    shown = min(max(grade, 0.0), float(MAX_SHOWN_GRADE))
    value = f"{shown:.1f}" if grade <= MAX_SHOWN_GRADE else f"{MAX_SHOWN_GRADE}+"
    return Figure(name, value, f"school years, by {weighs}")


def _count_figures(scores: Scores) -> tuple[Figure, ...]:
    counts = scores.counts
    rows = (
        ("Words", counts.words, ""),
        ("Sentences", counts.sentences, "including list items"),
        ("Syllables", counts.syllables, ""),
        ("Words of three syllables or more", counts.polysyllables, "for SMOG"),
        ("Difficult words", counts.difficult_words, "words not on any list of easy words"),
        ("Long words", counts.long_words, "seven letters or more"),
        ("Letters", counts.letters, ""),
        ("Letters and digits", counts.characters, ""),
    )
    return tuple(Figure(name, f"{count:,}", meaning) for name, count, meaning in rows)


def _hardest(marks: tuple[Mark, ...], text: str) -> tuple[HardSentence, ...]:
    """Return the longest of the sentences marked as hard, in the order of the text."""
    hard = [mark for mark in marks if mark.kind in _HARD_KINDS]
    longest = sorted(hard, key=lambda mark: mark.span.start - mark.span.end)[:_MAX_SENTENCES]
    return tuple(
        HardSentence(mark.span, mark.span.of(text), mark.note)
        for mark in sorted(longest, key=lambda mark: mark.span)
    )


def _more_than(share: float, more: str, less: str) -> str:
    """Return where a text stands in words; nobody can be harder than 100% of a set."""
    if share < 1:
        return f"{less} than nearly all"
    if share > 99:
        return f"{more} than nearly all"
    return f"{more} than {share:.0f}%"


def _schooling(grade: float) -> str:
    years = round(grade)
    if years >= MAX_SHOWN_GRADE:
        return f"{MAX_SHOWN_GRADE} years of schooling or more"
    if years <= 1:
        return "a year of schooling"
    return f"about {years} years of schooling"
