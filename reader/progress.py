"""How far a long command is, in one line that is rewritten on a terminal and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Show = Callable[[int, int], None]
"""Is told how many files are done, and how many of them failed."""


@contextmanager
def shown_progress(total: int, done: int) -> Iterator[Show]:
    """Show on standard error how far ``total`` files are, ``done`` of them from an earlier run.

    The line has the rate, the time left and the failures, and goes away at the end. Where standard
    error is no terminal that can rewrite a line, nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _failed: None
        return
    # It takes a twentieth of a second, which other commands and scripts need not wait.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class RateColumn(TextColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} files/s" if task.speed else "")

    console = Console(stderr=True, highlight=False)
    with Progress(
        BarColumn(),
        TextColumn("{task.completed} of {task.total} files"),
        RateColumn(""),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        TextColumn("{task.fields[failed]} failed"),
        console=console,
        transient=True,
        refresh_per_second=4,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=console.is_dumb_terminal,
    ) as progress:
        task = progress.add_task("", total=total, completed=done, failed=0)
        yield lambda done, failed: progress.update(task, completed=done, failed=failed)
