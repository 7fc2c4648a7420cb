"""A file that was changed while it was read: what changed in it, and where its reader was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.changes import changes_line, same_place, still_dismissed
from reader.model import Band, PolicyReport, Span
from tests.make_report import make_report

LINES = [f"Line {number} says what the lamp shop does with order {number}." for number in range(90)]
TEXT = "\n".join(LINES)


def graded(report: PolicyReport, grade: float, band: Band) -> PolicyReport:
    scores = replace(report.scores, flesch_kincaid_grade=grade, band=band)
    return replace(report, scores=scores)


def test_nothing_new_says_so():
    assert changes_line(make_report(), make_report()) == (
        "As hard to read as before. The same findings as before."
    )


def test_grades_and_findings_that_came_and_went_are_named():
    before = graded(make_report(), 9.5, Band.FAIRLY_PLAIN)
    shared, sold, access = before.disclosures
    after = replace(graded(before, 11.2, Band.FAIRLY_HARD), disclosures=(shared, sold))
    assert changes_line(before, after) == (
        "Reads harder: grade 11.2, was 9.5 (fairly hard). Gone: You can see your data."
    )
    assert changes_line(after, before) == (
        "Reads easier: grade 9.5, was 11.2 (fairly plain). New: You can see your data."
    )
    assert access.headline == "You can see your data"


def test_the_gravest_news_is_named_first_and_the_rest_counted():
    report = make_report()
    more = tuple(
        replace(report.disclosures[2], type=f"rights.other-{n}", headline=f"Other {n}")
        for n in range(4)
    )
    old = replace(report, disclosures=())
    new = replace(report, disclosures=(*more, *report.disclosures))
    line = changes_line(old, new)
    assert "New: Shared with advertisers; Says it does not sell your data; Other 0; and 4" in line


def test_a_text_that_cannot_be_scored_is_compared_by_findings_alone():
    report = make_report()
    unscored = replace(report, scores=replace(report.scores, flesch_kincaid_grade=None))
    assert changes_line(unscored, report).startswith("As hard to read as before.")


@pytest.mark.parametrize("line", [0, 1, 40, 89])
@pytest.mark.parametrize("added", [0, 1, 30])
def test_the_place_is_kept_when_lines_come_before_it(line: int, added: int):
    after = "\n".join([f"A new line {n}." for n in range(added)] + LINES)
    place = TEXT.index(LINES[line])
    found = same_place(TEXT, place, after)
    assert after[found:].startswith(LINES[line]) or place == 0


def test_the_place_of_a_line_that_was_rewritten_is_where_the_line_before_it_ends():
    after = TEXT.replace(LINES[40], "Something else altogether stands in this place now, at length")
    found = same_place(TEXT, TEXT.index(LINES[40]), after)
    assert abs(found - after.index("Something else")) <= 1


def test_of_words_that_recur_the_nearest_is_kept():
    text = "The same words.\n" * 60
    place = 16 * 30
    assert same_place(text, place, text) == place
    assert same_place(text, place, "New.\n" + text) in (place, place + 5)


def test_a_text_that_is_another_altogether_keeps_the_share():
    assert same_place("a" * 100, 50, "b" * 1000) == 500
    assert same_place("abc", 2, "") == 0


def test_a_dismissal_holds_while_its_words_do():
    before = make_report()
    key = before.disclosures[0].key
    assert still_dismissed(before, make_report(), frozenset({key})) == {key}
    evidence = replace(before.disclosures[0].evidence[0], span=Span(0, 7))
    other = replace(before.disclosures[0], evidence=(evidence,))
    after = replace(before, disclosures=(other, *before.disclosures[1:]))
    assert still_dismissed(before, after, frozenset({key})) == frozenset()
