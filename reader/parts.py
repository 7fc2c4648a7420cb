"""Several files that are one policy: which may be, what they are called, and their one text.

A policy may come as its main text, a cookie notice and an addendum for a region. Each file is read
as itself; here their texts are put one below the other, each under its title.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath, PureWindowsPath

from reader.errors import TooComplexError, UnsupportedInputError
from reader.model import Block, BlockKind, Link, LoadedText, Notice, Part, Section, Source, Span

MOST_PARTS = 12
"""Files that one policy may have. The most seen has five: the rest is for regions."""

_DEEPEST = 6
_DIFFERENT_TYPES = "multipart/mixed"

FindSections = Callable[[str, tuple[Block, ...]], tuple[Section, ...]]


def check_parts(names: Sequence[str], hashes: Sequence[str]) -> None:
    """Raise where files of these ``names`` and SHA-256 ``hashes`` cannot be one policy.

    Raises:
        ReaderError: there are too many, or two hold the same; ``part`` names the second of them.
    """
    if len(names) > MOST_PARTS:
        raise TooComplexError(
            f"These are {len(names)} files; one policy may have at most {MOST_PARTS}.",
            "Leave some of them out, or open them one by one.",
        )
    first: dict[str, int] = {}
    shown = names_of_files(names)
    for index, sha256 in enumerate(hashes):
        before = first.setdefault(sha256, index)
        if before != index:
            is_same = names[before] == names[index]
            error = UnsupportedInputError(
                "This file is part of the policy twice."
                if is_same
                else f"It holds the same as “{shown[before]}”, another file of this policy.",
                "Leave one of the two out.",
            )
            error.part = names[index]
            raise error


def sha256_of_parts(hashes: Sequence[str]) -> str:
    """Return what a policy of several files is known by: one hash of theirs, in their order."""
    return hashlib.sha256("\n".join(hashes).encode("ascii")).hexdigest()


def names_of_files(names: Sequence[str]) -> tuple[str, ...]:
    """Return what to call each of some files: the name alone, its folder before it where needed."""
    paths = [
        PureWindowsPath(name) if "\\" in name and "/" not in name else PurePosixPath(name)
        for name in names
    ]
    times = Counter(path.name for path in paths)
    return tuple(
        "/".join(path.parts[-2:]) if times[path.name] > 1 else path.name or name
        for path, name in zip(paths, names, strict=True)
    )


@dataclass(frozen=True, slots=True)
class JoinedParts:
    """The texts of several files as one, and the sections that tile it."""

    text: LoadedText
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]


def join_parts(
    loaded: Sequence[LoadedText], titles: Sequence[str], find_sections: FindSections
) -> JoinedParts:
    """Return several texts, whose headings are found, as one text.

    Each stands below its title, a heading of level 1: the line it begins with where that is the
    title or the heading above all others, else a line that is put before it. Its own headings are
    lower than that. What a file says before its first heading stands under its title. Notices name
    their file.
    """
    names = names_of_files([each.source.name for each in loaded])
    whole = _Whole()
    texts = [_below_title(each, title) for each, title in zip(loaded, titles, strict=True)]
    for each, name in zip(texts, names, strict=True):
        whole.add(each, find_sections, name)
    hashes = [each.source.sha256 for each in loaded]
    types = {each.source.media_type for each in loaded}
    text = "\n".join(whole.texts)
    ends = [*whole.starts[1:], len(text)]
    return JoinedParts(
        LoadedText(
            source=Source(
                loaded[0].source.name,
                types.pop() if len(types) == 1 else _DIFFERENT_TYPES,
                sha256_of_parts(hashes),
            ),
            title=titles[0],
            text=text,
            blocks=tuple(whole.blocks),
            links=tuple(whole.links),
            notices=tuple(dict.fromkeys(whole.notices)),
            pages=tuple(whole.pages),
        ),
        _tiled(whole.sections, len(text)),
        tuple(
            Part(each.source, each.blocks[0].span.of(each.text), Span(start, end))
            for each, start, end in zip(texts, whole.starts, ends, strict=True)
        ),
    )


class _Whole:
    """What the parts that were added make together, all places in the one text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.notices: list[Notice] = []
        self.pages: list[int] = []
        self.sections: list[Section] = []
        self._length = 0

    def add(self, part: LoadedText, find_sections: FindSections, name: str) -> None:
        """Put ``part``, which begins with its title, below what is there."""
        start = self._length
        self.texts.append(part.text)
        self.starts.append(start)
        self._length += len(part.text) + 1
        self.links += [replace(each, span=_moved(each.span, start)) for each in part.links]
        self.notices += [replace(each, text=f"“{name}”: {each.text}") for each in part.notices]
        self.pages += [start + page for page in part.pages]

        heading, *rest = part.blocks
        deeper = int(any(b.kind is BlockKind.HEADING and b.level <= 1 for b in rest))
        below = [_lowered(block, deeper) for block in rest]
        self.blocks += [
            replace(block, span=_moved(block.span, start)) for block in (heading, *below)
        ]
        title = heading.span.of(part.text)
        first = len(self.sections)
        self.sections.append(Section(first, title, False, 1, None, _moved(heading.span, start)))
        body = heading.span.end + 1
        found = find_sections(
            part.text[body:], tuple(replace(b, span=_moved(b.span, -body)) for b in below)
        )
        # What stands before the first heading is the title's, and so is all of a short text that
        # has none; the others count on behind it.
        is_one = len(found) == 1 and found[0].heading_is_ours
        opening = int(bool(found) and (found[0].level == 0 or is_one))
        for section in found[opening:]:
            level = section.level + 1 if section.heading_is_ours else section.level
            self.sections.append(
                replace(
                    section,
                    index=first + 1 + section.index - opening,
                    level=min(level, _DEEPEST),
                    parent=(
                        first if section.parent is None else first + 1 + section.parent - opening
                    ),
                    span=_moved(section.span, start + body),
                )
            )


def _below_title(loaded: LoadedText, title: str) -> LoadedText:
    """Return ``loaded`` with its title as the first block, which is put there where it is not."""
    first, *rest = loaded.blocks
    is_above_all = first.kind is BlockKind.HEADING and all(
        block.level > first.level for block in rest if block.kind is BlockKind.HEADING
    )
    if is_above_all or _folded(first.span.of(loaded.text)) == _folded(title):
        heading = replace(first, kind=BlockKind.HEADING, level=1)
        return replace(loaded, blocks=(heading, *rest))
    by = len(title) + 1
    heading = Block(BlockKind.HEADING, Span(0, len(title)), level=1, page=first.page)
    return replace(
        loaded,
        text=f"{title}\n{loaded.text}",
        blocks=(heading, *(replace(b, span=_moved(b.span, by)) for b in loaded.blocks)),
        links=tuple(replace(each, span=_moved(each.span, by)) for each in loaded.links),
        pages=tuple(page + by for page in loaded.pages),
    )


def _lowered(block: Block, by: int) -> Block:
    if block.kind is not BlockKind.HEADING:
        return block
    return replace(block, level=min(block.level + by, _DEEPEST))


def _tiled(sections: Sequence[Section], length: int) -> tuple[Section, ...]:
    """Return ``sections``, each reaching to where the next one begins."""
    starts = [section.span.start for section in sections]
    return tuple(
        replace(section, span=Span(start, end))
        for section, (start, end) in zip(sections, pairwise([*starts, length]), strict=True)
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
