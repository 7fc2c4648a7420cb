"""From what a format's parser found to text and blocks: one line of the text for each block.

A ``Draft`` is a block before its place in the text is known. ``assemble`` squeezes white space,
drops what is empty, and cuts the spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.loading.limits import check_blocks
from reader.model import Block, BlockKind, Link, Notice, Span

CELL_SEPARATOR = " | "
"""What stands between the cells of a table's row."""

_MAX_ITALIC = 80
"""Characters of a line in italics that may be a heading."""
_WHITE = re.compile(r" \s+|[^\S ]\s*")  # all but single spaces, which need no replacing
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s<>\"]{1,2000}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. ``target`` is the address they link to, None where they are no link.

    ``page`` is the page they stand on, counted from 1, None for formats without pages.
    """

    text: str
    bold: bool = False
    italic: bool = False
    target: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A block whose words are known and whose place in the text is not. Fields as in ``Block``."""

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    explicit: bool = False
    page: int | None = None
    size: float = 1.0

    @property
    def text(self) -> str:
        """Return the draft's words, white space as the parser found it."""
        if len(self.runs) == 1:  # most have one
            return self.runs[0].text
        return "".join([run.text for run in self.runs])


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format's parser found in a file.

    ``title`` is what the file itself calls the document, '' where it does not. ``media_type`` is
    what the bytes turned out to be. Neither title nor drafts need be in the normal form.
    """

    title: str
    media_type: str
    drafts: Iterable[Draft]
    notices: tuple[Notice, ...] = ()


def without_start(runs: Sequence[Run], length: int) -> list[Run]:
    """Return ``runs`` without their first ``length`` characters."""
    if not length:
        return list(runs)
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[length:]) if length else run)
        length = max(0, length - len(run.text))
    return kept


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document's text, and what stands where in it. ``pages`` as in ``LoadedText``."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    pages: tuple[int, ...]


def assemble(drafts: Iterable[Draft]) -> Assembled:
    """Join ``drafts`` to one text in which line ``i`` is block ``i``.

    No block is empty, none holds a line break, white space within is single spaces, and one line
    feed stands between blocks. Only web and e-mail addresses become links; an address within the
    page counts in ``link_ratio`` alone.

    Raises:
        TooComplexError: there are too many blocks.
    """
    lines: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    pages: list[int] = []
    start = 0
    for draft in drafts:
        line, placed = _squeeze(draft.runs)
        letters = _letters(line)
        if not letters:
            continue
        # A first line in italics is a remark upon the text.
        bold = letters if blocks and _is_set_apart(draft, line) else 0
        linked = 0
        for run, run_start, run_end in placed:
            if run.page is not None:
                # A page without words begins where the next one does.
                pages += [start + run_start] * (run.page - len(pages))
            inked = _letters(line[run_start:run_end])
            if run.bold:
                bold = min(letters, bold + inked)
            if run.target is not None:
                linked += inked
                if inked and _TARGET.match(run.target):
                    link = Link(Span(start + run_start, start + run_end), run.target)
                    if links and _goes_on(links[-1], link):
                        link = replace(link, span=Span(links.pop().span.start, link.span.end))
                    links.append(link)
        blocks.append(
            Block(
                kind=draft.kind,
                span=Span(start, start + len(line)),
                level=draft.level,
                explicit=draft.explicit,
                bold=bold / letters,
                size=draft.size,
                link_ratio=linked / letters,
                page=draft.page,
            )
        )
        check_blocks(len(blocks))
        lines.append(line)
        start += len(line) + 1
    return Assembled("\n".join(lines), tuple(blocks), tuple(links), tuple(pages))


def _is_set_apart(draft: Draft, line: str) -> bool:
    """Return whether a paragraph is a short line in italics, as marked as one in bold is."""
    return (
        draft.kind is BlockKind.PARAGRAPH
        and len(line) <= _MAX_ITALIC
        and (line[-1].isalnum() or line[-1] == "?")
        and line[0].isupper()
        and all(run.italic for run in draft.runs if not run.text.isspace())
    )


def _goes_on(link: Link, following: Link) -> bool:
    """Return whether two links are one whose words are of two looks, or stand on two lines."""
    return link.target == following.target and following.span.start - link.span.end <= 1


def _letters(words: str) -> int:
    return len(words) - words.count(" ")


def _squeeze(runs: tuple[Run, ...]) -> tuple[str, list[tuple[Run, int, int]]]:
    """Return the runs as one line without doubled or outer spaces, and where some of them stand.

    Places are given of bold runs, links and those whose page is known, without the space at their
    ends; a run without words has none.
    """
    pieces: list[str] = []
    placed: list[tuple[Run, int, int]] = []
    length = 0
    spaced = True
    for run in runs:
        piece = run.text
        if "  " in piece or not piece.isprintable():  # no other white space is printable
            piece = _WHITE.sub(" ", piece)
        if spaced and piece[:1] == " ":
            piece = piece[1:]
        if not piece:
            continue
        is_told_apart = run.bold or run.target is not None or run.page is not None
        if is_told_apart and (words := piece.strip(" ")):
            lead = len(piece) - len(piece.lstrip(" "))
            placed.append((run, length + lead, length + lead + len(words)))
        pieces.append(piece)
        length += len(piece)
        spaced = piece[-1] == " "
    return "".join(pieces).rstrip(" "), placed
