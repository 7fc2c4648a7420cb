"""Single facts of a policy: periods, addresses, its date, its recipients, an age, countries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.disclosures.addresses import AddressBook, distinct
from reader.disclosures.dates import find_own_dates
from reader.disclosures.recipients import named_recipients
from reader.model import Disclosure, Document, Facts

_COUNTRIES = (
    "United States", "Canada", "United Kingdom", "Ireland", "Germany", "France", "Netherlands",
    "Switzerland", "Australia", "New Zealand", "India", "Singapore", "Japan", "China",
    "Hong Kong", "South Korea", "Israel", "Brazil", "Mexico", "Philippines", "Sweden", "Norway",
    "Denmark", "Finland", "Poland", "Spain", "Italy", "Portugal", "Austria", "Belgium",
    "Luxembourg", "Estonia", "Russia", "Ukraine", "Turkey", "South Africa", "Taiwan", "Thailand",
    "Vietnam", "Malaysia", "Indonesia", "Argentina", "Chile", "Colombia", "Cyprus",
)  # fmt: skip
_SHORT_COUNTRIES = {"U.S.A.": "U", "U.S.": "U", "USA": "U", "US": "U", "U.K.": "K", "UK": "K"}
_AGE = re.compile(
    r"\b(?:under|below|younger than|less than|at least|over|older than|minimum age (?:of|is))"
    r"(?: the age of| age)? (?:(?P<word>thirteen|sixteen|eighteen)|(?P<age>1[0-9]|2[01]))\b"
    r"|\b(?P<older>1[0-9]|2[01]) years? (?:of age|old)|\bage of (?P<of>1[0-9]|2[01])\b",
    re.I,
)
_AGE_WORDS = {"thirteen": 13, "sixteen": 16, "eighteen": 18}


def find_facts(document: Document, disclosures: Sequence[Disclosure]) -> Facts:
    """Return the facts of the document; those that rest on statements come from their evidence."""
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    stated = by_key.get("keep.stated:said")
    return Facts(
        retention_periods=stated.details.periods if stated else (),
        contact_emails=contact_emails(document),
        effective_date=effective_date(document),
        named_recipients=named_recipients(document, disclosures),
        min_age=_minimum_age(document, by_key.get("kids.not-directed:said")),
        transfer_countries=_transfer_countries(document, by_key.get("where.transfer:said")),
    )


def contact_emails(document: Document) -> tuple[str, ...]:
    """Return the e-mail addresses in the text and its links, in order, without repeats."""
    return distinct(AddressBook(document).mailboxes())


def effective_date(document: Document) -> str | None:
    """Return the day on which the policy says it was last changed or took effect (ISO 8601).

    None where it gives no full date.
    """
    return next((own.day for own in find_own_dates(document)), None)


def _minimum_age(document: Document, not_for: Disclosure | None) -> int | None:
    if not_for is None:
        return None
    ages: list[int] = []
    for passage in not_for.evidence:
        for match in _AGE.finditer(passage.span.of(document.text)):
            word = match["word"]
            ages.append(
                _AGE_WORDS[word.lower()] if word else int(next(filter(None, match.groups())))
            )
    return max(ages, key=lambda age: (ages.count(age), age)) if ages else None


def _transfer_countries(document: Document, transfer: Disclosure | None) -> tuple[str, ...]:
    if transfer is None:
        return ()
    names = re.compile(
        r"\b(?:" + "|".join(map(re.escape, (*_COUNTRIES, *_SHORT_COUNTRIES))) + r")(?!\w)"
    )
    return distinct(
        match
        for passage in transfer.evidence
        for match in names.findall(passage.span.of(document.text))
    )
