"""Two policies -> which section became which, and which of its words came and went.

Sections are paired by heading and words, by heading alone, and then by the words they share; what
is left was added or removed. Where words changed, both texts are marked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from reader.model import PolicyReport, Section, Span
from reader.statements_compared import words_of
from reader.word_changes import Stretch, longest_rise, word_changes

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SIMILAR = 0.4  # of the shingles of the shorter of two sections, for them to be one
_SHINGLE = 3  # words
_BY_CHANCE, _AMID = 2, 12  # same words in a row, and changed ones on both sides of them
_TOO_FREQUENT = 12  # sections that hold a shingle which tells none of them apart


class SectionChangeKind(Enum):
    """What became of a section."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of a section, and how many words came and went in it, its heading's too."""

    change: SectionChangeKind
    old: Section | None
    new: Section | None
    words_added: int
    words_removed: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the sections of two policies belong together.

    ``pairs`` are indexes of an old and a new section that are one, in the order of the new;
    ``removed`` and ``added`` are the words that only one text has, by place, as spans of each.
    """

    changes: tuple[SectionChange, ...]
    pairs: tuple[tuple[int, int], ...]
    removed: tuple[Span, ...]
    added: tuple[Span, ...]


NO_CHANGES = Alignment((), (), (), ())


class _Part:
    """A section with its words: the heading's first, where it is the policy's own."""

    def __init__(self, report: PolicyReport, section: Section, spans: Sequence[Span]) -> None:
        text = report.document.text
        self.section = section
        self.heading = tuple(words_of("" if section.heading_is_ours else section.heading))
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []  # records would be slow to make, one a word
        for span in spans:
            words = words_of(span.of(text))
            places = [match.span() for match in _WORD.finditer(text, span.start, span.end)]
            # The number of a clause comes first and is no word of it. Where letters fold to more
            # than one, places and words differ in number, and all stand for the whole line.
            if len(places) >= len(words):
                places = places[len(places) - len(words) :]
            else:
                places = [(span.start, span.end)] * len(words)
            self.words += words
            self.spans += places
        self.shingles = {
            tuple(self.words[place : place + _SHINGLE])
            for place in range(max(len(self.words) - _SHINGLE + 1, 1))
        }


def section_changes(old: PolicyReport, new: PolicyReport) -> Iterator[Alignment | None]:
    """Yield None while at work, and what became of the sections in the end."""
    before: list[_Part] = []
    after: list[_Part] = []
    for parts, report in ((before, old), (after, new)):
        for part in _parts(report):
            if part.words:
                parts.append(part)
            yield None
    pairs: dict[int, int] = {}
    for _ in _pairing(before, after, pairs):
        yield None
    in_order = set(longest_rise([pairs[place] for place in sorted(pairs)]))
    partner = {new_place: old_place for old_place, new_place in pairs.items()}
    changes: list[SectionChange] = []
    removed: list[Span] = []
    added: list[Span] = []
    for place, part in enumerate(after):
        if place not in partner:
            changes.append(
                SectionChange(SectionChangeKind.ADDED, None, part.section, len(part.words), 0)
            )
            added += _joined(part.spans)
            continue
        other = before[partner[place]]
        if other.words != part.words:
            gone, came = _edited(other, part)
            removed += _joined(gone)
            added += _joined(came)
            kind = SectionChangeKind.EDITED
            changes.append(SectionChange(kind, other.section, part.section, len(came), len(gone)))
            yield None
        elif place not in in_order:
            changes.append(
                SectionChange(SectionChangeKind.MOVED, other.section, part.section, 0, 0)
            )
    for place, part in enumerate(before):
        if place not in pairs:
            changes.append(
                SectionChange(SectionChangeKind.REMOVED, part.section, None, 0, len(part.words))
            )
            removed += _joined(part.spans)
    yield Alignment(
        tuple(changes),
        tuple(
            (before[partner[place]].section.index, part.section.index)
            for place, part in enumerate(after)
            if place in partner
        ),
        tuple(sorted(removed)),
        tuple(sorted(added)),
    )


def _parts(report: PolicyReport) -> Iterator[_Part]:
    sections = report.document.sections
    spans: list[list[Span]] = [[] for _ in sections]
    at = 0
    for block in report.document.blocks:
        while at + 1 < len(sections) and sections[at + 1].span.start <= block.span.start:
            at += 1
        if sections:
            spans[at].append(block.span)
    for section in sections:
        yield _Part(report, section, spans[section.index])


def _edited(old: _Part, new: _Part) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the places of the words that went, and of those that came."""
    gone: list[tuple[int, int]] = []
    came: list[tuple[int, int]] = []
    stretches = word_changes(old.words, new.words)
    for at, stretch in enumerate(stretches):
        if not stretch.is_same or _is_chance(stretches, at):
            gone += old.spans[stretch.old_start : stretch.old_end]
            came += new.spans[stretch.new_start : stretch.new_end]
    return gone, came


def _is_chance(stretches: Sequence[Stretch], at: int) -> bool:
    """Return whether few words are the same by chance, amid many that are not.

    Sentences written anew share their "of the" with the old ones; marked word by word, nobody
    could read them.
    """
    here = stretches[at]
    if here.old_end - here.old_start > _BY_CHANCE or not 0 < at < len(stretches) - 1:
        return False
    changed = sum(
        each.old_end - each.old_start + each.new_end - each.new_start
        for each in (stretches[at - 1], stretches[at + 1])
    )
    return changed >= _AMID


def _joined(places: Iterable[tuple[int, int]]) -> list[Span]:
    """Return neighbouring words as one stretch, as far as a space or two are between them."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and 0 <= start - joined[-1][1] <= 2:
            joined[-1] = joined[-1][0], end
        elif not joined or (start, end) != joined[-1]:
            joined.append((start, end))
    return [Span(start, end) for start, end in joined]


def _pairing(
    before: Sequence[_Part], after: Sequence[_Part], pairs: dict[int, int]
) -> Iterator[None]:
    """Put into ``pairs`` which section became which, pausing now and then.

    They are paired by heading and words, by heading, then by likeness.
    """
    left = set(range(len(after)))

    def pair(place: int, candidates: Iterable[int]) -> None:
        near = min(candidates, key=lambda at: abs(at - place), default=None)
        if near is not None:
            pairs[place] = near
            left.discard(near)

    same: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = defaultdict(list)
    headed: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    holding: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, part in enumerate(after):
        same[part.heading, tuple(part.words)].append(place)
        headed[part.heading].append(place)
        for shingle in part.shingles:
            holding[shingle].append(place)
        yield
    for place, part in enumerate(before):
        pair(place, [a for a in same[part.heading, tuple(part.words)] if a in left])
    for place, part in enumerate(before):
        if place not in pairs and part.heading:
            pair(place, [a for a in headed[part.heading] if a in left])
    for place, part in enumerate(before):
        if place not in pairs:
            yield
            common: Counter[int] = Counter()
            for shingle in part.shingles:
                if len(holding[shingle]) <= _TOO_FREQUENT:
                    common.update(holding[shingle])
            liked = {
                a: count / min(len(part.shingles), len(after[a].shingles))
                for a, count in common.items()
                if a in left
            }
            best = max(liked, key=lambda a: (liked[a], -a), default=None)
            if best is not None and liked[best] >= _SIMILAR:
                pair(place, [best])
