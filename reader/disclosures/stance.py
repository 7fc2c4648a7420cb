"""How a match is read: as said, as denied, within which limits, or as telling nothing.

Works on the keys of one sentence (``reader.disclosures.words``) and the place of the act in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.disclosures.conditions import (
    condition_of_act,
    condition_of_denial,
    exception_behind,
    is_what_matched,
)
from reader.disclosures.negation import (
    denial_tells_nothing,
    find_negator,
    is_denied_anew,
    is_left_out,
    is_not_promised,
    negation_tells_nothing,
)
from reader.disclosures.scopes import part_denied
from reader.model import Stance


class Reading(NamedTuple):
    """How a match is to be read; ``condition`` is a range of word indexes, or None.

    ``of_part`` tells that the condition names the part that a denial is about, such as a product
    or a region, and no exception from it.
    """

    stance: Stance
    condition: tuple[int, int] | None
    of_part: bool = False


def read_stance(keys: Sequence[str], act: tuple[int, int], match_end: int) -> Reading | None:
    """Return the stance of an act at word indexes ``act`` in a sentence of ``keys``.

    None where what is negated is the reader's or somebody else's act ("you will not be able to
    use") or depends on a condition ("unless the law keeps us from telling you"): that tells
    nothing about what the policy's author does. Nor does an act tell anything of what the sentence
    leaves out of it ("with carriers, not with advertisers"). ``match_end`` is the index after the
    last word of the match. Where an exception stands between a negated act and the end of the match
    ("not shared except with our carriers"), what matched is the exception, so it is said.
    """
    start, end = act
    negator = find_negator(keys, act)
    if negator is None:
        if is_left_out(keys, end, match_end) or is_denied_anew(keys, end, match_end):
            return None
        return read_saying(keys, start)
    if negator < start and negation_tells_nothing(keys, negator, act):
        return None
    exception = exception_behind(keys, end, match_end)
    if exception is not None and is_what_matched(keys, exception[0], match_end):
        return Reading(Stance.SAID, None)
    limit = exception or condition_of_act(keys, negator, act, match_end)
    return _denial(keys, (start, match_end), limit)


def read_saying(keys: Sequence[str], start: int) -> Reading | None:
    """Return how to read words from index ``start`` on that say something by themselves.

    None where somebody says that they do not promise it.
    """
    return None if is_not_promised(keys, start) else Reading(Stance.SAID, None)


def read_denial(keys: Sequence[str], match: tuple[int, int]) -> Reading | None:
    """Return how to read words that deny by themselves, at word indexes ``match``.

    None where they tell nothing about what the policy's author does.
    """
    if denial_tells_nothing(keys, match):
        return None
    return _denial(keys, match, condition_of_denial(keys, match))


def _denial(keys: Sequence[str], match: tuple[int, int], limit: tuple[int, int] | None) -> Reading:
    part = None if limit else part_denied(keys, match)
    return Reading(Stance.DENIED, limit or part, of_part=part is not None)
