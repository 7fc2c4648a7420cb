"""The user's choices: typed, in one small TOML file that a person can read and edit.

A missing file gives the defaults. A value that makes no sense falls back to its default; a file
that is no TOML at all is kept beside the new one under a name that says so.
"""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from reader.paths import settings_dir
from reader.whole_files import put_aside, replacing

FILE_NAME = "settings.toml"
THEMES = ("system", "light", "dark")
PAGE_SIZES = ("a4", "letter")
SMALLEST_ZOOM, LARGEST_ZOOM = 0.6, 3.0
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")  # of a topic, a kind of marks or of files
SERIF, DESKTOP = "serif", "desktop"
"""Faces of the text that are no family of their own: a book's serif, and what the desktop uses."""
TIGHTEST, WIDEST_SPACING = 0.8, 2.0
SHORTEST_LINE, LONGEST_LINE = 40, 120
_LONGEST_FAMILY = 100  # characters


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    ``theme`` is one of ``THEMES``; ``zoom`` is the size of the policy's text relative to the
    desktop's, from 0.6 to 3; ``font`` is ``SERIF``, ``DESKTOP`` or a family's name;
    ``line_spacing`` is the room between lines relative to ours, from 0.8 to 2; ``line_length`` is
    the width of the text in characters, from 40 to 120, where the window has room for it;
    ``page_size`` is one of ``PAGE_SIZES``; ``mark_everything`` tints every passage instead of the
    telling ones, ``mark_findings`` false none of them; ``mark_wording`` names the kinds of wording
    marks that are shown, ``mark_notes`` shows the reader's own; ``pinned_topics`` and
    ``hidden_topics`` are ids of topics; ``hardest_first`` orders the contents; ``keep_history``
    lets the program remember files, places, dismissed findings and notes, and ``keep_texts`` keep
    the files themselves as they were read, to show later what changed. ``export_as`` and
    ``print_what`` name what was saved and printed last, ``with_notes`` whether with the reader's
    own notes. ``marks_explained`` says that the reader was told what the marks mean.
    """

    theme: str = "system"
    zoom: float = 1.0
    page_size: str = "a4"
    mark_everything: bool = False
    mark_findings: bool = True
    mark_wording: tuple[str, ...] = ()
    mark_notes: bool = True
    pinned_topics: tuple[str, ...] = ()
    hidden_topics: tuple[str, ...] = ()
    hardest_first: bool = False
    keep_history: bool = True
    keep_texts: bool = False
    font: str = SERIF
    line_spacing: float = 1.0
    line_length: int = 72
    export_as: str = "summary-pdf"
    print_what: str = "summary"
    with_notes: bool = False
    marks_explained: bool = False


def read_settings(folder: Path | None = None) -> Settings:
    """Return the stored choices, each checked by itself; ``folder`` is the user's by default."""
    path = (folder or settings_dir()) / FILE_NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        with suppress(OSError):
            put_aside(path)
        return Settings()
    except OSError:
        return Settings()
    settings = Settings()
    for name in (field.name for field in fields(Settings)):
        if name in table and _makes_sense(name, table[name]):
            default = getattr(settings, name)
            settings = replace(settings, **{name: type(default)(table[name])})
    return settings


def write_settings(settings: Settings, folder: Path | None = None) -> None:
    """Store the choices: the file holds the old ones or the new ones, never half.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder = folder or settings_dir()
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{field.name} = {_toml(getattr(settings, field.name))}" for field in fields(Settings)]
    with replacing(folder / FILE_NAME, mode=0o600) as new:
        new.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _makes_sense(name: str, value: object) -> bool:
    match name:
        case "theme":
            return value in THEMES
        case "page_size":
            return value in PAGE_SIZES
        case "zoom":
            return _is_within(value, SMALLEST_ZOOM, LARGEST_ZOOM)
        case "mark_wording" | "pinned_topics" | "hidden_topics":
            return isinstance(value, list) and all(
                isinstance(each, str) and _NAME.fullmatch(each) for each in value
            )
        case "export_as" | "print_what":
            return isinstance(value, str) and bool(_NAME.fullmatch(value))
        case "font":
            return (
                isinstance(value, str) and 0 < len(value) <= _LONGEST_FAMILY and value.isprintable()
            )
        case "line_spacing":
            return _is_within(value, TIGHTEST, WIDEST_SPACING)
        case "line_length":
            return isinstance(value, int) and _is_within(value, SHORTEST_LINE, LONGEST_LINE)
        case _:
            return isinstance(value, bool)


def _is_within(value: object, least: float, most: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least <= value <= most


def _toml(value: str | float | bool | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    # Of what can be printed, JSON and TOML write the same.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
