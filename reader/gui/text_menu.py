"""The menu of the text: what can be done with what is selected, or lies under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from reader.annotations import Annotation
from reader.model import Span


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a menu is about; each is None or '' where there is none.

    ``span`` are the words that can be quoted and noted, ``link`` is an address, ``meaning`` the
    definition of a term, and ``annotation`` a mark of the reader's own.
    """

    span: Span | None = None
    link: str = ""
    meaning: Span | None = None
    annotation: Annotation | None = None


class TextMenu(QMenu):
    """Offers what can be done with what is ``pointed`` at; ``can_copy`` where words are selected.

    Signals:
        copy_wanted, all_wanted: what is selected is to be copied, or all to be selected.
        quote_wanted, highlight_wanted, note_wanted: carry the Span of the words.
        meaning_wanted: carries the Span of the definition.
        annotation_chosen: carries the ``Annotation``.
    """

    copy_wanted = Signal()
    all_wanted = Signal()
    quote_wanted = Signal(object)
    highlight_wanted = Signal(object)
    note_wanted = Signal(object)
    meaning_wanted = Signal(object)
    annotation_chosen = Signal(object)

    def __init__(self, pointed: Pointed, parent: QWidget, *, can_copy: bool) -> None:
        super().__init__(parent)
        self._pointed = pointed
        is_something = pointed.span is not None
        self._add(self.tr("&Copy"), self._on_copy, can=can_copy)
        self._add(self.tr("Copy with its &source"), self._on_quote, can=is_something)
        if pointed.link:
            self._add(self.tr("Copy the &link"), self._on_link)
        self.addSeparator()
        if pointed.meaning is not None:
            self._add(self.tr("Go to what this &term means"), self._on_meaning)
            self.addSeparator()
        self._add(self.tr("&Highlight"), self._on_highlight, can=is_something)
        self._add(self.tr("Write a &note …"), self._on_note, can=is_something)
        if pointed.annotation is not None:
            self._add(self.tr("&Your note here"), self._on_annotation)
        self.addSeparator()
        self._add(self.tr("Select &all"), self._on_all)

    def _add(self, words: str, slot: Callable[[], object], *, can: bool = True) -> None:
        action = self.addAction(words)
        action.setEnabled(can)
        action.triggered.connect(slot)

    def _on_copy(self) -> None:
        self.copy_wanted.emit()

    def _on_all(self) -> None:
        self.all_wanted.emit()

    def _on_quote(self) -> None:
        self.quote_wanted.emit(self._pointed.span)

    def _on_link(self) -> None:
        QGuiApplication.clipboard().setText(self._pointed.link)

    def _on_meaning(self) -> None:
        self.meaning_wanted.emit(self._pointed.meaning)

    def _on_highlight(self) -> None:
        self.highlight_wanted.emit(self._pointed.span)

    def _on_note(self) -> None:
        self.note_wanted.emit(self._pointed.span)

    def _on_annotation(self) -> None:
        self.annotation_chosen.emit(self._pointed.annotation)
