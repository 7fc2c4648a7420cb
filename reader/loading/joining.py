"""What belongs together is put together again: printed lines, bullets that stand alone.

Text copied out of a PDF often has a blank line after every line of print, and page numbers
between; every format then takes each line for a paragraph. The pattern is looked for over the
whole document, since one line that breaks off tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.loading.drafts import Draft, Run
from reader.loading.lines import (
    first_word,
    glue,
    is_lone_bullet,
    is_lone_mark,
    reads_on,
    starts_item,
)
from reader.model import BlockKind, Notice, NoticeKind

_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:page\s{1,3})?(\d{1,4})(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?\W{0,3}", re.IGNORECASE
)
_MIN_LINE, _MAX_LINE = 50, 140
"""Characters of a full printed line."""
_MIN_TIMES = 8
_MIN_SHARE = 0.25
"""Of the lines as long as a printed one, how many go on in the next where a text was printed."""
_GOES_ON = re.compile(r"[,;]\s+(?:and|or)(?:/or)?\Z", re.IGNORECASE)
_FULL = 0.8
"""Share of the width that lines fill which break off at the edge, not by their author's will."""

_LEFT_OUT = Notice(
    NoticeKind.LEFT_OUT,
    "This text was copied from printed pages. The page numbers in it were left out.",
)


def join_pieces(drafts: Sequence[Draft]) -> tuple[Sequence[Draft], tuple[Notice, ...]]:
    """Return ``drafts`` with the pieces of one block put together, and what was left out."""
    whole = list(_with_lone_marks(drafts))
    numbers = _page_numbers(whole)
    lines = [draft for place, draft in enumerate(whole) if place not in numbers]
    reach = _reach(lines)
    if reach is None:
        return list(_with_bare_items(whole)), ()
    return list(_with_bare_items(_joined(lines, reach))), (_LEFT_OUT,) if numbers else ()


def _with_bare_items(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts; the items of a list that lost its bullets are list items again.

    Below a line with a colon they begin with a small letter, and all but the last end in a comma
    or semicolon. As paragraphs they would say by themselves what their lead-in may deny.
    """
    led_in = False
    row: list[Draft] = []
    for draft in drafts:
        words = draft.text.strip()
        if led_in and draft.kind is BlockKind.PARAGRAPH and words[:1].islower():
            row.append(draft)
            led_in = words[-1] in ",;" or _GOES_ON.search(words) is not None
            continue
        yield from _as_items(row)
        row = []
        led_in = words.endswith(":") and draft.kind is not BlockKind.HEADING
        yield draft
    yield from _as_items(row)


def _as_items(row: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the paragraphs of ``row`` as list items where there are two of them or more."""
    for draft in row:
        yield replace(draft, kind=BlockKind.LIST_ITEM, level=1) if len(row) > 1 else draft


def _with_lone_marks(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts; one that is only a bullet, or a label as "(a)", goes with the next."""
    mark: Draft | None = None
    for draft in drafts:
        if not draft.text.strip():
            continue
        if mark is not None:
            bullet = is_lone_bullet(mark.text)
            if draft.kind is BlockKind.PARAGRAPH:
                label = () if bullet else (*mark.runs, Run(" "))
                draft = replace(
                    draft, kind=BlockKind.LIST_ITEM, runs=(*label, *draft.runs), level=1
                )
            elif not bullet:
                yield mark
            mark = None
        if _is_lone_mark(draft):
            mark = draft
        else:
            yield draft
    if mark is not None:
        yield mark


def _is_lone_mark(draft: Draft) -> bool:
    return draft.kind is BlockKind.PARAGRAPH and is_lone_mark(draft.text)


def _page_numbers(drafts: Sequence[Draft]) -> frozenset[int]:
    """Return the places of the page numbers: numbers alone on a line that count on."""
    found = [
        (place, int(number[1]))
        for place, draft in enumerate(drafts)
        if draft.kind is BlockKind.PARAGRAPH and len(draft.text) < 30
        if (number := _PAGE_NUMBER.fullmatch(draft.text.strip()))
    ]
    return frozenset(
        place
        for (before, number), (after, following) in pairwise(found)
        if following == number + 1
        for place in (before, after)
    )


def _reach(drafts: Sequence[Draft]) -> int | None:
    """Return how far a full line with the first word of the next would reach, in characters.

    None where the drafts are no printed lines: too few break off in the middle of a sentence, or
    they do so at places of their own, as the items of a list without bullets.
    """
    texts = [draft.text for draft in drafts]
    broken = [
        (len(texts[i]), first_word(texts[i + 1]))
        for i, (line, following) in enumerate(pairwise(drafts))
        if _MIN_LINE <= len(texts[i]) <= _MAX_LINE
        and reads_on(texts[i], texts[i + 1])
        and _may_go_on(line, following)
    ]
    long = sum(len(text) >= _MIN_LINE for text in texts)
    if len(broken) < max(_MIN_TIMES, _MIN_SHARE * long):
        return None
    lengths = sorted(length for length, _ in broken)
    width = lengths[len(lengths) * 19 // 20]
    if sum(length >= _FULL * width for length in lengths) < _FULL * len(lengths):
        return None
    return sorted(length + 1 + word for length, word in broken)[len(broken) // 10]


def _may_go_on(line: Draft, following: Draft) -> bool:
    return (
        line.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        and following.kind is BlockKind.PARAGRAPH
        and not starts_item(following.text)
        and _is_bold(line) <= _is_bold(following)
    )


def _is_bold(draft: Draft) -> bool:
    return all(run.bold for run in draft.runs if run.text.strip())


def _joined(lines: Sequence[Draft], reach: int) -> Iterator[Draft]:
    """Yield the paragraphs and items that ``lines`` were printed from."""
    runs = list(lines[0].runs)
    first = lines[0]
    for line, following in pairwise(lines):
        words, next_words = line.text.strip(), following.text.strip()
        full = len(words) + 1 + first_word(next_words) >= reach and words[-1] not in ".:;!?"
        if _may_go_on(line, following) and (full or reads_on(words, next_words)):
            runs += [Run(glue(words, next_words)), *following.runs]
        else:
            yield replace(first, runs=tuple(runs))
            first, runs = following, list(following.runs)
    yield replace(first, runs=tuple(runs))
