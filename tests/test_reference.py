"""Where a policy stands among others."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue
from reader.model import PolicyReport
from reader.reference import FEWEST_WORDS, Measure, Of, share_below, silence_rates


def middle(of: Of, measure: Measure, most: int) -> float:
    """Return the smallest tenth that is above half of the set."""
    return next(
        tenth / 10
        for tenth in range(10 * most)
        if (share_below(of, measure, tenth / 10) or 0) >= 50
    )


@pytest.mark.parametrize("of", ["policies", "sections"])
@pytest.mark.parametrize("measure", ["grade", "words", "vague"])
def test_the_most_is_above_all_others_and_the_least_above_none(of: Of, measure: Measure) -> None:
    assert share_below(of, measure, 1e6) == 100
    assert share_below(of, measure, -100.0) == 0


def test_the_middle_of_the_set_is_where_others_found_it() -> None:
    assert 10 < middle("policies", "grade", 30) < 16  # school years
    assert 3000 < middle("policies", "words", 9000) < 7000
    assert 10 < middle("policies", "vague", 60) < 30


def test_sections_lie_wider_apart_than_policies_and_have_a_scale_of_their_own() -> None:
    spread = {
        of: (share_below(of, "grade", 16.0) or 0) - (share_below(of, "grade", 11.0) or 0)
        for of in ("policies", "sections")
    }
    assert spread["policies"] > spread["sections"] + 20


def test_every_type_has_its_share_of_silence() -> None:
    rates = silence_rates()
    assert set(rates) == set(load_catalogue().types)
    assert all(0 <= rate <= 1 for rate in rates.values())
    # hardly any policy leaves out cookies or its own use of data; few speak of arbitration
    assert rates["use.service"] < 0.1 < 0.9 < rates["terms.arbitration"]


@pytest.fixture(scope="module")
def report(sample: Path) -> PolicyReport:
    return analyze(sample.read_bytes(), sample.name)


def test_a_report_says_how_many_policies_are_easier_shorter_and_less_vague(
    report: PolicyReport,
) -> None:
    scores = report.scores
    vague = 1000 * sum(mark.kind == "vague" for mark in report.marks) / scores.counts.words
    assert scores.flesch_kincaid_grade is not None
    assert scores.percentile == share_below("policies", "grade", scores.flesch_kincaid_grade)
    assert scores.length_percentile == share_below("policies", "words", report.document.words)
    assert scores.vague_per_thousand == vague
    assert scores.vagueness_percentile == share_below("policies", "vague", vague)


def test_a_section_stands_among_sections_and_a_short_one_in_length_alone(
    report: PolicyReport,
) -> None:
    by_length = {True: 0, False: 0}
    for scores in report.section_scores:
        words, grade = scores.counts.words, scores.flesch_kincaid_grade
        if not words:
            assert scores.length_percentile is None
            continue
        is_long = words >= FEWEST_WORDS and grade is not None
        by_length[is_long] += 1
        assert scores.length_percentile == share_below("sections", "words", words)
        assert (scores.percentile is not None) == is_long
        assert (scores.vagueness_percentile is not None) == is_long
        if grade is not None and is_long:
            assert scores.percentile == share_below("sections", "grade", grade)
    assert all(by_length.values())


def test_the_vague_words_of_the_sections_are_those_of_the_policy(report: PolicyReport) -> None:
    found = sum(
        round((scores.vague_per_thousand or 0) * scores.counts.words / 1000)
        for scores in report.section_scores
    )
    assert found == sum(mark.kind == "vague" for mark in report.marks) > 0


def test_a_text_in_another_language_is_compared_with_none() -> None:
    text = "Wir speichern Ihren Namen und Ihre Anschrift. Wir geben sie an niemanden weiter. " * 20
    scores = analyze(text.encode(), "richtlinie.txt").scores
    assert scores.percentile is scores.length_percentile is scores.vagueness_percentile is None


def test_a_report_says_how_many_policies_are_as_silent(report: PolicyReport) -> None:
    rates = {s.type: s.base_rate for topic in report.topics for s in topic.silent}
    assert rates
    assert all(rate == silence_rates()[kind] for kind, rate in rates.items())
