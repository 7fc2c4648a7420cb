"""The process that reads the bytes, run for real and spoken to in frames."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from reader.export.report_json import encode, to_json
from reader.protocol import (
    Answer,
    AnswerReader,
    Extracted,
    InputFile,
    Message,
    Operation,
    Progress,
    Ready,
    Refusal,
    Worker,
    encode_request,
    longest_time,
    read_input,
    worker_command,
)

pytestmark = pytest.mark.processes


def spoken_by_a_worker(
    requests: bytes, operation: Operation = "analyze", cwd: Path | None = None
) -> list[Message]:
    run = subprocess.run(
        worker_command(operation),
        input=requests,
        stdout=subprocess.PIPE,
        cwd=cwd,
        timeout=60,
        check=True,
    )
    answers = AnswerReader()
    messages = answers.feed(run.stdout)
    assert not answers.broken
    return messages


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


def test_a_password_opens_the_file_of_its_request_alone() -> None:
    data = (Path(__file__).parent / "corpus" / "pdf" / "locked.pdf").read_bytes()
    opened = encode_request("extract", "a.pdf", data, password="lantern")  # noqa: S106
    messages = spoken_by_a_worker(opened + encode_request("extract", "a.pdf", data), "extract")
    first, second = (each for each in messages if isinstance(each, Extracted | Refusal))
    assert isinstance(first, Extracted)
    assert "We do not sell your data." in str(first.content["text"])
    assert isinstance(second, Refusal)
    assert second.error.kind == "encrypted"


def test_a_policy_goes_in_and_a_report_comes_out(worker: Worker, sample: Path) -> None:
    source = read_input(sample)
    stages: list[tuple[str, float]] = []
    report = worker.analyze(source, lambda stage, share: stages.append((stage, share)))
    assert report.document.source.name == str(sample)
    assert report.document.source.sha256 == hashlib.sha256(source.data).hexdigest()
    assert len(report.topics) >= 15
    assert stages
    assert [share for _, share in stages] == sorted(share for _, share in stages)


def test_an_answer_holds_the_line_that_the_command_writes(worker: Worker, sample: Path) -> None:
    answer = worker.answer(read_input(sample))
    assert answer.json == encode(to_json(answer.report))
    assert b"\n" not in answer.json


def test_a_report_comes_by_member_where_it_is_asked_for_so(sample: Path) -> None:
    text = sample.read_bytes()
    _, *messages = spoken_by_a_worker(
        encode_request("analyze", "a.md", text, by_member=True)
        + encode_request("analyze", "a.md", text)
    )
    by_member, whole = (each for each in messages if isinstance(each, Answer))
    assert by_member.report == whole.report
    assert len(by_member.json.splitlines()) == len(to_json(whole.report))
    assert len(whole.json.splitlines()) == 1


def test_progress_is_told_no_faster_than_the_request_asks(sample: Path) -> None:
    text = sample.read_bytes()
    _, *messages = spoken_by_a_worker(
        encode_request("analyze", "a.md", text, pace=60) + encode_request("analyze", "a.md", text)
    )
    slow = next(i for i, each in enumerate(messages) if isinstance(each, Answer))
    assert [type(each) for each in messages[: slow + 1]] == [Progress, Answer]
    assert sum(isinstance(each, Progress) for each in messages[slow + 1 :]) > 2


def test_several_files_go_through_one_worker_a_refused_one_among_them(sample: Path) -> None:
    text = b"# Privacy policy\n\nWe do not sell your data.\n"
    ready, *rest = spoken_by_a_worker(
        encode_request("extract", "a.md", text)
        + encode_request("analyze", "b.md", b"  \n")
        + encode_request("analyze", "c.md", text)
    )
    assert isinstance(ready, Ready)
    extracted, refusal, answer = (each for each in rest if not isinstance(each, Progress))
    assert isinstance(extracted, Extracted)
    assert "We do not sell your data." in str(extracted.content["text"])
    assert isinstance(refusal, Refusal)
    assert refusal.error.kind == "empty"
    assert isinstance(answer, Answer)
    assert "We do not sell your data." in answer.report.document.text


def test_the_same_bytes_give_the_same_report_in_a_used_worker(worker: Worker, sample: Path) -> None:
    source = read_input(sample)
    first = worker.analyze(source)
    worker.analyze(InputFile("b.md", b"We sell it.", hashlib.sha256(b"We sell it.").hexdigest()))
    assert worker.analyze(source) == first


def test_a_worker_without_requests_ends_by_itself() -> None:
    operations: tuple[Operation, ...] = ("analyze", "extract")
    for operation in operations:
        (said,) = spoken_by_a_worker(b"", operation)
        assert isinstance(said, Ready)


def test_half_a_request_is_no_request() -> None:
    request = encode_request("extract", "a.md", b"We keep it.")
    (said,) = spoken_by_a_worker(request[:-3], "extract")
    assert isinstance(said, Ready)


def test_a_worker_made_ready_for_one_thing_can_do_the_other() -> None:
    request = encode_request("analyze", "a.md", b"We keep it.")
    assert isinstance(spoken_by_a_worker(request, "extract")[-1], Answer)


def test_a_worker_made_ready_to_extract_does_not_load_the_engine() -> None:
    program = """
import sys
import reader.worker as worker
worker._warm_up("extract")
ours = {"reader.analysis", "reader.disclosures", "reader.sentences", "nltk", "textstat"}
print(*ours & set(sys.modules))
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True, timeout=60
    )
    assert run.stdout == b"\n"


def test_files_of_the_current_folder_are_not_taken_for_libraries(tmp_path: Path) -> None:
    for name in ("regex.py", "nltk.py", "textstat.py", "reader.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('taken')\n")
    request = encode_request("analyze", "a.md", b"We keep it.")
    assert isinstance(spoken_by_a_worker(request, cwd=tmp_path)[-1], Answer)


def test_what_a_library_prints_does_not_reach_the_answers() -> None:
    program = """
import os, sys
import reader.worker as worker
answers = worker._claim_stdout()
print("a library says hello")
sys.stdout.flush()
os.system("echo so does a program")
os.write(1, b"and so does C code\\n")
answers.write(b"the answer")
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True, timeout=60
    )
    assert run.stdout == b"the answer"
    assert run.stderr.count(b"\n") == 3


def test_an_idle_worker_ends_when_its_parent_is_killed() -> None:
    program = """
import time
from reader.protocol import InputFile, Worker
worker = Worker()
worker.extract(InputFile("a.md", b"We keep it.", ""))
print("idle", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"idle\n"
        workers = psutil.Process(parent.pid).children()
        assert len(workers) == 1
        parent.send_signal(signal.SIGKILL)
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def test_a_worker_whose_reader_has_gone_says_nothing_of_it() -> None:
    with subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        _, errors = process.communicate(encode_request("analyze", "a.md", b"We keep it."), 30)
    assert errors == b""
    assert process.returncode == 0


def test_the_alarm_for_a_worker_without_a_parent_is_off_between_files() -> None:
    program = """
import io, signal
import reader.worker as worker
from reader.protocol import encode_request
requests = io.BytesIO(encode_request("extract", "a.md", b"We keep it."))
during = []
class Answers(io.BytesIO):
    def write(self, data):
        during.append(signal.getitimer(signal.ITIMER_REAL)[0])
        return super().write(data)
worker._serve(requests.readline(), requests, Answers())
print(*during, signal.getitimer(signal.ITIMER_REAL)[0])
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True, timeout=60
    )
    during, after = map(float, run.stdout.split())
    assert longest_time("extract") < during <= longest_time("extract") + 6
    assert after == 0
