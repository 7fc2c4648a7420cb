"""Lists inside one sentence, and what is read in their items."""

from __future__ import annotations

import pytest

from reader.disclosures.enumerations import find_enumeration
from reader.model import Span, Stance
from tests.make_document import disclosures_of


def parts(sentence: str) -> tuple[str, list[str]] | None:
    text = f"Before. {sentence}"
    found = find_enumeration(text, Span(8, len(text)))
    if found is None:
        return None
    return found.lead.of(text).strip(), [item.of(text).strip() for item in found.items]


@pytest.mark.parametrize(
    ("sentence", "lead", "items"),
    [
        ("You may (i) see it; (ii) mend it.", "You may", ["see it", "mend it."]),
        ("You can a) see it, b) mend it or c) go.", "You can", ["see it", "mend it", "go."]),
        ("We keep: lamps; oil, and sand.", "We keep:", ["lamps", "oil, and sand."]),
        ("Ask us to (1) stop and (2) look", "Ask us to", ["stop", "look"]),
    ],
)
def test_a_list_in_a_sentence_has_a_lead_in_and_items(
    sentence: str, lead: str, items: list[str]
) -> None:
    assert parts(sentence) == (lead, items)


@pytest.mark.parametrize(
    "sentence",
    [
        "We sell lamps; they burn oil.",
        "Under clause (b) of our terms (see below) you may leave.",
        "We keep: lamps, oil and wicks.",
        "(a) Lamps; (b) oil.",
    ],
)
def test_no_list_is_seen_where_no_items_are_counted_up(sentence: str) -> None:
    assert parts(sentence) is None


def test_rights_behind_semicolons_are_found_with_their_lead_in() -> None:
    found = disclosures_of(
        "You have the following rights: i) access; ii) rectification; iii) objection; iv) erasure."
    )
    rights = {"rights.access", "rights.correct", "rights.object", "rights.delete"}
    assert rights <= {disclosure.type for disclosure in found.values()}


def test_an_item_read_alone_denies_nothing() -> None:
    # What limits the denial stands behind the last item and holds for all of them.
    sentence = (
        "We do not (i) transfer your data to other countries, (ii) store your data abroad or "
        "(iii) hand it to the police without your consent."
    )
    plain = [
        disclosure.type
        for disclosure in disclosures_of(sentence).values()
        if disclosure.stance is Stance.DENIED and disclosure.condition is None
    ]
    assert plain == []


def test_a_right_that_names_a_tables_row_is_found() -> None:
    found = disclosures_of("# Your rights\n\n| Right | How |\n|---|---|\n| Objection | By post |")
    assert "rights.object:said" in found
