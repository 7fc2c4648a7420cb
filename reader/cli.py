"""The command line: the window, ``analyze``, ``extract``, ``batch``, ``compare``, ``self-test``.

Standard output holds nothing but what was asked for. A policy that cannot be read and a result that
cannot be saved are one sentence on standard error, which begins with the file's name, or where
JSON was asked for one JSON object on standard output, whose ``source`` is that file. Whatever else
goes wrong, as with the usage, is a sentence on standard error in either case. The exit code is
0 done, 1 a batch with failed files or a self-test that failed, 2 refused, 70 a mistake of ours,
130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from reader import protocol
from reader.command_exit import (
    DONE,
    OUR_MISTAKE,
    REFUSED,
    SOME_FAILED,
    CommandRefusedError,
    Interruption,
    drop_stdout,
    report_mistake,
    run_to_its_end,
    sentence_of,
    tell,
)
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
from reader.summary import CARD_WIDTH, card_text, card_width, clean_line, summary_card
from reader.version import __version__
from reader.whole_files import clear_strays

if TYPE_CHECKING:
    from reader.batch import Finished, Input, Row, RowFormat

_DESCRIPTION = """\
Reads privacy policies and shows how hard each section is to read, what the policy says and in
which words, and a one-page summary. Without a command it opens the window, with FILE if given. If a
window is open already, FILE opens there, unless --new-window is given."""
_NEW_WINDOW = "--new-window"
_USAGE = f"policy-reader [{_NEW_WINDOW}] [FILE ...]\n       policy-reader COMMAND ..."
_MOST_REASONS = 3  # that are told of files that could not be read; all are in their rows
_STANDARD_INPUT = 0  # the number of the open file
_NO_PAGE = "the page cannot be drawn, because {missing}; or choose another format: {others}."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = report_mistake
    clear_strays()
    parser = _parser()
    if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
        return _refuse_word(arguments[0]) if _is_lost_word(arguments) else _open_window(arguments)
    if arguments[0] == "--":
        return _open_window(arguments[1:])
    if arguments[0] == _NEW_WINDOW:
        return _open_window(arguments[1 + (arguments[1:2] == ["--"]) :], new_window=True)
    options = parser.parse_args(arguments)
    options.interruption = Interruption()
    command = COMMANDS[options.command]
    return run_to_its_end(lambda: command(options), options.interruption)


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
    except ReaderError as error:
        return _refuse(error, options.file, as_json=options.to == "json")
    return _put(
        options,
        options.files,
        result_name(report.document.source.name, f"-summary.{options.to}"),
        save_to=lambda path: _save_report(report, path, options),
        print_it=lambda: _print_report(report, options.to),
    )


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
        tell(f"{found.left_out} files of unsupported kinds were left out.")
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
    reasons: list[str] = []
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
                if row.why and len(reasons) < _MOST_REASONS:
                    reasons.append(row.why)
                show(done, failed)
                options.interruption.check()
        if make_table is not None:
            make_table(lines, output)
    except ReaderError as error:
        return _refuse(error, options.output, as_json=False)
    for reason in reasons:
        tell(reason)
    if failed:
        tell(f"{failed} of {done} files could not be read; their rows say why.")
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
            tell(
                f"{changed} of the files and rules have changed since {path} was written; existing "
                "rows were kept. Run without --resume to redo them."
            )
        return before
    except OSError as exc:
        raise CommandRefusedError(sentence_of(error_of_writing(exc))) from exc
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
        tell(sentence_of(error))
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
    comparison, write = compare(*reports), _COMPARISONS[options.to]
    return _put(
        options,
        (options.old, options.new),
        result_name(reports[1].document.source.name, f"-changes.{options.to}"),
        save_to=lambda path: save(path, write(comparison)),
        print_it=lambda: _print_comparison(comparison, options.to),
    )


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


def _is_lost_word(arguments: Sequence[str]) -> bool:
    """Return whether a command begins with a plain word that is neither a command nor a file."""
    is_word = bool(arguments) and arguments[0].replace("-", "").isalpha()
    return is_word and not os.path.lexists(arguments[0])


def _refuse_word(word: str) -> int:
    meant = get_close_matches(word.lower(), COMMANDS, n=1)
    advice = f"Did you mean '{meant[0]}'?" if meant else "Type 'policy-reader --help' for a list."
    tell(f"there is no command and no file called '{word}'. {advice}")
    return REFUSED


def _open_window(files: list[str], *, new_window: bool = False) -> int:
    try:
        from reader.gui.app import run
    except ImportError as exc:
        tell(
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
    with suppress(ValueError):
        if (number := int(text)) > 0:
            return number
    raise argparse.ArgumentTypeError("must be a whole number, 1 or more")


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


def _put(
    options: argparse.Namespace,
    inputs: Iterable[str],
    own_name: str,
    *,
    save_to: Callable[[Path], None],
    print_it: Callable[[], None],
) -> int:
    """Save a result where it was asked for, or print it; return the exit code.

    A form that is made for a file goes to ``own_name`` where no other was given, and that is told.
    """
    if options.output is None and options.to not in _TO_A_FILE:
        print_it()
        return DONE
    output = Path(own_name if options.output is None else options.output)
    _refuse_overwriting(output, inputs)
    try:
        save_to(output)
    except ReaderError as error:
        return _refuse(error, str(output), as_json=options.to == "json")
    if options.output is None:
        _print_text(str(output))
    return DONE


def _print_report(report: PolicyReport, form: str) -> None:
    if form == "card":
        _print_text(card_text(summary_card(report), _card_width(), sys.stdout.encoding))
    else:
        _print_bytes(_EXPORTS[form](report))


def _print_comparison(comparison: Comparison, form: str) -> None:
    if form == "card":
        _print_text(comparison_card(comparison, _card_width()))
    else:
        _print_bytes(_COMPARISONS[form](comparison))


def _card_width() -> int:
    """Return how many columns a card has on standard output."""
    return card_width(shutil.get_terminal_size().columns) if sys.stdout.isatty() else CARD_WIDTH


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
        drop_stdout()
        raise CommandRefusedError(sentence_of(error_of_writing(exc))) from exc


# Refusals and other words for the user


def _refuse(error: ReaderError, file: str, *, as_json: bool) -> int:
    name = protocol.display_name(file)
    if as_json:
        _print_json(error_json(error, name))
    else:
        name = error.part or name
        tell(f"{'standard input' if name == '-' else name}: {sentence_of(error)}")
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


def _lacking(error: ImportError) -> str:
    """Say which of the window's libraries is missing, and how to add it."""
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("PySide6"):
        return (
            "PySide6 is missing. If you installed this program with pip, run 'pip install "
            "PySide6-Essentials'"
        )
    return f"a library is missing ({error}). Install it"
