#!/usr/bin/env python3
"""Show what a disclosure type finds in policies, to be read and judged: a random sample of it.

    sample_findings.py TYPE PATH ... [--number 30] [--seed 1] [--own]

PATH is a policy or a folder of them. Each passage stands with its policy, its stance, the rule that
found it, and what the rule looked at beside it: the lead-in of a list item, the limit of a denial.
The last line says how many policies speak of the type. With --own the reader's own rules count too.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from reader.analysis import analyze
from reader.errors import ReaderError
from reader.own_rules import read_own_rules
from reader.protocol import READABLE_SUFFIXES
from reader.summary import clean_line


def found_in(path: Path, kind: str, own_rules: bytes) -> list[str]:
    """Return each passage of ``path`` that states the type ``kind``, in words; [] where none."""
    try:
        report = analyze(path.read_bytes(), path.name, own_rules=own_rules)
    except ReaderError:
        return []
    text = report.document.text
    return [
        f"{path.name}  {disclosure.stance.value}  {passage.rule or passage.detector}\n"
        + (f"    after: {clean_line(passage.context.of(text))}\n" if passage.context else "")
        + f"    {clean_line(passage.span.of(text))}"
        + (f"\n    limit: {disclosure.condition}" if disclosure.condition else "")
        for disclosure in report.disclosures
        if disclosure.type == kind
        for passage in disclosure.evidence
    ]


def _policies(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in READABLE_SUFFIXES)
        else:
            yield path


def main() -> None:
    """Read what the command line names and print the sample."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("type")
    parser.add_argument("path", type=Path, nargs="+")
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own", action="store_true")
    arguments = parser.parse_args()

    own_rules = read_own_rules().to_bytes() if arguments.own else b""
    find = partial(found_in, kind=arguments.type, own_rules=own_rules)
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(find, _policies(arguments.path), chunksize=8))
    passages = [passage for each in found for passage in each]
    size = min(arguments.number, len(passages))
    for passage in random.Random(arguments.seed).sample(passages, size):  # noqa: S311 - no secret
        print(passage + "\n")
    speaking = sum(map(bool, found))
    print(f"{speaking} of {len(found)} policies, {len(passages)} passages, {size} shown")


if __name__ == "__main__":
    main()
