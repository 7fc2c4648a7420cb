"""The rules that the reader wrote: from their folder to the process that reads policies.

They are files of ``settings_dir()/disclosures``. The parent reads them, as it reads policies, and
gives the worker their bytes in one piece; what they say is checked there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.paths import settings_dir

FOLDER = "disclosures"
MAX_FILE_BYTES = 64 << 10
MAX_FILES = 64


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The reader's files: their texts by name, and in words which could not be read and why."""

    files: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Return them in one piece, empty where there are none."""
        if not self.files and not self.unread:
            return b""
        return json.dumps({"files": dict(self.files), "unread": self.unread}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> OwnRules:
        """Return what ``to_bytes`` made ``data`` of."""
        if not data:
            return cls()
        value = json.loads(data)
        return cls(value["files"], tuple(value["unread"]))


def own_rules_dir() -> Path:
    """Return the folder of the reader's own rules; it need not exist."""
    return settings_dir() / FOLDER


def read_own_rules(folder: Path | None = None) -> OwnRules:
    """Return the ``.toml`` files of ``folder``, the reader's own by default."""
    folder = own_rules_dir() if folder is None else folder
    files: dict[str, str] = {}
    unread: list[str] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return OwnRules()
    except OSError:
        return OwnRules(unread=(f"the folder {folder.name} could not be read",))
    if len(paths) > MAX_FILES:
        unread.append(f"only {MAX_FILES} of the {len(paths)} files are read")
    for path in paths[:MAX_FILES]:
        name = "".join(sign if sign.isprintable() else "?" for sign in path.name)
        try:
            files[name] = _text_of(path)
        except OSError:
            unread.append(f"{name}: could not be read")
        except ValueError as error:
            unread.append(f"{name}: {error}")
    return OwnRules(files, tuple(unread))


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise ValueError("is not a file")
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ValueError(f"is larger than {MAX_FILE_BYTES >> 10} KB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not in UTF-8") from None
