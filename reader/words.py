"""What counts as a word in a running text, what as a long one, and what as a sentence too long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import filterfalse

WORD_CHARACTER = re.compile(r"[^\W_]")
"""A letter or a digit: a run between blanks without any is a sign and no word."""
LONG_WORD_LETTERS = 7
"""Letters from which on a word is long, as in LIX and RIX: more than six."""
LONGEST_PLAIN_SENTENCE = 25
"""Words of a sentence above which it is too long: the UK government's limit."""


def count_words(runs: Sequence[str]) -> int:
    """Return how many of the runs between the blanks of a text are words.

    Web and e-mail addresses count as one, dashes and bullets that stand alone as none.
    """
    signs = sum(not WORD_CHARACTER.search(run) for run in filterfalse(str.isalnum, runs))
    return len(runs) - signs
