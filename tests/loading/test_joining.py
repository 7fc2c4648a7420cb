"""Printed lines, lone bullets and lone labels: the pieces of a block come out as one block."""

from __future__ import annotations

import pytest

from reader.analysis import analyze
from reader.loading import load
from reader.model import BlockKind, LoadedText, Stance

PARAGRAPH = BlockKind.PARAGRAPH
ITEM = BlockKind.LIST_ITEM

PRINTED = """\
When you order a lamp from our shop we write down your name, your street

and the number of your door, because the carrier cannot find you without

them. The carrier forgets all of it after two weeks, and so does our own

office in the harbour.

1

2. Payments

Payments go through the bank that you choose. We never see the card that

you pay with, only whether the bank has said yes or no to the sum that we

asked for. Banks keep such records for ten years, as the law of the land

wants it, and we cannot shorten this. We may tell the following people of

2

an order that was never paid:

(a) the court of the town in which you live, where we have asked for the

money twice;

(b) a lawyer.

3

Lamps that come back are sold again. Whoever has such a lamp is told with

which sort of fault it came back, but is never told whose it was. We also

take old lamps from other shops, and then we write down where each of the

lamps was bought, as far as you can tell us. The list is kept by Lantern

House and nobody else. Questions about it can be put to us in writing and

will be answered within a month.
"""


def read(text: str, name: str = "policy.txt") -> LoadedText:
    return load(text.encode(), name)


def blocks(text: str, name: str = "policy.txt") -> list[tuple[BlockKind, str]]:
    loaded = read(text, name)
    return [(block.kind, block.span.of(loaded.text)) for block in loaded.blocks]


@pytest.mark.parametrize("name", ["policy.txt", "policy.md"])
def test_printed_lines_that_came_as_paragraphs_are_paragraphs_again(name: str) -> None:
    found = [words for _, words in blocks(PRINTED, name)]
    assert [words.split()[0] for words in found] == [
        "When", "2.", "Payments", "(a)", "(b)", "Lamps",
    ]  # fmt: skip
    assert found[0].endswith("so does our own office in the harbour.")
    assert "kept by Lantern House and nobody else. Questions about it can be put" in found[5]
    assert found[5].endswith("to us in writing and will be answered within a month.")


def test_the_items_of_a_printed_list_stay_apart_and_keep_their_second_line() -> None:
    assert [words for kind, words in blocks(PRINTED) if kind is ITEM][1:] == [
        "(a) the court of the town in which you live, where we have asked for the money twice;",
        "(b) a lawyer.",
    ]


def test_page_numbers_leave_the_text_and_the_notices_say_so() -> None:
    loaded = read(PRINTED)
    assert [line for line in loaded.text.split("\n") if line.isdigit()] == []
    assert "We may tell the following people of an order that was never paid:" in loaded.text
    assert [notice.kind for notice in loaded.notices] == ["left-out"]


def test_a_number_alone_that_counts_no_pages_stays() -> None:
    loaded = read(PRINTED.replace("\n2\n", "\n\n").replace("\n3\n", "\n1984\n"))
    lone = [line for line in loaded.text.split("\n") if line.isdigit()]
    assert lone == ["1", "1984"]
    assert loaded.notices == ()


def test_the_items_of_a_list_without_bullets_are_no_printed_lines() -> None:
    items = [
        "to answer what you ask of us about the lamps in our shop",
        "to bring the lamp to your door on the day that you have chosen, or on another",
        "to find out whether somebody else pretends to be you when a lamp is ordered in your name",
        "to keep the accounts that the law wants from a shop as ours",
        "to tell you of new lamps, but only where you have said that you would like to know",
    ]
    text = "We use your name:\n\n" + "\n\n".join(items * 3)
    assert [words for _, words in blocks(text)][1:] == items * 3


def test_paragraphs_of_a_text_that_was_not_printed_stay_as_they_are() -> None:
    broken = "We keep the name that you have given us for the whole time in which\n\nthe lamp runs."
    text = broken + "\n\n" + "\n\n".join(f"This is paragraph {n} of a long text." for n in range(9))
    assert len(blocks(text)) == 11


@pytest.mark.parametrize("bullet", ["•", "●", "▪", "○"])
@pytest.mark.parametrize("name", ["policy.txt", "policy.md"])
def test_a_bullet_alone_and_the_words_below_it_are_one_item(bullet: str, name: str) -> None:
    text = f"We keep:\n\n{bullet}\n\nyour name\n\n{bullet}\n\nyour street"
    assert blocks(text, name) == [
        (PARAGRAPH, "We keep:"),
        (ITEM, "your name"),
        (ITEM, "your street"),
    ]


@pytest.mark.parametrize("label", ["A.", "(b)", "iv.", "3)"])
def test_a_label_alone_and_the_words_below_it_are_one_item(label: str) -> None:
    assert blocks(f"We keep:\n\n{label}\n\nyour name")[1:] == [(ITEM, f"{label} your name")]


def test_a_label_alone_at_the_end_is_kept() -> None:
    assert blocks("We keep names.\n\n(b)")[1] == (PARAGRAPH, "(b)")


def test_a_list_that_lost_its_bullets_is_a_list_again() -> None:
    items = ["the day of your birth;", "what you believe, and", "how well you are."]
    text = "\n\n".join(["We do not collect:", *items, "we like lamps."])
    loaded = load(text.encode(), "policy.txt")
    assert [block.kind for block in loaded.blocks] == [PARAGRAPH, ITEM, ITEM, ITEM, PARAGRAPH]
    assert loaded.text.split("\n") == text.split("\n\n")


def test_one_line_behind_a_colon_is_no_list() -> None:
    loaded = load(b"Write to:\n\nlamps@shop.example\n\nWe answer soon.", "policy.txt")
    assert {block.kind for block in loaded.blocks} == {PARAGRAPH}


def test_what_a_list_without_bullets_denies_is_not_said() -> None:
    text = "We do not collect:\n\nyour date of birth;\n\ninformation about your health."
    heading = "1. What we collect\n\nWe collect your name.\n\n"
    found = analyze((heading + text).encode(), "policy.txt").disclosures
    assert not [
        one
        for one in found
        if one.type in ("collect.demographics", "collect.sensitive") and one.stance is Stance.SAID
    ]
