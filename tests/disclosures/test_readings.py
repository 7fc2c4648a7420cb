"""How a match is read, word by word: what negates an act, how far that reaches, what limits it.

The act stands in angle brackets. The match ends at a slash, or with the act where there is none.
"""

from __future__ import annotations

from itertools import chain

import pytest

from reader.disclosures.stance import Reading, read_denial, read_saying, read_stance
from reader.disclosures.words import text_keys
from reader.model import Stance


def marked(sentence: str) -> tuple[list[str], tuple[int, int], int]:
    """The keys of a sentence, the place of its act, and where its match ends."""
    before, _, rest = sentence.partition("<")
    act, _, rest = rest.partition(">")
    inside, slash, behind = rest.partition("/")
    if not slash:
        inside, behind = "", rest
    parts = [text_keys(part) for part in (before, act, inside, behind)]
    start = len(parts[0])
    end = start + len(parts[1])
    return [*chain.from_iterable(parts)], (start, end), end + len(parts[2])


def told(keys: list[str], reading: Reading | None) -> str | None:
    """The reading as "said", "denied", or "denied: " and the condition's words; None for none."""
    if reading is None or reading.condition is None:
        assert reading is None or not reading.of_part
        return reading and reading.stance.value
    assert reading.stance is Stance.DENIED
    kind = "part" if reading.of_part else "denied"
    return f"{kind}: " + " ".join(keys[slice(*reading.condition)])


def of_stance(sentence: str) -> str | None:
    keys, act, end = marked(sentence)
    return told(keys, read_stance(keys, act, end))


def of_denial(sentence: str) -> str | None:
    keys, match, _ = marked(sentence)
    return told(keys, read_denial(keys, match))


def limited(words: str, kind: str = "denied") -> str:
    return f"{kind}: " + " ".join(text_keys(words))


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
    ],
)
def test_an_act_whose_recipient_is_nobody_is_denied(sentence: str) -> None:
    assert of_stance(sentence) == "denied"


@pytest.mark.parametrize(
    "sentence",
    [
        "We <share> all of your data with no notice.",
        "We <share> all of your data with no third notice.",
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
        "We <keep> data and never",
        "We <keep> data and never/",
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
        "Steps are taken to prevent data from being <kept>.",
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


# --- what limits a denial -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        # exceptions, behind the act and before it
        ("We do not <sell> your data except in a merger.", "except in a merger ."),
        ("We do not <sell> your data/ unless you agree; fine.", "unless you agree"),
        ("We do not <sell> your data/ without your consent.", "without your consent ."),
        ("We do not <sell>/ data other than names and we rest.", "other than names"),
        ("Except as told below, we do not <sell> your data.", "Except as told below"),
        ("Unless you agree we do not <sell> your data.", "Unless you agree we do not"),
        ("We rest; we do not <sell> data/ unless you agree.", "unless you agree ."),
        # one kind of gain or use, behind the match only, and as far as the next act
        ("We do not <sell> your data/ for money.", "for money ."),
        ("We do not <share> data/ for money or sell it.", "for money"),
        ("We do not <share> data/ for money (or sell it).", "for money (or sell it)."),
        ("We rest, share lamps and never <sell> data/ for money.", "for money ."),
        # a sale is one for whatever gain, and to pass data on for nothing is none
        ("We do not <sell> data/ for monetary or other valuable consideration.", None),
        (
            "We do not <sell> data/ for monetary or other valuable consideration unless you agree.",
            "unless you agree .",
        ),
        (
            "We do not <sell> data or give it away/ for monetary or other valuable consideration.",
            "for monetary or other valuable consideration .",
        ),
        ("We do not <sell> data/ for money or anything else.", None),
        ("Though we do not <sell> data/ for money, our lists may go out.", "for money"),
        ("We do not <sell> data/ for use on lists.", "for use on lists ."),
        ("We do not <sell> data/ like a broker.", "like a broker ."),
        ("We do not <give> data/ to shops so that they track you.", "so that they track you ."),
        ("We do not <use> cookies/ explicitly.", "explicitly"),
        ("We do not <sell> data/ for money and it is never lent.", "for money"),
        ("We never <sell> data/ and names are not lent for money.", None),
        ("We never <sell> data/ and will not lend it for money.", "for money ."),
        # in the sense of a law
        (
            "We do not <sell> data/ as that term is defined there.",
            "as that term is defined there .",
        ),
        ("We do not <sell> data/ as sales are defined there.", "as sales are defined there ."),
        ("We do not <sell> data/, including as sales are defined there.", None),
        ("We do not <sell> data/ under the CCPA.", "under the CCPA ."),
        ("We do not <sell> as the word goes/ here.", None),
        # what is usual or set so at first
        ("By default, we do not <sell> your data.", "By default"),
        ("We do not <sell> your data/ by default.", "by default ."),
        ("With few exceptions, we do not <sell> your data.", "With few exceptions"),
        ("With no exceptions we do not <sell> your data.", "With no exceptions we do not"),
        ("With great care, exceptions aside, we do not <sell> your data.", None),
        ("Usually, we do not <sell> your data.", "Usually"),
        ("Usually we are here, and data is never <sold>.", None),
        # what the reader must be or do
        ("If you object, we do not <sell> your data.", "If you object"),
        ("When you object, at once we do not <sell> your data.", "When you object"),
        ("In such a case we do not <sell> your data.", None),
        ("In this case we do not <sell> your data.", "In this case"),
        ("We do not <sell> your data/ if you object; fine.", "if you object"),
        ("We do not <sell> your data/ and once you object we rest.", "once you object we rest."),
        ("Tell us if you want lamps we do not <sell> to others.", None),
        ("We keep it if you agree, but do not <sell> it.", None),
        ("We keep it if you agree, and do not <sell> it.", "if you agree"),
        # what was spoken of before
        ("We do not <share> your data/ with these vendors; fine.", "with these vendors"),
        ("We do not <share> your data/ in this policy.", None),
        ("We do not <share> this data.", "this data ."),
        ("We do not <share> this data", "this data"),
        ("We do not <share> this data here.", "this data here"),
        ("We do not <share> this", None),
        ("We do not <rent> or sell this data.", "this data ."),
        ("We do not have <access> to or control this data.", "this data ."),
        ("We do not <rent> or sell", None),
        ("We do not <track> your use of such pages.", "of such pages ."),
        ("We do not <track> any/ such pages.", "such pages"),
        ("We do not <track> any/ such pages", "such pages"),
        ("We do not <sell> lists/ such as yours.", None),
        ("Data gathered this way is not <sold>.", "gathered this way"),
        ("In this way data is not <sold>.", "In this way"),
        ("This way data is not <sold>.", None),
        # one manner, one grain, an aim, the rest of something
        ("We do not <process> cards/ or lamps directly.", "directly"),
        ("We do not <process> cards/ or lamps directly", "directly"),
        ("We do not <process> cards/ or lamps directly; fine.", "directly"),
        ("We do not <process> cards/, but buy lamps directly.", None),
        ("We do not <process> cards/ for direct mail.", None),
        ("We do not seek to <collect> your data.", "seek to"),
        ("We do not <collect> what we seek to sell/.", None),
        ("We do not seek lamps or <collect> your data.", None),
        ("We do not directly <sell> your data.", "directly"),
        ("We generally do not <sell> your data.", "generally"),
        ("Generally we never <sell> your data.", "Generally"),
        ("Our generally kind shop here does not <sell> your data.", None),
        ("We do not <sell> your data directly/ to others.", "directly to"),
        ("We do not <track> your data or precise location/.", "precise location"),
        ("We do not <sell> your data directly/.", "directly ."),
        ("We do not <track> your precise location/ here.", "precise location"),
        ("We do not <track> your exact way/ here.", "exact"),
        ("We do not <collect> any other kind of data/.", "other kind of data"),
        ("We do not <collect> any other thing/ there.", "other"),
        ("We do not <collect> names or any other data/.", None),
        ("We do not <collect> other data/.", None),
    ],
)
def test_what_limits_a_denial_is_its_condition(sentence: str, condition: str | None) -> None:
    assert of_stance(sentence) == ("denied" if condition is None else limited(condition))


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("We do not share data except with <carriers>/.", "said"),
        ("It is not <shared> except with our carriers/.", "said"),
        ("It is not <shared> other than with our carriers/.", "said"),
        ("It is not <shared> for any other purposes than advertising/.", "said"),
        ("It is not <shared> with other shops/ than ours.", limited("other shops than ours .")),
        ("It is not <shared>/ except with our carriers.", limited("except with our carriers .")),
        ("It is not <shared> without your consent/.", limited("without your consent .")),
    ],
)
def test_what_an_exception_names_is_said_where_it_is_what_matched(
    sentence: str, reading: str
) -> None:
    assert of_stance(sentence) == reading


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("We do not <sell> your data/ from the desktop app.", "from the desktop app"),
        ("We do not <sell> your data/ within our Lamp Club plan.", "within our Lamp Club plan"),
        ("We do not <sell> your data/ on our website.", None),
        ("We do not <sell> your data/ on our own website.", None),
        (
            "We do not <sell> your data/ on our own website, from the desktop app.",
            "from the desktop app",
        ),
        ("We do not <sell> your data/ from old desktop app.", None),
        ("We do not <sell> your data/ in the old green hall beside one app.", None),
        ("We do not <sell> your data/ in the shop, in an app.", None),
        ("We do not <sell> data of California residents/.", "California residents"),
        ("We do not <sell> data of California residents/ any longer.", "California residents"),
        ("We do not <sell> data of residents/ any longer.", "of residents"),
        ("Our residents hall does not <sell> data/ at all.", None),
        ("We do not <sell> data of residents of Utah/.", "of residents of Utah"),
        ("We do not <sell> data of residents of Utah/", "of residents of Utah"),
        ("We do not <sell> data of California residents/", "California residents"),
        ("We do not <sell> data/ on iOS.", "on iOS"),
        ("We do not <sell> data/ for iOS.", "for iOS"),
        ("We do not <sell> data/ to iOS.", None),
    ],
)
def test_a_denial_about_one_part_says_that_it_is_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


# --- words that deny by themselves ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("<We never sell> your data.", None),
        ("<We do not sell> your data except in a merger.", "except in a merger ."),
        ("If you object, <we do not sell> your data.", "If you object"),
        ("Except as told below, <we never sell> your data.", "Except as told below"),
        ("<We never share> data with these vendors.", "with these vendors ."),
        ("Data gathered this way <is never sold>.", "gathered this way"),
        ("<We do not directly sell> your data.", "directly"),
        ("<We do not have lists> of you.", None),
        ("This <data is not shared>.", "This data"),
        ("<This data is not shared>.", "This data"),
        ("This <shop does not share> data.", None),
        ("<We do not encrypt these letters>.", "these letters"),
        ("<We do not encrypt these old letters> there.", "these old letters"),
        ("<We do not encrypt such> letters.", None),
        ("<We do not lend> these", None),
        ("We do not have to wait: <we never sell> your data.", None),
        ("<They do not have to sell> your data; fine.", None),
    ],
)
def test_words_that_deny_by_themselves_are_limited_in_the_same_way(
    sentence: str, condition: str | None
) -> None:
    assert of_denial(sentence) == ("denied" if condition is None else limited(condition))


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
