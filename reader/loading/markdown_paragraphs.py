"""Paragraphs that surely are some: a rule for markdown-it that spares most lines all others.

markdown-it offers each line to nine rules, and the last takes it for a paragraph. Each line below
it is offered to five of them twice, for one may end the paragraph. How a line begins tells mostly
that none would take it.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

_PLAIN_START = re.compile(
    r"[^-+*_#>~`|:=\[\d\s]|[*_]{1,2}[^\W_]|\d+(?![\d.)])|\[[^\[\]\\\n]*\](?!:)"
)
"""How lines begin that are no list item, quotation, rule, heading, code, link address or fence."""
_MAY_UNDERLINE = re.compile(r"[|:=]|-(?![ \t]+\S)")
"""How lines begin that may make the line above a heading, or the head of a table."""
_MAX_INDENT = 3


def paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """Read the paragraph that begins at line ``start``; False if another rule may want its lines.

    The content becomes the same token as by the rule of markdown-it; the tags around it are left
    out. To a parser that reads indented code it would be wrong.
    """
    if not _begins(_PLAIN_START, state, start):
        return False
    rules = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    end = start + 1
    while end < state.lineMax and not state.isEmpty(end):
        if _begins(_MAY_UNDERLINE, state, end):
            state.parentType = parent
            return False
        # What stands far to the right, or lacks its quotation's mark (-1), goes on in any case.
        is_in_reach = 0 <= state.sCount[end] <= state.blkIndent + _MAX_INDENT
        if (
            is_in_reach
            and not _begins(_PLAIN_START, state, end)
            and any(rule(state, end, state.lineMax, True) for rule in rules)
        ):
            break
        end += 1
    state.parentType = parent
    state.line = end
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start, end, state.blkIndent, False))
    token.level += 1
    return True


def _begins(pattern: re.Pattern[str], state: StateBlock, line: int) -> bool:
    return pattern.match(state.src, state.bMarks[line] + state.tShift[line]) is not None
