"""The findings of a report as a list in ready words: what is found, and each quote with its place.

What the formats have in common, so that all of them say the same in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.export.citation import place_in
from reader.model import Disclosure, Evidence, PolicyReport, Verdict
from reader.summary import VERDICT_WORDS, clean_line, quote_of


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage behind a finding: its words behind those it completes, and its place, or ''."""

    words: str
    place: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """What a policy says about one type, the best quote first; ``topic`` is the tile's label."""

    disclosure: Disclosure
    topic: str
    verdict_word: str
    quotes: tuple[Quote, ...]


def findings_of(report: PolicyReport) -> tuple[Finding, ...]:
    """Return the findings by topic in the order of the card, the deciding one of each first."""
    by_key = {disclosure.key: disclosure for disclosure in report.disclosures}
    return tuple(
        Finding(
            disclosure=by_key[key],
            topic=clean_line(topic.label),
            verdict_word=VERDICT_WORDS[Verdict(by_key[key].valence.value)],
            quotes=tuple(_quote(report, each) for each in by_key[key].evidence),
        )
        for topic in report.topics
        for key in topic.disclosures
        if key in by_key
    )


def _quote(report: PolicyReport, evidence: Evidence) -> Quote:
    text = report.document.text
    return Quote(
        words=quote_of(text, evidence.span, evidence.context),
        place=", ".join(place_in(report, evidence.span.start)),
        evidence=evidence,
    )
