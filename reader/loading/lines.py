"""What the lines of a text are to each other: list items, rules, pieces of one wrapped paragraph.

Serves plain text and the paragraphs of Markdown alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BULLET = re.compile(
    r"\s*(?:"
    r"[•·▪▫◦‣●○■□◆◇❖⁃∙▸►▶➢➤➔✓✔✗✘★☆⚫⦿⦁\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc»›¤]\s*"
    r"|§(?!\s*\d)\s*"
    r"|[-*+–—‐‑−→]\s+"
    r"|-(?=[^\W\d_])"
    r"|o\s+(?=[^\W_])"
    r")(?=\S)"
)
_LONE_BULLET = re.compile(r"\s*[•·▪▫◦‣●○■□◆◇❖⁃∙▸►▶➢➤\uf0a7\uf0b7\uf0d8-]\s*\Z")
_LONE_LABEL = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s*")
_LABEL = re.compile(
    r"\s*(?:"
    r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?"
    r")\s+(?=\S)"
)

_MAX_BULLETS = 3
_MIN_WIDTH, _MAX_WIDTH = 50, 130
_MIN_SHARE_OF_FULL_LINES = 0.6
_LINES_TO_ONE_TOO_LONG = 40
"""A wrapped text still holds a line too long now and then: an address, a heading."""
_MIN_SHARE_IN_ONE_GROUP = 0.8


def bullet_length(line: str) -> int:
    """Return how many characters of ``line`` are bullets and the space around them; 0 if none.

    Lists copied from a page often have two: the page's and the one typed by the author.
    """
    end = 0
    for _ in range(_MAX_BULLETS):
        found = _BULLET.match(line, end)
        if not found:
            break
        end = found.end()
    return end


def is_lone_bullet(line: str) -> bool:
    """Return whether ``line`` is nothing but a bullet, whose words stand on the next line."""
    return len(line) < 40 and _LONE_BULLET.match(line) is not None


def is_lone_mark(line: str) -> bool:
    """Return whether ``line`` is nothing but a bullet or a label as "(a)"."""
    return is_lone_bullet(line) or (len(line) < 20 and _LONE_LABEL.fullmatch(line) is not None)


def has_label(line: str) -> bool:
    """Return whether ``line`` begins with the number or letter of a clause: ``2.``, ``(a)``."""
    return _LABEL.match(line) is not None


def is_rule(line: str) -> bool:
    """Return whether ``line`` is a drawn line: three or more of one mark and nothing else."""
    stripped = line.strip()
    return stripped[:1] in "-_=*~#.•" and len(set(stripped) - {" "}) == 1 and len(stripped) > 2


def wrap_width(lines: Sequence[str], min_share: float = _MIN_SHARE_OF_FULL_LINES) -> int | None:
    """Return the width in characters at which ``lines`` were wrapped, None if they were not.

    Lines were wrapped if most that are followed by another could not have held its first word.
    """
    pairs = [
        (len(line.rstrip()), first_word(following))
        for line, following in pairwise(lines)
        if line.strip() and following.strip() and not starts_item(following)
    ]
    if len(pairs) < 2:
        return None
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[-1 - len(lengths) // _LINES_TO_ONE_TOO_LONG]
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return None
    # Short lines tell nothing: their author broke them off, as in an address.
    long = [(length, word) for length, word in pairs if length > width / 2]
    full = sum(length + 1 + word > width for length, word in long)
    return width if len(long) >= 2 and full / len(long) >= min_share else None


def group_width(lines: Sequence[str]) -> int | None:
    """Return the wrap width of one run of lines in a document that is not wrapped as a whole."""
    return wrap_width(lines, _MIN_SHARE_IN_ONE_GROUP) if len(lines) >= 4 else None


def continues(line: str, following: str, width: int | None) -> bool:
    """Return whether ``following`` goes on with the paragraph of ``line``.

    ``width`` is the wrap width, None for text whose line breaks are its author's.
    """
    if width is None or starts_item(following):
        return False
    return len(line.rstrip()) + 1 + first_word(following) > width or reads_on(line, following)


def reads_on(line: str, following: str) -> bool:
    """Return whether the words go on from one line to the other: small letter, no end before it."""
    return following.lstrip()[:1].islower() and line.rstrip()[-1:] not in ".:;!?"


def glue(line: str, following: str) -> str:
    """Return what stands between two lines of one paragraph: a space, nothing after a hyphen."""
    left = line.rstrip()
    hyphenated = left[-1:] == "-" and left[-2:-1].isalpha()
    return "" if hyphenated and following.lstrip()[:1].islower() else " "


def starts_item(line: str) -> bool:
    """Return whether ``line`` begins with a bullet, or the number or letter of a clause."""
    return bool(bullet_length(line)) or has_label(line) or is_lone_bullet(line)


def first_word(line: str) -> int:
    """Return the length of the first word; a word longer than any line's width counts as 200."""
    start = len(line) - len(line.lstrip())
    end = line.find(" ", start, start + 200)
    return (end if end > 0 else min(len(line), start + 200)) - start
