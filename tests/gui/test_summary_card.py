"""The card beside the text: one screen, all its words, and a way on from each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QToolTip
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.gui.line_flow import LineFlow, Sentence
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import Theme, load_theme
from reader.model import Action, PolicyReport, Valence, Verdict
from reader.paths import resource
from reader.scoring import BAND_WORDS
from reader.summary import VERDICT_WORDS, summary_card
from tests.gui.reports import crowded_report, hostile_report, report_of_all_valences
from tests.make_report import make_report

PANE_WIDE, PANE_HIGH = 430, 780  # the pane at 1360 x 860


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


@pytest.fixture
def view(qtbot: QtBot) -> SummaryCardView:
    return shown(qtbot, load_theme("light"), report_of_all_valences())


def shown(
    qtbot: QtBot, theme: Theme, report: PolicyReport, wide: int = PANE_WIDE, high: int = PANE_HIGH
) -> SummaryCardView:
    view = SummaryCardView(theme)
    qtbot.addWidget(view)
    view.resize(wide, high)
    view.show_report(report)
    view.show()
    qtbot.waitUntil(lambda: is_settled(view))
    return view


def is_settled(view: SummaryCardView) -> bool:
    area = view.findChild(QScrollArea)
    content, beyond = area.widget(), area.verticalScrollBar().maximum()
    whole = content.height() >= content.minimumSizeHint().height()
    return whole and beyond == max(0, content.height() - area.viewport().height())


def tiles(view: SummaryCardView) -> dict[str, TileButton]:
    return {tile.topic: tile for tile in view.findChildren(TileButton)}


def lines(view: SummaryCardView) -> list[LineButton]:
    """Return the lines below the tiles that can be pressed."""
    return [line for line in view.findChildren(LineButton) if "to read" not in line.text()]


def hidden_height(view: SummaryCardView) -> int:
    return view.findChild(QScrollArea).verticalScrollBar().maximum()


def test_a_whole_card_fits_its_pane_without_scrolling(view: SummaryCardView):
    assert len(tiles(view)) == 15
    assert hidden_height(view) == 0


def test_a_headline_that_needs_three_lines_has_them_and_the_card_still_fits(qtbot: QtBot):
    report = report_of_all_valences()
    long = "With limits: says it does not sell your data"
    neutral = next(t.id for t in report.topics if t.verdict is Verdict.NEUTRAL)
    topics = (replace(t, headline=long if t.id == neutral else "Brief") for t in report.topics)
    view = shown(qtbot, load_theme("light"), replace(report, topics=tuple(topics)))
    content = view.findChild(QScrollArea).widget()
    view.resize(PANE_WIDE, content.sizeHint().height())  # no pixel to spare
    qtbot.waitUntil(lambda: content.height() == view.height())
    needed = {topic: tile.sizeHint().height() for topic, tile in tiles(view).items()}
    assert needed[neutral] > max(high for topic, high in needed.items() if topic != neutral)
    assert all(tile.height() >= needed[topic] for topic, tile in tiles(view).items())
    assert hidden_height(view) == 0


@pytest.mark.parametrize(
    ("wide", "high"),
    [(397, 700), (423, 640), (430, 690), (451, 800)],
    ids=["1280x800", "1366x700", "1366x768", "1440x900"],
)
def test_no_claim_of_a_tile_is_cut_off_at_any_usual_size(qtbot: QtBot, wide: int, high: int):
    path = resource("samples/lantern-and-loom.md")
    view = shown(qtbot, load_theme("light"), analyze(path.read_bytes(), path.name), wide, high)
    cut = [topic for topic, tile in tiles(view).items() if tile.height() < tile.sizeHint().height()]
    assert not cut


@pytest.mark.parametrize("kept", [0, 1])
def test_a_card_with_few_tiles_or_none_stays_together_at_the_top(qtbot: QtBot, kept: int):
    report = make_report()
    topics = tuple(
        replace(each, verdict=Verdict.WITHHELD, disclosures=each.disclosures[:kept])
        for each in report.topics[:1]
    )
    report = replace(report, verdict="", topics=topics, flags=(), actions=())
    view = shown(qtbot, load_theme("light"), report)
    assert len(tiles(view)) <= kept
    content = view.findChild(QScrollArea).widget()
    words = [*view.findChildren(FittedLabel), *view.findChildren(LineButton)]
    qtbot.waitUntil(lambda: max(each.geometry().bottom() for each in words) < content.height() / 2)


def test_tiles_stand_in_two_columns_and_in_one_where_it_is_narrow(qtbot: QtBot):
    wide = shown(qtbot, load_theme("light"), make_report())
    narrow = shown(qtbot, load_theme("light"), make_report(), wide=280)
    assert len({tile.x() for tile in tiles(wide).values()}) == 2
    assert len({tile.x() for tile in tiles(narrow).values()}) == 1


def test_no_two_tiles_overlap_at_any_width(qtbot: QtBot):
    for wide, high in ((280, 500), (430, 500), (460, 1200)):
        view = shown(qtbot, load_theme("light"), crowded_report(), wide, high)
        boxes = [tile.geometry() for tile in tiles(view).values()]
        pairs = [(a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :]]
        assert not [pair for pair in pairs if pair[0].intersects(pair[1])]
        content = view.findChild(QScrollArea).widget()
        assert all(content.rect().contains(box) for box in boxes)


def test_a_tile_is_named_by_its_topic_its_verdict_and_its_headline(view: SummaryCardView):
    for tile in summary_card(report_of_all_valences()).tiles:
        interface = QAccessible.queryAccessibleInterface(tiles(view)[tile.topic])
        name = interface.text(QAccessible.Text.Name)
        assert name == f"{tile.label}: {VERDICT_WORDS[tile.verdict]}. {tile.headline}"
        assert interface.role() == QAccessible.Role.Button


def test_a_tile_shows_the_colours_of_its_valence(qtbot: QtBot, theme: Theme):
    view = shown(qtbot, theme, report_of_all_valences())
    verdicts = {tile.topic: tile.verdict for tile in summary_card(report_of_all_valences()).tiles}
    assert set(verdicts.values()) == set(Verdict) - {Verdict.WITHHELD}
    for topic, tile in tiles(view).items():
        picture = tile.grab().toImage()
        colors = theme.colors(verdicts[topic])
        ground = picture.pixelColor(picture.width() - 6, picture.height() // 2)
        at_rest = theme.page if verdicts[topic] is Verdict.NEUTRAL else colors.tint
        assert ground == at_rest
        shown_colors = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        assert colors.line.name() in shown_colors


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, None])
def test_a_tile_chooses_its_topic_by_mouse_and_by_keyboard(
    view: SummaryCardView, key: Qt.Key | None
):
    spy = QSignalSpy(view.topic_chosen)
    tile = tiles(view)["keep"]
    if key is None:
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    else:
        tile.setFocus()
        QTest.keyClick(tile, key)
    assert [spy.at(each) for each in range(spy.count())] == [["keep"]]


def test_the_tab_key_goes_through_the_tiles_in_the_order_of_reading(view: SummaryCardView):
    order = [tile.topic for tile in summary_card(report_of_all_valences()).tiles]
    tiles(view)[order[0]].setFocus()
    met = []
    for _ in order:
        focused = view.focusWidget()
        met.append(focused.topic if isinstance(focused, TileButton) else "")
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert met == order


def test_the_card_is_heard_and_gone_through_from_its_top(view: SummaryCardView):
    content = QAccessible.queryAccessibleInterface(view.findChild(QScrollArea).widget())
    heard = [content.child(n).text(QAccessible.Text.Name) for n in range(content.childCount())]
    card = summary_card(report_of_all_valences())
    first_tile = next(n for n, name in enumerate(heard) if name.startswith(card.tiles[0].label))
    assert heard[:first_tile] == [
        card.title,
        card.origin,
        card.verdict,
        card.difficulty,
        card.length,
    ]
    difficulty = next(b for b in view.findChildren(LineButton) if b.text() == card.difficulty)
    difficulty.setFocus()
    QTest.keyClick(difficulty, Qt.Key.Key_Tab)
    assert view.focusWidget() is tiles(view)[card.tiles[0].topic]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2], ids=["left", "right"])
def test_a_tile_begins_with_its_shape_in_both_directions(
    qtbot: QtBot, direction: Qt.LayoutDirection
):
    theme = load_theme("light")
    view = SummaryCardView(theme)
    qtbot.addWidget(view)
    view.setLayoutDirection(direction)
    view.resize(PANE_WIDE, PANE_HIGH)
    view.show_report(report_of_all_valences())
    view.show()
    qtbot.waitUntil(lambda: is_settled(view))
    tile = next(tile for tile in tiles(view).values() if "Warning" in tile.accessibleName())
    picture = tile.grab().toImage()
    red = theme.colors(Verdict.BAD).fill  # of the shape and of the verdict's word behind it
    columns = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) == red for y in range(picture.height()))
    ]
    if direction is Qt.LayoutDirection.RightToLeft:
        columns = [picture.width() - 1 - x for x in columns]
    assert min(columns) < 16
    assert max(columns) < picture.width() / 2


def test_an_unusual_statement_leads_to_its_words(qtbot: QtBot):
    report = make_report()
    rare = replace(report.disclosures[0], type="use.ai-training", headline="Used to train AI")
    view = shown(qtbot, load_theme("light"), replace(report, disclosures=(rare,)))
    spy = QSignalSpy(view.finding_chosen)
    labels = [label.accessibleName() for label in view.findChildren(FittedLabel)]
    assert "Unusual here" in labels
    line = next(each for each in lines(view) if each.text().startswith("Used to train AI ("))
    interface = QAccessible.queryAccessibleInterface(line)
    assert "words" in interface.text(QAccessible.Text.Description)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert spy.at(0) == [rare.key]


def test_a_card_without_anything_unusual_has_no_such_part(view: SummaryCardView):
    labels = [label.accessibleName() for label in view.findChildren(FittedLabel)]
    assert "Unusual here" not in labels


def test_a_flag_carries_the_findings_that_pull_against_each_other(view: SummaryCardView):
    spy = QSignalSpy(view.flag_chosen)
    flag = next(line for line in lines(view) if "do not sell" in line.accessibleName())
    QTest.mouseClick(flag, Qt.MouseButton.LeftButton)
    (chosen,) = spy.at(0)
    assert chosen.disclosures[0] == "sell.sells:denied"
    assert len(chosen.quotes) == len(chosen.disclosures)


def test_a_thing_to_do_tells_its_address_and_opens_nothing(view: SummaryCardView):
    spy = QSignalSpy(view.link_chosen)
    link = next(line for line in lines(view) if "copy of your data" in line.accessibleName())
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert spy.at(0) == ["mailto:privacy@larch-lantern.example"]


def test_a_thing_to_do_without_an_address_is_no_link(view: SummaryCardView):
    assert not [line for line in lines(view) if "regulator" in line.accessibleName()]
    labels = [label.accessibleName() for label in view.findChildren(FittedLabel)]
    assert "Complain to a regulator." in labels


def test_a_thing_to_do_without_an_address_leads_to_the_finding_that_offers_it(qtbot: QtBot):
    report = report_of_all_valences()
    key = report.disclosures[0].key
    actions = (*report.actions, Action("object", "Object to it.", None, key))
    view = shown(qtbot, load_theme("light"), replace(report, actions=actions))
    spy = QSignalSpy(view.finding_chosen)
    line = next(line for line in lines(view) if line.accessibleName() == "Object to it.")
    interface = QAccessible.queryAccessibleInterface(line)
    assert "words" in interface.text(QAccessible.Text.Description)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert spy.at(0) == [key]
    view.show_report(replace(report, actions=actions, disclosures=report.disclosures[1:]))
    assert "Object to it." not in [line.accessibleName() for line in lines(view)], "dismissed"


def test_the_card_says_the_words_of_the_summary(view: SummaryCardView):
    card = summary_card(report_of_all_valences())
    labels = [label.accessibleName() for label in view.findChildren(FittedLabel)]
    for words in (card.title, card.origin, card.length):
        assert words in labels
    assert " ".join(each.text() for each in view.findChildren(Sentence)) == card.verdict
    assert card.difficulty in [line.accessibleName() for line in view.findChildren(LineButton)]
    for notice in card.notices:
        assert notice in labels


def test_each_sentence_of_the_verdict_leads_to_what_it_rests_on(qtbot: QtBot):
    report = report_of_all_valences()
    by_key = {each.key: each for each in report.disclosures}
    named = [by_key[key] for topic in report.topics for key in topic.disclosures]
    bad = replace(named[3], headline="Sells it to anyone", valence=Valence.BAD)
    report = replace(
        report,
        disclosures=tuple(bad if each.key == bad.key else each for each in report.disclosures),
    )
    silent = next(each for topic in report.topics for each in topic.silent)
    topic = next(each.id for each in report.topics if silent in each.silent)
    hard = f"{BAND_WORDS[report.scores.band]} to read"
    verdict = f"{bad.headline}. {silent.headline}. {hard}. Nothing else."
    view = shown(qtbot, load_theme("light"), replace(report, verdict=verdict), wide=300)
    spies = [
        QSignalSpy(each) for each in (view.finding_chosen, view.topic_chosen, view.reading_wanted)
    ]
    finding, silence, reading, plain = view.findChildren(Sentence)
    paragraph = view.findChild(LineFlow)
    (below, *_) = (b for b in view.findChildren(LineButton) if b.parent() is paragraph.parent())
    qtbot.waitUntil(lambda: below.y() > paragraph.geometry().bottom())
    for sentence in (finding, silence, reading):
        shape = next(iter(sentence.mask()))  # the first line's
        place = shape.center()
        under = view.childAt(sentence.mapTo(view, place))
        assert under is sentence
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=place)
    assert [[spy.at(n) for n in range(spy.count())] for spy in spies] == [
        [[bad.key]], [[topic]], [[]]
    ]  # fmt: skip
    assert plain.focusPolicy() is Qt.FocusPolicy.NoFocus
    finding.setFocus()
    QTest.keyClick(finding, Qt.Key.Key_Return)
    assert spies[0].count() == 2


def test_what_is_left_out_is_counted(qtbot: QtBot):
    view = shown(qtbot, load_theme("light"), crowded_report())
    named = [line.accessibleName() for line in lines(view)]
    assert "and 47 more" in named
    assert "and 46 more" in named
    assert len(lines(view)) == 3 + 1 + 4 + 1


@pytest.mark.parametrize(
    ("rest", "all_of_them"), [("and 47 more", 50 + 4 + 1), ("and 46 more", 3 + 1 + 50)]
)
def test_what_is_left_out_comes_when_it_is_asked_for_and_takes_the_keyboard(
    qtbot: QtBot, rest: str, all_of_them: int
):
    view = shown(qtbot, load_theme("light"), crowded_report())
    more = next(line for line in lines(view) if line.accessibleName() == rest)
    QTest.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(lines(view)) == all_of_them)

    def is_at_the_first_new_line() -> bool:
        focused = view.focusWidget()
        number = "3" if rest == "and 47 more" else "4"
        return isinstance(focused, LineButton) and focused.accessibleName().startswith(number)

    qtbot.waitUntil(is_at_the_first_new_line)
    focused = view.focusWidget()
    qtbot.waitUntil(lambda: not focused.visibleRegion().isEmpty())
    view.show_report(crowded_report())
    qtbot.waitUntil(lambda: len(lines(view)) == 3 + 1 + 4 + 1)


@pytest.mark.parametrize("rest", ["flags", "actions"])
def test_headlines_keep_all_their_words_where_the_card_is_unfolded(qtbot: QtBot, rest: str):
    """It scrolls then anyway."""
    report = report_of_all_valences()
    headline = "Says in so many words what it does with all that you ever wrote"
    many = {
        "flags": replace(report, flags=report.flags * 9),
        "actions": replace(report, actions=report.actions * 9),
    }[rest]
    topics = tuple(replace(each, headline=headline) for each in many.topics)
    view = shown(qtbot, load_theme("light"), replace(many, topics=topics))
    more = next(line for line in lines(view) if line.accessibleName().startswith("and "))
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_settled(view) and hidden_height(view) > 0)
    heights = {tile.height() - tile.sizeHint().height() for tile in tiles(view).values()}
    assert min(heights) >= 0


def test_no_words_are_read_as_markup(qtbot: QtBot):
    report = hostile_report()
    view = shown(qtbot, load_theme("light"), report)
    for label in view.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert any(label.text().startswith("<img") for label in view.findChildren(QLabel))
    for widget in (*tiles(view).values(), *view.findChildren(FittedLabel), *lines(view)):
        assert "<img" not in widget.toolTip()


def test_a_new_report_takes_the_place_of_the_old_one(view: SummaryCardView, qtbot: QtBot):
    view.show_report(make_report())
    qtbot.waitUntil(lambda: len(view.findChildren(TileButton)) == 15)
    assert tiles(view)["collect"].accessibleName().startswith("Data collected: Not found")


def test_a_new_theme_repaints_the_card(view: SummaryCardView, qtbot: QtBot):
    dark = load_theme("dark")
    view.set_theme(dark)
    qtbot.waitUntil(lambda: len(view.findChildren(TileButton)) == 15)
    picture = tiles(view)["keep"].grab().toImage()
    assert picture.pixelColor(picture.width() - 6, picture.height() // 2) == dark.page
    QToolTip.hideText()
    assert view.childAt(QPoint(5, 5)) is not None
