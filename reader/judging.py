"""What the findings on one topic add up to: the verdict of its tile.

Asked by the engine for every topic of a policy, and again for those where the reader has dismissed
a finding.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from reader.model import Disclosure, SilentType, Stance, TopicVerdict, Valence, Verdict

FOUND_NOTHING = "We found nothing about this"
"""The headline of a tile on which the policy is silent."""

# Of few, some, many or most policies: each step has twice as many. Finer differences tell nothing.
_COMMONNESS = (1 / 6, 1 / 3, 2 / 3)
# Only a law makes some admit it: few say so, and many more do it.
_OWED = frozenset({"track.dnt-ignored:said"})
# There is nothing to stop where nobody else is said to get the data or to track.
_SILENT_ONLY_BESIDE: Mapping[str, frozenset[str]] = {
    "choice.sharing-opt-out": frozenset(
        {
            "sell.sells:said",
            "share.advertisers:said",
            "share.partners:said",
            "track.third-party:said",
            "track.cross-site:said",
        }
    ),
}


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
    statement_rates: Mapping[str, float],
) -> TopicVerdict:
    """Return ``topic`` as the ``disclosures`` on it decide, those of other topics left aside.

    The verdict is the worst valence among the disclosures of key types; where none of those
    speaks, the worst of the rest but no worse than caution. Unsure ones decide only where no sure
    one speaks; they take the good news from a tile that they speak against. Of those equally good
    or bad the one that fewer policies state leads. A key type whose silence tells something counts
    with that valence when the topic says something else, if what it is silent about can be asked of
    this policy at all. Both stances of one type make it caution
    at least. ``types`` are those of the topic. ``silence_rates`` are the shares of other policies,
    0 to 1, that are silent about a type too, ``statement_rates`` those that make a statement, by
    its key. ``withheld`` replaces the verdict. Where the text is not the ``whole`` policy, silence
    tells nothing.
    """
    keys = frozenset(kind.id for kind in types if kind.key)
    said = [d for d in disclosures if d.topic == topic.id]
    said.sort(key=lambda d: _weight(d, keys, statement_rates))
    spoken = {d.type for d in said}
    silent = [kind for kind in types if kind.id not in spoken and (kind.silent or kind.key)]
    sure = {d.key for d in disclosures if d.is_sure}
    tells = {kind.id for kind in silent if whole and _may_be_asked(kind.id, sure)}
    verdict, headline = Verdict.SILENT, FOUND_NOTHING
    if said:
        worst, headline = _worst(said, [kind for kind in silent if kind.id in tells], keys)
        verdict = Verdict(worst.value)
    return TopicVerdict(
        id=topic.id,
        label=topic.label,
        question=topic.question,
        verdict=Verdict.WITHHELD if withheld else verdict,
        headline=headline,
        disclosures=tuple(d.key for d in said),
        silent=tuple(
            _silent_type(kind, silence_rates.get(kind.id), kind.id in tells) for kind in silent
        ),
    )


def contradicted_types(disclosures: Iterable[Disclosure]) -> frozenset[str]:
    """Return the types that a policy both states and denies without any limit."""
    disclosures = tuple(disclosures)
    said = {d.type for d in disclosures if d.stance is Stance.SAID}
    denied = (d for d in disclosures if d.stance is Stance.DENIED and d.condition is None)
    return frozenset(d.type for d in denied if d.type in said)


def topics_resting_on(disclosures: Iterable[Disclosure]) -> frozenset[str]:
    """Return the topics whose verdict may change where ``disclosures`` come or go."""
    disclosures = tuple(disclosures)
    keys = {d.key for d in disclosures}
    beside = {
        kind.partition(".")[0]
        for kind, said in _SILENT_ONLY_BESIDE.items()
        if not said.isdisjoint(keys)
    }
    return frozenset({d.topic for d in disclosures} | beside)


def _may_be_asked(kind: str, sure: Collection[str]) -> bool:
    """Return whether the policy owes a word on the type, by the keys of what it surely states."""
    beside = _SILENT_ONLY_BESIDE.get(kind)
    return beside is None or not beside.isdisjoint(sure)


def _silent_type(kind: JudgedType, rate: float | None, tells: bool) -> SilentType:
    if kind.silent is None or not tells:
        return SilentType(kind.id, kind.label, f"Nothing found: {kind.label}", None, rate)
    return SilentType(kind.id, kind.label, kind.silent.headline, kind.silent.valence, rate)


def _weight(
    disclosure: Disclosure, keys: frozenset[str], rates: Mapping[str, float]
) -> tuple[bool, bool, int, int, float]:
    rate = rates.get(disclosure.key, 1.0)
    if disclosure.key in _OWED or disclosure.valence is Valence.NEUTRAL:
        rate = 1.0
    return (
        not disclosure.is_sure,
        disclosure.type not in keys,
        -disclosure.valence.severity,
        bisect_left(_COMMONNESS, rate),
        -disclosure.confidence,
    )


def _worst(
    said: Sequence[Disclosure], silent: Sequence[JudgedType], keys: frozenset[str]
) -> tuple[Valence, str]:
    """Return the deciding valence and the words of what decided it, the first of ``said``."""
    deciding = said[0]
    worst, headline = deciding.valence, deciding.headline
    if deciding.type not in keys and worst is Valence.BAD:
        worst = Valence.CAUTION
    if worst is Valence.GOOD and any(_speaks_against(d, keys) for d in said):
        worst = Valence.NEUTRAL
    for kind in silent:
        if kind.key and kind.silent and kind.silent.valence.severity > worst.severity:
            worst, headline = kind.silent.valence, kind.silent.headline
    torn = _in_both_stances(said)
    if torn is not None and worst.severity < Valence.CAUTION.severity:
        worst, headline = (
            Valence.CAUTION,
            f"Says two different things: {torn.label[0].lower()}{torn.label[1:]}",
        )
    return worst, headline


def _speaks_against(disclosure: Disclosure, keys: frozenset[str]) -> bool:
    """Return whether an unsure finding would have made the tile worse than neutral."""
    grave = disclosure.valence.severity > Valence.NEUTRAL.severity
    return grave and not disclosure.is_sure and disclosure.type in keys


def _in_both_stances(said: Sequence[Disclosure]) -> Disclosure | None:
    denied = {d.type for d in said if d.stance is Stance.DENIED}
    return next((d for d in said if d.stance is Stance.SAID and d.type in denied), None)
