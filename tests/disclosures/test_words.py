"""Words meet their inflections, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.disclosures.words import key_of, keyed_quote, small_keys, text_keys, words_of
from tests.make_document import disclosures_of


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize(
    "forms",
    [
        "share shares shared sharing",
        "sell sells sold selling",
        "keep keeps kept keeping",
        "consider considers considered considering",
        "transfer transfers transferred transferring",
        "policy policies",
        "personalise personalize personalised personalizing",
        "behaviour behavior",
        "advertiser advertisers",
        "add adds added adding",
        "rating ratings",
    ],
)
def test_inflections_share_one_key(forms: str) -> None:
    assert len(set(keys(forms))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inform", "information"),
        ("provide", "provider"),
        ("advertise", "advertiser"),
        ("person", "personal"),
        ("use", "us"),
        ("adding", "ads"),
    ],
)
def test_a_noun_for_an_actor_or_thing_is_not_the_act(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("news", "new"), ("marketing", "market"), ("ratings", "rate"), ("settings", "set"),
        ("collectively", "collect"), ("objectives", "object"),
    ],
)  # fmt: skip
def test_a_word_with_a_sense_of_its_own_is_no_inflection(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_research_of_a_market_and_a_rate_of_the_heart_are_no_marketing_and_no_ratings() -> None:
    found = disclosures_of(
        "# Privacy policy\n\n## How we use data\n\nWe use your data for market research.\n\n"
        "## What we collect\n\nWe collect your heart rate.\n"
    )
    assert found.keys().isdisjoint({"use.marketing:said", "collect.content:said"})


def test_cookies_that_are_set_and_things_named_together_are_no_choice_and_no_collection() -> None:
    found = disclosures_of(
        "# Privacy policy\n\n## Who we are\n\nThe shop, its garden and the pictures that you send"
        " (collectively, the Lamp House) are ours.\n\n## Cookies\n\nCookies are set to fit the"
        " advertising to your interests. The objectives of each advertisement differ.\n"
    )
    assert found.keys().isdisjoint({"collect.content:said", "choice.ads-opt-out:said"})


def test_contractions_show_their_negation_in_place() -> None:
    text = "We don’t sell, can't sell and won't sell."
    assert keys(text) == ["we", "do", "not", "sell", ",", "can", "not", "sell", "and", "will",
                          "not", "sell", "."]  # fmt: skip
    word = words_of(text)[2]
    assert text[word.start : word.end] == "n’t"


def test_addresses_and_numbers_are_one_word_each() -> None:
    text = "mail lamps@lantern.example or see https://lantern.example/a?b within 1,000 days"
    assert keys(text) == [
        "mail", "@email", "or", "see", "@url", "within", "#1000", "day",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["privacy", "uk-privacy", "dpo", "data.protection", "GDPR+web"])
def test_the_address_of_a_privacy_desk_says_what_it_is_for(name: str) -> None:
    assert keys(f"E-mail: {name}@lantern.example.")[-3:] == [key_of("privacy"), "@email", "."]
    assert keys(f"E-mail: {name}x@lantern.example.")[-2:] == ["@email", "."]


def test_an_abbreviation_keeps_its_last_letter() -> None:
    assert text_keys("TLS SMS GPS TVs PCs SDKs") == ["tls", "sms", "gps", "tv", "pc", "sdk"]


@given(st.text(max_size=200))
def test_words_stand_in_order_inside_any_text(text: str) -> None:
    at = 0
    for word in words_of(text):
        assert at <= word.start <= word.end <= len(text)
        assert " " not in word.key
        at = word.end


PIECES = st.sampled_from(
    "we don’t cannot dont shop's parents' e-mail re-sell www.lantern.example it@lantern.example "
    "lantern.example 1,000 limited without limitation not to ( ) , . ; : é İ ﬁ _ -".split()
)


@given(st.lists(PIECES | st.text(max_size=5)).map(" ".join) | st.lists(PIECES).map("".join))
def test_keys_and_places_read_apart_are_those_of_the_words(text: str) -> None:
    words = words_of(text)
    quote = keyed_quote(text)
    assert quote.keys == text_keys(text) == [word.key for word in words]
    assert quote.spans == [(word.start, word.end) for word in words]


def test_words_written_small_are_told_from_names() -> None:
    text = "Maple sells lamps at maple.example. Maple Lamps\nsells syrup."
    assert small_keys(text) == set(text_keys("sell lamp at maple.example syrup"))
    assert small_keys(f"{text} Maples") == small_keys(text)
    assert small_keys(f"{text} maples") > small_keys(text)


def test_other_things_are_not_others() -> None:
    assert text_keys("others") != text_keys("other")
    assert (
        not {"track.third-party:said"}
        & disclosures_of(
            "We use cookies and other tracking technologies to see how you use the shop."
        ).keys()
    )


def test_info_is_information():
    assert text_keys("info") == text_keys("information")
