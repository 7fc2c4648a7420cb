"""Where a policy stands among others."""

from __future__ import annotations

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue
from reader.reference import share_that_reads_easier, silence_rates


def test_the_hardest_text_is_harder_than_all_and_the_easiest_than_none() -> None:
    assert share_that_reads_easier(40.0) == 100
    assert share_that_reads_easier(-3.0) == 0


def test_a_grade_in_the_middle_of_the_set_is_harder_than_about_half() -> None:
    middle = next(
        grade / 100 for grade in range(3000) if share_that_reads_easier(grade / 100) >= 50
    )
    assert 10 < middle < 16  # school years: what others measured of policies, too


def test_every_type_has_its_share_of_silence() -> None:
    rates = silence_rates()
    assert set(rates) == set(load_catalogue().types)
    assert all(0 <= rate <= 1 for rate in rates.values())
    # hardly any policy leaves out cookies or its own use of data; few speak of arbitration
    assert rates["use.service"] < 0.1 < 0.9 < rates["terms.arbitration"]


def test_a_report_says_how_many_policies_are_easier_and_how_many_as_silent(sample) -> None:
    report = analyze(sample.read_bytes(), sample.name)
    assert report.scores.percentile == share_that_reads_easier(report.scores.flesch_kincaid_grade)
    rates = {s.type: s.base_rate for topic in report.topics for s in topic.silent}
    assert rates
    assert all(rate == silence_rates()[kind] for kind, rate in rates.items())
