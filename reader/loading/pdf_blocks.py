"""Lines in reading order to blocks: running heads dropped, paragraphs joined, headings by size.

What is usual in a document is measured over the whole of it first: the look of its body text, the
distance of its lines, the lines that come back on every page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.loading.drafts import CELL_SEPARATOR, Draft, Run
from reader.loading.lines import bullet_length, glue, has_label, is_rule, starts_item
from reader.loading.pdf_lines import Line, Row
from reader.model import BlockKind, Notice, NoticeKind

Item = Line | Row
Outline = Mapping[tuple[int, str], int]
"""The level of each title in the document's own outline, by its page and its key."""

_MAX_MARGIN_LINES = 4
"""Lines at the top and at the bottom of a page that may be running heads."""
_MIN_REPEATS = 3
_MIN_SHARE_OF_PAGES = 0.4
_MIN_SHARE_KEPT = 0.6
"""Of the letters: where what repeats is more than the rest, it is the text."""
_MAX_QUOTED = 5
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:page|p\.|pg\.?)?\s{0,3}(\d{1,4}|[ivxl]{1,6})(?:\s{0,3}(?:of|/|\|)\s{0,3}\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_KEY = re.compile(r"[\W_]+")
_LEADER = re.compile(r"\s*(?:\.\s?|…\s?|_){4,}\s*\d{1,4}\s*\Z")
_MAX_TAIL = 400
"""Characters at a line's end among which its leader or its hyphen is looked for."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BREAK_AT_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")

_LARGE = 1.15
"""Times the body's size from which on a line is a heading by its size alone."""
_LARGE_AND_BOLD = 1.05
_SAME_SIZE = 0.06
_FEW_LETTERS, _FEW_WORDS = 500, 100
"""Of a document: below, shares tell nothing."""
_MAX_HEADING_CHARACTERS = 150
_MAX_HEADING_WORDS = 18
_MAX_SHARE_OF_HEADINGS = 1 / 3
_FEW_MARKED = 3
"""Headings marked by tags or outline from which on sizes of their own mark no others."""
_LOOSE = 1.25
"""Times the usual distance of lines from which on a line begins a new paragraph."""
_MAX_GAP = 8.0
"""Of the size: white within a line that is stretched to the edge."""
_SPARE = 2.0
"""Letters that a line may be short of the edge beyond the next word, for letters are not alike."""
_USUAL_LEADING = 1.25
_MAX_LEADING = 3.0
_TINY = 0.35
"""Of the body's size: letters smaller than this, and than 3 points, cannot be read on paper."""
_TINY_POINTS = 3.0
_MIN_HIDDEN = 8
_HYPHENATED_LINES = 0.05


@dataclass(frozen=True, slots=True)
class _Looks:
    """What is usual in the document: the body's size and weight, and the distance of its lines.

    Where the body itself is ``bold``, bold letters mean nothing.
    """

    size: float
    bold: bool
    leading: float
    levels: Mapping[tuple[float, bool], int]
    """The level of each size and weight in which headings are set that nothing else marks."""
    below: int
    """How far marked headings stand below what their mark says, for a larger title above them."""
    words: frozenset[str]
    """The document's words in small letters, those broken at a line's end apart."""
    hyphenates: bool
    """Whether words are broken at the ends of lines, as a word processor set to do so does."""

    def relative(self, size: float) -> float:
        """Return ``size`` as a multiple of the body's, 1.0 where it is hardly another."""
        share = round(size / self.size, 2)
        return 1.0 if abs(share - 1) < _SAME_SIZE / 2 else share


def key_of(words: str) -> str:
    """Return the letters and digits of ``words``: equal for a heading and its outline's entry."""
    return _KEY.sub("", words).casefold()


def blocks_of(
    pages: Sequence[Sequence[Item]], outline: Outline
) -> tuple[list[Draft], tuple[Notice, ...]]:
    """Return the blocks that the pages hold, and what was left out or hidden in them."""
    pages, left_out = _without_running_heads(pages)
    looks = _looks(pages, outline)
    notices = (*left_out, *_hidden(pages, looks))
    drafts: list[Draft] = []
    indents: list[float] = []
    for block in _blocks(pages, looks, outline):
        if isinstance(block, Row):
            drafts.append(_row(block, looks))
            continue
        drafts += _draft(block, looks, outline, indents)
    return drafts, notices


# --- running heads --------------------------------------------------------------------------------


def _without_running_heads(
    pages: Sequence[Sequence[Item]],
) -> tuple[list[list[Item]], tuple[Notice, ...]]:
    """Return the pages without what comes back at the top or the bottom of them."""
    margins = [(_outermost(page, top=True), _outermost(page, top=False)) for page in pages]
    times: Counter[tuple[bool, str, float]] = Counter()
    for upper, lower in margins:
        seen = {_running_key(line, top=True) for line in upper}
        seen |= {_running_key(line, top=False) for line in lower}
        times.update(seen)
    filled = sum(bool(page) for page in pages)
    dropped = [
        _repeated(page, margin, times, filled) for page, margin in zip(pages, margins, strict=True)
    ]
    gone = {id(line) for lines in dropped for line in lines}
    kept = [[item for item in page if id(item) not in gone] for page in pages]
    everything = sum(len(line.text) for line in _all_lines(pages))
    if sum(len(line.text) for line in _all_lines(kept)) < _MIN_SHARE_KEPT * everything:
        return [list(page) for page in pages], ()
    words = dict.fromkeys(
        _DIGITS.sub("#", line.text)[:80]
        for lines in dropped
        for line in lines
        if not _PAGE_NUMBER.fullmatch(line.text)
    )
    if words:
        quoted = ", ".join(f"“{line}”" for line in list(words)[:_MAX_QUOTED])
        told = f"What repeats on the pages was left out: {quoted}."
    else:
        told = "The page numbers were left out of the text."
    return kept, (Notice(NoticeKind.LEFT_OUT, told),) if gone else ()


def _repeated(
    page: Sequence[Item],
    margins: tuple[Sequence[Line], Sequence[Line]],
    times: Mapping[tuple[bool, str, float], int],
    filled: int,
) -> list[Line]:
    """Return the lines at the top and the bottom of ``page`` that stand on others as well.

    ``filled`` is the number of pages with text; all that a page holds is no running head.
    """
    found: list[Line] = []
    for top, lines in ((True, margins[0]), (False, margins[1])):
        for line in lines:
            number = _PAGE_NUMBER.fullmatch(line.text)
            if number and not _stands_alone(line, page):
                break
            if number:
                fewest = 1 if number[1] == str(line.page) else 2
            else:
                fewest = max(_MIN_REPEATS, int(_MIN_SHARE_OF_PAGES * filled))
            if times[_running_key(line, top=top)] < fewest:
                break
            found.append(line)
    return found if len(found) < len(page) else []


def _stands_alone(line: Line, page: Sequence[Item]) -> bool:
    """Return whether nothing stands close above or below a line."""
    return all(
        other is line or abs(other.y - line.y) < 1 or abs(other.y - line.y) > 1.5 * line.size
        for other in _all_lines([page])
    )


def _outermost(page: Sequence[Item], *, top: bool) -> list[Line]:
    """Return the uppermost or lowest upright lines of a page, the outermost first."""
    lines = [item for item in page if isinstance(item, Line) and not item.angle]
    if len(lines) < 2:
        return []
    ordered = sorted(lines, key=lambda line: (-line.y if top else line.y, line.left))
    return ordered[: min(_MAX_MARGIN_LINES, len(lines) // 2)]


def _running_key(line: Line, *, top: bool) -> tuple[bool, str, float]:
    words = line.text
    if _PAGE_NUMBER.fullmatch(words):
        words = "1"
    return top, _DIGITS.sub("#", words).casefold(), round(line.size)


# --- what is usual --------------------------------------------------------------------------------


def _looks(pages: Sequence[Sequence[Item]], outline: Outline) -> _Looks:
    letters: Counter[tuple[float, bool]] = Counter()
    for line in _all_lines(pages):
        for piece in line.pieces:
            letters[_rounded(piece.style.size), piece.style.bold] += len(piece.text)
    size, bold = _body(letters)
    levels = _levels(pages, size, bold)
    marked = _marked_sizes(pages, outline)
    below = 0
    if marked:
        levels, below = _levels_beside(levels, marked)
    words = _words(pages)
    hyphenates = _hyphenates(pages, words)
    return _Looks(size, bold, _leading(pages, size), levels, below, words, hyphenates)


def _body(letters: Mapping[tuple[float, bool], int]) -> tuple[float, bool]:
    """Return the size and weight of the body text: the commonest.

    In a few lines the title may have more letters: there, it is the smallest of the common ones.
    """
    most = max(letters.values(), default=0)
    if sum(letters.values()) > _FEW_LETTERS:
        return max(letters, key=lambda look: letters[look])
    common = [look for look, count in letters.items() if count >= 0.5 * most]
    return min(common, default=(1.0, False))


def _marked_sizes(pages: Sequence[Sequence[Item]], outline: Outline) -> dict[int, list[float]]:
    """Return the sizes of the lines that tags or the outline mark as headings, by their level."""
    sizes: dict[int, list[float]] = defaultdict(list)
    for line in _all_lines(pages):
        level = line.tag or _level_in(outline, line)
        if level:
            sizes[level].append(line.size)
    return sizes


def _levels_beside(
    levels: Mapping[tuple[float, bool], int], marked: Mapping[int, Sequence[float]]
) -> tuple[dict[tuple[float, bool], int], int]:
    """Return levels by size that agree with those of marked headings, and how far these step down.

    What is larger than all of them stands above them. What is smaller is left to its look where
    many are marked; where few are, it stands below the larger ones.
    """
    usual = {level: sorted(sizes)[len(sizes) // 2] for level, sizes in marked.items()}
    largest = max(usual.values())
    few = sum(len(sizes) for sizes in marked.values()) < _FEW_MARKED
    below = int(any(size > (1 + _SAME_SIZE) * largest for size, _ in levels))
    beside: dict[tuple[float, bool], int] = {}
    last = 0
    for size, heavy in levels:  # the largest first
        alike = [level for level, other in usual.items() if abs(other - size) <= _SAME_SIZE * size]
        if size > (1 + _SAME_SIZE) * largest:
            beside[size, heavy] = 1
        elif alike:
            last = min(6, min(alike) + below)
            beside[size, heavy] = last
        elif few:
            deepest = max(level for level, other in usual.items() if other > size)
            last = min(6, max(last, deepest + below) + 1)
            beside[size, heavy] = last
    return beside, below


def _all_lines(pages: Sequence[Sequence[Item]]) -> Iterator[Line]:
    for page in pages:
        for item in page:
            if isinstance(item, Line):
                yield item
            else:
                for cell in item.cells:
                    yield from cell


def _rounded(size: float) -> float:
    return round(size * 4) / 4


def _leading(pages: Sequence[Sequence[Item]], body: float) -> float:
    """Return the usual distance of two lines of a paragraph, as a multiple of their size."""
    distances: Counter[float] = Counter()
    for page in pages:
        for line, following in pairwise(page):
            if not (isinstance(line, Line) and isinstance(following, Line)):
                continue
            distance = (line.y - following.y) / line.size
            full = line.right - line.left > 0.75 * (line.edge - line.left)
            alike = abs(line.size - body) < 0.5 and abs(following.size - body) < 0.5
            if full and alike and 0.8 < distance < _MAX_LEADING:
                distances[round(distance * 20) / 20] += 1
    if not distances:
        return _USUAL_LEADING
    # Between close values the sum of neighbours tells, and the wider of two is the paragraphs'.
    near = {
        value: sum(n for other, n in distances.items() if abs(other - value) < 0.06)
        for value in distances
    }
    most = max(near.values())
    return min(value for value, count in near.items() if count >= 0.5 * most)


def _levels(
    pages: Sequence[Sequence[Item]], size: float, bold: bool
) -> dict[tuple[float, bool], int]:
    """Return the levels of the looks that headings are set in, the largest first."""
    looks: Counter[tuple[float, bool]] = Counter()
    words = 0
    for line in _all_lines(pages):
        count = line.text.count(" ") + 1
        words += count
        heavy = line.bold > 0.9
        if _is_large(line, size, bold):
            looks[_rounded(line.size), heavy] += count
    if words > _FEW_WORDS and looks.total() > _MAX_SHARE_OF_HEADINGS * words:
        # Sizes that are so common are those of text.
        looks = Counter(
            {look: n for look, n in looks.items() if n < 0.1 * words and look[0] > _LARGE * size}
        )
    levels: dict[tuple[float, bool], int] = {}
    level = 0
    last: tuple[float, bool] | None = None
    for look in sorted(looks, key=lambda look: (-look[0], not look[1])):
        if last is None or last[0] - look[0] > _SAME_SIZE * last[0] or last[1] != look[1]:
            level += 1
        levels[look] = min(level, 6)
        last = look
    return levels


def _is_large(line: Line, size: float, bold: bool) -> bool:
    share = line.size / size
    return share >= _LARGE or (share >= _LARGE_AND_BOLD and line.bold > 0.9 and not bold)


def _words(pages: Sequence[Sequence[Item]]) -> frozenset[str]:
    words: set[str] = set()
    for line in _all_lines(pages):
        text = line.text.casefold()
        found = _WORD.findall(text)
        if found and text[-1:] in "-\u2010\u00ad":
            found.pop()
        words.update(found)
    return frozenset(words)


def _hyphenates(pages: Sequence[Sequence[Item]], words: frozenset[str]) -> bool:
    """Return whether more hyphens at the ends of lines break words than join two.

    A document with a hyphen at the end of every twentieth line breaks words, too.
    """
    lines = list(_all_lines(pages))
    ends = broken = whole = 0
    for line, following in pairwise(lines):
        halves = _halves(line.text, following.text)
        if halves:
            ends += 1
            broken += "".join(halves) in words
            whole += "-".join(halves) in words
    return broken > whole or ends > _HYPHENATED_LINES * len(lines)


# --- paragraphs -----------------------------------------------------------------------------------


def _blocks(
    pages: Sequence[Sequence[Item]], looks: _Looks, outline: Outline
) -> Iterator[list[Line] | Row]:
    """Yield the lines of each block, and the rows of tables between them."""
    current: list[Line] = []
    for page in pages:
        for item in page:
            if isinstance(item, Row):
                if current:
                    yield current
                current = []
                yield item
            elif current and _goes_on(current, item, looks, outline):
                current.append(item)
            else:
                if current:
                    yield current
                current = [item]
    if current:
        yield current


def _goes_on(lines: Sequence[Line], following: Line, looks: _Looks, outline: Outline) -> bool:
    """Return whether ``following`` goes on with the block of ``lines``."""
    line = lines[-1]
    words, next_words = line.text, following.text
    if line.angle != following.angle or is_rule(words) or is_rule(next_words):
        return False
    if _level_in(outline, line) or _level_in(outline, following):
        return False
    if not _sizes_agree(line, following):
        return False
    if line.tag != following.tag or not _weights_agree(lines, following):
        return False
    if bullet_length(next_words) and not _is_dash_within(words, next_words):
        return False
    distance = line.y - following.y
    gap = following.left - line.right
    if line.page == following.page and gap > 0 and abs(distance) < 0.3 * line.size:
        return gap < _MAX_GAP * line.size  # a line stretched to the edge
    if _leader(words) is not None:
        return False
    across = line.page != following.page or distance < 0
    full = _is_full(line, following)
    labelled = has_label(next_words)
    if across:
        if line.tag or _is_large(line, looks.size, looks.bold) or labelled:
            return False
        return words[-1] not in ".:;!?" and (next_words[:1].islower() or (full and line.bold < 0.9))
    is_heading = bool(line.tag) or _is_large(line, looks.size, looks.bold)
    leading = max(looks.leading, 1.35 if is_heading else 0.0)
    if distance > _LOOSE * leading * line.size + 0.05 * line.size:
        return False
    if labelled and (
        not full or words[-1] in ".:;," or following.left < line.left - 0.5 * line.size
    ):
        return False
    centred = abs((line.left + line.right) - (following.left + following.right)) < line.size
    if centred and is_heading:
        return True
    size = line.size
    first = len(lines) == 1 and starts_item(lines[0].text)
    if following.left > line.left + 0.8 * size and not first and not centred:
        return False  # the first line of a paragraph is set in
    if first and following.left < line.left - 0.5 * size:
        return False
    if full:
        return True
    wide = line.right - line.left > 0.6 * (line.edge - line.left)
    return wide and next_words[:1].islower() and words[-1] not in ".:;!?"


def _sizes_agree(line: Line, following: Line) -> bool:
    """Return whether two lines are in one size, or one of them has words in the other's."""
    sizes = {line.size, *(piece.style.size for piece in line.pieces)}
    others = {following.size, *(piece.style.size for piece in following.pieces)}
    return any(
        abs(size - other) <= 0.08 * max(size, other)
        for size, other in (
            *((size, following.size) for size in sizes),
            *((line.size, other) for other in others),
        )
    )


def _is_full(line: Line, following: Line) -> bool:
    """Return whether the first word of ``following`` would not have stood on ``line``."""
    words = following.text
    width = (following.right - following.left) / max(1, len(words))
    first = words.split(" ", 1)[0]
    return line.right + (len(first) + _SPARE) * width > line.edge


def _is_dash_within(words: str, next_words: str) -> bool:
    """Return whether a dash that begins a line stands between words of a sentence."""
    return (
        next_words[0] in "–—-"
        and words[-1] not in ".:;!?"
        and next_words.lstrip("–—- ")[:1].islower()
    )


def _weights_agree(lines: Sequence[Line], following: Line) -> bool:
    """Return whether bold letters go on from one line to the next, or plain ones do."""
    line = lines[-1]
    ends_bold = _bold_at(line, -1)
    starts_bold = _bold_at(following, 0)
    if ends_bold == starts_bold:
        heavy = all(each.bold > 0.9 for each in lines)
        # A line in bold and a paragraph that only begins so: the line is its heading.
        return not (heavy and following.bold < 0.9 and not _is_full(line, following))
    if line.bold > 0.9 and following.bold < 0.1 and all(each.bold > 0.9 for each in lines):
        return _is_full(line, following) and line.text[-1] not in ".:?!"
    return not (line.bold < 0.1 and following.bold > 0.9) or _is_full(line, following)


def _bold_at(line: Line, end: int) -> bool:
    pieces = [piece for piece in line.pieces if any(map(str.isalnum, piece.text))]
    return bool(pieces) and pieces[end].style.bold


def _level_in(outline: Outline, line: Line) -> int:
    """Return the level that the outline gives a line; an entry of a table of contents has none."""
    if not outline or all(piece.target for piece in line.pieces):
        return 0
    return outline.get((line.page, key_of(line.text)), 0)


# --- drafts ---------------------------------------------------------------------------------------


def _draft(
    lines: Sequence[Line], looks: _Looks, outline: Outline, indents: list[float]
) -> Iterator[Draft]:
    runs = list(_runs(lines, looks))
    text = "".join(run.text for run in runs).strip()
    if is_rule(text):
        return
    page, size = lines[0].page, looks.relative(lines[0].size)
    line = lines[0]
    marked = line.tag or _level_in(outline, line) or outline.get((line.page, key_of(text)), 0)
    if marked:
        indents.clear()
        level = min(6, marked + looks.below)
        yield Draft(BlockKind.HEADING, tuple(runs), level, explicit=True, page=page, size=size)
        return
    level = looks.levels.get((_rounded(line.size), line.bold > 0.9), 0)
    if level and _may_be_heading(text):
        indents.clear()
        yield Draft(BlockKind.HEADING, tuple(runs), level=level, page=page, size=size)
        return
    bullet = bullet_length(text)
    if not bullet and not has_label(text):
        if indents and line.left <= indents[0] + 0.5 * line.size:
            indents.clear()
        yield Draft(BlockKind.PARAGRAPH, tuple(runs), page=page, size=size)
        return
    while indents and indents[-1] >= line.left - 0.4 * line.size:
        indents.pop()
    indents.append(line.left)
    runs = _without_start(runs, bullet)
    yield Draft(BlockKind.LIST_ITEM, tuple(runs), level=len(indents), page=page, size=size)


def _may_be_heading(text: str) -> bool:
    count = text.count(" ") + 1
    return (
        len(text) <= _MAX_HEADING_CHARACTERS
        and count <= _MAX_HEADING_WORDS
        and any(map(str.isalpha, text))
        and not (text[-1] in ".;," and count > 5)
        and not bullet_length(text)
    )


def _row(row: Row, looks: _Looks) -> Draft:
    runs: list[Run] = []
    for cell in row.cells:
        words = list(_runs(cell, looks))
        if any(run.text.strip() for run in words):
            words = _without_start(words, bullet_length("".join(run.text for run in words)))
            runs += [Run(CELL_SEPARATOR, page=row.page)] * bool(runs) + words
    size = looks.relative(row.cells[0][0].size)
    return Draft(BlockKind.TABLE_ROW, tuple(runs), page=row.page, size=size)


def _runs(lines: Sequence[Line], looks: _Looks) -> Iterator[Run]:
    """Yield the words of a block, its lines put together and hyphens at their ends mended."""
    last = ""
    for place, line in enumerate(lines):
        pieces = list(line.spaced())
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        words = line.text
        if place:
            yield Run(_glue(last, words), page=line.page)
        cut = _broken_off(words, following, looks)
        leader = _leader(words)
        if leader is not None and leader > 2:
            cut = 0
            words = words[:leader]
        end = len(words) - cut
        at = 0
        for piece, text in pieces:
            kept = text[: max(0, end - at)].replace("\u00ad", "-")
            at += len(text)
            if kept:
                style = piece.style
                yield Run(
                    kept, style.bold and not looks.bold, style.italic, piece.target, line.page
                )
        last = "\u00ad" if cut else words.replace("\u00ad", "-")


def _glue(last: str, words: str) -> str:
    return "" if last == "\u00ad" else glue(last, words)


def _broken_off(words: str, following: str, looks: _Looks) -> int:
    """Return 1 where the hyphen at the end of ``words`` only tells that a word was broken there.

    It stays where the document writes the word with it, or each half as a word of its own.
    """
    halves = _halves(words, following)
    if not halves or len(halves[0]) < 2:
        return 0
    if "".join(halves) in looks.words:
        return 1
    if "-".join(halves) in looks.words or looks.words.issuperset(halves):
        return 0
    return int(looks.hyphenates or words.endswith("\u00ad"))


def _leader(words: str) -> int | None:
    """Return where the dots begin that lead to a page's number at a line's end, None for none."""
    before = max(0, len(words) - _MAX_TAIL)
    found = _LEADER.search(words, before) if words[-1:].isspace() or words[-1:].isdigit() else None
    return None if found is None else found.start()


def _halves(words: str, following: str) -> tuple[str, ...]:
    """Return the parts of a word before and after a hyphen at the end of a line, () for none."""
    first = _BREAK_AT_HYPHEN.search(words[-_MAX_TAIL:])
    rest = _FIRST_WORD.match(following)
    if not first or not rest or not rest[0][0].islower():
        return ()
    return first[1].casefold(), rest[0].casefold()


def _without_start(runs: Sequence[Run], length: int) -> list[Run]:
    """Return ``runs`` without their first ``length`` characters, and without white before them."""
    kept: list[Run] = []
    skipping = True
    for run in runs:
        words = run.text
        if skipping:
            words = words.lstrip()
            taken = min(length, len(words))
            words, length = words[taken:], length - taken
            skipping = not words
        kept.append(Run(words, run.bold, run.italic, run.target, run.page))
    return kept


# --- what cannot be seen --------------------------------------------------------------------------


def _hidden(pages: Sequence[Sequence[Item]], looks: _Looks) -> tuple[Notice, ...]:
    """Return a notice where words cannot be seen on the page: undrawn among others, white, tiny.

    A page whose words are all undrawn is a scan with its text behind it.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for line in _all_lines(pages):
        for piece in line.pieces:
            style = piece.style
            tiny = style.size < min(_TINY * looks.size, _TINY_POINTS)
            how = "unseen" if style.unseen else "white" if style.white or tiny else "seen"
            counts[line.page][how] += len(piece.text.strip())
    hidden = sum(
        count["white"] + (count["unseen"] if count["seen"] > count["unseen"] else 0)
        for count in counts.values()
    )
    if hidden < _MIN_HIDDEN:
        return ()
    return (
        Notice(
            NoticeKind.HIDDEN_TEXT,
            "This file holds words that cannot be seen on its pages: they are white, tiny, not "
            "drawn or beyond the edge. They are part of the text here.",
        ),
    )
