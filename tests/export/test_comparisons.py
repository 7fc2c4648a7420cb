"""A comparison in every form: the same words, inert, and on one page of paper."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from PySide6.QtCore import QSizeF

from reader.analysis import analyze
from reader.compare import Comparison, compare
from reader.export.comparison_html import comparison_html
from reader.export.comparison_text import comparison_card, comparison_markdown
from reader.export.comparison_words import comparison_words
from reader.gui.comparison_printing import comparison_pdf
from reader.gui.comparison_printing import page_of as page_on_paper
from reader.model import PolicyReport
from reader.paths import resource
from reader.summary import clean_line
from tests.conftest import RunsPolicyReader

pytestmark = pytest.mark.usefixtures("qapp")  # PDFs are painted in this process

ATTACK = "<script>x()</script>[a](javascript:b)<img src=//c>|`"
A4 = QSizeF(595, 842)  # points
SECOND = "Wick Works"  # of whom OTHER is
SAMPLE = resource("samples/lantern-and-loom.md").read_text(encoding="utf-8")
OTHER = """# Privacy policy of the Wick Works

We sell your personal data to advertisers. We keep your orders for two years. Disputes about this
policy go to binding arbitration, and you give up the right to go to court. We collect your
fingerprints where you unlock our cellar with them. We may close your account at any time and for
any reason. The Wick Works is not responsible for what visitors of its cellar do there. We record
your calls, and we keep the letters that you send to the Wick Works. Our cellar has many wicks, and
visitors come from all parts of the country to look at them, to buy them and to burn them at home.
"""


def report_on(text: str) -> PolicyReport:
    return analyze(text.encode(), "policy.md")


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    return report_on(SAMPLE)


@pytest.fixture(scope="module")
def edited(sample: PolicyReport) -> Comparison:
    after = SAMPLE.replace("We will never use your photographs", "We will use your photographs")
    return compare(sample, report_on(after))


@pytest.fixture(scope="module")
def of_two_services(sample: PolicyReport) -> Comparison:
    return compare(sample, report_on(OTHER))


def page_of(comparison: Comparison) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(comparison_html(comparison).decode("utf-8"))


def paper_of(comparison: Comparison, size: str = "a4") -> list[str]:
    """Return the words of each page; PDFium has a sign of its own for a hyphen that ends a line."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(comparison_pdf(comparison, size)))
    pages = (pdf[place].get_textpage().get_text_range() for place in range(len(pdf)))
    return [clean_line(page.replace("\ufffe", "-")) for page in pages]


def test_a_quote_says_where_the_policy_has_more_behind_its_lead_in():
    before = "# Our policy\n\nWe share your data with:\n\n- those who bring your lamps;\n"
    after = f"{before}- advertisers, who show you advertisements of their own;\n"
    ((_, (change,)),) = comparison_words(compare(report_on(before), report_on(after))).groups

    assert [quote.words for quote in change.quotes] == [
        "We share your data with: […] advertisers, who show you advertisements of their own;"
    ]


def test_every_form_tells_every_change_and_how_many_there_are(edited: Comparison):
    words = comparison_words(edited)
    (page,) = paper_of(edited)

    for told in (
        clean_line(comparison_card(edited, 1000)),
        clean_line(page_of(edited).text_content()),
        page,
    ):
        assert words.outcome in told
        for _, group in words.groups:
            for each in group:
                assert each.text in told


def test_the_page_marks_the_words_that_came_and_went(edited: Comparison):
    page = page_of(edited)

    assert [clean_line(each.text_content()) for each in page.iter("del")] == ["never"]
    assert [each.text_content() for each in page.iter("ins")] == []


def test_two_services_have_their_topics_before_everything_else(of_two_services: Comparison):
    assert of_two_services.two_services
    told = clean_line(page_of(of_two_services).text_content())
    markdown = comparison_markdown(of_two_services).decode("utf-8")

    assert told.index("Fifteen questions") < told.index(f"Only in {SECOND}")
    assert markdown.index("## Topics") < markdown.index(f"## Only in {SECOND}")
    assert "seem to be policies of two services" in markdown
    verdicts = [
        [cell.get("class") for cell in row.iter("td")]
        for row in page_of(of_two_services).iter("tr")
        if row.find("td") is not None
    ]
    differs = [old != new for old, new in verdicts]
    assert differs == sorted(differs, reverse=True)


def test_two_services_are_called_by_their_names_everywhere(of_two_services: Comparison):
    card = comparison_card(of_two_services, 400)
    markdown = comparison_markdown(of_two_services).decode("utf-8")
    page = clean_line(page_of(of_two_services).text_content())
    paper = words_of_pdf(of_two_services)
    for told in (card, page, paper, markdown.replace("\\", "")):
        assert "Lantern & Loom: " in told
        assert f"{SECOND}: " in told
        assert f"Only in {SECOND}" in told
        for place in ("First:", "Second:", "in the first", "in the second", "the second names"):
            assert place not in told


def test_a_name_of_a_service_is_obeyed_nowhere(of_two_services: Comparison):
    new = of_two_services.new
    document = replace(new.document, title="[a](//b.c) <img src=//c> | `")
    hostile = replace(of_two_services, new=replace(new, document=document))
    told = comparison_markdown(hostile).decode("utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(told)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"link_open", "image", "html_inline", "code_inline"}
    assert not page_of(hostile).xpath("//img")


def test_on_paper_the_topics_of_two_services_stand_first(of_two_services: Comparison):
    told = words_of_pdf(of_two_services)
    assert told.index("Topics that differ") < told.index(f"Only in {SECOND}")


def words_of_pdf(comparison: Comparison) -> str:
    page = pypdfium2.PdfDocument(comparison_pdf(comparison))[0]
    return clean_line(page.get_textpage().get_text_range())


def test_quotes_on_paper_are_as_long_as_the_page_has_room(of_two_services: Comparison):
    words = comparison_words(of_two_services)
    heading, changes = next((h, each) for h, each in words.groups if h.startswith("Only in L"))
    quote = replace(changes[0].quotes[0], words="Words of a sentence without an end " * 40)
    long = tuple(replace(each, quotes=(quote,)) for each in changes[:16])
    page = page_on_paper(replace(words, groups=((heading, long),)), A4)
    assert page.toPlainText().count(" …”") == 16
    room = (A4.height() - 2 * 34) * 10  # within the margins, in tenths of points
    assert 0.8 * room < page.size().height() <= room


def test_the_page_asks_for_nothing_and_obeys_nothing(edited: Comparison):
    new = edited.new
    document = replace(
        new.document,
        title=ATTACK,
        source=replace(new.document.source, name=ATTACK),
        sections=tuple(replace(each, heading=ATTACK) for each in new.document.sections),
    )
    hostile = replace(
        edited,
        new=replace(new, document=document),
        disclosures=tuple(replace(each, text=ATTACK) for each in edited.disclosures),
        cautions=(ATTACK,),
        topics=tuple(replace(each, new_headline=ATTACK) for each in edited.topics),
    )

    page = page_of(hostile)
    rendered = MarkdownIt().enable("table").render(comparison_markdown(hostile).decode("utf-8"))

    assert not list(page.iter("script", "img", "link", "iframe", "a"))
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert "href" not in rendered
    assert ATTACK in clean_line(page.text_content())


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_paper_is_one_page_however_much_changed(sample: PolicyReport, size: str):
    comparison = compare(sample, report_on("# Privacy policy of Lantern & Loom\n\nTo come."))
    many = replace(comparison, disclosures=comparison.disclosures * 9)

    (page,) = paper_of(many, size)

    assert "more" in page
    assert "Made by Policy Reader" in page


@pytest.mark.processes
def test_the_command_writes_the_page_and_the_paper(tmp_path: Path, policy_reader: RunsPolicyReader):
    (tmp_path / "old.md").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "new.md").write_text(OTHER, encoding="utf-8")

    for form, head in (("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF")):
        run = policy_reader("compare", "old.md", "new.md", "--to", form)
        assert (run.code, run.out.strip(), run.err) == (0, f"new-changes.{form}", "")
        assert (tmp_path / f"new-changes.{form}").read_bytes().startswith(head)
