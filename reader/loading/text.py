"""Plain text: lines to blocks. Wrapped paragraphs are joined, list items recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from reader.loading.drafts import CELL_SEPARATOR, Draft, Run
from reader.loading.lines import (
    bullet_length,
    continues,
    glue,
    group_width,
    has_label,
    is_lone_bullet,
    is_rule,
    wrap_width,
)
from reader.model import BlockKind

_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?:|mailto:|#|/)[^()\s]{0,500}\)"),
    re.compile(r"^ {0,3}\S.{0,200}\n={3,} *$", re.MULTILINE),
    re.compile(r"(?<!\*)\*\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*\*(?!\*)"),
    re.compile(r"^\d{1,3}\\\. ", re.MULTILINE),
)
TIGHT_HEADING = re.compile(r"^(#{2,6})(?=[A-Z0-9])", re.MULTILINE)
"""The mark of a heading whose space was forgotten: "##Sharing"."""
FEWEST_TIGHT = 2
_UNDERLINE = re.compile(r"\s{0,40}([-=~^\"+*#_`])\1{2,}\s*")
_DECORATED = re.compile(
    r"\s{0,40}([-=~*#_+])\1+\s{0,3}([^\W_](?:.{0,78}[\w?!)])?)\s{0,3}\1{2,}\s{0,9}"
)
_MAX_UNDERLINED = 100
_MAX_DIFFERENCE = 4
"""Characters by which a line of strokes may be longer or shorter than the words above it."""
_DEEPEST = 6
_STROKE = re.compile(r"-{2,}")
_MAX_ROW_LINES = 10
_COLUMN_RULE = re.compile(r" {0,8}-{2,}(?: {1,8}-{2,}){1,30} *")


def looks_like_markdown(text: str) -> bool:
    """Return whether a text of unknown format is written in Markdown, by its own signs."""
    return (
        any(sign.search(text) for sign in _MARKDOWN_SIGNS)
        or len(TIGHT_HEADING.findall(text)) >= FEWEST_TIGHT
    )


def parse_text(text: str) -> Iterator[Draft]:
    """Yield the blocks of a plain text in its normal form.

    A line break ends a paragraph unless the text was wrapped at a width; a blank line always does.
    """
    lines = text.split("\n")
    plain = ["" if is_rule(line) else line for line in lines]
    width = wrap_width(plain)
    levels = dict(_headings(lines))
    start = 0
    for first, rule, end in _tables(lines):
        yield from _stretch(plain, start, first, width, levels)
        wrapped = "" in map(str.strip, lines[rule:end])
        rows = (
            _groups(lines[rule + 1 : end]) if wrapped else ([row] for row in lines[rule + 1 : end])
        )
        for row in (lines[first:rule], *rows):
            yield _row(row, lines[rule])
        start = end
    yield from _stretch(plain, start, len(plain), width, levels)


def _headings(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines that strokes mark as headings, and their levels.

    A line of strokes as long as the words stands below them, or strokes on both sides. Each sign
    has a level of its own, in the order in which they come.
    """
    signs: list[str] = []
    for place, line in enumerate(lines):
        if not line or len(line) > _MAX_UNDERLINED or not any(map(str.isalnum, line)):
            continue
        found = _DECORATED.fullmatch(line)
        if not found and place + 1 < len(lines) and _may_be_underlined(lines, place):
            found = _UNDERLINE.fullmatch(lines[place + 1])
            if found and abs(len(lines[place + 1].strip()) - len(line.strip())) > _MAX_DIFFERENCE:
                found = None
        if found:
            sign = found.group(0).strip()[:2] if found.re is _DECORATED else found[1]
            if sign not in signs:
                signs.append(sign)
            yield place, min(signs.index(sign) + 1, _DEEPEST)


def _may_be_underlined(lines: list[str], place: int) -> bool:
    """Return whether a line stands alone and does not end like a sentence."""
    is_first = place == 0 or not lines[place - 1].strip() or is_rule(lines[place - 1])
    return is_first and lines[place].rstrip()[-1:] not in ".,;" and not is_rule(lines[place])


def _stretch(
    lines: list[str], start: int, end: int, width: int | None, levels: Mapping[int, int]
) -> Iterator[Draft]:
    """Yield the blocks of the lines from ``start`` up to ``end``, headings among them."""
    for place in range(start, end):
        level = levels.get(place)
        if level is None:
            continue
        yield from _paragraphs(lines[start:place], width)
        found = _DECORATED.fullmatch(lines[place])
        words = found[2] if found else lines[place].strip()
        yield Draft(BlockKind.HEADING, (Run(words),), level=level, explicit=True)
        start = place + 2 if not found else place + 1
    yield from _paragraphs(lines[start:end], width)


def _paragraphs(lines: list[str], width: int | None) -> Iterator[Draft]:
    for group in _groups(lines):
        yield from _items(_joined(group, width or group_width(group)))


def _tables(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where each table begins, where the rule below its head stands, and where it ends.

    The rule has a stroke for each column. A table that begins with a rule right above its head ends
    with one, and blank lines part its rows; another has no blank line.
    """
    end = 0
    for rule, line in enumerate(lines):
        if rule <= end or not _COLUMN_RULE.fullmatch(line) or not lines[rule - 1].strip():
            continue
        first = rule - 1
        while first > end and lines[first - 1].strip() and rule - first < _MAX_ROW_LINES:
            first -= 1
        framed = is_rule(lines[first])
        first = first + 1 if framed else rule - 1
        for end in range(rule + 1, len(lines) + 1):
            if end == len(lines) or is_rule(lines[end]) or not (framed or lines[end].strip()):
                break
        yield first, rule, end


def _row(lines: list[str], rule: str) -> Draft:
    """Return the lines of a row, each cut where the strokes of the ``rule`` begin."""
    starts = [stroke.start() for stroke in _STROKE.finditer(rule)]
    ends = [*starts[1:], None]
    starts[0] = 0
    cells = (
        " ".join(filter(None, (line[start:end].strip() for line in lines)))
        for start, end in zip(starts, ends, strict=True)
    )
    return Draft(BlockKind.TABLE_ROW, (Run(CELL_SEPARATOR.join(filter(None, cells))),))


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Yield the runs of lines between blank ones; a bullet on its own goes with what follows."""
    group: list[str] = []
    bullet = ""
    for line in lines:
        if is_lone_bullet(line):
            bullet = line.rstrip() + " "
        elif line.strip():
            group.append(bullet + line)
            bullet = ""
        elif group:
            yield group
            group = []
    if group:
        yield group


def _joined(group: list[str], width: int | None) -> Iterator[str]:
    """Yield the paragraphs of ``group``, the pieces of a wrapped one put together."""
    pieces = [group[0].rstrip()]
    for last, line in pairwise(group):
        if continues(last, line, width):
            pieces += (glue(last, line), line.strip())
        else:
            yield "".join(pieces)
            pieces = [line.rstrip()]
    yield "".join(pieces)


def _items(paragraphs: Iterator[str]) -> Iterator[Draft]:
    """Yield each paragraph as a block; a list item's level follows from how far it is indented."""
    indents: list[int] = []
    for paragraph in paragraphs:
        bullet = bullet_length(paragraph)
        if not bullet and not has_label(paragraph):
            yield Draft(BlockKind.PARAGRAPH, (Run(paragraph),))
            continue
        indent = len(paragraph) - len(paragraph.lstrip())
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        yield Draft(BlockKind.LIST_ITEM, (Run(paragraph[bullet:]),), level=len(indents))
