"""The catalogue of disclosure types, read from ``resources/disclosures/*.toml``.

A topic has one file: its types, and for each type what it means, what it is worth in each stance,
the words that say so, and the rules that find it. ``lexicon.toml`` holds the words that rules
share, ``topics.toml`` the tiles of the summary card in their order, ``passed-over.toml`` what no
rule looks at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from reader.disclosures.matching import Pattern
from reader.disclosures.patterns import Lexicon, PatternError
from reader.model import Stance, Valence
from reader.paths import resource

RuleStance = Literal["by-negation", "unless-negated", "said", "denied"]
Strength = Literal["explicit", "implied"]


class CatalogueError(ValueError):
    """A rule file that breaks the format: the message names the file, the entry and the mistake."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which policies state a disclosure.

    ``stance`` tells how a match is read: ``by-negation`` looks for a negation over the act,
    ``unless-negated`` does so too but takes no denial from it, for wide patterns;
    ``said`` and ``denied`` take the pattern's word for it. ``heading``, where it is given, must
    match the heading of the section or of one above it. ``unless`` are patterns that must not
    match the same sentence. ``explicit`` evidence states the type in so many words, ``implied``
    evidence lets it be understood. ``headline``, where it is given, stands for the type's own
    where nothing but such rules found it: they say less than the type's headline does.
    ``own`` rules are not the program's but its reader's.
    """

    id: str
    pattern: Pattern
    stance: RuleStance
    strength: Strength
    unless: tuple[Pattern, ...]
    heading: Pattern | None
    headline: str | None
    examples: tuple[str, ...]
    denials: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it means when a type is said, or denied: its worth, tile headline and statement."""

    valence: Valence
    headline: str
    statement: str


@dataclass(frozen=True, slots=True)
class Silence:
    """What it means when a policy says nothing about a type: its worth and tile headline."""

    valence: Valence
    headline: str


@dataclass(frozen=True, slots=True)
class DisclosureType:
    """One kind of statement; ``silent`` is None where its absence tells nothing."""

    id: str
    topic: str
    practice: str
    label: str
    meaning: str
    key: bool
    outcomes: Mapping[Stance, Outcome]
    silent: Silence | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Sentences that state no practice, though their words look like one.

    The rules of the ``speaking`` topics read them all the same.
    """

    id: str
    pattern: Pattern
    speaking: frozenset[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A tile of the summary card."""

    id: str
    label: str
    question: str


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All topics and types in the order of the card, and the lexicon their rules share."""

    topics: tuple[Topic, ...]
    types: Mapping[str, DisclosureType]
    lexicon: Lexicon
    passed_over: tuple[PassedOver, ...]

    def of_topic(self, topic: str) -> tuple[DisclosureType, ...]:
        """Return the types of a topic in their order."""
        return tuple(t for t in self.types.values() if t.topic == topic)


@cache
def load_catalogue() -> Catalogue:
    """Return the program's own catalogue, read and compiled once a process.

    Raises:
        CatalogueError: a file breaks the format.
    """
    return read_catalogue(resource("disclosures"))


def read_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of ``folder``, checked.

    Raises:
        CatalogueError: a file breaks the format.
    """
    lexicon = Lexicon(_read_toml(folder / "lexicon.toml"))
    topics = tuple(
        Topic(entry["id"], entry["label"], entry["question"])
        for entry in _read_toml(folder / "topics.toml")["topic"]
    )
    types: dict[str, DisclosureType] = {}
    for topic in topics:
        path = folder / f"{topic.id}.toml"
        types |= types_of(path.name, _read_toml(path), topic.id, lexicon)
    return Catalogue(topics, types, lexicon, _passed_over(folder / "passed-over.toml", lexicon))


def types_of(
    file: str, table: Mapping[str, Any], topic: str, lexicon: Lexicon
) -> dict[str, DisclosureType]:
    """Return the types of a topic's file by their ids; ``file`` is its name, for messages.

    Raises:
        CatalogueError: an entry breaks the format.
    """
    types: dict[str, DisclosureType] = {}
    for entry in entries_of(file, table, "type"):
        with naming(file, entry):
            kind = type_of(entry, topic, lexicon)
            if kind.id in types:
                raise ValueError("stands there twice")
            types[kind.id] = kind
    return types


def entries_of(file: str, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the tables of the list ``key``, [] where there is none.

    Raises:
        CatalogueError: it is something else.
    """
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"{file}: {key} is to be written [[{key}]]")
    return entries


@contextmanager
def naming(file: str, entry: Mapping[str, Any]) -> Iterator[None]:
    """Turn a mistake in ``entry`` into a ``CatalogueError`` that names file, entry and mistake."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        mistake = f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
        raise CatalogueError(f"{file}: {entry.get('id', '?')}: {mistake}") from error


def _passed_over(path: Path, lexicon: Lexicon) -> tuple[PassedOver, ...]:
    try:
        return tuple(
            PassedOver(
                id=entry["id"],
                pattern=lexicon.compile(entry["pattern"]),
                speaking=frozenset(entry.get("speaking", [])),
                examples=tuple(entry["examples"]),
                counterexamples=tuple(entry["counterexamples"]),
            )
            for entry in _read_toml(path)["rule"]
        )
    except (KeyError, TypeError, PatternError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


_TYPE_KEYS = {
    "id", "practice", "label", "meaning", "key", "said", "denied", "silent", "rule",
}  # fmt: skip
_RULE_KEYS = {
    "id", "pattern", "stance", "strength", "unless", "heading", "headline",
    "examples", "denials", "counterexamples", "source",
}  # fmt: skip


def _refuse_unknown(entry: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(entry) - known):
        raise ValueError(f"unknown key {unknown[0]!r}")


def type_of(entry: Mapping[str, Any], topic: str, lexicon: Lexicon) -> DisclosureType:
    """Return the type that ``entry`` describes.

    Raises:
        KeyError, TypeError, ValueError: it breaks the format.
    """
    _refuse_unknown(entry, _TYPE_KEYS)
    if not entry["id"].startswith(f"{topic}."):
        raise ValueError(f"does not belong to the topic {topic!r}")
    outcomes = {
        stance: Outcome(
            Valence(entry[stance.value]["valence"]),
            entry[stance.value]["headline"],
            entry[stance.value]["statement"],
        )
        for stance in Stance
        if stance.value in entry
    }
    return DisclosureType(
        id=entry["id"],
        topic=topic,
        practice=entry["practice"],
        label=entry["label"],
        meaning=entry["meaning"],
        key=entry.get("key", False),
        outcomes=outcomes,
        silent=_silence_of(entry["silent"]) if "silent" in entry else None,
        rules=rules_of(entry, lexicon),
    )


def rules_of(entry: Mapping[str, Any], lexicon: Lexicon) -> tuple[Rule, ...]:
    """Return the rules that stand below the type ``entry``.

    Raises:
        KeyError, TypeError, ValueError: one of them breaks the format.
    """
    rules: dict[str, Rule] = {}
    for raw in entry.get("rule", []):
        rule = _rule_of(raw, entry["id"], lexicon)
        if rule.id in rules:
            raise ValueError(f"the rule {rule.id!r} stands there twice")
        rules[rule.id] = rule
    return tuple(rules.values())


def _silence_of(entry: Mapping[str, Any]) -> Silence:
    return Silence(Valence(entry["valence"]), entry["headline"])


def _rule_of(entry: Mapping[str, Any], type_id: str, lexicon: Lexicon) -> Rule:
    _refuse_unknown(entry, _RULE_KEYS)
    name = entry["id"]
    stance, strength = entry.get("stance", "by-negation"), entry.get("strength", "explicit")
    if stance not in ("by-negation", "unless-negated", "said", "denied"):
        raise ValueError(f"rule {name!r}: no stance {stance!r}")
    if strength not in ("explicit", "implied"):
        raise ValueError(f"rule {name!r}: no strength {strength!r}")
    for kind in ("examples", "counterexamples"):
        if not entry.get(kind):
            raise ValueError(f"rule {name!r}: {kind} are missing")
    try:
        return Rule(
            id=f"{type_id}/{name}",
            pattern=lexicon.compile(entry["pattern"]),
            stance=stance,
            strength=strength,
            unless=tuple(lexicon.compile(p) for p in entry.get("unless", [])),
            heading=lexicon.compile(entry["heading"]) if "heading" in entry else None,
            headline=entry.get("headline"),
            examples=tuple(entry["examples"]),
            denials=tuple(entry.get("denials", [])),
            counterexamples=tuple(entry["counterexamples"]),
            source=entry.get("source", ""),
        )
    except PatternError as error:
        raise ValueError(f"rule {name!r}: {error}") from error
