"""Many files on several machines: the same workers on every node of a Dask cluster.

Nodes need no disk in common: the bytes of a file go to a node, and its row comes back. There they
are read by the worker process of a batch, shut in and limited as on one machine. Rows come in the
order of the inputs. What a node was about when it died is done by another, and in the end here.

This is the one module that speaks to other machines, and only to the address that the user names.
Dask trusts all who reach its scheduler, so that this must be a network of one's own.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from reader.batch import ROW_FORMATS, Input, Row, RowFormat, Workers, row_of, row_of_error
from reader.errors import ReaderError
from reader.own_rules import read_own_rules
from reader.protocol import InputFile, read_input
from reader.version import __version__

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 5
LONELY_SECONDS = 60
"""So long the cluster may be without any node, in the middle of a batch."""
_LOOK_SECONDS = 5
_FILES_A_TASK = 8
_BYTES_A_TASK = 1 << 20  # a task has more where one file does
_TASKS_AHEAD_PER_THREAD = 3
_GOODBYE_SECONDS = 1
_RowParts = tuple[bytes, bool, str]  # those of a Row, which a node need not know by its class


class ClusterError(Exception):
    """The cluster cannot be used, or not any more; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class _Task:
    """Some files, or a file that could not be read from the disk and has its row already."""

    sources: tuple[InputFile, ...]
    rows: tuple[Row, ...] = ()


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Give what speaks to the cluster whose scheduler is at ``address``.

    Raises:
        ClusterError: there is no such cluster, or not all of it has this version of the program.
    """
    client = _connect(address)
    try:
        _check_nodes(client)
        yield client
    finally:
        client.close(_GOODBYE_SECONDS)  # what was begun is called off


def read_rows_on(
    client: Client, inputs: Iterable[Input], rows: RowFormat, jobs: int | None = None
) -> Generator[Row, None, None]:
    """Read ``inputs`` on the cluster that is spoken to by ``client``; yield as ``read_rows`` does.

    ``jobs`` is the number of files that are under way at a time; if None, as many as keep the
    threads of all nodes busy.

    Raises:
        ClusterError: it broke off; the rows so far are whole.
    """
    own_rules = read_own_rules().to_bytes()
    here = Workers(own_rules=own_rules)
    waiting: deque[tuple[_Task, Future | None]] = deque()
    try:
        ahead = jobs or _count_threads(client) * _TASKS_AHEAD_PER_THREAD
        for task in _tasks(inputs, rows, most_files=1 if jobs else _FILES_A_TASK):
            future = _submit(client, task, own_rules, rows) if task.sources else None
            waiting.append((task, future))
            if len(waiting) >= ahead:
                yield from _result(client, *waiting.popleft(), here, rows)
        while waiting:
            yield from _result(client, *waiting.popleft(), here, rows)
    finally:
        here.stop()


def _tasks(inputs: Iterable[Input], rows: RowFormat, most_files: int) -> Iterator[_Task]:
    """Yield all ``inputs`` in their order, some small ones together: each task has its price."""
    sources: list[InputFile] = []
    size = 0
    for each in inputs:
        try:
            source = read_input(each.path, each.name)
        except ReaderError as error:
            if sources:
                yield _Task(tuple(sources))
            sources, size = [], 0
            yield _Task((), (row_of_error(rows, error, each.name),))
            continue
        sources.append(source)
        size += len(source.data)
        if len(sources) >= most_files or size >= _BYTES_A_TASK:
            yield _Task(tuple(sources))
            sources, size = [], 0
    if sources:
        yield _Task(tuple(sources))


# The cluster


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as exc:
        raise ClusterError(
            "Using a cluster needs Dask, which is not installed. If you installed this program "
            "with pip, run 'pip install \"policy-reader[cluster]\"'; or leave out --scheduler."
        ) from exc
    logging.disable(logging.CRITICAL)  # what Dask has to say, we say in words
    client: Client = Client.__new__(Client)
    try:
        # In two steps: a client that reaches nobody must be closed, or it delays the program's end.
        client.__init__(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError):  # a wrong address is any of these
        client.close(_GOODBYE_SECONDS)
        raise ClusterError(
            f"There is no Dask scheduler at “{address}”. Start one with 'dask scheduler', and give "
            "the address that it prints, such as tcp://192.168.0.2:8786."
        ) from None
    return client


def _check_nodes(client: Client) -> None:
    """Refuse a cluster without nodes, or one whose nodes would write other rows."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        versions = client.run(node_version)
    except TimeoutError as exc:
        raise ClusterError(
            "The cluster has no nodes. Start some with 'dask worker ADDRESS', then try again."
        ) from exc
    except Exception as exc:  # whatever a node raised
        raise _unlike_nodes() from exc
    if set(versions.values()) != {__version__}:
        raise _unlike_nodes()


def _unlike_nodes() -> ClusterError:
    return ClusterError(
        f"Not every node of the cluster has Policy Reader {__version__}. Install it in the Python "
        "that runs 'dask worker' there, then try again."
    )


def _count_threads(client: Client) -> int:
    """Return the number of files that the nodes there are now read at a time."""
    threads: dict[str, int] = client.nthreads()
    return max(sum(threads.values()), 1)


def _submit(client: Client, task: _Task, own_rules: bytes, rows: RowFormat) -> Future:
    files = [(source.name, source.data) for source in task.sources]
    return client.submit(read_on_node, files, own_rules, rows.name, __version__, pure=False)


def _result(
    client: Client, task: _Task, future: Future | None, here: Workers, rows: RowFormat
) -> Iterator[Row]:
    """Yield the rows of a task, when they are there."""
    if future is None:
        yield from task.rows
        return
    from distributed import KilledWorker

    try:
        yield from (Row(*parts) for parts in _wait(client, future))
        return
    except KilledWorker:
        pass  # several nodes died while they had it, which need not be for its sake
    except _OtherVersionError as exc:
        raise _unlike_nodes() from exc
    yield from (row_of(source, here, rows) for source in task.sources)


def _wait(client: Client, future: Future) -> list[_RowParts]:
    """Return the result of ``future``, for as long as there is a cluster.

    Raises:
        ClusterError: the scheduler is gone, or all nodes are and none comes.
    """
    from distributed import TimeoutError as NotYetError

    lonely_since: float | None = None
    while True:
        try:
            result: list[_RowParts] = future.result(_LOOK_SECONDS)
        except NotYetError:
            if client.status != "running":
                raise _broken_off() from None
            with suppress(OSError):
                if client.nthreads():
                    lonely_since = None
                    continue
            lonely_since = lonely_since or time.monotonic()
            if time.monotonic() - lonely_since > LONELY_SECONDS:
                raise _broken_off() from None
        except OSError as exc:
            raise _broken_off() from exc
        except Exception as exc:
            if future.cancelled():
                raise _broken_off() from exc
            raise
        else:
            return result


def _broken_off() -> ClusterError:
    return ClusterError(
        "The cluster can no longer be reached. The rows written so far are complete; to continue, "
        "run the same command with --resume."
    )


# On a node


class _OtherVersionError(Exception):
    """A node that came later has another version of the program."""


def node_version() -> str:
    """Return the version of the program where this runs."""
    return __version__


def read_on_node(
    files: list[tuple[str, bytes]], own_rules: bytes, row_format: str, version: str
) -> list[_RowParts]:
    """Return the parts of the row of each of ``files``, which are names and bytes.

    Runs in a thread of a node's process, which lends the workers of that process.
    """
    if version != __version__:
        raise _OtherVersionError
    workers, rows = _node_workers(own_rules), ROW_FORMATS[row_format]()
    sources = (InputFile(name, data, hashlib.sha256(data).hexdigest()) for name, data in files)
    return [astuple(row_of(each, workers, rows)) for each in sources]


_nodes: dict[bytes, Workers] = {}
_nodes_lock = threading.Lock()


def _node_workers(own_rules: bytes) -> Workers:
    """Return the workers of this process, which end with it: their input does."""
    with _nodes_lock:
        if own_rules not in _nodes:
            _nodes[own_rules] = Workers(own_rules=own_rules)
        return _nodes[own_rules]
