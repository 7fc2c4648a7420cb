"""OpenDocument texts (ODT, and the flat FODT): straight from their XML to blocks.

Nothing is followed out of the file; of its references only the addresses of links are used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from reader.errors import EncryptedInputError, UnsupportedInputError
from reader.loading.archive import Archive
from reader.loading.drafts import Draft, Parsed
from reader.loading.limits import MAX_DEPTH
from reader.loading.odt_styles import (
    MAX_OUTLINE,
    TEXT,
    Counter,
    ListStyle,
    Setting,
    Styles,
    integer,
)
from reader.loading.paragraphs import Item, Look, Paragraphs, Shape, title_of
from reader.loading.xml import local_name, parse_xml
from reader.model import Notice, NoticeKind

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_FLAT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text-flat-xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_UNREAD = frozenset(
    "image object object-ole plugin applet title desc forms event-listeners sequence-decls "
    "variable-decls user-field-decls dde-connection-decls alphabetical-index-auto-mark-file "
    "bibliography-configuration notes-configuration table-of-content-source shapes number "
    "illustration-index-source alphabetical-index-source page-number page-count "
    "note-citation glue-point settings scripts script soft-page-break ruby-text "
    "table-columns table-column table-header-columns table-column-group".split()
)
_BOXES = (
    "text-box custom-shape rect ellipse circle line polyline polygon regular-polygon path "
    "connector caption measure".split()
)
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_HIDDEN_PARAGRAPH = TEXT + "hidden-paragraph"
_CELLS = frozenset({"table-cell", "covered-table-cell"})

_HIDDEN = Notice(NoticeKind.HIDDEN_TEXT, "This document holds text that it hides. It was left out.")
_TRACKED = Notice(
    NoticeKind.TRACKED_CHANGES,
    "This document holds tracked changes. It was read as if all of them were accepted.",
)
_OUTSIDE = Notice(
    NoticeKind.MISSING_PARTS,
    "This document shows parts of other files, which it does not contain. Open those files too.",
)
_COMMENTS = Notice(NoticeKind.LEFT_OUT, "The comments in this document were left out.")
_PAGE_LINES = Notice(NoticeKind.LEFT_OUT, "The headers and footers of its pages were left out.")


def parse_odt(data: bytes) -> Parsed:
    """Return the blocks of an OpenDocument text, packed or flat.

    Deleted and hidden text, comments, headers and footers are left out, with a notice; footnotes
    and endnotes stand at the end.

    Raises:
        ReaderError: ``corrupt``, ``encrypted``, ``unsupported`` where it is no text document,
            ``unsafe``, ``bomb``, ``too_large`` or ``too_complex``.
    """
    if not data.startswith(b"PK"):
        root = parse_xml(data)
        return _parsed([root], root, _FLAT_MEDIA_TYPE)
    archive = Archive(data)
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise EncryptedInputError
    content = parse_xml(archive.read("content.xml"))
    others = [
        parse_xml(archive.read(name)) for name in ("styles.xml", "meta.xml") if name in archive
    ]
    return _parsed([*others, content], content, _MEDIA_TYPE)


def _parsed(roots: list[etree._Element], content: etree._Element, media_type: str) -> Parsed:
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnsupportedInputError("This OpenDocument file is not a text document.")
    reading = _Reading(Styles(roots))
    drafts = reading.drafts(body)
    title = title_of(drafts) or next(
        (one.text.strip() for root in roots for one in root.iter(_TITLE) if one.text), ""
    )
    notices = reading.notices()
    if any(_has_page_lines(root) for root in roots):
        notices += (_PAGE_LINES,)
    return Parsed(title, media_type, drafts, notices)


def _has_page_lines(root: etree._Element) -> bool:
    masters = root.iterfind(f"{_OFFICE}master-styles/*/*")
    return any(
        local_name(part) in ("header", "footer", "header-first", "footer-first")
        and any(map(str.isalpha, "".join(map(str, part.itertext()))))
        for part in masters
    )


@dataclass(slots=True)
class _List:
    """An open list, with all that it stands in: how it counts, and the item that waits."""

    style: ListStyle
    style_name: str | None
    counter: Counter
    depth: int
    waits: bool = False
    """Whether an item was opened whose first words have not come yet."""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for the words at a place."""

    setting: Setting = field(default_factory=Setting)
    target: str | None = None

    @property
    def look(self) -> Look:
        setting = self.setting
        return Look(bool(setting.bold), bool(setting.italic), setting.size or 0.0, self.target)


class _Reading:
    """One walk over a document's body."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._paragraphs = Paragraphs()
        self._lists: list[_List] = []
        self._counters: dict[str, Counter] = {}
        self._outline = Counter()
        self._in_index = False
        self._found: dict[Notice, None] = {}
        self._handlers: dict[str, Callable[[etree._Element, _Context], None]] = {
            "p": self._paragraph,
            "h": self._paragraph,
            "span": self._span,
            "a": self._link,
            "s": self._space,
            "tab": self._tab,
            "line-break": self._break,
            "list": self._list,
            "numbered-paragraph": self._list,
            "list-item": self._list_item,
            "list-header": self._list_header,
            "table": self._table,
            **dict.fromkeys(_BOXES, self._box),
            "note": self._note,
            "annotation": self._comment,
            "annotation-end": self._nothing,
            "tracked-changes": self._changes,
            "section": self._section,
            "table-of-content": self._index,
            "hidden-text": self._hidden,
            "hidden-paragraph": self._nothing,
            "section-source": self._outside,
            "floating-frame": self._frame,
        }

    def drafts(self, body: etree._Element) -> list[Draft]:
        """Return the blocks of ``body``."""
        for element in body:
            self._element(element, _Context())
        return self._paragraphs.drafts()

    def notices(self) -> tuple[Notice, ...]:
        """Return what was left out or read in a way that one should know."""
        return (*self._found, *self._paragraphs.notices())

    def _element(self, element: etree._Element, context: _Context) -> None:
        name = local_name(element)
        handler = self._handlers.get(name)
        if handler is not None:
            handler(element, context)
        elif name and name not in _UNREAD:
            self._content(element, context)

    def _content(self, element: etree._Element, context: _Context) -> None:
        """Read an element's words and children; outside paragraphs there are no words."""
        self._words(element.text, context)
        for one in element:
            self._element(one, context)
            self._words(one.tail, context)

    def _words(self, words: str | None, context: _Context) -> None:
        if not words:
            return
        if context.setting.hidden:
            if not words.isspace():
                self._found[_HIDDEN] = None
        elif not words.isspace() or self._paragraphs.has_open_words:
            self._paragraphs.add(words, context.look)

    def _paragraph(self, element: etree._Element, _: _Context) -> None:
        style = element.get(TEXT + "style-name")
        is_heading = local_name(element) == "h"
        is_title = not is_heading and self._styles.is_title(style)
        setting = self._styles.setting("paragraph", style)
        if is_heading:
            level = min(integer(element.get(TEXT + "outline-level")) or 1, MAX_OUTLINE)
        else:
            level = 1 if is_title else self._styles.heading_level(style)
        if level:
            # A heading's style is bold by itself; only what stands out in it is to be told.
            setting = replace(setting, bold=None)
        if any(one.get(TEXT + "is-hidden") != "false" for one in element.iter(_HIDDEN_PARAGRAPH)):
            setting = replace(setting, hidden=True)
        self._content(element, _Context(setting))
        self._paragraphs.end(self._shape(element, level, is_title))

    def _shape(self, element: etree._Element, level: int, is_title: bool) -> Shape:
        inner = self._lists[-1] if self._lists else None
        label, depth = "", 0
        if inner is not None and inner.waits:
            label = inner.style.next_label(inner.counter, inner.depth, inner.start)
            inner.waits = False
            depth = inner.depth
        elif level and not is_title and element.get(TEXT + "is-list-header") != "true":
            start = integer(element.get(TEXT + "start-value"))
            label = self._styles.outline.next_label(self._outline, level, start)
        return Shape(level, is_title, 0 if level else depth, label, self._in_index)

    def _span(self, element: etree._Element, context: _Context) -> None:
        own = self._styles.setting("text", element.get(TEXT + "style-name"))
        base = context.setting
        setting = Setting(
            bold=base.bold if own.bold is None else own.bold,
            italic=base.italic if own.italic is None else own.italic,
            size=base.size if own.size is None else own.size,
            hidden=base.hidden if own.hidden is None else own.hidden,
        )
        self._content(element, replace(context, setting=setting))

    def _link(self, element: etree._Element, context: _Context) -> None:
        self._content(element, replace(context, target=element.get(_XLINK + "href") or ""))

    def _space(self, _: etree._Element, context: _Context) -> None:
        # However many spaces it asks for: one is what remains of them.
        self._paragraphs.add(" ", context.look)

    def _tab(self, _: etree._Element, context: _Context) -> None:
        self._paragraphs.add("\t", context.look)

    def _break(self, _: etree._Element, __: _Context) -> None:
        self._paragraphs.break_line()

    def _list(self, element: etree._Element, context: _Context) -> None:
        outer = self._lists[-1] if self._lists else None
        name = element.get(TEXT + "style-name") or (outer.style_name if outer else None)
        style = self._styles.list_style(name)
        counter = outer.counter if outer else self._counter(element, name)
        depth = outer.depth + 1 if outer else 1
        if local_name(element) == "numbered-paragraph":
            depth = integer(element.get(TEXT + "level")) or 1
        opened = _List(style, name, counter, min(depth, MAX_DEPTH))
        if outer is None and name:
            self._counters[name] = counter
        identity = element.get(_XML + "id")
        if identity:
            self._counters["#" + identity] = counter
        if outer:
            # A list within an item that has no words of its own: the item shows no number.
            outer.waits = False
        self._lists = [*self._lists, opened]
        if local_name(element) == "numbered-paragraph":
            opened.waits = True
        self._content(element, context)
        self._lists = self._lists[:-1]

    def _counter(self, element: etree._Element, name: str | None) -> Counter:
        """Return the numbers that an outermost list counts on: new ones, or another list's."""
        followed = element.get(TEXT + "continue-list")
        if followed and "#" + followed in self._counters:
            return self._counters["#" + followed]
        if element.get(TEXT + "continue-numbering") == "true" and name in self._counters:
            return self._counters[name]
        return (
            self._counters.setdefault(name or "", Counter())
            if (local_name(element) == "numbered-paragraph")
            else Counter()
        )

    def _list_item(self, element: etree._Element, context: _Context) -> None:
        if self._lists:
            self._lists[-1].waits = True
            self._lists[-1].start = integer(element.get(TEXT + "start-value"))
        self._content(element, context)

    def _list_header(self, element: etree._Element, context: _Context) -> None:
        if self._lists:
            self._lists[-1].waits = False
        self._content(element, context)

    def _table(self, element: etree._Element, context: _Context) -> None:
        table = self._paragraphs.add_table()
        lists, self._lists = self._lists, []
        for row in _rows(element):
            cells: list[list[Item]] = []
            for cell in row:
                if local_name(cell) not in _CELLS:
                    continue
                cells.append([])
                self._apart(cell, cells[-1], context)
            table.rows.append(cells)
        self._lists = lists

    def _apart(self, element: etree._Element, items: list[Item], context: _Context) -> None:
        lists, self._lists = self._lists, []
        self._paragraphs.enter(items)
        for one in element:
            self._element(one, replace(context, target=None))
        self._paragraphs.leave()
        self._lists = lists

    def _box(self, element: etree._Element, _: _Context) -> None:
        box: list[Item] = []
        self._apart(element, box, _Context())
        self._paragraphs.add_box(box)

    def _note(self, element: etree._Element, _: _Context) -> None:
        for body in element:
            if local_name(body) == "note-body":
                note: list[Item] = []
                self._apart(body, note, _Context())
                self._paragraphs.add_note(note)

    def _comment(self, _: etree._Element, __: _Context) -> None:
        self._found[_COMMENTS] = None

    def _nothing(self, _: etree._Element, __: _Context) -> None:
        """Read nothing: the element only marks a place."""

    def _changes(self, element: etree._Element, _: _Context) -> None:
        if len(element):
            self._found[_TRACKED] = None

    def _section(self, element: etree._Element, context: _Context) -> None:
        display = element.get(TEXT + "display")
        hidden = element.get(TEXT + "is-hidden") == "true"
        if display == "none" or (display == "condition" and hidden):
            self._found[_HIDDEN] = None
        else:
            self._content(element, context)

    def _outside(self, element: etree._Element, _: _Context) -> None:
        section = element.getparent()
        if section is not None and not "".join(map(str, section.itertext())).strip():
            self._found[_OUTSIDE] = None

    def _frame(self, _: etree._Element, __: _Context) -> None:
        self._found[_OUTSIDE] = None

    def _index(self, element: etree._Element, context: _Context) -> None:
        self._in_index = True
        self._content(element, context)
        self._in_index = False

    def _hidden(self, element: etree._Element, context: _Context) -> None:
        if element.get(TEXT + "is-hidden") == "false":
            self._content(element, context)
        else:
            self._found[_HIDDEN] = None


def _rows(table: etree._Element) -> list[etree._Element]:
    """Return a table's rows, once each, however often they say that they are repeated."""
    rows: list[etree._Element] = []
    for one in table:
        name = local_name(one)
        if name == "table-row":
            rows.append(one)
        elif name in _ROW_GROUPS:
            rows += _rows(one)
    return rows
