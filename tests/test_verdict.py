"""What a document is called, what it is, and what the card opens with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.analysis import analyze, analyze_text, read_document
from reader.disclosures.topics import judge_topics
from reader.loading import load
from reader.model import Band, Counts, Disclosure, DocumentKind, Stance
from reader.scoring import score
from reader.verdict import verdict_sentence
from tests.make_disclosure import disclosure

BODY = "\n\nWe collect your name when you write to us, and we keep it in a drawer.\n\n"
SECTIONS = "".join(
    f"# {heading}{BODY}" for heading in ("What we collect", "How we use it", "Who gets it")
)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("# Larch Privacy Policy" + BODY, "Larch Privacy Policy"),
        ("# LEGAL PAGES\n\n## Larch Privacy Notice" + BODY, "Larch Privacy Notice"),
        ("# Larch\n\n# Privacy Policy of Larch Inc" + BODY, "Privacy Policy of Larch Inc"),
        ("Larch Privacy & Cookie Policy\n\n" + SECTIONS, "Larch Privacy & Cookie Policy"),
        (
            "Larch Data Policy\n\n" + SECTIONS + "# Privacy Notice for US Residents",
            "Larch Data Policy",
        ),
        ("https://larch.example/privacy-policy\n\n" + SECTIONS, "larch-lamps"),
        ("# The lamps of Larch" + BODY, "The lamps of Larch"),
        ("# 1. Legal framework" + BODY + SECTIONS, "larch-lamps"),
        ("# Our lamps" + BODY + "# What this privacy policy covers" + BODY, "larch-lamps"),
        (SECTIONS, "larch-lamps"),
    ],
)
def test_a_document_is_called_what_a_person_would_call_it(markdown: str, title: str) -> None:
    document = read_document(load(markdown.encode(), "shelf/larch-lamps.md"))
    assert document.title == title


def test_the_name_of_a_file_does_not_make_it_a_privacy_policy() -> None:
    recipe = "Cream the butter, add the sugar and bake for ten minutes. " * 20
    assert analyze(recipe.encode(), "cookies.txt").document.kind is DocumentKind.OTHER


@pytest.mark.parametrize(
    ("text", "words"),
    [("Short.", "With only 1 word, this text"), ("Too short.", "With only 2 words, this text")],
)
def test_a_text_that_is_too_short_says_of_how_many_words_it_is(text: str, words: str) -> None:
    told = [notice.text for notice in analyze_text(text).notices if notice.kind == "too-short"]
    assert len(told) == 1
    assert told[0].startswith(words)


def opens_with(*found: Disclosure, whole: bool = True) -> list[str]:
    """Return the sentences of the verdict on these findings, without that on readability."""
    scores = replace(score(Counts()), band=Band.HARD)
    topics = judge_topics(found, withheld=False, whole=whole)
    told = verdict_sentence(scores, topics, found, whole=whole)
    assert told.endswith("Hard to read.")
    return [each.rstrip(".") for each in told.split(". ")[:-1]]


ADVERTISERS = disclosure("share.advertisers")
SOLD, NOT_SOLD = disclosure("sell.sells"), disclosure("sell.sells", Stance.DENIED)


def test_the_gravest_warnings_open_the_card_and_how_hard_it_reads_closes_it() -> None:
    told = opens_with(ADVERTISERS, SOLD, disclosure("terms.arbitration"))
    assert told[:2] == [SOLD.headline, ADVERTISERS.headline]


def test_an_unsure_finding_never_opens_the_card() -> None:
    unsure = disclosure("track.third-party", confidence=0.5)
    assert unsure.headline not in opens_with(unsure)
    assert opens_with(unsure, ADVERTISERS)[0] == ADVERTISERS.headline


def test_what_is_also_denied_does_not_open_the_card() -> None:
    assert opens_with(SOLD, NOT_SOLD, ADVERTISERS)[0] == ADVERTISERS.headline
    assert SOLD.headline not in opens_with(SOLD, NOT_SOLD)


def test_what_is_denied_within_limits_may_open_the_card() -> None:
    within = disclosure("sell.sells", Stance.DENIED, "for money")
    assert opens_with(SOLD, within)[0] == SOLD.headline


def test_a_policy_without_warnings_is_told_so_with_its_best_promise() -> None:
    cookies = disclosure("track.cookies")
    not_shared = disclosure("share.advertisers", Stance.DENIED)
    told = opens_with(cookies, not_shared, NOT_SOLD)
    assert told[:2] == ["No warnings found", NOT_SOLD.headline]


def test_a_policy_that_promises_nothing_is_not_praised_for_having_no_warnings() -> None:
    cookies, partners = disclosure("track.cookies"), disclosure("share.partners")
    told = opens_with(cookies, partners)
    assert told[:2] == [partners.headline, cookies.headline]
    assert "No warnings found" not in told


@pytest.mark.parametrize(
    "found",
    [
        (NOT_SOLD, disclosure("track.third-party", confidence=0.5)),
        (NOT_SOLD, SOLD),
        (NOT_SOLD, disclosure("rights.correct")),  # the silence on seeing and deleting is a warning
    ],
    ids=["unsure", "denied", "silent"],
)
def test_no_policy_of_which_anything_warns_is_said_to_have_no_warnings(
    found: tuple[Disclosure, ...],
) -> None:
    assert "No warnings found" not in opens_with(*found)


def test_of_a_part_of_a_policy_nobody_says_that_there_are_no_warnings() -> None:
    told = opens_with(NOT_SOLD, disclosure("track.cookies"), whole=False)
    assert "No warnings found" not in told
    assert told[-1] == "Parts of the policy may be missing here"


def test_one_matter_is_not_told_twice() -> None:
    kept = disclosure("keep.indefinite")
    told = opens_with(kept)
    assert told[0] == kept.headline
    assert not [each for each in told[1:] if "time limit" in each]
