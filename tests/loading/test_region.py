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
