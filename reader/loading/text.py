"""Plain text: lines to blocks. Wrapped paragraphs are joined, list items recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reader.loading.drafts import Draft, Run
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


def looks_like_markdown(text: str) -> bool:
    """Return whether a text of unknown format is written in Markdown, by its own signs."""
    return any(sign.search(text) for sign in _MARKDOWN_SIGNS)


def parse_text(text: str) -> Iterator[Draft]:
    """Yield the blocks of a plain text in its normal form.

    A line break ends a paragraph unless the text was wrapped at a width; a blank line always does.
    """
    lines = ["" if is_rule(line) else line for line in text.split("\n")]
    width = wrap_width(lines)
    for group in _groups(lines):
        yield from _items(_joined(group, width or group_width(group)))


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
