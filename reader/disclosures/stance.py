"""Said or denied, and within which limits: the scope of a negation over an act.

Works on the keys of one sentence (``reader.disclosures.words``) and the place of the act in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.disclosures.objects import ACTS
from reader.disclosures.scopes import part_denied
from reader.disclosures.words import key_of, keys_of
from reader.model import Stance

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
# "you will not", "they do not"; "ask us not to", "request that we do not"
_NOT_OURS = keys_of("you they")
_ASKING = keys_of("request ask direct instruct tell prefer preference obligation oblige")
# "data should not be used": what ought to be, not what is
_OUGHT = keys_of("should must ought")
# "are not authorized to sell": a duty of others
_ALLOWING = keys_of("permit authorize authorise allow entitle license")
# "may not be able to": a failing; "not every call": some calls
_PERHAPS = keys_of("may might")
_ABLE = key_of("able")
_EVERY = keys_of("every everything always")
# Manners that leave other manners open, and grains that leave coarser ones.
_MANNERS = keys_of(
    "directly generally intentionally specifically typically normally usually ordinarily "
    "deliberately explicitly"
)
_MOSTLY = keys_of("generally typically normally usually ordinarily")
# "do not seek to collect": what is no aim may happen all the same
_AIMING = keys_of("seek intend aim wish want")
_GRAINS = keys_of("precise exact")
_ANY = key_of("any")
_OTHERS = keys_of("other further additional")
_GRAINED = keys_of(
    "location geolocation position coordinates latitude whereabouts data information"
)
# What the reader must first be or do: "if you object, we do not share it"
_IF_YOU = tuple((key_of(word), "you") for word in ("if", "when", "once", "where"))
_IN_THAT_CASE = tuple(("in", key_of(word), "case") for word in ("such", "this", "that"))
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
# "no longer", "no matter": here "no" takes no object
_NO_OBJECT = keys_of("longer later more less matter doubt")
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
        f"{lead} monetary or {other} valuable consideration"
        for lead in ("for", "in exchange for")
        for other in ("other", "for other", "any other")
    ),
    "for money or anything else",
)
_PASSING = keys_of("share disclose transfer provide give release")
_LINKS = keys_of(", and or nor")
# "Have access to or control this message": what stands between an act and the object of several
_MORE_ACTS = ACTS.union(_LINKS, keys_of("to otherwise control manage see view"))
# What can open the denial of another act: "kept here, and it is never sent abroad"
_OPENING_A_DENIAL = keys_of(": ( , and but or while")
_APART = keys_of(": (")
_TAKING = keys_of("collect gather obtain store keep retain record access receive")
_REMARK = 12  # words in brackets that are looked at
_LEADING_BACK = keys_of(": )")
_OTHER_SUBJECTS = keys_of("not never , ; : ( ) | and or which that who you they")
_AUXILIARIES = keys_of("be do have will shall can may also")
_NO_SUBJECT = _AUXILIARIES.union(_LINKS)
_BEFORE_A_DENIAL = _AUXILIARIES.union(keys_of("we it they"))
_SUBJECT_AND_VERB = 7  # words
_CONTRASTS = keys_of("but however yet")
_MAKING_SURE = (("to", key_of("ensure")), ("to", "make", key_of("sure")))
_AFTER_A_SIGNAL = keys_of(
    ": ) signal request header setting mechanism feature option preference browser standard policy"
)
_PURPOSE = key_of("purpose")
_CONCEDING = keys_of("although though while whereas")
_CONCESSION = 6  # words from there to its negator
_OPENING_A_SUBJECT = keys_of("our the this that these those such some certain your any")
_MAIN_VERBS = keys_of("be may can will could might shall")
_CLAUSE_ENDS = keys_of(", ; : ( ) | . and but however that which who")
_EXCEPTION = key_of("exception")
# "In the desktop app, we do not": what opens so is the part that a denial is about, but not
# "from the desktop app": one of several products; "on our website" is all there is
_PRODUCTS = keys_of(
    "app application product plan service version edition site website store extension program "
    "feature tool plugin device beta"
)
_INHABITANTS = keys_of("resident residents citizen citizens")
_SYSTEMS = keys_of("ios android iphone ipad windows macos linux")
_INSIDE = keys_of("in from of on through via within by")
_ONE = keys_of("the our its this")
_WHOLE = keys_of(
    "web online mobile internet our own whole entire other third party same site website service "
    "and or of that which any all you your your we information data future"
)
# "with these vendors", "in such tools": a denial about what was spoken of before
_POINTERS = keys_of("these those such this")
_PLURAL_POINTERS = keys_of("such these those")
_PLURAL_POINTED = keys_of("these those")
_PREPOSITIONS = keys_of("in with to from through by on for via at of")
_POINTED_WIDELY = keys_of(
    "information data policy notice site website service purpose way personal privacy cookie"
)
# "the data we hold": nouns that a clause without "that" can follow
_CARRIED_OVER = keys_of("information data details content")
_ITS_VERB = 3  # words from the subject of a clause to its verb
# "do not have to", "are not required to": who need not do it may still do it
_NEEDED = keys_of("require oblige obligate bind need")
_RELATIVES = keys_of("which whom")
_CONDITIONALS = keys_of("unless except if until when whether")
_CONJUNCTIONS = keys_of(", and but or")
_FLIPPING = keys_of("except exception unless other save apart aside outside until")
_THAN = key_of("than")
_BACK = 60
_FORWARD = 100

NEGATING = _NEGATORS | _STOPPING_VERBS
"""Keys without any of which a sentence denies nothing, and doubts nothing that it says."""
PROMISING = keys_of("guarantee promise warrant ensure represent assure")
"""Keys without any of which a sentence doubts nothing that it says, though it may deny some."""


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
    negator = _negator(keys, act)
    if negator is None:
        if _is_left_out(keys, act[1], match_end) or _is_denied_anew(keys, act[1], match_end):
            return None
        return read_saying(keys, act[0])
    if negator < act[0] and (
        _NOT_OURS.intersection(keys[max(0, negator - 3) : negator])
        or _ASKING.intersection(keys[max(0, negator - 4) : negator])
    ):
        return None
    if negator < act[0] and (_is_conditional(keys, negator) or _is_relative(keys, negator)):
        return None
    if negator < act[0] and (_is_half_denied(keys, negator, act) or _is_only_aim(keys, negator)):
        return None
    exception = _exception_after(keys, act[1], match_end)
    if exception is not None and _is_what_matched(keys, exception[0], match_end):
        return Reading(Stance.SAID, None)
    limit = (
        exception
        or _if_you(keys, act[0], match_end)
        or _exception_before(keys, act[0])
        or _pointed_at(keys, act[1])
        or _hedge(keys, negator, act[0], match_end)
    )
    limit = limit or _pointed_object(keys, act, match_end) or _pointed_way(keys, act[0])
    return _denial(keys, (act[0], match_end), limit)


def _is_what_matched(keys: Sequence[str], exception: int, match_end: int) -> bool:
    """Return whether a match ends with what is excepted, so that it is said.

    What stands before "than" is none of it: "with other shops than ours".
    """
    if _is_other_than(keys, exception):
        return keys.index(_THAN, exception) < match_end
    return exception < match_end and keys[exception] in _FLIPPING


def _is_other_than(keys: Sequence[str], at: int) -> bool:
    """Return whether an exception such as "for no other purposes than these" begins at an index."""
    return keys[at] == "other" and _THAN in keys[at + 1 : at + 4]


def read_saying(keys: Sequence[str], start: int) -> Reading | None:
    """Return how to read words from index ``start`` on that say something by themselves.

    None where somebody says that they do not promise it.
    """
    return None if _is_not_promised(keys, start) else Reading(Stance.SAID, None)


def read_denial(keys: Sequence[str], match: tuple[int, int]) -> Reading | None:
    """Return how to read words that deny by themselves, at word indexes ``match``.

    None where they speak of one thing only, in a relative clause.
    """
    start, end = match
    if keys[start] == "we" and start and keys[start - 1] in _RELATIVES:
        return None
    if _is_only_aim(keys, min(start + 1, end - 1)) or _is_request(keys, start):
        return None
    for i in range(start, end):
        ours = keys[i] == "not" and "we" in keys[max(0, i - 2) : i]
        if ours and _is_only_not_needed(keys[i + 1 : i + 3]):
            return None
    limit = (
        _exception_after(keys, end, end)
        or _if_you(keys, start, end)
        or _exception_before(keys, start)
        or _pointed_at(keys, start)
        or _pointed_things(keys, start, end)
        or _pointed_data(keys, start)
        or _pointed_way(keys, end)
        or _hedge(keys, start + 1, end, end)
    )
    return _denial(keys, match, limit)


def _denial(keys: Sequence[str], match: tuple[int, int], limit: tuple[int, int] | None) -> Reading:
    part = None
    if limit is None:
        part = _one_product(keys, match) or _people(keys, match)
        part = part or part_denied(keys, match)
    return Reading(Stance.DENIED, limit or part, of_part=part is not None)


def _negator(keys: Sequence[str], act: tuple[int, int]) -> int | None:
    """Return the index of the word that negates the act, or None."""
    start, end = act
    for i in range(start - 1, max(-1, start - _BACK), -1):
        key = keys[i]
        if key in _SCOPE_ENDS and not _stays_inside(keys, i):
            if keys[start] == _PURPOSE and key == "that":
                continue  # "use data that is yours for the purpose of": the clause is over
            break
        if key == "we" and keys[i - 1] in _CARRIED_OVER and start - i > _ITS_VERB:
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
            if _is_conceded(keys, i, start):
                break
            return i if _negates(keys, i, start) else None
        if key in _STOPPING_VERBS and "from" in keys[i:start]:
            return i
    # "we collect no personal data", "we share it with nobody"; but "kept no longer than"
    for i in range(start, min(len(keys), end + 3)):
        if (
            keys[i] in _OBJECT_NEGATORS
            and keys[i - 1] != ":"
            and not _next_in(keys, i, {"longer", "later", "more"})
        ):
            return i
    return _nobody_who_gets_it(keys, act)


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


def _is_left_out(keys: Sequence[str], start: int, end: int) -> bool:
    """Return whether what stands last before an index is excepted: "and with no advertisers".

    Looks at the words from the end of the act on. In "statistics but not names with advertisers"
    it is not the advertisers who are left out, and "but not limited to" leaves out nobody.
    """
    for i in range(max(start, end - _LEFT_OUT), end - 1):
        if keys[i] not in _CONJUNCTIONS:
            continue
        behind = list(keys[i + 1 : end])
        while behind and behind[0] in _CONJUNCTIONS:
            behind = behind[1:]
        if len(behind) < 2:
            return False
        before_no = behind[0] in _BEFORE_RECIPIENTS and behind[1] == "no"
        no_object = behind[0] == "no" and behind[1] not in _NO_OBJECT
        not_with = behind[0] in {"not", "never"} and behind[1] in _BEFORE_OBJECTS
        rest = behind[2:]
        if (before_no or no_object or not_with) and _BEFORE_OBJECTS.union(",();").isdisjoint(rest):
            return True
    return False


def _is_recipient(keys: Sequence[str], at: int) -> bool:
    """Return whether a noun for somebody who gets data begins at an index, "third party" too."""
    for key in keys[at : at + 3]:
        if key in _SOMEBODY:
            return True
        if key not in _WHICH_SOMEBODY:
            return False
    return False


def _stays_inside(keys: Sequence[str], at: int) -> bool:
    """Return whether a word that can open a clause opens none here: "profiles of you, or use"."""
    if keys[at] == _OTHERWISE:
        return keys[at - 1] in _HELD_BY
    return keys[at] in _NOT_OURS and keys[at - 1] in _BEFORE_OBJECTS


def _inverts(keys: Sequence[str], at: int) -> bool:
    return keys[at] in {"neither", "nor", "never"} or (
        keys[at] == "no" and _next_in(keys, at, {"event", "time", "circumstance", "case", "way"})
    )


def _is_denied_anew(keys: Sequence[str], start: int, end: int) -> bool:
    """Return whether what a match ends with belongs to a later act, which is denied.

    In "kept in France and not sent to Spain" it is not said that data is kept in Spain. Looks at
    the words from the end of the act to that of the match.
    """
    # "Calls (what is said in them is not recorded)"
    reach = min(len(keys), end + _REMARK) if "(" in keys[end : end + 2] else end
    for i in range(start, reach - 1):
        if keys[i] not in _OPENING_A_DENIAL or keys[i - 1] == "(":
            continue
        # a list or a remark in brackets may begin with a subject of its own
        apart = keys[i] in _APART
        behind = i + 1
        while behind < reach and (
            keys[behind] in _BEFORE_A_DENIAL
            or (apart and behind - i < _SUBJECT_AND_VERB and keys[behind] not in _OTHER_SUBJECTS)
        ):
            behind += 1
        negation, denied = keys[behind : behind + 1], keys[behind + 1 : min(behind + 3, reach)]
        # "your address (is not sold)" is collected all the same
        denying = ACTS if behind < end else _TAKING
        if negation in (["not"], ["never"]) and not denying.isdisjoint(denied):
            # a list is of what stands first, and so is what follows the brackets
            return _LEADING_BACK.isdisjoint(keys[behind:end])
    return False


def _is_conceded(keys: Sequence[str], negator: int, act: int) -> bool:
    """Return whether the act stands in the clause behind a concession, which holds the negator.

    "Although we do not sell your data for money, our sharing may be deemed a sale."
    """
    if _CONCEDING.isdisjoint(keys[max(0, negator - _CONCESSION) : negator]):
        return False
    for i in range(negator + 1, act - 1):
        if keys[i] == "," and keys[i + 1] in _OPENING_A_SUBJECT:
            return not _MAIN_VERBS.isdisjoint(keys[i + 2 : act])
    return False


def _negates(keys: Sequence[str], at: int, act: int) -> bool:
    if keys[at] in {"no", "not"} and _next_in(keys, at, _SPENT_ON):
        return False
    if keys[at] == "not" and _names_a_signal(keys, at):
        return False
    if keys[at] == "no" and at and keys[at - 1] == ":":  # the value in a table: "shared: no"
        return False
    if keys[at] == "without":  # "without collecting"; not "without your leave, we collect"
        return act - at <= 2
    # "in no event will we sell" denies; "no matter how" does not
    return keys[at] != "no" or not _next_in(keys, at, {"matter", "doubt"})


def _names_a_signal(keys: Sequence[str], at: int) -> bool:
    """Return whether "not" stands in the name of a signal: "“Do Not Track” requests"."""
    return (
        keys[max(0, at - 1) : at + 2] == ["do", "not", "track"]
        and _next_in(keys, at + 1, _AFTER_A_SIGNAL)
        and (at < 2 or keys[at - 2] != "we")
    )


def _next_in(keys: Sequence[str], at: int, wanted: frozenset[str] | set[str]) -> bool:
    return at + 1 < len(keys) and keys[at + 1] in wanted


def _is_not_promised(keys: Sequence[str], act: int) -> bool:
    """Return whether the act is what somebody does not promise: "cannot guarantee that it is"."""
    for i in range(act - 1, max(0, act - _BACK), -1):
        if keys[i] == ";":
            return False
        if keys[i] in PROMISING:
            return not _NEGATORS.isdisjoint(keys[max(0, i - 3) : i])
    return False


def _is_conditional(keys: Sequence[str], negator: int) -> bool:
    """Return whether the clause of the negator is itself an exception or a condition."""
    for i in range(negator - 1, max(-1, negator - _BACK), -1):
        if keys[i] in _CONDITIONALS:
            return True
        if keys[i] in {"we", ",", ";"}:  # the subject of a main clause, or a clause before it
            return i > 0 and keys[i] == "we" and keys[i - 1] in _CONDITIONALS
    return False


def _is_only_aim(keys: Sequence[str], negator: int) -> bool:
    """Return whether the negator tells what something else is done for.

    "To ensure that we do not show a page twice", "to prevent data from being kept".
    """
    if keys[negator] in _STOPPING_VERBS:
        return negator > 0 and keys[negator - 1] == "to"
    subject = next((i for i in range(negator, max(0, negator - 4), -1) if keys[i] == "we"), 0)
    before = [key for key in keys[max(0, subject - 4) : subject] if key != "that"]
    return before[-1:] == ["so"] or any(
        tuple(before[-len(words) :]) == words for words in _MAKING_SURE
    )


def _is_request(keys: Sequence[str], start: int) -> bool:
    """Return whether words that deny by themselves are what somebody asks for: "that we not"."""
    return keys[start] == "we" and _next_in(keys, start, {"not"})


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


def _hedge(
    keys: Sequence[str], negator: int, act_start: int, match_end: int
) -> tuple[int, int] | None:
    """Return what limits a denial to one manner, grain or rest: "directly", "precise location"."""
    if keys[0] in _MOSTLY and _next_in(keys, 0, {","}):
        return (0, 1)
    for i in range(max(0, negator - 2), min(match_end, len(keys))):
        if keys[i] in _GRAINS or (keys[i] in _OTHERS and _names_the_rest(keys, i)):
            ends = (j + 1 for j in range(i, min(i + 6, len(keys))) if keys[j] in _GRAINED)
            return (i, next(ends, i + 1))
        if keys[i] in _MANNERS:
            return (i, i + 1 if i < act_start else i + 2)
        if keys[i] in _AIMING and _next_in(keys, i, {"to"}) and i < act_start:
            return (i, i + 2)
    # "We do not process card data or your interests directly."
    end = next((i for i in range(match_end, len(keys)) if keys[i] in _CLAUSE_ENDS), len(keys))
    return (end - 1, end) if end > match_end and keys[end - 1] in _MANNERS else None


def _names_the_rest(keys: Sequence[str], at: int) -> bool:
    """Return whether "other" leaves something out: not so in "names, or any other data"."""
    return keys[at - 1] == _ANY and keys[at - 2] not in _LINKS


def _if_you(keys: Sequence[str], act_start: int, match_end: int) -> tuple[int, int] | None:
    """Return what the reader must be or do for a denial to hold, said before it or behind it."""
    if act_start > len(_IN_THAT_CASE[0]) and tuple(keys[:3]) in _IN_THAT_CASE:
        return (0, 3)
    for i in range(act_start - 1):
        if (keys[i], keys[i + 1]) in _IF_YOU and "," in keys[i:act_start]:
            comma = i + keys[i:act_start].index(",")
            if keys[comma + 1] in _CONTRASTS:
                continue  # "we store it if you agree, but do not sell it"
            return (i, comma)
    end = _statement_end(keys, match_end - 1)
    for i in range(match_end, end - 1):
        if (keys[i], keys[i + 1]) in _IF_YOU:
            return (i, end)
    return None


def _is_relative(keys: Sequence[str], negator: int) -> bool:
    """Return whether the negator speaks of one thing: "an address, which we do not publish"."""
    subject = next((i for i in range(negator, max(0, negator - 4), -1) if keys[i] == "we"), 0)
    return subject > 0 and keys[subject - 1] in _RELATIVES


def _pointed_at(keys: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the words that tie a denial to something spoken of before ("in these tools")."""
    end = _statement_end(keys, start)
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
    while end + 1 < len(keys) and keys[end] in _MORE_ACTS:
        end += 1
    if end + 1 < len(keys) and keys[end] in _POINTERS:
        return (end, min(end + 3, len(keys)))
    for i in range(end, min(match_end + 2, len(keys) - 1)):
        if keys[i] in _PLURAL_POINTERS and keys[i + 1].isalpha() and keys[i + 1] != "as":
            return (i, i + 2)
    return None


def _pointed_data(keys: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the data that was spoken of before, where it is denied: "this data is not sold"."""
    for i in (start - 1, start):
        if i >= 0 and keys[i] in _POINTERS and _next_in(keys, i, _CARRIED_OVER):
            return (i, i + 2)
    return None


def _pointed_things(keys: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Return things that were spoken of before, last in a denial: "not encrypt these messages"."""
    for i in range(start, min(end + 1, len(keys) - 1)):
        if keys[i] in _PLURAL_POINTED:
            behind = range(i + 1, min(i + 4, len(keys)))
            return (i, next((j for j in behind if not keys[j].isalpha()), behind[-1]))
    return None


def _pointed_way(keys: Sequence[str], end: int) -> tuple[int, int] | None:
    """Return words that tie the subject to what was told before: "data gathered this way"."""
    for i in range(1, end - 1):
        if keys[i] in _POINTERS and keys[i + 1] == "way":
            return (i - 1, i + 2)
    return None


def _people(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the people of one place, or the users of one system, whom a denial is about."""
    for i in range(match[0] + 1, _statement_end(keys, match[1] - 1)):
        if keys[i] in _INHABITANTS:
            return (i - 1, i + 3) if i + 2 < len(keys) and keys[i + 1] == "of" else (i - 1, i + 1)
        if keys[i] in _SYSTEMS and not _INSIDE.union(("for",)).isdisjoint(keys[i - 2 : i]):
            return (i - 1, i + 1)
    return None


def _exception_after(keys: Sequence[str], start: int, match_end: int) -> tuple[int, int] | None:
    """Return the exception that follows a negated act within its own statement.

    A use that limits the denial counts only behind the match: inside, it is what is denied.
    """
    end = _statement_end(keys, start)
    next_act = _next_act(keys, match_end, end)
    for i in range(start, min(end, start + _FORWARD)):
        if _is_other_than(keys, i) or _begins_with(keys, i, _EXCEPTIONS):
            return (i, end)
        if match_end <= i < next_act and _begins_with(keys, i, _USES):
            if _begins_with(keys, i, _WHATEVER_THE_GAIN) and _PASSING.isdisjoint(keys[start:i]):
                continue
            return (i, next_act)
        if match_end <= i and _begins_with(keys, i, _SENSES) and keys[i - 1] not in _COUNTED_IN:
            return (i, end)
    return None


def _begins_with(keys: Sequence[str], at: int, markers: _Markers) -> bool:
    return keys[at] in markers and any(
        tuple(keys[at : at + len(marker)]) == marker for marker in markers[keys[at]]
    )


def _next_act(keys: Sequence[str], start: int, end: int) -> int:
    """Return where the next act of a coordination begins behind a match that ends at ``start``."""
    conceded = not _CONCEDING.isdisjoint(keys[:start])
    for i in range(start, end - 1):
        if keys[i] not in _LINKS:
            continue
        if conceded and keys[i] == "," and keys[i + 1] in _OPENING_A_SUBJECT:
            return i
        if (keys[i + 1] in ACTS and keys[i - 1] != "(") or _opens_another_denial(keys, i + 1):
            return i
    return end


def _opens_another_denial(keys: Sequence[str], start: int) -> bool:
    """Return whether a denial with a subject of its own begins: "and your name is never sold"."""
    behind = keys[start : start + _SUBJECT_AND_VERB]
    negator = next((i for i, key in enumerate(behind) if key in {"not", "never"}), 0)
    return not _NO_SUBJECT.issuperset(behind[:negator])


def _one_product(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the words that tie a denial to one product: "from the desktop app"."""
    end = _statement_end(keys, match[1] - 1)
    for i in range(match[0], end - 3):
        if keys[i] in _INSIDE and keys[i + 1] in _ONE and keys[i + 2] not in _PRODUCTS:
            for j in range(i + 3, min(end, i + 6)):
                if keys[j - 1] in _WHOLE or not keys[j - 1].isalpha():
                    break
                if keys[j] in _PRODUCTS:
                    return (i, j + 1)
    return None


def _statement_end(keys: Sequence[str], start: int) -> int:
    """Return where the statement ends: at a semicolon, or where "and we" begins another."""
    for i in range(start, len(keys)):
        if keys[i] == ";":
            return i
        if keys[i] == "we" and keys[i - 1] in _CONJUNCTIONS:
            return i - 1
    return len(keys)


def _exception_before(keys: Sequence[str], act_start: int) -> tuple[int, int] | None:
    """Return an exception that opens the sentence: "Except as told below, we do not sell"."""
    end = next((i for i in range(act_start) if keys[i] == ","), act_start)
    with_exceptions = keys[0] == "with" and _EXCEPTION in keys[:end]
    return (0, end) if with_exceptions or _begins_with(keys, 0, _EXCEPTIONS) else None
