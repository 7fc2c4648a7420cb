"""About: the version, what protects the reader on this machine, and whose work it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import version

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from reader.gui.about import AboutWindow
from reader.gui.analysis_runner import Workers
from reader.gui.components import components
from reader.gui.main_window import MainWindow
from reader.gui.theme import Theme
from reader.protocol import Worker, worker_command
from reader.sandbox import PROMISES, Protections
from reader.version import __version__

# What pyproject.toml asks for.
ASKED_FOR = ("charset-normalizer", "lxml", "markdown-it-py", "nltk", "platformdirs", "pypdfium2")


def rows(table: QTreeWidget) -> list[list[str]]:
    items = [table.topLevelItem(number) for number in range(table.topLevelItemCount())]
    return [[item.text(column) for column in range(table.columnCount())] for item in items]


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()


def test_the_workers_keep_what_one_says_of_its_walls(qtbot: QtBot, workers: Workers):
    assert workers.protections is None
    workers.prepare()
    qtbot.waitUntil(lambda: workers.protections is not None, timeout=60_000)
    with Worker(worker_command()) as worker:
        assert workers.protections == worker.wait_until_ready()


def test_about_says_of_each_wall_whether_it_holds_here(qtbot: QtBot, window: MainWindow):
    (action,) = (each for each in window.actions() if "About" in each.text())
    with Worker(worker_command()) as worker:
        here = worker.wait_until_ready()
    workers = window.findChild(Workers)
    qtbot.waitUntil(lambda: workers.protections is not None, timeout=60_000)
    action.trigger()
    about = window.findChild(AboutWindow)
    told = rows(about.walls)
    assert len(told) == len(fields(Protections))
    for (promise, state), field in zip(told, fields(Protections), strict=True):
        assert promise == PROMISES[field.name]
        assert state == ("holds" if getattr(here, field.name) else "not on this system")
    about.reject()


@pytest.mark.parametrize(
    ("protections", "state"),
    [(None, "not known yet"), (Protections(), "not on this system")],
    ids=["not started", "no walls"],
)
def test_a_wall_that_is_not_there_is_not_claimed(
    window: MainWindow, theme: Theme, protections: Protections | None, state: str
):
    about = AboutWindow(protections, theme, window)
    assert {row[1] for row in rows(about.walls)} == {state}
    shapes = {about.walls.topLevelItem(n).icon(1).isNull() for n in range(7)}
    assert shapes == {False}
    about.reject()


def test_every_library_is_named_with_its_version_and_licence():
    found = {each.name.lower().replace("_", "-"): each for each in components()}
    for name in ASKED_FOR:
        assert found[name].version == version(name)
        assert found[name].licence
    assert "LGPL" in found["pyside6-essentials"].licence
    assert found["textstat"].licence == "MIT"
    assert found["regex"].version == version("regex"), "what a library asks for itself counts too"
    assert "pytest" not in found, "what only checking needs does not ship"
    assert found["open terms archive contributors"].licence == "ODC-BY-1.0"


def test_all_of_it_is_copied_as_text(window: MainWindow, theme: Theme):
    about = AboutWindow(Protections(network=True), theme, window)
    (copy,) = (each for each in about.findChildren(QPushButton) if "opy" in each.text())
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    words = QApplication.clipboard().text()
    assert f"Policy Reader {__version__}" in words
    assert "makes no connections: holds" in words
    assert "starts no programs: not on this system" in words
    assert f"nltk {version('nltk')}: Apache License" in words
    about.reject()


def test_the_tables_are_heard_row_by_row(window: MainWindow, theme: Theme):
    about = AboutWindow(Protections(network=True), theme, window)
    for table in (about.walls, about.licences):
        face = QAccessible.queryAccessibleInterface(table)
        assert face.text(QAccessible.Text.Name)
        first = table.topLevelItem(0)
        heard = first.data(0, Qt.ItemDataRole.AccessibleTextRole)
        assert first.text(0) in heard
        assert first.text(1) in heard
    about.reject()
