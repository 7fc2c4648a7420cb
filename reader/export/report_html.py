"""A report as one web page that needs nothing else: card, findings, how it reads, marked text.

The page runs no script and asks for nothing, not even a font; a rule in it forbids browsers to do
so. From each finding a link leads to its words in the text, and from there one leads back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from reader.annotations import Annotation, QuotedAnnotation, quoted
from reader.export.citation import place_in
from reader.export.findings import Finding, findings_of
from reader.export.inert import html_stretch as stretch
from reader.export.inert import html_text as inert
from reader.export.item_marks import has_own_mark
from reader.export.page import page, shape
from reader.export.reading import reading_html
from reader.export.wording import WORDING, PointedWord, pointed_words, word_tables
from reader.model import Block, BlockKind, PolicyReport, Span, Verdict
from reader.scoring import BAND_WORDS
from reader.summary import VERDICT_WORDS, SummaryCard, address_of, summary_card, verdicts_to_explain

_LEVELS_ABOVE = 2  # of the page's own headings, over those of the policy


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the text with the numbers of the findings that it stands behind."""

    number: int
    span: Span
    findings: tuple[int, ...]
    is_best: bool


def report_html(report: PolicyReport, annotations: Sequence[Annotation] = ()) -> bytes:
    """Return the page in UTF-8. Light or dark, it follows its reader's system; paper is light.

    ``annotations`` are the reader's own marks, which stand in the text and in a list.
    """
    # Nothing of it has to fit anywhere, and a page has nothing to press for more.
    card = summary_card(report, most_flags=len(report.flags), most_actions=len(report.actions))
    findings = findings_of(report)
    passages = _passages(findings)
    numbers = {passage.span: passage.number for passage in passages}
    notes = quoted(annotations, report.document)
    return page(
        f"Summary: {card.title}",
        (
            *_card(card, findings),
            *_findings(findings, numbers),
            *_notes(report, notes),
            *reading_html(report),
            *_text(report, findings, passages, notes),
            *_wording(report),
        ),
        foot=inert(card.made_by),
        above=('<a class="skip" href="#text">To the text of the policy</a>',),
    )


# The card


def _card(card: SummaryCard, findings: Sequence[Finding]) -> Iterator[str]:
    yield '<div class="card">'
    yield f'<h1 dir="auto">{inert(card.title)}</h1>'
    yield f'<p class="quiet">{inert(card.origin)}</p>'
    yield f'<p class="quiet">{inert(card.length)}. {inert(card.difficulty)}.</p>'
    yield f'<p class="verdict">{inert(card.verdict)}</p>'
    yield from _tiles(card, findings)
    yield from _unusual(card, findings)
    yield from _flags(card)
    yield from _actions(card, findings)
    if card.notices:
        yield "<h2>About this reading</h2>"
        yield from _list("notices", (inert(notice) for notice in card.notices))
    yield '<h2 class="skip">What the shapes mean</h2>'
    yield '<ul class="key">'
    for verdict in verdicts_to_explain(card):
        yield f"<li>{shape(verdict)} {inert(VERDICT_WORDS[verdict])}</li>"
    yield "</ul>"
    yield "</div>"


def _tiles(card: SummaryCard, findings: Sequence[Finding]) -> Iterator[str]:
    if not card.tiles:
        return
    yield '<h2 class="skip">Fifteen questions</h2>'
    yield '<ul class="tiles">'
    places = _places_of_topics(findings)
    for tile in card.tiles:
        topic = inert(tile.label)
        if tile.topic in places:
            topic = f'<a href="#f{places[tile.topic][0]}">{topic}</a>'
        where = places.get(tile.topic, (0, ""))[1]
        yield (
            f'<li class="{tile.verdict.value}">'
            f'<span class="topic">{shape(tile.verdict)}<span>{topic}</span>'
            f'<span class="word">{inert(tile.verdict_word)}</span></span>'
            f'<span class="headline">{inert(tile.headline)}</span>'
            + (f'<span class="where">{inert(where[0].upper() + where[1:])}</span>' if where else "")
            + "</li>"
        )
    yield "</ul>"


def _places_of_topics(findings: Sequence[Finding]) -> dict[str, tuple[int, str]]:
    """Return for each topic the number of its first finding, and where its best words stand."""
    places: dict[str, tuple[int, str]] = {}
    for number, finding in enumerate(findings):
        places.setdefault(finding.disclosure.topic, (number, finding.quotes[0].place))
    return places


def _unusual(card: SummaryCard, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what few services say, each a way to the finding."""
    if not card.unusual:
        return
    yield "<h2>Unusual here</h2>"
    numbers = {finding.disclosure.key: number for number, finding in enumerate(findings)}
    yield from _list(
        "unusual",
        (
            f'{shape(each.verdict)} <a href="#f{numbers[each.disclosure]}">{inert(each.text)}</a>'
            for each in card.unusual
        ),
    )


def _flags(card: SummaryCard) -> Iterator[str]:
    if not card.flags:
        return
    yield "<h2>Watch out</h2>"
    yield from _list(
        "flags",
        (
            f"<strong>{inert(flag.text)}</strong> "
            + " ".join(
                f'<q dir="auto">{inert(quote)}</q>{inert(at)}'
                for quote, at in flag.quotes_and_places
            )
            for flag in card.flags
        ),
    )


def _actions(card: SummaryCard, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what can be done, each a way to the finding that offers it.

    Addresses are the policy's: they are written out, and nothing happens by a press on them.
    """
    if not card.actions:
        return
    yield "<h2>What you can do</h2>"
    numbers = {finding.disclosure.key: number for number, finding in enumerate(findings)}
    items = []
    for action in card.actions:
        words, address = inert(action.text), address_of(action)
        if action.disclosure in numbers:
            words = f'<a href="#f{numbers[action.disclosure]}">{words}</a>'
        items.append(f"{words}: {inert(address)}" if address else words)
    yield from _list("actions", items)


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    yield f'<ul class="{name}">'
    yield from (f"<li>{item}</li>" for item in items)
    yield "</ul>"


# The findings


def _findings(findings: Sequence[Finding], numbers: Mapping[Span, int]) -> Iterator[str]:
    if not findings:
        return
    yield "<h2>Findings and their words</h2>"
    numbered = list(enumerate(findings))
    for topic, group in groupby(numbered, key=lambda each: each[1].topic):
        yield f"<h3>{inert(topic)}</h3>"
        for number, finding in group:
            verdict = Verdict(finding.disclosure.valence.value)
            yield f'<details class="finding {verdict.value}" id="f{number}">'
            yield (
                f"<summary>{shape(verdict)} {inert(finding.verdict_word)}: "
                f"{inert(finding.disclosure.statement)}</summary>"
            )
            for quote in finding.quotes:
                place = inert(quote.place) or "in the text"
                yield (
                    f'<blockquote><q dir="auto">{inert(quote.words)}</q>'
                    f'<a class="where" href="#p{numbers[quote.evidence.span]}">{place}</a>'
                    "</blockquote>"
                )
            yield "</details>"


def _passages(findings: Sequence[Finding]) -> list[_Passage]:
    """Return the stretches of text behind the findings, each once, in the order of the text."""
    behind: defaultdict[Span, list[int]] = defaultdict(list)
    best: set[Span] = set()
    for number, finding in enumerate(findings):
        best.add(finding.quotes[0].evidence.span)
        for quote in finding.quotes:
            behind[quote.evidence.span].append(number)
    return [
        _Passage(number, span, tuple(behind[span]), span in best)
        for number, span in enumerate(sorted(behind))
    ]


# The reader's notes


def _notes(report: PolicyReport, notes: Sequence[QuotedAnnotation]) -> Iterator[str]:
    """Yield the list of the notes; highlights alone are in it too, as words without a note."""
    if not notes:
        return
    yield "<h2>Your notes</h2>"
    for number, note in enumerate(notes):
        yield f'<div class="note" id="note{number}">'
        if note.annotation.span is not None:
            place = ", ".join(place_in(report, note.annotation.span.start)) or "in the text"
            yield (
                f'<blockquote><q dir="auto">{inert(note.quote)}</q>'
                f'<a class="where" href="#n{number}">{inert(place)}</a></blockquote>'
            )
        else:
            yield '<p class="quiet">These words are no longer in the text.</p>'
        for line in note.annotation.note.splitlines():
            if line.strip():
                yield f'<p dir="auto">{inert(line)}</p>'
        yield "</div>"


# The text


def _text(
    report: PolicyReport,
    findings: Sequence[Finding],
    passages: Sequence[_Passage],
    notes: Sequence[QuotedAnnotation],
) -> Iterator[str]:
    document = report.document
    language = "" if document.language == "und" else f' lang="{inert(document.language)}"'
    yield '<h2 id="text">The text</h2>'
    yield f'<div class="text"{language}>'
    bands = {
        section.span.start: BAND_WORDS[report.section_scores[section.index].band]
        for section in document.sections
        if document.language_supported
    }
    pointed = _Words(document.text, pointed_words(report))
    here = _Cursor(document.text, findings, passages, notes, pointed)
    lists = _Lists()
    for block in document.blocks:
        words = here.marked(block)
        if block.kind is not BlockKind.LIST_ITEM:
            yield from lists.close_to(0)
        match block.kind:
            case BlockKind.HEADING:
                tag = f"h{min(max(block.level, 1) + _LEVELS_ABOVE, 6)}"
                band = bands.get(block.span.start)
                told = f' <span class="band" lang="en">{inert(band)}</span>' if band else ""
                yield f'<{tag} dir="auto">{words}{told}</{tag}>'
            case BlockKind.LIST_ITEM:
                numbered = has_own_mark(block.span.of(document.text))
                yield from lists.open_to(max(block.level, 1), numbered=numbered)
                yield f'<li dir="auto">{words}'
            case BlockKind.TABLE_ROW:
                yield f'<p class="row" dir="auto">{words}</p>'
            case BlockKind.PARAGRAPH:
                yield f'<p dir="auto">{words}</p>'
    yield from lists.close_to(0)
    yield "</div>"


# The wording


def _wording(report: PolicyReport) -> Iterator[str]:
    """Yield what the words of the text mean, folded away, each once."""
    tables = word_tables(report)
    if not tables:
        return
    anchors = _anchors(pointed_words(report))
    yield f'<h2 id="wording">{WORDING}</h2>'
    for table in tables:
        yield '<details class="wording">'
        yield f"<summary>{inert(table.title)} ({len(table.words)})</summary>"
        yield "<dl>"
        for word in table.words:
            words = f'<span dir="auto">{inert(word.words)}</span>'
            if word.meaning is not None and word.meaning.start in anchors:
                words = f'<a href="#d{anchors[word.meaning.start]}">{words}</a>'
            times = f' <span class="quiet">{word.times} times</span>' if word.times > 1 else ""
            yield f"<dt>{words}{times}</dt><dd>{inert(word.note)}</dd>"
        yield "</dl>"
        yield "</details>"


def _anchors(words: Sequence[PointedWord]) -> dict[int, int]:
    """Return the number of each definition by the code point where its words begin."""
    starts = {word.meaning.start for word in words if word.meaning is not None}
    return {start: number for number, start in enumerate(sorted(starts))}


class _Words:
    """Writes stretches of the text with the meaning of their words, and anchors at definitions."""

    def __init__(self, text: str, words: Sequence[PointedWord]) -> None:
        self._text = text
        self._words = words
        self._ends = [word.span.end for word in words]
        self._anchors = _anchors(words)
        self._anchored = sorted(self._anchors)

    def written(self, span: Span) -> str:
        """Return the words of ``span``."""
        cuts = {span.start, span.end, *self._anchors_in(span)}
        inside = []
        for word in self._words[bisect_right(self._ends, span.start) :]:
            if word.span.start >= span.end:
                break
            inside.append(word)
            cuts |= {max(word.span.start, span.start), min(word.span.end, span.end)}
        return "".join(
            self._piece(Span(first, last), inside) for first, last in pairwise(sorted(cuts))
        )

    def _anchors_in(self, span: Span) -> list[int]:
        first = bisect_left(self._anchored, span.start)
        return self._anchored[first : bisect_left(self._anchored, span.end)]

    def _piece(self, span: Span, words: Sequence[PointedWord]) -> str:
        written = stretch(span.of(self._text))
        word = next((word for word in words if word.span.contains(span)), None)
        if word is not None and word.meaning is not None:
            number = self._anchors[word.meaning.start]
            written = (
                f'<a class="explained" href="#d{number}" title="{inert(word.told)}">{written}</a>'
            )
        elif word is not None:
            written = f'<abbr class="explained" title="{inert(word.told)}">{written}</abbr>'
        if span.start in self._anchors:
            written = f'<span id="d{self._anchors[span.start]}"></span>{written}'
        return written


class _Lists:
    """The lists that are open while blocks are written in turn, each with its last item open."""

    def __init__(self) -> None:
        self._depths: list[int] = []

    def open_to(self, depth: int, *, numbered: bool) -> Iterator[str]:
        """Yield what stands before an item of ``depth``, from 1."""
        yield from self.close_to(depth)
        if self._depths and self._depths[-1] == depth:
            yield "</li>"
        else:
            self._depths.append(depth)
            yield '<ul class="numbered">' if numbered else "<ul>"

    def close_to(self, depth: int) -> Iterator[str]:
        """Yield what ends the lists that are deeper than ``depth``."""
        while self._depths and self._depths[-1] > depth:
            self._depths.pop()
            yield "</li></ul>"


class _Cursor:
    """Writes the words of one block after the other, with the passages that begin and end there."""

    def __init__(
        self,
        text: str,
        findings: Sequence[Finding],
        passages: Sequence[_Passage],
        notes: Sequence[QuotedAnnotation],
        words: _Words,
    ) -> None:
        self._text = text
        self._words = words
        self._findings = findings
        self._notes = [
            (number, note.annotation.span, bool(note.annotation.note))
            for number, note in enumerate(notes)
            if note.annotation.span is not None
        ]
        self._waiting = list(reversed(passages))
        self._open: list[_Passage] = []

    def marked(self, block: Block) -> str:
        """Return the words of ``block``; call it in the order of the text."""
        start, end = block.span.start, block.span.end
        self._open = [passage for passage in self._open if passage.span.end > start]
        while self._waiting and self._waiting[-1].span.start < end:
            self._open.append(self._waiting.pop())
        inside = [passage for passage in self._open if passage.span.end > start]
        edges = {start, end}
        for passage in inside:
            edges |= {max(passage.span.start, start), min(passage.span.end, end)}
        for _, span, _ in self._notes:
            if span.overlaps(block.span):
                edges |= {max(span.start, start), min(span.end, end)}
        places = sorted(edges)
        return "".join(self._stretch(Span(first, last), inside) for first, last in pairwise(places))

    def _stretch(self, span: Span, passages: Sequence[_Passage]) -> str:
        words = self._noted(span, self._words.written(span))
        covering = [passage for passage in passages if passage.span.overlaps(span)]
        if not covering:
            return words
        verdict = max(
            (self._findings[number].disclosure.valence for p in covering for number in p.findings),
            key=lambda valence: valence.severity,
        )
        anchors = "".join(
            f'<span id="p{passage.number}"></span>'
            for passage in covering
            if passage.span.start == span.start
        )
        best = " best" if any(passage.is_best for passage in covering) else ""
        notes = "".join(
            self._badges(passage) for passage in covering if passage.span.end == span.end
        )
        return f'{anchors}<mark class="{verdict.value}{best}">{words}</mark>{notes}'

    def _noted(self, span: Span, words: str) -> str:
        """Return ``words`` with what the reader has marked in ``span``, and the way to its note."""
        covering = [each for each in self._notes if each[1].overlaps(span)]
        if not covering:
            return words
        anchors = "".join(
            f'<span id="n{number}"></span>'
            for number, place, _ in covering
            if place.start == span.start
        )
        ways = "".join(
            f'<a class="way" lang="en" href="#note{number}">Your note</a>'
            for number, place, has_note in covering
            if has_note and place.end == span.end
        )
        return f'{anchors}<span class="noted">{words}</span>{ways}'

    def _badges(self, passage: _Passage) -> str:
        """Return the links back to the findings behind a passage: the worst first, in words."""
        badges = []
        worst_first = sorted(
            passage.findings,
            key=lambda number: -self._findings[number].disclosure.valence.severity,
        )
        for place, number in enumerate(worst_first):
            disclosure = self._findings[number].disclosure
            verdict = Verdict(disclosure.valence.value)
            headline = inert(disclosure.headline)
            label = f' <span class="label">{headline}</span>' if place == 0 else ""
            badges.append(
                f'<a class="badge {verdict.value}" lang="en" href="#f{number}" '
                f'title="{headline}" aria-label="{headline}">{shape(verdict)}{label}</a>'
            )
        return "".join(badges)
