"""A finding of any type, as the catalogue words it."""

from __future__ import annotations

from reader.disclosures.catalogue import load_catalogue
from reader.model import Disclosure, Evidence, Span, Stance, Valence


def disclosure(
    type_id: str,
    stance: Stance = Stance.SAID,
    condition: str | None = None,
    confidence: float = 0.9,
) -> Disclosure:
    kind = load_catalogue().types[type_id]
    valence = kind.outcomes[stance].valence
    if condition is not None and valence is Valence.GOOD:
        valence = Valence.NEUTRAL
    return Disclosure(
        type=type_id,
        topic=kind.topic,
        practice=kind.practice,
        label=kind.label,
        stance=stance,
        condition=condition,
        valence=valence,
        headline=("With limits: " if condition else "") + kind.outcomes[stance].headline,
        statement="They say so.",
        confidence=confidence,
        evidence=(Evidence(Span(0, 5), 0, "rules", None, confidence),),
    )
