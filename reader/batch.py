"""Many files: found under folders, read by a pool of workers, one row each in order of their names.

``find_inputs`` turns what the user named into a list of inputs; ``read_rows`` reads them and yields
a row for each as it may be written, a report or an error. At any time only a few rows are held.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from glob import glob, has_magic
from io import FileIO
from pathlib import Path

from reader.errors import InternalError, PermissionDeniedError, ReaderError
from reader.export import overview as overviews
from reader.export.inert import csv_cell
from reader.export.overview_csv import (
    name_and_error,
    overview_error,
    overview_head,
    overview_row,
)
from reader.export.report_json import decode, encode, error_json
from reader.export.saving import error_of_writing
from reader.fork_server import ForkServer, can_fork_workers
from reader.own_rules import own_rules_dir, read_own_rules
from reader.protocol import (
    READABLE_SUFFIXES,
    Answer,
    InputFile,
    Worker,
    display_name,
    read_input,
    worker_command,
)
from reader.version import __version__
from reader.whole_files import lock, setting_aside

_FILES_PER_WORKER = 50
_ROWS_AHEAD_PER_JOB = 4


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: what reports call it, and where it lies.

    Where these are the same words, they are one string: a million inputs take 150 MB so.
    """

    name: str
    path: str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found: the inputs in order of their names, each once, and how many were left out.

    ``left_out`` counts the files of the folders whose kind is not read.
    """

    inputs: tuple[Input, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result, without its line end: a report, or why there is none.

    ``why`` says the latter in one sentence, behind the file's name; of a report it is ''.
    """

    line: bytes
    is_error: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class RowFormat:
    """How rows are written: the lines above them, and the line of a report and of a refusal.

    ``name`` is its name in ``ROW_FORMATS``, by which another process knows it. ``of_answer`` gets a
    worker's answer, whose JSON has been checked. ``read`` is told a
    line and returns the input's name in it, and whether it is a refusal's; it raises ValueError
    where the line is none of this format.
    """

    name: str
    head: tuple[bytes, ...]
    of_answer: Callable[[Answer], bytes]
    of_error: Callable[[ReaderError, str], bytes]
    read: Callable[[bytes], tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Finished:
    """What an earlier run has written: whole rows, the refusals among them, and their bytes."""

    rows: int = 0
    errors: int = 0
    size: int = 0


def jsonl() -> RowFormat:
    """Return the format of JSON Lines: a report or an error object a line.

    A report is written as the worker wrote it. To write it anew took the parent as long as to read
    it.
    """
    return RowFormat(
        name="jsonl",
        head=(),
        of_answer=lambda answer: answer.json,
        of_error=lambda error, name: encode(error_json(error, name)),
        read=_name_in_json,
    )


def overview() -> RowFormat:
    """Return the format of a table for spreadsheets, with a head."""
    return RowFormat(
        name="overview",
        head=(overview_head(),),
        of_answer=lambda answer: overview_row(answer.report),
        of_error=overview_error,
        read=name_and_error,
    )


def overview_lines() -> RowFormat:
    """Return the format of what is kept of each policy until a table is made of them all."""
    return RowFormat(
        name="overview lines",
        head=(),
        of_answer=lambda answer: overviews.to_line(overviews.overview_of(answer.report)),
        of_error=lambda error, name: overviews.to_line(overviews.overview_of_error(error, name)),
        read=overviews.name_and_error,
    )


ROW_FORMATS: Mapping[str, Callable[[], RowFormat]] = {
    "jsonl": jsonl,
    "overview": overview,
    "overview lines": overview_lines,
}


def read_overview_lines(path: Path) -> Iterator[overviews.Overview]:
    """Yield what ``overview_lines`` wrote to ``path``, one at a time.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds something else.
    """
    with path.open("rb") as file:
        for line in file:
            yield overviews.from_line(line)


def _name_in_json(line: bytes) -> tuple[str, bool]:
    value = decode(line)
    if not isinstance(value, dict):
        raise ValueError("not a report")
    try:
        is_error = value.get("ok") is False
        if not is_error and value["generator"]["version"] != __version__:
            raise ValueError("the row of another version")
        name = (value if is_error else value["document"])["source"]["name"]
    except (KeyError, TypeError) as error:
        raise ValueError("not a report") from error
    return str(name), is_error


def find_finished(path: Path, inputs: Sequence[Input], rows: RowFormat) -> Finished:
    """Return what ``path`` holds of the rows of ``inputs``; a broken last line does not count.

    Raises:
        ValueError: it holds something else, or the rows of other files.
        OSError: it cannot be read.
    """
    if not path.exists():
        return Finished()
    if not path.is_file():
        raise OSError(errno.EISDIR, "Is a folder or device")
    done = errors = size = 0
    with path.open("rb") as file:
        for number, line in enumerate(file):
            if not line.endswith(b"\n"):
                break
            if number < len(rows.head):
                if line != rows.head[number] + b"\n":
                    raise ValueError("another head")
            else:
                name, is_error = rows.read(line[:-1])
                if done >= len(inputs) or not _is_called(inputs[done].name, name):
                    raise ValueError("the row of another file")
                done += 1
                errors += is_error
            size += len(line)
    return Finished(done, errors, size)


def changed_since_written(path: Path, inputs: Iterable[Input]) -> int:
    """Return how many of ``inputs`` and of the reader's rules are newer than the file ``path``."""
    written = path.stat().st_mtime_ns
    newer = 0
    for file in (*(each.path for each in inputs), *own_rules_dir().glob("*.toml")):
        with suppress(OSError, ValueError):  # what is gone has not changed
            newer += os.stat(file).st_mtime_ns > written  # noqa: PTH116 - strings, too
    return newer


def _is_called(name: str, written: str) -> bool:
    """Return whether ``written`` is how a row tells ``name``: some formats change a few signs."""
    return written in (name, csv_cell(name), name.encode("utf-8", "replace").decode("utf-8"))


def find_inputs(places: Sequence[str]) -> Inputs:
    """Return the files that ``places`` name: files, folders with all below them, and patterns.

    A file that is named is always taken, so that one that is missing becomes an error row; of a
    folder, those whose name lets hope that they can be read. Names are relative to the folder where
    it is the only place, else as given. Hidden folders and links to folders are passed by.
    """
    found: dict[str, str] = {}
    left_out = 0
    for place in places:
        for match in _matches(place):
            if not os.path.isdir(match):  # noqa: PTH112 - pathlib raises where a name is too long
                found[match] = match
                continue
            base = match if len(places) == 1 and match == place else ""
            for path in _files_below(match):
                if _may_be_readable(path):
                    whole = str(path)
                    found[os.path.relpath(whole, base) if base else whole] = whole
                else:
                    left_out += 1
    inputs = [_input(name, path) for name, path in found.items()]
    # Names that are no UTF-8 may be shown alike; their bytes give them an order all the same.
    in_order = sorted(inputs, key=lambda each: (each.name, os.fsencode(each.path)))
    return Inputs(tuple(in_order), left_out)


def read_rows(
    inputs: Iterable[Input],
    jobs: int,
    command: Sequence[str] | None = None,
    rows: RowFormat | None = None,
) -> Generator[Row, None, None]:
    """Read ``inputs`` with ``jobs`` workers; yield a row for each, in their order.

    Ends every worker when it is done, closed or interrupted. ``command`` starts a worker; None:
    the program's own. ``rows`` is the format, JSON Lines if None.
    """
    rows = rows or jsonl()
    workers = Workers(command)
    readers = ThreadPoolExecutor(jobs)
    waiting: deque[Future[Row]] = deque()
    try:
        for each in inputs:
            waiting.append(readers.submit(_read_row, each, workers, rows))
            if len(waiting) >= jobs * _ROWS_AHEAD_PER_JOB:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        workers.stop()
        readers.shutdown(cancel_futures=True)


def row_of(source: InputFile, workers: Workers, rows: RowFormat) -> Row:
    """Return the row of a file whose bytes are here, read by one of ``workers``."""
    try:
        return Row(rows.of_answer(workers.answer(source)), is_error=False)
    except ReaderError as error:
        return row_of_error(rows, error, source.name)


def row_of_error(rows: RowFormat, error: ReaderError, name: str) -> Row:
    """Return the row of a file that was refused, with the reason in words."""
    return Row(rows.of_error(error, name), is_error=True, why=f"{name}: {error.message}")


def write_rows(
    rows: Iterable[Row], path: Path, head: Sequence[bytes] = (), keep: int = 0
) -> Generator[Row, None, None]:
    """Write ``head`` and ``rows`` to a new file at ``path`` and yield each row when it is written.

    With ``keep``, its first so many bytes stay, and the rows go behind them without a head.
    Whatever ends it, the file holds whole rows only; without ``keep``, an error brings back the
    file that was there before, unless the system lets us write it but not move it. While it is
    written no other batch gets it.

    Raises:
        ReaderError: disk_full, permission, not_found or not_a_file.
    """
    try:
        with ExitStack() as open_files:
            there = open_files.enter_context(_held(path)) if path.is_file() else None
            if not keep and open_files.enter_context(setting_aside(path)):
                there = None
            # What was not moved is held already: a second lock would meet our own first one.
            file = there or open_files.enter_context(_held(path))
            whole = keep
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                file.truncate(file.seek(keep))
            try:
                for line in () if keep else head:
                    whole += _write_line(file, line)
                for row in rows:
                    whole += _write_line(file, row.line)
                    yield row
            finally:
                with suppress(OSError):  # a pipe or device keeps what it was given
                    file.truncate(whole)
    except OSError as exc:
        raise error_of_writing(exc) from exc


def _held(path: Path) -> FileIO:
    """Return the file at ``path``, opened to be written and kept from other batches.

    Raises:
        PermissionDeniedError: another batch is writing it.
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    file = FileIO(descriptor, "w")
    if stat.S_ISREG(os.fstat(descriptor).st_mode) and not lock(descriptor):
        file.close()
        raise PermissionDeniedError(
            "Another batch is writing to that file.",
            "Wait for it to finish, or choose another name.",
        )
    return file


def default_jobs() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _input(name: str, path: str) -> Input:
    shown = display_name(name)
    return Input(path if shown == path else shown, path)


def _matches(place: str) -> list[str]:
    """Return ``place``, or what it matches where it is a pattern and not the name of a file."""
    if has_magic(place) and not os.path.lexists(place):
        return glob(place, recursive=True) or [place]  # noqa: PTH207 - the path as it was given
    return [place]


def _files_below(folder: str) -> Iterator[Path]:
    """Yield the files below ``folder``, and as if it were a file each folder that stays shut."""
    shut: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=lambda exc: shut.append(exc.filename)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files)
    yield from map(Path, shut)


def _may_be_readable(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in READABLE_SUFFIXES or not (suffix or path.name.startswith("."))


def _read_row(each: Input, workers: Workers, rows: RowFormat) -> Row:
    try:
        return row_of(read_input(each.path, each.name), workers, rows)
    except ReaderError as error:
        return row_of_error(rows, error, each.name)


def _write_line(file: FileIO, line: bytes) -> int:
    """Write ``line`` and a line end, for as long as the system takes them in parts."""
    whole = memoryview(line + b"\n")
    rest = whole
    while rest:
        rest = rest[file.write(rest) :]
    return len(whole)


@dataclass(eq=False, slots=True)
class _Hired:
    worker: Worker
    files_read: int = 0


class Workers:
    """The worker processes of a batch, each lent to one thread at a time.

    A worker is replaced after some files, lest what they left behind adds up, and after any error.
    """

    def __init__(
        self, command: Sequence[str] | None = None, own_rules: bytes | None = None
    ) -> None:
        """Start none yet; ``own_rules`` are those of this machine's reader where None."""
        self._command = command
        self._fork_server = ForkServer(
            worker_command("forks") if command is None else [*command, "forks"]
        )
        self._own_rules = read_own_rules().to_bytes() if own_rules is None else own_rules
        self._lock = threading.Lock()
        self._idle: list[_Hired] = []
        self._busy: set[_Hired] = set()
        self._stopped = False

    def answer(self, source: InputFile) -> Answer:
        """Return the report on ``source`` and its JSON; raises as ``Worker.answer`` does."""
        hired = self._lend()
        try:
            answer = hired.worker.answer(source, own_rules=self._own_rules)
        except BaseException:
            self._dismiss(hired)
            raise
        hired.files_read += 1
        if hired.files_read < _FILES_PER_WORKER:
            self._take_back(hired)
        else:
            self._dismiss(hired)
        return answer

    def stop(self) -> None:
        """End every worker now; a thread that waits for one gets an error and dismisses it."""
        with self._lock:
            self._stopped = True
            idle, self._idle = self._idle, []
            for hired in self._busy:
                hired.worker.kill()
        for hired in idle:
            hired.worker.close()
        self._fork_server.close()

    def _hire(self) -> _Hired:
        process = self._fork_server.fork() if can_fork_workers() else None
        return _Hired(Worker(self._command, process))

    def _lend(self) -> _Hired:
        with self._lock:
            hired = self._idle.pop() if self._idle else None
        if hired is not None and not hired.worker.alive:
            hired.worker.close()  # the system ended it while it waited; no file is to blame
            hired = None
        if hired is None:
            hired = self._hire()  # not under the lock: the first one takes a while
        with self._lock:
            if not self._stopped:
                self._busy.add(hired)
                return hired
        hired.worker.close()
        raise InternalError("The batch was stopped.")

    def _take_back(self, hired: _Hired) -> None:
        with self._lock:
            self._busy.remove(hired)
            if not self._stopped:
                self._idle.append(hired)
                return
        hired.worker.close()

    def _dismiss(self, hired: _Hired) -> None:
        with self._lock:
            self._busy.remove(hired)
        hired.worker.close()
