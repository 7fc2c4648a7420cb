"""The summary card beside the text: what a policy says, at a glance.

It takes a report, has ``reader.summary`` word it, and shows the words: title and verdict, one tile
a topic, at first three flags and four things to do at most, and on request all of them. All of it
is plain text, whole in the tool tip and for a screen reader. The tiles take whatever height is left
over; where that is too little for their words the card scrolls, rather than cut a claim short.
"""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import paint_shape
from reader.gui.icons import paint_icon
from reader.gui.line_flow import LineFlow, Sentence
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton, PaintedButton
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.topic_choice import TopicChoice, arranged
from reader.gui.typography import break_lines, elide, mirrored, paint_line, scaled_font
from reader.model import PolicyReport, Verdict
from reader.summary import (
    MAX_ACTIONS,
    MAX_FLAGS,
    CardAction,
    CardFlag,
    CardUnusual,
    SummaryCard,
    Tile,
    VerdictPart,
    summary_card,
)

_MARGIN = 14
_NARROW = 350  # the width in pixels below which the tiles stand in one column
_TILES_FIRST = 100  # room that is left over goes to the tiles, and only then below the card
_MOST_SPARE = 3  # lines that a tile may be higher than its words
_MOST_TOLD = 4  # lines of a headline, with the verdict's word
_LARGE_LINE = 18.0
"""Of letters whose lines are higher, in pixels, the tiles need more width in proportion."""

_TITLE, _VERDICT = 1.45, 1.08
"""Sizes of type, as shares of the widget's font."""


class SummaryCardView(QWidget):
    """Shows the summary card of one report.

    Signals:
        topic_chosen: a tile was pressed; carries the topic's id.
        flag_chosen: a flag was pressed; carries its ``CardFlag``.
        reading_wanted: the line that says how hard the policy reads was pressed.
        pin_wanted, hide_wanted: a topic is to be pinned to the top, or hidden; carries its id, and
            False where that is to be taken back.
        link_chosen: a thing to do was pressed; carries its mailto: or http(s): address. Nothing
            was opened.
        finding_chosen: a sentence of the verdict or an unusual statement was pressed, or a thing to
            do for which the policy gives no address; carries the key of the finding.
    """

    topic_chosen = Signal(str)
    flag_chosen = Signal(object)
    reading_wanted = Signal()
    link_chosen = Signal(str)
    finding_chosen = Signal(str)
    pin_wanted = Signal(str, bool)
    hide_wanted = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._topics = TopicChoice()
        self._shows_hidden = False
        self._is_outdated = False
        self._report: PolicyReport | None = None
        self._most_flags, self._most_actions = MAX_FLAGS, MAX_ACTIONS
        self._kept = ""  # the lasting name of what had the keyboard before the card went away
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        # What was added has its place a turn of the event loop later.
        self._awaited: QWidget | None = None
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._bring_into_view)
        self.setMinimumWidth(220)
        self.setAccessibleName(self.tr("Summary"))
        self._rebuild()

    def show_report(self, report: PolicyReport) -> None:
        """Show the card of ``report``."""
        self._report = report
        self._most_flags, self._most_actions = MAX_FLAGS, MAX_ACTIONS
        self._rebuild_when_seen()

    def show_topics(self, topics: TopicChoice) -> None:
        """Set the pinned topics first, and fold the hidden ones into a line that counts them."""
        if topics != self._topics:
            self._topics = topics
            self._shows_hidden = self._shows_hidden and bool(topics.hidden)
            self._rebuild_when_seen()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self._rebuild_when_seen()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what has changed while something else stood in the card's place."""
        super().showEvent(event)
        if self._is_outdated:
            self._rebuild()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what had the keyboard: it may be made anew meanwhile."""
        super().hideEvent(event)
        self._keep_focus()

    def _rebuild_when_seen(self) -> None:
        """Make the card anew, at once unless something else stands in its place."""
        self._is_outdated = True
        if not self.isHidden():
            self._rebuild()

    def take_focus(self) -> None:
        """Give the keyboard back to what had it when the card went away, else to the first tile."""
        content = self._scroll.widget()
        wanted = content.find_again(self._kept) if isinstance(content, _CardContent) else None
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(wanted)

    def _keep_focus(self) -> None:
        content = self._scroll.widget()
        if content is not None and (last := content.focusWidget()) is not None:
            self._kept = _lasting_name(last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the tiles in one column where two would be too narrow."""
        super().resizeEvent(event)
        content = self._scroll.widget()
        if isinstance(content, _CardContent):
            content.set_width(self.width())

    def sizeHint(self) -> QSize:
        """Return the size at which a usual card fits without scrolling."""
        return QSize(430, 760)

    def _rebuild(self) -> None:
        self._is_outdated = False
        self._awaited = None  # it goes with the card before
        focused = self.window().focusWidget()
        had_keyboard = focused is not None and self._scroll.isAncestorOf(focused)
        if had_keyboard:
            self._keep_focus()
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()  # a deferred delete alone would still be painted once
            old.deleteLater()
        if self._report is None:
            self._scroll.setWidget(QWidget())
            return
        card = summary_card(
            self._report, most_flags=self._most_flags, most_actions=self._most_actions
        )
        content = _CardContent(
            card,
            self._theme,
            self._topics,
            shows_hidden=self._shows_hidden,
        )
        content.set_width(self.width())
        content.topic_pressed.connect(self.topic_chosen)
        content.flag_pressed.connect(self.flag_chosen)
        content.link_pressed.connect(self.link_chosen)
        content.finding_pressed.connect(self.finding_chosen)
        content.reading_pressed.connect(self.reading_wanted)
        content.pin_pressed.connect(self.pin_wanted)
        content.hide_pressed.connect(self.hide_wanted)
        content.hidden_pressed.connect(self._on_hidden)
        content.more_flags_pressed.connect(self._show_all_flags)
        content.more_actions_pressed.connect(self._show_all_actions)
        self._scroll.setWidget(content)
        if had_keyboard:
            self.take_focus()

    def _on_hidden(self) -> None:
        """Show the hidden tiles behind the others, or fold them again."""
        self._shows_hidden = not self._shows_hidden
        self._rebuild()
        content = self._scroll.widget()
        if isinstance(content, _CardContent) and content.hidden_line is not None:
            self._awaited = content.hidden_line
            self._settled.start()

    def _show_all_flags(self) -> None:
        shown, self._most_flags = self._most_flags, sys.maxsize
        self._rebuild()
        self._go_on_at("flags", shown)

    def _show_all_actions(self) -> None:
        shown, self._most_actions = self._most_actions, sys.maxsize
        self._rebuild()
        self._go_on_at("actions", shown)

    def _go_on_at(self, part: Literal["flags", "actions"], number: int) -> None:
        """Give the keyboard to the first line that was not there before, and bring it into view."""
        content = self._scroll.widget()
        if isinstance(content, _CardContent):
            self._awaited = content.lines[part][number]
            self._settled.start()

    def _bring_into_view(self) -> None:
        if self._awaited is not None:
            self._awaited.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self._awaited)
            self._awaited = None


class _CardContent(QWidget):
    """The card's widgets, top to bottom, for one card in one theme."""

    topic_pressed = Signal(str)
    flag_pressed = Signal(object)
    link_pressed = Signal(str)
    finding_pressed = Signal(str)
    reading_pressed = Signal()
    more_flags_pressed = Signal()
    more_actions_pressed = Signal()
    pin_pressed = Signal(str, bool)
    hide_pressed = Signal(str, bool)
    hidden_pressed = Signal()

    def __init__(
        self,
        card: SummaryCard,
        theme: Theme,
        topics: TopicChoice,
        *,
        shows_hidden: bool,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._card = card
        self._columns = 0
        self.lines: dict[str, list[QWidget]] = {"flags": [], "actions": []}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        self._column.setSpacing(0)
        self._add_head(card)  # before the tiles for the tab key and a screen reader, too
        shown, hidden = arranged(card.tiles, topics)
        self._tiles = [
            TileButton(
                tile,
                theme,
                self,
                is_pinned=tile.topic in topics.pinned,
                is_hidden=tile.topic in topics.hidden,
            )
            for tile in (*shown, *(hidden if shows_hidden else ()))
        ]
        self.hidden_line: LineButton | None = None
        self._column.addSpacing(9)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._column.addLayout(self._grid, _TILES_FIRST)
        for tile in self._tiles:
            tile.clicked.connect(self._tile_clicked)
            tile.pin_wanted.connect(self.pin_pressed)
            tile.hide_wanted.connect(self.hide_pressed)
        if hidden:
            self._add_hidden(len(hidden), are_shown=shows_hidden)
        if card.unusual:
            self._add_heading(self.tr("Unusual here"))
            for unusual in card.unusual:
                self._add_unusual(unusual)
        if card.flags:
            self._add_heading(self.tr("Watch out"))
            for flag in card.flags:
                self._add_flag(flag)
            self._add_rest(card.more_flags, self.more_flags_pressed)
        if card.actions:
            self._add_heading(self.tr("What you can do"))
            for action in card.actions:
                self._add_action(action)
            self._add_rest(card.more_actions, self.more_actions_pressed)
        if card.notices:
            self._add_heading(self.tr("About this reading"))
            small = scaled_font(self.font(), SMALL)
            for notice in card.notices:
                self._column.addWidget(FittedLabel(notice, small, self._theme.muted, most=5))
        self._column.addStretch(1)

    def find_again(self, name: str) -> QWidget | None:
        """Return what has this lasting name, else the first tile, None without any."""
        buttons = self.findChildren(PaintedButton)
        same = (each for each in buttons if _lasting_name(each) == name)
        return next(same, next(iter(self._tiles), None))

    def set_width(self, width: int) -> None:
        """Set the tiles, read row by row, as suits a card of ``width`` pixels."""
        wanted = max(1.0, QFontMetricsF(self.font()).height() / _LARGE_LINE)
        columns = 1 if width < _NARROW * wanted else 2
        if columns == self._columns:
            return
        self._columns = columns
        for index, tile in enumerate(self._tiles):
            alone = index == len(self._tiles) - 1 and index % columns == 0
            row, column = divmod(index, columns)
            self._grid.addWidget(tile, row, column, 1, columns if alone else 1)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _add_head(self, card: SummaryCard) -> None:
        font = self.font()
        small = scaled_font(font, SMALL)
        title = FittedLabel(
            card.title, scaled_font(font, _TITLE, QFont.Weight.Bold), self._theme.ink, most=4
        )
        title.setToolTip(tooltip(card.title, *card.files))
        title.setAccessibleDescription(", ".join(card.files))
        self._column.addWidget(title)
        self._column.addWidget(FittedLabel(card.origin, small, self._theme.muted, most=5))
        self._column.addSpacing(6)
        self._column.addWidget(LineFlow([self._verdict_part(each) for each in card.verdict_parts]))
        self._column.addSpacing(4)
        difficulty = LineButton(card.difficulty, self._theme, is_link=True, most=5)
        difficulty.setAccessibleDescription(self.tr("Shows the figures, and what was counted"))
        difficulty.clicked.connect(self.reading_pressed)
        self._column.addWidget(difficulty)
        self._column.addWidget(FittedLabel(card.length, small, self._theme.muted, most=2))

    def _verdict_part(self, part: VerdictPart) -> Sentence:
        """Return a sentence of the verdict, which leads to what it rests on."""
        font = scaled_font(self.font(), _VERDICT, QFont.Weight.DemiBold)
        leads_on = bool(part.finding or part.topic or part.is_reading)
        button = Sentence(part.text, font, self._theme, leads=leads_on)
        if not leads_on:
            return button
        if part.is_reading:
            leads = self.tr("Shows the figures, and what was counted")
            button.clicked.connect(self.reading_pressed)
        elif part.topic:
            leads = self.tr("Shows what was found on this")
            button.setProperty("topic", part.topic)
            button.clicked.connect(self._silence_clicked)
        else:
            leads = self.tr("Shows the words that say so")
            button.setProperty("finding", part.finding)
            button.clicked.connect(self._finding_clicked)
        button.setAccessibleDescription(leads)
        button.setToolTip(tooltip(part.text, leads))
        return button

    def _add_heading(self, words: str) -> None:
        self._column.addSpacing(9)
        font = scaled_font(self.font(), 1.0, QFont.Weight.Bold)
        self._column.addWidget(FittedLabel(words, font, self._theme.ink, most=2))
        self._column.addSpacing(2)

    def _add_unusual(self, unusual: CardUnusual) -> None:
        button = LineButton(unusual.text, self._theme, shape=unusual.verdict, most=3)
        leads = self.tr("Shows the words that say so")
        button.setToolTip(tooltip(unusual.text, leads))
        button.setAccessibleDescription(leads)
        button.setProperty("finding", unusual.disclosure)
        button.clicked.connect(self._finding_clicked)
        self._column.addWidget(button)

    def _add_flag(self, flag: CardFlag) -> None:
        button = LineButton(flag.text, self._theme, shape=Verdict.CAUTION, most=4)
        quotes = (f"“{quote}”{at}" for quote, at in flag.quotes_and_places)
        button.setToolTip(tooltip(flag.text, *quotes))
        button.setAccessibleDescription(self.tr("Shows the words that clash"))
        button.clicked.connect(self._flag_clicked)
        self.lines["flags"].append(button)
        self._column.addWidget(button)

    def _add_action(self, action: CardAction) -> None:
        if action.target is None and not action.disclosure:
            font = scaled_font(self.font(), SMALL)
            label = FittedLabel(action.text, font, self._theme.ink, most=2)
            label.setContentsMargins(0, 2, 0, 1)
            self.lines["actions"].append(label)
            self._column.addWidget(label)
            return
        button = LineButton(action.text, self._theme, is_link=True, most=2)
        if action.target is None:
            leads = self.tr("Goes to the words that say how")
            button.setProperty("finding", action.disclosure)
            button.clicked.connect(self._finding_clicked)
        else:
            leads = action.target
            button.setProperty("target", action.target)
            button.clicked.connect(self._action_clicked)
        button.setToolTip(tooltip(action.text, leads))
        button.setAccessibleDescription(leads)
        self.lines["actions"].append(button)
        self._column.addWidget(button)

    def _add_hidden(self, count: int, *, are_shown: bool) -> None:
        """Add the line that counts the hidden topics and shows or folds them."""
        one = count == 1
        if are_shown:
            words = (
                self.tr("Fold away the hidden topic")
                if one
                else self.tr("Fold away the hidden topics")
            )
        elif one:
            words = self.tr("1 topic hidden: show it")
        else:
            words = self.tr("{count} topics hidden: show them").format(count=count)
        line = LineButton(words, self._theme, is_link=True, most=1)
        note = self.tr("The verdict, and what you print or save, still cover all topics.")
        line.setAccessibleDescription(note)
        line.setToolTip(tooltip(note))
        line.clicked.connect(self.hidden_pressed)
        self.hidden_line = line
        self._column.addSpacing(5)
        self._column.addWidget(line)

    def _add_rest(self, number: int, pressed: SignalInstance) -> None:
        if number:
            words = self.tr("and %n more", "", number)
            button = LineButton(words, self._theme, is_link=True, most=1)
            button.clicked.connect(pressed)
            self._column.addWidget(button)

    def _tile_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, TileButton):
            self.topic_pressed.emit(tile.topic)

    def _flag_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            self.flag_pressed.emit(self._card.flags[self.lines["flags"].index(button)])

    def _action_clicked(self) -> None:
        self.link_pressed.emit(self.sender().property("target"))

    def _silence_clicked(self) -> None:
        self.topic_pressed.emit(self.sender().property("topic"))

    def _finding_clicked(self) -> None:
        self.finding_pressed.emit(self.sender().property("finding"))


def _lasting_name(button: QWidget) -> str:
    """Return by what a tile or a line is known again on a card that is made anew."""
    return button.topic if isinstance(button, TileButton) else button.accessibleName()


class TileButton(PaintedButton):
    """One topic: its icon and name, the verdict's shape and word, and its headline.

    The word runs into the headline, which takes as many lines as the tile's height holds. A pinned
    tile has a pin behind its name.

    Signals:
        pin_wanted, hide_wanted: its topic is to be pinned or hidden; carries its id, and False
            where that is to be taken back.
    """

    pin_wanted = Signal(str, bool)
    hide_wanted = Signal(str, bool)

    _PAD_X, _PAD_Y, _ICON, _GAP, _PIN = 7, 5, 16, 5, 12

    def __init__(
        self,
        tile: Tile,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        is_pinned: bool = False,
        is_hidden: bool = False,
    ) -> None:
        super().__init__(theme, parent)
        self._tile = tile
        self._is_pinned, self._is_hidden = is_pinned, is_hidden
        self.topic = tile.topic
        self.setText(tile.label)
        self.setAccessibleName(f"{tile.label}: {tile.verdict_word}. {tile.headline}")
        chosen = ""
        if is_pinned:
            chosen = self.tr("Pinned by you.")
        elif is_hidden:
            chosen = self.tr("Hidden by you.")
        described = (chosen, tile.question, tile.silent_note)
        self.setAccessibleDescription(" ".join(filter(None, described)))
        told = f"{tile.verdict_word}. {tile.headline}"
        self.setToolTip(tooltip(f"{tile.label}: {tile.question}", told, tile.silent_note, chosen))
        self._add_choices()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._label_font = scaled_font(self.font(), 0.97, QFont.Weight.DemiBold)
        self._word_font = scaled_font(self.font(), 0.86, QFont.Weight.DemiBold)
        self._told_font = scaled_font(self.font(), 0.86)
        self._icon = max(self._ICON, round(QFontMetricsF(self._label_font).height()))

    def _add_choices(self) -> None:
        """Offer in the tile's menu what else can be done with its topic."""
        pin = QAction(self.tr("Unpin") if self._is_pinned else self.tr("Pin to the top"), self)
        hide = QAction(
            self.tr("Show this topic again") if self._is_hidden else self.tr("Hide this topic"),
            self,
        )
        pin.triggered.connect(self._on_pin)
        hide.triggered.connect(self._on_hide)
        self.addActions([pin, hide])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _on_pin(self) -> None:
        self.pin_wanted.emit(self.topic, not self._is_pinned)

    def _on_hide(self) -> None:
        self.hide_wanted.emit(self.topic, not self._is_hidden)

    def sizeHint(self) -> QSize:
        """Return the room for the whole headline at this width."""
        return QSize(200, self._height_of(self._needed_lines()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew for the height that the headline needs at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._ask_for_height()

    def _ask_for_height(self) -> None:
        needed = self._needed_lines()
        self.setMinimumHeight(self._height_of(needed))
        self.setMaximumHeight(self._height_of(needed + _MOST_SPARE))
        self.updateGeometry()

    def _needed_lines(self) -> int:
        """Return how many lines the headline takes at this width; two before it has one."""
        return len(self._told_lines(self._room(), _MOST_TOLD)) if self.width() > 100 else 2

    def _room(self) -> float:
        return float(self.width() - 2 * self._PAD_X - self._icon - self._GAP)

    def _height_of(self, told_lines: int) -> int:
        label = QFontMetricsF(self._label_font).height()
        told = QFontMetricsF(self._told_font).height()
        return round(2 * self._PAD_Y + label + told * told_lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile: ground, icon and name, shape and word, headline."""
        tile, theme = self._tile, self._theme
        colors = theme.colors(tile.verdict)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)

        label_metrics = QFontMetricsF(self._label_font)
        told_metrics = QFontMetricsF(self._told_font)
        left = float(self._PAD_X + self._icon + self._GAP)
        room = self._room()
        space = self.height() - 2 * self._PAD_Y - label_metrics.height()
        most = max(1, int(space / told_metrics.height() + 0.05))
        lines = self._told_lines(room, most)
        height = label_metrics.height() + told_metrics.height() * len(lines)
        top = max(float(self._PAD_Y), (self.height() - height) / 2)

        icon = QRectF(
            self._PAD_X, top + (label_metrics.height() - self._icon) / 2, *2 * (self._icon,)
        )
        paint_icon(painter, mirrored(self, icon), tile.topic, theme.ink)
        painter.setPen(theme.ink)
        beside_pin = room - (self._PIN if self._is_pinned else 0)
        label_font = self._fitting_label_font(beside_pin)
        painter.setFont(label_font)
        name_box = QRectF(left, top, beside_pin, label_metrics.height())
        label = elide(tile.label, label_font, beside_pin)
        paint_line(painter, self, name_box, label)
        if self._is_pinned:
            pin = QRectF(left + beside_pin, top + 2, self._PIN, self._PIN)
            _paint_pin(painter, mirrored(self, pin), theme.ink)

        top += label_metrics.height()
        shape = told_metrics.height() - 1
        square = QRectF(self._PAD_X + (self._icon - shape) / 2, top + 1, shape, shape)
        paint_shape(painter, mirrored(self, square), tile.verdict, theme)
        painter.setFont(self._word_font)
        painter.setPen(colors.line)
        paint_line(painter, self, QRectF(left, top, room, told_metrics.height()), tile.verdict_word)
        painter.setFont(self._told_font)
        painter.setPen(theme.ink)
        indent = self._word_indent()
        for line in lines:
            rest = QRectF(left + indent, top, room - indent, told_metrics.height())
            paint_line(painter, self, rest, line)
            top += told_metrics.height()
            indent = 0.0
        painter.end()

    def _fitting_label_font(self, room: float) -> QFont:
        """Return the font of the topic's name, a little smaller where that lets it fit."""
        needed = QFontMetricsF(self._label_font).horizontalAdvance(self._tile.label)
        if needed <= room:
            return self._label_font
        return scaled_font(self._label_font, max(0.7, room / needed * 0.99))

    def _word_indent(self) -> float:
        metrics = QFontMetricsF(self._word_font)
        return metrics.horizontalAdvance(self._tile.verdict_word + "  ")

    def _told_lines(self, room: float, most: int) -> list[str]:
        told = self._tile.headline
        return break_lines(told, self._told_font, room, most, indent=self._word_indent()) or [""]

    def _paint_ground(self, painter: QPainter) -> None:
        verdict = self._tile.verdict
        colors = self._theme.colors(verdict)
        silent = verdict in (Verdict.SILENT, Verdict.WITHHELD)
        edge = colors.line if self.underMouse() or silent else self._theme.rule
        pen = QPen(edge, 1)
        if silent:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(self._theme.page if verdict is Verdict.NEUTRAL else colors.tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        self.paint_focus(painter, 5)


def _paint_pin(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Paint a drawing pin into the square ``rect``: head, collar and needle."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 12, rect.height() / 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(3, 0.5, 6, 2), 1, 1)
    painter.drawRect(QRectF(4, 2, 4, 3.5))
    painter.drawRoundedRect(QRectF(2, 5, 8, 1.8), 0.8, 0.8)
    painter.drawRect(QRectF(5.5, 6.5, 1, 5))
    painter.restore()
