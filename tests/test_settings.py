"""The user's choices, written, read back, edited by hand and damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.paths import settings_dir
from reader.settings import FILE_NAME, Settings, read_settings, write_settings


def test_what_was_written_is_read_back() -> None:
    chosen = Settings(
        "dark",
        1.46,
        "letter",
        mark_everything=True,
        mark_wording=("vague", "legal"),
        pinned_topics=("sell",),
        hidden_topics=("terms", "contact"),
        hardest_first=True,
        keep_history=False,
        font='Serif "of" C:\\ourselves 你好',
        line_spacing=1.4,
        line_length=96,
        export_as="web-page",
        print_what="findings",
        with_notes=True,
    )
    write_settings(chosen)
    assert read_settings() == chosen
    assert (settings_dir() / FILE_NAME).is_file()


def test_without_a_file_the_defaults_hold() -> None:
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    "line",
    [
        'theme = "purple"',
        "zoom = 50",
        "zoom = true",
        "zoom = nan",
        'zoom = "1.2"',
        'page_size = "a3"',
        'mark_everything = "false"',
        'mark_wording = "vague"',
        "pinned_topics = [1]",
        "hidden_topics = ['\"]\\nzoom = 3']",
        'font = ""',
        "font = 3",
        'font = "line\\nbreak"',
        f'font = "{"x" * 101}"',
        "line_spacing = 0.1",
        "line_spacing = true",
        "line_length = 39",
        "line_length = 72.5",
        "line_length = true",
        'export_as = "../x"',
        "print_what = 3",
        'with_notes = "yes"',
    ],
)
def test_a_value_without_sense_falls_back_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"hardest_first = true\n{line}\n")
    assert read_settings(tmp_path) == Settings(hardest_first=True)


def test_a_whole_number_is_a_zoom_too(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("zoom = 2\n")
    assert read_settings(tmp_path).zoom == 2.0


@pytest.mark.parametrize("damage", [b"zoom = = 2", b"\xff\xfe\x00"])
def test_a_damaged_file_is_kept_under_a_name_that_says_so(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    assert read_settings(tmp_path) == Settings()
    write_settings(Settings(theme="dark"), tmp_path)
    assert (tmp_path / f"{FILE_NAME}.damaged").read_bytes() == damage


def test_a_second_damaged_file_is_kept_beside_the_first(tmp_path: Path) -> None:
    for damage in ("zoom = = 2", "zoom = = 3"):
        (tmp_path / FILE_NAME).write_text(damage)
        read_settings(tmp_path)
    assert (tmp_path / f"{FILE_NAME}.damaged").read_text() == "zoom = = 2"
    assert (tmp_path / f"{FILE_NAME}.damaged-2").read_text() == "zoom = = 3"


def test_a_link_to_the_settings_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('theme = "dark"\n')
    (tmp_path / FILE_NAME).symlink_to("mine.toml")
    write_settings(replace(read_settings(tmp_path), zoom=2.0), tmp_path)
    assert (tmp_path / FILE_NAME).is_symlink()
    assert read_settings(tmp_path) == Settings(theme="dark", zoom=2.0)


def test_a_failed_write_keeps_the_old_choices_and_leaves_no_stray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(Settings(theme="dark"), tmp_path)

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_settings(Settings(theme="light"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert read_settings(tmp_path).theme == "dark"
