"""What a result is called: the name of the policy's file with an ending, fit for every disk."""

from __future__ import annotations

import re
from pathlib import PurePath

from reader.model import Document
from reader.summary import clean_line
from reader.titles import shown_stem

_NO_NAME = "policy"
_LONGEST_STEM = 200  # bytes, of the 255 that most disks allow a whole name
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')  # on some disk or other
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows


def result_name(name: str, ending: str) -> str:
    """Return a name for what is made of the file ``name``, as "rakuten" with "-summary.pdf".

    ``-`` is standard input; ``ending`` stays as it is.
    """
    return _fit("" if name == "-" else PurePath(name).stem, ending)


def proposed_name(document: Document, ending: str) -> str:
    """Return a name to propose to a person, which says whose policy it is made of."""
    return _fit(shown_stem(document).removeprefix("-"), ending)


def _fit(stem: str, ending: str) -> str:
    stem = clean_line(stem)
    stem = _FORBIDDEN.sub("_", stem).strip(" .")
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    short = stem.encode("utf-8", "replace")[:_LONGEST_STEM].decode("utf-8", "ignore").strip(" .")
    return f"{short or _NO_NAME}{ending}"
