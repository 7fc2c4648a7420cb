"""A page that holds its text twice, for wide windows and for narrow ones: once is enough."""

from __future__ import annotations

from collections.abc import Sequence

from reader.loading.drafts import Draft
from reader.model import Notice, NoticeKind

_MIN_PROSE = 8
"""Words of a block that is looked for elsewhere."""
_MIN_WORDS = 100
_MIN_SHARE = 0.2
"""Share of a page's words that a stretch must hold to be its twin; clauses recur in policies."""


def without_twin(drafts: Sequence[Draft]) -> tuple[Sequence[Draft], tuple[Notice, ...]]:
    """Return ``drafts`` without the long stretches that stand before them word for word."""
    texts = [" ".join(draft.text.split()) for draft in drafts]
    words = [text.count(" ") + 1 for text in texts]
    enough = max(_MIN_WORDS, _MIN_SHARE * sum(words))
    first: dict[str, int] = {}
    gone: set[int] = set()
    place = 0
    while place < len(texts):
        known = first.setdefault(texts[place], place)
        length = 1
        if known < place and words[place] >= _MIN_PROSE:
            end = place + 1
            while (
                end < len(texts) and known + length < place and texts[end] == texts[known + length]
            ):
                end, length = end + 1, length + 1
            start = place
            # The headings above it have words too few to be looked for.
            while start and start - 1 not in gone and known + start - place > 0:
                if texts[start - 1] != texts[known + start - place - 1]:
                    break
                start -= 1
            if known + length > start:  # the two would overlap
                start = place
            if sum(words[start:end]) >= enough:
                gone.update(range(start, end))
        place += length
    if not gone:
        return drafts, ()
    twice = sum(words[i] for i in gone)
    notice = (
        f"This page holds {twice} words twice, as pages do for wide and narrow windows. They were "
        "read once."
    )
    return [draft for i, draft in enumerate(drafts) if i not in gone], (
        Notice(NoticeKind.READ_ONCE, notice),
    )
