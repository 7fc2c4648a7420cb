"""Which product, place or people a denial is about."""

from __future__ import annotations

import pytest

from reader.model import Stance, Valence
from tests.make_document import disclosures_of


def denial(markdown: str, kind: str) -> tuple[bool, str | None]:
    found = [d for d in disclosures_of(markdown).values() if d.type == kind]
    denied = [d for d in found if d.stance is Stance.DENIED]
    assert all(d.valence is not Valence.GOOD for d in denied if d.condition)
    return bool(denied), denied[0].condition if denied else None


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("For lamp owners in Malta we do not sell personal data.", "For lamp owners in Malta"),
        ("With respect to guests, we do not sell personal data.", "With respect to guests"),
        ("As a Plus subscriber, your data is never sold.", "As a Plus subscriber"),
        ("If the archive is off, we never sell your data.", "If the archive is off"),
        ("If you live in Utah we do not sell your data.", "If you live in Utah"),
        ("The free tier does not sell your data.", "The free tier"),
        ("We do not sell the data of paying customers.", "paying customers"),
        ("Personal data of job applicants is not sold.", "job applicants"),
        ("Data collected via the survey will not be sold.", "Data collected via the survey"),
        (
            "Data collected through paper coupons is not sold.",
            "Data collected through paper coupons",
        ),
        ("We ask for your age. It is not sold.", "It is not sold"),
        ("We ask for your age. Such information is not sold.", "Such information"),
    ],
)
def test_a_denial_about_a_part_names_the_part(sentence: str, condition: str) -> None:
    assert denial(sentence, "sell.sells") == (True, condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not sell your personal data.",
        "For the avoidance of doubt we do not sell personal data.",
        "For the avoidance of doubt, we do not sell personal data.",
        "On the website we do not sell your data.",
        "As a company, we do not sell your data.",
        "Our service does not sell your data.",
        "The mobile app does not sell your data.",
        "This website does not sell your data.",
        "We do not sell the personal data of our customers.",
        "We do not sell data that we collect from you.",
        "We run a lamp shop, and we do not sell your data.",
        "Our team is small, and it does not sell your data.",
        "We do not sell data collected through our website.",
        "We do not sell your data in the future to any website.",
        "As required by applicable law, we do not sell your data.",
    ],
)
def test_a_denial_about_everything_has_no_condition(sentence: str) -> None:
    assert denial(sentence, "sell.sells") == (True, None)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Lampo Glow does not sell your data.", "Lampo Glow"),
        ("Lampo Glow will never sell your data.", "Lampo Glow"),
        ("Lampo does not sell your data.", None),
        ("Lampo also does not sell your data.", None),
        ("Lampo currently does not sell your data.", None),
        ("Lampo clearly does not sell your data.", None),
    ],
)
def test_a_product_with_its_authors_name_is_a_part(sentence: str, condition: str | None) -> None:
    markdown = f"# Privacy\n\nLampo, Inc. (“Lampo”, “we”) runs this site.\n\n{sentence}"
    assert denial(markdown, "sell.sells") == (True, condition)


@pytest.mark.parametrize(
    ("heading", "is_part"),
    [
        ("Free account", True),
        ("Premium users", True),
        ("Our obligations under the CCPA", True),
        ("Lampo Junior", True),
        ("Job applicants", True),
        ("How we share your data", False),
        ("Your account", False),
        ("Free delivery", False),
    ],
)
def test_a_heading_that_names_a_plan_or_a_law_limits_what_it_heads(
    heading: str, is_part: bool
) -> None:
    markdown = f"# Privacy\n\nLamps.\n\n## {heading}\n\nWe do not sell your personal data."
    assert denial(markdown, "sell.sells") == (True, heading if is_part else None)


def test_a_denial_about_everything_outweighs_one_about_a_part() -> None:
    markdown = "The free tier does not sell your data.\n\nWe do not sell your personal data."
    assert denial(markdown, "sell.sells") == (True, None)
