"""The fork server: the workers of a batch read as started ones do, behind the same walls, and none
of them outlives its use."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import psutil
import pytest

from reader.analysis import analyze
from reader.batch import Workers
from reader.errors import InputTimeoutError, InternalError, ReaderError, ResourceError
from reader.fork_server import ForkServer, can_fork_workers
from reader.protocol import Worker, read_input, worker_command
from reader.sandbox import Protections, protections_to_expect

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not can_fork_workers(), reason="workers are forked on Linux alone"),
]

ENDS_WORKER = {"memory": ResourceError, "time": InputTimeoutError}


@pytest.fixture
def server() -> Iterator[ForkServer]:
    made = ForkServer(worker_command("forks"))
    before = set(psutil.Process().children(recursive=True))
    yield made
    made.close()
    assert set(psutil.Process().children(recursive=True)) <= before


def forked_off(server: ForkServer) -> Worker:
    process = server.fork()
    assert process is not None
    return Worker(process=process)


def test_a_forked_worker_reads_as_this_process_does(server: ForkServer, sample: Path) -> None:
    source = read_input(sample)
    report = analyze(source.data, source.name)
    for _ in range(2):
        with forked_off(server) as worker:
            assert worker.analyze(source) == report
            assert worker.analyze(source) == report


@pytest.mark.parametrize("wall", [field.name for field in fields(Protections)])
def test_each_wall_holds_around_a_forked_worker(
    server: ForkServer, tmp_path: Path, wall: str
) -> None:
    bait = tmp_path / "bait.txt"
    bait.write_bytes(b"bait")
    with forked_off(server) as worker:
        assert worker.wait_until_ready() == protections_to_expect()
        if wall in ENDS_WORKER:
            with pytest.raises(ENDS_WORKER[wall]):
                worker.passes(wall, bait)
        else:
            assert not worker.passes(wall, bait)
    assert list(tmp_path.iterdir()) == [bait]
    assert bait.read_bytes() == b"bait"


def test_a_worker_holds_its_own_pipes_alone(server: ForkServer) -> None:
    with forked_off(server) as first, forked_off(server) as second:
        pipes = []
        for worker in (first, second):
            worker.wait_until_ready()
            folder = Path(f"/proc/{worker._process.pid}/fd")
            open_files = {str(each.readlink()) for each in folder.iterdir()}
            pipes.append({each for each in open_files if each.startswith("pipe:")})
    assert all(len(each) == 2 for each in pipes)
    assert pipes[0].isdisjoint(pipes[1])


def test_how_a_worker_ended_is_told(server: ForkServer) -> None:
    killed, dismissed = server.fork(), server.fork()
    assert killed is not None
    assert dismissed is not None
    assert killed.poll() is None
    killed.kill()
    assert killed.wait(10) == -signal.SIGKILL
    dismissed.requests.close()
    assert dismissed.wait(10) == 0
    for process in (killed, dismissed):
        process.close()


def test_a_batch_goes_on_when_the_server_is_killed(sample: Path) -> None:
    source = read_input(sample)
    before = set(psutil.Process().children(recursive=True))
    workers = Workers()
    report = workers.answer(source).report
    gone = set(psutil.Process().children(recursive=True)) - before
    assert len(gone) == 2
    for process in gone:
        process.kill()
    psutil.wait_procs(gone, timeout=5)
    assert workers.answer(source).report == report
    workers.stop()
    assert set(psutil.Process().children(recursive=True)) <= before


def test_server_and_workers_end_when_their_parent_is_killed(sample: Path) -> None:
    program = f"""
import time
from reader.batch import Workers
from reader.protocol import read_input
workers = Workers()
workers.answer(read_input({str(sample)!r}))
print("idle", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"idle\n"
        processes = psutil.Process(parent.pid).children(recursive=True)
        assert len(processes) == 2
        parent.send_signal(signal.SIGKILL)
    assert psutil.wait_procs(processes, timeout=10)[1] == []


def test_a_closed_server_forks_nothing(server: ForkServer) -> None:
    forked_off(server).close()
    server.close()
    with pytest.raises(InternalError):
        server.fork()


@pytest.mark.parametrize(
    "program", ["", "print('no number', flush=True); input()", "import os; os.abort()"]
)
def test_a_server_that_makes_no_sense_is_an_error_of_ours(program: str) -> None:
    before = set(psutil.Process().children(recursive=True))
    server = ForkServer([sys.executable, "-I", "-c", program])
    for _ in range(2):
        with pytest.raises(ReaderError) as caught:
            server.fork()
        assert caught.value.kind == "internal"
    server.close()
    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_server_that_cannot_be_started_is_an_error_of_ours(tmp_path: Path) -> None:
    server = ForkServer([str(tmp_path / "no-such-program")])
    with pytest.raises(InternalError):
        server.fork()
    server.close()


def test_where_no_more_processes_are_given_a_worker_is_started_in_its_own_way() -> None:
    server = ForkServer([sys.executable, "-I", "-c", "input(); print(0, flush=True); input()"])
    assert server.fork() is None
    server.close()
