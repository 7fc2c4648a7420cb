"""A comparison as a JSON object, which the contract describes."""

from __future__ import annotations

from reader.compare import Comparison
from reader.export.report_json import (
    disclosure_json,
    document_json,
    evidence_json,
    readability_json,
    section_json,
)
from reader.model import Disclosure, Evidence, PolicyReport, Section
from reader.section_changes import SectionChange

COMPARISON_SCHEMA = "policy-reader/comparison/1"
_TEXT_OF_DOCUMENT = ("text", "blocks", "links", "pages")


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """Return the comparison: the documents without their text, and what changed."""
    old, new = comparison.old, comparison.new
    return {
        "schema": COMPARISON_SCHEMA,
        "old": _document(old),
        "new": _document(new),
        "disclosures": [
            {
                "type": each.type,
                "topic": each.topic,
                "change": each.change.value,
                "old": _disclosure(old, each.old),
                "new": _disclosure(new, each.new),
                "text": each.text,
                "old_quote": _quote(old, each.old_quote),
                "new_quote": _quote(new, each.new_quote),
            }
            for each in comparison.disclosures
        ],
        "readability": {
            "old": readability_json(old.scores),
            "new": readability_json(new.scores),
        },
        "sections": [_section_change(comparison, each) for each in comparison.sections],
        "two_services": comparison.two_services,
        "notices": [
            *({"kind": "comparison", "text": text, "of": "both"} for text in comparison.cautions),
            *(
                {"kind": notice.kind.value, "text": notice.text, "of": side}
                for side, report in (("old", old), ("new", new))
                for notice in report.notices
            ),
        ],
    }


def _document(report: PolicyReport) -> dict[str, object]:
    document = document_json(report.document)
    return {key: value for key, value in document.items() if key not in _TEXT_OF_DOCUMENT}


def _disclosure(report: PolicyReport, disclosure: Disclosure | None) -> dict[str, object] | None:
    return None if disclosure is None else disclosure_json(report.document, disclosure)


def _quote(report: PolicyReport, passage: Evidence | None) -> dict[str, object] | None:
    return None if passage is None else evidence_json(report.document, passage)


def _section_change(comparison: Comparison, change: SectionChange) -> dict[str, object]:
    return {
        "change": change.change.value,
        "old": _section(comparison.old, change.old),
        "new": _section(comparison.new, change.new),
        "words_added": change.words_added,
        "words_removed": change.words_removed,
    }


def _section(report: PolicyReport, section: Section | None) -> dict[str, object] | None:
    if section is None:
        return None
    index = section.index
    return section_json(
        report.document, index, report.section_scores[index], report.section_topics[index]
    )
