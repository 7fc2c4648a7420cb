"""Which part of a long sentence bears out what a rule found in it.

"You may (i) see your data, ..., and (v) complain to an authority" is quoted for the complaint with
its last item alone, and the words that lead into the list stand before it as context.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.disclosures.enumerations import Enumeration, find_enumeration
from reader.disclosures.names import OwnNames
from reader.disclosures.statements import Statement
from reader.model import Document, Span

LONGEST_WHOLE = 240
"""Characters up to which a sentence is quoted whole: about three lines."""


class Place(NamedTuple):
    """The words to be quoted and what a reader needs to be shown before them."""

    span: Span
    context: Span | None


def places_of(
    document: Document, names: OwnNames, statement: Statement, ends: Iterable[int]
) -> Iterator[Place]:
    """Yield the parts of a statement's sentence that show its matches, each once.

    ``ends`` are the indices behind the last words of the matches. A match that ends in an item of
    a list inside a long sentence is shown by that item; every other by the whole sentence.
    """
    whole = Place(statement.span, statement.context)
    listed = _list_inside(document.text, statement.span)
    if listed is None:
        yield whole
        return
    words = statement.words(document, names)
    context = Span(statement.span.start, listed.lead.end)
    starts = [item.start for item in listed.items]
    places = []
    for end in ends:
        last = words[end - 1].start
        at = bisect_right(starts, last) - 1
        in_item = at >= 0 and last < listed.items[at].end
        places.append(Place(listed.items[at], context) if in_item else whole)
    yield from dict.fromkeys(places)


def _list_inside(text: str, sentence: Span) -> Enumeration | None:
    """Return the list that a sentence holds, None where it is short enough to be quoted whole."""
    if sentence.end - sentence.start <= LONGEST_WHOLE:
        return None
    return find_enumeration(text, sentence)
