"""How much a document may hold: each limit lets its own number through and not one more."""

from __future__ import annotations

import pytest

from reader.errors import TooComplexError, TooLargeError
from reader.loading.limits import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    check_blocks,
    check_length,
    check_text,
)


def test_a_document_may_have_as_many_blocks_as_the_limit_and_not_one_more() -> None:
    check_blocks(MAX_BLOCKS)
    with pytest.raises(TooComplexError):
        check_blocks(MAX_BLOCKS + 1)


def test_a_text_may_be_as_long_as_the_limit_and_not_one_character_more() -> None:
    check_length(MAX_CHARACTERS)
    with pytest.raises(TooLargeError):
        check_length(MAX_CHARACTERS + 1)
    with pytest.raises(TooLargeError):
        check_text("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize(
    ("characters", "millions"), [(5_000_001, "5"), (7_499_999, "7"), (7_500_003, "8")]
)
def test_the_refusal_of_a_long_text_says_how_long_it_is_and_what_can_be_read(
    characters: int, millions: str
) -> None:
    with pytest.raises(TooLargeError) as refusal:
        check_length(characters)
    assert refusal.value.message == (
        f"This file holds {millions} million characters of text, "
        "more than the 5 million that can be read."
    )


def test_a_text_may_have_as_many_lines_with_words_as_the_limit_and_not_one_more() -> None:
    lines = ["we keep"] * MAX_BLOCKS
    check_text("\n".join(lines))
    check_text("\n".join([*lines, "", " \t", "\u00a0"]))
    with pytest.raises(TooComplexError):
        check_text("\n".join([*lines, "names"]))


def test_words_on_one_line_are_one_block_however_many() -> None:
    check_text("we " * (MAX_BLOCKS + 1) + "\n" * (MAX_BLOCKS + 1))


def test_blank_lines_that_hold_spaces_do_not_make_a_text_complex() -> None:
    check_text(" \n" * (MAX_BLOCKS + 1))
