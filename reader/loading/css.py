"""A page's own style sheets, and the looks that they give to its elements.

Only plain selectors are understood, as ``.title``, ``p.title`` or ``#notice``, and only a few
properties: those that hide words or set them apart. What depends on the width of the window, on
what stands around an element or on the pointer is passed over. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([a-z][a-z0-9-]{0,30})?((?:[.#][\w-]{1,100}){0,4})", re.IGNORECASE)
_PART = re.compile(r"[.#][\w-]+")
_PROPERTIES = frozenset(
    "cursor display visibility font-size font-style font-weight left text-decoration "
    "text-decoration-line white-space".split()
)
_ON_SCREENS = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\Z", re.IGNORECASE)
_MAX_SHEETS = 2_000_000
"""Characters of style sheets that are looked at."""
_MAX_RULES = 20_000
_MAX_NESTING = 4
_MAX_SELECTORS = 5_000
"""Characters of the selectors of one rule."""
_MAX_CLASSES = 30
"""Classes of one element that are looked at."""
_MAX_ALIKE = 20
"""Rules for one class, name or id with others beside it, as ``.note.small``."""
_MAX_LOOKS = 20_000
"""Different elements, by name, class and id, whose style is worked out."""

_Declarations = tuple[tuple[str, str], ...]
_Rule = tuple[int, int, dict[str, str]]
"""How much a rule weighs, its place among the rules, and what it declares."""


class Styles:
    """What the style sheets in a page say of its elements."""

    def __init__(self, tree: etree._Element) -> None:
        """Read the ``style`` elements of ``tree`` that are meant for screens."""
        self._rules: dict[str, dict[tuple[str, frozenset[str]], _Rule]] = {}
        self._parts: set[str] = set()
        self._known: dict[tuple[str, frozenset[str]], _Declarations] = {}
        sheets = "\n".join(
            "".join(map(str, sheet.itertext()))
            for sheet in tree.iter("style")
            if (sheet.get("media") or "all").strip().lower() in ("all", "screen")
        )
        for order, (selectors, declarations) in enumerate(_rules_of(sheets[:_MAX_SHEETS])):
            if order >= _MAX_RULES:
                break
            for selector in selectors.split(","):
                self._add(order, selector.strip(), declarations)

    def of(self, element: etree._Element, *, by_sheets: bool = True) -> str:
        """Return an element's style in lower case, without white space: "display:none;left:0".

        What it says of itself comes last and replaces what the sheets say; without ``by_sheets``
        it is all.
        """
        own = inline_style(element)
        if not by_sheets or not self._rules:
            return own
        sheets = self._by_sheets(element)
        if not sheets:
            return own
        merged = dict(sheets)
        merged.update(_declarations(own))
        return ";".join(f"{name}:{value}" for name, value in merged.items())

    def _add(self, order: int, selector: str, declared: _Declarations) -> None:
        found = _SELECTOR.fullmatch(selector)
        if not found or not selector:
            return
        tag, parts = (found[1] or "").lower(), frozenset(_PART.findall(found[2]))
        alike = self._rules.setdefault(min(parts) if parts else tag, {})
        weight = sum(100 if part[0] == "#" else 10 for part in parts) + bool(tag)
        known = alike.get((tag, parts))
        if known is not None or len(alike) < _MAX_ALIKE:
            alike[tag, parts] = (weight, order, {**(known[2] if known else {}), **dict(declared)})
            self._parts |= parts

    def _by_sheets(self, element: etree._Element) -> _Declarations:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        names = [f".{name}" for name in (element.get("class") or "").split()[:_MAX_CLASSES]]
        names.append(f"#{element.get('id')}")
        parts = self._parts.intersection(names)
        looked_up = (tag, frozenset(parts))
        if looked_up not in self._known:
            if len(self._known) >= _MAX_LOOKS:
                return ()
            rules = sorted(
                (weight, order, list(declared.items()))
                for key in (tag, *parts)
                for (named, needed), (weight, order, declared) in self._rules.get(key, {}).items()
                if (not named or named == tag) and needed <= parts
            )
            merged = {name: value for *_, declared in rules for name, value in declared}
            self._known[looked_up] = tuple(merged.items())
        return self._known[looked_up]


def inline_style(element: etree._Element) -> str:
    """Return what an element says of its own style in lower case, without white space."""
    style = element.get("style")
    return "".join(style.split()).lower() if style else ""


def _rules_of(sheets: str) -> Iterator[tuple[str, _Declarations]]:
    """Yield the selectors and declarations of every rule that holds whatever the window's width."""
    outer: list[bool] = []
    """Of each open brace, whether it is that of a condition that always holds."""
    selectors, start = "", 0
    sheets = _COMMENT.sub(" ", sheets)
    for brace in _BRACE.finditer(sheets):
        between = sheets[start : brace.start()]
        start = brace.end()
        if brace.group() == "{":
            selectors = between.rpartition(";")[2].strip()
            outer.append(_ON_SCREENS.match(selectors) is not None)
            continue
        is_rule = selectors[:1] not in ("", "@") and len(selectors) < _MAX_SELECTORS
        if is_rule and len(outer) <= _MAX_NESTING and all(outer[:-1]):
            declarations = _declarations("".join(between.split()).lower())
            if declarations:
                yield selectors, declarations
        selectors = ""
        if outer:
            outer.pop()


def _declarations(style: str) -> _Declarations:
    """Return the declarations of a style without white space that are understood, by name."""
    found = []
    for one in style.split(";")[:100]:
        name, colon, value = one.partition(":")
        if colon and name in _PROPERTIES:
            found.append((name, value.removesuffix("!important")[:40]))
    return tuple(found)
