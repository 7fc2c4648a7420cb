"""The day on which a policy says that it took effect or was last changed.

One finder for the fact and for the finding, so that the card never shows a date beside "No date
found". A date is the policy's own where a word like "updated" leads to it and nothing says that it
is a law's, an earlier version's or an account's; or where it stands alone under the title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from reader.model import Block, Document, Span
from reader.signs import pieces_with_signs
from reader.written_dates import YEAR_SIGN, writes_day_first, written_dates

_YEAR_SIGNS = ("19", "20", "/")  # a year begins with one of these
_CHANGED = re.compile(
    r"\b(?:(?:last|latest|most recent|date of(?: last)?) (?:updated?|modifi\w+|revis\w+|chang\w+"
    r"|amend\w+|edit\w+|publi\w+)|updated?|revised|revision|modified|amended|version)\b",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"\b(?:effective|t(?:akes?|ook) effect|(?:in|into) (?:effect|force)|valid (?:from|since|as of)"
    r"|applicable (?:from|since|as of)|current as of|appl(?:y|ies) (?:from|since|as of)"
    r"|reviewed|published|publication|posted|issued|adopted|approved|formulated|dated)\b"
    r"|^\W*(?:as of|date)\b",
    re.IGNORECASE,
)
_CUES = ((_CHANGED, 0), (_IN_FORCE, 1))
_EARLIER = re.compile(
    r"\b(?:archiv\w+|snapshot|wayback|retrieved|downloaded|printed|accessed|copyright|founded"
    r"|born|registered|incorporated)\b|©"
    r"|\b(?:prior|previous|former|earlier|old|older|pre-) ?(?:version|polic|notice|statement)"
    r"|\b(?:prior to|before|until|through|ending|between|replaces?d?|supersedes?d?)"
    r"(?: (?:the|on|that of|version of))*\W*$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"[^\w.]{0,3}(?:and |was effective )?"
    r"(?:until|through|till|to(?! (?:see|view|read|find|print|download|compare)\b))\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:gdpr|ccpa|cpra|coppa|laws?|bill"
    r"|regulation|directive|act|shield|framework|code|statute|legislation|article \d+|clauses"
    r"|commission)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|notice|statement|terms|document|page|agreement|declaration|disclosure)\b",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(
    r"\b(?:your (?:account|profile|order|data|information|product|device|choice)s?|account (?:was"
    r"|is)|software|app version|prices?)\b",
    re.IGNORECASE,
)
_SHORT_LINE = 120  # characters; a longer statement must name the policy
_LABEL = 60
_ALONE = 40
_ONE_LINE = 80  # shorter blocks are taken whole: "June 8. 2026" looks like two sentences
_LONGEST = 2_000
_CUE_REACH = 48  # characters between "updated" and the date
_HEAD = 12  # blocks; a policy's own date stands near its head or its foot
_TITLE_LINES = 6
_FOOT = 4


class OwnDate(NamedTuple):
    """Where the policy dates itself; ``day`` is ISO 8601, or None where only the month is given.

    ``label`` is the line before that says what the date is, or None.
    """

    span: Span
    label: Span | None
    day: str | None


class _Candidate(NamedTuple):
    part: int
    without_day: bool
    far_from_ends: bool
    strength: int
    place: Span
    found: OwnDate


def find_own_dates(document: Document) -> tuple[OwnDate, ...]:
    """Return every place where the policy dates itself, the best first.

    Full dates stand before months, the head and foot of the text before its middle, the last
    change before the first day in force. Where the policy is several files, those of the first
    that has any stand before the others: a notice beside it may be changed by itself.
    """
    day_first = writes_day_first(document.text)
    sentences: defaultdict[int, list[Span]] = defaultdict(list)
    for sentence in document.sentences:
        sentences[sentence.block].append(sentence.span)
    block_starts = [block.span.start for block in document.blocks]
    seeming = pieces_with_signs(document.text, block_starts, _YEAR_SIGNS)
    files = [(blocks, _foot_of(document, blocks)) for blocks in _blocks_of_files(document)]
    candidates = [
        candidate
        for part, (blocks, foot) in enumerate(files)
        for index in seeming
        if index in blocks
        for candidate in _candidates(
            document, part, blocks, index, sentences[index], day_first, foot
        )
    ]
    best: dict[Span, OwnDate] = {}
    for candidate in sorted(candidates, key=lambda c: c[:5]):
        best.setdefault(candidate.found.span, candidate.found)
    return tuple(best.values())


def _blocks_of_files(document: Document) -> list[range]:
    """Return which blocks each file of the policy has; one range where it is one file."""
    starts = [part.span.start for part in document.parts[1:]]
    cuts = [bisect_left(document.blocks, start, key=_start_of) for start in starts]
    return [range(*ends) for ends in pairwise([0, *cuts, len(document.blocks)])]


def _foot_of(document: Document, blocks: range) -> frozenset[int]:
    """Return the last blocks of a file, and the last of those that are not links alone."""
    links = {link.span for link in document.links}
    others = (index for index in reversed(blocks) if document.blocks[index].span not in links)
    return frozenset([*blocks[-_FOOT:], *islice(others, _FOOT)])


def _start_of(block: Block) -> int:
    return block.span.start


def _candidates(
    document: Document,
    part: int,
    blocks: range,
    index: int,
    sentences: Sequence[Span],
    day_first: bool,
    foot: frozenset[int],
) -> Iterator[_Candidate]:
    """Yield the dates in a block, one of a file's ``blocks``, whose last are ``foot``."""
    text, block = document.text, document.blocks[index]
    if not YEAR_SIGN.search(text, block.span.start, block.span.end):
        return
    line = index - blocks.start
    at_head, at_foot = line < _HEAD, index in foot
    label = _label_before(document, index) if line else None
    for statement in _statements(block, sentences):
        words = statement.of(text)
        after = 0
        for match, day in written_dates(words, day_first=day_first):
            if _ENDED.match(words, match.end()):
                continue
            lead = words[after : match.start()]
            after = match.end()
            alone = len(words) < _ALONE and len(words) - len(match.group()) < _ALONE / 2
            strength = _strength(words, lead)
            context = None
            if strength is None and label is not None and alone:
                context, strength = label, _strength(words, f"{label.of(text)} {lead}")
            if strength is None and alone and not _EARLIER.search(lead):
                strength = 2 if line < _TITLE_LINES or at_foot else None
            if strength is not None:
                place = Span(statement.start + match.start(), statement.start + match.end())
                yield _Candidate(
                    part,
                    day is None,
                    not (at_head or at_foot),
                    strength,
                    place,
                    OwnDate(statement, context, day),
                )


def _strength(statement: str, lead: str) -> int | None:
    """Return 0 for a last change, 1 for a first day in force, None where it is not the policy's."""
    if _EARLIER.search(lead) or _OTHER_THING.search(statement):
        return None
    for cue, strength in _CUES:
        for match in cue.finditer(lead):
            if len(lead) - match.end() > _CUE_REACH:
                continue
            if _is_about_the_policy(statement, lead[: match.start()]):
                return strength
    return None


def _is_about_the_policy(statement: str, subject: str) -> bool:
    named = _POLICY.search(statement)
    law = _LAW.search(statement)
    if law is None:
        return named is not None or len(statement) < _SHORT_LINE
    # "Under the new law this policy was updated" but not "this policy names the Act, in force ..."
    last_named = [match.start() for match in _POLICY.finditer(subject)]
    last_law = [match.start() for match in _LAW.finditer(subject)]
    if last_law:
        return bool(last_named) and last_named[-1] > last_law[-1]
    return named is not None


def _label_before(document: Document, index: int) -> Span | None:
    """Return the short line before a block, which may say what the block's date is."""
    before = document.blocks[index - 1].span
    return before if before.end - before.start < _LABEL else None


def _statements(block: Block, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of a block; the whole block where it is a line or holds none."""
    is_line = block.span.end - block.span.start < _ONE_LINE
    for statement in [block.span] if is_line or not sentences else sentences:
        if statement.end - statement.start < _LONGEST:
            yield statement
