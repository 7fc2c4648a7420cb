"""What files are called in the window: short, in one line, and told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from reader.protocol import READABLE_SUFFIXES
from reader.summary import clean_line

translate = QCoreApplication.translate

LONGEST_NAME = 70  # characters of a name in a message


def readable_patterns() -> str:
    """Return the names of files that can be read, as the filter of a file dialog has them."""
    return " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))


def short_name(name: str) -> str:
    """Return what to call a file in a message: its name alone."""
    return short_words(Path(name).name or name)


def name_of_files(paths: Sequence[str]) -> str:
    """Return what to call a policy of one file or more in a line of text."""
    first = short_name(paths[0])
    if len(paths) == 1:
        return first
    return translate("FileNames", "{name} and {count} more").format(
        name=first, count=len(paths) - 1
    )


def short_words(words: str) -> str:
    """Return words from outside as they fit a line of the message bar, which cannot break them."""
    words = clean_line(words)
    return words if len(words) <= LONGEST_NAME else f"{words[:44]}…{words[-24:]}"


def distinct_names(files: Sequence[tuple[str, str]]) -> list[str]:
    """Return a name for each file, given as its name and path; '' is the path of what has none.

    Where two are called the same, the name of their folder stands behind.
    """
    count = Counter(name for name, _ in files)
    names = []
    for name, path in files:
        shown = clean_line(name)
        if count[name] > 1 and path:
            shown = f"{shown} ({clean_line(Path(path).parent.name) or '/'})"
        names.append(shown)
    return names
