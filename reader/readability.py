"""What the readability formulas count: sentences come in and their `Counts` go out.

``scoring`` makes scores of them. A word's counts are looked up once and kept.

What is counted: a hyphenated word or a contraction is one word. A web or e-mail address is one
word that adds no syllables and no letters, for nobody reads it aloud. A number is one word of one
syllable. Headings, addresses and tables of contents are for the caller to leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from struct import Struct

from reader.model import Counts
from reader.syllables import count_syllables, install_for_textstat
from reader.words import LONG_WORD_LETTERS, WORD_CHARACTER

POLYSYLLABLE = 3


def count(text: str) -> Counts:
    """Return the counts of one sentence or list item; all are 0 where it holds no word."""
    return count_together([text])


def count_together(sentences: Iterable[str]) -> Counts:
    """Return the sum of the counts of sentences or list items."""
    return count_each(map(str.split, sentences))[0]


def count_each(sentences: Iterable[Iterable[str]]) -> tuple[Counts, list[tuple[int, int]]]:
    """Return the sum of the counts, and of each sentence the words and syllables.

    The sentences come as their runs between blanks.
    """
    number = packed = 0
    each = []
    for runs in sentences:
        counts = sum(map(_packed.__getitem__, runs))
        own_words = counts & _FIELD
        if own_words:
            number += 1
            packed += counts
        each.append((own_words, counts >> _FIELD_BITS & _FIELD))
    words, *others = _unpack(packed)
    return Counts(words, number, *others), each


# What a run between blanks adds to `Counts`, packed into one whole number, so that one sum adds up
# all of them. The fields of `Counts` stand in it in their order, `sentences` apart, lowest first;
# each has room for more than a text has letters.
_FIELDS = Struct("<7I")
_FIELD_BITS = 32
_FIELD = (1 << _FIELD_BITS) - 1


def _pack(*fields: int) -> int:
    return int.from_bytes(_FIELDS.pack(*fields), "little")


def _unpack(packed: int) -> tuple[int, ...]:
    return _FIELDS.unpack(packed.to_bytes(_FIELDS.size, "little"))


_ONE_WORD = _pack(1, 0, 0, 0, 0, 0, 0)  # that is not read aloud

# Letters and digits, with the marks that join them to one word: "user's", "opt-out", "2.5", "AT&T",
# "cookie(s)". Dashes, brackets and slashes end it; so does a full stop before a capital, where a
# blank is missing ("online.We"), and not in "U.S.A".
_WORD = re.compile(
    r"[^\W_]+(?:(?:['’&,-]|\.(?![^\W\d_a-z][a-z])|(?<![^\W\d_]{2})/)[^\W_]+|\([a-z]{1,3}\)(?![^\W_]))*"
)

# An address: with a scheme, at a host, or "name.tld" with or without a path.
_ADDRESS = re.compile(
    r"""[(\[<"'“‘]* (?:
        (?:https?|ftp|mailto)://? \S+ | mailto:\S+ | www\.\S+
      | [\w.+%-]+ @ [\w-]+ (?:\.[\w-]+)+ \S*
      | [\w-]{2,} (?:\.[\w-]{2,})* \. [a-z]{2,24} (?:[/?:\#]\S*)? (?:['’]s)?
      | [A-Z0-9-]{2,} \. (?:COM|ORG|NET|GOV|EU|UK)
    ) [)\]>"'”’.,;:!?*]* """,
    re.VERBOSE,
)

# A longer run between blanks is an address or damage, no words to be read.
_LONGEST_TOKEN = 200


_MOST_TOKENS = 2**15  # kept; a policy has some thousand different ones


class _PackedCounts(dict[str, int]):
    """By a run of characters between blanks: what it adds to the counts of its sentence."""

    def __missing__(self, token: str) -> int:
        if len(token) > _LONGEST_TOKEN:
            return _ONE_WORD if WORD_CHARACTER.search(token) else 0
        if len(self) >= _MOST_TOKENS:
            self.clear()
        counts = self[token] = _counts_of_token(token)
        return counts


_packed = _PackedCounts()


def _counts_of_token(token: str) -> int:
    word = token if token[-1].isalnum() else token[:-1]
    if word.isalpha():  # with one sign behind it at most, as most are: no address
        return _counts_of_word(word)
    if _ADDRESS.fullmatch(token):
        return _ONE_WORD
    return sum(map(_counts_of_word, _WORD.findall(token)))


def _counts_of_word(word: str) -> int:
    word = word.partition("(")[0]
    syllables = count_syllables(word)
    letters = characters = len(word)
    if not word.isalpha():
        letters, characters = (sum(map(kind, word)) for kind in (str.isalpha, str.isalnum))
    polysyllabic = syllables >= POLYSYLLABLE
    difficult = polysyllabic and word.lower() not in _easy_words()
    is_long = letters >= LONG_WORD_LETTERS
    return _pack(1, syllables, polysyllabic, difficult, letters, characters, is_long)


@cache
def _easy_words() -> frozenset[str]:
    """Return textstat's list of easy words, in lower case."""
    # Here, not above: textstat brings nltk with it, which only a process that analyses needs.
    from textstat.backend.utils import get_lang_easy_words

    install_for_textstat()
    return frozenset(get_lang_easy_words("en"))
