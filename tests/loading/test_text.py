"""Plain text: paragraphs, items and addresses come out as their author meant them."""

from __future__ import annotations

from reader.loading import load
from reader.model import BlockKind

PARAGRAPH = BlockKind.PARAGRAPH
ITEM = BlockKind.LIST_ITEM


def blocks(text: str) -> list[tuple[BlockKind, int, str]]:
    loaded = load(text.encode(), "policy.txt")
    return [(block.kind, block.level, block.span.of(loaded.text)) for block in loaded.blocks]


def lines(text: str) -> list[str]:
    return load(text.encode(), "policy.txt").text.split("\n")


def test_a_blank_line_and_a_line_break_both_end_a_paragraph() -> None:
    assert lines("We ask for a name.\n\nWe ask for a street.\nWe ask for no age.") == [
        "We ask for a name.",
        "We ask for a street.",
        "We ask for no age.",
    ]


def test_lines_wrapped_at_a_width_are_one_paragraph_again() -> None:
    wrapped = (
        "When you order a lamp from our shop we write down your name, your\n"
        "street and the number of your door, because the carrier cannot find\n"
        "you without them. The carrier forgets all of it after two weeks, and\n"
        "so do we.\n"
        "\n"
        "Payments go through the bank that you choose. We never see the card\n"
        "itself, only whether the bank has said yes or no to the sum that was\n"
        "asked for.\n"
    )
    first, second = lines(wrapped)
    assert first.endswith(
        "your street and the number of your door, because the carrier cannot find "
        "you without them. The carrier forgets all of it after two weeks, and so do we."
    )
    assert second.startswith("Payments go through")


def test_a_hyphen_at_the_edge_of_a_wrapped_line_stays_without_a_space() -> None:
    wrapped = (
        "We give your street to the carrier and to no other company or third-\n"
        "party shop, and the carrier may keep it for as long as the law wants\n"
        "it to, which is ten years in the country where our office has a door\n"
        "with our name on it.\n"
    )
    assert "other company or third-party shop" in lines(wrapped)[0]


def test_the_lines_of_an_address_stay_apart_in_a_wrapped_text() -> None:
    wrapped = (
        "You can write to us whenever you like and about whatever you like, as\n"
        "long as it is about our lamps or about what we know of you. Letters go\n"
        "to the following place:\n"
        "\n"
        "Lantern House\n"
        "12 Quay Lane\n"
        "Harbourtown\n"
    )
    assert lines(wrapped)[1:] == ["Lantern House", "12 Quay Lane", "Harbourtown"]


def test_bullets_of_every_kind_make_items_and_leave_the_text() -> None:
    for bullet in "•·▪◦‣●○■–—*-+➢►✓§":
        assert blocks(f"We keep:\n\n{bullet} your name\n{bullet} your street") == [
            (PARAGRAPH, 0, "We keep:"),
            (ITEM, 1, "your name"),
            (ITEM, 1, "your street"),
        ], bullet


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_line() -> None:
    assert blocks("We keep:\n•\n  your name\n•\n  your street")[1:] == [
        (ITEM, 1, "your name"),
        (ITEM, 1, "your street"),
    ]


def test_two_bullets_in_a_row_are_one() -> None:
    assert blocks("We keep:\n- · your name")[1] == (ITEM, 1, "your name")


def test_the_number_of_a_clause_stays_and_indents_tell_its_depth() -> None:
    assert blocks(
        "1. Names are kept.\n   (a) First names are.\n   (b) Last names are.\n2. Ages are not."
    ) == [
        (ITEM, 1, "1. Names are kept."),
        (ITEM, 2, "(a) First names are."),
        (ITEM, 2, "(b) Last names are."),
        (ITEM, 1, "2. Ages are not."),
    ]


def test_a_minus_a_phone_number_and_a_section_sign_are_no_bullets() -> None:
    for line in ("+1 555 0100 is our phone", "§ 25 of the act applies", "-5 degrees is cold"):
        assert blocks(line)[0] == (PARAGRAPH, 0, line)


def test_drawn_lines_are_no_text() -> None:
    assert lines("Privacy\n=======\n\n-----\nWe keep a name.\n* * *")[-1] == "We keep a name."
    assert lines("One.\n\n-----\n\nTwo.\n_____") == ["One.", "Two."]


def test_a_text_file_in_markdown_is_read_as_markdown() -> None:
    loaded = load(b"# Privacy\n\nWe keep **a name**.\n", "policy.txt")
    assert loaded.text == "Privacy\nWe keep a name."
    assert loaded.source.media_type == "text/markdown"
    assert load(b"We are #1 in lamps.\n\n#sold\n", "a.txt").source.media_type == "text/plain"


def test_a_table_drawn_with_strokes_has_rows_and_cells() -> None:
    simple = "  What     Why\n  -------- ----------\n  Name     to write\n  Street   to deliver\n"
    assert blocks(f"We say why.\n\n{simple}\nNo more.") == [
        (BlockKind.PARAGRAPH, 0, "We say why."),
        (BlockKind.TABLE_ROW, 0, "What | Why"),
        (BlockKind.TABLE_ROW, 0, "Name | to write"),
        (BlockKind.TABLE_ROW, 0, "Street | to deliver"),
        (BlockKind.PARAGRAPH, 0, "No more."),
    ]
    framed = (
        "----------------\nWhat     Why we\n         ask\n-------- -------\nName     to\n"
        "         write\n\nStreet   to call\n----------------\n"
    )
    assert lines(framed) == ["What | Why we ask", "Name | to write", "Street | to call"]


HEADING = BlockKind.HEADING
PROSE = "When you order a lamp from our shop we write down your name and the number of your door."


def test_a_line_with_strokes_below_it_is_a_heading_of_the_level_of_its_sign() -> None:
    text = (
        f"Privacy\n~~~~~~~\n\n{PROSE}\n\nWhat we keep\n------------\n{PROSE}\n\n"
        f"Your name\n.........\n\n{PROSE}\n\nSharing\n-------\n\n{PROSE}\n"
    )
    assert [block for block in blocks(text) if block[0] is HEADING] == [
        (HEADING, 1, "Privacy"),
        (HEADING, 2, "What we keep"),
        (HEADING, 2, "Sharing"),
    ]


def test_strokes_on_both_sides_make_a_heading_and_are_no_text() -> None:
    for line in ("----- Sharing -----", "*** Sharing ***", "== Sharing ==="):
        assert blocks(f"{PROSE}\n\n{line}\n\n{PROSE}\n")[1] == (HEADING, 1, "Sharing")


def test_a_drawn_line_of_another_length_or_below_a_sentence_makes_no_heading() -> None:
    for text in (
        f"{PROSE}\n-----\n{PROSE}",
        "We keep it.\n-----------\nWe do.",
        "Lamp\n\n----\n\nOil",
    ):
        assert HEADING not in {kind for kind, _, _ in blocks(text)}


def test_marks_of_headings_whose_space_was_forgotten_are_read() -> None:
    text = f"#Privacy\n\n{PROSE}\n\n##Sharing\n\n{PROSE}\n\n##Your choices\n\n{PROSE}\n"
    assert [words for kind, _, words in blocks(text) if kind is HEADING] == [
        "Privacy",
        "Sharing",
        "Your choices",
    ]
    assert HEADING not in {kind for kind, _, _ in blocks(f"Lamps\n#1 of all\n##2\n{PROSE}")}
