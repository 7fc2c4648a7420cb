"""Does an unmarked line look like a heading? By its words, and by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import BlockKind
from reader.sections.lines import (
    LETTERED,
    PROSE,
    Line,
    capital_share,
    is_prose,
    number_of,
    style_of,
)

_MIN_SCORE = 1.0
_ABOVE_HEADING = 0.6
_SURELY = 2.0
_MAX_ITEMS = 15
_MAX_COLON = 8
_MIN_SERIES = 4
_LINKED = 0.7
_LONG_TEXT = 25
TOPIC_WORD = re.compile(
    r"\b(?:access\w*|advertis\w+|agreements?|analytics|beacons?|california|changes?|children\w*|choices?"
    r"|collect\w*|complaints?|consent|contact|control\w*|cookies?|data|definitions?|delet\w+|disclos\w+"
    r"|effective|gdpr|information|international|introduction|law\w*|legal|links?|minors?|notices?"
    r"|opt|overview|payments?|personal|policy|policies|privacy|processing|protect\w*|purposes?"
    r"|questions?|requests?|retention|retain|rights?|safety|scope|secur\w+|services?|shar\w+|storage|terms|third|"
    r"track\w*|transfers?|updates?|use|uses|using|verif\w+)\b",
    re.IGNORECASE,
)
FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|may|might|can|could|shall|should|must|have|has|had|do|does|did"
    r"|collects?|uses|shares|provides?|includes?|applies|allows?|contains?|agree|reserves?|describes?|means?"
    r"|don['’]t|doesn['’]t|we['’](?:ll|re|ve)|please|refers)\b",
    re.IGNORECASE,
)
# "Information we collect from others" is a name: its verb is that of a clause about the noun.
_NOUN_WITH_CLAUSE = re.compile(
    r"(?:[\w/&-]+\s+){0,4}?(?:categories|choices|companies|content|cookies|data|details|information"
    r"|parties|partners|permissions|purposes|reasons|rights|services|sources|things|tools|types|ways)"
    r"\s+(?:(?:from|to|with|by|for)\s+(?:which|whom)\s+|(?:that|which)\s+)?"
    r"(?:we|you)\s+(?:(?:may|can|do|will)\s+)?\w+",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:how|what|when|why|who|whom|where|which|whether|do|does|is|are|can|will|your|our|if)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(r"(?:how|what|when|why|who|whom|where|which)\b", re.IGNORECASE)
_LEADING_IN = re.compile(
    r"\b(?:following|below|as follows|includ\w+|such as|example|means?|to|that|please)\W*\Z"
    r"|\A(?:please|if|when|in|for|by|as|note|with)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:we|you|i|it|he|she|they|this|that|these|those|there|here|hey|hi|hello|welcome|thanks?)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|https?://|www\.|\(\d{3}\)|\b\d{3}[-. ]\d{3,4}\b|©|\bcopyright\b|\ball rights reserved\b"
    r"|\bwrote:\Z"
    r"|^(?:attn|attention|phone|tel|telephone|fax|e-?mail|(?:postal )?address|c/o|mail)\b\s*[:.]",
    re.IGNORECASE,
)
# "How you can reach us.", but not "When you order, we keep your name."
_ASKING = re.compile(r"(?:how|what|whom?|why|which)\b[^,]*\Z", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?::|\bfollowing)\W*\Z", re.IGNORECASE)
NAVIGATION = re.compile(
    r"(?:(?:yes|no|back(?: to top)?|top|print|home|here|menu|next|previous|close|cancel|ok|search"
    r"|share|accept|subscribe|download|none|n/a)"
    r"|(?:click here|(?:read|learn|find out) more\b.*|(?:show|see|view) more|more|get the app"
    r"|sign in|log ?in|skip.*|(?:cookie|privacy) (?:settings|preferences)"
    r"|home\s*[/>›»|].*|was this\b.{0,30}\b(?:helpful|useful)"
    r"|(?:accept|reject|allow|open|close|collapse|expand|show|hide|view) all))"
    r"(?:\W+(?:accept|reject|cancel|close|all|more|toggle))*\W*\Z",
    re.IGNORECASE,
)
_COLUMN = (
    r"\b(?:Categor(?:y|ies)|Descriptions?|Details|Examples?|(?:Legal|Lawful) [Bb]as[ie]s"
    r"|Purposes?|Reasons?|Recipients?|Retention [Pp]eriods?|Scenarios?|Sources?"
    r"|Transfer [Mm]echanism|Types?)\b"
)
# Two of them that nothing joins: "Categories of data Purposes", but not "... and Purposes".
_COLUMNS = re.compile(
    rf"{_COLUMN}(?:(?!\b(?:and|or)\b|[&,/:]).)*?"
    rf"(?<!\bof )(?<!\bthe )(?<!\bfor )(?<!\byour ){_COLUMN}"
)
_TITLE = re.compile(r"\bprivacy\s+(?:policy|notice|statement)\Z", re.IGNORECASE)
_OUR_TITLE = re.compile(r"(?:our\s+)?privacy\s+(?:policy|notice|statement)\Z", re.IGNORECASE)
_FIELD = re.compile(r"\w:\s+\w")
_DEFINES = re.compile(r"(?:[\w\"“”‘’'/&()-]+ ){1,6}?(?:means?|refers? to)\b", re.IGNORECASE)
_ANSWERED = re.compile(r"\w\?\s+\w")


def looks_like_heading(lines: Sequence[Line], i: int) -> bool:
    """Return whether line ``i`` reads as a heading among its neighbours."""
    line = lines[i]
    if not line.is_short or line.block.kind is BlockKind.TABLE_ROW:
        return False
    if line.block.link_ratio > _LINKED:  # it leads elsewhere
        return False
    if line.block.kind is BlockKind.LIST_ITEM and not line.label and not _opens_paragraph(lines, i):
        return False
    if _CONTACT.search(line.text) or NAVIGATION.match(line.text) or is_table_head(line):
        return False
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    if after is not None and after.is_run_in:
        after = lines[i + 2]  # the rest of its paragraph
    if _is_numbered_item(lines, i):
        return False
    if LETTERED.match(line.label) and not _opens_its_own(before, line, after):
        return False
    score = _look(line, before, after, named=names_text_below(lines, i))
    if after is not None and _opens_subsection(lines, i):
        score += _ABOVE_HEADING
    if _is_among_items(lines, i):
        score -= 2.5
    return score >= _MIN_SCORE


def _opens_subsection(lines: Sequence[Line], i: int) -> bool:
    """Return whether line ``i``, behind prose, stands above what surely is a heading of a text."""
    if (
        not i
        or i + 2 >= len(lines)
        or not is_prose(lines[i - 1])
        or not lines[i + 1].is_short
        or lines[i].length >= PROSE
    ):
        return False
    following, text = lines[i + 1], lines[i + 2]
    return (
        text.block.kind is BlockKind.PARAGRAPH
        and text.length >= _LONG_TEXT
        and lines[i].text[-1] not in ".,;:"
        and _look(following, lines[i], text) >= _SURELY
    )


def is_statement(line: Line) -> bool:
    """Return whether a line says something in a sentence, or in one that leads in to a list."""
    if not FINITE_VERB.search(line.body) or _ASKING.match(line.body):
        return False
    leads_in = _LEAD_IN.search(line.body) and not _QUESTION_WORD.match(line.body)
    return line.text[-1] in ".,;" or bool(leads_in)


def names_text_below(lines: Sequence[Line], i: int) -> bool:
    """Return whether line ``i`` ends in a colon and names the prose below it, as headings do.

    A line that leads in to what follows is a sentence of somebody's, or has a list below it.
    """
    if i + 1 >= len(lines) or lines[i].text[-1] != ":" or len(lines[i].words) > _MAX_COLON:
        return False
    body, after = lines[i].body, lines[i + 1]
    return (
        after.block.kind is BlockKind.PARAGRAPH
        and after.length >= PROSE
        and after.text[0].isupper()
        and after.text[-1] in ".!?"
        and body[0].isupper()
        and not (_SUBJECT.match(body) or _LEADING_IN.search(body))
    )


def numbered_series(lines: Sequence[Line]) -> set[int]:
    """Return the lines numbered one after the other, each with a text below it.

    Such lines are headings whatever their words look like; items of a list follow one another
    without a text between.
    """
    found: set[int] = set()
    series: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for i, line in enumerate(lines):
        number = number_of(line)
        if not number:
            continue
        row = (style_of(line.label), number[:-1])
        known = series.get(row)
        if known and number_of(lines[known[-1]])[-1] + 1 == number[-1]:
            known.append(i)
        else:
            found.update(_headings_of(series.pop(row, []), lines))
            if number[-1] == 1:
                series[row] = [i]
    for members in series.values():
        found.update(_headings_of(members, lines))
    return found


def _headings_of(members: Sequence[int], lines: Sequence[Line]) -> Sequence[int]:
    """Return the members of a series if they are enough and all of them open a text."""
    opening = all(
        lines[i].is_short
        and lines[i].text[-1] not in ".,;:"
        and i + 1 < len(lines)
        and not lines[i + 1].label
        for i in members
    )
    return members if opening and len(members) >= _MIN_SERIES else ()


def is_table_head(line: Line) -> bool:
    """Return whether a line names two columns of a table or more: "Categories Examples"."""
    return _COLUMNS.search(line.text) is not None


def _opens_paragraph(lines: Sequence[Line], i: int) -> bool:
    """Return whether list item ``i`` stands between paragraphs, as some pages' headings do."""
    return 0 < i < len(lines) - 1 and (
        lines[i + 1].block.kind is BlockKind.PARAGRAPH
        and lines[i + 1].length >= PROSE
        and lines[i - 1].block.kind is not BlockKind.LIST_ITEM
    )


def _is_numbered_item(lines: Sequence[Line], i: int) -> bool:
    """Return whether line ``i`` counts on from the line before it or to the one after it.

    Between two headings with the next number there is a text; between two items there is none.
    """
    number = number_of(lines[i])
    if not number:
        return False
    before = number_of(lines[i - 1]) if i else ()
    after = number_of(lines[i + 1]) if i + 1 < len(lines) else ()
    following = (*number[:-1], number[-1] + 1)
    return after == following or (
        len(before) == len(number) and (*before[:-1], before[-1] + 1) == number
    )


def _opens_its_own(before: Line | None, line: Line, after: Line | None) -> bool:
    """Return whether a line labelled "(b)" has a text below it and is no item after "(a)"."""
    number = number_of(line)
    preceding = number_of(before) if before is not None else ()
    is_next = (
        before is not None
        and LETTERED.match(before.label) is not None
        and number == tuple(part + 1 for part in preceding)
    )
    return not is_next and after is not None and not after.label


def _is_among_items(lines: Sequence[Line], i: int) -> bool:
    """Return whether line ``i`` is one of a list without bullets that a colon led in to.

    The last line before prose is none of them: it is the next heading.
    """
    if i + 1 >= len(lines) or is_prose(lines[i + 1]):
        return False
    for line in lines[max(0, i - _MAX_ITEMS) : i][::-1]:
        if line.text[-1] == ":":
            return True
        if is_prose(line) or line.block.kind is BlockKind.LIST_ITEM:
            return False
    return False


def _may_end_in_full_stop(body: str) -> bool:
    """Return whether words with a full stop read as a heading and not as a short sentence."""
    if _QUESTION_WORD.match(body):
        return True
    return not FINITE_VERB.search(body) and not _SUBJECT.match(body)


def _clause_end(body: str) -> int:
    """Return where words end that are a noun with a clause about it, as "data we share"; else 0."""
    found = None if _LEADING_IN.search(body) else _NOUN_WITH_CLAUSE.match(body)
    return found.end() if found else 0


def _look(line: Line, before: Line | None, after: Line | None, *, named: bool = False) -> float:
    """Return how much a short line looks like a heading; from ``_MIN_SCORE`` on it is one.

    ``named`` tells that it ends in a colon and names the text below it.
    """
    body, count, end = line.body, len(line.words), line.text[-1]
    capital = capital_share(line.words)
    question = end == "?"
    finite = FINITE_VERB.search(body, _clause_end(body)) is not None

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
        score -= 0.0 if _OUR_TITLE.match(body) else 3.0
    if line.label:
        score += 1.4
    if TOPIC_WORD.search(body):
        score += 0.7
    if finite and not question and not _QUESTION.match(body) and capital < 0.7:
        score -= 1.2
    if _FIELD.search(body) and not _TITLE.search(body):
        score -= 3.0
    if _ANSWERED.search(body) or (_DEFINES.match(body) and not _QUESTION.match(body)):
        score -= 3.0
    if body.count(",") >= 3:
        score -= 1.0
    # How it ends
    opens_prose = after is not None and after.length >= 8
    opens_long = after is not None and after.length >= _LONG_TEXT
    if end == "." and capital > 0.9 and count <= 12 and opens_prose and not finite:
        score -= 0.6
    elif end == "." and count <= 9 and opens_long and _may_end_in_full_stop(body):
        score -= 1.0
    elif end in ".,;" or body.endswith(("; and", "; or", ", and", ", or")):
        score -= 4.0 if end != "." or count > 5 else 2.0
    elif question:
        score += 1.0
    elif count >= 4 and end.isalnum() and _QUESTION_WORD.match(body):
        score += 0.5
    elif end == ":":
        # A line in small letters that ends in a colon leads in to what follows.
        leads_in = count > 8 or (count > 2 and capital < 0.7)
        score -= 0.0 if named else 2.0 if leads_in else 0.2
    elif end in "!…":
        score -= 1.5
    elif end in '"”)':
        score -= 0.3
    # What stands around it
    if after is None:
        score -= 2.5
    elif after.text[0].islower() and after.block.kind is not BlockKind.LIST_ITEM:
        score -= 1.0
    elif after.length >= PROSE:
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
        if (
            is_prose(before)
            and before.text[-1] in ".?!"
            and end.isalnum()
            and after is not None
            and after.length >= PROSE
        ):
            score += 0.2
        if before.text[-1] in ",;":
            score -= 1.5
        elif before.text[-1] == ":" and count < 7:
            score -= 1.0
    return score
