"""Counts of a sentence, and what the formulas make of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from statistics import fmean

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st
from textstat.backend.counts import count_difficult_words

from reader import readability, scoring
from reader.loading import load
from reader.model import Band, Counts, Section, Span
from reader.readability import count, count_each, count_together
from reader.scoring import band_of_grade, score, scores_of_contents
from reader.sentences import split_sentences
from reader.syllables import install_for_textstat
from reader.words import count_words
from tests.benchmarks.graded_texts import agreement, grades_of_textstat, our_grades, spearman

# --- counts ---------------------------------------------------------------------------------------


def test_a_sentence_is_counted_in_words_syllables_and_letters():
    assert count("We collect personal information.") == Counts(
        words=4,
        sentences=1,
        syllables=1 + 2 + 3 + 4,
        polysyllables=2,
        difficult_words=2,
        letters=28,
        characters=28,
        long_words=3,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We don’t share your e-mail address.", 6),
        ("Opt-out links – and such – help.", 5),
        ("Data—such as names—is kept.", 6),
        ("Names, addresses ... and more", 4),
        ("Write to AT&T in the U.S.A. for $2.50 or 1,000 points", 11),
        ("Your browser/device and his and/or her cookie(s)", 9),
        ("We are shop.example d/b/a Lamp & Co", 6),
        ("We ask online.We never call.", 6),
    ],
)
def test_a_word_is_what_a_reader_calls_one(text: str, words: int):
    assert count(text).words == words


@pytest.mark.parametrize(
    "address",
    [
        "https://www.lamp.example/legal/privacy?x=1",
        "(www.lamp.example)",
        "lamp.example/opt-out.",
        "privacy@lamp.example,",
        "mailto:privacy@lamp.example",
        "Lamp.com’s",
        "“http://lamp.example”",
    ],
)
def test_an_address_is_one_word_that_nobody_reads_aloud(address: str):
    assert count(address) == Counts(words=1, sentences=1)


def test_blanks_and_marks_that_nobody_sees_change_no_count():
    plain = "We offer third-party information. It’s yours."
    damaged = "We o\ufb00er third-party in\u00adfor\u00adma\u200btion.\u00a0It’s\u2003yours.\ufeff"
    assert count(load(damaged.encode(), "policy.txt").text) == count(plain)
    assert count(plain.replace(" ", "\u00a0")) == count(plain)
    assert count(plain.replace("’", "'")) == count(plain)


@pytest.mark.parametrize("text", ["", "   ", "•", "— … —", "* * *"])
def test_a_text_without_words_is_no_sentence(text: str):
    assert count(text) == Counts()


def test_a_number_is_a_word_of_one_syllable_and_no_letters():
    assert count("2018") == Counts(words=1, sentences=1, syllables=1, characters=4)


def test_a_polysyllable_on_the_list_of_easy_words_is_not_difficult():
    easy, hard = count("anybody"), count("notwithstanding")
    assert (easy.polysyllables, easy.difficult_words) == (1, 0)
    assert (hard.polysyllables, hard.difficult_words) == (1, 1)


def test_a_giant_run_of_letters_is_one_word_that_nobody_reads():
    assert count("a" * 700_000) == Counts(words=1, sentences=1)


def test_a_giant_run_of_marks_is_no_word():
    assert count("—" * 700_000) == Counts()


def test_a_plural_in_brackets_adds_nothing_to_its_word():
    assert count("cookie(s)") == count("cookie")


def test_sentences_are_counted_together_and_each_by_itself():
    sentences = ["We sell lamps.", "•", "Nobody collects personal information."]
    apart = list(map(count, sentences))

    together, each = count_each(map(str.split, sentences))

    assert together == count_together(sentences) == sum(apart, Counts())
    assert together.sentences == 2
    assert each == [(counts.words, counts.syllables) for counts in apart]


def test_what_is_remembered_of_words_has_a_limit():
    count(" ".join(f"lamp{number}" for number in range(40_000)))
    assert 0 < len(readability._packed) <= 2**15


WORDS = st.sampled_from(
    "we collect personal information third-party don’t x@y.example 2018 GDPR & — (and/or)"
    " cookie(s), “Services.”".split()
)


@settings(deadline=None)  # the first example reads the table
@given(st.lists(WORDS, max_size=20), st.lists(WORDS, max_size=20))
def test_counts_of_two_texts_add_up_to_those_of_both(first: list[str], second: list[str]):
    apart = count(" ".join(first)) + count(" ".join(second))
    together = count(" ".join([*first, *second]))
    assert replace(apart, sentences=together.sentences) == together


@settings(deadline=None)  # the first example reads the table
@given(st.text(max_size=200))
def test_the_parts_of_any_count_fit_together(text: str):
    counts = count(text)
    assert min(astuple(counts)) >= 0
    assert counts.difficult_words <= counts.polysyllables <= counts.words
    assert counts.long_words <= counts.words
    assert counts.letters <= counts.characters
    assert counts.sentences == (counts.words > 0)


def test_running_words_are_those_of_a_word_counter_without_its_dashes():
    text = "1. We – the shop – mail you@lamp.example and/or call.\n\n• Yes"

    assert count_words(text.split()) == 9
    assert count_words([]) == 0


# --- formulas -------------------------------------------------------------------------------------

PLAIN = "We sell lamps. We ask for your name. We keep it for a year. Then we delete it. " * 9
HARD = (
    "Notwithstanding anything to the contrary, our affiliated organizations may disclose"
    " identifiable information to regulatory authorities. Retention periods depend on the"
    " applicable jurisdiction, contractual obligations and operational requirements. "
) * 17


def counts_of_textstat(text: str) -> Counts:
    """The counts that textstat's own formulas use for a text."""
    install_for_textstat()
    return Counts(
        words=textstat.lexicon_count(text),
        sentences=textstat.sentence_count(text),
        syllables=textstat.syllable_count(text),
        polysyllables=textstat.polysyllabcount(text),
        difficult_words=count_difficult_words(text, "en_US", 3),
        letters=textstat.letter_count(text),
        characters=textstat.char_count(text),
    )


@pytest.mark.parametrize("text", [PLAIN, HARD, PLAIN + HARD], ids=["plain", "hard", "both"])
@pytest.mark.parametrize(
    "formula",
    [
        "flesch_reading_ease",
        "flesch_kincaid_grade",
        "smog_index",
        "gunning_fog",
        "coleman_liau_index",
        "automated_readability_index",
    ],
)
def test_a_formula_equals_textstats_on_equal_counts(formula: str, text: str):
    counts = counts_of_textstat(text)
    ours = getattr(scoring, formula)(counts)
    assert ours == pytest.approx(getattr(textstat, formula)(text), rel=0, abs=1e-9)
    assert getattr(score(counts), formula) == ours


# --- what textstat expects of itself --------------------------------------------------------------

FORMULAS = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "smog_index",
    "gunning_fog",
    "coleman_liau_index",
    "automated_readability_index",
)


def rows_of_oracle(shared: Path) -> Iterator[tuple[str, str, str, float]]:
    """Yield textstat's expected values: formula, name of the text, the text, value."""
    file = shared / "data" / "readability" / "textstat_oracle.json"
    oracle = json.loads(file.read_text(encoding="utf-8"))
    for row in oracle["rows"]:
        if row["fn"] in (*FORMULAS, "syllables_per_word"):
            yield row["fn"], row["text"], oracle["texts"][row["text"]], row["expected"]


def value_of(name: str, counts: Counts) -> float | None:
    if name == "syllables_per_word":
        return counts.syllables / counts.words if counts.words else None
    value = getattr(scoring, name)(counts)
    assert value is None or isinstance(value, float)
    return value


def is_reproduced(value: float | None, expected: float) -> bool:
    """Return whether a value is the expected one, which is written with three decimals."""
    return value is not None and abs(value - expected) <= 0.0006


def test_our_formulas_reproduce_textstats_expectations_from_its_counts(shared: Path):
    rows = list(rows_of_oracle(shared))
    # A text thirty times over has the same values, and is long enough for SMOG.
    differing = {
        (name, text_name)
        for name, text_name, text, expected in rows
        if not is_reproduced(
            value_of(name, sum([counts_of_textstat(text)] * 30, Counts())), expected
        )
    }
    # textstat gives 0 for an empty text, where nothing can be scored. In its ARI it counts marks
    # that stand alone, "..." or "&", as words of characters and not as words of a sentence.
    assert differing == {
        *((name, "EMPTY_STR") for name in (*FORMULAS, "syllables_per_word")),
        ("automated_readability_index", "LONG_TEXT"),
    }
    assert len(rows) == 35


NOTHING_TO_SCORE = "an empty text has no score; textstat gives 0"
UNDER_THIRTY = "SMOG is scaled on thirty sentences and says nothing below; textstat's from three on"
MARKS_AS_LETTERS = "textstat counts commas and quotation marks as characters, and digits as letters"
OTHER_WORDS = "a name with an underscore is two words here, and one word may be a sentence"
OTHER_SENTENCES = "textstat ends a sentence at dots within one and inside abbreviations"

DIFFERING = {
    **{(name, "EMPTY_STR"): NOTHING_TO_SCORE for name in (*FORMULAS, "syllables_per_word")},
    ("smog_index", "SHORT_TEXT"): UNDER_THIRTY,
    ("smog_index", "EASY_TEXT"): UNDER_THIRTY,
    ("smog_index", "PUNCT_TEXT"): UNDER_THIRTY,
    ("smog_index", "LONG_TEXT"): UNDER_THIRTY,
    ("automated_readability_index", "SHORT_TEXT"): MARKS_AS_LETTERS,
    ("automated_readability_index", "EASY_TEXT"): MARKS_AS_LETTERS,
    ("automated_readability_index", "PUNCT_TEXT"): MARKS_AS_LETTERS,
    ("automated_readability_index", "LONG_TEXT"): MARKS_AS_LETTERS,
    ("coleman_liau_index", "EASY_TEXT"): MARKS_AS_LETTERS,
    ("coleman_liau_index", "PUNCT_TEXT"): OTHER_WORDS,
    ("flesch_reading_ease", "PUNCT_TEXT"): OTHER_WORDS,
    ("flesch_kincaid_grade", "PUNCT_TEXT"): OTHER_WORDS,
    ("gunning_fog", "PUNCT_TEXT"): OTHER_WORDS,
    ("syllables_per_word", "PUNCT_TEXT"): OTHER_WORDS,
    ("coleman_liau_index", "LONG_TEXT"): OTHER_SENTENCES,
    ("flesch_reading_ease", "LONG_TEXT"): OTHER_SENTENCES,
    ("flesch_kincaid_grade", "LONG_TEXT"): OTHER_SENTENCES,
    ("gunning_fog", "LONG_TEXT"): OTHER_SENTENCES,
}


def test_our_scores_are_those_textstat_expects_but_for_reasons_of_ours(shared: Path):
    differing = set()
    for name, text_name, text, expected in rows_of_oracle(shared):
        counts = sum((count(text[start:end]) for start, end in split_sentences(text)), Counts())
        if not is_reproduced(value_of(name, counts), expected):
            differing.add((name, text_name))
    assert differing == set(DIFFERING)


# --- what people think ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "hardness_of"),
    [
        ("clear_600.json", lambda item: -item["easiness"]),
        ("onestop_60triplets.json", lambda item: item["level"]),
    ],
    ids=["CLEAR", "OneStop"],
)
def test_our_scores_order_texts_as_people_do_and_as_well_as_textstats(
    shared: Path, file: str, hardness_of: Callable[[dict[str, float]], float]
):
    items = json.loads((shared / "data" / "readability" / file).read_text("utf-8"))["items"]
    texts, hardness = [item["text"] for item in items], [hardness_of(item) for item in items]
    ours = agreement(our_grades(texts), hardness)
    theirs = agreement(grades_of_textstat(texts), hardness)
    assert all(ours[formula] >= theirs[formula] - 0.01 for formula in theirs)
    assert min(ours.values()) > 0.4


def test_the_mean_grade_rises_over_three_levels_of_the_same_articles(shared: Path):
    file = shared / "data" / "readability" / "onestop_60triplets.json"
    items = json.loads(file.read_text("utf-8"))["items"]
    grades = our_grades([item["text"] for item in items])
    for scores, sign in (
        (grades.flesch_kincaid, 1),
        (grades.bare_smog, 1),
        (grades.flesch, -1),
    ):
        means = [
            sign * fmean(s for s, item in zip(scores, items, strict=True) if item["level"] == level)
            for level in range(3)
        ]
        assert means[0] < means[1] < means[2]


def test_rank_correlation_gives_ties_their_average_rank():
    assert spearman([1, 2, 3, 4], [10, 20, 30, 99]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5)
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / 22.5**0.5)


# --- counts and scores ----------------------------------------------------------------------------


def test_our_counts_are_textstats_where_a_text_leaves_no_doubt():
    sentences = [f"{sentence}." for sentence in HARD.split(". ") if sentence]
    ours = sum(map(count, sentences), Counts())
    theirs = counts_of_textstat(HARD)
    assert replace(ours, characters=0, long_words=0) == replace(theirs, characters=0)


@pytest.mark.parametrize("formula", [name for name in FORMULAS if name != "smog_index"])
def test_a_formula_gives_nothing_without_words_or_without_sentences(formula: str):
    assert getattr(scoring, formula)(Counts(words=9, syllables=9)) is None
    assert getattr(scoring, formula)(Counts(sentences=1)) is None


def test_a_formula_gives_nothing_for_an_empty_text():
    scores = score(Counts())
    assert scores.band is Band.TOO_SHORT
    assert scores.flesch_kincaid_grade is None
    assert scores.words_per_sentence is None
    assert scores.long_word_share is None


ENOUGH = Counts(words=300, sentences=20, syllables=480, letters=1400, characters=1400)


def test_scores_hold_the_counts_they_were_made_from_and_the_share_of_long_words():
    counts = replace(ENOUGH, long_words=75)
    assert score(counts).counts == counts
    assert score(counts).long_word_share == 0.25


def test_the_contents_score_a_bare_heading_by_all_that_stands_below_it():
    """Level by level: 0 holds 1 and 4, 1 holds 2 and 3, and only 2, 3 and 4 have text."""
    parents = [None, 0, 1, 1, 0, None]
    sections = [
        Section(index, f"Part {index}", False, 1, parent, Span(index, index + 1))
        for index, parent in enumerate(parents)
    ]
    plain, hard = replace(ENOUGH, syllables=400), replace(ENOUGH, syllables=600)
    own = [Counts(), Counts(), plain, hard, ENOUGH, Counts()]

    shown = scores_of_contents(sections, list(map(score, own)))

    assert shown == (
        score(plain + hard + ENOUGH),
        score(plain + hard),
        score(plain),
        score(hard),
        score(ENOUGH),
        score(Counts()),
    )


def test_the_contents_score_a_section_with_text_by_its_own_alone():
    sections = [
        Section(0, "Sharing", False, 1, None, Span(0, 9)),
        Section(1, "Partners", False, 2, 0, Span(9, 18)),
    ]
    few = Counts(words=5, sentences=1, syllables=7)
    shown = scores_of_contents(sections, [score(few), score(ENOUGH)])
    assert shown == (score(few), score(ENOUGH))
    assert shown[0].band is Band.TOO_SHORT


def test_smog_asks_for_thirty_sentences():
    assert score(replace(ENOUGH, sentences=29)).smog_index is None
    assert score(replace(ENOUGH, sentences=30)).smog_index is not None


@pytest.mark.parametrize(
    ("words", "sentences", "too_short", "rough"),
    [
        (29, 3, True, False),
        (30, 2, True, False),
        (30, 3, False, True),
        (99, 10, False, True),
        (100, 9, False, True),
        (100, 10, False, False),
    ],
)
def test_short_texts_are_not_scored_and_middling_ones_are_rough(
    words: int, sentences: int, too_short: bool, rough: bool
):
    scores = score(replace(ENOUGH, words=words, sentences=sentences))
    assert (scores.band is Band.TOO_SHORT) is too_short
    assert (scores.flesch_reading_ease is None) is too_short
    assert (scores.gunning_fog is None) is too_short
    assert scores.rough is rough
    assert scores.words_per_sentence == words / sentences


@pytest.mark.parametrize(
    ("grade", "band"),
    [
        (-3.0, Band.PLAIN),
        (8.0, Band.PLAIN),
        (8.01, Band.FAIRLY_PLAIN),
        (11.0, Band.FAIRLY_PLAIN),
        (11.01, Band.FAIRLY_HARD),
        (13.0, Band.FAIRLY_HARD),
        (13.01, Band.HARD),
        (15.0, Band.HARD),
        (15.01, Band.VERY_HARD),
    ],
)
def test_the_band_follows_from_the_grade(grade: float, band: Band):
    assert band_of_grade(grade) is band


def test_a_plain_text_is_plain_and_a_hard_one_hard():
    bands = [
        score(sum((count(f"{s}.") for s in text.split(". ") if s), Counts())).band
        for text in (PLAIN, HARD)
    ]
    assert bands == [Band.PLAIN, Band.VERY_HARD]
