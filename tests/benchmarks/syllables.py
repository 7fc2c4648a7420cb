#!/usr/bin/env python3
"""Do we count the syllables that the pronouncing dictionary gives, on the words policies use?

    syllables.py PACKAGE FOLDER

PACKAGE is the unpacked folder of the npm package `cmu-pronouncing-dictionary` 3.0.0, read here
without the script that makes our table; FOLDER holds policies as Markdown. Every word that the
dictionary knows is compared as it is written, so that case and apostrophes are tried too.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from reader.syllables import count_syllables

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWEL = re.compile(r"[A-Z]+[012]\b")


def main() -> None:
    """Print how many words were compared and each that differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    dictionary = _dictionary((arguments.package / "index.js").read_text(encoding="utf-8"))
    words: Counter[str] = Counter()
    for policy in sorted(arguments.folder.glob("*.md")):
        words.update(_WORD.findall(policy.read_text(encoding="utf-8")))
    known = {word: _as_entry(word) for word in words if _as_entry(word) in dictionary}
    running = sum(words[word] for word in known)
    print(f"{len(dictionary)} entries; they know {running} of {words.total()} running words,")
    print(f"{len(set(known.values()))} different ones in {len(known)} spellings")
    differing = {
        word: (count_syllables(word), dictionary[entry])
        for word, entry in known.items()
        if count_syllables(word) != dictionary[entry]
    }
    print(f"{len(differing)} differ")
    for word, (ours, theirs) in sorted(differing.items()):
        print(f"  {word}: {ours}, in the dictionary {theirs}")


def _as_entry(word: str) -> str:
    return word.lower().replace("’", "'")


def _dictionary(source: str) -> dict[str, int]:
    """Return the syllables of each entry's first pronunciation: its phonemes with a stress."""
    entries = {}
    for line in source.splitlines():
        word, found, pronunciation = line.strip().partition(": ")
        word = word.strip('"')
        if found and pronunciation.startswith('"') and not word.endswith(")"):
            entries[word] = len(_VOWEL.findall(pronunciation.partition("#")[0]))
    return entries


if __name__ == "__main__":
    main()
