"""What a policy is called: whose it is stands before a title that would fit any policy."""

from __future__ import annotations

import pytest

from reader.analysis import analyze
from reader.export.naming import proposed_name
from reader.export.report_json import to_json
from reader.model import PolicyReport
from reader.summary import summary_card

SELLS = "We collect your name. We may sell your data to brokers. Wickholm is a lamp shop.\n"


def report_of(text: str, name: str) -> PolicyReport:
    return analyze(text.encode(), name)


@pytest.mark.parametrize("introduction", [
    'Wickholm Lamps, Inc. ("Wickholm", "we" or "us") sells lamps. Wickholm is in Ulm.',
    "At Wickholm, we sell lamps. Wickholm is in Ulm.",
    "Welcome to Wickholm! We sell lamps at Wickholm.",
])  # fmt: skip
@pytest.mark.parametrize("title", ["Privacy Policy", "PRIVACY NOTICE", "Cookies (updated 2024)"])
def test_a_title_of_anybodys_is_shown_with_the_services_name(title: str, introduction: str) -> None:
    report = report_of(f"# {title}\n\n{introduction}\n\n{SELLS}", "saved.md")
    assert summary_card(report).title == f"Wickholm – {title}"
    assert to_json(report)["document"]["title"] == title  # what the file calls itself


def test_where_the_text_names_nobody_the_file_does() -> None:
    report = report_of(f"# Privacy Policy\n\n{SELLS}", "shops/lamp-shop.md")
    assert summary_card(report).title == "lamp-shop – Privacy Policy"
    assert proposed_name(report.document, "-summary.pdf") == "lamp-shop-summary.pdf"


def test_a_files_name_is_spelt_as_the_text_spells_it() -> None:
    words = (
        "LampShop is open. LampShop sells lamps. We like LampShop. Write to us@lampshop.example."
    )
    report = report_of(f"# Privacy Policy\n\n{words}\n\n{SELLS}", "lamp-shop.md")
    assert summary_card(report).title == "LampShop – Privacy Policy"
    assert proposed_name(report.document, ".pdf") == "lamp-shop.pdf"


def test_a_title_that_says_whose_it_is_stays_alone() -> None:
    report = report_of(f"# Wickholm Privacy Policy\n\n{SELLS}", "lamp-shop.md")
    assert summary_card(report).title == "Wickholm Privacy Policy"


@pytest.mark.parametrize("name", ["privacy-policy.md", "index.md", "-", "policy_2024.md"])
def test_a_file_that_would_fit_any_policy_names_nobody(name: str) -> None:
    report = report_of(f"# Privacy Policy\n\n{SELLS}", name)
    assert summary_card(report).title == "Privacy Policy"


def test_what_is_saved_of_a_file_that_says_nothing_is_called_by_the_policy() -> None:
    words = "At Wickholm, we sell lamps. Wickholm is in Ulm."
    report = report_of(f"# Privacy Policy\n\n{words}\n\n{SELLS}", "index.md")
    name = proposed_name(report.document, "-summary.pdf")
    assert name == "Wickholm – Privacy Policy-summary.pdf"


@pytest.mark.parametrize("other", [
    'We work with Google LLC ("Google"). Google is named often by Google.',
    'Personal Data ("we", "our") means Personal Data and Personal Data.',
])  # fmt: skip
def test_another_company_is_not_taken_for_the_author(other: str) -> None:
    report = report_of(f"# Privacy Policy\n\n{other}\n\n{SELLS}", "index.md")
    assert summary_card(report).title == "Privacy Policy"
