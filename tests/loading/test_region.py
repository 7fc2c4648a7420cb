"""The policy's region of a web page: what is around it goes, what belongs to it stays."""

from __future__ import annotations

import pytest

from reader.loading import load
from reader.model import LoadedText

POLICY = [
    "What we keep",
    "We keep the name and the street that you give us when you order a lamp in our shop.",
    "What we share",
    "We tell the carrier where you live, and we tell nobody else what you have bought from us.",
]
BODY = "<h2>{}</h2><p>{}</p><h2>{}</h2><p>{}</p>".format(*POLICY)
MENU = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in "Lamps Shades Oil About".split())
FOOTER = f"<div id=footer><h4>Company</h4><ul>{MENU}</ul><p>© 2026 Lamp Shop. All rights reserved."
BANNER = (
    "<div class='cookie-banner'><p>We use cookies to make this page work and to count its visitors "
    "on every day of the week.</p><a href=/c>Settings</a></div>"
)


def read(body: str, title: str = "") -> LoadedText:
    return load(f"<!DOCTYPE html><title>{title}</title><body>{body}".encode(), "policy.html")


def lines(body: str, title: str = "") -> list[str]:
    return read(body, title).text.split("\n")


@pytest.mark.parametrize(
    "page",
    [
        f"<ul>{MENU}</ul>{BODY}{FOOTER}",
        f"<div><ul>{MENU}</ul></div><div>{BODY}</div>{FOOTER}",
        f"<nav><p>Everything about lamps and more than that.</p>{MENU}</nav>{BODY}{FOOTER}",
        f"{BANNER}<ul>{MENU}</ul><main>{BODY}</main>{FOOTER}",
        f"<main><div class=content><aside><ul>{MENU}</ul></aside>{BODY}</div></main>{FOOTER}",
        f"<table><tr><td><ul>{MENU}</ul><td>{BODY}</table>{FOOTER}",
        f"<form><div role=navigation>{MENU}</div><div>{BODY}</div>{FOOTER}</form>{BANNER}",
    ],
)
def test_menus_footers_and_banners_are_left_out_and_the_notice_counts_their_words(
    page: str,
) -> None:
    loaded = read(page)
    assert loaded.text.split("\n") == POLICY
    [notice] = loaded.notices
    assert notice.kind == "left-out"
    left_out = len(read_all(page).split()) - len(loaded.text.split())
    assert notice.text.startswith(f"{left_out} words around the policy")


def test_the_date_beside_the_heading_stays_and_the_header_of_the_whole_page_goes() -> None:
    own = "<h1>Privacy policy</h1><p><span>Effective:</span> 2 March 2026</p>"
    parts = f"<ul>{MENU}</ul><div>{BODY}</div>"
    in_matter = lines(f"<main><header>{own}</header>{parts}</main>{FOOTER}")
    assert in_matter == ["Privacy policy", "Effective: 2 March 2026", *POLICY]
    around = lines(f"<header>{own.replace('Effective', 'Shop hours')}</header>{parts}{FOOTER}")
    assert around == ["Privacy policy", *POLICY]


def read_all(page: str) -> str:
    """The words of a page, tags replaced by spaces."""
    return "".join(part.rpartition(">")[2] + " " for part in page.replace("<p>", "<p> ").split("<"))


def test_a_page_that_is_all_policy_is_read_without_a_notice() -> None:
    assert read(BODY).notices == ()


def test_a_scrap_without_prose_is_read_whole() -> None:
    assert lines(f"<ul>{MENU}</ul>") == "Lamps Shades Oil About".split()


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Privacy at the Lamp Shop</h1>",
        "<h1>Privacy at the Lamp Shop</h1><ul class=share-buttons>{menu}</ul>",
        "<header><div class=logo>LS</div><h1>Privacy at the Lamp Shop</h1></header>{menu}",
        "<div class=title>Privacy at the Lamp Shop</div><ul>{menu}</ul>",
    ],
)
def test_the_pages_own_heading_stays_whatever_stands_below_it(top: str) -> None:
    page = f"<ul>{MENU}</ul>{top.format(menu=MENU)}<div>{BODY}</div>{FOOTER}"
    assert lines(page, "Privacy at the Lamp Shop") == ["Privacy at the Lamp Shop", *POLICY]


def test_links_in_the_middle_of_the_policy_stay() -> None:
    partners = "".join(f"<li><a href=https://{n}.example>Partner {n}</a></li>" for n in range(60))
    page = (
        f"<ul>{MENU}</ul><div class=policy><h1>Privacy</h1><p>Our partners are these sixty:</p>"
        f"<ul>{partners}</ul>{BODY}</div>{FOOTER}"
    )
    found = lines(page)
    assert found[:3] == ["Privacy", "Our partners are these sixty:", "Partner 0"]
    assert found[-4:] == POLICY


def test_the_address_at_the_end_stays() -> None:
    page = f"{BODY}<p>Lamp Shop<br>12 Quay Lane<br>Harbour Town</p>{FOOTER}"
    assert lines(page)[-3:] == ["Lamp Shop", "12 Quay Lane", "Harbour Town"]


@pytest.mark.parametrize(
    "name", ["sharing", "social-media", "cookie-notice", "elementor-widget", "comments", "related"]
)
def test_a_section_of_the_policy_stays_whatever_it_is_called(name: str) -> None:
    part = f"<section id={name} class={name}><h2>More</h2><p>{{}}</p></section>"
    words = [f"We share what you write on wall {n} with all the readers of it." for n in range(6)]
    found = lines(f"<ul>{MENU}</ul>{''.join(map(part.format, words))}{FOOTER}")
    assert found[1::2] == words


def test_a_notice_says_where_whole_sentences_were_left_out() -> None:
    history = "We have made lamps since our grandmother brought the first one over the sea. " * 5
    page = f"<ul>{MENU}</ul>{BODY * 6}<div class=footer><ul>{MENU}</ul><p>{history}</p></div>"
    [notice] = read(page).notices
    assert ", 70 of them in whole sentences." in notice.text


@pytest.mark.parametrize(
    "wrapper", ["<footer>", "<aside>", "<nav>", "<div class=sidebar>", "<div class=cookie-notice>"]
)
def test_a_policy_stays_whatever_its_part_of_the_page_is_called(wrapper: str) -> None:
    assert lines(f"<ul>{MENU}</ul>{wrapper}{BODY}") == POLICY


def test_what_stands_beside_the_main_part_is_left_out() -> None:
    news = "<div><p>Our newest lamps have come, and they shine brighter than any before.</p></div>"
    assert lines(f"{news}<main>{BODY}</main>{news}") == POLICY


def test_a_summary_in_a_box_of_the_main_part_stays() -> None:
    summary = "In short, we keep your name and your street, and we sell neither of them."
    page = f"<main><aside><p>{summary}</p></aside><div>{BODY * 3}</div></main>{FOOTER}"
    assert lines(page)[0] == summary


def test_the_line_that_closes_a_page_is_left_out() -> None:
    assert lines(f"{BODY}<p>© 2026 Lamp Shop</p><p>All rights reserved</p>") == POLICY


def test_text_outside_of_what_calls_itself_main_stays_if_most_of_it_is_there() -> None:
    assert lines(f"<main><p>Please read this.</p></main><div>{BODY}</div>")[-4:] == POLICY


def test_a_list_of_contents_between_two_parts_of_the_policy_divides_it_not() -> None:
    contents = "".join(f"<li><a href='#p{n}'>Part {n}</a></li>" for n in range(6))
    page = f"<p>{POLICY[1]}</p><nav><ul>{contents}</ul></nav>{BODY}{FOOTER}"
    assert lines(page) == [POLICY[1], *POLICY]


TEASERS = "".join(
    f"<div><a href=/j/{i}><h4>{name}</h4></a><p>We tried twelve and liked the third best.</p>"
    for i, name in enumerate(("Five lamps for a small desk", "How to clean brass"))
)
ARTICLE = "<h1>Privacy policy</h1>" + "".join(
    BODY.replace("lamp", f"lamp of kind {i}").replace("what you", f"in year {i} what you")
    for i in range(6)
)
"""Long enough that a teaser or two are a small part of it."""


@pytest.mark.parametrize(
    "heading",
    [
        "You may also like",
        "Related articles",
        "Recent posts",
        "2 thoughts on “Privacy policy”",
        "Leave a comment",
        "Was this page helpful?",
    ],
)
def test_a_part_whose_heading_says_that_it_is_other_matter_is_left_out(heading: str) -> None:
    loaded = read(f"<div>{ARTICLE}</div><div class=x7><h3>{heading}</h3>{TEASERS}</div>")
    assert loaded.text == read(f"<div>{ARTICLE}</div>").text
    assert "whole sentences" not in loaded.notices[0].text or heading in loaded.text


def test_a_heading_of_other_matter_among_the_policys_own_lines_takes_nothing_with_it() -> None:
    loaded = read(
        f"<div>{ARTICLE}<h3>Related posts</h3><p>We keep what you post for a year.</p></div>"
    )
    assert loaded.text.endswith("Related posts\nWe keep what you post for a year.")


def test_a_footer_known_only_by_its_last_line_and_its_links_is_left_out() -> None:
    lines_of_it = "<p>We sell lamps by post since 1998.</p><p>© 2026 Lamp Shop</p>"
    links = "<div><a href=/a>Oil</a> <a href=/b>Wicks</a> <a href=/c>Shades</a></div>"
    loaded = read(f"<div>{ARTICLE}</div><div><b>Customer care</b>{links}{lines_of_it}</div>")
    assert loaded.text == read(f"<div>{ARTICLE}</div>").text


def test_a_last_section_with_the_owners_mark_stays() -> None:
    last = "<h2>Contact us</h2><p>Write to us at the shop.</p><p>© 2026 Lamp Shop</p>"
    assert "Write to us at the shop." in read(f"<div>{ARTICLE}</div><div>{last}</div>").text


def test_parts_above_the_policys_own_heading_are_left_out_and_lines_beside_it_stay() -> None:
    columns = "".join(
        f"<div><a href=/c{i}>Lamps {i}</a><p>Lamps that last and can be mended by anyone.</p></div>"
        for i in range(3)
    )
    own = f"<p>This tells you what we know of you and why we do.</p>{ARTICLE}"
    loaded = read(f"<div>{columns}</div><div>{own}</div>")
    assert loaded.text.startswith("This tells you what we know of you and why we do.\nPrivacy")


def test_a_page_that_holds_its_text_twice_is_read_once() -> None:
    twice = (
        f"<h1>Privacy policy</h1><div class=wide>{BODY * 2}</div><div class=narrow>{BODY * 2}</div>"
    )
    different = BODY.replace("We", "They")
    page = twice.replace(BODY * 2, BODY + different + different.replace("a", "e"))
    loaded = read(page)
    assert loaded.text.count(POLICY[1]) == 1
    assert [notice.kind for notice in loaded.notices] == ["read-once"]


def test_a_clause_that_recurs_in_two_sections_is_read_in_both() -> None:
    clause = f"<p>{POLICY[1]}</p><p>{POLICY[3]}</p>"
    rest = "".join(f"<p>Number {i}. {POLICY[3]} And it is so in year {i}.</p>" for i in range(20))
    loaded = read(f"<h1>Privacy</h1>{rest}<h2>Ohio</h2>{clause}<h2>Maine</h2>{clause}")
    assert loaded.text.count(POLICY[1]) == 2
