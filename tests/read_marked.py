"""How a match is read, from a sentence in which act and match are marked.

The act stands in angle brackets. The match ends at a slash, or with the act where there is none.
"""

from __future__ import annotations

from itertools import chain

from reader.disclosures.stance import Reading, read_denial, read_stance
from reader.disclosures.words import text_keys
from reader.model import Stance


def marked(sentence: str) -> tuple[list[str], tuple[int, int], int]:
    """The keys of a sentence, the place of its act, and where its match ends."""
    before, _, rest = sentence.partition("<")
    act, _, rest = rest.partition(">")
    inside, slash, behind = rest.partition("/")
    if not slash:
        inside, behind = "", rest
    parts = [text_keys(part) for part in (before, act, inside, behind)]
    start = len(parts[0])
    end = start + len(parts[1])
    return [*chain.from_iterable(parts)], (start, end), end + len(parts[2])


def told(keys: list[str], reading: Reading | None) -> str | None:
    """The reading as "said", "denied", or "denied: " and the condition's words; None for none."""
    if reading is None or reading.condition is None:
        assert reading is None or not reading.of_part
        return reading and reading.stance.value
    assert reading.stance is Stance.DENIED
    kind = "part" if reading.of_part else "denied"
    return f"{kind}: " + " ".join(keys[slice(*reading.condition)])


def of_stance(sentence: str) -> str | None:
    """The reading of the marked act, in words."""
    keys, act, end = marked(sentence)
    return told(keys, read_stance(keys, act, end))


def of_denial(sentence: str) -> str | None:
    """The reading of the marked words as such that deny by themselves, in words."""
    keys, match, _ = marked(sentence)
    return told(keys, read_denial(keys, match))


def limited(words: str, kind: str = "denied") -> str:
    """The reading of a denial that these words limit."""
    return f"{kind}: " + " ".join(text_keys(words))
