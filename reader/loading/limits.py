"""How much a file may ask of us before it is refused as too complex."""

from __future__ import annotations

from reader.errors import TooComplexError

MAX_BLOCKS = 200_000
"""Blocks of one document. The longest policies measured have about 3,000."""

MAX_DEPTH = 100
"""Levels of nesting (lists, quotations, elements) that a format's parser may reach."""


def check_blocks(count: int) -> None:
    """Raise ``TooComplexError`` where ``count`` blocks are more than a document may have."""
    if count > MAX_BLOCKS:
        raise TooComplexError
