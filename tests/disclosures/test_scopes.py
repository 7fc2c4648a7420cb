"""Which product, place or people a denial is about, in documents and word by word.

``tests/read_marked.py`` says how the act and the end of the match are marked.
"""

from __future__ import annotations

import pytest

from reader.model import Stance, Valence
from tests.make_document import disclosures_of
from tests.read_marked import limited, of_denial, of_stance


def denial(markdown: str, kind: str) -> tuple[bool, str | None]:
    found = [d for d in disclosures_of(markdown).values() if d.type == kind]
    denied = [d for d in found if d.stance is Stance.DENIED]
    assert all(d.valence is not Valence.GOOD for d in denied if d.condition)
    return bool(denied), denied[0].condition if denied else None


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("For lamp owners in Malta we do not sell personal data.", "For lamp owners in Malta"),
        ("With respect to guests, we do not sell personal data.", "With respect to guests"),
        ("As a Plus subscriber, your data is never sold.", "As a Plus subscriber"),
        ("If the archive is off, we never sell your data.", "If the archive is off"),
        ("If you live in Utah we do not sell your data.", "If you live in Utah"),
        ("The free tier does not sell your data.", "The free tier"),
        ("We do not sell the data of paying customers.", "paying customers"),
        ("Personal data of job applicants is not sold.", "job applicants"),
        ("Data collected via the survey will not be sold.", "Data collected via the survey"),
        (
            "Data collected through paper coupons is not sold.",
            "Data collected through paper coupons",
        ),
        ("We ask for your age. It is not sold.", "It is not sold"),
        ("We ask for your age. Such information is not sold.", "Such information"),
        ("We ask for your age. Such personal data is not sold.", "Such personal data"),
        (
            "We ask for your age. This sensitive information is never sold.",
            "This sensitive information",
        ),
    ],
)
def test_a_denial_about_a_part_names_the_part(sentence: str, condition: str) -> None:
    assert denial(sentence, "sell.sells") == (True, condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not sell your personal data.",
        "For the avoidance of doubt we do not sell personal data.",
        "For the avoidance of doubt, we do not sell personal data.",
        "On the website we do not sell your data.",
        "As a company, we do not sell your data.",
        "Our service does not sell your data.",
        "The mobile app does not sell your data.",
        "This website does not sell your data.",
        "We do not sell the personal data of our customers.",
        "We do not sell data that we collect from you.",
        "We run a lamp shop, and we do not sell your data.",
        "Our team is small, and it does not sell your data.",
        "We do not sell data collected through our website.",
        "We do not sell your data in the future to any website.",
        "As required by applicable law, we do not sell your data.",
    ],
)
def test_a_denial_about_everything_has_no_condition(sentence: str) -> None:
    assert denial(sentence, "sell.sells") == (True, None)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Lampo Glow does not sell your data.", "Lampo Glow"),
        ("Lampo Glow will never sell your data.", "Lampo Glow"),
        ("Lampo does not sell your data.", None),
        ("Lampo also does not sell your data.", None),
        ("Lampo currently does not sell your data.", None),
        ("Lampo clearly does not sell your data.", None),
    ],
)
def test_a_product_with_its_authors_name_is_a_part(sentence: str, condition: str | None) -> None:
    markdown = f"# Privacy\n\nLampo, Inc. (“Lampo”, “we”) runs this site.\n\n{sentence}"
    assert denial(markdown, "sell.sells") == (True, condition)


@pytest.mark.parametrize(
    ("heading", "is_part"),
    [
        ("Free account", True),
        ("Premium users", True),
        ("Our obligations under the CCPA", True),
        ("Lampo Junior", True),
        ("Job applicants", True),
        ("How we share your data", False),
        ("Your account", False),
        ("Free delivery", False),
    ],
)
def test_a_heading_that_names_a_plan_or_a_law_limits_what_it_heads(
    heading: str, is_part: bool
) -> None:
    markdown = f"# Privacy\n\nLamps.\n\n## {heading}\n\nWe do not sell your personal data."
    assert denial(markdown, "sell.sells") == (True, heading if is_part else None)


def test_a_denial_about_everything_outweighs_one_about_a_part() -> None:
    markdown = "The free tier does not sell your data.\n\nWe do not sell your personal data."
    assert denial(markdown, "sell.sells") == (True, None)


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
        ("We do not <sell> your data/ from the desktop app; fine.", "from the desktop app"),
        ("We do not <sell> your data from the desktop app/.", "from the desktop app"),
        (
            "From the desktop app you can write to our shop at any hour of any day, and have an "
            "answer within the same week; we do not <sell> your data/.",
            None,
        ),
        ("We do not <sell> your data/ from the shop, app or hall.", None),
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
        ("We do not <sell> data of residents of/", "of residents of"),
        ("We do not <sell> data/ on iOS.", "on iOS"),
        ("We do not <sell> data/ for iOS.", "for iOS"),
        ("We do not <sell> data/ to iOS.", None),
    ],
)
def test_one_product_place_or_system_is_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("On the kiosk, we do not <sell> your data.", "On the kiosk"),
        ("On kiosks, your data is not <sold>.", "On kiosks"),
        ("On a green kiosk we do not <sell> your data.", "On a green kiosk"),
        ("For owners of lamps we do not, as told, <sell> your data.", "For owners of lamps"),
        ("For the lamp owners' safety, we do not <sell> data.", "For the lamp owners' safety"),
        ("For the lamp safety, we do not <sell> your data.", None),
        ("For all, we do not <sell> your data.", None),
        ("Here, for lamp owners, we do not <sell> your data.", None),
        ("In the, we do not <sell> your data.", None),
        (
            "For those who bought a lamp in any one of our many green shops in town, we do not "
            "<sell> data.",
            None,
        ),
        # not what the author is, but what the reader is
        ("As a lamp shop, we do not <sell> your data.", None),
        ("As a lamp shop we do not <sell> your data.", None),
        ("As a guest, we do not <sell> your data.", "As a guest"),
        ("As a customer we do not <sell> your data.", "As a customer"),
        ("As a lamp owner, your data is never <sold>.", "As a lamp owner"),
        ("For lamp owners, we do not <sell> data.", "For lamp owners"),
        # a condition, or what is told of one thing
        ("When the lamp is off we do not <sell> your data.", "When the lamp is off"),
        ("Where asked to, we do not <sell> your data.", "Where asked to"),
        ("If we close, your data is never <sold>.", "If we close"),
        ("Where asked, your data is not <sold>.", "Where asked"),
        ("As the kiosk is offline, we do not <sell> your data.", "As the kiosk is offline"),
        ("Since kiosks are offline, we do not <sell> your data.", "Since kiosks are offline"),
        ("Because it, so to say, is offline, we do not <sell> data.", None),
        ("As our shop is small, we do not <sell> your data.", None),
        ("The reason is: as kiosks are offline, we do not <sell> data.", None),
        ("Since the kiosk stands alone, we do not <sell> your data.", None),
        ("As is our rule, we do not <sell> your data.", None),
        ("As shown here, your data is never <sold>.", None),
    ],
)
def test_what_opens_a_sentence_may_name_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("The Pro plan does not <sell> your data.", "The Pro plan"),
        ("The Pro plan <sells> no data.", "The Pro plan"),
        ("The old lamp club plan does not <sell> your data.", "The old lamp club plan"),
        ("The plan never <sells> your data.", None),
        ("The plan beside the stairs never <sells> your data.", None),
        ("The lamp, our app never <sells> your data.", None),
        ("We never <sell> data to the Lamp Club plan/ or to others.", None),
        ("The 3 apps never <sell> your data.", None),
        ("In the app the Pro plan never <sells> your data.", "the Pro plan"),
        ("The app and the Pro plan never <sell> your data.", "the Pro plan"),
        ("We Glow do not <sell> your data.", "We Glow"),
        ("Here we Glow will not <sell> your data.", "we Glow"),
        ("We, do not <sell> your data.", None),
        ("We actually do not <sell> your data.", None),
        ("We proudly do not <sell> your data.", None),
        ("We never <sell> your data as lamps we Glow do not/.", None),
    ],
)
def test_the_product_that_denies_is_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Paying customers' data is not <sold>.", "Paying customers"),
        ("We do not <sell> data of any lamp, or of paying customers/.", "paying customers"),
        ("We do not <sell> data/ to paying customers.", "paying customers"),
        ("We do not <sell> data/, paying customers aside.", None),
        ("We do not <sell> data/ here, and paying customers rest.", None),
        ("Customers' data is not <sold>.", None),
        ("Data of guests is not <sold>.", "of guests"),
        ("The data about all our guests is not <sold>.", "our guests"),
        ("Of guests nothing is <sold>.", "Of guests"),
        ("Data of (guests) is not <sold>.", "guests"),
        ("Data of (guests here) is not <sold>.", "guests"),
        ("Students' data is not <sold>.", "Students'"),
        ("Students' lamps are dear, and data is not <sold>.", None),
        ("A student's personal information is not <sold>.", "A student's"),
        ("We do not <sell> student data.", "student"),
        ("We do not <sell> any student data.", "any student"),
        ("We do not <sell> data to students.", None),
        ("Your personal data is, where asked by applicable law, not <sold>.", None),
        ("Your personal data is, by all applicable green town laws, not <sold>.", None),
    ],
)
def test_some_of_the_people_are_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        (
            "Information submitted via paper coupons is not <sold>.",
            "Information submitted via paper coupons",
        ),
        (
            "Information gathered from the survey is not <sold>.",
            "Information gathered from the survey",
        ),
        ("Information gathered for research is not <sold>.", None),
        ("Information gathered through use of lamps is not <sold>.", None),
        ("Information gathered from users in our hall is not <sold>.", None),
        ("Information gathered from the company is not <sold>.", None),
        ("We do not <sell> data/ given by the survey.", "data given by the survey"),
        ("We do not <sell> data/ given by the survey", "data given by the survey"),
        ("We do not <sell>/ the data given by the survey.", "data given by the survey"),
        ("We do not <sell> your data/ given by the survey.", "data given by the survey"),
        ("We do not <sell> lists/ given by the survey.", None),
    ],
)
def test_what_comes_from_one_source_is_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("It is not <sold> to anybody.", "It is not sold"),
        ("These are never <sold> or lent.", "These are never sold"),
        ("We ask, and it is not <sold>.", "it is not sold"),
        ("It is here that data is not <sold>.", None),
        ("A lamp such as this is not <sold>.", None),
        ("Such lists are not <sold>.", "Such lists"),
        ("We ask, but such lists are not <sold>.", "such lists"),
        ("We ask; such lists are not <sold>.", "such lists"),
        ("Such lists will not be <sold>.", "Such lists"),
        ("Such data is not <sold>.", "Such data"),
        ("Data of such lists is not <sold>.", None),
        ("This site is not <sold>.", None),
        ("It does not <sell> your data.", None),
        ("It will not <sell> your data.", None),
        ("These days lists are not <sold>.", None),
    ],
)
def test_what_was_spoken_of_before_is_a_part(sentence: str, part: str | None) -> None:
    assert of_stance(sentence) == ("denied" if part is None else limited(part, "part"))


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("<Residents of Utah are never tracked>.", "Residents of Utah"),
        ("California <residents are never tracked>.", "California residents"),
        ("<On iOS nothing is sold>.", "On iOS"),
    ],
)
def test_words_that_deny_by_themselves_may_be_about_one_part(sentence: str, part: str) -> None:
    assert of_denial(sentence) == limited(part, "part")
