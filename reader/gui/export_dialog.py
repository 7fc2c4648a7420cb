"""Asks what to save of the open policy, and says there why it could not be saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import shape_pixmap
from reader.gui.choice_list import Choice, ChoiceList
from reader.gui.export_kinds import ExportChoice, ExportKind, kind_words
from reader.gui.notes_switch import NotesSwitch
from reader.gui.theme import Theme
from reader.model import Verdict

_SHAPE = 20


class ExportDialog(QDialog):
    """Kind, paper and notes; it stays until the file is saved, or given up.

    Signals:
        save_wanted: the reader wants to say where; carries the ``ExportChoice``.
    """

    save_wanted = Signal(object)

    def __init__(self, choice: ExportChoice, notes: int, theme: Theme, parent: QWidget) -> None:
        """Show ``choice``; ``notes`` is the number of the reader's own that there are."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self._theme = theme
        kinds = [Choice(kind.value, *kind_words(kind)) for kind in ExportKind]
        self.kinds = ChoiceList(self.tr("What to save"), kinds, choice.kind.value, self)
        self.paper = QComboBox(self)
        self.paper.addItem(self.tr("A4"), "a4")
        self.paper.addItem(self.tr("Letter"), "letter")
        self.paper.setCurrentIndex(max(self.paper.findData(choice.page_size), 0))
        self.notes = NotesSwitch(notes, self, wanted=choice.with_notes)
        self._problem = QWidget(self)
        self._problem_words = QLabel(self._problem)
        self._problem_shape = QLabel(self._problem)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.save = self._buttons.addButton(
            self.tr("Sa&ve as …"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save.setDefault(True)
        self._lay_out()
        self._on_kind()
        self.kinds.changed.connect(self._on_kind)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._problem_words.setTextFormat(Qt.TextFormat.PlainText)
        self._problem_words.setWordWrap(True)
        row = QHBoxLayout(self._problem)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._problem_shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._problem_words, 1)
        self._problem.hide()
        form = QFormLayout()
        form.addRow(self.tr("&Paper:"), self.paper)
        form.addRow(self.notes)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addWidget(self.kinds)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(self._buttons)

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        kind = ExportKind.of(self.kinds.value)
        return ExportChoice(kind, self.paper.currentData(), self.notes.wanted)

    @property
    def problem(self) -> str:
        """Why the last try did not save anything, and what to do; '' after none."""
        return "" if self._problem.isHidden() else self._problem_words.text()

    def show_problem(self, words: str, hint: str) -> None:
        """Say why nothing was saved, and what to do now."""
        self._problem_words.setText(f"{words} {hint}".strip())
        self._problem_words.setAccessibleName(self._problem_words.text())
        ratio = self.devicePixelRatioF()
        self._problem_shape.setPixmap(shape_pixmap(Verdict.CAUTION, _SHAPE, self._theme, ratio))
        self._problem.show()

    def _on_kind(self) -> None:
        kind = ExportKind.of(self.kinds.value)
        self.paper.setEnabled(kind.content is not None)
        self.notes.allow(kind.takes_notes)

    def _on_save(self) -> None:
        self._problem.hide()
        self.save_wanted.emit(self.choice)
