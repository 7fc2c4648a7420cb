"""Where clauses and statements end inside a sentence, and what begins behind them.

Works on the keys of one sentence (``reader.disclosures.words``).
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.disclosures.objects import ACTS
from reader.disclosures.words import keys_of

CONJUNCTIONS = keys_of(", and but or")
LINKS = keys_of(", and or nor")
AUXILIARIES = keys_of("be do have will shall can may also")
_NO_SUBJECT = AUXILIARIES.union(LINKS)
SUBJECT_AND_VERB = 7  # words
_CONCEDING = keys_of("although though while whereas")
_CONCESSION = 6  # words from there to its negator
_OPENING_A_SUBJECT = keys_of("our the this that these those such some certain your any")
_MAIN_VERBS = keys_of("be may can will could might shall")
# "the data we hold": nouns that a clause without "that" can follow
CARRIED_OVER = keys_of("information data details content")


def next_in(keys: Sequence[str], at: int, wanted: frozenset[str] | set[str]) -> bool:
    """Return whether the word behind an index is one of these."""
    return at + 1 < len(keys) and keys[at + 1] in wanted


def statement_end(keys: Sequence[str], start: int) -> int:
    """Return where the statement ends: at a semicolon, or where "and we" begins another."""
    for i in range(start, len(keys)):
        if keys[i] == ";":
            return i
        if keys[i] == "we" and keys[i - 1] in CONJUNCTIONS:
            return i - 1
    return len(keys)


def next_act(keys: Sequence[str], start: int, end: int) -> int:
    """Return where the next act of a coordination begins behind a match that ends at ``start``."""
    conceded = not _CONCEDING.isdisjoint(keys[:start])
    for i in range(start, end - 1):
        if keys[i] not in LINKS:
            continue
        if conceded and keys[i] == "," and keys[i + 1] in _OPENING_A_SUBJECT:
            return i
        if (keys[i + 1] in ACTS and keys[i - 1] != "(") or _opens_another_denial(keys, i + 1):
            return i
    return end


def _opens_another_denial(keys: Sequence[str], start: int) -> bool:
    """Return whether a denial with a subject of its own begins: "and your name is never sold"."""
    behind = keys[start : start + SUBJECT_AND_VERB]
    negator = next((i for i, key in enumerate(behind) if key in {"not", "never"}), 0)
    return not _NO_SUBJECT.issuperset(behind[:negator])


def is_conceded(keys: Sequence[str], negator: int, act: int) -> bool:
    """Return whether the act stands in the clause behind a concession, which holds the negator.

    "Although we do not sell your data for money, our sharing may be deemed a sale."
    """
    if _CONCEDING.isdisjoint(keys[max(0, negator - _CONCESSION) : negator]):
        return False
    return any(
        keys[i] == ","
        and keys[i + 1] not in _NO_SUBJECT
        and not _MAIN_VERBS.isdisjoint(keys[i + 2 : act])
        for i in range(negator + 1, act)
    )
