"""What a policy's sentences are found to say or deny of a sale, and within which limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.disclosures import clauses, conditions, negation
from reader.disclosures.negation import NEGATING
from reader.disclosures.stance import Reading, read_saying, read_stance
from reader.disclosures.words import keys_of
from reader.model import Stance, Valence
from tests.make_document import disclosures_of


def sale(sentence: str) -> tuple[set[Stance], str | None]:
    found = [d for key, d in disclosures_of(sentence).items() if key.startswith("sell.sells:")]
    return {d.stance for d in found}, next((d.condition for d in found), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not sell your personal information.",
        "We don’t sell, rent or trade your personal information.",
        "We will never sell your data to anybody.",
        "Neither we nor our carriers sell your data.",
        "Your personal information is not sold.",
        "At no time do we sell your personal data.",
        "No personal data is sold.",
        "We refrain from selling your personal data.",
        "We do not sell your personal data for monetary or other valuable consideration.",
        "We sell your personal data to no one.",
        "We sell or rent your personal data to none of them.",
    ],
)
def test_a_plain_denial_has_no_condition(sentence: str) -> None:
    assert sale(sentence) == ({Stance.DENIED}, None)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("We do not sell your data, except in a merger.", "except in a merger"),
        ("We do not sell your data unless you agree.", "unless you agree"),
        ("We never sell your data without your consent.", "without your consent"),
        (
            "We will not sell your data without giving you notice of such a sale.",
            "without giving you notice of such a sale",
        ),
        ("Except as told below, we do not sell your data.", "Except as told below"),
    ],
)
def test_an_exception_becomes_the_condition_in_the_policys_words(
    sentence: str, condition: str
) -> None:
    assert sale(sentence) == ({Stance.DENIED}, condition)
    (disclosure,) = (d for d in disclosures_of(sentence).values() if d.type == "sell.sells")
    assert disclosure.valence is Valence.NEUTRAL
    assert condition in disclosure.statement


@pytest.mark.parametrize(
    "sentence",
    [
        "We not only sell your data but also rent it.",
        "We do not hesitate to sell your data.",
        "We sell your personal data, including but not limited to your name.",
        "We sell your personal data with no notice to you.",
        "We sell your personal data to a broker and with no second thought.",
    ],
)
def test_a_negation_of_something_else_denies_nothing(sentence: str) -> None:
    assert sale(sentence)[0] == {Stance.SAID}


@pytest.mark.parametrize(
    "sentence",
    [
        "If we sell the company, your personal information may move to the buyer.",
        "You may direct us not to sell your personal information.",
        "We require our partners not to sell your personal information.",
        "We have no actual knowledge that we sell the data of anyone under 16.",
    ],
)
def test_transfers_rights_duties_and_minors_are_no_statement_about_sale(sentence: str) -> None:
    assert sale(sentence) == (set(), None)


def test_a_denial_does_not_borrow_the_exception_of_the_next_statement() -> None:
    sentence = "We do not sell your data, and we ask for your consent unless the law excuses us."
    assert sale(sentence) == ({Stance.DENIED}, None)


def test_what_is_not_sold_for_one_use_may_be_sold_for_another() -> None:
    sentence = "We do not sell your data to third parties for their marketing."
    assert sale(sentence) == ({Stance.DENIED}, "for their marketing")


def test_what_an_exception_names_does_not_hide_the_denial() -> None:
    sentence = "We do not sell your personal data, except to a successor in a bankruptcy."
    assert sale(sentence) == ({Stance.DENIED}, "except to a successor in a bankruptcy")


def test_a_negation_inside_a_condition_denies_nothing() -> None:
    sentence = (
        "We will tell you about such a request unless the court prohibits us from telling you."
    )
    assert "handover.tells-you:denied" not in disclosures_of(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not knowingly share the data of people under 16 with advertisers.",
        "We never use the data of children for targeted advertising.",
    ],
)
def test_a_denial_about_minors_leaves_everybody_else_open(sentence: str) -> None:
    assert not [key for key in disclosures_of(sentence) if key.endswith(":denied")]


def test_an_open_list_is_no_denial() -> None:
    found = disclosures_of(
        "The personal information we collect may include, but is not limited to:\n\n"
        "- your name and email address\n- the location of your device\n"
    )
    assert {"collect.contact:said", "collect.location:said"} <= set(found)


@pytest.mark.parametrize(
    ("recipients", "denied"),
    [
        ("with no advertisers", True),
        ("with none of our advertising partners", True),
        ("with no third-party advertisers", True),
        ("with advertisers, with no notice to other companies", False),
        ("with advertisers and with none other", False),
    ],
)
def test_what_is_shared_with_nobody_is_denied(recipients: str, denied: bool) -> None:
    found = disclosures_of(f"We share your personal data {recipients}.")
    assert ("share.advertisers:denied" in found) is denied
    assert ("share.advertisers:said" in found) is not denied


def test_a_denial_about_what_was_spoken_of_before_is_limited_to_it() -> None:
    found = disclosures_of("We do not share your personal data with these vendors.")
    conditions = {d.condition for key, d in found.items() if key.endswith(":denied")}
    assert conditions == {"with these vendors"}


def test_a_denial_in_a_relative_clause_speaks_of_one_thing_only() -> None:
    found = disclosures_of("We collect your email address, which we do not make public.")
    assert "share.public:denied" not in found


def test_the_main_clause_behind_a_limited_denial_is_no_part_of_its_condition() -> None:
    found = disclosures_of("Although we do not sell your data for money, we do sell your data.")
    assert found["sell.sells:denied"].condition == "for money"
    assert "sell.sells:said" in found


def test_what_is_not_promised_is_not_said() -> None:
    found = disclosures_of("We do not guarantee that your data is encrypted on its way to us.")
    assert "protect.encryption:said" not in found


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If you object, we will not sell your data.", "If you object"),
        ("We do not sell your data once you have closed your account.", "once you have closed"),
        ("We do not sell your data in a manner that names you.", "in a manner that names you"),
        ("We do not directly sell your data.", "directly"),
    ],
)
def test_what_a_denial_leaves_open_is_its_condition(sentence: str, condition: str) -> None:
    stances, found = sale(sentence)

    assert stances == {Stance.DENIED}
    assert found is not None
    assert found.startswith(condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "This signal means that your personal data should not be sold.",
        "Our buyers are under an obligation not to sell your personal data.",
        "We do not always sell your personal data.",
    ],
)
def test_what_ought_not_to_be_or_is_not_always_so_denies_nothing(sentence: str) -> None:
    assert Stance.DENIED not in sale(sentence)[0]


def test_a_negation_stays_in_its_cell_of_a_table() -> None:
    found = disclosures_of(
        "| Statistics | cannot be linked to you | IP address collected |\n|---|---|---|\n"
        "| Statistics | cannot be linked to you | IP address collected |\n"
    )
    assert "collect.device:denied" not in found


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("For readers in Canada, we do not sell your data.", "For readers in Canada"),
        ("In the desktop app, we do not sell your data.", "In the desktop app"),
        ("We do not sell your data from the Lamp Club plan.", "from the Lamp Club plan"),
        ("In addition, we do not sell your data.", None),
        ("For your safety, we do not sell your data.", None),
        ("In accordance with the law, we do not sell your data.", None),
        ("On this website, we do not sell your data.", None),
        ("We do not sell your data on our website.", None),
    ],
)
def test_a_denial_about_one_part_names_the_part(sentence: str, condition: str | None) -> None:
    assert sale(sentence) == ({Stance.DENIED}, condition)


def test_a_denial_for_one_region_is_limited_unless_it_is_made_to_all() -> None:
    region = "## Notice to California residents\n\nWe do not sell your data."
    limited = disclosures_of(f"# Privacy\n\nLamps.\n\n{region}")["sell.sells:denied"]
    assert limited.condition == "Notice to California residents"
    assert limited.valence is Valence.NEUTRAL
    for_all = disclosures_of(f"# Privacy\n\nWe do not sell your data.\n\n{region}")
    assert for_all["sell.sells:denied"].condition is None


def test_what_a_later_act_is_for_does_not_limit_an_earlier_denial() -> None:
    sentence = "We do not sell your data to anyone, share it for money, or use it."
    assert sale(sentence) == ({Stance.DENIED}, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not build profiles of you, infer your taste, or use your data to train AI models.",
        "We never sell what we hold about you, show it to others, or use your data to train AI.",
    ],
)
def test_the_last_act_of_a_coordination_is_denied_with_the_first(sentence: str) -> None:
    found = disclosures_of(sentence)
    assert "use.ai-training:denied" in found
    assert "use.ai-training:said" not in found


def test_a_denial_does_not_reach_behind_but() -> None:
    found = disclosures_of("We do not sell lamps to you, but we use your data to train AI models.")
    assert "use.ai-training:said" in found


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("We do not sell any other kind of data.", "other kind of data"),
        ("We generally do not sell your data.", "generally"),
        ("We do not sell this information.", "this information"),
        ("Data gathered this way is not sold.", "gathered this way"),
        ("We do not sell the data of EEA residents.", "EEA residents"),
        ("We do not sell your data on iOS devices.", "on iOS"),
        ("We do not sell your name, your address or any other data.", None),
    ],
)
def test_a_denial_names_what_it_leaves_out(sentence: str, condition: str | None) -> None:
    assert sale(sentence) == ({Stance.DENIED}, condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not have to sell your data.",
        "We are not required to sell your data.",
        "They may not use the information we share for anything else, such as selling your data.",
    ],
)
def test_what_need_not_be_done_is_no_denial(sentence: str) -> None:
    assert sale(sentence) == (set(), None)


def test_a_table_row_that_answers_no_says_nothing_is_collected() -> None:
    head = (
        "# Privacy\n\n## Information we collect\n\n| Kind | Examples | Collected |\n|---|---|---|\n"
    )
    row = "| Biometric data | fingerprints | {} |\n"
    assert "collect.biometric:said" in disclosures_of(head + row.format("Yes"))
    assert "collect.biometric:said" not in disclosures_of(head + row.format("No"))


def test_a_clause_about_an_object_has_its_own_subject() -> None:
    row = "For ads: what you tell us (but not your photos), information we receive from others."
    assert "collect.from-others:denied" not in disclosures_of(row)


# Every key that tells anything about a stance, and some that do not.
TELLING = sorted(
    keys_of("we you share sell data lamp will may , . : ; and or with")
    .union(
        *(
            keys
            for module in (clauses, conditions, negation)
            for keys in vars(module).values()
            if isinstance(keys, frozenset)
        )
    )
    .difference(NEGATING)
)


@given(st.lists(st.sampled_from(TELLING), min_size=1, max_size=12), st.data())
def test_a_sentence_without_a_negating_word_says_whatever_act_it_holds(
    keys: list[str], data: st.DataObject
) -> None:
    act = data.draw(st.integers(0, len(keys) - 1))
    end = data.draw(st.integers(act + 1, len(keys)))
    assert read_saying(keys, act) == Reading(Stance.SAID, None)
    assert read_stance(keys, (act, act + 1), end) == Reading(Stance.SAID, None)


def test_what_is_only_not_stored_may_be_collected() -> None:
    stored = disclosures_of("We do not store your messages.")["collect.communications:denied"]
    assert stored.condition == "not store"
    neither = disclosures_of("We do not collect or store your messages.")
    assert neither["collect.communications:denied"].condition is None


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("It is never sold to third parties.", "It is never sold"),
        ("This information is not sold to anybody.", "This information"),
        ("As the kiosk is offline, we do not sell your data.", "As the kiosk is offline"),
        ("As a small shop, we do not sell your data.", None),
        ("As your privacy is dear to us, we do not sell your data.", None),
        ("Your data is never sold to third parties.", None),
        ("It is our rule that we do not sell your data.", None),
    ],
)
def test_a_denial_about_what_was_spoken_of_before_says_so(
    sentence: str, condition: str | None
) -> None:
    assert sale(sentence) == ({Stance.DENIED}, condition)


def test_a_bracket_does_not_end_what_a_denial_is_for() -> None:
    sentence = "We never sell data (or let others use it) for money."
    assert sale(sentence) == ({Stance.DENIED}, "for money")


def test_decisions_of_weight_are_all_that_such_a_denial_is_about() -> None:
    found = disclosures_of("We do not take decisions by algorithms that significantly affect you.")
    assert found["use.profiling:denied"].condition == "that significantly affect you"


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("We share your data with printers and with no advertisers.", "share.advertisers"),
        ("We share your data with printers, not with advertisers.", "share.advertisers"),
        ("We share your data with printers but never with advertisers.", "share.advertisers"),
        ("We share your data with advertisers and with no other companies.", "share.partners"),
        ("We collect your email address and no sensitive data.", "collect.sensitive"),
    ],
)
def test_who_or_what_is_left_out_is_not_said(sentence: str, left_out: str) -> None:
    assert left_out not in {found.type for found in disclosures_of(sentence).values()}


@pytest.mark.parametrize(
    "sentence",
    [
        "We share your data with third parties, including but not limited to advertisers.",
        "We share your data with printers, no matter how few, and with advertisers.",
        "We share your data, not least with advertisers.",
    ],
)
def test_a_negation_that_leaves_nobody_out_takes_nothing_away(sentence: str) -> None:
    assert "share.advertisers:said" in disclosures_of(sentence)
