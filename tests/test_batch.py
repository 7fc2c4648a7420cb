"""Many files: which are found, in which order their rows stand, and that none stops the rest."""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest

from reader.analysis import analyze
from reader.batch import Input, Row, Workers, find_inputs, overview, read_rows, write_rows
from reader.errors import EmptyInputError, PermissionDeniedError
from reader.export import overview as overviews
from reader.fork_server import can_fork_workers
from reader.protocol import read_input
from reader.version import __version__
from tests.conftest import RunsPolicyReader
from tests.ordinary_user import as_ordinary_user

pytestmark = pytest.mark.processes

TEXT = "# Privacy policy\n\nWe collect your e-mail address. We do not sell it to anyone.\n"


def make_files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")


def names_of(places: list[Path | str]) -> list[str]:
    return [each.name for each in find_inputs([str(place) for place in places]).inputs]


def rows_in(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def name_of(row: dict[str, Any]) -> str:
    name = (row.get("document") or row)["source"]["name"]
    assert isinstance(name, str)
    return name


# --- what is found --------------------------------------------------------------------------------


def test_a_folder_gives_the_files_below_it_by_names_relative_to_it(tmp_path: Path) -> None:
    make_files(tmp_path, "b.txt", "a/z.md", "a/b/C.TXT", "LICENCE", "a/picture.png", ".git/HEAD")
    found = find_inputs([str(tmp_path)])
    assert [each.name for each in found.inputs] == ["LICENCE", "a/b/C.TXT", "a/z.md", "b.txt"]
    assert found.left_out == 1


def test_a_trailing_slash_changes_nothing(tmp_path: Path) -> None:
    make_files(tmp_path, "b.txt", "a/z.md")
    assert names_of([f"{tmp_path}/"]) == names_of([tmp_path]) == ["a/z.md", "b.txt"]


def test_several_places_keep_their_paths_so_that_names_stay_apart(tmp_path: Path) -> None:
    make_files(tmp_path, "a/x.txt", "b/x.txt")
    places: list[Path | str] = [tmp_path / "b", tmp_path / "a", tmp_path / "a" / "x.txt"]
    assert names_of(places) == [f"{tmp_path}/a/x.txt", f"{tmp_path}/b/x.txt"]


def test_a_pattern_gives_what_it_matches(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt", "b.md", "d/c.txt")
    assert names_of([f"{tmp_path}/*.txt"]) == [f"{tmp_path}/a.txt"]
    assert names_of([f"{tmp_path}/**/*.txt"]) == [f"{tmp_path}/a.txt", f"{tmp_path}/d/c.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    make_files(tmp_path, "a[1].txt", "a1.txt")
    assert names_of([tmp_path / "a[1].txt"]) == [f"{tmp_path}/a[1].txt"]


def test_what_is_named_and_not_there_is_kept_to_become_an_error_row(tmp_path: Path) -> None:
    assert names_of([tmp_path / "none.txt", tmp_path / "*.txt", tmp_path / ("x" * 300)]) == [
        f"{tmp_path}/*.txt",
        f"{tmp_path}/none.txt",
        f"{tmp_path}/{'x' * 300}",
    ]


def test_links_that_lead_round_in_a_circle_end(tmp_path: Path) -> None:
    make_files(tmp_path, "a/x.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert names_of([tmp_path]) == ["a/x.txt"]


# --- the rows -------------------------------------------------------------------------------------


def test_rows_stand_in_order_of_names_and_a_bad_file_stops_nothing(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    folder = tmp_path / "in"
    make_files(folder, "d.txt", "a.txt", "sub/c.md")
    (folder / "b.txt").write_bytes(b" \n")
    (folder / "e.txt").symlink_to("nowhere")
    os.mkfifo(folder / "f.txt")
    run = policy_reader("batch", folder, "--to", "jsonl", "-o", tmp_path / "out.jsonl")
    rows = rows_in(tmp_path / "out.jsonl")
    assert run.code == 1
    assert run.out == ""
    assert [name_of(row) for row in rows] == [
        "a.txt", "b.txt", "d.txt", "e.txt", "f.txt", "sub/c.md",
    ]  # fmt: skip
    assert [row.get("error") for row in rows] == [
        None, "empty", None, "not_found", "not_a_file", None,
    ]  # fmt: skip
    assert rows[0]["document"]["text"] == rows[2]["document"]["text"]


def test_a_batch_without_failures_says_nothing_and_is_done(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path / "in", "a.txt", "b.txt")
    run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out.jsonl", "--jobs", "2")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert [name_of(row) for row in rows_in(tmp_path / "out.jsonl")] == ["a.txt", "b.txt"]


def test_a_list_of_files_comes_from_standard_input(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path, "a b.txt", "隐私.txt")
    listed = "隐私.txt\na b.txt\n".encode()
    run = policy_reader("batch", "-", "--to", "jsonl", "-o", "out.jsonl", stdin=listed)
    assert run.code == 0
    assert [name_of(row) for row in rows_in(tmp_path / "out.jsonl")] == ["a b.txt", "隐私.txt"]


def test_a_name_that_is_no_utf_8_gets_its_row(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt")).write_text(TEXT)
    run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out.jsonl")
    assert run.code == 0
    assert [name_of(row) for row in rows_in(tmp_path / "out.jsonl")] == ["caf\ufffd.txt"]


def test_nothing_to_read_is_refused_and_writes_nothing(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    (tmp_path / "in").mkdir()
    run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out.jsonl")
    assert run.code == 2
    assert run.err == "policy-reader: there are no files to read there.\n"
    assert not (tmp_path / "out.jsonl").exists()


def test_a_result_that_cannot_be_written_is_refused_in_words(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path, "a.txt")
    run = policy_reader("batch", "a.txt", "--to", "jsonl", "-o", "none/out.jsonl")
    assert run.code == 2
    assert "The folder to save the result in does not exist." in run.err
    full = policy_reader("batch", "a.txt", "--to", "jsonl", "-o", "/dev/full")
    assert full.code == 2
    assert "the disk is full" in full.err


@pytest.mark.parametrize("limit", [0, 50_000])
def test_a_disk_that_fills_up_leaves_an_earlier_result_whole(tmp_path: Path, limit: int) -> None:
    make_files(tmp_path / "in", *(f"{number}.txt" for number in range(9)))
    (tmp_path / "out.jsonl").write_text("an earlier result\n")
    run = subprocess.run(
        [sys.executable, "-m", "reader", "batch", "in", "--to", "jsonl", "-o", "out.jsonl"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "the disk is full" in run.stderr
    assert (tmp_path / "out.jsonl").read_text() == "an earlier result\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]


def test_a_file_to_be_read_is_not_written_over(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path, "a.txt")
    run = policy_reader("batch", ".", "--to", "jsonl", "-o", "a.txt")
    assert run.code == 2
    assert (tmp_path / "a.txt").read_text() == TEXT


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "jsonl", "-o", "x", "--scheduler", "tcp://127.0.0.1:1"),
        ("--to", "jsonl", "-o", "x", "--jobs", "0"),
        ("--to", "jsonl"),
    ],
)
def test_what_this_version_cannot_do_is_refused_in_words(
    tmp_path: Path, policy_reader: RunsPolicyReader, arguments: tuple[str, ...]
) -> None:
    make_files(tmp_path, "a.txt")
    run = policy_reader("batch", "a.txt", *arguments)
    assert run.code == 2
    assert run.err
    assert "Traceback" not in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def run_on_a_terminal(folder: Path, *files: str, **environment: str) -> tuple[int, str]:
    """Run a batch that speaks to a terminal; return its exit code and what it showed."""
    terminal, end = os.openpty()
    command = [sys.executable, "-m", "reader", "batch", *files, "--to", "jsonl", "-o", "out.jsonl"]
    shown = b""
    with subprocess.Popen(command, cwd=folder, stderr=end, env=os.environ | environment) as run:
        os.close(end)
        with suppress(OSError):  # at its end
            while chunk := os.read(terminal, 65536):
                shown += chunk
        code = run.wait(60)
    os.close(terminal)
    return code, shown.decode()


def test_progress_is_shown_on_a_terminal_and_erased_at_the_end(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt", "b.txt")
    code, shown = run_on_a_terminal(tmp_path, "a.txt", "b.txt", "none.txt", TERM="xterm")
    rewritten = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown).replace("\r", "\n")
    assert code == 1
    assert re.search(r"^.*3 of 3 files +.*left 1 failed *$", rewritten, re.MULTILINE)
    assert "\x1b[2K" in shown.rpartition("1 failed")[2]  # the line is erased
    assert shown.endswith("1 of 3 files could not be read; their rows say why.\r\n")


def test_a_terminal_that_cannot_rewrite_a_line_is_left_alone(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt")
    assert run_on_a_terminal(tmp_path, "a.txt", "none.txt", TERM="dumb") == (
        1,
        "policy-reader: none.txt: There is no file with this name.\r\n"
        "policy-reader: 1 of 2 files could not be read; their rows say why.\r\n",
    )


# --- the table ------------------------------------------------------------------------------------


def table_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_a_row_a_policy_and_a_column_a_topic_and_type(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path / "in", "a.txt", "=b.txt")
    (tmp_path / "in" / "empty.txt").touch()
    run = policy_reader("batch", "in", "--to", "csv", "-o", "out.csv")
    assert run.code == 1
    rows = table_in(tmp_path / "out.csv")
    assert [row["name"] for row in rows] == ["'=b.txt", "a.txt", "empty.txt"]
    _, read, refused = rows
    assert (read["sell.sells"], read["collect.contact"], read["keep.stated"]) == (
        "denied",
        "said",
        "",
    )
    assert (read["words"], read["error"], read["verdict"]) == ("14", "", "")
    assert read["sell"] == "withheld"
    assert refused["error"] == "empty"
    assert refused["message"]
    assert not any(
        value for name, value in refused.items() if name not in ("name", "error", "message")
    )


def test_the_table_says_what_the_reports_say(tmp_path: Path, shared: Path) -> None:
    policies = sorted((shared / "data" / "reference").glob("*.md"))[:6]
    inputs = [Input(path.name, path) for path in policies]
    out = tmp_path / "out.csv"
    written = write_rows(read_rows(inputs, 2, rows=overview()), out, overview().head)
    assert not any(row.is_error for row in written)
    for path, row in zip(policies, table_in(out), strict=True):
        report = analyze(path.read_bytes(), path.name)
        assert row["verdict"] == report.verdict
        assert float(row["flesch_kincaid_grade"]) == pytest.approx(
            report.scores.flesch_kincaid_grade, abs=0.006
        )
        for topic in report.topics:
            assert row[topic.id] == topic.verdict.value
        said = {d.key for d in report.disclosures}
        for column, value in row.items():
            if "." in column:
                stances = {s for s in ("said", "denied") if f"{column}:{s}" in said}
                assert set(filter(None, value.split("+"))) == stances


# --- going on -------------------------------------------------------------------------------------


@pytest.mark.parametrize("output_format", ["html", "parquet"])
def test_a_table_that_is_made_at_the_end_resumes_like_the_others(
    tmp_path: Path, policy_reader: RunsPolicyReader, output_format: str
) -> None:
    if output_format == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra parquet")
    make_files(tmp_path / "in", "a.txt", "c.txt")
    (tmp_path / "in" / "b.txt").touch()
    batch = ("batch", "in", "--to", output_format)
    assert policy_reader(*batch, "-o", "whole").code == 1
    assert policy_reader("batch", "in", "--to", "html", "-o", "nowhere/x").code == 2
    whole = (tmp_path / "whole").read_bytes()
    lines = [overviews.to_line(overviews.Overview(name="a.txt", error="empty")), b'{"name":"b.t']
    (tmp_path / "part").write_text("an earlier result")
    (tmp_path / "part.rows").write_bytes(b"\n".join(lines))
    assert policy_reader(*batch, "-o", "part", "--resume").code == 1
    resumed = (tmp_path / "part").read_bytes()
    assert resumed != whole  # what was read before is not read again
    assert policy_reader(*batch, "-o", "part", "--resume").code == 1
    assert (tmp_path / "part").read_bytes() == whole  # a run that ended is not gone on with
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "part", "whole"]


def test_lines_that_wait_for_their_table_are_not_written_over_a_policy(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path, "all.rows")
    run = policy_reader("batch", "all.rows", "--to", "html", "-o", "all")
    assert run.code == 2
    assert (tmp_path / "all.rows").read_text() == TEXT


def test_why_files_could_not_be_read_is_said_of_the_first_three(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path, "a.txt")
    missing = [f"no {number}.txt" for number in range(5)]
    run = policy_reader("batch", "a.txt", *missing, "--to", "csv", "-o", "out.csv")
    assert run.code == 1
    assert run.err.splitlines() == [
        *(f"policy-reader: {name}: There is no file with this name." for name in missing[:3]),
        "policy-reader: 5 of 6 files could not be read; their rows say why.",
    ]


@pytest.mark.parametrize("output_format", ["jsonl", "csv"])
@pytest.mark.parametrize("broken", [b"", b"half a row"])
def test_a_resumed_run_ends_with_the_bytes_of_one_that_went_through(
    tmp_path: Path, policy_reader: RunsPolicyReader, output_format: str, broken: bytes
) -> None:
    make_files(tmp_path / "in", "a.txt", "c.txt", "d  =.txt")
    (tmp_path / "in" / "b.txt").touch()
    batch = ("batch", "in", "--to", output_format)
    assert policy_reader(*batch, "-o", "whole").code == 1
    whole = (tmp_path / "whole").read_bytes()
    lines = whole.splitlines(keepends=True)
    for kept in range(len(lines) + 1):
        (tmp_path / "part").write_bytes(b"".join(lines[:kept]) + broken * (kept < len(lines)))
        run = policy_reader(*batch, "-o", "part", "--resume")
        assert run.code == 1
        assert run.err.endswith(
            "policy-reader: 1 of 4 files could not be read; their rows say why.\n"
        )
        assert (tmp_path / "part").read_bytes() == whole


def test_nothing_is_lost_where_the_rows_of_another_batch_stand(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path / "in", "a.txt", "b.txt")
    for there in (b"My notes on lamps.\n", b'{"ok":false,"source":{"name":"z.txt"}}\n', b"[]\n"):
        (tmp_path / "out").write_bytes(there)
        run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out", "--resume")
        assert run.code == 2
        assert "cannot be resumed" in run.err
        assert (tmp_path / "out").read_bytes() == there


@pytest.mark.parametrize("damage", [b"a\rb", b"l" * 200_000])
def test_nothing_is_lost_where_a_table_was_damaged(
    tmp_path: Path, policy_reader: RunsPolicyReader, damage: bytes
) -> None:
    make_files(tmp_path / "in", "a.txt", "b.txt")
    batch = ("batch", "in", "--to", "csv", "-o", "out")
    assert policy_reader(*batch).code == 0
    damaged = (tmp_path / "out").read_bytes().replace(b"\na.txt", b"\n" + damage)
    (tmp_path / "out").write_bytes(damaged)
    run = policy_reader(*batch, "--resume")
    assert (run.code, run.out) == (2, "")
    assert "cannot be resumed" in run.err
    assert (tmp_path / "out").read_bytes() == damaged


def test_rows_of_files_that_changed_are_kept_and_the_user_is_told(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    make_files(tmp_path / "in", "a.txt", "b.txt", "c.txt")
    batch = ("batch", "in", "--to", "jsonl", "-o", "out")
    assert policy_reader(*batch).code == 0
    later = (tmp_path / "out").stat().st_mtime_ns + 1_000_000_000
    os.utime(tmp_path / "in" / "b.txt", ns=(later, later))
    run = policy_reader(*batch, "--resume")
    assert run.code == 0
    assert "1 of the files and rules have changed since out was written" in run.err


@pytest.mark.parametrize(("output_format", "told"), [("jsonl", '"version":"{}"'), ("csv", ",{},")])
def test_rows_of_another_version_are_not_gone_on_with(
    tmp_path: Path, policy_reader: RunsPolicyReader, output_format: str, told: str
) -> None:
    make_files(tmp_path / "in", "a.txt", "b.txt")
    batch = ("batch", "in", "--to", output_format, "-o", "out")
    assert policy_reader(*batch).code == 0
    version, another = told.format(__version__).encode(), told.format("0.0.1").encode()
    older = (tmp_path / "out").read_bytes().replace(version, another)
    assert another in older
    (tmp_path / "out").write_bytes(older)
    run = policy_reader(*batch, "--resume")
    assert run.code == 2
    assert "cannot be resumed" in run.err
    assert (tmp_path / "out").read_bytes() == older


def test_two_batches_do_not_write_one_file(tmp_path: Path, policy_reader: RunsPolicyReader) -> None:
    make_files(tmp_path / "in", "a.txt")
    out = tmp_path / "out"
    with closing(write_rows([Row(b"first", is_error=False)], out)) as first:
        next(first)
        run = policy_reader("batch", "in", "--to", "jsonl", "-o", "out")
        assert run.code == 2
        assert "Another batch is writing" in run.err
    assert out.read_bytes() == b"first\n"
    assert policy_reader("batch", "in", "--to", "jsonl", "-o", "out").code == 0


def test_a_result_that_may_be_written_but_not_moved_is_written_over_where_it_is() -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        out.write_text("a longer result of an earlier batch\n")
        out.chmod(0o666)
        Path(folder).chmod(0o555)
        with as_ordinary_user():
            for _ in write_rows([Row(b"new", is_error=False)], out, head=[b"head"]):
                with pytest.raises(PermissionDeniedError, match="Another batch"):
                    next(write_rows([Row(b"second", is_error=False)], out))
        assert out.read_bytes() == b"head\nnew\n"
        Path(folder).chmod(0o755)


def test_a_pipe_has_nothing_to_resume(tmp_path: Path, policy_reader: RunsPolicyReader) -> None:
    make_files(tmp_path / "in", "a.txt")
    os.mkfifo(tmp_path / "pipe")
    run = policy_reader("batch", "in", "--to", "jsonl", "-o", "pipe", "--resume", timeout=30)
    assert run.code == 2
    assert "folder or device" in run.err


def test_the_list_of_files_is_not_written_over(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt")
    names = tmp_path / "names"
    names.write_text("a.txt\n")
    command = [sys.executable, "-m", "reader", "batch", "-", "--to", "csv", "-o", "names"]
    with names.open("rb") as file:
        run = subprocess.run(command, stdin=file, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2
    assert names.read_text() == "a.txt\n"


# --- interruption ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_interruption_leaves_whole_rows_and_no_process(tmp_path: Path, by: signal.Signals) -> None:
    make_files(tmp_path / "in", *(f"p{number:03}.txt" for number in range(400)))
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "reader", "batch", "in", "--to", "jsonl", "-o", str(out)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        parent = psutil.Process(process.pid)
        # Two, since the latest is taken back where its writer was not told that it is written.
        while process.poll() is None and not (out.exists() and out.read_bytes().count(b"\n") > 1):
            parent.children()
        children = parent.children(recursive=True)
        begun = time.monotonic()
        process.send_signal(by)
        assert process.stderr is not None
        errors = process.stderr.read()
        assert process.wait(30) == 130
        assert time.monotonic() - begun < 2
    assert errors == b""
    assert children
    assert not psutil.wait_procs(children, timeout=5)[1]
    rows = rows_in(out)
    assert 0 < len(rows) < 400
    assert [name_of(row) for row in rows] == [f"p{number:03}.txt" for number in range(len(rows))]


def test_rows_are_read_only_a_little_ahead_of_their_use(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt")
    taken: list[int] = []

    def endless_inputs() -> Any:
        while True:
            taken.append(1)
            yield Input("a.txt", tmp_path / "a.txt")

    rows = read_rows(endless_inputs(), jobs=1)
    for _ in range(3):
        assert not next(rows).is_error
    rows.close()
    assert len(taken) < 10


def running_workers() -> set[psutil.Process]:
    """Return the worker processes below this one, without the server that they are forked off."""
    below = psutil.Process().children(recursive=True)
    return {each for each in below if (each.ppid() != os.getpid()) == can_fork_workers()}


def test_a_worker_that_dies_while_it_waits_costs_no_file(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt")
    source = read_input(tmp_path / "a.txt")
    before = set(psutil.Process().children(recursive=True))
    workers = Workers()
    report = workers.answer(source).report
    (idle,) = running_workers() - before
    idle.kill()
    psutil.wait_procs([idle], timeout=5)
    assert workers.answer(source).report == report
    workers.stop()
    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_worker_is_replaced_after_fifty_files_and_after_any_error(tmp_path: Path) -> None:
    make_files(tmp_path, "a.txt")
    (tmp_path / "empty.txt").write_bytes(b" ")
    source, empty = read_input(tmp_path / "a.txt"), read_input(tmp_path / "empty.txt")
    before = set(psutil.Process().children(recursive=True))
    workers = Workers()
    idle = []
    for _ in range(51):
        workers.answer(source)
        idle.append(running_workers() - before)
    assert all(len(one) == 1 and one == idle[0] for one in idle[:49])
    assert idle[49] == set()
    assert len(idle[50]) == 1
    assert idle[50] != idle[0]
    with pytest.raises(EmptyInputError):
        workers.answer(empty)
    assert running_workers() <= before
    workers.stop()
    assert set(psutil.Process().children(recursive=True)) <= before


def test_what_was_written_stays_when_the_rows_break_off(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    inputs = [Input("none.txt", tmp_path / "none.txt")] * 3
    rows = read_rows(inputs, jobs=1)
    written = write_rows(rows, out)
    next(written)
    written.close()
    rows.close()
    assert len(rows_in(out)) == 1
