"""A document's sentences as statements: with the words that they complete.

A statement is a sentence; a list item is one together with the lead-in that it completes, and a
fragment without a lead-in together with the heading it stands under. A sentence that holds a list,
and a row of a table that opens with a name, are read once more in parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from reader.disclosures.enumerations import find_enumeration
from reader.disclosures.names import OwnNames
from reader.disclosures.negation import NEGATING
from reader.disclosures.words import KeyedQuote, Word, keyed_quote, keys_of
from reader.model import BlockKind, Document, Sentence, Span

# A sentence with one of these speaks for itself; without, it may complete its heading.
_VERB_SIGNS = keys_of("we you be have may will can do must shall should they i")
# Whoever reads only the sentence that these open does not know who or what is meant.
_POINTING = keys_of("they it these this those such their")
_LONGEST_STATEMENT = 400
_LONGEST_FRAGMENT = 60
_LONGEST_NAME = 6  # words of the cell that names a row: "Right to object"
# "For example:", "These include:": such a lead-in only takes up the sentence before it.
_TAKING_UP = keys_of("for example such as this these they examples include includes including may")
_LONGEST_TAKING_UP = 5  # words
_BEFORE_AN_OBJECT = keys_of("of by with to from about for on in")
_SUBJECT = 6  # words within which a sentence has said who acts
_YOU_CAN = ("you", "can")
_OPENING = 5  # letters that tell most sentences from every heading
_CONTENTS = re.compile(r"\W*(?:table of )?contents\W*", re.IGNORECASE)


class Statement(NamedTuple):
    """The words of a sentence as keys, those that it completes before them.

    ``own`` is the index of the sentence's own first word. ``context`` is what a reader needs to be
    shown before it: its lead-in, its heading, or the sentence that its pronoun points to.
    ``sources`` are where its words stand; behind those of a heading a colon is read (``headed``).
    ``quote`` is the sentence as it stands. ``header`` is the first row of the table that it stands
    in, ``row`` its own: a row can hold several sentences, and its last cell the answer to all. Both
    are None where it is in no table. ``part`` tells that its words are one item of a list, or one
    cell, of a sentence that was read as a whole before: what limits a denial may then stand in
    another part.
    """

    keys: Sequence[str]
    own: int
    span: Span
    section: int
    context: Span | None
    sources: tuple[Span, ...]
    quote: KeyedQuote
    headed: bool = False
    header: Span | None = None
    row: Span | None = None
    part: bool = False

    def words(self, document: Document, names: OwnNames) -> list[Word]:
        """Return the words of ``keys`` with where they stand, read again; few are asked for."""
        words: list[Word] = []
        for index, source in enumerate(self.sources):
            words += names.words_of(document.text, source)
            if self.headed and index == 0:
                words.append(Word(":", source.end - 1, source.end))
        return words


def statements_of(document: Document, names: OwnNames) -> Iterator[Statement]:
    """Yield the statements of a document in order, lines of its table of contents left out.

    ``names`` are those of the document's author, read as "we".
    """
    text = document.text
    headings = {_bare(s.heading) for s in document.sections if not s.heading_is_ours}
    openings = {_bare(s.heading, _OPENING) for s in document.sections if not s.heading_is_ours}
    contents = {s.index for s in document.sections if _CONTENTS.fullmatch(s.heading)}
    quotes = [keyed_quote(sentence.span.of(text)) for sentence in document.sentences]
    keys = [names.keys_of(quote) for quote in quotes]
    heading_keys: dict[int, tuple[list[str], Span | None]] = {}
    headers = table_headers(document)

    def keys_of_heading(section: int) -> tuple[list[str], Span | None]:
        if section not in heading_keys:
            heading_keys[section] = _heading_keys(document, section, names)
        return heading_keys[section]

    for index, sentence in enumerate(document.sentences):
        words = sentence.span.of(text)
        if _bare(words, _OPENING) in openings and _bare(words) in headings:
            continue  # a line of the table of contents
        if sentence.section in contents and not words.rstrip().endswith((".", "!", "?", ":", ";")):
            continue  # another line of it, for a part that has no heading of its own
        own, lead = keys[index], _lead_of(document, index, keys, keys_of_heading)
        if len(lead.keys) + len(own) > _LONGEST_STATEMENT:
            own, lead = own[:_LONGEST_STATEMENT], _NO_LEAD
        statement = Statement(
            keys=lead.keys + own,
            own=len(lead.keys),
            span=sentence.span,
            section=sentence.section,
            context=lead.context,
            sources=(*lead.sources, sentence.span),
            quote=quotes[index],
            headed=lead.headed,
            header=headers.get(sentence.block),
            row=document.blocks[sentence.block].span if sentence.block in headers else None,
        )
        yield statement
        if ";" in words or ")" in words:
            yield from _items(text, names, statement)
        elif "|" in words:
            yield from _row_name(text, names, statement)


class _Lead(NamedTuple):
    """The words that a sentence is read behind; all but ``sources`` as in ``Statement``."""

    keys: list[str]
    context: Span | None
    sources: tuple[Span, ...] = ()
    headed: bool = False


_NO_LEAD = _Lead([], None)


def _lead_of(
    document: Document,
    index: int,
    keys: Sequence[list[str]],
    keys_of_heading: Callable[[int], tuple[list[str], Span | None]],
) -> _Lead:
    """Return what a sentence completes: its lead-in with that one's own, or else its heading.

    ``keys`` are those of every sentence.
    """
    sentence, own = document.sentences[index], keys[index]
    if sentence.lead_in is not None and not _stands_alone(document, index, own):
        outer = document.sentences[sentence.lead_in]
        lead = keys[sentence.lead_in]
        if outer.lead_in is not None:
            outermost = document.sentences[outer.lead_in].span
            return _Lead(keys[outer.lead_in] + lead, outer.span, (outermost, outer.span))
        if _opens_its_item(document, sentence, own) and _takes_up(document, sentence.lead_in, keys):
            taken_up = document.sentences[sentence.lead_in - 1].span
            context = Span(taken_up.start, outer.span.end)
            return _Lead(keys[sentence.lead_in - 1] + lead, context, (taken_up, outer.span))
        return _Lead(lead, outer.span, (outer.span,))
    if _is_fragment(document, sentence, own) and not _offers(document, index, own):
        lead, heading = keys_of_heading(sentence.section)
        return _NO_LEAD if heading is None else _Lead(lead, heading, (heading,), headed=True)
    if own and own[0] in _POINTING:
        return _Lead([], _sentence_before(document, index))
    return _NO_LEAD


def _items(text: str, names: OwnNames, whole: Statement) -> Iterator[Statement]:
    """Yield the items of a list that a sentence holds, each with what leads into it."""
    listed = find_enumeration(text, whole.span)
    if listed is None:
        return
    lead = [*whole.keys[: whole.own], *names.keys_of(keyed_quote(listed.lead.of(text)))]
    for item in listed.items:
        own = names.keys_of(keyed_quote(item.of(text)))
        if len(lead) + len(own) <= _LONGEST_STATEMENT:
            sources = (*whole.sources[:-1], listed.lead, item)
            yield whole._replace(keys=lead + own, own=len(lead), sources=sources, part=True)


def _row_name(text: str, names: OwnNames, whole: Statement) -> Iterator[Statement]:
    """Yield the first cell of a table's row by itself where it is a name for the row."""
    start = whole.span.start
    name = Span(start, start + whole.span.of(text).index("|"))
    own = names.keys_of(keyed_quote(name.of(text)))
    if 0 < len(own) <= _LONGEST_NAME and whole.own:
        keys = [*whole.keys[: whole.own], *own]
        yield whole._replace(keys=keys, sources=(*whole.sources[:-1], name), part=True)


def table_headers(document: Document) -> dict[int, Span]:
    """Return for each block that is a row of a table of several rows the first of them."""
    headers: dict[int, Span] = {}
    first: int | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.TABLE_ROW:
            first = None
        elif first is None:
            first = index
        else:
            headers[first] = headers[index] = document.blocks[first].span
    return headers


def _opens_its_item(document: Document, sentence: Sentence, keys: Sequence[str]) -> bool:
    """Return whether a sentence is the first of its list item, and does not say who acts."""
    return "we" not in keys and sentence.span.start == document.blocks[sentence.block].span.start


def _takes_up(document: Document, index: int, keys: Sequence[Sequence[str]]) -> bool:
    """Return whether a lead-in says nothing itself, and what stands before it denies nothing.

    What a denial leaves out is listed behind it as often as what it holds.
    """
    words = [key for key in keys[index] if key.isalpha()]
    return (
        _sentence_before(document, index) is not None
        and len(words) <= _LONGEST_TAKING_UP
        and _TAKING_UP.issuperset(words)
        and NEGATING.isdisjoint(keys[index - 1])
    )


def _sentence_before(document: Document, index: int) -> Span | None:
    """Return the sentence that a pronoun at the head of this one points to."""
    if index and document.sentences[index - 1].block == document.sentences[index].block:
        return document.sentences[index - 1].span
    return None


def _bare(heading: str, most: int | None = None) -> str:
    """Return a heading's letters, or ``most`` of them, for finding the lines that repeat it."""
    return "".join(islice(filter(str.isalpha, heading), most)).lower()


def _is_fragment(document: Document, sentence: Sentence, keys: Sequence[str]) -> bool:
    """Return whether a sentence names things without saying what happens to them."""
    kind = document.blocks[sentence.block].kind
    if kind is BlockKind.LIST_ITEM or kind is BlockKind.TABLE_ROW:
        return not any(map(_acts, keys, [*keys[1:], ""]))
    return len(keys) <= _LONGEST_FRAGMENT and _VERB_SIGNS.isdisjoint(keys)


def _acts(key: str, behind: str) -> bool:
    """Return whether a word is the author, and not the group that bears its name: "Larch Group"."""
    return key == "we" and behind != "group"


def _stands_alone(document: Document, index: int, keys: Sequence[str]) -> bool:
    """Return whether a sentence of a list item, but not its first, needs no lead-in to be whole."""
    if not _goes_on(document, index):
        return False
    head = keys[:_SUBJECT]
    says_who = "we" in head and _BEFORE_AN_OBJECT.isdisjoint(head[: head.index("we")])
    return says_who or _offers(document, index, keys)


def _offers(document: Document, index: int, keys: Sequence[str]) -> bool:
    """Return whether a sentence of an item, but not its first, tells readers what they can do.

    "Cookies. You can manage your preferences." below "What we use" tells of no use.
    """
    return _goes_on(document, index) and tuple(keys[:2]) == _YOU_CAN


def _goes_on(document: Document, index: int) -> bool:
    """Return whether a sentence is not the first of its block."""
    return index > 0 and document.sentences[index - 1].block == document.sentences[index].block


def _heading_keys(
    document: Document, section: int, names: OwnNames
) -> tuple[list[str], Span | None]:
    heading = document.sections[section].heading
    start = document.sections[section].span.start
    if not heading or document.sections[section].heading_is_ours:
        return [], None
    span = Span(start, start + len(heading))
    if span.of(document.text) != heading:
        return [], None
    return [*names.keys_of(keyed_quote(heading)), ":"], span
