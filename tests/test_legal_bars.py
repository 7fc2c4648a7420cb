"""Laws and guides as yardsticks: for each two texts, counted by hand, on either side of the bar."""

from __future__ import annotations

import pytest

from reader.analysis import analyze_text
from reader.legal_bars import AVOIDED, measure_bars, syllables_of_number
from reader.model import LegalBar
from reader.words import LONGEST_PLAIN_SENTENCE
from tests.make_document import make_document

# Units of words that end in ; : or a full stop, each with its words and its syllables.
#   The lamp-makers collect your address, number and order history;      9 words, 17 syllables
#   they don't sell personal information to any other company.           9        18
#   We retain documents about each delivery for seven years:             9        17
#   tax authorities expect it of companies in this country.              9        16
FOUR_UNITS = (
    "The lamp-makers collect your address, number and order history; they don't sell personal "
    "information to any other company. We retain documents about each delivery for seven years: "
    "tax authorities expect it of companies in this country. "
)
# 9 words, 13 syllables: 45 words, 81 syllables, 5 units: 206.835 - 9.135 - 152.280 = 45.420
FLORIDA_PASSES = FOUR_UNITS + "You can ask us for copies of this information."
# one word of two syllables more: 46, 83: 206.835 - 9.338 - 152.648 = 44.849
FLORIDA_FAILS = FOUR_UNITS + "You can always ask us for copies of this information."
# 8 words, 14 syllables: 44, 82: 206.835 - 8.932 - 157.664 = 40.239
OHIO_PASSES = FOUR_UNITS + "You can get copies of this personal information."
# 45, 84: 206.835 - 9.135 - 157.920 = 39.780
OHIO_FAILS = FOUR_UNITS + "You can always get copies of this personal information."

# For Pennsylvania a number is said ("7", two syllables), a code is skipped, and so are the number
# of a clause and list items of a few words; so these are 44 and 45 words again.
_OF_PENNSYLVANIA = "(a) {}\n\n- lamp oil and wicks\n- two spare shades\n".format(
    FOUR_UNITS.replace("seven", "7").replace("history;", "history (LL-20417);") + "{}"
)
PENNSYLVANIA_PASSES = _OF_PENNSYLVANIA.format("You can get copies of this personal information.")
PENNSYLVANIA_FAILS = _OF_PENNSYLVANIA.format(
    "You can always get copies of this personal information."
)

# 25 words, "e-mail" one of them; the other 10.
OF_25 = (
    "We keep your name, your postal address, your e-mail address and the list of lamps that you "
    "bought until five years after your last order."
)
OF_26 = OF_25.replace("last", "very last")
OF_10 = "Then we burn the papers and wipe all our disks."

PLAIN = (
    "In May 2026 someone from our shop will call you. The oftentimes impossible is what somehow "
    "works here. Mighty maybes are not promised. Nothing else is said."
)


def measured(text: str) -> tuple[LegalBar, ...]:
    document = make_document(text)
    return measure_bars(
        document, [each.span.of(document.text).split() for each in document.sentences]
    )


def bars_of(text: str) -> dict[str, LegalBar]:
    return {bar.id: bar for bar in measured(text)}


@pytest.mark.parametrize(
    ("bar", "text", "passed", "figure", "words"),
    [
        ("florida", FLORIDA_PASSES, True, 45.420, "45.4, 0.4 above the limit (45 words"),
        ("florida", FLORIDA_FAILS, False, 44.849, "44.8, 0.2 below the limit (46 words"),
        ("ohio", OHIO_PASSES, True, 40.239, "40.2, 0.2 above the limit (44 words"),
        ("ohio", OHIO_FAILS, False, 39.780, "39.7, 0.3 below the limit (45 words"),
        ("pennsylvania-car", PENNSYLVANIA_PASSES, True, 40.239, "40.2, 0.2 above the limit (44 w"),
        ("pennsylvania-car", PENNSYLVANIA_FAILS, False, 39.780, "39.7, 0.3 below the limit (45 w"),
    ],
)
def test_a_statute_s_reading_ease_is_passed_and_failed_by_a_hair(
    bar: str, text: str, passed: bool, figure: float, words: str
) -> None:
    measured = bars_of(text)[bar]
    assert measured.passed is passed
    assert measured.figure == pytest.approx(figure, abs=0.001)
    assert measured.result.startswith(words)


@pytest.mark.parametrize(
    ("bar", "text", "passed", "figure", "words"),
    [
        ("pennsylvania-sentences", f"{OF_25} {OF_25}", True, 25, "25.0 words a sentence, just at"),
        ("pennsylvania-sentences", f"{OF_25} {OF_26}", False, 25.5, "25.5 words a sentence, 0.5 a"),
        (
            *("pennsylvania-paragraphs", f"{OF_25} {OF_25} {OF_10}", True, 60),
            "60.0 words a paragraph, just at the limit (60 words, 1 paragraph)",
        ),
        (
            *("pennsylvania-paragraphs", f"{OF_25} {OF_26} {OF_10}", False, 61),
            "61.0 words a paragraph, 1 above the limit (61 words, 1 paragraph)",
        ),
        ("uk-government", f"{OF_10} {OF_25}", True, 25, "the longest has 25 words, just at"),
        (
            *("uk-government", f"{OF_10} {OF_26}", False, 26),
            "1 of 2 sentences have more; the longest has 26 words, 1 above the limit",
        ),
        ("eu-transparency", PLAIN, True, 0, "none of them"),
        (
            *("eu-transparency", PLAIN.replace("will call", "may call"), False, 1),
            "1 of them (“may” 1)",
        ),
    ],
)
def test_averages_lengths_and_words_are_passed_and_failed_by_a_hair(
    bar: str, text: str, passed: bool, figure: float, words: str
) -> None:
    measured = bars_of(text)[bar]
    assert measured.passed is passed
    assert measured.figure == figure
    assert measured.result.startswith(words)


def test_florida_and_ohio_count_alike_and_ask_for_different_scores() -> None:
    measured = bars_of(OHIO_PASSES)
    assert measured["florida"].figure == measured["ohio"].figure
    assert (measured["florida"].passed, measured["ohio"].passed) == (False, True)


def test_a_statute_s_unit_goes_on_over_a_question_and_over_items_without_a_stop() -> None:
    # one unit: "Who sees it? Our staff do." one: the list; and the lead-in ends in a colon
    text = "Who sees it? Our staff do.\n\nThey see:\n\n- your name\n- your street\n\nThat is all."
    assert "(15 words, 4 sentences" in bars_of(text)["ohio"].result


def test_headings_and_tables_are_no_text_of_a_statute() -> None:
    text = f"# What we collect; and why\n\n{OHIO_PASSES}\n\n| Lamp | Oil |\n|---|---|\n| A | B |\n"
    assert bars_of(text)["ohio"].figure == pytest.approx(40.239, abs=0.001)


def test_an_address_is_a_word_that_no_dictionary_divides() -> None:
    before = bars_of(OHIO_PASSES)["ohio"]
    after = bars_of(f"{OHIO_PASSES} Write to info@larch-lantern.example.")["ohio"]
    assert "44 words, 5 sentences, 82 syllables" in before.result
    assert "47 words, 6 sentences, 84 syllables" in after.result


def test_every_word_of_the_guidance_counts_in_whatever_case() -> None:
    for word in AVOIDED:
        assert not bars_of(f"{PLAIN} It is {word} so.")["eu-transparency"].passed
        assert not bars_of(f"{PLAIN} IT IS {word.upper()} SO.")["eu-transparency"].passed


@pytest.mark.parametrize(
    ("number", "syllables"),
    # zero, seven, nineteen, ninety-nine, two hundred fifty, two thousand, ...
    [(0, 2), (7, 2), (19, 2), (99, 3), (250, 5), (2000, 3), (2018, 4), (1905, 4), (9999, 6)],
)
def test_a_number_is_counted_as_it_is_said(number: int, syllables: int) -> None:
    assert syllables_of_number(number) == syllables


def test_each_bar_names_its_law_its_source_and_its_counting() -> None:
    bars = measured(OHIO_PASSES)
    assert len(bars) == 7
    for bar in bars:
        assert bar.source.startswith("http")
        assert all((bar.name, bar.law, bar.asks, bar.how, bar.unchecked))


def test_a_text_that_is_not_scored_meets_no_bar() -> None:
    assert analyze_text("We keep your name.").legal_bars == ()
    german = "Wir speichern Ihren Namen und Ihre Anschrift. Wir geben sie niemandem weiter. " * 20
    assert analyze_text(german).legal_bars == ()
    assert measured("# Contents\n\n# Names\n") == ()


def test_the_uk_s_limit_is_the_one_that_sentences_are_marked_and_cut_by() -> None:
    assert bars_of(OF_25)["uk-government"].limit == LONGEST_PLAIN_SENTENCE
