#!/usr/bin/env python3
"""Count in how many policies of a folder each entry of the word lists is found, by this program.

    count_wording.py FOLDER [--fewer-than N]

FOLDER holds the policies as Markdown. Prints the count, the list and the first words of each entry
that fewer than N policies hold (3 by default), and fails where there is one: a list of words that
policies do not use helps nobody.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from reader.wording.phrases import (
    LISTS,
    find_candidates,
    find_phrases,
    in_lower_case,
    read_list,
)


def count_policies(folder: Path) -> Counter[tuple[str, str]]:
    """Return in how many policies each entry is found, by kind of mark and its first words."""
    entry_of = {
        (kind, words): (kind, entry["words"][0])
        for kind, file in LISTS.items()
        for entry in read_list(file)["entry"]
        for words in entry["words"]
    }
    counts = Counter(dict.fromkeys(entry_of.values(), 0))
    for path in sorted(folder.glob("*.md")):
        found = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            lowered = in_lower_case(line)
            candidates = find_candidates(lowered)
            for start, end, kind, _ in find_phrases(lowered, line, 0, candidates):
                found.add(entry_of[kind, lowered[start:end]])
        counts.update(found)
    return counts


def main() -> None:
    """Count in the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fewer-than", type=int, default=3)
    arguments = parser.parse_args()

    counts = count_policies(arguments.folder)
    rare = [(n, *entry) for entry, n in counts.items() if n < arguments.fewer_than]
    for count, kind, words in sorted(rare):
        print(f"{count:4} {kind:13} {words}")
    print(f"{len(rare)} of {len(counts)} entries in fewer than {arguments.fewer_than} policies")
    sys.exit(bool(rare))


if __name__ == "__main__":
    main()
