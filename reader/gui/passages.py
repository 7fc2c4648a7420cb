"""The marked passages of a report: what each says, which stand out, and how they lie on the text.

Free of widgets. A page at rest should read like a well-set book with a few notes in the margin:
only the telling passages are tinted, and what is neither good nor bad is not marked at all, for
nearly every sentence of a policy says something neutral.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.model import Disclosure, Evidence, PolicyReport, Span, Valence

_TINTED = 10  # more than any severity


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
class Marking:
    """Which passages the page marks: all of ``noted`` and ``tinted`` are among ``underlined``.

    ``noted`` have their words in the margin, ``tinted`` a ground behind them.
    """

    underlined: frozenset[Passage] = frozenset()
    noted: frozenset[Passage] = frozenset()
    tinted: frozenset[Passage] = frozenset()


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


def at_rest(passages: Iterable[Passage], telling: frozenset[Passage]) -> Marking:
    """Return the marking of a page where nothing is chosen.

    What says again that which is said better elsewhere is underlined and has no note.
    """
    judged = frozenset(p for p in passages if p.valence is not Valence.NEUTRAL)
    return Marking(
        underlined=judged | telling,
        noted=frozenset(p for p in judged if p.rank == 0) | telling,
        tinted=telling,
    )


def of_topic(passages: Iterable[Passage], topic: str, rest: Marking) -> Marking:
    """Return the marking where a topic is chosen: its passages stand out, in place of the rest."""
    chosen = frozenset(p for p in passages if p.disclosure.topic == topic)
    return Marking(underlined=rest.underlined | chosen, noted=chosen, tinted=chosen)


def everything(passages: Iterable[Passage]) -> Marking:
    """Return the marking where every passage stands out."""
    marked = frozenset(passages)
    return Marking(marked, marked, marked)


def lay_out(passages: Sequence[Passage], marking: Marking) -> tuple[Stretch, ...]:
    """Return the disjoint stretches of marked text, in order.

    Where passages overlap, a tinted one wins over one that is not, and the graver over the milder.
    """
    weights = {  # the heaviest of those that cover a place gives it its look
        p: p.valence.severity + (_TINTED if p in marking.tinted else 0)
        for p in passages
        if p in marking.underlined
    }
    edges: dict[int, list[tuple[bool, Passage]]] = {}
    for passage in weights:
        edges.setdefault(passage.span.start, []).append((True, passage))
        edges.setdefault(passage.span.end, []).append((False, passage))
    stretches: list[Stretch] = []
    open_here: list[Passage] = []
    begin = 0
    for place in sorted(edges):
        if open_here:
            top = max(open_here, key=weights.__getitem__)
            tint = top.valence if weights[top] >= _TINTED else None
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


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans``, which are in order, with those that touch or overlap made one."""
    whole: list[Span] = []
    for span in spans:
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)
