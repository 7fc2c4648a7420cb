"""What must be found in the shop's policy, read off it by a person.

What must be found is what any careful reader would name. What may be found is what one could fairly
name as well: neither its presence nor its absence is a mistake. All else is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.model import DocumentKind, PolicyReport, Stance, Verdict

SAID = {
    "collect": "contact account payment purchases device usage location communications content"
    " demographics from-others",
    "use": "service improve marketing personalise targeted-ads security legal",
    "track": "cookies beacons third-party cross-site dnt-ignored gpc controls blocked-costs",
    "share": "providers affiliates advertisers public aggregate other-policies",
    "handover": "legal protect business-transfer tells-you",
    "keep": "stated as-needed",
    "protect": "measures encryption no-guarantee breach-notice",
    "choice": "marketing-opt-out ads-opt-out sharing-opt-out consent refuse-costs",
    "rights": "access correct delete delete-limits portability object complain legal-basis"
    " no-penalty hurdles",
    "where": "transfer safeguards california europe",
    "kids": "not-directed deletes",
    "change": "notice",
    "contact": "privacy officer dated",
}
DENIED = {"collect.sensitive", "use.profiling", "use.ai-training", "sell.sells"}

MUST_BE_FOUND = {f"{topic}.{name}:said" for topic, names in SAID.items() for name in names.split()}
MUST_BE_FOUND |= {f"{name}:denied" for name in DENIED}
MAY_BE_FOUND = {
    "collect.aggregate:said",  # figures are shared, so somebody made them
    "share.partners:said",  # the prize draw's partner
    "share.with-consent:said",  # its box to tick
    "kids.collects:denied",  # "not knowingly"
    "change.any-time:said",  # "when our work changes"
}

HEADINGS = """
# Lantern & Loom Privacy Policy
## Information you give us
## Information we gather by ourselves
## Information from other places
## What we use it for
## Our legal grounds
## Cookies and similar tools
### Advertising and measurement
### Your settings
## Who else sees your information
### Companies that work for us
### Our sister company
### Advertising partners
### Everyone
### Statistics
### Authorities and disputes
### If the shop changes hands
### Links to others
## We do not sell your information
## How long we keep it
## How we protect it
## Choices you have
## Rights you have
### People in Europe and the United Kingdom
### People in California
## Where your information travels
## Children
## Changes to this policy
## How to reach us
"""

# Where the words must stand: a type's best passage holds these.
WORDS = {
    "collect.sensitive:denied": "your health, your religion or your political views",
    "collect.location:said": "town or region",
    "use.ai-training:denied": "never use your photographs, reviews or messages to train",
    "track.third-party:said": "Adhaven and Brightledger Analytics",
    "track.dnt-ignored:said": "does not respond to",
    "track.gpc:said": "Global Privacy Control",
    "share.affiliates:said": "Tallow & Thread Ltd",
    "share.advertisers:said": "other advertising networks",
    "sell.sells:denied": "We do not sell or rent your personal information to anyone, except",
    "handover.business-transfer:said": "transferred to the new owner",
    "keep.as-needed:said": "for as long as we need it",
    "protect.breach-notice:said": "within 72 hours",
    "rights.delete-limits:said": "our backups",
    "rights.no-penalty:said": "charge you more",
    "where.safeguards:said": "standard contractual clauses",
    "change.notice:said": "At least 30 days before",
    "contact.officer:said": "Ines Marlow",
}


@pytest.fixture(scope="module")
def report(sample: Path) -> PolicyReport:
    return analyze(sample.read_bytes(), sample.name)


def test_what_must_be_found_is_found(report: PolicyReport):
    found = {disclosure.key for disclosure in report.disclosures}

    assert MUST_BE_FOUND - found == set()


def test_nothing_is_found_that_is_not_there(report: PolicyReport):
    found = {disclosure.key for disclosure in report.disclosures}

    assert found - MUST_BE_FOUND - MAY_BE_FOUND == set()


@pytest.mark.parametrize(("key", "words"), WORDS.items())
def test_a_finding_stands_on_the_words_that_say_it(key: str, words: str, report: PolicyReport):
    found = {disclosure.key: disclosure for disclosure in report.disclosures}

    assert words in found[key].evidence[0].span.of(report.document.text)


def test_every_heading_is_found_and_nothing_else_is_one(report: PolicyReport):
    found = ["#" * section.level + " " + section.heading for section in report.document.sections]

    assert found == HEADINGS.strip().splitlines()


def test_the_promise_not_to_sell_is_shown_with_its_exception(report: PolicyReport):
    (sale,) = (d for d in report.disclosures if d.type == "sell.sells")

    assert sale.stance is Stance.DENIED
    assert sale.condition is not None
    assert "when you enter a prize draw" in sale.condition
    assert sale.valence.value == "neutral"


def test_not_sold_but_shared_is_flagged_with_both_statements(report: PolicyReport):
    flags = {flag.kind: flag for flag in report.flags}

    assert set(flags["not-sold-but-shared"].disclosures) >= {
        "sell.sells:denied",
        "share.advertisers:said",
    }
    assert {"deleted-but-kept", "period-but-as-needed"} <= set(flags)


def test_the_plain_facts_are_read_off(report: PolicyReport):
    facts = report.facts

    assert facts.effective_date == "2026-03-02"
    assert set(facts.contact_emails) == {
        "privacy@lanternandloom.example",
        "hello@lanternandloom.example",
    }
    assert facts.min_age == 16
    assert set(facts.transfer_countries) >= {"United States", "Canada"}
    assert set(facts.named_recipients) >= {"Adhaven", "Tallow & Thread Ltd"}
    periods = " | ".join(facts.retention_periods)
    assert all(period in periods for period in ("seven years", "12 months", "30 days"))


def test_there_is_something_to_do_with_an_address(report: PolicyReport):
    targets = {action.kind: action.target for action in report.actions}

    assert targets["delete"] == "mailto:privacy@lanternandloom.example"
    assert {"access", "correct", "opt-out", "complain"} <= set(targets)


def test_every_topic_but_the_terms_has_its_verdict(report: PolicyReport):
    silent = [topic.id for topic in report.topics if topic.verdict is Verdict.SILENT]
    withheld = [topic.id for topic in report.topics if topic.verdict is Verdict.WITHHELD]

    assert len(report.topics) == 15
    assert silent == ["terms"]
    assert withheld == []
    assert report.document.kind is DocumentKind.PRIVACY_POLICY


def test_the_sample_is_long_and_rich_enough_to_show_what_the_reader_does(report: PolicyReport):
    assert report.document.words >= 1500
    assert sum(not section.heading_is_ours for section in report.document.sections) >= 12
    assert len(report.disclosures) >= 30
