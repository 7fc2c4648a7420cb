"""The commands, run as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest

from reader.version import __version__
from tests.conftest import RunsPolicyReader
from tests.make_parts import write_parts

pytestmark = pytest.mark.processes

TEXT = "# Privacy policy\n\nWe collect your e-mail address. We do not sell it to anyone.\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "our policy 隐私.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("analyse",), "Did you mean 'analyze'?"),
        (("analyse", "policy.md"), "Did you mean 'analyze'?"),
        (("selftest",), "Did you mean 'self-test'?"),
        (("overview", "--help"), "Type 'policy-reader --help' for a list."),
    ],
)
def test_a_word_that_is_no_command_and_no_file_opens_no_window(
    policy_reader: RunsPolicyReader, arguments: tuple[str, ...], advice: str
) -> None:
    run = policy_reader(*arguments)
    told = f"there is no command and no file called '{arguments[0]}'. {advice}"
    assert (run.code, run.out, run.err) == (2, "", f"policy-reader: {told}\n")


@pytest.mark.parametrize("command", [("analyze",), ("extract",), ("compare", "-")])
def test_an_address_is_told_to_be_on_the_web(
    policy_reader: RunsPolicyReader, command: tuple[str, ...]
) -> None:
    run = policy_reader(*command, "https://lamps.example/privacy", stdin=TEXT.encode())
    assert run.code == 2
    assert "never goes online" in run.out + run.err
    assert "save it" in run.out + run.err


# --- analyze --------------------------------------------------------------------------------------


def test_analyze_prints_the_card(policy_reader: RunsPolicyReader, sample: Path) -> None:
    run = policy_reader("analyze", sample)
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    for topic in ("Data collected", "Sharing", "Sale", "Your rights"):
        assert f"{topic}: " in run.out
    assert "\x1b" not in run.out


def test_analyze_to_json_follows_the_contract(
    policy_reader: RunsPolicyReader, sample: Path, shared: Path
) -> None:
    run = policy_reader("analyze", sample, "--to", "json")
    assert (run.code, run.err) == (0, "")
    report = json.loads(run.out)
    schema = json.loads((shared / "contract" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, schema)
    assert report["document"]["source"]["name"] == str(sample)


def test_analyze_reads_standard_input(policy_reader: RunsPolicyReader) -> None:
    run = policy_reader("analyze", "-", "--to", "json", stdin=TEXT.encode())
    assert run.code == 0
    assert json.loads(run.out)["document"]["source"]["name"] == "-"


def test_analyze_reads_several_files_as_one_policy(
    policy_reader: RunsPolicyReader, tmp_path: Path
) -> None:
    main, *others = write_parts(tmp_path)
    more = [word for other in others for word in ("--with", other)]
    run = policy_reader("analyze", main, *more, "--to", "json")
    assert (run.code, run.err) == (0, "")
    document = json.loads(run.out)["document"]
    assert [part["source"]["name"] for part in document["parts"]] == [main, *others]
    assert policy_reader("analyze", main, *more, "--to", "json").out == run.out
    card = policy_reader("analyze", main, *more).out
    assert "policy.docx, cookies.html and california.txt." in card


def test_a_file_that_stops_the_policy_it_belongs_to_is_named(
    policy_reader: RunsPolicyReader, tmp_path: Path
) -> None:
    main, cookies, _ = write_parts(tmp_path)
    empty, missing = tmp_path / "empty.txt", tmp_path / "missing.txt"
    empty.touch()
    for file, kind in ((empty, "empty"), (missing, "not_found"), (cookies, "unsupported")):
        arguments = ("analyze", main, "--with", cookies, "--with", file)
        run = policy_reader(*arguments)
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(f"policy-reader: {file}: ")
        error = json.loads(policy_reader(*arguments, "--to", "json").out)
        assert error["error"] == kind
        assert error["source"] == {"name": str(file), "part_of": main}


def test_no_file_of_a_policy_is_written_over_and_one_may_come_from_standard_input(
    policy_reader: RunsPolicyReader, tmp_path: Path
) -> None:
    main, cookies, _ = write_parts(tmp_path)
    before = Path(cookies).read_bytes()
    run = policy_reader("analyze", main, "--with", cookies, "--to", "html", "-o", cookies)
    assert (run.code, Path(cookies).read_bytes()) == (2, before)
    run = policy_reader("analyze", "-", "--with", cookies, stdin=TEXT.encode())
    assert run.code == 0
    assert "standard input and cookies.html." in run.out
    assert policy_reader("analyze", "-", "--with", "-", stdin=TEXT.encode()).code == 2


def test_analyze_to_pdf_writes_a_page_into_the_current_folder(
    policy_reader: RunsPolicyReader, policy: Path, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    run = policy_reader("analyze", policy, "--to", "pdf", cwd=tmp_path / "here")
    assert (run.code, run.err) == (0, "")
    assert run.out == "our policy 隐私-summary.pdf\n"
    page = tmp_path / "here" / run.out.strip()
    assert page.read_bytes().startswith(b"%PDF-")
    assert list((tmp_path / "here").iterdir()) == [page]


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_analyze_to_pdf_writes_where_it_is_told(
    policy_reader: RunsPolicyReader, policy: Path, tmp_path: Path, size: str
) -> None:
    run = policy_reader("analyze", policy, "--to", "pdf", "--page", size, "-o", "page.pdf")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("output_format", ["card", "json", "md", "csv"])
def test_analyze_writes_into_a_file_what_it_prints(
    policy_reader: RunsPolicyReader, policy: Path, tmp_path: Path, output_format: str
) -> None:
    printed = policy_reader("analyze", policy, "--to", output_format)
    run = policy_reader("analyze", policy, "--to", output_format, "-o", "out")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (tmp_path / "out").read_bytes().decode("utf-8") == printed.out


def test_analyze_to_html_writes_a_page_into_the_current_folder(
    policy_reader: RunsPolicyReader, policy: Path, tmp_path: Path
) -> None:
    run = policy_reader("analyze", policy, "--to", "html")
    assert (run.code, run.out, run.err) == (0, "our policy 隐私-summary.html\n", "")
    page = (tmp_path / run.out.strip()).read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")


def test_analyze_does_not_write_over_what_it_reads(
    policy_reader: RunsPolicyReader, policy: Path
) -> None:
    run = policy_reader("analyze", policy, "-o", policy)
    assert run.code == 2
    assert policy.read_text(encoding="utf-8") == TEXT


def test_what_standard_input_reads_is_not_written_over(
    policy: Path, tmp_path: Path, home: Path
) -> None:
    command = [sys.executable, "-m", "reader", "analyze", "-", "-o", str(policy)]
    with policy.open("rb") as file:
        run = subprocess.run(command, stdin=file, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.startswith("policy-reader: standard input is one of the files to read")
    assert policy.read_text(encoding="utf-8") == TEXT


def test_a_name_of_ours_is_not_that_of_what_is_read(
    policy_reader: RunsPolicyReader, tmp_path: Path
) -> None:
    policy = tmp_path / f"{'l' * 200}-summary.html"
    policy.write_text(f"<p>{TEXT}")
    run = policy_reader("analyze", policy, "--to", "html")
    assert run.code == 2
    assert policy.read_text() == f"<p>{TEXT}"


def test_the_card_can_be_printed_where_letters_are_ascii(
    policy_reader: RunsPolicyReader, policy: Path
) -> None:
    run = policy_reader("analyze", policy, env={"PYTHONIOENCODING": "ascii"})
    assert (run.code, run.err) == (0, "")
    assert run.out.isascii()


def test_the_same_report_in_any_locale(policy_reader: RunsPolicyReader, policy: Path) -> None:
    usual = policy_reader("analyze", policy, "--to", "json")
    strange = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Kolkata"}
    other = policy_reader("analyze", policy, "--to", "json", env=strange)
    assert other.code == 0
    assert json.loads(other.out)["disclosures"] == json.loads(usual.out)["disclosures"]


# --- extract --------------------------------------------------------------------------------------


def test_extract_prints_the_text_as_loaded(policy_reader: RunsPolicyReader, policy: Path) -> None:
    run = policy_reader("extract", policy)
    assert (run.code, run.err) == (0, "")
    content = json.loads(run.out)
    assert content["ok"] is True
    assert "We do not sell it to anyone." in content["text"]
    assert set(content) >= {"text", "title", "media_type", "notices"}


# --- refusals -------------------------------------------------------------------------------------


@pytest.fixture
def refused(tmp_path: Path) -> dict[str, Path]:
    """One input of every kind that can be refused before a format is known."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(65 << 20)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return {
        "empty": tmp_path / "empty.txt",
        "not_found": tmp_path / "none.txt",
        "not_a_file": tmp_path / "pipe.txt",
        "too_large": tmp_path / "big.txt",
        "unsupported": tmp_path / "picture.txt",
    }


@pytest.mark.parametrize("kind", ["empty", "not_found", "not_a_file", "too_large", "unsupported"])
def test_a_refusal_is_json_where_json_was_asked_for_and_a_sentence_elsewhere(
    policy_reader: RunsPolicyReader, refused: dict[str, Path], kind: str
) -> None:
    path = refused[kind]
    for arguments in (("extract", path), ("analyze", path, "--to", "json")):
        run = policy_reader(*arguments)
        assert (run.code, run.err) == (2, "")
        error = json.loads(run.out)
        assert error["schema"] == "policy-reader/error/1"
        assert error["ok"] is False
        assert error["error"] == kind
        assert error["source"]["name"] == str(path)
    for arguments in (("analyze", path), ("analyze", path, "--to", "pdf")):
        run = policy_reader(*arguments)
        assert (run.code, run.out) == (2, "")
        assert run.err == f"policy-reader: {path}: {error['message']} {error['hint']}\n"


def test_a_name_cannot_give_orders_to_the_terminal(policy_reader: RunsPolicyReader) -> None:
    run = policy_reader("analyze", "a\x1b[2J\nb.txt")
    assert run.code == 2
    assert "\x1b" not in run.err
    assert run.err.count("\n") == 1


@pytest.mark.parametrize("command", [("analyze",), ("compare", "again.md")])
def test_a_result_that_cannot_be_saved_is_refused_in_words_that_name_it(
    policy_reader: RunsPolicyReader, policy: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "again.md").write_text(TEXT, encoding="utf-8")
    run = policy_reader(*command, policy, "-o", "none/card.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("policy-reader: none/card.txt: The folder to save the result in")
    run = policy_reader(*command, policy, "--to", "json", "-o", "none/report.json")
    assert (run.code, run.err) == (2, "")
    error = json.loads(run.out)
    assert (error["error"], error["source"]) == ("not_found", {"name": "none/report.json"})


def test_a_full_disk_behind_standard_output_is_told(policy: Path) -> None:
    for arguments in (["analyze"], ["extract"]):
        with Path("/dev/full").open("wb") as full:
            run = subprocess.run(
                [sys.executable, "-m", "reader", *arguments, str(policy)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
            )
        assert run.returncode == 2
        assert "the disk is full" in run.stderr
        assert "Traceback" not in run.stderr


def test_a_reader_who_has_seen_enough_is_no_error(policy: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "extract", str(policy)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_mistake_of_ours_is_one_sentence_and_no_traceback() -> None:
    program = """
import sys
import reader.cli as cli
cli.COMMANDS = cli.COMMANDS | {"extract": lambda options: 1 // 0}
sys.exit(cli.main(["extract", "a.md"]))
"""
    for debug in ("", "1"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "POLICY_READER_DEBUG": debug},
        )
        assert (run.returncode, run.stdout) == (70, "")
        assert "policy-reader: Something went wrong inside the program." in run.stderr
        assert ("ZeroDivisionError" in run.stderr) is bool(debug)


# --- usage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [("analyze",), ("--sing",), ("analyze", "x", "--to", "song"), ("batch", "x")]
)
def test_usage_that_makes_no_sense_is_refused(
    policy_reader: RunsPolicyReader, arguments: tuple[str, ...]
) -> None:
    run = policy_reader(*arguments)
    assert (run.code, run.out) == (2, "")
    assert "usage: policy-reader" in run.err


def test_a_refused_usage_is_a_sentence_even_where_json_was_asked_for(
    policy_reader: RunsPolicyReader, policy: Path
) -> None:
    for arguments in (("--with-text",), ("-o", policy)):
        run = policy_reader("analyze", policy, "--to", "json", *arguments)
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith("policy-reader: ")


@pytest.mark.parametrize("number", ["0", "-3", "abc", "1.5", ""])
def test_a_number_of_jobs_that_is_none_is_refused_in_plain_words(
    policy_reader: RunsPolicyReader, number: str
) -> None:
    run = policy_reader("batch", "x", "--to", "csv", "-o", "y", f"--jobs={number}")
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("argument --jobs: must be a whole number, 1 or more\n")


def test_version_is_told(policy_reader: RunsPolicyReader) -> None:
    run = policy_reader("--version")
    assert (run.code, run.out) == (0, f"policy-reader {__version__}\n")


def test_help_names_every_command(policy_reader: RunsPolicyReader) -> None:
    run = policy_reader("--help")
    assert run.code == 0
    for command in ("analyze", "extract", "batch", "compare", "self-test"):
        assert command in run.out


def test_python_m_reader_is_the_same_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "reader", "--version"], capture_output=True, text=True, timeout=60
    )
    assert run.stdout == f"policy-reader {__version__}\n"


# --- the window -----------------------------------------------------------------------------------

NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
DEAD_DISPLAY = {"DISPLAY": ":7777", "WAYLAND_DISPLAY": "nobody-there"}


@pytest.mark.parametrize("display", [NO_DISPLAY, DEAD_DISPLAY], ids=["none", "dead"])
@pytest.mark.parametrize(
    "files",
    [
        (),
        ("policy.txt",),
        ("analyze.txt",),
        ("--", "--odd.txt"),
        ("--new-window", "--", "-odd.txt"),
    ],
)
def test_without_a_display_the_window_says_so_and_what_else_there_is(
    policy_reader: RunsPolicyReader,
    monkeypatch: pytest.MonkeyPatch,
    files: tuple[str, ...],
    display: dict[str, str],
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    run = policy_reader(*files, env=display)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert "no display" in run.err
    assert "analyze FILE" in run.err


# --- interruption ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_interruption_ends_the_command_and_its_worker(tmp_path: Path, by: signal.Signals) -> None:
    command = [sys.executable, "-m", "reader", "analyze", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"We collect your data and we share it with others. " * 40_000)
        process.stdin.close()
        workers = children_of(process)
        process.send_signal(by)
        assert process.stdout is not None
        assert process.stderr is not None
        printed = process.stdout.read(), process.stderr.read()
        assert process.wait(10) == 130
    assert printed == (b"", b"")
    assert psutil.wait_procs(workers, timeout=5)[1] == []


def children_of(process: subprocess.Popen[Any]) -> list[psutil.Process]:
    """Return the children of ``process`` as soon as it has some."""
    begun = time.monotonic()
    while time.monotonic() - begun < 30:
        if children := psutil.Process(process.pid).children():
            return children
    pytest.fail("no child was started")
