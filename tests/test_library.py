"""What is remembered between two sessions, and what happens to a database that breaks."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.annotations import Annotation
from reader.library import FILE_NAME, MOST_RECENT, Keeping, Library, place_of
from reader.model import Span
from reader.paths import state_dir

ONE, OTHER = "1" * 64, "2" * 64


def test_places_and_dismissed_findings_come_back_in_the_next_session(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/policies/shop.md")
    library.keep_place(ONE, 4711)
    library.keep_dismissed(ONE, frozenset({"sell.sells:denied"}))
    library.close()
    library = Library(tmp_path)
    assert library.place(ONE) == 4711
    assert library.dismissed(ONE) == {"sell.sells:denied"}
    assert library.place(OTHER) == 0
    assert not library.dismissed(OTHER)
    library.close()


def test_notes_come_back_in_the_next_session(tmp_path: Path):
    made = (
        Annotation(1, Span(12, 30), "a1", "Ask them.\nSoon."),
        Annotation(2, Span(40, 44), "b2"),
        Annotation(5, None, "c3", "Its words are gone."),
    )
    library = Library(tmp_path)
    library.keep_annotations(ONE, made)
    library.close()
    library = Library(tmp_path)
    assert library.annotations(ONE) == made
    assert library.annotations(OTHER) == ()
    library.keep_annotations(ONE, made[1:])
    assert library.annotations(ONE) == made[1:]
    library.close()


def test_a_policy_with_notes_is_never_dropped_to_make_room(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "noted.md", "/a/noted.md")
    library.keep_place(ONE, 4711)
    library.keep_annotations(ONE, (Annotation(1, Span(0, 4), "a1", "Mine."),))
    library.record(OTHER, "plain.md", "/a/plain.md")
    library.keep_place(OTHER, 12)
    for number in range(520):
        library.record(f"x{number:063}", "other.md", f"/a/{number}.md")
    assert library.place(OTHER) == 0
    assert library.place(ONE) == 4711
    assert [each.note for each in library.annotations(ONE)] == ["Mine."]
    library.close()


def test_a_database_from_before_there_were_notes_is_taken_over(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.close()
    older = sqlite3.connect(tmp_path / FILE_NAME)
    older.execute("DROP TABLE annotation")
    older.close()
    library = Library(tmp_path)
    assert library.damaged is None
    assert [file.name for file in library.recent()] == ["shop.md"]
    assert library.annotations(ONE) == ()
    library.close()


def test_reading_a_policy_again_keeps_its_place_and_moves_it_to_the_front(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.keep_place(ONE, 12)
    library.record(OTHER, "lamp.md", "/a/lamp.md")
    library.record(ONE, "shop.md", "/b/shop.md")
    assert [file.path for file in library.recent()] == ["/b/shop.md", "/a/lamp.md"]
    assert library.place(ONE) == 12
    library.close()


def test_a_changed_file_is_listed_once_and_pasted_words_never(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.record(OTHER, "shop.md", "/a/shop.md")
    library.record("3" * 64, "Pasted text", "")
    assert [file.name for file in library.recent()] == ["shop.md"]
    library.close()


def test_a_policy_in_several_files_is_remembered_with_all_of_them(tmp_path: Path):
    paths = ("/a/shop.md", "/b/a list [1].txt")
    library = Library(tmp_path)
    library.record(ONE, "shop.md", place_of(paths[:1]))
    library.record(OTHER, "shop.md and 1 more", place_of(paths))
    assert [file.paths for file in library.recent()] == [paths, paths[:1]]
    last = library.last_read(place_of(paths))
    assert last is not None
    assert last.sha256 == OTHER
    assert library.last_read("/a/shop.md") != last
    library.close()


def test_a_name_that_is_no_text_breaks_nothing(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop\udcff.md", "/a/shop\udcff.md")
    library.keep_place(ONE, 5)
    assert library.recent() == ()
    assert library.place(ONE) == 5
    library.close()


def test_the_list_of_recent_files_is_short(tmp_path: Path):
    library = Library(tmp_path)
    for number in range(3 * MOST_RECENT):
        library.record(f"{number:064}", f"{number}.md", f"/a/{number}.md")
    assert len(library.recent()) == MOST_RECENT
    assert library.recent()[0].name == f"{3 * MOST_RECENT - 1}.md"
    library.close()


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 300, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_kept_aside_and_named(tmp_path: Path, damage: bytes):
    (tmp_path / FILE_NAME).write_bytes(damage)
    library = Library(tmp_path)
    assert library.damaged == tmp_path / f"{FILE_NAME}.damaged"
    assert library.damaged.read_bytes() == damage
    library.record(ONE, "shop.md", "/a/shop.md")
    assert library.keeping is Keeping.KEPT
    assert library.recent()
    library.close()


def test_a_file_that_breaks_in_use_never_loses_the_session(tmp_path: Path):
    library = Library(tmp_path)
    for number in range(200):
        library.record(f"{number:064}", "x" * 200, f"/a/{number}.md")
    library.close()
    library = Library(tmp_path)
    library.recent()
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom((tmp_path / FILE_NAME).stat().st_size - 4096))
    library.record(ONE, "shop.md", "/a/shop.md")
    library.keep_place(ONE, 7)
    assert library.place(ONE) == 7
    library.close()


def test_what_comes_after_the_end_puts_no_healthy_database_aside(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.keep_dismissed(ONE, frozenset({"a:said"}))
    library.close()
    library.keep_place(ONE, 5)
    library.keep_dismissed(ONE, frozenset())
    assert library.recent() == ()
    assert library.damaged is None
    again = Library(tmp_path)
    assert again.dismissed(ONE) == {"a:said"}
    assert [file.name for file in again.recent()] == ["shop.md"]
    again.close()
    assert not list(tmp_path.glob("*damaged*"))


def test_a_mistake_of_the_program_puts_no_healthy_database_aside(tmp_path: Path):
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    with ThreadPoolExecutor(1) as another_thread, pytest.raises(sqlite3.ProgrammingError):
        another_thread.submit(library.keep_place, ONE, 5).result()
    assert library.damaged is None
    assert [file.name for file in library.recent()] == ["shop.md"]
    library.close()


def test_a_database_of_a_newer_program_is_kept_aside(tmp_path: Path):
    newer = sqlite3.connect(tmp_path / FILE_NAME)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    library = Library(tmp_path)
    assert library.damaged is not None
    library.close()


def test_forgetting_leaves_no_file_of_it(tmp_path: Path):
    (tmp_path / FILE_NAME).write_bytes(b"broken" * 1000)
    library = Library(tmp_path)
    library.record(ONE, "secret-shop.md", "/a/secret-shop.md")
    library.keep_dismissed(ONE, frozenset({"sell.sells:denied"}))
    library.keep_annotations(ONE, (Annotation(1, Span(0, 4), "a1", "secret-thought"),))
    assert library.forget_everything()
    assert not library.recent()
    assert not library.annotations(ONE)
    assert not library.dismissed(ONE)
    library.close()
    for file in tmp_path.iterdir():
        assert b"secret-shop" not in file.read_bytes()
        assert b"secret-thought" not in file.read_bytes()
    assert not list(tmp_path.glob("*damaged*"))


def test_without_history_nothing_is_written(tmp_path: Path):
    library = Library(tmp_path, keep=False)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.keep_place(ONE, 3)
    assert library.place(ONE) == 3
    assert library.keeping is Keeping.OFF
    library.close()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_remembered_until_the_end(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    library = Library(tmp_path / "file")
    assert library.record(ONE, "shop.md", "/a/shop.md")
    assert library.keep_dismissed(ONE, frozenset({"a:said"}))
    assert library.keeping is Keeping.UNOPENED
    assert library.dismissed(ONE) == {"a:said"}
    library.close()


def test_two_windows_remember_side_by_side(tmp_path: Path):
    first, second = Library(tmp_path), Library(tmp_path)
    first.record(ONE, "shop.md", "/a/shop.md")
    second.record(OTHER, "lamp.md", "/a/lamp.md")
    assert len(first.recent()) == len(second.recent()) == 2
    first.close()
    second.close()


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that writes to the library of ``tmp_path``, until it rolls back."""
    Library(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE_NAME)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_write_that_another_program_holds_up_says_so_and_can_be_tried_again(
    tmp_path: Path, locked: sqlite3.Connection
):
    library = Library(tmp_path)
    mark = Annotation(1, Span(0, 4), "a1", "Mine.")
    writes = (
        lambda: library.record(ONE, "shop.md", "/a/shop.md"),
        lambda: library.keep_place(ONE, 7),
        lambda: library.keep_dismissed(ONE, frozenset({"a:said"}), ()),
        lambda: library.keep_annotations(ONE, (mark,), ()),
    )
    assert [write() for write in writes] == [False] * 4
    assert library.annotations(ONE) == ()
    locked.rollback()
    assert [write() for write in writes] == [True] * 4
    assert library.annotations(ONE) == (mark,)
    assert library.dismissed(ONE) == {"a:said"}
    assert library.keeping is Keeping.KEPT
    library.close()


def test_a_library_opens_while_another_program_writes_to_it(
    tmp_path: Path, locked: sqlite3.Connection
):
    locked.rollback()
    library = Library(tmp_path)
    library.record(ONE, "shop.md", "/a/shop.md")
    library.close()
    locked.execute("BEGIN IMMEDIATE")
    library = Library(tmp_path)
    assert library.keeping is Keeping.KEPT
    assert [file.name for file in library.recent()] == ["shop.md"]
    library.close()


def test_two_windows_on_one_policy_lose_no_note_and_no_dismissal(tmp_path: Path):
    first, second = Library(tmp_path), Library(tmp_path)
    for library in (first, second):
        library.record(ONE, "shop.md", "/a/shop.md")
    mine, yours = Annotation(7, Span(0, 4), "a1", "Mine."), Annotation(7, None, "b2", "Yours.")
    first.keep_annotations(ONE, (mine,), ())
    second.keep_annotations(ONE, (yours,), ())
    assert [each.note for each in first.annotations(ONE)] == ["Mine.", "Yours."]
    first.keep_annotations(ONE, (), {7})
    assert [each.note for each in first.annotations(ONE)] == ["Yours."]
    first.keep_dismissed(ONE, frozenset({"a:said"}), ())
    second.keep_dismissed(ONE, frozenset({"b:said"}), ())
    first.keep_dismissed(ONE, frozenset(), {"a:said"})
    assert first.dismissed(ONE) == {"b:said"}
    first.close()
    second.close()


def test_only_the_user_can_read_it(tmp_path: Path):
    folder = tmp_path / "state"
    Library(folder).close()
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_lies_with_the_history_by_default(home: Path):
    Library().close()
    assert (state_dir() / FILE_NAME).is_file()
