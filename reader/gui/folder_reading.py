"""Reads a whole folder beside the window: rows come as they are read, and it can be called off."""

from __future__ import annotations

import json
from collections import deque

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from reader.export.overview import Overview, from_line
from reader.folder_rows import folder_command

_ROWS_A_SLICE = 20  # they take some milliseconds
_GOODBYE_MS = 2_000


class FolderReading(QObject):
    """One reading of one folder.

    Signals:
        found: carries the paths of the files that will be read, in order, and how many are of kinds
            that are not.
        read: the next files are read; carries a list of ``Overview``, in the order of the paths.
        ended: it is over; carries whether all were read.
    """

    found = Signal(object, int)  # as a list of Qt it would spoil paths that are no text
    read = Signal(list)
    ended = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._knows_paths = False
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._take_lines)

    def start(self, folder: str) -> None:
        """Begin to read ``folder``."""
        self._process = process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *arguments = folder_command(folder)
        process.start(program, arguments)

    def cancel(self) -> None:
        """Call it off; what was read stays."""
        self._end(is_whole=False)

    def close(self) -> None:
        """End it without a word, with the window."""
        self.blockSignals(True)
        self._end(is_whole=False)
        for process in self.findChildren(QProcess):
            if not process.waitForFinished(_GOODBYE_MS):
                process.kill()
                process.waitForFinished(_GOODBYE_MS)

    def _end(self, *, is_whole: bool) -> None:
        process, self._process = self._process, None
        self._slices.stop()
        if process is None:
            return
        for signal in (process.readyReadStandardOutput, process.finished, process.errorOccurred):
            signal.disconnect()
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            process.finished.connect(process.deleteLater)
            process.terminate()  # it ends its workers, and nobody waits for that
        self.ended.emit(is_whole)

    def _on_output(self) -> None:
        if self._process is None:
            return
        self._rest += self._process.readAllStandardOutput().data()
        *lines, self._rest = self._rest.split(b"\n")
        self._lines.extend(lines)
        if self._lines:
            self._slices.start()

    def _take_lines(self) -> None:
        """Tell of a few lines, and of the others when the window had its turn."""
        rows: list[Overview] = []
        try:
            while self._lines and len(rows) < _ROWS_A_SLICE:
                line = self._lines.popleft()
                if self._knows_paths:
                    rows.append(from_line(line))
                else:
                    self._knows_paths = True
                    head = json.loads(line)
                    self.found.emit(list(head["paths"]), int(head["left_out"]))
        except (ValueError, KeyError, TypeError):
            self._end(is_whole=False)
            return
        if rows:
            self.read.emit(rows)
        if not self._lines:
            self._slices.stop()
            process = self._process
            if process is not None and process.state() is QProcess.ProcessState.NotRunning:
                self._end(is_whole=process.exitCode() == 0)

    def _on_finished(self) -> None:
        self._on_output()
        self._slices.start()  # and there it ends

    def _on_error(self) -> None:
        if (
            self._process is not None
            and self._process.error() is QProcess.ProcessError.FailedToStart
        ):
            self._end(is_whole=False)
