"""Single facts of a policy: periods, addresses, its date, its recipients, an age, countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from reader.disclosures.recipients import named_recipients
from reader.model import Disclosure, Document, Facts

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS) + r"|sept)\.?"
_DATES = (
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.I),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?P<year>\d{{4}})\b", re.I
    ),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"),
)
# Words that make a date the policy's own, the strongest first; an archive's date is not one.
_UPDATED = re.compile(
    r"\b(?:last (?:updated?|modified|revised|changed|amended)|updated|revised|modified|amended"
    r"|latest update|last update|version)\b",
    re.I,
)
_EFFECTIVE = re.compile(
    r"\b(?:effective|in effect|t(?:akes?|ook) effect|in force|valid (?:from|as of)|as of|posted"
    r"|date)\b",
    re.I,
)
_NOT_OURS = re.compile(
    r"\b(?:archived?|snapshot|wayback|retrieved|downloaded|printed|accessed|copyright"
    r"|born|registered|incorporated|prior to|before)\b|©",
    re.I,
)
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
    found = EMAIL.findall(document.text)
    found += [
        address
        for link in document.links
        if link.target.lower().startswith("mailto:")
        for address in EMAIL.findall(link.target)
    ]
    return _distinct(address.rstrip(".") for address in found)


def effective_date(document: Document) -> str | None:
    """Return the date on which the policy says it was last changed or took effect (ISO 8601).

    A line that says so, at the head of the text or at its end, counts before a passing mention.
    """
    candidates: list[tuple[int, int, str]] = []
    for order, (words, before) in enumerate(_dated_lines(document)):
        for pattern in _DATES:
            for match in pattern.finditer(words):
                lead = f"{before} {words[max(0, match.start() - 80) : match.start()]}"
                day = _iso(match)
                if day is None or _NOT_OURS.search(words):
                    continue
                if _UPDATED.search(lead):
                    candidates.append((0, order, day))
                elif _EFFECTIVE.search(lead):
                    candidates.append((1, order, day))
                elif order < 6 and len(words) < 40:
                    candidates.append((2, order, day))
    return min(candidates)[2] if candidates else None


def _dated_lines(document: Document) -> Iterable[tuple[str, str]]:
    """Yield each block with a year in it, and the line before where that is a short label."""
    before = ""
    for block in document.blocks:
        words = block.span.of(document.text)
        if re.search(r"\b(?:19|20)\d{2}\b", words) and len(words) < 2_000:
            yield words, before
        before = words if len(words) < 40 else ""


def _iso(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else [m[:3] for m in _MONTHS].index(month[:3]) + 1
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


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
    return _distinct(
        match
        for passage in transfer.evidence
        for match in names.findall(passage.span.of(document.text))
    )


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for words in found:
        kept.setdefault(words.lower(), words)
    return tuple(kept.values())
