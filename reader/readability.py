"""What the readability formulas count: one sentence comes in and its `Counts` go out.

``scoring`` makes scores of them. A word's counts are looked up once and kept.

What is counted: a hyphenated word or a contraction is one word. A web or e-mail address is one
word that adds no syllables and no letters, for nobody reads it aloud. A number is one word of one
syllable. Headings, addresses and tables of contents are for the caller to leave out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from reader.model import Counts
from reader.syllables import count_syllables, install_for_textstat

# As in LIX and RIX: more than six letters.
LONG_WORD_LETTERS = 7
POLYSYLLABLE = 3


def count(text: str) -> Counts:
    """Return the counts of one sentence or list item; all are 0 where it holds no word."""
    tokens = text.split()
    if not tokens:
        return Counts()
    known = _counts_of if max(map(len, tokens)) > _LONGEST_TOKEN else _counts_of_token
    words, syllables, polysyllables, difficult_words, letters, characters, long_words = map(
        sum, zip(*map(known, tokens), strict=True)
    )
    return Counts(
        words=words,
        sentences=1 if words else 0,
        syllables=syllables,
        polysyllables=polysyllables,
        difficult_words=difficult_words,
        letters=letters,
        characters=characters,
        long_words=long_words,
    )


def count_running_words(text: str) -> int:
    """Return the words that a word counter would find: runs between blanks with a letter or digit.

    Web and e-mail addresses count as one, dashes and bullets that stand alone as none.
    """
    return sum(1 for token in text.split() if _WORD_CHARACTER.search(token))


class _TokenCounts(NamedTuple):
    """What one run between blanks adds to `Counts`, in that order, its sentences apart."""

    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    difficult_words: int = 0
    letters: int = 0
    characters: int = 0
    long_words: int = 0


_WORD_CHARACTER = re.compile(r"[^\W_]")

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


def _counts_of(token: str) -> _TokenCounts:
    """Return what a run of characters between blanks adds to the counts of its sentence."""
    if len(token) > _LONGEST_TOKEN:
        return _TokenCounts(words=1 if _WORD_CHARACTER.search(token) else 0)
    return _counts_of_token(token)


@lru_cache(maxsize=2**15)
def _counts_of_token(token: str) -> _TokenCounts:
    if _ADDRESS.fullmatch(token):
        return _TokenCounts(words=1)
    words = _WORD.findall(token)
    return _TokenCounts(*map(sum, zip(*map(_counts_of_word, words), strict=True)))


def _counts_of_word(word: str) -> _TokenCounts:
    word = word.partition("(")[0]
    syllables = count_syllables(word)
    letters = sum(map(str.isalpha, word))
    polysyllabic = syllables >= POLYSYLLABLE
    return _TokenCounts(
        words=1,
        syllables=syllables,
        polysyllables=int(polysyllabic),
        difficult_words=int(polysyllabic and word.lower() not in _easy_words()),
        letters=letters,
        characters=sum(map(str.isalnum, word)),
        long_words=int(letters >= LONG_WORD_LETTERS),
    )


@cache
def _easy_words() -> frozenset[str]:
    """Return textstat's list of easy words, in lower case."""
    # Here, not above: textstat brings nltk with it, which only a process that analyses needs.
    from textstat.backend.utils import get_lang_easy_words

    install_for_textstat()
    return frozenset(get_lang_easy_words("en"))
