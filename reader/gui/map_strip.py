"""The map of a policy in one strip beside its text: where it is hardest, and what it says there.

The strip's height is the whole text. A bar for each section is as tall as its share of the text,
and the wider and darker the harder it reads; a rough measure is hollow, as in the contents. Beside
the bars stand the marked findings at their places, and a frame shows what is in view.

It is painted, and works by mouse alone. By keyboard and for a screen reader the contents tell the
same, section by section; F8 goes from finding to finding, and F7 lists them all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil, floor

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from reader.annotations import Annotation
from reader.difficulty import difficulty_line, shown_scores
from reader.gui.annotation_layer import annotation_words, paint_sign
from reader.gui.badge import shape_pixmap
from reader.gui.bars import STEPS, shade
from reader.gui.passages import Passage
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.typography import mirrored
from reader.model import PolicyReport, Span, Valence, Verdict
from reader.summary import VERDICT_WORDS, clean_line

WIDE, NARROW = 38, 27
"""The strip's width in pixels, with two columns of shapes or with one."""

_BARS_LEFT, _BARS_WIDTH = 3.0, 11.0
_TICKS_LEFT, _TICK, _QUIET_TICK = 16.0, 10.0, 7.0
_STROKE, _SIGN = 2.0, 9.0
_LEAST_FRAME = 6.0
_MOST_IN_A_TIP = 4
_MANY = 600  # sections and findings, which take some 10 ms to paint
_STEP_OF_A_WHEEL = 120  # eighths of a degree


class MapStrip(QWidget):
    """Paints one report's text from top to bottom.

    Signals:
        place_chosen: the strip was pressed; carries the code point to go to.
        place_dragged: the pointer was drawn on with the button down; carries the code point.
        wheel_turned: the wheel was turned over the strip; carries the lines to go down.
    """

    place_chosen = Signal(object)
    place_dragged = Signal(object)
    wheel_turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report: PolicyReport | None = None
        self._passages: tuple[Passage, ...] = ()
        self._telling: frozenset[Passage] = frozenset()
        self._order: list[Passage] = []  # what must be seen before what may give way
        self._annotations: tuple[Annotation, ...] = ()
        self._in_view: Span | None = None
        self._columns = 2
        self._picture: QPixmap | None = None
        self._is_outdated = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Map of the text"))
        self.setAccessibleDescription(
            self.tr(
                "The contents show the same: F6 goes there. F7 lists the findings, F8 goes to the "
                "next one."
            )
        )

    def show_report(self, report: PolicyReport) -> None:
        """Show the sections of ``report``, with no finding yet."""
        self._report, self._in_view, self._picture = report, None, None
        self._annotations = ()
        self.show_passages((), frozenset())
        self._paint_anew()

    def show_passages(self, passages: Sequence[Passage], telling: frozenset[Passage]) -> None:
        """Show a tick for each of ``passages``, which the page marks now; ``telling`` at full size.

        Those are the passages that the page tints.
        """
        if (tuple(passages), telling) == (self._passages, self._telling):
            return
        self._passages, self._telling = tuple(passages), telling
        self._order = sorted(self._passages, key=self._precedence)
        self._paint_anew()

    def show_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Show the sign of each of the reader's own marks, in place of those before."""
        if tuple(annotations) != self._annotations:
            self._annotations = tuple(annotations)
            self._paint_anew()

    def show_view(self, in_view: Span) -> None:
        """Frame the part of the text that is in view."""
        if in_view != self._in_view:
            self._in_view = in_view
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Take one column of shapes, where every pixel counts for the text, or two."""
        self._columns = 1 if narrow else 2
        self.updateGeometry()
        self._paint_anew()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._paint_anew()

    # Where things stand, in pixels of the strip

    def section_rect(self, number: int) -> QRectF:
        """Return where the bar of a section may stand: its share of the height, all the width."""
        span = self._shown.document.sections[number].span
        top, bottom = self._y(span.start), self._y(span.end)
        return mirrored(self, QRectF(_BARS_LEFT, top, _BARS_WIDTH, bottom - top))

    def tick_rects(self) -> list[tuple[Passage, QRectF]]:
        """Return the findings that have a shape, and where it stands, what tells most first.

        Each stands at its place, in the first column that has room there. Where findings crowd,
        the rest have a stroke beside the bars.
        """
        placed: list[tuple[Passage, QRectF]] = []
        taken = [bytearray(self.height() + 1) for _ in range(self._columns)]  # rows of pixels
        for _, sign in self.sign_rects():
            rows = slice(floor(sign.top()), ceil(sign.bottom()))
            taken[-1][rows] = b"\1" * len(taken[-1][rows])
        scale, height = self._scale, self.height()  # there may be thousands of findings
        for passage in self._order:
            side = _TICK if passage in self._telling else _QUIET_TICK
            half = side / 2
            middle = min(max(passage.evidence.span.start * scale, half), height - half)
            rows = slice(max(floor(middle - half), 0), ceil(middle + half))
            for column, rows_taken in enumerate(taken):
                if not any(rows_taken[rows]):
                    rows_taken[rows] = b"\1" * len(rows_taken[rows])
                    left = _TICKS_LEFT + column * (_TICK + 1) + (_TICK - side) / 2
                    rect = QRectF(left, middle - half, side, side)
                    placed.append((passage, mirrored(self, rect)))
                    break
        return placed

    def sign_rects(self) -> list[tuple[Annotation, QRectF]]:
        """Return the reader's own marks that have a sign, and where it stands: findings give way.

        Of marks that stand too close for two signs, the one further up in the text has it.
        """
        placed: list[tuple[Annotation, QRectF]] = []
        free_from = 0.0
        left = _TICKS_LEFT + (self._columns - 1) * (_TICK + 1) + (_TICK - _SIGN) / 2
        marked = [(each.span.start, each.id, each) for each in self._annotations if each.span]
        for place, _, annotation in sorted(marked):
            top = min(max(place * self._scale - _SIGN / 2, 0.0), self.height() - _SIGN)
            if top >= free_from:
                placed.append((annotation, mirrored(self, QRectF(left, top, _SIGN, _SIGN))))
                free_from = top + _SIGN
        return placed

    def frame_rect(self) -> QRectF:
        """Return where the frame of the part in view stands, empty without any."""
        if self._in_view is None or self._report is None:
            return QRectF()
        top, bottom = self._y(self._in_view.start), self._y(self._in_view.end)
        spare = max(_LEAST_FRAME - (bottom - top), 0.0) / 2
        frame = QRectF(1, top - spare, self.width() - 2, bottom - top + 2 * spare)
        return frame.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _precedence(self, passage: Passage) -> tuple[bool, int, int, int]:
        """Return the key that sorts what must be seen before what may give way."""
        quiet = passage not in self._telling
        return quiet, -passage.valence.severity, passage.rank, passage.span.start

    @property
    def _shown(self) -> PolicyReport:
        if self._report is None:
            raise ValueError("no report is shown")
        return self._report

    def _y(self, place: int) -> float:
        return place * self._scale

    @property
    def _scale(self) -> float:
        """Return the height of a code point in pixels."""
        return self.height() / max(len(self._shown.document.text), 1)

    def _place_at(self, point: QPoint) -> int:
        """Return the place to go to from a point: of the mark there, else of the height."""
        for annotation, rect in self.sign_rects():
            if rect.contains(point) and annotation.span is not None:
                return annotation.span.start
        for passage, rect in self.tick_rects():
            if rect.contains(point):
                return passage.span.start
        return self._place_of(point.y())

    def _place_of(self, y: float) -> int:
        length = len(self._shown.document.text)
        return min(max(int(y / max(self.height(), 1) * length), 0), length - 1)

    # Qt

    def sizeHint(self) -> QSize:
        """Return the width that the columns need."""
        return QSize(NARROW if self._columns == 1 else WIDE, 200)

    def minimumSizeHint(self) -> QSize:
        """Return the width that the columns need."""
        return QSize(self.sizeHint().width(), 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sections and findings, which wait in a picture, and the frame over them."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.page)
        if self._report is None:
            return
        painter.drawPixmap(0, 0, self._picture_now(self._report))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.focus)
        ground.setAlphaF(0.10)
        painter.setPen(QPen(self._theme.focus, 1.6))
        painter.setBrush(ground)
        painter.drawRoundedRect(self.frame_rect(), 3, 3)

    def _picture_now(self, report: PolicyReport) -> QPixmap:
        """Return what does not move with the text, painted once: it is shown at every scroll.

        Of a long text the picture before is shown for a turn more: painting takes one of its own.
        """
        is_right = self._picture is not None and self._picture.size() == self._picture_size()
        if is_right and not self._is_outdated:
            return self._picture  # type: ignore[return-value]  # it is right, so there is one
        is_long = len(self._order) + len(report.document.sections) > _MANY
        if not is_long:
            return self._paint_picture(report)
        self._turn.start()
        if self._picture is None:
            self._picture = self._blank_picture()
        return self._picture

    def _picture_size(self) -> QSize:
        return self.size() * self.devicePixelRatioF()

    def _blank_picture(self) -> QPixmap:
        picture = QPixmap(self._picture_size())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(self._theme.page)
        return picture

    def _on_turn(self) -> None:
        if self._report is not None:
            self._paint_picture(self._report)
            self.update()

    def _paint_picture(self, report: PolicyReport) -> QPixmap:
        self._is_outdated = False
        ratio = self.devicePixelRatioF()
        picture = self._blank_picture()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_sections(painter, report)
        ticks = self.tick_rects()
        shaped = {passage for passage, _ in ticks}
        rows: dict[int, Passage] = {}  # the one that tells most, of those without a shape
        scale, last = self._scale, self.height() - _STROKE
        for passage in (each for each in self._order if each not in shaped):
            rows.setdefault(int(min(passage.evidence.span.start * scale, last)), passage)
        for y, passage in sorted(rows.items()):
            stroke = mirrored(self, QRectF(_TICKS_LEFT - 1, y, 4, _STROKE))
            painter.fillRect(stroke, self._theme.colors(passage.valence).line)
        shapes: dict[tuple[Valence, float], QPixmap] = {}
        for passage, rect in ticks:
            look = passage.valence, rect.width()
            if look not in shapes:
                shapes[look] = shape_pixmap(look[0], round(look[1]), self._theme, ratio)
            painter.drawPixmap(rect.topLeft(), shapes[look])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for annotation, rect in self.sign_rects():
            paint_sign(painter, rect, self._theme, has_note=bool(annotation.note))
        painter.end()
        self._picture = picture
        return picture

    def _paint_anew(self) -> None:
        self._is_outdated = True
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew where the window's direction turns."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._paint_anew()

    def _paint_sections(self, painter: QPainter, report: PolicyReport) -> None:
        looks = {
            band: (
                3.0 + (_BARS_WIDTH - 3.0) * step / (len(STEPS) - 1),
                shade(band, self._theme),
            )
            for step, band in enumerate(STEPS)
        }
        for number, scores in enumerate(shown_scores(report)):
            place = self.section_rect(number)
            if place.height() > 3:
                place.adjust(0, 0, 0, -1)  # a line of the page between neighbours
            if scores.band in looks:
                self._paint_bar(painter, place, *looks[scores.band], hollow=scores.rough)
            else:
                self._paint_bar(painter, place, 1.0, self._theme.muted, hollow=False)

    def _paint_bar(
        self, painter: QPainter, place: QRectF, width: float, color: QColor, *, hollow: bool
    ) -> None:
        bar = QRectF(place)
        bar.setWidth(width)
        if self.isRightToLeft():
            bar.moveRight(place.right())
        if hollow and bar.height() > 2:
            painter.setPen(QPen(color, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(bar, color)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._report is not None:
            self.place_chosen.emit(self._place_at(event.position().toPoint()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer with the button down."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._report is not None:
            self.place_dragged.emit(self._place_of(event.position().y()))
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text, as over the text itself."""
        turned = event.angleDelta().y() / _STEP_OF_A_WHEEL
        self.wheel_turned.emit(round(-turned * QApplication.wheelScrollLines()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what stands under a resting pointer."""
        if isinstance(event, QHelpEvent) and self._report is not None:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)

    def words_at(self, point: QPoint) -> str:
        """Return the tool tip of a point: the section, how hard it reads, its nearest findings."""
        report = self._shown
        starts = [section.span.start for section in report.document.sections]
        if not starts:
            return ""
        number = max(bisect_right(starts, self._place_at(point)) - 1, 0)
        heading = clean_line(report.document.sections[number].heading)
        reads = difficulty_line(report.section_scores[number], report.document.language_supported)
        near = [
            passage
            for passage in self._order
            if abs(self._y(passage.span.start) - point.y()) <= _TICK / 2
        ]
        found = dict.fromkeys(
            f"{VERDICT_WORDS[Verdict(p.valence.value)]}: {clean_line(p.disclosure.headline)}"
            for p in near
        )
        heading = heading or self.tr("Before the first heading")
        own = [annotation_words(each) for each, rect in self.sign_rects() if rect.contains(point)]
        return tooltip(heading, reads, *own, *list(found)[:_MOST_IN_A_TIP])
