"""The parent's side: what is opened, what is believed, and that every worker comes to an end.

The workers here are real processes that behave as badly as a hostile file could make ours behave.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from reader.errors import (
    ChangedError,
    InputTimeoutError,
    InternalError,
    NotAFileError,
    NotFoundError,
    PermissionDeniedError,
    ReaderError,
    ResourceError,
    TooLargeError,
)
from reader.export.report_json import decode, dumps, encode, error_json, from_json
from reader.protocol import (
    MAX_HEADER_BYTES,
    MAX_INPUT_BYTES,
    MAX_PROGRESS_FRAMES,
    Answer,
    AnswerReader,
    Extracted,
    InputFile,
    Message,
    Progress,
    Ready,
    Refusal,
    Worker,
    encode_frame,
    encode_request,
    read_input,
    read_stream,
    time_limit,
    worker_command,
)
from tests.make_report import make_report
from tests.ordinary_user import as_ordinary_user

pytestmark = pytest.mark.processes

REPORT = make_report()
SOURCE = InputFile("larch-lantern.md", b"We keep it.", REPORT.document.source.sha256)


# --- opening --------------------------------------------------------------------------------------


def test_a_file_is_read_once_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "a policy.txt"
    path.write_bytes(b"We keep it.")
    source = read_input(path)
    assert source == InputFile(
        str(path), b"We keep it.", hashlib.sha256(b"We keep it.").hexdigest()
    )
    assert read_input(path, "a policy.txt").name == "a policy.txt"


def test_a_name_that_is_no_utf_8_is_shown_with_marks(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9\xff.txt"
    Path(os.fsdecode(path)).write_bytes(b"x")
    name = read_input(os.fsdecode(path)).name
    assert name.endswith("caf\ufffd\ufffd.txt")
    assert name.encode("utf-8")


@pytest.mark.parametrize("name", ["none.txt", "none/x.txt", "a\0b.txt", "x" * 5000, "\ud800.txt"])
def test_a_file_that_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFoundError):
        read_input(f"{tmp_path}/{name}")


def test_a_link_that_leads_round_in_a_circle_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    with pytest.raises(NotFoundError):
        read_input(tmp_path / "a.txt")


def test_folders_pipes_sockets_and_devices_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        for path in (tmp_path, tmp_path / "pipe.txt", tmp_path / "s", Path("/dev/zero")):
            with pytest.raises(NotAFileError):
                read_input(path)


def test_a_file_that_may_not_be_read_is_a_matter_of_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with as_ordinary_user(), pytest.raises(PermissionDeniedError):
        read_input(path)


def test_a_file_that_is_too_large_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(10 << 30)
    begun = time.monotonic()
    with pytest.raises(TooLargeError):
        read_input(path)
    assert time.monotonic() - begun < 1


def test_a_file_that_holds_more_than_its_size_says_has_changed() -> None:
    with pytest.raises(ChangedError):
        read_input("/proc/self/status")  # its size is told as 0


def test_standard_input_is_read_up_to_the_limit() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream:
        os.write(writing, b"We keep it.")
        os.close(writing)
        assert read_stream(stream).name == "-"
    with Path("/dev/zero").open("rb") as endless, pytest.raises(TooLargeError):
        read_stream(endless)


# --- frames ---------------------------------------------------------------------------------------


def conversation() -> tuple[bytes, list[Message]]:
    error = error_json(ResourceError(), "x")
    spoken = (
        encode_frame({"ready": True})
        + encode_frame({"stage": "Finding sections", "fraction": 0.25})
        + encode_frame({"answer": "report"}, dumps(REPORT).encode())
        + encode_frame({"answer": "text"}, encode({"ok": True, "text": "We\nkeep it."}))
        + encode_frame({"answer": "error"}, encode(error))
    )
    return spoken, [
        Ready(),
        Progress("Finding sections", 0.25),
        Answer(REPORT, dumps(REPORT).encode()),
        Extracted({"ok": True, "text": "We\nkeep it."}),
    ]


@pytest.mark.parametrize("size", [1, 2, 7, 4096, 10**9])
def test_answers_are_understood_in_pieces_of_any_size(size: int) -> None:
    spoken, expected = conversation()
    answers = AnswerReader()
    heard: list[Message] = []
    for start in range(0, len(spoken), size):
        heard += answers.feed(spoken[start : start + size])
    assert heard[:-1] == expected
    assert isinstance(heard[-1], Refusal)
    assert isinstance(heard[-1].error, ResourceError)
    assert not answers.broken


def test_a_request_is_one_line_and_the_bytes_of_the_file() -> None:
    line, _, data = encode_request("analyze", "a\nb.txt", b"\x00\n\xff").partition(b"\n")
    assert json.loads(line) == {"operation": "analyze", "name": "a\nb.txt", "size": 3}
    assert data == b"\x00\n\xff"


@pytest.mark.parametrize(
    ("spoken", "error"),
    [
        (b"hello\n", InternalError),
        (b"[]\n", InternalError),
        (b"[" * 1000 + b"\n", InternalError),
        (b'{"answer": "report", "size": -1}\n', InternalError),
        (b'{"answer": "report", "size": "9"}\n', InternalError),
        (b'{"answer": "report", "size": 2}\n{}', InternalError),
        (b'{"answer": "report", "size": 3}\n\xff\xfe\xfd', InternalError),
        (b'{"answer": "text", "size": 2}\n{}', InternalError),
        (b'{"answer": "error", "size": 2}\n{}', InternalError),
        (b'{"answer": "song", "size": 2}\n{}', InternalError),
        (b'{"stage": "x", "fraction": NaN}\n', InternalError),
        (b'{"ready": true}\n' * 2, InternalError),
        (b'{"answer": "report", "size": 99999999999}\n', ResourceError),
        (b"x" * MAX_HEADER_BYTES, ResourceError),
        (b'{"stage": "x", "fraction": 0}\n' * (MAX_PROGRESS_FRAMES + 1), ResourceError),
    ],
    ids=lambda each: each[:40].decode("ascii", "replace") if isinstance(each, bytes) else "",
)
def test_what_makes_no_sense_is_refused_once_and_then_nothing_is_heard(
    spoken: bytes, error: type[ReaderError]
) -> None:
    answers = AnswerReader()
    last = answers.feed(spoken)[-1]
    assert isinstance(last, Refusal)
    assert type(last.error) is error
    assert answers.broken
    assert answers.feed(b'{"ready": true}\n') == []


def test_shares_of_progress_are_kept_between_none_and_all() -> None:
    answers = AnswerReader()
    spoken = b'{"stage": "x", "fraction": -1}\n{"stage": "x", "fraction": 1e9}\n'
    assert answers.feed(spoken) == [Progress("x", 0.0), Progress("x", 1.0)]


# --- workers that misbehave -----------------------------------------------------------------------

PREAMBLE = """
import json, os, sys, time
def tell(**header):
    os.write(1, json.dumps(header).encode() + b"\\n")
def request():
    header = json.loads(sys.stdin.buffer.readline())
    return header["name"], sys.stdin.buffer.read(header["size"])
def answer(kind, value):
    payload = value if isinstance(value, bytes) else json.dumps(value).encode()
    sys.stdout.buffer.write(json.dumps({"answer": kind, "size": len(payload)}).encode() + b"\\n")
    sys.stdout.buffer.write(payload)
    sys.stdout.buffer.flush()
tell(ready=True)
"""


def worker_that(program: str) -> Worker:
    return Worker([sys.executable, "-I", "-c", PREAMBLE + program])


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("sys.exit(0)", InternalError),
        ("request(); sys.exit(0)", InternalError),
        ("request(); os.kill(os.getpid(), 9)", InternalError),
        ("request(); os.abort()", InternalError),
        ("request(); print('Segmentation fault', flush=True); time.sleep(60)", InternalError),
        ("request(); answer('text', {'ok': True})", InternalError),
        ("request(); answer('report', {'schema': 'policy-reader/report/1'})", InternalError),
        ('request(); os.write(1, b\'{"answer": "report", "size": 9}\\n{\')', InternalError),
        ("request()\nwhile True: os.write(1, b'x' * 65536)", ResourceError),
        ("request()\nwhile True: tell(stage='x', fraction=0)", ResourceError),
        ("request(); tell(answer='report', size=10**12); time.sleep(60)", ResourceError),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_whatever_a_worker_does_there_is_one_error_and_no_process_left(
    program: str, error: type[ReaderError]
) -> None:
    before = set(psutil.Process().children(recursive=True))
    with worker_that(program) as worker:
        with pytest.raises(ReaderError) as caught:
            worker.analyze(SOURCE)
        assert type(caught.value) is error
        assert not worker.alive
    assert set(psutil.Process().children(recursive=True)) <= before


def test_the_answer_about_another_file_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(dumps(REPORT), encoding="utf-8")
    program = f"request(); answer('report', open({str(tmp_path / 'answer.json')!r}, 'rb').read())"
    with worker_that(program) as worker:
        assert worker.analyze(SOURCE) == REPORT
    with worker_that(program) as worker, pytest.raises(InternalError):
        worker.analyze(InputFile("other.md", b"x", "0" * 64))


@pytest.mark.parametrize("space", ["\n", "\r"])
def test_a_report_on_several_lines_would_break_the_rows_of_a_batch_and_is_not_taken(
    tmp_path: Path, space: str
) -> None:
    text = dumps(REPORT).replace(",", f",{space}", 1).encode()
    assert from_json(decode(text)) == REPORT
    (tmp_path / "answer.json").write_bytes(text)
    program = f"request(); answer('report', open({str(tmp_path / 'answer.json')!r}, 'rb').read())"
    with worker_that(program) as worker:
        with pytest.raises(InternalError):
            worker.answer(SOURCE)
        assert not worker.alive


def test_a_refusal_leaves_the_worker_ready_for_the_next_file() -> None:
    program = """
request(); answer('error', {'error': 'empty', 'message': 'Nothing.', 'hint': 'Try again.'})
name, data = request(); answer('text', {'ok': True, 'text': data.decode(), 'title': name})
"""
    with worker_that(program) as worker:
        with pytest.raises(ReaderError, match=r"Nothing\.") as caught:
            worker.analyze(SOURCE)
        assert caught.value.kind == "empty"
        assert worker.alive
        content = worker.extract(InputFile("b.md", b"We keep it.", ""))
        assert content == {"ok": True, "text": "We keep it.", "title": "b.md"}


def test_progress_is_passed_on() -> None:
    heard: list[tuple[str, float]] = []
    program = "request(); tell(stage='Reading the file', fraction=0.5); sys.exit()"
    with worker_that(program) as worker, pytest.raises(InternalError):
        worker.analyze(SOURCE, lambda stage, share: heard.append((stage, share)))
    assert heard == [("Reading the file", 0.5)]


def test_a_large_file_to_a_worker_that_never_reads_does_not_block() -> None:
    with worker_that("time.sleep(0.2)") as worker, pytest.raises(InternalError):
        worker.analyze(InputFile("x", b"x" * (8 << 20), ""))


def test_killing_a_worker_from_elsewhere_frees_the_one_who_waits() -> None:
    with worker_that("request(); time.sleep(60)") as worker:
        timer = threading.Timer(0.3, worker.kill)
        timer.start()
        with pytest.raises(InternalError):
            worker.analyze(SOURCE)
        timer.join()


def test_a_worker_that_is_gone_takes_no_request() -> None:
    with worker_that("sys.exit()") as worker:
        with pytest.raises(InternalError):
            worker.analyze(SOURCE)
        with pytest.raises(InternalError):
            worker.extract(SOURCE)


def test_closing_ends_what_the_worker_has_started_too() -> None:
    program = """
import subprocess
child = subprocess.Popen(["sleep", "60"])
request(); tell(stage=str(child.pid), fraction=0); time.sleep(60)
"""
    started: list[psutil.Process] = []

    def stop_there(stage: str, _share: float) -> None:
        started.append(psutil.Process(int(stage)))
        raise KeyboardInterrupt

    with worker_that(program) as worker, pytest.raises(KeyboardInterrupt):
        worker.analyze(SOURCE, stop_there)
    assert started
    assert psutil.wait_procs(started, timeout=5)[1] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "program",
    [
        "request(); time.sleep(60)",
        "request()\nwhile True: tell(stage='x', fraction=0); time.sleep(0.1)",
        "time.sleep(60)",
    ],
)
def test_a_worker_that_hangs_or_trickles_is_ended_within_the_limit(program: str) -> None:
    begun = time.monotonic()
    with worker_that(program) as worker, pytest.raises(InputTimeoutError):
        worker.analyze(SOURCE)
    assert time.monotonic() - begun < time_limit("analyze", len(SOURCE.data)) + 3


def test_a_worker_that_cannot_be_started_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="started"):
        Worker([str(tmp_path / "no-such-program")])


# --- limits and walls -----------------------------------------------------------------------------


def test_time_grows_with_size_and_has_an_end() -> None:
    assert time_limit("extract", 0) == 8
    assert time_limit("extract", 10 << 20) == 18
    assert time_limit("extract", MAX_INPUT_BYTES) == 60
    assert time_limit("analyze", 0) == 15
    assert time_limit("analyze", MAX_INPUT_BYTES) == 120


def test_an_analysis_may_take_five_times_what_the_slowest_text_took() -> None:
    measured = 2.4  # seconds of processor time a megabyte
    for megabytes in (1, 2, 4, 6):
        assert time_limit("analyze", megabytes << 20) >= 5 * measured * megabytes


@pytest.mark.slow
@pytest.mark.parametrize(("step", "kind"), [(0.01, "internal"), (0, "timeout")])
def test_reading_that_goes_on_gets_more_time_and_one_that_only_says_so_does_not(
    step: float, kind: str
) -> None:
    program = f"""
request()
share, end = 0, time.monotonic() + {time_limit("extract", 0) + 1}
while time.monotonic() < end:
    share += {step}
    tell(stage="Reading the file", fraction=share)
    time.sleep(0.1)
"""
    with worker_that(program) as worker, pytest.raises(ReaderError) as caught:
        worker.extract(SOURCE)
    assert caught.value.kind == kind  # without a word after all it is our mistake


def test_the_worker_is_isolated_from_the_folder_it_is_started_in() -> None:
    assert worker_command()[:-1] == [sys.executable, "-I", "-m", "reader.worker"]


def test_the_parent_never_loads_the_engine() -> None:
    program = (
        "import sys, reader.protocol, reader.batch, reader.cli\n"
        "engine = {'nltk', 'textstat', 'markdown_it', 'charset_normalizer', 'PySide6'}\n"
        "ours = {'reader.analysis', 'reader.loading', 'reader.disclosures'}\n"
        "sys.exit(str((engine | ours) & set(sys.modules) or ''))"
    )
    run = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    assert run.stderr.strip() == ""
