"""Quotes with their source, and reports of wrong findings that keep the policy to themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.export.citation import citation
from reader.export.finding_report import finding_report
from reader.model import PolicyReport, Span
from tests.make_report import make_report


def paged(report: PolicyReport) -> PolicyReport:
    starts = tuple(block.span.start for block in report.document.blocks[::4])
    return replace(report, document=replace(report.document, pages=starts))


def span_of(report: PolicyReport, words: str) -> Span:
    start = report.document.text.index(words)
    return Span(start, start + len(words))


def test_a_quote_names_policy_section_date_and_file():
    report = make_report()
    assert citation(report, span_of(report, "We do not sell your personal information")) == (
        "“We do not sell your personal information”\n"
        "— Privacy policy of Larch & Lantern 🏮, section “1. Sharing”. "
        "Dated 3 March 2024. File: larch-lantern.md."
    )


def test_a_quote_names_the_page_where_the_file_has_pages():
    report = paged(make_report())
    assert "section “1. Sharing”, page 1." in citation(report, span_of(report, "We do not sell"))
    assert "section “2. Your rights”, page 3." in citation(report, span_of(report, "You can ask"))
    behind_a_break = span_of(report, "sell your personal information")
    pages = (0, behind_a_break.start)
    report = replace(report, document=replace(report.document, pages=pages))
    assert "page 1." in citation(report, span_of(report, "We do not"))
    assert "page 2." in citation(report, behind_a_break)


def test_a_lead_in_stands_before_its_item_and_what_is_left_out_is_marked():
    report = make_report()
    lead_in = span_of(report, "We share your details with:")
    first = citation(report, span_of(report, "advertisers such as Lumen Reach;"), lead_in)
    assert first.startswith("“We share your details with: advertisers such as Lumen Reach;”")
    second = citation(report, span_of(report, "companies that deliver"), lead_in)
    assert second.startswith("“We share your details with: […] companies that deliver”")


def test_words_of_several_paragraphs_keep_their_lines():
    report = make_report()
    start = span_of(report, "This policy took").start
    end = span_of(report, "1. Sharing").end
    quoted = citation(report, Span(start, end)).rpartition("\n")[0]
    assert quoted == "“This policy took effect on 3 March 2024.\n1. Sharing”"


def test_a_heading_of_ours_is_not_quoted_as_the_policys():
    report = make_report()
    sections = tuple(replace(s, heading_is_ours=True) for s in report.document.sections)
    report = replace(report, document=replace(report.document, sections=sections))
    assert "section" not in citation(report, span_of(report, "We do not sell"))


def test_a_report_without_consent_holds_no_words_and_no_name_of_the_policy():
    report = make_report()
    for disclosure in report.disclosures:
        told = finding_report(report, disclosure, with_words=False)
        assert disclosure.type in told
        assert (disclosure.evidence[0].rule or "") in told
        of_policy = set(re.findall(r"[A-Z][a-z]{3,}|\S+@\S+", report.document.text))
        hidden = {"Lumen", "Larch", "Lantern", *of_policy} - {"Sharing", "Privacy", "Write"}
        assert [word for word in hidden if word in told] == []
        assert report.document.source.sha256 not in told
        assert report.document.source.name not in told


def test_a_report_with_consent_holds_the_words_and_their_lead_in():
    report = make_report()
    told = finding_report(report, report.disclosures[0], with_words=True)
    assert "Words: advertisers such as Lumen Reach;" in told
    assert "Lead-in: We share your details with:" in told
    assert "Section: 1. Sharing" in told
