"""Markdown: what a reader of the rendered page would see, as blocks.

markdown-it-py parses; this module walks its tokens. Emphasis, escapes, link addresses and HTML
tags leave the text; the numbers of lists and headings stay in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from reader.errors import TooComplexError
from reader.loading.drafts import CELL_SEPARATOR, Draft, Run, without_start
from reader.loading.items import OpenItems
from reader.loading.limits import MAX_DEPTH
from reader.loading.lines import (
    bullet_length,
    glue,
    group_width,
    has_label,
    is_rule,
    reads_on,
    starts_item,
    wrap_width,
)
from reader.loading.markdown_paragraphs import paragraph
from reader.loading.text import FEWEST_TIGHT, TIGHT_HEADING, parse_text
from reader.model import BlockKind

# Such an address is its own normal form; working that out takes as long as a paragraph.
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_PLAIN = (
    rf"(?a:(?:https?://{_HOST}|mailto:[\w.+-]+@{_HOST}|(?=[#/])(?!//))"
    r"(?:[/?#](?:[\w/?=&#.,:+!~-]|%[0-9A-Fa-f]{2})*)?)"
)
_PLAIN_ADDRESS = re.compile(_PLAIN)


class _Markdown(MarkdownIt):
    """The parser, reading a link as one whatever its address; ``drafts`` keeps the harmless."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 -- markdown-it's own name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- markdown-it's own name
        return url if _PLAIN_ADDRESS.fullmatch(url) else super().normalizeLink(url)


# Indented code is switched off because policies hold none and indent at random; HTML blocks,
# because the Markdown and the words inside them are then read like all others.
_PARSER = (
    _Markdown("commonmark", {"html": True, "maxNesting": MAX_DEPTH})
    .enable(["table", "strikethrough"])
    .disable(["code", "html_block", "inline", "text_join"])
)
_PARSER.block.ruler.before("table", "plain_paragraph", paragraph)

_FRONT_MATTER = re.compile(r"---[ ]*\n((?:[^\n]{0,2000}\n){0,100}?)(?:---|\.\.\.)[ ]*(?:\n|\Z)")
_FRONT_LINE = re.compile(r"(?:[A-Za-z_][\w-]{0,40}:(?:\s|$)|[ #-])|$")
_FRONT_TITLE = re.compile(r"^title:[ ]*[\"']?(.{1,300}?)[\"']?[ ]*$", re.MULTILINE | re.IGNORECASE)
_HIDDEN_HTML = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (("<!--", "-->"), (r"<script\b", "</script>"), (r"<style\b", "</style>"))
)
_TIGHT = re.compile(r"^(#{1,6})(?=[A-Z0-9])", re.MULTILINE)
_UNDERLINED = re.compile(
    r"(?:(?<=\n\n)|\A)(?P<words>\w[^\n]{1,98}[^\s.,;])\n(?P<strokes>~{3,}|\^{3,})[ ]*$",
    re.MULTILINE,
)
_MAX_DIFFERENCE = 4
_HEADING_ATTRIBUTES = re.compile(
    r"^(#{1,6} [^\n{]{1,300})\{[#.:][^{}\n]{0,100}\}[ ]{0,3}$", re.MULTILINE
)
_CONTENTS_MARK = re.compile(
    r"^[ ]{0,3}(?:\[\[_?TOC_?\]\]|\[TOC\]|\{:toc\}|\$\{toc\})[ ]*$", re.MULTILINE | re.IGNORECASE
)
_DEEP_QUOTE = re.compile(r"^((?: {0,3}>){20})(?: {0,3}>)+", re.MULTILINE)
_DEEP_INDENT = re.compile(r"^ {60,}", re.MULTILINE)
_ITEM_MARK = r"(?:[-*+]|\d{1,9}[.)]) {1,4}"
_DEEP_ITEM = re.compile(rf"^( {{0,60}}(?:{_ITEM_MARK}){{20}})(?:{_ITEM_MARK})+", re.MULTILINE)
_CARD = re.compile(
    r"\[(?P<words>(?:!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)|[^\[\]]){1,2000})(?P<end>\]\([^()\s]*\))"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# A heading's mark that Markdown does not read: in a cell, in an item straight after a paragraph.
_LATE_MARK = re.compile(r"\s*((?:\d{1,3}[.)]\s+)?)(#{1,6})\s+(?=\S)")
_DRAWN_RULE = re.compile(r"(?<!\S)[-=]{4,}(?!\S)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_HREF = re.compile(r"\bhref\s{0,4}=\s{0,4}[\"']?([^\s\"'>]{1,2000})", re.IGNORECASE)
_HEADING_TAGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_TAGS = frozenset(_HEADING_TAGS).union(
    ("address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div"),
    ("dl", "dt", "fieldset", "figure", "footer", "form", "header", "hr", "li", "main", "nav"),
    ("ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
)
_MARKS = r"\\`*_~\[<&\n"
"""What may be more than a letter inside a paragraph: escapes, code, emphasis, links, tags."""
_SIMPLE = re.compile(
    rf"""
    (?P<plain> [^{_MARKS}]+ | (?<!\S)[*&](?!\S) )
    | (?<!!)\[(?P<linked> [^{_MARKS}\]]+ )\]\((?P<target> {_PLAIN} )\)
    | (?<!\S)_(?P<italic> [^\W_](?:[^{_MARKS}]*[^\s{_MARKS}])? )_(?!\S)
    | \\(?P<escaped> [!-)+-/:-@\[-^`{{-~] )
    """,
    re.VERBOSE,
)
"""What simple paragraphs are made of. An escaped mark of emphasis is not: it may be a loose one."""
_LOOSE_ITALIC = re.compile(r"(?<![^\W_])_(?!_)|(?<!_)_(?![^\W_])")

_MAX_LOOSE_MARKS = 300
"""Unpaired marks of one kind in a paragraph, above which it is read without markup.

markdown-it's time grows with their square; real paragraphs have a handful.
"""


def parse_markdown(text: str) -> tuple[str, list[Draft]]:
    """Return the document's title ('' if it names none) and its blocks.

    Raises:
        TooComplexError: it is nested beyond the limit.
    """
    title, body = _front_matter(text)
    body = _with_usual_headings(body)
    body = _with_links_in_one_block(_flattened(_without_hidden_html(body)))
    env: EnvType = {}
    tokens = _PARSER.parse(body, env)
    # markdown-it drops in silence what lies deeper.
    if any(token.level >= MAX_DEPTH - 1 for token in tokens):
        raise TooComplexError
    wrapped = wrap_width(body.split("\n")) is not None
    drafts = _lower_italic_headings(list(_Walk(wrapped, env).drafts(tokens)))
    if not title:
        top = next((draft for draft in drafts[:8] if draft.explicit), None)
        title = " ".join(top.text.split()) if top and top.level == 1 else ""
    return title, drafts


def _front_matter(text: str) -> tuple[str, str]:
    """Return the title that a leading YAML block gives, and the text after that block."""
    text = text.lstrip("\n")
    found = _FRONT_MATTER.match(text)
    if not found or not all(_FRONT_LINE.match(line) for line in found.group(1).split("\n")):
        return "", text
    title = _FRONT_TITLE.search(found.group(1))
    return title.group(1).strip() if title else "", text[found.end() :]


def _with_usual_headings(text: str) -> str:
    """Return ``text`` with the headings of Markdown's relatives as Markdown writes them.

    "##Sharing" without a space, a line above as many "~", "## Sharing {#sharing}"; the place where
    a table of contents is to be put is no text.
    """
    if len(TIGHT_HEADING.findall(text)) >= FEWEST_TIGHT:
        text = _TIGHT.sub(r"\1 ", text)
    if "~~~" in text or "^^^" in text:
        text = _UNDERLINED.sub(_underlined, text)
    return _CONTENTS_MARK.sub("", _HEADING_ATTRIBUTES.sub(r"\1", text))


def _underlined(found: re.Match[str]) -> str:
    words, strokes = found["words"], found["strokes"]
    if abs(len(words) - len(strokes)) > _MAX_DIFFERENCE:
        return found[0]
    return f"{'###' if strokes[0] == '~' else '####'} {words}"


def _without_hidden_html(text: str) -> str:
    """Return ``text`` without comments, scripts and style sheets."""
    for begin, end in _HIDDEN_HTML:
        kept, at = [], 0
        while start := begin.search(text, at):
            stop = end.search(text, start.end())
            if not stop:
                break
            kept.append(text[at : start.start()])
            at = stop.end()
        text = "".join(kept) + text[at:]
    return text


def _flattened(text: str) -> str:
    """Return ``text`` with its deepest quotations and lists brought up to a depth one can read."""
    if text.count(">") > 20:
        text = _DEEP_QUOTE.sub(r"\1", text)
    if " " * 60 in text:
        text = _DEEP_INDENT.sub(" " * 60, text)
    return _DEEP_ITEM.sub(r"\1", text)


def _with_links_in_one_block(text: str) -> str:
    """Return ``text`` with each link that spans several blocks on the last line of them.

    Converters write a linked card of a page as "[", its heading and paragraphs, "](address)".
    """
    return _CARD.sub(_linked_at_its_end, text)


def _linked_at_its_end(card: re.Match[str]) -> str:
    """Return a card with only its last line linked; a link within one block as it stands."""
    words, end = card["words"], card["end"]
    if not _BLANK_LINE.search(words):
        return card[0]
    start = words.rstrip().rfind("\n") + 1
    start += len(words[start:]) - len(words[start:].lstrip())
    return f"{words[:start]}[{words[start:]}{end}"


def _lower_italic_headings(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with italic headings one level below the upright ones of equal level.

    Some policies mark headings and subheadings alike and set only the latter in italics. Where a
    deeper level is in use, the levels already tell.
    """
    headings = [draft for draft in drafts if draft.explicit]
    deepest = max((draft.level for draft in headings), default=6)
    italic = {id(draft) for draft in headings if draft.level == deepest and _is_italic(draft)}
    upright = sum(draft.level == deepest for draft in headings) - len(italic)
    if deepest == 6 or not italic or not upright:
        return drafts
    return [replace(d, level=d.level + 1) if id(d) in italic else d for d in drafts]


def _is_italic(draft: Draft) -> bool:
    return all(run.italic or not any(map(str.isalpha, run.text)) for run in draft.runs)


@dataclass(slots=True)
class _Look:
    """What emphasis and link are open at a place of a paragraph."""

    bold: int = 0
    italic: int = 0
    target: str | None = None

    def run(self, text: str) -> Run:
        return Run(text, bold=self.bold > 0, italic=self.italic > 0, target=self.target)


@dataclass(slots=True)
class _Line:
    """A line of a paragraph; ``hard`` if the author broke it off from the line before."""

    hard: bool
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    item: bool = False

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])


class _Walk:
    """One walk over a document's tokens.

    ``wrapped`` says that all its lines were wrapped at a width, ``env`` holds its link references.
    """

    def __init__(self, wrapped: bool, env: EnvType) -> None:
        self._wrapped = wrapped
        self._env = env
        self._open_bold = False
        self._items = OpenItems()
        self._numbers: list[int | None] = []

    def drafts(self, tokens: Sequence[Token]) -> Iterator[Draft]:
        heading = 0
        row: list[list[Run]] | None = None
        for token in tokens:
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "bullet_list_open":
                    self._numbers.append(None)
                case "ordered_list_open":
                    start = token.attrGet("start")
                    self._numbers.append(1 if start is None else int(start))
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    self._open_item(token)
                case "list_item_close":
                    self._items.close()
                case "tr_open":
                    row = []
                case "tr_close":
                    yield from self._row(row or [])
                    row = None
                case "inline" if row is not None:
                    row.append(self._line(token.content))
                case "inline" if heading:
                    yield from self._heading(token.content, heading)
                case "inline":
                    yield from self._paragraph(token.content)
                case "fence":
                    yield from parse_text(token.content)

    def _open_item(self, token: Token) -> None:
        number = self._numbers[-1]
        label = ""
        if number is not None:
            label = f"{number}{token.markup} "
            self._numbers[-1] = number + 1
        self._items.open(len(self._numbers), label)

    def _heading(self, content: str, level: int) -> Iterator[Draft]:
        runs = self._items.labelled(self._line(content))
        yield Draft(BlockKind.HEADING, runs, level=level, explicit=True)

    def _row(self, cells: list[list[Run]]) -> Iterator[Draft]:
        runs: list[Run] = []
        for cell in cells:
            marked = _LATE_MARK.match("".join(run.text for run in cell))
            if marked and not marked[1]:
                cell = without_start(cell, marked.end())
            if any(_DRAWN_RULE.search(run.text) for run in cell):
                cell = [replace(run, text=_DRAWN_RULE.sub("", run.text)) for run in cell]
            if any(run.text.strip() for run in cell):
                runs += [Run(CELL_SEPARATOR)] * bool(runs) + cell
        yield Draft(BlockKind.TABLE_ROW, tuple(runs))

    def _paragraph(self, content: str) -> Iterator[Draft]:
        wrapped = self._wrapped or group_width(content.split("\n")) is not None
        for line in self._joined(self._lines(content), wrapped):
            text = line.text
            if is_rule(text):
                continue
            marked = _LATE_MARK.match(text)
            if marked:
                bold = line.runs[0].bold
                line.runs = [Run(marked[1], bold), *without_start(line.runs, marked.end())]
                line.level = len(marked[2])
            if line.level:
                yield Draft(BlockKind.HEADING, tuple(line.runs), level=line.level, explicit=True)
                continue
            bullet = bullet_length(text)
            runs = self._items.labelled(without_start(line.runs, bullet))
            depth = self._items.start()
            if depth or bullet or line.item or has_label(text):
                yield Draft(BlockKind.LIST_ITEM, runs, level=max(1, depth))
            else:
                yield Draft(BlockKind.PARAGRAPH, runs)

    def _joined(self, lines: Iterable[_Line], wrapped: bool) -> Iterator[_Line]:
        """Yield lines with those put together that belong to one paragraph.

        Markdown joins all such lines. Where the author did not wrap them, each line was meant to
        stand alone unless it plainly goes on.
        """
        current: _Line | None = None
        last = ""
        for line in lines:
            text = line.text
            goes_on = not starts_item(text) and (wrapped or reads_on(last, text))
            if current is None or line.hard or not goes_on:
                if current is not None:
                    yield current
                current = line
            else:
                current.runs += [Run(glue(last, text)), *line.runs]
            last = text
        if current is not None:
            yield current

    def _lines(self, content: str) -> list[_Line]:
        """Return the lines of a paragraph's source as runs, markup removed."""
        pieces = self._cut_at_bold(content)
        runs = _simple_runs(pieces)
        if runs is not None:
            return [_Line(hard=True, runs=runs)]
        lines = [_Line(hard=True)]
        if _is_tame(content):
            look = _Look()
            tokens: list[Token] = []
            _PARSER.inline.parse(_with_bold_as_tags(pieces), _PARSER, self._env, tokens)
            for token in tokens:
                _read(token, look, lines)
        else:
            for number, line in enumerate(content.split("\n")):
                if number:
                    lines.append(_Line(hard=False))
                lines[-1].runs.append(Run(line))
        _drop_loose_marks(lines)
        return lines

    def _cut_at_bold(self, content: str) -> list[tuple[str, bool]]:
        """Return a paragraph's source cut at its pairs of ``**``, and which pieces are bold.

        CommonMark takes ``**`` for bold only where it touches a word in the right way, and within
        one paragraph. Converters write ``** Terms**``, ``**Terms:**Words`` and a blank line
        between the two, and one such mark turns the sense of all that follow.
        """
        starts_bold, self._open_bold = self._open_bold, False
        if "**" not in content or "***" in content or "\\*" in content:
            return [(content, False)]
        pieces = content.split("**")
        paired = len(pieces) % 2 == 1
        self._open_bold = not paired and not starts_bold
        bold = starts_bold and not paired
        return [(piece, bold != (number % 2 == 1)) for number, piece in enumerate(pieces)]

    def _line(self, content: str) -> list[Run]:
        """Return the runs of a heading or cell, which are one line whatever breaks they hold."""
        return [run for line in self._lines(content) for run in (*line.runs, Run(" "))]


def _simple_runs(pieces: Sequence[tuple[str, bool]]) -> list[Run] | None:
    """Return the runs of a paragraph whose markup is bold, italics, plain links or escapes.

    None where there may be more. Few have, and markdown-it takes long to say so.
    """
    runs: list[Run] = []
    for piece, bold in pieces:
        at = 0
        while at < len(piece):
            found = _SIMPLE.match(piece, at)
            if not found:
                return None
            plain, linked, target, italic, escaped = found.groups()
            words = plain or linked or italic or escaped
            runs.append(Run(words, bold, italic is not None, target))
            at = found.end()
    return runs


def _with_bold_as_tags(pieces: Sequence[tuple[str, bool]]) -> str:
    """Return a paragraph's source with the marks between its pieces as tags."""
    first, starts_bold = pieces[0]
    marked = ["<b>" if starts_bold else "", first]
    for piece, bold in pieces[1:]:
        marked += ["<b>" if bold else "</b>", piece]
    return "".join(marked)


def _is_tame(content: str) -> bool:
    loose_brackets = content.count("[") - content.count("](")
    return (
        loose_brackets <= _MAX_LOOSE_MARKS
        and content.count("](") <= 10 * _MAX_LOOSE_MARKS
        and content.count("<") <= 10 * _MAX_LOOSE_MARKS
        and content.count("*") + content.count("_") <= 10 * _MAX_LOOSE_MARKS
        and content.count("`") <= _MAX_LOOSE_MARKS
    )


def _read(token: Token, look: _Look, lines: list[_Line]) -> None:
    """Add what one inline token shows to ``lines``, or change the ``look`` of what follows."""
    match token.type:
        case "text" | "code_inline" | "text_special":
            lines[-1].runs.append(look.run(token.content))
        case "softbreak":
            lines.append(_Line(hard=False))
        case "hardbreak":
            lines.append(_Line(hard=True))
        case "strong_open":
            look.bold += 1
        case "strong_close":
            look.bold -= 1
        case "em_open":
            look.italic += 1
        case "em_close":
            look.italic -= 1
        case "link_open":
            look.target = str(token.attrGet("href") or "")
        case "link_close":
            look.target = None
        case "image":
            lines[-1].runs.append(look.run(token.content))
        case "html_inline":
            _read_tag(token.content, look, lines)


def _read_tag(html: str, look: _Look, lines: list[_Line]) -> None:
    found = _TAG.match(html)
    if not found:
        return
    closes, tag, attributes = bool(found[1]), found[2].lower(), found[3]
    if tag in _BLOCK_TAGS:
        lines.append(_Line(hard=True))
        if not closes:
            lines[-1].level = _HEADING_TAGS.get(tag, 0)
            lines[-1].item = tag == "li"
    elif tag in ("td", "th") and not closes and lines[-1].text.strip():
        lines[-1].runs.append(Run(CELL_SEPARATOR))
    elif tag in ("b", "strong"):
        look.bold = max(0, look.bold + (-1 if closes else 1))
    elif tag in ("i", "em"):
        look.italic = max(0, look.italic + (-1 if closes else 1))
    elif tag == "a":
        target = _HREF.search(attributes)
        look.target = None if closes else target[1] if target else None


def _drop_loose_marks(lines: list[_Line]) -> None:
    """Remove the emphasis marks that stand alone: no reader of the page would see them."""
    runs = [run for line in lines for run in line.runs]
    if not any("**" in run.text or "_" in run.text for run in runs):
        return
    paired = sum(len(_LOOSE_ITALIC.findall(run.text)) for run in runs) % 2 == 0
    for line in lines:
        line.runs = [
            replace(run, text=_LOOSE_ITALIC.sub("", words) if paired else words)
            for run in line.runs
            for words in (run.text.replace("**", ""),)
        ]
