"""From findings to the tiles of the summary card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reader.disclosures.catalogue import Catalogue, DisclosureType, Topic, load_catalogue
from reader.model import Disclosure, SilentType, Stance, TopicVerdict, Valence, Verdict

_FOUND_NOTHING = "We found nothing about this"


def judge_topics(
    disclosures: Sequence[Disclosure],
    *,
    withheld: bool,
    silence_rates: Mapping[str, float] = MappingProxyType({}),
    catalogue: Catalogue | None = None,
) -> tuple[TopicVerdict, ...]:
    """Return a verdict for every topic, in the order of the card.

    The verdict is the worst valence among the disclosures of the topic's key types; where none of
    those speaks, the worst of the rest but no worse than caution. A key type whose silence tells
    something counts with that valence when the topic says something else. Both stances of one
    type make it caution at least. ``withheld`` replaces every verdict. ``silence_rates`` are the
    shares of other policies, 0 to 1, that are silent about a type too.
    """
    catalogue = catalogue or load_catalogue()
    return tuple(
        _judge(topic, disclosures, withheld, silence_rates, catalogue) for topic in catalogue.topics
    )


def _judge(
    topic: Topic,
    disclosures: Sequence[Disclosure],
    withheld: bool,
    silence_rates: Mapping[str, float],
    catalogue: Catalogue,
) -> TopicVerdict:
    types = catalogue.of_topic(topic.id)
    said = [d for d in disclosures if d.topic == topic.id]
    spoken = {d.type for d in said}
    silent = [kind for kind in types if kind.id not in spoken and (kind.silent or kind.key)]
    verdict, headline = Verdict.SILENT, _FOUND_NOTHING
    if said:
        worst, headline = _worst(said, silent, catalogue)
        verdict = Verdict(worst.value)
        said.sort(key=lambda d: _weight(d, catalogue.types[d.type]))
    return TopicVerdict(
        id=topic.id,
        label=topic.label,
        question=topic.question,
        verdict=Verdict.WITHHELD if withheld else verdict,
        headline=headline,
        disclosures=tuple(d.key for d in said),
        silent=tuple(_silent_type(kind, silence_rates.get(kind.id)) for kind in silent),
    )


def _silent_type(kind: DisclosureType, rate: float | None) -> SilentType:
    if kind.silent is None:
        return SilentType(kind.id, kind.label, f"Nothing found: {kind.label}", None, rate)
    return SilentType(kind.id, kind.label, kind.silent.headline, kind.silent.valence, rate)


def _weight(disclosure: Disclosure, kind: DisclosureType) -> tuple[bool, int, float]:
    return (not kind.key, -disclosure.valence.severity, -disclosure.confidence)


def _worst(
    said: Sequence[Disclosure], silent: Sequence[DisclosureType], catalogue: Catalogue
) -> tuple[Valence, str]:
    """Return the deciding valence and the words of what decided it."""
    key = [d for d in said if catalogue.types[d.type].key]
    deciding = min(key or said, key=lambda d: _weight(d, catalogue.types[d.type]))
    worst, headline = deciding.valence, deciding.headline
    if not key and worst is Valence.BAD:
        worst = Valence.CAUTION
    for kind in silent:
        if kind.key and kind.silent and kind.silent.valence.severity > worst.severity:
            worst, headline = kind.silent.valence, kind.silent.headline
    torn = _in_both_stances(said)
    if torn is not None and worst.severity < Valence.CAUTION.severity:
        worst, headline = (
            Valence.CAUTION,
            f"Says yes and no: {torn.label[0].lower()}{torn.label[1:]}",
        )
    return worst, headline


def _in_both_stances(said: Sequence[Disclosure]) -> Disclosure | None:
    denied = {d.type for d in said if d.stance is Stance.DENIED}
    return next((d for d in said if d.stance is Stance.SAID and d.type in denied), None)
