"""Numbers in words, and the periods that a text names: which they are, and how many days long.

Findings, facts and the comparison of two policies ask here, so that none of them knows a number
that another does not. The lexicon of the disclosures lists the same words, and a test holds it to
them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

NUMBER_WORDS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ONES, start=1)}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
)
"""The words that numbers below a hundred are made of: one, or tens and ones ("forty-five")."""
AGE_WORDS: Mapping[str, int] = MappingProxyType(
    {word: number for word, number in NUMBER_WORDS.items() if 10 <= number <= 20}
    | {"twenty one": 21}
)
"""The ages that policies draw their lines at, 10 to 21 years, in words."""
AGE_IN_WORDS = "|".join(
    # "twenty one" before "twenty"
    word.replace(" ", r"[\s-]")
    for word in sorted(AGE_WORDS, key=len, reverse=True)
)
"""Alternatives of a regular expression for them; small letters."""

_NUMBER = (
    rf"\d{{1,4}}|(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES[:9])})|{'|'.join(NUMBER_WORDS)}|an?"
)
_UNITS: Mapping[str, float] = MappingProxyType(
    {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
)
_PERIOD = re.compile(
    rf"\b({_NUMBER})(?:\s*\(\s*\d{{1,4}}\s*\))?[\s-]+"
    r"(?:(?:business|calendar|working|full|consecutive)\s+)?"
    rf"({'|'.join(_UNITS)})s?\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:at least|no less than|not less than|a minimum of)\s+$", re.IGNORECASE)
_REACH = 30  # characters before a period, in which "at least" stands
_ABOUT_EQUAL = 0.03  # sixty days are two months, and 365 days a year


@dataclass(frozen=True, slots=True)
class Period:
    """A period as it is written, and its length in days; ``is_least`` for "at least"."""

    words: str
    days: float
    is_least: bool = False

    def is_about(self, other: Period) -> bool:
        """Return whether both are equally long, as 60 days and two months are."""
        return abs(self.days - other.days) <= _ABOUT_EQUAL * max(self.days, other.days)


def number_in(words: str) -> int:
    """Return the number that ``words`` write, which are figures, "a", or words below a hundred.

    Raises:
        ValueError: they are neither.
    """
    parts = re.split(r"[\s-]", words.casefold())
    return sum(1 if part in {"a", "an"} else NUMBER_WORDS.get(part) or int(part) for part in parts)


def periods_in(text: str) -> list[Period]:
    """Return the periods that ``text`` names, in its order."""
    lowered = text.casefold()
    if not any(unit in lowered for unit in _UNITS):  # as in most sentences
        return []
    return [
        Period(
            " ".join(match[0].split()),
            number_in(match[1]) * _UNITS[match[2].casefold()],
            bool(_AT_LEAST.search(text, max(match.start() - _REACH, 0), match.start())),
        )
        for match in _PERIOD.finditer(text)
    ]
