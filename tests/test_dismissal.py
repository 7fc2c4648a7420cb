"""A report whose reader has dismissed findings: what follows from that, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.disclosures.topics import judge_topics
from reader.dismissal import without
from reader.model import PolicyReport, Verdict
from reader.reference import silence_rates, statement_rates
from reader.summary import card_text, summary_card
from tests.make_report import make_report

WITHOUT_OPT_OUT = (
    """# Larch Lamps privacy policy

We collect your name, your address and your e-mail address when you order a lamp from us. We share
your personal data with other companies for their own purposes, such as makers of candles. You can
unsubscribe from our newsletter at any time by the link in each issue.

"""
    + "We have made lamps of larch since our grandmother's days, and we are proud of each. " * 8
)


@pytest.fixture(scope="module")
def sample_report() -> PolicyReport:
    path = Path(__file__).resolve().parent.parent / "resources/samples/lantern-and-loom.md"
    return analyze(path.read_bytes(), path.name)


def test_nothing_dismissed_changes_nothing():
    report = make_report()
    assert without(report, ()) is report
    assert without(report, {"of.another:said"}) is report


def test_every_finding_dismissed_alone_is_judged_as_the_engine_would(sample_report: PolicyReport):
    for gone in sample_report.disclosures:
        kept = [each for each in sample_report.disclosures if each is not gone]
        engine = judge_topics(
            kept, withheld=False, silence_rates=silence_rates(), statement_rates=statement_rates()
        )
        ours = without(sample_report, {gone.key}).topics
        for expected, topic in zip(engine, ours, strict=True):
            same = (expected.verdict, expected.headline, expected.disclosures)
            assert same == (topic.verdict, topic.headline, topic.disclosures)
            assert [s.type for s in expected.silent] == [s.type for s in topic.silent]


def test_a_silence_falls_with_the_sharing_that_it_is_about():
    """Topic by topic would not do: the choice hangs on what is said of sharing."""
    report = analyze(WITHOUT_OPT_OUT.encode(), "larch.md")
    choice = next(t for t in report.topics if t.id == "choice")
    assert choice.verdict is Verdict.CAUTION
    shared = {d.key for d in report.disclosures if d.topic in ("share", "track", "sell")}
    again = next(t for t in without(report, shared).topics if t.id == "choice")
    assert again.verdict is Verdict.GOOD


def test_the_card_and_whatever_shows_it_count_the_dismissed():
    one = without(make_report(), {"share.advertisers:said"})
    assert "1 finding dismissed by the reader." in card_text(summary_card(one))
    two = without(make_report(), {"share.advertisers:said", "sell.sells:denied"})
    assert "2 findings dismissed by the reader." in summary_card(two).notices


def test_a_flag_falls_with_either_of_its_findings():
    for key in ("share.advertisers:said", "sell.sells:denied"):
        assert without(make_report(), {key}).flags == ()
    assert without(make_report(), {"rights.access:said"}).flags


def test_the_verdict_no_longer_names_what_was_dismissed(sample_report: PolicyReport):
    named = next(topic for topic in sample_report.topics if topic.headline in sample_report.verdict)
    again = without(sample_report, set(named.disclosures))
    assert named.headline not in again.verdict
    assert again.verdict


def test_a_withheld_verdict_stays_withheld(sample_report: PolicyReport):
    short = analyze(b"# Privacy policy\n\nWe sell your personal data to advertisers.\n", "short.md")
    assert short.disclosures
    again = without(short, {each.key for each in short.disclosures})
    assert {topic.verdict for topic in again.topics} == {Verdict.WITHHELD}
    assert again.verdict == ""


def test_sections_keep_the_topics_that_still_speak_there():
    again = without(make_report(), {"share.advertisers:said"})
    assert again.section_topics[1] == ("sell",)
