"""Web pages: a tree of elements to blocks, as a reader sees them in a browser.

Nothing is fetched, run or resolved, and no document type is read: lxml's HTML parser knows the
names of HTML's characters and no others. XHTML is read by the same parser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from html.entities import html5
from itertools import islice

from lxml import etree

from reader.errors import NoTextError, TooComplexError
from reader.loading.css import Styles, inline_style
from reader.loading.decoding import decode
from reader.loading.drafts import CELL_SEPARATOR, Draft, Parsed, Run, without_start
from reader.loading.frames import names_a_policy, unfold
from reader.loading.items import OpenItems
from reader.loading.limits import MAX_DEPTH, check_blocks, check_length
from reader.loading.lines import bullet_length, has_label, is_lone_mark, is_rule
from reader.loading.numerals import NumeralStyle, numeral
from reader.loading.panels import Panels
from reader.loading.region import Piece, find_region
from reader.loading.text import parse_text
from reader.loading.twins import without_twin
from reader.model import BlockKind, Notice, NoticeKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS).union(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html label legend li main menu nav ol p pre "
    "search section summary table tbody td tfoot th thead tr ul".split()
)
_UNREAD = frozenset(
    "applet area audio base canvas col colgroup datalist embed frame frameset head iframe input "
    "link map math meta meter noembed noframes object option optgroup param picture "
    "progress rp rt script select source style svg template title track video".split()
)
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_PICTURES = frozenset("canvas img input picture svg".split())
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_OWN_BLOCKS = frozenset({"li", "table", "pre"})
_OPENS = ("aria-controls", "data-target", "data-bs-target")
_OPENER_NAMES = frozenset("accordion collapse collapsible disclosure expander faq toggle".split())
_OPENER_SIGN = re.compile(r"[+×\-–—−<>‹›«»^∨∧▲▴▶▸►▼▾◂◀⌃⌄↓↑→]{1,2}")
"""What an opener draws beside its words: a plus, an arrow."""
_DIALOGS = ("dialog", "alertdialog", "tooltip")
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite", "dfn", "var"})

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:0(?!\.)|left:-\d{4})"
)
_WEIGHT = re.compile(r"(?:^|;)font-weight:(bold|[1-9]00)?")
_UNDERLINE = re.compile(r"(?:^|;)text-decoration(?:-line)?:underline")
_SLANT = re.compile(r"(?:^|;)font-style:(italic|oblique)?")
_OWN_LINE = re.compile(r"(?:^|;)display:(?:block|flex|grid|list-item|table)(?:;|!|$)")
_KEPT_BREAKS = re.compile(r"(?:^|;)white-space:(?:pre|break-spaces)")
_INTERNAL_SUBSET = re.compile(
    r"(\s*(?:<\?xml[^<>]{0,200}>\s*)?<!doctype[^<>\[\]]{0,500})\[[^\]]{0,100000}\]\s{0,9}>",
    re.IGNORECASE,
)
# Browsers read on behind it, as where a template was put into another; the parser stops.
_END_OF_PAGE = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
# Pages saved as one file carry their pictures so; the parser gives up at 10 MB in one of them.
_EMBEDDED = re.compile(r"data:[\w.+/-]{1,100}[;,][\w.+/=;,%-]{1000,}")
_STYLE_OF_NUMBERS = re.compile(r"(?:^|;)list-style(?:-type)?:([a-z-]+)")
_NUMBERS = {
    "decimal": "1",
    "decimal-leading-zero": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
# What pages put behind the words of a heading, to copy its address or to go up again.
_PERMALINK = re.compile(
    r"[#¶§🔗⚓\ue000-\uf8ff]{1,2}|(?:permanent\s)?permalink\b.{0,40}|copy link|edit"
    r"|(?:direct )?link to (?:this|the) (?:section|heading).{0,10}",
    re.IGNORECASE,
)
_TO_TOP = re.compile(
    r"\W{0,3}(?:back |return |go |jump )?(?:to )?(?:the )?top"
    r"(?: of (?:(?:the|this) )?(?:page|policy|document|section|statement))?\W{0,3}",
    re.IGNORECASE,
)
# Word processors call a page by its file, which is no title.
_FILE_NAME = re.compile(r"\.(?:docx?|odt|rtf|pdf|html?|md|txt)\Z", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s+[|–—:·•»/-]\s+|:\s+")
_HEADING_CLASS = re.compile(r"(?:h|heading|headline)[-_]?([1-6])|MsoTitle", re.IGNORECASE)
_LONG_WORD = re.compile(r"\w{4,}")

_FIRST_LINES, _MAX_LINE = 4, 80
_MAX_ATTRIBUTES = 30_000
_MAX_HEADING = 300
"""Characters of a heading; an element of a heading's name that holds more is prose."""
_MAX_CELLS = 20
"""Cells of a row among which one of data is looked for."""
_MAX_CELL = 3000
"""Characters of a cell; a table with a longer one arranges the page."""
_MAX_DECORATION = 25
"""Words that a part may hold which is drawn but not read out; a longer one is text."""
_MAX_CONTROL_DEPTH = 12
"""Elements of a part among which something to click on is looked for."""
_MIN_WORDS_IN_FIELD = 200
"""Words of a form's field that make it the place where the policy stands."""
_MAX_HIDDEN = 2
"""Hidden words for each one shown, above which a page hides its text until its scripts run."""
_MIN_HIDDEN = 5
"""Hidden words that are worth a notice. Pages hide a word or two of their works."""

_MIN_OPENED = 8
"""Words of a part that something before it may be the heading of."""
_MIN_CLOSED = 30
"""Words of a part hidden by the page's sheet from which on it is read: a click may show it."""
_MIN_NOSCRIPT = 50
"""Words of a part for browsers without scripts that are more than the request to switch them on."""
_FEW_WORDS, _HARDLY_ANY = 200, 50
"""Words of a page that may be all beside a frame, and of one whose scripts bring the rest."""

_DECLARES = Notice(
    NoticeKind.LEFT_OUT,
    "This page defines abbreviations of its own, which no policy needs. They were not looked up.",
)
_UNFOLDED = Notice(
    NoticeKind.HIDDEN_TEXT,
    "This page hides its text until its scripts run. It was read anyway.",
)
_OPENED = Notice(
    NoticeKind.CLOSED_PARTS,
    "Some parts of this page open only when clicked. They were read like the others.",
)
_FRAMED = Notice(
    NoticeKind.LEFT_OUT,
    "This page shows another page in a frame that is not in this file. If the policy "
    "is missing, select it in your browser, copy it and paste it here.",
)
_SCRIPTED = Notice(
    NoticeKind.LEFT_OUT,
    "There is hardly any text in this file. If your browser shows more, the page's scripts load "
    "it: select it there, copy it and paste it here.",
)
_HINT = "Open the page in your browser, select its text, copy it and paste it here."


def parse_html(data: bytes) -> Parsed:
    """Return the policy that the web page ``data`` holds, without the page's menus and footers.

    Raises:
        ReaderError: ``too_complex``, ``too_large`` or ``no_text``.
    """
    source, notices = decode(data)
    return parse_page(source, notices)


def parse_page(
    source: str, notices: tuple[Notice, ...] = (), pages: Mapping[str, str] | None = None
) -> Parsed:
    """Return the policy that a web page's decoded ``source`` holds; ``notices`` come first.

    ``pages`` are the sources of the pages that were saved with it, by the addresses by which its
    frames name them.

    Raises:
        ReaderError: ``too_complex``, ``too_large`` or ``no_text``.
    """
    tree = tree_of(source)
    empty = unfold(tree, tree_of, pages or {})
    check_length(_length(tree))
    if _INTERNAL_SUBSET.match(source):
        notices += (_DECLARES,)
    page = _Walk(tree)
    if page.hidden_words > _MAX_HIDDEN * page.words:
        page = _Walk(tree, with_hidden=True)
        notices += (_UNFOLDED,)
    is_brought = bool(empty) or next(tree.iter("script"), None) is not None
    if not page.pieces and is_brought:
        raise NoTextError(
            "The text of this page is not in the file: its scripts or frames load it.", _HINT
        )
    if (empty and page.words < _FEW_WORDS) or any(map(names_a_policy, empty)):
        notices += (_FRAMED,)
    elif is_brought and page.words < _HARDLY_ANY:
        notices += (_SCRIPTED,)
    title = _title(tree)
    region = find_region(page.pieces, title)
    notices += region.notices
    if any(region.first <= place <= region.end for place, _ in page.opened):
        notices += (_OPENED,)
    hidden = sum(words for place, words in page.hidden if region.first <= place <= region.end)
    if hidden >= _MIN_HIDDEN:
        words = f"This page hides {hidden} words from its readers. They were left out."
        notices += (Notice(NoticeKind.HIDDEN_TEXT, words),)
    drafts, read_once = without_twin(region.drafts)
    return Parsed(title, "text/html", _headed(drafts, title), notices + read_once)


def drafts_of(tree: etree._Element) -> list[Draft]:
    """Return the blocks of an HTML or XHTML tree, all of them, in the order of the document.

    Raises:
        TooComplexError: it is nested beyond the limit, or has too many blocks.
    """
    return [piece.draft for piece in _Walk(tree).pieces]


def tree_of(source: str) -> etree._Element:
    """Return the tree of a page's source, mended as browsers do.

    Raises:
        ReaderError: ``too_complex`` where it is nested beyond the limit, ``no_text`` where there is
            not a single element or word in it.
    """
    source = _END_OF_PAGE.sub("", _EMBEDDED.sub("data:,", source))
    if source[:200].lstrip().startswith("<?xml"):
        source = _without_cdata(source)
    _check_tags(source)
    declared = _INTERNAL_SUBSET.match(source)
    if declared:
        source = f"{declared[1]}>{source[declared.end() :]}"
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    cleaned = source.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(cleaned, parser)
    except etree.XMLSyntaxError as exc:
        raise NoTextError from exc
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TooComplexError
    if tree is None:
        raise NoTextError
    return tree


def _without_cdata(source: str) -> str:
    """Return the source of XHTML with its sections of plain characters written as others are."""
    first, *others = source.split("<![CDATA[")
    parts = [first]
    for other in others:
        inner, end, rest = other.partition("]]>")
        parts += [escape(inner, quote=False), rest] if end else ["<![CDATA[", other]
    return "".join(parts)


def _check_tags(source: str) -> None:
    """Raise where a tag has so many attributes that the parser, which compares them, would hang.

    Raises:
        TooComplexError: it has.
    """
    for tag in source.split("<"):
        if len(tag) > _MAX_ATTRIBUTES and len(tag.partition(">")[0].split()) > _MAX_ATTRIBUTES:
            raise TooComplexError


def _title(tree: etree._Element) -> str:
    for title in tree.iter("title"):
        parent = title.getparent()
        if parent is not None and parent.tag in ("head", "body", "html") and title.text:
            words = " ".join(title.text.split())
            return "" if _FILE_NAME.search(words) else words
    return ""


def _headed(drafts: Sequence[Draft], title: str) -> Sequence[Draft]:
    """Return ``drafts`` below the page's title where no heading of the page says the same.

    A page without a heading is known to its readers by its title alone. A line at its top that
    says the title, or what stands on one side of the stroke in it, is the heading.
    """
    named = _LONG_WORD.findall(title.casefold())
    if not title or not drafts:
        return drafts
    names = {_key(part) for part in (title, *_TITLE_PARTS.split(title))}
    for place, draft in enumerate(drafts):
        line = draft.text.casefold()
        is_first = place < _FIRST_LINES and len(line) < _MAX_LINE
        if not (draft.explicit or is_first):
            continue
        if any(word in line for word in named) or title.casefold() in line:
            if draft.kind is BlockKind.PARAGRAPH and _key(line) in names:
                heading = Draft(BlockKind.HEADING, draft.runs, level=1, explicit=True)
                return (*drafts[:place], heading, *drafts[place + 1 :])
            return drafts
    heading = Draft(BlockKind.HEADING, (Run(title),), level=1, explicit=True)
    return (heading, *drafts)


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


@dataclass(frozen=True, slots=True)
class _Look:
    """How the words at a place of the page are shown."""

    bold: bool = False
    italic: bool = False
    target: str | None = None
    keeps_breaks: bool = False
    opens: bool = False

    def run(self, text: str) -> Run:
        return Run(text, bold=self.bold, italic=self.italic, target=self.target)


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, None where items have bullets, and its style."""

    number: int | None
    style: str


class _Walk:
    """One walk over a tree.

    ``pieces`` are the blocks with the element each stands in. ``hidden`` and ``opened`` tell for
    each part that is not shown before how many-th piece it stands and how many words it holds:
    the first were left out, the others read, since a click opens them.
    """

    def __init__(self, tree: etree._Element, *, with_hidden: bool = False) -> None:
        self.pieces: list[Piece] = []
        self.hidden: list[tuple[int, int]] = []
        self.opened: list[tuple[int, int]] = []
        self._with_hidden = with_hidden
        self._styles = Styles(tree)
        self._alike: Counter[tuple[str, str]] | None = None
        self._panels = Panels(tree)
        self._runs: list[Run] = []
        self._lists: list[_List] = []
        self._items = OpenItems()
        self._level = 0
        self._in_cell = False
        self._depth = 0
        self._element(tree, _Look())
        self._end_line(tree)

    @property
    def words(self) -> int:
        """Return how many words the pieces hold."""
        return sum(piece.words for piece in self.pieces)

    @property
    def hidden_words(self) -> int:
        """Return how many words were left out because the page hides them."""
        return sum(words for _, words in self.hidden)

    def _element(self, element: etree._Element, look: _Look) -> None:
        """Read one element, the text behind it apart."""
        tag = _name(element)
        if tag == "noscript" and not self._with_hidden:
            words = _words(element)
            if words >= _MIN_NOSCRIPT:
                self.hidden.append((len(self.pieces), words))
            return
        if not tag or tag in _UNREAD or (tag == "button" and not self._is_opener(element)):
            return
        if not self._is_seen(element):
            return
        if self._panels.names(element):
            return  # its words head the panel that it shows
        # That a page's sheet sets its headings in bold tells nothing; what stands out in one does.
        style = self._styles.of(element, by_sheets=tag not in _HEADINGS)
        look = _look(element, tag, style, look)
        if tag == "summary" or self._names_what_it_opens(element):
            look = replace(look, bold=True, opens=True, target=None)
        if tag == "br":
            self._break(element)
        elif tag == "img":
            self._picture(element, look)
        elif tag == "q":
            self._text("“", look, element)
            self._content(element, look)
            self._text("”", look, element)
        elif tag == "a" and self._level and _leads_to_place(element):
            return
        elif tag in _BLOCKS or "-" in tag or tag == "button" or _OWN_LINE.search(style):
            self._block(element, tag, look)
        elif tag == "textarea":
            self._field(element)
        else:
            self._content(element, look)

    def _content(self, element: etree._Element, look: _Look) -> None:
        address = element.get("data-cfemail")
        if address:
            self._text(_unmasked(address), look, element)
            return
        self._text(element.text, look, element)
        for child in element:
            if child.tag is etree.Entity:
                self._text(_character(child), look, element)
            else:
                self._element(child, look)
            self._text(child.tail, look, element)

    def _text(self, text: str | None, look: _Look, element: etree._Element) -> None:
        if not text or (not self._runs and text.isspace()):
            return
        if look.opens and _OPENER_SIGN.fullmatch(text.strip()):
            return
        if not look.keeps_breaks or "\n" not in text:
            self._runs.append(look.run(text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break(element)
            self._runs.append(look.run(line))

    def _block(self, element: etree._Element, tag: str, look: _Look) -> None:
        level = _heading_level(element, tag)
        apart = tag in _LISTS or tag in _OWN_BLOCKS
        self._end_line(element, within_heading=not (level or apart))
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooComplexError
        outer = self._level
        self._level = level or (0 if apart else outer)
        named = self._panels.name_of(element)
        if named:
            self._runs = [Run(named, bold=True)]
            self._end_line(element)
        if tag in _LISTS:
            self._lists.append(_list(element, tag))
            self._content(element, look)
            self._lists.pop()
        elif tag == "li":
            self._open_item(element)
            self._content(element, look)
        elif tag == "table" and not self._in_cell and _is_data(element):
            self._table(element, look)
        elif tag == "pre" and not self._in_cell:
            self._preformatted(_whole_text(element), element)
        else:
            self._content(element, look)
        self._end_line(element, within_heading=not (level or apart))
        if tag == "li":
            self._items.close()
        self._level = outer
        self._depth -= 1

    def _break(self, element: etree._Element) -> None:
        self._end_line(element, within_heading=True)

    def _end_line(self, element: etree._Element, *, within_heading: bool = False) -> None:
        """Make a block of the words since the last line's end.

        A cell is one line whatever stands in it, and so is a heading ``within`` which this happens.
        """
        if self._in_cell or (within_heading and self._level):
            self._runs.append(Run(" "))
            return
        runs, self._runs = self._runs, []
        text = "".join(run.text for run in runs)
        if not text or text.isspace() or is_rule(text) or _leads_to_top(runs):
            return
        if self._level:
            labelled = self._items.labelled(runs)
            draft = Draft(BlockKind.HEADING, labelled, level=self._level, explicit=True)
        else:
            bullet = bullet_length(text)
            labelled = self._items.labelled(without_start(runs, bullet))
            depth = self._items.start()
            if depth or bullet or has_label(text):
                draft = Draft(BlockKind.LIST_ITEM, labelled, level=max(1, depth))
            else:
                draft = Draft(BlockKind.PARAGRAPH, labelled)
        self._add(draft, element)

    def _add(self, draft: Draft, element: etree._Element) -> None:
        self.pieces.append(Piece(draft, element))
        check_blocks(len(self.pieces))

    def _open_item(self, element: etree._Element) -> None:
        """Open the item that ``element`` is, and count it in its list."""
        label = ""
        if self._lists and self._lists[-1].number is not None:
            inner = self._lists[-1]
            number = _integer(element.get("value"), self._lists[-1].number)
            inner.number = number + 1
            label = f"{numeral(number, _numeral_style(inner.style))}. "
        self._items.open(max(1, len(self._lists)), label)

    def _table(self, table: etree._Element, look: _Look) -> None:
        """Read a table of data: a row is one block, what stands around its rows as elsewhere."""
        self._text(table.text, look, table)
        for element in table:
            tag = _name(element)
            if tag not in _ROWS:
                self._element(element, look)
            elif self._is_seen(element):
                self._end_line(table)
                if tag == "tr":
                    self._row(element, look)
                else:
                    self._table(element, look)
            self._text(element.tail, look, table)
        self._end_line(table)

    def _row(self, row: etree._Element, look: _Look) -> None:
        cells: list[list[Run]] = []
        self._in_cell = True
        self._text(row.text, look, row)
        for element in row:
            self._element(element, look)
            self._text(element.tail, look, row)
            if any(run.text.strip() for run in self._runs):
                cells.append(self._runs)
            self._runs = []
        self._in_cell = False
        if len(cells) == 2 and is_lone_mark("".join(run.text for run in cells[0])):
            self._runs = [*cells[0], Run(" "), *cells[1]]
            self._end_line(row)
        elif cells:
            runs = cells[0]
            for cell in cells[1:]:
                runs += [Run(CELL_SEPARATOR), *cell]
            self._add(Draft(BlockKind.TABLE_ROW, tuple(runs)), row)

    def _preformatted(self, text: str, element: etree._Element) -> None:
        for draft in parse_text(text.replace("\r\n", "\n")):
            self._add(draft, element)

    def _field(self, element: etree._Element) -> None:
        """Read a form's field where it is the page's way to show a long text."""
        text = _whole_text(element)
        if len(text.split()) >= _MIN_WORDS_IN_FIELD:
            self._end_line(element)
            self._preformatted(text, element)

    def _picture(self, element: etree._Element, look: _Look) -> None:
        """Read the words of a picture that stands for a heading."""
        if self._level and not any(run.text.strip() for run in self._runs):
            self._text(element.get("alt"), look, element)

    def _is_opener(self, element: etree._Element) -> bool:
        """Return whether a button carries words of the page: it is a heading, or opens a part."""
        return (
            self._level > 0
            or any(element.get(name) for name in _OPENS)
            or self._names_what_it_opens(element)
        )

    def _names_what_it_opens(self, element: etree._Element) -> bool:
        """Return whether an element is pressed to open the part of the page that follows it.

        Its words are then that part's heading, as "Who gets your data? +" is.
        """
        if not _is_control(element, self._styles):
            return False
        if element.get("role") in ("tab", "menuitem", "link") or _is_longer(element, _MAX_HEADING):
            return False
        if any(self._panels.has(element.get(name)) for name in _OPENS):
            return True
        opened = element.getnext()
        if opened is None or _name(opened) in _UNREAD or _words(opened) < _MIN_OPENED:
            return False
        names = (element.get("class") or "").lower()
        return not self._is_drawn(opened) or any(name in names for name in _OPENER_NAMES)

    def _is_drawn(self, element: etree._Element) -> bool:
        """Return whether an element is shown before anything is pressed."""
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        return not hidden and not _HIDDEN_STYLE.search(self._styles.of(element))

    def _is_seen(self, element: etree._Element) -> bool:
        """Return whether a reader gets to see an element; keep count of those that are hidden."""
        seen = self._is_shown(element)
        if not seen:
            self.hidden.append((len(self.pieces), _words(element)))
        return seen

    def _is_shown(self, element: etree._Element) -> bool:
        """Return whether an element is shown, at once or after a click on what opens it."""
        if self._with_hidden:
            return True
        # What screen readers pass over is drawn all the same; it is text where it is long.
        if element.get("aria-hidden") == "true" and (
            element.get("role") in _DIALOGS or _words(element) <= _MAX_DECORATION
        ):
            return False
        hidden = element.get("hidden", "until-found") != "until-found"
        if not hidden and not _HIDDEN_STYLE.search(self._styles.of(element)):
            return True
        words = _words(element)
        if not self._opens_on_click(element) and not self._may_be_opened(element, words):
            return False
        if words:
            self.opened.append((len(self.pieces), words))
        return True

    def _may_be_opened(self, element: etree._Element, words: int) -> bool:
        """Return whether a hidden part is hidden by the page's sheet alone, and long.

        Scripts show such parts by another class; so pages keep much of a policy closed. Parts of
        one name and class count together.
        """
        return (
            (words >= _MIN_CLOSED or self._words_alike(element) >= _MIN_CLOSED)
            and element.get("role") not in _DIALOGS
            and element.get("hidden") is None
            and not _HIDDEN_STYLE.search(inline_style(element))
        )

    def _words_alike(self, element: etree._Element) -> int:
        """Return how many words the parts of a page hold that the sheet hides with ``element``."""
        if self._alike is None:
            self._alike = Counter()
            for one in element.getroottree().iter(etree.Element):
                if one.get("class") and _HIDDEN_STYLE.search(self._styles.of(one)):
                    self._alike[_kind(one)] += _words(one)
        return self._alike[_kind(element)]

    def _opens_on_click(self, element: etree._Element) -> bool:
        """Return whether a hidden part is one that its heading or something beside it opens."""
        if element.get("role") in _DIALOGS:
            return False
        if element.get("role") == "tabpanel" or self._panels.is_opened(element):
            return True
        before, behind = element.getprevious(), element.getnext()
        heading = before is not None and _heading_level(before, _name(before)) > 0
        if heading or (before is not None and _name(before) == "dt"):
            return True
        return any(
            one is not None and _holds_control(one, self._styles) for one in (before, behind)
        )


def _holds_control(element: etree._Element, styles: Styles) -> bool:
    """Return whether there is something to click on in an element, near its beginning."""
    return any(
        _name(one) == "summary" or _is_control(one, styles)
        for one in islice(element.iter(etree.Element), _MAX_CONTROL_DEPTH)
    )


def _is_control(element: etree._Element, styles: Styles) -> bool:
    """Return whether an element is something to click on that opens a part of the page."""
    return (
        _name(element) == "button"
        or element.get("role") == "button"
        or element.get("onclick") is not None
        or element.get("aria-expanded") is not None
        or (element.get("href") or "").strip().lower().startswith(("#", "javascript:"))
        or "cursor:pointer" in styles.of(element)
    )


def _kind(element: etree._Element) -> tuple[str, str]:
    """Return an element's name and classes: what a sheet tells parts of one sort by."""
    return _name(element), element.get("class") or ""


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace, '' for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _character(entity: etree._Element) -> str:
    """Return the character that an entity of XHTML names, the entity itself where it is unknown."""
    written = entity.text or ""
    return html5.get(written.removeprefix("&"), written)


def _whole_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _look(element: etree._Element, tag: str, style: str, look: _Look) -> _Look:
    """Return how the words of an element are shown, ``look`` being how those around it are."""
    bold = look.bold or tag in _BOLD or (tag == "th" and _names_a_row(element))
    italic = look.italic or tag in _ITALIC
    keeps_breaks = look.keeps_breaks
    if style:
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        bold = (weight[1] or "") >= "600" if weight else bold
        italic = slant[1] is not None if slant else italic
        keeps_breaks = keeps_breaks or _KEPT_BREAKS.search(style) is not None
    target = look.target
    if target is None and tag != "a" and (tag == "u" or _UNDERLINE.search(style)):
        bold = True  # underlined words that lead nowhere are as marked as bold ones
    if tag == "a" and element.get("href") is not None:
        target = (element.get("href") or "").strip()
    return _Look(bold, italic, target, keeps_breaks, look.opens)


def _names_a_row(head: etree._Element) -> bool:
    """Return whether a table's head stands beside cells of data, drawn in bold as all heads are."""
    row = head.getparent()
    return row is not None and any(_name(cell) == "td" for cell in islice(row, _MAX_CELLS))


def _leads_to_place(element: etree._Element) -> bool:
    """Return whether a link in a heading is not of its words: "#", "¶", "Back to top"."""
    words = " ".join("".join(map(str, element.itertext())).split())
    return _PERMALINK.fullmatch(words) is not None or _TO_TOP.fullmatch(words) is not None


def _leads_to_top(runs: Sequence[Run]) -> bool:
    """Return whether a line is a link to the page's top and nothing else."""
    said = [run for run in runs if run.text.strip()]
    if not all(run.target is not None for run in said if any(map(str.isalpha, run.text))):
        return False
    return _TO_TOP.fullmatch(" ".join("".join(run.text for run in said).split())) is not None


def _heading_level(element: etree._Element, tag: str) -> int:
    """Return 1 to 6 for a heading, 0 for anything else; an element full of prose is none."""
    level = _HEADINGS.get(tag, 0) or _level_by_class(element)
    if element.get("role") == "heading":
        level = min(6, max(1, _integer(element.get("aria-level"), level or 2)))
    if not level:
        return 0
    return 0 if _is_longer(element, _MAX_HEADING) else level


def _level_by_class(element: etree._Element) -> int:
    """Return the level that a class names, as "h2", "heading-2" or Word's "MsoTitle"; else 0."""
    for name in (element.get("class") or "")[:200].split():
        found = _HEADING_CLASS.fullmatch(name)
        if found:
            return int(found[1] or 1)
    return 0


def _is_longer(element: etree._Element, limit: int) -> bool:
    """Return whether an element holds more than ``limit`` characters; looks no further."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > limit:
            return True
    return False


def _list(element: etree._Element, tag: str) -> _List:
    if tag != "ol" or element.get("reversed") is not None:
        return _List(None, "")
    named = _STYLE_OF_NUMBERS.search(inline_style(element))
    style = _NUMBERS.get(named[1], "") if named else element.get("type") or "1"
    return _List(_integer(element.get("start"), 1), style) if style else _List(None, "")


def _numeral_style(named: str) -> NumeralStyle:
    """Return the style that a list names, digits where the name means nothing."""
    return next((style for style in NumeralStyle if style.value == named), NumeralStyle.DECIMAL)


def _is_data(table: etree._Element) -> bool:
    """Return whether a table's rows are rows of data; the others only arrange the page."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = full_rows = 0
    for element in table.iterdescendants():
        tag = _name(element)
        if tag == "table" or tag in _HEADINGS:
            return False
        if tag == "tr":
            rows += 1
            full_rows += sum(1 for cell in element if _is_filled_cell(cell)) > 1
        elif tag in ("td", "th") and _is_longer(element, _MAX_CELL):
            return False
    return rows > 1 and 2 * full_rows >= rows


def _is_filled_cell(element: etree._Element) -> bool:
    """Return whether a row's element is a cell that shows something, be it a picture."""
    if _name(element) not in ("td", "th"):
        return False
    return any(_name(one) in _PICTURES for one in element.iter(etree.Element)) or _is_longer(
        element, 0
    )


def _words(element: etree._Element) -> int:
    """Return how many words an element holds, scripts and the like apart."""
    if _name(element) in _UNREAD:
        return 0
    return sum(
        len(text.split())
        for part in element.iter(etree.Element)
        if _name(part) not in _UNREAD
        for text in (part.text, part.tail if part is not element else None)
        if text
    )


def _length(tree: etree._Element) -> int:
    """Return how many characters a page's text has at most, scripts and white space apart."""
    return sum(
        len(text)
        for element in tree.iter(etree.Element)
        if _name(element) not in _UNREAD
        for text in (element.text, element.tail)
        if text and not text.isspace()
    )


def _unmasked(masked: str) -> str:
    """Return an e-mail address that the page hides from robots as hexadecimal, '' if it is none."""
    try:
        key, *letters = bytes.fromhex(masked)
    except ValueError:
        return ""
    return bytes(letter ^ key for letter in letters).decode("utf-8", "replace")


def _integer(text: str | None, default: int) -> int:
    number = (text or "").strip()
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else default
