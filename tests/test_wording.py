"""Marks on words and sentences: which, where, and with what note."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Sentence, Span
from reader.wording import find_marks

WORDING = Path(__file__).resolve().parent.parent / "resources" / "wording"
LISTS = {
    kind: tomllib.loads((WORDING / file).read_text(encoding="utf-8"))["entry"]
    for kind, file in (("vague", "vague.toml"), ("legal-word", "legal.toml"))
}
ENTRIES = [
    pytest.param(kind, words, entry["note"], id=words)
    for kind, entries in LISTS.items()
    for entry in entries
    for words in entry["words"]
]


def marks_of(*sentences: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each mark in sentences that follow each other."""
    text = " ".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(Span(start, start + len(sentence)), 0, 0))
        start += len(sentence) + 1
    return [(mark.kind, mark.span.of(text)) for mark in find_marks(text, tuple(spans))]


# --- vague and legal words ------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "words", "note"), ENTRIES)
def test_every_word_of_the_lists_is_found_with_its_note(kind: str, words: str, note: str):
    text = f"They {words.capitalize()} so."
    found = find_marks(text, (Sentence(Span(0, len(text)), 0, 0),))
    assert (words, note) in [
        (mark.span.of(text).lower(), mark.note) for mark in found if mark.kind == kind
    ]


@pytest.mark.parametrize("kind", LISTS)
def test_no_word_stands_twice_in_a_list(kind: str):
    words = [word for entry in LISTS[kind] for word in entry["words"]]
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)
    assert all(entry["note"].strip() for entry in LISTS[kind])


def test_the_longest_phrase_is_marked_alone():
    assert marks_of("They keep it as long as reasonably necessary.") == [
        ("vague", "as long as reasonably necessary")
    ]


def test_a_word_within_another_is_not_marked():
    assert marks_of("Mayors, sometime awesome, certainty.") == []


def test_may_is_no_question_where_it_is_a_month_or_what_the_reader_can_do():
    assert marks_of("It holds since May 25, 2018.") == []
    assert marks_of("You may object.") == []
    assert marks_of("May we share it?", "We may.") == [("vague", "May"), ("vague", "may")]


def test_a_legal_word_is_explained_once_a_section():
    text = "They indemnify us. We were indemnified. They indemnify us."
    sentences = tuple(
        Sentence(Span(*span), section, 0)
        for span, section in (((0, 18), 0), ((19, 39), 0), ((40, 58), 1))
    )
    marks = [m for m in find_marks(text, sentences) if m.kind == "legal-word"]
    assert [mark.span.start for mark in marks] == [5, 45]


# --- passives -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Your data will be shared.", "be shared"),
        ("It is not automatically sold.", "is not automatically sold"),
        ("Orders are kept for a year, by and large.", "are kept"),
        ("Names were collected by clicking.", "were collected"),
    ],
)
def test_a_passive_without_an_actor_is_marked(text: str, passive: str):
    assert ("passive", passive) in marks_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your data will be shared by us.",
        "Orders are kept safely for you by our partners.",
        "The shop is located in Ohio.",
        "We are interested in lamps.",
        "There is need of it.",
        "We share your data.",
    ],
)
def test_a_sentence_that_names_who_acts_is_no_bare_passive(text: str):
    assert "passive" not in [kind for kind, _ in marks_of(text)]


# --- sentences ------------------------------------------------------------------------------------


def lengths_marked(text: str) -> list[str]:
    return [kind for kind, _ in marks_of(text) if kind.endswith("sentence")]


def test_a_sentence_is_long_over_thirty_words_and_hard_over_twenty_five_with_many_long_ones():
    assert lengths_marked(" ".join(["lamp"] * 30)) == []
    assert lengths_marked(" ".join(["lamp"] * 31)) == ["long-sentence"]
    assert lengths_marked(" ".join(["lamp"] * 21 + ["lanterns"] * 7)) == ["hard-sentence"]
    assert lengths_marked(" ".join(["lamp"] * 22 + ["lanterns"] * 6)) == []
    assert lengths_marked(" ".join(["lamp"] * 18 + ["lanterns"] * 7)) == []


def test_dashes_are_no_words_and_addresses_no_long_ones():
    assert lengths_marked(" ".join(["lamp –"] * 30)) == []
    assert lengths_marked(" ".join(["lamp"] * 19 + ["www.lamp.example/a"] * 9)) == []


def test_a_long_sentence_hides_no_other_marks():
    kinds = {kind for kind, _ in marks_of(" ".join(["lamp"] * 40) + " may be retained.")}
    assert kinds == {"long-sentence", "vague", "passive", "legal-word"}


# --- any text -------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["İ", "may", "be", "shared", "some", "of", "third", "parties", "retain"]
            ),
            min_size=1,
            max_size=40,
        ),
        max_size=5,
    )
)
def test_marks_lie_inside_their_sentence_in_order_and_apart_within_a_kind(lines: list[list[str]]):
    text, sentences = "", []
    for line in lines:
        words = " ".join(line)
        sentences.append(Sentence(Span(len(text), len(text) + len(words)), 0, 0))
        text += words + " "
    marks = find_marks(text, tuple(sentences))
    assert all(any(s.span.contains(mark.span) for s in sentences) for mark in marks)
    assert all(mark.note for mark in marks)
    assert all(a.span.start <= b.span.start for a, b in pairwise(marks))
    for kind in {mark.kind for mark in marks}:
        own = [mark for mark in marks if mark.kind == kind]
        assert all(a.span.end <= b.span.start for a, b in pairwise(own))
    for mark in marks:
        if mark.kind == "vague":
            assert mark.span.of(text) in ("may", "some", "some of")
