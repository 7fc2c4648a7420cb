"""Real worker processes, good, dying, babbling and slow, and what the runner makes of them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from reader.errors import InternalError
from reader.gui.analysis_runner import AnalysisRunner, Workers
from reader.model import PolicyReport
from reader.protocol import InputFile, read_input
from tests.bad_worker import BAD_WORKER, KINDS

# Workers of our own making: what stands before a request, and what becomes of it.
DIES = "import sys; sys.stdin.readline(); sys.exit(3)"
DIES_AT_ONCE = "import sys; sys.exit(3)"
BABBLES = "import sys; sys.stdin.readline(); print('hello there', flush=True); sys.stdin.read()"
SLEEPS = (
    "import sys, subprocess, time; subprocess.Popen(['sleep', '600']);"
    "print('{\"ready\": true}', flush=True); time.sleep(600)"
)


def policy(words: str = "We collect your name. We share it with nobody at all.") -> InputFile:
    data = words.encode()
    return InputFile("policy.txt", data, hashlib.sha256(data).hexdigest())


def workers_of(*command: str) -> Workers:
    """Return workers that ``command`` starts, the real ones without."""
    return Workers(command=list(command) or None)


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    """The real workers."""
    del qtbot
    ours = workers_of()
    yield ours
    ours.close()
    ours.deleteLater()


@pytest.fixture
def runner(workers: Workers) -> AnalysisRunner:
    """A runner with the real worker."""
    return AnalysisRunner(workers, workers)


def test_a_policy_goes_out_as_bytes_and_comes_back_as_a_report(
    qtbot: QtBot, runner: AnalysisRunner, sample: Path
) -> None:
    source = read_input(sample)
    stages = []
    runner.progressed.connect(lambda progress: stages.append(progress.stage))
    with qtbot.waitSignal(runner.finished, timeout=30_000) as finished:
        runner.start(source)
    (report,) = finished.args
    assert isinstance(report, PolicyReport)
    assert report.document.source.sha256 == source.sha256
    assert len(set(stages)) > 2


def test_a_refusal_comes_as_the_error_it_is(qtbot: QtBot, runner: AnalysisRunner) -> None:
    with qtbot.waitSignal(runner.failed, timeout=30_000) as failed:
        runner.start(policy("  \n "))
    assert failed.args[0].kind == "empty"


def test_only_the_newest_of_two_is_heard(qtbot: QtBot, runner: AnalysisRunner) -> None:
    heard = []
    runner.finished.connect(lambda report: heard.append(report.document.text))
    with qtbot.waitSignal(runner.finished, timeout=30_000):
        runner.start(policy("We sell the first one to everyone we know."))
        runner.start(policy("We keep the second one for a year."))
    assert heard == ["We keep the second one for a year."]


@pytest.mark.parametrize("script", [DIES, DIES_AT_ONCE, BABBLES])
def test_a_worker_that_dies_or_babbles_is_an_error_of_ours(qtbot: QtBot, script: str) -> None:
    workers = workers_of(sys.executable, "-c", script)
    runner = AnalysisRunner(workers, workers)
    for _ in range(2):  # and the next file gets a worker of its own
        with qtbot.waitSignal(runner.failed, timeout=10_000) as failed:
            runner.start(policy())
        assert isinstance(failed.args[0], InternalError)
    workers.close()


@pytest.mark.slow
@pytest.mark.parametrize("fault", KINDS)
def test_each_fault_is_told_by_its_kind_and_the_next_document_opens(
    qtbot: QtBot, fault: str
) -> None:
    workers = workers_of(*BAD_WORKER)
    runner = AnalysisRunner(workers, workers)
    with qtbot.waitSignal(runner.failed, timeout=40_000) as failed:
        runner.start(replace(policy(), name=f"{fault}.txt"))
    assert failed.args[0].kind == KINDS[fault]
    with qtbot.waitSignal(runner.finished, timeout=30_000):
        runner.start(policy())
    workers.close()


def test_a_worker_that_cannot_be_started_is_an_error_of_ours(qtbot: QtBot) -> None:
    workers = workers_of("/no/such/program")
    runner = AnalysisRunner(workers, workers)
    with qtbot.waitSignal(runner.failed, timeout=10_000) as failed:
        runner.start(policy())
    assert isinstance(failed.args[0], InternalError)
    workers.close()


def test_cancel_kills_the_worker_and_its_children_in_silence(qtbot: QtBot) -> None:
    workers = workers_of(sys.executable, "-c", SLEEPS)
    runner = AnalysisRunner(workers, workers)
    with qtbot.assertNotEmitted(runner.failed):
        runner.start(policy())
        qtbot.waitUntil(lambda: len(_children()) >= 2, timeout=10_000)
        ours = _children()
        runner.cancel()
        qtbot.waitUntil(lambda: not any(_runs(process) for process in ours), timeout=2_000)
    workers.close()


def test_close_sees_the_end_of_a_worker_that_was_just_given_up(qtbot: QtBot) -> None:
    workers = workers_of(sys.executable, "-c", SLEEPS)
    runner = AnalysisRunner(workers, workers)
    runner.start(policy())
    qtbot.waitUntil(lambda: len(_children()) >= 2, timeout=10_000)
    (worker,) = psutil.Process().children()
    runner.cancel()
    workers.close()
    assert not _runs(worker)


def test_close_ends_the_worker_that_waits_too(qtbot: QtBot, workers: Workers) -> None:
    workers.prepare()
    qtbot.waitUntil(lambda: bool(_children()), timeout=10_000)
    waiting = _children()
    workers.close()
    assert not any(_runs(process) for process in waiting)


def test_a_worker_waits_ahead_and_is_used(
    qtbot: QtBot, workers: Workers, runner: AnalysisRunner
) -> None:
    workers.prepare()
    qtbot.waitUntil(lambda: bool(_children()), timeout=10_000)
    (waiting,) = _children()
    runner.start(policy())
    assert _children() == [waiting]
    with qtbot.waitSignal(runner.finished, timeout=30_000):
        pass
    qtbot.waitUntil(lambda: not _runs(waiting), timeout=5_000)  # one file, one worker


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
