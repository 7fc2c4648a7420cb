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
``...``                up to thirty words, none of which opens a statement (";", "but", ", we")
``~3``, ``...12``      the same with another bound
``{...}``              the act: a negation over it turns "said" into "denied"
``{limit: ...}``       words that limit a denial, reported as its condition
``^``, ``$``           start and end of the sentence (``$`` allows for its full stop)
=====================  ==========================================================================

Alternatives, and the entries of the lexicon, may each mark an act of their own.
A comma or bracket may stand between any two words. ``reader.disclosures.matching`` finds what a
compiled pattern describes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from reader.disclosures.matching import (
    Branch,
    Capture,
    Choice,
    Edge,
    Entry,
    Keys,
    Option,
    Part,
    Pattern,
    Run,
)
from reader.disclosures.places import Gap
from reader.disclosures.words import keys_of, text_keys

_NEAR = 8
_WIDE = 30
_WIDEST = 60
_MOST_STEPS = 2_000  # of one pattern, multiplied out; the program's own have 131 at most
_TOO_COMMON = keys_of(
    "we our us you your the a an of to and or in on for with by from be have do not may can will "
    "that this it as any such other , ( ) ; : ."
)

# What most sentences of a policy hold, so that hardly anything is told by it.
_FREQUENT = keys_of(
    "information data personal use collect share provide service site website third party parties "
    "privacy policy cookies account time request access contact process products device name email"
)

_SYNTAX = re.compile(
    r"\s+|(?P<gap>~\d*|\.\.\.\d*)|(?P<lexicon><[a-z-]+>)|(?P<limit>\{limit:)"
    r"|(?P<mark>[(){}\[\]|^$])|(?P<word>[^\s(){}\[\]|^$<>~]+)"
)


class PatternError(ValueError):
    """A pattern that breaks the language: the message says where."""


_NOTHING = Run(())


class Lexicon:
    """Named alternatives that patterns refer to as ``<name>``; entries are patterns themselves.

    An entry may use other names of the same lexicon, but not in a circle.
    """

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self._entries = entries
        self._compiled: dict[str, Entry | Choice] = {}
        self._patterns: dict[str, Pattern] = {}
        self._open: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all entries."""
        return tuple(self._entries)

    def compile(self, source: str) -> Pattern:
        """Return the compiled pattern, the same each time that the source is.

        Raises:
            PatternError: the source breaks the language or names an unknown entry.
        """
        if source not in self._patterns:
            part = _Parser(source, self).parse()
            self._patterns[source] = Pattern(source, tuple(map(_branch, _alternatives(part))))
        return self._patterns[source]

    def entry(self, name: str) -> Entry | Choice:
        """Return the compiled entry; a plain choice where it marks an act or a limit.

        Raises:
            PatternError: there is none of this name, or it refers to itself.
        """
        if name in self._compiled:
            return self._compiled[name]
        if name not in self._entries:
            raise PatternError(f"no lexicon entry <{name}>")
        if name in self._open:
            raise PatternError(
                "lexicon entries refer to each other in a circle: "
                f"{' > '.join([*self._open, name])}"
            )
        self._open.append(name)
        parts = tuple(_Parser(source, self).parse() for source in self._entries[name])
        self._open.pop()
        # What is kept of an entry for a whole sentence are its ends, not its captures.
        marked = any("{" in source for source in self._entries[name])
        self._compiled[name] = Choice(parts) if marked else _entry(name, parts)
        return self._compiled[name]


def _entry(name: str, parts: Sequence[Part]) -> Entry:
    # Their order tells nothing, since of the matches at one place the longest counts.
    single = _keys(frozenset[str]().union(*(part.keys for part in parts if isinstance(part, Keys))))
    several = [part for part in parts if not isinstance(part, Keys)]
    branches = tuple(map(_branch, [single, *several] if single.keys else several))
    if not all(_begins_with_a_word(branch.part) for branch in branches):
        raise PatternError(f"<{name}>: an entry must begin with a word")
    return Entry(name, branches, _need_of_alternatives(parts))


def _one_of(parts: Iterable[Part]) -> Part:
    """Return the choice between ``parts``, neighbours of one word each joined to one part."""
    joined: list[Part] = []
    for part in parts:
        if joined and isinstance(part, Keys) and isinstance(joined[-1], Keys):
            joined[-1] = _keys(joined[-1].keys | part.keys)
        else:
            joined.append(part)
    return joined[0] if len(joined) == 1 else Choice(tuple(joined))


def _alternatives(part: Part) -> Iterable[Part]:
    if isinstance(part, Choice):
        for inner in part.parts:
            yield from _alternatives(inner)
    else:
        yield part


def _branch(part: Part) -> Branch:
    return Branch(part, tuple(sorted(_needs(part), key=_commonness)))


def _begins_with_a_word(part: Part) -> bool:
    """Return whether every match of ``part`` begins with a word of its own, not with a gap."""
    match part:
        case Keys() | Entry():
            return True
        case Capture(_, inner):
            return _begins_with_a_word(inner)
        case Choice(parts):
            return all(map(_begins_with_a_word, parts))
        case Run(steps):
            for gap, inner in steps:
                first = inner.part if isinstance(inner, Option) else inner
                if gap is not None or not _begins_with_a_word(first):
                    return False
                if first is inner:
                    return True
    return False


def _needs(part: Part) -> tuple[frozenset[str], ...]:
    """Return sets of keys, of each of which every match of ``part`` holds one."""
    match part:
        case Keys(keys):
            return (keys,)
        case Capture(_, inner):
            return _needs(inner)
        case Run(steps):
            return tuple(need for _, inner in steps for need in _needs(inner))
        case Choice(parts):
            return _need_of_alternatives(parts)
        case Entry():
            return part.needs
    return ()


def _need_of_alternatives(parts: Iterable[Part]) -> tuple[frozenset[str], ...]:
    """Return the one need that all alternatives share: the rarest keys of each."""
    shared: set[str] = set()
    for part in parts:
        needs = _needs(part)
        if not needs:
            return ()
        shared |= min(needs, key=_commonness)
    return (frozenset(shared),)


def _commonness(need: Set[str]) -> tuple[bool, int, int]:
    """Return how little it tells that a sentence has one of these keys; less is rarer."""
    return (not need.isdisjoint(_TOO_COMMON), len(need & _FREQUENT), len(need))


@dataclass(slots=True)
class _Room:
    """How much one pattern may become, lest its alternatives multiply without end."""

    source: str
    left: int = _MOST_STEPS

    def take(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise PatternError(f"too many gaps next to optional parts: {self.source}")


@dataclass(slots=True)
class _Parser:
    """Turns one pattern into its part, by recursive descent."""

    source: str
    lexicon: Lexicon
    _symbols: list[tuple[str, str]] = field(init=False)
    _at: int = field(init=False, default=0)
    _room: _Room = field(init=False)

    def __post_init__(self) -> None:
        self._symbols = []
        self._room = _Room(self.source)
        read = 0
        for match in _SYNTAX.finditer(self.source):
            if match.start() != read:
                break
            read = match.end()
            if match.lastgroup is not None:
                self._symbols.append((match.lastgroup, match.group()))
        if read != len(self.source):
            raise PatternError(f"cannot read: {self.source}")

    def parse(self) -> Part:
        if not self._symbols:
            raise PatternError("an empty pattern")
        part = self._choice()
        if self._at < len(self._symbols):
            raise PatternError(f"unexpected {self._peek()!r} in: {self.source}")
        return part

    def _peek(self) -> str:
        return self._symbols[self._at][1] if self._at < len(self._symbols) else ""

    def _choice(self) -> Part:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        return _one_of(parts)

    def _sequence(self) -> Part:
        steps: list[tuple[Gap | None, Part]] = []
        gap: Gap | None = None
        while self._at < len(self._symbols) and self._peek() not in {"|", ")", "]", "}"}:
            kind, symbol = self._symbols[self._at]
            self._at += 1
            if kind == "gap":
                gap = _gap(symbol)
                continue
            steps.append((gap, self._part(kind, symbol)))
            gap = None
        if not steps:
            raise PatternError(f"nothing to match in: {self.source}")
        if gap is not None:  # it leads to whatever follows the group or entry
            steps.append((gap, _NOTHING))
        return _run(steps, self._room)

    def _part(self, kind: str, symbol: str) -> Part:
        if kind == "lexicon":
            return self.lexicon.entry(symbol[1:-1])
        if kind == "word":
            return _literal(symbol)
        if kind == "limit":
            return Capture("limit", self._closed("}"))
        if symbol in {"^", "$"}:
            return Edge(at_end=symbol == "$")
        if symbol == "(":
            return self._closed(")")
        if symbol == "[":
            return Option(self._closed("]"))
        if symbol == "{":
            return Capture("act", self._closed("}"))
        raise PatternError(f"unexpected {symbol!r} in: {self.source}")

    def _closed(self, closing: str) -> Part:
        part = self._choice()
        if self._peek() != closing:
            raise PatternError(f"{closing!r} is missing in: {self.source}")
        self._at += 1
        return part


_Steps = Sequence[tuple[Gap | None, Part]]


def _run(steps: _Steps, room: _Room) -> Part:
    """Return the run of ``steps``, in which no gap at the end of a group stands before a part.

    Such a gap must know what it leads to, so the group's alternatives are multiplied out, as far
    as there is ``room``.
    """
    room.take(len(steps))
    for index, (gap, part) in enumerate(steps[:-1]):
        alternatives = part.parts if isinstance(part, Choice) else (part,)
        if any(map(_trailing_gap, alternatives)):
            head, tail = steps[:index], steps[index + 1 :]
            return Choice(tuple(_run([*head, *_opened(gap, p, tail)], room) for p in alternatives))
    for index, (gap, part) in enumerate(steps[:-1]):
        if isinstance(part, Option) and (gap is not None or index == 0):
            return _with_and_without(steps[:index], gap, part.part, steps[index + 1 :], room)
    return steps[0][1] if len(steps) == 1 and steps[0][0] is None else Run(tuple(steps))


def _with_and_without(head: _Steps, gap: Gap | None, part: Part, tail: _Steps, room: _Room) -> Part:
    """Return the run in which ``part`` may be left out, as a choice of two.

    Behind a gap an option could begin anywhere; the words that it and its successor begin with
    tell where to look.
    """
    rest = _run(tail, room)
    either = Choice((_run([(None, part), *tail], room), rest))
    return _run([*head, (gap, either)], room) if head or gap is not None else either


def _trailing_gap(part: Part) -> Gap | None:
    if isinstance(part, Run) and part.steps and part.steps[-1][1] is _NOTHING:
        return part.steps[-1][0]
    return None


def _opened(gap: Gap | None, part: Part, tail: _Steps) -> _Steps:
    """Return the steps of ``part`` and ``tail``, the gap that ends the one before the other."""
    trailing = _trailing_gap(part)
    if trailing is None or not isinstance(part, Run):
        return [(gap, part), *tail]
    (_, first), *others = part.steps[:-1]
    (_, following), *rest = tail
    return [(gap, first), *others, (trailing, following), *rest]


@cache
def _gap(symbol: str) -> Gap:
    near = symbol.startswith("~")
    digits = symbol.lstrip("~.")
    bound = int(digits) if digits else (_NEAR if near else _WIDE)
    if bound > _WIDEST:
        raise PatternError(f"a gap of more than {_WIDEST} words: {symbol}")
    return Gap(near, bound)


@cache
def _keys_in(words: str) -> tuple[str, ...]:
    return tuple(text_keys(words))


@cache
def _keys(keys: frozenset[str]) -> Keys:
    """Return the one part of these keys: texts keep by part what they found."""
    return Keys(keys)


@cache
def _literal(words: str) -> Part:
    if words in {"#", "@email", "@url"}:
        return _keys(frozenset({words}))
    sequences = [_keys_in(word) for word in words.split("/")]
    if not all(sequences):
        raise PatternError(f"not a word: {words}")
    single = frozenset(keys[0] for keys in sequences if len(keys) == 1)
    parts: list[Part] = [_keys(single)] if single else []
    parts.extend(
        Run(tuple((None, _keys(frozenset({key}))) for key in keys))
        for keys in sequences
        if len(keys) > 1
    )
    return _one_of(parts)
