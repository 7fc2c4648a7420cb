"""What sort of file the bytes are: content first, the name only where that is silent."""

from __future__ import annotations

import re
from enum import Enum

from reader.errors import UnsupportedInputError


class Kind(Enum):
    """A sort of file that has a parser of its own. Plain text and Markdown have no kind."""

    PDF = "pdf"


_TEXT_HINT = (
    "Open it in its own program, copy the policy's text and paste it here, "
    "or save it as PDF, plain text or Markdown."
)
_WEB_HINT = "Open the page in your browser, select its text, copy it and paste it here."
_MAIL_HINT = "Open the message in your mail program, copy its text and paste it here."
_PICTURE_HINT = (
    "A picture holds no text. Open the policy's web page, copy its text and paste it here."
)
_OTHER_HINT = "Check that this is the right file: a policy is a text, and this is none."

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document", _TEXT_HINT),
    (b"{\\rtf", "a rich-text (RTF) document", _TEXT_HINT),
    (b"\x89PNG\r\n", "a picture (PNG)", _PICTURE_HINT),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE_HINT),
    (b"GIF8", "a picture (GIF)", _PICTURE_HINT),
    (b"II*\x00", "a picture (TIFF)", _PICTURE_HINT),
    (b"MM\x00*", "a picture (TIFF)", _PICTURE_HINT),
    (b"\x7fELF", "a program", _OTHER_HINT),
    (b"MZ\x90", "a program", _OTHER_HINT),
    (b"\xca\xfe\xba\xbe", "a program", _OTHER_HINT),
    (b"\xcf\xfa\xed\xfe", "a program", _OTHER_HINT),
    (b"SQLite format 3\x00", "a database", _OTHER_HINT),
    (b"\x1f\x8b", "a compressed file", "Unpack it first, then open the policy inside."),
    (b"BZh", "a compressed file", "Unpack it first, then open the policy inside."),
    (b"\xfd7zXZ\x00", "a compressed file", "Unpack it first, then open the policy inside."),
    (b"(\xb5/\xfd", "a compressed file", "Unpack it first, then open the policy inside."),
    (b"7z\xbc\xaf'\x1c", "an archive", "Unpack it first, then open the policy inside."),
    (b"Rar!\x1a\x07", "an archive", "Unpack it first, then open the policy inside."),
    (b"OggS", "a sound or film", _OTHER_HINT),
    (b"ID3", "a sound or film", _OTHER_HINT),
    (b"\x1aE\xdf\xa3", "a sound or film", _OTHER_HINT),
)
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a slide show"),
)
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,5000}-->\s*){0,20}"
    r"<(?:!doctype\s+html|html|head|body|svg|frameset)\b",
    re.IGNORECASE,
)
_TAG_START = re.compile(r"\s*<(?:[a-z][a-z0-9]{0,10}|!--|\?xml)[\s>]", re.IGNORECASE)
_END_TAG = re.compile(r"</[a-z][a-z0-9]{0,10}>", re.IGNORECASE)
_MAIL_HEADER = re.compile(r"[A-Z][A-Za-z-]{1,40}:[ \t]?\S")
_TAGS_A_LINE = 0.5
_CONTROLS = frozenset(map(chr, (*range(9), *range(14, 27), 28, 29, 30, 127)))
_MAX_CONTROLS = 0.05
_HEAD = 20_000


def binary_kind(data: bytes) -> Kind | None:
    """Return what sort of file the first bytes say this is, None where they are silent.

    Raises:
        UnsupportedInputError: a document, picture, archive or program by its signature.
    """
    head = data[:1024]
    pdf = head.find(b"%PDF-")
    starts = pdf >= 0 and not head[:pdf].strip(b"\xef\xbb\xbf \t\r\n\x00")
    # Words may stand before it, or it may be lost; a text that speaks of PDFs has no objects.
    if starts or ((pdf > 0 or b" 0 obj" in head) and b"endobj" in data):
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        entries = data[:_HEAD] + data[-_HEAD:]
        kind = next((kind for sign, kind in _ZIP_KINDS if sign in entries), "an archive")
        raise _unsupported(kind, _TEXT_HINT)
    for magic, kind, hint in _MAGIC:
        if head.startswith(magic):
            raise _unsupported(kind, hint)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise _unsupported("a picture (WebP)", _PICTURE_HINT)
    if head[4:8] == b"ftyp":
        raise _unsupported("a film or picture", _OTHER_HINT)
    return None


def refuse_binary_text(text: str) -> None:
    """Raise where the decoded ``text`` is no text: too many control characters.

    Raises:
        UnsupportedInputError: more than one character in twenty is a control character.
    """
    sample = text[:200_000]
    controls = sum(map(sample.count, _CONTROLS & set(sample)))
    if controls > 8 and controls > len(sample) * _MAX_CONTROLS:
        raise UnsupportedInputError("This is not a text file.", _OTHER_HINT)


def text_kind(text: str, name: str) -> Kind | None:
    """Return what sort of file the decoded ``text`` is the source of; None for a text to be read.

    Raises:
        UnsupportedInputError: it is the source of something that we do not read.
    """
    head = text[:_HEAD]
    if _PAGE_START.match(head):
        raise _unsupported("a web page", _WEB_HINT)
    if head.lstrip()[:5] == "<?xml":
        raise _unsupported("an XML file", _TEXT_HINT)
    if _TAG_START.match(head):
        lines = sum(1 for line in head.splitlines() if line.strip())
        page = name.lower().endswith((".html", ".htm", ".xhtml"))
        if page or len(_END_TAG.findall(head)) > max(3, lines * _TAGS_A_LINE):
            raise _unsupported("a web page", _WEB_HINT)
    headers = []
    for line in head.lstrip("\n").split("\n", 60):
        if not _MAIL_HEADER.match(line) and line[:1] not in (" ", "\t"):
            break
        headers.append(line.partition(":")[0].lower())
    if "mime-version" in headers:
        web = any("snapshot-content-location" in header for header in headers)
        web = web or "multipart/related" in head.lower()
        raise _unsupported(
            "a saved web page (MHTML)" if web else "an e-mail message",
            _WEB_HINT if web else _MAIL_HINT,
        )
    return None


def _unsupported(kind: str, hint: str) -> UnsupportedInputError:
    return UnsupportedInputError(f"This is {kind}, which cannot be read yet.", hint)
