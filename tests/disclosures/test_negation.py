"""What negates an act, how far that reaches, and when it tells nothing: word by word.

``tests/read_marked.py`` says how the act and the end of the match are marked.
"""

from __future__ import annotations

import pytest

from reader.disclosures.stance import read_saying
from tests.read_marked import marked, of_denial, of_stance, told

# --- what negates an act --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not <sell> your data.",
        "We never <sell> your data.",
        "Nobody <sells> your data.",
        "Not one of us <sells> your data.",
        "Nor do we <sell> your data.",
        "Neither will we <sell> your data.",
        "Never do we <sell> your data.",
        "In no event will we <sell> your data.",
        "At no time will we <sell> your data.",
        "Under no circumstances do we <sell> your data.",
        "In no case do we <sell> your data.",
        "In no way do we <sell> your data.",
        "We refrain from <selling> your data.",
        "We are prohibited by law from <selling> your data.",
        "We work without <selling> your data.",
        "We work without ever <selling> your data.",
        "We <collect> no personal data.",
        "We <share> it with nobody.",
        "We <share> it with none of them.",
        "We <collect> nothing.",
        "We <collect> nothing",
        "No personal data is <sold>.",
        "In short, no personal data is <sold>.",
        "In no event will the shop <sell> your data.",
        "Neither we, the shop, <sell> your data.",
        "Our shop, however, <collects> no data.",
        "Data is not rented, nor <sold>, by the shop.",
        "We do not <sell>",
        "We do not make lists of you or <sell> your data.",
        "We do not write to you, or <sell> your data.",
        "Your data will not be otherwise <sold>.",
        "Your data is not shared nor otherwise <sold>.",
        "Your data is never rented or otherwise <sold>.",
        "We do not use the information we collect in our shops in town to <sell> lamps.",
        "It is not the policy of our shop to <sell> your data.",
        "We do not use data that is yours for the <purpose> of trade.",
        "It is not the policy of we to <sell> your data.",
        "Although we do not rent, lend or <sell> your data, we keep it.",
        "We do not track: orders, lamps <kept>.",
        "We do not track lamps or <keep> them.",
        "Although we do not rent it, the lists or the data <sell>.",
        "Although we do not rent it, our lists may be <shared> with nobody.",
        "So your data is not <sold>.",
        "Although it cannot be lent, rented or <sold>, it is kept.",
        "Though we never rent lists, or will <sell> them, we keep them.",
        "By law, our lists may be kept, although we do not lend, rent or <sell> them.",
    ],
)
def test_a_negation_that_reaches_the_act_denies_it(sentence: str) -> None:
    assert of_stance(sentence) == "denied"


@pytest.mark.parametrize(
    "sentence",
    [
        "<Sell>",
        "We <sell> your data.",
        "We do not rent lamps; we <sell> your data.",
        "We do not rent lamps, but we <sell> your data.",
        "We do not rent lamps but <sell> your data.",
        "We do not rent lamps and we <sell> your data.",
        "We do not know when they <sell> your data.",
        "We do not rent lamps while others <sell> your data.",
        "We do not write to you, they <sell> your data.",
        "If you do not object, we <sell> your data.",
        "Without your leave, we <sell> your data.",
        "Without asking you anything at all, our buyers <sell> your data.",
        "No matter how you write, the shop <sells> your data.",
        "No doubt the shop <sells> your data.",
        "We not only <sell> your data.",
        "We do not merely <sell> your data.",
        "We do not hesitate to <sell> your data.",
        "Data is kept no longer than needed and <sold>.",
        "We <keep> your data no longer than needed.",
        "We <keep> it no longer",
        "We <keep> it no more than a year.",
        "No less than ten shops <sell> your data.",
        "With no less care the shop <sells> your data.",
        "Without a word of warning our buyers <sell> your data.",
        "Without warning buyers <sell> your data.",
        "No matter the price the shop <sells> your data.",
        "In any case we <sell> your data.",
        "From here on the shop <sells> your data.",
        "Data is <sold>, is it not",
        "We do not rent data we <sell>.",
        "We do not rent data we gladly also <sell>.",
        "We <keep> your data no later than May.",
        "We <keep> your data for no more than a year.",
        "Shared: no, <sold>: yes.",
        "<Sold>: no.",
        "We <keep> your data in our shop and with nobody else.",
        "We refuse lamps and <sell> your data.",
        "From May on we refuse lamps, <sell> your data and rest.",
        "| not kept | <sold> |",
        "Not otherwise than others we <sell> your data.",
        # a name
        "Do Not Track: orders are <kept>.",
        "Our policy on Do Not Track signals: orders are <kept>.",
        # what is conceded is not what the main clause says
        "Although we do not rent it, our lists may be <sold>.",
        "While we never lend your data, the data will be <sold>.",
        "Though lamps are not lent, such data can be <sold>.",
        "While lamps are not lent, some will <sell>.",
        "Although we do not rent lists, names of yours may be <sold>.",
        "Though it is not rented, personal data can, in a merger, be <sold>.",
        # another clause, before the act or about others
        "We do not rent lamps to shops that <sell> your data.",
        "We rest and no lamp is lit: we <share> names/.",
        "Lamps are lit and not sold; we <keep> data/.",
    ],
)
def test_a_negation_of_something_else_leaves_the_act_said(sentence: str) -> None:
    assert of_stance(sentence) == "said"


def test_a_negation_reaches_sixty_words_and_not_further() -> None:
    assert of_stance("We do not " + "gladly " * 58 + "<sell> your data.") == "denied"
    assert of_stance("We do not " + "gladly " * 59 + "<sell> your data.") == "said"


@pytest.mark.parametrize(
    "sentence",
    [
        "We <sell> your name and your street to no one.",
        "We <share> all of your data with nobody.",
        "We <share> all of your data with nobody",
        "We <pass> all of your data on to none of them.",
        "We <disclose> your full street address to no outside company.",
        "We <rent> all of your data to no third party",
        "We <give> all of your data to no other marketing firm.",
        "While lamps glow, we <share> all of your data with nobody.",
    ],
)
def test_an_act_whose_recipient_is_nobody_is_denied(sentence: str) -> None:
    assert of_stance(sentence) == "denied"


@pytest.mark.parametrize(
    "sentence",
    [
        "We <share> all of your data with no notice.",
        "We <share> all of your data with no third notice.",
        "We <share> all of your data with no other commercial data.",
        "We <share> all of your data with printers or none.",
        "We <share> all of your data with printers, and show it to nobody.",
        "We <keep> all of your data and show it to nobody.",
        "We <share> all of your data because others sell to nobody.",
        "We <share> all of your data with",
    ],
)
def test_a_negation_of_something_else_names_no_recipient(sentence: str) -> None:
    assert of_stance(sentence) == "said"


@pytest.mark.parametrize(
    "sentence",
    [
        "We <share> lists of lamps with printers and with no advertisers/.",
        "We <share> lists of lamps with printers, and with no advertisers/.",
        "We <share> lists of lamps with printers, but to no advertisers/.",
        "We <share> lists of lamps with printers, not with advertisers/.",
        "We <share> lists of lamps with printers but never with advertisers/.",
        "We <share> lists of lamps with printers and with no advertisers/, who would pay.",
        "We <collect> your name and your street and no sensitive data/.",
        "We <collect> your name, no sensitive data/.",
        "We <collect> your name and your street and no calls/.",
    ],
)
def test_what_a_match_ends_with_may_be_left_out_of_the_act(sentence: str) -> None:
    assert of_stance(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "We <keep> data in France and do not send it to Spain/.",
        "We <keep> data in France, and it is never sent to Spain/.",
        "We <keep> data in France but will not also send it to Spain/.",
        "How we <use> data: 3 Lamp Club shall not share it with Spain/.",
        "We <collect> calls (the words of such calls are not recorded, ever/).",
        "We <collect> calls/ (the words of such calls are not recorded).",
        "We <collect> video/ calls (the words of such calls are not recorded).",
    ],
)
def test_what_a_match_ends_with_may_belong_to_a_later_act_that_is_denied(sentence: str) -> None:
    assert of_stance(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "We <share> lists of lamps with printers and advertisers/.",
        "We <share> lists of lamps, not names, with advertisers/.",
        "We <share> lists of lamps but not names with advertisers/.",
        "We <share> lists of lamps and no names with advertisers/.",
        "We <share> lists of lamps with printers, not with shops but with advertisers/.",
        "We <share> lists of lamps with printers and no longer with advertisers/.",
        "We <collect> your name and no less your street/.",
        "We <share> lists of lamps with printers and no/.",
        "We <share> lists of lamps with printers and with advertisers/.",
        "We <share> lists of lamps and not only names/.",
        "We <collect> lists of lamps of no worth/.",
        "We <share> lists of lamps with printers/, and with no advertisers.",
        # another act is denied only before the end, and leads back to the first one
        "We <keep> data in France/ and do not send it to Spain.",
        "We <keep> data in France (and do not send it to Spain), Malta/.",
        "We <keep> data and do not send it: names/.",
        "We <keep> data (and not only lamps) in Malta/.",
        "We <keep> data in France and you do not send it to Spain/.",
        "We <keep> data, which we do not send, in Spain/.",
        "We <keep> data/ from a shop (which is not recorded).",
        "We <keep> data/ from shops of ours (it is not recorded).",
        "We <keep> data/ (it is not sold).",
        "How we <keep> data: records never leave Spain/.",
        "We <keep> data and never",
        "We <keep> data and never/",
        "We <collect> calls/ (and never store them).",
    ],
)
def test_what_stands_before_the_end_of_a_match_is_not_left_out(sentence: str) -> None:
    assert of_stance(sentence) == "said"


# --- what tells nothing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        # the reader's act, and others'
        "You will not <share> your data.",
        "You may not be <tracked> there.",
        "They do not <share> your data.",
        # what is asked for
        "You can ask us not to <sell> your data.",
        "Ask us not to <sell> your data.",
        "You may direct the shop not to <sell> your data.",
        "It is your preference that we do not <sell> your data.",
        # the negation is itself an exception or a condition
        "We write unless the law keeps us from it or does not let us <tell> you.",
        "We write to you unless we do not <have> your address.",
        "If we do not <have> your address, we cannot write.",
        "We write unless the shop does not, ever, <tell> you.",
        "Unless not <sold>, data is deleted.",
        "We ask whether the shop does not <sell> your data.",
        # one thing only
        "We hold an address, which we do not <publish>.",
        "We have friends whom we never <tell>.",
        "Which we do not <publish>.",
        # what ought to be, need not be, may fail, or is not always so
        "Your data should not be <sold>.",
        "Your data must not be <sold>.",
        "We do not have to <sell> your data.",
        "We are not required to <sell> your data.",
        "We are not in any way obliged to <sell> your data.",
        "We do not have to gladly <sell> your data.",
        "We may not be able to <delete> your data.",
        "We might not be able to <delete> your data.",
        "We do not always <sell> your data.",
        "We do not <record> every call.",
        "Not every shop will <sell> your data.",
        # a duty of others, and what something else is done for
        "The printer is not authorized to <sell> your data.",
        "Printers are not, ever, permitted by us to <sell> your data.",
        "Cookies help to ensure that we do not <show> a page twice.",
        "Cookies help to make sure we do not <show> a page twice.",
        "We use cookies so that we do not <show> a page twice.",
        "So that we do not <show> a page twice, we use cookies.",
        "Steps are taken to prevent data from being <kept>.",
        "To prevent data from being <kept>, we take steps.",
    ],
)
def test_what_tells_nothing_about_the_authors_acts_has_no_reading(sentence: str) -> None:
    assert of_stance(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "You know that at our shops we will not <sell> your data.",
        "As you ask, know that in our shops we do not <sell> your data.",
        "We write if you want it, and we do not <sell> your data.",
        "If you write, we do not <sell> your data; fine.",
        "If you like, our data is not <sold>.",
        "If lamps break; our data is not <sold>.",
        "We are not able to <sell> your data.",
        "May: we do not <sell> your data.",
        "We do not have lists to <sell> from.",
        "We have what we need and do not <sell> your data.",
        "We <collect> no data, you see, every day.",
        "We <share> it with nobody that you ask.",
        "We ensure that we do not <sell> your data.",
        "We make sure that we do not <sell> your data.",
        "Locks prevent data from being <sold>.",
    ],
)
def test_a_denial_by_the_author_stands_beside_words_of_others(sentence: str) -> None:
    assert (of_stance(sentence) or "").startswith("denied")


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("We do not guarantee that your data is <encrypted>.", None),
        ("We cannot promise you that it is <deleted>.", None),
        ("We cannot promise that it is <deleted>.", None),
        ("We do not guarantee <deletion>.", None),
        ("Not promised: <deleted>.", None),
        ("We make no promise, yet it is <deleted>.", None),
        ("We guarantee that your data is <encrypted>.", "said"),
        ("We do not wait; we promise that it is <deleted>.", "said"),
        ("We do not guarantee lamps; your data is <encrypted>.", "said"),
        ("No lamp is sold here before what we promise: it is <deleted>.", "said"),
    ],
)
def test_what_somebody_does_not_promise_is_not_said(sentence: str, reading: str | None) -> None:
    keys, act, _ = marked(sentence)
    assert told(keys, read_saying(keys, act[0])) == reading


@pytest.mark.parametrize(
    "sentence",
    [
        "We hold an address, which <we do not publish>.",
        "<We do not have to sell> your data.",
        "<We are not required to sell> your data.",
        "<At all times we do not need to sell> your data.",
        "Ask that <we not share> your data.",
        "Cookies help to ensure that <we do not show> a page twice.",
    ],
)
def test_a_denial_of_one_thing_or_of_a_duty_has_no_reading(sentence: str) -> None:
    assert of_denial(sentence) is None
