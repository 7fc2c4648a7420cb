"""The files of a policy as they were read last, where the reader lets them be kept."""

from __future__ import annotations

from collections.abc import Sequence

from reader.earlier_files import EarlierFiles
from reader.errors import ReaderError
from reader.library import place_of
from reader.protocol import InputFile, input_of, join_inputs


def keep_texts(paths: Sequence[str], source: InputFile) -> None:
    """Keep what was read from ``paths``, which are the files of one policy, in their order."""
    start = 0
    for place, size in zip(_places(paths), _sizes(source), strict=True):
        EarlierFiles().keep(place, source.data[start : start + size])
        start += size


def kept_texts(paths: Sequence[str], name: str, sha256: str) -> InputFile | None:
    """Return what was read from ``paths`` with this hash; None where not all of it is kept.

    ``name`` is what to call a policy of one file.
    """
    names = [name] if len(paths) == 1 else paths
    files = []
    for place, called in zip(_places(paths), names, strict=True):
        if (data := EarlierFiles().find(place)) is None:
            return None
        files.append(input_of(called, data))
    try:
        source = join_inputs(files)
    except ReaderError:
        return None
    return source if source.sha256 == sha256 else None


def _sizes(source: InputFile) -> list[int]:
    return [part.size for part in source.parts] or [len(source.data)]


def _places(paths: Sequence[str]) -> list[str]:
    """Return under which name each file is kept: apart from what is read of that file alone."""
    if len(paths) == 1:
        return list(paths)
    return [f"{place_of(paths)} {number}" for number in range(len(paths))]
