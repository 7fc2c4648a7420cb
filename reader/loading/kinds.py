"""What sort of file the bytes are: content first, the name only where that is silent."""

from __future__ import annotations

import re
from enum import Enum

from reader.errors import EncryptedInputError, UnsupportedInputError
from reader.loading.archive import Archive


class Kind(Enum):
    """A sort of file that has a parser of its own. Plain text and Markdown have no kind."""

    DOCX = "docx"
    EPUB = "epub"
    HTML = "html"
    MAIL = "mail"
    ODT = "odt"
    PDF = "pdf"
    RTF = "rtf"


_TEXT_HINT = (
    "Open it in its own program, copy the policy's text and paste it here, "
    "or save it as PDF, a web page or plain text."
)
_OFFICE_HINT = (
    "Open it in its own program and save it as PDF, DOCX, ODT or RTF, then open that; "
    "or copy the policy's text and paste it here."
)
_MESSAGE_HINT = (
    "Open it in Outlook and save it as HTML or text; or copy the policy's text and paste it here."
)
_PAGES_HINT = "Open it in Pages, export it as PDF or Word, and open that."
_PICTURE_HINT = (
    "A picture holds no text. Open the policy's web page, copy its text and paste it here."
)
_ARCHIVE_HINT = "Unpack it first, then open the policy inside."
_OTHER_HINT = "Check that this is the right file: a policy is text, and this is not."

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document", _OFFICE_HINT),
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
    (b"\x1f\x8b", "a compressed file", _ARCHIVE_HINT),
    (b"BZh", "a compressed file", _ARCHIVE_HINT),
    (b"\xfd7zXZ\x00", "a compressed file", _ARCHIVE_HINT),
    (b"(\xb5/\xfd", "a compressed file", _ARCHIVE_HINT),
    (b"7z\xbc\xaf'\x1c", "an archive", _ARCHIVE_HINT),
    (b"Rar!\x1a\x07", "an archive", _ARCHIVE_HINT),
    (b"bplist00", "a web archive", "Open it in Safari and save it as page source, or as a PDF."),
    (b"OggS", "a sound or video file", _OTHER_HINT),
    (b"%!PS", "a PostScript document", _OFFICE_HINT),
    (b"ID3", "a sound or video file", _OTHER_HINT),
    (b"\x1aE\xdf\xa3", "a sound or video file", _OTHER_HINT),
)
_OLE = _MAGIC[0][0]
# The name of the stream in which Office keeps a document that asks for a password.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# What the streams are called in which Outlook keeps a message's properties.
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_FLAT_ODT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,5000}-->\s*){0,20}"
    r"<(?:[a-z]{1,20}:)?document(?:-content)?\s[^>]{0,20000}urn:oasis:names:tc:opendocument:"
)
_MIME_TYPE = "mimetype"
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*){0,5}(?:<!--(?:[^-]|-(?!->)){0,5000}-->\s*){0,20}"
    r"<(?:!doctype\s+html|html|head|body|frameset)\b",
    re.IGNORECASE,
)
_TAG_START = re.compile(r"\s*<(?:[a-z][a-z0-9]{0,10}|!--|\?xml)[\s>]", re.IGNORECASE)
_END_TAG = re.compile(r"</[a-z][a-z0-9]{0,10}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>|<!--|<!doctype", re.IGNORECASE)
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_MAIL_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:")
_MAX_HEADERS = 1_000_000
_TRACES = frozenset({"message-id", "received", "return-path", "delivered-to"})
"""Headers that a person does not write."""
_TAGS_A_LINE = 0.5
_CONTROLS = bytes((*range(9), *range(14, 27), 28, 29, 30, 127))
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
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return _zip_kind(Archive(data))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise EncryptedInputError("This Office document is protected by a password.")
    if head.startswith(_OLE) and _OUTLOOK in data:
        raise _unsupported("an Outlook message", _MESSAGE_HINT)
    for magic, kind, hint in _MAGIC:
        if head.startswith(magic):
            raise _unsupported(kind, hint)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise _unsupported("a picture (WebP)", _PICTURE_HINT)
    if head[4:8] == b"ftyp":
        raise _unsupported("a video or picture", _OTHER_HINT)
    return None


def _zip_kind(archive: Archive) -> Kind:
    """Return what sort of document an archive is, by what it says and holds."""
    declared = archive.read(_MIME_TYPE)[:200].strip() if _MIME_TYPE in archive else b""
    if declared == b"application/epub+zip":
        return Kind.EPUB
    if declared.startswith(b"application/vnd.oasis.opendocument"):
        return Kind.ODT
    folders = {name.partition("/")[0] for name in archive.names if "/" in name}
    if "word" in folders:
        return Kind.DOCX
    if "xl" in folders:
        raise UnsupportedInputError("This is a spreadsheet, not the text of a policy.", _TEXT_HINT)
    if "ppt" in folders:
        raise UnsupportedInputError("This is a slide show, not the text of a policy.", _TEXT_HINT)
    if "_rels/.rels" in archive:
        return Kind.DOCX
    if "meta-inf/container.xml" in archive:
        return Kind.EPUB
    if "content.xml" in archive:
        return Kind.ODT
    if {"index.zip", "index/document.iwa"} & set(archive.names):
        raise _unsupported("a Pages document", _PAGES_HINT)
    raise UnsupportedInputError("This is an archive.", _ARCHIVE_HINT)


def refuse_binary_text(text: str) -> None:
    """Raise where the decoded ``text`` is no text: too many control characters.

    Raises:
        UnsupportedInputError: more than one character in twenty is a control character.
    """
    sample = text[:200_000]
    encoded = sample.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if controls > 8 and controls > len(sample) * _MAX_CONTROLS:
        raise UnsupportedInputError("This is not a text file.", _OTHER_HINT)


def text_kind(text: str, name: str) -> Kind | None:
    """Return what sort of file the decoded ``text`` is the source of; None for a text to be read.

    Raises:
        UnsupportedInputError: it is the source of something that we do not read.
    """
    if _is_mail(text):
        return Kind.MAIL
    head = text[:_HEAD]
    if head.lstrip().startswith("{\\rtf"):
        return Kind.RTF
    if _PAGE_START.match(head):
        return Kind.HTML
    if _FLAT_ODT.match(head):
        return Kind.ODT
    if head.lstrip()[:5] == "<?xml":
        raise _unsupported("an XML file", _TEXT_HINT)
    if re.match(r"\s*<svg\b", head, re.IGNORECASE):
        raise _unsupported("a picture (SVG)", _PICTURE_HINT)
    if name.lower().endswith(_PAGE_NAMES) and _ANY_TAG.search(head):
        return Kind.HTML
    if _TAG_START.match(head):
        lines = sum(1 for line in head.splitlines() if line.strip())
        if len(_END_TAG.findall(head)) > max(3, lines * _TAGS_A_LINE):
            return Kind.HTML
    return None


def _is_mail(text: str) -> bool:
    """Return whether a text begins with the headers that mail programs write."""
    names = set()
    for number, line in enumerate(text.lstrip("\r\n")[:_MAX_HEADERS].splitlines()):
        is_envelope = number == 0 and line.startswith("From ")
        if line[:1] not in (" ", "\t") and not is_envelope:
            if not _MAIL_HEADER.match(line):
                break
            names.add(line.partition(":")[0].lower())
    return "mime-version" in names or ("from" in names and bool(names & _TRACES))


def _unsupported(kind: str, hint: str) -> UnsupportedInputError:
    return UnsupportedInputError(f"This is {kind}, which cannot be read yet.", hint)
