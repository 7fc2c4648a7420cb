"""Documents for tests, read by the real path from Markdown of our own writing."""

from __future__ import annotations

from reader.analysis import read_document
from reader.disclosures.assembling import find_disclosures
from reader.loading import load
from reader.model import Disclosure, Document


def make_document(markdown: str) -> Document:
    """Return the document that the program reads from ``markdown``."""
    return read_document(load(markdown.encode(), "policy.md"))


def disclosures_of(markdown: str) -> dict[str, Disclosure]:
    """Return what ``markdown`` discloses, by ``type:stance``."""
    return {d.key: d for d in find_disclosures(make_document(markdown))}
