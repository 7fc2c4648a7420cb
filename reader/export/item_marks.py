"""Whether a list item brings its number or bullet with it, in its own words.

Where it does, no other is set before it.
"""

from __future__ import annotations

import re

_OWN_MARK = re.compile(r"\s*(?:[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)\]]|[-*•‣◦–—])\s")


def has_own_mark(words: str) -> bool:
    """Return whether an item begins with a mark of its own, as "2. ", "(iv) " or "– "."""
    return _OWN_MARK.match(words) is not None
