"""PDF: a file's pages to blocks, with headings by tags, outline or size, and a page for each.

pdfium is loaded when the first PDF is read, since that takes a while.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.errors import CorruptInputError, EncryptedInputError, NoTextError, TooLargeError
from reader.loading.drafts import Parsed
from reader.loading.limits import MAX_CHARACTERS
from reader.model import Notice, NoticeKind

if TYPE_CHECKING:
    from reader.loading.pdf_blocks import Item, Outline

MAX_PAGES = 2_000
"""Pages of one document. The longest policies measured have about 60."""

_MAX_TITLE_BYTES = 2_000
_MAX_BOOKMARKS = 5_000
_MAX_OUTLINE_DEPTH = 6
_MAX_NAMED_PAGES = 10
_MEDIA_TYPE = "application/pdf"
_PROGRAMS = ("microsoft word - ", "microsoft powerpoint - ", "layout 1", "untitled")
_FILE_ENDINGS = (".doc", ".docx", ".pdf", ".indd", ".odt", ".rtf", ".txt", ".html", ".pages")

_GUESSED = Notice(
    NoticeKind.DECODING,
    "The fonts of this PDF do not say which letters they draw. If words look wrong, open the "
    "policy's web page instead.",
)

_TRUNCATED = Notice(
    NoticeKind.TRUNCATED, "This PDF breaks off before its end, so some of it may be missing here."
)
_OBJECT = re.compile(rb"\d\s+\d{1,5}\s+obj\b")

# pdfium may be used by one thread at a time.
_LOCK = threading.Lock()


def parse_pdf(
    data: bytes, password: str | None = None, progress: Callable[[float], None] | None = None
) -> Parsed:
    """Return the blocks of a PDF; ``password`` opens one that asks for it.

    ``progress`` is called after each page with the share of pages read, in [0, 1].

    Raises:
        ReaderError: ``encrypted``, ``corrupt``, ``no_text`` or ``too_large``.
    """
    from reader.loading.pdf_blocks import blocks_of

    with _LOCK, _opened(data, password) as document:
        pages, told = _pages(document, progress)
        outline = _outline(document)
        title = _title(document)
    drafts, notices = blocks_of(pages, outline)
    if _is_cut_off(data):
        told = (*told, _TRUNCATED)
    if not drafts:
        raise NoTextError(
            "This PDF holds no text that can be read: its pages may be pictures, as in a scan."
        )
    return Parsed(title, _MEDIA_TYPE, drafts, (*notices, *told))


def _is_cut_off(data: bytes) -> bool:
    """Return whether objects follow the last mark of an end: a download that was never finished.

    pdfium opens such a file where its list of pages came early, and drops the pages that it lacks.
    """
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    return _OBJECT.search(data, max(end, 0)) is not None


@contextmanager
def _opened(data: bytes, password: str | None) -> Iterator[object]:
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_char * len(data)).from_buffer_copy(data)
    secret = None if password is None else password.encode("utf-8", "replace")
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), secret)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedInputError(
                "This PDF is protected by a password."
                if password is None
                else "This PDF does not open with this password."
            )
        raise CorruptInputError("This PDF is damaged and cannot be read.")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)
        del buffer  # pdfium reads from it until then


def _pages(
    document: object, progress: Callable[[float], None] | None
) -> tuple[list[list[Item]], tuple[Notice, ...]]:
    """Return what stands on each page, and what to know of what could not be read."""
    import pypdfium2.raw as pdfium

    from reader.loading.pdf_extras import notices_on
    from reader.loading.pdf_lines import lines_of
    from reader.loading.pdf_pieces import read_page

    count = pdfium.FPDF_GetPageCount(document)
    if count > MAX_PAGES:
        raise TooLargeError(
            f"This PDF has {count:,} pages, more than the {MAX_PAGES:,} that can be read."
        )
    if count <= 0:
        raise CorruptInputError("This PDF is damaged: it has no pages.")
    pages: list[list[Item]] = []
    unread = []
    characters = 0
    is_noted = is_guessed = False
    for index in range(count):
        page = read_page(document, index)
        characters += sum(len(piece.text) for piece in page.pieces)
        if characters > MAX_CHARACTERS:
            raise TooLargeError(
                f"This PDF holds more than the {MAX_CHARACTERS // 1_000_000} million characters "
                "of text that can be read."
            )
        pages.append(lines_of(page))
        if not pages[-1] and page.has_drawings:
            unread.append(index + 1)
        is_noted, is_guessed = is_noted or page.has_notes, is_guessed or page.is_guessed
        if progress is not None:
            progress((index + 1) / count)
    notices = [_unread_notice(unread)] if unread else []
    if is_guessed:
        notices.append(_GUESSED)
    return pages, (*notices, *notices_on(document, is_noted))


def _unread_notice(numbers: list[int]) -> Notice:
    named = [str(number) for number in numbers[:_MAX_NAMED_PAGES]]
    if len(numbers) > _MAX_NAMED_PAGES:
        named.append(f"{len(numbers) - _MAX_NAMED_PAGES} more")
    if len(named) == 1:
        words = f"Page {named[0]} holds no text that can be read; it may be a picture."
    else:
        pages = f"{', '.join(named[:-1])} and {named[-1]}"
        words = f"Pages {pages} hold no text that can be read; they may be pictures."
    return Notice(NoticeKind.PAGES_WITHOUT_TEXT, words)


def _title(document: object) -> str:
    """Return the title that the file's own properties name, '' where it is a file's name."""
    import pypdfium2.raw as pdfium

    length = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < length <= _MAX_TITLE_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, length)
    title = buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()
    lowered = title.lower()
    made_up = lowered.startswith(_PROGRAMS) or lowered.endswith(_FILE_ENDINGS)
    return "" if made_up or not any(map(str.isalpha, title)) else title


def _outline(document: object) -> Outline:
    """Return the levels of the titles in the document's outline, by page and key."""
    import pypdfium2.raw as pdfium

    from reader.loading.pdf_blocks import key_of

    levels: dict[tuple[int, str], int] = {}
    seen: set[int] = set()
    rest = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while rest and len(seen) < _MAX_BOOKMARKS:
        bookmark, level = rest.pop()
        address = ctypes.cast(bookmark, ctypes.c_void_p).value if bookmark else None
        if address is None or address in seen:
            continue
        seen.add(address)
        rest.append((pdfium.FPDFBookmark_GetNextSibling(document, bookmark), level))
        child = pdfium.FPDFBookmark_GetFirstChild(document, bookmark)
        rest.append((child, min(level + 1, _MAX_OUTLINE_DEPTH)))
        key = key_of(_bookmark_title(bookmark))
        place = pdfium.FPDFBookmark_GetDest(document, bookmark)
        page = pdfium.FPDFDest_GetDestPageIndex(document, place) if place else -1
        if key and page >= 0:
            levels.setdefault((page + 1, key), level)
    return levels


def _bookmark_title(bookmark: object) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFBookmark_GetTitle(bookmark, None, 0)
    if not 2 < length <= _MAX_TITLE_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFBookmark_GetTitle(bookmark, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
