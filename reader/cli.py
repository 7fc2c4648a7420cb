"""The command line: the window, ``analyze``, ``extract``, ``batch``, ``compare``, ``self-test``.

Standard output holds nothing but what was asked for. Whatever goes wrong is one sentence on
standard error, or a JSON object where JSON was asked for, and an exit code:
0 done, 1 a batch with failed files or a self-test that failed, 2 refused, 70 a mistake of ours,
130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, NoReturn

from reader import protocol
from reader.compare import Comparison, compare
from reader.errors import InternalError, ReaderError
from reader.export.comparison_html import comparison_html
from reader.export.comparison_json import comparison_json
from reader.export.comparison_text import comparison_card, comparison_markdown
from reader.export.findings_csv import findings_csv
from reader.export.naming import result_name
from reader.export.report_html import report_html
from reader.export.report_json import encode, error_json, to_json
from reader.export.report_markdown import report_markdown
from reader.export.saving import among, error_of_writing, save
from reader.model import PolicyReport
from reader.own_rules import read_own_rules
from reader.summary import card_text, clean_line, summary_card
from reader.version import __version__
from reader.whole_files import clear_strays

if TYPE_CHECKING:
    from reader.batch import Finished, Input, Row, RowFormat

DONE, SOME_FAILED, REFUSED, OUR_MISTAKE, INTERRUPTED = 0, 1, 2, 70, 130

_DESCRIPTION = """\
Reads privacy policies and shows how hard each section is to read, what the policy says and in
which words, and a one-page summary. Without a command it opens the window, with FILE if given. If a
window is open already, FILE opens there, unless --new-window is given."""
_NEW_WINDOW = "--new-window"
_USAGE = f"policy-reader [{_NEW_WINDOW}] [FILE ...]\n       policy-reader COMMAND ..."
_STANDARD_INPUT = 0  # the number of the open file
_NO_PAGE = "the page cannot be drawn, because {missing}; or choose another format: {others}."


class CommandRefusedError(Exception):
    """The command cannot be done; the message is for standard error."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = _report_mistake
    clear_strays()
    parser = _parser()
    if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
        return _open_window(arguments)
    if arguments[0] == "--":
        return _open_window(arguments[1:])
    if arguments[0] == _NEW_WINDOW:
        return _open_window(arguments[1 + (arguments[1:2] == ["--"]) :], new_window=True)
    options = parser.parse_args(arguments)
    options.interruption = _Interruption()
    try:
        with options.interruption.listening():
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
        raise CommandRefusedError(
            "--with-text works only with --to pdf; html always includes the text."
        )
    options.files = [options.file, *options.parts]
    _refuse_overwriting(options.output, options.files)
    if options.files.count("-") > 1:
        raise CommandRefusedError("only one of the files can come from standard input.")
    try:
        source = protocol.read_inputs(options.files, _read)
        report = protocol.analyze(source, own_rules=read_own_rules().to_bytes())
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
    from reader.batch import Finished, find_inputs, write_rows
    from reader.progress import shown_progress

    rows, make_table = _batch_format(options.to)
    places = [place for each in options.paths for place in _places(each)]
    found = find_inputs(places)
    if found.left_out:
        _tell(f"{found.left_out} files of unsupported kinds were left out.")
    if not found.inputs:
        raise CommandRefusedError("there are no files to read there.")
    listed = [each for each in options.paths if each == "-"]
    taken = [*listed, *(os.fspath(each.path) for each in found.inputs)]
    output = Path(options.output)
    # A table that is made at the end is made of lines, which are kept beside it until then.
    lines = output.with_name(f"{output.name}.rows") if make_table else output
    for file in dict.fromkeys((options.output, str(lines))):
        _refuse_overwriting(file, taken)
    before = _finished(lines, found.inputs, rows) if options.resume else Finished()
    todo = found.inputs[before.rows :]
    done, failed = before.rows, before.errors
    gc.freeze()  # what is there stays: it need not be looked through for garbage at every report
    try:
        with (
            _batch_rows(todo, rows, options) as read,
            closing(write_rows(read, lines, rows.head, before.size)) as written,
            shown_progress(len(found.inputs), before.rows) as show,
        ):
            for row in written:
                done += 1
                failed += row.is_error
                show(done, failed)
                options.interruption.check()
        if make_table is not None:
            make_table(lines, output)
    except ReaderError as error:
        return _refuse(error, options.output, as_json=False)
    if failed:
        _tell(f"{failed} of {done} files could not be read; their rows say why.")
    return SOME_FAILED if failed else DONE


@contextmanager
def _batch_rows(
    inputs: Sequence[Input], rows: RowFormat, options: argparse.Namespace
) -> Iterator[Iterator[Row]]:
    """Give the rows as they are read, on this machine or on the cluster that was named."""
    if options.scheduler is None:
        from reader.batch import default_jobs, read_rows

        with closing(read_rows(inputs, options.jobs or default_jobs(), rows=rows)) as read:
            yield read
        return
    from reader.cluster import ClusterError, connected, read_rows_on

    try:
        with (
            connected(options.scheduler) as client,
            closing(read_rows_on(client, inputs, rows, options.jobs)) as read,
        ):
            yield read
    except ClusterError as error:
        raise CommandRefusedError(str(error)) from error


def _batch_format(name: str) -> tuple[RowFormat, Callable[[Path, Path], None] | None]:
    """Return how rows are written, and what makes a table of them at the end where one is asked."""
    from reader.batch import jsonl, overview, overview_lines, read_overview_lines
    from reader.export.overview_html import overview_html
    from reader.export.overview_parquet import can_write_parquet, write_parquet

    def make_parquet(lines: Path, output: Path) -> None:
        write_parquet(read_overview_lines(lines), output)
        lines.unlink()

    def make_html(lines: Path, output: Path) -> None:
        save(output, overview_html(read_overview_lines(lines)))
        lines.unlink()

    match name:
        case "jsonl":
            return jsonl(), None
        case "csv":
            return overview(), None
        case "html":
            return overview_lines(), make_html
    if not can_write_parquet():
        raise CommandRefusedError(
            "Parquet files need pyarrow, which is not installed. If you installed this program "
            "with pip, run 'pip install \"policy-reader[parquet]\"'; or choose --to csv."
        )
    return overview_lines(), make_parquet


def _finished(path: Path, inputs: Sequence[Input], rows: RowFormat) -> Finished:
    from reader.batch import changed_since_written, find_finished

    try:
        before = find_finished(path, inputs, rows)
        changed = changed_since_written(path, inputs[: before.rows]) if before.rows else 0
        if changed:
            _tell(
                f"{changed} of the files and rules have changed since {path} was written; existing "
                "rows were kept. Run without --resume to redo them."
            )
        return before
    except OSError as exc:
        raise CommandRefusedError(_sentence(error_of_writing(exc))) from exc
    except ValueError as exc:
        raise CommandRefusedError(
            f"{path} does not contain the start of this batch, so it cannot be resumed. Choose "
            "another name for -o, or run without --resume to start again."
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
    output = None if options.output is None else Path(options.output)
    try:
        written = _COMPARISONS[options.to](compare(*reports))
        if options.to in _TO_A_FILE and output is None:
            output = Path(result_name(reports[1].document.source.name, f"-changes.{options.to}"))
            _refuse_overwriting(output, [options.old, options.new])
            save(output, written)
            _print_text(str(output))
        elif output is not None:
            save(output, written)
        elif options.to == "card":
            _print_text(written.decode("utf-8").rstrip("\n"))
        else:
            _print_bytes(written)
    except ReaderError as error:
        return _refuse(error, str(output), as_json=False)
    return DONE


def _comparison_pdf(comparison: Comparison) -> bytes:
    try:
        from reader.gui.comparison_printing import comparison_pdf
    except ImportError as exc:
        others = "html, md, json, card"
        raise CommandRefusedError(_NO_PAGE.format(missing=_lacking(exc), others=others)) from exc
    return comparison_pdf(comparison)


_COMPARISONS: Mapping[str, Callable[[Comparison], bytes]] = {
    "card": lambda comparison: f"{comparison_card(comparison)}\n".encode(),
    "json": lambda comparison: encode(comparison_json(comparison)) + b"\n",
    "md": comparison_markdown,
    "html": comparison_html,
    "pdf": _comparison_pdf,
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
            f"The window cannot be opened, because {_lacking(exc)}; or type 'policy-reader analyze "
            "FILE' to see the summary in this terminal."
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
    # prog: else each command's usage begins with the whole of the program's own.
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", prog="policy-reader"
    )

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, allow_abbrev=False)

    _add_to_analyze(command("analyze", "report on one policy"))
    extract = command("extract", "print the loaded text as JSON")
    extract.add_argument("file", metavar="FILE", help="the policy; - reads standard input")
    _add_to_batch(command("batch", "report on many policies"))
    command("self-test", "test what protects this machine from harmful files")
    _add_to_compare(command("compare", "show what changed between two policies"))
    return parser


def _add_to_analyze(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="the policy; - reads standard input")
    command.add_argument(
        "--with",
        dest="parts",
        metavar="FILE",
        action="append",
        default=[],
        help="another file of the same policy, such as a cookie notice or a regional addendum; may "
        "be given several times, and all are read as one policy",
    )
    command.add_argument(
        "--to",
        choices=("card", "json", "html", "md", "csv", "pdf"),
        default="card",
        help="card: the summary in this terminal (the default); html, md: the summary and the "
        "findings with their quotes (html adds the marked text); csv: one row per finding; json: "
        "the whole report; pdf: the one-page summary",
    )
    command.add_argument("-o", dest="output", metavar="OUT", help="the file to write")
    command.add_argument(
        "--page", choices=("a4", "letter"), default="a4", help="paper size of the PDF"
    )
    command.add_argument(
        "--with-text", action="store_true", help="add the whole text with its findings to the PDF"
    )


def _add_to_batch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a file, a folder or a quoted pattern; - reads a list of them from standard input",
    )
    command.add_argument(
        "--to",
        choices=("jsonl", "csv", "parquet", "html"),
        required=True,
        help="jsonl: one report per line; csv, parquet: one row per policy, one column per topic "
        "and type; html: one page with the policies side by side",
    )
    command.add_argument(
        "-o", dest="output", metavar="OUT", required=True, help="the file to write"
    )
    command.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="how many files to read at a time (default: one per processor)",
    )
    command.add_argument(
        "--resume", action="store_true", help="continue where an interrupted run stopped"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="read on the Dask cluster whose scheduler has this address; its nodes need this "
        "program, and a private network between them",
    )


def _add_to_compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the older policy; - reads standard input")
    command.add_argument("new", metavar="NEW", help="the newer policy, or another service's")
    command.add_argument(
        "--to",
        choices=("card", "json", "html", "md", "pdf"),
        default="card",
        help="card: in this terminal (the default); html: with both texts, changed words marked; "
        "md; json; pdf: one page",
    )
    command.add_argument("-o", dest="output", metavar="OUT", help="the file to write")


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
        output = Path(result_name(report.document.source.name, f"-summary.{options.to}"))
        _refuse_overwriting(output, options.files)
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
            others = "html, md, csv, json, card"
            sentence = _NO_PAGE.format(missing=_lacking(exc), others=others)
            raise CommandRefusedError(sentence) from exc
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
        name = error.part or name
        _tell(f"{'standard input' if name == '-' else name}: {_sentence(error)}")
    return OUR_MISTAKE if isinstance(error, InternalError) else REFUSED


def _refuse_overwriting(output: str | Path | None, inputs: Iterable[str]) -> None:
    """Refuse to put the result in the place of a file that is to be read."""
    if output is None:
        return
    files = [_STANDARD_INPUT if file == "-" else file for file in inputs]
    if (file := among(output, files)) is not None:
        name = "standard input" if file == _STANDARD_INPUT else file
        raise CommandRefusedError(
            f"{name} is one of the files to read, so it cannot be overwritten; choose another name "
            "for -o."
        )


def _sentence(error: ReaderError) -> str:
    return f"{error.message} {error.hint}"


def _lacking(error: ImportError) -> str:
    """Say which of the window's libraries is missing, and how to add it."""
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("PySide6"):
        return (
            "PySide6 is missing. If you installed this program with pip, run 'pip install "
            "PySide6-Essentials'"
        )
    return f"a library is missing ({error}). Install it"


def _tell(sentence: str) -> None:
    """Say something on standard error, on one line and without anything a terminal would obey."""
    print(f"policy-reader: {clean_line(sentence)}", file=sys.stderr)


# Endings


class _Interruption:
    """Ctrl-C and SIGTERM: they raise KeyboardInterrupt, and are remembered.

    An exception raised inside a callback from C is swallowed there, and Python prints a warning.
    We silence that warning, and ``check`` raises KeyboardInterrupt again later.
    """

    def __init__(self) -> None:
        self._was_asked = False

    def check(self) -> None:
        """Raise KeyboardInterrupt if the user has asked us to stop."""
        if self._was_asked:
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Handle both signals meanwhile; if SIGINT was already ignored, it stays ignored."""
        before = {signal.SIGTERM: signal.signal(signal.SIGTERM, self._interrupt)}
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            before[signal.SIGINT] = signal.signal(signal.SIGINT, self._interrupt)
        sys.unraisablehook = _tell_of_lost_error
        try:
            yield
        finally:
            sys.unraisablehook = sys.__unraisablehook__
            for number, handler in before.items():
                signal.signal(number, handler)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        self._was_asked = True
        raise KeyboardInterrupt


def _tell_of_lost_error(lost: sys.UnraisableHookArgs) -> None:
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)


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
