#!/usr/bin/env python3
"""Make resources/reference/measures.json from a folder of policies, with this program itself.

    measure_reference.py FOLDER [--output FILE]

FOLDER holds the policies as Markdown. Only figures are kept, each list in rising order and without
names: of policies and of their sections the Flesch-Kincaid grade, the words, and the vague words in
1,000; for each disclosure type the share of policies that say nothing about
it, and for each type and stance the share that states it. Of sections
every list is thinned evenly to 500 figures. No word of a policy goes into the file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue
from reader.model import Scores, Stance
from reader.reference import FEWEST_WORDS

OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "reference" / "measures.json"

AS_OF = "2026-08-22"
MONTH = "August 2026"
MAKEUP = (
    "English privacy policies of 242 services, one a service: 209 of Open Terms Archive's general "
    "collection, 11 of very large platforms, 9 of AI services, 7 of social networks and 6 of "
    "dating services"
)
ATTRIBUTION = "Open Terms Archive contributors (ODC-BY 1.0)"
MOST_FIGURES = 500


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of one text; None where it is too short for that."""

    words: int
    grade: float | None
    vague: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of one policy: its figures, its sections', the keys of what it states."""

    policy: Figures
    sections: tuple[Figures, ...]
    statements: frozenset[str]


def measure(path: Path) -> Measured:
    """Return the figures of a policy."""
    report = analyze(path.read_bytes(), path.name)
    return Measured(
        figures_of(report.scores, report.document.words),
        tuple(
            figures_of(scores, scores.counts.words)
            for scores in report.section_scores
            if scores.counts.words
        ),
        frozenset(disclosure.key for disclosure in report.disclosures),
    )


def figures_of(scores: Scores, words: int) -> Figures:
    """Return the figures of a text; difficulty and vagueness only where it is long enough."""
    if scores.flesch_kincaid_grade is None or scores.counts.words < FEWEST_WORDS:
        return Figures(words, None, None)
    return Figures(words, scores.flesch_kincaid_grade, scores.vague_per_thousand)


def scales(figures: Iterable[Figures], most: int | None = None) -> dict[str, object]:
    """Return the figures of many texts as lists in rising order."""
    all_figures = list(figures)
    return {
        "count": len(all_figures),
        "grade": rising((each.grade for each in all_figures), most),
        "words": rising((each.words for each in all_figures), most),
        "vague": rising((each.vague for each in all_figures), most),
    }


def rising(values: Iterable[float | None], most: int | None) -> list[float]:
    """Return the values that there are, rounded and in rising order, thinned evenly to ``most``."""
    found = sorted(round(value, 2) for value in values if value is not None)
    if most is None or len(found) <= most:
        return found
    return [found[round((place + 0.5) * len(found) / most - 0.5)] for place in range(most)]


def main() -> None:
    """Measure the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()

    with ProcessPoolExecutor() as pool:
        measured = list(pool.map(measure, sorted(arguments.folder.glob("*.md")), chunksize=8))
    stated = Counter(key for each in measured for key in each.statements)
    types_of = ({key.rpartition(":")[0] for key in each.statements} for each in measured)
    spoken = Counter(kind for kinds in types_of for kind in kinds)
    measures = {
        "as_of": AS_OF,
        "month": MONTH,
        "makeup": MAKEUP,
        "attribution": ATTRIBUTION,
        "policies": scales(each.policy for each in measured),
        "sections": scales((own for each in measured for own in each.sections), MOST_FIGURES),
        "silence": {
            kind: round(1 - spoken[kind] / len(measured), 3) for kind in load_catalogue().types
        },
        "statements": {
            f"{kind}:{stance.value}": round(stated[f"{kind}:{stance.value}"] / len(measured), 3)
            for kind in load_catalogue().types
            for stance in Stance
        },
    }
    arguments.output.write_text(json.dumps(measures, indent=1) + "\n", encoding="utf-8")
    print(f"{len(measured)} policies measured: {arguments.output.name}")


if __name__ == "__main__":
    main()
