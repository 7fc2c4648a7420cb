"""The states of the window that tests go through one by one: what stands where, and its dialogs."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog

from reader.gui.layers import Layers, Wording
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.topic_filter import TopicFilter
from reader.model import Valence

PANE_STATES = ("card", "search", "topic", "difficulty", "rewriting", "marks", "filter", "notes")
DIALOGS = ("Preferences", "Guide", "Keyboard shortcuts", "About Policy Reader", "Write a note")


def bring_about(pane: ReadingPane, state: str) -> None:
    """Let ``pane``, which shows a report, come to one of ``PANE_STATES``."""
    assert pane.report is not None
    match state:
        case "search":
            pane.open_search()
        case "topic":
            pane.choose_topic(pane.report.topics[0].id)
        case "difficulty":
            pane.choose_whole_reading()
        case "rewriting":
            pane.show_writers_view()
        case "marks":
            pane.show_marks()
        case "filter":
            pane.show_marks()
            pane.change_layers(
                Layers(
                    wording=frozenset(Wording),
                    topics=frozenset({pane.report.topics[0].id}),
                    valences=frozenset({Valence.BAD, Valence.CAUTION}),
                )
            )
            found = pane.findChild(TopicFilter)
            assert isinstance(found, TopicFilter)
            found.line.click()
            QTest.qWait(0)  # the boxes have their places a turn later
            assert all(box.isVisible() for box in found.findChildren(QCheckBox))
        case "notes":
            pane.view.show_words(pane.report.disclosures[0].evidence[0].span)
            pane.highlight()
            pane.show_notes()
        case _:
            pass


def open_dialog(window: MainWindow, name: str) -> QDialog:
    """Open one of ``DIALOGS`` by its action, and return it."""
    if name == "Write a note":
        pane = window.findChild(ReadingPane)
        assert isinstance(pane, ReadingPane)
        assert pane.report is not None
        pane.view.show_words(pane.report.disclosures[0].evidence[0].span)
    (action,) = (
        each
        for each in window.actions()
        if isinstance(each, QAction) and each.text().replace("&", "").rstrip(" …") == name
    )
    action.trigger()
    dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]
