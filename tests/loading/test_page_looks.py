"""Web pages of site builders: what only their looks and their openers tell of the outline."""

from __future__ import annotations

import pytest

from reader.loading import load
from reader.loading.css import Styles
from reader.loading.html import tree_of
from reader.model import BlockKind, LoadedText
from reader.sections.headings import find_headings

PROSE = (
    "We keep the name and the street that you give us when you order a lamp in our shop, and we "
    "keep them for a year, in case you come back with a question about it or with the lamp itself."
)
NAMES = ("What we keep", "Who gets to see it", "How long we keep it")


def read(body: str, head: str = "") -> LoadedText:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return load(page.encode(), "page.html")


def headings(loaded: LoadedText) -> list[str]:
    found = find_headings(loaded)
    return [b.span.of(loaded.text) for b in found if b.kind is BlockKind.HEADING]


def kinds(loaded: LoadedText) -> list[str]:
    return [notice.kind for notice in loaded.notices]


def test_a_class_of_the_pages_own_sheet_makes_bold() -> None:
    sheet = "<style>.c2 { font-weight: 700 } p.c3, #x { FONT-WEIGHT: bold !important; }</style>"
    body = f"<p class='c1 c2'>Lamps</p><p class=c3>Oil</p><p id=x>Wicks</p><p class=c1>{PROSE}</p>"
    assert [block.bold for block in read(body, sheet).blocks] == [1.0, 1.0, 1.0, 0.0]


def test_what_an_element_says_of_itself_counts_more_than_the_sheet() -> None:
    sheet = "<style>.off{display:none}.b{font-weight:bold}</style>"
    body = f"<p class=off style='display:block'>Lamps</p><p class=b style='font-weight:400'>{PROSE}"
    loaded = read(body, sheet)
    assert loaded.text.startswith("Lamps\n")
    assert loaded.blocks[1].bold == 0.0


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.n{display:none}}",
        "@media (max-width: 600px){.n{display:none}}",
        ".modal .n{display:none}",
        ".n:hover{display:none}",
        ".n{display:none}.n{display:block}",
        "/* .n{display:none} */",
        ".n{display:none",
        "p{display:block;.n{display:none}}",
    ],
)
def test_a_rule_that_does_not_hold_everywhere_hides_nothing(sheet: str) -> None:
    loaded = read(f"<p>{PROSE}</p><p class=n>We never sell it.</p>", f"<style>{sheet}</style>")
    assert loaded.text.endswith("We never sell it.")


def test_a_few_words_hidden_by_the_sheet_are_left_out_and_told() -> None:
    loaded = read(
        f"<p>{PROSE}</p><p class=n>We never sell what we know of you.</p><p>{PROSE[:95]}</p>",
        "<style>.n{display:none}</style>",
    )
    assert "sell" not in loaded.text
    assert kinds(loaded) == ["hidden-text"]


def test_a_long_part_hidden_by_the_sheet_is_read_and_told() -> None:
    loaded = read(
        f"<p>{PROSE}</p><div class=n>{PROSE} {PROSE}</div>", "<style>.n{display:none}</style>"
    )
    assert loaded.text.count(PROSE) == 3
    assert kinds(loaded) == ["closed-parts"]


def test_a_sheet_of_very_many_rules_takes_no_time() -> None:
    rules = "".join(f".a.b{i},.c{i}{{font-weight:bold}}" for i in range(30_000))
    classes = " ".join(f"c{i}" for i in range(200))
    body = "".join(f"<p class='a {classes} d{i}' id=i{i}>x</p>" for i in range(500))
    styles = Styles(tree_of(f"<html><style>{rules}</style><body>{body}</body></html>"))
    assert styles is not None
    assert len(read(body, f"<style>{rules}</style>").blocks) == 500


@pytest.mark.parametrize(
    ("opener", "panel"),
    [
        ("<button class=accordion>{}</button>", "<div style='display:none'>"),
        ("<button class='faq-item'>{}<span>+</span></button>", "<div class=panel>"),
        ("<div role=button><span>{}</span><span>▾</span></div>", "<div hidden>"),
        ("<a href='#'>{} <i>+</i></a>", "<div style='display:none'>"),
        ("<details><summary>{}</summary>", "<div>"),
    ],
)
def test_what_is_pressed_to_open_a_part_is_its_heading(opener: str, panel: str) -> None:
    parts = "".join(
        f"<div>{opener.format(name)}{panel}<p>{PROSE}</p></div></div>" for name in NAMES
    )
    loaded = read(f"<h1>Privacy policy</h1>{parts}")
    assert headings(loaded) == ["Privacy policy", *NAMES]
    assert loaded.text.count(PROSE) == 3


def test_a_button_that_opens_nothing_of_the_page_is_no_text() -> None:
    loaded = read(f"<h1>Privacy</h1><button>Print this page</button><p>{PROSE}</p>")
    assert loaded.text == f"Privacy\n{PROSE}"


def test_the_words_of_a_tab_head_the_panel_that_it_shows() -> None:
    tabs = "".join(f"<li><a role=tab href='#p{i}'>{name}</a>" for i, name in enumerate(NAMES))
    panels = "".join(
        f"<div role=tabpanel id=p{i} hidden><p>{PROSE}</p></div>" for i in range(len(NAMES))
    )
    loaded = read(f"<h1>Privacy policy</h1><ul role=tablist>{tabs}</ul>{panels}")
    assert loaded.text == "\n".join(
        ["Privacy policy", *(line for name in NAMES for line in (name, PROSE))]
    )
    assert headings(loaded) == ["Privacy policy", *NAMES]


def test_a_panel_that_names_itself_is_named_once() -> None:
    loaded = read(
        f"<h1>Privacy</h1><button role=tab aria-controls=a>What we keep</button>"
        f"<div role=tabpanel id=a><h2>What we keep</h2><p>{PROSE}</p></div>"
    )
    assert loaded.text == f"Privacy\nWhat we keep\n{PROSE}"


def test_links_to_a_place_are_no_words_of_a_heading() -> None:
    marks = ("#", "¶", "🔗", "Permalink", "Link to this heading", "Back to top ↑", "[top]")
    body = "".join(f"<h2>Lamps <a href='#x'>{mark}</a></h2><p>{mark} {PROSE}</p>" for mark in marks)
    assert headings(read(body)) == ["Lamps"] * len(marks)
    assert headings(read(f"<h2><a href='#x'>What we keep</a></h2><p>{PROSE}</p>")) == [NAMES[0]]


@pytest.mark.parametrize(
    "name", ["h2", "heading-2", "heading_2", "headline2", "wp-style Heading2", "MsoTitle"]
)
def test_a_class_that_names_a_level_makes_a_heading(name: str) -> None:
    loaded = read(f"<p class='{name}'>What we keep</p><p>{PROSE}</p>")
    assert loaded.blocks[0].explicit
    assert loaded.blocks[0].level == (1 if name == "MsoTitle" else 2)


@pytest.mark.parametrize(
    "title", ["Privacy policy", "Privacy policy | Lamp shop", "Shop: Privacy policy"]
)
def test_a_line_at_the_top_that_says_the_title_is_the_heading(title: str) -> None:
    loaded = read(f"<div>Privacy policy</div><p>{PROSE}</p>", f"<title>{title}</title>")
    assert headings(loaded) == ["Privacy policy"]
    assert loaded.text.count("Privacy policy") == 1


def test_the_name_of_a_file_is_no_title() -> None:
    loaded = read(f"<p>{PROSE}</p>", "<title>Microsoft Word - policy_v4_final.docx</title>")
    assert loaded.text == PROSE


def test_short_answers_that_the_sheet_hides_alike_are_read_together() -> None:
    answers = ("We keep your name for a year.", "The carrier does, and nobody else does.") * 3
    body = "".join(
        f"<div class=q>Question {i}?</div><div class=ans>{answer}</div>"
        for i, answer in enumerate(answers)
    )
    sheet = "<style>.ans{display:none}.ans.open{display:block}</style>"
    loaded = read(f"<h1>Privacy policy</h1><p>{PROSE}</p>{body}", sheet)
    assert loaded.text.count("carrier") == 3
    assert kinds(loaded) == ["closed-parts"]


def test_a_pointer_by_the_sheet_tells_what_can_be_pressed() -> None:
    sheet = "<style>.a{display:none}.q{cursor:pointer}</style>"
    loaded = read(
        f"<p>{PROSE}</p><div class=q>How long?</div><div class=a>For a year.</div>", sheet
    )
    assert loaded.text.endswith("How long?\nFor a year.")
