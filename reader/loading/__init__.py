"""Loading: bytes of any origin to text in its one normal form, cut into blocks.

Content decides what a file is, its name only where the content is silent. Plain text and
Markdown are read; what is recognised as something else is refused in plain words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.errors import EmptyInputError, NoTextError
from reader.loading.decoding import decode
from reader.loading.drafts import Draft, assemble
from reader.loading.joining import join_pieces
from reader.loading.kinds import refuse_binary, refuse_binary_text, refuse_markup
from reader.loading.limits import check_text
from reader.loading.markdown import parse_markdown
from reader.loading.normalize import normalize
from reader.loading.text import looks_like_markdown, parse_text
from reader.model import LoadedText, Notice, Source

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")


def load(data: bytes, name: str) -> LoadedText:
    """Return the text that ``data`` holds, as ``LoadedText``; ``name`` is the file's, for show.

    Raises:
        ReaderError: ``empty``, ``no_text``, ``unsupported``, ``too_large`` or ``too_complex``.
    """
    if not data.strip():
        raise EmptyInputError
    refuse_binary(data)
    raw, decoding_notices = decode(data)
    refuse_binary_text(raw)
    check_text(raw)
    text, hidden_notices = normalize(raw)
    if not text.strip():
        raise EmptyInputError
    refuse_markup(text, name)
    notices = [*decoding_notices, *hidden_notices]
    title, media_type, drafts = _parse(text, name)
    if media_type != "text/plain" and "&" in text:
        drafts = _normalized(drafts, notices)
    pieces, joining_notices = join_pieces(list(drafts))
    notices += joining_notices
    assembled = assemble(pieces)
    if not assembled.blocks:
        raise NoTextError
    return LoadedText(
        source=Source(name, media_type, hashlib.sha256(data).hexdigest()),
        title=title,
        text=assembled.text,
        blocks=assembled.blocks,
        links=assembled.links,
        notices=tuple(dict.fromkeys(notices)),
    )


def _parse(text: str, name: str) -> tuple[str, str, Iterable[Draft]]:
    """Return the title, the media type and the blocks of a text in its normal form."""
    if name.lower().endswith(_MARKDOWN_NAMES) or looks_like_markdown(text):
        title, drafts = parse_markdown(text)
        return title, "text/markdown", drafts
    return "", "text/plain", parse_text(text)


def _normalized(drafts: Iterable[Draft], notices: list[Notice]) -> Iterator[Draft]:
    """Yield the drafts in normal form; an entity may have brought in what was cleaned before."""
    for draft in drafts:
        if draft.text.isascii() and draft.text.isprintable():
            yield draft
            continue
        runs = []
        for run in draft.runs:
            words, hidden = normalize(run.text)
            notices += hidden
            runs.append(replace(run, text=words.replace("\n", " ")))
        yield replace(draft, runs=tuple(runs))
