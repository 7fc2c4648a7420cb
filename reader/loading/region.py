"""The policy's region of a web page: its text without menus, headers, footers and banners.

A page's blocks stand in one row. Prose speaks for a stretch of them, lines that are only links
speak against it, and the stretch with the best sum is the policy. In doubt a block stays: an odd
line costs a reader little, a lost sentence may be the one that mattered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from lxml import etree

from reader.loading.drafts import Draft
from reader.model import BlockKind, Notice, NoticeKind

_NAVIGATION_TAGS = frozenset({"nav", "menu", "dialog", "search"})
_NAVIGATION_ROLES = frozenset(
    {"navigation", "menu", "menubar", "search", "dialog", "alertdialog", "toolbar"}
)
_EDGE_TAGS = frozenset({"footer", "aside"})
_EDGE_ROLES = frozenset({"banner", "contentinfo", "complementary"})
_EDGE_NAMES = frozenset(
    "breadcrumb breadcrumbs crumbs flyout footer masthead menu menus nav navbar navigation "
    "pagination sidebar sidenav subnav toolbar topbar topnav".split()
)
# A policy has sections of these names too, so they are a hint only where no prose is.
_WORDLESS_TAGS = frozenset({"header"})
_WORDLESS_NAMES = frozenset(
    "comments copyright newsletter promo related share sharing signup social subscribe "
    "widget".split()
)
# So LibreOffice marks the header and footer of the printed pages, where it writes HTML.
_RUNNING_TITLES = ("header", "footer")
_CONSENT_NAMES = frozenset(
    "ccpa cky cmplz consent cookie cookiebanner cookiebot cookieconsent cookies cybot didomi gdpr "
    "iubenda onetrust truste usercentrics".split()
)
_BOX_NAMES = frozenset("banner bar dialog layer modal overlay popup prompt sdk toast".split())
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EDGE_ELEMENTS = frozenset({"amp-consent", "amp-sidebar"})
# What stands above the parts behind a page's matter: no policy has a section of these names.
_NAMES_OTHER_MATTER = re.compile(
    r"(?:you (?:may|might) also (?:like|enjoy|be interested in)\b.*"
    r"|(?:related|recent|popular|latest|featured|trending|more) "
    r"(?:articles?|posts?|pages?|stories|news|reading|videos?)"
    r"|more from (?:the |our )?(?:author|blog|journal|magazine|news\w*)"
    r"|(?:read|up) next|keep reading|join the (?:conversation|discussion)"
    r"|(?:\d+|no|one|two|three) (?:comments?|responses?|thoughts?|replies)\b.*"
    r"|(?:leave|write|post|add) a (?:comment|reply|response)\b.*"
    r"|about the author|post navigation|recent comments|recently viewed.*"
    r"|customers also (?:bought|viewed)"
    r"|was this (?:page|article|information) (?:helpful|useful))\W*",
    re.IGNORECASE,
)
_NAMES_POLICY = re.compile(
    r"privacy|data protection|cookie (?:policy|notice|statement)|\bpolicy\b", re.IGNORECASE
)
_CLOSING = re.compile(r"©|\(c\)\s+\d{4}|\ball rights reserved\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"”’)]*\s*\Z")

_MAX_SHARE_OF_EDGE = 1 / 3
"""Share of a page's prose above which a part is the page's matter, whatever it is called."""
_MIN_SHARE_OF_MAIN = 0.5
"""Share of a page's prose that a part must hold to be believed when it calls itself main."""
_MIN_SHARE_OF_HOME = 0.8
"""Share of the policy's prose that the part of the page holds which is taken for its own."""
_MIN_LINKED = 0.6
"""Share of a line's letters above which it is a link and not prose."""
_MIN_PROSE = 8
_MOST = 60
"""Words of prose that one block counts for, so that no long paragraph outvotes all others."""
_MAX_SHARE_OF_OTHER = 0.15
"""Share of a page's prose that a part may hold whose heading or last line says it is no policy."""
_FEW_LINKS = 3
"""Links outside of prose from which on a part with the page's last line is its footer."""
_MAX_CLOSING = 40
"""Words of a line that closes a page."""
_MAX_SHARE_BEFORE = 0.2
"""Share of a page's prose that may stand before the policy's heading without being of it."""
_MANY_WORDS = 30
"""Words in sentences that are worth a reader's look where they were left out."""
_MENU_ENTRY = -6
_CONTENTS_ENTRY = -2
_SHORT_LINE = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a page and the element whose end or beginning ended it."""

    draft: Draft
    element: etree._Element

    @property
    def words(self) -> int:
        """Return how many words the block holds."""
        return len(self.draft.text.split())


@dataclass(frozen=True, slots=True)
class Region:
    """The blocks that are the policy's: some of the pieces from ``first`` up to ``end``."""

    drafts: tuple[Draft, ...]
    first: int
    end: int
    notices: tuple[Notice, ...] = ()


class _Edge(IntEnum):
    """Whether a part is an edge of the page: a menu, header, footer, banner or sidebar."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True, slots=True)
class _Glance:
    """What can be told of a piece at a glance.

    ``prose`` is how many of its words are, ``linked`` the share of its letters that lead away;
    ``closing`` is true where it looks like the last line of a page.
    """

    words: int
    prose: int
    linked: float
    edge: _Edge
    closing: bool

    @property
    def is_menu(self) -> bool:
        return self.linked >= _MIN_LINKED and self.prose < _MIN_PROSE


def find_region(pieces: Sequence[Piece], title: str) -> Region:
    """Return the region of a page that is its policy; all of a page that holds no prose.

    ``title`` is what the page calls itself, '' where it does not.
    """
    glances = _glances(pieces)
    run = _best_run([_gain(piece, glance) for piece, glance in zip(pieces, glances, strict=True)])
    if run[0] == run[1]:
        return Region(tuple(piece.draft for piece in pieces), 0, len(pieces))
    first, end = _widened(pieces, glances, *_with_home(pieces, glances, *run))
    first = _at_heading(pieces, glances, first, end)
    kept = [*_heading_above(pieces, glances, first, title)]
    for place in range(first, end):
        glance = glances[place]
        if glance.edge < _Edge.SURELY and not (glance.edge and glance.is_menu):
            kept.append(place)
    left_out = [glances[place] for place in sorted({*range(len(pieces))} - {*kept})]
    return Region(tuple(pieces[i].draft for i in kept), kept[0], end, _notices(left_out))


def _notices(left_out: Sequence[_Glance]) -> tuple[Notice, ...]:
    """Return what a reader should know of the blocks that were left out."""
    words, prose = sum(one.words for one in left_out), sum(one.prose for one in left_out)
    if not words:
        return ()
    sentences = f", {prose} of them in whole sentences" if prose >= _MANY_WORDS else ""
    return (
        Notice(
            NoticeKind.LEFT_OUT,
            f"{words} {'word' if words == 1 else 'words'} around the policy were left out as the "
            f"page's menus, header and footer{sentences}. If something is missing, select it in "
            "your browser, copy it and paste it here.",
        ),
    )


def _glances(pieces: Sequence[Piece]) -> list[_Glance]:
    prose = [_prose(piece.draft) for piece in pieces]
    edges = _Edges(pieces, prose)
    return [
        _Glance(
            piece.words,
            words,
            _linked(piece.draft),
            edges.of(piece.element),
            piece.words < _MAX_CLOSING and _CLOSING.search(piece.draft.text) is not None,
        )
        for piece, words in zip(pieces, prose, strict=True)
    ]


def _prose(draft: Draft) -> int:
    """Return how many words of a block are prose: unlinked, and enough of them for a sentence."""
    if draft.kind is BlockKind.HEADING:
        return 0
    words = sum(len(run.text.split()) for run in draft.runs if run.target is None)
    enough = words >= _MIN_PROSE or (words > 2 and _ENDS_SENTENCE.search(draft.text))
    return words if enough else 0


def _linked(draft: Draft) -> float:
    letters = sum(len(run.text.strip()) for run in draft.runs)
    linked = sum(len(run.text.strip()) for run in draft.runs if _leads_away(run.target))
    return linked / letters if letters else 0.0


def _leads_away(target: str | None) -> bool:
    """Return whether a link leads to another page, as those of menus do, and not to a person."""
    return target is not None and not target.lower().startswith(("mailto:", "tel:"))


def _gain(piece: Piece, glance: _Glance) -> int:
    """Return how much a block speaks for the stretch it stands in."""
    if glance.edge is _Edge.SURELY:
        return _CONTENTS_ENTRY  # it is left out in any case; text may stand on both sides of it
    if glance.is_menu and not _is_heading(piece):
        entry = _CONTENTS_ENTRY if _is_in_page(piece.draft) else _MENU_ENTRY
        return 2 * entry if glance.edge else entry
    if glance.edge:
        return -min(_MOST, glance.words)
    if glance.prose:
        return min(_MOST, glance.prose)
    return 0 if _is_heading(piece) else _SHORT_LINE


def _is_in_page(draft: Draft) -> bool:
    """Return whether a block's links lead to other places of the page, as in a list of contents."""
    targets = [run.target for run in draft.runs if run.target is not None]
    return all(target.startswith("#") and len(target) > 1 for target in targets)


def _best_run(gains: Sequence[int]) -> tuple[int, int]:
    """Return the stretch, from its first place up to its end, whose gains have the highest sum."""
    best, best_first, best_end = 0, 0, 0
    current = first = 0
    for place, gain in enumerate(gains):
        if current <= 0:
            current, first = 0, place
        current += gain
        if current > best:
            best, best_first, best_end = current, first, place + 1
    return best_first, best_end


def _with_home(
    pieces: Sequence[Piece], glances: Sequence[_Glance], first: int, end: int
) -> tuple[int, int]:
    """Return the stretch widened to the smallest part of the page that holds most of its prose.

    A list of links that stands in the middle of the policy's own part belongs to it.
    """
    prose: dict[etree._Element, int] = {}
    for piece, glance in zip(pieces[first:end], glances[first:end], strict=True):
        for element in _with_ancestors(piece.element):
            prose[element] = prose.get(element, 0) + glance.prose
    enough = _MIN_SHARE_OF_HOME * sum(glance.prose for glance in glances[first:end])
    home = next(
        element
        for element in _with_ancestors(pieces[first].element)
        if prose[element] >= enough or element.tag == "body" or element.getparent() is None
    )
    if home.tag in ("body", "html"):
        return first, end
    inside = [place for place, piece in enumerate(pieces) if home in _with_ancestors(piece.element)]
    return min(first, inside[0]), max(end, inside[-1] + 1)


def _widened(
    pieces: Sequence[Piece], glances: Sequence[_Glance], first: int, end: int
) -> tuple[int, int]:
    """Return the stretch with the lines around it: headings and dates above, an address below."""
    while first and (
        _may_belong(glances[first - 1])
        or (_is_heading(pieces[first - 1]) and not glances[first - 1].edge)
    ):
        first -= 1
    while end < len(pieces) and _may_belong(glances[end]) and not _is_heading(pieces[end]):
        end += 1
    return first, end


def _at_heading(pieces: Sequence[Piece], glances: Sequence[_Glance], first: int, end: int) -> int:
    """Return where the stretch begins when parts of the page before its heading are left out.

    They are where the page has one top heading that names a policy and few words stand before it,
    in parts of their own. Lines without prose stay, for they may tell a date.
    """
    top = [
        place
        for place in range(first, end)
        if _is_heading(pieces[place]) and pieces[place].draft.level == 1
    ]
    if len(top) != 1 or not _NAMES_POLICY.search(pieces[top[0]].draft.text):
        return first
    words = [glance.prose for glance in glances[first:end]]
    if not 0 < sum(words[: top[0] - first]) <= _MAX_SHARE_BEFORE * sum(words):
        return first
    around = set(_with_ancestors(pieces[top[0]].element))
    return next(
        place
        for place in range(first, top[0] + 1)
        if place == top[0]
        or not around.isdisjoint(islice(_with_ancestors(pieces[place].element), 2))
    )


def _is_heading(piece: Piece) -> bool:
    return piece.draft.kind is BlockKind.HEADING


def _may_belong(glance: _Glance) -> bool:
    return not (glance.edge or glance.is_menu or glance.closing)


def _heading_above(
    pieces: Sequence[Piece], glances: Sequence[_Glance], first: int, title: str
) -> Iterator[int]:
    """Yield the places of the page's own heading and of the lines below it, above all menus."""
    named = set(title.lower().split())
    above, passed = first - 1, 0
    while above >= 0 and passed <= _MOST:
        passed += 0 if glances[above].edge else glances[above].prose
        draft = pieces[above].draft
        words = draft.text.lower().split()
        is_named = len(words) > 1 and sum(word in named for word in words) > len(words) / 2
        is_top = _is_heading(pieces[above]) and draft.level == 1
        if (is_named or is_top) and not glances[above].is_menu:
            yield above
            yield from _lines_below(pieces, glances, above, first)
            return
        above -= 1


def _lines_below(
    pieces: Sequence[Piece], glances: Sequence[_Glance], heading: int, first: int
) -> Iterator[int]:
    """Yield the places of the lines between the page's heading and the stretch from ``first`` on.

    A header of the page's matter, not of the whole page, holds its date beside the heading.
    """
    head = _own_head(pieces[heading].element)
    for place in range(heading + 1, first):
        glance = glances[place]
        in_head = head is not None and head in _with_ancestors(pieces[place].element)
        if not (_may_belong(glance) or (in_head and _may_date(glance))):
            return
        yield place


def _own_head(element: etree._Element) -> etree._Element | None:
    """Return the header in the page's main part or article that an element stands in."""
    head = next((one for one in _with_ancestors(element) if one.tag == "header"), None)
    if head is None or not any(one.tag in ("main", "article") for one in head.iterancestors()):
        return None
    return head


def _may_date(glance: _Glance) -> bool:
    """Return whether a line below the page's heading may tell its date or whom it is for."""
    return glance.edge < _Edge.SURELY and not (glance.is_menu or glance.closing)


class _Edges:
    """Which parts of a page are its edges."""

    def __init__(self, pieces: Sequence[Piece], prose: Sequence[int]) -> None:
        self._total = sum(prose)
        self._prose: dict[etree._Element, int] = {}
        self._links: dict[etree._Element, int] = {}
        for piece, words in zip(pieces, prose, strict=True):
            runs = piece.draft.runs if words < _MIN_PROSE else ()
            links = sum(1 for run in runs if _leads_away(run.target))
            for element in _with_ancestors(piece.element):
                self._prose[element] = self._prose.get(element, 0) + words
                self._links[element] = self._links.get(element, 0) + links
        self._main = self._find_main()
        self._other = set(self._find_other(pieces))
        self._known: dict[etree._Element, _Place] = {}

    def of(self, element: etree._Element) -> _Edge:
        """Return whether an element stands in an edge of the page."""
        chain = []
        place = _Place(_Edge.NO if self._main is None else _Edge.PERHAPS, in_matter=False)
        for one in _with_ancestors(element):
            if one in self._known:
                place = self._known[one]
                break
            chain.append(one)
        for one in reversed(chain):
            if one is self._main:
                place = _Place(_Edge.NO, in_matter=True)
            else:
                edge = max(place.edge, self._own(one, in_matter=place.in_matter))
                place = _Place(edge, place.in_matter or one.tag == "article")
            self._known[one] = place
        return place.edge

    def _own(self, element: etree._Element, *, in_matter: bool) -> _Edge:
        """Return what an element says of itself; within the page's matter it needs be wordless."""
        prose = self._prose.get(element, 0)
        if prose > _MAX_SHARE_OF_EDGE * self._total:
            return _Edge.NO
        if element in self._other:
            return _Edge.SURELY
        edge = _edge(element, wordless=not prose)
        return _Edge.NO if in_matter and prose and edge is _Edge.PERHAPS else edge

    def _find_other(self, pieces: Sequence[Piece]) -> Iterator[etree._Element]:
        """Yield the parts that a heading says are other matter, or that hold the page's last line.

        Such a part is the largest around the line in which there is little of the page's prose.
        """
        for piece in pieces:
            text = piece.draft.text.strip()
            is_other = len(text) < 100 and _NAMES_OTHER_MATTER.fullmatch(text) is not None
            if is_other or (piece.words < _MAX_CLOSING and _CLOSING.search(text)):
                part = self._largest(piece.element)
                if part is None:
                    continue
                links = self._links.get(part, 0)
                if links >= _FEW_LINKS or (is_other and (links or self._prose.get(part, 0))):
                    yield part

    def _largest(self, element: etree._Element) -> etree._Element | None:
        """Return the largest part around ``element`` with little prose, None where it has much."""
        found = None
        for one in _with_ancestors(element):
            if one.tag == "body" or self._prose.get(one, 0) > _MAX_SHARE_OF_OTHER * self._total:
                break
            found = one
        return found

    def _find_main(self) -> etree._Element | None:
        """Return the part that calls itself the page's main one and holds most of its prose."""
        for element, words in self._prose.items():
            is_main = element.tag == "main" or element.get("role") == "main"
            if is_main and words >= _MIN_SHARE_OF_MAIN * self._total:
                return element
        return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Whether a place is at the page's edge, and whether within what the page says it is about."""

    edge: _Edge
    in_matter: bool


def _with_ancestors(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _edge(element: etree._Element, *, wordless: bool) -> _Edge:
    """Return whether an element calls itself an edge of the page; ``wordless`` if without prose."""
    tag, role = element.tag, element.get("role")
    if tag in ("html", "body"):
        return _Edge.NO
    if (
        tag in _EDGE_ELEMENTS
        or tag in _NAVIGATION_TAGS
        or role in _NAVIGATION_ROLES
        or role in _EDGE_ROLES
    ):
        return _Edge.SURELY
    names = {
        name.lower()
        for attribute in ("id", "class")
        for name in _NAME.findall((element.get(attribute) or "")[:300])
    }
    if names & _CONSENT_NAMES and names & _BOX_NAMES:
        return _Edge.SURELY
    if tag in _EDGE_TAGS or names & _EDGE_NAMES:
        return _Edge.PERHAPS
    is_running_title = tag == "div" and element.get("title") in _RUNNING_TITLES
    if wordless and (tag in _WORDLESS_TAGS or names & _WORDLESS_NAMES or is_running_title):
        return _Edge.PERHAPS
    return _Edge.NO
