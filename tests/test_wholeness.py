"""A text that is not the whole policy says so, and its silence is held against nobody."""

from __future__ import annotations

import pytest

from reader.analysis import analyze_parts, analyze_text
from reader.compare import compare
from reader.compared_findings import Change
from reader.dismissal import without
from reader.model import PolicyReport, Verdict
from reader.wholeness import is_whole

WHAT_IT_SAYS = (
    ("What we collect", "We collect your name and your e-mail address when you buy a lamp."),
    ("What we use it for", "We use your e-mail address to send you offers for other lamps."),
    ("Who receives it", "We share your address with the carrier that brings your lamp."),
    ("How we protect it", "We protect your information with encryption in transit and at rest."),
    ("How long", "We keep your order for seven years, because tax law asks us to keep it."),
    ("Changes", "We may change this policy at any time and will post the new one on this page."),
    ("Questions", "Write to privacy@lamps.example with questions about your personal information."),
)


def policy(button: str, sections: int = len(WHAT_IT_SAYS)) -> PolicyReport:
    """Return the report on a policy whose first ``sections`` sections end with ``button``."""
    parts = ["# Privacy policy of the lamp shop\n"]
    for number, (heading, text) in enumerate(WHAT_IT_SAYS):
        end = f"\n\n{button}" if number < sections else ""
        parts.append(f"## {heading}\n\n{text} This is the same for all lamps.{end}\n")
    return analyze_text("\n".join(parts))


def silences(report: PolicyReport) -> set[str]:
    """Return the types whose silence the card holds against the policy."""
    return {silent.type for topic in report.topics for silent in topic.silent if silent.valence}


@pytest.mark.parametrize(
    "button", ["See more", "Read more \u203a", "+ Show all", "Continue reading..."]
)
def test_a_page_saved_while_it_was_folded_says_so_and_warns_of_no_silence(button: str) -> None:
    report = policy(button)

    assert "folded-parts" in {notice.kind for notice in report.notices}
    assert not is_whole(report.notices)
    assert not silences(report)
    assert "Parts of the policy may be missing here." in report.verdict
    assert "Nothing found" not in report.verdict
    security = next(topic for topic in report.topics if topic.id == "protect")
    assert security.verdict is Verdict.GOOD


def test_a_whole_policy_is_held_to_its_silence() -> None:
    report = policy("See more", sections=0)

    assert is_whole(report.notices)
    assert "rights.delete" in silences(report)
    assert "Nothing found about deleting your data." in report.verdict


@pytest.mark.parametrize(
    ("button", "sections"),
    [("See more", 2), ("You can read more about lamps in our magazine and see all.", 7)],
)
def test_a_link_or_two_and_ordinary_words_are_no_folded_page(button: str, sections: int) -> None:
    assert is_whole(policy(button, sections).notices)


def test_what_the_reader_dismisses_brings_no_silence_back() -> None:
    report = policy("See more")
    for gone in report.disclosures:
        left = without(report, {gone.key})
        assert not silences(left)
        assert "Parts of the policy may be missing here." in left.verdict


def test_of_a_policy_that_is_not_whole_nothing_is_told_as_no_longer_there() -> None:
    whole = policy("See more", sections=0)
    shorter = analyze_text(policy("See more").document.text.replace(WHAT_IT_SAYS[1][1], ""))

    found = compare(whole, shorter)
    assert Change.GONE not in {each.change for each in found.disclosures}
    assert any("lists nothing as no longer found" in caution for caution in found.cautions)

    found = compare(shorter, whole)
    assert Change.NEW not in {each.change for each in found.disclosures}
    assert any("lists nothing as new" in caution for caution in found.cautions)

    cut = analyze_text(whole.document.text.replace(WHAT_IT_SAYS[1][1], ""))
    assert Change.GONE in {each.change for each in compare(whole, cut).disclosures}
    assert not any("lists nothing as" in each for each in compare(whole, cut).cautions)


ADDING = "This notice supplements the general privacy statement of the lamp shop."


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Lamp shop privacy supplement", ""),
        ("Supplemental privacy policy of the lamp shop", ""),
        ("Privacy policy addendum", ""),
        ("Privacy notice", ADDING),
        ("Privacy notice", "In addition to what the Lamp Privacy Policy lists, we collect this."),
        ("Privacy notice", "We also adhere to the Lamp Privacy Policy."),
    ],
)
def test_a_supplement_is_not_blamed_for_what_the_main_policy_may_say(
    title: str, opening: str
) -> None:
    report = opening_with(title, opening)

    assert "supplement" in {notice.kind for notice in report.notices}
    assert not silences(report)
    assert "Nothing found" not in report.verdict


@pytest.mark.parametrize(
    "opening",
    [
        "Our California notice, which supplements the privacy policy, is below.",
        "The following notice supplements this privacy policy.",
        "This policy supplements the terms of use of the lamp shop.",
        "In addition to our lamps we sell lanterns. Our privacy policy is this page.",
    ],
)
def test_a_policy_with_supplements_is_whole(opening: str) -> None:
    assert is_whole(opening_with("Privacy policy", opening).notices)


def test_a_supplement_read_with_its_main_policy_is_held_to_its_silence() -> None:
    parts = [(text_of("Privacy policy", ""), "main.md"), (text_of("Supplement", ADDING), "more.md")]
    report = analyze_parts([(text.encode(), name) for text, name in parts])
    assert is_whole(report.notices)


def text_of(title: str, opening: str) -> str:
    told = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in WHAT_IT_SAYS)
    return f"# {title}\n\n{opening}\n\n{told}\n\nThis is the same for all lamps that we sell.\n"


def opening_with(title: str, opening: str) -> PolicyReport:
    """Return the report on a policy with this title whose first paragraph is ``opening``."""
    return analyze_text(text_of(title, opening))
