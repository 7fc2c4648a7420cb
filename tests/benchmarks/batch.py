"""How many policies a second a batch reads, beside textstat's eight formulas over the same texts.

    batch.py FOLDER [--jobs 2] [--rounds 3]

FOLDER holds texts. Both read every file of it from the disk with so many processes, turn about, and
both are timed from their start to their end: the batch with its workers, their walls and its rows
written to a file, textstat with the start of its processes. The texts are read by textstat as they
stand. ``ratio`` says how much of textstat's speed the batch has, the median of the rounds;
``processor_ratio`` says the same of the processors' time, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from reader.batch import default_jobs, find_inputs

FORMULAS = (
    "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "gunning_fog",
    "coleman_liau_index", "automated_readability_index", "dale_chall_readability_score",
    "linsear_write_formula",
)  # fmt: skip


def score(path: str) -> int:
    """Return the number of words of the file at ``path``, scored with all eight formulas."""
    import textstat

    from reader.syllables import install_for_textstat

    install_for_textstat()  # textstat would else fetch its dictionary
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    for name in FORMULAS:
        getattr(textstat, name)(text)
    return len(text.split())


def score_all(paths: list[str], jobs: int) -> int:
    """Return the words of all ``paths``, scored by textstat."""
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        return sum(pool.map(score, paths))


def read_all(folder: Path, jobs: int) -> None:
    """Read all files of ``folder`` with the command."""
    with tempfile.TemporaryDirectory() as away:
        command = [sys.executable, "-m", "reader", "batch", str(folder), "--to", "jsonl"]
        subprocess.run([*command, "-o", f"{away}/rows", "--jobs", str(jobs)], check=False)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that ``work`` takes, by the clock and of the processors."""
    clock, processors = time.perf_counter(), children_seconds()
    work()
    return time.perf_counter() - clock, children_seconds() - processors


def children_seconds() -> float:
    """Return the processor seconds of all processes that we have started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure the folder that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()

    paths = [str(each.path) for each in find_inputs([str(arguments.folder)]).inputs]
    words = score_all(paths, arguments.jobs)  # and the files are in the system's memory
    rounds = [
        (
            timed(lambda: score_all(paths, arguments.jobs)),
            timed(lambda: read_all(arguments.folder, arguments.jobs)),
        )
        for _ in range(arguments.rounds)
    ]
    ratios = [theirs[0] / ours[0] for theirs, ours in rounds]
    rates = [len(paths) / ours[0] for _, ours in rounds]
    told = {
        "bench": "batch",
        "files": len(paths),
        "words_each": round(words / len(paths)),
        "jobs": arguments.jobs,
        "files_per_second": round(statistics.median(rates), 1),
        "words_per_second": round(statistics.median(rates) * words / len(paths)),
        "ratios": [round(ratio, 2) for ratio in ratios],
        "ratio": round(statistics.median(ratios), 2),
        "processor_ratio": round(statistics.median(t[1] / o[1] for t, o in rounds), 2),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
