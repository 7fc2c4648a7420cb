"""Rich Text Format: bytes to its tokens, one pass and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z0-9])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\x00]+)"
    rb"|[\r\n\x00]+"
    rb"|\\"
)


class TokenKind(Enum):
    """What a token is to RTF."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "word"
    """A control word; ``number`` is its parameter, None where it has none."""
    SIGN = "sign"
    """A control symbol as ``\\~``."""
    BYTES = "bytes"
    """Text in the code page of the font."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``name`` is of a word or sign, ``content`` of bytes."""

    kind: TokenKind
    name: str = ""
    number: int | None = None
    content: bytes = b""


_OPEN, _CLOSE = Token(TokenKind.OPEN), Token(TokenKind.CLOSE)


def tokens_of(data: bytes) -> Iterator[Token]:
    """Yield the tokens of ``data``; binary content, which "bin" announces, is passed over."""
    place, end = 0, len(data)
    while place < end:
        found = _TOKEN.match(data, place)
        if found is None:
            place += 1
            continue
        place = found.end()
        match found.lastgroup:
            case "word" | "number":
                name = found["word"].decode("ascii")
                written = found["number"]
                number = None if written is None else int(written)
                if name == "bin":
                    place += min(max(number or 0, 0), end - place)
                else:
                    yield Token(TokenKind.WORD, name, number)
            case "byte":
                yield Token(TokenKind.BYTES, content=bytes((int(found["byte"], 16),)))
            case "sign":
                yield Token(TokenKind.SIGN, found["sign"].decode("latin-1"))
            case "brace":
                yield _OPEN if found["brace"] == b"{" else _CLOSE
            case "text":
                yield Token(TokenKind.BYTES, content=found["text"])
