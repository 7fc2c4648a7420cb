"""How hard a policy reads, for page and Markdown: its place among others, the bars, the rewriting.

The words are those of the window; what stands here is only their order and their markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.difficulty import WHAT_BARS_ARE, bar_lines, bars_line, difficulty_of_policy
from reader.export.inert import html_text, markdown_text
from reader.model import PolicyReport
from reader.rewriting import HOW_CHOSEN, rewriting_of

TITLE = "How hard it is to read"
BARS = "Compared with laws and guides"
REWRITING = "What to rewrite first"


def reading_html(report: PolicyReport) -> Iterator[str]:
    """Yield the part of the page; bars and sentences unfold. Nothing for other languages."""
    lines, compared = reading_lines(report)
    if not lines:
        return
    yield f'<h2 id="reading">{TITLE}</h2>'
    yield f"<p>{html_text(' '.join(lines))}</p>"
    if compared:
        yield f'<p class="quiet">{html_text(compared)}</p>'
    if report.legal_bars:
        yield f"<h3>{BARS}</h3>"
        yield f"<p>{html_text(bars_line(report.legal_bars))}. {html_text(WHAT_BARS_ARE)}</p>"
        for bar in report.legal_bars:
            head, result, details = map(html_text, bar_lines(bar))
            yield (
                f'<details class="more"><summary><strong>{head}.</strong> {result}</summary>'
                f'<p class="quiet">{details}</p></details>'
            )
    rewriting = rewriting_of(report)
    if rewriting.sentences:
        yield f"<h3>{REWRITING}</h3>"
        yield f"<p>{html_text(f'{rewriting.line} {rewriting.split}')}</p>"
        yield '<details class="more"><summary>The sentences, heaviest first</summary><ol>'
        for row in rewriting.sentences:
            told = html_text(f"{row.effect}; {'; '.join(row.reasons)}")
            quote = html_text(row.words)
            yield f'<li><q dir="auto">{quote}</q> <span class="quiet">{told}</span></li>'
        yield "</ol>"
        yield f'<p class="quiet">{html_text(HOW_CHOSEN)}</p></details>'


def reading_markdown(report: PolicyReport) -> Iterator[str]:
    """Yield the lines of the part in Markdown; none for other languages."""
    lines, compared = reading_lines(report)
    if not lines:
        return
    yield from ("", f"## {TITLE}", "", markdown_text(" ".join((*lines, compared)).strip()))
    if report.legal_bars:
        met = f"{bars_line(report.legal_bars)}. {WHAT_BARS_ARE}"
        yield from ("", f"### {BARS}", "", markdown_text(met), "")
        yield "| Law or guide | Asks for | Measured | Met | Source |"
        yield "|---|---|---|---|---|"
        for bar in report.legal_bars:
            cells = (bar.name, bar.asks, bar.result, "yes" if bar.passed else "no", bar.law)
            yield f"| {' | '.join(map(markdown_text, cells))} |"
        yield ""
        for bar in report.legal_bars:
            yield f"- {markdown_text(f'{bar.name}. {bar.how} {bar.unchecked} {bar.source}')}"
    rewriting = rewriting_of(report)
    if rewriting.sentences:
        told = f"{rewriting.line} {rewriting.split} {HOW_CHOSEN}"
        yield from ("", f"### {REWRITING}", "", markdown_text(told), "")
        for number, row in enumerate(rewriting.sentences, start=1):
            reasons = markdown_text(f"{row.effect}; {'; '.join(row.reasons)}")
            yield f"{number}. “{markdown_text(row.words)}” ({reasons})"


def reading_lines(report: PolicyReport) -> tuple[tuple[str, ...], str]:
    """Return the sentences on the whole policy, and with which texts it is compared."""
    if not report.document.language_supported:
        return (), ""
    told = difficulty_of_policy(report)
    lines = (f"{line}." for line in (told.line, told.facts, told.standing) if line)
    return tuple(lines), told.compared
