"""Loading: bytes of any origin to text in its one normal form, cut into blocks.

Content decides what a file is, its name only where the content is silent. A kind of file that has
a parser is read; what is recognised as anything else is refused in plain words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from reader.errors import EmptyInputError, NoTextError
from reader.loading.asciidoc import parse_asciidoc
from reader.loading.decoding import decode
from reader.loading.docx import parse_docx
from reader.loading.drafts import Draft, Parsed, assemble
from reader.loading.epub import parse_epub
from reader.loading.html import parse_html
from reader.loading.joining import join_pieces
from reader.loading.kinds import Kind, binary_kind, refuse_binary_text, text_kind
from reader.loading.limits import check_length, check_text
from reader.loading.mail import parse_mail
from reader.loading.markdown import parse_markdown
from reader.loading.name_rows import with_names_apart
from reader.loading.normalize import is_normal, normalize
from reader.loading.odt import parse_odt
from reader.loading.pdf import parse_pdf
from reader.loading.rtf import parse_rtf
from reader.loading.text import looks_like_markdown, parse_text
from reader.model import LoadedText, Notice, Source

_PARSERS: Mapping[Kind, Callable[[bytes], Parsed]] = {
    Kind.DOCX: parse_docx,
    Kind.EPUB: parse_epub,
    Kind.HTML: parse_html,
    Kind.MAIL: parse_mail,
    Kind.ODT: parse_odt,
    Kind.RTF: parse_rtf,
}
_ASCIIDOC_NAMES = (".adoc", ".asciidoc")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")


def load(
    data: bytes,
    name: str,
    password: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> LoadedText:
    """Return the text that ``data`` holds, as ``LoadedText``; ``name`` is the file's, for show.

    ``password`` opens a file that asks for one. ``progress`` is called with the share that is read,
    in [0, 1], where a format takes long enough to tell.

    Raises:
        ReaderError: ``empty``, ``no_text``, ``encrypted``, ``corrupt``, ``unsupported``,
            ``too_large`` or ``too_complex``.
    """
    if not data.strip():
        raise EmptyInputError
    parsed = _parse(data, name, password, progress)
    notices = list(parsed.notices)
    drafts = with_names_apart(_normalized(list(parsed.drafts), notices))
    check_length(sum(len(draft.text) for draft in drafts))
    pieces, joining_notices = join_pieces(drafts)
    notices += joining_notices
    assembled = assemble(pieces)
    if not assembled.blocks:
        raise NoTextError
    return LoadedText(
        source=Source(name, parsed.media_type, hashlib.sha256(data).hexdigest()),
        title=" ".join(normalize(parsed.title)[0].split()),
        text=assembled.text,
        blocks=assembled.blocks,
        links=assembled.links,
        notices=tuple(dict.fromkeys(notices)),
        pages=assembled.pages,
    )


def _parse(
    data: bytes,
    name: str,
    password: str | None,
    progress: Callable[[float], None] | None,
) -> Parsed:
    """Return what the parser of the file's kind finds in it."""
    kind = binary_kind(data)
    parsers: dict[Kind, Callable[[bytes], Parsed]] = dict(_PARSERS)
    parsers[Kind.PDF] = partial(parse_pdf, password=password, progress=progress)
    if kind is not None:
        return parsers[kind](data)
    text, notices = decode(data)
    refuse_binary_text(text)
    kind = text_kind(text, name)
    if kind is not None:
        # Where letters take two or four bytes, the marks of these formats are not seen as bytes.
        is_wide = kind in (Kind.MAIL, Kind.RTF) and b"\0" in data
        return _PARSERS[kind](text.encode("utf-8", "replace") if is_wide else data)
    return _parse_plain(text, name, notices)


def _parse_plain(raw: str, name: str, notices: tuple[Notice, ...]) -> Parsed:
    """Return the blocks of plain text or Markdown; ``notices`` tell how it was decoded."""
    check_text(raw)
    text, hidden_notices = normalize(raw)
    if not text.strip():
        raise EmptyInputError
    notices += hidden_notices
    if name.lower().endswith(_ASCIIDOC_NAMES):
        title, drafts, asciidoc_notices = parse_asciidoc(text)
        return Parsed(title, "text/asciidoc", drafts, notices + asciidoc_notices)
    if name.lower().endswith(_MARKDOWN_NAMES) or looks_like_markdown(text):
        title, drafts = parse_markdown(text)
        return Parsed(title, "text/markdown", drafts, notices)
    return Parsed("", "text/plain", parse_text(text), notices)


def _normalized(drafts: list[Draft], notices: list[Notice]) -> list[Draft]:
    """Return the drafts in normal form; an entity may have brought in what was cleaned before."""
    words = "".join([draft.text for draft in drafts])
    if "\n" not in words and is_normal(words):
        return drafts
    return [_in_normal_form(draft, notices) for draft in drafts]


def _in_normal_form(draft: Draft, notices: list[Notice]) -> Draft:
    if draft.text.isascii() and draft.text.isprintable():
        return draft
    runs = []
    for run in draft.runs:
        words, hidden = normalize(run.text)
        notices += hidden
        runs.append(replace(run, text=words.replace("\n", " ")))
    return replace(draft, runs=tuple(runs))
