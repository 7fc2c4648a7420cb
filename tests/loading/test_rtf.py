"""RTF documents: what their reader sees, in the form that Markdown gives."""

from __future__ import annotations

import pytest

from reader.errors import NoTextError, TooComplexError
from reader.loading import load
from reader.model import BlockKind, LoadedText

FONTS = (
    r"{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset204 Arial;}{\f2\fcharset128 Mincho;}"
    r"{\f3\fcharset2 Symbol;}}"
)
STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0\b\fs32 heading 1;}{\s2 heading 2;}"
    r"{\s5 Title;}{\*\cs10\b Strong;}}"
)


def read(body: str, name: str = "policy.rtf") -> LoadedText:
    return load(rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{STYLES}{body}}}".encode("latin-1"), name)


def lines(loaded: LoadedText) -> list[str]:
    return loaded.text.split("\n")


def test_headings_are_known_by_their_outline_level_their_style_or_its_name() -> None:
    loaded = read(
        r"\pard\s1\b Our lamps\par\pard\s2 Names\par\pard\outlinelevel2 First names\par"
        r"\pard\plain We keep names.\par"
    )

    assert [(b.level, b.explicit) for b in loaded.blocks] == [
        (1, True),
        (2, True),
        (3, True),
        (0, False),
    ]
    assert loaded.title == "Our lamps"


def test_a_title_stands_above_the_headings() -> None:
    loaded = read(r"\pard\s5 Privacy\par\pard\s1 Names\par\pard\plain We keep names.\par")

    assert [block.level for block in loaded.blocks] == [1, 2, 0]


def test_where_nothing_is_marked_large_letters_make_headings() -> None:
    prose = r"\fs24\pard We keep names and streets.\par" * 6

    loaded = read(rf"\pard\fs36 Our lamps\par{prose}")

    assert (loaded.blocks[0].kind, loaded.blocks[0].size) == (BlockKind.HEADING, 1.5)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9", "café"),
        (r"\u8220?hi\u8221?", "“hi”"),
        (r"\uc0\u8220hi", "“hi"),
        (r"\uc2\u233\'c3\'a9!", "é!"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\f1\'cf\'f0\'e8", "При"),
        (r"{\f2\'83\'89\'83\'93\'83v}", "ランプ"),
        (r"a\emdash b\~c\_d\-e", "a—b c-de"),
        (r"\ldblquote a\rdblquote", "“a”"),
        ("We\r\nkeep", "Wekeep"),
        (r"{\upr{Lampe ?}{\*\ud{Lampe \u233?}}}", "Lampe é"),
        (r"a\{b\}\\c", "a{b}\\c"),
    ],
)
def test_letters_are_those_that_were_typed(body: str, text: str) -> None:
    assert read(body).text == text


def test_lists_keep_their_numbers_and_lose_their_bullets() -> None:
    loaded = read(
        r"\pard{\listtext 1.\tab}\ls1\ilvl0 names\par\pard{\listtext (a)\tab}\ls1\ilvl1 first\par"
        r"\pard{\listtext\f3\'b7\tab}\ls2\ilvl0 lamps\par{\pntext\'b7\tab}throws\par"
        r"\pard\li360 \bullet\tab shades\par\pard\li720 \bullet\tab silk\par\pard Text.\par"
    )

    assert lines(loaded) == ["1. names", "(a) first", "lamps", "throws", "shades", "silk", "Text."]
    assert [block.level for block in loaded.blocks] == [1, 2, 1, 1, 1, 2, 0]


def test_tables_give_each_row_a_line() -> None:
    loaded = read(
        r"\pard Before.\par\trowd\cellx1\cellx2\pard\intbl What\cell Why\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl Names\par of all\cell\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl Streets\cell Post\cell\row\pard After.\par"
    )

    assert lines(loaded) == ["Before.", "What | Why", "Names of all", "Streets | Post", "After."]
    assert loaded.blocks[1].kind is BlockKind.TABLE_ROW


def test_links_are_links_and_page_numbers_are_no_text() -> None:
    loaded = read(
        r'See {\field{\*\fldinst{HYPERLINK "https://lamps.example/"}}{\fldrslt{\ul our }{page}}}.'
        r"{\field{\*\fldinst PAGE}{\fldrslt 12}}"
    )

    assert loaded.text == "See our page."
    assert [(link.span.of(loaded.text), link.target) for link in loaded.links] == [
        ("our page", "https://lamps.example/")
    ]


def test_bold_is_the_share_of_bold_letters() -> None:
    assert read(r"{\b Bold}plain\b0{\b1 Bold}").blocks[0].bold == pytest.approx(8 / 13)


def test_what_is_no_text_is_passed_over() -> None:
    loaded = read(
        r"We {\pict\pngblip 89504e47}{\*\generator Lamp 1;}"
        r"{\object{\*\objdata 0105}{\result keep }}"
        r"{\*\bkmkstart a}{\info{\title Lamps}}{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}"
        r"{\shptxt In a box.\par}}{\shprslt old}}names."
    )

    assert lines(loaded) == ["We keep names.", "In a box."]
    assert loaded.title == "Lamps"


def test_binary_content_is_passed_over_however_long_it_claims_to_be() -> None:
    assert read(r"We keep{\pict\bin4 }}{{} names.").text == "We keep names."
    assert read(r"We keep names.\par{\pict\bin2000000000 abc").text == "We keep names."


def test_hidden_deleted_and_commented_words_are_left_out_with_a_notice() -> None:
    loaded = read(
        r"We keep names.{\v We sell all.}{\deleted Gone.}{\revised\revauth1  Really.}"
        r"{\*\annotation Do we?}{\header Draft}"
    )

    assert loaded.text == "We keep names. Really."
    kinds = [notice.kind for notice in loaded.notices]
    assert sorted(kinds) == ["hidden-text", "left-out", "left-out", "tracked-changes"]


def test_footnotes_stand_at_the_end() -> None:
    loaded = read(r"In Ireland{\super\chftn{\footnote\pard\chftn Since 2024.}}.\par We keep names.")

    assert lines(loaded) == ["In Ireland.", "We keep names.", "[1] Since 2024."]


def test_a_document_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    loaded = load(rb"{\rtf1\ansi We keep names.\par {\b We sell", "policy.rtf")

    assert lines(loaded) == ["We keep names.", "We sell"]
    assert "truncated" in {notice.kind for notice in loaded.notices}


def test_what_stands_behind_the_document_is_no_part_of_it() -> None:
    assert load(rb"{\rtf1 We keep names.}We sell.", "a.rtf").text == "We keep names."


def test_groups_nested_beyond_the_limit_are_too_complex() -> None:
    with pytest.raises(TooComplexError):
        read("{" * 5000 + "deep" + "}" * 5000)


def test_a_document_of_this_kind_is_known_whatever_its_name() -> None:
    assert read("We keep names.", "policy.docx").source.media_type == "application/rtf"


def test_a_document_without_words_has_no_text() -> None:
    with pytest.raises(NoTextError):
        read(r"\pard\par")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_document_in_wide_letters_is_read_and_its_source_not_shown(encoding: str) -> None:
    source = "{\\rtf1\\ansi We keep your name for a year.\\par And your street.}"
    assert (
        load(source.encode(encoding), "x.rtf").text
        == "We keep your name for a year.\nAnd your street."
    )
