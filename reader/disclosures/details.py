"""What the passages of a disclosure name: data, recipients, purposes and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from reader.disclosures.catalogue import CatalogueError, load_catalogue
from reader.disclosures.matching import Entry, KeyedText
from reader.disclosures.places import batches
from reader.disclosures.words import KeyedQuote
from reader.model import Details, Span

_MOST = 12
_PERIOD = re.compile(
    r"\b(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|thirty"
    r"|sixty|ninety)(?:\s*\(\d{1,4}\))?[ -](?:(?:business|calendar|working) )?"
    r"(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_UNITS = ("hour", "day", "week", "month", "year")
_NAMED = ("data-kind", "recipient-kind", "purpose")  # entries of the lexicon


def find_details(passages: Mapping[Span, KeyedQuote]) -> dict[Span, Details]:
    """Return for each passage the things that it names, in the policy's words, repeats too."""
    details: dict[Span, Details] = {}
    for batch in batches(passages.items(), size=lambda each: len(each[1].keys)):
        text = KeyedText(quote.keys for _, quote in batch)
        named = [text.longest_matches(_entry(name)) for name in _NAMED]
        for index, (span, quote) in enumerate(batch):
            words = quote.spans() if any(index in found for found in named) else []
            data, recipients, purposes = (
                tuple(
                    quote.text[words[low][0] : words[high - 1][1]]
                    for low, high in found.get(index, ())
                )
                for found in named
            )
            details[span] = Details(data, recipients, purposes, _periods(quote.text))
    return details


def join_details(parts: Iterable[Details]) -> Details:
    """Return what all of these name, without repeats, at most a dozen things of a kind."""
    parts = tuple(parts)
    return Details(
        data=_distinct(words for part in parts for words in part.data),
        recipients=_distinct(words for part in parts for words in part.recipients),
        purposes=_distinct(words for part in parts for words in part.purposes),
        periods=_distinct(words for part in parts for words in part.periods),
    )


def _periods(quote: str) -> tuple[str, ...]:
    lowered = quote.lower()
    if not any(unit in lowered for unit in _UNITS):
        return ()
    return tuple(match.group() for match in _PERIOD.finditer(quote))


@cache
def _entry(name: str) -> Entry:
    entry = load_catalogue().lexicon.entry(name)
    if not isinstance(entry, Entry):
        raise CatalogueError(f"lexicon.toml: <{name}> must not mark an act")
    return entry


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for words in found:
        kept.setdefault(words.lower(), words)
    return tuple(kept.values())[:_MOST]
