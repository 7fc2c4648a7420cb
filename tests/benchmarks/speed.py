#!/usr/bin/env python3
"""Where does the time of one analysis go, and does it grow with the text alone?

    speed.py POLICY [--rounds 9]

Printed is the median time of each stage of `reader.analysis`, each run warm and by itself, and its
share of them all; then the time of a text of twice the length over that of the text.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from reader.analysis import analyze, read_document
from reader.disclosures.assembling import find_disclosures
from reader.language import detect_language
from reader.loading import load
from reader.model import Counts
from reader.readability import count_together
from reader.scoring import score
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections
from reader.sentences import find_sentences
from reader.wording import find_marks

Work = Callable[[], object]


def main() -> None:
    """Print the stages, the whole, and the ratio of the doubled text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("policy", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    data, name = arguments.policy.read_bytes(), arguments.policy.name
    report = analyze(data, name)
    document = report.document
    print(
        f"{document.words} words, {len(document.sections)} sections, "
        f"{len(document.sentences)} sentences"
    )
    # The text alone, since a mark-up's blocks could not be put one after the other.
    text = load(data, name).text
    once, doubled = text.encode(), f"{text}\n\n{text}".encode()
    stages = _stages(data, name)
    took = _medians(
        {
            **stages,
            "analyze": lambda: analyze(data, name),
            "once": lambda: analyze(once, "text.txt"),
            "doubled": lambda: analyze(doubled, "text.txt"),
        },
        arguments.rounds,
    )
    whole = took["analyze"]
    took["the rest"] = whole - sum(took[stage] for stage in stages)
    for stage in (*stages, "the rest", "analyze"):
        print(f"{stage:12} {1000 * took[stage]:8.1f} ms  {took[stage] / whole:5.1%}")
    print(f"the text twice takes {took['doubled'] / took['once']:.2f} times as long, as plain text")


def _stages(data: bytes, name: str) -> dict[str, Work]:
    """Return each stage as a piece of work, by the name of its module or of what it makes."""
    loaded = load(data, name)
    document = read_document(loaded)
    text, blocks, sections = document.text, document.blocks, document.sections
    prose = [each for each in document.sentences if blocks[each.block].scored]

    def count_and_score() -> None:
        of_sections: list[list[str]] = [[] for _ in sections]
        for sentence in prose:
            of_sections[sentence.section].append(sentence.span.of(text))
        counts = list(map(count_together, of_sections))
        for own in (*counts, sum(counts, Counts())):
            score(own)

    return {
        "loading": lambda: load(data, name),
        "language": lambda: detect_language(text),
        "sections": lambda: find_sections(text, find_headings(loaded)),
        "sentences": lambda: find_sentences(text, blocks, sections),
        "counts": count_and_score,
        "marks": lambda: find_marks(text, document.sentences),
        "disclosures": lambda: find_disclosures(document),
    }


def _medians(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return the median seconds of each piece of work.

    They take turns, so that what slows the machine slows them all; the first turn only warms.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            began = perf_counter()
            work()
            times[name].append(perf_counter() - began)
    return {name: median(taken[1:]) for name, taken in times.items()}


if __name__ == "__main__":
    main()
