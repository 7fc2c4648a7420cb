"""What the styles of a Word document say about its paragraphs and words: styles.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from lxml import etree

from reader.loading.style_names import heading_level_of, is_title_name
from reader.loading.xml import local_name

_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
    "",
)
_INDEX_NAME = re.compile(r"(?:toc|contents) \d", re.IGNORECASE)
_NO_HEADING = 9
"""Word's outline level of body text; headings have 0 to 8."""
_MAX_CHAIN = 30
"""Styles that one may be based on, one upon the other; a circle ends here too."""


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties of paragraphs and words, None where they are inherited.

    ``size`` is in points, ``outline`` Word's outline level from 0. ``list_id`` and ``list_level``
    name a list of numbering.xml, a ``list_id`` of '0' none. ``is_index`` marks the lines of a table
    of contents.
    """

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    outline: int | None = None
    is_title: bool | None = None
    is_index: bool | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, base: Properties) -> Properties:
        """Return these properties, those that are None taken from ``base``."""
        if self == _INHERITED:
            return base
        own = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(base, **own)


_INHERITED = Properties()


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read ``root``, the root element of styles.xml; None for a document without styles."""
        self._styles: dict[str, etree._Element] = {}
        self._resolved: dict[str, Properties] = {}
        self._own: dict[str, Properties] = {}
        self._default_paragraph = ""
        self._document = Properties()
        for element in root if root is not None else ():
            name = local_name(element)
            if name == "docDefaults":
                for run in element.iter():
                    if local_name(run) == "rPr":
                        self._document = run_properties(run)
            elif name == "style":
                style = attribute(element, "styleId") or ""
                self._styles[style] = element
                is_default = attribute(element, "default") in ("1", "true", "on")
                if is_default and attribute(element, "type") == "paragraph":
                    self._default_paragraph = style

    def paragraph(self, style: str | None) -> Properties:
        """Return what a paragraph of ``style`` inherits; None for the default style."""
        known = style if style in self._styles else self._default_paragraph
        return self._of(known or "").over(self._document)

    def character(self, style: str | None) -> Properties:
        """Return what a character style says by itself; nothing for None."""
        return self._of(style) if style else _INHERITED

    def _of(self, style: str) -> Properties:
        if style not in self._resolved:
            resolved = _INHERITED
            seen = style
            for _ in range(_MAX_CHAIN):
                element = self._styles.get(seen)
                if element is None:
                    break
                if seen not in self._own:
                    self._own[seen] = _own(element)
                resolved = resolved.over(self._own[seen])
                seen = value(element, "basedOn") or ""
            self._resolved[style] = resolved
        return self._resolved[style]


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute of Word's, in the namespace of either edition of the standard."""
    for namespace in _NAMESPACES:
        found = element.get(namespace + name)
        if found is not None:
            return found
    return None


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of this local name."""
    return next((one for one in element if local_name(one) == name), None)


def value(element: etree._Element, name: str) -> str | None:
    """Return the ``val`` of the child ``name``, None where there is no such child."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def integer(text: str | None, default: int | None = None) -> int | None:
    """Return the whole number that ``text`` says, ``default`` where it says none."""
    stripped = (text or "").strip()
    digits = stripped.removeprefix("-")
    return int(stripped) if digits.isascii() and digits.isdigit() and len(digits) < 9 else default


def run_properties(element: etree._Element) -> Properties:
    """Return what an ``rPr`` element says."""
    bold = italic = hidden = None
    size: float | None = None
    for one in element:
        match local_name(one):
            case "b":
                bold = _is_on(one)
            case "i":
                italic = _is_on(one)
            case "vanish":
                hidden = _is_on(one)
            case "sz":
                half_points = integer(attribute(one, "val"))
                size = half_points / 2 if half_points else None
    return Properties(bold=bold, italic=italic, size=size, hidden=hidden)


def paragraph_properties(element: etree._Element) -> Properties:
    """Return what a ``pPr`` element says, the look of the paragraph's mark apart."""
    outline = integer(value(element, "outlineLvl"))
    numbering = child(element, "numPr")
    if numbering is None:
        return Properties(outline=outline)
    return Properties(
        outline=outline,
        list_id=value(numbering, "numId"),
        list_level=integer(value(numbering, "ilvl")),
    )


def heading_level(properties: Properties) -> int:
    """Return the level of a heading from 1, 0 for what is none."""
    outline = properties.outline
    if outline is None and properties.is_title:
        return 1
    return outline + 1 if outline is not None and 0 <= outline < _NO_HEADING else 0


def _own(style: etree._Element) -> Properties:
    """Return what a style says by itself; Word's own headings are known by their names."""
    run, paragraph = child(style, "rPr"), child(style, "pPr")
    found = run_properties(run) if run is not None else _INHERITED
    if paragraph is not None:
        found = paragraph_properties(paragraph).over(found)
    name = value(style, "name") or ""
    level = heading_level_of(name)
    if level and found.outline is None:
        found = replace(found, outline=level - 1)
    if _INDEX_NAME.fullmatch(name):
        return replace(found, is_index=True)
    return replace(found, is_title=True) if is_title_name(name) else found


def _is_on(element: etree._Element) -> bool:
    return (attribute(element, "val") or "1").lower() not in ("0", "false", "off", "none")
