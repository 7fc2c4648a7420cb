"""Where the reader's own marks on the open policy are made, changed and deleted.

It holds the marks and asks for the words of a note. Showing them is for whoever hears that they
changed, and so is keeping them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.annotations import Annotation, annotate, removed, replaced
from reader.gui.note_dialog import NoteDialog
from reader.model import Span


class AnnotationDesk(QObject):
    """The marks on one text.

    Signals:
        changed: a mark was made, changed or deleted; carries the marks as they were before.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._text = ""
        self._annotations: tuple[Annotation, ...] = ()
        self._asked_for: Span | int | None = None  # the words of a new note, or a mark's id

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The marks, the first made first."""
        return self._annotations

    def lay(self, text: str, annotations: Sequence[Annotation]) -> None:
        """Hold the marks on ``text``, in place of those before; nothing counts as changed."""
        self._text, self._annotations = text, tuple(annotations)
        self._asked_for = None

    def highlight(self, span: Span) -> None:
        """Mark the words of ``span`` without a note, unless these very words have a mark."""
        if self._mark_on(span) is None:
            self._add(span, "")

    def ask_for_note(self, span: Span) -> None:
        """Ask for a note on the words of ``span``, or for another one where they have a mark."""
        there = self._mark_on(span)
        if there is not None:
            self.ask_for_change(there.id)
            return
        self._asked_for = span
        self._open(span.of(self._text), "")

    def ask_for_change(self, number: int) -> None:
        """Ask for other words of the note whose id is ``number``."""
        for each in self._annotations:
            if each.id == number:
                self._asked_for = number
                self._open(each.span.of(self._text) if each.span else "", each.note)

    def delete(self, number: int) -> None:
        """Delete the mark whose id is ``number``."""
        self._change(removed(self._annotations, number))

    def put_back(self, annotations: Sequence[Annotation]) -> None:
        """Hold ``annotations`` again, as they were at some time before."""
        self._change(tuple(annotations))

    def _mark_on(self, span: Span) -> Annotation | None:
        new = annotate(self._text, span, "", ())
        same = (each for each in self._annotations if new and each.span == new.span)
        return next(same, None)

    def _open(self, quote: str, note: str) -> None:
        dialog = NoteDialog(quote, note, self._window)
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def _on_saved(self, note: str) -> None:
        asked_for, self._asked_for = self._asked_for, None
        if isinstance(asked_for, Span):
            self._add(asked_for, note)
        for each in self._annotations:
            if each.id != asked_for:
                continue
            if not note and each.span is None:  # nothing would be left of it
                self._change(removed(self._annotations, each.id))
            else:
                self._change(replaced(self._annotations, replace(each, note=note)))

    def _add(self, span: Span, note: str) -> None:
        made = annotate(self._text, span, note, self._annotations)
        if made is not None:
            self._change((*self._annotations, made))

    def _change(self, annotations: tuple[Annotation, ...]) -> None:
        if annotations != self._annotations:
            before, self._annotations = self._annotations, annotations
            self.changed.emit(before)
