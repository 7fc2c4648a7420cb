"""Fault injection: whatever becomes of the process that reads a file, the user is told what, and
the next document opens."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import psutil
import pytest

from reader.batch import Input, read_rows
from reader.errors import InternalError, ReaderError
from reader.export.report_json import decode
from reader.protocol import STALL_SECONDS, Exit, InputFile, Worker, error_of_exit, time_limit
from reader.sandbox import MEMORY_LIMIT_BYTES
from tests.bad_worker import BAD_WORKER, KINDS

pytestmark = pytest.mark.processes

TEXT = b"# Privacy policy\n\nWe collect your e-mail address. We keep it for a year.\n"


def source_named(name: str) -> InputFile:
    return InputFile(name, TEXT, hashlib.sha256(TEXT).hexdigest())


@pytest.mark.slow
@pytest.mark.parametrize("fault", KINDS)
def test_a_fault_is_told_by_its_kind_and_leaves_no_process(fault: str) -> None:
    before = set(psutil.Process().children(recursive=True))
    with Worker(BAD_WORKER) as worker:
        assert worker.analyze(source_named("before.md")).document.title == "Privacy policy"
        begun = time.monotonic()
        with pytest.raises(ReaderError) as caught:
            worker.analyze(source_named(f"{fault}.md"))
        assert caught.value.kind == KINDS[fault]
        assert worker.alive is (fault == "exhaust_memory")  # that it could say itself
    longest = time_limit("analyze", len(TEXT)) if fault == "dawdle" else STALL_SECONDS
    assert time.monotonic() - begun < longest + 3
    assert set(psutil.Process().children(recursive=True)) <= before


@pytest.mark.slow
def test_in_a_batch_each_fault_costs_its_own_file_alone(tmp_path: Path) -> None:
    names = [name for fault in KINDS for name in (f"{fault}.md", f"{fault}-is-over.md")]
    for name in names:
        (tmp_path / name).write_bytes(TEXT)
    rows = [
        decode(row.line)
        for row in read_rows([Input(name, tmp_path / name) for name in names], 4, BAD_WORKER)
    ]
    told = [row.get("error", "none") for row in rows if isinstance(row, dict)]
    assert told == [kind for each in KINDS.values() for kind in (each, "none")]


def test_a_worker_whose_memory_grew_large_before_it_aborted_had_too_little() -> None:
    abort, segmentation_fault, kill, alarm = 6, 11, 9, 14
    large, small = MEMORY_LIMIT_BYTES // 2, MEMORY_LIMIT_BYTES // 8
    for signal in (abort, segmentation_fault, kill):
        assert error_of_exit(Exit(-signal, large)).kind == "resource"
        assert error_of_exit(Exit(-signal, small)).kind == "internal"
    assert error_of_exit(Exit(-alarm, large)).kind == "timeout"
    assert error_of_exit(Exit(0, large)).kind == "internal"
    assert isinstance(error_of_exit(None), InternalError)
