"""The catalogue of disclosure types, read from ``resources/disclosures/*.toml``.

A topic has one file: its types, and for each type what it means, what it is worth in each stance,
the words that say so, and the rules that find it. ``lexicon.toml`` holds the words that rules
share, ``topics.toml`` the tiles of the summary card in their order, ``passed-over.toml`` what no
rule looks at.
"""

from __future__ import annotations

import re
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
    where nothing but such rules found it: they say less than the type's headline does. So do
    ``valence`` and ``statement``, which such a rule may bring as well; the valence is no graver
    than the type's. ``own`` rules are not the program's but its reader's.
    """

    id: str
    pattern: Pattern
    stance: RuleStance
    strength: Strength
    unless: tuple[Pattern, ...]
    heading: Pattern | None
    headline: str | None
    valence: Valence | None
    statement: str | None
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

    The rules of the ``speaking`` topics read them all the same, and all rules do where a pattern of
    ``unless`` matches.
    """

    id: str
    pattern: Pattern
    speaking: frozenset[str]
    unless: tuple[Pattern, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A tile of the summary card.

    ``heading`` matches the headings of sections that are about it, None where nothing tells them.
    """

    id: str
    label: str
    question: str
    heading: Pattern | None = None


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
        Topic(
            entry["id"],
            entry["label"],
            entry["question"],
            lexicon.compile(entry["heading"]) if "heading" in entry else None,
        )
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
                raise ValueError("is defined twice")
            types[kind.id] = kind
    return types


def entries_of(file: str, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the tables of the list ``key``, [] where there is none.

    Raises:
        CatalogueError: it is something else.
    """
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"{file}: {key} must be written as [[{key}]]")
    return entries


@contextmanager
def naming(file: str, entry: Mapping[str, Any]) -> Iterator[None]:
    """Turn a mistake in ``entry`` into a ``CatalogueError`` that names file, entry and mistake."""
    try:
        yield
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        mistake = f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
        name = entry.get("id")
        raise CatalogueError(
            f"{file}: {name if isinstance(name, str) else '?'}: {mistake}"
        ) from error


def _passed_over(path: Path, lexicon: Lexicon) -> tuple[PassedOver, ...]:
    try:
        return tuple(
            PassedOver(
                id=entry["id"],
                pattern=lexicon.compile(entry["pattern"]),
                speaking=frozenset(entry.get("speaking", [])),
                unless=tuple(map(lexicon.compile, entry.get("unless", []))),
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


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_WORDS = 400  # characters of a label, headline, statement or meaning
_LONGEST_EXAMPLE = 2_000
_LONGEST_PATTERN = 4_000

_TYPE_KEYS = {
    "id", "practice", "label", "meaning", "key", "said", "denied", "silent", "rule",
}  # fmt: skip
_RULE_KEYS = {
    "id", "pattern", "stance", "strength", "unless", "heading", "headline",
    "valence", "statement", "examples", "denials", "counterexamples", "source",
}  # fmt: skip


def _refuse_unknown(entry: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(entry) - known):
        raise ValueError(f"unknown key {unknown[0]!r}")


def id_of(entry: Mapping[str, Any]) -> str:
    """Return the id of a type or rule.

    Raises:
        KeyError, TypeError, ValueError: it has none, or one that is no text.
    """
    return _words(entry, "id")


def _words(entry: Mapping[str, Any], key: str) -> str:
    """Return the text of ``key`` on one line; it is shown, so that it holds no odd signs."""
    text = " ".join(_text(entry, key, _LONGEST_WORDS).split())
    if not text:
        raise ValueError(f"{key!r} is empty")
    if odd := next((sign for sign in text if not (sign.isprintable() or sign == "\u200d")), None):
        raise ValueError(f"{key!r} contains a character that cannot be shown: U+{ord(odd):04X}")
    return text


def _text(entry: Mapping[str, Any], key: str, most: int) -> str:
    text = entry[key]
    if not isinstance(text, str):
        raise TypeError(f"{key!r} must be text in quotation marks")
    if len(text) > most:
        raise ValueError(f"{key!r} is longer than {most} characters")
    return text


def _texts(entry: Mapping[str, Any], key: str, most: int) -> tuple[str, ...]:
    """Return the list of texts of ``key``, () where there is none."""
    texts = entry.get(key, [])
    if not isinstance(texts, list):
        raise TypeError(f"{key!r} must be a list of texts")
    return tuple(_text({key: text}, key, most) for text in texts)


def _table(entry: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = entry[key]
    if not isinstance(table, dict):
        raise TypeError(f"{key!r} must be a table")
    return table


def type_of(entry: Mapping[str, Any], topic: str, lexicon: Lexicon) -> DisclosureType:
    """Return the type that ``entry`` describes.

    Raises:
        KeyError, TypeError, ValueError: it breaks the format.
    """
    _refuse_unknown(entry, _TYPE_KEYS)
    of_topic, _, name = id_of(entry).partition(".")
    if of_topic != topic:
        raise ValueError(f"does not belong to the topic {topic!r}")
    if not _ID.fullmatch(name):
        raise ValueError("an id may contain only small letters, digits and hyphens")
    outcomes = {
        stance: _outcome_of(_table(entry, stance.value))
        for stance in Stance
        if stance.value in entry
    }
    return DisclosureType(
        id=entry["id"],
        topic=topic,
        practice=_words(entry, "practice"),
        label=_words(entry, "label"),
        meaning=_words(entry, "meaning"),
        key=entry.get("key", False),
        outcomes=outcomes,
        silent=_silence_of(_table(entry, "silent")) if "silent" in entry else None,
        rules=rules_of(entry, lexicon),
    )


def rules_of(entry: Mapping[str, Any], lexicon: Lexicon) -> tuple[Rule, ...]:
    """Return the rules that stand below the type ``entry``.

    Raises:
        KeyError, TypeError, ValueError: one of them breaks the format.
    """
    rules: dict[str, Rule] = {}
    raws = entry.get("rule", [])
    if not isinstance(raws, list) or not all(isinstance(raw, dict) for raw in raws):
        raise TypeError("a rule must be written as [[type.rule]]")
    for raw in raws:
        rule = _rule_of(raw, entry["id"], lexicon)
        if rule.id in rules:
            raise ValueError(f"the rule {rule.id!r} is defined twice")
        rules[rule.id] = rule
    return tuple(rules.values())


def _silence_of(entry: Mapping[str, Any]) -> Silence:
    return Silence(Valence(entry["valence"]), _words(entry, "headline"))


def _outcome_of(entry: Mapping[str, Any]) -> Outcome:
    return Outcome(Valence(entry["valence"]), _words(entry, "headline"), _words(entry, "statement"))


def _rule_of(entry: Mapping[str, Any], type_id: str, lexicon: Lexicon) -> Rule:
    _refuse_unknown(entry, _RULE_KEYS)
    name = id_of(entry)
    if not _ID.fullmatch(name):
        raise ValueError(f"rule {name!r}: an id may contain only small letters, digits and hyphens")
    stance, strength = entry.get("stance", "by-negation"), entry.get("strength", "explicit")
    if stance not in ("by-negation", "unless-negated", "said", "denied"):
        raise ValueError(f"rule {name!r}: {stance!r} is not a stance")
    if strength not in ("explicit", "implied"):
        raise ValueError(f"rule {name!r}: {strength!r} is not a strength")
    for kind in ("examples", "counterexamples"):
        if not entry.get(kind):
            raise ValueError(f"rule {name!r}: {kind} are missing")
    for told in ("valence", "statement"):
        if told in entry and "headline" not in entry:
            raise ValueError(f"rule {name!r}: {told!r} needs a headline of the rule's own")
    try:
        return Rule(
            id=f"{type_id}/{name}",
            pattern=lexicon.compile(_text(entry, "pattern", _LONGEST_PATTERN)),
            stance=stance,
            strength=strength,
            unless=tuple(map(lexicon.compile, _texts(entry, "unless", _LONGEST_PATTERN))),
            heading=(
                lexicon.compile(_text(entry, "heading", _LONGEST_PATTERN))
                if "heading" in entry
                else None
            ),
            headline=_words(entry, "headline") if "headline" in entry else None,
            valence=Valence(entry["valence"]) if "valence" in entry else None,
            statement=_words(entry, "statement") if "statement" in entry else None,
            examples=_texts(entry, "examples", _LONGEST_EXAMPLE),
            denials=_texts(entry, "denials", _LONGEST_EXAMPLE),
            counterexamples=_texts(entry, "counterexamples", _LONGEST_EXAMPLE),
            source=_text(entry, "source", _LONGEST_EXAMPLE) if "source" in entry else "",
        )
    except KeyError as error:
        raise ValueError(f"rule {name!r}: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise ValueError(f"rule {name!r}: {error}") from error
    except RecursionError as error:
        raise ValueError(f"rule {name!r}: it is nested too deeply") from error
