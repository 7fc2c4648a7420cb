"""How hard the policy or one of its sections reads: sentences, figures, and what was counted.

All of it is plain text, worded by ``reader.difficulty``.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from reader.difficulty import (
    HOW_COUNTED,
    WHAT_BARS_ARE,
    Difficulty,
    Figure,
    HardSentence,
    bars_line,
    difficulty_of_policy,
    difficulty_of_section,
)
from reader.gui.bars import BARS, paint_bars
from reader.gui.legal_bars_list import LegalBarsList
from reader.gui.side_panel import MARGIN, SidePanel
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton
from reader.gui.theme import Theme
from reader.gui.typography import mirrored, scaled_font
from reader.model import PolicyReport
from reader.summary import clean_line

WHOLE_POLICY = -1
"""In place of a section's index: all of them."""

_LONGEST_HEADING = 4
_LONGEST_SENTENCE = 3


class ReadingPanel(SidePanel):
    """Shows the difficulty of the whole policy or of a section.

    Signals:
        sentence_chosen: a sentence was pressed; carries its Span.
        rewriting_wanted: the reader asks which sentences to rewrite first.
        section_wanted, whole_wanted: it is to be told of the section that is read now alone, or of
            the whole policy.
    """

    sentence_chosen = Signal(object)
    rewriting_wanted = Signal()
    section_wanted = Signal()
    whole_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reading difficulty"))
        self._theme = theme
        self._report: PolicyReport | None = None
        self._section = WHOLE_POLICY

    def show_section(self, report: PolicyReport, section: int) -> None:
        """Show how hard a section reads, by its index or ``WHOLE_POLICY``."""
        self._report, self._section = report, section
        self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self._rebuild()

    def clear(self) -> None:
        """Show nothing, which nothing has to be done for, until something is shown again."""
        self._report = None
        self.show_content(None)

    def take_focus(self) -> None:
        """Put the keyboard on the first sentence, or on the way back."""
        content = self.area.widget()
        first = content.sentences[:1] if isinstance(content, _Content) else []
        (first[0] if first else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self) -> None:
        if self._report is None:
            return
        told = (
            difficulty_of_policy(self._report)
            if self._section == WHOLE_POLICY
            else difficulty_of_section(self._report, self._section)
        )
        is_whole = self._section == WHOLE_POLICY and bool(self._report.heavy_sentences)
        content = _Content(
            told,
            self._theme,
            is_whole=self._section == WHOLE_POLICY,
            leads_to_rewriting=is_whole,
        )
        content.other_pressed.connect(
            self.section_wanted if self._section == WHOLE_POLICY else self.whole_wanted
        )
        content.sentence_pressed.connect(self.sentence_chosen)
        content.rewriting_pressed.connect(self.rewriting_wanted)
        self.show_content(content)


class _Content(QWidget):
    """The column of what is told of one text."""

    sentence_pressed = Signal(object)
    rewriting_pressed = Signal()
    other_pressed = Signal()

    def __init__(
        self, told: Difficulty, theme: Theme, *, is_whole: bool, leads_to_rewriting: bool
    ) -> None:
        super().__init__()
        self._theme = theme
        self._told = told.sentences
        self.sentences: list[LineButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 4, MARGIN, 14)
        self._column.setSpacing(4)
        title = scaled_font(self.font(), 1.35, QFont.Weight.Bold)
        heading = FittedLabel(clean_line(told.of), title, theme.ink, most=_LONGEST_HEADING)
        self._column.addWidget(heading)
        words = (
            self.tr("Only the section that is read now")
            if is_whole
            else self.tr("The whole policy")
        )
        other = LineButton(words, theme, is_link=True, most=2)
        other.setAccessibleDescription(self.tr("Shows how hard that reads"))
        other.clicked.connect(self.other_pressed)
        self._column.addWidget(other)
        if told.scores:
            self._column.addWidget(_BandLine(told, theme))
        self._add_line(told.line, most=3)
        for line in (told.facts, told.standing and f"{told.standing}.", told.note):
            if line:
                self._add_line(line, most=3)
        if told.sentences:
            self._add_heading(self.tr("Hardest sentences, in the order of the text"))
            for sentence in told.sentences:
                self._add_sentence(sentence)
        if leads_to_rewriting:
            button = LineButton(
                self.tr("What to rewrite first: the writer's view"), theme, is_link=True, most=2
            )
            button.clicked.connect(self.rewriting_pressed)
            self._column.addSpacing(4)
            self._column.addWidget(button)
        if told.bars:
            self._add_heading(self.tr("Compared with laws and guides"))
            self._add_line(f"{bars_line(told.bars)}.", most=2)
            self._add_line(WHAT_BARS_ARE, most=6, small=True)
            self._column.addWidget(LegalBarsList(told.bars, theme))
        if told.scores:
            self._add_heading(self.tr("Six formulas"))
            self._add_table(told.scores)
        if told.counts:
            self._add_heading(self.tr("What was counted"))
            self._add_table(told.counts)
            for line in (*HOW_COUNTED, told.compared):
                if line:
                    self._add_line(line, most=8, small=True)
        self._column.addStretch(1)

    def _add_line(self, words: str, *, most: int, small: bool = False) -> None:
        font = scaled_font(self.font(), SMALL) if small else self.font()
        color = self._theme.muted if small else self._theme.ink
        self._column.addWidget(FittedLabel(words, font, color, most=most))

    def _add_heading(self, words: str) -> None:
        self._column.addSpacing(10)
        font = scaled_font(self.font(), 1.0, QFont.Weight.Bold)
        self._column.addWidget(FittedLabel(words, font, self._theme.ink, most=2))

    def _add_sentence(self, sentence: HardSentence) -> None:
        words = clean_line(sentence.words)
        button = LineButton(f"“{words}”", self._theme, most=_LONGEST_SENTENCE)
        button.setAccessibleName(f"{sentence.why}: {words}")
        button.setAccessibleDescription(self.tr("Goes to this sentence in the text"))
        button.clicked.connect(self._sentence_clicked)
        self.sentences.append(button)
        small = scaled_font(self.font(), SMALL)
        self._column.addSpacing(3)
        self._column.addWidget(FittedLabel(sentence.why, small, self._theme.muted, most=1))
        self._column.addWidget(button)

    def _add_table(self, figures: Sequence[Figure]) -> None:
        """Add rows of name, value and meaning, the values under one another."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        small = scaled_font(self.font(), SMALL)
        for row, figure in enumerate(figures):
            name = FittedLabel(figure.name, self.font(), self._theme.ink, most=2)
            name.setAccessibleName(f"{figure.name}: {figure.value} {figure.meaning}".strip())
            value = _Value(figure.value, self._theme)
            meaning = FittedLabel(figure.meaning, small, self._theme.muted, most=2)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(name, row, 0, top)
            grid.addWidget(value, row, 1, top)
            grid.addWidget(meaning, row, 2, top)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 6)
        self._column.addLayout(grid)

    def _sentence_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, LineButton):
            self.sentence_pressed.emit(self._told[self.sentences.index(button)].span)


class _BandLine(QWidget):
    """The five bars of the contents, larger."""

    _SCALE = 2

    def __init__(self, told: Difficulty, theme: Theme) -> None:
        super().__init__()
        self._told, self._theme = told, theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of the bars."""
        return QSize(BARS.width() * self._SCALE, BARS.height() * self._SCALE + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars at the side on which reading begins."""
        painter = QPainter(self)
        size = BARS * self._SCALE
        place = mirrored(self, QRectF(0, 2, size.width(), size.height()))
        painter.translate(place.topLeft())
        painter.scale(self._SCALE, self._SCALE)
        bars = QRectF(0, 0, BARS.width(), BARS.height())
        paint_bars(
            painter,
            bars,
            self._told.band,
            self._theme.ink,
            self._theme.rule,
            rough=self._told.rough,
        )
        painter.end()


class _Value(FittedLabel):
    """A figure, as wide as the widest of its column needs and set to the right."""

    def __init__(self, value: str, theme: Theme) -> None:
        font = QFont()
        super().__init__(value, font, theme.ink, most=1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(value)
        self.setFixedWidth(round(QFontMetricsF(self.font()).horizontalAdvance("000,000")))
