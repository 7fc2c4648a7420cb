"""Tool tips that show what they are given: text from a file is never read as markup."""

from __future__ import annotations

import html


def tooltip(*paragraphs: str) -> str:
    """Return markup for a tool tip that wraps and shows each paragraph as it is, '' for none."""
    shown = [html.escape(paragraph) for paragraph in paragraphs if paragraph]
    return "".join(f"<p>{paragraph}</p>" for paragraph in shown)
