"""Blocks to sentences: where each begins and ends, and what a list item completes.

In: a text, its blocks and sections. Out: sentences, ordered and disjoint, each inside one block.
Headings hold none. A block that is no prose, such as an address, is one sentence.

A sentence may end at a full stop, a question or an exclamation mark. Rules decide what policies
do in their own way, such as numbered clauses and names with stops; the abbreviations, initials
and numbers that are left go to Punkt (Kiss and Strunk 2006, Computational Linguistics 32:485), with
parameters from ``resources/abbreviations.toml`` in place of a trained model.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reader.model import Block, BlockKind, Section, Sentence, Span
from reader.paths import resource

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

LONGEST_SENTENCE = 400
"""Words after which a sentence is cut: no policy writes longer ones, damaged files hold them."""


def find_sentences(
    text: str, blocks: tuple[Block, ...], sections: tuple[Section, ...]
) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, list items with the sentence they complete."""
    section_starts = [section.span.start for section in sections]
    sentences: list[Sentence] = []
    lists = _OpenLists()
    section = -1
    for index, block in enumerate(blocks):
        here = max(0, bisect_right(section_starts, block.span.start) - 1)
        if block.kind is BlockKind.HEADING:
            lists.enter(block)
            section = here
            continue
        if here != section:
            lists = _OpenLists()
            section = here
        words = block.span.of(text)
        spans = split_sentences(words) if block.scored else [_trimmed(words, 0, len(words))]
        is_label = lists.is_label(block, words, blocks[index + 1 : index + 2], text)
        lead_in = lists.lead_in(block, is_label=is_label)
        for number, (start, end) in enumerate(spans):
            sentence = words[start:end]
            if not _WORD.search(sentence):
                continue
            completes = lead_in is not None and (
                (lead_in.takes_statements and number == 0)
                or (block.kind is BlockKind.LIST_ITEM and not _stands_alone(sentence))
            )
            sentences.append(
                Sentence(
                    span=Span(block.span.start + start, block.span.start + end),
                    section=section,
                    block=index,
                    lead_in=lead_in.sentence if lead_in and completes else None,
                )
            )
        if sentences and sentences[-1].block == index:
            last = sentences[-1].span.of(text)
            lists.follow(block, len(sentences) - 1, last, is_label=is_label)
    return tuple(sentences)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of one block of prose start and end, without the blanks around.

    A sentence of more than 400 words is cut, after a semicolon or comma where it has one.
    """
    return [
        piece
        for start, end in _between_ends(text)
        for piece in _cut_if_endless(text, start, end)
        if piece[0] < piece[1]
    ]


# --- lead-ins -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _LeadIn:
    """The sentence that opens a list, by its index, and the character that it ends with."""

    sentence: int
    end: str

    @property
    def takes_statements(self) -> bool:
        """Return whether an item that could stand alone completes it: it ends in no full stop.

        What follows in the item completes it only if it could not stand alone.
        """
        return self.end not in _FULL_STOPS

    @property
    def ends_in_colon(self) -> bool:
        """Return whether it surely opens a list."""
        return self.end == ":"


class _OpenLists:
    """The lists that are open at one block of a section, with their lead-ins by depth.

    A lead-in lives on across the labels that part its list: headings below its own section's,
    and short lines ("Identifiers") or examples ("Such as your name") straight below it or them.
    """

    def __init__(self) -> None:
        self._level = 0
        self._lead_ins: dict[int, _LeadIn | None] = {}
        self._last: _LeadIn | None = None
        self._outer: _LeadIn | None = None
        self._outer_level = 0
        self._label_level: int | None = None
        """The level of the labels under the outer lead-in; 7 where they are no headings."""

    def enter(self, heading: Block) -> None:
        """Take note of a heading: it ends every list unless it is a label within one."""
        directly = self._last is not None and self._last is self._outer
        label = 0 < self._outer_level < heading.level and (
            heading.level >= self._label_level
            if self._label_level is not None
            else directly or not heading.explicit
        )
        self._level = heading.level
        self._lead_ins.clear()
        if not label:
            self._outer = None
            self._label_level = None
        elif self._label_level is None:
            self._label_level = heading.level
        self._last = self._outer

    def lead_in(self, block: Block, *, is_label: bool) -> _LeadIn | None:
        """Return what a list item or label completes; None for other blocks, or without one."""
        if block.kind is not BlockKind.LIST_ITEM:
            return self._outer if is_label else None
        depth = block.level
        self._lead_ins = {d: known for d, known in self._lead_ins.items() if d <= depth}
        if depth not in self._lead_ins:
            around = self._lead_ins[max(self._lead_ins)] if self._lead_ins else None
            self._lead_ins[depth] = self._last or around
        return self._lead_ins[depth]

    def is_label(self, block: Block, words: str, following: tuple[Block, ...], text: str) -> bool:
        """Return whether a paragraph only names a part of the open list or spells it out.

        ``following`` holds the next block of ``text``, if any: a label has its items below it.
        """
        if self._outer is None or block.kind is not BlockKind.PARAGRAPH or not block.scored:
            return False
        if _EXAMPLES.match(words):
            return True
        directly = self._last is self._outer or self._label_level is not None
        return (
            directly
            and self._outer.ends_in_colon
            and len(words.split()) <= _LONGEST_NAME
            and not words.endswith(_FULL_STOPS)
            and not _STATEMENT.search(words.lower())
            and any(
                after.kind is BlockKind.LIST_ITEM or _EXAMPLES.match(after.span.of(text))
                for after in following
            )
        )

    def follow(self, block: Block, sentence: int, words: str, *, is_label: bool) -> None:
        """Take note of a block by its last sentence: it may lead into the list that comes."""
        is_item = block.kind is BlockKind.LIST_ITEM
        is_name = is_item and len(words.split()) <= _LONGEST_NAME
        opens = is_label or is_name or _opens_list(words)
        self._last = _LeadIn(sentence, words[-1]) if opens else None
        if is_item:
            return
        self._lead_ins.clear()
        if is_label:
            self._label_level = self._label_level or _NO_HEADING
        else:
            self._outer = self._last
            self._outer_level = self._level
            self._label_level = None


_NO_HEADING = 7
_FULL_STOPS = (".", "!", "?")
_LONGEST_NAME = 6
"""Words up to which an item with items below it is their common name: "Contact data."."""
_STATEMENT = re.compile(
    r"\b(?:we|you|they|it|us|following|includ(?:e|es|ing)|such as|are|is|may)\b"
)
"""What tells a lead-in without any mark at its end, "We may use it to", from a title or a date."""
_EXAMPLES = re.compile(
    r"(?:(?:some |other )?examples?|for example|for instance|e\.g|such as|includ(?:es?|ing)"
    r"|(?:this|these|they|it) (?:may |can |might )?includes?)\b(?!.*\bwe\b)",
    re.IGNORECASE,
)
"""What opens a line that only spells out what stands before it."""
_ANNOUNCEMENT = re.compile(
    r"\b(?:following|as follows|below|these (?:\w+ )?(?:purposes|reasons|cases|circumstances"
    r"|situations|ways|categories|types|rights|parties))\b"
)
_IN_ANNOUNCEMENTS = ("follow", "below", "these")
"""One of these stands in each, and is looked for several times faster."""


def _opens_list(sentence: str) -> bool:
    """Return whether a sentence before a list leads into it: by its ending or by its words."""
    words = sentence.lower()
    if sentence.endswith(_FULL_STOPS):
        announces = any(word in words for word in _IN_ANNOUNCEMENTS)
        return announces and bool(_ANNOUNCEMENT.search(words))
    return sentence[-1] in ":;,–—-" or bool(_STATEMENT.search(words))


_LABEL = re.compile(r"[(\[]?(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivxlIVXL]+)[.)\]]+\s+")


def _stands_alone(sentence: str) -> bool:
    """Return whether a sentence opens like a statement of its own: "2. We collect ..."."""
    label = _LABEL.match(sentence)
    first = _WORD.search(sentence, label.end() if label else 0)
    return first is not None and first[0][0].isupper() and _plain(first[0]) in _lexicon().openers


# --- where a sentence ends ------------------------------------------------------------------------

_PLACE = re.compile(
    # The first mark of a run; the lookbehind stands second, so that the search is for marks alone.
    r"""(?P<mark>[.!?…] (?<![.!?…]{2}) [.!?…]*+)
        (?P<closing>(?:["'”’»)\]*†‡] | \[\d{1,3}\]){0,20})
        (?P<blank>\s*+)
        (?P<opening>(?:(?<=\s)[|•·*‣▪–-]\s+){0,20}[^\w\s.!?…]{0,8})
        (?P<next>\w[\w'’-]{0,40})""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_LAST_WORD = re.compile(r"[^\s\"“”‘()\[\],;:–—]++$")
_BAR = "|"
_LONGEST_WORD = 40
_COUNTING_REACH = 300
"""Characters within which one number of a counted line follows on another."""

_OPENING_QUOTES = ("“", "‘", '"')
_NUMBER_OR_LETTER = re.compile(r"\d+(?:\.\d+)*|[a-z]|[ivxl]+", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_REFERENCE = re.compile(
    r"\b(?:sections?|articles?|clauses?|paragraphs?|parts?|chapters?|points?|items?|annex|appendix)\s+$",
    re.IGNORECASE,
)
_LONGEST_REFERENCE = 12
_NUMBERED = re.compile(r"[Nn]os?\.\s?\d")
_GOES_ON = re.compile(r"[^\W_]+,?\s+[a-z]")
_ENDS_OF_HOSTS = ("com", "net", "org")
_NAME_IN_LOWER_CASE = re.compile(r"[a-z]+[A-Z]\w*|[a-z][\w-]*\.(?:com|org|net|io|gov|edu)\b")


class _Place(NamedTuple):
    """A place where a sentence of ``text`` may end, and what stands around it.

    The sentence begins at ``start``. ``word`` comes before the mark, '' where none does, and begins
    at ``word_start``; ``opening`` and ``next_word``, which begins at ``next_start``, come after the
    blank.
    """

    text: str
    start: int
    word_start: int
    word: str
    next_start: int
    mark: str
    closing: str
    blank: str
    opening: str
    next_word: str

    @property
    def rest(self) -> str:
        """Return the text from the next word on, a little of it."""
        return self.text[self.next_start : self.next_start + _LONGEST_WORD]

    @property
    def may_be_label(self) -> bool:
        """Return whether the word stands where a label would: it opens a sentence or quotation."""
        before = self.text[self.word_start - 1 : self.word_start]
        return before in _OPENING_QUOTES or not _WORD.search(self.text, self.start, self.word_start)

    @property
    def is_counted(self) -> bool:
        """Return whether a number is one of those that part a line: "1. Profile 2. Usage"."""
        number = self.word
        if not number.isdecimal() or len(number) > 2:
            return False
        before, after = f"{int(number) - 1}. ", f"{int(number) + 1}. "
        near = self.text[max(0, self.word_start - _COUNTING_REACH) : self.word_start]
        if number != "1":
            return near.startswith(before) or f" {before}" in near
        end = self.word_start + len(number)
        return f" {after}" in self.text[end : end + _COUNTING_REACH]

    @property
    def is_referred_to(self) -> bool:
        """Return whether a number is that of a part of a text: "Section 2.1"."""
        if not self.word[:1].isdigit():
            return False
        reach = max(0, self.word_start - _LONGEST_REFERENCE)
        return bool(_REFERENCE.search(self.text, reach, self.word_start))


def _between_ends(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block, blanks around them left out."""
    start = 0
    for match in _PLACE.finditer(text):
        end = match.start()
        word = _LAST_WORD.search(text, max(start, end - _LONGEST_WORD), end)
        place = _Place(
            text,
            start,
            word.start() if word else end,
            word[0] if word else "",
            match.start("next"),
            *match.groups(),
        )
        if _ends_sentence(place):
            yield _trimmed(text, start, match.end("closing"))
            start = match.end("blank")
    yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without the blanks, and the bars between cells of a table, at its ends.

    It is empty where it holds nothing else.
    """
    while start < end and (text[start].isspace() or text[start] == _BAR):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == _BAR):
        end -= 1
    return start, end


def _ends_sentence(place: _Place) -> bool:
    """Return whether a sentence ends at a place: the first rule that knows decides."""
    for rule in (
        _blank_is_missing,
        _is_label,
        _is_number_named,
        _is_end_of_cell,
        _is_asked_or_exclaimed,
        _goes_on_in_lower_case,
        _is_explained_in_brackets,
        _is_never_last,
        _is_plain_word,
    ):
        decision = rule(place)
        if decision is not None:
            return decision
    return _punkt_ends_sentence(place)


def _blank_is_missing(place: _Place) -> bool | None:
    """Without a blank, end a sentence only where one surely begins: "online.We use".

    That is at a usual opener, or at a capital after a word in lower case where the text goes on in
    lower case: "your order.Delivery takes".
    """
    if place.blank:
        return None
    word, after = place.word, place.next_word
    if not (word[-3:].isalpha() and word[-3:].islower()) or _is_abbreviation(word):
        return False
    if not (after[0].isupper() and after[1:2].islower()):
        return False
    if len(word) > 1 and _plain(after) in _lexicon().openers:
        return not place.rest[len(after) :].startswith((".", "@", "/"))
    return (
        len(word) > 2
        and word.isalpha()
        and word.islower()
        and _plain(after) not in _ENDS_OF_HOSTS
        and bool(_GOES_ON.match(place.rest))
    )


def _is_label(place: _Place) -> bool | None:
    """Keep a number or letter with what it labels: "2. We collect", "1. Profile 2. Usage".

    And keep the title of a part with its number: "Section 2. “Our lamps” says".
    """
    if place.mark != ".":
        return None
    if place.blank and place.is_counted:
        return False
    if place.is_referred_to and not place.closing and place.opening in _OPENING_QUOTES:
        return False
    if _NUMBER_OR_LETTER.fullmatch(place.word) and place.may_be_label:
        return False
    return None


def _is_number_named(place: _Place) -> bool | None:
    """Keep "No. 5" with what it numbers: "Reg. No. 5", "Company ID. No. 5"."""
    if place.mark != "." or not _NUMBERED.match(place.text, place.next_start):
        return None
    return False if place.word.isupper() or _is_abbreviation(place.word) else None


def _is_end_of_cell(place: _Place) -> bool | None:
    """End a sentence with its cell of a table, whatever the next one holds."""
    return True if _BAR in place.opening else None


def _is_asked_or_exclaimed(place: _Place) -> bool | None:
    """End a sentence at a question or an exclamation, but not in a name: "Yahoo! Inc."."""
    if not any(mark in place.mark for mark in "!?"):
        return None
    if place.next_word[0].islower():
        return False
    if place.mark == "!" and _plain(place.word) in _lexicon().exclaimed:
        return _plain(place.next_word) in _lexicon().openers
    return True


def _goes_on_in_lower_case(place: _Place) -> bool | None:
    """Go on in lower case, but for names ("eBay") and after long words: "your data. we also"."""
    if not place.next_word[0].islower():
        return None
    if place.closing or _is_abbreviation(place.word):
        return False
    if _NAME_IN_LOWER_CASE.match(place.rest):
        return True
    return len(place.mark) == 1 and len(place.word) > 3 and place.word.isalpha()


def _is_explained_in_brackets(place: _Place) -> bool | None:
    """Keep brackets with the abbreviation or quotation they explain: 'Acme Inc. (the "Shop")'."""
    if "(" in place.opening and (place.closing or _is_abbreviation(place.word)):
        return False
    return None


def _is_never_last(place: _Place) -> bool | None:
    """Keep a title or an "e.g." with what follows."""
    return False if not place.closing and _plain(place.word) in _lexicon().never_last else None


def _is_plain_word(place: _Place) -> bool | None:
    """End a sentence at a word that is no abbreviation, and at three dots before a capital."""
    if len(place.mark) > 1 or "…" in place.mark:
        return True
    if len(place.word) > 1 and place.word.isalpha() and not _is_abbreviation(place.word):
        return True
    return None


def _is_abbreviation(word: str) -> bool:
    """Return whether a word's full stop may belong to itself."""
    lexicon = _lexicon()
    plain = _plain(word)
    return (
        plain in lexicon.may_be_last
        or plain in lexicon.never_last
        or plain in lexicon.before_number
        or len(plain) == 1
        or bool(_DOTTED.fullmatch(plain))
    )


# --- Punkt ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The word lists of ``resources/abbreviations.toml``, which says what each holds."""

    never_last: frozenset[str]
    may_be_last: frozenset[str]
    before_number: frozenset[str]
    openers: frozenset[str]
    exclaimed: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    lists = tomllib.loads(resource("abbreviations.toml").read_text(encoding="utf-8"))
    return _Lexicon(**{name: frozenset(words) for name, words in lists.items()})


def _punkt_ends_sentence(place: _Place) -> bool:
    """Return what Punkt says of a word with a full stop and the word after it."""
    # Letters with stops between them are all one to Punkt, which knows only those it was given.
    word = "u.s" if _DOTTED.fullmatch(_plain(place.word)) else place.word
    # And of what begins with a digit it knows only plain numbers: "No. 23-17A".
    after = "0" if place.next_word[0].isdigit() else place.next_word.replace("’", "'")
    tokens = [f"{word}.", after]
    return len(list(_punkt().sentences_from_tokens(tokens))) > 1


@cache
def _punkt() -> PunktSentenceTokenizer:
    """Return Punkt with our abbreviations, openers and numbered references."""
    # Here, not above: nltk takes a while to import, and only a process that analyses needs it.
    from nltk.tokenize import punkt

    lexicon = _lexicon()
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(lexicon.may_be_last)
    parameters.sent_starters = set(lexicon.openers)
    parameters.collocations = {(word, "##number##") for word in lexicon.before_number}
    for word in lexicon.openers:
        # Punkt's orthographic test: a word known in lower case that stands here with a capital.
        parameters.add_ortho_context(word, punkt._ORTHO_MID_LC)
    return punkt.PunktSentenceTokenizer(parameters)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


# --- endless sentences ----------------------------------------------------------------------------


def _cut_if_endless(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or the pieces of one that has more than 400 words."""
    # A word and its blank are two characters at least.
    if end - start < 2 * LONGEST_SENTENCE:
        yield start, end
        return
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    first = 0
    while len(words) - first > LONGEST_SENTENCE:
        window = range(first + LONGEST_SENTENCE // 2, first + LONGEST_SENTENCE)
        last = max(window, key=lambda i: (_strength(text[start + words[i][1] - 1]), i))
        yield start + words[first][0], start + words[last][1]
        first = last + 1
    yield start + words[first][0], end


def _strength(character: str) -> int:
    """Return how good a place to cut comes after a character."""
    return {";": 3, ":": 2, ",": 1}.get(character, 0)
