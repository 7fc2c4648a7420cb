"""The reader's own notes and highlights, in the order of the text, each with what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reader.annotations import Annotation, QuotedAnnotation, quoted
from reader.gui.annotation_layer import SIGN, paint_sign
from reader.gui.side_panel import MARGIN, SidePanel
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton
from reader.gui.theme import Theme
from reader.gui.typography import mirrored, scaled_font
from reader.model import Document
from reader.summary import clean_line, file_at

_LONGEST_QUOTE = 4
_LONGEST_NOTE = 30
_MOST_OF_A_QUOTE = 1_000  # characters


class NotesPanel(SidePanel):
    """Lists the marks of the open policy.

    Signals:
        annotation_chosen: the words of a mark were pressed; carries its Annotation.
        change_wanted: the reader wants to write a note anew; carries the mark's id.
        delete_wanted: the reader wants a mark gone; carries its id.
    """

    annotation_chosen = Signal(object)
    change_wanted = Signal(int)
    delete_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Your notes"))
        self._theme = theme
        self._document: Document | None = None
        self._annotations: tuple[Annotation, ...] = ()
        self._are_kept = True
        self._cards: dict[int, _Card] = {}

    def show_annotations(self, document: Document, annotations: Sequence[Annotation]) -> None:
        """Show the marks on ``document``."""
        self._document, self._annotations = document, tuple(annotations)
        self._rebuild()

    def tell_whether_kept(self, are_kept: bool) -> None:
        """Say whether the notes outlive the window."""
        self._are_kept = are_kept
        self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self._rebuild()

    def take_focus(self, number: int | None = None) -> None:
        """Put the keyboard on the mark whose id is ``number``, else on the first, or on the way."""
        card = self._cards.get(number) if number is not None else None
        card = card or next(iter(self._cards.values()), None)
        target = card.first_button if card else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if card is not None:
            self.area.ensureWidgetVisible(card)

    def _rebuild(self) -> None:
        if self._document is None:
            return
        theme, document = self._theme, self._document
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 4, MARGIN, 14)
        column.setSpacing(8)
        title = scaled_font(content.font(), 1.35, QFont.Weight.Bold)
        column.addWidget(FittedLabel(self.tr("Your notes"), title, theme.ink, most=1))
        small = scaled_font(content.font(), SMALL)
        column.addWidget(FittedLabel(self._kept_words(), small, theme.muted, most=4))
        if not self._annotations:
            empty = self.tr("None yet. Select words in the text and press {note} or {highlight}.")
            words = empty.format(note="Ctrl+M", highlight="Ctrl+Shift+H")
            column.addWidget(FittedLabel(words, content.font(), theme.ink, most=4))
        self._cards = {}
        for each in quoted(self._annotations, document):
            card = _Card(each, document, theme)
            card.chosen.connect(self.annotation_chosen)
            card.change_pressed.connect(self.change_wanted)
            card.delete_pressed.connect(self.delete_wanted)
            self._cards[each.annotation.id] = card
            column.addWidget(card)
        column.addStretch(1)
        self.show_content(content)

    def _kept_words(self) -> str:
        if self._are_kept:
            return self.tr("Kept on this computer, for this file only.")
        return self.tr("Nothing is remembered: your notes will be gone when the window closes.")


class _Card(QFrame):
    """One mark: its section, its words, the note, and what can be done with it."""

    chosen = Signal(object)
    change_pressed = Signal(int)
    delete_pressed = Signal(int)

    def __init__(self, told: QuotedAnnotation, document: Document, theme: Theme) -> None:
        super().__init__()
        self._told, self._theme = told, theme
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 7, 8, 8)
        column.setSpacing(4)
        small = scaled_font(self.font(), SMALL)
        place = self._place(document)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(_Sign(theme, has_note=bool(told.annotation.note)))
        head.addWidget(FittedLabel(place, small, theme.muted, most=2), 1)
        column.addLayout(head)
        buttons: list[LineButton] = []
        words = clean_line(told.quote[:_MOST_OF_A_QUOTE])
        if len(told.quote) > _MOST_OF_A_QUOTE:
            words += " …"
        if words:
            quote = LineButton(f"“{words}”", theme, is_link=True, most=_LONGEST_QUOTE)
            quote.setAccessibleName(f"{place}: “{words}”")
            quote.setAccessibleDescription(self.tr("Goes to these words in the text"))
            quote.clicked.connect(self._on_chosen)
            column.addWidget(quote)
            buttons.append(quote)
        for line in told.annotation.note.splitlines():
            if line.strip():
                column.addWidget(FittedLabel(line, self.font(), theme.ink, most=_LONGEST_NOTE))
        change = LineButton(
            self.tr("Change the note …") if told.annotation.note else self.tr("Write a note …"),
            theme,
            is_link=True,
            most=2,
        )
        delete = LineButton(self.tr("Delete"), theme, is_link=True, most=2)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (change, delete):
            button.setAccessibleDescription(told.annotation.note or words)
            row.addWidget(button)
        column.addLayout(row)
        change.clicked.connect(self._on_change)
        delete.clicked.connect(self._on_delete)
        self.first_button: QWidget = buttons[0] if buttons else change
        self.setAccessibleName(told.annotation.note or self.tr("Highlighted by you"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground that the words stand on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.rule, 1))
        painter.setBrush(self._theme.page)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _place(self, document: Document) -> str:
        if self._told.section is None:
            return self.tr("Its words are no longer in the text")
        heading = clean_line(document.sections[self._told.section].heading)
        place = heading or self.tr("Before the first heading")
        span = self._told.annotation.span
        if span is not None and (file := file_at(document, span)):
            place += f" · {file}"
        if self._told.page is not None:
            place += self.tr(" · page {number}").format(number=self._told.page)
        return place

    def _on_chosen(self) -> None:
        self.chosen.emit(self._told.annotation)

    def _on_change(self) -> None:
        self.change_pressed.emit(self._told.annotation.id)

    def _on_delete(self) -> None:
        self.delete_pressed.emit(self._told.annotation.id)


class _Sign(QWidget):
    """The sign that stands beside the words in the text."""

    def __init__(self, theme: Theme, *, has_note: bool) -> None:
        super().__init__()
        self._theme, self._has_note = theme, has_note
        self.setFixedSize(QSize(round(SIGN) + 2, round(SIGN) + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = mirrored(self, QRectF(1, 1, SIGN, SIGN))
        paint_sign(painter, place, self._theme, has_note=self._has_note)
        painter.end()
