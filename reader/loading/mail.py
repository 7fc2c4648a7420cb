"""E-mail messages and web pages saved as one file (MHTML): the words that a person reads.

Both are MIME: parts within parts. Of a message its text is read, of a saved page the page;
pictures and style sheets are passed over, attachments are named and never opened.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from reader.errors import EncryptedInputError, NoTextError, TooComplexError
from reader.loading.decoding import decode
from reader.loading.drafts import Draft, Parsed
from reader.loading.html import parse_page
from reader.loading.limits import check_text
from reader.loading.normalize import normalize
from reader.loading.text import parse_text
from reader.model import Notice, NoticeKind

_MAX_PARTS = 20_000
"""Parts of one file. A saved page has one for each picture and style sheet: some hundred."""

_MAX_NESTING = 12
"""Parts within parts. Mail programs stay below 5, some more for each forwarded message."""

_MAX_HEADER = 1000
"""Characters of a header that are looked at."""

_HEADERS = frozenset({
    "content-disposition", "content-id", "content-location", "content-transfer-encoding",
    "content-type", "snapshot-content-location", "subject",
})  # fmt: skip
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,9}:(.{0,1000})", re.DOTALL)
_QUOTED = re.compile(r"\A(?:> ?){1,20}")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\A[ \t]*\r?\n")
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s]|[ \t](?=[^\r\n])")
"""What stands in no line of base64."""
_MAX_FOREIGN = 0.1
"""Share of other lines that a part may have and be in base64 all the same."""
_MIN_SHARE_OF_PAGE = 0.2
"""Of the words of a message's plain text, how many its page has at least that says the same."""
_PICTURES = Notice(
    NoticeKind.LEFT_OUT,
    "This message shows its words as pictures, which cannot be read. The plain text that it also "
    "holds was read instead.",
)
_HINT = "Open the message in your mail program, copy its text and paste it here."
_ATTACHED_HINT = "Save the attachment and open it on its own."
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_TRUNCATED = Notice(
    NoticeKind.TRUNCATED, "This file breaks off before its end, so some of it may be missing here."
)


def parse_mail(data: bytes) -> Parsed:
    """Return the text of an e-mail message or of a web page saved as MHTML.

    Raises:
        ReaderError: ``no_text``, ``encrypted``, ``too_complex`` or ``too_large``.
    """
    reading = _Reading()
    message = reading.part(data if b"\n" in data else data.replace(b"\r", b"\n"), 0)
    saved = message.type == "multipart/related" or "snapshot-content-location" in message.headers
    titles, drafts, notices = [], list[Draft](), list[Notice]()
    leaves = message.leaves[:1] if saved else message.leaves
    pages = (
        {
            name: decode(page.content, page.charset)[0]
            for name, page in reading.pages.items()
            if page not in leaves
        }
        if saved
        else {}
    )
    for leaf in leaves:
        read = _read(leaf, pages)
        if read is None:
            continue  # another part may hold the words
        titles.append(read.title)
        drafts += read.drafts
        notices += read.notices
    if not drafts:
        if reading.is_encrypted:
            raise EncryptedInputError("This message is encrypted.", _HINT)
        has_attached = bool(reading.attachments) and message.type == "multipart/mixed"
        hint = _ATTACHED_HINT if has_attached else _HINT
        raise NoTextError("No readable text was found in this message.", hint)
    if reading.is_cut_off:
        notices.append(_TRUNCATED)
    if not saved:
        titles.insert(0, _words(message.headers.get("subject", "")))
        notices += _attached(reading.attachments)
    title = next(filter(None, titles), "")
    return Parsed(title, "multipart/related" if saved else "message/rfc822", drafts, tuple(notices))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A text of the message: its bytes, their type, and the encoding said of them, '' for none.

    ``plain`` is the same said in plain text, None where the message does not say it twice.
    """

    type: str
    content: bytes
    charset: str
    plain: _Leaf | None = None


def _read(leaf: _Leaf, pages: Mapping[str, str]) -> Parsed | None:
    """Return what a text of the message holds, None for a page without words.

    ``pages`` are those that its frames may show. A page that is made of pictures has hardly a word
    of what the plain text beside it says.
    """
    text, notices = decode(leaf.content, leaf.charset)
    if leaf.type not in _PAGES:
        check_text(text)
        text, hidden = normalize(_unquoted(text))
        return Parsed("", leaf.type, list(parse_text(text)), notices + hidden)
    page = None
    with suppress(NoTextError):
        page = parse_page(text, notices, pages)
    plain = _read(leaf.plain, {}) if leaf.plain is not None else None
    if plain is None or (page and _length(page) >= _MIN_SHARE_OF_PAGE * _length(plain)):
        return page
    return replace(plain, notices=(*plain.notices, _PICTURES))


def _unquoted(text: str) -> str:
    """Return a message's text without the marks of quotation, where most of it is quoted."""
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if 2 * quoted <= sum(1 for line in lines if line.strip()):
        return text
    return "\n".join(_QUOTED.sub("", line, 1) for line in lines)


def _length(parsed: Parsed) -> int:
    return sum(len(draft.text.split()) for draft in parsed.drafts)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a message: its headers by lower-case name, its type, and the texts in it."""

    headers: Mapping[str, str]
    type: str
    leaves: tuple[_Leaf, ...]


@dataclass(slots=True)
class _Reading:
    """One walk through the parts of a message.

    It keeps the names of what is attached, and the pages in it by what frames call them.
    ``is_cut_off`` is true where parts follow each other without the mark that ends the last.
    """

    attachments: list[str] = field(default_factory=list)
    is_cut_off: bool = False
    is_encrypted: bool = False
    pages: dict[str, _Leaf] = field(default_factory=dict)
    _parts: int = 0

    def part(self, data: bytes, depth: int) -> _Part:
        """Return the part whose headers ``data`` begins with.

        Raises:
            TooComplexError: there are too many parts, or too deep ones.
        """
        self._parts += 1
        if self._parts > _MAX_PARTS or depth > _MAX_NESTING:
            raise TooComplexError
        end = _BLANK.search(data)
        headers = _headers(data[: end.start()] if end else data)
        body = data[end.end() :] if end else b""
        described = _described(headers)
        kind = described.get_content_type()
        if kind in _ENCRYPTED and described.get_param("smime-type") != "signed-data":
            self.is_encrypted = True
        if kind.startswith("multipart/"):
            return _Part(headers, kind, self._within(kind, described, body, depth))
        is_text = kind in _PAGES or kind == "text/plain"
        if described.get_content_disposition() == "attachment":
            self.attachments.append(_words(described.get_filename("")))
        elif kind == "message/rfc822":
            inner = _decoded(body, headers)
            return _Part(headers, kind, self.part(inner, depth + 1).leaves)
        elif is_text:
            charset = described.get_content_charset("")
            leaf = _Leaf(kind, _decoded(body, headers), charset)
            if kind in _PAGES:
                self._keep(leaf, headers)
            return _Part(headers, kind, (leaf,))
        elif not kind.startswith("image/"):
            self.attachments.append(_words(described.get_filename("")))
        return _Part(headers, kind, ())

    def _keep(self, page: _Leaf, headers: Mapping[str, str]) -> None:
        """Keep a page by the two names that a frame may call it with."""
        identity = headers.get("content-id", "").strip("<>")
        for name in ("cid:" + identity if identity else "", headers.get("content-location", "")):
            if name:
                self.pages.setdefault(name, page)

    def _within(self, kind: str, described: Message, body: bytes, depth: int) -> tuple[_Leaf, ...]:
        """Return the texts of a part that is made of parts."""
        split = _split(body, described.get_boundary())
        self.is_cut_off |= not split.is_ended
        parts = [self.part(one, depth + 1) for one in split.parts]
        written = [part.leaves for part in parts if part.leaves]
        if kind == "multipart/alternative":
            pages = [leaves for leaves in written if any(leaf.type in _PAGES for leaf in leaves)]
            if not pages:
                return (written or [()])[0]
            plain = next((leaves[0] for leaves in written if leaves not in pages), None)
            return (replace(pages[0][0], plain=plain), *pages[0][1:])
        if kind == "multipart/related":
            root = described.get_param("start")
            named = [part.leaves for part in parts if part.headers.get("content-id") == root]
            return next(filter(None, named + written), ())
        return tuple(leaf for leaves in written for leaf in leaves)


def _headers(block: bytes) -> dict[str, str]:
    """Return the headers that matter, by their lower-case names; the first of a name counts."""
    headers: dict[str, str] = {}
    for line in re.sub(rb"\r?\n(?=[ \t])", b"", block).splitlines():
        found = _HEADER.match(line)
        name = found[1].decode("ascii").lower() if found else ""
        if found and name in _HEADERS:
            headers.setdefault(name, found[2].decode("utf-8", "replace").strip())
    return headers


def _described(headers: Mapping[str, str]) -> Message:
    """Return the headers as the standard library reads them."""
    message = Message()
    for name in ("content-type", "content-disposition"):
        if name in headers:
            message[name] = headers[name]
    return message


@dataclass(frozen=True, slots=True)
class _Split:
    """A body's parts, and whether the mark of its end stands behind the last."""

    parts: tuple[bytes, ...]
    is_ended: bool


def _split(body: bytes, boundary: str | None) -> _Split:
    """Return a body's parts; its first line is the boundary where none is named, or none of it."""
    mark = b"--" + (boundary or "").encode("utf-8", "surrogateescape")
    if not boundary or mark not in body:
        mark = body.lstrip().split(b"\n", 1)[0].rstrip()
        if not mark.startswith(b"--") or len(mark) > _MAX_HEADER:
            return _Split((), is_ended=True)
    lines = re.compile(rb"(?:\A|\r?\n)" + re.escape(mark) + rb"(--)?[ \t]*(?:(?=\r?\n)|\Z)")
    parts: list[bytes] = []
    start: int | None = None
    for found in lines.finditer(body):
        if start is not None:
            parts.append(_without_line_end(body[start : found.start()]))
        start = None if found[1] else found.end()
        if found[1]:
            return _Split(tuple(parts), is_ended=True)
    if start is not None:
        parts.append(_without_line_end(body[start:]))
    return _Split(tuple(parts), is_ended=not parts)


def _without_line_end(part: bytes) -> bytes:
    """Return a part without the end of the boundary's line that it begins with."""
    return part.removeprefix(b"\r").removeprefix(b"\n")


def _decoded(body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return a part's bytes as they were before they were made fit for the mail."""
    encoding = headers.get("content-transfer-encoding", "").lower().partition(" ")[0]
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        lines = body.split(b"\n")
        # Lists put a line or two of their own below a message; mail programs pass over them.
        encoded = [line for line in lines if not _FOREIGN.search(line)]
        if sum(map(len, encoded)) < (1 - _MAX_FOREIGN) * sum(map(len, lines)):
            return body  # it only says that it is encoded
        letters = b"".join(b"".join(encoded).split()).partition(b"=")[0]
        whole = letters[: -1 if len(letters) % 4 == 1 else None]
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    return body


def _words(header: str) -> str:
    """Return the words of a header, whose letters may be spelt out in ASCII."""
    try:
        return str(make_header(decode_header(header)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return header


def _attached(names: list[str]) -> tuple[Notice, ...]:
    if not names:
        return ()
    named = ", ".join(f"“{' '.join(name.split())[:80]}”" for name in names[:5] if name.strip())
    return (
        Notice(
            NoticeKind.LEFT_OUT,
            f"This message has {len(names)} attached "
            f"{'file' if len(names) == 1 else 'files'}{': ' + named if named else ''}. "
            "Attachments are not opened; save them and open them separately.",
        ),
    )
