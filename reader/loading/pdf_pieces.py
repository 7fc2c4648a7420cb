"""What stands on a PDF's page: pieces of text, each with its place, its look and its link.

In: an open document of pdfium. Out: plain records. This module and ``reader.loading.pdf`` are the
only ones that know pdfium, whose objects never leave them.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache

import pypdfium2.raw as pdfium

from reader.errors import TooLargeError
from reader.loading.limits import MAX_CHARACTERS

_BOLD_NAME = re.compile(
    r"bold|black|heavy|demi(?!light)|(?<![a-z])bd(?![a-z])|\b(?:cm|sf|ec)(?:ss)?bx", re.IGNORECASE
)
_ITALIC_NAME = re.compile(r"italic|oblique", re.IGNORECASE)
_OPAQUE_NAME = re.compile(r"[A-Za-z]{0,4}\d*|font\d*|[\dA-Fa-f]*", re.IGNORECASE)
_HEADING_TAG = re.compile(r"H([1-6])\Z")
_BOLD_WEIGHT = 700
# As pdfium writes a hyphen at a line's end.
_HYPHENS = frozenset({0x2, 0xFFFE})
_SOFT_HYPHEN = "\u00ad"
# Some programs write the letters of a ligature with the two bytes of each code exchanged.
_SWAPPED = {0x6600: "f", 0x6900: "i", 0x6C00: "l", 0x7400: "t"}
_SWAPPED_LETTERS = re.compile("[" + "".join(map(chr, _SWAPPED)) + "]")
WHITE = "\u2009"
"""What stands for a space where there is none but white between two letters."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_TAG_DEPTH = 60
_MAX_TAGS = 200_000
_MAX_LINKS = 5_000
_GAP = 0.2
"""Share of the size from which on white between two letters parts words."""
_CELL_GAP = 0.35
"""Of the size: white between two operators that parts pieces, which may be cells of a table."""
_WIDE_GAP = 0.6
"""The same within one operator."""
_BULLET_GAP = 3.0
"""Times the size: how far before its line a bullet may be drawn."""
_MAX_TWINS = 5
"""How many of the same words drawn before are looked at for ones that these were drawn over."""
_MAX_OBJECTS = 20_000
_MAX_PAIRS = 2_000_000
_WHITE = 250
"""Red, green and blue from which on letters are white."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look: the size in points as they are drawn, turned by ``angle`` in radians.

    ``unseen`` is true for letters that are not drawn, as those of a text layer behind a scan.
    ``tag`` is the level of the heading that the document's own tags say they belong to, or 0.
    """

    size: float
    bold: bool = False
    italic: bool = False
    unseen: bool = False
    white: bool = False
    tag: int = 0
    angle: float = 0.0


@dataclass(slots=True)
class Piece:
    """Letters of one look that stand side by side; ``y`` is their baseline, up is more.

    In ``text``, ``WHITE`` is a space that is not written.

    Places are in points, in a frame turned so that the letters stand upright.
    """

    text: str
    left: float
    right: float
    y: float
    style: Style
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page's pieces in the order in which they are drawn. ``number`` counts from 1.

    ``has_drawings`` is true where something else is drawn on it, as the picture of a scan.
    """

    number: int
    pieces: tuple[Piece, ...]
    has_drawings: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def is_dot(self) -> bool:
        """Return whether what fills it is as small and as wide as high as a bullet."""
        width, height = self.right - self.left, self.top - self.bottom
        return 1 < height < 12 and 0.6 < width / height < 1.7


@dataclass(frozen=True, slots=True)
class _Area(_Box):
    """A rectangle of a page that links to ``target``."""

    target: str


def read_page(document: object, index: int) -> Page:
    """Return what stands on the page at ``index``, counted from 0; nothing where it is damaged.

    Raises:
        TooLargeError: it holds more characters than a document may have.
    """
    with _opened_page(document, index) as page:
        if not page:
            return Page(index + 1, ())
        with _opened_text(page) as text:
            if not text:
                return Page(index + 1, ())
            areas = tuple(_links(document, page))
            pieces = _Pieces(text, _heading_marks(page), areas).read()
            pieces = _with_ligatures(_without_doubles(pieces))
            drawn = _drawn_on(page)
            if any(piece.style.white for piece in pieces):
                pieces = _on_their_ground(pieces, drawn.boxes)
            if len(drawn.doubled) * len(pieces) <= _MAX_PAIRS:
                pieces = _with_doubled_bold(pieces, drawn.doubled)
            pieces = _with_drawn_bullets(pieces, drawn.boxes)
    return Page(index + 1, tuple(pieces), bool(drawn.boxes))


@contextmanager
def _opened_page(document: object, index: int) -> Iterator[object]:
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        yield page
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def _opened_text(page: object) -> Iterator[object]:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


class _Pieces:
    """Reads the characters of a page into pieces."""

    def __init__(self, text: object, marks: Mapping[int, int], areas: Sequence[_Area]) -> None:
        self._text = text
        self._marks = marks
        self._areas = areas
        self._found: list[Piece] = []
        self._fonts: dict[int, tuple[bool, bool]] = {}
        # What pdfium writes its answers to, made once: some programs draw each letter by itself.
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._color = tuple(ctypes.c_uint() for _ in range(4))

    def read(self) -> list[Piece]:
        count = pdfium.FPDFText_CountChars(self._text)
        if count > MAX_CHARACTERS:
            raise TooLargeError("One page of this PDF holds more text than can be read.")
        drawn: int | None = None
        style = Style(1.0)
        place = last_place = (0, math.nan, math.nan)
        for i, char in self._characters(count):
            current = self._found[-1] if self._found else None
            if char.isspace():
                if current is not None and not current.text.endswith(" "):
                    is_white = pdfium.FPDFText_IsGenerated(self._text, i) == 1
                    current.text = current.text.rstrip(WHITE) + (WHITE if is_white else " ")
                continue
            text_object = pdfium.FPDFText_GetTextObject(self._text, i)
            address = ctypes.addressof(text_object.contents) if text_object else None
            new_object = address is None or address != drawn
            if new_object:
                style = self._style(i, text_object)
                drawn = address
            left, right, y = self._place(i, style)
            place = (address or 0, self._x.value, self._y.value)
            if current is not None and address and place == last_place:
                current.text += char  # one more letter of a ligature
                current.right = max(current.right, right)
                continue
            last_place = place
            if char == _SOFT_HYPHEN and right - left < 0.05 * style.size:
                continue  # one that is not drawn
            letter = Piece(char, left, right, y, style, self._target())
            apart = (
                current is None
                or (new_object and left - current.right > _CELL_GAP * style.size)
                or not _append(current, letter)
            )
            if apart:
                self._found.append(letter)
        return self._found

    def _characters(self, count: int) -> Iterator[tuple[int, str]]:
        """Yield each character with its place among pdfium's."""
        lead = 0  # the first half of a character that takes two
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(self._text, i)
            if code in _HYPHENS:
                code = 0x2D
            elif code in (0, 0xFFFF):
                continue
            if 0xD800 <= code < 0xDC00:
                lead = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00) if lead else 0xFFFD
            lead = 0
            yield i, chr(code)

    def _place(self, i: int, style: Style) -> tuple[float, float, float]:
        """Return where character ``i`` begins and ends, with the white of its own, and its base."""
        pdfium.FPDFText_GetCharOrigin(self._text, i, self._x, self._y)
        pdfium.FPDFText_GetLooseCharBox(self._text, i, self._box)
        box = self._box
        if not style.angle:
            return min(self._x.value, box.left), box.right, self._y.value
        cosine, sine = math.cos(style.angle), math.sin(style.angle)
        corners = [
            u * cosine + v * sine for u in (box.left, box.right) for v in (box.bottom, box.top)
        ]
        return min(corners), max(corners), self._y.value * cosine - self._x.value * sine

    def _target(self) -> str | None:
        """Return what the character that was placed last links to."""
        if not self._areas:
            return None
        box = self._box
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        return next((area.target for area in self._areas if area.holds(x, y)), None)

    def _style(self, i: int, drawn: object) -> Style:
        """Return the look of character ``i``, one of the text object ``drawn``."""
        matrix = self._matrix
        size = abs(float(pdfium.FPDFText_GetFontSize(self._text, i)))
        angle = 0.0
        if pdfium.FPDFText_GetMatrix(self._text, i, matrix):
            scale = math.hypot(matrix.c, matrix.d)
            if scale > 0:
                size *= scale
            if matrix.b or matrix.a < 0:
                angle = math.atan2(matrix.b, matrix.a)
        # Slight tilts are those of scanners.
        angle = 0.0 if abs(angle) < 0.03 else round(angle, 3)
        size = round(size, 2) if math.isfinite(size) and size > 0 else 1.0
        if not drawn:
            return _style(size, False, False, False, False, 0, angle)
        font = pdfium.FPDFTextObj_GetFont(drawn)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _font_look(font)
        bold, italic = self._fonts[key]
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        red, green, blue, alpha = self._color
        white = (
            bool(pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha))
            and red.value >= _WHITE
            and green.value >= _WHITE
            and blue.value >= _WHITE
        )
        mark = (
            self._marks.get(pdfium.FPDFPageObj_GetMarkedContentID(drawn), 0) if self._marks else 0
        )
        return _style(
            size,
            bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
            italic,
            mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
            white,
            mark,
            angle,
        )


def _append(piece: Piece, letter: Piece) -> bool:
    """Add ``letter`` to ``piece`` where it stands beside it and looks alike; return whether so."""
    size = letter.style.size
    if (
        letter.style is not piece.style
        or letter.target != piece.target
        or abs(letter.y - piece.y) >= 0.1 * size
    ):
        return False
    if -0.5 * size < letter.left - piece.right < _WIDE_GAP * size:
        if letter.left - piece.right > _GAP * size and not piece.text.endswith((" ", WHITE)):
            piece.text += WHITE
        piece.text += letter.text
        piece.right = max(piece.right, letter.right)
        return True
    if _is_right_to_left(letter.text) and -0.5 * size < piece.left - letter.right < size:
        piece.text += letter.text
        piece.left = letter.left
        return True
    return False


@lru_cache(maxsize=1024)
def _style(
    size: float, bold: bool, italic: bool, unseen: bool, white: bool, tag: int, angle: float
) -> Style:
    """Return one and the same record for equal looks, so that ``is`` tells them apart."""
    return Style(size, bold, italic, unseen, white, tag, angle)


def _font_look(font: object) -> tuple[bool, bool]:
    """Return whether a font is bold, and whether it is italic."""
    if not font:
        return False, False
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ""
    if 0 < length < 1000:
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
        name = buffer.value.decode("latin-1").partition("+")[2] or buffer.value.decode("latin-1")
    flags = pdfium.FPDFFont_GetFlags(font)
    forced = flags > 0 and bool(flags & (1 << 18))
    weight = pdfium.FPDFFont_GetWeight(font)
    # pdfium guesses the weight from the width of stems, which is higher in some regular fonts.
    heavy = _OPAQUE_NAME.fullmatch(name) is not None and _BOLD_WEIGHT <= weight <= 1000
    bold = bool(_BOLD_NAME.search(name)) or forced or heavy
    return bold, bool(_ITALIC_NAME.search(name)) or (flags > 0 and bool(flags & (1 << 6)))


@lru_cache(maxsize=4096)
def _is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL", "NSM")


def _without_doubles(pieces: list[Piece]) -> list[Piece]:
    """Return ``pieces`` without those drawn a second time to look bold, which then are."""
    kept: list[Piece] = []
    known: dict[str, list[Piece]] = {}
    for piece in pieces:
        words = piece.text.strip()
        near = 0.12 * piece.style.size
        twin = next(
            (
                other
                for other in known.get(words, ())[-_MAX_TWINS:]
                if abs(other.left - piece.left) < near and abs(other.y - piece.y) < near
            ),
            None,
        )
        if twin is None:
            kept.append(piece)
            known.setdefault(words, []).append(piece)
        elif (twin.left, twin.y) != (piece.left, piece.y):
            twin.style = replace(twin.style, bold=True)
    return kept


def _with_ligatures(pieces: list[Piece]) -> list[Piece]:
    """Return ``pieces`` with the letters of ligatures that stand there as ideographs."""
    text = "".join(piece.text for piece in pieces)
    if _SWAPPED_LETTERS.search(text) and not _IDEOGRAPH.search(_SWAPPED_LETTERS.sub("", text)):
        for piece in pieces:
            piece.text = piece.text.translate(_SWAPPED)
    return pieces


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on a page: the places of all but text, and those of text drawn twice."""

    boxes: tuple[_Box, ...]
    doubled: tuple[_Box, ...]


def _drawn_on(page: object) -> _Drawn:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    boxes: list[_Box] = []
    doubled: list[_Box] = []
    alike: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for i in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, i)
        if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        x, y, end, upper = left.value, bottom.value, right.value, top.value
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_TEXT:
            boxes.append(_Box(x, y, end, upper))
            continue
        others = alike.setdefault((round(end - x), round(upper - y)), [])
        if any(_is_shifted_a_little(x - u, y - v) for u, v in others[-_MAX_TWINS:]):
            doubled.append(_Box(x, y, end, upper))
        others.append((x, y))
    return _Drawn(tuple(boxes), tuple(doubled))


def _is_shifted_a_little(x: float, y: float) -> bool:
    """Return whether what is drawn twice so far apart looks bold, and not like two letters."""
    return -0.9 < x < 0.9 and -0.9 < y < 0.9 and not (-0.05 <= x <= 0.05 and -0.05 <= y <= 0.05)


def _with_doubled_bold(pieces: list[Piece], doubled: Sequence[_Box]) -> list[Piece]:
    """Return ``pieces``, those bold that were drawn twice; pdfium gives them once."""
    for piece in pieces:
        x, y = (piece.left + piece.right) / 2, piece.y + 0.2 * piece.style.size
        if any(box.holds(x, y) for box in doubled):
            piece.style = replace(piece.style, bold=True)
    return pieces


def _on_their_ground(pieces: list[Piece], drawings: Sequence[_Box]) -> list[Piece]:
    """Return ``pieces``, those in white on something drawn no longer called white."""
    for piece in pieces:
        if not piece.style.white:
            continue
        x, y = (piece.left + piece.right) / 2, piece.y + 0.3 * piece.style.size
        if piece.style.angle or any(box.holds(x, y) for box in drawings):
            piece.style = replace(piece.style, white=False)
    return pieces


def _with_drawn_bullets(pieces: list[Piece], drawings: Sequence[_Box]) -> list[Piece]:
    """Return ``pieces`` with a bullet before each that has a small dot or square drawn before it.

    Browsers and Qt draw the bullets of lists as shapes.
    """
    dots = [box for box in drawings if box.is_dot()]
    if not dots or len(dots) * len(pieces) > _MAX_PAIRS:
        return pieces
    marked: dict[int, _Box] = {}
    for dot in dots:
        middle = (dot.bottom + dot.top) / 2
        beside = [
            (piece.left, place)
            for place, piece in enumerate(pieces)
            if 0 < middle - piece.y < 0.75 * piece.style.size
            and dot.right - dot.left < 0.8 * piece.style.size
            and piece.right > dot.left
            and not piece.style.angle
        ]
        left, place = min(beside, default=(0.0, -1))
        if place >= 0 and 0 <= left - dot.right < _BULLET_GAP * pieces[place].style.size:
            marked[place] = dot
    with_bullets: list[Piece] = []
    for place, piece in enumerate(pieces):
        bullet = marked.get(place)
        if bullet is not None:
            with_bullets.append(Piece("• ", bullet.left, bullet.right, piece.y, piece.style))
        with_bullets.append(piece)
    return with_bullets


# --- links ----------------------------------------------------------------------------------------


def _links(document: object, page: object) -> Iterator[_Area]:
    """Yield the areas of a page that are links; one within the document has the target '#'."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        target = _target(document, link)
        if not target:
            continue
        corners = pdfium.FS_QUADPOINTSF()
        count = min(pdfium.FPDFLink_CountQuadPoints(link), 100)
        for i in range(count):
            if pdfium.FPDFLink_GetQuadPoints(link, i, corners):
                xs = (corners.x1, corners.x2, corners.x3, corners.x4)
                ys = (corners.y1, corners.y2, corners.y3, corners.y4)
                yield _Area(min(xs), min(ys), max(xs), max(ys), target)
        box = pdfium.FS_RECTF()
        if count <= 0 and pdfium.FPDFLink_GetAnnotRect(link, box):
            left, right = sorted((box.left, box.right))
            bottom, top = sorted((box.bottom, box.top))
            yield _Area(left, bottom, right, top, target)


def _target(document: object, link: object) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action:
        return "#" if pdfium.FPDFLink_GetDest(document, link) else ""
    kind = pdfium.FPDFAction_GetType(action)
    if kind == pdfium.PDFACTION_GOTO:
        return "#"
    if kind != pdfium.PDFACTION_URI:
        return ""
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < length <= 4000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace").strip()


# --- tags -----------------------------------------------------------------------------------------


def _heading_marks(page: object) -> dict[int, int]:
    """Return the level of each marked content of a page that is tagged as a heading."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    marks: dict[int, int] = {}
    try:
        children = pdfium.FPDF_StructTree_CountChildren(tree)
        rest = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, i), 0, 0)
            for i in range(min(children, _MAX_TAGS))
        ]
        seen = 0
        while rest and seen < _MAX_TAGS:
            element, level, depth = rest.pop()
            seen += 1
            if not element or depth > _MAX_TAG_DEPTH:
                continue
            found = _HEADING_TAG.match(_tag_name(element))
            level = int(found[1]) if found else level
            if level:
                for i in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
                    mark = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, i)
                    if mark >= 0:
                        marks[mark] = level
            for i in range(min(pdfium.FPDF_StructElement_CountChildren(element), _MAX_TAGS)):
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
                if child:
                    rest.append((child, level, depth + 1))
                elif level:
                    mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)
                    if mark >= 0:
                        marks[mark] = level
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return marks


def _tag_name(element: object) -> str:
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetType(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
