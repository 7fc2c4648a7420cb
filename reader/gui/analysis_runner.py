"""Analyses run in a worker process, so that no file can stall or end the window.

A worker reads one file and is then ended; the next one is started ahead and waits, which hides the
time that a start takes. One waits for all the documents of a window. ``reader.protocol`` says what
is written to it and what it answers.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from reader.errors import InputTimeoutError, InternalError
from reader.gui.slices import Slices
from reader.own_rules import read_own_rules
from reader.protocol import (
    STALL_SECONDS,
    STARTUP_SECONDS,
    WATCH_SECONDS,
    Answer,
    AnswerReader,
    Exit,
    Extracted,
    InputFile,
    Progress,
    Ready,
    Refusal,
    encode_request,
    error_of_exit,
    error_of_silent_exit,
    peak_of,
    time_limit,
    worker_command,
)
from reader.sandbox import Protections

MOST_AT_ONCE = 2
"""So many files are read at a time where many are opened: each may take half a gigabyte."""
_LONGEST_GOODBYE_MS = 2000


class Workers(QObject):
    """The worker processes of a window: the one that waits, and those that read.

    Signals:
        freed: a worker has ended its work.
    """

    freed = Signal()

    def __init__(self, parent: QObject | None = None, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or worker_command()
        self._idle: _Worker | None = None
        self._busy = 0
        self._is_closed = False
        self._protections: Protections | None = None
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self.prepare)

    @property
    def protections(self) -> Protections | None:
        """The walls around the worker that started last, by its own word; None before the first."""
        return self._protections

    @property
    def has_room(self) -> bool:
        """Whether another file may be read now. A reader who insists need not ask."""
        return self._busy < MOST_AT_ONCE

    def prepare(self) -> None:
        """Start the next worker ahead, unless one waits already."""
        if not self._is_closed:
            self._idle = self._waiting_worker()

    def take(self) -> _Worker:
        """Return a worker to read a file, the waiting one if there is one."""
        worker, self._idle = self._waiting_worker(), None
        self._busy += 1
        return worker

    def give_back(self, worker: _Worker) -> None:
        """End a worker that was taken; another begins to wait."""
        worker.kill()
        self._busy -= 1
        self._ahead.start()  # starting a process takes a turn of its own
        self.freed.emit()

    def close(self) -> None:
        """End every process, the waiting one too, and see them end; none is started ahead again."""
        self._is_closed = True
        self._idle = None
        for worker in self.findChildren(_Worker):  # those too that were given up a moment ago
            worker.kill()
            worker.wait()

    def _waiting_worker(self) -> _Worker:
        """Return the worker that waits, or a new one where it died waiting."""
        if self._idle is not None:
            if self._idle.is_alive:
                return self._idle
            self._idle.kill()
        worker = _Worker(self._command, self)
        worker.ready.connect(self._on_ready)
        return worker

    def _on_ready(self, protections: Protections) -> None:
        self._protections = protections


class AnalysisRunner(QObject):
    """Runs one analysis at a time, the newest, each by one of ``workers``.

    Signals:
        progressed: the newest analysis went on; carries a ``protocol.Progress``.
        finished: the newest analysis is done; carries its ``PolicyReport``.
        failed: it came to nothing; carries a ``ReaderError``, ready to be shown.
        A superseded or cancelled analysis is silent.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, workers: Workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._busy: _Worker | None = None

    def start(self, source: InputFile, password: str | None = None) -> None:
        """Analyse ``source``; whatever runs is given up. ``password`` opens a file that asks."""
        self.cancel()
        worker = self._busy = self._workers.take()
        worker.progressed.connect(self._on_progress)
        worker.answered.connect(self._on_answer)
        worker.send(source, password)

    def cancel(self) -> None:
        """Give up what runs: its process is killed and nothing more is heard of it."""
        worker, self._busy = self._busy, None
        if worker is not None:
            self._workers.give_back(worker)

    def _on_progress(self, progress: Progress) -> None:
        if self.sender() is self._busy:
            self.progressed.emit(progress)

    def _on_answer(self, answer: Answer | Refusal) -> None:
        if self.sender() is not self._busy or self._busy is None:
            return
        worker, self._busy = self._busy, None
        self._workers.give_back(worker)
        if isinstance(answer, Answer):
            self.finished.emit(answer.report)
        else:
            self.failed.emit(answer.error)


class _Worker(QObject):
    """One worker process and the one file it reads.

    Signals:
        ready: it has shut itself in; carries its ``Protections``.
        progressed: carries a ``protocol.Progress``.
        answered: the end, once; carries an ``Answer`` or a ``Refusal``. Not after ``kill``.
    """

    ready = Signal(object)
    progressed = Signal(object)
    answered = Signal(object)

    def __init__(self, command: list[str], parent: QObject) -> None:
        super().__init__(parent)
        self._reader = AnswerReader()
        self._reading = Slices(self)  # a long report is not read at one go
        self._source: InputFile | None = None
        self._is_ready = False
        self._is_over = False
        self._limit = QTimer(self, singleShot=True)
        self._stall = QTimer(self, singleShot=True)
        self._watch = QTimer(self, interval=int(WATCH_SECONDS * 1000))
        self._peak_bytes = 0
        self._process = QProcess(self)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        if os.name == "posix":
            # A group of its own: what the worker may have started ends with it.
            parameters = QProcess.UnixProcessParameters()
            parameters.flags = QProcess.UnixProcessFlag.CreateNewSession
            self._process.setUnixProcessParameters(parameters)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_exit)
        self._process.errorOccurred.connect(self._on_error)
        self._reading.finished.connect(self._on_read)
        self._limit.timeout.connect(self._on_timeout)
        self._stall.timeout.connect(self._on_timeout)
        self._watch.timeout.connect(self._watch_memory)
        self._process.start(command[0], command[1:])

    @property
    def is_alive(self) -> bool:
        """Return whether it can still be given a file."""
        running = self._process.state() is not QProcess.ProcessState.NotRunning
        return running and not self._is_over and not self._reader.broken

    def send(self, source: InputFile, password: str | None = None) -> None:
        """Have ``source`` analysed. The clock runs from when the worker has started."""
        self._source = source
        if self._process.state() is QProcess.ProcessState.NotRunning:
            QTimer.singleShot(0, self, self._on_exit)  # the caller first sees ``start`` return
            return
        self._watch.start()
        own_rules = read_own_rules().to_bytes()
        request = encode_request(
            "analyze",
            source.name,
            source.data,
            password,
            own_rules,
            source.parts,
            by_member=True,
        )
        self._process.write(request)
        if self._is_ready:
            self._start_clock(len(source.data))
        else:
            self._limit.start(int(STARTUP_SECONDS * 1000))

    def kill(self) -> None:
        """End the process and its group, in silence."""
        self._finish()
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
            return
        pid = self._process.processId()
        if os.name == "posix" and pid:
            # Between fork and exec the child leads no group yet: it is killed below, alone.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self._process.kill()

    def wait(self) -> None:
        """Wait until the process has ended, two seconds at most."""
        self._process.waitForFinished(_LONGEST_GOODBYE_MS)

    def _start_clock(self, size: int) -> None:
        self._limit.start(int(time_limit("analyze", size) * 1000))
        self._stall.start(int(STALL_SECONDS * 1000))

    def _watch_memory(self) -> None:
        self._peak_bytes = max(self._peak_bytes, peak_of(self._process.processId()))

    def _on_output(self) -> None:
        self._reader.put(bytes(self._process.readAllStandardOutput().data()))
        if not self._reading.is_busy and not self._is_over:
            self._reading.start(self._read())
            self._reading.step()  # most of what a worker says is short

    def _read(self) -> Iterator[None]:
        """Do what the messages say that have come, in steps."""
        for message in self._reader.messages():
            if self._source is not None:
                self._stall.start()
            match message:
                case None:
                    yield
                case Ready(protections):
                    self._is_ready = True
                    self.ready.emit(protections)
                    if self._source is not None:
                        self._start_clock(len(self._source.data))
                case Progress():
                    self.progressed.emit(message)
                case Answer() | Extracted() | Refusal():
                    yield  # what is done with an answer takes a while, too
                    self._end(self._checked(message))
            if self._is_over:
                return

    def _on_read(self) -> None:
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._on_exit()  # it was put off while there was something to read

    def _checked(self, message: Answer | Extracted | Refusal) -> Answer | Refusal:
        """Return ``message`` if it answers the question that was put, else a refusal."""
        if isinstance(message, Refusal):
            return message
        sha256 = self._source.sha256 if self._source else ""
        if isinstance(message, Answer) and message.report.document.source.sha256 == sha256:
            return message
        return Refusal(InternalError("The answer belongs to another file."))

    def _on_exit(self) -> None:
        if self._is_over:
            self.deleteLater()
        elif not self._reading.is_busy:
            self._end(Refusal(error_of_exit(self._how_it_ended())))

    def _how_it_ended(self) -> Exit:
        code = self._process.exitCode()
        if self._process.exitStatus() is QProcess.ExitStatus.CrashExit:
            return Exit(-code, self._peak_bytes)  # the code is the signal's number
        return Exit(code, 0)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(Refusal(error_of_silent_exit()))

    def _on_timeout(self) -> None:
        self._end(Refusal(InputTimeoutError()))

    def _end(self, answer: Answer | Refusal) -> None:
        if self._is_over or self._source is None:  # an idle worker's end is nobody's answer
            return
        self._finish()
        self.answered.emit(answer)

    def _finish(self) -> None:
        self._is_over = True
        self._reading.stop()
        for timer in (self._limit, self._stall, self._watch):
            timer.stop()
