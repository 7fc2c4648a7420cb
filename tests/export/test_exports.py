"""Exports say what the window says, keep every word, and are inert wherever they are opened."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.analysis import analyze
from reader.annotations import Annotation, annotate
from reader.difficulty import bar_lines, standing_line
from reader.export.findings import findings_of
from reader.export.findings_csv import COLUMNS, findings_csv
from reader.export.inert import csv_cell, html_stretch, html_text, markdown_text
from reader.export.report_html import report_html
from reader.export.report_markdown import report_markdown
from reader.model import PolicyReport, Span
from reader.paths import resource
from reader.rewriting import rewriting_of
from reader.summary import MAX_ACTIONS, action_line, clean_line, summary_card
from tests.make_report import make_report

SAMPLE = "lantern-and-loom.md"
ATTACK = '=HYPERLINK("http://evil.example")<script>x()</script>[a](javascript:b)<img src=//c>'


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    path = resource(f"samples/{SAMPLE}")
    return analyze(path.read_bytes(), path.name)


def page_of(report: PolicyReport) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(report_html(report).decode("utf-8"))


def rows_of(report: PolicyReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(findings_csv(report).decode("utf-8"), newline="")))


def hostile(report: PolicyReport) -> PolicyReport:
    """Return ``report`` with an attack wherever a policy's own words may stand."""
    document = replace(
        report.document, title=ATTACK, source=replace(report.document.source, name=ATTACK)
    )
    return replace(
        report,
        document=replace(
            document, sections=tuple(replace(s, heading=ATTACK) for s in document.sections)
        ),
        verdict=ATTACK,
        disclosures=tuple(
            replace(d, statement=ATTACK, headline=ATTACK, condition=ATTACK)
            for d in report.disclosures
        ),
        actions=tuple(replace(a, text=ATTACK, target="mailto:" + ATTACK) for a in report.actions),
        flags=tuple(replace(f, text=ATTACK) for f in report.flags),
        notices=tuple(replace(n, text=ATTACK) for n in report.notices),
        marks=tuple(replace(mark, note=ATTACK) for mark in report.marks),
    )


def noted(report: PolicyReport, *notes: str) -> tuple[Annotation, ...]:
    """Return notes on sentences in the middle of the text, the first on two of them."""
    made: list[Annotation] = []
    for number, note in enumerate(notes):
        first, last = report.document.sentences[8 + 5 * number : 10 + 5 * number]
        span = Span(first.span.start, (first if number else last).span.end)
        new = annotate(report.document.text, span, note, made)
        assert new is not None
        made.append(new)
    return tuple(made)


# The page


def test_the_page_holds_all_words_of_the_card(sample: PolicyReport):
    words = clean_line(page_of(sample).text_content())
    card = summary_card(sample)
    told = [card.title, card.source_line, card.date_line, card.verdict, card.difficulty]
    told += [card.length, card.made_by, *card.notices]
    told += [each for t in card.tiles for each in (t.label, t.verdict_word, t.headline)]
    told += [each for flag in card.flags for each in (flag.text, *flag.quotes)]
    told += [action.text for action in card.actions]
    assert [each for each in told if each not in words] == []


def test_the_page_tells_all_that_can_be_done_each_with_a_way_to_its_finding(sample: PolicyReport):
    """A page has nothing to press for more, and no room that it must fit."""
    card = summary_card(sample, most_actions=len(sample.actions))
    assert len(card.actions) > MAX_ACTIONS
    page = page_of(sample)
    listed = page.xpath("//ul[@class='actions']/li")
    assert [each.text_content() for each in listed] == [action_line(a) for a in card.actions]
    keys = {each.key: each.statement for each in sample.disclosures}
    for entry, action in zip(listed, card.actions, strict=True):
        (way,) = entry.xpath("./a/@href")
        (finding,) = page.xpath(f"//*[@id='{way[1:]}']")
        assert clean_line(keys[action.disclosure]) in finding.text_content()


def test_the_page_holds_the_whole_text_of_the_policy_in_order(sample: PolicyReport):
    (text,) = page_of(sample).find_class("text")
    for beside in [*text.find_class("badge"), *text.find_class("band")]:
        beside.drop_tree()
    assert re.sub(r"\s", "", text.text_content()) == re.sub(r"\s", "", sample.document.text)


def test_every_passage_is_marked_where_its_words_stand(sample: PolicyReport):
    page = page_of(sample)
    for finding in page.find_class("finding"):
        for quote in finding.findall("blockquote"):
            (link,) = quote.findall("a")
            anchor = page.get_element_by_id(link.get("href").removeprefix("#"))
            marked = anchor.getnext()
            assert marked.tag == "mark"
            begins = clean_line(marked.text_content())
            assert begins
            assert begins[:20] in clean_line(quote.find("q").text_content())


def test_links_lead_inside_the_page_both_ways(sample: PolicyReport):
    page = page_of(sample)
    ids = Counter(page.xpath("//@id"))
    assert set(ids.values()) == {1}
    links = [link.removeprefix("#") for link in page.xpath("//@href")]
    assert [link for link in links if link not in ids] == []
    findings = findings_of(sample)
    assert {f"f{n}" for n in range(len(findings))} <= set(links)
    passages = {quote.evidence.span for finding in findings for quote in finding.quotes}
    assert {f"p{n}" for n in range(len(passages))} <= set(links)


def test_each_finding_can_be_unfolded_and_holds_its_quotes(sample: PolicyReport):
    shown = page_of(sample).find_class("finding")
    findings = findings_of(sample)
    assert [each.tag for each in shown] == ["details"] * len(findings)
    for element, finding in zip(shown, findings, strict=True):
        words = clean_line(element.text_content())
        assert finding.verdict_word in words
        assert finding.disclosure.statement in words
        assert [q.words for q in finding.quotes if q.words not in words] == []


def test_the_page_tells_where_the_policy_stands_and_what_to_rewrite(sample: PolicyReport):
    words = clean_line(page_of(sample).text_content())
    assert f"{standing_line(sample.scores, 'policies')}." in words
    for bar in sample.legal_bars:
        assert [line for line in bar_lines(bar) if clean_line(line) not in words] == []
    rewriting = rewriting_of(sample)
    assert rewriting.line in words
    for row in rewriting.sentences:
        assert clean_line(row.words) in words
        assert clean_line(f"{row.effect}; {'; '.join(row.reasons)}") in words


def test_another_language_is_set_beside_nothing():
    german = "Wir speichern Ihren Namen und Ihre Anschrift. Wir geben sie niemandem weiter. " * 20
    report = analyze(german.encode(), "richtlinie.txt")
    assert "How hard it is to read" not in report_html(report).decode()
    assert "How hard it is to read" not in report_markdown(report).decode()


def test_headings_of_the_policy_stand_in_the_page_with_their_difficulty(sample: PolicyReport):
    (text,) = page_of(sample).find_class("text")
    shown = [h.text_content() for h in text.xpath(".//h3|.//h4|.//h5|.//h6")]
    for section in sample.document.sections:
        if section.heading and not section.heading_is_ours:
            assert any(each.startswith(section.heading) for each in shown), section.heading


@pytest.mark.parametrize("change", [lambda report: report, hostile], ids=["sample", "attacked"])
def test_the_page_asks_for_nothing_and_runs_nothing(
    sample: PolicyReport, change: Callable[[PolicyReport], PolicyReport]
):
    raw = report_html(change(sample)).decode("utf-8")
    page = lxml.html.document_fromstring(raw)
    assert_inert(page)
    style = page.findtext(".//style")
    assert style is not None
    assert "url(" not in style
    assert "@import" not in style
    assert "</style>" not in style
    assert "default-src 'none'" in raw


def assert_inert(page: lxml.html.HtmlElement) -> None:
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "iframe", "img", "object", "embed", "link", "base", "form"}
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
    assert [link for link in page.xpath("//@href") if not link.startswith("#")] == []


# The table


def test_the_table_has_a_row_for_each_finding(sample: PolicyReport):
    rows = rows_of(sample)
    assert {(row["type"], row["stance"]) for row in rows} == {
        (d.type, d.stance.value) for d in sample.disclosures
    }
    assert len(rows) == len(sample.disclosures)
    assert tuple(rows[0]) == COLUMNS
    by_key = {d.key: d for d in sample.disclosures}
    for row in rows:
        disclosure = by_key[f"{row['type']}:{row['stance']}"]
        best = disclosure.evidence[0]
        assert row["quote"].endswith(clean_line(best.span.of(sample.document.text)))
        assert row["valence"] == disclosure.valence.value
        assert int(row["passages"]) == len(disclosure.evidence)


def test_no_cell_of_the_table_is_a_formula(sample: PolicyReport):
    for row in rows_of(hostile(sample)):
        assert row["finding"].startswith("'=HYPERLINK")
        assert [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


@given(st.text())
def test_whatever_a_policy_says_is_no_formula_and_one_line(words: str):
    cell = csv_cell(words)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert "\n" not in cell
    assert cell.replace("'", "").strip() == clean_line(words).replace("'", "").strip()
    # A spreadsheet that parts cells at semicolons finds no formula either.
    assert not re.search("(^|;)[=+@＝＋＠-]", cell)


# Markdown


def test_markdown_holds_the_card_and_every_quote(sample: PolicyReport):
    words = clean_line(
        lxml.html.fromstring(
            MarkdownIt().enable("table").render(report_markdown(sample).decode("utf-8"))
        ).text_content()
    )
    card = summary_card(sample)
    told = [card.title, card.verdict, card.difficulty, *card.notices]
    told += [each for t in card.tiles for each in (t.label, t.verdict_word, t.headline)]
    for finding in findings_of(sample):
        told += [finding.disclosure.statement, *(quote.words for quote in finding.quotes)]
    told += [standing_line(sample.scores, "policies"), rewriting_of(sample).line]
    told += [each for bar in sample.legal_bars for each in (bar.name, bar.result, bar.how, bar.law)]
    told += [clean_line(row.words) for row in rewriting_of(sample).sentences]
    assert [each for each in told if each not in words] == []


def test_markdown_of_an_attack_is_words(sample: PolicyReport):
    written = report_markdown(hostile(sample)).decode("utf-8")
    shown = MarkdownIt("commonmark", {"linkify": True}).enable("table").render(written)
    assert_inert(lxml.html.document_fromstring(shown))
    assert "&lt;script&gt;" in shown


@given(st.text())
def test_whatever_a_policy_says_is_no_markup(words: str):
    shown = MarkdownIt().render(f"- {markdown_text(words)}")
    text = lxml.html.fromstring(shown).text_content() if clean_line(words) else ""
    assert_inert(lxml.html.document_fromstring(shown))
    assert "<em>" not in shown
    assert "<code>" not in shown
    assert clean_line(text) == clean_line(
        lxml.html.fromstring(f"<p>{html_text(words)}</p>").text_content()
    )


@pytest.mark.parametrize(
    "words", ["1. We collect", "12) We", "2026. We", "- We", "+ We", "=====", "#1", "---"]
)
def test_no_list_or_rule_is_made_of_a_policys_words(words: str):
    shown = MarkdownIt().render(f"A line\n{markdown_text(words)}\n- {markdown_text(words)}")
    tags = Counter(e.tag for e in lxml.html.document_fromstring(shown).iter())
    assert not {"ol", "h1", "h2", "hr"} & tags.keys()
    assert tags["ul"] == 1
    assert lxml.html.fromstring(shown).text_content().count(words) == 2


@given(st.text(), st.text())
def test_stretches_of_a_line_keep_the_space_between_them(before: str, after: str):
    apart = html_stretch(before) + html_stretch(after)
    assert "<" not in apart
    if before[-1:].isspace() and after.strip():
        assert html_stretch(before).endswith(" ")


# All of them


@pytest.mark.parametrize("export", [report_html, report_markdown, findings_csv])
def test_reports_without_findings_are_exported_too(export: Callable[[PolicyReport], bytes]):
    report = analyze(b"Nothing of note.", "note.txt")
    assert not report.disclosures
    assert "note.txt" in export(report).decode("utf-8") or export is findings_csv


@pytest.mark.parametrize("export", [report_html, report_markdown, findings_csv])
def test_a_report_made_by_hand_is_exported(export: Callable[[PolicyReport], bytes]):
    assert "We do not sell your personal information" in export(make_report()).decode("utf-8")


def test_a_quote_that_serves_two_findings_of_a_flag_is_written_once(sample: PolicyReport):
    flags = summary_card(sample).flags
    assert any(len(set(flag.quotes)) < len(flag.quotes) for flag in flags)
    for flag in page_of(sample).xpath("//ul[@class='flags']/li"):
        quotes = [each.text for each in flag.xpath("./q")]
        assert len(quotes) == len(set(quotes))


# The reader's notes


def test_notes_stand_in_the_page_with_their_words_and_a_way_both_ways(sample: PolicyReport):
    notes = noted(sample, "Ask them why.\n\nIn writing.", "")
    page = lxml.html.document_fromstring(report_html(sample, notes).decode("utf-8"))
    listed = page.find_class("note")
    assert [" ".join(each.xpath("./p/text()")) for each in listed] == [
        "Ask them why. In writing.",
        "",
    ]
    for note, entry in zip(notes, listed, strict=True):
        assert note.span is not None
        quote = clean_line(note.span.of(sample.document.text))
        assert entry.xpath("string(.//q)") == quote
        (way,) = entry.xpath(".//a/@href")
        (anchor,) = page.xpath(f"//*[@id='{way[1:]}']")
        assert anchor.xpath("ancestor::div[@class='text']")
    (back,) = page.xpath("//a[@class='way']/@href")
    assert back == f"#{listed[0].get('id')}"
    marked = "".join(page.xpath("//*[@class='noted']//text()"))
    for note in notes:
        assert note.span is not None
        for word in note.span.of(sample.document.text).split():
            assert word in marked


def test_notes_change_no_word_of_the_text(sample: PolicyReport):
    def words(annotations: tuple[Annotation, ...]) -> str:
        page = lxml.html.document_fromstring(report_html(sample, annotations).decode("utf-8"))
        for way in page.find_class("way"):
            way.drop_tree()
        return " ".join(page.find_class("text")[0].text_content().split())

    assert words(noted(sample, "One", "", "Three")) == words(())


def test_notes_stand_in_markdown_behind_the_findings(sample: PolicyReport):
    text = report_markdown(sample, noted(sample, "Ask *them* why.\n# Now", "")).decode()
    _, _, notes = text.partition("## Your notes")
    assert r"Ask \*them\* why." in notes
    assert r"\# Now" in notes
    assert notes.count("> “") == 2


@pytest.mark.parametrize("export", [report_html, report_markdown])
def test_a_note_whose_words_are_gone_is_exported(
    sample: PolicyReport, export: Callable[[PolicyReport, tuple[Annotation, ...]], bytes]
):
    text = export(sample, (Annotation(1, None, "", "What did this say?"),)).decode()
    assert "What did this say?" in text
    assert "These words are no longer in the text." in text


def test_notes_are_inert_in_the_page(sample: PolicyReport):
    attack = "<script>x()</script><img src=x onerror=y()>"
    page = report_html(sample, noted(sample, attack)).decode("utf-8")
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("export", [report_html, report_markdown])
def test_without_notes_no_export_speaks_of_them(
    sample: PolicyReport, export: Callable[[PolicyReport], bytes]
):
    assert "Your note" not in export(sample).decode()


def test_a_quote_says_where_words_lie_between_it_and_its_lead_in():
    text = "# Privacy policy\n\nWe collect:\n\n- your postal address\n- your fingerprints\n"
    report = analyze(text.encode(), "policy.md")
    quotes = [quote.words for found in findings_of(report) for quote in found.quotes]
    assert "We collect: your postal address" in quotes
    assert "We collect: […] your fingerprints" in quotes
