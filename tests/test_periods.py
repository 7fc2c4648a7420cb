"""Numbers in words and periods are the same for findings, facts, the lexicon and the comparison."""

from __future__ import annotations

import tomllib

import pytest

from reader.disclosures.assembling import find_disclosures
from reader.disclosures.facts import find_facts
from reader.paths import resource
from reader.periods import AGE_WORDS, NUMBER_WORDS, number_in, periods_in
from tests.make_document import make_document


def _retention(sentence: str) -> tuple[str, ...]:
    document = make_document(f"# Privacy Policy\n\n{sentence}")
    return find_facts(document, find_disclosures(document)).retention_periods


@pytest.mark.parametrize(
    "period",
    [
        "fourteen days",
        "forty days",
        "eleven months",
        "fifteen years",
        "twenty years",
        "thirty days",
        "14 days",
        "13 full months",
        "twelve consecutive months",
        "forty-five (45) days",
        "thirty six hours",
    ],
)
def test_a_period_that_data_is_kept_is_found_whole_in_words_and_in_figures(period: str):
    assert _retention(f"We keep your data for {period}.") == (period,)


@pytest.mark.parametrize("word", NUMBER_WORDS)
def test_every_number_word_makes_a_period(word: str):
    assert _retention(f"We delete your data after {word} days.") == (f"{word} days",)


def test_the_lexicon_has_the_number_words_and_no_others():
    lexicon = tomllib.loads(
        resource("disclosures/lexicon.toml").read_text(encoding="utf-8"),
    )
    numbers = next(each for each in lexicon["period"] if "one/" in each and "thirty" in each)
    ages = {word for each in lexicon["age"] for word in each.split("/")}

    assert set(numbers.split()[0].split("/")) == set(NUMBER_WORDS)
    assert {age for age in ages if age.isdigit()} == set(map(str, AGE_WORDS.values()))
    assert {age for age in ages if not age.isdigit()} == set(AGE_WORDS)


@pytest.mark.parametrize(
    ("words", "number"),
    [("7", 7), ("Seven", 7), ("nineteen", 19), ("ninety", 90), ("forty-five", 45), ("a", 1)],
)
def test_a_number_is_read_from_words_and_from_figures(words: str, number: int):
    assert number_in(words) == number


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("within two weeks", [14]),
        ("for a year", [365.25]),
        ("forty-five (45) calendar days, or 24 hours", [45, 1]),
        ("a thirteen-month period", [13 * 365.25 / 12]),
        ("for 0 days", [0]),
        ("a day's work of ours", [1]),
        ("the daylight of six lamps", []),
    ],
)
def test_a_period_is_as_long_as_it_is_however_it_is_written(text: str, days: list[float]):
    assert [period.days for period in periods_in(text)] == days


@pytest.mark.parametrize("word", AGE_WORDS)
def test_every_age_in_words_is_the_minimum_age(word: str):
    document = make_document(f"# Privacy\n\nOur shop is not meant for anyone under {word}.\n")

    assert find_facts(document, find_disclosures(document)).min_age == AGE_WORDS[word]
