"""Whom a policy means by its author's name, and that no text makes the search for it slow."""

from __future__ import annotations

from time import perf_counter

import pytest

from reader.disclosures.names import own_names
from tests.make_document import make_document


@pytest.mark.parametrize("unit", ["I.", "A&", "Aa-", "Aa ", "A. ", "Larch (", "Larch, "])
def test_no_repetition_makes_the_search_for_names_slow(unit: str) -> None:
    document = make_document(unit * (100_000 // len(unit)) + ' ("we")\n')
    began = perf_counter()
    own_names(document)
    assert perf_counter() - began < 2.0
