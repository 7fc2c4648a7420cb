"""The summary as one page, whatever the policy, for paper, preview, PDF and picture.

``paint_summary`` sets the card of a report on a page of any usual size, in millimetres, always in
the light theme. Where the room is short, quotes and headlines get fewer lines, and what still does
not fit is counted ("and 3 more"), never cut off in silence. The words come from ``reader.summary``,
the places from the report's sections.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QLocale, QRectF
from PySide6.QtGui import QPainter

from reader.difficulty import shown_scores
from reader.export.pdf_navigation import PagePlace
from reader.gui.bars import STEPS
from reader.gui.sheet import (
    DASHED,
    HEADING,
    LABEL,
    MUTED,
    PLACE,
    PLAIN,
    QUOTE,
    SHAPE_COLUMN,
    STRONG,
    TITLE,
    VERDICT,
    WORD,
    Sheet,
    SheetLink,
    paper_theme,
)
from reader.gui.text_pages import TextPages
from reader.model import Disclosure, Evidence, PolicyReport, Stance, Valence, Verdict
from reader.summary import (
    VERDICT_WORDS,
    SummaryCard,
    Tile,
    address_of,
    clean_line,
    file_at,
    summary_card,
    verdicts_to_explain,
)

# Lengths are in millimetres.
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 14.0, 12.0, 10.0
_GAP = 2.0
_TEXT_FROM = 1  # the text's first page, from 0, where it follows this one
_CHART_HEIGHT = 8.0

_MOST_TILES = 30
_MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class _Fit:
    """How large the type is, how many lines each text gets, how many flags and notices there are.

    ``size`` is a share of the usual size of type. A notice gets as many lines as a flag: both warn.
    """

    size: float
    title: int
    verdict: int
    headline: int
    flag: int
    quote: int
    action: int
    notices: int
    flags: int = 3


# From roomy to tight; the page is set with the first that fits. The last fits every usual paper
# whatever the words are, since it bounds each text by its lines.
_FITS = (
    _Fit(size=1.2, title=2, verdict=4, headline=3, flag=3, quote=5, action=2, notices=5),
    _Fit(size=1.12, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1.06, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1, title=2, verdict=4, headline=3, flag=3, quote=3, action=2, notices=3),
    _Fit(size=1, title=2, verdict=3, headline=2, flag=2, quote=3, action=2, notices=3),
    _Fit(size=0.95, title=2, verdict=3, headline=2, flag=2, quote=3, action=2, notices=3),
    _Fit(size=1, title=2, verdict=3, headline=2, flag=2, quote=2, action=2, notices=3),
    _Fit(size=0.95, title=2, verdict=3, headline=2, flag=2, quote=2, action=2, notices=3),
    _Fit(size=1, title=2, verdict=3, headline=2, flag=2, quote=1, action=1, notices=2),
    _Fit(size=1, title=1, verdict=2, headline=2, flag=1, quote=1, action=1, notices=1),
    _Fit(size=1, title=1, verdict=2, headline=2, flag=1, quote=1, action=1, notices=1, flags=2),
    _Fit(size=1, title=1, verdict=2, headline=1, flag=1, quote=1, action=1, notices=1, flags=2),
)


def paint_summary(
    painter: QPainter,
    page: QRectF,
    report: PolicyReport,
    day: date | None = None,
    text: TextPages | None = None,
) -> list[SheetLink]:
    """Paint the summary of ``report`` on ``page``, in millimetres; return the links on it.

    ``text`` are the pages that follow, whose numbers stand beside what is told of them. ``day`` is
    the day that stands on it as the day of making, today if None. The page is A5 or larger, and
    upright.
    """
    theme = paper_theme()
    words = _PageWords(summary_card(report), report, day or date.today(), text)
    room = page.adjusted(_MARGIN_X, _MARGIN_TOP, -_MARGIN_X, -_MARGIN_BOTTOM)
    for fit in _FITS:
        if _set_page(Sheet(None, theme, fit.size), room, words, fit) <= room.bottom():
            break
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = Sheet(painter, theme, fit.size)
    _set_page(sheet, room, words, fit)
    painter.restore()
    return sheet.links


def day_words(day: date) -> str:
    """Return ``day`` as "27 November 2026"."""
    return QLocale(QLocale.Language.English).toString(
        QDate(day.year, day.month, day.day), "d MMMM yyyy"
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Sections, each once with the page of its first words, best first; where the first leads."""

    names: list[str]
    link: PagePlace | None


class _PageWords:
    """The words of the card, with what only the page says: where they stand, and the day."""

    def __init__(
        self, card: SummaryCard, report: PolicyReport, day: date, text: TextPages | None
    ) -> None:
        self.card = card
        self.report = report
        self._text = text
        self.day = day_words(day)
        self._found = {each.key: each for each in report.disclosures}
        self._topics = {each.id: each.disclosures for each in report.topics}
        self._headings = [clean_line(each.heading) for each in report.document.sections]

    def places(self, tile: Tile) -> _Places:
        """Return where the words behind a tile's headline stand.

        Nowhere where silence is what decided, as no words stand for that.
        """
        keys = [key for key in self._topics.get(tile.topic, ()) if key in self._found]
        return self._places_of(
            [
                evidence
                for disclosure in _deciding(tile, [self._found[key] for key in keys])
                for evidence in disclosure.evidence
            ]
        )

    def place(self, key: str) -> _Places:
        """Return where the best quote of a disclosure stands."""
        disclosure = self._found.get(key)
        return self._places_of([disclosure.evidence[0]] if disclosure else [])

    def _places_of(self, passages: Sequence[Evidence]) -> _Places:
        names: dict[str, str] = {}
        for passage in passages:
            name = self._headings[passage.section] or "the opening"
            if file := file_at(self.report.document, passage.span):
                name += f" ({file})"
            if self._text is not None:  # first, as a narrow tile cuts the end off
                place = f"page {self._text.page_of(passage.span) + _TEXT_FROM + 1}, {name}"
            else:
                place = name + ("" if passage.page is None else f", page {passage.page}")
            names.setdefault(name, place)
        link = None
        if self._text is not None and passages:
            link = self._text.place_of(passages[0].span, _TEXT_FROM)
        return _Places(list(names.values()), link)


def _deciding(tile: Tile, found: Sequence[Disclosure]) -> Sequence[Disclosure]:
    """Return those of a topic's disclosures that its verdict rests on; the first weighs most."""
    if not found or tile.verdict in DASHED or tile.headline == clean_line(found[0].headline):
        return found[:1]
    if Valence(tile.verdict.value).severity <= found[0].valence.severity:
        return found[:1]
    # Not what any of them says: the policy says both yes and no, or leaves something out.
    denied = {each.type for each in found if each.stance is Stance.DENIED}
    torn = {each.type for each in found if each.stance is Stance.SAID} & denied
    return [each for each in found if each.type in torn]


def _set_page(sheet: Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    """Set the page into ``room`` and return where it ends, which may be below the room."""
    card, left, width = words.card, room.left(), room.width()
    has_key_below = len(card.tiles) % 2 == 0  # else it fills the row of the last tile
    foot_height = 2.4 + (2 if has_key_below else 1) * sheet.leading(PLACE)
    top = _set_head(sheet, room, card, fit)
    top = _set_chart(sheet, QRectF(left, top, width, 0), words)
    top = _set_tiles(sheet, QRectF(left, top, width, 0), words, fit)

    top += 4.2
    has_side = bool(card.actions or card.unusual)
    flags_width = width * 0.6 if has_side else width
    flags_end = top
    side, columns = QRectF(left, top, width, 0), 2
    if card.flags:
        flags_end = _set_flags(sheet, QRectF(left, top, flags_width, 0), words, fit)
        side, columns = QRectF(left + flags_width + 7, top, width - flags_width - 7, 0), 1
    side.moveTop(_set_unusual(sheet, side, card, fit))
    top = max(flags_end, _set_actions(sheet, side, card, fit, columns=columns))
    top = _set_notices(sheet, QRectF(left, top, width, 0), card, fit)

    foot = max(top + 3, room.bottom() - foot_height)
    _set_foot(sheet, QRectF(left, foot, width, foot_height), words, has_key=has_key_below)
    return foot + foot_height


def _set_head(sheet: Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    left, width, top = room.left(), room.width(), room.top()
    top += sheet.text(card.title, TITLE, left, top, width, most=fit.title)
    top += 0.6 + sheet.text(card.origin, MUTED, left, top + 0.6, width)
    top += 2.4 + sheet.text(card.verdict, VERDICT, left, top + 2.4, width, most=fit.verdict)
    reading = f"{card.difficulty}.  {card.length}."
    top += 0.8 + sheet.text(reading, MUTED, left, top + 0.8, width, most=2)
    return top + 3.4


def _set_chart(sheet: Sheet, room: QRectF, words: _PageWords) -> float:
    """Set the bars of the sections; without a section that has a score there are none."""
    report = words.report
    if not any(scores.band in STEPS for scores in shown_scores(report)):
        return room.top()
    told = "From beginning to end: higher and darker is harder to read; pale is a rough measure."
    top = room.top() + sheet.text(told, PLACE, room.left(), room.top(), room.width())
    sheet.chart(report, QRectF(room.left(), top + 0.8, room.width(), _CHART_HEIGHT))
    return top + 0.8 + _CHART_HEIGHT + 2.4


def _set_tiles(sheet: Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    tiles, top = words.card.tiles[:_MOST_TILES], room.top()
    half = (room.width() - _GAP) / 2
    for first in range(0, len(tiles), 2):
        pair = tiles[first : first + 2]
        height = max(_tile_height(sheet, half, each, words, fit) for each in pair)
        boxes = [QRectF(room.left() + x, top, half, height) for x in (0.0, half + _GAP)]
        for box, tile in zip(boxes, pair, strict=False):
            if not sheet.is_measuring:  # the height is known: half of all the work
                _set_tile(sheet, box, tile, words, fit)
        if len(pair) == 1:
            _set_key(sheet, boxes[1].adjusted(4, 0, 0, 0), words)
        top += height + _GAP * 0.8
    top += _set_rest(sheet, room.left(), top, len(words.card.tiles) - len(tiles))
    return top - _GAP * 0.8


def _tile_height(sheet: Sheet, width: float, tile: Tile, words: _PageWords, fit: _Fit) -> float:
    told = sheet.lines(
        tile.headline,
        PLAIN,
        width - SHAPE_COLUMN - 4,
        fit.headline,
        indent=_word_width(sheet, tile),
    )
    places = sheet.leading(PLACE) if words.places(tile).names else 0.0
    return 2.6 + sheet.leading(LABEL) + sheet.leading(PLAIN) * max(1, len(told)) + places


def _word_width(sheet: Sheet, tile: Tile) -> float:
    """Return the room of a tile's verdict word, which runs into its headline."""
    return sheet.width_of(tile.verdict_word, WORD) + 1.8


def _set_tile(sheet: Sheet, box: QRectF, tile: Tile, words: _PageWords, fit: _Fit) -> None:
    sheet.tile_ground(box, tile.verdict)
    left, top = box.left() + SHAPE_COLUMN + 2, box.top() + 1.2
    width = box.right() - left - 2
    line = sheet.leading(LABEL)
    side = line * 0.86
    sheet.icon(tile.topic, QRectF(left, top + side * 0.08, side, side))
    top += sheet.text(tile.label, LABEL, left + line * 1.12, top, width - line * 1.12)
    color = sheet.theme.colors(tile.verdict).line
    indent = _word_width(sheet, tile)
    sheet.text(tile.verdict_word, WORD, left, top, width, color=color)
    told = sheet.text(tile.headline, PLAIN, left, top, width, most=fit.headline, indent=indent)
    top += max(told, sheet.leading(PLAIN))
    places = words.places(tile)
    sheet.counted("In: ", places.names, PLACE, left, top, width, places.link)


def _set_unusual(sheet: Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    top = room.top()
    if not card.unusual:
        return top
    top += sheet.text("Unusual here", HEADING, room.left(), top, room.width()) + 0.8
    for unusual in card.unusual:
        sheet.shape(unusual.verdict, QRectF(room.left(), top + 0.2, 3.2, 3.2))
        inner, width = room.left() + 4.8, room.width() - 4.8
        top += sheet.text(unusual.text, PLAIN, inner, top, width, most=fit.flag) + 0.8
    return top + 1.6


def _set_flags(sheet: Sheet, room: QRectF, words: _PageWords, fit: _Fit) -> float:
    card, left, top = words.card, room.left(), room.top()
    top += sheet.text("Watch out", HEADING, left, top, room.width()) + 0.8
    for flag in card.flags[: fit.flags]:
        sheet.shape(Verdict.CAUTION, QRectF(left, top + 0.2, 3.2, 3.2))
        inner, width = left + 4.8, room.width() - 4.8
        top += sheet.text(flag.text, STRONG, inner, top, width, most=fit.flag)
        quotes = dict(zip(flag.quotes, flag.disclosures, strict=True))  # one may serve two
        for quote, key in list(quotes.items())[:_MOST_QUOTES]:
            top += sheet.text(f"“{quote}”", QUOTE, inner, top, width, most=fit.quote)
            place = words.place(key)
            top += sheet.counted("In: ", place.names, PLACE, inner, top, width, place.link)
        left_out = len(quotes) - _MOST_QUOTES
        top += _set_rest(sheet, inner, top, left_out) + 1.0
    more = card.more_flags + len(card.flags[fit.flags :])
    return top + _set_rest(sheet, left, top, more)


def _set_actions(
    sheet: Sheet, room: QRectF, card: SummaryCard, fit: _Fit, *, columns: int
) -> float:
    """Set what to do in so many columns, read down each; return where the longest ends."""
    if not card.actions:
        return room.top()
    left, top, width = room.left(), room.top(), (room.width() + 6) / columns - 6
    top += sheet.text("What you can do", HEADING, left, top, width) + 0.8
    ends = []
    in_each = -(-len(card.actions) // columns)
    for first in range(0, len(card.actions), in_each):
        end = top
        for action in card.actions[first : first + in_each]:
            end += sheet.text(action.text, PLAIN, left, end, width, most=fit.action)
            address = address_of(action)
            if address:
                shown = sheet.lines(address, PLACE, width, fit.action)
                link = action.target if "".join(shown) == address else None  # what you see
                color = sheet.theme.link
                most = fit.action
                end += sheet.text(
                    address, PLACE, left, end, width, most=most, color=color, link=link
                )
            end += 0.8
        ends.append(end)
        left += width + 6
    return max(ends) + _set_rest(sheet, room.left(), max(ends), card.more_actions)


def _set_notices(sheet: Sheet, room: QRectF, card: SummaryCard, fit: _Fit) -> float:
    top = room.top()
    if not card.notices:
        return top
    top += 2.0
    top += sheet.text("About this reading", HEADING, room.left(), top, room.width()) + 0.4
    for notice in card.notices[: fit.notices]:
        top += sheet.text(notice, MUTED, room.left(), top, room.width(), most=fit.flag)
    return top + _set_rest(sheet, room.left(), top, len(card.notices) - fit.notices)


def _set_rest(sheet: Sheet, left: float, top: float, number: int) -> float:
    return sheet.text(f"and {number} more", MUTED, left, top, 60) if number > 0 else 0.0


def _set_foot(sheet: Sheet, room: QRectF, words: _PageWords, *, has_key: bool) -> None:
    """Set the foot of the page: what made it, and when; and the key of the shapes at need."""
    sheet.rule(room.left(), room.top(), room.width())
    top = room.top() + 1.4
    if has_key:
        _set_key_row(sheet, room.left(), top, verdicts_to_explain(words.card))
        top += sheet.leading(PLACE) + 0.6
    made = f"{words.card.made_by} on {words.day}"
    sheet.text(made, PLACE, room.left(), top, room.width())


def _set_key(sheet: Sheet, box: QRectF, words: _PageWords) -> None:
    """Set what the shapes mean into ``box``, half-way down, in two rows."""
    key = verdicts_to_explain(words.card)
    row = sheet.leading(PLACE) + 1.2
    top = box.top() + max(0.0, (box.height() - 2 * row + 1.2) / 2)
    half = -(-len(key) // 2)
    _set_key_row(sheet, box.left(), top, key[:half])
    _set_key_row(sheet, box.left(), top + row, key[half:])


def _set_key_row(sheet: Sheet, left: float, top: float, verdicts: Sequence[Verdict]) -> None:
    for verdict in verdicts:
        word = VERDICT_WORDS[verdict]
        sheet.shape(verdict, QRectF(left, top, 3, 3))
        sheet.text(word, PLACE, left + 4, top, 60)
        left += 4 + sheet.width_of(word, PLACE) + 4
