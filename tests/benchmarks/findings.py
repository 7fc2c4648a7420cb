"""Count how often findings are right and how many are found, topic by topic, as the guide tells it.

    python tests/benchmarks/findings.py FOLDER

``FOLDER`` holds policies that people read in full, each as NAME.md or NAME.txt with NAME.json
beside it: ``{"labels": [{"type": "sell.sells", "stance": "denied", "sure": true}, ...]}``, a label
for each statement that the policy makes. What one is not sure of counts neither way, and neither
does a type that no label of the folder names, since nobody may have looked for it. Prints the lines
of ``resources/guide/3-findings.md``, and every denial that was taken for its opposite.

Only a reading that was written down before the program saw the policy tells how it does on others.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reader.analysis import analyze
from reader.disclosures.catalogue import load_catalogue


@dataclass(frozen=True, slots=True)
class Reading:
    """What people and program found in one policy, each statement as its type and stance."""

    policy: str
    sure: frozenset[tuple[str, str]]
    unsure: frozenset[tuple[str, str]]
    shown: frozenset[tuple[str, str]]


def read(labels: Path) -> Reading:
    """Read the policy beside ``labels`` and set what is found beside what people found."""
    told = json.loads(labels.read_text(encoding="utf-8"))["labels"]
    sure, unsure = (
        frozenset((one["type"], one["stance"]) for one in told if one["sure"] is wanted)
        for wanted in (True, False)
    )
    policy = next(path for end in (".md", ".txt") if (path := labels.with_suffix(end)).exists())
    shown = frozenset(
        (one.type, one.stance.value)
        for one in analyze(policy.read_bytes(), policy.name).disclosures
    )
    return Reading(labels.stem, sure, unsure, shown)


def main(labels: Iterable[Path]) -> None:
    """Print the counts of all topics, and of all together."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    turned = []
    with ProcessPoolExecutor() as pool:
        readings = list(pool.map(read, labels))
    asked = {kind for reading in readings for kind, _ in reading.sure | reading.unsure}
    for reading in readings:
        for kind, stance in (reading.shown - reading.unsure) | reading.sure:
            if kind in asked:
                topic = counts[kind.partition(".")[0]]
                is_shown = (kind, stance) in reading.shown
                is_right = (kind, stance) in reading.sure
                topic["right"] += is_shown and is_right
                topic["shown"] += is_shown
                topic["noted"] += is_right
                other = (kind, "denied" if stance == "said" else "said")
                if is_shown and not is_right and other in reading.sure:
                    turned.append(f"{reading.policy}: {kind} {stance}")
    names = {topic.id: topic.label for topic in load_catalogue().topics}
    for topic, name in names.items():
        told = counts[topic]
        print(f"- {name}: {told['right']} of {told['shown']} right;", end=" ")
        print(f"{told['right']} of {told['noted']} found.")
    total = sum(counts.values(), Counter())
    print(f"Of {total['shown']} statements that the program made, {total['right']} were right.")
    print(f"Of {total['noted']} statements that people noted, it found {total['right']}.")
    print(f"Taken for their opposite: {', '.join(turned) or 'none'}.")


if __name__ == "__main__":
    main(sorted(Path(sys.argv[1]).glob("*.json")))
