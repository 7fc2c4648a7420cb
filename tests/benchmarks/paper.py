#!/usr/bin/env python3
"""Is every summary page as it should be, and how long do pages and files take?

    paper.py POLICY [POLICY ...] [--rounds 9]

Each policy is read once and its summary written on A4 and Letter, from a light window and from a
dark one; what `tests/check_page.py` finds wrong is printed. Then the times of each export of the
first policy, from the finished report: the median by the clock, the least, and the median of the
processor's, which a busy machine stretches less.
"""

from __future__ import annotations

import argparse
import runpy
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from PySide6.QtWidgets import QApplication

from reader.analysis import analyze
from reader.export.findings_csv import findings_csv
from reader.export.report_html import report_html
from reader.export.report_json import encode, to_json
from reader.export.report_markdown import report_markdown
from reader.gui.paper import Content
from reader.gui.printing import report_pdf
from reader.gui.theme import apply_theme, load_theme
from reader.model import PolicyReport

# By its path, since a library that is installed may be called tests as well.
_CHECK = runpy.run_path(str(Path(__file__).parents[1] / "check_page.py"))
PAPER: dict[str, tuple[float, float]] = _CHECK["PAPER"]
problems_of: Callable[[bytes, PolicyReport, str], list[str]] = _CHECK["problems_of"]


def main() -> None:
    """Print the faults of the pages, and the times of the exports."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("policies", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    application = QApplication(["paper", "-platform", "offscreen"])
    reports = [analyze(path.read_bytes(), path.name) for path in arguments.policies]
    pages = bad = 0
    for window in ("light", "dark"):
        apply_theme(application, load_theme(window))
        for report in reports:
            for size in PAPER:
                problems = problems_of(report_pdf(report, page_size=size), report, size)
                pages += 1
                bad += bool(problems)
                for problem in problems:
                    print(f"{report.document.source.name}, {size}, {window}: {problem}")
    print(f"{pages} pages of {len(reports)} policies, {bad} with a fault")
    first = reports[0]
    print(f"{first.document.source.name}, {first.document.words} words:")
    for name, made in _exports(first).items():
        took, worked = [], []
        for _ in range(arguments.rounds):
            began, worked_before = perf_counter(), process_time()
            made()
            took.append(1000 * (perf_counter() - began))
            worked.append(1000 * (process_time() - worked_before))
        print(
            f"  {name:22} {median(took):7.1f} ms, {min(took):7.1f} at least, "
            f"{median(worked):7.1f} of the processor"
        )


def _exports(report: PolicyReport) -> dict[str, Callable[[], bytes]]:
    return {
        "summary, PDF": lambda: report_pdf(report),
        "summary and text, PDF": lambda: report_pdf(report, Content.SUMMARY_AND_TEXT),
        "findings, PDF": lambda: report_pdf(report, Content.FINDINGS),
        "web page": lambda: report_html(report),
        "Markdown": lambda: report_markdown(report),
        "table": lambda: findings_csv(report),
        "JSON": lambda: encode(to_json(report)),
    }


if __name__ == "__main__":
    main()
