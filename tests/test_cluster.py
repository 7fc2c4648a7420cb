"""A batch on a cluster: the rows of one machine, whatever happens to its nodes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from reader.cluster import _OtherVersionError, node_version, read_on_node
from reader.version import __version__
from tests.conftest import RunsPolicyReader

pytestmark = pytest.mark.processes

TEXT = "# Privacy policy\n\nWe collect your e-mail address. We do not sell it to anyone.\n"
START_SECONDS = 60


def needs_dask() -> None:
    pytest.importorskip("distributed", reason="a cluster needs the extra cluster")


class Cluster:
    """A scheduler and its nodes, each a process of this machine."""

    def __init__(self, folder: Path) -> None:
        needs_dask()
        self.folder = folder
        self._told = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--no-dashboard", "--port", "0")
        deadline = time.monotonic() + START_SECONDS
        while not (self._told.exists() and self._told.stat().st_size):
            assert time.monotonic() < deadline
            assert self.scheduler.poll() is None
        self.address = str(json.loads(self._told.read_text())["address"])
        self.nodes: list[subprocess.Popen[bytes]] = []

    def add_node(self) -> None:
        place = self.folder / f"node-{len(self.nodes)}"
        options = ("--no-dashboard", "--no-nanny", "--nthreads", "1", "--local-directory")
        self.nodes.append(self._start("worker", *options, str(place)))

    def close(self) -> None:
        for process in (*self.nodes, self.scheduler):
            children = psutil.Process(process.pid).children() if process.poll() is None else []
            process.kill()
            process.wait()
            psutil.wait_procs(children, timeout=10)

    def _start(self, part: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--host", "127.0.0.1"]
        return subprocess.Popen(
            [*command, "--scheduler-file", str(self._told), *options],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.close()


def make_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"p{number:03}.txt").write_text(f"{TEXT}\nThis is number {number}.\n")
    (folder / "p001.txt").write_bytes(b" \n")
    (folder / "p002-gone.txt").symlink_to("nowhere")
    (folder / "p005.pdf").write_bytes(b"%PDF-1.7 and then nothing of the kind")


def start_batch(folder: Path, address: str, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reader", "batch", "in", "--to", "jsonl", "-o", "out"]
    return subprocess.Popen(
        [*command, "--scheduler", address, *more], cwd=folder, stderr=subprocess.PIPE
    )


def rows_of(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def wait_for_rows(path: Path, process: subprocess.Popen[bytes], count: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not path.exists() or path.read_bytes().count(b"\n") < count:
        assert process.poll() is None
        assert time.monotonic() < deadline


@pytest.mark.parametrize("output_format", ["jsonl", "html"])
def test_a_cluster_writes_the_bytes_of_one_machine(
    tmp_path: Path, policy_reader: RunsPolicyReader, cluster: Cluster, output_format: str
) -> None:
    cluster.add_node()
    make_files(tmp_path / "in", 20)
    batch = ("batch", "in", "--to", output_format, "-o")
    here = policy_reader(*batch, "here")
    there = policy_reader(*batch, "there", "--scheduler", cluster.address)
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.code == 1
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()


def test_a_node_that_dies_loses_no_file(
    tmp_path: Path, policy_reader: RunsPolicyReader, cluster: Cluster
) -> None:
    cluster.add_node()
    cluster.add_node()
    make_files(tmp_path / "in", 60)
    here = policy_reader("batch", "in", "--to", "jsonl", "-o", "here")
    with start_batch(tmp_path, cluster.address) as process:
        wait_for_rows(tmp_path / "out", process, 20)
        cluster.nodes[0].kill()
        assert process.wait(START_SECONDS) == 1
        assert process.stderr is not None
        assert process.stderr.read().decode() == here.err
    assert (tmp_path / "out").read_bytes() == (tmp_path / "here").read_bytes()


def test_interruption_leaves_whole_rows_which_a_resumed_run_goes_on_from(
    tmp_path: Path, policy_reader: RunsPolicyReader, cluster: Cluster
) -> None:
    cluster.add_node()
    make_files(tmp_path / "in", 400)
    with start_batch(tmp_path, cluster.address) as process:
        wait_for_rows(tmp_path / "out", process, 1)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert time.monotonic() - begun < 2
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert 0 < len(rows_of(tmp_path / "out")) < 400
    with start_batch(tmp_path, cluster.address, "--resume", "--jobs", "3") as process:
        assert process.wait(START_SECONDS) == 1
    policy_reader("batch", "in", "--to", "jsonl", "-o", "here")
    assert (tmp_path / "out").read_bytes() == (tmp_path / "here").read_bytes()


def test_a_scheduler_that_goes_away_is_told_and_the_rows_stay_whole(
    tmp_path: Path, cluster: Cluster
) -> None:
    cluster.add_node()
    make_files(tmp_path / "in", 400)
    with start_batch(tmp_path, cluster.address) as process:
        wait_for_rows(tmp_path / "out", process, 1)
        cluster.scheduler.kill()
        assert process.wait(START_SECONDS) == 2
        assert process.stderr is not None
        told = process.stderr.read().decode()
    assert "The cluster can no longer be reached." in told
    assert "--resume" in told
    assert told.count("\n") == 1
    assert rows_of(tmp_path / "out")


def test_a_cluster_without_nodes_is_refused_in_words(
    tmp_path: Path, policy_reader: RunsPolicyReader, cluster: Cluster
) -> None:
    make_files(tmp_path / "in", 9)
    batch = ("batch", "in", "--to", "jsonl", "-o", "out", "--scheduler")
    run = policy_reader(*batch, cluster.address)
    assert (run.code, run.out) == (2, "")
    assert "no nodes" in run.err


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "http://lamps.example", ""])
def test_an_address_without_a_scheduler_is_refused_in_words(
    tmp_path: Path, policy_reader: RunsPolicyReader, address: str
) -> None:
    needs_dask()
    make_files(tmp_path / "in", 9)
    run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out", "--scheduler", address)
    assert (run.code, run.out) == (2, "")
    assert "There is no Dask scheduler at" in run.err
    assert run.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_dask_a_sentence_says_what_to_do(
    tmp_path: Path, policy_reader: RunsPolicyReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_files(tmp_path / "in", 9)
    (tmp_path / "without" / "distributed").mkdir(parents=True)
    (tmp_path / "without" / "distributed" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    batch = ("batch", "in", "--to", "jsonl", "-o", "out", "--scheduler")
    run = policy_reader(*batch, "tcp://127.0.0.1:1")
    assert run.code == 2
    assert "policy-reader[cluster]" in run.err


def test_a_node_of_another_version_writes_no_row() -> None:
    assert node_version() == __version__
    with pytest.raises(_OtherVersionError):
        read_on_node([("a.txt", TEXT.encode())], b"", "jsonl", "0.0.0")


def test_a_batch_on_this_machine_does_not_load_dask(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code = """
import sys
from reader.cli import main
main(["batch", "a.txt", "--to", "jsonl", "-o", "out"])
print({"dask", "distributed", "pyarrow", "rich"} & {n.partition(".")[0] for n in sys.modules})
"""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, env=os.environ, check=True
    )
    assert run.stdout == b"set()\n"
