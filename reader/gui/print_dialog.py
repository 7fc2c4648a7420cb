"""Asks what to print of the open policy; the printer is the next question."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from reader.gui.choice_list import Choice, ChoiceList
from reader.gui.notes_switch import NotesSwitch
from reader.gui.paper import Content


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What the reader wants on paper."""

    content: Content
    with_notes: bool

    @classmethod
    def of(cls, value: str, *, with_notes: bool) -> PrintChoice:
        """Return what the settings name; what they cannot mean is the summary."""
        known = (content for content in Content if content.value == value)
        return cls(next(known, Content.SUMMARY), with_notes)


class PrintDialog(QDialog):
    """The three things that can be printed, each to be looked at first.

    Signals:
        preview_wanted: the reader wants to see the pages; carries the ``PrintChoice``.
        print_wanted: the reader wants them printed; carries the ``PrintChoice``.
    """

    preview_wanted = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, choice: PrintChoice, notes: int, parent: QWidget) -> None:
        """Show ``choice``; ``notes`` is the number of the reader's own that there are."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print"))
        contents = [
            Choice(Content.SUMMARY.value, self.tr("&Summary"), self.tr("The card, on one page")),
            Choice(
                Content.SUMMARY_AND_TEXT.value,
                self.tr("Summary and &text"),
                self.tr("The card, then the whole policy with its marks"),
            ),
            Choice(
                Content.FINDINGS.value,
                self.tr("&Findings only"),
                self.tr("Every finding with the words behind it"),
            ),
        ]
        self.contents = ChoiceList(self.tr("What to print"), contents, choice.content.value, self)
        self.notes = NotesSwitch(notes, self, wanted=choice.with_notes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.preview = buttons.addButton(
            self.tr("Pre&view …"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.print = buttons.addButton(self.tr("&Print …"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.print.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        for widget in (self.contents, self.notes, buttons):
            column.addWidget(widget)
        self._on_content()
        self.contents.changed.connect(self._on_content)
        self.preview.clicked.connect(self._on_preview)
        buttons.accepted.connect(self._on_print)
        buttons.rejected.connect(self.reject)
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def choice(self) -> PrintChoice:
        """What is chosen now."""
        return PrintChoice(Content(self.contents.value), self.notes.wanted)

    def _on_content(self) -> None:
        self.notes.allow(self.choice.content.takes_notes)

    def _on_preview(self) -> None:
        self.preview_wanted.emit(self.choice)

    def _on_print(self) -> None:
        self.print_wanted.emit(self.choice)
        self.accept()
