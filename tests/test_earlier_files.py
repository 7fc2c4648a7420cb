"""Files that are kept at the reader's wish: one a place, for their eyes alone, few and small."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader import earlier_files
from reader.earlier_files import EarlierFiles


def test_a_place_gives_what_was_read_from_it_last(tmp_path: Path) -> None:
    files = EarlierFiles(tmp_path)
    assert files.find("/a.txt") is None
    files.keep("/a.txt", b"first")
    files.keep("/b.txt", b"other")
    files.keep("/a.txt", b"second")
    files.keep("/caf\udce9.txt", b"third")
    assert files.find("/a.txt") == b"second"
    assert files.find("/caf\udce9.txt") == b"third"
    assert files.count() == 3


def test_what_is_kept_is_for_its_reader_alone_and_does_not_tell_its_name(tmp_path: Path) -> None:
    EarlierFiles(tmp_path).keep("/secret-vendor.txt", b"words")
    (folder,) = tmp_path.iterdir()
    (kept,) = folder.iterdir()
    assert folder.stat().st_mode & 0o077 == kept.stat().st_mode & 0o077 == 0
    assert "secret" not in kept.name


def test_few_files_are_kept_and_none_that_is_huge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_files, "_MOST_FILES", 3)
    files = EarlierFiles(tmp_path)
    files.keep("/huge.txt", bytes((4 << 20) + 1))
    assert files.count() == 0
    for number in range(5):
        files.keep(f"/{number}.txt", b"words")
        for kept in (tmp_path / "earlier").iterdir():
            os.utime(kept, (kept.stat().st_mtime - 10,) * 2)
    assert [files.find(f"/{number}.txt") for number in range(5)] == [None] * 2 + [b"words"] * 3


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    files = EarlierFiles(tmp_path)
    files.keep("/a.txt", b"words")
    assert files.forget()
    assert not list(tmp_path.iterdir())
    assert files.forget()


def test_where_nothing_can_be_kept_nothing_is_and_no_stray_is_left(tmp_path: Path) -> None:
    (tmp_path / "earlier").write_text("a file in the way")
    files = EarlierFiles(tmp_path)
    files.keep("/a.txt", b"words")
    assert files.find("/a.txt") is None
    assert files.count() == 0
