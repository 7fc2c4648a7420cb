"""The writer's view: the sentences to rewrite first, what makes each hard, and what that gains.

All of it is plain text, worded by ``reader.rewriting``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.gui.side_panel import MARGIN, SidePanel
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton
from reader.gui.theme import Theme
from reader.gui.typography import scaled_font
from reader.model import PolicyReport, Span
from reader.rewriting import HOW_CHOSEN, Rewrite, Rewriting, rewriting_of
from reader.summary import clean_line

_LONGEST_SENTENCE = 4
_MOST_REASONS = 5


class WritersView(SidePanel):
    """Shows which sentences weigh most on the score of a policy.

    Signals:
        sentence_chosen: a sentence was pressed; carries its Span.
    """

    sentence_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Writer's view"))
        self._theme = theme
        self._report: PolicyReport | None = None

    def show_report(self, report: PolicyReport) -> None:
        """Show the heaviest sentences of ``report``."""
        self._report = report
        content = _Content(rewriting_of(report), self._theme)
        content.sentence_pressed.connect(self.sentence_chosen)
        self.show_content(content)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        if self._report is not None:
            self.show_report(self._report)

    def take_focus(self) -> None:
        """Put the keyboard on the first sentence, or on the way back."""
        content = self.area.widget()
        first = content.sentences[:1] if isinstance(content, _Content) else []
        (first[0] if first else self.back).setFocus(Qt.FocusReason.OtherFocusReason)


class _Content(QWidget):
    """The column of sentences, with what is told of all of them above."""

    sentence_pressed = Signal(object)

    def __init__(self, told: Rewriting, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._places: dict[LineButton, Span] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 4, MARGIN, 14)
        self._column.setSpacing(4)
        title = scaled_font(self.font(), 1.35, QFont.Weight.Bold)
        self._add(self.tr("What to rewrite first"), title, theme.ink, most=2)
        if not told.sentences:
            self._add(
                self.tr("Nothing here is scored, so no sentence weighs more than the others."),
                self.font(),
                theme.ink,
                most=3,
            )
        for line in filter(None, (told.line, told.split)):
            self._add(line, self.font(), theme.ink, most=4)
        for number, sentence in enumerate(told.sentences, start=1):
            self._add_sentence(number, sentence)
        if told.sentences:
            self._column.addSpacing(10)
            self._add(HOW_CHOSEN, scaled_font(self.font(), SMALL), theme.muted, most=6)
        self._column.addStretch(1)

    @property
    def sentences(self) -> list[LineButton]:
        """The sentences to press, in their order."""
        return list(self._places)

    def _add(self, words: str, font: QFont, color: QColor, *, most: int) -> None:
        self._column.addWidget(FittedLabel(words, font, color, most=most))

    def _add_sentence(self, number: int, sentence: Rewrite) -> None:
        words = clean_line(sentence.words)
        reasons = clean_line("; ".join(sentence.reasons))
        self._column.addSpacing(10)
        bold = scaled_font(self.font(), 1.0, QFont.Weight.Bold)
        head = f"{number}. {sentence.effect[0].upper()}{sentence.effect[1:]}"
        self._add(head, bold, self._theme.ink, most=1)
        button = LineButton(f"“{words}”", self._theme, most=_LONGEST_SENTENCE)
        button.setAccessibleName(f"{head}: {words}. {reasons}")
        button.setAccessibleDescription(self.tr("Goes to this sentence in the text"))
        button.clicked.connect(self._on_pressed)
        self._places[button] = sentence.span
        self._column.addWidget(button)
        small = scaled_font(self.font(), SMALL)
        self._add(reasons, small, self._theme.muted, most=_MOST_REASONS)

    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, LineButton):
            self.sentence_pressed.emit(self._places[button])
