"""Where a policy stands among others: figures of a named, dated set, measured by this program.

``packaging/measure_reference.py`` makes the figures; ``resources/reference/README.md`` says which
policies they were measured on.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from reader.paths import resource


def share_that_reads_easier(grade: float) -> float:
    """Return the share of the set whose Flesch-Kincaid grade is below ``grade``, 0 to 100."""
    grades: list[float] = _measures()["grades"]
    return 100 * bisect_left(grades, grade) / len(grades)


def reference_size() -> int:
    """Return the number of policies in the set."""
    policies: int = _measures()["policies"]
    return policies


@cache
def silence_rates() -> Mapping[str, float]:
    """Return for each disclosure type the share of the set that says nothing about it, 0 to 1."""
    return MappingProxyType(_measures()["silence"])


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
