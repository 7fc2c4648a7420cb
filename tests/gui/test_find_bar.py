"""Search: what is found, how it is counted, and the keys."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from reader.gui.actions import Actions
from reader.gui.find_bar import FindBar, Hits, find_hits
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.model import Span
from tests.gui.hostile_texts import long_policy

TEXT = "We share data. SHARE it, or we Share.\nNo share is sold."


@given(st.text("abAB. \n🏮", max_size=80), st.text("abAB.🏮", min_size=1, max_size=3))
def test_every_hit_holds_the_words_and_none_is_missed(text: str, words: str) -> None:
    hits = find_hits(text, words, match_case=False)
    assert len(hits.starts) == len(re.findall(re.escape(words), text, re.IGNORECASE))
    for number in range(len(hits.starts)):
        assert hits.span_of(number).of(text).lower() == words.lower()


def test_case_counts_only_where_asked() -> None:
    assert len(find_hits(TEXT, "share", match_case=False).starts) == 4
    assert len(find_hits(TEXT, "share", match_case=True).starts) == 2


def test_parts_of_words_count_unless_whole_words_are_asked_for() -> None:
    text = "A share, shares; reshare. Share! un-share (share_it)"
    assert len(find_hits(text, "share", match_case=False).starts) == 6
    hits = find_hits(text, "share", match_case=False, whole_words=True)
    assert hits.starts == (text.index("share,"), text.index("Share!"), text.index("share ("))


def test_a_space_finds_the_space_that_does_not_break() -> None:
    text = "your\u00a0data, your data"
    hits = find_hits(text, "your data", match_case=True)
    assert [hits.span_of(n).of(text) for n in (0, 1)] == ["your\u00a0data", "your data"]


def test_a_million_words_are_searched_in_a_moment(sample: Path) -> None:
    text = long_policy(sample, 1_000_000)
    for words, whole in (("share", False), ("e", False), ("nowhere at all", True), ("we", True)):
        began = perf_counter()
        hits = find_hits(text, words, match_case=False, whole_words=whole)
        assert perf_counter() - began < 4 * 0.3
        bounded = rf"\b{words}\b" if whole else words
        assert len(hits.starts) == len(re.findall(bounded, text, re.IGNORECASE))


def test_the_count_is_that_of_the_text_wherever_its_marks_begin_and_end(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    report = pane.report
    assert report is not None
    text = report.document.text
    random = Random(7)  # noqa: S311 - a sample, no secret
    words = set(random.sample(re.findall(r"\w+", text), 20))
    for span in (passage.span for passage in pane.view.passages):  # across where marks begin, end
        words |= {text[max(at - 3, 0) : at + 3].strip() for at in (span.start, span.end)}
    field = pane.find_bar.findChild(QLineEdit)
    window.findChild(Actions).find.trigger()
    for each in sorted(word for word in words if word and "\n" not in word):
        field.setText(each)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        count = len(re.findall(re.escape(each), text, re.IGNORECASE))
        assert said(pane.find_bar).endswith(f"of {count}")


def test_signs_of_a_pattern_are_words_like_any_other() -> None:
    assert find_hits("a.b axb", "a.b", match_case=True).starts == (0,)
    assert find_hits("a (b", "(", match_case=True).starts == (2,)


def test_the_first_hit_is_the_one_below_the_reader_and_the_top_comes_round() -> None:
    assert find_hits(TEXT, "share", match_case=False, start=5).span == Span(15, 20)
    assert find_hits(TEXT, "share", match_case=False, start=len(TEXT)).span == Span(3, 8)


def test_the_hits_in_view_are_those_that_touch_it() -> None:
    hits = find_hits(TEXT, "share", match_case=False)
    assert [hits.span_of(n).start for n in hits.within(7, 31)] == [3, 15]
    assert list(hits.within(8, 15)) == []


def said(bar: FindBar) -> str:
    """Return what the bar says of its hits."""
    return bar.findChild(QLabel).text()


def open_bar(qtbot: QtBot) -> tuple[FindBar, QLineEdit, list[Hits]]:
    bar = FindBar()
    qtbot.addWidget(bar)
    found: list[Hits] = []
    bar.found.connect(found.append)
    bar.search_in(TEXT)
    bar.open_search(0)
    field = bar.findChild(QLineEdit)
    assert field is not None
    return bar, field, found


def test_typing_searches_and_enter_goes_round(qtbot: QtBot) -> None:
    bar, field, found = open_bar(qtbot)
    with qtbot.waitSignal(bar.found):
        qtbot.keyClicks(field, "share")
    numbers = []
    for modifier in (Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,):
        qtbot.keyClick(field, Qt.Key.Key_Return, modifier)
        numbers.append(found[-1].current)
    assert numbers == [1, 2, 3, 0, 3]


def test_the_count_is_said(qtbot: QtBot) -> None:
    bar, field, _ = open_bar(qtbot)
    with qtbot.waitSignal(bar.found):
        qtbot.keyClicks(field, "share")
    assert said(bar) == "1 of 4"
    with qtbot.waitSignal(bar.found):
        qtbot.keyClicks(field, "zzz")
    assert said(bar) == "Not found"


def test_closing_the_bar_is_told_once(qtbot: QtBot) -> None:
    bar, _, _ = open_bar(qtbot)
    with qtbot.waitSignal(bar.closed):
        bar.close_search()
    assert not bar.isVisible()
