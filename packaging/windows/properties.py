"""Write what Windows shows as the properties of each program, as PyInstaller reads it.

properties.py FOLDER: one file a program, ``FOLDER/policy-reader.properties`` and so on.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.version import __version__

PROGRAMS = {
    "policy-reader": "Policy Reader in the terminal",
    "policy-reader-window": "Policy Reader",
    "policy-reader-worker": "Policy Reader: opens files",
}
_ENGLISH, _UNICODE = 0x0409, 1200


def properties(program: str, version: str = __version__) -> str:
    """Return the properties of ``program``; ``version`` has up to four numbers."""
    numbers = tuple(int(number) for number in version.split("+")[0].split("."))
    numbers += (0,) * (4 - len(numbers))
    told = {
        "CompanyName": "The Policy Reader project",
        "FileDescription": PROGRAMS[program],
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Policy Reader",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {words!r})" for name, words in told.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('{_ENGLISH:04X}{_UNICODE:04X}', [{strings}])]), "
        f"VarFileInfo([VarStruct('Translation', [{_ENGLISH}, {_UNICODE}])])])\n"
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for each in PROGRAMS:
        (folder / f"{each}.properties").write_text(properties(each), encoding="utf-8")
