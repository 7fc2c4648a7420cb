"""One policy in a line: what tables of many policies show of each, whatever they are written as.

``Overview`` is made of a report, or of a refusal, and goes to a line of JSON and back.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from reader.errors import ReaderError
from reader.export.report_json import decode, encode
from reader.model import PolicyReport, Stance, Verdict
from reader.paths import resource
from reader.summary import clean_line, summary_card
from reader.version import __version__

SCORES = (
    "flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "gunning_fog",
    "coleman_liau_index", "automated_readability_index", "percentile",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """A policy, or an input that was refused: then ``error`` and ``message`` say why.

    ``name`` is as the input was given. ``band`` is '' outside English, where reading difficulty is
    not measured. ``scores`` holds those of ``SCORES`` that there are, ``topics`` the verdict of
    each tile and ``headlines`` its words, by topic. ``disclosure_keys`` are those of what it
    discloses, as ``type:stance``. ``version`` is the program's that read it.
    """

    name: str
    error: str = ""
    message: str = ""
    title: str = ""
    language: str = ""
    kind: str = ""
    words: int = 0
    minutes: float = 0.0
    band: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    effective_date: str = ""
    verdict: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    disclosure_keys: tuple[str, ...] = ()
    version: str = ""

    def stances(self) -> Mapping[str, str]:
        """Return for each type that it speaks of ``said``, ``denied`` or ``said+denied``."""
        found: dict[str, str] = {}
        for stance in Stance:
            for key in self.disclosure_keys:
                kind, _, how = key.rpartition(":")
                if how == stance.value:
                    found[kind] = f"{found[kind]}+{how}" if kind in found else how
        return found


def overview_of(report: PolicyReport) -> Overview:
    """Return the line of a policy that could be read."""
    document, scores = report.document, report.scores
    is_measured = document.language_supported
    values = ((name, getattr(scores, name)) for name in SCORES if is_measured)
    card = summary_card(report)
    return Overview(
        name=document.source.name,
        title=card.title,
        language=document.language,
        kind=document.kind.value,
        words=document.words,
        minutes=document.reading_minutes,
        band=scores.band.value if is_measured else "",
        scores={name: value for name, value in values if value is not None},
        effective_date=report.facts.effective_date or "",
        verdict=report.verdict,
        topics={topic.id: topic.verdict.value for topic in report.topics},
        headlines={tile.topic: tile.headline for tile in card.tiles},
        disclosure_keys=tuple(disclosure.key for disclosure in report.disclosures),
        version=report.generator.version,
    )


def overview_of_error(error: ReaderError, name: str) -> Overview:
    """Return the line of an input that was refused."""
    return Overview(name=name, error=error.kind, message=error.message)


def to_line(overview: Overview) -> bytes:
    """Return ``overview`` as a line of JSON, without its line end."""
    return encode(asdict(overview))


def from_line(line: bytes) -> Overview:
    """Return the overview that ``to_line`` made ``line`` of.

    Raises:
        ValueError: it is none.
    """
    value = decode(line)
    if not isinstance(value, dict):
        raise ValueError("not an overview")
    try:
        overview = Overview(**(value | {"disclosure_keys": tuple(value["disclosure_keys"])}))
    except (KeyError, TypeError) as exc:
        raise ValueError("not an overview") from exc
    if not isinstance(overview.name, str) or not set(overview.topics.values()) <= _VERDICTS:
        raise ValueError("not an overview")
    return overview


def name_and_error(line: bytes) -> tuple[str, bool]:
    """Return the name of the input that ``line`` is about, and whether it was refused.

    Raises:
        ValueError: it is no line of overviews, or one of another version.
    """
    overview = from_line(line)
    if not overview.error and overview.version != __version__:
        raise ValueError("the row of another version")
    return overview.name, bool(overview.error)


_VERDICTS = {verdict.value for verdict in Verdict}


# What there is to disclose


@dataclass(frozen=True, slots=True)
class Topic:
    """A tile: its id, its label and the types of disclosures under it."""

    id: str
    label: str
    types: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Return the topics in the order of the card."""
    return tuple(
        Topic(
            each["id"],
            clean_line(each["label"]),
            tuple(kind["id"] for kind in _types_of(each["id"])),
        )
        for each in _table("topics")["topic"]
    )


@cache
def types() -> tuple[str, ...]:
    """Return the ids of all types of disclosures, by topic."""
    return tuple(kind for topic in topics() for kind in topic.types)


@cache
def statement_words() -> Mapping[str, str]:
    """Return for each ``type:stance`` that there is what it says in a few words."""
    return MappingProxyType(
        {
            f"{kind['id']}:{stance.value}": clean_line(kind[stance.value]["headline"])
            for topic in topics()
            for kind in _types_of(topic.id)
            for stance in Stance
            if stance.value in kind
        }
    )


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resource(f"disclosures/{name}.toml").read_text(encoding="utf-8"))


def _types_of(topic: str) -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = _table(topic).get("type", [])
    return kinds
