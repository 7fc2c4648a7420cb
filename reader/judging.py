"""What the findings on one topic add up to: the verdict of its tile.

Asked by the engine for every topic of a policy, and again for those where the reader has dismissed
a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reader.model import Disclosure, SilentType, Stance, TopicVerdict, Valence, Verdict

FOUND_NOTHING = "We found nothing about this"
"""The headline of a tile on which the policy is silent."""


class SilenceWorth(Protocol):
    """What it means when a policy says nothing about a type: its worth and tile headline."""

    @property
    def valence(self) -> Valence:
        """Return what the silence is worth."""

    @property
    def headline(self) -> str:
        """Return the silence in a few words."""


class JudgedType(Protocol):
    """What judging needs to know of a disclosure type; ``silent`` is None where it tells nothing.

    The ``key`` types of a topic decide its verdict where one of them speaks.
    """

    @property
    def id(self) -> str:
        """Return the type's name."""

    @property
    def label(self) -> str:
        """Return the type in plain words."""

    @property
    def key(self) -> bool:
        """Return whether the type decides its topic."""

    @property
    def silent(self) -> SilenceWorth | None:
        """Return what its absence tells."""


def judge_topic(
    topic: TopicVerdict,
    disclosures: Sequence[Disclosure],
    types: Sequence[JudgedType],
    *,
    withheld: bool,
    whole: bool,
    silence_rates: Mapping[str, float | None],
) -> TopicVerdict:
    """Return ``topic`` as the ``disclosures`` on it decide, those of other topics left aside.

    The verdict is the worst valence among the disclosures of key types; where none of those
    speaks, the worst of the rest but no worse than caution. A key type whose silence tells
    something counts with that valence when the topic says something else. Both stances of one
    type make it caution at least. ``types`` are those of the topic, ``silence_rates`` the shares of
    other policies, 0 to 1, that are silent about a type too. ``withheld`` replaces the verdict.
    Where the text is not the ``whole`` policy, silence tells nothing.
    """
    keys = frozenset(kind.id for kind in types if kind.key)
    said = [d for d in disclosures if d.topic == topic.id]
    said.sort(key=lambda d: _weight(d, keys))
    spoken = {d.type for d in said}
    silent = [kind for kind in types if kind.id not in spoken and (kind.silent or kind.key)]
    verdict, headline = Verdict.SILENT, FOUND_NOTHING
    if said:
        worst, headline = _worst(said, silent if whole else (), keys)
        verdict = Verdict(worst.value)
    return TopicVerdict(
        id=topic.id,
        label=topic.label,
        question=topic.question,
        verdict=Verdict.WITHHELD if withheld else verdict,
        headline=headline,
        disclosures=tuple(d.key for d in said),
        silent=tuple(_silent_type(kind, silence_rates.get(kind.id), whole) for kind in silent),
    )


def _silent_type(kind: JudgedType, rate: float | None, whole: bool) -> SilentType:
    if kind.silent is None or not whole:
        return SilentType(kind.id, kind.label, f"Nothing found: {kind.label}", None, rate)
    return SilentType(kind.id, kind.label, kind.silent.headline, kind.silent.valence, rate)


def _weight(disclosure: Disclosure, keys: frozenset[str]) -> tuple[bool, int, float]:
    return (disclosure.type not in keys, -disclosure.valence.severity, -disclosure.confidence)


def _worst(
    said: Sequence[Disclosure], silent: Sequence[JudgedType], keys: frozenset[str]
) -> tuple[Valence, str]:
    """Return the deciding valence and the words of what decided it, the first of ``said``."""
    deciding = said[0]
    worst, headline = deciding.valence, deciding.headline
    if deciding.type not in keys and worst is Valence.BAD:
        worst = Valence.CAUTION
    for kind in silent:
        if kind.key and kind.silent and kind.silent.valence.severity > worst.severity:
            worst, headline = kind.silent.valence, kind.silent.headline
    torn = _in_both_stances(said)
    if torn is not None and worst.severity < Valence.CAUTION.severity:
        worst, headline = (
            Valence.CAUTION,
            f"Says both yes and no: {torn.label[0].lower()}{torn.label[1:]}",
        )
    return worst, headline


def _in_both_stances(said: Sequence[Disclosure]) -> Disclosure | None:
    denied = {d.type for d in said if d.stance is Stance.DENIED}
    return next((d for d in said if d.stance is Stance.SAID and d.type in denied), None)
