"""What stands on a PDF's page: pieces of text, each with its place, its look and its link.

In: an open document of pdfium. Out: plain records. This module, ``pdf`` and ``pdf_calls`` are the
only ones that know pdfium, whose objects never leave them.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from struct import Struct

import pypdfium2.raw as pdfium

from reader.errors import TooLargeError
from reader.loading.limits import MAX_CHARACTERS
from reader.loading.pdf_calls import (
    address_of,
    bounds_of,
    fill_color_of,
    font_of,
    font_size_of,
    has_guessed_unicode,
    is_generated,
    loose_box_of,
    mark_of,
    matrix_of,
    object_on,
    origin_of,
    render_mode_of,
    text_object_of,
    type_of,
    unicode_of,
)
from reader.loading.pdf_extras import has_notes

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
_ASKED_EACH = 13
"""Of how many characters one is asked whether it is a guess."""
_MAX_GUESSED = 0.2
_WHITE = 250
"""Red, green and blue from which on letters are white."""
_PLACE = Struct("@dd4f")
"""A letter's origin, x and y, and its box: left, top, right, bottom."""
_LOOK = Struct("@4I4f")
"""A colour, red, green, blue and alpha, and what a matrix does to sizes and angles."""
_Look = tuple[float, int, int | None, int, int, int, bytes]
"""What pdfium tells of a letter's look: size, whether it has a matrix, font, mode, whether it has a
colour, heading level, colour and matrix."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look: the size in points as they are drawn, turned by ``angle`` in radians.

    ``unseen`` is true for letters that are not drawn, as those of a text layer behind a scan, or
    drawn outside of the page.
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

    ``has_drawings`` is true where something else is drawn on it, as the picture of a scan,
    ``has_notes`` where words lie on it that are no part of it. ``is_guessed`` is true where many of
    its letters are guesses, since their fonts do not say which they draw.
    """

    number: int
    pieces: tuple[Piece, ...]
    has_drawings: bool = False
    has_notes: bool = False
    is_guessed: bool = False


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
            reading = _Pieces(text, _heading_marks(page), areas)
            pieces = _with_ligatures(_without_doubles(reading.read()))
            drawn = _drawn_on(page, reading.objects)
            if any(piece.style.white for piece in pieces):
                pieces = _on_their_ground(pieces, drawn.boxes)
            if len(drawn.doubled) * len(pieces) <= _MAX_PAIRS:
                pieces = _with_doubled_bold(pieces, drawn.doubled)
            pieces = _off_the_page(_with_drawn_bullets(pieces, drawn.boxes), _seen_box(page))
            noted = has_notes(page)
    return Page(index + 1, tuple(pieces), bool(drawn.boxes), noted, reading.is_guessed)


def _seen_box(page: object) -> _Box | None:
    """Return the part of a page's plane that is shown and printed, None where it is not told."""
    corners = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, corners):
        return None
    box = _Box(corners.left, corners.bottom, corners.right, corners.top)
    return box if box.right - box.left > 1 and box.top - box.bottom > 1 else None


def _off_the_page(pieces: Sequence[Piece], box: _Box | None) -> list[Piece]:
    """Return ``pieces``, upright ones that stand wholly outside of the page's ``box`` unseen."""
    if box is None:
        return list(pieces)
    return [
        replace(piece, style=replace(piece.style, unseen=True))
        if not piece.style.angle
        and (
            piece.right < box.left
            or piece.left > box.right
            or piece.y > box.top
            or piece.y + piece.style.size < box.bottom
        )
        else piece
        for piece in pieces
    ]


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
    """Reads the characters of a page into pieces.

    Some programs draw each letter by itself, so an object is looked at as quickly as a letter.
    """

    def __init__(self, text: object, marks: Mapping[int, int], areas: Sequence[_Area]) -> None:
        self._count = pdfium.FPDFText_CountChars(text)
        self._text = address_of(text)
        self.objects: set[int | None] = set()
        """The addresses of the text objects that gave letters."""
        self._asked = self._guessed = 0
        self._marks = marks
        self._areas = areas
        self._fonts: dict[int | None, tuple[bool, bool]] = {}
        self._styles: dict[_Look, Style] = {}
        # What pdfium writes its answers to.
        self._place = ctypes.create_string_buffer(_PLACE.size)
        self._look = ctypes.create_string_buffer(_LOOK.size + 8)  # a matrix tells places, too

    @property
    def is_guessed(self) -> bool:
        """Return whether many of the letters that were read are guesses of pdfium's."""
        return self._guessed > _MAX_GUESSED * self._asked

    def read(self) -> list[Piece]:
        if self._count > MAX_CHARACTERS:
            raise TooLargeError("One page of this PDF holds more text than can be read.")
        text, place, unpack = self._text, self._place, _PLACE.unpack_from
        to_x = ctypes.addressof(place)
        to_y, to_box = to_x + 8, to_x + 16
        found: list[Piece] = []
        objects = self.objects
        current: Piece | None = None
        style = Style(1.0)
        drawn: int | None = None
        last_x = last_y = math.nan
        for i, char in self._characters():
            if char.isspace():
                if current is not None and not current.text.endswith(" "):
                    is_white = is_generated(text, i) == 1
                    current.text = current.text.rstrip(WHITE) + (WHITE if is_white else " ")
                continue
            last_drawn, drawn = drawn, text_object_of(text, i)
            is_new = drawn is None or drawn != last_drawn
            if is_new:
                objects.add(drawn)
                style = self._style(i, drawn)
            if not i % _ASKED_EACH:
                self._asked += 1
                self._guessed += has_guessed_unicode(text, i) == 1
            origin_of(text, i, to_x, to_y)
            loose_box_of(text, i, to_box)
            x, y, left, top, right, bottom = unpack(place)
            is_one_more = current is not None and not is_new and x == last_x and y == last_y
            last_x, last_y = x, y
            target = self._target(left, bottom, right, top) if self._areas else None
            if style.angle:
                left, right, y = _turned(style.angle, x, y, (left, bottom, right, top))
            elif x < left:
                left = x
            if current is not None and is_one_more:  # a letter of a ligature
                current.text += char
                current.right = max(current.right, right)
                continue
            if char == _SOFT_HYPHEN and right - left < 0.05 * style.size:
                continue  # one that is not drawn
            if (
                current is None
                or style is not current.style
                or target != current.target
                or (is_new and left - current.right > _CELL_GAP * style.size)
                or not _append(current, char, left, right, y)
            ):
                current = Piece(char, left, right, y, style, target)
                found.append(current)
        return found

    def _characters(self) -> Iterator[tuple[int, str]]:
        """Yield each character with its place among pdfium's."""
        text = self._text
        lead = 0  # the first half of a character that takes two
        for i in range(self._count):
            code = unicode_of(text, i)
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

    def _target(self, left: float, bottom: float, right: float, top: float) -> str | None:
        """Return what a character in this box links to."""
        x, y = (left + right) / 2, (bottom + top) / 2
        return next((area.target for area in self._areas if area.holds(x, y)), None)

    def _style(self, i: int, drawn: int | None) -> Style:
        """Return the look of character ``i``, one of the text object at ``drawn``.

        It is one and the same record for equal looks, so that ``is`` tells them apart.
        """
        size = font_size_of(self._text, i)
        to_color = ctypes.addressof(self._look)
        has_matrix = matrix_of(self._text, i, to_color + 16)
        font, mode, has_color, mark = None, pdfium.FPDF_TEXTRENDERMODE_FILL, 0, 0
        if drawn:
            font, mode = font_of(drawn), render_mode_of(drawn)
            has_color = fill_color_of(drawn, to_color, to_color + 4, to_color + 8, to_color + 12)
            mark = self._marks.get(mark_of(drawn), 0) if self._marks else 0
        key = (size, has_matrix, font, mode, has_color, mark, self._look.raw[: _LOOK.size])
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._new_style(*key)
        return style

    def _new_style(
        self,
        size: float,
        has_matrix: int,
        font: int | None,
        mode: int,
        has_color: int,
        mark: int,
        look: bytes,
    ) -> Style:
        """Return a look from what pdfium tells of it; ``look`` is colour and matrix, if it has."""
        red, green, blue, _, a, b, c, d = _LOOK.unpack(look)
        size, angle = abs(size), 0.0
        if has_matrix:
            scale = math.hypot(c, d)
            if scale > 0:
                size *= scale
            if b or a < 0:
                angle = math.atan2(b, a)
        # Slight tilts are those of scanners.
        angle = 0.0 if abs(angle) < 0.03 else round(angle, 3)
        size = round(size, 2) if math.isfinite(size) and size > 0 else 1.0
        if font not in self._fonts:
            self._fonts[font] = _font_look(ctypes.cast(font or 0, pdfium.FPDF_FONT))
        bold, italic = self._fonts[font]
        return _style(
            size,
            bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
            italic,
            mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
            bool(has_color) and min(red, green, blue) >= _WHITE,
            mark,
            angle,
        )


def _turned(
    angle: float, x: float, y: float, box: tuple[float, float, float, float]
) -> tuple[float, float, float]:
    """Return where a character begins and ends and its base, in the frame turned by ``angle``.

    ``box`` is its left, bottom, right and top, ``x`` and ``y`` its origin, unturned.
    """
    left, bottom, right, top = box
    cosine, sine = math.cos(angle), math.sin(angle)
    corners = [u * cosine + v * sine for u in (left, right) for v in (bottom, top)]
    return min(corners), max(corners), y * cosine - x * sine


def _append(piece: Piece, char: str, left: float, right: float, y: float) -> bool:
    """Add a letter that looks alike to ``piece`` where it stands beside it; return whether so."""
    size = piece.style.size
    if abs(y - piece.y) >= 0.1 * size:
        return False
    white = left - piece.right
    if -0.5 * size < white < _WIDE_GAP * size:
        if white > _GAP * size and not piece.text.endswith((" ", WHITE)):
            piece.text += WHITE
        piece.text += char
        piece.right = max(piece.right, right)
        return True
    if _is_right_to_left(char) and -0.5 * size < piece.left - right < size:
        piece.text += char
        piece.left = left
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


def _drawn_on(page: object, read: Set[int | None]) -> _Drawn:
    """Return what is drawn on ``page``; the text objects at the addresses ``read`` gave letters."""
    address = address_of(page)
    bounds = _Bounds()
    boxes: list[_Box] = []
    texts: list[int] = []
    is_left_out = False  # whether pdfium gave no letters of a text, as of one drawn twice
    for i in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        drawn = object_on(address, i)
        if type_of(drawn) == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(drawn)
            if drawn not in read and not is_left_out:
                box = bounds.of(drawn)
                is_left_out = box is not None and box[3] > box[1]  # spaces have no height
        elif box := bounds.of(drawn):
            boxes.append(_Box(*box))
    return _Drawn(tuple(boxes), tuple(_doubled(texts, bounds)) if is_left_out else ())


class _Bounds:
    """Asks pdfium where objects lie."""

    def __init__(self) -> None:
        self._answer = (ctypes.c_float * 4)()
        self._edges = [ctypes.addressof(self._answer) + at for at in (0, 4, 8, 12)]

    def of(self, drawn: int) -> tuple[float, float, float, float] | None:
        """Return left, bottom, right and top of an object, None where it is nowhere."""
        if not bounds_of(drawn, *self._edges):
            return None
        left, bottom, right, top = self._answer
        return left, bottom, right, top


def _doubled(texts: Iterable[int], bounds: _Bounds) -> Iterator[_Box]:
    """Yield the places of the text objects that were drawn before a little beside."""
    alike: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for drawn in texts:
        box = bounds.of(drawn)
        if box is None:
            continue
        x, y, end, upper = box
        others = alike.setdefault((round(end - x), round(upper - y)), [])
        if any(_is_shifted_a_little(x - u, y - v) for u, v in others[-_MAX_TWINS:]):
            yield _Box(*box)
        others.append((x, y))


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
