"""Results on disk: the old file or the whole new one, and nothing else beside it."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reader.errors import DiskFullError, NotAFileError, NotFoundError, PermissionDeniedError
from reader.export.saving import among, error_of_writing, save
from reader.whole_files import setting_aside
from tests.ordinary_user import as_ordinary_user


def test_a_result_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "card.txt"
    path.write_text("old")
    save(path, b"new")
    assert path.read_bytes() == b"new"
    assert names_in(tmp_path) == ["card.txt"]


def test_a_new_file_may_be_read_by_whom_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(tmp_path / "new.txt", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


def test_an_old_files_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("old")
    path.chmod(0o600)
    save(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="folder"):
        save(tmp_path / "none" / "card.txt", b"x")


def test_a_folder_or_device_is_not_replaced(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/full")):
        with pytest.raises(NotAFileError):
            save(path, b"x")
    assert Path("/dev/full").is_char_device()


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFileError):
        save(tmp_path / "pipe", b"x")
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_that_its_owner_protects_is_not_replaced() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "notes.html"
        path.write_text("old")
        path.chmod(0o444)
        with as_ordinary_user(), pytest.raises(PermissionDeniedError, match="save"):
            save(path, b"x")
        assert path.read_text() == "old"


@pytest.mark.parametrize("name", ["l" * 255, "policy\n=1+1", "\udce9"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    for words in (b"old", b"new"):
        save(tmp_path / name, words)
        assert (tmp_path / name).read_bytes() == words
    assert names_in(tmp_path) == [name]


def test_a_name_that_the_disk_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError, match="could not be saved"):
        save(tmp_path / ("l" * 256), b"x")
    assert names_in(tmp_path) == []


def test_a_file_is_known_by_whatever_name_or_link(tmp_path: Path) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text("x")
    (tmp_path / "hard").hardlink_to(policy)
    (tmp_path / "soft").symlink_to(policy)
    (tmp_path / "other").write_text("x")
    files = [tmp_path / "none", policy]
    for name in ("policy.txt", "hard", "soft", f"../{tmp_path.name}/policy.txt"):
        assert among(tmp_path / name, files) == policy
    for name in ("other", "none"):
        assert among(tmp_path / name, files) is None
    with policy.open() as file:
        assert among(policy, [file.fileno()]) == file.fileno()


def test_a_folder_that_may_not_be_written_is_a_matter_of_permission() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with as_ordinary_user(), pytest.raises(PermissionDeniedError, match="save"):
            save(Path(folder) / "card.txt", b"x")
        Path(folder).chmod(0o755)


def test_a_folder_that_may_not_be_entered_is_a_matter_of_permission() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0)
        with as_ordinary_user(), pytest.raises(PermissionDeniedError, match="save"):
            save(Path(folder) / "card.txt", b"x")
        Path(folder).chmod(0o755)


def test_a_read_only_disk_is_a_matter_of_permission() -> None:
    assert error_of_writing(OSError(errno.EROFS, "Read-only file system")).kind == "permission"


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "card.txt").write_text("old")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from reader.errors import DiskFullError\n"
        "from reader.export.saving import save\n"
        "try:\n"
        "    save(Path('card.txt'), b'x' * 100_000)\n"
        "except DiskFullError:\n"
        "    sys.exit(28)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert run.returncode == 28
    assert (tmp_path / "card.txt").read_text() == "old"
    assert names_in(tmp_path) == ["card.txt"]


def test_what_is_set_aside_comes_back_after_an_error_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"

    def write(error: BaseException | None) -> None:
        with setting_aside(path) as is_moved:
            assert is_moved
            path.write_text("new")
            if error:
                raise error

    for error, left in (
        (DiskFullError(), "old"),
        (OSError(errno.ENOSPC, "full"), "old"),
        (KeyboardInterrupt(), "new"),
        (None, "new"),
    ):
        path.write_text("old")
        path.chmod(0o640)
        with pytest.raises(type(error)) if error else nullcontext():
            write(error)
        assert path.read_text() == left
        assert path.stat().st_mode & 0o777 == 0o640
        assert names_in(tmp_path) == ["rows.jsonl"]


def test_where_nothing_was_to_be_set_aside_an_error_leaves_what_was_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rows.jsonl"

    def write() -> None:
        with setting_aside(path):
            path.write_text("new")
            raise DiskFullError

    with pytest.raises(DiskFullError):
        write()
    assert path.read_text() == "new"
    assert names_in(tmp_path) == ["rows.jsonl"]


def test_a_pipe_is_written_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    os.mkfifo(path)
    with setting_aside(path) as is_moved:
        assert not is_moved
        assert path.is_fifo()
    assert path.is_fifo()
    assert names_in(tmp_path) == ["rows"]


def test_a_file_that_may_be_written_but_not_moved_is_written_where_it_is() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.touch()
        path.chmod(0o666)
        Path(folder).chmod(0o555)
        with as_ordinary_user(), setting_aside(path) as is_moved:
            assert not is_moved
            path.write_text("new")
        assert path.read_text() == "new"
        Path(folder).chmod(0o755)


def test_any_other_failure_says_what_the_system_said() -> None:
    error = error_of_writing(OSError(errno.EIO, "Input/output error"))
    assert isinstance(error, DiskFullError)
    assert "Input/output error" in error.message


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
