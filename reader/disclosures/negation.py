"""What negates an act, and whether that tells anything about what the policy's author does.

Works on the keys of one sentence (``reader.disclosures.words``) and the place of the act in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.disclosures.clauses import (
    AUXILIARIES,
    CARRIED_OVER,
    CONJUNCTIONS,
    SUBJECT_AND_VERB,
    is_conceded,
    next_in,
)
from reader.disclosures.objects import ACTS
from reader.disclosures.words import key_of, keys_of

_NEGATORS = keys_of("not no never nor neither without none nothing nobody")
_STOPPING_VERBS = keys_of("refrain prohibit forbid cease avoid prevent decline refuse")
# "not only", "not limited to", "not necessarily": the negation is spent on the next word.
_SPENT_ON = keys_of("only limit just mere necessarily hesitate until less more")
# Between a negator and the act, these open another clause or bring another actor.
_SCOPE_ENDS = keys_of(
    "; | but however although while whereas unless except because if when how what whether why "
    "that which who where until you they otherwise than"
)
# "will not be otherwise shared": an adverb here, no new clause
_OTHERWISE = key_of("otherwise")
_HELD_BY = keys_of("be not nor or")
_BEFORE_OBJECTS = keys_of("of about from with to for on by at against concerning regarding")
_PURPOSE = key_of("purpose")
_ITS_VERB = 3  # words from the subject of a clause to its verb
_AFTER_A_SIGNAL = keys_of(
    ": ) signal request header setting mechanism feature option preference browser standard policy"
)
_BACK = 60  # words
_OBJECT_NEGATORS = keys_of("no none nothing nobody neither")
_NOBODY = keys_of("none nobody")
_HANDING_OVER = keys_of(
    "share disclose transfer provide give release pass send supply sell rent trade lease lend"
)
_BEFORE_RECIPIENTS = keys_of("with to")
_OBJECT_AND_RECIPIENT = 10
_SOMEBODY = keys_of(
    "one party company companies partner organization organisation person people entity entities "
    "firm business advertiser broker affiliate vendor network agency agencies body bodies provider"
)
_WHICH_SOMEBODY = keys_of(
    "third other outside external unaffiliated advertising ad marketing commercial single such data"
)
_LEFT_OUT = 9  # words at the end of a match among which it may be excepted
# Behind what is left out, these lead on to something else: "not names, with advertisers"
_GOING_ON = _BEFORE_OBJECTS.union(keys_of(", ( ) ;"))
# "no longer", "no matter": here "no" takes no object
_NO_OBJECT = keys_of("longer later more less matter doubt")
# What can open the denial of another act: "kept here, and it is never sent abroad"
_OPENING_A_DENIAL = keys_of(": ( , and but or while")
_APART = keys_of(": (")
_TAKING = keys_of("collect gather obtain store keep retain record access receive")
_REMARK = 12  # words in brackets that are looked at
_LEADING_BACK = keys_of(": )")
_OTHER_SUBJECTS = keys_of("not never , ; : ( ) | and or which that who you they")
_BEFORE_A_DENIAL = AUXILIARIES.union(keys_of("we it they"))
# "you will not", "they do not"; "ask us not to", "request that we do not"
_NOT_OURS = keys_of("you they")
_ASKING = keys_of("request ask direct instruct tell prefer preference obligation oblige")
_CONDITIONALS = keys_of("unless except if until when whether")
_RELATIVES = keys_of("which whom")
# "data should not be used": what ought to be, not what is
_OUGHT = keys_of("should must ought")
# "are not authorized to sell": a duty of others
_ALLOWING = keys_of("permit authorize authorise allow entitle license")
# "may not be able to": a failing; "not every call": some calls
_PERHAPS = keys_of("may might")
_ABLE = key_of("able")
_EVERY = keys_of("every everything always")
# "do not have to", "are not required to": who need not do it may still do it
_NEEDED = keys_of("require oblige obligate bind need")
_MAKING_SURE = (("to", key_of("ensure")), ("to", "make", key_of("sure")))

NEGATING = _NEGATORS | _STOPPING_VERBS
"""Keys without any of which a sentence denies nothing, and doubts nothing that it says."""
PROMISING = keys_of("guarantee promise warrant ensure represent assure")
"""Keys without any of which a sentence doubts nothing that it says, though it may deny some."""


def find_negator(keys: Sequence[str], act: tuple[int, int]) -> int | None:
    """Return the index of the word that negates the act, or None."""
    start, end = act
    for i in range(start - 1, max(-1, start - _BACK), -1):
        key = keys[i]
        if key in _SCOPE_ENDS and not _stays_inside(keys, i):
            if keys[start] == _PURPOSE and key == "that":
                continue  # "use data that is yours for the purpose of": the clause is over
            break
        if key == "we" and keys[i - 1] in CARRIED_OVER and start - i > _ITS_VERB:
            continue  # "use the information we share for": a clause about the object
        if key == "we" and keys[i - 1] == "of":
            continue  # "it is not the policy of our shop to sell": no subject
        if key == "we":
            # a new subject: only what inverts it reaches over ("nor do we", "in no event will we")
            inverted = [j for j in range(i - 1, max(-1, i - 5), -1) if _inverts(keys, j)]
            if inverted:
                return inverted[0]
            break
        if key in _NEGATORS:
            if is_conceded(keys, i, start):
                break
            return i if _negates(keys, i, start) else None
        if key in _STOPPING_VERBS and "from" in keys[i:start]:
            return i
    # "we collect no personal data", "we share it with nobody"; but "kept no longer than"
    for i in range(start, min(len(keys), end + 3)):
        if (
            keys[i] in _OBJECT_NEGATORS
            and keys[i - 1] != ":"
            and not next_in(keys, i, {"longer", "later", "more"})
        ):
            return i
    return _nobody_who_gets_it(keys, act)


def _stays_inside(keys: Sequence[str], at: int) -> bool:
    """Return whether a word that can open a clause opens none here: "profiles of you, or use"."""
    if keys[at] == _OTHERWISE:
        return keys[at - 1] in _HELD_BY
    return keys[at] in _NOT_OURS and keys[at - 1] in _BEFORE_OBJECTS


def _inverts(keys: Sequence[str], at: int) -> bool:
    return keys[at] in {"neither", "nor", "never"} or (
        keys[at] == "no" and next_in(keys, at, {"event", "time", "circumstance", "case", "way"})
    )


def _negates(keys: Sequence[str], at: int, act: int) -> bool:
    if keys[at] in {"no", "not"} and next_in(keys, at, _SPENT_ON):
        return False
    if keys[at] == "not" and _names_a_signal(keys, at):
        return False
    if keys[at] == "no" and at and keys[at - 1] == ":":  # the value in a table: "shared: no"
        return False
    if keys[at] == "without":  # "without collecting"; not "without your leave, we collect"
        return act - at <= 2
    # "in no event will we sell" denies; "no matter how" does not
    return keys[at] != "no" or not next_in(keys, at, {"matter", "doubt"})


def _names_a_signal(keys: Sequence[str], at: int) -> bool:
    """Return whether "not" stands in the name of a signal: "“Do Not Track” requests"."""
    return (
        keys[max(0, at - 1) : at + 2] == ["do", "not", "track"]
        and next_in(keys, at + 1, _AFTER_A_SIGNAL)
        and (at < 2 or keys[at - 2] != "we")
    )


def _nobody_who_gets_it(keys: Sequence[str], act: tuple[int, int]) -> int | None:
    """Return where the recipient of an act is nobody: "sell your data to no one", or None.

    "With no notice" is no recipient, and behind the first one stands another statement.
    """
    start, end = act
    if _HANDING_OVER.isdisjoint(keys[start:end]):
        return None
    for i in range(end, min(len(keys) - 1, end + _OBJECT_AND_RECIPIENT)):
        if keys[i] in _SCOPE_ENDS:
            return None
        if keys[i] in _BEFORE_RECIPIENTS:
            if keys[i + 1] in _NOBODY or (keys[i + 1] == "no" and _is_recipient(keys, i + 2)):
                return i + 1
            return None
    return None


def _is_recipient(keys: Sequence[str], at: int) -> bool:
    """Return whether a noun for somebody who gets data begins at an index, "third party" too."""
    for key in keys[at : at + 3]:
        if key in _SOMEBODY:
            return True
        if key not in _WHICH_SOMEBODY:
            return False
    return False


def is_left_out(keys: Sequence[str], start: int, end: int) -> bool:
    """Return whether what stands last before an index is excepted: "and with no advertisers".

    Looks at the words from the end of the act on. In "statistics but not names with advertisers"
    it is not the advertisers who are left out, and "but not limited to" leaves out nobody.
    """
    for i in range(max(start, end - _LEFT_OUT), end - 2):
        if keys[i] not in CONJUNCTIONS:
            continue
        behind = keys[i + 1 : end]
        before_no = behind[0] in _BEFORE_RECIPIENTS and behind[1] == "no"
        no_object = behind[0] == "no" and behind[1] not in _NO_OBJECT
        not_with = behind[0] in {"not", "never"} and behind[1] in _BEFORE_OBJECTS
        if (before_no or no_object or not_with) and _GOING_ON.isdisjoint(behind[2:]):
            return True
    return False


def is_denied_anew(keys: Sequence[str], start: int, end: int) -> bool:
    """Return whether what a match ends with belongs to a later act, which is denied.

    In "kept in France and not sent to Spain" it is not said that data is kept in Spain. Looks at
    the words from the end of the act to that of the match.
    """
    # "Calls (what is said in them is not recorded)"
    reach = min(len(keys), end + _REMARK) if "(" in keys[end : end + 2] else end
    for i in range(start, reach):
        if keys[i] not in _OPENING_A_DENIAL or keys[i - 1] == "(":
            continue
        # a list or a remark in brackets may begin with a subject of its own
        apart = keys[i] in _APART
        behind = i + 1
        while behind < reach and (
            keys[behind] in _BEFORE_A_DENIAL
            or (apart and behind - i < SUBJECT_AND_VERB and keys[behind] not in _OTHER_SUBJECTS)
        ):
            behind += 1
        negation, denied = keys[behind : behind + 1], keys[behind + 1 : min(behind + 3, reach)]
        # "your address (is not sold)" is collected all the same
        denying = ACTS if behind < end else _TAKING
        if negation in (["not"], ["never"]) and not denying.isdisjoint(denied):
            # a list is of what stands first, and so is what follows the brackets
            return _LEADING_BACK.isdisjoint(keys[behind:end])
    return False


def is_not_promised(keys: Sequence[str], act: int) -> bool:
    """Return whether the act is what somebody does not promise: "cannot guarantee that it is"."""
    for i in range(act - 1, max(0, act - _BACK), -1):
        if keys[i] == ";":
            return False
        if keys[i] in PROMISING:
            return not _NEGATORS.isdisjoint(keys[max(0, i - 3) : i])
    return False


def negation_tells_nothing(keys: Sequence[str], negator: int, act: tuple[int, int]) -> bool:
    """Return whether the negator before an act tells nothing about what the author does.

    It tells of the reader or of others, of what is asked for, of a case or of one thing only, of
    what ought not to be, or of what something else is done for.
    """
    return (
        not _NOT_OURS.isdisjoint(keys[max(0, negator - 3) : negator])
        or not _ASKING.isdisjoint(keys[max(0, negator - 4) : negator])
        or _is_conditional(keys, negator)
        or _is_relative(keys, negator)
        or _is_half_denied(keys, negator, act)
        or _is_only_aim(keys, negator)
    )


def denial_tells_nothing(keys: Sequence[str], match: tuple[int, int]) -> bool:
    """Return whether words that deny by themselves tell nothing about what the author does.

    They speak of one thing only, in a relative clause, of what something else is done for, of what
    is asked for, or of what need not be.
    """
    start, end = match
    if _is_relative(keys, start) or _is_only_aim(keys, start) or _is_request(keys, start):
        return True
    for i in range(start, end):
        ours = keys[i] == "not" and "we" in keys[max(0, i - 2) : i]
        if ours and _is_only_not_needed(keys[i + 1 : i + 3]):
            return True
    return False


def _is_conditional(keys: Sequence[str], negator: int) -> bool:
    """Return whether the clause of the negator is itself an exception or a condition."""
    for i in range(negator - 1, max(-1, negator - _BACK), -1):
        if keys[i] in _CONDITIONALS:
            return True
        if keys[i] in {"we", ",", ";"}:  # the subject of a main clause, or a clause before it
            return i > 0 and keys[i] == "we" and keys[i - 1] in _CONDITIONALS
    return False


def _is_relative(keys: Sequence[str], negator: int) -> bool:
    """Return whether the negator speaks of one thing: "an address, which we do not publish"."""
    subject = _subject_of(keys, negator)
    return subject > 0 and keys[subject - 1] in _RELATIVES


def _subject_of(keys: Sequence[str], negator: int) -> int:
    """Return the index of the "we" right before a negator, or 0."""
    return next((i for i in range(negator, max(0, negator - 4), -1) if keys[i] == "we"), 0)


def _is_half_denied(keys: Sequence[str], negator: int, act: tuple[int, int]) -> bool:
    """Return whether the negator tells what ought not to be, may fail, or is not always so.

    Nor is it the author's act that a recipient "is not authorized to" do.
    """
    before = keys[negator - 1] if negator else ""
    between = keys[negator + 1 : act[0]]
    return (
        before in _OUGHT
        or _is_only_not_needed(between)
        or any(one in _ALLOWING and "to" in between for one in between)
        or (before in _PERHAPS and _ABLE in keys[negator : act[0]])
        or not _EVERY.isdisjoint(keys[negator : act[1] + 2])
    )


def _is_only_not_needed(behind: Sequence[str]) -> bool:
    """Return whether the words behind a negation are "have to" or "required to"."""
    return tuple(behind[:2]) == ("have", "to") or any(
        one in _NEEDED and two == "to" for one, two in pairwise(behind)
    )


def _is_only_aim(keys: Sequence[str], negator: int) -> bool:
    """Return whether the negator tells what something else is done for.

    "To ensure that we do not show a page twice", "to prevent data from being kept".
    """
    if keys[negator] in _STOPPING_VERBS:
        return negator > 0 and keys[negator - 1] == "to"
    subject = _subject_of(keys, negator)
    before = [key for key in keys[max(0, subject - 4) : subject] if key != "that"]
    return before[-1:] == ["so"] or any(
        tuple(before[-len(words) :]) == words for words in _MAKING_SURE
    )


def _is_request(keys: Sequence[str], start: int) -> bool:
    """Return whether words that deny by themselves are what somebody asks for: "that we not"."""
    return keys[start] == "we" and next_in(keys, start, {"not"})
