"""Headings that open a paragraph: the block is cut in two behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.model import Block, BlockKind, Span
from reader.sections.apart import COMPANY, DATE_WORDS
from reader.sections.lines import WORD, capital_share
from reader.sections.looks import FINITE_VERB, NAVIGATION

_MAX_WORDS, _MAX_WORDS_IN_BOLD = 8, 14
_MIN_AFTER_RUN_IN = 6
_NUMBERED_RUN_IN = re.compile(
    r"(?P<lead>\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z])[.)]?\s+"
    r"(?P<body>[A-Z\"“](?:[^.:?!;]|[.](?=\w)){2,80})[.:?]?)\s*:?\s+(?=\S)"
)
_PLAIN_RUN_IN = re.compile(
    r"(?P<lead>(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z])[.)]\s+)?"
    r"(?P<body>[A-Z](?:[^.:?!;]|[.](?=\w)){2,90})(?P<mark>[.:]))\s+(?=[A-Z\"“(])"
)


def cut_numbered(block: Block, text: str) -> tuple[Block, ...]:
    """Return ``block``, cut in two where it begins with a heading in bold, as numbered clauses do.

    A run-in heading ("4.2 Children: We ask for ...") is numbered, bold while the rest is not, few
    words long, and no sentence. Without a number such words mostly name a case within a section.
    """
    if not 0 < block.bold < 0.7 or block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return (block,)
    words = block.span.of(text)
    found = _NUMBERED_RUN_IN.match(words)
    is_heading = (
        found
        and _is_run_in_heading(found, words, _MAX_WORDS_IN_BOLD)
        and _is_in_bold(found, block, words)
    )
    return _cut(block, found) if found and is_heading else (block,)


def _is_in_bold(found: re.Match[str], block: Block, words: str) -> bool:
    """Return whether the bold letters are those of the heading, give or take its last mark."""
    bold = block.bold * len(words.replace(" ", ""))
    return abs(bold - len(found["lead"].replace(" ", ""))) <= 1.5


def cut_names(block: Block, text: str, *, in_bold: bool) -> tuple[Block, ...]:
    """Return ``block``, cut in two where it begins with a name and a full stop.

    The name is ``in_bold``, and then may end in a colon, or else in capitals. Only where headings
    are due: "Public Places. What you post there ..." tells less than a line of its own.
    """
    nested = block.kind is BlockKind.LIST_ITEM and block.level > 1
    if nested or block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return (block,)
    if in_bold and not (block.bold and block.kind is BlockKind.PARAGRAPH):
        return (block,)
    words = block.span.of(text)
    found = _PLAIN_RUN_IN.match(words)
    most = _MAX_WORDS_IN_BOLD if in_bold else _MAX_WORDS
    if not found or not _is_run_in_heading(found, words, most) or COMPANY.search(found["body"]):
        return (block,)
    if in_bold:
        is_name = _is_in_bold(found, block, words)
    else:
        is_name = found["mark"] == "." and capital_share(WORD.findall(found["body"])) > 0.99
    return _cut(block, found) if is_name else (block,)


def _is_run_in_heading(found: re.Match[str], words: str, most: int) -> bool:
    """Return whether what was ``found`` names something in ``most`` words at most, before prose."""
    names = WORD.findall(found["body"])
    rest = words[found.end() : found.end() + 400]
    return (
        len(names) <= most
        and rest.count(" ") + 1 >= _MIN_AFTER_RUN_IN
        and (capital_share(names) > 0.99 or not FINITE_VERB.search(found["body"]))
        and not DATE_WORDS.match(found["lead"])
        and not NAVIGATION.match(found["body"])
    )


def _cut(block: Block, found: re.Match[str]) -> tuple[Block, Block]:
    start = block.span.start
    heading = Span(start, start + found.end("lead"))
    rest = Span(start + found.end(), block.span.end)
    return (
        replace(block, kind=BlockKind.HEADING, span=heading, level=0, bold=1.0, link_ratio=0.0),
        replace(block, kind=BlockKind.PARAGRAPH, span=rest, level=0, bold=0.0),
    )
