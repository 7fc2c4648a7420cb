"""Where a text stands among others: figures of a named, dated set, measured by this program.

``packaging/measure_reference.py`` makes the figures; ``resources/reference/README.md`` says which
policies they were measured on. Policies and sections have a scale each: sections are shorter, so
their grades lie much wider apart, and a section on the policies' scale would look extreme.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from reader.paths import resource

Of = Literal["policies", "sections"]
Measure = Literal["grade", "words", "vague"]

FEWEST_WORDS = 60
"""Words below which a section has no place on the scales of difficulty and vagueness: one sentence
more would move it across half of them."""


def share_below(of: Of, measure: Measure, value: float) -> float | None:
    """Return the share of the set whose figure is below ``value``, 0 to 100.

    ``grade`` is Flesch-Kincaid's, ``vague`` the vague words in 1,000. None where the set has no
    such figures.
    """
    values: list[float] = _measures().get(of, {}).get(measure, [])
    return 100 * bisect_left(values, value) / len(values) if values else None


def described(of: Of) -> str:
    """Return what the policies or sections of the set are, of when, and who collected them."""
    measures = _measures()
    policies = f"{measures['policies']['count']:,} English privacy policies of known services"
    what = policies if of == "policies" else f"the {measures[of]['count']:,} sections of {policies}"
    return (
        f"Compared with {what}, {measures['month']}, measured by this program. "
        f"Collected by {measures['attribution']}."
    )


def reference_size() -> int:
    """Return the number of policies in the set."""
    policies: int = _measures()["policies"]["count"]
    return policies


@cache
def silence_rates() -> Mapping[str, float]:
    """Return for each disclosure type the share of the set that says nothing about it, 0 to 1."""
    return MappingProxyType(_measures()["silence"])


FEW = 0.15
"""The share of the set below which a statement is one that few policies make."""


def unusual_rate(statement: str) -> float | None:
    """Return the share of the set that makes a statement, 0 to 1, if few do; None if it is usual.

    ``statement`` is a ``type:stance``. What was not measured passes for usual.
    """
    rate = statement_rates().get(statement, 1.0)
    return rate if rate < FEW else None


@cache
def statement_rates() -> Mapping[str, float]:
    """Return for each ``type:stance`` the share of the set that states it, 0 to 1."""
    return MappingProxyType(_measures()["statements"])


@cache
def _measures() -> dict[str, Any]:
    measures: dict[str, Any] = json.loads(
        resource("reference/measures.json").read_text(encoding="utf-8")
    )
    return measures
