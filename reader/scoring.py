"""How hard a text reads: from counts to six scores and a band.

`Counts` are additive, so what is scored may be a sentence, a section, or a section with all that
stands below it. The words themselves are counted in ``readability``; no formula ever reads text,
and nothing here needs a library, so that the window can score too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from reader.model import Band, Counts, Scores, Section

# Below either of these a text is too short to score.
FEWEST_WORDS = 30
FEWEST_SENTENCES = 3
# Below either of these a score is rough: at five sentences the standard deviation of
# Flesch-Kincaid is 3.4 grades, at ten 2.5.
STEADY_WORDS = 100
STEADY_SENTENCES = 10
# The sample that SMOG was scaled on.
SMOG_SENTENCES = 30

# The highest Flesch-Kincaid grade of each band; above the last a text is very hard.
BAND_LIMITS = (
    (8.0, Band.PLAIN),
    (11.0, Band.FAIRLY_PLAIN),
    (13.0, Band.FAIRLY_HARD),
    (15.0, Band.HARD),
)

BAND_WORDS: Mapping[Band, str] = {
    Band.PLAIN: "Plain",
    Band.FAIRLY_PLAIN: "Fairly plain",
    Band.FAIRLY_HARD: "Fairly hard",
    Band.HARD: "Hard",
    Band.VERY_HARD: "Very hard",
    Band.TOO_SHORT: "Too short to score",
}
"""What each band is called."""


def score(counts: Counts) -> Scores:
    """Return the scores of a text with these counts.

    A text under 30 words or 3 sentences is too short: its formulas are None, its plain facts stay.
    Under 100 words or 10 sentences the scores are rough.
    """
    too_short = counts.words < FEWEST_WORDS or counts.sentences < FEWEST_SENTENCES
    scored = Counts() if too_short else counts
    grade = flesch_kincaid_grade(scored)
    return Scores(
        counts=counts,
        band=Band.TOO_SHORT if grade is None else band_of_grade(grade),
        rough=not too_short
        and (counts.words < STEADY_WORDS or counts.sentences < STEADY_SENTENCES),
        words_per_sentence=_ratio(counts.words, counts.sentences),
        long_word_share=_ratio(counts.long_words, counts.words),
        flesch_reading_ease=flesch_reading_ease(scored),
        flesch_kincaid_grade=grade,
        smog_index=smog_index(scored),
        gunning_fog=gunning_fog(scored),
        coleman_liau_index=coleman_liau_index(scored),
        automated_readability_index=automated_readability_index(scored),
    )


def scores_of_contents(
    sections: Sequence[Section], section_scores: Sequence[Scores]
) -> tuple[Scores, ...]:
    """Return for each section the scores that a contents list shows.

    They are those of its own text; for a heading without any, those of all that stands below it.
    """
    below = [scores.counts for scores in section_scores]
    for section in reversed(sections):  # a parent stands before its children
        if section.parent is not None:
            below[section.parent] += below[section.index]
    return tuple(
        own if own.counts.words else score(counts)
        for own, counts in zip(section_scores, below, strict=True)
    )


def band_of_grade(grade: float) -> Band:
    """Return the band of a Flesch-Kincaid grade."""
    return next((band for limit, band in BAND_LIMITS if grade <= limit), Band.VERY_HARD)


def flesch_reading_ease(counts: Counts) -> float | None:
    """Return Flesch's reading ease: 0 to 100 for most prose, higher is easier; not clamped.

    Flesch (1948), Journal of Applied Psychology 32:221. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        206.835
        - 1.015 * (counts.words / counts.sentences)
        - 84.6 * (counts.syllables / counts.words)
    )


def flesch_kincaid_grade(counts: Counts) -> float | None:
    """Return the Flesch-Kincaid grade: US school years, about 5 to 18 for policies; not clamped.

    Kincaid et al. (1975), US Navy Research Branch Report 8-75. None without words or sentences.
    """
    return grade_of(counts.words, counts.sentences, counts.syllables)


def grade_of(words: int, sentences: int, syllables: int) -> float | None:
    """Return the Flesch-Kincaid grade of a text that has so many; None without words, sentences."""
    if not words or not sentences:
        return None
    return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59


def smog_index(counts: Counts) -> float | None:
    """Return the SMOG grade: US school years, about 3 to 18.

    McLaughlin (1969), Journal of Reading 12:639. None below the 30 sentences that it was
    scaled on.
    """
    if counts.sentences < SMOG_SENTENCES:
        return None
    return 1.043 * sqrt(30 * (counts.polysyllables / counts.sentences)) + 3.1291


def gunning_fog(counts: Counts) -> float | None:
    """Return Gunning's fog index: US school years, about 6 to 20.

    Gunning (1952), The Technique of Clear Writing. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return 0.4 * (counts.words / counts.sentences + 100 * counts.difficult_words / counts.words)


def coleman_liau_index(counts: Counts) -> float | None:
    """Return the Coleman-Liau index: US school years, from letters in place of syllables.

    Coleman and Liau (1975), Journal of Applied Psychology 60:283, with the rounded weights that
    are in use. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        0.058 * (100 * counts.letters / counts.words)
        - 0.296 * (100 * counts.sentences / counts.words)
        - 15.8
    )


def automated_readability_index(counts: Counts) -> float | None:
    """Return the Automated Readability Index: US school years, from letters and digits.

    Smith and Senter (1967), AMRL-TR-66-220. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        4.71 * (counts.characters / counts.words) + 0.5 * (counts.words / counts.sentences) - 21.43
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
