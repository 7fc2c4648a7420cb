"""Rich Text Format (RTF): its groups and control words to blocks.

Objects, pictures and what a program marks as its own are passed over; nothing is followed out of
the file, and of its fields only the addresses of links are used.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from reader.errors import TooComplexError
from reader.loading.drafts import Draft, Parsed
from reader.loading.limits import MAX_DEPTH
from reader.loading.lines import bullet_length, has_label
from reader.loading.paragraphs import PLAIN, Item, Look, Paragraphs, Shape, Table, title_of
from reader.loading.rtf_tokens import Token, TokenKind, tokens_of
from reader.loading.style_names import heading_level_of, is_title_name
from reader.model import Notice, NoticeKind

_MEDIA_TYPE = "application/rtf"

_CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "nestcell": " ",
    "~": " ",
    "_": "-",
}
_UNREAD = frozenset(
    "pict colortbl filetbl listtable listoverridetable revtbl rsidtbl datafield formfield "
    "xe tc tcn rxe txe objdata objclass objname objalias objsect sp bkmkstart bkmkend "
    "nonshppict shprslt themedata colorschememapping latentstyles datastore xmlnstbl sn sv "
    "nonesttables pgdsctbl private falt panose fname".split()
)
_PAGE_LINES = frozenset(
    "header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc aftnsep "
    "aftnsepc ftncn aftncn".split()
)
_READ_THOUGH_OPTIONAL = frozenset({"shpinst", "shptxt", "fldinst", "footnote", "listtext"})
_COMMENT_PARTS = frozenset({"annotation", "atnid", "atnauthor", "atntime", "atnref", "atnicn"})
_CODE_PAGES = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""Windows character sets, by the number that a font names them with."""
_SYMBOLS = 2
_SYMBOL = "symbol"
_CHARACTER_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]{0,2000})"|([^\s"\\]\S{0,2000}))?', re.IGNORECASE)
_PLACE_IN_FILE = re.compile(r'\\l\s+"?([^"\s]{1,300})', re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*(?:PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_MAX_TOKENS = 2_000_000
"""Control words, braces and pieces of text. A policy of 10,000 words has some 100,000 of them."""
_NO_HEADING = 9
"""The outline level of body text; headings have 0 to 8."""
_MAX_UNREAD_LENGTH = 5000
"""Characters of a field's instruction, a list's number or a title that are kept."""

_HIDDEN = Notice(NoticeKind.HIDDEN_TEXT, "This document holds text that it hides. It was left out.")
_TRACKED = Notice(
    NoticeKind.TRACKED_CHANGES,
    "This document holds tracked changes. It was read as if all of them were accepted.",
)
_COMMENTS = Notice(NoticeKind.LEFT_OUT, "The comments in this document were left out.")
_LEFT_OUT = Notice(NoticeKind.LEFT_OUT, "The headers and footers of its pages were left out.")
_TRUNCATED = Notice(
    NoticeKind.TRUNCATED,
    "This document breaks off before its end, so some of it may be missing here.",
)


def parse_rtf(data: bytes) -> Parsed:
    """Return the blocks of an RTF document.

    Deleted and hidden text, comments, headers and footers are left out, with a notice; footnotes
    and endnotes stand at the end.

    Raises:
        ReaderError: ``too_large`` or ``too_complex``.
    """
    reading = _Reading()
    for number, token in enumerate(tokens_of(data)):
        if number > _MAX_TOKENS:
            raise TooComplexError
        reading.read(token)
        if reading.is_over:
            break
    drafts = reading.drafts()
    return Parsed(title_of(drafts) or reading.title, _MEDIA_TYPE, drafts, reading.notices())


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style says: its outline level from 0, None for text."""

    outline: int | None = None
    is_title: bool = False
    is_index: bool = False


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces; a group begins as a copy of the one around it.

    ``collects`` names what its text is kept as instead of being read: an instruction, a list's
    number, a title, a font or a style; None where it is the document's text. ``is_new`` holds until
    the first control word, which names what the group is for. ``has_unicode`` is true where the
    same is said again in Unicode, further on in the group.
    """

    bold: bool = False
    italic: bool = False
    half_points: int = 24
    hidden: bool = False
    deleted: bool = False
    font: int | None = None
    skip_after_unicode: int = 1
    unread: bool = False
    has_unicode: bool = False
    collects: str | None = None
    is_new: bool = True
    is_optional: bool = False
    on_close: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """A field whose result is read: the address that it links to, None where it is no link."""

    target: str | None = None
    is_page_number: bool = False


@dataclass(slots=True)
class _ParagraphState:
    """What paragraph properties are in force."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False
    list_level: int | None = None
    indent: int = 0
    label: str = ""


class _Reading:
    """One walk over a document's tokens."""

    def __init__(self) -> None:
        self.title = ""
        self.is_over = False
        self._paragraphs = Paragraphs()
        self._groups: list[_Group] = []
        self._group = _Group()
        self._fields: list[_Field] = []
        self._state = _ParagraphState()
        self._code_page = "cp1252"
        self._default_font: int | None = None
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, _Style] = {}
        self._style = 0
        self._style_now = _Style()
        self._pending = bytearray()
        self._ready: list[str] = []
        self._skip = 0
        self._collected = ""
        self._row: list[list[Item]] | None = None
        self._table: Table | None = None
        self._list_levels: list[int] = []
        self._indents: list[int] = []
        self._found: dict[Notice, None] = {}

    def drafts(self) -> list[Draft]:
        """Return the document's blocks."""
        self._flush()
        if self._groups:
            self._found[_TRUNCATED] = None
        self._end_row()
        if self._paragraphs.has_open_words:
            self._paragraphs.end(self._shape())
        return self._paragraphs.drafts()

    def notices(self) -> tuple[Notice, ...]:
        """Return what was left out or read in a way that one should know."""
        return (*self._found, *self._paragraphs.notices())

    def read(self, token: Token) -> None:
        """Read one token.

        Raises:
            ReaderError: ``too_large`` or ``too_complex``.
        """
        match token.kind:
            case TokenKind.BYTES:
                self._bytes(token)
            case TokenKind.OPEN:
                self._open()
            case TokenKind.CLOSE:
                self._close()
            case TokenKind.SIGN:
                self._sign(token.name)
            case TokenKind.WORD:
                self._word(token.name, token.number)

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._groups) >= MAX_DEPTH:
            raise TooComplexError
        self._groups.append(self._group)
        self._group = replace(self._group, is_new=True, is_optional=False, on_close=None)

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if not self._groups:
            return
        closing, self._group = self._group, self._groups.pop()
        if closing.on_close is not None:
            closing.on_close()
        self.is_over = not self._groups

    def _bytes(self, token: Token) -> None:
        content = token.content
        if self._skip:
            skipped = min(self._skip, len(content))
            self._skip -= skipped
            content = content[skipped:]
        if content:
            self._group.is_new = False
            self._pending += content

    def _decode(self) -> None:
        """Decode the bytes that wait: a character may be two of them."""
        if self._pending:
            self._ready.append(self._decoded(bytes(self._pending)))
            self._pending.clear()

    def _flush(self) -> None:
        """Show the words that wait; done before anything changes that holds for them."""
        self._decode()
        if self._ready:
            words = "".join(self._ready)
            self._ready.clear()
            self._show(words if words.isprintable() else _paired(words))

    def _decoded(self, content: bytes) -> str:
        font = self._default_font if self._group.font is None else self._group.font
        code_page = self._fonts.get(font, self._code_page) if font is not None else self._code_page
        if code_page == _SYMBOL:
            return "".join(chr(0xF000 + byte) if byte >= 0x20 else "" for byte in content)
        return content.decode(code_page, "replace")

    def _show(self, words: str) -> None:
        group = self._group
        if group.unread:
            return
        if group.collects is not None:
            self._collected = (self._collected + words)[:_MAX_UNREAD_LENGTH]
            return
        if group.hidden or group.deleted:
            if words.strip():
                self._found[_TRACKED if group.deleted else _HIDDEN] = None
            return
        target = None
        for one in self._fields:
            if one.is_page_number:
                return
            target = one.target if one.target is not None else target
        if self._row is None and not self._state.in_table:
            self._table = None
        self._paragraphs.add(words, Look(group.bold, group.italic, group.half_points / 2, target))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._group.is_optional = True
            return
        if self._skip:
            self._skip -= 1
            return
        if sign in "\r\n":
            self._word("par", None)
        elif sign in "{}\\":
            self._group.is_new = False
            self._pending += sign.encode("latin-1")
        elif sign in _CHARACTERS:
            self._character(_CHARACTERS[sign])

    def _character(self, character: str) -> None:
        self._flush()
        self._show(character)

    def _word(self, name: str, number: int | None) -> None:
        if self._skip and name in _CHARACTERS:
            self._skip -= 1
            return
        self._skip = 0
        if name == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if self._group.is_new:
            self._group.is_new = False
            if self._destination(name):
                return
        if name in _CHARACTERS:
            self._show(_CHARACTERS[name])
        elif self._group.collects in ("font", "style"):
            self._define(name, number)
        elif not self._group.unread:
            self._look(name, number)
            self._paragraph(name, number)

    def _unicode(self, number: int) -> None:
        self._decode()
        self._group.is_new = False
        self._ready.append(chr(number % 0x10000))
        self._skip = self._group.skip_after_unicode

    def _destination(self, name: str) -> bool:
        """Return whether ``name`` says what its group is for; see to it that this happens."""
        group = self._group
        if name == "ud" and group.has_unicode:
            group.unread = group.has_unicode = False
            return True
        if group.unread:
            return False
        if name == "upr":
            group.unread = group.has_unicode = True
        elif name in _COMMENT_PARTS:
            self._found[_COMMENTS] = None
            group.unread = True
        elif name in _PAGE_LINES:
            group.unread = True
            if not name.startswith(("ftn", "aftn")):
                self._found[_LEFT_OUT] = None
        elif name in _UNREAD or (group.is_optional and name not in _READ_THOUGH_OPTIONAL):
            group.unread = True
        elif name == "info":
            group.collects = "info"
        elif name == "title" and group.collects == "info":
            self._collect("title", self._keep_title)
        elif name == "fonttbl":
            self._collect("font", None)
        elif name == "stylesheet":
            self._collect("style", None)
        elif name == "field":
            self._fields.append(_Field())
            depth = len(self._fields)
            group.on_close = lambda: self._end_field(depth)
        elif name == "fldinst":
            self._collect("instruction", self._keep_instruction)
        elif name in ("listtext", "pntext"):
            self._collect("label", self._keep_label)
        elif name == "footnote":
            self._begin_apart(self._paragraphs.add_note)
        elif name == "shptxt":
            self._begin_apart(self._paragraphs.add_box)
        else:
            return False
        return True

    def _collect(self, kind: str, keep: Callable[[], None] | None) -> None:
        self._group.collects = kind
        self._group.on_close = keep
        self._collected = ""

    def _keep_title(self) -> None:
        self.title = " ".join(self._collected.split())

    def _keep_instruction(self) -> None:
        if not self._fields:
            return
        target = None
        link = _HYPERLINK.match(self._collected)
        if link:
            place = _PLACE_IN_FILE.search(self._collected)
            target = link[1] or link[2] or ("#" + place[1] if place else "")
        self._fields[-1] = _Field(target, _PAGE_NUMBER.match(self._collected) is not None)

    def _keep_label(self) -> None:
        """Keep a list's number as Word wrote it for older programs; a bullet is none."""
        label = self._collected.strip()
        self._state.label = label + " " if has_label(label + " x") else ""
        if self._state.list_level is None:
            self._state.list_level = 0

    def _end_field(self, depth: int) -> None:
        del self._fields[depth - 1 :]

    def _begin_apart(self, put: Callable[[list[Item]], None]) -> None:
        items: list[Item] = []
        state, fields, row, table = self._state, self._fields, self._row, self._table
        self._state, self._fields, self._row, self._table = _ParagraphState(), [], None, None
        self._paragraphs.enter(items)

        def end() -> None:
            self._end_row()
            self._paragraphs.leave()
            self._state, self._fields, self._row, self._table = state, fields, row, table
            put(items)

        self._group.on_close = end

    def _define(self, name: str, number: int | None) -> None:
        """Read a control word of the table of fonts or styles."""
        if self._group.collects == "font":
            if name == "f":
                self._group.font = number
            elif name == "fcharset" and self._group.font is not None and number is not None:
                code_page = _SYMBOL if number == _SYMBOLS else _CODE_PAGES.get(number)
                if code_page and number:
                    self._fonts[self._group.font] = code_page
            elif name == "cpg" and self._group.font is not None and number is not None:
                self._fonts[self._group.font] = _codec(number) or self._code_page
            return
        if name == "s" and number is not None:
            self._style, self._style_now = number, _Style()
            self._collected = ""
            self._group.on_close = self._keep_style
        elif name == "outlinelevel":
            self._style_now = replace(self._style_now, outline=number)

    def _keep_style(self) -> None:
        name = self._collected.strip().rstrip(";").strip().lower()
        self._collected = ""
        style = replace(
            self._style_now,
            is_title=is_title_name(name),
            is_index=re.fullmatch(r"(?:toc|contents) \d", name) is not None,
        )
        level = heading_level_of(name)
        if style.outline is None and level:
            style = replace(style, outline=level - 1)
        self._styles[self._style] = style

    def _look(self, name: str, number: int | None) -> None:
        """Read a control word of the look of words, or of how bytes are decoded."""
        group = self._group
        is_on = number != 0
        match name:
            case "b":
                group.bold = is_on
            case "i":
                group.italic = is_on
            case "fs":
                group.half_points = min(max(number or 24, 1), 2000)
            case "v":
                group.hidden = is_on
            case "deleted":
                group.deleted = is_on
            case "revised" if is_on:
                self._found[_TRACKED] = None
            case "plain":
                group.bold = group.italic = group.hidden = group.deleted = False
                group.half_points, group.font = 24, None
            case "f":
                group.font = number
            case "uc":
                group.skip_after_unicode = min(max(number or 0, 0), 10)
            case "ansicpg":
                self._code_page = _codec(number or 0) or self._code_page
            case "mac" | "pc" | "pca":
                self._code_page = _CHARACTER_SETS[name]
            case "deff":
                self._default_font = number

    def _paragraph(self, name: str, number: int | None) -> None:
        """Read a control word that shapes or ends paragraphs, in the document's text."""
        if self._group.collects is not None:
            return
        state = self._state
        match name:
            case "pard":
                self._state = _ParagraphState(label=state.label, list_level=state.list_level)
                if not state.label:
                    self._state.list_level = None
            case "s":
                state.style = number or 0
            case "outlinelevel":
                state.outline = number
            case "intbl":
                state.in_table = True
            case "ls":
                state.list_level = (state.list_level or 0) if number else None
            case "ilvl":
                state.list_level = min(max(number or 0, 0), 20)
            case "li":
                state.indent = number or 0
            case "par" | "sect":
                if state.in_table and self._row is None:
                    self._begin_row()
                self._paragraphs.end(self._shape())
                state.label = ""
            case "line" | "page" | "column" | "nestrow":
                self._paragraphs.break_line()
            case "trowd" | "cell":
                if self._row is None:
                    self._begin_row()
                if name == "cell":
                    self._end_cell()
            case "row":
                self._close_row()
            case _:
                pass

    def _shape(self) -> Shape:
        state = self._state
        style = self._styles.get(state.style, _Style())
        outline = style.outline if state.outline is None else state.outline
        label = state.label
        if outline is not None and 0 <= outline < _NO_HEADING:
            self._list_levels, self._indents = [], []
            return Shape(level=outline + 1, label=label)
        if outline is None and style.is_title:
            return Shape(level=1, is_title=True)
        if style.is_index:
            return Shape(label=label, is_index=True)
        words = self._paragraphs.open_words
        if state.list_level is not None:
            return Shape(depth=_depth(self._list_levels, state.list_level), label=label)
        if bullet_length(words) or has_label(words):
            return Shape(depth=_depth(self._indents, state.indent), label=label)
        return Shape(label=label) if label else PLAIN

    def _begin_row(self) -> None:
        """Begin a table's row; words that stand before it in the same paragraph are its first."""
        if self._table is None:
            self._table = self._paragraphs.add_table()
        self._row = [[]]
        self._paragraphs.enter(self._row[-1])

    def _end_cell(self) -> None:
        if self._row is None:
            return
        self._paragraphs.end(self._shape())
        self._state.label = ""
        self._paragraphs.leave()
        self._row.append([])
        self._paragraphs.enter(self._row[-1])

    def _close_row(self) -> None:
        if self._row is None or self._table is None:
            return
        self._paragraphs.leave()
        self._table.rows.append(self._row)
        self._row = None

    def _end_row(self) -> None:
        """End the table, if one is open: what follows is not part of it."""
        self._close_row()
        self._table = None


def _depth(outer: list[int], level: int) -> int:
    """Return the depth, from 1, of an item at ``level``, and make it the last of ``outer``."""
    while outer and outer[-1] >= level:
        outer.pop()
    outer.append(level)
    return len(outer)


def _codec(code_page: int) -> str | None:
    """Return Python's name of a Windows code page, None where it has none."""
    name = {10000: "mac_roman", 65001: "utf-8", 20127: "ascii", 0: "cp1252"}.get(
        code_page, f"cp{code_page}"
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _paired(words: str) -> str:
    """Return ``words`` with the characters that pairs of surrogates stand for."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
