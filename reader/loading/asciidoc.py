"""AsciiDoc: what a reader of the rendered page would see, as blocks.

Marks, attributes, comments and anchors leave the text; the numbers of lists and sections are
written into it, as a page shows them. Nothing is fetched: what stands in other files is missing,
and a notice says so. What stands only under a condition is read: another program decides on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.errors import TooComplexError
from reader.loading.asciidoc_inline import Names, place_names, runs_of
from reader.loading.asciidoc_tables import rows_of
from reader.loading.drafts import CELL_SEPARATOR, Draft, Run
from reader.loading.items import labelled
from reader.loading.limits import MAX_DEPTH, check_length
from reader.loading.numerals import NumeralStyle, numeral
from reader.loading.text import parse_text
from reader.model import BlockKind, Notice, NoticeKind

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"([=~^+-])\1{2,}")
_ENTRY = re.compile(r":(!?)([A-Za-z0-9_][\w-]{0,60})(!?):(?:[ \t]+(.*))?")
_STYLE = re.compile(r"\[(?:|[\w.#%{,\"'].*|\[[A-Za-z_:][\w:.-]*(?:,.*)?\])\][ \t]*")
_SPEAKER = re.compile(r"\[(?:quote|verse),[ \t]*([^\]]{1,300})\]")
_PLACE = re.compile(
    r"\[\[([^\],]{1,200})|\[(?:[^\]]{0,200},)?\s*(?:\w{0,20}#|id=[\"']?)([\w:.-]{1,200})"
)
_TITLE = re.compile(r"\.(?!\.|\s)(.{1,500})")
_INCLUDE = re.compile(r"include::[^\[]{1,500}\[[^\]]*\][ \t]*")
_CONDITION = re.compile(r"(ifdef|ifndef|ifeval|endif)::[^\[]{0,500}\[(.*)\][ \t]*")
_MACRO = re.compile(r"(image|video|audio|toc)::[^\[]{0,500}\[(.*)\][ \t]*")
_BREAK = re.compile(r"'{3,}|<{3,}|-{3}|-( ?)-\1-|\*{3}|\*( ?)\*\2\*")
_VERBATIM = re.compile(r"(-{4,}|\.{4,}|\+{4,}|`{3,})(?:(?<=`)[a-z0-9+ -]{1,30})?")
_FRAME = re.compile(r"={4,}|\*{4,}|_{4,}|--|\"\"")
_COMMENT = re.compile(r"/{4,}")
_TABLE = re.compile(r"([|,:!])={3,}")
_ITEM = re.compile(
    r"[ \t]*(?:(?P<bullet>\*{1,9}|-|•)|(?P<dots>\.{1,9})"
    r"|(?P<label>\d{1,3}\.|[a-zA-Z]\.|[ivxIVX]{1,6}\))|<(?P<callout>\d{1,2}|\.)>)"
    r"[ \t]+(?P<words>\S.*)"
)
_TERM = re.compile(
    r"[ \t]*(?P<term>[^\s/].{0,300}?)(?P<sign>:{2,4}|;;)(?:[ \t]+(?P<words>\S.*))?[ \t]*"
)
_BOX = re.compile(r"\[[ xX*]\][ \t]+")
_HARD_BREAK = " +"
_BROKEN_OFF = re.compile(r" \+[ \t]*\n")
_START = re.compile(r"start\s{0,9}=\s{0,9}[\"']?(\d{1,4})")
_TAG = re.compile(r"<[^<>]{0,500}>")
_UNSHOWN = re.compile(r"<(/?)(?:script|style)\b", re.IGNORECASE)
_ORDERS = (
    ("arabic", NumeralStyle.DECIMAL),
    ("loweralpha", NumeralStyle.LOWER_LETTER),
    ("lowerroman", NumeralStyle.LOWER_ROMAN),
    ("upperalpha", NumeralStyle.UPPER_LETTER),
    ("upperroman", NumeralStyle.UPPER_ROMAN),
)
_ENDS_PARAGRAPH = (_STYLE, _FRAME, _VERBATIM, _TABLE, _COMMENT, _INCLUDE, _CONDITION)
_FIRST_OF_THESE = frozenset('[=*_-.+`|,:!/"ie')
_LABELS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_LEVELS = frozenset("012345")

_ELSEWHERE = Notice(
    NoticeKind.MISSING_PARTS,
    "Parts of this text are in other files, which are not read. They are missing here.",
)
_CONDITIONAL = Notice(
    NoticeKind.EDITIONS,
    "Some parts of this text appear only in some of its editions. All of them were read.",
)
_NOTES = Notice(
    NoticeKind.NOTES, "This document has footnotes or endnotes. They come at the very end."
)


def parse_asciidoc(text: str) -> tuple[str, list[Draft], tuple[Notice, ...]]:
    """Return the document's title, '' where it has none, its blocks and notices.

    Raises:
        ReaderError: ``too_large`` where its attributes make too much of it, ``too_complex`` where
            it is nested beyond the limit.
    """
    walk = _Walk(text.split("\n"))
    drafts = list(walk.drafts())
    return walk.title, drafts, tuple(dict.fromkeys(walk.notices))


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading: its level, its words as their source, and the number of lines that it takes."""

    level: int
    words: str
    lines: int


@dataclass(slots=True)
class _List:
    """An open list: the mark of its items, how they are numbered (None: not), the last number."""

    mark: str
    style: NumeralStyle | None = None
    number: int = 0


class _Walk:
    """One walk over the lines of a document."""

    def __init__(self, lines: list[str]) -> None:
        self.title = ""
        self.notices: list[Notice] = []
        self._lines = lines
        self._at = 0
        self._names = Names(places=_places(lines))
        self._lists: list[_List] = []
        self._frames: list[tuple[str, list[_List]]] = []
        # What stands in brackets above the next block.
        self._style = ""
        # Whether a blank line or a plus stands above the next block.
        self._is_apart = self._is_attached = False
        self._counts = [0] * 6
        self._length = 0

    def drafts(self) -> Iterator[Draft]:
        while self._at < len(self._lines):
            yield from self._block(self._lines[self._at])
        for number, words in enumerate(self._names.footnotes, 1):
            self.notices.append(_NOTES)
            runs = (Run(f"[{number}] "), *self._runs(words))
            yield Draft(BlockKind.PARAGRAPH, runs)

    def _block(self, line: str) -> Iterator[Draft]:
        """Read what begins with ``line``, and go on behind it."""
        stripped = line.strip()
        if not stripped:
            self._at += 1
            self._is_apart = True
            return
        if spoken := _SPEAKER.fullmatch(stripped):
            yield self._paragraph(spoken[1])
        if self._is_unseen(line):
            return
        if stripped == "+":
            self._at += 1
            self._is_attached = True
            return
        if _FRAME.fullmatch(stripped) and not _heading_in(self._lines, self._at):
            self._at += 1
            self._turn_frame(stripped)
        elif (found := _ITEM.fullmatch(line)) or (found := _TERM.fullmatch(line)):
            yield from self._item(found)
        elif heading := _heading_in(self._lines, self._at):
            self._at += heading.lines
            yield from self._heading(heading)
        else:
            # Words that are indented below an item belong to it.
            if self._is_apart and not self._is_attached and line[0] not in " \t":
                self._lists.clear()
            yield from self._words(line)
        self._is_apart = self._is_attached = False

    def _words(self, line: str) -> Iterator[Draft]:
        """Read a block that is neither heading nor list item."""
        stripped = line.strip()
        if found := _VERBATIM.fullmatch(stripped):
            self._style = ""
            words = "\n".join(self._inside(found[1]))
            yield from parse_text(_shown(words) if stripped[0] == "+" else words)
        elif _TABLE.fullmatch(stripped):
            style, self._style = self._style, ""
            for cells in rows_of(stripped, style, self._inside(stripped)):
                yield self._row(cells)
        elif _BREAK.fullmatch(stripped):
            self._at += 1
        elif found := _MACRO.fullmatch(stripped):
            self._at += 1
            if found[1] == "image":
                yield self._paragraph(found[2].partition(",")[0].strip('"'))
        elif found := _TITLE.fullmatch(line):
            self._at += 1
            yield self._paragraph(f"**{found[1]}**")
        else:
            yield from self._paragraphs()

    def _is_unseen(self, line: str) -> bool:
        """Return whether ``line`` is no words of the page; if so, note what it says and go on."""
        if _COMMENT.fullmatch(line.rstrip()) and self._end_of(line.rstrip()) < len(self._lines):
            self._at = self._end_of(line.rstrip()) + 1
        elif line.startswith("//"):
            if self._is_apart:
                self._lists.clear()
            self._at += 1
        elif entry := _ENTRY.fullmatch(line):
            self._define(entry)
        elif _INCLUDE.fullmatch(line):
            self.notices.append(_ELSEWHERE)
            self._at += 1
        elif found := _CONDITION.fullmatch(line):
            self.notices.append(_CONDITIONAL)
            self._at += 1
            if found[2] and found[1] in ("ifdef", "ifndef"):
                self._at -= 1
                self._lines[self._at] = found[2]
        elif _STYLE.fullmatch(line):
            self._style += line.strip()
            self._at += 1
        else:
            return False
        return True

    def _define(self, entry: re.Match[str]) -> None:
        value = entry[4] or ""
        while value.endswith((" \\", " +")) and self._at + 1 < len(self._lines):
            self._at += 1
            value = f"{value[:-2]} {self._lines[self._at].strip()}"
        self._at += 1
        if entry[1] or entry[3]:
            self._names.attributes.pop(entry[2].lower(), None)
        else:
            self._names.define(entry[2], value)

    def _asks(self, word: str) -> bool:
        """Return whether the brackets above this block hold a word."""
        return re.search(rf"(?<![\w-]){word}(?![\w-])", self._style) is not None

    def _turn_frame(self, fence: str) -> None:
        """Open a frame, or close the innermost one: then the lists around it go on."""
        if self._frames and self._frames[-1][0] == fence:
            self._lists = self._frames.pop()[1]
            self._style = ""
            return
        if len(self._frames) == MAX_DEPTH:
            raise TooComplexError
        self._frames.append((fence, self._lists if self._is_attached else []))
        self._lists = []

    def _end_of(self, fence: str) -> int:
        """Return the line that ends what ``fence`` opened; the one past all where none does."""
        for at in range(self._at + 1, len(self._lines)):
            if self._lines[at].rstrip() == fence:
                return at
        return len(self._lines)

    def _inside(self, fence: str) -> list[str]:
        """Return the lines up to the end of what ``fence`` opened, and go on behind them."""
        start, end = self._at + 1, self._end_of(fence)
        self._at = end + 1
        kept = [line for line in self._lines[start:end] if not _INCLUDE.fullmatch(line)]
        self.notices += [_ELSEWHERE] * (len(kept) < end - start)
        return kept

    def _heading(self, heading: _Heading) -> Iterator[Draft]:
        self._lists = []
        runs = labelled(self._section_number(heading.level), self._runs(heading.words))
        self._style = ""
        yield Draft(BlockKind.HEADING, tuple(runs), level=heading.level, explicit=True)
        if heading.level == 1 and not self.title:
            self.title = " ".join("".join(run.text for run in runs).split())
            yield from self._below_title()

    def _below_title(self) -> Iterator[Draft]:
        """Yield the lines right below the title: its author, and the version with its date."""
        while self._at < len(self._lines) and self._lines[self._at].strip():
            line = self._lines[self._at]
            if not self._is_unseen(line):
                self._at += 1
                yield self._paragraph(line)

    def _section_number(self, level: int) -> str:
        """Return the number that a page would show before a heading, with its space, or ''."""
        attributes = self._names.attributes
        if level < 2 or self._asks("discrete") or self._asks("float"):
            return ""
        if not attributes.keys() & {"sectnums", "numbered"}:
            return ""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (6 - level)
        deepest = attributes.get("sectnumlevels", "")
        if level - 1 > (int(deepest) if deepest in _LEVELS else 3):
            return ""
        return "".join(f"{count}." for count in self._counts[1:level]) + " "

    def _item(self, found: re.Match[str]) -> Iterator[Draft]:
        self._at += 1
        parts = found.groupdict()
        if term := parts.get("term"):
            label, depth = "", self._depth(parts["sign"], None)
            words = self._rest(parts["words"] or "") or self._words_below()
            colon = "" if term.rstrip()[-1:] in (":", "?", ".") else ":"
            words = f"**{term.strip()}{colon}** {words}".rstrip()
        else:
            mark, style, label = self._mark(parts)
            depth = self._depth(mark, style)
            words = _BOX.sub("", self._rest(parts["words"]), count=1)
            style = self._lists[-1].style
            if style is not None:
                self._lists[-1].number += 1
                label = f"{numeral(self._lists[-1].number, style)}. "
        self._style = ""
        first, *more = _broken(words)
        yield Draft(BlockKind.LIST_ITEM, tuple(labelled(label, self._runs(first))), level=depth)
        for line in more:
            yield self._paragraph(line)

    def _mark(self, parts: dict[str, str | None]) -> tuple[str, NumeralStyle | None, str]:
        """Return the mark of an item, how its list is numbered, and the number that it brings."""
        if dots := parts["dots"]:
            asked = (style for word, style in _ORDERS if self._asks(word))
            return dots, next(asked, _ORDERS[min(len(dots), len(_ORDERS)) - 1][1]), ""
        if label := parts["label"]:
            return "1" if label[0].isdigit() else label[-1], None, f"{label} "
        if callout := parts["callout"]:
            return "<>", NumeralStyle.DECIMAL if callout == "." else None, f"{callout}. "
        return parts["bullet"] or "", None, ""

    def _depth(self, mark: str, style: NumeralStyle | None) -> int:
        """Return how deep an item with this mark stands, having opened or ended lists for it."""
        start = _START.search(self._style)
        new = _List(mark, style, int(start[1]) - 1 if start else 0)
        marks = [each.mark for each in self._lists]
        if mark not in marks:
            self._lists.append(new)
        else:
            del self._lists[marks.index(mark) + 1 :]
            if style is not None and self._style:
                self._lists[-1] = new
        return len(self._lists)

    def _rest(self, words: str) -> str:
        """Return an item's words with the lines that go on with them."""
        lines = [words] if words else []
        while self._at < len(self._lines) and not _breaks_off(self._lines[self._at]):
            lines.append(self._lines[self._at].strip())
            self._at += 1
        return "\n".join(lines)

    def _words_below(self) -> str:
        """Return the words below a term and a blank line, '' if something else stands there."""
        at = self._at
        while at < len(self._lines) and not self._lines[at].strip():
            at += 1
        if at == len(self._lines) or _breaks_off(self._lines[at]) or _heading_in(self._lines, at):
            return ""
        self._at = at
        return self._rest("")

    def _paragraphs(self) -> Iterator[Draft]:
        """Yield the paragraph at this line: one draft, or more where its lines are broken off."""
        lines = [self._lines[self._at].strip()]
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if _ends_paragraph(line):
                break
            self._at += 1
            if not line.startswith("//"):
                lines.append(line.strip())
        label = next((f"{word}: " for word in _LABELS if self._asks(word)), "")
        hard = self._asks("hardbreaks") or self._asks("verse")
        hard = hard or "hardbreaks-option" in self._names.attributes
        self._style = ""
        for words in _broken((f"{_HARD_BREAK}\n" if hard else "\n").join(lines)):
            yield self._paragraph(label + words)
            label = ""

    def _paragraph(self, words: str) -> Draft:
        return Draft(BlockKind.PARAGRAPH, tuple(self._runs(words)))

    def _row(self, cells: Sequence[str]) -> Draft:
        runs: list[Run] = []
        for cell in cells:
            words = self._runs(cell.strip())
            if any(run.text.strip() for run in words):
                runs += [Run(CELL_SEPARATOR)] * bool(runs) + words
        return Draft(BlockKind.TABLE_ROW, tuple(runs))

    def _runs(self, words: str) -> list[Run]:
        runs = runs_of(words.replace("\n", " "), self._names)
        # Attributes can make much of little, before anyone else counts it.
        self._length += sum(len(run.text) for run in runs)
        check_length(self._length)
        return runs


def _shown(markup: str) -> str:
    """Return the words that a page would show of a part that is passed to it as it is."""
    shown, start, is_shown = "", 0, True
    for tag in _UNSHOWN.finditer(markup):
        if is_shown:
            shown += markup[start : tag.start()]
        is_shown, start = bool(tag[1]), tag.start()
    return _TAG.sub(" ", shown + markup[start:] if is_shown else shown)


def _broken(words: str) -> list[str]:
    """Return the lines that a reader sees, as far as the author broke them off."""
    return _BROKEN_OFF.split(words.removesuffix(_HARD_BREAK))


def _ends_paragraph(line: str) -> bool:
    """Return whether a line is the end of the paragraph above it, or of the item's words."""
    stripped = line.strip()
    if not stripped or stripped == "+":
        return True
    if stripped[0] not in _FIRST_OF_THESE:  # most, and the patterns take their time
        return False
    return any(each.fullmatch(stripped) for each in _ENDS_PARAGRAPH)


def _breaks_off(line: str) -> bool:
    """Return whether a line does not go on with the words of the item above it."""
    if _ends_paragraph(line) or line.startswith("//"):
        return True
    return bool(_ITEM.fullmatch(line) or _TERM.fullmatch(line) or _MACRO.fullmatch(line.strip()))


def _heading_in(lines: Sequence[str], at: int) -> _Heading | None:
    """Return the heading that begins at a line, None if none does."""
    line = lines[at]
    if found := _HEADING.fullmatch(line):
        words = found[2].rstrip()
        return _Heading(len(found[1]), words.removesuffix(f" {found[1]}").rstrip(), 1)
    if at + 1 == len(lines) or not line[:1].strip() or len(line) > 300:
        return None
    mark = lines[at + 1].rstrip()
    if not _UNDERLINE.fullmatch(mark) or abs(len(mark) - len(line.rstrip())) > 1:
        return None
    if not any(map(str.isalnum, line)):
        return None
    return _Heading("=-~^+".index(mark[0]) + 1, line.strip(), 2)


def _places(lines: Sequence[str]) -> dict[str, str]:
    """Return the titles of the places that references name: each heading by all its names."""
    places: dict[str, str] = {}
    own = ""
    for at, line in enumerate(lines):
        if line.startswith("[") and (found := _PLACE.match(line)):
            own = found[1] or found[2]
        elif line[:1].strip() and (heading := _heading_in(lines, at)):
            words = "".join(run.text for run in runs_of(heading.words, Names()))
            for name in (*place_names(words), own):
                places.setdefault(name, words)
            own = ""
        elif line.strip():
            own = ""
    return places
