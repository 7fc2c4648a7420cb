"""What leads through a PDF and Qt cannot write: links, an outline, the language.

They are added as the format has it for later changes: new objects behind the old ones, which stay
as they are, byte for byte. That needs no library, since what is read is only what Qt writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

_POINTS_PER_MM = 72 / 25.4
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY = 20  # bytes of a line of the table
_ROOT, _PAGES = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_ANNOTATIONS = re.compile(rb"/Annots (\d+) 0 R")
_HEIGHT = re.compile(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]")
_URI_SIGNS = "%:/?#[]@!$&'*+,;=~-._"  # those that stay as they are; brackets would end the string


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A height on a page: the page counts from 0, ``top`` in millimetres from its upper edge."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class PageLink:
    """A box on a page that leads to a place or a web or mail address; all in millimetres."""

    page: int
    left: float
    top: float
    width: float
    height: float
    target: PagePlace | str


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline. ``level`` counts from 1; an entry stands below the last higher one."""

    title: str
    place: PagePlace
    level: int = 1


def with_navigation(
    pdf: bytes, language: str, links: Sequence[PageLink] = (), outline: Sequence[OutlineEntry] = ()
) -> bytes:
    """Return ``pdf``, which Qt wrote, with links, outline and language ("en").

    A file that is built in another way than this module knows is returned as it is.
    """
    try:
        file = _File(pdf)
    except _UnknownFormError:
        return pdf
    for page, on_page in groupby(sorted(links, key=lambda one: one.page), key=lambda one: one.page):
        boxes = [file.add(_link_object(file, link)) for link in on_page]
        file.change(file.annotations[page], b"[" + b" ".join(map(_reference, boxes)) + b"]")
    entries = b" /Lang " + _string(language) + b" /ViewerPreferences << /DisplayDocTitle true >>"
    if outline:
        root = _add_outline(file, outline)
        entries += b" /Outlines " + _reference(root) + b" /PageMode /UseOutlines"
    file.change(file.root, file.catalog.rstrip().removesuffix(b">>") + entries + b" >>")
    return file.written()


class _UnknownFormError(Exception):
    """The file is not built as Qt builds it."""


class _File:
    """A PDF with what changes in it: objects by their numbers."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._table_at = int(_found(_START, pdf))
        table = _TABLE.match(pdf, self._table_at)
        if table is None:
            raise _UnknownFormError
        self._size = int(table[1])
        self._entries_at = table.end()
        self._trailer = pdf[self._entries_at + _ENTRY * self._size :].partition(b"startxref")[0]
        self._changed: dict[int, bytes] = {}
        self.root = int(_found(_ROOT, self._trailer))
        self.catalog = self._object(self.root)
        tree = self._object(int(_found(_PAGES, self.catalog)))
        self.pages = [int(each) for each in _REFERENCE.findall(_found(_KIDS, tree))]
        pages = [self._object(page) for page in self.pages]
        self.heights = [float(_found(_HEIGHT, page)) for page in pages]
        self.annotations = [int(_found(_ANNOTATIONS, page)) for page in pages]

    def add(self, content: bytes = b"") -> int:
        """Return the number of a new object."""
        number, self._size = self._size, self._size + 1
        self._changed[number] = content
        return number

    def change(self, number: int, content: bytes) -> None:
        """Give an object another content."""
        self._changed[number] = content

    def written(self) -> bytes:
        """Return the old file with the changes behind it, and the table that says where."""
        parts, places, length = [self._pdf], {}, len(self._pdf)
        for number, content in sorted(self._changed.items()):
            places[number] = length
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
            length += len(parts[-1])
        parts.append(b"xref\n")
        for number, place in places.items():
            parts.append(b"%d 1\n%010d 00000 n \n" % (number, place))
        size = re.sub(rb"/Size \d+", b"/Size %d" % self._size, self._trailer).rstrip()
        trailer = size.removesuffix(b">>") + b"/Prev %d\n>>" % self._table_at
        parts.append(b"%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, length))
        return b"".join(parts)

    def _object(self, number: int) -> bytes:
        entry = self._entries_at + _ENTRY * number
        place = int(self._pdf[entry : entry + 10])
        head = b"%d 0 obj\n" % number
        if not self._pdf.startswith(head, place):
            raise _UnknownFormError
        return self._pdf[place + len(head) : self._pdf.index(b"endobj", place)]


def _found(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    match = pattern.search(data)
    if match is None:
        raise _UnknownFormError
    return match[1]


def _link_object(file: _File, link: PageLink) -> bytes:
    left, width = link.left * _POINTS_PER_MM, link.width * _POINTS_PER_MM
    top = file.heights[link.page] - link.top * _POINTS_PER_MM
    box = b"[%.2f %.2f %.2f %.2f]" % (left, top - link.height * _POINTS_PER_MM, left + width, top)
    if isinstance(link.target, PagePlace):
        leads = b"/Dest " + _destination(file, link.target)
    else:
        address = quote(link.target, safe=_URI_SIGNS, errors="replace").encode("ascii")
        leads = b"/A << /S /URI /URI (" + address + b") >>"
    return b"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect " + box + b" " + leads + b" >>"


def _destination(file: _File, place: PagePlace) -> bytes:
    top = file.heights[place.page] - place.top * _POINTS_PER_MM
    return b"[%b /XYZ null %.2f null]" % (_reference(file.pages[place.page]), top)


def _add_outline(file: _File, outline: Sequence[OutlineEntry]) -> int:
    """Add the objects of the outline and return the number of its root."""
    root = file.add()
    numbers = [file.add() for _ in outline]
    below: dict[int, list[int]] = {root: []}
    parents: list[int] = []
    open_entries: list[tuple[int, int]] = []  # levels and numbers, from the root to the last
    for number, entry in zip(numbers, outline, strict=True):
        while open_entries and open_entries[-1][0] >= entry.level:
            open_entries.pop()
        parent = open_entries[-1][1] if open_entries else root
        open_entries.append((entry.level, number))
        below.setdefault(parent, []).append(number)
        parents.append(parent)
    position = {each: place for group in below.values() for place, each in enumerate(group)}
    for number, parent, entry in zip(numbers, parents, outline, strict=True):
        siblings, place = below[parent], position[number]
        parts = [b"/Title " + _string(entry.title), b"/Parent " + _reference(parent)]
        parts.append(b"/Dest " + _destination(file, entry.place))
        if place > 0:
            parts.append(b"/Prev " + _reference(siblings[place - 1]))
        if place + 1 < len(siblings):
            parts.append(b"/Next " + _reference(siblings[place + 1]))
        parts += _children(below.get(number, ()), sign=-1)  # closed until it is pressed
        file.change(number, b"<< " + b" ".join(parts) + b" >>")
    parts = [b"/Type /Outlines", *_children(below[root], sign=1)]
    file.change(root, b"<< " + b" ".join(parts) + b" >>")
    return root


def _children(numbers: Sequence[int], sign: int) -> list[bytes]:
    if not numbers:
        return []
    first, last = _reference(numbers[0]), _reference(numbers[-1])
    return [b"/First " + first, b"/Last " + last, b"/Count %d" % (sign * len(numbers))]


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _string(words: str) -> bytes:
    if words.isascii() and words.isalnum():
        return b"(" + words.encode("ascii") + b")"
    return b"<FEFF" + words.encode("utf-16-be", "replace").hex().upper().encode() + b">"
