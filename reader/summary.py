"""The words of the summary card: what window, page and terminal say about a report.

``summary_card`` turns a report into a ``SummaryCard``, one record of ready words; whoever shows it
adds shape, colour and place and no words of its own. ``card_text`` sets the card for a terminal.

Whatever is missing from a policy is worded "we did not find it", never "they do not": silence is
what was read, not what is done.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reader.difficulty import difficulty_line
from reader.judging import FOUND_NOTHING, contradicted_types
from reader.model import (
    Disclosure,
    Document,
    PolicyReport,
    SilentType,
    Span,
    TopicVerdict,
    Verdict,
)
from reader.parts import names_of_files
from reader.reference import reference_size, unusual_rate
from reader.scoring import BAND_WORDS
from reader.titles import shown_title
from reader.withholding import why_withheld

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.GOOD: "Good news",
    Verdict.NEUTRAL: "For your information",
    Verdict.CAUTION: "Take care",
    Verdict.BAD: "Warning",
    Verdict.SILENT: "Not found",
    Verdict.WITHHELD: "Not judged",
}
MAX_FLAGS = 3
MAX_ACTIONS = 4
MAX_UNUSUAL = 3
# fmt: off
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")
# fmt: on
_MOST_FILES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One topic of the card.

    ``passages`` is the number of different passages behind it. ``silent_note`` says what was not
    found, and how usual that is; '' where nothing of note is missing.
    """

    topic: str
    label: str
    question: str
    verdict: Verdict
    verdict_word: str
    headline: str
    passages: int
    silent_note: str


@dataclass(frozen=True, slots=True)
class CardFlag:
    """Statements that pull against each other, with the best quote of each.

    ``disclosures`` are the keys that ``quotes`` come from, in the same order; ``files`` are where
    these stand, '' where the policy is one file.
    """

    text: str
    kind: str
    quotes: tuple[str, ...]
    disclosures: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def quotes_and_places(self) -> tuple[tuple[str, str], ...]:
        """Each quote once, with what to put behind it: its file in brackets, or ''."""
        pairs = zip(self.quotes, self.files, strict=True)
        return tuple(dict.fromkeys((quote, f" ({file})" if file else "") for quote, file in pairs))


@dataclass(frozen=True, slots=True)
class CardUnusual:
    """A statement that few services make, with the share that do; ``disclosure`` is its key."""

    text: str
    verdict: Verdict
    disclosure: str


@dataclass(frozen=True, slots=True)
class CardAction:
    """Something the reader can do now; ``target`` is a mailto: or http(s): address or None.

    ``disclosure`` is the key of the finding whose words offer it, '' where it is not shown.
    """

    kind: str
    text: str
    target: str | None
    disclosure: str


@dataclass(frozen=True, slots=True)
class VerdictPart:
    """One sentence of the verdict, and what it rests on.

    At most one of the others is set: ``finding`` is the key of a disclosure, ``topic`` the id of
    the one that is silent, ``is_reading`` true where it tells how hard the text reads.
    """

    text: str
    finding: str = ""
    topic: str = ""
    is_reading: bool = False


@dataclass(frozen=True, slots=True)
class SummaryCard:
    """All the words of the card, each a line or a sentence, free of control characters.

    ``files`` are those that the policy was read from, mostly one; ``source_line`` names them.
    ``verdict`` is never '': where verdicts are withheld it says why, and ``tiles`` has only topics
    on which something was found; ``verdict_parts`` are its sentences. ``more_flags`` and
    ``more_actions`` count what the report holds beyond those shown.
    """

    title: str
    files: tuple[str, ...]
    source_line: str
    date_line: str
    verdict: str
    verdict_parts: tuple[VerdictPart, ...]
    difficulty: str
    length: str
    tiles: tuple[Tile, ...]
    unusual: tuple[CardUnusual, ...]
    flags: tuple[CardFlag, ...]
    more_flags: int
    actions: tuple[CardAction, ...]
    more_actions: int
    notices: tuple[str, ...]
    made_by: str

    @property
    def origin(self) -> str:
        """Which file it is and how old, in one line."""
        return f"{self.source_line}. {self.date_line}"


def summary_card(
    report: PolicyReport, *, most_flags: int = MAX_FLAGS, most_actions: int = MAX_ACTIONS
) -> SummaryCard:
    """Return the card of ``report``, with at most so many flags and things to do."""
    document = report.document
    found = {disclosure.key: disclosure for disclosure in report.disclosures}
    verdict = clean_line(report.verdict) or why_withheld(report.notices)
    return SummaryCard(
        title=_title(document),
        files=files_of(document),
        source_line=_source_line(files_of(document)),
        date_line=_date_line(report.facts.effective_date),
        verdict=verdict,
        verdict_parts=_verdict_parts(verdict, report),
        difficulty=_difficulty(report),
        length=length_line(document.words, document.reading_minutes),
        tiles=tuple(_tile(topic, found) for topic in report.topics if _has_tile(topic)),
        unusual=_unusual(report),
        flags=tuple(
            CardFlag(
                text=clean_line(flag.text),
                kind=flag.kind,
                quotes=tuple(
                    _quote(found[key], document) for key in flag.disclosures if key in found
                ),
                disclosures=tuple(key for key in flag.disclosures if key in found),
                files=tuple(
                    file_at(document, found[key].evidence[0].span)
                    for key in flag.disclosures
                    if key in found
                ),
            )
            for flag in report.flags[:most_flags]
        ),
        more_flags=max(len(report.flags) - most_flags, 0),
        actions=tuple(
            CardAction(
                action.kind,
                clean_line(action.text),
                action.target,
                action.disclosure if action.disclosure in found else "",
            )
            for action in report.actions[:most_actions]
        ),
        more_actions=max(len(report.actions) - most_actions, 0),
        notices=tuple(clean_line(notice.text) for notice in report.notices),
        made_by=clean_line(f"Made by Policy Reader {report.generator.version}"),
    )


def _verdict_parts(verdict: str, report: PolicyReport) -> tuple[VerdictPart, ...]:
    """Return the sentences of ``verdict``, each with the finding or silence that it tells of."""
    ranked = [key for topic in report.topics for key in topic.disclosures]
    first_named = {key: place for place, key in reversed(list(enumerate(ranked)))}
    by_rank = sorted(report.disclosures, key=lambda d: first_named.get(d.key, len(ranked)))
    hard = f"{BAND_WORDS[report.scores.band]} to read."
    known = {hard: VerdictPart(hard, is_reading=True)}
    for topic in report.topics:
        for silent in topic.silent:
            told = f"{clean_line(silent.headline)}."
            known[told] = VerdictPart(told, topic=topic.id)
    for disclosure in reversed(by_rank):
        told = f"{clean_line(disclosure.headline)}."
        known[told] = VerdictPart(told, finding=disclosure.key)
    sentences = re.split(r"(?<=\.) ", verdict)
    return tuple(known.get(each, VerdictPart(each)) for each in sentences if each)


def verdicts_to_explain(card: SummaryCard) -> tuple[Verdict, ...]:
    """Return the verdicts for a key of the shapes: what was not judged only where it occurs."""
    shown = {tile.verdict for tile in card.tiles}
    return tuple(v for v in VERDICT_WORDS if v is not Verdict.WITHHELD or v in shown)


def clean_line(text: str) -> str:
    """Return ``text`` on one line, without anything that a terminal or a label would obey.

    Control characters and line breaks become single spaces. Of the invisible format characters
    only the joiners stay, which some scripts and emoji need; those that turn the reading direction
    round, and halves of surrogate pairs, go.
    """
    return " ".join(text.translate(_CLEAN).split())


class _Clean(dict[int, int | str | None]):
    """What becomes of each character by its code, found out when it is first met."""

    def __missing__(self, code: int) -> int | str | None:
        char = chr(code)
        match unicodedata.category(char):
            case "Cc":
                kept: int | str | None = " "
            case "Cf" | "Cs" if char not in "\u200c\u200d":
                kept = None
            case _:
                kept = code
        self[code] = kept
        return kept


_CLEAN = _Clean()


def address_of(action: CardAction) -> str:
    """Return the address of something to do as people write it, '' where there is none."""
    return clean_line(action.target.removeprefix("mailto:")) if action.target else ""


def action_line(action: CardAction) -> str:
    """Return something to do and the address for it, in one line."""
    address = address_of(action)
    return f"{action.text}: {address}" if address else action.text


def length_line(words: int, minutes: float) -> str:
    """Return the length of a text, as "6,690 words, about 28 minutes to read"."""
    counted = "1 word" if words == 1 else f"{words:,} words"
    if minutes < 1:
        return f"{counted}, under a minute to read"
    whole = round(minutes)
    return f"{counted}, about {whole} minute{'' if whole == 1 else 's'} to read"


def _difficulty(report: PolicyReport) -> str:
    """Return how hard the policy reads, without the words that the verdict ends with."""
    told = f"{BAND_WORDS[report.scores.band]} to read."
    return difficulty_line(
        report.scores,
        report.document.language_supported,
        "policies",
        band_is_told=report.verdict.endswith(told),
    )


def files_of(document: Document) -> tuple[str, ...]:
    """Return what to call the files that a policy was read from, in their order; mostly one."""
    sources = [part.source for part in document.parts] or [document.source]
    names = names_of_files([source.name for source in sources])
    return tuple("standard input" if name == "-" else clean_line(name) for name in names)


def file_at(document: Document, span: Span) -> str:
    """Return the file in which ``span`` begins; '' where the policy is one file."""
    part = document.part_of(span)
    return "" if part is None else files_of(document)[document.parts.index(part)]


def _title(document: Document) -> str:
    return clean_line(shown_title(document)) or files_of(document)[0] or "Privacy policy"


def _source_line(files: Sequence[str]) -> str:
    """Return a policy's files, as "policy.html, cookies.html and 3 more files"."""
    if len(files) == 1:
        return files[0]
    if len(files) > _MOST_FILES_NAMED:
        return f"{files[0]}, {files[1]} and {len(files) - 2} more files"
    return f"{', '.join(files[:-1])} and {files[-1]}"


def _date_line(date: str | None) -> str:
    if date is None:
        return "We did not find a full date."
    year, month, day = (int(part) for part in date.split("-"))
    return f"Dated {day} {_MONTHS[month - 1]} {year}."


def _has_tile(topic: TopicVerdict) -> bool:
    """Return whether there is anything to say: where nothing is judged, what was found alone."""
    return topic.verdict is not Verdict.WITHHELD or bool(topic.disclosures)


def _tile(topic: TopicVerdict, found: Mapping[str, Disclosure]) -> Tile:
    disclosures = [found[key] for key in topic.disclosures if key in found]
    return Tile(
        topic=topic.id,
        label=clean_line(topic.label),
        question=clean_line(topic.question),
        verdict=topic.verdict,
        verdict_word=VERDICT_WORDS[topic.verdict],
        headline=clean_line(topic.headline) or FOUND_NOTHING,
        passages=len({(e.span.start, e.span.end) for each in disclosures for e in each.evidence}),
        silent_note=_silent_note(topic),
    )


def _unusual(report: PolicyReport) -> tuple[CardUnusual, ...]:
    """Return what few services say, the gravest and rarest first, MAX_UNUSUAL at most.

    Nothing unsure is among them, nothing that is also denied, and no promise within limits. Where
    nothing is judged there is none.
    """
    if not report.verdict:
        return ()
    contradicted = contradicted_types(report.disclosures)
    found = [
        (disclosure, rate)
        for disclosure in report.disclosures
        if disclosure.is_sure
        and disclosure.type not in contradicted
        and disclosure.condition is None
        and (rate := unusual_rate(disclosure.key)) is not None
    ]
    found.sort(key=lambda each: (-each[0].valence.severity, each[1]))
    return tuple(
        CardUnusual(
            text=clean_line(f"{disclosure.headline} ({_said_by(rate)})"),
            verdict=Verdict(disclosure.valence.value),
            disclosure=disclosure.key,
        )
        for disclosure, rate in found[:MAX_UNUSUAL]
    )


def _said_by(rate: float) -> str:
    if not rate:
        return f"none of {reference_size()} services says so"
    return f"{rate:.0%} of services say so" if rate >= 0.01 else "under 1% of services say so"


def _silent_note(topic: TopicVerdict) -> str:
    """Return first what silence tells something about, then what is merely not mentioned."""
    telling = [
        f"{silent.headline}{_base_rate(silent)}." for silent in topic.silent if silent.valence
    ]
    merely = [
        f"{silent.label.lower()}{_base_rate(silent)}"
        for silent in topic.silent
        if not silent.valence
    ]
    if merely:
        telling.append(f"Also not found: {'; '.join(merely)}.")
    return clean_line(" ".join(telling))


def _base_rate(silent: SilentType) -> str:
    if silent.base_rate is None:
        return ""
    return f" ({silent.base_rate * 100:.0f}% of policies are silent too)"


def _quote(disclosure: Disclosure, document: Document) -> str:
    best = disclosure.evidence[0]
    return quote_of(document.text, best.span, best.context)


def quote_of(text: str, span: Span, lead_in: Span | None) -> str:
    """Return the words at ``span`` on one line, behind those that they complete, if any."""
    return lead_in_of(text, span, lead_in) + clean_line(span.of(text))


def lead_in_of(text: str, span: Span, lead_in: Span | None) -> str:
    """Return the words that those at ``span`` complete, ready to stand before them; '' for none.

    Where other words lie between the two, "[…]" says so: together they stand nowhere.
    """
    if lead_in is None:
        return ""
    is_apart = bool(text[lead_in.end : span.start].strip())
    return f"{clean_line(lead_in.of(text))}{' […]' if is_apart else ''} "


# The card in a terminal

SHAPES: Mapping[Verdict, str] = {
    Verdict.GOOD: "✓",
    Verdict.NEUTRAL: "•",
    Verdict.CAUTION: "▲",
    Verdict.BAD: "✗",
    Verdict.SILENT: "◌",
    Verdict.WITHHELD: "?",
}
ASCII_SHAPES: Mapping[Verdict, str] = {
    Verdict.GOOD: "+",
    Verdict.NEUTRAL: "i",
    Verdict.CAUTION: "!",
    Verdict.BAD: "x",
    Verdict.SILENT: "-",
    Verdict.WITHHELD: "?",
}
CARD_WIDTH = 80
"""The columns of a card that no terminal shows."""
_MAX_HEADLINE_LINES = 2
_MIN_WIDTH = 40
_MAX_WIDTH = 100


def card_width(columns: int) -> int:
    """Return the width of a card in a terminal that is ``columns`` wide: 40 to 100."""
    return min(max(columns, _MIN_WIDTH), _MAX_WIDTH)


def card_text(card: SummaryCard, width: int = CARD_WIDTH, encoding: str = "utf-8") -> str:
    """Return ``card`` as lines of at most ``width`` columns (40 to 100) for a terminal.

    Shapes and letters that ``encoding`` cannot write are replaced by ASCII ones.
    """
    width = card_width(width)
    shapes = SHAPES if _can_write("".join(SHAPES.values()), encoding) else ASCII_SHAPES
    column = max(len(word) for word in VERDICT_WORDS.values()) + 4
    lines = [
        *_wrapped(card.title, width),
        *_wrapped(card.origin, width),
        *_wrapped(f"{card.length}. {card.difficulty}.", width),
        "",
        *_wrapped(card.verdict, width),
        "",
    ]
    for tile in card.tiles:
        lead = f"{shapes[tile.verdict]} {tile.verdict_word}"
        text = f"{tile.label}: {tile.headline}"
        lines += _wrapped(text, width, lead.ljust(column), " " * column, _MAX_HEADLINE_LINES)
    if card.unusual:
        lines += ["", "Unusual here"]
        for unusual in card.unusual:
            lines += _wrapped(unusual.text, width, f"{shapes[unusual.verdict]} ", "  ")
    if card.flags:
        lines += ["", "Watch out"]
        for flag in card.flags:
            lines += _wrapped(flag.text, width, f"{shapes[Verdict.CAUTION]} ", "  ")
        lines += _more(card.more_flags)
    if card.actions:
        lines += ["", "What you can do"]
        for action in card.actions:
            lines += _wrapped(action_line(action), width, "- ", "  ")
        lines += _more(card.more_actions)
    if card.notices:
        lines += ["", "About this reading"]
        for notice in card.notices:
            lines += _wrapped(notice, width, "- ", "  ")
    lines += ["", card.made_by]
    text = "\n".join(line.rstrip() for line in lines)
    return text.encode(encoding, "replace").decode(encoding)


def _more(count: int) -> Iterable[str]:
    return [f"  and {count} more"] if count else []


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _wrapped(
    text: str, width: int, first: str = "", rest: str = "", max_lines: int | None = None
) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        max_lines=max_lines,
        placeholder=" ...",
        break_on_hyphens=False,
    )
