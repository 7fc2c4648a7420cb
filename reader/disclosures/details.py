"""What the passages of a disclosure name: data, recipients, purposes and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from reader.disclosures.addresses import distinct
from reader.disclosures.catalogue import CatalogueError, load_catalogue
from reader.disclosures.matching import Entry, KeyedText
from reader.disclosures.statements import Statement
from reader.disclosures.words import KeyedQuote
from reader.model import Details
from reader.periods import periods_in

_MOST = 12
_AROUND = " ,;:()[]"  # what may stand between a thing and the next word of its pattern
# What is done every three months is no time that anything is kept.
_EVERY = re.compile(
    r"\b(?:chang|rotat|renew|review|updat|refresh|audit|bill)\w*\b[^.;()]{0,40}?\bevery "
    r"(?:[\w-]+ ){0,2}?(?:hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_NAMED = ("data-kind", "recipient-kind", "purpose")  # entries of the lexicon


def find_details(text: KeyedText, statements: Mapping[int, Statement]) -> dict[int, Details]:
    """Return for each statement, by its index in ``text``, the things that its sentence names.

    They are in the policy's words, repeats too.
    """
    as_read, renamed = {}, []
    for index, statement in statements.items():
        if statement.keys[statement.own :] == statement.quote.keys:
            as_read[index] = (statement.own, statement.quote)
        else:  # its author's name was read as "we", or its end was cut off
            renamed.append((index, statement.quote))
    details = _details(text, as_read)
    apart = _details(
        KeyedText(quote.keys for _, quote in renamed),
        {place: (0, quote) for place, (_, quote) in enumerate(renamed)},
    )
    return details | {index: apart[place] for place, (index, _) in enumerate(renamed)}


def _details(
    text: KeyedText, sentences: Mapping[int, tuple[int, KeyedQuote]]
) -> dict[int, Details]:
    """Return what sentences name; each begins in the text behind so many words of another."""
    within = 0
    for index, (before, _) in sentences.items():
        first, end = text.range_of(index)
        within |= (1 << end) - (1 << first + before)
    named = [text.longest_matches(_entry(name), within) for name in _NAMED]
    details: dict[int, Details] = {}
    for index, (before, quote) in sentences.items():
        words = quote.spans if any(index in found for found in named) else []
        data, recipients, purposes = (
            tuple(
                quote.text[words[low - before][0] : words[high - 1 - before][1]].strip(_AROUND)
                for low, high in found.get(index, ())
            )
            for found in named
        )
        periods = tuple(period.words for period in periods_in(_EVERY.sub("", quote.text)))
        details[index] = Details(data, recipients, purposes, periods)
    return details


def join_details(parts: Iterable[Details]) -> Details:
    """Return what all of these name, without repeats, at most a dozen things of a kind."""
    parts = tuple(parts)
    return Details(
        data=distinct(words for part in parts for words in part.data)[:_MOST],
        recipients=distinct(words for part in parts for words in part.recipients)[:_MOST],
        purposes=distinct(words for part in parts for words in part.purposes)[:_MOST],
        periods=distinct(words for part in parts for words in part.periods)[:_MOST],
    )


@cache
def _entry(name: str) -> Entry:
    entry = load_catalogue().lexicon.entry(name)
    if not isinstance(entry, Entry):
        raise CatalogueError(f"lexicon.toml: <{name}> must not mark an act")
    return entry
