"""How much a file may ask of us before it is refused as too complex."""

from __future__ import annotations

from reader.errors import TooComplexError, TooLargeError

MAX_BLOCKS = 200_000
"""Blocks of one document. The longest policies measured have about 3,000."""

MAX_CHARACTERS = 5_000_000
"""Characters of one document's text: some 800,000 words, ten times the longest policies."""

MAX_ELEMENTS = 500_000
"""Elements of one XML part. The longest policies measured have some 60,000 in Word's form."""

MAX_DEPTH = 100
"""Levels of nesting (lists, quotations, elements) that a format's parser may reach."""


def check_text(text: str) -> None:
    """Raise where ``text`` is longer, or has more lines with words, than a document may have.

    Looks at the text once and quickly, before anything parses it.

    Raises:
        ReaderError: ``too_large`` or ``too_complex``.
    """
    check_length(len(text))
    if text.count("\n") >= MAX_BLOCKS:
        check_blocks(sum(1 for line in text.split("\n") if line and not line.isspace()))


def check_length(characters: int) -> None:
    """Raise ``TooLargeError`` where so many characters are more than a document may have."""
    if characters > MAX_CHARACTERS:
        raise TooLargeError(
            f"This file holds {characters / 1e6:.0f} million characters of text, "
            f"more than the {MAX_CHARACTERS // 1_000_000} million that can be read."
        )


def check_blocks(count: int) -> None:
    """Raise ``TooComplexError`` where ``count`` blocks are more than a document may have."""
    if count > MAX_BLOCKS:
        raise TooComplexError
