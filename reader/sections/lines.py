"""A block as a line of text: its number, its words, and what can be told of them at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Block, BlockKind

MAX_HEADING_CHARACTERS = 150
_MAX_HEADING_WORDS = 18
PROSE = 12
"""Words from which on a line is taken for prose."""
_SENTENCE = 5
"""Words from which on a line that ends like a sentence is one."""
_LABEL = re.compile(
    r"(?:(?:section|article|part|clause|chapter|schedule|annex|appendix)\s+(?:\d{1,2}|[IVXLA-Z]{1,5})\b\s{0,2}[.:)–—-]*\s*"
    r"|§{1,2}\s*\d+\S*\s+"
    r"|\d{1,2}(?:\.(?:\d{1,2}|(?-i:[a-z]|[ivx]{1,4}))){1,3}(?:[.):]\s*|\s+)(?=\S)"
    r"|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.):]+\s*(?=[^\W\d_]|[\"“‘(])"
    r"|\d{1,2}\s+(?=[A-Z])"
    r"|[IVX]{1,5}\s+[–—-]\s+)",
    re.IGNORECASE,
)
LETTERED = re.compile(r"\([A-Za-z]{1,5}\)|[a-z]{1,5}[.)]")
_NUMBER = re.compile(r"\d{1,2}(?:\.(?:\d{1,2}|[a-z]|[ivx]{1,4}))*")
_NUMBERED_PART = re.compile(r"[^\W\d_]{4,}\s+(?=\d)")
"""The word of a label that is followed by its number: "Article 3"."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()
WORD = re.compile(r"[^\W\d_][\w'’/&.-]*")
_SMALL = (
    "a an and are as at be but by do does for from how if in into is it its of on or our per "
    "than that the their them this to under upon us vs we when where while with within you your"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_KEY = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A block's words and what can be told of them at a glance.

    ``label`` is the clause number they begin with ('' if none), ``body`` the rest, ``words`` the
    words of the body; a line too long for a heading has no words here. ``length`` is in words.
    """

    block: Block
    text: str
    label: str
    body: str
    words: tuple[str, ...]
    length: int

    @property
    def is_short(self) -> bool:
        """Return whether the line is short enough for a heading and has words at all."""
        return 0 < len(self.words) <= _MAX_HEADING_WORDS

    @property
    def is_run_in(self) -> bool:
        """Return whether the line is a heading that was cut out of a paragraph."""
        return self.block.kind is BlockKind.HEADING and not self.is_marked

    @property
    def is_marked(self) -> bool:
        """Return whether the format marks the line as a heading, or its size tells how deep."""
        return self.block.kind is BlockKind.HEADING and (
            self.block.explicit or self.block.level > 0
        )

    @property
    def key(self) -> str:
        """Return the line's letters and digits without its number: equal for repeated headings."""
        return _KEY.sub("", self.body).casefold()


def read_line(block: Block, text: str) -> Line:
    """Return the block of ``text`` as a line."""
    words = block.span.of(text)
    if len(words) > MAX_HEADING_CHARACTERS:
        return Line(block, words, "", words, (), words.count(" ") + 1)
    found = _LABEL.match(words)
    label = found.group() if found and found.end() < len(words) else ""
    body = words[len(label) :]
    return Line(block, words, label, body, tuple(WORD.findall(body)), words.count(" ") + 1)


def number_of(line: Line) -> tuple[int, ...]:
    """Return a label as numbers, (2, 1) for "2.1" or "2.a" and (3,) for "(c)"; () for none."""
    if not line.label:
        return ()
    digits = _NUMBER.match(_NUMBERED_PART.sub("", line.label).lstrip("(§ "))
    if digits:
        return tuple(map(_count, digits.group().split(".")))
    letter = line.label.strip("().:– ").lower()
    return (_count(letter),) if len(letter) == 1 and "a" <= letter <= "z" else ()


def _count(part: str) -> int:
    """Return the number that a part of a label stands for; "ii" is Roman, a letter its place."""
    if part.isdecimal():
        return int(part)
    if len(part) > 1 and part in _ROMAN:
        return _ROMAN.index(part) + 1
    return ord(part[0]) - ord("a") + 1


def style_of(label: str) -> str:
    """Return what sort of number a label is: '1', 'A', 'a', '(a', or its word; '' for none."""
    label = label.strip()
    bracket = "(" if label.startswith("(") else ""
    core = label.lstrip("(§ ")
    if core[:1].isdecimal():
        return bracket + "1"
    word = core.split(" ")[0]
    if " " in core and len(word) > 3:
        return word.lower()
    return bracket + ("A" if core.isupper() else "a") if core else ""


def is_prose(line: Line) -> bool:
    """Return whether a line is long, or ends, like prose."""
    return line.length >= PROSE or (line.length >= _SENTENCE and line.text[-1] in ".?!")


def capital_share(words: Sequence[str]) -> float:
    """Return the share of the words, small ones apart, that begin with a capital letter."""
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS]
    return sum(word[0].isupper() for word in weighty) / len(weighty) if weighty else 0.0
