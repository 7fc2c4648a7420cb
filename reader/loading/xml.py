"""XML from a stranger: decoded first, then parsed without entities, outside files or network."""

from __future__ import annotations

import re

from lxml import etree

from reader.errors import CorruptInputError, TooComplexError, UnsafeInputError
from reader.loading.decoding import decode
from reader.loading.limits import MAX_DEPTH, MAX_ELEMENTS

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,1000}\?>")
_MAX_ATTRIBUTES = 2_000_000
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


def parse_xml(data: bytes) -> etree._Element:
    """Return the root element of ``data``, comments and processing instructions left out.

    What lxml gets is the text that was looked at here: a document type that hides in another
    encoding is seen.

    Raises:
        ReaderError: ``unsafe`` where it has a document type, ``too_complex``, or ``corrupt``.
    """
    text, damage = decode(data)
    if damage:
        # Other programs refuse it too; a letter that was guessed at would be shown as the author's.
        raise CorruptInputError
    text = _DECLARATION.sub("", text, count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnsafeInputError
    if text.count("<") > 2 * MAX_ELEMENTS or text.count("=") > _MAX_ATTRIBUTES:
        raise TooComplexError
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as exc:
        limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
        is_beyond = any(error.type == limit for error in parser.error_log)
        raise (TooComplexError if is_beyond else CorruptInputError) from exc
    if root is None:
        raise CorruptInputError
    if _TOO_DEEP(root):
        raise TooComplexError
    return root


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
