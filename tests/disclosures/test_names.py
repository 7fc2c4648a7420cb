"""Under which names a policy speaks of its author, and that no text makes the search slow."""

from __future__ import annotations

from time import thread_time

import pytest

from reader.disclosures.names import own_names
from reader.disclosures.words import keyed_quote
from reader.model import Span
from tests.make_document import disclosures_of, make_document


def is_own(name: str, policy: str) -> bool:
    """Return whether ``name`` is read as "we" where ``policy`` writes it."""
    document = make_document(policy)
    at = document.text.index(name)
    span = Span(at, at + len(name))
    return own_names(document).keys_of(keyed_quote(span.of(document.text))) == ["we"]


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("Bank of Lanterns", "Bank of Lanterns collects names. " * 3),
        ("Lamp & Wick", "Lamp & Wick may use your name. " * 3),
        ("Oilery", "Oilery, Inc. collects names. " * 3),
        ("NLT", "NLT collects your name. " * 4),
        ("Lanterns.example", "Visit lanterns.example. " + "Lanterns.example uses cookies. " * 3),
        ("Oilery", "At Oilery, we keep the names of our guests in a book."),
        ("Google", "This notice explains how Google uses lamps."),
        ("Oilery", "Oilery collects names. " * 24 + "Please do not harm oilery."),
        ("Ada Wick", "Ada Wick built the Lamp Counter app. It is offered by Ada Wick for free."),
        ("Oilery", "Oilery collects names. Oilery may use them. " + "We run the Oilery shop. " * 9),
        ("Lamp eID Group", "Lamp eID Group may use your name. " * 3),
    ],
)
def test_who_acts_in_the_whole_text_is_its_author(name: str, policy: str) -> None:
    assert is_own(name, f"# Privacy Policy\n\n{policy}\n")


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("NLT", "We follow the NLT. NLT may ask us. NLT does not ask you. NLT has offices."),
        ("Checkly", 'Oilery Ltd. ("Oilery", "we") hires others. ' + "Checkly uses cards. " * 5),
        ("Checkly", "We hire Checkly. Checkly collects cards. Checkly may use them."),
        ("Passenger", "The Passenger may be late. " + "A Passenger may call. " * 4),
        ("Other Data", "Other Data may be kept. " * 4),
    ],
)
def test_others_who_act_are_not_the_author(name: str, policy: str) -> None:
    assert not is_own(name, f"# Privacy Policy\n\n{policy}\n")


def test_an_author_may_write_its_name_small() -> None:
    policy = "# oilery privacy policy\n\n" + "A visit: oilery collects names. " * 3
    assert is_own("oilery", policy)
    assert not is_own("oilery", policy.replace("# oilery", "# Our", 1))


def test_a_name_that_is_written_small_may_be_introduced_as_we() -> None:
    policy = "# Privacy\n\noilery (“we” “our”) sells oil. " + "A visit: oilery collects names. " * 3
    assert is_own("oilery", policy)
    assert not is_own("oilery", policy.replace("oilery (“we” “our”)", "A shop", 1))


def test_an_account_is_no_accountant_that_gets_data() -> None:
    assert "share.providers:said" in disclosures_of("We share your data with our accountants.")
    assert not disclosures_of("We send the code to your account.").keys() & {"share.providers:said"}
    assert "share.providers:said" not in disclosures_of("You should consult it for the details.")


@pytest.mark.parametrize("unit", ["I.", "A&", "Aa-", "Aa ", "A. ", "Larch (", "Larch, "])
def test_no_repetition_makes_the_search_for_names_slow(unit: str) -> None:
    document = make_document(unit * (100_000 // len(unit)) + ' ("we")\n')
    began = thread_time()
    own_names(document)
    assert thread_time() - began < 2.0


def test_a_well_known_company_is_the_author_of_a_policy_that_tells_of_it_all_over() -> None:
    acts = " Then we write. ".join(["Apple collects names. Apple may use them."] * 6)
    assert is_own("Apple", f"# Privacy Policy\n\nYour privacy matters to Apple. {acts}\n")
    assert not is_own(
        "Apple", "# Privacy Policy\n\nWe sell apps. Apple collects what you pay with.\n"
    )
    late = "We sell lamps. " * 120
    assert not is_own("Apple", f"# Privacy Policy\n\n{late}\n\n{acts}\n")


def test_a_name_that_explains_us_is_no_subject_and_its_letters_are_no_signal_of_a_browser() -> None:
    found = disclosures_of(
        "# Glow Privacy Notice\n\n" + "Glow may call you. " * 3 + "\n\n## How we use data\n\n"
        "We use the details that you give to us, Glow Payment Corp. (GPC), or another of our"
        " companies, for example to:\n\n- prevent fraud\n- personalise your pages\n"
    )
    assert {"use.security:said", "use.personalise:said"} <= found.keys()
    assert "track.gpc:said" not in found
