"""Parts of a Word document that are in another format: a web page, RTF or plain text.

Converters write a whole page into such a part, and Word turns it into paragraphs as it opens them.
"""

from __future__ import annotations

from reader.errors import NoTextError, UnsupportedInputError
from reader.loading.decoding import decode
from reader.loading.drafts import Parsed
from reader.loading.html import drafts_of, tree_of
from reader.loading.kinds import Kind, binary_kind, text_kind
from reader.loading.limits import check_text
from reader.loading.mail import parse_mail
from reader.loading.normalize import normalize
from reader.loading.rtf import parse_rtf
from reader.loading.text import parse_text


def parse_chunk(data: bytes) -> Parsed | None:
    """Return the blocks of such a part, None where it is in a format that is not read there.

    A document within a document is none of them: archives in archives are not opened.

    Raises:
        ReaderError: ``too_large`` or ``too_complex``.
    """
    if data.startswith(b"PK"):
        return None
    try:
        if binary_kind(data) is Kind.RTF:
            return parse_rtf(data)
        text, notices = decode(data)
        match text_kind(text, ""):
            case Kind.MAIL:
                return parse_mail(data)
            case Kind.HTML:
                return Parsed("", "text/html", drafts_of(tree_of(text)), notices)
            case None:
                check_text(text)
                text, hidden = normalize(text)
                return Parsed("", "text/plain", parse_text(text), notices + hidden)
            case _:
                return None
    except (NoTextError, UnsupportedInputError):
        return None
