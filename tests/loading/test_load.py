"""Loading: what is read, what is refused in plain words, and what always holds."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import (
    EmptyInputError,
    NoTextError,
    ReaderError,
    TooComplexError,
    TooLargeError,
    UnsupportedInputError,
)
from reader.loading import load
from reader.loading.limits import MAX_BLOCKS
from reader.model import LoadedText
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections
from tests.loading.office_documents import make_zip

NAMES = st.sampled_from(["policy.txt", "policy.md", "policy", "policy.html"])
MARKS = ("# ", "## ", "**", "_", "* ", "1. ", "> ", "|", "---", "`", "<br>", "<b>", "&nbsp;", "\\")
BREAKS = ("\n", "\n\n", "  \n", " ", ":", ".")
WORDS = ("Lamps", "We keep your name.", "2.1 ", "•", "Privacy Policy", "What do we keep?", "LAMPS")
ODDITIES = ("12 Quay Lane", "\u202e", "\u00ad", "é", "😀", "[a](http://b.example)", "1 May 2024")
MARKDOWN = st.lists(st.sampled_from((*MARKS, *BREAKS, *WORDS, *ODDITIES)), max_size=60).map("".join)


def load_or_none(data: bytes, name: str) -> LoadedText | None:
    """What was read, None for what was refused; any error but a refusal fails the test."""
    try:
        return load(data, name)
    except ReaderError:
        return None


def check_invariants(loaded: LoadedText) -> None:
    lines = loaded.text.split("\n")
    assert lines == [block.span.of(loaded.text) for block in loaded.blocks]
    assert all(line == " ".join(line.split()) and line for line in lines)
    assert all(0 <= block.bold <= 1 and 0 <= block.link_ratio <= 1 for block in loaded.blocks)
    assert all(link.span.end <= len(loaded.text) for link in loaded.links)
    blocks = find_headings(loaded)
    assert all(one.span.end <= two.span.start for one, two in pairwise(blocks))
    assert all(0 <= block.level <= 6 for block in blocks if block.kind.value == "heading")
    sections = find_sections(loaded.text, blocks)
    assert (sections[0].span.start, sections[-1].span.end) == (0, len(loaded.text))
    for index, section in enumerate(sections):
        assert section.index == index
        assert section.parent is None or section.parent < index
        if index:
            assert sections[index - 1].span.end == section.span.start


@given(st.binary(max_size=400), NAMES)
@example(b"\xff\xfe\x00\xd8", "policy.txt")
@example(b"\xef\xbb\xbf", "policy.md")
def test_bytes_of_any_kind_load_or_are_refused(data: bytes, name: str) -> None:
    loaded = load_or_none(data, name)
    if loaded:
        check_invariants(loaded)


@given(st.text(max_size=400), NAMES)
def test_text_of_any_kind_keeps_the_promises_of_a_loaded_text(text: str, name: str) -> None:
    loaded = load_or_none(text.encode("utf-8", "surrogatepass"), name)
    if loaded:
        check_invariants(loaded)


@settings(max_examples=300)
@given(MARKDOWN, NAMES)
def test_markup_of_any_kind_keeps_the_promises_of_a_loaded_text(text: str, name: str) -> None:
    loaded = load_or_none(text.encode(), name)
    if loaded:
        check_invariants(loaded)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u00a0\u200b".encode()])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInputError):
        load(data, "policy.txt")


@pytest.mark.parametrize("data", [b"-----\n=====\n", b"<div>\n\n</div>\n\n* * *\n"])
def test_marks_without_words_are_no_text(data: bytes) -> None:
    with pytest.raises(NoTextError):
        load(data, "policy.md")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "Office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(60), "picture"),
        (b"\x7fELF" + bytes(60), "program"),
        (b"\x1f\x8b\x08" + bytes(60), "compressed"),
        (b'<?xml version="1.0"?><policy/>', "XML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>We keep names.</text></svg>", "SVG"),
        (b"bplist00" + bytes(60), "web archive"),
        (b"%!PS-Adobe-3.0\n72 700 moveto (We keep names.) show", "PostScript"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_1000001F".encode("utf-16-le"),
            "Outlook",
        ),
        (make_zip({"Index/Document.iwa": b"\0"}), "Pages"),
        (bytes(range(256)) * 40, "not a text"),
    ],
)
@pytest.mark.parametrize("name", ["policy.txt", "policy.md", "policy.docx"])
def test_what_is_no_text_is_named_and_refused_whatever_its_name(
    data: bytes, word: str, name: str
) -> None:
    with pytest.raises(UnsupportedInputError) as refusal:
        load(data, name)
    assert word in refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "From: the shop\n\nWe keep names.",
        "PDF is short for a kind of file. We keep names.",
        "a < b and c > d, says the shop.",
        "<lamp> is what we call a lamp.",
    ],
)
@pytest.mark.parametrize("name", ["policy.txt", "policy.pdf", "policy"])
def test_a_text_is_read_whatever_its_name(text: str, name: str) -> None:
    assert load(text.encode(), name).text


def test_a_single_null_byte_does_not_make_a_text_binary() -> None:
    assert load(b"We keep\x00 your name and your street.", "policy.txt").text == (
        "We keep your name and your street."
    )


def test_the_source_names_the_file_its_type_and_its_hash() -> None:
    source = load(b"We keep names.", "my policy.txt").source
    assert (source.name, source.media_type) == ("my policy.txt", "text/plain")
    assert source.sha256 == hashlib.sha256(b"We keep names.").hexdigest()


def test_a_text_longer_than_any_policy_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(TooLargeError) as refusal:
        load(b"We keep names. " * 4_000_000, "policy.txt")
    assert "60 million characters" in refusal.value.message


@pytest.mark.parametrize("name", ["policy.txt", "policy.md"])
def test_more_lines_than_any_policy_has_are_refused_before_they_are_parsed(name: str) -> None:
    with pytest.raises(TooComplexError):
        load(b"# Lamps\n" * (MAX_BLOCKS + 1), name)


def test_empty_lines_do_not_make_a_text_complex() -> None:
    assert load(b"We keep\n" + b"\n" * MAX_BLOCKS + b"names.", "policy.txt").text == (
        "We keep\nnames."
    )
