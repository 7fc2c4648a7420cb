"""One policy of ours, stored by different programs in different formats: the same to a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.loading import load
from reader.model import BlockKind, LoadedText
from reader.sections.headings import find_headings

CORPUS = Path(__file__).parent.parent / "corpus" / "office"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
NAMES = ("lantern-and-loom", "quillfeather-lamps")
FILES = [
    path
    for name in NAMES
    for path in sorted(CORPUS.glob(f"{name}.*.*"))
    if not path.name.endswith("libreoffice.epub")
]


def read(path: Path) -> LoadedText:
    return load(path.read_bytes(), path.name)


def markdown_of(path: Path) -> LoadedText:
    name = path.name.partition(".")[0] + ".md"
    source = CORPUS / name
    return read(source if source.exists() else SAMPLES / name)


def test_the_corpus_holds_each_format_of_both_programs() -> None:
    forms = {tuple(path.name.split(".")[1:]) for path in FILES}

    assert forms == {
        *((maker, form) for maker in ("pandoc", "libreoffice") for form in ("docx", "odt", "rtf")),
        ("pandoc", "epub"),
        ("libreoffice", "fodt"),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_policy_reads_the_same_from_every_format(path: Path) -> None:
    expected, loaded = markdown_of(path), read(path)

    assert loaded.text == expected.text
    assert loaded.title == expected.title
    assert loaded.links == expected.links
    assert [(b.kind, b.level, b.explicit, b.link_ratio) for b in loaded.blocks] == [
        (b.kind, b.level, b.explicit, b.link_ratio) for b in expected.blocks
    ]
    # Only a table's first row may be bold here and not there: see the README beside the files.
    prose = [i for i, b in enumerate(expected.blocks) if b.kind is not BlockKind.TABLE_ROW]
    assert [loaded.blocks[i].bold for i in prose] == [expected.blocks[i].bold for i in prose]
    assert {block.size for block in loaded.blocks} == {1.0}


def test_a_book_without_any_markup_keeps_its_words_and_is_divided_by_the_look_of_its_lines() -> (
    None
):
    path = CORPUS / "lantern-and-loom.libreoffice.epub"
    expected, loaded = markdown_of(path), read(path)

    assert loaded.text == expected.text
    wanted = {b.span for b in find_headings(expected) if b.kind is BlockKind.HEADING}
    found = {b.span for b in find_headings(loaded) if b.kind is BlockKind.HEADING}
    assert len(found & wanted) >= 0.9 * len(wanted)
    assert len(found - wanted) <= 2
