"""What kind of document it is, and the one sentence that the card opens with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import (
    Band,
    Disclosure,
    Document,
    DocumentKind,
    Scores,
    TopicVerdict,
    Valence,
    Verdict,
)

_READS = {
    Band.PLAIN: "Plain to read",
    Band.FAIRLY_PLAIN: "Fairly plain to read",
    Band.FAIRLY_HARD: "Fairly hard to read",
    Band.HARD: "Hard to read",
    Band.VERY_HARD: "Very hard to read",
}
# Which topics weigh most with someone about to agree, and which silences tell most.
_GRAVEST = (
    "sell", "share", "track", "keep", "use", "collect", "terms", "choice", "kids", "change",
    "rights", "handover", "where", "protect", "contact",
)  # fmt: skip
_MOST_TELLING_SILENCES = (
    "rights.delete", "keep.stated", "contact.privacy", "rights.access", "choice.sharing-opt-out",
    "protect.measures", "change.notice",
)  # fmt: skip
_PRIVACY = re.compile(r"\b(?:privacy|data protection|cookies?)\b", re.IGNORECASE)
_TERMS = re.compile(
    r"\bterms (?:of (?:service|use|sale)|and conditions|& conditions)\b|\buser agreement\b",
    re.IGNORECASE,
)
_FEWEST_PRACTICES = 3


def document_kind(document: Document, disclosures: Sequence[Disclosure]) -> DocumentKind:
    """Return what the document is, by its title, its top headings, or the practices it states."""
    top = min((section.level for section in document.sections if section.level), default=1)
    headings = [section.heading for section in document.sections if section.level == top]
    names = [document.title, *headings]
    practices = {d.practice for d in disclosures if d.practice != "other"}
    if _PRIVACY.search(document.title):
        return DocumentKind.PRIVACY_POLICY
    if _TERMS.search(document.title):
        return DocumentKind.TERMS
    if any(map(_PRIVACY.search, names)) or len(practices) >= _FEWEST_PRACTICES:
        return DocumentKind.PRIVACY_POLICY
    if any(map(_TERMS.search, names)):
        return DocumentKind.TERMS
    return DocumentKind.OTHER


def verdict_sentence(
    scores: Scores, topics: Sequence[TopicVerdict], disclosures: Sequence[Disclosure]
) -> str:
    """Return how hard the policy reads, its gravest finding and its most telling silence."""
    parts = [_READS.get(scores.band, ""), _gravest(topics, disclosures), _silence(topics)]
    return " ".join(f"{part}." for part in parts if part)


def _gravest(topics: Sequence[TopicVerdict], disclosures: Sequence[Disclosure]) -> str:
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    judged = {topic.id: topic for topic in topics}
    for verdict, valence in ((Verdict.BAD, Valence.BAD), (Verdict.CAUTION, Valence.CAUTION)):
        for topic in (judged[name] for name in _GRAVEST if name in judged):
            if topic.verdict is verdict and topic.disclosures:
                deciding = by_key[topic.disclosures[0]]
                if deciding.valence is valence:
                    return topic.headline
    return ""


def _silence(topics: Sequence[TopicVerdict]) -> str:
    headlines = {kind.type: kind.headline for topic in topics for kind in topic.silent}
    return next((headlines[kind] for kind in _MOST_TELLING_SILENCES if kind in headlines), "")
