"""Word documents: what their reader sees, in the form that Markdown gives."""

from __future__ import annotations

import time

import pytest

from reader.errors import EncryptedInputError, NoTextError, UnsafeInputError, UnsupportedInputError
from reader.loading import load
from reader.model import BlockKind, LoadedText
from tests.loading.office_documents import WORD, make_docx, make_zip, paragraph, word_part

STYLES = word_part(
    "styles",
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
    '<w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Quiet"><w:name w:val="Quiet"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
    "</w:style>",
)


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/>{more}<w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = word_part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "bullet", "o")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="2">'
    + level(0, "upperRoman", "Article %1")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    + '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)


def item(words: str, list_id: int, ilvl: int, properties: str = "") -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(words, properties + numbering)


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def read(body: str, **relations: str) -> LoadedText:
    parts: dict[str, str | bytes] = {"styles": STYLES, "numbering": NUMBERING}
    return load(make_docx(body, parts, **relations), "policy.docx")


def lines(loaded: LoadedText) -> list[str]:
    return loaded.text.split("\n")


def kinds(loaded: LoadedText) -> set[str]:
    return {notice.kind for notice in loaded.notices}


def test_headings_are_known_by_their_style_its_name_or_its_outline_level() -> None:
    loaded = read(
        paragraph("Our lamps", '<w:pStyle w:val="berschrift1"/>')
        + paragraph("What we keep", '<w:pStyle w:val="Clause"/>')
        + paragraph("Your name", '<w:outlineLvl w:val="2"/>')
        + paragraph("We keep names.")
    )

    assert [(b.kind, b.level, b.explicit) for b in loaded.blocks] == [
        (BlockKind.HEADING, 1, True),
        (BlockKind.HEADING, 2, True),
        (BlockKind.HEADING, 3, True),
        (BlockKind.PARAGRAPH, 0, False),
    ]
    assert loaded.title == "Our lamps"
    assert loaded.blocks[0].bold == 0


def test_a_title_stands_above_the_headings() -> None:
    loaded = read(
        paragraph("Privacy", '<w:pStyle w:val="Titel"/>')
        + paragraph("What we keep", '<w:pStyle w:val="berschrift1"/>')
        + paragraph("We keep names.")
    )

    assert [block.level for block in loaded.blocks] == [1, 2, 0]


def test_a_heading_style_with_the_outline_level_of_text_is_no_heading() -> None:
    properties = '<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>'

    assert read(paragraph("Contents", properties)).blocks[0].kind is BlockKind.PARAGRAPH


def test_a_paragraph_of_prose_in_a_heading_style_is_prose() -> None:
    loaded = read(paragraph("We keep your name. " * 30, '<w:pStyle w:val="berschrift1"/>'))

    assert loaded.blocks[0].kind is BlockKind.PARAGRAPH


def test_where_nothing_is_marked_short_lines_in_large_letters_are_headings() -> None:
    prose = paragraph("We keep names. " * 20) * 3
    first = paragraph("Our policy", run="<w:sz w:val='36'/>")
    second = paragraph("More of it", run="<w:sz w:val='28'/>")

    loaded = read(first + prose + second + prose)

    assert [(b.level, b.size, b.explicit) for b in (loaded.blocks[0], loaded.blocks[4])] == [
        (1, 1.64, True),
        (2, 1.27, True),
    ]
    assert {b.kind for b in loaded.blocks[1:4]} == {BlockKind.PARAGRAPH}


def test_a_document_that_is_mostly_large_has_no_headings_of_that_kind() -> None:
    large = paragraph("We keep names", run="<w:sz w:val='36'/>")

    loaded = read(large * 5 + paragraph("We sell none of them to anybody. " * 9) * 5)

    assert {block.kind for block in loaded.blocks} == {BlockKind.PARAGRAPH}


def test_numbers_of_lists_and_headings_stand_in_the_text() -> None:
    loaded = read(
        item("What we keep", 1, 0, '<w:pStyle w:val="berschrift1"/>')
        + item("Names", 1, 1)
        + item("first names", 1, 2)
        + item("family names", 1, 2)
        + item("Streets", 1, 1)
        + item("Why", 1, 0, '<w:pStyle w:val="berschrift1"/>')
        + item("Tax law", 1, 1)
        + item("General", 3, 0)
        + item("anew", 4, 0)
    )

    assert lines(loaded) == [
        "1. What we keep",
        "1.1 Names",
        "(a) first names",
        "(b) family names",
        "1.2 Streets",
        "2. Why",
        "2.1 Tax law",
        "Article I General",
        "1. anew",
    ]
    assert [block.level for block in loaded.blocks][:5] == [1, 1, 2, 2, 1]


def test_bullets_leave_the_text_and_their_depth_remains() -> None:
    loaded = read(item("a lamp", 2, 0) + item("its shade", 2, 1) + paragraph("• a throw"))

    assert lines(loaded) == ["a lamp", "its shade", "a throw"]
    assert [(b.kind, b.level) for b in loaded.blocks] == [
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.LIST_ITEM, 1),
    ]


def test_a_line_break_parts_blocks_and_a_tab_is_a_space() -> None:
    words = "<w:t>We keep</w:t><w:tab/><w:t>names.</w:t><w:br/><w:t>We sell none.</w:t>"
    loaded = read(f"<w:p><w:r>{words}</w:r></w:p>")

    assert lines(loaded) == ["We keep names.", "We sell none."]


def test_the_share_of_bold_follows_runs_and_their_styles() -> None:
    strong = run("Bold", '<w:rStyle w:val="Strong"/>')
    plain, bold = run("rest", "<w:b w:val='0'/>"), run("Bold", "<w:b/>")
    loaded = read(f"<w:p>{strong}{plain}{bold}</w:p>")

    assert loaded.blocks[0].bold == pytest.approx(8 / 12)


def test_a_table_of_data_gives_a_row_a_line() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in cells) + "</w:tr>"

    table = f"<w:tbl>{row('What', 'Why')}{row('Names', '')}{row('Streets', 'Post')}</w:tbl>"
    loaded = read(table + paragraph("We keep names."))

    assert lines(loaded) == ["What | Why", "Names", "Streets | Post", "We keep names."]
    assert loaded.blocks[2].kind is BlockKind.TABLE_ROW


def test_a_table_that_only_arranges_the_page_is_read_as_text() -> None:
    cell = paragraph("Our policy", '<w:pStyle w:val="berschrift1"/>') + paragraph("We keep names.")
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('One')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{cell}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"

    loaded = read(table)

    assert lines(loaded) == ["Our policy", "We keep names.", "One"]
    assert loaded.blocks[0].kind is BlockKind.HEADING


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark('separate')}{run(result)}{mark('end')}"
    )


def test_links_of_both_kinds_are_links_and_no_run_is_a_link_of_its_own() -> None:
    body = (
        f"<w:p>{run('See ')}<w:hyperlink r:id='out'>{run('our ')}{run('terms')}</w:hyperlink>"
        f"{run(' and ')}{field(' HYPERLINK &quot;mailto:hi@lamps.example&quot; ', 'write')}"
        f"{run(' or ')}<w:hyperlink w:anchor='top'>{run('go up')}</w:hyperlink></w:p>"
    )

    loaded = read(body, out="hyperlink https://lamps.example/terms External")

    assert loaded.text == "See our terms and write or go up"
    assert [(link.span.of(loaded.text), link.target) for link in loaded.links] == [
        ("our terms", "https://lamps.example/terms"),
        ("write", "mailto:hi@lamps.example"),
    ]
    assert loaded.blocks[0].link_ratio == pytest.approx(17 / 25)


def test_page_numbers_of_a_table_of_contents_are_no_text() -> None:
    entry = f"{run('What we keep')}<w:r><w:tab/></w:r>{field(' PAGEREF _Toc1 ', '12')}"

    assert read(f"<w:p>{field(' TOC ', '')}{entry}</w:p>").text == "What we keep"


def test_deleted_words_are_gone_and_inserted_ones_stay() -> None:
    loaded = read(
        f"<w:p>{run('We ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:ins>{run('may ')}</w:ins>{run('sell names.')}"
        f"<w:moveFrom>{run('Moved.')}</w:moveFrom></w:p>"
    )

    assert loaded.text == "We may sell names."
    assert "tracked-changes" in kinds(loaded)


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"

    assert read(paragraph("We keep ", mark) + paragraph("names.")).text == "We keep names."


def test_hidden_words_are_left_out_with_a_notice() -> None:
    loaded = read(
        f"<w:p>{run('We keep names.')}{run(' We sell.', '<w:vanish/>')}</w:p>"
        + paragraph("Secret.", '<w:pStyle w:val="Quiet"/>')
    )

    assert loaded.text == "We keep names."
    assert "hidden-text" in kinds(loaded)


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{drawing}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )

    loaded = read(f"<w:p>{run('Before ')}<w:r>{both}</w:r>{run('and after.')}</w:p>")

    assert lines(loaded) == ["Before and after.", "In a box."]


def test_footnotes_stand_at_the_end() -> None:
    notes = word_part(
        "footnotes",
        f'<w:footnote w:id="0">{paragraph("-")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Since 2024.")}</w:footnote>',
    )
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{run('In Ireland')}{reference}{run('.')}</w:p>" + paragraph("We keep names.")

    loaded = load(make_docx(body, {"footnotes": notes}), "policy.docx")

    assert lines(loaded) == ["In Ireland.", "We keep names.", "[1] Since 2024."]
    assert "notes" in kinds(loaded)


def test_comments_headers_macros_and_outside_parts_are_left_out_with_a_notice() -> None:
    body = (
        f"<w:p>{run('We keep names.')}<w:r><w:commentReference w:id='1'/></w:r></w:p><w:altChunk/>"
    )
    header = word_part("hdr", paragraph("Draft of the lamp shop"))
    data = make_docx(
        body,
        {"header1": header},
        macros="vbaProject vbaProject.bin",
        template="attachedTemplate http://127.0.0.1:9/t.dotm External",
    )

    loaded = load(data, "policy.docm")

    assert loaded.text == "We keep names."
    words = " ".join(notice.text for notice in loaded.notices)
    assert all(word in words for word in ("comments", "headers", "macros", "other files"))


@pytest.mark.parametrize(
    "chunk",
    [
        "<html><body><h1>Privacy</h1><p>We <b>keep</b> names.</p></body></html>",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html\n\n<html><body><h1>Privacy</h1><p>We keep names.</p></body></html>"
        "\n--b--\n",
        r"{\rtf1{\pard\outlinelevel0 Privacy\par}\pard We keep names.\par}",
        "Privacy\n\nWe keep names.\n",
    ],
    ids=["page", "saved page", "RTF", "text"],
)
def test_a_part_in_another_format_is_read_where_it_stands(chunk: str) -> None:
    body = f"{paragraph('Before.')}<w:altChunk r:id='c'/>{paragraph('After.')}"
    loaded = load(make_docx(body, {"word/part.bin": chunk}, c="aFChunk part.bin"), "policy.docx")

    assert loaded.text == "Before.\nPrivacy\nWe keep names.\nAfter."
    assert not loaded.notices


def test_the_table_of_a_web_page_in_a_document_stays_a_table() -> None:
    page = "<html><table><tr><th>Data<th>Why<tr><td>Name<td>Delivery</table></html>"
    data = make_docx("<w:altChunk r:id='c'/>", {"word/p.html": page}, c="aFChunk p.html")

    assert load(data, "policy.docx").text == "Data | Why\nName | Delivery"


def test_a_document_in_a_document_is_not_opened_and_is_told() -> None:
    inner = make_docx(paragraph("We sell names."))
    body = f"{paragraph('We keep names.')}<w:altChunk r:id='c'/>"
    loaded = load(make_docx(body, {"word/in.docx": inner}, c="aFChunk in.docx"), "policy.docx")

    assert loaded.text == "We keep names."
    assert ["other files" in notice.text for notice in loaded.notices] == [True]


def test_a_part_in_another_format_is_read_once() -> None:
    body = "<w:altChunk r:id='c'/>" * 3
    data = make_docx(body, {"word/p.html": "<html><p>We keep names.</html>"}, c="aFChunk p.html")

    assert load(data, "policy.docx").text == "We keep names."


def test_diagrams_are_left_out_with_a_notice() -> None:
    data = make_docx(paragraph("We keep names."), drawn="diagramData diagrams/data1.xml")

    assert ["diagrams" in notice.text for notice in load(data, "p.docx").notices] == [True]


def test_words_in_content_controls_and_smart_tags_are_words() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('name')}</w:sdtContent></w:sdt>"
    tag = f"<w:smartTag>{run(' and street')}</w:smartTag>"
    outer = (
        f"<w:sdt><w:sdtContent><w:p>{run('We keep your ')}{inner}{tag}</w:p></w:sdtContent></w:sdt>"
    )

    assert read(outer).text == "We keep your name and street"


def test_the_strict_form_of_the_standard_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = paragraph("Lamps", "<w:outlineLvl w:val='0'/>") + paragraph("We keep names.")
    document = word_part("document", f"<w:body>{body}</w:body>").replace(WORD, strict)

    loaded = load(make_docx("", {"word/document.xml": document}), "policy.docx")

    assert [block.level for block in loaded.blocks] == [1, 0]


def test_a_field_that_never_ends_hides_nothing_behind_its_paragraph() -> None:
    def begun(instruction: str) -> str:
        begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        return f"<w:p>{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r></w:p>"

    separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    broken = begun("IF") + begun("PAGE").replace("</w:p>", f"{separate}</w:p>")

    assert read(broken + paragraph("We keep names.")).text == "We keep names."


def test_entries_of_a_table_of_contents_lose_their_typed_page_numbers() -> None:
    entry = "<w:r><w:t>What we keep</w:t><w:tab/><w:t>3</w:t></w:r>"
    index = "<w:pPr><w:pStyle w:val='Toc1'/></w:pPr>"
    styles = word_part(
        "styles",
        "<w:style w:type='paragraph' w:styleId='Toc1'><w:name w:val='toc 1'/></w:style>",
    )
    body = f"<w:p>{index}{entry}</w:p><w:p>{entry}</w:p>"

    loaded = load(make_docx(body, {"styles": styles}), "policy.docx")

    assert lines(loaded) == ["What we keep", "What we keep 3"]


def test_a_style_that_is_based_on_itself_ends() -> None:
    assert read(paragraph("We keep names.", '<w:pStyle w:val="Loop"/>')).text == "We keep names."


def test_a_document_without_words_has_no_text() -> None:
    with pytest.raises(NoTextError):
        read(paragraph(" "))


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes", "header1"])
def test_a_document_type_in_any_part_is_unsafe(part: str) -> None:
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    note = "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"

    with pytest.raises(UnsafeInputError):
        load(make_docx(paragraph("We keep names.") + note, {part: evil}), "policy.docx")


def test_a_document_with_a_password_asks_for_it() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)

    with pytest.raises(EncryptedInputError):
        load(container + "EncryptedPackage".encode("utf-16-le") + bytes(100), "policy.docx")
    with pytest.raises(UnsupportedInputError):
        load(container, "policy.doc")


@pytest.mark.parametrize(("folder", "word"), [("xl", "spreadsheet"), ("ppt", "slide")])
def test_spreadsheets_and_slides_are_named(folder: str, word: str) -> None:
    with pytest.raises(UnsupportedInputError) as refusal:
        load(make_zip({f"{folder}/main.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "policy.docx")
    assert word in refusal.value.message


@pytest.mark.parametrize(
    ("title", "heading"),
    [("Titel", "Überschrift 2"), ("Titre", "Titre 2"), ("Tytuł", "Nagłówek 2"), ("标题", "标题 2")],
)
def test_styles_are_known_by_their_names_in_other_languages(title: str, heading: str) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in enumerate((title, heading, "Überschrift der Tabelle", "Kopie 2"))
    )
    body = "".join(
        paragraph(words, f'<w:pStyle w:val="{number}"/>')
        for number, words in enumerate(("Privacy", "What we keep", "Names", "Streets"))
    )
    loaded = load(make_docx(body, {"styles": word_part("styles", styles)}), "a.docx")
    assert [(b.level, b.explicit) for b in loaded.blocks] == [
        (1, True),
        (3, True),
        (0, False),
        (0, False),
    ]


def test_large_lines_above_short_paragraphs_are_headings() -> None:
    body = "".join(
        paragraph(words, run="<w:sz w:val='30'/>") + paragraph("We keep names. " * 9) * (1 + i % 2)
        for i, words in enumerate(("Orders", "Letters", "Visits", "Parcels"))
    )
    assert [b.level for b in read(body).blocks if b.explicit] == [1, 1, 1, 1]


def test_the_label_of_a_list_is_not_worked_out_beyond_what_is_shown() -> None:
    pattern = "%1.%2.%3" * 5_000
    numbering = word_part(
        "numbering",
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    begun = time.process_time()
    loaded = load(make_docx(item("Lamp", 1, 0) * 3_000, {"numbering": numbering}), "a.docx")
    assert time.process_time() - begun < 5
    assert len(loaded.text.split("\n")[0]) < 60


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize("look", [WHITE, '<w:sz w:val="2"/>'], ids=["white", "tiny"])
def test_words_that_cannot_be_seen_are_read_and_told(look: str) -> None:
    loaded = read(paragraph("We keep names.") + paragraph("We sell them to anybody.", run=look))

    assert "We sell them" in loaded.text
    assert kinds(loaded) == {"hidden-text"}


@pytest.mark.parametrize(
    "body",
    [
        paragraph("White on dark words", run=WHITE + '<w:shd w:fill="000000"/>'),
        paragraph("White on dark words", '<w:shd w:fill="000000"/>', WHITE),
        f"<w:tbl><w:tr><w:tc>{paragraph('White on dark words', run=WHITE)}</w:tc></w:tr></w:tbl>",
    ],
    ids=["run", "paragraph", "table"],
)
def test_white_words_on_a_ground_of_their_own_are_words_like_others(body: str) -> None:
    assert read(body + paragraph("We keep names.")).notices == ()
