"""What a page shows within itself: frames and shadow trees, put where they stand.

A frame's page is read where the file holds it: written into the frame, or saved beside the page.
Nothing is fetched; which frames stayed empty is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence

from lxml import etree

from reader.errors import NoTextError, TooComplexError

_FRAMES = frozenset({"iframe", "frame", "object", "embed"})
_ADDRESS = {"object": "data", "embed": "src"}
_MAX_NESTING = 3
"""Frames within frames. Browsers go further, but no policy stands so deep."""
_MAX_FRAMES = 200
_SMALLEST = 20
"""Pixels of width or height below which nothing can be read in a frame."""
_UNSEEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|(?:width|height):[01]?\d?(?:px|;|\Z))"
)
_PAGE = re.compile(r"(?:https?:|file:|cid:|//|[\w./?%-]*[\w/]\Z)", re.IGNORECASE)
_POLICY = re.compile(r"privacy|policy|policies|legal|terms", re.IGNORECASE)


def unfold(
    tree: etree._Element,
    tree_of: Callable[[str], etree._Element],
    pages: Mapping[str, str],
) -> list[etree._Element]:
    """Put into ``tree`` what its frames and open shadow trees show; return the frames left empty.

    ``tree_of`` parses a page's source. ``pages`` are the sources of the pages that were saved with
    this one, by their addresses.
    """
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode") == "open":
            template.tag = "div"
    empty: list[etree._Element] = []
    left = dict(pages)
    waiting = [(frame, 1) for frame in _frames_in(tree)]
    for number, (frame, depth) in enumerate(waiting):
        source = _source(frame, left)
        inner = None
        if source is not None and depth <= _MAX_NESTING and number < _MAX_FRAMES:
            inner = _body(source, tree_of)
        if inner is not None:
            _fill(frame, inner)
            waiting += [(one, depth + 1) for one in _frames_in(frame)]
        elif _PAGE.match(_address(frame)) and not _is_unseen(frame):
            empty.append(frame)
    return empty


def names_a_policy(frame: etree._Element) -> bool:
    """Return whether a frame's address or name says that it shows a policy."""
    said = (_address(frame), *(frame.get(name) or "" for name in ("title", "name", "id")))
    return any(map(_POLICY.search, said))


def _frames_in(tree: etree._Element) -> Sequence[etree._Element]:
    return [one for one in tree.iterdescendants(*_FRAMES) if not _is_unseen(one)]


def _address(frame: etree._Element) -> str:
    return (frame.get(_ADDRESS.get(str(frame.tag), "src")) or "").strip()


def _source(frame: etree._Element, pages: MutableMapping[str, str]) -> str | None:
    """Return the source of the page that a frame shows, None where the file does not hold it.

    A page that was saved is taken out of ``pages``, lest one is read many times or within itself.
    """
    written = frame.get("srcdoc") if frame.tag == "iframe" else None
    if written and written.strip():
        return written
    return pages.pop(_address(frame).partition("#")[0], None)


def _body(source: str, tree_of: Callable[[str], etree._Element]) -> etree._Element | None:
    try:
        page = tree_of(source)
    except (NoTextError, TooComplexError):
        return None
    body = page.find("body")
    return page if body is None else body


def _fill(frame: etree._Element, inner: etree._Element) -> None:
    """Make ``frame`` a part of its page that holds what ``inner`` does."""
    tail = frame.tail
    frame.clear()
    frame.tag, frame.tail = "div", tail
    inner.tag = "div"
    frame.append(inner)
    inner.tail = None
    outer = frame.getparent()
    while outer is not None and outer.tag == "frameset":
        outer.tag = "div"
        outer = outer.getparent()


def _is_unseen(frame: etree._Element) -> bool:
    """Return whether a frame shows nothing to readers, as those that count visits."""
    style = "".join((frame.get("style") or "").split()).lower()
    sizes = (frame.get(name) or "" for name in ("width", "height"))
    return (
        frame.get("hidden") is not None
        or _UNSEEN.search(style) is not None
        or any(size.isdigit() and len(size) < 5 and int(size) < _SMALLEST for size in sizes)
    )
