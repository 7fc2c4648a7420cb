"""The reader's own marks: on which words they stand, and what becomes of them when words move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotations import Annotation, annotate, placed, quoted, removed, replaced
from reader.changes import lost_notes_line, still_annotated
from reader.model import PolicyReport, Span
from tests.make_report import make_report

TEXT = (
    "We may share it. We may sell it. You may ask the lamp shop to stop, in a letter of your own."
)


def mark(text: str, words: str, note: str = "", *others: Annotation) -> Annotation:
    start = text.index(words)
    made = annotate(text, Span(start, start + len(words)), note, others)
    assert made is not None
    return made


def words_of(annotation: Annotation, text: str) -> str | None:
    return annotation.span.of(text) if annotation.span else None


@pytest.fixture
def report() -> PolicyReport:
    return make_report()


def test_a_mark_stands_on_words_without_the_white_space_around_them():
    made = annotate(TEXT, Span(TEXT.index(" We may sell"), TEXT.index("You may")), " odd ", ())
    assert made is not None
    assert (words_of(made, TEXT), made.note) == ("We may sell it.", "odd")
    assert annotate("one  two", Span(3, 5), "", ()) is None


def test_marks_of_one_policy_have_names_of_their_own():
    first = mark(TEXT, "share")
    second = mark(TEXT, "sell", "why?", first)
    third = mark(TEXT, "ask", "", second)
    assert len({first.id, second.id, third.id}) == 3
    assert removed((first, second), first.id) == (second,)
    changed = replace(second, note="because")
    assert replaced((first, second, third), changed) == (first, changed, third)


def test_words_that_were_read_a_little_differently_are_found_again():
    made = mark(TEXT, "We may sell it.", "why?")
    later = "A line that an older version left out.\n" + TEXT
    (found,) = placed((made,), later)
    assert words_of(found, later) == "We may sell it."
    assert placed((made,), TEXT) == (made,)


def test_a_long_mark_is_known_by_its_ends_and_its_length():
    text = "A lamp of ours. " * 60_000
    made = annotate(text, Span(0, len(text)), "all of it", ())
    assert made is not None
    assert placed((made,), text) == (made,)
    (found,) = placed((made,), "New. " + text)
    assert found.span is not None
    assert found.span.start == len("New. ")
    (lost,) = placed((made,), text.replace("A lamp of ours. ", "", 1))
    assert lost.span is None


def test_a_note_outlives_its_words_and_a_highlight_alone_does_not():
    note, highlight = mark(TEXT, "sell it", "why?"), mark(TEXT, "share it")
    (left,) = placed((note, highlight), "Nothing of the kind.")
    assert (left.span, left.note) == (None, "why?")


def test_quotes_stand_in_the_order_of_the_text_with_their_section(report: PolicyReport):
    text = report.document.text
    later, early = mark(text, "copy of your data", "mine"), mark(text, "such as")
    lost = Annotation(9, None, "", "of old")
    told = quoted((lost, later, early), report.document)
    assert [(each.quote, each.section) for each in told] == [
        ("such as", 1),
        ("copy of your data", 2),
        ("", None),
    ]
    assert [each.page for each in told] == [None] * 3
    with_pages = replace(report.document, pages=(0, text.index("2. Your rights")))
    assert [each.page for each in quoted((later, early), with_pages)] == [1, 2]


# A file that was changed while it was read


def test_marks_follow_their_words_in_a_changed_file():
    made = mark(TEXT, "You may ask the lamp shop to stop", "do it")
    after = "We wrote something new.\n" + TEXT
    (moved,) = still_annotated(TEXT, after, (made,))
    assert words_of(moved, after) == "You may ask the lamp shop to stop"
    assert lost_notes_line((made,), (moved,)) == ""


def test_few_words_are_found_by_their_neighbours_and_never_in_another_sentence():
    start = TEXT.index("may sell")
    made = annotate(TEXT, Span(start, start + 3), "when?", ())
    assert made is not None
    after = "They may wait. " + TEXT
    (moved,) = still_annotated(TEXT, after, (made,))
    assert moved.span is not None
    assert after[moved.span.start :].startswith("may sell")
    gone = TEXT.replace("We may sell it. ", "")
    (kept,) = still_annotated(TEXT, gone, (made,))
    assert kept.span is None, "another may is not the one that was noted"
    assert kept.note == "when?"


def test_words_that_are_gone_are_told_and_what_was_written_is_kept():
    note, highlight = mark(TEXT, "We may sell it.", "why?"), mark(TEXT, "share it")
    after = "You may ask the lamp shop to stop, in a letter of your own."
    left = still_annotated(TEXT, after, (note, highlight))
    assert [each.note for each in left] == ["why?"]
    assert lost_notes_line((note, highlight), left) == (
        "2 of your marks were on words that are gone. What you wrote is kept among your notes."
    )
    again = still_annotated(after, after, left)
    assert again == left
    assert lost_notes_line(left, again) == "", "what was lost before is not told again"
