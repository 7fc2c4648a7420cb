"""The parent's side of reading a file: open it, send its bytes to a worker, check the answer.

Command line, batch and window all speak this protocol with ``reader.worker``. A *frame* is one line
of JSON and then as many raw bytes as its ``size`` says (none where it has no size):

    to the worker    {"operation": "analyze", "name": "policy.txt", "size": 5120} + the file's bytes
                     with a "password", where the file asks for one; of the size, the last
                     "own_rules" bytes are the reader's own rules; a "pace" is the least number of
                     seconds between two progress messages. The bytes of several files of one
                     policy follow one another; "parts" lists their names, sizes and passwords
    from the worker  {"ready": true, "protections": {...}}     once, when it has shut itself in
                     {"stage": "sentences", "fraction": 0.4}   any number of times
                     {"answer": "report", "size": 90211} + JSON; or "text" (of extract), or "error"

The third operation, "try", is for ``self-test``: the name is that of a wall, which the worker tries
to pass.

A worker serves one request after the other until its input ends. It gets bytes and a name, never a
path. What it answers is not trusted: sizes are capped, the JSON is checked key by key, and whatever
else comes out of it, or nothing at all, becomes a ``ReaderError``. This module imports no engine.
"""

from __future__ import annotations

from reader.protocol.client import (
    STALL_SECONDS,
    STARTUP_SECONDS,
    Worker,
    analyze,
    extract,
    longest_time,
    time_limit,
)
from reader.protocol.frames import (
    MAX_HEADER_BYTES,
    MAX_PROGRESS_FRAMES,
    OPERATIONS,
    Answer,
    AnswerReader,
    Extracted,
    Message,
    Operation,
    Progress,
    Ready,
    Refusal,
    encode_frame,
    encode_request,
)
from reader.protocol.inputs import (
    MAX_INPUT_BYTES,
    MEGABYTE,
    READABLE_SUFFIXES,
    InputFile,
    display_name,
    input_of,
    is_web_address,
    join_inputs,
    read_input,
    read_inputs,
    read_stream,
)
from reader.protocol.process import (
    DEBUG_VARIABLE,
    WATCH_SECONDS,
    Exit,
    WorkerProcess,
    error_of_exit,
    error_of_silent_exit,
    peak_of,
    start_process,
    worker_command,
)

__all__ = [
    "DEBUG_VARIABLE",
    "MAX_HEADER_BYTES",
    "MAX_INPUT_BYTES",
    "MAX_PROGRESS_FRAMES",
    "MEGABYTE",
    "OPERATIONS",
    "READABLE_SUFFIXES",
    "STALL_SECONDS",
    "STARTUP_SECONDS",
    "WATCH_SECONDS",
    "Answer",
    "AnswerReader",
    "Exit",
    "Extracted",
    "InputFile",
    "Message",
    "Operation",
    "Progress",
    "Ready",
    "Refusal",
    "Worker",
    "WorkerProcess",
    "analyze",
    "display_name",
    "encode_frame",
    "encode_request",
    "error_of_exit",
    "error_of_silent_exit",
    "extract",
    "input_of",
    "is_web_address",
    "join_inputs",
    "longest_time",
    "peak_of",
    "read_input",
    "read_inputs",
    "read_stream",
    "start_process",
    "time_limit",
    "worker_command",
]
