"""Whether the text that was read is the whole policy, or the rest of it may lie elsewhere.

Silence tells something of a policy only where all of it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.model import Document, Notice, NoticeKind

_NOT_WHOLE = frozenset(
    {
        NoticeKind.FOLDED_PARTS,
        NoticeKind.MISSING_PARTS,
        NoticeKind.PAGES_WITHOUT_TEXT,
        NoticeKind.SUPPLEMENT,
        NoticeKind.TRUNCATED,
    }
)
# The words of a page's own buttons, alone or behind a sentence: "See more", "... Read more >".
_BREAKS_OFF = re.compile(
    r"(?:^\W*|[.!?:…]\W{0,4})"
    r"((?:see|read|show|view) (?:more|all|details)|continue reading|expand)\W*$",
    re.IGNORECASE,
)
_FEWEST_BROKEN = 3
_SUPPLEMENT = re.compile(r"\b(?:supplement(?:al|ary)?|addendum)\b", re.IGNORECASE)
# What such a text says of itself: "This notice supplements the Larch privacy policy." A regional
# notice that "supplements this policy" is a part of it, and terms of use say nothing of data.
_ADDS_TO_ANOTHER = re.compile(
    r"\b(?:(?<!which )(?<!that )supplements|in addition to|also (?:adhere to|follow)) (?!this\b)"
    r"(?:(?! this\b)[^.!?\n]|\.(?=\w)){1,60} privacy (?:policy|notice|statement)\b",
    re.IGNORECASE,
)
_OPENING = 2_500  # characters in which a text says what it is
_SHARE_BROKEN = 0.25


def is_whole(notices: Iterable[Notice]) -> bool:
    """Return whether none of ``notices`` says that a part of the policy may be missing."""
    return all(notice.kind not in _NOT_WHOLE for notice in notices)


def folded_parts(document: Document) -> tuple[Notice, ...]:
    """Return the notice that many sections break off where a page would show more; () if not.

    A page whose parts are folded away and a summary whose parts lead to other pages both leave
    the words of their buttons at the ends of sections. A quarter of the sections with text of
    their own, and three at least, must end so.
    """
    last = {each.section: each.span.of(document.text) for each in document.sentences}
    broken = [button for text in last.values() if (button := _BREAKS_OFF.search(text))]
    if len(broken) < max(_FEWEST_BROKEN, _SHARE_BROKEN * len(last)):
        return ()
    return (
        Notice(
            NoticeKind.FOLDED_PARTS,
            f"{len(broken)} of the {len(last)} sections end with a button like "
            f"\u201c{broken[0][1]}\u201d, so the rest of them may be missing here. "
            "Expand the whole page in your browser, save or copy it, and open that.",
        ),
    )


def supplement(document: Document) -> tuple[Notice, ...]:
    """Return the notice that the text only adds to another policy; () if it does not say so.

    What a reader has put together from several files is held to be all of it.
    """
    adds = _SUPPLEMENT.search(document.title) or _ADDS_TO_ANOTHER.search(document.text[:_OPENING])
    if document.parts or not adds:
        return ()
    return (
        Notice(
            NoticeKind.SUPPLEMENT,
            "This text adds to another policy, which may say what we did not find here. "
            "Open the two together to have them read as one.",
        ),
    )
