"""Which product, place or people a denial is about, where it is not about all that is done.

"The Pro plan does not track you" leaves the free plan open, "data of job applicants is not sold"
everybody else, and "it is not sold" what was not spoken of. Works on the keys of one sentence
(``reader.disclosures.words``).
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.disclosures.clauses import next_in, statement_end
from reader.disclosures.objects import ACTS
from reader.disclosures.words import key_of, keys_of

# What can open a sentence and name a part: "With respect to minors, we do not", "As a guest ..."
_OPENINGS = tuple(
    tuple(key_of(word) for word in opening.split())
    for opening in (
        "with respect to", "with regard to", "as regards", "as for", "as to", "regarding",
        "concerning", "under", "as a", "as an", "for", "in", "on", "within", "unlike",
    )
)  # fmt: skip
# ... and what opens one without naming any
_NOT_A_PART = keys_of(
    "addition general particular fact short brief other accordance compliance keep line no any all "
    "every this that these such summary conclusion return order principle practice reality essence "
    "example instance clarity clarification avoidance your our security privacy safety legal part "
    "contrary case event so doubt now both either spite consideration light purpose reason sake "
    "matter rule result policy notice statement law term noted above described below company "
    "business interest have read question past last preceding previous future # twelve month year "
    "day event spirit world record"
)
_ARTICLES = keys_of("the a an")
_CONDITIONS = keys_of("if when where once")
# "As the kiosk is offline, we do not": what is told of one thing, and holds for it
_BECAUSE = keys_of("as since because")
_LONGEST_OPENING = 14
_LONGEST_CONDITION = 30
# "It is not sold", "such answers are never used": what it was told of before is meant
_POINTERS = keys_of("this these those such")
_PRONOUNS = keys_of("it they this these those")
_OF_PEOPLE = keys_of("personal private sensitive")  # "such personal data"
_WIDE_NOUNS = keys_of("site website service company app application policy notice business")
_CLAUSE_STARTS = keys_of(", ; and but or")
_NO_ACT = keys_of("we us our be not never no in")
# Between such a subject and its act stand only these.
_TO_THE_ACT = keys_of(
    "be not never no longer will may can could shall ever also either currently further and or "
    "nor , sell rent share use trade lease disclose give transfer"
)
# One product of several, told from the others by the word before it
_PRODUCTS = keys_of(
    "app application product plan service version edition tier subscription extension program "
    "feature tool plugin player device site website store newsletter widget forum blog account beta"
)
_INSIDE = keys_of("in from of on through via within by")
_DETERMINERS = keys_of("the our its this")
# Words before a product that tell it from no other: "the mobile app", "our online services"
_TELLING_NOTHING = keys_of(
    "web online mobile internet our own whole entire other third party same site website service "
    "app application and or of that which any all you your we information data social user said "
    "customer above such digital external outside linked company business future ,"
)
_INHABITANTS = keys_of("resident residents citizen citizens")
_SYSTEMS = keys_of("ios android iphone ipad windows macos linux")
_BEFORE_SYSTEMS = _INSIDE.union(keys_of("for"))
# People who are only some of those whose data a company has
_SOME_PEOPLE = keys_of(
    "applicant candidate employee student pupil patient donor volunteer contractor merchant seller "
    "driver teacher guest"
)
_LAWS = keys_of("law legislation regulation rule")  # "by applicable law": no applicants
_ANYBODY = keys_of("customer user member subscriber client consumer visitor account reader")
_TOLD_APART = keys_of(
    "paying paid pay free premium pro plus business enterprise government commercial corporate "
    "registered unregistered guest european eu eea uk us californian canadian australian nevada "
    "virginia colorado education school adult basic professional"
)
_VERBS_OF_DENIAL = keys_of("do will have shall")
_ADVERBS = keys_of(
    "also still never now further therefore otherwise either ourselves too alone all currently "
    "presently directly generally clearly certainly simply proudly expressly knowingly strictly "
    "fully"
)
_DATA = keys_of("data information")
_HELD_OF = keys_of("of about from on by")
_GATHERED = keys_of("collect gather obtain receive provide give submit enter make generate")
_BY_WAY_OF = keys_of("via through in on during from with by for")
_MEANS = keys_of("via through")
_NO_SOURCE = keys_of(
    "site website service app application platform company user customer you us we cookie product "
    "following data information purpose privacy policy form use way time course subject third "
    "party consumer member individual"
)
_ENDS = keys_of("; , and or but")
_REACH = 14


def part_denied(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the words that name the part which a denial at word indexes ``match`` is about.

    None where it is about all that the author does, as far as its sentence tells.
    """
    return (
        _product_inside(keys, match)
        or _inhabitants(keys, match)
        or _opening(keys, match[0])
        or _product(keys, match[0])
        or _named_product(keys, match[0])
        or _people(keys, match)
        or _source(keys, match)
        or _pointed_subject(keys, match[0])
    )


def _product_inside(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the words that tie a denial to one product: "from the desktop app"."""
    end = statement_end(keys, match[1])
    for i in range(match[0], end - 3):
        if keys[i] in _INSIDE and (behind := _end_of_product(keys, i + 1, end)):
            return (i, behind)
    return None


def _inhabitants(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the people of one place, or the users of one system, whom a denial is about."""
    for i in range(match[0], statement_end(keys, match[1])):
        if keys[i] in _INHABITANTS:
            end = i + 3 if next_in(keys, i, {"of"}) else i + 1
            return (max(0, i - 1), min(end, len(keys)))
        if keys[i] in _SYSTEMS and not _BEFORE_SYSTEMS.isdisjoint(keys[max(0, i - 2) : i]):
            return (i - 1, i + 1)
    return None


def _opening(keys: Sequence[str], act: int) -> tuple[int, int] | None:
    """Return what opens the sentence before its subject: "For users in the EU we do not"."""
    behind = range(2, min(act, _LONGEST_CONDITION))
    end = next((i for i in behind if keys[i] in {",", "we"}), None)
    if end is not None and (keys[0] in _CONDITIONS or _is_reason(keys, end)):
        return (0, end)
    opening = next((o for o in _OPENINGS if tuple(keys[: len(o)]) == o), None)
    if opening is None:
        return None
    first = len(opening)
    if keys[first] in _ARTICLES:
        first += 1
    end = next((i for i in range(first, act) if keys[i] in {",", "we"}), None)
    if end is None or end > _LONGEST_OPENING or end <= first:
        return None
    if opening[0] == "as" and _speaks_of_us(keys, end):
        return None
    if keys[first] in _WIDE_NOUNS or not _NOT_A_PART.isdisjoint(keys[first : first + 2]):
        return None
    return (0, end)


def _is_reason(keys: Sequence[str], end: int) -> bool:
    """Return whether what ends before ``end`` tells how one thing is: "As kiosks are offline"."""
    return keys[0] in _BECAUSE and keys[1] not in _NOT_A_PART and "be" in keys[2:end]


def _speaks_of_us(keys: Sequence[str], end: int) -> bool:
    """Return whether what ends before ``end`` names the author: "As a small shop, we ..."."""
    subject = keys[end + 1] if keys[end] == "," else keys[end]
    return subject == "we" and _ANYBODY.union(_SOME_PEOPLE).isdisjoint(keys[:end])


def _product(keys: Sequence[str], act: int) -> tuple[int, int] | None:
    """Return the product that is the subject of the denial: "the Pro version does not"."""
    for i in range(max(0, act - _REACH), act - 2):
        if end := _end_of_product(keys, i, act):
            return (i, end)
    return None


def _end_of_product(keys: Sequence[str], start: int, end: int) -> int | None:
    """Return where "the Pro version" ends that begins at ``start``, told from others by a word.

    None where none does that ends before ``end``.
    """
    if keys[start] not in _DETERMINERS or keys[start + 1] in _PRODUCTS:
        return None
    for i in range(start + 2, min(end, start + 5)):
        if keys[i - 1] in _TELLING_NOTHING or not keys[i - 1].isalpha():
            return None
        if keys[i] in _PRODUCTS:
            return i + 1
    return None


def _named_product(keys: Sequence[str], act: int) -> tuple[int, int] | None:
    """Return the product with its author's name that is the subject: "Lampo Glow does not"."""
    for i in range(max(0, act - _REACH), act - 3):
        named = keys[i] == "we" and keys[i + 1].isalpha() and keys[i + 2] in _VERBS_OF_DENIAL
        if named and keys[i + 3] in {"not", "never"} and not _is_adverb(keys[i + 1]):
            return (i, i + 2)
    return None


def _is_adverb(key: str) -> bool:
    return key.endswith("ly") or key in _ADVERBS


def _people(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return the people whose data alone is meant: "the data of paying customers"."""
    for i in range(max(0, match[0] - _REACH), min(len(keys), match[1] + 5)):
        if keys[i] in _ENDS and i >= match[1]:
            break
        if keys[i] in _ANYBODY and i and keys[i - 1] in _TOLD_APART:
            return (i - 1, i + 1)
        if keys[i] in _SOME_PEOPLE and _is_owner(keys, i) and _LAWS.isdisjoint(keys[i : i + 5]):
            told_apart = i > 0 and keys[i - 1].isalpha() and keys[i - 1] not in ACTS
            return (i - 1 if told_apart else i, i + 1)
    return None


def _is_owner(keys: Sequence[str], at: int) -> bool:
    """Return whether these are the people whom the data is of: "of applicants", "student data"."""
    before = keys[max(0, at - 3) : at]
    return not (_HELD_OF.isdisjoint(before) and _DATA.isdisjoint(keys[at + 1 : at + 3]))


def _source(keys: Sequence[str], match: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the data comes from that alone is meant: "data collected via the survey"."""
    for i in range(max(1, match[0] - _REACH), min(len(keys) - 3, match[1] + 3)):
        if (
            keys[i] in _GATHERED
            and keys[i - 1] in _DATA
            and keys[i + 1] in _BY_WAY_OF
            and (keys[i + 2] in _DETERMINERS or keys[i + 1] in _MEANS)
            and _NO_SOURCE.isdisjoint(keys[i + 2 : i + 5])
        ):
            return (i - 1, i + 4)
    return None


def _pointed_subject(keys: Sequence[str], act: int) -> tuple[int, int] | None:
    """Return the subject and act of a denial about what was spoken of before: "it is not sold"."""
    if keys[act] in _NO_ACT or "be" not in keys[:act]:  # "it does not sell": the company
        return None
    for i in range(act - 1, max(-1, act - _REACH), -1):
        if i and keys[i - 1] not in _CLAUSE_STARTS:
            continue
        if keys[i] in _PRONOUNS and _TO_THE_ACT.issuperset(keys[i + 1 : act]):
            return (i, act + 1)
        end = i + 3 if keys[i + 1] in _OF_PEOPLE else i + 2
        named = keys[i] in _POINTERS and keys[end - 1] not in _WIDE_NOUNS
        if named and end < act and _TO_THE_ACT.issuperset(keys[end:act]):
            return (i, end)
    return None
