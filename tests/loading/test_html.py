"""Web pages: the text holds what a reader of the page sees, in the form that Markdown has too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from reader.errors import NoTextError, ReaderError, TooComplexError, TooLargeError
from reader.loading import load
from reader.loading.drafts import Run
from reader.loading.html import drafts_of
from reader.loading.limits import MAX_BLOCKS
from reader.model import BlockKind, LoadedText

HEADING = BlockKind.HEADING
PARAGRAPH = BlockKind.PARAGRAPH
ITEM = BlockKind.LIST_ITEM
ROW = BlockKind.TABLE_ROW

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "lantern-and-loom.md"
TAGS = (
    "<p> </p> <h2> </h2> <ul> <ol> <li> </ul> <table> <tr> <td> <th> </table> <b> </b> <br> <nav> "
    "</nav> <main> <pre> </pre> </a> </div> <!-- --> <script> </script> <title> </title> <form> "
    "<textarea> <label> <q> <details> <summary> <svg> <![CDATA[ ]]> <?xml ?> <!DOCTYPE [ ]>"
).split()
MORE_TAGS = (
    "<iframe src=a.html>",
    "<iframe srcdoc='&lt;p&gt;Lamps'>",
    "<template shadowrootmode=open>",
    "<noscript>",
    "<div hidden>",
    "<a href='#x'>",
    "<a href=http://b.example>",
    "<p style=display:none>",
)
WORDS = ("&amp;", "&#0;", "&#xd800;", "<", ">", "lamp", "We keep your name.", "Lamps:", "2.", "•")
ODDITIES = ("|", "é", "灯", "\u202e", "\x00", "\x1b[1m", "\n", "\xa0")
PIECES = st.sampled_from((*TAGS, *MORE_TAGS, *WORDS, *ODDITIES))


def read(body: str, head: str = "") -> LoadedText:
    return load(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a")


def blocks(body: str) -> list[tuple[BlockKind, int, str]]:
    loaded = read(body)
    return [(block.kind, block.level, block.span.of(loaded.text)) for block in loaded.blocks]


def links(body: str) -> list[tuple[str, str]]:
    loaded = read(body)
    return [(link.span.of(loaded.text), link.target) for link in loaded.links]


def kinds(loaded: LoadedText) -> list[str]:
    return [notice.kind for notice in loaded.notices]


def test_a_policy_reads_the_same_as_a_web_page_and_as_markdown() -> None:
    source = SAMPLE.read_text("utf-8")
    html = MarkdownIt("commonmark").enable("table").render(source)
    page = read(f"<div><a href=/>Shop</a></div><div>{html}</div><footer>© 2026 Us</footer>")
    text = load(source.encode(), "policy.md")
    assert (page.text, page.blocks, page.links) == (text.text, text.blocks, text.links)


@pytest.mark.parametrize(
    ("body", "level", "text"),
    [
        ("<h3>4. Lamps</h3>", 3, "4. Lamps"),
        ("<h2><b>Lamps</b><br>and <i>shades</i></h2>", 2, "Lamps and shades"),
        ("<h2><div>Lamps</div><div>and shades</div></h2>", 2, "Lamps and shades"),
        ("<h2><a href=/lamps>Lamps</a></h2>", 2, "Lamps"),
        ("<h2><button aria-expanded=false>Lamps</button></h2>", 2, "Lamps"),
        ("<h1><img src=l.png alt='Lamps'></h1>", 1, "Lamps"),
        ("<ol start=3><li><h2>Lamps</h2></ol>", 2, "3. Lamps"),
        ("<div role=heading aria-level=4>Lamps</div>", 4, "Lamps"),
        ("<div role=heading>Lamps</div>", 2, "Lamps"),
        ("<header><h1>Lamps</h1></header>", 1, "Lamps"),
    ],
)
def test_a_marked_heading_is_one_line_with_its_level(body: str, level: int, text: str) -> None:
    assert blocks(f"{body}<p>We sell lamps and nothing else at all.</p>")[0] == (
        HEADING, level, text,
    )  # fmt: skip


def test_a_heading_that_is_never_closed_does_not_make_headings_of_all_that_follows() -> None:
    page = "<h2>Lamps<div>" + "<p>We keep the name that you gave us.</p>" * 20
    assert {kind for kind, _, _ in blocks(page)[1:]} == {PARAGRAPH}


def test_a_list_in_a_heading_ends_the_heading() -> None:
    assert blocks("<h2>We keep<ul><li>names<li>streets</ul></h2>") == [
        (HEADING, 2, "We keep"), (ITEM, 1, "names"), (ITEM, 1, "streets"),
    ]  # fmt: skip


def test_lists_have_depth_and_ordered_ones_their_numbers() -> None:
    body = (
        "<p>We keep:</p><ul><li>names<ol type=a><li>first<li value=4>last</ol><li>streets</ul>"
        "<ol style='list-style-type: upper-roman' start=3><li>ages</ol><ol reversed><li>sizes</ol>"
        "<ol style='list-style: none'><li>shoes</ol>"
    )
    assert blocks(body) == [
        (PARAGRAPH, 0, "We keep:"),
        (ITEM, 1, "names"),
        (ITEM, 2, "a. first"),
        (ITEM, 2, "d. last"),
        (ITEM, 1, "streets"),
        (ITEM, 1, "III. ages"),
        (ITEM, 1, "sizes"),
        (ITEM, 1, "shoes"),
    ]


def test_only_the_first_paragraph_of_an_item_is_the_item() -> None:
    body = "<ul><li><p>Names</p><p>We keep names for a year.</p><li>Streets</ul>"
    assert [kind for kind, _, _ in blocks(body)] == [ITEM, PARAGRAPH, ITEM]


def test_typed_bullets_and_labels_make_items_and_breaks_make_lines() -> None:
    body = "<p>We keep:<br>- names<br>•&nbsp;streets<br>(a) ages</p><p>Nothing else.</p>"
    assert blocks(body) == [
        (PARAGRAPH, 0, "We keep:"),
        (ITEM, 1, "names"),
        (ITEM, 1, "streets"),
        (ITEM, 1, "(a) ages"),
        (PARAGRAPH, 0, "Nothing else."),
    ]


def test_a_table_of_data_is_rows() -> None:
    body = (
        "<table><caption>What we keep</caption><thead><tr><th>What<th>Why</thead><tr><td>Your "
        "<b>name</b><td>To greet<br>you<ul><li>at the door<li>by mail</ul><tr><td>"
        "<td>Because</table>"
    )
    assert blocks(body) == [
        (PARAGRAPH, 0, "What we keep"),
        (ROW, 0, "What | Why"),
        (ROW, 0, "Your name | To greet you at the door by mail"),
        (ROW, 0, "Because"),
    ]


def test_words_between_the_rows_and_cells_of_a_table_are_kept() -> None:
    body = "<table>One<tr>two<td>three<td>four</td>five<tr><td>six<td>seven</table>"
    assert sorted(read(body).text.replace("|", " ").split()) == sorted(
        "One two three four five six seven".split()
    )


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><h2>Lamps</h2><p>We sell lamps.</p><td><p>We sell shades.</p></table>",
        "<table><tr><td><table><tr><td><h2>Lamps</h2>We sell lamps.</table>We sell shades.</table>",
        "<table role=presentation><tr><td><h2>Lamps</h2><td>We sell lamps.<tr><td>We sell shades."
        "<td></table>",
    ],
)
def test_a_table_that_arranges_the_page_is_no_table(table: str) -> None:
    assert blocks(table) == [
        (HEADING, 2, "Lamps"), (PARAGRAPH, 0, "We sell lamps."), (PARAGRAPH, 0, "We sell shades."),
    ]  # fmt: skip


def test_a_list_that_is_drawn_as_a_table_is_a_list() -> None:
    body = "<table><tr><td>(a)<td>your name<tr><td>•<td>your street</table>"
    assert blocks(body) == [(ITEM, 1, "(a) your name"), (ITEM, 1, "your street")]


def test_terms_and_their_meanings_are_paragraphs_in_turn() -> None:
    body = "<dl><dt>Lamp<dd>What gives light.<dt>Shade<dd>What takes some of it.</dl>"
    assert [words for _, _, words in blocks(body)] == [
        "Lamp", "What gives light.", "Shade", "What takes some of it.",
    ]  # fmt: skip


def test_preformatted_lines_stay_lines() -> None:
    body = "<pre>We keep:\n\n* names\n* streets</pre>"
    assert blocks(body) == [(PARAGRAPH, 0, "We keep:"), (ITEM, 1, "names"), (ITEM, 1, "streets")]
    body = "<div style='white-space: pre-wrap'>Lamps\nWe keep <b>names\nand</b> streets.</div>"
    assert [words for _, _, words in blocks(body)] == ["Lamps", "We keep names", "and streets."]


def test_underlined_words_count_as_bold_unless_they_lead_elsewhere() -> None:
    loaded = read(
        "<p><u>Lamps</u></p><p><span style='text-decoration: underline'>Oil</span> burns</p>"
        "<p><a href='https://lamps.example' style='text-decoration:underline'><u>Shades</u></a></p>"
    )
    assert [block.bold for block in loaded.blocks] == [1, 3 / 8, 0]


def test_bold_and_its_contrary_are_seen() -> None:
    loaded = read(
        "<p><b>Lamps</b></p><p><span style='font-weight: 700'>La</span>mp</p>"
        "<b style='font-weight:normal'><p>Lamps</p></b><p><strong>A</strong> <a href=#b>b</a></p>"
    )
    assert [block.bold for block in loaded.blocks] == [1, 2 / 4, 0, 1 / 2]
    assert [block.link_ratio for block in loaded.blocks] == [0, 0, 0, 1 / 2]


def test_only_whole_addresses_become_links() -> None:
    body = (
        "<p>See <a href='https://lamps.example/a'>all of our lamps</a>, <a href=/b>shades</a>, "
        "<a href='#c'>below</a>, <a href='//d.example'>elsewhere</a>, or <a "
        "href='MAILTO:post@lamps.example'>write</a>. <a name=e>Do</a> not <a "
        "href='javascript:alert(1)'>press</a> <a href='file:///etc/passwd'>this</a>.</p>"
    )
    assert links(body) == [
        ("all of our lamps", "https://lamps.example/a"),
        ("write", "MAILTO:post@lamps.example"),
    ]


def test_an_address_that_is_hidden_from_robots_is_shown_to_readers() -> None:
    key = 0x2A
    masked = bytes([key, *(letter ^ key for letter in b"post@lamps.example")]).hex()
    body = f"<p>Write to <a href='/x' data-cfemail='{masked}'>[email&nbsp;protected]</a>.</p>"
    assert blocks(body) == [(PARAGRAPH, 0, "Write to post@lamps.example.")]


def test_characters_by_name_and_number_are_read() -> None:
    body = (
        "<p>Lamps &amp; shades&nbsp;&copy; caf&eacute; &#8220;lit&#x201d; &#146; &bogus; 1 < 2</p>"
    )
    assert read(body).text == "Lamps & shades © café “lit” ’ &bogus; 1 < 2"


def test_what_is_not_shown_is_no_text() -> None:
    body = (
        "<p>We keep names.</p><script>alert('secret')</script><style>p{secret}</style>"
        "<template><p>secret</p></template><!-- secret --><svg><text>secret</text></svg>"
        "<noscript>secret</noscript><iframe src=x.html>secret</iframe><object>secret</object>"
        "<select><option>secret</select><button>secret</button><textarea>secret</textarea>"
        "<input value=secret><nav>secret</nav><div aria-hidden=true>secret</div>"
        "<p>And we keep the names of streets.</p>"
    )
    assert read(body).text == "We keep names.\nAnd we keep the names of streets."


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='color:red; Display : NONE'>We never share a thing.</div>",
        "<p hidden>We never share a thing.</p>",
        "<span style='visibility:hidden'>We never share a thing.</span>",
        "<span style='font-size:0'>We never share a thing.</span>",
        "<table><tr><td>Lamp<td>Oil<tr hidden><td>We never share<td>a thing.</table>",
        "<p style='position: absolute; left: -9999px'>We never share a thing.</p>",
    ],
)
def test_what_a_page_hides_is_left_out_and_said_to_be(hidden: str) -> None:
    loaded = read(f"<p>We share your name with all of our partners.</p>{hidden}<p>And more.</p>")
    assert "never" not in loaded.text
    [notice] = loaded.notices
    assert notice.kind == "hidden-text"
    assert "hides 5 words" in notice.text


def test_a_hidden_word_or_two_are_not_worth_a_notice() -> None:
    assert read("<p>We keep the names of our customers.</p><p hidden>Please wait</p>").notices == ()


@pytest.mark.parametrize(
    "part",
    [
        "<details><summary>Sharing</summary><p>We share names.</p></details>",
        "<p>Sharing</p><div hidden=until-found><p>We share names.</p></div>",
        "<h2>Sharing</h2><div style='display:none'><p>We share names.</p></div>",
        "<button aria-controls=b>Sharing</button><i></i><div id=b hidden><p>We share names.</div>",
        "<div onclick='f()'>Sharing</div><div style='display:none'><p>We share names.</div>",
        "<p style='cursor: pointer'>Sharing</p><div style='display:none'>We share names.</div>",
        "<p>Sharing</p><div style='display:none'>We share names.</div><a href='#'><img></a>",
        "<a data-target='#b'>Sharing</a><i></i><div id=b hidden><p>We share names.</div>",
    ],
)
def test_what_opens_on_a_click_is_read(part: str) -> None:
    loaded = read(f"<p>We keep the names of all our customers.</p>{part}<p>Nothing else.</p>")
    assert loaded.text.split("\n")[1:] == ["Sharing", "We share names.", "Nothing else."]
    assert kinds(loaded) == (["closed-parts"] if "display" in part or "hidden>" in part else [])


def test_a_page_that_is_hidden_until_its_scripts_run_is_read() -> None:
    loaded = read("<div style='display:none'><h1>Lamps</h1><p>We keep your name.</p></div><p>Wait")
    assert loaded.text == "Lamps\nWe keep your name.\nWait"
    assert kinds(loaded) == ["hidden-text"]


def test_a_policy_in_the_field_of_a_form_is_read() -> None:
    policy = "We keep your name.\n\n" * 80
    assert read(f"<form><textarea readonly>{policy}</textarea></form>").text.count("name") == 80


SENTENCE = "We keep your name for a year."


@pytest.mark.parametrize(
    "part",
    [
        f"<lamp-part><template shadowrootmode='open'><p>{SENTENCE}</p></template></lamp-part>",
        f"<iframe srcdoc='&lt;p&gt;{SENTENCE}&lt;/p&gt;'></iframe>",
        "<iframe srcdoc='&lt;iframe srcdoc=\"&amp;lt;p&amp;gt;We keep your name for a year."
        "\"&gt;'></iframe>",
    ],
    ids=["shadow tree", "frame", "frame in a frame"],
)
def test_what_a_page_shows_within_itself_is_read(part: str) -> None:
    assert read(f"<h1>Privacy</h1>{part}<p>Thank you.</p>").text == (
        f"Privacy\n{SENTENCE}\nThank you."
    )


def test_what_a_page_keeps_for_its_scripts_is_no_text() -> None:
    assert read(f"<p>We keep it.</p><template><p>{SENTENCE}</p></template>").text == "We keep it."


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ("<iframe src='https://lamps.example/privacy'></iframe>", True),
        ("<object data='policy.pdf' type='application/pdf'></object>", True),
        ("<embed src='policy.pdf'>", True),
        ("<iframe src='https://counts.example/x' width=1 height=1></iframe>", False),
        ("<iframe src='https://counts.example/x' style='display: none'></iframe>", False),
        ("<iframe src='about:blank'></iframe>", False),
    ],
)
def test_a_frame_whose_page_is_not_in_the_file_is_told(frame: str, told: bool) -> None:
    loaded = read(f"<h1>Privacy</h1><p>{SENTENCE}</p>{frame}")
    assert any("in a frame" in notice.text for notice in loaded.notices) == told


def test_a_frame_beside_a_long_text_is_told_where_it_is_called_a_policy() -> None:
    text = f"<h1>Privacy</h1><p>{SENTENCE * 60}</p>"
    for frame, told in (("<iframe src='/privacy-policy'>", True), ("<iframe src='/film'>", False)):
        assert ("left-out" in kinds(read(f"{text}{frame}</iframe>"))) == told


def test_a_page_whose_text_its_scripts_bring_says_so() -> None:
    scripted = "<script>show('We keep your name.')</script>"
    with pytest.raises(NoTextError, match="scripts"):
        read(f"<div id=app></div><noscript>Switch on scripts.</noscript>{scripted}")
    loaded = read(f"<h1>Privacy</h1>{scripted}")
    assert ["scripts load it" in notice.text for notice in loaded.notices] == [True]
    assert kinds(read("<h1>Privacy</h1>")) == []


def test_a_text_for_browsers_without_scripts_is_read_where_it_is_all() -> None:
    text = "We keep your name for a year, and nobody but us gets to see it. " * 6
    assert text.strip() in read(f"<h1>Privacy</h1><noscript><p>{text}</p></noscript>").text


def test_plain_characters_of_xhtml_are_words() -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p><![CDATA[We keep names & <streets>]]> for a year.</p></body></html>"
    )
    assert load(page.encode(), "policy.xhtml").text == "We keep names & <streets> for a year."


def test_a_page_names_itself_by_its_title() -> None:
    head = "<title> Privacy –\n Lantern &amp; Loom </title>"
    assert read("<h1>Privacy</h1><p>Yes.</p>", head).title == "Privacy – Lantern & Loom"
    assert read("<h1>Privacy</h1><p>Yes.</p>", head).text == "Privacy\nYes."
    assert read("<p>We keep your name.</p><svg><title>Icon</title></svg>").title == ""


def test_the_title_heads_a_page_that_has_no_heading_of_its_own() -> None:
    loaded = read("<p>We keep your name for a year.</p>", "<title>Privacy policy</title>")
    assert loaded.text == "Privacy policy\nWe keep your name for a year."
    assert (loaded.blocks[0].kind, loaded.blocks[0].level) == (HEADING, 1)


@pytest.mark.parametrize(
    "name", ["policy.html", "policy.txt", "policy.md", "policy.docx", "policy"]
)
@pytest.mark.parametrize(
    "source",
    [
        "<!doctype html><p>We keep names.</p>",
        "\ufeff<!-- saved from url=(0022)https://lamps.example/ -->\n<html><p>We keep names.",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://'
        'www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">'
        "<body><a id='top'/><p>We keep names.</p></body></html>",
        '<?xml version="1.0"?><?xml-stylesheet href="a.css"?><!-- a --><html><p>We keep names.</p>',
        "<div><p>We</p><p>keep</p></div><div><p>names.</p></div><p></p>",
    ],
)
def test_a_page_is_told_by_its_content(source: str, name: str) -> None:
    loaded = load(source.encode(), name)
    assert " ".join(loaded.text.split()) == "We keep names."
    assert loaded.source.media_type == "text/html"


def test_a_scrap_of_a_page_is_told_by_its_name() -> None:
    assert load(b"We keep <b>names", "policy.html").text == "We keep names"
    assert load(b"We keep names, 1 < 2.", "policy.html").source.media_type == "text/plain"
    assert (
        load(b"# Lamps\n\nWe keep <b>names</b>", "policy.md").source.media_type == "text/markdown"
    )


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>", "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=iso-8859-2>", "iso-8859-2"),
        ("<meta charset=koi8-r>", "utf-8"),
        ("", "utf-16"),
        ("", "utf-16-le"),
    ],
)
def test_letters_are_read_as_the_page_declares_them(head: str, encoding: str) -> None:
    words = "Lampe für Łódź" if encoding == "iso-8859-2" else "“Lampe” für 5 €"
    source = f"<!DOCTYPE html><head>{head}</head><p>{words}".encode(encoding)
    loaded = load(source, "policy.html")
    assert loaded.text == words
    assert loaded.notices == ()


def test_entities_of_a_pages_own_are_neither_looked_up_nor_unfolded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    source = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">'
        '<!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><html><body><p>We keep &c; names &a;.</p></body>'
    )
    loaded = load(source.encode(), "policy.xhtml")
    assert loaded.text == "We keep &c; names &a;."
    assert kinds(loaded) == ["left-out"]


def test_the_tree_of_another_format_gives_its_blocks() -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.fromstring(
        b'<!DOCTYPE html PUBLIC "x" "y.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body><nav>'
        b"<p>Contents</p></nav><h1>Lamps</h1><p>Oil&nbsp;lamps</p></body></html>",
        parser,
    )
    first, second, third = drafts_of(tree)
    assert first.text == "Contents"
    assert (second.kind, second.level, second.runs) == (HEADING, 1, (Run("Lamps"),))
    assert third.text == "Oil\xa0lamps"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 200 + "We keep names.",
        "<ul><li>" * 150 + "We keep names.",
        "<div>" * 100_000,
        "<b>" * 5000 + "We keep names.",
        "<p>names" * (MAX_BLOCKS + 1),
        "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">We keep names.",
    ],
)
def test_a_page_nested_or_cut_up_beyond_measure_is_refused(source: str) -> None:
    with pytest.raises(TooComplexError):
        load(f"<!DOCTYPE html>{source}".encode(), "policy.html")


def test_a_page_with_more_text_than_any_policy_is_refused() -> None:
    with pytest.raises(TooLargeError):
        load(b"<!DOCTYPE html>" + b"<p>We keep all the names of you." * 200_001, "policy.html")


def test_a_page_with_large_pictures_in_it_is_read() -> None:
    picture = b"<img src='data:image/png;base64," + b"iVBORw0KGgo" * 2_000_000 + b"'>"
    assert load(b"<!DOCTYPE html><p>We keep names." + picture, "a").text == "We keep names."


@pytest.mark.parametrize("source", ["", "<p>", "<script>We keep names.</script>", "<img alt=lamp>"])
def test_a_page_without_words_is_no_text(source: str) -> None:
    with pytest.raises(NoTextError):
        load(f"<!DOCTYPE html>{source}".encode(), "policy.html")


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=80).map(" ".join))
def test_tags_in_any_order_are_read_or_refused(source: str) -> None:
    try:
        loaded = load(f"<!DOCTYPE html>{source}".encode(), "policy.html")
    except ReaderError:
        return
    assert loaded.text.split("\n") == [block.span.of(loaded.text) for block in loaded.blocks]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_a_page_of_arbitrary_bytes_is_read_or_refused(data: bytes) -> None:
    try:
        loaded = load(b"<!DOCTYPE html><p>" + data, "policy.html")
    except ReaderError:
        return
    assert loaded.text.split("\n") == [block.span.of(loaded.text) for block in loaded.blocks]


def test_a_line_that_is_mostly_an_address_to_write_to_is_no_menu() -> None:
    policy = "<p>We keep the name and the street of whoever orders a lamp from us.</p>" * 3
    mail = "<p>E-mail: <a href='mailto:lamps@shop.example'>lamps@shop.example</a></p>"
    menu = "<p>More: <a href='/lamps'>Lamps and shades</a></p>"
    assert [words for _, _, words in blocks(policy + mail)][-1] == "E-mail: lamps@shop.example"
    assert "Lamps" not in [words for _, _, words in blocks(policy + menu)][-1]


def test_a_link_of_two_looks_is_one_link() -> None:
    body = "<p><a href='https://l.example/a'>our <b>lamps</b></a> <a href='https://l.example/b'>b</a></p>"
    assert links(body) == [("our lamps", "https://l.example/a"), ("b", "https://l.example/b")]


@pytest.mark.parametrize("between", ["</html>", "</body></html>", "</BODY >\n</HTML>", "</body>"])
def test_what_stands_behind_a_pages_end_is_read_as_browsers_do(between: str) -> None:
    page = (
        "<html><body><h2>Names</h2><p>We keep your name for a year.</p>"
        f"{between}<h2>Sales</h2><p>We sell your name to lamp shops.</p></body></html>"
    )
    assert load(page.encode(), "x.html").text.split("\n") == [
        "Names",
        "We keep your name for a year.",
        "Sales",
        "We sell your name to lamp shops.",
    ]


@pytest.mark.parametrize("words", ["Back to top", "« To the Top of this policy", "↑ TOP"])
def test_a_link_to_the_pages_top_is_no_line_of_the_policy(words: str) -> None:
    page = f"<h2>Names</h2><p>We keep your name.</p><p><a href='/privacy#top'>{words}</a></p>"
    assert load(page.encode(), "x.html").text == "Names\nWe keep your name."
    unlinked = page.replace("<a", "<b").replace("</a", "</b")
    assert load(unlinked.encode(), "x.html").text.endswith(words)
