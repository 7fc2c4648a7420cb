"""E-books (EPUB): their chapters in the order of reading, each read as a web page.

Nothing is followed out of the file. Of a book's parts only its list of contents and the chapters
that this names are looked at.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from lxml import etree

from reader.errors import CorruptInputError, EncryptedInputError, NoTextError, UnsafeInputError
from reader.loading.archive import Archive
from reader.loading.decoding import decode
from reader.loading.drafts import Draft, Parsed
from reader.loading.html import drafts_of, tree_of
from reader.loading.limits import check_blocks, check_length
from reader.loading.paragraphs import title_of
from reader.loading.xml import local_name, parse_xml
from reader.model import Notice, NoticeKind

_MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_PAGE_NAMES = (".xhtml", ".html", ".htm", ".xht")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_ASIDE = Notice(
    NoticeKind.LEFT_OUT,
    "Pages outside this book's reading order, such as its cover, were left out.",
)
_MISSING = Notice(
    NoticeKind.MISSING_PARTS,
    "Parts of this book are missing or outside it. They were not read.",
)


def parse_epub(data: bytes) -> Parsed:
    """Return the blocks of an e-book's chapters.

    Raises:
        ReaderError: ``corrupt``, ``encrypted``, ``unsafe``, ``bomb``, ``too_large`` or
            ``too_complex``.
    """
    archive = Archive(data)
    book = _book_path(archive)
    package = parse_xml(archive.read(book))
    chapters, notices = _chapters(archive, package, posixpath.dirname(book))
    encrypted = _encrypted(archive)
    drafts: list[Draft] = []
    length = 0
    for chapter in chapters:
        if chapter.lower() in encrypted:
            raise EncryptedInputError("The text of this book is encrypted.")
        read, damage = _drafts(archive.read(chapter))
        notices += damage
        drafts += read
        length += sum(len(draft.text) for draft in read)
        check_blocks(len(drafts))
        check_length(length)
    named = next((one.text for one in package.iter(_TITLE) if one.text), "")
    return Parsed(title_of(drafts) or named.strip(), _MEDIA_TYPE, drafts, notices)


def _book_path(archive: Archive) -> str:
    """Return the path of the file that lists what the book consists of."""
    for element in parse_xml(archive.read(_CONTAINER)).iter():
        path = element.get("full-path")
        if local_name(element) == "rootfile" and path:
            return path
    raise CorruptInputError


def _chapters(
    archive: Archive, package: etree._Element, folder: str
) -> tuple[list[str], tuple[Notice, ...]]:
    """Return the paths of the chapters in the order of reading, and what is left out of them."""
    pages = {
        element.get("id"): _path(folder, element.get("href") or "")
        for element in package.iter()
        if local_name(element) == "item"
        and _is_page(element)
        and "nav" not in (element.get("properties") or "").split()
    }
    chapters: list[str] = []
    notices: dict[Notice, None] = {}
    for element in package.iter():
        path = pages.get(element.get("idref"))
        if local_name(element) != "itemref" or path is None:
            continue
        if path not in archive:
            notices[_MISSING] = None
        elif element.get("linear") == "no":
            notices[_ASIDE] = None
        else:
            chapters.append(path)
    if not chapters:  # no order at all, or everything stands outside it: as they are listed
        return [path for path in pages.values() if path in archive], ()
    named = {element.get("idref") for element in package.iter()}
    if any(path in archive and name not in named for name, path in pages.items()):
        notices[_ASIDE] = None
    return list(dict.fromkeys(chapters)), tuple(notices)


def _is_page(item: etree._Element) -> bool:
    href = (item.get("href") or "").lower()
    return (item.get("media-type") or "") in _PAGES or href.endswith(_PAGE_NAMES)


def _path(folder: str, href: str) -> str:
    """Return the name of a member as ``href``, seen from ``folder``, gives it."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(href.partition("#")[0]))).lstrip(
        "/"
    )


def _encrypted(archive: Archive) -> frozenset[str]:
    """Return the paths, in small letters, of what is encrypted: often only fonts."""
    if _ENCRYPTION not in archive:
        return frozenset()
    return frozenset(
        _path("", element.get("URI") or "").lower()
        for element in parse_xml(archive.read(_ENCRYPTION)).iter()
        if local_name(element) == "CipherReference"
    )


def _drafts(data: bytes) -> tuple[list[Draft], tuple[Notice, ...]]:
    """Return a chapter's blocks, and what to know about how its letters were read."""
    source, notices = decode(data)
    if "<!ENTITY" in source:
        raise UnsafeInputError
    try:
        return drafts_of(tree_of(source)), notices
    except NoTextError:
        return [], notices
