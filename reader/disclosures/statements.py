"""A document's sentences as statements: with the words that they complete.

A statement is a sentence; a list item is one together with the lead-in that it completes, and a
fragment without a lead-in together with the heading it stands under.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.disclosures.names import OwnNames, own_names
from reader.disclosures.words import Word, keys_of, words_of
from reader.model import BlockKind, Document, Sentence, Span

# A sentence with one of these speaks for itself; without, it may complete its heading.
_VERB_SIGNS = keys_of("we you be have may will can do must shall should they i")
# Whoever reads only the sentence that these open does not know who or what is meant.
_POINTING = keys_of("they it these this those such their")
_LONGEST_STATEMENT = 400
_LONGEST_FRAGMENT = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """The words of a sentence, those that it completes before them.

    ``own`` is the index of the sentence's own first word. ``context`` is what a reader needs to be
    shown before it: its lead-in, its heading, or the sentence that its pronoun points to.
    ``header`` is the first row of the table that it stands in, None where it is in none.
    """

    words: tuple[Word, ...]
    own: int
    span: Span
    section: int
    context: Span | None
    header: Span | None = None


def statements_of(document: Document) -> Iterator[Statement]:
    """Yield the statements of a document in order, lines of its table of contents left out."""
    names = own_names(document)
    headings = {_bare(s.heading) for s in document.sections if not s.heading_is_ours}
    words: list[tuple[Word, ...]] = [
        tuple(_sentence_words(document, sentence, names)) for sentence in document.sentences
    ]
    heading_words: dict[int, tuple[tuple[Word, ...], Span | None]] = {}
    headers = _table_headers(document)
    for index, sentence in enumerate(document.sentences):
        if _bare(sentence.span.of(document.text)) in headings:
            continue  # a line of the table of contents
        own = words[index]
        lead: tuple[Word, ...] = ()
        context: Span | None = None
        if sentence.lead_in is not None:
            outer = document.sentences[sentence.lead_in]
            context = outer.span
            if outer.lead_in is not None:
                lead = words[outer.lead_in]
            lead = lead + words[sentence.lead_in]
        elif _is_fragment(document, sentence, own):
            if sentence.section not in heading_words:
                heading_words[sentence.section] = _heading_words(document, sentence.section, names)
            lead, context = heading_words[sentence.section]
        elif own and own[0].key in _POINTING:
            context = _sentence_before(document, index)
        if len(lead) + len(own) > _LONGEST_STATEMENT:
            lead, context, own = (), None, own[:_LONGEST_STATEMENT]
        header = headers.get(sentence.block)
        yield Statement(lead + own, len(lead), sentence.span, sentence.section, context, header)


def _table_headers(document: Document) -> dict[int, Span]:
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


def _sentence_before(document: Document, index: int) -> Span | None:
    """Return the sentence that a pronoun at the head of this one points to."""
    if index and document.sentences[index - 1].block == document.sentences[index].block:
        return document.sentences[index - 1].span
    return None


def _bare(heading: str) -> str:
    """Return a heading's letters, for finding the lines that repeat it."""
    return "".join(filter(str.isalpha, heading)).lower()


def _sentence_words(document: Document, sentence: Sentence, names: OwnNames) -> list[Word]:
    words = words_of(sentence.span.of(document.text), sentence.span.start)
    return names.as_we(words, document.text)


def _is_fragment(document: Document, sentence: Sentence, words: Sequence[Word]) -> bool:
    """Return whether a sentence names things without saying what happens to them."""
    if document.blocks[sentence.block].kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}:
        return not any(word.key == "we" for word in words)
    return len(words) <= _LONGEST_FRAGMENT and not any(word.key in _VERB_SIGNS for word in words)


def _heading_words(
    document: Document, section: int, names: OwnNames
) -> tuple[tuple[Word, ...], Span | None]:
    heading = document.sections[section].heading
    start = document.sections[section].span.start
    if not heading or document.sections[section].heading_is_ours:
        return (), None
    span = Span(start, start + len(heading))
    if span.of(document.text) != heading:
        return (), None
    colon = Word(":", span.end - 1, span.end)
    return (*names.as_we(words_of(heading, start), document.text), colon), span
