"""Where something is done and the sentence names nobody who does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reader.model import MarkKind
from reader.wording.phrases import read_list

# Each begins with its letters, and looks back from there: a pattern that does is looked for faster.
_FORMS_OF_BE = "|".join(
    rf"{form}(?<!\w{form})" for form in "am is are was were be been being".split()
)
_PASSIVE = re.compile(
    rf"(?:{_FORMS_OF_BE})\s+"
    r"(?:(?:not|also|only|never|then|already|always|still|otherwise|further|again|\w+ly)\s+){0,3}"
    r"(?P<participle>[^\W\d_]{3,})\b"
)
# "by us", "automatically by our partners"; "by clicking", "by default" and "by e-mail" name no one.
_ACTOR = re.compile(
    r"(?:\s+[\w'-]+){0,4}?\s+by\s+"
    r"(?!\w+ing\b|default\b|e-?mail\b|mail\b|post\b|phone\b|telephone\b|means\b|way\b|virtue\b"
    r"|reference\b|hand\b|fax\b)"
)
_NO_ACTOR = "Who does this? The sentence does not say."


def find_passives(lowered: str) -> Iterator[tuple[int, int, MarkKind, str]]:
    """Yield start, end, kind and note of each passive without an actor in a sentence."""
    participles, no_passive = _participles()
    for match in _PASSIVE.finditer(lowered):
        word = match["participle"]
        is_participle = word in participles or (word.endswith("ed") and word not in no_passive)
        if is_participle and not _ACTOR.match(lowered, match.end()):
            yield match.start(), match.end(), MarkKind.PASSIVE, _NO_ACTOR


@cache
def _participles() -> tuple[frozenset[str], frozenset[str]]:
    """Return the participles that do not end in -ed, and the words in -ed that are none."""
    lists = read_list("passive.toml")
    return frozenset(lists["participles"]), frozenset(lists["no_passive"])
