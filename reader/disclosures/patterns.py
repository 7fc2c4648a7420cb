"""The small language in which disclosure rules are written.

A pattern reads like the sentence that it finds, and matches inside one sentence:

    <we> ~ {<share>} ... <data> ... with/to ~ <advertisers>

=====================  ==========================================================================
``share``              this word in any inflection (share, shares, shared, sharing)
``with/to``            one of these words
``(opt out | say no)`` one of these sequences
``[personal]``         may be there or not
``<advertisers>``      an entry of the lexicon (``resources/disclosures/lexicon.toml``)
``#``                  any number; ``13`` is that number
``@email``, ``@url``   any such address
``~``                  up to eight words that neither start a new clause nor name another actor
``...``                up to thirty words, none of which opens a new statement (";", "but", "we")
``~3``, ``...12``      the same with another bound
``{...}``              the act: a negation over it turns "said" into "denied"
``{limit: ...}``       words that limit a denial, reported as its condition
``^``, ``$``           start and end of the sentence (``$`` allows for its full stop)
=====================  ==========================================================================

Alternatives, and the entries of the lexicon, may each mark an act of their own.
A comma or bracket may stand between any two words. Every repeat is bounded, so the time of a
match is linear in the length of the sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from reader.disclosures.words import words_of

# Words that open a clause of their own or name another actor: the act of "we ask advertisers how
# they use it" is not ours.
CLAUSE_OPENERS = frozenset(
    [
        ";",
        ":",
        "?",
        "!",
        "if",
        "unless",
        "because",
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "how",
        "where",
        "whether",
        "you",
        "they",
        "although",
        "whereas",
        "while",
    ]
)
_NEAR = 8
_WIDE = 30
_TOO_COMMON = frozenset(
    [
        "we",
        "our",
        "us",
        "you",
        "your",
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "or",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "be",
        "have",
        "do",
        "not",
        "may",
        "can",
        "will",
        "that",
        "this",
        "it",
        "as",
        "any",
        "such",
        "other",
        ",",
        "(",
        ")",
        ";",
        ":",
        ".",
    ]
)

_SYNTAX = re.compile(
    r"\s+|(?P<gap>~\d*|\.\.\.\d*)|(?P<lexicon><[a-z-]+>)|(?P<limit>\{limit:)"
    r"|(?P<mark>[(){}\[\]|^$])|(?P<word>[^\s(){}\[\]|^$<>~]+)"
)


class PatternError(ValueError):
    """A pattern that breaks the language: the message says where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    ``needs`` are sets of keys; a sentence that lacks all keys of any set cannot match.
    ``source`` is the pattern as written.
    """

    source: str
    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern: its expression, and the sets of keys that a match must meet.

    An option, a gap or any number promises nothing and has no needs.
    """

    regex: str
    needs: tuple[frozenset[str], ...] = ()


# Every key is followed by a space, and a sentence begins with one.
_GLUE = r"(?:[,()] ){0,2}"
_NEAR_WORD = (
    r"(?!(?:" + "|".join(sorted(map(re.escape, CLAUSE_OPENERS), key=len, reverse=True)) + r") )"
)

_WIDE_WORD = r"(?!(?:;|we|but|however) )"


def _gap(symbol: str) -> _Piece:
    near = symbol.startswith("~")
    digits = symbol.lstrip("~.")
    bound = int(digits) if digits else (_NEAR if near else _WIDE)
    if bound > 60:
        raise PatternError(f"a gap of more than 60 words: {symbol}")
    word = (_NEAR_WORD if near else _WIDE_WORD) + "[^ ]+ "
    return _Piece(f"(?:{word}){{0,{bound}}}?")


def _word_keys(word: str) -> list[str]:
    return [w.key for w in words_of(word)]


def _literal(words: str) -> _Piece:
    sequences = [_word_keys(word) for word in words.split("/")]
    if words == "#":
        return _Piece(r"#[^ ]+ ")
    if words in {"@email", "@url"}:
        return _Piece(words + " ", (frozenset([words]),))
    if not all(sequences):
        raise PatternError(f"not a word: {words}")
    alternatives = sorted({"".join(re.escape(k) + " " for k in keys) for keys in sequences})
    regex = alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
    return _Piece(regex, (frozenset(_rarest(keys) for keys in sequences),))


def _rarest(keys: Iterable[str]) -> str:
    return max(keys, key=lambda key: (key not in _TOO_COMMON, len(key)))


def _need_of_alternatives(pieces: Sequence[_Piece]) -> tuple[frozenset[str], ...]:
    """Return the need that all alternatives share: one key of the best need of each."""
    best: set[str] = set()
    for piece in pieces:
        if not piece.needs:
            return ()
        best |= min(piece.needs, key=_commonness)
    return (frozenset(best),)


def _commonness(need: Set[str]) -> tuple[bool, int]:
    return (not need.isdisjoint(_TOO_COMMON), len(need))


def _numbered(regex: str) -> str:
    """Return ``regex`` with a name of its own for each act and limit: act1, act2, limit3.

    Alternatives may each mark their act, and lexicon entries may hold marks.
    """
    numbers = itertools.count(1)
    return re.sub(r"\(\?P<(act|limit)>", lambda m: f"(?P<{m.group(1)}{next(numbers)}>", regex)


class Lexicon:
    """Named alternatives that patterns refer to as ``<name>``; entries are patterns themselves.

    An entry may use other names of the same lexicon, but not in a circle.
    """

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self._entries = entries
        self._compiled: dict[str, _Piece] = {}
        self._open: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all entries."""
        return tuple(self._entries)

    def compile(self, source: str) -> Pattern:
        """Return the compiled pattern.

        Raises:
            PatternError: the source breaks the language or names an unknown entry.
        """
        piece = _Parser(source, self).parse()
        needs = tuple(sorted(piece.needs, key=_commonness))
        return Pattern(source, re.compile(r"(?<= )" + _numbered(piece.regex)), needs)

    def piece(self, name: str) -> _Piece:
        """Return the compiled alternatives of an entry."""
        if name in self._compiled:
            return self._compiled[name]
        if name not in self._entries:
            raise PatternError(f"no lexicon entry <{name}>")
        if name in self._open:
            raise PatternError(f"lexicon entries in a circle: {' > '.join([*self._open, name])}")
        self._open.append(name)
        pieces = [_Parser(entry, self).parse() for entry in self._entries[name]]
        self._open.pop()
        # Longer entries first, so that "third party partners" is not cut to "third party".
        pieces.sort(key=lambda piece: len(piece.regex), reverse=True)
        regex = "(?:" + "|".join(dict.fromkeys(piece.regex for piece in pieces)) + ")"
        self._compiled[name] = _Piece(regex, _need_of_alternatives(pieces))
        return self._compiled[name]


class _Parser:
    """Turns one pattern into a piece, by recursive descent."""

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        self._source = source
        self._lexicon = lexicon
        self._tokens = [
            (match.lastgroup, match.group())
            for match in _SYNTAX.finditer(source)
            if match.lastgroup is not None
        ]
        if sum(len(m.group()) for m in _SYNTAX.finditer(source)) != len(source):
            raise PatternError(f"cannot read: {source}")
        self._at = 0

    def parse(self) -> _Piece:
        piece = self._alternatives()
        if self._at < len(self._tokens):
            raise PatternError(f"unexpected {self._tokens[self._at][1]!r} in: {self._source}")
        if not piece.regex:
            raise PatternError("an empty pattern")
        return piece

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _alternatives(self) -> _Piece:
        pieces = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            pieces.append(self._sequence())
        if len(pieces) == 1:
            return pieces[0]
        regex = "(?:" + "|".join(piece.regex for piece in pieces) + ")"
        return _Piece(regex, _need_of_alternatives(pieces))

    def _sequence(self) -> _Piece:
        parts: list[str] = []
        needs: list[frozenset[str]] = []
        joint = False  # whether a comma may stand before the next part
        while self._at < len(self._tokens) and self._peek() not in {"|", ")", "]", "}"}:
            kind, symbol = self._tokens[self._at]
            self._at += 1
            piece = self._part(kind, symbol)
            bare = kind == "gap" or symbol in {"^", "$"}
            if joint and not bare:
                parts.append(_GLUE)
            parts.append(piece.regex)
            needs.extend(piece.needs)
            joint = not bare
        return _Piece("".join(parts), tuple(needs))

    def _part(self, kind: str | None, symbol: str) -> _Piece:
        if kind == "gap":
            return _gap(symbol)
        if kind == "lexicon":
            return self._lexicon.piece(symbol[1:-1])
        if kind == "word":
            return _literal(symbol)
        if symbol == "^":
            return _Piece(r"(?<![^ ] )")
        if symbol == "$":
            return _Piece(r"(?=(?:[.!?] )?\Z)")
        if symbol == "(":
            return self._closed(")")
        if symbol == "[":
            piece = self._closed("]")
            return _Piece(f"(?:{piece.regex}{_GLUE})?")
        if symbol == "{":
            piece = self._closed("}")
            return _Piece(f"(?P<act>{piece.regex})", piece.needs)
        if kind == "limit":
            piece = self._closed("}")
            return _Piece(f"(?P<limit>{piece.regex})", piece.needs)
        raise PatternError(f"unexpected {symbol!r} in: {self._source}")

    def _closed(self, closing: str) -> _Piece:
        piece = self._alternatives()
        if self._peek() != closing:
            raise PatternError(f"{closing!r} is missing in: {self._source}")
        self._at += 1
        return _Piece(f"(?:{piece.regex})", piece.needs)
