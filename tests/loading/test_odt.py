"""OpenDocument texts: what their reader sees, in the form that Markdown gives."""

from __future__ import annotations

import io
import zipfile

import pytest

from reader.errors import (
    CorruptInputError,
    EncryptedInputError,
    NoTextError,
    UnsafeInputError,
    UnsupportedInputError,
)
from reader.loading import load
from reader.model import BlockKind, LoadedText
from tests.loading.office_documents import make_odt, make_zip, odt_styles

STYLES = (
    '<style:style style:name="Bold" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Quiet" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="Big" style:family="paragraph">'
    '<style:text-properties fo:font-size="150%"/></style:style>'
    '<text:list-style style:name="N">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("'
    ' style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."'
    ' text:display-levels="3"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"'
    ' text:bullet-char="•"/></text:list-style>'
)
OUTLINE = odt_styles(
    "<office:styles>"
    '<style:style style:name="Heading_20_2" style:family="paragraph"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:default-style style:family="paragraph">'
    '<style:text-properties fo:font-size="12pt"/></style:default-style>'
    "<text:outline-style>"
    '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style></office:styles>"
)


def read(body: str, styles: str = "") -> LoadedText:
    members = {"styles": styles} if styles else {}
    return load(make_odt(body, STYLES, **members), "policy.odt")


def lines(loaded: LoadedText) -> list[str]:
    return loaded.text.split("\n")


def kinds(loaded: LoadedText) -> set[str]:
    return {notice.kind for notice in loaded.notices}


def test_headings_have_their_outline_levels_and_numbers() -> None:
    loaded = read(
        '<text:h text:outline-level="1">What</text:h><text:h text:outline-level="2">Names</text:h>'
        '<text:h text:outline-level="2">Streets</text:h><text:h text:outline-level="1">Why</text:h>'
        '<text:h text:outline-level="2">Tax</text:h>'
        '<text:h text:outline-level="1" text:is-list-header="true">Annex</text:h>',
        OUTLINE,
    )

    assert lines(loaded) == ["1. What", "1.1 Names", "1.2 Streets", "2. Why", "2.1 Tax", "Annex"]
    assert [block.level for block in loaded.blocks] == [1, 2, 2, 1, 2, 1]


def test_paragraphs_in_the_style_of_a_title_or_heading_are_headings() -> None:
    loaded = read(
        '<text:p text:style-name="P2">Privacy</text:p><text:p text:style-name="P1">Names</text:p>'
        "<text:p>We keep names.</text:p>",
        OUTLINE.replace("<text:outline-style>", "<text:outline-style/><!--").replace(
            "</text:outline-style>", "-->"
        ),
    )

    assert [(b.level, b.explicit) for b in loaded.blocks] == [(1, True), (3, True), (0, False)]
    assert loaded.title == "Privacy"


def test_numbers_of_lists_stand_in_the_text_and_bullets_do_not() -> None:
    inner = (
        "<text:list><text:list-item><text:p>first</text:p><text:list><text:list-item>"
        "<text:p>deep</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>last</text:p></text:list-item></text:list>"
    )
    loaded = read(
        '<text:list text:style-name="N"><text:list-item><text:p>Names:</text:p>'
        f"{inner}</text:list-item><text:list-item><text:p>Streets</text:p><text:p>of old</text:p>"
        "</text:list-item></text:list><text:p>Then:</text:p>"
        '<text:list text:style-name="N" text:continue-numbering="true"><text:list-item>'
        "<text:p>Throws</text:p></text:list-item></text:list>"
        '<text:list text:style-name="N"><text:list-item text:start-value="7">'
        "<text:p>Shades</text:p></text:list-item></text:list>"
        '<text:list text:style-name="B"><text:list-item><text:p>Lamps</text:p></text:list-item>'
        "<text:list-header><text:p>no item</text:p></text:list-header></text:list>"
    )

    assert lines(loaded) == [
        "1. Names:",
        "(a) first",
        "1.a.1. deep",
        "(b) last",
        "2. Streets",
        "of old",
        "Then:",
        "3. Throws",
        "7. Shades",
        "Lamps",
        "no item",
    ]
    assert [block.level for block in loaded.blocks] == [1, 2, 3, 2, 1, 0, 0, 1, 1, 1, 0]
    assert loaded.blocks[5].kind is BlockKind.PARAGRAPH


def test_an_item_that_only_holds_a_list_counts_and_shows_no_number() -> None:
    inner = "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list>"
    loaded = read(
        f'<text:list text:style-name="N"><text:list-item>{inner}</text:list-item>'
        "<text:list-item><text:p>outer</text:p></text:list-item></text:list>"
    )

    assert lines(loaded) == ["(a) inner", "2. outer"]


def test_bold_and_size_follow_the_styles() -> None:
    loaded = read(
        '<text:p>We <text:span text:style-name="Bold">sell</text:span> it.</text:p>'
        '<text:p text:style-name="Big">Large words that end in a stop.</text:p>'
        + "<text:p>We keep names and streets.</text:p>"
        * 5,
        OUTLINE,
    )

    assert loaded.blocks[0].bold == pytest.approx(4 / 9)
    assert [block.size for block in loaded.blocks[:2]] == [1.0, 1.5]


def test_spaces_tabs_and_breaks_are_those_of_text() -> None:
    loaded = read(
        '<text:p>We<text:s text:c="2000000000"/>keep<text:tab/>names.'
        "<text:line-break/>All.</text:p>"
    )

    assert lines(loaded) == ["We keep names.", "All."]


def test_links_are_links() -> None:
    loaded = read(
        '<text:p>See <text:a xlink:href="https://lamps.example/">our <text:span>page</text:span>'
        "</text:a>.</text:p>"
    )

    assert [(link.span.of(loaded.text), link.target) for link in loaded.links] == [
        ("our page", "https://lamps.example/")
    ]


def test_a_table_gives_each_row_a_line_however_often_it_is_repeated() -> None:
    def row(*cells: str, more: str = "") -> str:
        inner = "".join(
            f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells
        )
        return f"<table:table-row{more}>{inner}</table:table-row>"

    loaded = read(
        "<table:table><table:table-header-rows>"
        + row("What", "Why")
        + "</table:table-header-rows>"
        + row("Names", "Post", more=' table:number-rows-repeated="1000000000"')
        + "</table:table>"
    )

    assert lines(loaded) == ["What | Why", "Names | Post"]


def test_deleted_and_hidden_words_and_comments_are_left_out_with_a_notice() -> None:
    loaded = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>We sell.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>We keep names.<office:annotation><text:p>Do we?</text:p></office:annotation>"
        '<text:span text:style-name="Quiet"> We sell all.</text:span></text:p>'
        '<text:section text:display="none"><text:p>Secret.</text:p></text:section>'
        "<text:section><text:p>Open.</text:p></text:section>"
    )

    assert lines(loaded) == ["We keep names.", "Open."]
    assert kinds(loaded) == {"tracked-changes", "hidden-text", "left-out"}


def test_a_hidden_paragraph_is_left_out_and_an_outside_part_is_told() -> None:
    loaded = read(
        "<text:p>We keep names.</text:p>"
        '<text:p>We sell all.<text:hidden-paragraph text:is-hidden="true"/></text:p>'
        '<text:p>We ask.<text:hidden-paragraph text:is-hidden="false"/></text:p>'
        '<text:section><text:section-source xlink:href="file:///etc/hostname"/></text:section>'
    )

    assert lines(loaded) == ["We keep names.", "We ask."]
    assert kinds(loaded) == {"hidden-text", "missing-parts"}


def test_notes_and_boxes_stand_apart_from_the_paragraph_that_holds_them() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Since 2024.</text:p></text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    loaded = read(f"<text:p>In Ireland{note}{box}.</text:p><text:p>We keep names.</text:p>")

    assert lines(loaded) == ["In Ireland.", "In a box.", "We keep names.", "[1] Since 2024."]


def test_words_in_a_drawn_shape_stand_apart_too() -> None:
    shape = "<draw:g><draw:custom-shape><text:p>In a star.</text:p></draw:custom-shape></draw:g>"

    assert lines(read(f"<text:p>We keep {shape}names.</text:p>")) == [
        "We keep names.",
        "In a star.",
    ]


def test_page_numbers_of_a_table_of_contents_are_no_text() -> None:
    entry = "<text:p>Names<text:tab/>12</text:p><text:p>Form<text:tab/>1040 a</text:p>"
    loaded = read(
        f"<text:table-of-content><text:index-body>{entry}</text:index-body></text:table-of-content>"
        "<text:p>Names<text:tab/>12</text:p>"
    )

    assert lines(loaded) == ["Names", "Form 1040 a", "Names 12"]


def test_a_flat_document_is_known_by_its_content() -> None:
    data = zipfile.ZipFile(io.BytesIO(make_odt("<text:p>We keep names.</text:p>"))).read(
        "content.xml"
    )

    loaded = load(b'<?xml version="1.0"?>\n' + data, "policy.txt")

    assert loaded.text == "We keep names."
    assert loaded.source.media_type == "application/vnd.oasis.opendocument.text-flat-xml"


def test_an_encrypted_document_asks_for_its_password() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": b"\x8f\x01garbage",
        }
    )

    with pytest.raises(EncryptedInputError):
        load(data, "policy.odt")


def test_a_spreadsheet_is_no_text_document() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    body = "<o:body><o:spreadsheet/></o:body>"
    content = f'<o:document-content xmlns:o="{office}">{body}</o:document-content>'
    mime = "application/vnd.oasis.opendocument.spreadsheet"

    with pytest.raises(UnsupportedInputError):
        load(make_zip({"mimetype": mime, "content.xml": content}), "policy.ods")


@pytest.mark.parametrize("part", ["styles", "meta"])
def test_a_document_type_in_any_part_is_unsafe(part: str) -> None:
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'

    with pytest.raises(UnsafeInputError):
        load(make_odt("<text:p>We keep names.</text:p>", **{part: evil}), "policy.odt")


def test_a_document_without_content_is_corrupt_and_one_without_words_has_no_text() -> None:
    with pytest.raises(CorruptInputError):
        load(make_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), "policy.odt")
    with pytest.raises(NoTextError):
        read("<text:p> </text:p>")


def test_a_page_that_the_document_only_frames_is_told_as_missing():
    loaded = read(
        "<text:p>We keep your name.</text:p><text:p><draw:frame>"
        '<draw:floating-frame xlink:href="http://lamps.example/sales"/></draw:frame></text:p>'
    )
    assert loaded.text == "We keep your name."
    assert kinds(loaded) == {"missing-parts"}
