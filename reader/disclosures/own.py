"""The catalogue with the rules that the reader wrote: a file a topic, in the catalogue's format.

A file may describe new types, and add rules to the program's. What it holds is checked as the
program's own rules are, sentence by sentence; a file with a mistake is left out whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reader.disclosures.catalogue import (
    Catalogue,
    CatalogueError,
    DisclosureType,
    Rule,
    entries_of,
    naming,
    rules_of,
    type_of,
)
from reader.disclosures.checking import mistakes_of
from reader.model import Document

_DECIDING = ("key", "silent")


def with_own_rules(
    catalogue: Catalogue, files: Mapping[str, str], read: Callable[[str], Document]
) -> tuple[Catalogue, tuple[str, ...]]:
    """Return ``catalogue`` with what ``files`` add, and in words what was left out and why.

    ``files`` are names and texts; a name is that of a topic and ``.toml``. ``read`` makes a
    document of an example. Types of the reader's own stand behind the program's.
    """
    types, mistakes = dict(catalogue.types), []
    for name, text in sorted(files.items()):
        try:
            types |= _types_of(name, text, replace(catalogue, types=types), read)
        except CatalogueError as error:
            mistakes.append(str(error))
    return replace(catalogue, types=types), tuple(mistakes)


def _types_of(
    name: str, text: str, catalogue: Catalogue, read: Callable[[str], Document]
) -> dict[str, DisclosureType]:
    topic = name.removesuffix(".toml")
    topics = [each.id for each in catalogue.topics]
    if topic not in topics:
        raise CatalogueError(f"{name}: the file of a topic is called {_listed(topics)}")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}: {error}") from error
    types: dict[str, DisclosureType] = {}
    for entry in entries_of(name, table, "type"):
        with naming(name, entry):
            if entry["id"] in types:
                raise ValueError("stands there twice")
            kind, added = _type_of(entry, topic, catalogue)
            for rule in added:
                for mistake in mistakes_of(kind, rule, catalogue, read):
                    raise ValueError(f"rule {rule.id.partition('/')[2]!r}: {mistake}")
            types[kind.id] = kind
    return types


def _type_of(
    entry: Mapping[str, Any], topic: str, catalogue: Catalogue
) -> tuple[DisclosureType, Sequence[Rule]]:
    """Return the type of ``entry``, and those of its rules that the entry brings."""
    known = catalogue.types.get(entry["id"])
    if known is None:
        if deciding := [key for key in _DECIDING if key in entry]:
            raise ValueError(f"a type of your own cannot be {deciding[0]!r}")
        described = type_of(entry, topic, catalogue.lexicon)
    elif known.topic != topic:
        raise ValueError(f"belongs to the topic {known.topic!r}")
    elif described_anew := sorted(entry.keys() - {"id", "rule"}):
        raise ValueError(f"is the program's: only rules can be added, not {described_anew[0]!r}")
    else:
        described = replace(known, rules=rules_of(entry, catalogue.lexicon))
    own = tuple(replace(rule, own=True) for rule in described.rules)
    if not own:
        raise ValueError("has no rule")
    before = () if known is None else known.rules
    if twice := {rule.id for rule in before} & {rule.id for rule in own}:
        raise ValueError(f"has a rule {min(twice).partition('/')[2]!r} already")
    return replace(described, rules=(*before, *own)), own


def _listed(topics: Sequence[str]) -> str:
    return ", ".join(f"{topic}.toml" for topic in topics[:-1]) + f" or {topics[-1]}.toml"
