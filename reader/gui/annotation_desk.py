"""Where the reader's own marks on the open policy are made, changed and deleted.

It holds the marks and asks for the words of a note. Showing them is for whoever hears that they
changed, and so is keeping them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.annotations import Annotation, annotate, next_id, removed, replaced
from reader.changes import still_annotated
from reader.gui.note_dialog import NoteDialog
from reader.model import Span


class AnnotationDesk(QObject):
    """The marks on one text.

    Signals:
        changed: a mark was made, changed or deleted; carries the marks as they were before.
        words_lost: a note is saved whose words have left the text meanwhile; it has no place.
    """

    changed = Signal(object)
    words_lost = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._text = ""
        self._annotations: tuple[Annotation, ...] = ()
        self._asked_for: Annotation | None = None  # the mark whose note is written, new or not

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The marks, the first made first."""
        return self._annotations

    def lay(self, text: str, annotations: Sequence[Annotation]) -> None:
        """Hold the marks on ``text``, in place of those before; nothing counts as changed.

        A note that is being written goes on: on its words where ``text`` has them, else on none.
        """
        if self._asked_for is not None:
            moved = still_annotated(self._text, text, [self._asked_for])
            self._asked_for = moved[0] if moved else replace(self._asked_for, span=None)
        self._text, self._annotations = text, tuple(annotations)

    def highlight(self, span: Span) -> None:
        """Mark the words of ``span`` without a note, unless these very words have a mark."""
        if self._mark_on(span) is None:
            self._add(span, "")

    def ask_for_note(self, span: Span) -> None:
        """Ask for a note on the words of ``span``, or for another one where they have a mark."""
        mark = self._mark_on(span) or annotate(self._text, span, "", self._annotations)
        if mark is not None:
            self._ask_for(mark)

    def ask_for_change(self, number: int) -> None:
        """Ask for other words of the note whose id is ``number``."""
        for each in self._annotations:
            if each.id == number:
                self._ask_for(each)

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

    def _ask_for(self, mark: Annotation) -> None:
        self._asked_for = mark
        quote = mark.span.of(self._text) if mark.span else ""
        dialog = NoteDialog(quote, mark.note, self._window)
        dialog.saved.connect(self._on_saved)
        dialog.rejected.connect(self._on_rejected)
        dialog.open()

    def _on_rejected(self) -> None:
        self._asked_for = None

    def _on_saved(self, note: str) -> None:
        asked_for, self._asked_for = self._asked_for, None
        if asked_for is None:
            return
        there = self._same_mark(asked_for)
        if there is None:
            self._add_again(asked_for, note)
        elif not note and there.span is None:  # nothing would be left of it
            self._change(removed(self._annotations, there.id))
        else:
            self._change(replaced(self._annotations, replace(there, note=note)))

    def _same_mark(self, mark: Annotation) -> Annotation | None:
        """Return ``mark`` as it is held now, None where it is new or was lost with its words."""
        for each in self._annotations:  # where files are joined its number may be another's
            if each.id == mark.id and each.fingerprint == mark.fingerprint:
                return each
        return self._mark_on(mark.span) if mark.span is not None else None

    def _add_again(self, mark: Annotation, note: str) -> None:
        if mark.span is not None:
            self._add(mark.span, note)
        elif note:
            lost = replace(mark, id=next_id(self._annotations), note=note)
            self.words_lost.emit()  # first: whether it can be kept is worth more
            self._change((*self._annotations, lost))

    def _add(self, span: Span, note: str) -> None:
        made = annotate(self._text, span, note, self._annotations)
        if made is not None:
            self._change((*self._annotations, made))

    def _change(self, annotations: tuple[Annotation, ...]) -> None:
        if annotations != self._annotations:
            before, self._annotations = self._annotations, annotations
            self.changed.emit(before)
