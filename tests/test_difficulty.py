"""The words of reading difficulty: bands, plain facts, figures and what was counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.analysis import analyze
from reader.difficulty import (
    difficulty_line,
    difficulty_of_policy,
    difficulty_of_section,
    facts_line,
    how_compared,
    standing_line,
)
from reader.model import Band, Counts, PolicyReport, Scores
from reader.scoring import BAND_WORDS, score

SHORT = "We keep your name. We keep your street. "
LONG = (
    "We keep what you tell us about the lamps that you have bought, the shades that you have "
    "returned, the carriers that you have asked for and the days on which nobody answered the "
    "door, as long as the warranty runs. "
)


def scores(grade: float | None, percentile: float | None = None) -> Scores:
    empty = score(Counts())
    return replace(empty, band=Band.HARD, flesch_kincaid_grade=grade, percentile=percentile)


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    """A heading without text, below it a section of short sentences and one with long ones."""
    text = f"# Lamps\n\n## Names\n\n{SHORT * 20}\n\n## Days\n\n{LONG * 4}{SHORT * 4}\n\n"
    return analyze((text + "## Contact\n\nWrite to us.\n").encode(), "policy.md")


def test_every_band_has_words() -> None:
    assert set(BAND_WORDS) == set(Band)


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        (13.6, "Hard to read (about 14 years of schooling)"),
        (-2.0, "Hard to read (a year of schooling)"),
        (18.2, "Hard to read (18 years of schooling or more)"),
        (4711.0, "Hard to read (18 years of schooling or more)"),
        (None, "Too short to score"),
    ],
)
def test_difficulty_is_told_in_years_of_schooling(grade: float | None, words: str) -> None:
    assert difficulty_line(scores(grade)) == words


@pytest.mark.parametrize(
    ("percentile", "words"),
    [(72.4, "harder than 72%"), (0.2, "easier than nearly all"), (100, "harder than nearly all")],
)
def test_difficulty_is_compared_with_other_policies(percentile: float, words: str) -> None:
    line = difficulty_line(scores(13.6, percentile=percentile), among="policies")
    assert line.endswith(f", {words} of the policies we measured")


def standing(
    harder: float | None, longer: float | None, vaguer: float | None, vague: float = 9.0
) -> str:
    among_others = replace(
        scores(13.6, percentile=harder),
        length_percentile=longer,
        vagueness_percentile=vaguer,
        vague_per_thousand=vague,
    )
    return standing_line(among_others, "sections")


def test_difficulty_length_and_vagueness_are_each_set_beside_those_of_others() -> None:
    assert standing(72.4, 81.0, 40.2) == (
        "Harder than 72%, longer than 81% and vaguer than 40% of the sections we measured"
    )
    assert standing(0.4, 99.6, 12.0) == (
        "Easier than nearly all, longer than nearly all and vaguer than 12% "
        "of the sections we measured"
    )


def test_what_was_not_compared_is_not_told() -> None:
    assert standing(None, 8.0, None) == "Longer than 8% of the sections we measured"
    assert standing(None, None, None) == ""


def test_a_section_without_a_vague_word_is_not_called_less_vague_than_others() -> None:
    assert standing(72.4, 81.0, 0.0, vague=0.0) == (
        "Harder than 72% and longer than 81% of the sections we measured"
    )
    assert standing(0.0, 81.0, 0.0, vague=0.0) == (
        "Easier than nearly all and longer than 81% of the sections we measured"
    )


def test_the_reader_is_told_with_whom_a_text_is_compared() -> None:
    assert "242 English privacy policies" in how_compared("policies")
    assert "August 2026" in how_compared("policies")
    assert "Open Terms Archive contributors" in how_compared("policies")
    assert "fewer than 60 words" in how_compared("sections")


def test_difficulty_of_another_language_is_not_told() -> None:
    line = difficulty_line(scores(13.6), language_supported=False)
    assert line == "Reading difficulty is measured for English only"


def test_the_plain_facts_are_words_a_sentence_and_the_share_of_long_ones() -> None:
    counts = Counts(words=62, sentences=2, syllables=90, long_words=20)
    assert facts_line(score(counts)) == "31 words a sentence, 32% long words"
    assert facts_line(score(Counts(words=1, sentences=1))) == "1 word a sentence, 0% long words"
    assert facts_line(score(Counts())) == ""


def test_a_section_is_told_in_scores_and_counts(report: PolicyReport) -> None:
    told = difficulty_of_section(report, 1)
    assert told.of == "Names"
    assert told.line == "Plain to read (a year of schooling)"
    assert [figure.name for figure in told.scores] == [
        *("Flesch reading ease", "Flesch-Kincaid", "Gunning fog", "SMOG"),
        *("Coleman-Liau", "Automated readability"),
    ]
    counted = {figure.name: figure.value for figure in told.counts}
    assert (counted["Words"], counted["Sentences"], counted["Syllables"]) == ("160", "40", "160")
    assert told.note == ""
    assert told.sentences == ()


def test_shown_scores_are_clamped_and_missing_ones_say_why(report: PolicyReport) -> None:
    shown = {figure.name: figure for figure in difficulty_of_section(report, 2).scores}
    assert shown["SMOG"].value == "–"
    assert shown["SMOG"].meaning == "needs 30 sentences"
    extreme = replace(
        report.scores, flesch_reading_ease=-12.0, flesch_kincaid_grade=33.0, gunning_fog=-3.0
    )
    told = difficulty_of_policy(replace(report, scores=extreme))
    values = {figure.name: figure.value for figure in told.scores}
    assert values["Flesch reading ease"] == "0"
    assert values["Flesch-Kincaid"] == "18+"
    assert values["Gunning fog"] == "0.0"


def test_the_longest_sentences_are_shown_with_their_place(report: PolicyReport) -> None:
    told = difficulty_of_section(report, 2)
    assert [each.why for each in told.sentences] == ["41 words in one sentence"] * 4
    for sentence in told.sentences:
        assert sentence.span.of(report.document.text) == sentence.words == LONG.strip()


def test_a_heading_without_text_is_told_by_all_below_it(report: PolicyReport) -> None:
    told = difficulty_of_section(report, 0)
    assert told.note.startswith("This heading has no text of its own")
    whole = difficulty_of_policy(report)
    assert told.counts == whole.counts
    assert whole.of == "The whole policy"


def test_a_section_too_short_to_score_keeps_its_counts(report: PolicyReport) -> None:
    told = difficulty_of_section(report, 3)
    assert (told.line, told.scores) == ("Too short to score", ())
    assert told.counts[0].value == "3"


def test_of_another_language_nothing_is_told(report: PolicyReport) -> None:
    other = replace(report, document=replace(report.document, language_supported=False))
    told = difficulty_of_section(other, 2)
    assert told.line == "Reading difficulty is measured for English only"
    assert (told.facts, told.scores, told.counts, told.sentences) == ("", (), (), ())
