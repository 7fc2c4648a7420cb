"""The parts of a page that something on it opens, and the tabs that name them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_OPENS = ("aria-controls", "data-target", "data-bs-target")
_MAX_NAME = 100
"""Characters of a tab's name."""


class Panels:
    """What opens what in a page."""

    def __init__(self, tree: etree._Element) -> None:
        """Look through ``tree`` once."""
        self._ids: set[str] = set()
        self._opened: set[str] = set()
        self._tabs: dict[str, etree._Element] = {}
        panels: list[etree._Element] = []
        for element in tree.iter(etree.Element):
            identity, role = element.get("id"), element.get("role")
            if identity:
                self._ids.add(identity)
            opened = list(_targets(element))
            self._opened.update(opened)
            if role == "tab":
                for key in (identity, *opened):
                    if key:
                        self._tabs.setdefault(key, element)
            elif role == "tabpanel":
                panels.append(element)
        self._names: dict[etree._Element, str] = {}
        self._naming: set[etree._Element] = set()
        for panel in panels if self._tabs else ():
            self._name(panel)

    def has(self, targets: str | None) -> bool:
        """Return whether one of the ids in ``targets`` is that of an element of the page."""
        return any(one.lstrip("#") in self._ids for one in (targets or "").split())

    def is_opened(self, element: etree._Element) -> bool:
        """Return whether something on the page opens ``element``."""
        return element.get("id") in self._opened

    def name_of(self, element: etree._Element) -> str:
        """Return the words of the tab that shows ``element``; '' if it says them itself."""
        return self._names.get(element, "")

    def names(self, element: etree._Element) -> bool:
        """Return whether ``element`` is a tab whose words are read with its panel."""
        return element in self._naming

    def _name(self, panel: etree._Element) -> None:
        keys = [*(panel.get("aria-labelledby") or "").split(), panel.get("id") or ""]
        tab = next((self._tabs[key] for key in keys if key in self._tabs), None)
        name = _words(tab) if tab is not None else ""
        if tab is None or not name or len(name) > _MAX_NAME or not _words(panel):
            return
        self._naming.add(tab)
        if not _words(panel).casefold().startswith(name.casefold()):
            self._names[panel] = name


def _targets(element: etree._Element) -> Iterator[str]:
    """Yield the ids of what an element opens; a tab may link to its panel."""
    for name in _OPENS:
        for one in (element.get(name) or "").split():
            yield one.lstrip("#")
    href = element.get("href") or ""
    if href.startswith("#") and len(href) > 1:
        yield href[1:]


def _words(element: etree._Element) -> str:
    """Return the first words of an element, white space squeezed."""
    found: list[str] = []
    length = 0
    for text in map(str, element.itertext()):
        words = " ".join(text.split())
        if words:
            found.append(words)
            length += len(words)
        if length > 2 * _MAX_NAME:
            break
    return " ".join(found)
