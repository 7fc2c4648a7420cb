#!/usr/bin/env python3
"""Make resources/syllables/syllables.txt.gz from the CMU Pronouncing Dictionary.

    make_syllable_table.py PACKAGE [--output FILE]

PACKAGE is the unpacked folder of the npm package `cmu-pronouncing-dictionary` 3.0.0, or the
archive that `npm pack` leaves. One line of the table holds a number of syllables and all the words
that have so many, in alphabetical order, with blanks between them. Of a word with several
pronunciations the first is taken, as textstat does; its variants, written `word(2)`, are dropped.
The same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tarfile
from collections import defaultdict
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "syllables" / "syllables.txt.gz"

# One entry of the package's module: `word: "W ER1 D"`, the word in quotes where it needs them; a
# few pronunciations end in a remark (`# place, danish`).
_ENTRY = re.compile(r'^\s*"?([^"\s]+?)"?:\s*"([A-Z0-9 ]+)[^"]*"', re.MULTILINE)


def read_dictionary(package: Path) -> str:
    """Return the source of the package's `index.js`, from its folder or its archive."""
    if package.is_dir():
        return (package / "index.js").read_text(encoding="utf-8")
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/index.js")
        if member is None:
            raise FileNotFoundError(f"{package} holds no package/index.js")
        return member.read().decode("utf-8")


def count_all(dictionary: str) -> dict[str, int]:
    """Return the syllables of each word: its phonemes that carry a stress digit."""
    return {
        word: sum(phoneme[-1].isdigit() for phoneme in phonemes.split())
        for word, phonemes in _ENTRY.findall(dictionary)
        if "(" not in word
    }


def table(syllables: dict[str, int]) -> str:
    """Return the table's text."""
    words_of: defaultdict[int, list[str]] = defaultdict(list)
    for word in sorted(syllables):
        words_of[syllables[word]].append(word)
    return "".join(f"{count} {' '.join(words_of[count])}\n" for count in sorted(words_of))


def main() -> None:
    """Read the package, write the table, tell what it holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    syllables = count_all(read_dictionary(arguments.package))
    packed = gzip.compress(table(syllables).encode(), compresslevel=9, mtime=0)
    arguments.output.write_bytes(packed)
    print(f"{len(syllables)} words, {len(packed)} bytes: {arguments.output}")


if __name__ == "__main__":
    main()
