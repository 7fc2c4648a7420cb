"""A company is known by its legal form, and by the same ones wherever that matters."""

from __future__ import annotations

import pytest

from reader.disclosures.assembling import find_disclosures
from reader.disclosures.facts import find_facts
from reader.disclosures.names import own_names
from reader.disclosures.words import keyed_quote
from reader.legal_forms import LEGAL_FORM_WORDS, without_form
from tests.make_document import make_document

FORMS = (
    "Inc.", "Incorporated", "LLC", "L.L.C.", "LLP", "LP", "Ltd", "Limited", "Corp.", "Corporation",
    "Co.", "plc", "PLC", "Pty Ltd", "Pte. Ltd.", "Pvt. Ltd.", "GmbH", "GmbH & Co. KG", "AG", "KG",
    "SA", "S.A.", "SAS", "S.A.S.", "SARL", "S.à r.l.", "Srl", "S.r.l.", "S.p.A.", "SL", "S.L.",
    "Ltda", "B.V.", "BV", "N.V.", "NV", "AB", "A/S", "ApS", "AS", "Oy", "SE", "DOOEL", "Kft",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_no_part_of_a_name(form: str):
    assert without_form(f"Larch & Wick {form}") == "Larch & Wick"


@pytest.mark.parametrize("form", FORMS)
def test_an_author_with_its_form_is_the_author(form: str):
    document = make_document(
        f"# Privacy Policy\n\nLarchly {form} (“we”) sells lamps. Larchly {form} keeps names.\n"
    )
    last = document.sentences[-1].span.of(document.text)

    assert own_names(document).keys_of(keyed_quote(last))[0] == "we"


@pytest.mark.parametrize("form", FORMS)
def test_who_gets_data_is_known_by_any_form(form: str):
    document = make_document(
        f"# Sharing\n\nWe share your personal data with a carrier, namely Larchly {form}\n"
    )
    recipients = find_facts(document, find_disclosures(document)).named_recipients

    assert [without_form(name) for name in recipients] == ["Larchly"]
    assert recipients[0].rstrip(".") == f"Larchly {form}".rstrip(".")


@pytest.mark.parametrize("form", FORMS)
def test_a_company_by_itself_on_a_line_is_no_heading(form: str):
    document = make_document(
        "# Privacy\n\nWe keep the names of those who buy our lamps for as long as we need them.\n\n"
        f"**Larchly {form}**\n\nWe sell lamps in the harbour, to all who come by in the evening.\n"
    )

    assert [section.heading for section in document.sections] == ["Privacy"]


@pytest.mark.parametrize(
    "words",
    [
        "Las Vegas, NV 89101",
        "Lund, SE-221 00",
        "UNTIL SUCH TIME AS",
        "Larch As",
        "Larch Cologne",
        "Larch Oysters",
    ],
)
def test_what_looks_like_a_form_and_is_none_stays(words: str):
    assert without_form(words) == words


def test_a_list_of_forms_holds_no_company():
    document = make_document("# Sharing\n\nWe share your data with Inc., Ltd and LLP.\n")

    assert find_facts(document, find_disclosures(document)).named_recipients == ()
    assert {"inc", "bv", "sàrl", "as"} <= LEGAL_FORM_WORDS


def test_a_line_in_capitals_that_a_list_completes_is_no_heading():
    document = make_document(
        "# Privacy\n\nWe keep the names of those who buy our lamps for as long as we need them.\n\n"
        "**WHEN YOU USE OUR LAMPS, SUCH AS:**\n\n"
        "We read lamps in the harbour, of all who come by late in the evening, and of others.\n"
    )

    assert [section.heading for section in document.sections] == ["Privacy"]
