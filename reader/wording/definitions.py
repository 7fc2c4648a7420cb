"""The policy's own terms: where it gives one its meaning, and where it uses the term.

In: a text and its sentences. Out: a mark ``defined-term`` on each use, which points to the words
that give the meaning. A term is found with exactly the capitals of its definition, so "Services"
is one and "services" never is; what a capital alone cannot tell apart, such as the first word of a
sentence, is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.model import Mark, MarkKind, Sentence, Span
from reader.signs import pieces_with_signs

_LONGEST_NOTE = 160
"""Characters of a meaning that a mark's note repeats; the mark points to all of it."""
_MOST_WORDS = 6  # of a term
# No policy has more; a text that is made to keep us busy may.
_MOST_TERMS = 200
_MOST_USES = 1000  # of one term
_MOST_QUOTED = 40  # in one sentence
_LONGEST_LEAD = 600  # characters before a term in which its meaning is looked for
_BESIDE = 80  # letters before a term in which its own words make it a short form of a name
_FEWEST_LETTERS = 5  # of a meaning


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, where it is given its meaning, and the words that are the meaning."""

    term: str
    place: Span
    meaning: Span


def find_defined_terms(text: str, sentences: Sequence[Sentence]) -> tuple[Mark, ...]:
    """Return a mark on each use of each term that the text defines, in order.

    A term that is defined more than once has the last meaning before its use, or else the first.
    """
    definitions = find_definitions(text, sentences)
    if not definitions:
        return ()
    by_term: dict[str, list[Definition]] = {}
    for definition in definitions:
        if definition.term in by_term or len(by_term) < _MOST_TERMS:
            by_term.setdefault(definition.term, []).append(definition)
    starts = [sentence.span.start for sentence in sentences]
    found: list[tuple[int, int, str]] = [
        (each.place.start, -each.place.end, "") for each in definitions
    ]
    for term in by_term:
        uses = _uses(term, text, sentences, starts)
        found += [(span.start, -span.end, term) for span in islice(uses, _MOST_USES)]
    found.sort()
    marks: list[Mark] = []
    free_from = 0
    for start, negative_end, term in found:
        if start < free_from:
            continue
        span = Span(start, -negative_end)
        free_from = span.end
        if term:
            meanings = by_term[term]
            places = [each.place.start for each in meanings]
            chosen = meanings[max(0, bisect_right(places, start) - 1)]
            if not chosen.meaning.contains(span):
                note = _note(chosen, text)
                marks.append(Mark(span, MarkKind.DEFINED_TERM, note, chosen.meaning))
    return tuple(marks)


def find_definitions(text: str, sentences: Sequence[Sentence]) -> tuple[Definition, ...]:
    """Return what the text defines, in order."""
    found: list[Definition] = []
    starts = [sentence.span.start for sentence in sentences]
    for index in pieces_with_signs(text, starts, _SIGNS):
        sentence = sentences[index]
        words = sentence.span.of(text)
        for term, place, meaning in _defined_in(words):
            span = _trimmed(text, _from(sentence.span.start, meaning))
            if words.endswith(":") and span.end >= sentence.span.end - 1:
                span = Span(span.start, _end_of_list(index, sentences))
            elif meaning == _THE_ONE_BEFORE:
                if not index or sentences[index - 1].block != sentence.block:
                    continue
                span = sentences[index - 1].span
            if span.end - span.start >= _FEWEST_LETTERS and _is_term(term):
                found.append(Definition(term, _from(sentence.span.start, place), span))
    return tuple(sorted(found, key=lambda each: each.place))


# One of these stands in every sentence that ``_defined_in`` finds a term in.
_SIGNS = ("“", '"', " mean", " refer", " defined ")


def _from(start: int, place: tuple[int, int]) -> Span:
    return Span(start + place[0], start + max(place[1], place[0] + 1))


def _trimmed(text: str, span: Span) -> Span:
    """Return the span of a meaning without what only joins it to the term."""
    last = max(span.start, span.end - _LONGEST_LEAD)
    joined = _JOINED.search(text, last, span.end)
    return Span(span.start, max(joined.start(), span.start + 1)) if joined else span


_JOINED = re.compile(r"(?:[\s,;(–—-]|\b(?:and|which|that|is|are|also)\b)+$")


def _end_of_list(index: int, sentences: Sequence[Sentence]) -> int:
    """Return where the list ends that a sentence opens, or the sentence where it opens none."""
    end = index
    while end + 1 < len(sentences) and sentences[end + 1].lead_in == index:
        end += 1
    return sentences[end].span.end


def _note(definition: Definition, text: str) -> str:
    """Return the words of a meaning, cut to those nearest to the term where they are many."""
    words = " ".join(definition.meaning.of(text).split()).strip(" ,;:")
    if len(words) <= _LONGEST_NOTE:
        return words
    if definition.meaning.start < definition.place.start:
        return "… " + words[-_LONGEST_NOTE:].partition(" ")[2]
    return words[:_LONGEST_NOTE].rpartition(" ")[0].rstrip(" ,;:") + " …"


# --- definitions ----------------------------------------------------------------------------------

# Whole pairs, whatever they hold, so that what stands between two quotations is none.
_QUOTED = re.compile(r"“(?P<curly>[^“”\n]{1,160})[”\"]|\"(?P<straight>[^\"\n]{1,160})\"")

# “Lamp Data” (…) means …; as used here, refers to …
_MEANS = re.compile(
    r" ?(?:\([^()]{0,160}\) ?)?,? ?(?:as (?:used|referred to)[^,]{0,60}, )?"
    r"(?:(?:shall|will|also|as used here(?:in)?) ){0,3}"
    r"(?P<verb>means?|refers? to|has the (?:same )?meaning|have the (?:same )?meaning"
    r"|(?:is|are) defined as|includes?)\b:?\s*"
)
_IS = re.compile(r"\s*(?:is|are)\s+(?=(?:an?|any|all|the|information|data|those|someone)\b)")
_AT_THE_START = re.compile(r"\W*(?:(?:the|a|an|our)\s+)?(?:terms?\s+)?", re.IGNORECASE)

# (collectively, the “Lamp Data”), (“we”, “us” or the “Company”)
_IN_BRACKETS = re.compile(
    r"\((?:\s|,|;|[\"“][^\"“”()]{1,60}[\"”]|\b(?:collectively|together|herein(?:after)?|hereafter"
    r"|each|individually|jointly|also|generally|referred|refer|known|defined|to|as|the|our|your|an?"
    r"|this|these|such|all|or|and|any|we|call|called|it|them|in|here|policy|notice|for|short|below"
    r"|throughout|aka|named|singly|with|collective|being|simply|both|either)\b)*$",
    re.IGNORECASE,
)
# (together with our lamps, the “Lamp Data”), (also referred to in section 5 as “Lamp Data”)
_LAST_IN_BRACKETS = re.compile(
    r"\((?!\s*(?:e\.?g|i\.e|such as|see|for example|like|as described|described|including)\b)"
    r"[^()“”\"]{2,120}?(?:[,;:]\s*(?:and\s+)?|\breferred to [^()“”\"]{0,40}?as\s+|\baka\s+)"
    r"(?:(?:the|our)\s+)?$",
    re.IGNORECASE,
)
# (“Lamp Shop”, “we” or “us”): a name of the policy's author, whom everyone knows by then
_AUTHOR = re.compile(r"[“\"](?:we|us|our)\b[,.]?[”\"]", re.IGNORECASE)
# we call this “Lamp Data”; we refer to these as “Lamp Data”; collectively referred to as the …
_WE_CALL = re.compile(
    r"(?:\b(?:we|which we|that we)\s+(?:(?:will|may|also|collectively|generally)\s+)*"
    r"(?:call|refer to|define|describe)\s+(?P<what>[^.;“\"]{0,60}?)(?:\s*as)?"
    r"|\b(?:collectively|together|jointly|hereinafter|hereafter|herein|individually|each)[\s,]+"
    r"(?:(?:are|is|be|being|also)\s+)?(?:(?:referred to|known|called|defined)\s+)?"
    r"(?:herein\s+)?(?:as\s+)?"
    r"|\b(?:referred to|defined)(?:\s+\w+){0,4}?\s+as)\s*(?:the|our|an?)?\s*$",
    re.IGNORECASE,
)
# What only points to the sentence before: "This is", "And together".
_POINTS_BACK = re.compile(
    r"\W*(?:(?:and|or|together|collectively|all|each)\W*)*"
    r"(?:(?:this|these|that|those|such)\b.{0,40})?",
    re.IGNORECASE,
)
_THE_ONE_BEFORE = (0, 0)

# Lamp Data means …, without quotation marks, at the start of a sentence.
_BARE = re.compile(
    r"\W{0,9}(?:(?:[a-z]|\d{1,3}(?:\.\d{1,3}){0,3})[.)] ?)?(?:The term )?"
    r"(?P<term>[A-Z][\w’'-]{0,40}(?: (?:[A-Z][\w’'-]{0,40}|and|of|or|&)){0,5})"
    r"(?= ?(?:\([^()]{0,160}\) ?)?,? ?(?:shall )?(?:means?|refers? to|shall mean)\b)"
)
_NEVER_BARE = frozenset(
    "This That It Which What These Those He She They Each By And The A An If When Where There Here "
    "Section Privacy Consent In Our Your".split()
)
# Lamp Data (as defined in the Lamp Act)
_ELSEWHERE = re.compile(
    r"\b(?P<term>[A-Z][\w’'-]{0,40}(?: [A-Z][\w’'-]{0,40}){1,4})[”\"]? ?,? ?\(?"
    r"(?P<meaning>as (?:that term is |such term is |those terms are |further )?"
    r"defined (?:in|by|under) (?!this\b|our\b|(?:the )?(?:section|paragraph)\b)"
    r"(?:[^().;,]|\([^()]{0,20}\)){3,90})"
)
_OPENERS = frozenset("The Our Any Your Such All A An This Each For These Certain Of No".split())

_Found = tuple[str, tuple[int, int], tuple[int, int]]


def _defined_in(words: str) -> Iterator[_Found]:
    """Yield each term that a sentence defines, with where it stands and where its meaning does.

    The meaning (0, 0) is the sentence before.
    """
    has_quotes = "“" in words or '"' in words
    for match in islice(_QUOTED.finditer(words) if has_quotes else (), _MOST_QUOTED):
        term, place = (match["curly"] or match["straight"]).strip(" ,.;"), match.span()
        if not term[:1].isupper():
            continue
        lead = max(0, match.start() - _LONGEST_LEAD)
        before = lead, match.start()
        means = _MEANS.match(words, match.end())
        is_first = bool(_AT_THE_START.fullmatch(words, *before))
        if means is None and is_first:
            means = _IS.match(words, match.end())
        if means and (is_first or means.groupdict().get("verb") not in (None, "include")):
            yield term, place, (means.end(), len(words))
        elif summed := (
            _IN_BRACKETS.search(words, *before)
            or (words.startswith(")", match.end()) and _LAST_IN_BRACKETS.search(words, *before))
            or _WE_CALL.search(words, *before)
        ):
            end = summed.start()
            if _AUTHOR.search(words, end, (words.find(")", match.end()) + 1) or match.end()):
                continue
            start = _start_of_clause(words, lead, end)
            near = words[max(start, end - _BESIDE) : end]
            if _POINTS_BACK.fullmatch(words, start, end):
                yield term, place, _THE_ONE_BEFORE
            elif not re.search(rf"\b{re.escape(term)}\b", near):
                yield term, place, (start, end)
    if " mean" in words or " refer" in words:
        bare = _BARE.match(words)
        if bare and bare["term"] not in _NEVER_BARE:
            means = _MEANS.match(words, bare.end())
            if means:
                yield bare["term"], bare.span("term"), (means.end(), len(words))
    if " defined " in words:
        for match in _ELSEWHERE.finditer(words):
            term = match["term"]
            opener, _, rest = term.partition(" ")
            if opener in _OPENERS:
                term = rest
            if " " in term:
                end = match.end("term")
                yield term, (end - len(term), end), match.span("meaning")


def _start_of_clause(words: str, lead: int, end: int) -> int:
    """Return where the part of a sentence begins that a term in brackets sums up."""
    start = lead if lead == 0 else max(words.find(" ", lead, end) + 1, lead)
    for match in _CLAUSE_ENDS.finditer(words, lead, end):
        if end - match.end() >= _FEWEST_LETTERS:
            start = match.end()
    return start


_CLAUSE_ENDS = re.compile(r"(?:[;:|]\s+|[”\"]\s*\),?\s+)(?:(?:and|or|as well as)\s+)*")


def _is_term(term: str) -> bool:
    """Return whether a term has a meaning to be shown: not "We", nor what a policy calls itself."""
    words = term.split()
    if not 1 <= len(words) <= _MOST_WORDS or len(term) < 2:
        return False
    plain = {word.lower().strip("’'") for word in words}
    return not plain <= _PEOPLE and not plain <= _ITSELF


_PEOPLE = frozenset(
    "we us our ours you your yours i me my it they them their and or he she".split()
)
_ITSELF = frozenset("this the privacy cookie policy notice statement agreement document".split())


# --- uses -----------------------------------------------------------------------------------------


def _uses(
    term: str, text: str, sentences: Sequence[Sentence], starts: Sequence[int]
) -> Iterator[Span]:
    """Yield where a text uses a term with its very letters."""
    place = text.find(term)
    while place >= 0:
        span = Span(place, place + len(term))
        place = text.find(term, span.end)
        index = bisect_right(starts, span.start) - 1
        if index < 0 or not sentences[index].span.contains(span):
            continue
        if _is_whole(text, span, sentences[index].span.start):
            yield span


def _is_whole(text: str, span: Span, start: int) -> bool:
    """Return whether a term stands for itself: no part of a word or of a longer name.

    ``start`` is that of its sentence, whose first word has a capital in any case.
    """
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if before.isalnum() or after.isalnum() or before in _JOINERS or after in _JOINERS:
        return False
    lead = text[max(start, span.start - _MOST_LETTERS) : span.start]
    is_one_word = " " not in span.of(text)
    if is_one_word and not any(map(str.isalnum, lead)):
        return False
    previous = _PREVIOUS_NAME.search(lead)
    if previous and previous["word"] not in _BEFORE_A_TERM:
        return False
    following = _NEXT_NAME.match(text, span.end)
    return not following or following["word"] in _AFTER_A_TERM


_MOST_LETTERS = 60  # of the word before
_JOINERS = frozenset("-‐‑&@/_#")
_PREVIOUS_NAME = re.compile(r"\b(?P<word>[A-Z][\w’'-]*)[ \t]$")
_NEXT_NAME = re.compile(r"[ \t](?P<word>[A-Z][\w’'-]{0,40})")
_BEFORE_A_TERM = frozenset(
    "The Our Your This These Such Any All If When By Using With A An Each For No Other In Of To We "
    "Some Certain Where Through Under On From Use What How And Or Use Collect Share".split()
)
_AFTER_A_TERM = frozenset(
    "We You Our Your Us I The This That Is Are And Or For To In On From".split()
)
