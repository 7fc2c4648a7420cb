"""How hard a text reads: from words to counts, from counts to six scores and a band.

One sentence comes in and its `Counts` go out; sums of them come in and `Scores` go out. A word's
counts are looked up once and kept, so no formula ever reads text.

What is counted: a hyphenated word or a contraction is one word. A web or e-mail address is one
word that adds no syllables and no letters, for nobody reads it aloud. A number is one word of one
syllable. Headings, addresses and tables of contents are for the caller to leave out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

from reader.model import Band, Counts, Scores
from reader.syllables import count_syllables, install_for_textstat

# Below either of these a text is too short to score.
FEWEST_WORDS = 30
FEWEST_SENTENCES = 3
# Below either of these a score is rough: at five sentences the standard deviation of
# Flesch-Kincaid is 3.4 grades, at ten 2.5.
STEADY_WORDS = 100
STEADY_SENTENCES = 10
# The sample that SMOG was scaled on.
SMOG_SENTENCES = 30
# As in LIX and RIX: more than six letters.
LONG_WORD_LETTERS = 7
POLYSYLLABLE = 3

# The highest Flesch-Kincaid grade of each band; above the last a text is very hard.
BAND_LIMITS = (
    (8.0, Band.PLAIN),
    (11.0, Band.FAIRLY_PLAIN),
    (13.0, Band.FAIRLY_HARD),
    (15.0, Band.HARD),
)


def count(text: str) -> Counts:
    """Return the counts of one sentence or list item; all are 0 where it holds no word."""
    tokens = text.split()
    if not tokens:
        return Counts()
    columns = [sum(column) for column in zip(*map(_counts_of, tokens), strict=True)]
    words, syllables, polysyllables, difficult_words, letters, characters, long_words = columns
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


def score(counts: Counts) -> Scores:
    """Return the scores of a text with these counts.

    A text under 30 words or 3 sentences is too short: its formulas are None, its plain facts stay.
    Under 100 words or 10 sentences the scores are rough.
    """
    too_short = counts.words < FEWEST_WORDS or counts.sentences < FEWEST_SENTENCES
    scored = Counts() if too_short else counts
    grade = flesch_kincaid_grade(scored)
    return Scores(
        counts=counts,
        band=Band.TOO_SHORT if grade is None else band_of_grade(grade),
        rough=not too_short
        and (counts.words < STEADY_WORDS or counts.sentences < STEADY_SENTENCES),
        words_per_sentence=_ratio(counts.words, counts.sentences),
        long_word_share=_ratio(counts.long_words, counts.words),
        flesch_reading_ease=flesch_reading_ease(scored),
        flesch_kincaid_grade=grade,
        smog_index=smog_index(scored),
        gunning_fog=gunning_fog(scored),
        coleman_liau_index=coleman_liau_index(scored),
        automated_readability_index=automated_readability_index(scored),
    )


def band_of_grade(grade: float) -> Band:
    """Return the band of a Flesch-Kincaid grade."""
    return next((band for limit, band in BAND_LIMITS if grade <= limit), Band.VERY_HARD)


def flesch_reading_ease(counts: Counts) -> float | None:
    """Return Flesch's reading ease: 0 to 100 for most prose, higher is easier; not clamped.

    Flesch (1948), Journal of Applied Psychology 32:221. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        206.835
        - 1.015 * (counts.words / counts.sentences)
        - 84.6 * (counts.syllables / counts.words)
    )


def flesch_kincaid_grade(counts: Counts) -> float | None:
    """Return the Flesch-Kincaid grade: US school years, about 5 to 18 for policies; not clamped.

    Kincaid et al. (1975), US Navy Research Branch Report 8-75. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        0.39 * (counts.words / counts.sentences) + 11.8 * (counts.syllables / counts.words) - 15.59
    )


def smog_index(counts: Counts) -> float | None:
    """Return the SMOG grade: US school years, about 3 to 18.

    McLaughlin (1969), Journal of Reading 12:639. None below the 30 sentences that it was
    scaled on.
    """
    if counts.sentences < SMOG_SENTENCES:
        return None
    return 1.043 * sqrt(30 * (counts.polysyllables / counts.sentences)) + 3.1291


def gunning_fog(counts: Counts) -> float | None:
    """Return Gunning's fog index: US school years, about 6 to 20.

    Gunning (1952), The Technique of Clear Writing. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return 0.4 * (counts.words / counts.sentences + 100 * counts.difficult_words / counts.words)


def coleman_liau_index(counts: Counts) -> float | None:
    """Return the Coleman-Liau index: US school years, from letters in place of syllables.

    Coleman and Liau (1975), Journal of Applied Psychology 60:283, with the rounded weights that
    are in use. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        0.058 * (100 * counts.letters / counts.words)
        - 0.296 * (100 * counts.sentences / counts.words)
        - 15.8
    )


def automated_readability_index(counts: Counts) -> float | None:
    """Return the Automated Readability Index: US school years, from letters and digits.

    Smith and Senter (1967), AMRL-TR-66-220. None without words or sentences.
    """
    if not counts.words or not counts.sentences:
        return None
    return (
        4.71 * (counts.characters / counts.words) + 0.5 * (counts.words / counts.sentences) - 21.43
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


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
