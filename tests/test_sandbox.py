"""The walls around the process that reads files: each is run against by a program shut in by them.

What a kernel may lack is taken away by a filter that answers as such a kernel would.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reader import sandbox
from reader.errors import ReaderError
from reader.loading import load
from reader.protocol import InputFile, Worker, read_input, worker_command
from reader.sandbox import MEMORY_LIMIT_BYTES, Protections, protections_to_expect
from tests.conftest import RunsPolicyReader
from tests.tracing import find_strace

ROOT = Path(__file__).resolve().parent.parent
HEADERS = {
    0: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    1: Path("/usr/include/asm-generic/unistd.h"),
}
ALL_CALLS = sandbox.REFUSED_CALLS | sandbox.UNKNOWN_CALLS | sandbox.EXAMINED_CALLS

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's"),
]

SHUT_IN = """
import ctypes, errno, os, sys, threading
from reader import sandbox
libc = ctypes.CDLL(None, use_errno=True)

def answer_of(call, *arguments):
    ctypes.set_errno(0)
    number = call if isinstance(call, int) else ALL[call][COLUMN]
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return errno.errorcode[ctypes.get_errno()] if result < 0 else "done"

def outcome(attempt):
    try:
        return repr(attempt())
    except OSError as error:
        return type(error).__name__

ALL = sandbox.REFUSED_CALLS | sandbox.UNKNOWN_CALLS | sandbox.EXAMINED_CALLS
COLUMN = sandbox._MACHINES.index(os.uname().machine)
"""


def shut_in(program: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run ``program`` in a new process that is shut in as a worker is; print answers from it."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # any option of run
        [sys.executable, "-I", "-c", f"{SHUT_IN}\nholds = sandbox.seal(())\n{program}", *arguments],
        **{"capture_output": True, "text": True, "timeout": 120, "check": False, **options},
    )


def answers_of(program: str, *arguments: str, **options: object) -> list[str]:
    run = shut_in(program, *arguments, **options)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


# --- the numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [0, 1], ids=["x86_64", "aarch64"])
def test_the_numbers_of_calls_are_those_of_the_kernels_headers(column: int) -> None:
    header = HEADERS[column]
    if not header.is_file():
        pytest.skip(f"{header} is not installed (Debian: linux-libc-dev)")
    defined = {
        name: int(number)
        for name, number in re.findall(
            r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text(encoding="ascii")
        )
    }
    ours = {name: numbers[column] for name, numbers in ALL_CALLS.items()}

    assert {name: ours[name] for name in ours.keys() & defined.keys()} == {
        name: defined[name] for name in ours.keys() & defined.keys()
    }
    # A header may be older than a call, but then the call is newer than all that it knows.
    newest = max(number for number in defined.values() if number < 1000)
    assert all(n == 0 or n > newest for name, n in ours.items() if name not in defined)


def test_no_call_is_both_refused_and_examined() -> None:
    tables = (sandbox.REFUSED_CALLS, sandbox.UNKNOWN_CALLS, sandbox.EXAMINED_CALLS)
    assert len(ALL_CALLS) == sum(map(len, tables))


# --- files ----------------------------------------------------------------------------------------


def test_files_outside_the_program_cannot_be_read(tmp_path: Path, home: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    (home / ".netrc").write_text("a password")
    program = """
for path in sys.argv[1:]:
    print(outcome(lambda: os.open(path, os.O_RDONLY)))
"""
    places = [secret, home / ".netrc", "/etc/passwd", "/proc/self/environ", "/dev/sda", "/dev/tty"]
    told = answers_of(program, *map(str, places), str(ROOT / "README.md"))
    assert set(told) <= {"PermissionError", "FileNotFoundError", "OSError"}
    assert told.count("PermissionError") >= 5


def test_folders_outside_the_program_cannot_be_listed(tmp_path: Path, home: Path) -> None:
    program = """
for path in sys.argv[1:]:
    print(outcome(lambda: os.listdir(path)))
"""
    assert set(answers_of(program, "/", str(tmp_path), str(home), "/etc", "/proc")) == {
        "PermissionError"
    }


def test_nothing_can_be_made_changed_or_deleted(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("as it was")
    before = victim.stat()
    program = """
victim, new = sys.argv[1:3]
for attempt in [
    lambda: os.open(victim, os.O_WRONLY), lambda: os.open(victim, os.O_RDWR | os.O_TRUNC),
    lambda: os.open(new, os.O_CREAT | os.O_WRONLY), lambda: os.truncate(victim, 0),
    lambda: os.unlink(victim), lambda: os.rename(victim, new), lambda: os.link(victim, new),
    lambda: os.symlink(victim, new), lambda: os.mkdir(new), lambda: os.mkfifo(new),
    lambda: os.chmod(victim, 0), lambda: os.chown(victim, 1, 1), lambda: os.utime(victim, (0, 0)),
    lambda: os.setxattr(victim, "user.x", b"x"), lambda: os.rmdir(os.path.dirname(victim)),
    lambda: os.memfd_create("x"),
]:
    print(outcome(attempt))
"""
    told = answers_of(program, str(victim), str(tmp_path / "new"))
    assert set(told) == {"PermissionError"}
    assert len(told) == 16
    assert victim.read_text() == "as it was"
    assert (victim.stat().st_mtime_ns, victim.stat().st_mode) == (
        before.st_mtime_ns,
        before.st_mode,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["victim.txt"]


def test_the_programs_own_folder_is_not_written_either() -> None:
    program = "print(outcome(lambda: open(sys.argv[1] + '/x.py', 'w')))"
    assert answers_of(program, str(ROOT / "reader")) == ["PermissionError"]
    assert not (ROOT / "reader" / "x.py").exists()


def test_what_was_open_before_is_closed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    with secret.open("rb") as file:
        program = "print(outcome(lambda: os.read(int(sys.argv[1]), 9)))"
        told = answers_of(program, str(file.fileno()), pass_fds=[file.fileno()])
    assert told == ["OSError"]


# --- network, programs, processes -----------------------------------------------------------------


def test_no_socket_of_any_family_can_be_made() -> None:
    program = """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):
    print(outcome(lambda: socket.socket(family)))
print(outcome(socket.socketpair))
"""
    assert answers_of(program) == ["PermissionError"] * 5


def test_no_program_and_no_process_can_be_started() -> None:
    program = """
import subprocess
command = [sys.executable, "-c", ""]
print(outcome(lambda: subprocess.run(command)))
print(outcome(lambda: os.posix_spawn(command[0], command, {})))
print(outcome(lambda: os.execv(command[0], command)))
print(outcome(os.fork))
print(outcome(os.forkpty))
print(os.system("true") != 0)
sigchld = 17
print(answer_of("clone", sigchld, 0, 0, 0, 0), answer_of("clone3", 0, 0))
"""
    told = answers_of(program)
    assert told[:4] == ["PermissionError"] * 4
    assert told[4] in ("PermissionError", "OSError")
    assert told[5:] == ["True", "EPERM", "ENOSYS"]


def test_threads_can_be_started() -> None:
    program = """
thread = threading.Thread(target=print, args=("ran",))
thread.start(); thread.join()
"""
    assert answers_of(program) == ["ran"]


def test_others_cannot_be_signalled_or_inspected_and_oneself_can() -> None:
    program = """
parent, me = os.getppid(), os.getpid()
print(outcome(lambda: os.kill(parent, 0)), outcome(lambda: os.killpg(0, 0)))
print(outcome(lambda: os.kill(-1, 0)), outcome(lambda: os.kill(me, 0)))
print(answer_of("tgkill", parent, parent, 0), answer_of("tkill", me, 0))
print(answer_of("pidfd_open", parent, 0), answer_of("ptrace", 16, parent, 0, 0))
import resource
print(outcome(lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE)))
"""
    assert answers_of(program) == [
        "PermissionError", "PermissionError", "PermissionError", "None",
        "EPERM", "EPERM", "EPERM", "EPERM", "PermissionError",
    ]  # fmt: skip


def test_every_call_of_the_tables_is_refused() -> None:
    """They are made with arguments that could do no harm if one went through."""
    program = """
for name, numbers in sandbox.REFUSED_CALLS.items():
    if numbers[COLUMN] and name not in ("vfork", "fork"):
        print(name, answer_of(name, -1, -1, -1, -1, -1))
"""
    told = answers_of(program)
    assert set(told[1::2]) == {"EPERM"}
    assert len(told) > 200


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="only x86_64 has a second set")
def test_the_second_set_of_call_numbers_ends_the_process() -> None:
    run = shut_in("print('before', flush=True); libc.syscall(ctypes.c_long(0x40000000 + 39))")
    assert run.stdout == "before\n"
    assert run.returncode == -signal.SIGSYS


# --- limits ---------------------------------------------------------------------------------------


def test_memory_ends_at_the_limit_and_what_is_below_can_be_had() -> None:
    program = """
def size_had(size):
    try:
        return len(bytearray(size))
    except MemoryError:
        return 0
print(size_had(sandbox.MEMORY_LIMIT_BYTES * 3 // 4), size_had(sandbox.MEMORY_LIMIT_BYTES))
"""
    assert answers_of(program) == [str(MEMORY_LIMIT_BYTES * 3 // 4), "0"]


def test_processor_time_is_granted_file_by_file() -> None:
    program = """
import signal, time
sandbox.limit_processor_time(0)
sandbox.limit_processor_time(60)  # a later file has its own
end = time.process_time() + 1.5
while time.process_time() < end: pass
print("alive", flush=True)
sandbox.limit_processor_time(0)
while True: pass
"""
    run = shut_in(program)
    assert run.stdout == "alive\n"
    assert run.returncode == -signal.SIGXCPU


def test_processor_time_is_granted_where_the_system_took_no_limit_for_all_files() -> None:
    program = """
import resource, time
from reader import sandbox
before = resource.getrlimit(resource.RLIMIT_CPU)[1]
sandbox.limit_processor_time(60)
granted, most = resource.getrlimit(resource.RLIMIT_CPU)
print(0 < granted - time.process_time() < 62, most == before)
"""
    command = [sys.executable, "-I", "-c", program]
    assert subprocess.check_output(command, text=True, timeout=120) == "True True\n"


# --- what does not hold is told -------------------------------------------------------------------

LIKE_AN_OLDER_KERNEL = """
import json, struct  # before the filter, which may forbid to list the folders they lie in
libc.prctl(38, 1, 0, 0, 0)
number, answer = int(sys.argv[1]), int(sys.argv[2])
make = sandbox._instruction
program = (
    make(sandbox._LOAD, sandbox._NUMBER_AT) + make(sandbox._JUMP_IF_EQUAL, number, 0, 1)
    + make(sandbox._RETURN, sandbox._ERRNO | answer) + make(sandbox._RETURN, sandbox._ALLOW)
)
code = ctypes.create_string_buffer(program, len(program))
heading = struct.pack("@HP", 4, ctypes.addressof(code))
assert libc.prctl(22, 2, ctypes.create_string_buffer(heading, len(heading)), 0, 0) == 0
"""
AND_TELL = "print(json.dumps(sandbox.seal(()).to_json()))"
ENOSYS, EOPNOTSUPP, EPERM = 38, 95, 1


def protections_where(call: int, answer: int) -> Protections:
    run = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            SHUT_IN + LIKE_AN_OLDER_KERNEL + AND_TELL,
            str(call),
            str(answer),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return Protections.from_json(json.loads(run.stdout))


@pytest.mark.parametrize("answer", [ENOSYS, EOPNOTSUPP], ids=["old", "switched off"])
def test_a_kernel_without_landlock_is_told(answer: int) -> None:
    told = protections_where(sandbox._CREATE_RULESET, answer).to_json()
    assert {name for name, holds in told.items() if not holds} == {"reading", "writing"}


def test_a_container_that_forbids_landlock_at_the_last_step_is_told() -> None:
    told = protections_where(sandbox._RESTRICT_SELF, EPERM).to_json()
    assert {name for name, holds in told.items() if not holds} == {"reading", "writing"}


def test_a_kernel_without_filters_is_told() -> None:
    told = protections_where(sandbox._SECCOMP[os.uname().machine], ENOSYS).to_json()
    assert {name for name, holds in told.items() if holds} == {"reading", "memory", "time"}


def test_a_limit_that_cannot_be_set_is_told() -> None:
    prlimit = sandbox.EXAMINED_CALLS["prlimit64"][sandbox._MACHINES.index(os.uname().machine)]
    told = protections_where(prlimit, EPERM).to_json()
    assert {name for name, holds in told.items() if not holds} == {"memory", "time"}


def test_a_thread_that_landlock_would_not_reach_is_told() -> None:
    program = """
import json
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
print(json.dumps(sandbox.seal(()).to_json()))
stop.set()
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", SHUT_IN + program], capture_output=True, check=True, timeout=60
    )
    told = json.loads(run.stdout)
    assert {name for name, holds in told.items() if not holds} == {"reading", "writing"}


def test_a_system_that_lists_no_threads_is_taken_to_run_some() -> None:
    getdents64 = {"x86_64": 217, "aarch64": 61}[os.uname().machine]
    told = protections_where(getdents64, EPERM).to_json()
    assert {name for name, holds in told.items() if not holds} == {"reading", "writing"}


def test_a_processor_whose_calls_have_no_numbers_here_gets_no_filter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine="riscv64"))
    assert sandbox._filter_calls() is False


def verdict(machine: str, call: int, *arguments: int) -> int:
    """What the filter for process 77 on ``machine`` answers to a call, as the kernel runs it."""
    program = [struct.unpack("=HBBI", line) for line in sandbox._filter_program(machine, 77)]
    memory = {
        sandbox._NUMBER_AT: call,
        sandbox._MACHINE_AT: sandbox._AUDIT_NAME[machine],
        **{sandbox._ARGUMENTS_AT + 8 * place: one for place, one in enumerate(arguments)},
    }
    at = loaded = 0
    while True:
        code, if_true, if_false, constant = program[at]
        at += 1
        if code == sandbox._RETURN:
            return constant
        if code == sandbox._LOAD:
            loaded = memory.get(constant, 0)
            continue
        holds = {
            sandbox._JUMP_IF_EQUAL: loaded == constant,
            sandbox._JUMP_IF_AT_LEAST: loaded >= constant,
            sandbox._JUMP_IF_ANY_BIT: loaded & constant != 0,
        }[code]
        at += if_true if holds else if_false


@pytest.mark.parametrize("machine", sandbox._MACHINES)
def test_the_filter_of_each_processor_refuses_the_tables_and_nothing_else(machine: str) -> None:
    column = sandbox._MACHINES.index(machine)
    refused, unknown = sandbox._ERRNO | sandbox._EPERM, sandbox._ERRNO | sandbox._ENOSYS
    for calls, answer in ((sandbox.REFUSED_CALLS, refused), (sandbox.UNKNOWN_CALLS, unknown)):
        for name, numbers in calls.items():
            if numbers[column]:
                assert verdict(machine, numbers[column]) == answer, name
    read, exit_group = {"x86_64": (0, 231), "aarch64": (63, 94)}[machine]
    assert verdict(machine, read) == verdict(machine, exit_group) == sandbox._ALLOW
    kill = sandbox.EXAMINED_CALLS["kill"][column]
    assert verdict(machine, kill, 77) == sandbox._ALLOW
    assert verdict(machine, kill, 78) == refused
    opening = sandbox.EXAMINED_CALLS["openat"][column]
    assert verdict(machine, opening, 0, 0, os.O_RDONLY) == sandbox._ALLOW
    assert verdict(machine, opening, 0, 0, os.O_RDWR) == refused


class Kernel:
    """Stands in for a kernel whose Landlock has another version than this machine's."""

    def __init__(self, version: int, ruleset: int) -> None:
        self.version = version
        self.ruleset = ruleset
        self.asked: tuple[int, ...] = ()

    def syscall(self, number: int, *arguments: Any) -> int:
        if number == sandbox._CREATE_RULESET:
            attributes, size, _ = arguments
            if attributes is None:
                return self.version
            self.asked = struct.unpack_from(f"={size // 8}Q", attributes)
            return self.ruleset
        return 0


@pytest.mark.parametrize(
    ("version", "asked"),
    [
        (1, ((1 << 13) - 1,)),
        (3, ((1 << 15) - 1,)),
        (4, ((1 << 15) - 1, 0b11)),
        (5, ((1 << 16) - 1, 0b11)),
        (9, ((1 << 16) - 1, 0b11, 0b11)),
    ],
)
def test_each_landlock_is_asked_for_what_it_knows(
    monkeypatch: pytest.MonkeyPatch, version: int, asked: tuple[int, ...]
) -> None:
    kernel = Kernel(version, os.open(os.devnull, os.O_RDONLY))
    monkeypatch.setattr(sandbox, "_Libc", lambda: kernel)
    assert sandbox._confine_files([Path("/usr/lib")]) is True
    assert kernel.asked == asked


def test_a_landlock_that_makes_no_rules_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_Libc", lambda: Kernel(3, -1))
    assert sandbox._confine_files([Path("/usr/lib")]) is False


def test_an_installed_program_may_read_the_folder_that_it_is_installed_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packages = tmp_path / "site-packages"
    (packages / "library").mkdir(parents=True)
    monkeypatch.setattr(sandbox, "__file__", str(packages / "reader" / "sandbox.py"))
    assert packages not in sandbox.code_places()
    monkeypatch.syspath_prepend(str(packages))
    assert packages in sandbox.code_places()
    assert not any(place.name == "resources" for place in sandbox.code_places())


def test_descriptors_below_and_above_the_kept_ones_are_closed() -> None:
    program = """
import fcntl, json, os
here = os.open(os.devnull, os.O_RDONLY)
for number in (7, 9, 12):
    os.dup2(here, number)
sandbox.seal({9})
open_still = []
for number in range(3, 20):
    try:
        fcntl.fcntl(number, fcntl.F_GETFD)
    except OSError:
        continue
    open_still.append(number)
print(json.dumps(open_still))
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", SHUT_IN + program], capture_output=True, check=True, timeout=60
    )
    assert json.loads(run.stdout) == [9]


def test_an_ordinary_user_is_shut_in_too() -> None:
    """Root's rights are laid down after the imports: root's libraries may be root's alone."""
    program = """
import json, resource
if os.geteuid() == 0:
    os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
print(json.dumps(sandbox.seal(()).to_json()))
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", SHUT_IN + program], capture_output=True, check=True, timeout=60
    )
    assert Protections.from_json(json.loads(run.stdout)) == protections_to_expect()


def test_what_a_worker_does_not_tell_of_is_taken_not_to_hold() -> None:
    assert Protections.from_json(None) == Protections()
    assert Protections.from_json({"reading": 1, "network": True}) == Protections(network=True)
    everything = protections_to_expect()
    assert Protections.from_json(everything.to_json()) == everything


def test_a_worker_tells_its_walls_before_it_sees_a_file() -> None:
    with Worker(worker_command("extract")) as worker:
        assert worker.wait_until_ready() == protections_to_expect()


# --- reading goes on as before --------------------------------------------------------------------


def test_every_character_encoding_can_be_had_late() -> None:
    program = """
import encodings.aliases
for name in sorted(set(encodings.aliases.aliases.values()) - {"mbcs", "oem"}):
    __import__(f"encodings.{name}")
print("all")
"""
    assert answers_of(program) == ["all"]


def test_every_library_of_the_engine_can_be_imported_late() -> None:
    program = """
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print("all")
"""
    formats = ["lxml.etree", "lxml.html", "pypdfium2", "striprtf.striprtf", "mammoth"]
    here = [name for name in formats if _is_installed(name)]
    ours = ["reader.analysis", "nltk", "textstat", "charset_normalizer", "markdown_it"]
    theirs = ["zipfile", "html.parser", "xml.etree.ElementTree", "email", "zoneinfo", "sqlite3"]
    assert answers_of(program, *ours, *here, *theirs) == ["all"]


def _is_installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name.partition(".")[0]) is not None


def test_a_shut_in_worker_loads_what_an_open_process_loads(sample: Path) -> None:
    source = read_input(sample)
    with Worker(worker_command("extract")) as worker:
        assert worker.extract(source)["text"] == load(source.data, source.name).text


def hostile_files(shared: Path) -> Iterator[InputFile]:
    """Yield the samples and the hostile files, unpacked where they are stored packed."""
    for path in sorted((ROOT / "resources" / "samples").glob("*.md")):
        yield read_input(path)
    for path in sorted((shared / "data/hostile/dev").rglob("*")):
        if path.suffix == ".xz":
            data = lzma.decompress(path.read_bytes())
            yield InputFile(path.stem, data, hashlib.sha256(data).hexdigest())
        elif path.is_file():
            yield read_input(path)


@pytest.mark.slow
def test_no_file_looks_like_a_mistake_of_ours_to_a_shut_in_worker(shared: Path) -> None:
    kinds: dict[str, str] = {}
    worker = Worker()
    for source in hostile_files(shared):
        try:
            worker.analyze(source)
        except ReaderError as error:
            kinds[source.name] = error.kind
        if not worker.alive:
            worker.close()
            worker = Worker()
    worker.close()
    assert kinds  # among hostile files some are refused
    assert [name for name, kind in kinds.items() if kind == "internal"] == []


# --- the command ----------------------------------------------------------------------------------


def test_the_self_test_proves_every_promise_on_this_machine(
    policy_reader: RunsPolicyReader, tmp_path: Path
) -> None:
    run = policy_reader("self-test", env={"TMPDIR": str(tmp_path)})
    lines = run.out.splitlines()
    assert (run.code, run.err) == (0, "")
    assert len(lines) == 13
    assert all(line.startswith("holds     ") for line in lines)
    assert list(tmp_path.iterdir()) == []


def test_the_self_test_fails_where_a_wall_is_missing() -> None:
    """A filter that is inherited takes Landlock away from the workers, as an old kernel would."""
    program = LIKE_AN_OLDER_KERNEL + ("from reader.cli import main\nsys.exit(main(['self-test']))")
    run = subprocess.run(
        [sys.executable, "-I", "-c", SHUT_IN + program, str(sandbox._CREATE_RULESET), str(ENOSYS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    lines = run.stdout.splitlines()
    assert run.returncode == 1, run.stderr
    assert [line.split("(")[0] for line in lines if line.startswith("FAILS")] == [
        "FAILS     The process that reads files opens no files except the program's own. ",
        "FAILS     The process that reads files creates, changes and deletes no files. ",
    ]
    assert "lacks Landlock" in lines[0]


# --- as the system sees it ------------------------------------------------------------------------


def test_the_system_sees_no_network_and_after_the_walls_no_foreign_file(tmp_path: Path) -> None:
    strace = find_strace()
    (tmp_path / "policy.md").write_text("# Privacy policy\n\nWe keep “it” for a year.\n")
    (tmp_path / "old.txt").write_bytes(
        "Nous gardons vos données; § 5. Größe \x80.".encode("cp1252", "ignore")
    )
    (tmp_path / "utf16.txt").write_bytes("We keep it. 隐私".encode("utf-16"))
    (tmp_path / "page.html").write_text("<img src='http://127.0.0.1:9/x.png'><p>We keep it.</p>")
    allowed = sandbox.code_places()
    for file in sorted(tmp_path.glob("*.*")):
        log = tmp_path / "log"
        calls = "trace=network,open,openat,openat2,execve,seccomp"
        command = Path(sys.executable).with_name("policy-reader")
        subprocess.run(
            [strace, "-f", "-qq", "-e", calls, "-o", log, command, "extract", file],
            stdout=subprocess.DEVNULL,
            check=False,
            timeout=120,
        )
        lines = log.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "AF_INET" in line]
        (wall,) = (number for number, line in enumerate(lines) if "seccomp(" in line)
        worker = lines[wall].split()[0]
        after = [line for line in lines[wall + 1 :] if line.split()[0] == worker]
        opened = [path for line in after for path in re.findall(r'open\w*\([^"]*"([^"]*)"', line)]
        foreign = [
            path
            for path in opened
            if not any(Path(os.path.realpath(path)).is_relative_to(place) for place in allowed)
        ]
        assert foreign == [], file.name
        assert not [line for line in after if "socket(" in line or "execve(" in line]
