"""Single facts of a policy: periods, addresses, its date, its recipients, an age, countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reader.disclosures.addresses import AddressBook, distinct
from reader.disclosures.countries import destinations, distinct_places
from reader.disclosures.dates import OwnDate, find_own_dates
from reader.disclosures.recipients import named_recipients
from reader.model import Disclosure, Document, Facts, Span
from reader.periods import AGE_IN_WORDS, number_in

_NUMBER = rf"(?P<age>1[0-9]|2[01]|{AGE_IN_WORDS})\b"
_AGE = re.compile(
    r"\b(?:under|below|younger than|less than|at least|over|older than|age of)"
    rf"(?: the age of| age)? {_NUMBER}"
    rf"|\bminimum age\b[^.;]{{0,80}}?\b(?:is|of)\b \D{{0,20}}?{_NUMBER.replace('age', 'least')}"
    rf"|\baged? {_NUMBER.replace('age', 'from')} (?:and|or) (?:over|above|older|up)\b"
    rf"|\b{_NUMBER.replace('age', 'old')}(?: \(\d\d\))? years? (?:of age|old)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\((?:or|and)\b[^()]*\)", re.IGNORECASE)  # "18 (or 21 in some places)"
_THAT_AGE = re.compile(r"\b(?:this|that|such(?: an)?|the minimum) age\b", re.IGNORECASE)
_SENTENCE_BEFORE = 120  # characters
_OF_A_SALE = re.compile(r"\b(?:sell|sold|sale|selling)\b", re.IGNORECASE)
# Which statements give the age from which the service may be used, the most telling first.
_FOR_WHOM = ("kids.not-directed:said", "kids.collects:denied", "kids.deletes:said")


def find_facts(
    document: Document,
    disclosures: Sequence[Disclosure],
    book: AddressBook | None = None,
    dates: Sequence[OwnDate] | None = None,
) -> Facts:
    """Return the facts of the document; those that rest on statements come from their evidence.

    ``book`` and ``dates`` are the document's, where they have been made already.
    """
    book = AddressBook(document) if book is None else book
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    stated = by_key.get("keep.stated:said")
    return Facts(
        retention_periods=stated.details.periods if stated else (),
        contact_emails=contact_emails(document, book),
        effective_date=effective_date(document, dates),
        named_recipients=named_recipients(document, disclosures, book),
        min_age=_minimum_age(document, by_key),
        transfer_countries=_transfer_countries(document, by_key.get("where.transfer:said")),
    )


def contact_emails(document: Document, book: AddressBook | None = None) -> tuple[str, ...]:
    """Return the e-mail addresses in the text and its links, in order, without repeats."""
    return distinct((AddressBook(document) if book is None else book).mailboxes())


def effective_date(document: Document, dates: Sequence[OwnDate] | None = None) -> str | None:
    """Return the day on which the policy says it was last changed or took effect (ISO 8601).

    None where it gives no full date. ``dates`` are the document's, where they are known already.
    """
    dates = find_own_dates(document) if dates is None else dates
    return next((own.day for own in dates), None)


def _minimum_age(document: Document, by_key: Mapping[str, Disclosure]) -> int | None:
    """Return the age below which the service is not to be used, the commonest, then the highest."""
    for key in _FOR_WHOM:
        ages = [
            age
            for passage in (by_key[key].evidence if key in by_key else ())
            for age in _ages(document, passage.span)
        ]
        if ages:
            return max(ages, key=lambda age: (ages.count(age), age))
    return None


def _ages(document: Document, span: Span) -> Iterator[int]:
    words = span.of(document.text)
    if _OF_A_SALE.search(words):
        return
    if _THAT_AGE.search(words):  # the sentence before says which
        words = document.text[max(0, span.start - _SENTENCE_BEFORE) : span.end]
    for match in _AGE.finditer(_ELSEWHERE.sub("", words)):
        yield number_in(next(filter(None, match.groups())))


def _transfer_countries(document: Document, transfer: Disclosure | None) -> tuple[str, ...]:
    if transfer is None:
        return ()
    return distinct_places(
        place
        for passage in transfer.evidence
        for place in destinations(
            passage.span.of(document.text), is_item=passage.context is not None
        )
    )
