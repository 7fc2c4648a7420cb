"""Many policies beside each other as one web page that needs nothing else and runs no script.

First how many were read and how hard they are, then what few policies say, then the table: a row a
policy, a column a topic with the shape and word of its tile. It stands there in three orders, of
which the reader's choice is shown. ``overview_figures`` counts, for whoever shows it.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.export.inert import html_text as inert
from reader.export.overview import Overview, Topic, statement_words, topics
from reader.export.page import page, shape
from reader.model import Band, Verdict
from reader.paths import resource
from reader.reference import FEW, reference_size, unusual_rate
from reader.scoring import BAND_WORDS
from reader.summary import VERDICT_WORDS
from reader.version import __version__

_MOST_NAMED = 6
_MOST_IN_ALL_ORDERS = 1_000  # policies; the page has 5 KB of each then, and 2 KB with one order
_BAR = 200  # pixels of the longest bar


@dataclass(frozen=True, slots=True)
class Unusual:
    """A statement that few policies of the reference set make.

    ``rate`` is the share of the set that does; ``names`` are the policies here that do.
    """

    statement: str
    words: str
    rate: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """What is counted over many policies; ``read`` and ``refused`` are in order of their names.

    ``bands`` counts those of each difficulty; ``grades`` are their Flesch-Kincaid grades, rising;
    ``verdicts`` counts those with each verdict, by topic. ``unusual`` has the rarest first.
    """

    read: tuple[Overview, ...]
    refused: tuple[Overview, ...]
    bands: Mapping[Band, int]
    grades: tuple[float, ...]
    verdicts: Mapping[str, Mapping[Verdict, int]]
    unusual: tuple[Unusual, ...]


def overview_figures(overviews: Iterable[Overview]) -> OverviewFigures:
    """Return what there is to count in ``overviews``."""
    read: list[Overview] = []
    refused: list[Overview] = []
    for each in overviews:
        (refused if each.error else read).append(each)
    verdicts = {
        topic.id: Counter(
            Verdict(each.topics[topic.id]) for each in read if topic.id in each.topics
        )
        for topic in topics()
    }
    grade = "flesch_kincaid_grade"
    return OverviewFigures(
        tuple(read),
        tuple(refused),
        Counter(Band(each.band) for each in read if each.band),
        tuple(sorted(each.scores[grade] for each in read if grade in each.scores)),
        verdicts,
        _unusual(read),
    )


def _unusual(read: Sequence[Overview]) -> tuple[Unusual, ...]:
    words = statement_words()
    names: defaultdict[str, list[str]] = defaultdict(list)
    for each in read:
        for key in each.disclosure_keys:
            if key in words:
                names[key].append(each.name)
    found = [
        Unusual(key, words[key], rate, tuple(who))
        for key, who in names.items()
        if (rate := unusual_rate(key)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.rate, each.words)))


def overview_html(overviews: Iterable[Overview]) -> bytes:
    """Return the page in UTF-8. Light or dark, it follows its reader's system; paper is light."""
    figures = overview_figures(overviews)
    title = f"{_policies(len(figures.read))} side by side"
    return page(
        title,
        (
            f"<h1>{title}</h1>",
            f'<p class="quiet">{_opening(figures)}</p>',
            *_difficulty(figures),
            *_by_topic(figures),
            *_unusual_list(figures),
            *_table(figures),
            *_refused(figures),
        ),
        foot=f"Made by Policy Reader {inert(__version__)}. Findings are made by rules and can be "
        "wrong: the policy's own words decide.",
        above=(*_icons(), '<a class="skip" href="#policies">To the table</a>'),
        style=resource("page/overview.css").read_text(encoding="utf-8").strip(),
    )


def _policies(count: int) -> str:
    return "1 policy" if count == 1 else f"{count:,} policies"


def _opening(figures: OverviewFigures) -> str:
    words = sum(each.words for each in figures.read)
    hours = sum(each.minutes for each in figures.read) / 60
    told = (
        f"{words:,} words, about {hours:,.0f} hours to read." if hours >= 2 else f"{words:,} words."
    )
    if refused := len(figures.refused):
        files = "1 file" if refused == 1 else f"{refused:,} files"
        told += f" {files} could not be read: see the end."
    return told


def _icons() -> Iterator[str]:
    """Yield the icons of the topics, for the heads of their columns."""
    yield '<svg class="defs" aria-hidden="true" focusable="false">'
    for topic in topics():
        drawing = resource(f"icons/{topic.id}.svg").read_text(encoding="utf-8")
        inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
        yield f'<symbol id="icon-{topic.id}" viewBox="0 0 24 24">{inside}</symbol>'
    yield "</svg>"


def _icon(topic: Topic) -> str:
    return f'<svg class="icon" aria-hidden="true"><use href="#icon-{topic.id}"></use></svg>'


# What is counted


def _difficulty(figures: OverviewFigures) -> Iterator[str]:
    if not figures.bands:
        return
    yield "<h2>How hard they are to read</h2>"
    if grades := figures.grades:
        yield (
            f"<p>Half of them ask for {statistics.median(grades):.1f} or more years of school; the "
            f"plainest for {grades[0]:.1f}, the hardest for {grades[-1]:.1f} "
            "(Flesch-Kincaid grade).</p>"
        )
    most = max(figures.bands.values())
    yield '<table class="bands"><thead class="skip"><tr><th scope="col">Reading</th>'
    yield '<th scope="col">Policies</th></tr></thead><tbody>'
    for band in Band:
        count = figures.bands.get(band, 0)
        if band is Band.TOO_SHORT and not count:
            continue
        width = round(_BAR * count / most)
        yield (
            f'<tr><th scope="row">{inert(BAND_WORDS[band])}</th><td class="count">{count:,}</td>'
            f'<td><svg class="bar" aria-hidden="true" width="{_BAR}" height="12">'
            f'<rect width="{width}" height="12" rx="2"></rect></svg></td></tr>'
        )
    yield "</tbody></table>"


def _by_topic(figures: OverviewFigures) -> Iterator[str]:
    if not figures.read:
        return
    yield "<h2>What they say, topic by topic</h2>"
    yield '<table class="topics"><thead><tr><th scope="col">Topic</th>'
    for verdict, word in VERDICT_WORDS.items():
        yield f'<th scope="col" class="count">{shape(verdict)} {inert(word)}</th>'
    yield "</tr></thead><tbody>"
    for topic in topics():
        counts = figures.verdicts[topic.id]
        cells = "".join(f'<td class="count">{counts.get(v, 0):,}</td>' for v in VERDICT_WORDS)
        yield f'<tr><th scope="row">{_icon(topic)} {inert(topic.label)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _unusual_list(figures: OverviewFigures) -> Iterator[str]:
    yield "<h2>Unusual statements</h2>"
    if not figures.unusual:
        yield "<p>None: other policies often say what these say.</p>"
        return
    yield (
        f'<p class="quiet">Statements that fewer than {FEW:.0%} of {reference_size():,} policies '
        "of well-known services make. The last column is the share that make them.</p>"
    )
    yield '<table class="unusual"><thead><tr><th scope="col">Statement</th>'
    yield '<th scope="col">Said here by</th><th scope="col" class="count">Here</th>'
    yield '<th scope="col" class="count">Usual</th></tr></thead><tbody>'
    for each in figures.unusual:
        named = ", ".join(f"<bdi>{inert(name)}</bdi>" for name in each.names[:_MOST_NAMED])
        more = len(each.names) - _MOST_NAMED
        named += f" and {more:,} more" if more > 0 else ""
        yield (
            f'<tr><th scope="row">{inert(each.words)}</th><td>{named}</td>'
            f'<td class="count">{len(each.names):,}</td>'
            f'<td class="count">{_share(each.rate)}</td></tr>'
        )
    yield "</tbody></table>"


def _share(rate: float) -> str:
    return f"{rate:.1%}" if rate else "none"


# The table

_Key = Callable[[Overview], tuple[float, ...]]


def _count(each: Overview, verdict: Verdict) -> int:
    return sum(value == verdict.value for value in each.topics.values())


def _by_warnings(each: Overview) -> tuple[float, ...]:
    return -_count(each, Verdict.BAD), -_count(each, Verdict.CAUTION)


def _by_name(each: Overview) -> tuple[float, ...]:
    del each
    return ()  # they stand in this order


def _by_grade(each: Overview) -> tuple[float, ...]:
    return (-each.scores.get("flesch_kincaid_grade", float("-inf")),)


_ORDERS: Mapping[str, tuple[str, _Key]] = {
    "by-warnings": ("most warnings first", _by_warnings),
    "by-name": ("by name", _by_name),
    "by-grade": ("hardest to read first", _by_grade),
}


def _table(figures: OverviewFigures) -> Iterator[str]:
    if not figures.read:
        return
    yield '<h2 id="policies">The policies</h2>'
    yield '<ul class="key" aria-label="What the shapes mean">'
    for verdict, word in VERDICT_WORDS.items():
        yield f"<li>{shape(verdict)} {inert(word)}</li>"
    yield "</ul>"
    orders = list(_ORDERS)
    if len(figures.read) > _MOST_IN_ALL_ORDERS:
        orders = orders[:1]
        yield f'<p class="quiet">{_ORDERS[orders[0]][0].capitalize()}.</p>'
    else:
        yield '<div class="sorted">'
        for order in orders:
            checked = " checked" if order == orders[0] else ""
            words = _ORDERS[order][0].capitalize()
            yield f'<input type="radio" name="order" id="{order}"{checked}>'
            yield f'<label for="{order}">{words}</label>'
    yield '<table class="policies"><thead><tr><th scope="col">Policy</th>'
    yield '<th scope="col" class="count">Grade</th><th scope="col" class="count">Words</th>'
    yield '<th scope="col" class="count">Warnings</th>'
    for topic in topics():
        yield (
            f'<th scope="col" class="topic"><span>{inert(topic.label)}</span>{_icon(topic)}</th>'
        )
    yield "</tr></thead>"
    for order in orders:
        yield f'<tbody class="{order}">'
        for each in sorted(figures.read, key=_ORDERS[order][1]):
            yield _row(each)
        yield "</tbody>"
    yield "</table>"
    if len(orders) > 1:
        yield "</div>"


def _row(each: Overview) -> str:
    grade = each.scores.get("flesch_kincaid_grade")
    title = f'<span class="quiet">{inert(each.title)}</span>' if each.title != each.name else ""
    cells = (
        f'<th scope="row" dir="auto"><bdi>{inert(each.name)}</bdi>{title}</th>'
        f'<td class="count">{"–" if grade is None else f"{grade:.1f}"}</td>'
        f'<td class="count">{each.words:,}</td>'
        f'<td class="count">{_count(each, Verdict.BAD)}</td>'
    )
    return f"<tr>{cells}{''.join(_cell(each, topic) for topic in topics())}</tr>"


def _cell(each: Overview, topic: Topic) -> str:
    verdict = Verdict(each.topics.get(topic.id, Verdict.WITHHELD.value))
    words = inert(VERDICT_WORDS[verdict])
    headline = inert(each.headlines.get(topic.id, ""))
    return f'<td title="{headline}">{shape(verdict)}<span class="skip">{words}</span></td>'


def _refused(figures: OverviewFigures) -> Iterator[str]:
    if not figures.refused:
        return
    yield "<h2>Could not be read</h2>"
    yield '<table class="refused"><thead><tr><th scope="col">File</th><th scope="col">Why</th></tr>'
    yield "</thead><tbody>"
    for each in figures.refused:
        yield (
            f'<tr><th scope="row"><bdi>{inert(each.name)}</bdi></th>'
            f"<td>{inert(each.message)}</td></tr>"
        )
    yield "</tbody></table>"
