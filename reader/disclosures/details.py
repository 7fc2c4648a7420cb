"""What the passages of a disclosure name: data, recipients, purposes and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from reader.disclosures.catalogue import load_catalogue
from reader.disclosures.matching import KeyedText, Pattern, find_matches
from reader.disclosures.words import Word, words_of
from reader.model import Details, Document, Evidence

_MOST = 12
_PERIOD = re.compile(
    r"\b(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|thirty"
    r"|sixty|ninety)(?:\s*\(\d{1,4}\))?[ -](?:(?:business|calendar|working) )?"
    r"(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def find_details(document: Document, evidence: Sequence[Evidence]) -> Details:
    """Return the things that the evidence names, in the policy's words, without repeats."""
    data: list[str] = []
    recipients: list[str] = []
    purposes: list[str] = []
    periods: list[str] = []
    for passage in evidence:
        quote = passage.span.of(document.text)
        words = words_of(quote)
        keyed = KeyedText([[word.key for word in words]])
        for target, name in (
            (data, "data-kind"),
            (recipients, "recipient-kind"),
            (purposes, "purpose"),
        ):
            target.extend(_named(_pattern(name), keyed, words, quote))
        periods.extend(match.group() for match in _PERIOD.finditer(quote))
    return Details(*(_distinct(found) for found in (data, recipients, purposes, periods)))


@cache
def _pattern(name: str) -> Pattern:
    return load_catalogue().lexicon.compile(f"<{name}>")


def _named(pattern: Pattern, keyed: KeyedText, words: Sequence[Word], quote: str) -> Iterator[str]:
    for match in find_matches(pattern, keyed):
        yield quote[words[match.start].start : words[match.end - 1].end]


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for words in found:
        kept.setdefault(words.lower(), words)
    return tuple(kept.values())[:_MOST]
