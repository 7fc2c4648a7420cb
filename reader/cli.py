"""The command line: the window, ``analyze``, ``extract``, ``batch``, ``compare``, ``self-test``.

Standard output holds nothing but what was asked for. Whatever goes wrong is one sentence on
standard error, or a JSON object where JSON was asked for, and an exit code:
0 done, 1 a batch with failed files or a self-test that failed, 2 refused, 70 a mistake of ours,
130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, NoReturn

from reader import protocol
from reader.compare import Comparison, compare
from reader.errors import InternalError, ReaderError
from reader.export.comparison_json import comparison_json
from reader.export.comparison_text import comparison_card, comparison_markdown
from reader.export.findings_csv import findings_csv
from reader.export.report_html import report_html
from reader.export.report_json import encode, error_json, to_json
from reader.export.report_markdown import report_markdown
from reader.export.saving import error_of_writing, save
from reader.model import PolicyReport
from reader.own_rules import read_own_rules
from reader.summary import card_text, clean_line, summary_card
from reader.version import __version__

if TYPE_CHECKING:
    from reader.batch import Finished, Input, RowFormat

DONE, SOME_FAILED, REFUSED, OUR_MISTAKE, INTERRUPTED = 0, 1, 2, 70, 130

_DESCRIPTION = """\
Reads privacy policies: how hard each section is, what is disclosed and in which words,
and a one-page summary. Without a command it opens the window, with FILE if given; one that is open
already takes FILE, unless --new-window asks for another."""
_NEW_WINDOW = "--new-window"
_USAGE = f"policy-reader [{_NEW_WINDOW}] [FILE ...]\n       policy-reader COMMAND ..."
_LONGEST_STEM_BYTES = 200
_NO_PAGE = (
    "the page cannot be drawn, because a library is missing ({missing}). Install it, or take "
    "another form: html, md, csv, json, card."
)


class CommandRefusedError(Exception):
    """The command cannot be done; the message is for standard error."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = _report_mistake
    parser = _parser()
    if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
        return _open_window(arguments)
    if arguments[0] == "--":
        return _open_window(arguments[1:])
    if arguments[0] == _NEW_WINDOW:
        return _open_window(arguments[1 + (arguments[1:2] == ["--"]) :], new_window=True)
    options = parser.parse_args(arguments)
    try:
        with _termination_interrupts():
            code: int = COMMANDS[options.command](options)
            sys.stdout.flush()
            return code
    except CommandRefusedError as exc:
        _tell(str(exc))
        return REFUSED
    except BrokenPipeError:
        _drop_stdout()
        return DONE  # whoever read our output has seen enough
    except KeyboardInterrupt:
        return INTERRUPTED


# The commands


def _analyze(options: argparse.Namespace) -> int:
    if options.with_text and options.to != "pdf":
        raise CommandRefusedError("--with-text belongs to --to pdf; html holds the text anyway.")
    _refuse_overwriting(options.output, [options.file])
    try:
        report = protocol.analyze(_read(options.file), own_rules=read_own_rules().to_bytes())
        _put_report(report, options)
    except ReaderError as error:
        return _refuse(error, options.file, as_json=options.to == "json")
    return DONE


def _extract(options: argparse.Namespace) -> int:
    try:
        _print_json(protocol.extract(_read(options.file)))
    except ReaderError as error:
        return _refuse(error, options.file, as_json=True)
    return DONE


def _batch(options: argparse.Namespace) -> int:
    from reader.batch import (
        Finished,
        default_jobs,
        find_inputs,
        jsonl,
        overview,
        read_rows,
        write_rows,
    )

    _refuse_unless_in(options.to, ("jsonl", "csv"))
    if options.scheduler:
        raise CommandRefusedError("this version knows no --scheduler.")
    places = [place for each in options.paths for place in _places(each)]
    found = find_inputs(places)
    if found.left_out:
        _tell(f"{found.left_out} files of kinds that are not read were left out.")
    if not found.inputs:
        raise CommandRefusedError("there is no file to read there.")
    _refuse_overwriting(options.output, [str(each.path) for each in found.inputs])
    output, rows = Path(options.output), overview() if options.to == "csv" else jsonl()
    before = _finished(output, found.inputs, rows) if options.resume else Finished()
    todo = found.inputs[before.rows :]
    done, failed = before.rows, before.errors
    try:
        with (
            closing(read_rows(todo, options.jobs or default_jobs(), rows=rows)) as read,
            closing(write_rows(read, output, rows.head, before.size)) as written,
        ):
            for row in written:
                done += 1
                failed += row.is_error
                _show_progress(f"{done} of {len(found.inputs)} files, {failed} failed")
    except ReaderError as error:
        return _refuse(error, options.output, as_json=False)
    finally:
        _show_progress("")
    if failed:
        _tell(f"{failed} of {done} files could not be read; their rows say why.")
    return SOME_FAILED if failed else DONE


def _finished(path: Path, inputs: Sequence[Input], rows: RowFormat) -> Finished:
    from reader.batch import find_finished

    try:
        return find_finished(path, inputs, rows)
    except OSError as exc:
        raise CommandRefusedError(_sentence(error_of_writing(exc))) from exc
    except ValueError as exc:
        raise CommandRefusedError(
            f"{path} does not hold the beginning of this batch, so it cannot be resumed. "
            "Choose another name for -o, or leave out --resume to write it anew."
        ) from exc


def _self_test(_options: argparse.Namespace) -> int:
    from reader.self_test import Outcome, run_trials

    failed = 0
    try:
        for trial in run_trials():
            failed += trial.outcome is Outcome.FAILS
            reason = f" ({trial.reason})" if trial.reason else ""
            _print_text(f"{trial.outcome.value:8}  {clean_line(trial.promise + reason)}")
    except ReaderError as error:
        _tell(_sentence(error))
        return OUR_MISTAKE
    return SOME_FAILED if failed else DONE


def _compare(options: argparse.Namespace) -> int:
    _refuse_unless_in(options.to, tuple(_COMPARISONS))
    _refuse_overwriting(options.output, [options.old, options.new])
    if options.old == options.new == "-":
        raise CommandRefusedError("only one of the two can come from standard input.")
    own_rules = read_own_rules().to_bytes()
    reports = []
    with protocol.Worker() as worker:
        for file in (options.old, options.new):
            try:
                reports.append(worker.analyze(_read(file), own_rules=own_rules))
            except ReaderError as error:
                return _refuse(error, file, as_json=options.to == "json")
    written = _COMPARISONS[options.to](compare(*reports))
    try:
        if options.output is not None:
            save(Path(options.output), written)
        elif options.to == "card":
            _print_text(written.decode("utf-8").rstrip("\n"))
        else:
            _print_bytes(written)
    except ReaderError as error:
        return _refuse(error, options.output, as_json=False)
    return DONE


_COMPARISONS: Mapping[str, Callable[[Comparison], bytes]] = {
    "card": lambda comparison: f"{comparison_card(comparison)}\n".encode(),
    "json": lambda comparison: encode(comparison_json(comparison)) + b"\n",
    "md": comparison_markdown,
}


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "analyze": _analyze,
    "extract": _extract,
    "batch": _batch,
    "compare": _compare,
    "self-test": _self_test,
}


def _open_window(files: list[str], *, new_window: bool = False) -> int:
    try:
        from reader.gui.app import run
    except ImportError as exc:
        _tell(
            f"The window cannot be opened, because a library is missing ({exc}). Install it, or "
            "type 'policy-reader analyze FILE' for the summary in this terminal."
        )
        return REFUSED
    return run(files, new_window=new_window)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "policy-reader",
        usage=_USAGE,
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"policy-reader {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    analyze = commands.add_parser("analyze", help="report on one policy", allow_abbrev=False)
    analyze.add_argument("file", metavar="FILE", help="the policy; - reads standard input")
    analyze.add_argument(
        "--to",
        choices=("card", "json", "html", "md", "csv", "pdf"),
        default="card",
        help="card: the summary in this terminal (the default); html, md: summary, findings and "
        "their quotes, html with the marked text; csv: a row for each finding; json: the whole "
        "report; pdf: the one-page summary",
    )
    analyze.add_argument("-o", dest="output", metavar="OUT", help="the file to write")
    analyze.add_argument("--page", choices=("a4", "letter"), default="a4", help="paper of the pdf")
    analyze.add_argument(
        "--with-text", action="store_true", help="add the whole text with its findings to the pdf"
    )

    extract = commands.add_parser("extract", help="the text as loaded, as JSON", allow_abbrev=False)
    extract.add_argument("file", metavar="FILE", help="the policy; - reads standard input")

    batch = commands.add_parser("batch", help="report on many policies", allow_abbrev=False)
    batch.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a file, a folder, a quoted pattern; - reads a list from standard input",
    )
    batch.add_argument("--to", choices=("jsonl", "csv", "parquet", "html"), required=True)
    batch.add_argument("-o", dest="output", metavar="OUT", required=True, help="the file to write")
    batch.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="files read at a time (one for each processor)",
    )
    batch.add_argument("--resume", action="store_true", help="go on where an interrupted run ended")
    batch.add_argument("--scheduler", metavar="ADDRESS", help="(in a later version)")

    commands.add_parser(
        "self-test", help="prove what protects this machine from files", allow_abbrev=False
    )

    compared = commands.add_parser(
        "compare", help="what changed between two policies", allow_abbrev=False
    )
    compared.add_argument("old", metavar="OLD", help="the older one; - reads standard input")
    compared.add_argument("new", metavar="NEW", help="the newer one, or another service's")
    compared.add_argument(
        "--to",
        choices=("card", "json", "html", "md", "pdf"),
        default="card",
        help="card: in this terminal (the default); md, json; the others in a later version",
    )
    compared.add_argument("-o", dest="output", metavar="OUT", help="the file to write")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


# Input and output


def _read(file: str) -> protocol.InputFile:
    return protocol.read_stream(sys.stdin.buffer) if file == "-" else protocol.read_input(file)


def _places(path: str) -> Iterator[str]:
    """Yield ``path``, or for "-" the paths that standard input lists, one a line."""
    if path != "-":
        yield path
        return
    for line in sys.stdin.buffer:
        if place := os.fsdecode(line.rstrip(b"\r\n")):
            yield place


def _put_report(report: PolicyReport, options: argparse.Namespace) -> None:
    output = None if options.output is None else Path(options.output)
    if options.to in _TO_A_FILE and output is None:
        output = _default_output(report.document.source.name, f".{options.to}")
        _save_report(report, output, options)
        _print_text(str(output))
    elif output is not None:
        _save_report(report, output, options)
    elif options.to == "card":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        _print_text(card_text(summary_card(report), width, sys.stdout.encoding))
    else:
        _print_bytes(_EXPORTS[options.to](report))


def _save_report(report: PolicyReport, path: Path, options: argparse.Namespace) -> None:
    if options.to == "pdf":
        try:
            from reader.gui.printing import write_summary_pdf
        except ImportError as exc:
            raise CommandRefusedError(_NO_PAGE.format(missing=exc)) from exc
        write_summary_pdf(report, path, options.page, with_text=options.with_text)
    else:
        save(path, _EXPORTS[options.to](report))


def _card_bytes(report: PolicyReport) -> bytes:
    return card_text(summary_card(report)).encode("utf-8") + b"\n"


def _json_bytes(report: PolicyReport) -> bytes:
    return encode(to_json(report)) + b"\n"


_TO_A_FILE = ("pdf", "html")
_EXPORTS: Mapping[str, Callable[[PolicyReport], bytes]] = {
    "card": _card_bytes,
    "json": _json_bytes,
    "html": report_html,
    "md": report_markdown,
    "csv": findings_csv,
}


def _default_output(name: str, suffix: str) -> Path:
    stem = "policy" if name == "-" else clean_line(Path(name).stem) or "policy"
    short = stem.encode("utf-8")[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore")
    return Path(f"{short}-summary{suffix}")


def _print_json(value: dict[str, object]) -> None:
    _print_bytes(encode(value) + b"\n")


def _print_text(text: str) -> None:
    _print_bytes(f"{text}\n".encode(sys.stdout.encoding, "replace"))


def _print_bytes(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        _drop_stdout()
        raise CommandRefusedError(_sentence(error_of_writing(exc))) from exc


def _drop_stdout() -> None:
    """Let what standard output still holds go nowhere, lest the interpreter complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


# Refusals and other words for the user


def _refuse(error: ReaderError, file: str, *, as_json: bool) -> int:
    name = protocol.display_name(file)
    if as_json:
        _print_json(error_json(error, name))
    else:
        _tell(f"{'standard input' if name == '-' else name}: {_sentence(error)}")
    return OUR_MISTAKE if isinstance(error, InternalError) else REFUSED


def _refuse_unless_in(output_format: str, known: tuple[str, ...]) -> None:
    if output_format not in known:
        raise CommandRefusedError(
            f"this version cannot write {output_format} yet; choose --to {' or '.join(known)}."
        )


def _refuse_overwriting(output: str | None, inputs: Sequence[str]) -> None:
    """Refuse to put the result in the place of a file that is to be read."""
    if output is None or not os.path.exists(output):  # noqa: PTH110 - any name will do
        return
    written = os.stat(output)  # noqa: PTH116
    for file in inputs:
        try:
            same = os.path.samestat(os.stat(file), written)  # noqa: PTH116
        except (OSError, ValueError):
            continue  # reading it will say what is wrong
        if same:
            raise CommandRefusedError(
                f"{file} is to be read and cannot be written as well; choose another name for -o."
            )


def _sentence(error: ReaderError) -> str:
    return f"{error.message} {error.hint}"


def _tell(sentence: str) -> None:
    """Say something on standard error, on one line and without anything a terminal would obey."""
    print(f"policy-reader: {clean_line(sentence)}", file=sys.stderr)


def _show_progress(line: str) -> None:
    """Rewrite the line on a terminal; nothing is shown elsewhere."""
    if sys.stderr.isatty():
        erase = "\r\x1b[K"
        print(f"{erase}{line}", end="", file=sys.stderr, flush=True)


# Endings


@contextmanager
def _termination_interrupts() -> Iterator[None]:
    """Have SIGTERM end us as Ctrl-C does: workers ended, rows whole."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _report_mistake(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """End the program after a mistake of ours with a sentence in place of a traceback."""
    if os.environ.get(protocol.DEBUG_VARIABLE):
        traceback.print_exception(kind, error, trace)
    if not issubclass(kind, KeyboardInterrupt):
        _tell(_sentence(InternalError()))
    sys.stderr.flush()
    os._exit(INTERRUPTED if issubclass(kind, KeyboardInterrupt) else OUR_MISTAKE)
