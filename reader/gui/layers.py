"""Which marks the text shows: findings, wording, the reader's own; and what a filter holds back.

Free of widgets. Text, margin, map, contents and the way to the next finding all follow the one
``Marking`` that ``marking_of`` makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from reader.gui.passages import Marking, Passage, at_rest, everything, of_topic
from reader.model import Mark, MarkKind, Valence
from reader.settings import Settings

ALL_VALENCES = frozenset(Valence)


class Findings(Enum):
    """How many of the findings are marked."""

    TELLING = "telling"
    ALL = "all"
    NONE = "none"


class Wording(Enum):
    """The kinds of wording marks that have a switch of their own."""

    SENTENCES = "sentences"
    VAGUE = "vague"
    PASSIVES = "passives"
    LEGAL = "legal"
    PLAINER = "plainer"
    TERMS = "terms"


WORDING_OF_KIND: Mapping[MarkKind, Wording] = MappingProxyType(
    {
        MarkKind.LONG_SENTENCE: Wording.SENTENCES,
        MarkKind.HARD_SENTENCE: Wording.SENTENCES,
        MarkKind.VAGUE: Wording.VAGUE,
        MarkKind.PASSIVE: Wording.PASSIVES,
        MarkKind.LEGAL_WORD: Wording.LEGAL,
        MarkKind.PLAINER_WORD: Wording.PLAINER,
        MarkKind.DEFINED_TERM: Wording.TERMS,
    }
)
"""The switch of each kind of mark that a report carries."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What is marked, and the filter.

    ``wording`` are the kinds that are on, ``annotations`` whether the reader's own marks are shown.
    The filter lets findings of ``topics`` through, or of all where there are none, and of these
    the ``valences``.
    """

    findings: Findings = Findings.TELLING
    wording: frozenset[Wording] = frozenset()
    annotations: bool = True
    topics: frozenset[str] = frozenset()
    valences: frozenset[Valence] = ALL_VALENCES

    @property
    def is_filtered(self) -> bool:
        """Return whether the filter holds anything back."""
        return bool(self.topics) or self.valences != ALL_VALENCES

    def lets_through(self, passage: Passage) -> bool:
        """Return whether ``passage`` may be marked."""
        right_topic = not self.topics or passage.disclosure.topic in self.topics
        return right_topic and passage.valence in self.valences

    def marks_as(self, other: Layers) -> bool:
        """Return whether the same findings are marked with ``other``."""
        mine = self.findings, self.topics, self.valences
        return mine == (other.findings, other.topics, other.valences)


def without_filter(layers: Layers) -> Layers:
    """Return ``layers`` with a filter that lets everything through."""
    return replace(layers, topics=frozenset(), valences=ALL_VALENCES)


def with_filter(layers: Layers, other: Layers) -> Layers:
    """Return ``layers`` with the filter of ``other``."""
    return replace(layers, topics=other.topics, valences=other.valences)


def marking_of(
    passages: Sequence[Passage], telling: frozenset[Passage], layers: Layers, chosen: str | None
) -> Marking:
    """Return which of ``passages`` the page marks.

    ``telling`` stand out at rest; ``chosen`` is the topic whose tile was pressed, or None. Where
    the filter asks for topics, all of them stand out, as if their tiles had been pressed.
    """
    if layers.findings is Findings.NONE:
        return Marking()
    through = [passage for passage in passages if layers.lets_through(passage)]
    if layers.findings is Findings.ALL or layers.topics:
        return everything(through)
    rest = at_rest(through, telling.intersection(through))
    return rest if chosen is None else of_topic(through, chosen, rest)


def shown_wording(marks: Iterable[Mark], layers: Layers) -> tuple[Mark, ...]:
    """Return those of a report's wording marks whose switch is on."""
    return tuple(mark for mark in marks if WORDING_OF_KIND.get(mark.kind) in layers.wording)


# What outlives the window: the switches do, the filter belongs to one policy


def layers_of(settings: Settings) -> Layers:
    """Return the switches as the reader left them, with nothing filtered."""
    findings = Findings.ALL if settings.mark_everything else Findings.TELLING
    return Layers(
        findings=findings if settings.mark_findings else Findings.NONE,
        wording=frozenset(kind for kind in Wording if kind.value in settings.mark_wording),
        annotations=settings.mark_notes,
    )


def with_layers(settings: Settings, layers: Layers) -> Settings:
    """Return ``settings`` with the switches of ``layers``."""
    return replace(
        settings,
        mark_everything=layers.findings is Findings.ALL,
        mark_findings=layers.findings is not Findings.NONE,
        mark_wording=tuple(kind.value for kind in Wording if kind in layers.wording),
        mark_notes=layers.annotations,
    )


def with_everything(settings: Settings, *, on: bool) -> Settings:
    """Return ``settings`` with all findings marked, or with the telling ones alone."""
    findings = Findings.ALL if on else Findings.TELLING
    return with_layers(settings, replace(layers_of(settings), findings=findings))
