"""The functions of pdfium that are called for each letter and each thing drawn, made quick.

They take and give plain addresses. The bindings make an object of every pointer instead, which
takes longer than pdfium's own work where a program draws each letter by itself, as Qt does.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_int, c_uint, c_void_p

import pypdfium2.raw as pdfium

_Call = Callable[..., int]
"""A call gives a number, an address (None for none), or whether it has written its answer."""


def address_of(handle: object) -> int:
    """Return where that which one of pdfium's handles stands for lies; 0 where it is none."""
    return ctypes.cast(handle, c_void_p).value or 0  # type: ignore[arg-type]  # any pointer


def _call(function: object, result: type, *arguments: type) -> _Call:
    # PYFUNCTYPE does not let other threads run meanwhile: each call takes far less than a change.
    kind = ctypes.PYFUNCTYPE(result, *arguments)
    return kind(address_of(function))


unicode_of = _call(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
is_generated = _call(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
has_guessed_unicode = _call(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
text_object_of = _call(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
font_size_of: Callable[..., float] = _call(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
matrix_of = _call(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
origin_of = _call(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
loose_box_of = _call(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
font_of = _call(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
render_mode_of = _call(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
fill_color_of = _call(pdfium.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)
mark_of = _call(pdfium.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
object_on = _call(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
bounds_of = _call(pdfium.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)
type_of = _call(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
