"""From bytes to text: which encoding they are in, and a notice where that was a guess."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

import charset_normalizer

from reader.model import Notice, NoticeKind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMED = rb"\s{0,4}[=:]\s{0,4}[\"']?([A-Za-z][\w.:-]{1,30})"
_DECLARED = re.compile(rb"(?:charset|coding|encoding)" + _NAMED, re.IGNORECASE)
_META = re.compile(rb"<meta\s[^<>]{0,300}?charset" + _NAMED, re.IGNORECASE)
_HEAD = 200_000
"""Bytes among which a page's own declaration is looked for: scripts and styles may come first."""
_NOT_OF_TEXTS = ("utf-7", "utf-16", "utf-32", "idna", "punycode", "unicode", "raw-unicode")
"""Encodings that no text beside UTF-16's and UTF-32's zeros is in, as their codecs are called."""
_SEVEN_BIT = ("iso2022_jp", "iso2022_kr")
_WINDOWS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_SAMPLE = 32_768
_GUESS_SAMPLE = 100_000
# Letters beyond ASCII make up less of a text than this in languages that cp1252 serves.
_MAX_WESTERN_SHARE = 0.12
_DAMAGED = Notice(
    NoticeKind.DECODING, "Some characters in this file are damaged and are shown as \ufffd."
)
_ODD_IN_WORD = re.compile(r"[a-z](?:[À-ÖØ-Þ†-™Œ-ž∂-◊][a-z]|[À-ÖØ-Þ]\b)")
_ODD_IN_WESTERN = frozenset("¤¦¨¬¯±²³´¸¹ºªˆ˜†‡‰‹ƒ¥¢Þþðµ¼½¾×÷")


def decode(data: bytes, charset: str = "") -> tuple[str, tuple[Notice, ...]]:
    """Return the text that ``data`` holds, byte-order mark removed, and what to know about it.

    Tried in turn: a byte-order mark, UTF-32 and UTF-16 by their zero bytes, UTF-8, the encoding
    ``charset`` that is said of the text ('' for none), the one that it declares itself, a guess.
    What cannot be decoded becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _replacing(data, wide)
    for encoding in _SEVEN_BIT if b"\x1b$" in data[:_SAMPLE] else ():
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), (_guessed(encoding),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    declared = _usable(charset, data) or _usable(_declared(data), data)
    if declared:
        return _replacing(data, declared)
    if _is_damaged_utf8(data):
        return _replacing(data, "utf-8")
    encoding = _guess(data)
    return data.decode(encoding, "replace"), (_guessed(encoding),)


def _replacing(data: bytes, encoding: str) -> tuple[str, tuple[Notice, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), (_DAMAGED,)


def _guessed(encoding: str) -> Notice:
    return Notice(
        NoticeKind.DECODING,
        f"This file does not say how its letters are stored. It was read as {encoding}; "
        "if words look wrong, save it as UTF-8 and open it again.",
    )


def _wide_encoding(data: bytes) -> str | None:
    """Return UTF-32 or UTF-16 where zero bytes stand as they do in Latin text, else None."""
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) // 4 * 4]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    quarter = len(sample) // 4
    zeros = [sample[offset::4].count(0) / quarter for offset in range(4)]
    if min(zeros[2:]) > 0.95 and zeros[0] < 0.05:
        return "utf-32-le"
    if min(zeros[:2]) > 0.95 and zeros[3] < 0.05:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str:
    """Return the name of the encoding that the text itself declares, '' if it does not."""
    found = _DECLARED.search(data[:2048]) or _META.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _usable(name: str, data: bytes) -> str | None:
    """Return the encoding of this name if ``data`` can be read with it, else None.

    As browsers do, what calls itself ASCII or Latin 1 is read as Windows' own set, which has quotes
    where Latin 1 has control characters. UTF-16 and UTF-32 would have been told by their zeros;
    UTF-7 and what Python alone calls an encoding are read by nobody.
    """
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if encoding.startswith(_NOT_OF_TEXTS):
        return None
    for candidate in (_WINDOWS.get(encoding, encoding), encoding):
        try:
            data.decode(candidate)
        except (LookupError, UnicodeError, ValueError):
            continue
        return candidate
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether ``data`` is UTF-8 but for a few broken characters.

    In UTF-8 nearly every byte above ASCII belongs to a whole character; in any other encoding
    nearly none does.
    """
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    whole = data.decode("utf-8", "ignore").encode("utf-8")
    whole_high = len(whole) - len(whole.translate(None, bytes(range(128, 256))))
    return whole_high > 0.7 * high


def _guess(data: bytes) -> str:
    """Return the likeliest encoding of text that declares none and is not UTF-8."""
    lines = [line for line in data[:4_000_000].splitlines(keepends=True) if not line.isascii()]
    sample = b"".join(lines)[:_GUESS_SAMPLE]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if high <= _MAX_WESTERN_SHARE * len(data):
        best = min(("cp1252", "mac_roman"), key=lambda name: _oddness(sample, name))
        if _oddness(sample, best) <= 0.25 * high:
            return best
    match = charset_normalizer.from_bytes(sample).best()
    return match.encoding if match else "cp1252"


def _oddness(sample: bytes, encoding: str) -> int:
    """Return how many characters would be strange in Western text, less those that speak for it.

    Strange are undefined bytes, rare signs, a capital or a sign in the middle of a small word, and
    a capital at its end.
    """
    text = sample.decode(encoding, "replace")
    rare = sum(text.count(sign) for sign in _ODD_IN_WESTERN) + text.count("\ufffd")
    return rare + len(_ODD_IN_WORD.findall(text)) - text.count("’")
