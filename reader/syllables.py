"""How many syllables a word has: a table for the words it knows, rules for the others.

Words come in, whole numbers go out. The table is made from the CMU Pronouncing Dictionary
(``resources/syllables``) and is read once, when the first word is asked for. The same table serves
textstat, which would otherwise download the dictionary at its first use.
"""

from __future__ import annotations

import gzip
import re
from functools import cache

from reader.paths import resource


def count_syllables(word: str) -> int:
    """Return the syllables of a word as it is read aloud.

    Case is ignored but in abbreviations: "GDPR" is spelled out. The syllables of a word with
    hyphens or slashes are the sum of its parts'; a number counts as one, as in textstat. A word
    without letters or digits has none.
    """
    lowered = word.lower().replace("’", "'").strip(_PUNCTUATION)
    table = _table()
    known = table.get(lowered)
    if known is not None:
        return known
    # Of the word as it is written: a capital such as "İ" is two characters in lower case.
    parts = _PART.findall(word.replace("’", "'"))
    if len(parts) > 1:
        return sum(map(count_syllables, parts))
    if not parts:
        return 0
    if word.isupper() and len(lowered) <= _LONGEST_ABBREVIATION:
        return sum(_syllables_of_letter(letter) for letter in lowered)
    return _count_unknown(parts[0].lower(), table)


def install_for_textstat() -> None:
    """Give textstat our table, so that it never looks for nltk's copy or downloads it.

    Must run before the first formula of textstat does. textstat 0.7.13 keeps the dictionary behind
    a private name; a test holds that name, and pyproject.toml the version.
    """
    from textstat.backend.counts import _count_syllables

    _count_syllables.get_cmudict = _dictionary_for_textstat


_PUNCTUATION = "".join(chr(c) for c in range(33, 127) if not chr(c).isalnum()) + "“”‘…–—•©®™"

# A part of a word: letters with their apostrophes, or digits.
_PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*")

# Capitals up to this length that are no known word are read letter by letter: CCPA, but not OPTION.
_LONGEST_ABBREVIATION = 5


@cache
def _table() -> dict[str, int]:
    """Return the table: lower-case word to syllables."""
    table: dict[str, int] = {}
    packed = resource("syllables/syllables.txt.gz").read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        count, _, words = line.partition(" ")
        table.update(dict.fromkeys(words.split(), int(count)))
    return table


class _PhonemesForTextstat:
    """Our table in the shape textstat reads: a word's first pronunciation, its vowels numbered."""

    def __getitem__(self, word: str) -> list[list[str]]:
        """Return one pronunciation that holds as many vowels as the word has syllables.

        Raises:
            KeyError: the word is unknown; textstat then hyphenates it instead.
        """
        return [["AH0"] * _table()[word]]


def _dictionary_for_textstat(lang: str) -> _PhonemesForTextstat | None:
    """Stand in for textstat's ``get_cmudict``: None for languages other than English."""
    return _PhonemesForTextstat() if lang.split("_")[0] == "en" else None


def _syllables_of_letter(letter: str) -> int:
    """Return the syllables of a letter's name, or of a digit's."""
    return {"w": 3, "7": 2, "0": 2}.get(letter, 1 if letter.isalnum() else 0)


# Endings that leave the stem's syllables as they are, with those that they add.
# A stem may have lost its final e ("anonymis-ing") or turned its y into i ("identifi-able").
_ENDINGS = (
    ("'s", 0),
    ("s", 0),
    ("ed", 0),
    ("ing", 1),
    ("ly", 1),
    ("er", 1),
    ("ers", 1),
    ("or", 1),
    ("able", 2),
    ("ness", 1),
    ("less", 1),
    ("ful", 1),
    ("ment", 1),
    ("ments", 1),
)
_PREFIXES = {
    "un": 1, "re": 1, "non": 1, "pre": 1, "de": 1, "dis": 1, "mis": 1, "sub": 1, "co": 1,
    "pro": 1, "post": 1, "bio": 2, "geo": 2, "over": 2, "inter": 2, "multi": 2, "micro": 2,
    "anti": 2, "auto": 2, "tele": 2, "pseudo": 2, "cyber": 2, "crypto": 2, "hyper": 2,
}  # fmt: skip


def _count_unknown(word: str, table: dict[str, int]) -> int:
    """Return the syllables of a lower-case word that the table lacks, at least one."""
    american = _BRITISH.sub("z", word)
    if american in table:
        return table[american]
    for ending, added in _ENDINGS:
        if not american.endswith(ending) or american.endswith("ss"):
            continue
        stem = american[: -len(ending)]
        for form in (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else ""):
            if len(form) > 2 and form in table:
                return table[form] + added + _ending_is_heard(form, ending)
    for length in range(3, len(american) - 2):
        head, tail = american[:length], american[length:]
        before = _PREFIXES.get(head) or (table.get(head) if length > 3 else None)
        if before and len(tail) > 3 and tail in table:
            return before + table[tail]
    return _count_by_spelling(word)


_BRITISH = re.compile(r"(?<=[iy])s(?=(?:e[ds]?|ers?|ing|ations?)$)")


def _ending_is_heard(stem: str, ending: str) -> int:
    """Return 1 where -ed or -s is a syllable of its own: "adapted", "caches"."""
    if ending == "ed":
        return int(stem.endswith(("t", "d", "te", "de")))
    if ending in ("s", "'s"):
        return int(stem.endswith(("s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze")))
    return 0


# Runs of vowels. A y before a vowel is a consonant: "beyond".
_VOWELS = re.compile(r"(?:[aeiouàáâãäåèéêëìíîïòóôõöùúûüýæœø]|y(?![aeiou]))+")
# Vowels that stand together and are said apart: "via", "video", "create", "dual", "going", "prism".
_APART = re.compile(
    r"i[ao](?<![tscg]i[ao])|eo(?!u)|[^qg]ua|creat|iet|[eouy]ing|[iy]e(?:r|st)$|ism|iu|riou|^mc(?=[^aeiou])"
)
# An e that is written and not said, and the -ally of "logically", said "-ly".
_SILENT = re.compile(
    r"(?<=[aeiouy])[^aeiouy]+e(?:ly|ment|less|ness|ful|man|ville)?$(?<![^aeiouy]le)"
    r"|(?<=[aeiouy])(?:[^aeiouysxzcgl]|[aeiouyl]l|th)es$"
    r"|[^aeioutdl]ed$|[aeiouyl]led$|ically$"
)


def _count_by_spelling(word: str) -> int:
    """Return the syllables that a word's spelling suggests: its groups of vowels, adjusted."""
    groups = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    return max(1, groups - len(_SILENT.findall(word)))
