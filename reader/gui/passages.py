"""The marked passages of a report: what each says, which stand out, and how they lie on the text.

Free of widgets. A page at rest should read like a well-set book with a few notes in the margin:
every passage keeps its underline, and only the telling ones are tinted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.model import Disclosure, Evidence, PolicyReport, Span, Valence


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: a hash would walk it all
class Passage:
    """One piece of evidence in the text. ``rank`` is 0 for the best of its disclosure."""

    disclosure: Disclosure
    evidence: Evidence
    rank: int

    @property
    def span(self) -> Span:
        """Return the passage's place in the text."""
        return self.evidence.span

    @property
    def valence(self) -> Valence:
        """Return what the passage means for the reader."""
        return self.disclosure.valence


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text under the same marks: whose underline it has, and whose tint, if any."""

    span: Span
    underline: Valence
    tint: Valence | None


def passages_of(report: PolicyReport) -> tuple[Passage, ...]:
    """Return every passage of a report in the order of the text, the graver first among equals."""
    passages = [
        Passage(disclosure, evidence, rank)
        for disclosure in report.disclosures
        for rank, evidence in enumerate(disclosure.evidence)
    ]
    passages.sort(key=lambda one: (one.span.start, -one.valence.severity, one.span.end))
    return tuple(passages)


def telling(report: PolicyReport, passages: Iterable[Passage]) -> frozenset[Passage]:
    """Return the passages that stand out at rest.

    They are the best passage of what decides each topic, and of each statement in a flag.
    """
    keys = {topic.disclosures[0] for topic in report.topics if topic.disclosures}
    keys.update(key for flag in report.flags for key in flag.disclosures)
    return frozenset(p for p in passages if p.rank == 0 and p.disclosure.key in keys)


def of_topic(passages: Iterable[Passage], topic: str) -> frozenset[Passage]:
    """Return the passages of one topic."""
    return frozenset(p for p in passages if p.disclosure.topic == topic)


def lay_out(passages: Sequence[Passage], tinted: frozenset[Passage]) -> tuple[Stretch, ...]:
    """Return the disjoint stretches of marked text, in order.

    Where passages overlap, a tinted one wins over one that is not, and the graver over the milder.
    """
    edges: dict[int, list[tuple[bool, Passage]]] = {}
    for passage in passages:
        edges.setdefault(passage.span.start, []).append((True, passage))
        edges.setdefault(passage.span.end, []).append((False, passage))
    stretches: list[Stretch] = []
    open_here: list[Passage] = []
    begin = 0
    for place in sorted(edges):
        if open_here:
            top = max(open_here, key=lambda one: (one in tinted, one.valence.severity))
            tint = top.valence if top in tinted else None
            _append(stretches, Stretch(Span(begin, place), top.valence, tint))
        for opens, passage in edges[place]:
            if opens:
                open_here.append(passage)
            else:
                open_here.remove(passage)
        begin = place
    return tuple(stretches)


def _append(stretches: list[Stretch], stretch: Stretch) -> None:
    """Append ``stretch``, joined to the one before where nothing tells them apart."""
    if stretches:
        last = stretches[-1]
        same = last.underline is stretch.underline and last.tint is stretch.tint
        if same and last.span.end == stretch.span.start:
            stretches[-1] = Stretch(
                Span(last.span.start, stretch.span.end), last.underline, last.tint
            )
            return
    stretches.append(stretch)
