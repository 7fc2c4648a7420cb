"""What is quoted for a finding in a long sentence that counts up many things."""

from __future__ import annotations

import pytest

from tests.make_document import disclosures_of, make_document

LEAD = "Wherever you live, and whatever the law of your country asks of us, you may at any time"
RIGHTS = (
    f"{LEAD} (i) look at the data about you that our shop keeps in it, (ii) have mistakes in"
    " that data corrected, (iii) have the data deleted from our books and those of carriers, and"
    " (iv) complain to the supervisory authority of the place where you live or work."
)


def quotes(text: str, key: str) -> list[tuple[str, str | None]]:
    """Return the words quoted for a finding, each with those that are shown before it."""
    document = make_document(text)
    return [
        (each.span.of(document.text), each.context and each.context.of(document.text).strip())
        for each in disclosures_of(text)[key].evidence
    ]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rights.delete:said", "have the data deleted from our books and those of carriers"),
        (
            "rights.complain:said",
            "complain to the supervisory authority of the place where you live or work.",
        ),
    ],
)
def test_of_a_long_list_the_item_is_quoted_behind_its_lead_in(key: str, words: str) -> None:
    assert quotes(RIGHTS, key) == [(words, LEAD)]


def test_a_short_sentence_is_quoted_whole() -> None:
    sentence = (
        "You may (i) see your data, (ii) have your data corrected, and (iii) erase your data."
    )
    assert quotes(sentence, "rights.delete:said") == [(sentence, None)]


def test_a_denial_is_quoted_whole() -> None:
    # What limits it may stand behind the last item.
    sentence = (
        "We do not sell your personal data to (i) those who send letters to people whom they have"
        " never met, (ii) those who draw up lists of such people for others, or (iii) anybody else,"
        " be it for money or for things of another kind that somebody gives us in return for them."
    )
    found = quotes(sentence, "sell.sells:denied")
    assert [words for words, _ in found] == [sentence]


def test_what_several_items_say_is_quoted_from_each() -> None:
    sentence = (
        "So that our lamps reach you in one piece, and so that we know whom to ask where one"
        " is broken, we collect the following: - your name and your postal address; - the number of"
        " lamps in the parcel; - your email address and your telephone number; and - the weather."
    )
    found = quotes(sentence, "collect.contact:said")
    assert [words for words, _ in found] == [
        "your name and your postal address",
        "your email address and your telephone number",
    ]
