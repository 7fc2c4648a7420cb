"""Tell what the application holds, with licences.

list_components.py licences OUT   every library's licence text, one after the other
list_components.py sbom OUT       the libraries as a CycloneDX 1.6 list (JSON)

Both are read off what is installed, beginning with what the program itself asks for.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reader.gui.components import Component, components
from reader.version import __version__

_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright)[^/]*$")
_RULE = "=" * 78


def licences() -> str:
    """Return the licence of each component with the texts that its package brings."""
    parts = [
        "Policy Reader is licensed under the Apache License 2.0. It stands on the work of others:\n"
    ]
    for component in components():
        parts.append(
            f"{_RULE}\n{component.name} {component.version}\n{component.licence}\n{_RULE}\n"
        )
        parts += _texts_of(component.name)
    return "\n".join(parts)


def sbom() -> str:
    """Return the libraries as a CycloneDX bill of materials, the same for the same libraries."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "policy-reader",
                "name": "policy-reader",
                "version": __version__,
                "licenses": [{"expression": "Apache-2.0"}],
            },
        },
        "components": [_entry(component) for component in components()],
    }
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def _entry(component: Component) -> dict[str, object]:
    key = component.name.lower().replace(" ", "-")
    entry: dict[str, object] = {
        "type": "library" if component.version else "data",
        "bom-ref": key,
        "name": component.name,
        "licenses": [{"license": {"name": component.licence}}],
    }
    if component.version:
        entry["version"] = component.version
    if _installed(component.name) is not None:
        entry["purl"] = f"pkg:pypi/{key}@{component.version}"
    return entry


def _texts_of(name: str) -> Iterator[str]:
    package = _installed(name)
    for file in package.files or () if package else ():
        if _LICENCE_FILE.search(str(file)) and ".dist-info" in str(file):
            yield file.locate().read_text(encoding="utf-8", errors="replace").strip() + "\n"


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except ModuleNotFoundError:
        return None


if __name__ == "__main__":
    what, out = sys.argv[1:]
    Path(out).write_text({"licences": licences, "sbom": sbom}[what](), encoding="utf-8")
