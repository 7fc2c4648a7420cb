"""The catalogue with the rules that the reader wrote: a file a topic, in the catalogue's format.

A file may describe new types, and add rules to the program's. What it holds is checked as the
program's own rules are, sentence by sentence; a file with a mistake is left out whole. How many
rules there are and how long it takes to check them is bounded, since it is the policy that waits.
"""

from __future__ import annotations

import time
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
    id_of,
    naming,
    rules_of,
    type_of,
)
from reader.disclosures.checking import mistakes_of
from reader.model import Document

MOST_RULES = 300
_DECIDING = ("key", "silent")
_PATIENCE = 4.0  # seconds of processor time for all files; a worker that is silent for 10 is ended
_TOO_LONG = "checking your rules took too long, so it stopped here"
_MOST_SHOWN = 300  # characters of a mistake


def with_own_rules(
    catalogue: Catalogue, files: Mapping[str, str], read: Callable[[str], Document]
) -> tuple[Catalogue, tuple[str, ...]]:
    """Return ``catalogue`` with what ``files`` add, and in words what was left out and why.

    ``files`` are names and texts; a name is that of a topic and ``.toml``. ``read`` makes a
    document of an example. Types of the reader's own stand behind the program's.
    """
    types, mistakes = dict(catalogue.types), []
    latest = time.process_time() + _PATIENCE
    for name, text in sorted(files.items()):
        try:
            types |= _types_of(name, text, replace(catalogue, types=types), read, latest)
        except CatalogueError as error:
            mistakes.append(_shown(str(error)))
    return replace(catalogue, types=types), tuple(mistakes)


def _types_of(
    name: str, text: str, catalogue: Catalogue, read: Callable[[str], Document], latest: float
) -> dict[str, DisclosureType]:
    topic = name.removesuffix(".toml")
    topics = [each.id for each in catalogue.topics]
    if topic not in topics:
        raise CatalogueError(f"{name}: a topic's file must be called {_listed(topics)}")
    if time.process_time() > latest:
        raise CatalogueError(f"{name}: {_TOO_LONG}")
    try:
        table = tomllib.loads(text)
    except ValueError as error:  # no TOML, or a number of thousands of digits
        raise CatalogueError(f"{name}: {error}") from error
    except RecursionError as error:
        raise CatalogueError(f"{name}: it is nested too deeply") from error
    if unknown := sorted(table.keys() - {"type"}):
        raise CatalogueError(
            f"{name}: unknown key {unknown[0]!r}; a type must be written as [[type]]"
        )
    rules = sum(rule.own for kind in catalogue.types.values() for rule in kind.rules)
    types: dict[str, DisclosureType] = {}
    for entry in entries_of(name, table, "type"):
        with naming(name, entry):
            if id_of(entry) in types:
                raise ValueError("is defined twice")
            kind, added = _type_of(entry, topic, catalogue)
            rules += len(added)
            if rules > MOST_RULES:
                raise ValueError(
                    f"with this one you would have more than {MOST_RULES} rules of your own"
                )
            for rule in added:
                if time.process_time() > latest:
                    raise ValueError(_TOO_LONG)
                for mistake in mistakes_of(kind, rule, catalogue, read):
                    raise ValueError(f"rule {rule.id.partition('/')[2]!r}: {mistake}")
            types[kind.id] = kind
    return types


def _type_of(
    entry: Mapping[str, Any], topic: str, catalogue: Catalogue
) -> tuple[DisclosureType, Sequence[Rule]]:
    """Return the type of ``entry``, and those of its rules that the entry brings."""
    known = catalogue.types.get(id_of(entry))
    if known is None:
        if deciding := [key for key in _DECIDING if key in entry]:
            raise ValueError(f"a type of your own cannot have {deciding[0]!r}")
        described = type_of(entry, topic, catalogue.lexicon)
        practices = {kind.practice for kind in catalogue.types.values()}
        if described.practice not in practices:
            raise ValueError(f"a practice must be one of {', '.join(sorted(practices))}")
    elif known.topic != topic:
        raise ValueError(f"belongs to the topic {known.topic!r}")
    elif described_anew := sorted(entry.keys() - {"id", "rule"}):
        raise ValueError(
            "is one of the program's own types: you can only add rules to it, not "
            f"change {described_anew[0]!r}"
        )
    else:
        described = replace(known, rules=rules_of(entry, catalogue.lexicon))
    own = tuple(replace(rule, own=True) for rule in described.rules)
    if not own:
        raise ValueError("has no rule")
    before = () if known is None else known.rules
    if twice := {rule.id for rule in before} & {rule.id for rule in own}:
        raise ValueError(f"already has a rule {min(twice).partition('/')[2]!r}")
    return replace(described, rules=(*before, *own)), own


def _shown(words: str) -> str:
    """Return ``words`` as they may be shown: on one line, and not too many of them."""
    line = "".join(sign if sign.isprintable() else "?" for sign in words[: _MOST_SHOWN + 1])
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"


def _listed(topics: Sequence[str]) -> str:
    return ", ".join(f"{topic}.toml" for topic in topics[:-1]) + f" or {topics[-1]}.toml"
