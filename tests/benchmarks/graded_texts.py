#!/usr/bin/env python3
"""Do our scores order texts as people do, and as well as textstat's do?

    graded_texts.py CLEAR.json ONESTOP.json

CLEAR holds ``items`` with ``text`` and ``easiness``, as teachers judged it; ONESTOP ``items`` with
``text`` and ``level``, 0 to 2, each article at three levels. Printed is Spearman's rank
correlation, signed so that 1 is full agreement. SMOG is None below thirty sentences: it is shown
on the texts where it speaks, and by its bare formula on our counts of all texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from statistics import fmean

import textstat

from reader.analysis import read_document
from reader.loading import load
from reader.model import Counts
from reader.readability import count
from reader.scoring import (
    SMOG_SENTENCES,
    flesch_kincaid_grade,
    flesch_reading_ease,
    smog_index,
)
from reader.syllables import install_for_textstat


@dataclass(frozen=True, slots=True)
class Grades:
    """Scores of each text by one engine; higher ``flesch`` is easier, the others harder."""

    flesch_kincaid: list[float]
    flesch: list[float]
    smog: list[float | None]
    bare_smog: list[float]


def our_counts(text: str) -> Counts:
    """Return the counts of a plain text as an analysis makes them."""
    document = read_document(load(text.encode(), "text.txt"))
    return sum(
        (
            count(sentence.span.of(document.text))
            for sentence in document.sentences
            if document.blocks[sentence.block].scored
        ),
        Counts(),
    )


def our_grades(texts: Sequence[str]) -> Grades:
    """Return our scores; a text without any sentence counts as 0."""
    counts = [our_counts(text) for text in texts]
    return Grades(
        [flesch_kincaid_grade(each) or 0.0 for each in counts],
        [flesch_reading_ease(each) or 0.0 for each in counts],
        [smog_index(each) for each in counts],
        [_bare_smog(each) for each in counts],
    )


def _bare_smog(counts: Counts) -> float:
    """Return the SMOG grade however few sentences there are: its formula is the same for all."""
    enough = replace(
        counts,
        sentences=SMOG_SENTENCES * max(1, counts.sentences),
        polysyllables=SMOG_SENTENCES * counts.polysyllables,
    )
    return smog_index(enough) or 0.0


def grades_of_textstat(texts: Sequence[str]) -> Grades:
    """Return textstat's scores with our syllable table; its SMOG speaks from three sentences on."""
    install_for_textstat()
    smog = [textstat.smog_index(text) for text in texts]
    return Grades(
        [textstat.flesch_kincaid_grade(text) for text in texts],
        [textstat.flesch_reading_ease(text) for text in texts],
        list(smog),
        smog,
    )


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the rank correlation of two series, in [-1, 1]; ties share their average rank."""
    ranks, others = _ranks(first), _ranks(second)
    mean = (len(ranks) + 1) / 2
    covariance = sum((a - mean) * (b - mean) for a, b in zip(ranks, others, strict=True))
    spread = sum((a - mean) ** 2 for a in ranks) * sum((b - mean) ** 2 for b in others)
    return covariance / sqrt(spread) if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 1 on, the average one of equal values."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2 + 1
        first = last + 1
    return ranks


def agreement(grades: Grades, hardness: Sequence[float]) -> dict[str, float]:
    """Return how each formula orders texts by how hard people find them, SMOG bare."""
    return {
        "Flesch-Kincaid": spearman(grades.flesch_kincaid, hardness),
        "Flesch": spearman([-score for score in grades.flesch], hardness),
        "SMOG": spearman(grades.bare_smog, hardness),
    }


def main() -> None:
    """Print both engines' agreement with both sets, and the mean grade of each level."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clear", type=Path)
    parser.add_argument("onestop", type=Path)
    arguments = parser.parse_args()
    graded = json.loads(arguments.clear.read_text(encoding="utf-8"))["items"]
    levelled = json.loads(arguments.onestop.read_text(encoding="utf-8"))["items"]
    _print_set("CLEAR", [each["text"] for each in graded], [-each["easiness"] for each in graded])
    texts, levels = [each["text"] for each in levelled], [each["level"] for each in levelled]
    ours = _print_set("OneStop", texts, levels)
    for level in sorted(set(levels)):
        of_level = [place for place, each in enumerate(levels) if each == level]
        means = [
            fmean(scores[place] for place in of_level)
            for scores in (ours.flesch_kincaid, ours.flesch, ours.bare_smog)
        ]
        print(
            f"  level {level}: mean Flesch-Kincaid {means[0]:.2f}, Flesch {means[1]:.1f}, "
            f"SMOG (bare) {means[2]:.2f}"
        )


def _print_set(name: str, texts: list[str], hardness: list[float]) -> Grades:
    ours, theirs = our_grades(texts), grades_of_textstat(texts)
    print(f"{name}: {len(texts)} texts      ours  textstat")
    of_textstat = agreement(theirs, hardness)
    for formula, rho in agreement(ours, hardness).items():
        bare = " (bare)" if formula == "SMOG" else ""
        print(f"  {formula + bare:22} {rho:.3f}  {of_textstat[formula]:.3f}")
    both = [place for place, score in enumerate(ours.smog) if score is not None]
    if len(both) > 2:
        own = [hardness[place] for place in both]
        rho = spearman([score for score in ours.smog if score is not None], own)
        other = spearman([theirs.bare_smog[place] for place in both], own)
        print(f"  SMOG, {len(both)} of 30 sentences {rho:.3f}  {other:.3f}")
    else:
        print(f"  SMOG speaks on {len(both)} texts")
    return ours


if __name__ == "__main__":
    main()
