"""Tells when a file that is open changes on disk.

The folder is watched as well as the file: most editors write a new file and put it in the place of
the old one, which then is watched no more. Only other words count, not another date.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from reader.errors import ReaderError
from reader.protocol import read_input

_SETTLED_AFTER = 250  # milliseconds without another change: who writes may not be done
_Stamp = tuple[int, int, int]


class FileWatch(QObject):
    """Watches one file.

    Signals:
        changed: the file has other bytes than those that were read, and other ones than when this
            was told last.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._known: frozenset[str] = frozenset()  # what was read, and what was told of
        self._stamp: _Stamp | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_AFTER)
        self._watcher.fileChanged.connect(self._on_change)
        self._watcher.directoryChanged.connect(self._on_change)
        self._settled.timeout.connect(self._look)

    @property
    def path(self) -> str:
        """The path of the file, '' while none is watched."""
        return self._path

    def watch(self, path: str, sha256: str) -> None:
        """Watch the file at ``path``, which was read with this hash; '' watches none."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._settled.stop()
        self._path, self._known, self._stamp = path, frozenset({sha256}), None
        if path:
            self._watcher.addPaths([path, str(Path(path).parent)])
            self._settled.start()  # it may have changed between its reading and now

    def _on_change(self) -> None:
        self._settled.start()

    def _look(self) -> None:
        """Read the file, if it is another than before, and tell where its bytes are."""
        stamp = _stamp_of(self._path)
        if stamp is None or stamp == self._stamp:
            return
        if self._path not in self._watcher.files():
            self._watcher.addPath(self._path)
        try:
            sha256 = read_input(self._path).sha256
        except ReaderError:
            return  # it is being written, or is no longer for us to read: the next change tells
        self._stamp = stamp
        if sha256 not in self._known:
            self._known = self._known | {sha256}
            self.changed.emit()


class FilesWatch(QObject):
    """Watches the files of one policy.

    Signals:
        changed: as of each ``FileWatch``; carries the path.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watches: list[FileWatch] = []

    def watch(self, files: Sequence[tuple[str, str]]) -> None:
        """Watch files, given as their paths and the hashes they were read with; () watches none."""
        while len(self._watches) < len(files):
            watch = FileWatch(self)
            watch.changed.connect(self._on_changed)
            self._watches.append(watch)
        none = [("", "")] * (len(self._watches) - len(files))
        for watch, (path, sha256) in zip(self._watches, [*files, *none], strict=True):
            watch.watch(path, sha256)

    def _on_changed(self) -> None:
        watch = self.sender()
        if isinstance(watch, FileWatch):
            self.changed.emit(watch.path)


def _stamp_of(path: str) -> _Stamp | None:
    """Return what tells one state of a file from another without reading it, None for no file."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
