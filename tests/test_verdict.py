"""What a document is called, and what it is."""

from __future__ import annotations

import pytest

from reader.analysis import analyze, analyze_text, read_document
from reader.loading import load
from reader.model import DocumentKind

BODY = "\n\nWe collect your name when you write to us, and we keep it in a drawer.\n\n"
SECTIONS = "".join(
    f"# {heading}{BODY}" for heading in ("What we collect", "How we use it", "Who gets it")
)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("# Larch Privacy Policy" + BODY, "Larch Privacy Policy"),
        ("# LEGAL PAGES\n\n## Larch Privacy Notice" + BODY, "Larch Privacy Notice"),
        ("# Larch\n\n# Privacy Policy of Larch Inc" + BODY, "Privacy Policy of Larch Inc"),
        ("Larch Privacy & Cookie Policy\n\n" + SECTIONS, "Larch Privacy & Cookie Policy"),
        (
            "Larch Data Policy\n\n" + SECTIONS + "# Privacy Notice for US Residents",
            "Larch Data Policy",
        ),
        ("https://larch.example/privacy-policy\n\n" + SECTIONS, "larch-lamps"),
        ("# The lamps of Larch" + BODY, "The lamps of Larch"),
        ("# 1. Legal framework" + BODY + SECTIONS, "larch-lamps"),
        ("# Our lamps" + BODY + "# What this privacy policy covers" + BODY, "larch-lamps"),
        (SECTIONS, "larch-lamps"),
    ],
)
def test_a_document_is_called_what_a_person_would_call_it(markdown: str, title: str) -> None:
    document = read_document(load(markdown.encode(), "shelf/larch-lamps.md"))
    assert document.title == title


def test_the_name_of_a_file_does_not_make_it_a_privacy_policy() -> None:
    recipe = "Cream the butter, add the sugar and bake for ten minutes. " * 20
    assert analyze(recipe.encode(), "cookies.txt").document.kind is DocumentKind.OTHER


@pytest.mark.parametrize(
    ("text", "words"),
    [("Short.", "With only 1 word, this text"), ("Too short.", "With only 2 words, this text")],
)
def test_a_text_that_is_too_short_says_of_how_many_words_it_is(text: str, words: str) -> None:
    told = [notice.text for notice in analyze_text(text).notices if notice.kind == "too-short"]
    assert len(told) == 1
    assert told[0].startswith(words)
