"""Within which limits a denial holds: word by word.

``tests/read_marked.py`` says how the act and the end of the match are marked.
"""

from __future__ import annotations

import pytest

from tests.read_marked import limited, of_denial, of_stance


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
        ("We do not <share> data/ for money or sell", "for money"),
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
        ("We do not <sell> data/ in exchange for money or other valuable consideration.", None),
        ("We do not <sell> data/ for any monetary or other consideration.", None),
        (
            "We do not <share> data/ for money or other valuable consideration.",
            "for money or other valuable consideration .",
        ),
        ("We do not <sell> data/ for monetary consideration.", "for monetary consideration ."),
        ("Though we do not <sell> data/ for money, our lists may go out.", "for money"),
        ("Though we do not <sell> data/ for money or gain, our lists go out.", "for money or gain"),
        ("We do not <share> data/ for money or the like.", "for money or the like ."),
        ("We do not <share> data/ for money, the like or more.", "for money, the like or more ."),
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
        ("We ask if you mind, but if you object, we do not <sell> data.", "if you object"),
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
        ("Here, we do not <process> cards/ or lamps directly.", "directly"),
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
        (
            "More than ever, it is not <shared> with other shops/ than ours.",
            limited("other shops than ours ."),
        ),
        ("It is not <shared>/ except with our carriers.", limited("except with our carriers .")),
        ("It is not <shared> without your consent/.", limited("without your consent .")),
    ],
)
def test_what_an_exception_names_is_said_where_it_is_what_matched(
    sentence: str, reading: str
) -> None:
    assert of_stance(sentence) == reading


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("<We never sell> your data.", None),
        ("<We do not sell> your data except in a merger.", "except in a merger ."),
        ("If you object, <we do not sell> your data.", "If you object"),
        ("In this case <we never sell> your data.", "In this case"),
        ("Except as told below, <we never sell> your data.", "Except as told below"),
        ("<We never share> data with these vendors.", "with these vendors ."),
        ("Data gathered this way <is never sold>.", "gathered this way"),
        ("<No data is sold this way>.", "sold this way"),
        ("<We do not directly sell> your data.", "directly"),
        ("<We do not have lists> of you.", None),
        ("This <data is not shared>.", "This data"),
        ("<This data is not shared>.", "This data"),
        ("This <shop does not share> data.", None),
        ("<We do not encrypt these letters>.", "these letters"),
        ("<We do not encrypt these old letters> there.", "these old letters"),
        ("<We do not encrypt> these letters.", "these letters"),
        ("<We do not encrypt> these letters", "these letters"),
        ("Here, <we do not encrypt these letters>.", "these letters"),
        ("These lamps are ours, and <we do not encrypt letters>.", None),
        ("<We do not encrypt (here) these letters>.", "these letters"),
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
