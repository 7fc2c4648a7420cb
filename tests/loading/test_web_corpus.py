"""The sample policy reads the same as a page, as a saved page, as a message, and as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.loading import load

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "resources" / "samples" / "lantern-and-loom.md").read_bytes()


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("html", "text/html"),
        ("mhtml", "multipart/related"),
        ("eml", "message/rfc822"),
    ],
)
def test_the_sample_is_the_same_in_every_form(ending: str, media_type: str) -> None:
    data = (ROOT / "tests" / "corpus" / "web" / f"lantern-and-loom.{ending}").read_bytes()
    loaded, sample = load(data, f"sample.{ending}"), load(SAMPLE, "sample.md")
    assert loaded.source.media_type == media_type
    assert loaded.text == sample.text
    assert loaded.blocks == sample.blocks
    assert loaded.links == sample.links
    report, expected = analyze(data, "sample"), analyze(SAMPLE, "sample")
    assert report.disclosures == expected.disclosures
    assert report.document.sections == expected.document.sections
