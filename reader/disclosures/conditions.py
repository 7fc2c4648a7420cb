"""Within which limits a denial holds: exceptions, conditions, uses, people, products and the like.

Works on the keys of one sentence (``reader.disclosures.words``) and the place of the act in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.disclosures.clauses import CARRIED_OVER, LINKS, next_act, next_in, statement_end
from reader.disclosures.objects import ACTS
from reader.disclosures.words import key_of, keys_of

_Markers = Mapping[str, Sequence[tuple[str, ...]]]


def _by_first_key(*markers: str) -> _Markers:
    """Return the keys of these phrases by the first one of each."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for marker in markers:
        keys = tuple(map(key_of, marker.split()))
        by_first.setdefault(keys[0], []).append(keys)
    return by_first


_EXCEPTIONS = _by_first_key(
    "except", "exception", "unless", "other than", "without your", "without you",
    "without first", "without get", "without obtain", "without the consent", "without prior",
    "without express", "without explicit", "without a", "without give", "without notify",
    "without inform", "without tell", "without notice", "without provide", "save for", "save as",
    "apart from", "aside from", "until", "outside of", "beyond", "subject to", "exclude",
    "by default", "in general", "in principle", "as a rule", "in most case",
)  # fmt: skip
# What one kind of gain or use leaves open: "not sold for money", "not for their own marketing".
_USES = _by_first_key(
    "in exchange for", "for money", "for monetary", "for payment", "for their own",
    "for their direct", "for their marketing", "for their promotional", "for use", "like a",
    "so that",
    "in the ordinary course",
    "for the purpose", "for purpose", "in a manner", "in a way", "in the way",
    "that produce", "which produce", "that have", "which have", "which would",
    "which result", "that would", "that could", "which could",
    "that significantly", "which significantly", "if the", "after you",
)  # fmt: skip
# "As that term is defined by the statute": what it calls something else is left open.
_SENSES = _by_first_key(
    "as defined", "as that term", "as those term", "as such term", "as the term", "as these term",
    "as this term", "as we understand", "as sale", "as sell", "within the meaning",
    "in the meaning", "in the sense", "for intent", "for the intent", "for all intent",
    "under the ccpa", "under ccpa", "under the california", "under california", "under nevada",
    "under applicable", "under the applicable", "under state",
)  # fmt: skip
_COUNTED_IN = keys_of("including include")
# By law that is any sale: nothing is left open, but to pass data on for nothing.
_WHATEVER_THE_GAIN = _by_first_key(
    *(
        f"{lead} {gain} or {other} {consideration}"
        for lead in ("for", "in exchange for", "for any", "in exchange for any")
        for gain in ("monetary", "money", "monetary consideration", "payment")
        for other in ("other", "for other", "any other")
        for consideration in ("valuable consideration", "consideration")
    ),
    "for money or anything else",
)
_PASSING = keys_of("share disclose transfer provide give release")
_FORWARD = 100  # words
_EXCEPTION = key_of("exception")
_FLIPPING = keys_of("except exception unless other save apart aside outside until")
_THAN = key_of("than")
# What the reader must first be or do: "if you object, we do not share it"
_IF_YOU = tuple((key_of(word), "you") for word in ("if", "when", "once", "where"))
_IN_THAT_CASE = tuple(("in", key_of(word), "case") for word in ("such", "this", "that"))
_CONTRASTS = keys_of("but however yet")
# "with these vendors", "in such tools": a denial about what was spoken of before
_POINTERS = keys_of("these those such this")
_PLURAL_POINTERS = keys_of("such these those")
_PLURAL_POINTED = keys_of("these those")
_PREPOSITIONS = keys_of("in with to from through by on for via at of")
_POINTED_WIDELY = keys_of(
    "information data policy notice site website service purpose way personal privacy cookie"
)
# "Have access to or control this message": what stands between an act and the object of several
_MORE_ACTS = ACTS.union(LINKS, keys_of("to otherwise control manage see view"))
# Manners that leave other manners open, and grains that leave coarser ones.
_MANNERS = keys_of(
    "directly generally intentionally specifically typically normally usually ordinarily "
    "deliberately explicitly"
)
_MOSTLY = keys_of("generally typically normally usually ordinarily")
# "do not seek to collect": what is no aim may happen all the same
_AIMING = keys_of("seek intend aim wish want")
_GRAINS = keys_of("precise exact")
_GRAINED = keys_of(
    "location geolocation position coordinates latitude whereabouts data information"
)
_ANY = key_of("any")
_OTHERS = keys_of("other further additional")
_CLAUSE_ENDS = keys_of(", ; : ( ) | . and but however that which who")


def condition_of_act(
    keys: Sequence[str], negator: int, act: tuple[int, int], match_end: int
) -> tuple[int, int] | None:
    """Return the words that limit the denial of an act, apart from an exception behind it."""
    return (
        _if_you(keys, act[0], match_end)
        or _exception_before(keys, act[0])
        or _pointed_at(keys, act[1])
        or _hedge(keys, negator, act[0], match_end)
        or _pointed_object(keys, act, match_end)
        or _pointed_way(keys, act[0])
    )


def condition_of_denial(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the words that limit words which deny by themselves."""
    start, end = match
    return (
        exception_behind(keys, end, end)
        or _if_you(keys, start, end)
        or _exception_before(keys, start)
        or _pointed_at(keys, start)
        or _pointed_things(keys, start, end)
        or _pointed_data(keys, start)
        or _pointed_way(keys, end)
        or _hedge(keys, start + 1, end, end)
    )


def exception_behind(keys: Sequence[str], start: int, match_end: int) -> tuple[int, int] | None:
    """Return the exception that follows a negated act within its own statement.

    A use that limits the denial counts only behind the match: inside, it is what is denied.
    """
    end = statement_end(keys, start)
    act_behind = next_act(keys, match_end, end)
    for i in range(start, min(end, start + _FORWARD)):
        if _is_other_than(keys, i) or _begins_with(keys, i, _EXCEPTIONS):
            return (i, end)
        if match_end <= i < act_behind and _begins_with(keys, i, _USES):
            if _begins_with(keys, i, _WHATEVER_THE_GAIN) and _PASSING.isdisjoint(
                keys[start - 1 : i]
            ):
                continue
            return (i, act_behind)
        if match_end <= i and _begins_with(keys, i, _SENSES) and keys[i - 1] not in _COUNTED_IN:
            return (i, end)
    return None


def _begins_with(keys: Sequence[str], at: int, markers: _Markers) -> bool:
    return keys[at] in markers and any(
        tuple(keys[at : at + len(marker)]) == marker for marker in markers[keys[at]]
    )


def is_what_matched(keys: Sequence[str], exception: int, match_end: int) -> bool:
    """Return whether a match ends with what is excepted, so that it is said.

    What stands before "than" is none of it: "with other shops than ours".
    """
    if _is_other_than(keys, exception):
        return keys.index(_THAN, exception) < match_end
    return exception < match_end and keys[exception] in _FLIPPING


def _is_other_than(keys: Sequence[str], at: int) -> bool:
    """Return whether an exception such as "for no other purposes than these" begins at an index."""
    return keys[at] == "other" and _THAN in keys[at + 1 : at + 4]


def _exception_before(keys: Sequence[str], act_start: int) -> tuple[int, int] | None:
    """Return an exception that opens the sentence: "Except as told below, we do not sell"."""
    end = next((i for i in range(act_start) if keys[i] == ","), act_start)
    with_exceptions = keys[0] == "with" and _EXCEPTION in keys[:end]
    return (0, end) if with_exceptions or _begins_with(keys, 0, _EXCEPTIONS) else None


def _if_you(keys: Sequence[str], act_start: int, match_end: int) -> tuple[int, int] | None:
    """Return what the reader must be or do for a denial to hold, said before it or behind it."""
    if tuple(keys[:3]) in _IN_THAT_CASE:
        return (0, 3)
    for i in range(act_start):
        if (keys[i], keys[i + 1]) in _IF_YOU and "," in keys[i:act_start]:
            comma = i + keys[i:act_start].index(",")
            if keys[comma + 1] in _CONTRASTS:
                continue  # "we store it if you agree, but do not sell it"
            return (i, comma)
    end = statement_end(keys, match_end)
    for i in range(match_end, end - 1):
        if (keys[i], keys[i + 1]) in _IF_YOU:
            return (i, end)
    return None


def _hedge(
    keys: Sequence[str], negator: int, act_start: int, match_end: int
) -> tuple[int, int] | None:
    """Return what limits a denial to one manner, grain or rest: "directly", "precise location"."""
    if keys[0] in _MOSTLY and next_in(keys, 0, {","}):
        return (0, 1)
    for i in range(max(0, negator - 2), min(match_end, len(keys))):
        if keys[i] in _GRAINS or (keys[i] in _OTHERS and _names_the_rest(keys, i)):
            ends = (j + 1 for j in range(i, min(i + 6, len(keys))) if keys[j] in _GRAINED)
            return (i, next(ends, i + 1))
        if keys[i] in _MANNERS:
            return (i, i + 1 if i < act_start else i + 2)
        if keys[i] in _AIMING and next_in(keys, i, {"to"}) and i < act_start:
            return (i, i + 2)
    # "We do not process card data or your interests directly."
    end = next((i for i in range(match_end, len(keys)) if keys[i] in _CLAUSE_ENDS), len(keys))
    return (end - 1, end) if keys[end - 1] in _MANNERS else None


def _names_the_rest(keys: Sequence[str], at: int) -> bool:
    """Return whether "other" leaves something out: not so in "names, or any other data"."""
    return keys[at - 1] == _ANY and keys[at - 2] not in LINKS


def _pointed_at(keys: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the words that tie a denial to something spoken of before ("in these tools")."""
    end = statement_end(keys, start)
    for i in range(start, end - 2):
        if (
            keys[i] in _PREPOSITIONS
            and keys[i + 1] in _POINTERS
            and keys[i + 2] not in _POINTED_WIDELY
        ):
            return (i, end)
    return None


def _pointed_object(
    keys: Sequence[str], act: tuple[int, int], match_end: int
) -> tuple[int, int] | None:
    """Return an object that was spoken of before: "share this data", "track such activities"."""
    end = act[1]
    while end < len(keys) and keys[end] in _MORE_ACTS:
        end += 1
    if end + 1 < len(keys) and keys[end] in _POINTERS:
        return (end, min(end + 3, len(keys)))
    for i in range(end, min(match_end + 2, len(keys) - 1)):
        if keys[i] in _PLURAL_POINTERS and keys[i + 1] != "as":
            return (i, i + 2)
    return None


def _pointed_data(keys: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the data that was spoken of before, where it is denied: "this data is not sold"."""
    for i in (start - 1, start):
        if i >= 0 and keys[i] in _POINTERS and next_in(keys, i, CARRIED_OVER):
            return (i, i + 2)
    return None


def _pointed_things(keys: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Return things that were spoken of before, last in a denial: "not encrypt these messages"."""
    for i in range(start, min(end + 1, len(keys) - 1)):
        if keys[i] in _PLURAL_POINTED:
            last = min(i + 3, len(keys))
            return (i, next((j for j in range(i + 1, last) if not keys[j].isalpha()), last))
    return None


def _pointed_way(keys: Sequence[str], end: int) -> tuple[int, int] | None:
    """Return words that tie the subject to what was told before: "data gathered this way"."""
    for i in range(1, end - 1):
        if keys[i] in _POINTERS and keys[i + 1] == "way":
            return (i - 1, i + 2)
    return None
