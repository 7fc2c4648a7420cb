"""Whether a text is judged at all, and why not: it is no English, too short, or no policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.model import Document, DocumentKind, Notice, NoticeKind

_FEWEST_WORDS = 100  # below, a text is too short to judge
_WHY: Mapping[NoticeKind, str] = {
    NoticeKind.NOT_ENGLISH: "Not judged: this program reads English only.",
    NoticeKind.TOO_SHORT: "Too short to judge.",
    NoticeKind.NOT_A_POLICY: "Not judged: this does not read like a privacy policy.",
}
"""The notices that withhold the verdicts, and what the card says in the place of its sentence."""


def withholding_notices(document: Document) -> tuple[Notice, ...]:
    """Return in plain words why the verdicts on ``document`` are withheld; () where they are not.

    Its kind must be decided.
    """
    if not document.language_supported:
        return (
            Notice(
                NoticeKind.NOT_ENGLISH,
                "This text does not seem to be in English, and this program finds statements in "
                "English only. You can use the contents and the search, but there are no verdicts.",
            ),
        )
    if document.words < _FEWEST_WORDS:
        counted = "1 word" if document.words == 1 else f"{document.words} words"
        return (
            Notice(
                NoticeKind.TOO_SHORT,
                f"With only {counted}, this text is too short to judge. You can see what it says, "
                "but there are no verdicts.",
            ),
        )
    if document.kind is DocumentKind.OTHER:
        return (
            Notice(
                NoticeKind.NOT_A_POLICY,
                "This does not read like a privacy policy. You can see what it says, but there are "
                "no verdicts.",
            ),
        )
    return ()


def is_withheld(notices: Iterable[Notice]) -> bool:
    """Return whether one of ``notices`` says that the verdicts are left out."""
    return any(notice.kind in _WHY for notice in notices)


def why_withheld(notices: Iterable[Notice]) -> str:
    """Return, for the place of the verdict sentence, why the report of ``notices`` has none."""
    return next((_WHY[notice.kind] for notice in notices if notice.kind in _WHY), "Not judged.")
