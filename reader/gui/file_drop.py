"""What was dropped or pasted: files, text, a web link, or something to refuse in words.

One pure function over ``QMimeData``; the window decides what to do with its answer.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl

from reader.protocol import is_web_address

_WEB_SCHEMES = frozenset({"http", "https", "ftp"})
_URI_LIST = "text/uri-list"
# Editors offer source code as coloured lines, which say nothing that its plain text does not.
_STRUCTURE = re.compile(r"<(?:h[1-6]|p|li|t[dh]|b|strong|a)[\s>]", re.IGNORECASE)
_PAGE_START = "<!DOCTYPE html>\n"
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class DroppedFiles:
    """Local files, in the order they came; whether they exist is not asked here."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DroppedText:
    """Text that was dragged or copied: plain, or the source of a web page where it has a form."""

    text: str


@dataclass(frozen=True, slots=True)
class DroppedLink:
    """An address on the web. It is not fetched: the window says how to save the page."""

    address: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing that can be opened: what it is, and what to do instead."""

    message: str
    hint: str


Dropped = DroppedFiles | DroppedText | DroppedLink | Refused


def is_welcome(mime: QMimeData) -> bool:
    """Return whether a drag of this kind is worth a closer look when it is let go."""
    return mime.hasUrls() or mime.hasText() or mime.hasHtml() or mime.hasFormat(_URI_LIST)


def parse_mime(mime: QMimeData) -> Dropped:
    """Return what ``mime`` carries. Files win over links, and both over text."""
    urls = [url for url in mime.urls() if not url.isEmpty()]
    here = [path for path in (_local_path(url) for url in urls) if path]
    if here:
        return DroppedFiles(tuple(here))
    for url in urls:
        if url.scheme().lower() in _WEB_SCHEMES:
            return DroppedLink(url.toString())
    if any(url.isLocalFile() for url in urls):
        return Refused(
            translate("file_drop", "This file is on another computer."),
            translate("file_drop", "Copy it to this computer first, then open the copy."),
        )
    text = mime.text()
    if is_web_address(text):
        return DroppedLink(text.strip())
    page = mime.html() if mime.hasHtml() and not urls else ""
    if _STRUCTURE.search(page):
        return DroppedText(_PAGE_START + page)
    if text.strip() and not urls:
        return DroppedText(text)
    if urls:
        return Refused(
            translate("file_drop", "This address is not a file on this computer."),
            translate("file_drop", "Save what it shows as a file, then open that file."),
        )
    if mime.hasImage():
        return Refused(
            translate("file_drop", "This is a picture, and a picture has no text to read."),
            translate(
                "file_drop", "Open the policy's own page and copy its text, or save it as a file."
            ),
        )
    return Refused(
        translate("file_drop", "There is no text in this."),
        translate("file_drop", "Copy the policy's words, then paste them here."),
    )


def _local_path(url: QUrl) -> str | None:
    """Return the path of a file on this machine, None for anything else.

    The path is decoded from the address's bytes, so that a name which is not UTF-8 still opens.
    """
    if not url.isLocalFile() or url.host() not in ("", "localhost"):
        return None
    if os.name == "nt":
        return url.toLocalFile() or None
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    path = os.fsdecode(unquote_to_bytes(encoded))
    return path if path and "\0" not in path else None
