"""Archives: read in memory, within limits, and never believed."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from reader.errors import (
    BombError,
    CorruptInputError,
    EncryptedInputError,
    TooLargeError,
    UnsafeInputError,
    UnsupportedInputError,
)
from reader.loading.archive import MAX_ENTRIES, MAX_MEMBER, Archive
from tests.loading.office_documents import make_zip

WORDS = b"We keep your name." * 10


def with_patched_entry(data: bytes, offset: int, form: str, value: int) -> bytes:
    """``data`` with a field of its only entry in the central directory overwritten."""
    place = data.rindex(b"PK\x01\x02") + offset
    return data[:place] + struct.pack(form, value) + data[place + struct.calcsize(form) :]


def test_a_member_is_read_whatever_the_case_and_the_slashes_of_its_name() -> None:
    archive = Archive(make_zip({"Word\\Document.XML": WORDS, "/styles.xml": b"s"}))

    assert archive.read("word/document.xml") == WORDS
    assert "Styles.xml" in archive
    assert "other.xml" not in archive


class Stream(io.BytesIO):
    """A file that one can only write on, as a pipe: sizes then stand behind the members."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("zip64", [False, True])
@pytest.mark.parametrize("kind", [io.BytesIO, Stream])
def test_archives_of_every_make_are_read(kind: type[io.BytesIO], zip64: bool) -> None:
    packed = kind()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a", "w", force_zip64=zip64) as member,
    ):
        member.write(WORDS)

    assert Archive(packed.getvalue()).read("a") == WORDS


def test_junk_before_and_behind_an_archive_does_no_harm() -> None:
    data = b"#!/bin/sh\n" + make_zip({"a": WORDS}) + bytes(40)

    assert Archive(data).read("a") == WORDS


def test_names_that_climb_out_of_the_archive_are_only_names() -> None:
    archive = Archive(make_zip({"../../../tmp/escaped.txt": WORDS, "a": b"a"}))

    assert archive.read("a") == b"a"
    assert archive.read("../../../tmp/escaped.txt") == WORDS


def test_a_member_that_unpacks_to_far_more_than_its_size_is_a_bomb() -> None:
    with pytest.raises(BombError):
        Archive(make_zip({"a": bytes(5_000_000)})).read("a")


def test_a_bomb_that_admits_what_it_is_is_not_unpacked() -> None:
    data = with_patched_entry(make_zip({"a": WORDS}), 24, "<I", 1_000_000_000)

    with pytest.raises(BombError):
        Archive(data).read("a")


def test_what_compresses_well_and_is_small_is_no_bomb() -> None:
    assert len(Archive(make_zip({"a": bytes(900_000)})).read("a")) == 900_000


def test_a_member_beyond_the_limit_is_too_large_though_it_is_no_bomb() -> None:
    with pytest.raises(TooLargeError):
        Archive(make_zip({"a": bytes(MAX_MEMBER + 1)}, compression=zipfile.ZIP_STORED)).read("a")


def test_members_count_together_against_the_limit() -> None:
    archive = Archive(make_zip({"a": bytes(60_000_000)}, compression=zipfile.ZIP_STORED))
    archive.read("a")
    archive.read("a")

    with pytest.raises(TooLargeError):
        archive.read("a")


def test_too_many_members_are_a_bomb_before_any_is_looked_at() -> None:
    with pytest.raises(BombError):
        Archive(make_zip({str(number): b"" for number in range(MAX_ENTRIES + 1)}))


def test_a_header_that_claims_less_than_a_member_holds_is_not_believed() -> None:
    data = with_patched_entry(make_zip({"a": bytes(5_000_000)}), 24, "<I", 100)

    with pytest.raises((CorruptInputError, BombError)):
        Archive(data).read("a")


def test_an_encrypted_member_asks_for_a_password() -> None:
    data = with_patched_entry(make_zip({"a": WORDS}), 8, "<H", 1)

    with pytest.raises(EncryptedInputError):
        Archive(data).read("a")


def test_a_way_of_packing_that_is_not_read_is_named() -> None:
    with pytest.raises(UnsupportedInputError):
        Archive(make_zip({"a": WORDS}, compression=zipfile.ZIP_LZMA)).read("a")


def test_a_member_that_is_itself_an_archive_is_unsafe() -> None:
    with pytest.raises(UnsafeInputError):
        Archive(make_zip({"a": make_zip({"b": WORDS})})).read("a")


def test_two_members_of_one_name_that_differ_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = make_zip_twice("a", b"We sell.", b"We do not sell.")

    with pytest.raises(CorruptInputError):
        Archive(data).read("a")


def test_two_equal_members_of_one_name_are_one() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = make_zip_twice("a", WORDS, WORDS)

    assert Archive(data).read("a") == WORDS


def make_zip_twice(name: str, first: bytes, second: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, first)
        archive.writestr(name, second)
    return packed.getvalue()


@pytest.mark.parametrize("cut", [10, 40, 100])
def test_an_archive_that_breaks_off_is_corrupt(cut: int) -> None:
    with pytest.raises(CorruptInputError):
        Archive(make_zip({"a": WORDS})[:-cut])


def test_a_missing_member_is_corrupt() -> None:
    with pytest.raises(CorruptInputError):
        Archive(make_zip({"a": WORDS})).read("b")


def test_a_member_whose_bytes_were_changed_is_corrupt() -> None:
    data = bytearray(make_zip({"a": WORDS}))
    data[35] ^= 0xFF

    with pytest.raises(CorruptInputError):
        Archive(bytes(data)).read("a")
