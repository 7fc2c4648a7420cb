"""What paper says behind the text: how hard it reads, what to rewrite, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterator

from reader.difficulty import WHAT_BARS_ARE, bar_lines, bars_line
from reader.export.reading import BARS, REWRITING, TITLE, reading_lines
from reader.export.wording import WORDING, word_tables
from reader.gui.list_pages import Item
from reader.gui.sheet import HEADING, MUTED, PASSAGE, PLACE, PLAIN, STRONG
from reader.gui.sheet import TITLE as TITLE_STYLE
from reader.model import PolicyReport, Verdict
from reader.rewriting import HOW_CHOSEN, rewriting_of

_ABOVE_PART, _ABOVE_HEADING, _ABOVE_ENTRY = 9.0, 6.0, 2.4


def reading_items(report: PolicyReport) -> Iterator[Item]:
    """Yield the part on reading and the part on words; neither for other languages."""
    lines, compared = reading_lines(report)
    if lines:
        yield _part(TITLE)
        yield Item(" ".join(lines), PLAIN, gap=1.0, is_wide=True)
        yield Item(compared, MUTED, gap=0.6, is_wide=True)
        yield from _bars(report)
        yield from _rewriting(report)
    yield from _words(report)


def _part(title: str) -> Item:
    return Item(title, TITLE_STYLE, gap=_ABOVE_PART, is_wide=True, keeps=True, outline=title)


def _heading(title: str) -> Item:
    return Item(title, HEADING, gap=_ABOVE_HEADING, is_wide=True, keeps=True)


def _bars(report: PolicyReport) -> Iterator[Item]:
    if not report.legal_bars:
        return
    yield _heading(BARS)
    yield Item(f"{bars_line(report.legal_bars)}. {WHAT_BARS_ARE}", PLAIN, gap=0.6, is_wide=True)
    for bar in report.legal_bars:
        head, result, details = bar_lines(bar)
        shape = Verdict.GOOD if bar.passed else Verdict.CAUTION
        yield Item(f"{head}. {result}", STRONG, gap=_ABOVE_ENTRY, shape=shape, keeps=True)
        yield Item(details, MUTED, gap=0.4, is_set_in=True)


def _rewriting(report: PolicyReport) -> Iterator[Item]:
    rewriting = rewriting_of(report)
    if not rewriting.sentences:
        return
    yield _heading(REWRITING)
    yield Item(f"{rewriting.line} {rewriting.split}", PLAIN, gap=0.6, is_wide=True)
    for row in rewriting.sentences:
        yield Item(f"“{row.words}”", PASSAGE, gap=_ABOVE_ENTRY, keeps=True)
        yield Item(f"{row.effect}; {'; '.join(row.reasons)}", PLACE, gap=0.4)
    yield Item(HOW_CHOSEN, MUTED, gap=_ABOVE_ENTRY, is_wide=True)


def _words(report: PolicyReport) -> Iterator[Item]:
    for number, table in enumerate(word_tables(report)):
        if number == 0:
            yield _part(WORDING)
        yield _heading(table.title)
        for word in table.words:
            times = f" ({word.times}\N{NO-BREAK SPACE}times)" if word.times > 1 else ""
            yield Item(word.note, PLAIN, gap=1.2, term=f"{word.words}{times}")
