"""What each section is about, by what was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from reader.model import Disclosure, Document, Section


def name_our_sections(
    document: Document, disclosures: tuple[Disclosure, ...], labels: Mapping[str, str]
) -> tuple[Section, ...]:
    """Return the sections, those that we cut ourselves named by their main topic.

    The main topic is the one with most evidence in them, by ``labels`` of topics; names that
    recur are counted. Where nothing was found the first words stay.
    """
    found: list[Counter[str]] = [Counter() for _ in document.sections]
    for disclosure in disclosures:
        for evidence in disclosure.evidence:
            found[evidence.section][labels[disclosure.topic]] += 1
    times: Counter[str] = Counter()
    sections = []
    for section, topics in zip(document.sections, found, strict=True):
        heading = section.heading
        if section.heading_is_ours and topics:
            label = topics.most_common(1)[0][0]
            times[label] += 1
            heading = label if times[label] == 1 else f"{label} ({times[label]})"
        sections.append(replace(section, heading=heading))
    return tuple(sections)


def topics_of_sections(
    document: Document, disclosures: tuple[Disclosure, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return for each section the topics it has evidence of, in the order of the card."""
    topics: list[dict[str, None]] = [{} for _ in document.sections]
    for disclosure in disclosures:
        for evidence in disclosure.evidence:
            topics[evidence.section][disclosure.topic] = None
    return tuple(tuple(found) for found in topics)
