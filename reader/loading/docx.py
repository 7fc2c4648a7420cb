"""Word documents (DOCX, DOCM): straight from their XML to blocks, as Word shows the final text.

Nothing is followed out of the file, and nothing in it is run: of its relations only the addresses
of links are used.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from lxml import etree

from reader.errors import CorruptInputError, UnsafeInputError
from reader.loading.archive import Archive
from reader.loading.docx_chunks import parse_chunk
from reader.loading.docx_numbering import Numbering
from reader.loading.docx_styles import (
    Properties,
    Styles,
    attribute,
    child,
    heading_level,
    paragraph_properties,
    run_properties,
    value,
)
from reader.loading.drafts import Draft, Parsed
from reader.loading.paragraphs import Item, Look, Paragraphs, Shape, title_of
from reader.loading.xml import local_name, parse_xml
from reader.model import Notice, NoticeKind

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN_PART = "word/document.xml"
_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]{0,2000})"|([^\s"\\]\S{0,2000}))?', re.IGNORECASE)
_PLACE_IN_FILE = re.compile(r'\\l\s+"?([^"\s]{1,300})', re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*(?:PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_MAX_FIELD = 5000
"""Characters of a field's instruction that are looked at."""

_MAX_FIELDS = 50
"""Fields within fields."""

_CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_TRANSPARENT = frozenset(
    "body sdt sdtContent smartTag customXml dir bdo ruby rubyBase txbxContent textbox txbx "
    "drawing inline anchor graphic graphicData wsp wgp grpSp wpc pict shape shapetype group rect "
    "roundrect oval line object oMathPara".split()
)
_REMOVED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_BRANCHES = ("Choice", "Fallback")
_TEXT_NAMES = frozenset({"t", "sym"})

_HIDDEN = Notice(
    NoticeKind.HIDDEN_TEXT, "This document holds text that Word hides. It was left out."
)
_UNSEEN = Notice(
    NoticeKind.HIDDEN_TEXT,
    "This document holds words that cannot be seen on its pages: they are white or tiny. They are "
    "part of the text here.",
)
_MIN_UNSEEN = 8
"""Letters that cannot be seen from which on they are told."""
_MAX_TINY = 2.0
"""Points: letters of this size cannot be read on paper."""
_OWN_GROUNDS = frozenset({"tbl", "txbxContent"})
"""What is often filled with a colour, on which white words can be read."""
_TRACKED = Notice(
    NoticeKind.TRACKED_CHANGES,
    "This document holds tracked changes. It was read as if all of them were accepted.",
)
_COMMENTS = Notice(NoticeKind.LEFT_OUT, "The comments in this document were left out.")
_PAGE_LINES = Notice(NoticeKind.LEFT_OUT, "The headers and footers of its pages were left out.")
_OUTSIDE = Notice(
    NoticeKind.LEFT_OUT,
    "This document pulls in other files (a template, pictures or parts of its text). They were "
    "not opened.",
)
_DIAGRAM_PARTS = frozenset({"chart", "chartEx", "diagramData"})
_DIAGRAMS = Notice(NoticeKind.LEFT_OUT, "The charts and diagrams in this document were left out.")
_MACROS = Notice(NoticeKind.MACROS, "This document holds macros. They were not run.")


def parse_docx(data: bytes) -> Parsed:
    """Return the blocks of a Word document.

    Deleted and hidden text, comments, headers and footers are left out, with a notice; footnotes
    and endnotes stand at the end.

    Raises:
        ReaderError: ``corrupt``, ``encrypted``, ``unsafe``, ``bomb``, ``too_large`` or
            ``too_complex``.
    """
    package = _Package(Archive(data))
    reading = _Reading(package)
    drafts = reading.drafts()
    return Parsed(title_of(drafts) or package.title(), _MEDIA_TYPE, drafts, reading.notices())


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a part refers to: ``kind`` is the last word of its type."""

    kind: str
    target: str
    is_outside: bool


class _Package:
    """The parts of a document and how they refer to each other."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        # Not needed to read the text, but a package that is not sound here is not to be trusted.
        if "[Content_Types].xml" in archive:
            parse_xml(archive.read("[Content_Types].xml"))
        start = next(
            (one for one in self._relations_of("").values() if one.kind == "officeDocument"), None
        )
        self.main = start.target if start and start.target in archive else _MAIN_PART
        self.document = parse_xml(archive.read(self.main))
        self.relations = self._relations_of(self.main)

    def part(self, kind: str) -> etree._Element | None:
        """Return the root of the first part of this kind that the document refers to."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[etree._Element]:
        """Return the roots of the parts of this kind that the document refers to."""
        return [
            parse_xml(self.archive.read(one.target))
            for one in self.relations.values()
            if one.kind == kind and not one.is_outside and one.target in self.archive
        ]

    def title(self) -> str:
        """Return the title among the document's properties, '' where there is none."""
        if "docProps/core.xml" not in self.archive:
            return ""
        found = parse_xml(self.archive.read("docProps/core.xml")).find(_TITLE)
        return (found.text or "").strip() if found is not None else ""

    def _relations_of(self, part: str) -> Mapping[str, _Relation]:
        """Return by their ids what ``part`` refers to; '' is the package itself."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", name + ".rels")
        if path not in self.archive:
            return {}
        relations = {}
        for element in parse_xml(self.archive.read(path)):
            is_outside = element.get("TargetMode") == "External"
            target = element.get("Target") or ""
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (element.get("Type") or "").rpartition("/")[2]
            relations[element.get("Id") or ""] = _Relation(kind, target, is_outside)
        return relations


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False
    target: str | None = None
    is_page_number: bool = False

    def begin_result(self) -> None:
        self.in_result = True
        self.target = _link_target(self.instruction)
        self.is_page_number = _PAGE_NUMBER.match(self.instruction) is not None


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for the words at a place: the paragraph's properties and the link around it."""

    paragraph: Properties
    target: str | None = None
    in_heading: bool = False


class _Reading:
    """One walk over a document."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._paragraphs = Paragraphs()
        self._notes: list[tuple[str, str]] = []
        self._fields: list[_Field] = []
        self._list_levels: list[int] = []
        self._chunks: set[str] = set()
        self._found: dict[Notice, None] = {}
        self._unseen = 0
        self._handlers: dict[str, Callable[[etree._Element, _Context], None]] = {
            "p": self._paragraph,
            "tbl": self._table,
            "r": self._run,
            "hyperlink": self._hyperlink,
            "fldSimple": self._simple_field,
            "AlternateContent": self._alternatives,
            "altChunk": self._chunk,
            "subDoc": self._outside,
            "commentReference": self._comment,
            "oMath": self._formula,
        }

    def drafts(self) -> list[Draft]:
        """Return the document's blocks."""
        context = _Context(self._styles.paragraph(None))
        for element in self._package.document:
            self._content(element, context)
        self._read_notes(context)
        self._look_around()
        return self._paragraphs.drafts()

    def notices(self) -> tuple[Notice, ...]:
        """Return what was left out or read in a way that one should know."""
        unseen = (_UNSEEN,) if self._unseen >= _MIN_UNSEEN else ()
        return (*self._found, *unseen, *self._paragraphs.notices())

    def _content(self, element: etree._Element, context: _Context) -> None:
        for one in element:
            self._element(one, context)

    def _element(self, element: etree._Element, context: _Context) -> None:
        name = local_name(element)
        handler = self._handlers.get(name)
        if handler is not None:
            handler(element, context)
        elif name in _REMOVED:
            self._found[_TRACKED] = None
        elif name in _INSERTED:
            self._found[_TRACKED] = None
            self._content(element, context)
        elif name == "txbxContent":
            self._box(element)
        elif name in _TRANSPARENT:
            self._content(element, context)

    def _paragraph(self, element: etree._Element, _: _Context) -> None:
        properties = child(element, "pPr")
        style = value(properties, "pStyle") if properties is not None else None
        inherited = self._styles.paragraph(style)
        own = paragraph_properties(properties) if properties is not None else Properties()
        resolved = own.over(inherited)
        level = heading_level(resolved)
        self._content(element, _Context(inherited, in_heading=level > 0))
        if properties is not None and self._is_joined_to_next(properties):
            return
        self._drop_broken_fields()
        self._paragraphs.end(self._shape(resolved, level, style))

    def _is_joined_to_next(self, properties: etree._Element) -> bool:
        """Return whether the end of a paragraph was deleted in a tracked change."""
        mark = child(properties, "rPr")
        if mark is None or not any(local_name(one) in _REMOVED for one in mark):
            return False
        self._found[_TRACKED] = None
        return True

    def _shape(self, resolved: Properties, level: int, style: str | None) -> Shape:
        is_title = resolved.outline is None and bool(resolved.is_title)
        list_id = resolved.list_id
        if level:
            self._list_levels = []
        if list_id is None or list_id == "0":
            return Shape(level=level, is_title=is_title, is_index=bool(resolved.is_index))
        list_level = resolved.list_level
        if list_level is None:
            list_level = self._numbering.level_of_style(list_id, style)
        label = self._numbering.label(list_id, list_level)
        if level:
            return Shape(level=level, is_title=is_title, label=label)
        while self._list_levels and self._list_levels[-1] >= list_level:
            self._list_levels.pop()
        self._list_levels.append(list_level)
        return Shape(depth=len(self._list_levels), label=label)

    def _table(self, element: etree._Element, context: _Context) -> None:
        table = self._paragraphs.add_table()
        for row in _descend(element, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self._found[_TRACKED] = None
                continue
            cells: list[list[Item]] = []
            for cell in _descend(row, "tc"):
                cells.append([])
                self._paragraphs.enter(cells[-1])
                self._content(cell, context)
                self._paragraphs.leave()
            table.rows.append(cells)

    def _box(self, element: etree._Element) -> None:
        """Read a text box; fields and links of the text around it end at its edge."""
        fields, self._fields = self._fields, []
        box: list[Item] = []
        self._paragraphs.enter(box)
        self._content(element, _Context(self._styles.paragraph(None)))
        self._paragraphs.leave()
        self._paragraphs.add_box(box)
        self._fields = fields

    def _run(self, element: etree._Element, context: _Context) -> None:
        properties = child(element, "rPr")
        own = Properties()
        if properties is not None:
            style = self._styles.character(value(properties, "rStyle"))
            own = run_properties(properties).over(style)
            if _is_unseen(properties, own.size):
                self._unseen += sum(
                    len((one.text or "").strip()) for one in element if local_name(one) == "t"
                )
        base = context.paragraph
        if own.hidden if own.hidden is not None else base.hidden:
            if any(local_name(one) in _TEXT_NAMES for one in element):
                self._found[_HIDDEN] = None
            self._fields_only(element)
            return
        if context.in_heading:
            # A heading's style is bold by itself; only what stands out in it is to be told.
            base = replace(base, bold=False)
        look = own.over(base)
        self._run_content(
            element,
            context,
            Look(bool(look.bold), bool(look.italic), look.size or 0.0, context.target),
        )

    def _run_content(self, element: etree._Element, context: _Context, look: Look) -> None:
        for one in element:
            name = local_name(one)
            if name == "t":
                self._add(one.text or "", look)
            elif name in _CHARACTERS:
                self._add(_CHARACTERS[name], look)
            elif name in ("br", "cr"):
                self._paragraphs.break_line()
            elif name == "sym":
                self._add(_symbol(one), look)
            elif name == "fldChar":
                self._field_mark(one)
            elif name == "instrText":
                self._instruction(one)
            elif name in ("footnoteReference", "endnoteReference"):
                self._notes.append((name[: -len("Reference")] + "s", attribute(one, "id") or ""))
            elif name == "AlternateContent":
                self._run_content(_branch(one), context, look)
            elif name in ("ruby", "rubyBase"):
                self._content(one, replace(context, target=look.target))
            else:
                self._element(one, context)

    def _fields_only(self, run: etree._Element) -> None:
        """Keep count of the fields that begin and end in a hidden run."""
        for one in run:
            if local_name(one) == "fldChar":
                self._field_mark(one)
            elif local_name(one) == "instrText":
                self._instruction(one)

    def _add(self, words: str, look: Look) -> None:
        for field in self._fields:
            if not field.in_result or field.is_page_number:
                return
            if field.target is not None:
                look = replace(look, target=field.target)
        self._paragraphs.add(words, look)

    def _drop_broken_fields(self) -> None:
        """Forget the fields that should have ended with their paragraph.

        Only a field of many paragraphs, such as a table of contents, goes on; any other that did
        would hide the rest of the document, or make it a link.
        """
        self._fields = [
            one
            for one in self._fields
            if one.in_result and one.target is None and not one.is_page_number
        ]

    def _field_mark(self, element: etree._Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin" and len(self._fields) < _MAX_FIELDS:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].begin_result()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: etree._Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            field = self._fields[-1]
            field.instruction = (field.instruction + (element.text or ""))[:_MAX_FIELD]

    def _simple_field(self, element: etree._Element, context: _Context) -> None:
        field = _Field((attribute(element, "instr") or "")[:_MAX_FIELD])
        field.begin_result()
        outer = len(self._fields)
        self._fields.append(field)
        self._content(element, context)
        del self._fields[outer:]

    def _hyperlink(self, element: etree._Element, context: _Context) -> None:
        named = next((found for name in _ID if (found := element.get(name))), "")
        relation = self._package.relations.get(named)
        target = relation.target if relation and relation.is_outside else None
        anchor = attribute(element, "anchor")
        if target is None and anchor is not None:
            target = "#" + anchor
        self._content(element, replace(context, target=target))

    def _alternatives(self, element: etree._Element, context: _Context) -> None:
        self._content(_branch(element), context)

    def _formula(self, element: etree._Element, _: _Context) -> None:
        self._add("".join(map(str, element.itertext())), Look())

    def _chunk(self, element: etree._Element, _: _Context) -> None:
        """Read a part in another format, as programs put it in that make documents of web pages."""
        named = next((found for name in _ID if (found := element.get(name))), "")
        relation = self._package.relations.get(named)
        parsed = None
        if relation and not relation.is_outside and relation.target not in self._chunks:
            self._chunks.add(relation.target)  # lest one is read many times
            with suppress(CorruptInputError, UnsafeInputError):
                parsed = parse_chunk(self._package.archive.read(relation.target))
        if parsed is None:
            self._found[_OUTSIDE] = None
            return
        self._paragraphs.add_drafts(parsed.drafts)
        self._found.update(dict.fromkeys(parsed.notices))

    def _outside(self, _: etree._Element, __: _Context) -> None:
        self._found[_OUTSIDE] = None

    def _comment(self, _: etree._Element, __: _Context) -> None:
        self._found[_COMMENTS] = None

    def _read_notes(self, context: _Context) -> None:
        parts = {
            kind: {
                attribute(note, "id"): note for root in self._package.parts(kind) for note in root
            }
            for kind in dict.fromkeys(kind for kind, _ in self._notes)
        }
        referred, self._notes = dict.fromkeys(self._notes), []
        for kind, number in referred:
            note = parts[kind].get(number)
            if note is None:
                continue
            self._fields = []
            items: list[Item] = []
            self._paragraphs.enter(items)
            self._content(note, context)
            self._paragraphs.leave()
            self._paragraphs.add_note(items)

    def _look_around(self) -> None:
        """Tell of what the document has besides its text."""
        for kind in ("header", "footer"):
            try:
                parts = self._package.parts(kind)
            except CorruptInputError:
                parts = []
                self._found[_PAGE_LINES] = None
            if any(map(_has_words, parts)):
                self._found[_PAGE_LINES] = None
        kinds = {one.kind for one in self._package.relations.values()}
        if any(
            one.is_outside and one.kind != "hyperlink" for one in self._package.relations.values()
        ):
            self._found[_OUTSIDE] = None
        if kinds & _DIAGRAM_PARTS:
            self._found[_DIAGRAMS] = None
        if "vbaProject" in kinds:
            self._found[_MACROS] = None


def _descend(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of this name, those wrapped in content controls among them."""
    found: list[etree._Element] = []
    for one in element:
        inner = local_name(one)
        if inner == name:
            found.append(one)
        elif inner in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            found += _descend(one, name)
    return found


def _branch(element: etree._Element) -> etree._Element:
    """Return the one branch of several alternatives that is read: the first that holds words."""
    branches = [one for one in element if local_name(one) in _BRANCHES]
    read = next((one for one in branches if _has_words(one)), None)
    return read if read is not None else etree.Element("none")


def _has_words(element: etree._Element) -> bool:
    return any(
        any(map(str.isalpha, one.text or "")) for one in element.iter() if local_name(one) == "t"
    )


def _symbol(element: etree._Element) -> str:
    """Return a character of a symbol font, which Word names by its code in that font."""
    code = attribute(element, "char") or ""
    try:
        return chr(int(code, 16)) if len(code) <= 4 else ""
    except ValueError:
        return ""


def _is_unseen(properties: etree._Element, size: float | None) -> bool:
    """Return whether a run's properties make its words white on the bare page, or tiny."""
    if size is not None and size <= _MAX_TINY:
        return True
    if (value(properties, "color") or "").upper() != "FFFFFF":
        return False
    if child(properties, "shd") is not None or child(properties, "highlight") is not None:
        return False
    for outer in properties.iterancestors():
        if local_name(outer) in _OWN_GROUNDS:
            return False
        own = child(outer, "pPr") if local_name(outer) == "p" else None
        if own is not None and child(own, "shd") is not None:
            return False
    return True


def _link_target(instruction: str) -> str | None:
    found = _HYPERLINK.match(instruction)
    if not found:
        return None
    place = _PLACE_IN_FILE.search(instruction)
    address = found[1] or found[2] or ""
    return address or ("#" + place[1] if place else "")
