"""E-books: their chapters in the order of reading."""

from __future__ import annotations

import pytest

from reader.errors import CorruptInputError, EncryptedInputError, UnsafeInputError
from reader.loading import load
from reader.model import BlockKind
from tests.loading.office_documents import make_epub, make_zip

CHAPTERS = {
    "one": "<h1>Our lamps</h1><p>We keep <a href='https://lamps.example/'>names</a>.</p>",
    "two": "<h2>More</h2><ul><li>a lamp</li></ul>",
}


def test_chapters_come_in_the_order_of_reading() -> None:
    data = make_epub(CHAPTERS, '<itemref idref="two"/><itemref idref="one"/>')

    loaded = load(data, "policy.epub")

    assert loaded.text == "More\na lamp\nOur lamps\nWe keep names."
    assert [block.kind for block in loaded.blocks] == [
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]
    assert [link.target for link in loaded.links] == ["https://lamps.example/"]
    assert loaded.title == "A book of lamps"


def test_pages_outside_the_order_of_reading_are_left_out_with_a_notice() -> None:
    data = make_epub(CHAPTERS, '<itemref idref="two" linear="no"/><itemref idref="one"/>')

    loaded = load(data, "policy.epub")

    assert loaded.text == "Our lamps\nWe keep names."
    assert loaded.title == "Our lamps"
    assert [notice.kind for notice in loaded.notices] == ["left-out"]


def test_pages_that_no_order_names_are_told() -> None:
    loaded = load(make_epub(CHAPTERS, '<itemref idref="one"/>'), "policy.epub")

    assert loaded.text == "Our lamps\nWe keep names."
    assert [notice.kind for notice in loaded.notices] == ["left-out"]


@pytest.mark.parametrize(
    "spine", ["<itemref/>", '<itemref idref="one" linear="no"/><itemref idref="two" linear="no"/>']
)
def test_a_book_without_an_order_of_reading_is_read_as_its_pages_are_listed(spine: str) -> None:
    loaded = load(make_epub(CHAPTERS, spine), "policy.epub")

    assert loaded.text == "Our lamps\nWe keep names.\nMore\na lamp"
    assert not loaded.notices


def test_a_chapter_outside_the_book_is_not_followed() -> None:
    with_outside = make_epub(CHAPTERS | {"../../../../etc/hostname": ""})

    assert load(with_outside, "policy.epub").text.startswith("Our lamps")


def test_an_encrypted_chapter_asks_for_a_password_and_an_encrypted_font_does_not() -> None:
    def encryption(path: str) -> str:
        return f'<encryption><CipherReference URI="{path}"/></encryption>'

    with pytest.raises(EncryptedInputError):
        load(make_epub(CHAPTERS, encryption=encryption("OEBPS/text/one.xhtml")), "policy.epub")
    font = make_epub(CHAPTERS, encryption=encryption("OEBPS/fonts/lamp.otf"))
    assert load(font, "policy.epub").text


def test_a_chapter_that_declares_entities_is_unsafe() -> None:
    data = make_epub({"one": "</body></html><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///a'>]>&x;"})

    with pytest.raises(UnsafeInputError):
        load(data, "policy.epub")


def test_a_book_without_a_list_of_its_parts_is_corrupt() -> None:
    with pytest.raises(CorruptInputError):
        load(make_zip({"mimetype": "application/epub+zip"}), "policy.epub")
