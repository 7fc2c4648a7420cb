"""The numbers of lists and headings, in the styles that documents ask for."""

from __future__ import annotations

from enum import Enum

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class NumeralStyle(Enum):
    """How a number is written."""

    DECIMAL = "1"
    PADDED = "01"
    LOWER_LETTER = "a"
    UPPER_LETTER = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"


def numeral(number: int, style: NumeralStyle) -> str:
    """Return ``number`` written in ``style``; in digits where the style cannot write it.

    Letters go on after "z" with "aa", "bb", as word processors do.
    """
    match style:
        case NumeralStyle.PADDED:
            return f"{number:02d}"
        case NumeralStyle.LOWER_LETTER | NumeralStyle.UPPER_LETTER if 1 <= number <= 260:
            return chr(ord(style.value) + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case NumeralStyle.LOWER_ROMAN | NumeralStyle.UPPER_ROMAN if 1 <= number < 4000:
            written = ""
            for value, letters in _ROMAN:
                written += letters * (number // value)
                number %= value
            return written if style is NumeralStyle.LOWER_ROMAN else written.upper()
    return str(number)
