"""The one normal form of text: what every format is brought to before a Span is cut.

In: decoded text with whatever its author's software put there. Out: text whose line breaks are
line feeds and that holds nothing which is invisible, unprintable or rewritten by a text widget.
Applying it twice changes nothing more.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reader.model import Notice, NoticeKind

_ANSI_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,40}[ -/]{0,8}[@-~]|[@-Z\\^_])")
_LINE_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
# Joiners shape Persian, Indic scripts and emoji, where they stand between two such characters.
_JOINERS = frozenset("\u200c\u200d")
_JOINED = r"[\u0590-\u1fff\u2190-\ud7ff\uf900-\ufeef\U00010000-\U0010ffff]"
_STRAY_JOINER = re.compile(rf"(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})")
_REORDERING = frozenset("\u202d\u202e")
_DECOMPOSED = re.compile(r"([A-Za-z][\u0300-\u036f]{1,4})[\u0300-\u036f]*")
_LETTERLESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_FEW_CHANGES = 12
_USUAL = b"\n" + bytes(range(0x20, 0x7F))
"""Line feed and what is printed of ASCII: none of it is ever changed."""

_HIDDEN = Notice(
    NoticeKind.HIDDEN_TEXT,
    "This file holds characters that hide or reorder words. They were removed.",
)


def normalize(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Return ``text`` in its normal form, and a notice where something was hidden in it.

    Line breaks of every kind become line feeds, spaces of every kind one space each, ligatures
    their letters, decomposed Latin letters composed ones. Soft hyphens, zero-width and control
    characters, noncharacters, lone surrogates, terminal codes and marks of text direction go.
    """
    characters = _unusual(text)
    if "\x1b" in characters:
        text = _ANSI_ESCAPE.sub("", text)
    if "\r" in characters:
        text = text.replace("\r\n", "\n")
    changes = {ord(char): form for char in characters if (form := _form(char)) != char}
    if len(changes) > _FEW_CHANGES:
        text = text.translate(changes)
    else:  # looks for each instead of at each character
        for code, form in changes.items():
            text = text.replace(chr(code), form)
    if characters & _JOINERS:
        text = _STRAY_JOINER.sub("", text)
    if any(map(_is_combining, characters)):
        text = _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[1]), text)
    return text, (_HIDDEN,) if any(map(_hides, characters)) else ()


def is_normal(text: str) -> bool:
    """Return whether every piece of ``text`` is surely in the normal form, wherever it is cut."""
    return not any(
        _form(char) != char or char in _JOINERS or _is_combining(char) for char in _unusual(text)
    )


def _unusual(text: str) -> set[str]:
    """Return the characters of ``text`` that may have to be changed.

    A text has a few hundred different characters, and a few that are unusual: looking at these is
    cheaper than at all.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return set(rest.decode("utf-8", "surrogatepass"))


@lru_cache(maxsize=4096)
def _form(char: str) -> str:
    """Return what stands for ``char`` in the normal form: itself, something plainer, or ''."""
    if char in _LINE_BREAKS:
        return "\n"
    if char in _JOINERS:
        return char
    match unicodedata.category(char):
        case "Zs":
            return " "
        case "Cc":
            return " " if char in "\t\x1f" else ""
        case "Cf" | "Cs":
            return ""
        case "Cn" if ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
            return ""
    if char in _LETTERLESS:
        return ""
    return unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char


def _is_combining(char: str) -> bool:
    return "\u0300" <= char <= "\u036f"


def _hides(char: str) -> bool:
    return char in _REORDERING or "\U000e0000" <= char <= "\U000e007f"
