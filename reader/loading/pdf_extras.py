"""What a PDF holds besides the text of its pages: attached files, forms, notes. None of it is read.

Comes in: an open document or page of pdfium. Goes out: what a reader should know.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from reader.model import Notice, NoticeKind

_MAX_ANNOTATIONS = 2_000
_MAX_WORDS_BYTES = 2_000
_FORM = Notice(
    NoticeKind.MISSING_PARTS,
    "This PDF is a form of a kind that only Adobe's programs show. What it says there may be "
    "missing here: open it in one of them, print it to a new PDF and open that.",
)
_NOTES = Notice(
    NoticeKind.LEFT_OUT,
    "Notes and filled-in fields on the pages of this PDF were left out.",
)


def notices_on(document: object, noted: bool) -> tuple[Notice, ...]:
    """Return what a reader should know; ``noted`` is whether ``has_notes`` held on a page."""
    notices: list[Notice] = []
    if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL:
        notices.append(_FORM)
    if noted:
        notices.append(_NOTES)
    attached = pdfium.FPDFDoc_GetAttachmentCount(document)
    if attached > 0:
        files = "another file" if attached == 1 else f"{attached} other files"
        words = f"This PDF holds {files}, which {'was' if attached == 1 else 'were'} not opened."
        notices.append(Notice(NoticeKind.LEFT_OUT, words))
    return tuple(notices)


def has_notes(page: object) -> bool:
    """Return whether words lie on ``page`` that are no part of it: typed notes and fields."""
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            key = {pdfium.FPDF_ANNOT_FREETEXT: b"Contents", pdfium.FPDF_ANNOT_WIDGET: b"V"}.get(
                kind
            )
            if key is not None and " " in _words(annotation, key).strip():
                return True
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return False


def _words(annotation: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= _MAX_WORDS_BYTES:
        return "" if length <= 2 else "so many that there is no need to look"
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
