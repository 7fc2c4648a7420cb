"""What the tests of the window share: themes, and a report whose text is hard to count in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.policy_view import PolicyView
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import Theme, load_theme
from reader.model import PolicyReport
from reader.settings import Settings
from tests.make_report import make_report


@pytest.fixture
def theme(qapp: object) -> Theme:
    """The light theme."""
    del qapp
    return load_theme("light")


@pytest.fixture
def report() -> PolicyReport:
    """Three findings, a flag and a link, behind an emoji outside the basic plane."""
    return make_report()


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, report: PolicyReport) -> PolicyView:
    """The report's text, shown in a window of its own."""
    shown = PolicyView(theme)
    qtbot.addWidget(shown)
    shown.resize(760, 420)
    shown.show_report(report)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def empty_window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window as it starts, without a document."""
    yield from _window_with(qtbot, Settings(theme="light"))


@pytest.fixture
def keeping(qtbot: QtBot) -> Iterator[MainWindow]:
    """The same, where the reader lets the files be kept that were read last."""
    yield from _window_with(qtbot, Settings(theme="light", keep_texts=True))


def _window_with(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    make_application()
    shown = MainWindow(settings)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()


@pytest.fixture
def window(empty_window: MainWindow, report: PolicyReport) -> MainWindow:
    """The whole window, with the report open."""
    empty_window.show_report(report)
    return empty_window


@pytest.fixture
def pane(window: MainWindow) -> ReadingPane:
    """The window's reading pane."""
    found = window.findChild(ReadingPane)
    assert isinstance(found, ReadingPane)
    return found
