"""Policy Reader: readability and disclosures of privacy policies, offline.

The library's face. Names are given lazily (PEP 562): importing ``reader`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reader.version import __version__

if TYPE_CHECKING:
    from reader.analysis import analyze, analyze_parts, analyze_text
    from reader.errors import ReaderError
    from reader.loading import load

__all__ = ["ReaderError", "__version__", "analyze", "analyze_parts", "analyze_text", "load"]

_HOME = {
    "analyze": "reader.analysis",
    "analyze_parts": "reader.analysis",
    "analyze_text": "reader.analysis",
    "load": "reader.loading",
    "ReaderError": "reader.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'reader' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
