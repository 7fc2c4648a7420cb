"""How the process that reads strangers' files shuts itself in: limits, Landlock and seccomp.

``seal`` is called once, after the imports and before the first byte of a file. From then on the
process opens no files except the program's own, changes none, reaches no network, starts no program
and no process, and may ask for so much memory and processor time. What the system does not give
is not assumed: ``Protections`` says of each wall whether it holds.

It is ctypes and numbers of system calls, for no library does this that runs wherever we do.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

MEMORY_LIMIT_BYTES = 512 << 20
"""The address space of a worker. ARCHITECTURE.md tells what was measured."""

_ON_LINUX = sys.platform == "linux"
_ON_WINDOWS = sys.platform == "win32"
_MAX_OPEN_FILES = 32
_PROCESSOR_SECONDS_IN_ALL = 4 * 3600


PROMISES: Mapping[str, str] = {
    "reading": "opens no files except the program's own",
    "writing": "creates, changes and deletes no files",
    "network": "makes no connections",
    "programs": "starts no programs",
    "processes": "starts no processes and sends signals to none",
    "memory": f"gets no more than {MEMORY_LIMIT_BYTES >> 20} MB of memory",
    "time": "is stopped when it computes for too long",
}
"""What the process that reads files cannot do: for each wall the end of a sentence about it."""


@dataclass(frozen=True, slots=True)
class Protections:
    """The walls around a worker, each with its sentence in ``PROMISES``: True where one holds."""

    reading: bool = False
    """The program's own files are those of its libraries too."""
    writing: bool = False
    network: bool = False
    programs: bool = False
    processes: bool = False
    """Nor does it inspect another process."""
    memory: bool = False
    time: bool = False
    """It gets what ``limit_processor_time`` grants for each file."""

    def to_json(self) -> dict[str, bool]:
        """Return the walls by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, value: object) -> Protections:
        """Return what ``to_json`` gave; a wall that is not told of is taken not to hold."""
        told = value if isinstance(value, dict) else {}
        return cls(**{field.name: told.get(field.name) is True for field in fields(cls)})


def protections_to_expect() -> Protections:
    """Return the walls that this kind of system can give, if nothing is amiss with it."""
    everything = Protections(*[True] * len(fields(Protections)))
    return everything if _ON_LINUX else Protections(time=not _ON_WINDOWS)


def seal(keep_open: Collection[int]) -> Protections:
    """Shut this process in for good and return what holds; ``keep_open`` are descriptors it needs.

    All other descriptors except the standard three are closed, because the sandbox does not cover
    descriptors that are already open.
    """
    _close_all_but({0, 1, 2, *keep_open})
    limited = _set_limits()
    if not _ON_LINUX:  # pragma: no cover - macOS, which takes a limit of memory and keeps none
        return Protections(time="RLIMIT_CPU" in limited)
    alone = _runs_one_thread()  # Landlock does not reach back to threads that run already
    ready = _forswear_privileges()
    landlocked = ready and _confine_files(code_places()) and alone
    filtered = ready and _filter_calls()
    return Protections(
        reading=landlocked,
        writing=landlocked and filtered,
        network=filtered,
        programs=filtered,
        processes=filtered,
        memory="RLIMIT_AS" in limited,
        time="RLIMIT_CPU" in limited,
    )


# Limits


def limit_processor_time(seconds: float) -> None:
    """Have the system end this process when it has used ``seconds`` more of a processor."""
    with suppress(ImportError, OSError, ValueError):  # then ``seal`` has told that none is kept
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(time.process_time() + seconds) + 1
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _set_limits() -> frozenset[str]:
    """Set the limits of this process and return the names of those that were taken."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return frozenset()
    wanted = {
        "RLIMIT_CORE": 0,  # a core dump would hold the policy's text
        "RLIMIT_FSIZE": 0,  # answers go through a pipe, which has no size
        "RLIMIT_NOFILE": _MAX_OPEN_FILES,
        "RLIMIT_AS": MEMORY_LIMIT_BYTES,
        "RLIMIT_CPU": _PROCESSOR_SECONDS_IN_ALL,
    }
    taken = set()
    for name, most in wanted.items():
        number: int = getattr(resource, name)
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(number)
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(number, (limit, limit))
            taken.add(name)
    return frozenset(taken)


def _runs_one_thread() -> bool:
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - an import less
    except OSError:
        return False


def _close_all_but(kept: set[int]) -> None:
    """Close every open descriptor that is not in ``kept``."""
    start = 0
    for descriptor in sorted(kept):
        if start < descriptor:  # of an empty range Python 3.11 makes one without end
            os.closerange(start, descriptor)
        start = descriptor + 1
    try:
        end = max(map(int, os.listdir("/dev/fd")), default=start)  # noqa: PTH208
    except OSError:  # Windows hands no descriptor on
        return
    os.closerange(start, end + 1)


# System calls


class _Libc:
    """The C library's ``syscall`` and ``prctl``, with every argument as wide as a register."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)

    def syscall(self, number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
        """Return what system call ``number`` returns, -1 where it failed."""
        return int(self._library.syscall(ctypes.c_long(number), *map(_wide, arguments)))

    def prctl(self, option: int, *arguments: int) -> int:
        """Return what ``prctl`` returns, -1 where it failed."""
        four = (*arguments, 0, 0, 0, 0)[:4]
        return int(self._library.prctl(ctypes.c_int(option), *map(_wide, four)))


def _wide(
    argument: int | ctypes.Array[ctypes.c_char] | None,
) -> ctypes.c_long | ctypes.Array[ctypes.c_char] | None:
    return ctypes.c_long(argument) if isinstance(argument, int) else argument


def _forswear_privileges() -> bool:
    """Set ``no_new_privs``: no program that this process might start gains rights by its owner."""
    set_no_new_privs = 38
    return _Libc().prctl(set_no_new_privs, 1) == 0


# Landlock: which files may be opened

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every kind of processor
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# The rights that each version of Landlock knows, as the first so many bits.
_FILE_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_SINCE, _BIND_OR_CONNECT_TCP = 4, 0b11
_SCOPES_SINCE, _ABSTRACT_SOCKETS_AND_SIGNALS = 6, 0b11


def code_places() -> list[Path]:
    """Return the folders and files that hold the program, its libraries and their data.

    Not each need exist. They may be read to the end, for Python imports late: the module of a rare
    character encoding, for one.
    """
    package = Path(__file__).resolve().parent
    places = {package, Path(sys.executable).resolve()}  # a frozen program holds its modules itself
    prefixes = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}
    if package.parent.name in ("site-packages", "dist-packages"):
        prefixes.add(package.parent)
    else:  # a checkout: what else lies in it is none of the child's business
        places.add(package.parent / "resources")
    for entry in sys.path:
        path = Path(entry).resolve()
        if entry and any(path.is_relative_to(prefix) for prefix in prefixes):
            places.add(path)
    places.update(Path(folder).resolve() for folder in ("/lib", "/lib64", "/usr/lib", "/usr/lib64"))
    return sorted(places)


def _confine_files(readable: Collection[Path]) -> bool:
    """Have Landlock refuse every file but those at or below ``readable``; return whether it does.

    It also refuses TCP, and signals to others, where its version can.
    """
    libc = _Libc()
    ask_for_version = 1
    version = libc.syscall(_CREATE_RULESET, None, 0, ask_for_version)
    if version < 1:
        return False
    known = _FILE_RIGHTS_BY_VERSION[min(version, max(_FILE_RIGHTS_BY_VERSION))]
    words = [(1 << known) - 1]
    if version >= _NETWORK_SINCE:
        words.append(_BIND_OR_CONNECT_TCP)
    if version >= _SCOPES_SINCE:
        words.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = ctypes.create_string_buffer(struct.pack(f"={len(words)}Q", *words))
    ruleset = libc.syscall(_CREATE_RULESET, attributes, 8 * len(words), 0)
    if ruleset < 0:
        return False
    try:
        for place in readable:
            _allow_reading(libc, ruleset, place)
        return libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow_reading(libc: _Libc, ruleset: int, place: Path) -> None:
    """Add to the ruleset that ``place`` may be read; what cannot be added stays shut."""
    beneath = 1
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights = _READ_FILE | _READ_DIR if is_folder else _READ_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor))
        libc.syscall(_ADD_RULE, ruleset, beneath, rule, 0)
    finally:
        os.close(descriptor)


# seccomp: which system calls may be made

# Numbers of the calls on x86_64 and on aarch64, 0 where there is no such call.
_Numbers = dict[str, tuple[int, int]]

# fmt: off
_OF_NETWORK: _Numbers = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
}
_OF_PROGRAMS: _Numbers = {"execve": (59, 221), "execveat": (322, 281)}
_OF_PROCESSES: _Numbers = {
    "fork": (57, 0), "vfork": (58, 0), "unshare": (272, 97), "setns": (308, 268),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "setpgid": (109, 154), "setsid": (112, 157), "setpriority": (141, 140),
    "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "ioprio_set": (251, 30),
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180), "memfd_create": (319, 279), "memfd_secret": (447, 447),
}
# Landlock looks at most of these too, but not at modes, owners, times and attributes.
_OF_CHANGING_FILES: _Numbers = {
    "creat": (85, 0), "truncate": (76, 45), "rename": (82, 0), "renameat": (264, 38),
    "renameat2": (316, 276), "unlink": (87, 0), "unlinkat": (263, 35), "rmdir": (84, 0),
    "mkdir": (83, 0), "mkdirat": (258, 34), "mknod": (133, 0), "mknodat": (259, 33),
    "link": (86, 0), "linkat": (265, 37), "symlink": (88, 0), "symlinkat": (266, 36),
    "chmod": (90, 0), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, 0), "lchown": (94, 0), "fchown": (93, 55), "fchownat": (260, 54),
    "utime": (132, 0), "utimes": (235, 0), "futimesat": (261, 0), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "setxattrat": (463, 463), "removexattr": (197, 14), "lremovexattr": (198, 15),
    "fremovexattr": (199, 16), "removexattrat": (466, 466), "file_setattr": (469, 469),
    "inotify_init": (253, 0), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
}
# What no reader of documents needs, and where most holes of kernels were found.
_OF_THE_SYSTEM: _Numbers = {
    "bpf": (321, 280), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "userfaultfd": (323, 282), "perf_event_open": (298, 241),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "swapon": (167, 224), "swapoff": (168, 225),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    "syslog": (103, 116), "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "vhangup": (153, 58), "iopl": (172, 0), "ioperm": (173, 0), "modify_ldt": (154, 0),
    "uselib": (134, 0), "personality": (135, 92),
}
REFUSED_CALLS: _Numbers = (
    _OF_NETWORK | _OF_PROGRAMS | _OF_PROCESSES | _OF_CHANGING_FILES | _OF_THE_SYSTEM
)
# Answered as if the kernel had no such call: the C library then takes the older one, whose
# arguments a filter can see. glibc makes threads and processes with clone3.
UNKNOWN_CALLS: _Numbers = {"clone3": (435, 435), "openat2": (437, 437)}
EXAMINED_CALLS: _Numbers = {
    "clone": (56, 220), "open": (2, 0), "openat": (257, 56), "kill": (62, 129),
    "tgkill": (234, 131), "prlimit64": (302, 261),
}
# fmt: on

_SECCOMP: Mapping[str, int] = {"x86_64": 317, "aarch64": 277}
_AUDIT_NAME: Mapping[str, int] = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MACHINES = tuple(_SECCOMP)  # in the order of the numbers above
_FIRST_OF_X32 = 0x40000000  # a second set of numbers on x86_64, which would pass us by

# Instructions of the filter's machine, and where it finds what.
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _JUMP_IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38

_CLONE_THREAD = 0x10000
_OPEN_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def _filter_calls() -> bool:
    """Have the kernel refuse the calls of the tables above; return whether it does."""
    machine = os.uname().machine
    if machine not in _MACHINES or sys.maxsize < 1 << 32:
        return False
    program = b"".join(_filter_program(machine, os.getpid()))
    instructions = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many instructions, and where they stand
    heading = struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions))
    set_mode_filter, for_every_thread = 1, 1
    return (
        _Libc().syscall(
            _SECCOMP[machine],
            set_mode_filter,
            for_every_thread,
            ctypes.create_string_buffer(heading, len(heading)),
        )
        == 0
    )


def _filter_program(machine: str, pid: int) -> Iterator[bytes]:
    """Yield the filter's instructions for a process ``pid`` on ``machine``."""
    column = _MACHINES.index(machine)
    yield _instruction(_LOAD, _MACHINE_AT)
    yield _instruction(_JUMP_IF_EQUAL, _AUDIT_NAME[machine], 1, 0)
    yield _instruction(_RETURN, _KILL)
    yield _instruction(_LOAD, _NUMBER_AT)
    if machine == "x86_64":
        yield _instruction(_JUMP_IF_AT_LEAST, _FIRST_OF_X32, 0, 1)
        yield _instruction(_RETURN, _KILL)
    for calls, answer in ((REFUSED_CALLS, _EPERM), (UNKNOWN_CALLS, _ENOSYS)):
        for numbers in calls.values():
            if numbers[column]:
                yield _instruction(_JUMP_IF_EQUAL, numbers[column], 0, 1)
                yield _instruction(_RETURN, _ERRNO | answer)
    # Each examination: is it this call? Then load one argument, test it, allow or refuse.
    examinations = [
        ("clone", 0, [_instruction(_JUMP_IF_ANY_BIT, _CLONE_THREAD, 0, 1)]),
        ("open", 1, [_instruction(_JUMP_IF_ANY_BIT, _OPEN_TO_WRITE, 1, 0)]),
        ("openat", 2, [_instruction(_JUMP_IF_ANY_BIT, _OPEN_TO_WRITE, 1, 0)]),
        ("kill", 0, [_instruction(_JUMP_IF_EQUAL, pid, 0, 1)]),
        ("tgkill", 0, [_instruction(_JUMP_IF_EQUAL, pid, 0, 1)]),
        (
            "prlimit64",
            0,
            [_instruction(_JUMP_IF_EQUAL, 0, 1, 0), _instruction(_JUMP_IF_EQUAL, pid, 0, 1)],
        ),
    ]
    for name, argument, test in examinations:
        number = EXAMINED_CALLS[name][column]
        if number:
            yield _instruction(_JUMP_IF_EQUAL, number, 0, len(test) + 3)
            yield _instruction(_LOAD, _ARGUMENTS_AT + 8 * argument)
            yield from test
            yield _instruction(_RETURN, _ALLOW)
            yield _instruction(_RETURN, _ERRNO | _EPERM)
    yield _instruction(_RETURN, _ALLOW)


def _instruction(code: int, constant: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction; the jumps count the instructions to pass over."""
    return struct.pack("=HBBI", code, if_true, if_false, constant)
