"""How a command ends: the exit codes, Ctrl-C, a pipe that closes, a refusal, a mistake of ours."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import NoReturn

from reader.errors import InternalError, ReaderError
from reader.protocol import DEBUG_VARIABLE
from reader.summary import clean_line

DONE, SOME_FAILED, REFUSED, OUR_MISTAKE, INTERRUPTED = 0, 1, 2, 70, 130


class CommandRefusedError(Exception):
    """The command cannot be done; the message is for standard error."""


class Interruption:
    """Ctrl-C and SIGTERM: they raise KeyboardInterrupt, and are remembered.

    Python drops an exception that is raised while a library calls back. ``check`` raises it again.
    """

    def __init__(self) -> None:
        self._was_asked = False

    def check(self) -> None:
        """Raise KeyboardInterrupt where the user has asked for the end."""
        if self._was_asked:
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear both signals meanwhile; Ctrl-C stays ignored where it was when we were started."""
        before = {signal.SIGTERM: signal.signal(signal.SIGTERM, self._interrupt)}
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            before[signal.SIGINT] = signal.signal(signal.SIGINT, self._interrupt)
        sys.unraisablehook = _tell_of_dropped_error
        try:
            yield
        finally:
            sys.unraisablehook = sys.__unraisablehook__
            for number, handler in before.items():
                signal.signal(number, handler)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        self._was_asked = True
        raise KeyboardInterrupt


def _tell_of_dropped_error(dropped: sys.UnraisableHookArgs) -> None:
    """Do as Python does, but say nothing of an interruption: it is raised again."""
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)


def run_to_its_end(command: Callable[[], int], interruption: Interruption) -> int:
    """Run ``command`` and return its exit code, or that of what ended it.

    A mistake of ours is raised, for ``report_mistake``.
    """
    try:
        with interruption.listening():
            code = command()
            sys.stdout.flush()
            return code
    except CommandRefusedError as exc:
        tell(str(exc))
        return REFUSED
    except BrokenPipeError:
        drop_stdout()
        return DONE  # whoever read our output has seen enough
    except KeyboardInterrupt:
        return INTERRUPTED


def report_mistake(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """End the program after a mistake of ours with a sentence in place of a traceback.

    To be ``sys.excepthook``. An interruption that nobody caught ends it without a word.
    """
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(kind, error, trace)
    is_interruption = issubclass(kind, KeyboardInterrupt)
    if not is_interruption:
        tell(sentence_of(InternalError()))
    sys.stderr.flush()
    os._exit(INTERRUPTED if is_interruption else OUR_MISTAKE)


def drop_stdout() -> None:
    """Let what standard output still holds go nowhere, lest the interpreter complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def tell(sentence: str) -> None:
    """Say something on standard error, on one line and without anything a terminal would obey."""
    print(f"policy-reader: {clean_line(sentence)}", file=sys.stderr)


def sentence_of(error: ReaderError) -> str:
    """Return what happened and what to do next."""
    return f"{error.message} {error.hint}"
