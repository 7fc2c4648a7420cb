"""Statements of one policy that pull against each other, and with which words that is told."""

from __future__ import annotations

from reader.disclosures.assembling import find_disclosures
from reader.disclosures.flags import find_flags
from reader.model import Flag
from tests.make_document import make_document


def flags_of(*paragraphs: str) -> dict[str, Flag]:
    document = make_document("# Lamp club\n\n" + "\n\n".join(paragraphs) + "\n")
    return {flag.kind: flag for flag in find_flags(find_disclosures(document))}


def test_not_sold_but_shared_is_flagged_with_both_statements() -> None:
    flags = flags_of(
        "We do not sell your personal information.",
        "We share your personal information with advertising networks.",
    )
    flag = flags["not-sold-but-shared"]
    assert flag.disclosures == ("sell.sells:denied", "share.advertisers:said")
    assert "advertising companies receive" in flag.text


def test_companies_that_only_collect_are_not_called_advertisers() -> None:
    flags = flags_of("We do not sell your personal information.", "We use Google Analytics.")
    flag = flags["not-sold-but-shared"]
    assert flag.disclosures == ("sell.sells:denied", "track.third-party:said")
    assert "advertising" not in flag.text


def test_a_flag_on_a_denial_with_limits_names_them() -> None:
    flags = flags_of(
        "We do not sell your personal information for money.",
        "We share your personal information with advertising networks.",
        "Some of this sharing may be considered a sale.",
    )
    assert flags["not-sold-but-shared"].text.startswith("They say, with limits")
    assert flags["sold-and-not-sold"].text.startswith("They say, with limits")


def test_a_plain_denial_beside_a_sale_is_flagged_as_such() -> None:
    flags = flags_of("We do not sell your personal data.", "We may sell your personal data.")
    assert flags["sold-and-not-sold"].text.startswith("They say that they do not sell")


def test_one_sentence_about_children_and_their_parents_is_no_tension() -> None:
    with_consent = "Children under 13 may not use our site without the consent of a parent."
    assert "not-for-children-but-collects" not in flags_of(with_consent)
    assert "not-for-children-but-collects" in flags_of(
        "Our site is not directed to children under 13.",
        "We collect the names of children who join the lamp club.",
    )


def test_a_period_that_may_be_exceeded_is_no_tension_by_itself() -> None:
    longer = "We keep letters for two years, and as long as necessary where the law demands it."
    assert "period-but-as-needed" not in flags_of(longer)
    assert "period-but-as-needed" in flags_of(longer, "We keep orders as long as necessary.")


def test_data_kept_until_you_ask_is_no_data_that_stays() -> None:
    flags = flags_of(
        "We keep order records unless and until you ask us to delete them.",
        "You can ask us to delete your personal data.",
    )
    assert "deleted-but-kept" not in flags
