"""Which data a denial speaks of."""

from __future__ import annotations

import pytest

from reader.disclosures.objects import one_kind_of_data
from reader.disclosures.words import text_keys
from reader.model import Stance, Valence
from tests.make_document import disclosures_of
from tests.read_marked import marked


def named(sentence: str, *, whatever_it_is: bool = True) -> str | None:
    """The keys of the one kind of data; the act stands in angle brackets."""
    keys, act, _ = marked(sentence)
    found = one_kind_of_data(keys, act, whatever_it_is=whatever_it_is)
    return found and " ".join(keys[slice(*found)])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We do not <share> contact information with printers.", "contact information"),
        ("We do not <use> wick sensor data for lamps.", "wick sensor data"),
        ("We do not <use> wick and flame data for lamps.", "wick and flame data"),
        ("We do not <sell> or rent sensitive personal data.", "sensitive personal data"),
        ("We never <sell> and will never sell sensitive data.", "sensitive data"),
        ("We do not let printers <collect> card details.", "card details"),
        ("We do not <allow> printers to collect card details.", "card details"),
        ("Letters of lamp staff: call data is not <used> here.", "call data"),
        ("Shop data (or “oil”) will not be <used> here.", "shop data"),
        ("New letters will not be <used> here.", "new letters"),
        ("We do not <use> your future data for lamps.", "your future data"),
        ("We do not <share> your reading habits with printers.", "your reading habits"),
        ("We do not <use> wicks or flames for lamps.", "wicks or flames"),
        ("We do not <sell> copies of our lamp lists.", "copies of our lamp lists"),
    ],
)
def test_a_noun_for_data_that_another_word_narrows_is_one_kind(sentence: str, kind: str) -> None:
    assert named(sentence) == " ".join(text_keys(kind))


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not <sell> your personal data.",
        "We do not <sell> data.",
        "We do not <sell> data about your lamps.",
        "We do not <sell> personal or medical information.",
        "We do not <sell> medical information or your data.",
        "We do not <sell> your name, your street or any other data.",
        "We do not <sell> it.",
        "We do not <sell> lamps or anything else.",
        "We do not <sell>",
        "We do not <use> targeted advertising.",
        "We do not <engage> in trade.",
        "We do not <buy> lamps.",
        "We do not <allow> printers here.",
        "Your personal data is not <used> here.",
        "Lamps are not <used> here.",
        "It is not <used> here.",
    ],
)
def test_all_personal_data_and_no_data_are_no_kind(sentence: str) -> None:
    assert named(sentence) is None


def test_a_thing_counts_only_where_it_may_be_of_whatever_sort() -> None:
    assert named("We do not <use> wicks for lamps.", whatever_it_is=False) is None
    assert named("We do not <use> wick data for lamps.", whatever_it_is=False) == "wick datum"


@pytest.mark.parametrize(
    ("sentence", "key", "condition"),
    [
        (
            "We do not share contact information with advertisers.",
            "share.advertisers",
            "contact information",
        ),
        (
            "We do not use the readings of your lamp for targeted advertising.",
            "use.targeted-ads",
            "the readings of your lamp",
        ),
        ("Support call data is not used to train AI models.", "use.ai-training", "call data"),
        ("We do not sell sensitive personal data.", "sell.sells", "sensitive personal data"),
    ],
)
def test_a_denial_about_one_kind_of_data_is_no_good_news(
    sentence: str, key: str, condition: str
) -> None:
    found = disclosures_of(sentence)[f"{key}:denied"]
    assert found.stance is Stance.DENIED
    assert found.valence is not Valence.GOOD
    assert found.condition is not None
    assert condition in found.condition


def test_a_denial_about_all_data_outweighs_one_about_a_kind() -> None:
    markdown = "We do not sell sensitive data.\n\nWe do not sell your personal data."
    found = disclosures_of(markdown)["sell.sells:denied"]
    assert (found.condition, found.valence) == (None, Valence.GOOD)
