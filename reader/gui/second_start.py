"""A second start of the program hands its files to the window that is open already.

The window listens on a local socket in a folder that only its user can enter, and holds a lock for
as long as it lives: whoever gets the lock is the first, and what a window that died has left behind
is swept away. Nothing here can reach a network: a local socket is a name in the file system.

A message is its length in four bytes and then the paths of the files, separated by zero bytes. Even
the user's own programs may say something else: what is longer than a limit or no list of absolute
paths is dropped. The answer is one byte.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, QTimer, Signal

from reader.paths import runtime_dir
from reader.version import __version__

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

MOST_FILES = 100
MOST_BYTES = 64 << 10
_LONGEST_PATH = 4096
_LENGTH_BYTES = 4
_TAKEN = b"\x01"
_MOST_AT_ONCE = 8  # connections; each is over in a moment
_PATIENCE_MS = 2000
_PAUSE_MS = 50
_LONGEST_NAME = 100  # bytes of a socket's path, which has room for 108 with its end


class FirstWindow(QObject):
    """Hears what later starts hand over, until it is closed.

    Signals:
        files_came: a later start has files to open; carries their paths, a tuple which is empty
            where only the window is wanted.
    """

    files_came = Signal(object)

    def __init__(self, socket: Path | None, lock: QLockFile | None) -> None:
        """Listen at ``socket``, None where there is nowhere to listen."""
        super().__init__()
        self._lock = lock
        self._server: QLocalServer | None = None
        if socket is None:
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_AT_ONCE)
        self._server.newConnection.connect(self._on_connection)
        address = _address(socket)
        QLocalServer.removeServer(address)  # the lock is ours: whoever listened there is dead
        self._server.listen(address)

    def close(self) -> None:
        """Hear nothing more, and let a later start be the first."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()):
            _Visit(socket, self)


class _Visit(QObject):
    """One connection, from its first byte to the answer."""

    def __init__(self, socket: QLocalSocket, window: FirstWindow) -> None:
        super().__init__(window)
        self._socket = socket
        self._window = window
        self._message = b""
        socket.setParent(self)
        self._clock = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._clock.timeout.connect(self._hang_up)
        socket.disconnected.connect(self.deleteLater)
        socket.readyRead.connect(self._on_bytes)
        self._clock.start()
        self._on_bytes()

    def _on_bytes(self) -> None:
        self._message += bytes(self._socket.readAll().data())
        size = int.from_bytes(self._message[:_LENGTH_BYTES], "big")
        rest = self._message[_LENGTH_BYTES:]
        if size > MOST_BYTES or len(rest) > MOST_BYTES:
            self._hang_up()
        elif len(self._message) >= _LENGTH_BYTES and len(rest) >= size:
            files = files_of(rest) if len(rest) == size else None
            if files is None:
                self._hang_up()
                return
            self._socket.write(_TAKEN)
            self._socket.disconnectFromServer()
            self._window.files_came.emit(files)

    def _hang_up(self) -> None:
        self._socket.abort()
        self.deleteLater()


def enter(files: Sequence[str], *, new_window: bool = False) -> FirstWindow | None:
    """Return the ``FirstWindow`` that this start is to be; None: another has taken ``files``.

    ``files`` are absolute paths. With ``new_window``, and where no other window can be asked or it
    does not answer within two seconds, this start is a window of its own.
    """
    socket = _socket_path(runtime_dir())
    message = message_of(files)
    if socket is None or len(files) > MOST_FILES or len(message) > MOST_BYTES:
        return FirstWindow(None, None)
    lock = QLockFile(f"{socket}.lock")
    lock.setStaleLockTime(0)  # it grows old with its window; a dead one's is known by its number
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not lock.tryLock(0):
        if not new_window and _hand_over(message, socket):
            return None
        if lock.removeStaleLockFile():
            continue  # nobody held it: the number of the dead window is another program's now
        if (
            new_window
            or deadline.hasExpired()
            or lock.error() is not QLockFile.LockError.LockFailedError
        ):
            return FirstWindow(None, None)
        QThread.msleep(_PAUSE_MS)  # that window is only just opening or closing
    return FirstWindow(socket, lock)


def message_of(files: Sequence[str]) -> bytes:
    """Return the message that hands ``files`` over."""
    paths = b"\0".join(os.fsencode(file) for file in files)
    return len(paths).to_bytes(_LENGTH_BYTES, "big") + paths


def files_of(message: bytes) -> tuple[str, ...] | None:
    """Return the paths in a message without its length; None where it is not what we send."""
    if not message:
        return ()
    encoded = message.split(b"\0")
    if len(encoded) > MOST_FILES or any(len(each) > _LONGEST_PATH for each in encoded):
        return None
    paths = tuple(os.fsdecode(each) for each in encoded)
    return paths if all(Path(path).is_absolute() for path in paths) else None


def _hand_over(message: bytes, path: Path) -> bool:
    """Give ``message`` to the window that listens at ``path``; return whether it took it."""
    from PySide6.QtNetwork import QLocalSocket

    deadline = QDeadlineTimer(_PATIENCE_MS)
    socket = QLocalSocket()
    socket.connectToServer(_address(path))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(message)
    while socket.bytesAvailable() < len(_TAKEN):
        left = deadline.remainingTime()
        if left <= 0 or not socket.waitForReadyRead(left):
            break
    taken = bytes(socket.readAll().data()) == _TAKEN
    socket.abort()
    return taken


def _socket_path(folder: Path) -> Path | None:
    """Return where the windows of this program on this screen meet, None where they cannot.

    Another version, another installation and another screen are worlds of their own.
    """
    try:
        from PySide6.QtNetwork import QLocalServer  # noqa: F401
    except ImportError:
        return None  # on bare systems a library is missing that it asks for (Kerberos)
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    world = "\0".join([__version__, str(Path(__file__).parent), screen])
    name = f"window-{hashlib.sha256(os.fsencode(world)).hexdigest()[:16]}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / name
        if _is_private(folder) and len(os.fsencode(path)) <= _LONGEST_NAME:
            return path
    return None


def _address(path: Path) -> str:
    """Return what Qt calls the meeting place: a file, or a pipe by its name on Windows."""
    return path.name if os.name == "nt" else str(path)


def _is_private(folder: Path) -> bool:
    """Return whether nobody else can put anything into ``folder``."""
    if os.name != "posix":
        return True  # there a socket is a pipe, which its user's session owns
    state = folder.lstat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return (
        stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & others
    )
