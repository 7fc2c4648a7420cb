"""What a saved file tells of a policy's wording: words explained in the text, and in a list."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest

from reader.analysis import analyze_text
from reader.export.report_html import report_html
from reader.export.report_json import dumps, loads
from reader.export.report_markdown import report_markdown
from reader.export.wording import WordTable, pointed_words, word_tables
from reader.model import PolicyReport

POLICY = """# Lamp shop

## What we keep

A lamp tells us its place and its light (together, “Lamp Data”). Prior to a sale we may retain your
name. We retain Lamp Data for a year.

## Whom we tell

We may show Lamp Data to an affiliate prior to a sale. Personal information stays with us.
"""


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    return analyze_text(POLICY)


@pytest.fixture(scope="module")
def page(report: PolicyReport) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(report_html(report).decode())


def test_a_term_of_the_policy_leads_to_its_definition_and_tells_it(page: lxml.html.HtmlElement):
    uses = page.xpath("//div[@class='text']//a[@class='explained']")
    assert [use.text_content() for use in uses] == ["Lamp Data"] * 2
    for use in uses:
        assert use.get("title") == "The policy says: “A lamp tells us its place and its light”"
        (anchor,) = page.xpath(f"//div[@class='text']//*[@id='{use.get('href')[1:]}']")
        assert (anchor.tail or anchor.getnext().text_content()).startswith("A lamp tells us")


def test_a_legal_word_tells_its_meaning_once_a_section(page: lxml.html.HtmlElement):
    words = page.xpath("//div[@class='text']//abbr[@class='explained']")
    assert [word.text_content() for word in words] == [
        "retain",
        "affiliate",
        "Personal information",
    ]
    assert words[0].get("title") == "To keep; keeping."


def test_words_are_listed_with_their_meaning_and_how_often_they_stand(
    report: PolicyReport, page: lxml.html.HtmlElement
):
    listed = {
        table.xpath("string(summary)").partition(" (")[0]: table.xpath("string(dl)")
        for table in page.xpath("//details[@class='wording']")
    }
    assert list(listed) == [table.title for table in word_tables(report)]
    assert "prior to 2 timesbefore" in listed["Wordy phrases, and plainer words"]
    assert "may 2 timesDo they, or don't they?" in listed["Vague words, and what they leave open"]
    markdown = report_markdown(report).decode()
    assert "- **prior to** (2 times): before" in markdown
    assert "- **Lamp Data** (2 times): The policy says" in markdown


def test_a_list_writes_words_small_and_abbreviations_as_they_are():
    report = analyze_text(
        "# PERSONAL INFORMATION\n\nRetention of names follows the GDPR. We keep to the UK GDPR. "
        "AFFILIATES get no names. Fraud is told to the police.\n\nWe retain no Cookies."
    )
    listed = {form for table in word_tables(report) for form in _forms(table)}
    assert {"GDPR", "UK GDPR", "affiliates", "fraud", "cookies"} <= listed


def _forms(table: WordTable) -> list[str]:
    return [form for word in table.words for form in word.words.split(", ")]


def test_the_folded_lists_are_closed_until_they_are_asked_for(page: lxml.html.HtmlElement):
    assert page.xpath("//details[@class='wording']/@open") == []


def test_the_meaning_of_a_term_outlives_the_json(report: PolicyReport):
    again = loads(dumps(report))
    assert again.marks == report.marks
    assert any(mark.meaning for mark in again.marks)


def test_words_that_are_explained_in_the_text_stand_apart(report: PolicyReport):
    spans = [word.span for word in pointed_words(report)]
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert len(spans) == 5


def test_nothing_is_listed_where_nothing_is_marked(report: PolicyReport):
    plain = replace(report, marks=())
    assert word_tables(plain) == ()
    assert b"How it is worded" not in report_html(plain)
    assert "How it is worded" not in report_markdown(plain).decode()
