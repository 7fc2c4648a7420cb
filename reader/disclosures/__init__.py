"""What a policy discloses: document in, disclosures with their evidence out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reader.disclosures.catalogue import Catalogue, DisclosureType, Outcome, load_catalogue
from reader.disclosures.dates import OwnDate, find_own_dates
from reader.disclosures.details import join_details
from reader.disclosures.names import OwnNames
from reader.disclosures.rules import Passage, find_passages
from reader.model import (
    DATES,
    OWN_RULES,
    RULES,
    Details,
    Disclosure,
    Document,
    Evidence,
    Span,
    Stance,
    Valence,
)

# How often evidence of each strength supported its type in policies that were read in full before
# the program saw them (ARCHITECTURE.md, "Confidence"). A fragment leans on the words it completes.
_CONFIDENCE = {"explicit": 0.87, "implied": 0.5}
_OWN_CONFIDENCE = 0.5  # how good the reader's own rules are nobody has measured
_FRAGMENT_PENALTY = 0.05
# A sentence or table row of more characters says much else beside, so it is no good first quote.
_LONGEST_PLAIN = 400
_DATED = "contact.dated"


def find_disclosures(
    document: Document,
    catalogue: Catalogue | None = None,
    progress: Callable[[float], None] | None = None,
    names: OwnNames | None = None,
    dates: Sequence[OwnDate] | None = None,
) -> tuple[Disclosure, ...]:
    """Return what the document says about each type of the catalogue, in catalogue order.

    There is one disclosure for each type and stance; silence is the absence of both. ``progress``
    is told the share of the text that has been read, in [0, 1]. ``names`` are those of the
    document's author and ``dates`` its own, where they are known already.
    """
    catalogue = catalogue or load_catalogue()
    found: defaultdict[tuple[str, Stance], list[Passage]] = defaultdict(list)
    for kind, passage in find_passages(document, catalogue, progress, names):
        found[kind.id, passage.stance].append(passage)
    _drop_outweighed(found)
    best = {key: _best_first(passages) for key, passages in found.items() if passages}
    evidence = {key: _evidence(passages) for key, passages in best.items()}
    if dated := _dated_evidence(document, find_own_dates(document) if dates is None else dates):
        evidence[_DATED, Stance.SAID] = dated
    return tuple(
        _disclosure(
            kind,
            stance,
            evidence[kind.id, stance],
            best.get((kind.id, stance), ()),
        )
        for kind in catalogue.types.values()
        for stance in Stance
        if (kind.id, stance) in evidence
    )


def _drop_outweighed(found: defaultdict[tuple[str, Stance], list[Passage]]) -> None:
    """Where rules read one sentence both ways, keep the denial: it saw more of the sentence."""
    for (type_id, stance), passages in found.items():
        if stance is Stance.SAID:
            denied = {
                p.span for p in found.get((type_id, Stance.DENIED), ()) if p.condition is None
            }
            passages[:] = [
                p
                for p in passages
                if p.span not in denied and not any(_is_part(p.span, span) for span in denied)
            ]


def _is_part(span: Span, whole: Span) -> bool:
    return span != whole and whole.start <= span.start and span.end <= whole.end


def _strength(passage: Passage) -> float:
    return _OWN_CONFIDENCE if passage.rule.own else _CONFIDENCE[passage.rule.strength]


def _confidence(passage: Passage) -> float:
    # the reader's own rules are not measured, so that no fragment makes them less sure
    is_fragment = passage.context is not None and not passage.rule.own
    return _strength(passage) - (_FRAGMENT_PENALTY if is_fragment else 0.0)


def _rank(passage: Passage) -> tuple[float, bool, bool, bool, bool, int, int]:
    start, end = passage.span.start, passage.span.end
    return (
        -_strength(passage),
        passage.condition is None,
        not passage.in_its_section,
        passage.context is not None,
        end - start > _LONGEST_PLAIN,
        start,
        end,
    )


def _best_first(passages: Iterable[Passage]) -> list[Passage]:
    """Return one passage a sentence or item of its list, in the order in which they are quoted.

    What says it in so many words stands before what lets it be understood; then comes what stands
    in a section on the matter, the whole sentences, the short ones, and the text's own order. A
    sentence of which an item says it is left out.
    """
    best: dict[Span, Passage] = {}
    for passage in sorted(passages, key=_rank):
        best.setdefault(passage.span, passage)
    return [p for p in best.values() if not any(_is_part(span, p.span) for span in best)]


def _evidence(passages: Sequence[Passage]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            span=passage.span,
            section=passage.section,
            detector=OWN_RULES if passage.rule.own else RULES,
            rule=passage.rule.id,
            confidence=_confidence(passage),
            context=passage.context,
        )
        for passage in passages
    )


def _dated_evidence(document: Document, dates: Iterable[OwnDate]) -> tuple[Evidence, ...]:
    starts = [section.span.start for section in document.sections]
    return tuple(
        Evidence(
            span=own.span,
            section=bisect_right(starts, own.span.start) - 1,
            detector=DATES,
            rule=None,
            confidence=_CONFIDENCE["explicit"],
            context=own.label,
        )
        for own in dates
    )


def _condition(passages: Sequence[Passage]) -> str | None:
    """Return the limit of a denial: an exception made anywhere, or the part that all speak of.

    ``passages`` stand best first.
    """
    exception = next((p.condition for p in passages if p.condition and not p.of_part), None)
    if exception is not None or any(p.condition is None for p in passages):
        return exception
    return next((p.condition for p in passages), None)


def _outcome(kind: DisclosureType, stance: Stance, passages: Sequence[Passage]) -> Outcome:
    """Return what the passages tell: less than the type does where all of their rules say less.

    ``passages`` stand best first. Of rules that say less the gravest counts, and the best of those.
    """
    whole = kind.outcomes[stance]
    if stance is not Stance.SAID:
        return whole
    told: list[Outcome] = []
    for passage in passages:
        rule = passage.rule
        if rule.headline is None:
            return whole
        told.append(
            Outcome(
                min(rule.valence or whole.valence, whole.valence, key=lambda v: v.severity),
                rule.headline,
                rule.statement or whole.statement,
            )
        )
    return max(told, key=lambda outcome: outcome.valence.severity, default=whole)


def _disclosure(
    kind: DisclosureType,
    stance: Stance,
    evidence: tuple[Evidence, ...],
    passages: Sequence[Passage],
) -> Disclosure:
    """Return the disclosure that the passages of a type and stance make, the best first."""
    condition = _condition(passages)
    outcome = _outcome(kind, stance, passages)
    valence, headline, statement = outcome.valence, outcome.headline, outcome.statement
    if condition is not None:
        # first, since a tile or badge may have to cut the end off
        headline = f"With limits: {headline[0].lower()}{headline[1:]}"
        valence = max(valence, Valence.NEUTRAL, key=lambda v: v.severity)
        statement = f"{statement.rstrip('.')}, but with a limit: “{_shortened(condition)}”."
    return Disclosure(
        type=kind.id,
        topic=kind.topic,
        practice=kind.practice,
        label=kind.label,
        stance=stance,
        condition=condition,
        valence=valence,
        headline=headline,
        statement=statement,
        confidence=max(each.confidence for each in evidence),
        evidence=evidence,
        details=join_details(passage.details for passage in passages)
        if _has_details(kind)
        else Details(),
    )


def _has_details(kind: DisclosureType) -> bool:
    return kind.practice != "other"


def _shortened(words: str, longest: int = 160) -> str:
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0] + " …"
