"""Long texts of our own making, of usual and of hostile kinds, to open in a window."""

from __future__ import annotations

from pathlib import Path

PROSE = "We collect your name and share it with our partners, who may keep it for two years. "

HOSTILE_TEXTS = {
    "one endless word": "a" * 200_000,
    "words without a space": "@" * 100_000 + "(" * 100_000,
    "a number without an end": "0123456789" * 20_000,
    "one paragraph without an end": PROSE * 4_000,
    "ten thousand headings": "# A\n\n" * 10_000,
    "quotes within quotes": '"' * 100_000 + "\u201c" * 50_000,
}


def long_policy(sample: Path, words: int) -> str:
    """Return a policy of about so many words, made of the sample again and again."""
    text = sample.read_text(encoding="utf-8")
    times = words // len(text.split()) + 1
    return "\n\n".join(text.replace("# ", f"# {number}. ", 1) for number in range(1, times + 1))
