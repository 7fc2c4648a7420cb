"""A file that changed since it was read last says so when it is opened, and shows what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.compared_findings import Change
from reader.earlier_files import EarlierFiles
from reader.gui.comparison_window import ComparisonWindow
from reader.gui.forgetting import ForgetQuestion
from reader.gui.main_window import MainWindow
from reader.gui.preferences import PreferencesWindow
from reader.settings import Settings

LAMPS = "We collect your name and your address to send the lamps that you order.\n\n"
BEFORE = "# Privacy policy\n\nWe do not sell your personal data to anyone.\n\n" + 20 * LAMPS
AFTER = BEFORE.replace("We do not sell your personal data to anyone", "We sell your personal data")
TIMEOUT = 60_000


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.txt"
    path.write_text(BEFORE)
    return path


def read(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_files([str(path)])
    qtbot.waitUntil(lambda: window.report is not None, timeout=TIMEOUT)


def read_again(window: MainWindow, path: Path, words: str, qtbot: QtBot) -> str:
    """Close ``path``, write ``words`` to it, open it again; return what the window tells."""
    window.close_document()
    path.write_text(words)
    read(window, path, qtbot)
    return window._documents.message_bar.words


def test_without_a_wish_nothing_is_kept_and_a_change_is_told_all_the_same(
    qtbot: QtBot, empty_window: MainWindow, policy: Path
) -> None:
    read(empty_window, policy, qtbot)
    told = read_again(empty_window, policy, AFTER, qtbot)
    assert "“lamps.txt” has changed since you read it on" in told
    assert "Preferences" in told
    assert EarlierFiles().count() == 0


def test_a_file_that_is_the_same_as_before_tells_nothing(
    qtbot: QtBot, keeping: MainWindow, policy: Path
) -> None:
    read(keeping, policy, qtbot)
    assert read_again(keeping, policy, BEFORE, qtbot) == ""


def test_with_the_file_as_it_was_the_window_shows_what_changed(
    qtbot: QtBot, keeping: MainWindow, policy: Path
) -> None:
    read(keeping, policy, qtbot)
    told = read_again(keeping, policy, AFTER, qtbot)
    assert "has changed since you read it on" in told
    bar = keeping._documents.message_bar
    (button,) = (b for b in bar.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "What changed"
    button.click()
    qtbot.waitUntil(lambda: bool(keeping.findChildren(ComparisonWindow)), timeout=TIMEOUT)
    (shown,) = keeping.findChildren(ComparisonWindow)
    qtbot.waitUntil(lambda: shown.comparison is not None, timeout=TIMEOUT)
    assert [each.change for each in shown.comparison.disclosures] == [Change.REVERSED]
    for text, words in (
        (shown.old_text, "We do not sell your personal data to anyone"),
        (shown.new_text, "We sell your personal data"),
    ):
        qtbot.waitUntil(lambda text=text, words=words: words in text.toPlainText(), timeout=TIMEOUT)
    with qtbot.waitSignal(shown.destroyed):
        shown.close()
    # what is kept now is the file as it is
    assert read_again(keeping, policy, AFTER, qtbot) == ""


def test_forgetting_everything_deletes_the_files_that_were_kept(
    qtbot: QtBot, keeping: MainWindow, policy: Path
) -> None:
    read(keeping, policy, qtbot)
    assert EarlierFiles().count() == 1
    keeping.ask_to_forget()
    (question,) = keeping.findChildren(ForgetQuestion)
    assert "the files that were kept: 1" in question.informativeText()
    question.close()
    keeping.forget_everything()
    assert EarlierFiles().count() == 0


def test_nothing_is_kept_while_there_is_no_history(
    qtbot: QtBot, keeping: MainWindow, policy: Path
) -> None:
    keeping.use_settings(Settings(theme="light", keep_texts=True, keep_history=False))
    read(keeping, policy, qtbot)
    assert EarlierFiles().count() == 0


def test_the_wish_is_a_switch_of_the_preferences(qtbot: QtBot, empty_window: MainWindow) -> None:
    assert not empty_window.settings.keep_texts
    empty_window._on_preferences()
    (dialog,) = empty_window.findChildren(PreferencesWindow)
    dialog.texts.click()
    assert empty_window.settings.keep_texts
    dialog.history.click()
    assert not dialog.texts.isEnabled()
    dialog.close()
