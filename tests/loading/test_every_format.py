"""One policy of ours in every format that is read: everywhere it has the same to say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.loading.kinds import Kind
from reader.model import BlockKind, PolicyReport

CORPUS = Path(__file__).parent.parent / "corpus" / "formats"
FILES = sorted(path.name for path in CORPUS.glob("emberglass.*"))

TEXT, HEADINGS, LEVELS, LINKS = "text", "headings", "levels", "links"
LIGATURES = "Ghostscript stores which letters a ligature stands for, and stores them wrongly"
BARE_TITLE = "nothing tells that the title stands above the rest, so levels count from the numbers"
NO_LINKS = "a plain text has no links"
NO_TABLE = "LibreOffice puts each cell on a line of its own, some of which look like headings"
MAY_DIFFER = {
    ("emberglass.ghostscript.pdf", TEXT): LIGATURES,
    ("emberglass.ghostscript.pdf", LINKS): LIGATURES,
    ("emberglass.libreoffice.epub", TEXT): "LibreOffice drops a table's head and numbers of lists",
    ("emberglass.libreoffice.epub", LEVELS): "LibreOffice makes paragraphs of headings",
    ("emberglass.libreoffice.txt", TEXT): NO_TABLE,
    ("emberglass.libreoffice.txt", HEADINGS): NO_TABLE,
    ("emberglass.libreoffice.txt", LEVELS): BARE_TITLE,
    ("emberglass.libreoffice.txt", LINKS): NO_LINKS,
    ("emberglass.pandoc.txt", LEVELS): BARE_TITLE,
    ("emberglass.pandoc.txt", LINKS): NO_LINKS,
}
"""What a format or its maker cannot tell, and why."""


@cache
def report(name: str) -> PolicyReport:
    return analyze((CORPUS / name).read_bytes(), name)


def text(name: str) -> str:
    return "".join(report(name).document.text.split())


def headings(name: str) -> list[str]:
    return [section.heading for section in report(name).document.sections if section.heading]


def levels(name: str) -> list[int]:
    return [section.level for section in report(name).document.sections if section.heading]


def links(name: str) -> list[tuple[str, str]]:
    document = report(name).document
    return [(link.span.of(document.text), link.target) for link in document.links]


ASKED = {TEXT: text, HEADINGS: headings, LEVELS: levels, LINKS: links}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("name", FILES)
def test_the_same_is_read_from_every_format(name: str, asked: str) -> None:
    same = ASKED[asked](name) == ASKED[asked]("emberglass.md")
    # What may differ and does not is no longer to be excused.
    assert same is ((name, asked) not in MAY_DIFFER), MAY_DIFFER.get((name, asked), asked)


@pytest.mark.parametrize("name", FILES)
def test_the_same_disclosures_are_found_in_every_format(name: str) -> None:
    found = [(one.type, one.stance) for one in report(name).disclosures]
    assert found == [(one.type, one.stance) for one in report("emberglass.md").disclosures]


def test_the_policy_has_all_that_formats_tell_in_ways_of_their_own() -> None:
    blocks = report("emberglass.md").document.blocks
    assert {block.kind for block in blocks} == set(BlockKind)
    assert max(block.level for block in blocks if block.kind is BlockKind.LIST_ITEM) == 2
    assert any(0 < block.bold < 1 for block in blocks)
    assert max(levels("emberglass.md")) == 3


def test_every_kind_of_file_and_three_makers_of_pdfs_are_among_them() -> None:
    endings = {Path(name).suffix.removeprefix(".") for name in FILES}
    assert {kind.name.lower() for kind in Kind} <= {"mail" if e == "eml" else e for e in endings}
    assert endings >= {"txt", "md", "xhtml", "mhtml", "fodt"}
    assert sum(name.endswith(".pdf") for name in FILES) >= 3
