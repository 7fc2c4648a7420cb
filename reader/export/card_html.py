"""The card as a piece of HTML for the clipboard: a letter or a document takes it as it looks.

Its looks stand in each element, since programs that paste drop everything else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator

from reader.export.inert import html_text as inert
from reader.model import Verdict
from reader.paths import resource
from reader.summary import SHAPES, SummaryCard, action_line

_CELL = "padding:2px 8px;border:1px solid #D5D9DF;vertical-align:top;text-align:left"


def card_html(card: SummaryCard) -> str:
    """Return the card; the policy's own words are none of its markup, and addresses no links."""
    lines = [
        f"<h2>{inert(card.title)}</h2>",
        f"<p>{inert(card.origin)}<br>",
        f"{inert(card.length)}. {inert(card.difficulty)}.</p>",
        f"<p><b>{inert(card.verdict)}</b></p>",
        *_tiles(card),
        *_listed("Unusual here", (inert(each.text) for each in card.unusual)),
        *_listed("Watch out", _flags(card), card.more_flags),
        *_listed(
            "What you can do",
            (inert(action_line(action)) for action in card.actions),
            card.more_actions,
        ),
        *_listed("About this reading", map(inert, card.notices)),
        f"<p><small>{inert(card.made_by)}</small></p>",
    ]
    return "\n".join(lines)


def _tiles(card: SummaryCard) -> Iterator[str]:
    if not card.tiles:
        return
    colors = tomllib.loads(resource("themes/light.toml").read_text(encoding="utf-8"))["valence"]
    yield '<table style="border-collapse:collapse">'
    for tile in card.tiles:
        judged = tile.verdict is not Verdict.WITHHELD
        color = colors[tile.verdict.value if judged else Verdict.SILENT.value]
        word = inert(f"{SHAPES[tile.verdict]} {tile.verdict_word}")
        looks = f"{_CELL};background:{color['tint']};color:{color['line']}"
        yield (
            f'<tr><th style="{_CELL}">{inert(tile.label)}</th>'
            f'<td style="{looks}">{word}</td>'
            f'<td style="{_CELL}">{inert(tile.headline)}</td></tr>'
        )
    yield "</table>"


def _flags(card: SummaryCard) -> Iterator[str]:
    for flag in card.flags:
        quotes = " ".join(
            f"<i>“{inert(quote)}”</i>{inert(at)}" for quote, at in flag.quotes_and_places
        )
        yield f"<b>{inert(flag.text)}</b> {quotes}"


def _listed(title: str, items: Iterable[str], more: int = 0) -> Iterator[str]:
    lines = [f"<li>{item}</li>" for item in items]
    if lines:
        rest = f"<li>and {more} more</li>" if more else ""
        yield f"<p><b>{title}</b></p><ul>{''.join(lines)}{rest}</ul>"
