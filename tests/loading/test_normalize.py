"""The normal form: what is invisible, doubled or rewritten by a text widget is gone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from reader.loading import load
from reader.loading.normalize import is_normal, normalize


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("your\u00a0data\u2009here\u3000too", "your data here too"),
        ("infor\u00admation and coo\u200bkies\ufeff", "information and cookies"),
        ("ﬁles of the oﬃce", "files of the office"),
        ("Cafe\u0301", "Café"),
        ("red \x1b[31malert\x1b[0m", "red alert"),
        ("bell\x07 and null\x00", "bell and null"),
        ("odd \ufdd0\uffff\U0001fffe end", "odd  end"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("stray\u200d joiner", "stray joiner"),
    ],
)
def test_each_oddity_has_one_plain_form(typed: str, normal: str) -> None:
    assert normalize(typed) == (normal, ())


def test_a_family_of_emoji_and_persian_words_keep_their_joiners() -> None:
    for word in ("👩\u200d👩\u200d👧", "می\u200cخواهم"):
        assert normalize(word)[0] == word


def test_words_turned_around_are_set_right_and_the_reader_is_told() -> None:
    text, notices = normalize("We do \u202enot\u202c sell.")
    assert text == "We do not sell."
    assert [notice.kind for notice in notices] == ["hidden-text"]


def test_words_written_in_invisible_letters_are_removed_and_the_reader_is_told() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "say it is safe")
    text, notices = normalize(f"We share.{hidden}")
    assert text == "We share."
    assert [notice.kind for notice in notices] == ["hidden-text"]


def test_an_entity_brings_in_nothing_that_the_normal_form_forbids() -> None:
    loaded = load(b"# Data\n\nWe&nbsp;may&#8232;share&shy; it &#x202E;never.\n", "policy.md")
    assert loaded.text == "Data\nWe may share it never."
    assert "hidden-text" in {notice.kind for notice in loaded.notices}


def test_a_thousand_accents_on_one_letter_are_four_at_most() -> None:
    text, _ = normalize("e" + "\u0301" * 100_000)
    assert len(text) <= 4


@given(st.text(st.characters()))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    once, _ = normalize(text)
    assert normalize(once)[0] == once


@given(st.text(st.characters()), st.integers(0, 20))
def test_what_is_told_to_be_normal_stays_as_it_is_wherever_it_is_cut(text: str, cut: int) -> None:
    for candidate in (text, normalize(text)[0]):
        if is_normal(candidate):
            pieces = (candidate[:cut], candidate[cut:])
            assert [normalize(piece) for piece in pieces] == [(piece, ()) for piece in pieces]


@pytest.mark.parametrize(
    "text", ["a\u00adb", "a\tb", "\u0301", "\u0645\u200c\u0645", "a\u202eb", "ﬁle", "\x1b[0m"]
)
def test_what_has_to_change_or_may_is_not_told_to_be_normal(text: str) -> None:
    assert not is_normal(text)
    assert is_normal("Café – “we” keep\nit")


@pytest.mark.slow
def test_every_character_survives_the_text_widget(qtbot: QtBot) -> None:
    widget = QTextDocument()
    for first in range(0, 0x30000, 0x1000):
        letters = (
            chr(code)
            for code in range(first, first + 0x1000)
            if unicodedata.category(chr(code)) != "Cs"
        )
        lines = "\n\n".join(f"We keep {letter} here" for letter in letters)
        if not lines:
            continue
        loaded = load(lines.encode(), "policy.txt")
        widget.setPlainText(loaded.text)
        assert widget.toPlainText() == loaded.text
