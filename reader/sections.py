"""Blocks to headings, headings to sections that tile the text.

In: a ``LoadedText``, whose headings are only those that its format marks. Out: the same blocks
with the headings that a reader would see, and the sections they open. A heading is trusted in
this order: marked by the format, a line in bold, a line that looks like one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.model import Block, BlockKind, LoadedText, Section, Span

_MAX_HEADING_CHARACTERS = 150
_MAX_HEADING_WORDS = 18
_MAX_SHARE_OF_WORDS = 1 / 3
"""Where more of the words than this stand in lines of one look, the look says nothing."""
_MIN_SCORE = 1.0
_ENOUGH_MARKED = 3
_MAX_WORDS_PER_MARKED = 1200
_MAX_WORDS_PER_FEW_MARKED = 300
"""A text with longer stretches between its marked headings has others that are unmarked."""
_WORDS_OF_OUR_SECTIONS = 250
_PROSE = 12
"""Words from which on a line is taken for prose."""
_SENTENCE = 5
"""Words from which on a line that ends like a sentence is one."""
_MAX_ITEMS = 15
_MAX_RUN_IN_WORDS = 8
_MIN_AFTER_RUN_IN = 6
_MIN_PLAIN_RUN_INS = 4
_MIN_FIELD_TIMES = 4
_MIN_CONTENTS = 3
"""Entries that a table of contents has at least."""

_LABEL = re.compile(
    r"(?:(?:section|article|part|clause|chapter|schedule|annex|appendix)\s+(?:\d{1,2}|[IVXLA-Z]{1,5})\b[.:)–—-]*\s*"
    r"|§{1,2}\s*\d+\S*\s+"
    r"|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.):]+\s*(?=[^\W\d_]|[\"“‘(])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[.):]?\s+"
    r"|\d{1,2}\s+(?=[A-Z])"
    r"|[IVX]{1,5}\s+[–—-]\s+)",
    re.IGNORECASE,
)
_NUMBERED_RUN_IN = re.compile(
    r"(?P<lead>\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z])[.)]?\s+"
    r"(?P<body>[A-Z\"“](?:[^.:?!;]|[.](?=\w)){2,80})[.:?]?)\s*:?\s+(?=\S)"
)
_PLAIN_RUN_IN = re.compile(
    r"(?P<lead>(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z])[.)]\s+)?"
    r"(?P<body>[A-Z][^.:?!;]{2,70})\.)\s+(?=[A-Z\"“])"
)
_LETTERED = re.compile(r"\([A-Za-z]{1,5}\)|[a-z]{1,5}[.)]")
_DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_WORD = re.compile(r"[^\W\d_][\w'’/&.-]*")
_SMALL = (
    "a an and are as at be but by do does for from how if in into is it its of on or our per "
    "than that the their them this to under upon us vs we when where while with within you your"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_TOPIC_WORD = re.compile(
    r"\b(?:access\w*|advertis\w+|agreements?|analytics|beacons?|california|changes?|children\w*|choices?"
    r"|collect\w*|complaints?|consent|contact|control\w*|cookies?|data|definitions?|delet\w+|disclos\w+"
    r"|effective|gdpr|information|international|introduction|law\w*|legal|links?|minors?|notices?"
    r"|opt|overview|payments?|personal|policy|policies|privacy|processing|protect\w*|purposes?"
    r"|questions?|retention|retain|rights?|safety|scope|secur\w+|services?|shar\w+|storage|terms|third|"
    r"track\w*|transfers?|updates?|use|uses|using)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|may|might|can|could|shall|should|must|have|has|had|do|does|did"
    r"|collects?|uses|shares|provides?|includes?|applies|allows?|contains?|agree|reserves?|describes?|means?"
    r"|don['’]t|doesn['’]t|we['’](?:ll|re|ve)|please|refers)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:how|what|when|why|who|whom|where|which|whether|do|does|is|are|can|will|your|our|if)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|https?://|www\.|\(\d{3}\)|\b\d{3}[-. ]\d{3,4}\b|©|\bcopyright\b|\ball rights reserved\b"
    r"|^(?:attn|attention|phone|tel|telephone|fax|e-?mail|(?:postal )?address|c/o|mail)\b\s*[:.]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b"
    r"|\d.{0,60}\b(?:Street|St|Road|Rd|Avenue|Ave|Blvd|Boulevard|Lane|Drive|Court|Square|Quay"
    r"|Parkway|Plaza|Suite|Floor|Way|Place|Box)\b"
    r"|\b(?:Suite|Floor|Box)\s+\d"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
    r"|,\s*\d{5}(?:-\d{4})?$"
    r"|^\+?[\d\s().-]{7,}$",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s*,?\s+\d{{4}}\b"
    rf"|\b{_MONTH}\s*,?\s+\d{{4}}\b|\b\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"^\W*(?:this\s+\w+(?:\s+\w+)?\s+(?:was\s+)?)?(?:last\s+)?(?:effective|updated?|revised|revision|posted|modified|amended|published|version|date|valid|current)\b",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"(?:yes|no|back(?: to top)?|top|print|home|click here|read more|learn more|here|skip.*|menu"
    r"|next|previous|close|accept(?: all)?|sign in|log ?in|search|share|none|n/a)\W*\Z",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|Company|Co|AG|AB|B\.?V|S\.?A|S\.r\.l|PLC|Pty)\W*\Z"
)
_TITLE = re.compile(r"(?:our\s+)?privacy\s+(?:policy|notice|statement)\Z", re.IGNORECASE)
_FIELD = re.compile(r"\w:\s+\w")
_KEY = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A block's words and what can be told of them at a glance.

    ``label`` is the clause number they begin with ('' if none), ``body`` the rest, ``words`` the
    words of the body; a line too long for a heading has no words here. ``length`` is in words.
    """

    block: Block
    text: str
    label: str
    body: str
    words: tuple[str, ...]
    length: int

    @property
    def is_short(self) -> bool:
        """Return whether the line is short enough for a heading and has words at all."""
        return 0 < len(self.words) <= _MAX_HEADING_WORDS

    @property
    def key(self) -> str:
        """Return the line's letters and digits without its number: equal for repeated headings."""
        return _KEY.sub("", self.body).casefold()


def _line(block: Block, text: str) -> _Line:
    words = block.span.of(text)
    if len(words) > _MAX_HEADING_CHARACTERS:
        return _Line(block, words, "", words, (), words.count(" ") + 1)
    found = _LABEL.match(words)
    label = found.group() if found and found.end() < len(words) else ""
    body = words[len(label) :]
    return _Line(block, words, label, body, tuple(_WORD.findall(body)), words.count(" ") + 1)


def find_headings(loaded: LoadedText) -> tuple[Block, ...]:
    """Return the blocks of ``loaded``, those that read as headings marked as such.

    Headings that the format marks stay, but for dates and repetitions. Others get kind HEADING
    and a level below the marked ones. Lines that are no prose (addresses, tables of contents,
    bare dates) get ``scored=False``.
    """
    blocks = [part for whole in loaded.blocks for part in _cut_numbered(whole, loaded.text)]
    page = _read(blocks, loaded.text)
    if _needs_more(page.lines, page.headings):
        cut = [part for whole in blocks for part in _cut_plain(whole, loaded.text)]
        if len(cut) - len(blocks) >= _MIN_PLAIN_RUN_INS:
            page = _read(cut, loaded.text)
    levels = _levels(page.lines, sorted(page.headings))
    return tuple(
        replace(line.block, kind=BlockKind.HEADING, level=levels[i])
        if i in levels
        else replace(line.block, kind=_no_heading(line.block), scored=False)
        if i in page.unscored
        else line.block
        for i, line in enumerate(page.lines)
    )


def _no_heading(block: Block) -> BlockKind:
    return BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind


@dataclass(frozen=True, slots=True)
class _Page:
    """A document's lines, and by their places the headings and what is no prose."""

    lines: tuple[_Line, ...]
    headings: frozenset[int]
    unscored: frozenset[int]


def _read(blocks: Sequence[Block], text: str) -> _Page:
    """Return the page that ``blocks`` make: marked headings, bold ones, and bare ones if needed."""
    lines = tuple(_line(block, text) for block in blocks)
    no_prose = _addresses(lines) | {i for i, line in enumerate(lines) if _is_date_line(line)}
    no_prose |= _repetitions(lines)
    marked = {i for i, line in enumerate(lines) if line.block.kind is BlockKind.HEADING} - no_prose
    barred = no_prose | {
        i for i, line in enumerate(lines) if line.is_short and _COMPANY.search(line.text)
    }
    headings = marked | _unless_too_many(_bold_lines(lines) - barred, lines)
    if _needs_more(lines, {i for i in headings if not _is_run_in(lines[i].block)}):
        bare = {i for i in range(len(lines)) if i not in barred and _looks_like_heading(lines, i)}
        headings |= _unless_too_many(bare, lines)
    else:
        headings |= _numbered_below(lines, headings) - barred
    headings -= _field_names(lines, headings - marked)
    contents = _tables_of_contents(lines, headings) - marked
    headings -= contents
    return _Page(lines, frozenset(headings), frozenset((contents | no_prose) - headings))


def find_sections(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """Return the sections of ``text``, in order and without gaps; an empty text has none.

    Text before the first heading is a section of level 0. A text without headings is cut into
    groups of paragraphs, named by their first words and marked as ours: the analysis names them
    by their main topic once it knows it.
    """
    if not text:
        return ()
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if not headings:
        return _sections_of_ours(text, blocks)
    starts = [(block.span.start, block.span.of(text), max(1, block.level)) for block in headings]
    if starts[0][0] > 0:
        starts.insert(0, (0, "", 0))
    return _tile(len(text), starts, ours=False)


def _tile(
    length: int, starts: Sequence[tuple[int, str, int]], *, ours: bool
) -> tuple[Section, ...]:
    """Return a section from each start (offset, heading, level) to the next, parents found."""
    sections: list[Section] = []
    open_sections: list[Section] = []
    for index, (start, heading, level) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else length
        while open_sections and open_sections[-1].level >= level:
            open_sections.pop()
        parent = open_sections[-1].index if open_sections else None
        section = Section(index, heading, ours, level, parent, Span(start, end))
        sections.append(section)
        if level:
            open_sections.append(section)
    return tuple(sections)


def _sections_of_ours(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """Return groups of whole paragraphs; a list stays with the paragraph that leads in to it."""
    starts: list[tuple[int, str, int]] = []
    words = _WORDS_OF_OUR_SECTIONS
    before: Block | None = None
    for block in blocks:
        line = block.span.of(text)
        free = block.kind is BlockKind.PARAGRAPH and not (
            before is not None and before.span.of(text).endswith((":", ",", ";"))
        )
        if words >= _WORDS_OF_OUR_SECTIONS and (free or not starts):
            starts.append((block.span.start if starts else 0, _first_words(line), 1))
            words = 0
        words += line.count(" ") + 1
        before = block
    return _tile(len(text), starts, ours=True)


def _first_words(line: str) -> str:
    words = line[:200].split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


def _cut_numbered(block: Block, text: str) -> tuple[Block, ...]:
    """Return ``block``, cut in two where it begins with a heading in bold, as numbered clauses do.

    A run-in heading ("4.2 Children: We ask for ...") is numbered, bold while the rest is not, few
    words long, and no sentence. Without a number such words mostly name a case within a section.
    """
    if not 0 < block.bold < 0.7 or block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return (block,)
    words = block.span.of(text)
    found = _NUMBERED_RUN_IN.match(words)
    if not found or not _is_run_in_heading(found, words):
        return (block,)
    # The bold letters must be those of the heading, give or take the mark that ends it.
    bold = block.bold * len(words.replace(" ", ""))
    if abs(bold - len(found["lead"].replace(" ", ""))) > 1.5:
        return (block,)
    return _cut(block, found)


def _cut_plain(block: Block, text: str) -> tuple[Block, ...]:
    """Return ``block``, cut in two where it begins with a name in capitals and a full stop.

    Only a last resort: "Public Places. What you post there ..." tells less than a line of its own.
    """
    nested = block.kind is BlockKind.LIST_ITEM and block.level > 1
    if nested or block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return (block,)
    words = block.span.of(text)
    found = _PLAIN_RUN_IN.match(words)
    if not found or not _is_run_in_heading(found, words) or _COMPANY.search(found["body"]):
        return (block,)
    capital = _capital_share(_WORD.findall(found["body"]))
    return _cut(block, found) if capital > 0.99 else (block,)


def _is_run_in_heading(found: re.Match[str], words: str) -> bool:
    names = _WORD.findall(found["body"])
    rest = words[found.end() : found.end() + 400]
    return (
        len(names) <= _MAX_RUN_IN_WORDS
        and rest.count(" ") + 1 >= _MIN_AFTER_RUN_IN
        and (_capital_share(names) > 0.99 or not _FINITE.search(found["body"]))
        and not _DATE_WORDS.match(found["lead"])
        and not _NAVIGATION.match(found["body"])
    )


def _cut(block: Block, found: re.Match[str]) -> tuple[Block, Block]:
    start = block.span.start
    heading = Span(start, start + found.end("lead"))
    rest = Span(start + found.end(), block.span.end)
    return (
        replace(block, kind=BlockKind.HEADING, span=heading, level=0, bold=1.0, link_ratio=0.0),
        replace(block, kind=BlockKind.PARAGRAPH, span=rest, level=0, bold=0.0),
    )


def _is_run_in(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and not block.explicit


def _numbered_below(lines: Sequence[_Line], chosen: set[int]) -> set[int]:
    """Return the unmarked lines numbered "3.1" where "3." is a marked heading above them."""
    found: set[int] = set()
    above = ""
    for i, line in enumerate(lines):
        number = _DEPTH.match(line.label)
        if not number:
            continue
        digits = number.group().split(".")
        if i in chosen:
            above = digits[0]
        elif digits[0] == above and len(digits) > 1 and _looks_like_heading(lines, i):
            found.add(i)
    return found


def _needs_more(lines: Sequence[_Line], chosen: Collection[int]) -> bool:
    """Return whether marked headings are too few for the text, so that others must be unmarked."""
    words = sum(line.length for line in lines)
    marked = sum(i > 2 for i in chosen)
    enough = marked >= _ENOUGH_MARKED
    return words > marked * (_MAX_WORDS_PER_MARKED if enough else _MAX_WORDS_PER_FEW_MARKED)


def _unless_too_many(found: set[int], lines: Sequence[_Line]) -> set[int]:
    """Return ``found``, or nothing where so much was found that the sign means nothing.

    Measured in words: a policy of short paragraphs has a heading to each of them.
    """
    words = sum(lines[i].length for i in found)
    return found if words <= _MAX_SHARE_OF_WORDS * sum(line.length for line in lines) else set()


def _bold_lines(lines: Sequence[_Line]) -> set[int]:
    """Return the lines that are bold from end to end and short, and open something."""
    return {
        i
        for i, line in enumerate(lines[:-1])
        if line.block.bold > 0.9
        and line.is_short
        and (line.block.kind is BlockKind.PARAGRAPH or line.label)
        and line.block.kind is not BlockKind.TABLE_ROW
        and line.body[:1] not in "*("
        and not (line.text[-1] in ".,;" and _FINITE.search(line.body) and not line.label)
    }


def _looks_like_heading(lines: Sequence[_Line], i: int) -> bool:
    line = lines[i]
    if not line.is_short or line.block.kind is BlockKind.TABLE_ROW:
        return False
    if line.block.kind is BlockKind.LIST_ITEM and not line.label and not _opens_paragraph(lines, i):
        return False
    if _CONTACT.search(line.text) or _NAVIGATION.match(line.text):
        return False
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    if _LETTERED.match(line.label) and not _opens_its_own(before, line, after):
        return False
    score = _look(line, before, after)
    if _is_among_items(lines, i):
        score -= 2.5
    if _is_numbered_item(lines, i):
        score -= 2.0
    return score >= _MIN_SCORE


def _opens_paragraph(lines: Sequence[_Line], i: int) -> bool:
    """Return whether list item ``i`` stands between paragraphs, as some pages' headings do."""
    return 0 < i < len(lines) - 1 and (
        lines[i + 1].block.kind is BlockKind.PARAGRAPH
        and lines[i + 1].length >= _PROSE
        and lines[i - 1].block.kind is not BlockKind.LIST_ITEM
    )


def _is_numbered_item(lines: Sequence[_Line], i: int) -> bool:
    """Return whether line ``i`` counts on from the line before it or to the one after it.

    Between two headings with the next number there is a text; between two items there is none.
    """
    number = _number(lines[i])
    if not number:
        return False
    before = _number(lines[i - 1]) if i else ()
    after = _number(lines[i + 1]) if i + 1 < len(lines) else ()
    following = (*number[:-1], number[-1] + 1)
    return after == following or (
        len(before) == len(number) and (*before[:-1], before[-1] + 1) == number
    )


def _opens_its_own(before: _Line | None, line: _Line, after: _Line | None) -> bool:
    """Return whether a line labelled "(b)" has a text below it and is no item after "(a)"."""
    number = _number(line)
    preceding = _number(before) if before is not None else ()
    is_next = (
        before is not None
        and _LETTERED.match(before.label) is not None
        and number == tuple(part + 1 for part in preceding)
    )
    return not is_next and after is not None and not after.label


def _number(line: _Line) -> tuple[int, ...]:
    """Return a label as numbers, (2, 1) for "2.1" and (3,) for "(c)"; () where there is none."""
    digits = _DEPTH.match(line.label.lstrip("("))
    if digits:
        return tuple(map(int, digits.group().split(".")))
    letter = line.label.strip("().:– ").lower()
    return (ord(letter) - ord("a") + 1,) if len(letter) == 1 and "a" <= letter <= "z" else ()


def _is_among_items(lines: Sequence[_Line], i: int) -> bool:
    """Return whether line ``i`` is one of a list without bullets that a colon led in to.

    The last line before prose is none of them: it is the next heading.
    """
    if i + 1 >= len(lines) or _is_prose(lines[i + 1]):
        return False
    for line in lines[max(0, i - _MAX_ITEMS) : i][::-1]:
        if line.text[-1] == ":":
            return True
        if _is_prose(line):
            return False
    return False


def _is_prose(line: _Line) -> bool:
    return line.length >= _PROSE or (line.length >= _SENTENCE and line.text[-1] in ".?!")


def _look(line: _Line, before: _Line | None, after: _Line | None) -> float:
    """Return how much a short line looks like a heading; from ``_MIN_SCORE`` on it is one."""
    body, count, end = line.body, len(line.words), line.text[-1]
    capital = _capital_share(line.words)
    question = end == "?"
    finite = _FINITE.search(body) is not None

    score = 0.6 * (count <= 8) - 0.3 * (count == 1)
    # How it is written
    if body.isupper() and len(body) > 3:
        score += 2.0
    elif capital > 0.99 and count >= 2:
        score += 1.6
    elif capital >= 0.7 and count >= 3:
        score += 1.0
    elif count >= 6 and capital < 0.3 and not question:
        score -= 0.8
    if not (body[0].isupper() or body[0].isdigit() or body[0] in "\"“‘'"):
        score -= 0.0 if _TITLE.match(body) else 3.0
    if line.label:
        score += 1.4
    if _TOPIC_WORD.search(body):
        score += 0.7
    if finite and not question and not _QUESTION.match(body) and capital < 0.7:
        score -= 1.2
    if _FIELD.search(body):
        score -= 2.0
    if body.count(",") >= 3:
        score -= 1.0
    # How it ends
    opens_prose = after is not None and after.length >= 8
    if end == "." and capital > 0.9 and count <= 12 and opens_prose and not finite:
        score -= 0.6
    elif end in ".,;" or body.endswith(("; and", "; or", ", and", ", or")):
        score -= 4.0 if end != "." or count > 5 else 2.0
    elif question:
        score += 1.0
    elif end == ":":
        # A line in small letters that ends in a colon leads in to what follows.
        score -= 2.0 if count > 8 or (count > 2 and capital < 0.7) else 0.2
    elif end in "!…":
        score -= 1.5
    elif end in '"”)':
        score -= 0.3
    # What stands around it
    if after is None:
        score -= 2.5
    elif after.text[0].islower() and after.block.kind is not BlockKind.LIST_ITEM:
        score -= 1.0
    elif after.length >= _PROSE:
        score += 1.0
    elif after.block.kind is BlockKind.LIST_ITEM:
        score += 0.2
    if (
        count == 1
        and end != ":"
        and len(body) >= 4
        and after
        and after.length >= 6
        and after.text[-1] in ".:;"
    ):
        score += 0.9
    if before is not None:
        if before.text[-1] in ",;":
            score -= 1.5
        elif before.text[-1] == ":" and count < 7:
            score -= 1.0
    return score


def _capital_share(words: Sequence[str]) -> float:
    """Return the share of the words, small ones apart, that begin with a capital letter."""
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS]
    return sum(word[0].isupper() for word in weighty) / len(weighty) if weighty else 0.0


def _is_date_line(line: _Line) -> bool:
    """Return whether a line carries a date and nothing else of weight."""
    return line.is_short and bool(
        _DATE.search(line.text)
        and (_DATE_WORDS.match(line.text) or len(_DATE.sub("", line.text).split()) <= 2)
    )


def _addresses(lines: Sequence[_Line]) -> set[int]:
    """Return the lines of postal addresses: runs of short lines, one of them in such a form."""
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_of_address(lines[end]):
            end += 1
        first = next((i for i in range(start, end) if _ADDRESS.search(lines[i].text)), None)
        if first is not None and end - start >= 2:
            found.update(range(max(start, first - 3), end))
        start = end + 1
    return found


def _may_be_of_address(line: _Line) -> bool:
    return (
        line.block.kind is not BlockKind.HEADING
        and line.length <= 9
        and len(line.text) <= _MAX_HEADING_CHARACTERS
        and line.text[-1] not in ".:?;"
        and (not line.label or _ADDRESS.search(line.text) is not None)
    )


def _repetitions(lines: Sequence[_Line]) -> set[int]:
    """Return the lines that say a marked heading straight above them once more."""
    return {
        i
        for i, (above, line) in enumerate(pairwise(lines), 1)
        if above.block.kind is BlockKind.HEADING and line.is_short and line.key == above.key
    }


def _field_names(lines: Sequence[_Line], unmarked: Collection[int]) -> set[int]:
    """Return the lines that recur too often for headings: fields of a form, as "Purpose"."""
    times = Counter(lines[i].text for i in unmarked)
    return {i for i in unmarked if times[lines[i].text] >= _MIN_FIELD_TIMES}


def _tables_of_contents(lines: Sequence[_Line], chosen: set[int]) -> set[int]:
    """Return the lines of tables of contents: runs of short lines that recur as headings below."""
    last = {lines[i].key: i for i in sorted(chosen)}
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].is_short and lines[end].text[-1] not in ".;,":
            end += 1
        recurring = [i for i in range(start, end) if last.get(lines[i].key, -1) >= end]
        if len(recurring) >= _MIN_CONTENTS:
            entries = [i for i in range(start, end) if last.get(lines[i].key, i) > i]
            found.update(range(entries[0], entries[-1] + 1))
        start = end + 1
    return found


def _levels(lines: Sequence[_Line], chosen: Sequence[int]) -> dict[int, int]:
    """Return the level of each heading: its own, or one below the marked ones that it stands under.

    Levels that the format gives are counted from 1 without gaps. Among headings without a level,
    "2.1" and "(a)" stand under "2."; where some are numbered, those without a number stand under
    them.
    """
    marked = sorted({lines[i].block.level for i in chosen if lines[i].block.explicit})
    rank = {level: place for place, level in enumerate(marked, 1)}
    styles = Counter(_style(lines[i].label) for i in chosen if not lines[i].block.explicit)
    numbered = styles.total() - styles[""] >= 3
    levels: dict[int, int] = {}
    own = 0
    outline = _Outline()
    for i in chosen:
        line = lines[i]
        if line.block.explicit:
            own = rank[line.block.level]
            outline = _Outline()
            levels[i] = own
            continue
        style = _style(line.label)
        if style:
            depth = outline.depth(style if styles[style] > 1 else "", len(_number(line)))
        else:
            depth = 2 if numbered and outline.begun else 1
        levels[i] = min(6, own + depth)
    return levels


class _Outline:
    """How deep each style of number stands: one that is new stands below the number before it."""

    def __init__(self) -> None:
        self.begun = False
        self._depths: dict[str, int] = {}
        self._last = 0

    def depth(self, style: str, parts: int) -> int:
        """Return the depth of a number of ``parts`` parts; a style '' is one that stands alone."""
        self.begun = True
        deeper = max(0, parts - 1)
        if not style:
            return 1 + deeper
        first = self._depths.setdefault(style, self._last + 1)
        self._depths = {known: depth for known, depth in self._depths.items() if depth <= first}
        self._last = first + deeper
        return self._last


def _style(label: str) -> str:
    """Return what sort of number a label is: '1', 'A', 'a', '(a', or its word; '' for none."""
    label = label.strip()
    bracket = "(" if label.startswith("(") else ""
    core = label.lstrip("(§ ")
    if core[:1].isdecimal():
        return bracket + "1"
    word = core.split(" ")[0]
    if " " in core and len(word) > 3:
        return word.lower()
    return bracket + ("A" if core.isupper() else "a") if core else ""
