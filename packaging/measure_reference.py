#!/usr/bin/env python3
"""Make resources/reference/measures.json from a folder of policies, with this program itself.

    measure_reference.py FOLDER [--output FILE]

FOLDER holds the policies as Markdown. Only figures are kept: the Flesch-Kincaid grade of each
policy in rising order, for each disclosure type the share of policies that say nothing about it,
and for each type and stance the share that states it. No word of a policy goes into the file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue
from reader.model import Stance

OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "reference" / "measures.json"


def measure(path: Path) -> tuple[float | None, frozenset[str]]:
    """Return the grade of a policy and the keys of what it discloses."""
    report = analyze(path.read_bytes(), path.name)
    return report.scores.flesch_kincaid_grade, frozenset(d.key for d in report.disclosures)


def main() -> None:
    """Measure the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()

    with ProcessPoolExecutor() as pool:
        measured = list(pool.map(measure, sorted(arguments.folder.glob("*.md")), chunksize=8))
    stated = Counter(key for _, keys in measured for key in keys)
    types_of = (frozenset(key.rpartition(":")[0] for key in keys) for _, keys in measured)
    spoken = Counter(kind for kinds in types_of for kind in kinds)
    measures = {
        "policies": len(measured),
        "grades": sorted(round(grade, 2) for grade, _ in measured if grade is not None),
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
