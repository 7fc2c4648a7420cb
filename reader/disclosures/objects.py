"""Which data a denial speaks of, where that is one kind of many.

"We do not share your contact details with advertisers" leaves open what else they get. Works on the
keys of one sentence (``reader.disclosures.words``).
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.disclosures.words import keys_of

ACTS = keys_of(
    "sell rent trade lease share disclose transfer give pass provide release use collect gather "
    "obtain store keep retain process combine link track monitor engage make create build send "
    "permit allow access read record"
)
"""The acts that one negation can hold: "not sell your data, share it for money or collect more"."""

_LETTING = keys_of("allow permit let enable authorize")
_COLLECTING = keys_of("collect gather obtain receive access")
_HANDLING = keys_of(
    "use process share disclose provide sell rent trade transfer give release pass combine"
)
_LINKS = keys_of(", and or nor")
_BETWEEN_ACTS = ACTS.union(
    _LINKS,
    keys_of(
        "otherwise to lend market distribute profit be do have will it not never also swap barter "
        "exchange license publish reveal communicate divulge disseminate report view"
    ),
)
_CONNECTING = _LINKS.union(keys_of("however further moreover therefore also finally please"))
_HEADS = keys_of("data information detail content pii")
_KINDS = keys_of("address number log identifier recording password")
# Before such a noun they tell it from no other: "your personal data", "any customer information"
_TELLING_NOTHING = keys_of(
    "your our their its any all every the this these those that a an of no none such other we you "
    "personal personally identifiable identifying identified individual individually private "
    "confidential potentially non related own full same said user customer consumer member visitor "
    "subscriber client people person reader s website site web service collected gathered provided"
)
_GATHERED = keys_of("collected gathered provided")
_WHATEVER_IT_IS = keys_of("it them anything everything something")
_PHRASE_ENDS = keys_of(
    "; : ( ) | . ! ? note for to with by in on from that which who whom whose as through via into "
    "at about we you they be not never without unless except if when within across under outside "
    "beyond after before during between against than so because like"
)
_AUXILIARIES = keys_of("be do have will shall can may might could would must")
_TO_THE_VERB = _AUXILIARIES.union(keys_of("not never also longer ever"))
_CLAUSE_STARTS = ACTS.union(_AUXILIARIES, keys_of("we"))
_NO_DATA = keys_of(
    "advertising advertisement ad marketing profiling tracking technology cookie algorithm ai "
    "software decision practice business purpose way"
)
_NOT_ALL_YET = keys_of("new future")
_REACH = 24


def one_kind_of_data(
    keys: Sequence[str], act: tuple[int, int], *, whatever_it_is: bool
) -> tuple[int, int] | None:
    """Return the words for the one kind of data that a denied act at word indexes ``act`` handles.

    None where the act is about all personal data, or about no data. Where it is a thing that is
    used or shared, it counts too if ``whatever_it_is``: "browsing habits".
    """
    phrase = _subject(keys, act[0]) if _is_passive(keys, act[0]) else _object(keys, act)
    start, end = phrase
    while start < end and keys[start] in _CONNECTING:
        start += 1
    words = keys[start:end]
    if not words or not _WHATEVER_IT_IS.isdisjoint(words):
        return None
    if not _NOT_ALL_YET.isdisjoint(words):
        return (start, end)
    heads = [i for i in range(start, end) if keys[i] in _HEADS]
    if not heads and not _KINDS.isdisjoint(words):
        return (start, end)
    if heads:
        if any(_is_all(keys[start:head]) for head in heads):
            return None
        return (start, heads[0] + 1)
    handles = whatever_it_is and keys[act[1] - 1] in _HANDLING and not _is_passive(keys, act[0])
    if not handles or words[-1] in _NO_DATA or _TELLING_NOTHING.issuperset(words):
        return None
    return (start, end)


def _is_all(before: Sequence[str]) -> bool:
    """Return whether a noun for data with these words before it means all personal data.

    In "personal or medical information" both are meant, so the wider one tells.
    """
    part: list[str] = []
    for key in before:
        if key in _LINKS:
            if part and _TELLING_NOTHING.issuperset(part):
                return True
            part = []
        else:
            part.append(key)
    return _TELLING_NOTHING.issuperset(part)


def _is_passive(keys: Sequence[str], act: int) -> bool:
    """Return whether what the act is done to stands before it: "it is not sold"."""
    before = keys[max(0, act - 6) : act]
    return "be" in before and "we" not in before[before.index("be") :]


def _object(keys: Sequence[str], act: tuple[int, int]) -> tuple[int, int]:
    """Return where the words stand for what an act is done to, and for nothing behind them."""
    start = act[1]
    if not _LETTING.isdisjoint(keys[act[0] : act[1]]):
        reached = range(start, min(len(keys), start + _REACH))
        start = next((i + 1 for i in reached if keys[i] in _COLLECTING), len(keys))
    while start < len(keys) and keys[start] in _BETWEEN_ACTS:
        start += 1
    end = start
    if start < len(keys) and keys[start] == "we":
        end += 1  # "Lampo answers": by its author's name
    while end < min(len(keys), start + _REACH) and keys[end] not in _PHRASE_ENDS:
        if end > start and keys[end] in _GATHERED:
            break
        if keys[end] == "of" and not _HEADS.isdisjoint(keys[start:end]):
            break
        if keys[end] in _LINKS and end + 1 < len(keys) and keys[end + 1] in _CLAUSE_STARTS:
            break
        end += 1
    return (start, end)


def _subject(keys: Sequence[str], act: int) -> tuple[int, int]:
    """Return where the words stand for what a passive act is done to."""
    end = max(i for i in range(max(0, act - 6), act) if keys[i] == "be")
    while end and keys[end - 1] in _TO_THE_VERB:
        end -= 1
    if end and keys[end - 1] == ")" and "(" in keys[:end]:
        end = max(i for i in range(end) if keys[i] == "(")
    if end and keys[end - 1] == "(":
        end -= 1  # "your address (is not kept)"
    start = end
    while start and end - start < _REACH and keys[start - 1] not in _PHRASE_ENDS:
        start -= 1
    return (start, end)
