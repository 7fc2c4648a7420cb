"""Damaged office files are read as far as they are sound, or refused; they crash nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.loading import load
from tests.loading.office_documents import make_docx, make_epub, make_odt, make_zip, word_part
from tests.loading.test_load import check_invariants

CORPUS = Path(__file__).parent.parent / "corpus" / "office"
FILES = [
    path.name
    for path in sorted(CORPUS.glob("quillfeather-lamps.*.*"))
    if path.suffix in (".docx", ".odt", ".rtf", ".epub", ".fodt")
]
PACKED = (".docx", ".odt", ".epub")
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), max_size=6
)
TAGS = st.sampled_from(
    "p r t tbl tr tc ins del hyperlink sdt sdtContent br tab fldChar instrText txbxContent "
    "drawing AlternateContent Choice Fallback footnoteReference pPr numPr ilvl numId rPr".split()
)
ODT_TAGS = st.sampled_from(
    "text:p text:h text:span text:list text:list-item text:list-header text:a text:s text:note "
    "text:note-body table:table table:table-row table:table-cell draw:frame draw:text-box "
    "text:section text:numbered-paragraph text:table-of-content".split()
)
VALUES = st.sampled_from(
    ["0", "1", "2", "9", "-1", "99999999999", "begin", "separate", "end", "x", "true"]
)
WORDS = st.sampled_from(["We keep names.", "1. ", "•", " ", "Lamps", "\u202e", "😀"])
RTF_PIECES = (
    r"{ } \par \pard \cell \row \trowd \intbl \b \b0 \u8220? \u-10179? \u-8704? \'e9 \'83 "
    r"\bin3 \bin-1 \uc5 \f9 \fs0 {\field {\*\fldinst {\fldrslt {\footnote {\listtext {\shptxt "
    r"{\stylesheet {\s1 \s1 {\fonttbl {\f0\fcharset2 \ls1 \ilvl99 \outlinelevel0 \v \deleted "
    r"{\info {\title \line \nestrow \* \~ \plain \ansicpg99999 \upr \li-5"
).split()
OTHER_PIECES = ("We keep names.", " ", "\r\n", "\\", "\x00")
RTF = st.lists(st.sampled_from((*RTF_PIECES, *OTHER_PIECES)), max_size=60).map("".join)


def check(data: bytes, name: str) -> None:
    try:
        loaded = load(data, name)
    except ReaderError:
        return
    check_invariants(loaded)


def edited(data: bytes, edits: list[tuple[float, bytes]]) -> bytes:
    changed = bytearray(data)
    for where, piece in edits:
        place = int(where * len(changed))
        changed[place : place + len(piece)] = piece
    return bytes(changed)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None)
@given(edits=EDITS, keep=st.floats(0.5, 1))
def test_a_file_with_changed_or_missing_bytes_is_read_or_refused(
    name: str, edits: list[tuple[float, bytes]], keep: float
) -> None:
    data = (CORPUS / name).read_bytes()
    check(edited(data[: int(len(data) * keep)], edits), name)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(PACKED)])
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_sound_archive_with_damaged_members_is_read_or_refused(
    name: str, data: st.DataObject
) -> None:
    with zipfile.ZipFile(CORPUS / name) as archive:
        members: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    damaged = data.draw(st.sampled_from(sorted(members)))
    content = members[damaged]
    assert isinstance(content, bytes)
    members[damaged] = edited(content, data.draw(EDITS))
    check(make_zip(members), name)


def trees(tags: st.SearchStrategy[str], attributes: list[str]) -> st.SearchStrategy[str]:
    def element(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, name, value, parts: f'<{tag} {name}="{value}">{"".join(parts)}</{tag}>',
            tags,
            st.sampled_from(attributes),
            VALUES,
            inner,
        )

    return st.recursive(WORDS, lambda inner: element(st.lists(inner, max_size=4)), max_leaves=25)


@settings(max_examples=150, deadline=None)
@given(
    trees(TAGS.map("w:{}".format), ["w:val", "w:id", "w:fldCharType", "w:anchor", "w:instr"]),
)
def test_any_tree_of_word_is_read_or_refused(body: str) -> None:
    part = word_part("part", body)
    check(make_docx(body, {"numbering": part, "styles": part}), "a.docx")


@settings(max_examples=150, deadline=None)
@given(
    trees(
        ODT_TAGS,
        ["text:outline-level", "text:start-value", "text:style-name", "text:display", "text:level"],
    )
)
def test_any_tree_of_an_open_document_is_read_or_refused(body: str) -> None:
    check(make_odt(body), "a.odt")


@settings(max_examples=300, deadline=None)
@given(RTF)
def test_any_words_of_rtf_are_read_or_refused(body: str) -> None:
    check(rb"{\rtf1\ansi " + body.encode("latin-1"), "a.rtf")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_chapter_of_a_book_is_read_or_refused(body: str, reference: str) -> None:
    safe = reference.encode("ascii", "ignore").decode().replace("<", "").replace("&", "")
    order = f'<itemref idref="one"/><itemref idref="{safe.replace(chr(34), "")}"/>'
    written = body.encode("utf-8", "replace").decode()
    check(make_epub({"one": written}, order), "a.epub")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_behind_the_mark_of_an_archive_or_rtf_are_read_or_refused(data: bytes) -> None:
    check(b"PK\x03\x04" + data, "a.docx")
    check(b"{\\rtf" + data, "a.rtf")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", data)
    check(buffer.getvalue(), "a.docx")
