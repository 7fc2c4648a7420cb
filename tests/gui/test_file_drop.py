"""What drops and pastes carry, as browsers, file managers and editors really offer it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from reader.gui.file_drop import (
    DroppedFiles,
    DroppedLink,
    DroppedText,
    Refused,
    is_welcome,
    parse_mime,
)
from reader.loading import load


def uri_list(*lines: str) -> QMimeData:
    mime = QMimeData()
    mime.setData("text/uri-list", "\r\n".join([*lines, ""]).encode())
    return mime


def text(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


@pytest.mark.parametrize("name", ["a policy 你好.md", "100% ours.txt", "a#b?c.txt", "über & co.md"])
def test_a_file_of_any_name_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    mime = uri_list(
        QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    )
    assert is_welcome(mime)
    assert parse_mime(mime) == DroppedFiles((str(path),))


def test_a_name_that_is_no_utf8_keeps_its_bytes() -> None:
    dropped = parse_mime(uri_list("file:///tmp/caf%E9.txt"))
    assert isinstance(dropped, DroppedFiles)
    assert os.fsencode(dropped.paths[0]) == b"/tmp/caf\xe9.txt"


def test_several_files_keep_their_order() -> None:
    mime = uri_list("file:///b.txt", "file:///a.txt", "file://localhost/c.txt")
    assert parse_mime(mime) == DroppedFiles(("/b.txt", "/a.txt", "/c.txt"))


def test_a_file_on_another_computer_is_refused() -> None:
    dropped = parse_mime(uri_list("file://server/share/policy.txt"))
    assert isinstance(dropped, Refused)
    assert "another computer" in dropped.message


def test_dragged_words_are_text() -> None:
    assert parse_mime(text("We sell your data.")) == DroppedText("We sell your data.")


def test_words_that_mention_an_address_are_text() -> None:
    words = "See https://shop.example/privacy for more."
    assert parse_mime(text(words)) == DroppedText(words)


def page(source: str, words: str = "") -> QMimeData:
    mime = text(words) if words else QMimeData()
    mime.setHtml(source)
    return mime


@pytest.mark.parametrize("words", ["What we keep Your name.", ""])
def test_words_copied_from_a_page_keep_their_form(words: str) -> None:
    mime = page("<h2>What we keep</h2><p>Your name.</p>", words)
    assert is_welcome(mime)
    dropped = parse_mime(mime)
    assert isinstance(dropped, DroppedText)
    loaded = load(dropped.text.encode(), "Pasted text")
    assert loaded.text == "What we keep\nYour name."
    assert loaded.blocks[0].explicit


def test_words_copied_from_an_editor_are_plain_text() -> None:
    source = "<meta charset='utf-8'><div><span style='color:blue'># Lamps</span></div>"
    assert parse_mime(page(source, "# Lamps")) == DroppedText("# Lamps")


def test_a_link_dragged_from_a_page_is_a_link() -> None:
    mime = page(
        "<a href='https://shop.example/privacy'>Privacy</a>", "https://shop.example/privacy"
    )
    assert isinstance(parse_mime(mime), DroppedLink)


@pytest.mark.parametrize(
    "mime",
    [
        uri_list("https://shop.example/privacy"),
        text(" https://shop.example/privacy\n"),
        text("www.shop.example/privacy"),
    ],
)
def test_a_web_address_is_a_link_and_no_text(mime: QMimeData) -> None:
    dropped = parse_mime(mime)
    assert isinstance(dropped, DroppedLink)
    assert "shop.example/privacy" in dropped.address


def test_a_link_that_also_comes_as_text_is_a_link() -> None:
    mime = uri_list("https://shop.example/privacy")
    mime.setText("Our privacy policy")
    assert isinstance(parse_mime(mime), DroppedLink)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/plain,hello", "smb://a/b.txt"]
)
def test_other_addresses_are_refused(address: str) -> None:
    assert isinstance(parse_mime(uri_list(address)), Refused)


def test_a_path_with_a_zero_byte_is_refused() -> None:
    assert isinstance(parse_mime(uri_list("file:///tmp/a%00b.txt")), Refused)


def test_a_picture_is_refused_and_says_why() -> None:
    mime = QMimeData()
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    dropped = parse_mime(mime)
    assert isinstance(dropped, Refused)
    assert "picture" in dropped.message
    assert not is_welcome(mime)


@pytest.mark.parametrize("mime", [QMimeData(), text(""), text(" \n\t ")])
def test_nothing_is_refused(mime: QMimeData) -> None:
    assert isinstance(parse_mime(mime), Refused)
