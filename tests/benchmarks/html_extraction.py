"""How well the policy's text and headings come out of web pages as they were downloaded.

    python tests/benchmarks/html_extraction.py FOLDER [-v]

FOLDER holds ``policies_original_html.zip`` (the pages), ``policies_txt/`` (each policy's text,
taken out by hand) and ``headings.jsonl`` (its headings, with ``whole_line`` false where one opens
a paragraph). Headings are those of the finished sections. Text is compared as lower-case words:

    recall   share of the policy's runs of six words that are in ours
    surplus  share of our words that are in no run of three words of the policy's
"""

from __future__ import annotations

import argparse
import json
import re
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from reader.loading import load
from reader.model import BlockKind
from reader.sections.headings import find_headings

# The page of this policy was not what its text was taken from.
LEFT_OUT = frozenset({"641_cbsinteractive.com"})

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"^(?:[ivx]+|[a-z]|\d+)[.)]\s+|^\d+(?:\.\d+)+\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What came out of one page; the headings are of the gold ones, whole lines apart."""

    name: str
    recall: float
    surplus: float
    whole: int
    whole_missed: tuple[str, ...]
    opening: int
    opening_missed: tuple[str, ...]
    lost: tuple[str, ...]
    seconds: float


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def runs(found: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def key(heading: str) -> str:
    return "".join(words(_NUMBER.sub("", heading.strip())))


def measure(name: str, data: bytes, policy: str, gold: list[dict[str, object]]) -> Page:
    began = time.perf_counter()
    loaded = load(data, f"{name}.html")
    seconds = time.perf_counter() - began
    ours, theirs = words(loaded.text), words(policy)
    have, want = runs(ours, 6), runs(theirs, 6)
    known = runs(theirs, 3)
    covered = [False] * len(ours)
    for i in range(len(ours) - 2):
        if tuple(ours[i : i + 3]) in known:
            covered[i : i + 3] = [True] * 3
    found = {
        key(block.span.of(loaded.text))
        for block in find_headings(loaded)
        if block.kind is BlockKind.HEADING
    }
    wholes = [str(one["text"]) for one in gold if one["whole_line"]]
    openings = [str(one["text"]) for one in gold if not one["whole_line"]]
    return Page(
        name,
        len(have & want) / len(want),
        1 - sum(covered) / len(ours),
        len(wholes),
        tuple(one for one in wholes if key(one) not in found),
        len(openings),
        tuple(one for one in openings if key(one) not in found),
        tuple(" ".join(run) for run in sorted(want - have)),
        seconds,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="print every page")
    args = parser.parse_args()
    gold = {
        one["policy"]: one["headings"]
        for one in map(json.loads, (args.folder / "headings.jsonl").open(encoding="utf-8"))
    }
    pages = []
    with zipfile.ZipFile(args.folder / "policies_original_html.zip") as archive:
        for entry in archive.namelist():
            name = entry.removesuffix(".html").rpartition("/")[2]
            if entry.endswith(".html") and name not in LEFT_OUT:
                policy = (args.folder / "policies_txt" / f"{name}.txt").read_text("utf-8")
                pages.append(measure(name, archive.read(entry), policy, gold.get(name, [])))
    if args.verbose:
        for page in sorted(pages, key=lambda page: page.recall):
            print(
                f"{page.name:32} recall {page.recall:.3f}  surplus {page.surplus:.3f}  missed "
                f"{len(page.whole_missed)}/{page.whole}, {len(page.opening_missed)}/{page.opening}"
            )
    whole, opening = sum(page.whole for page in pages), sum(page.opening for page in pages)
    whole_found = whole - sum(len(page.whole_missed) for page in pages)
    opening_found = opening - sum(len(page.opening_missed) for page in pages)
    print(
        json.dumps(
            {
                "pages": len(pages),
                "recall": round(mean(page.recall for page in pages), 4),
                "worst": round(min(page.recall for page in pages), 4),
                "below_0.8": sum(page.recall < 0.8 for page in pages),
                "surplus": round(mean(page.surplus for page in pages), 4),
                "headings": round((whole_found + opening_found) / (whole + opening), 4),
                "headings_of_whole_lines": round(whole_found / whole, 4),
                "headings_that_open_paragraphs": round(opening_found / opening, 4),
                "median_ms": round(1000 * median(page.seconds for page in pages), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
