"""The open file changes on disk: the window says so, reloads it, and keeps the place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.detail_panel import DetailPanel, QuoteButton
from reader.gui.file_watch import FileWatch
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.reading_pane import ReadingPane
from reader.gui.side_panel import SidePanel
from reader.gui.text_widgets import FittedLabel
from reader.own_rules import own_rules_dir
from reader.protocol import read_input
from reader.settings import Settings

PATIENCE = 60_000
LINES = [
    f"We collect your name for order {number}, and keep it with care." for number in range(300)
]
POLICY = "# Privacy policy of Larch\n\n" + "\n\n".join(LINES) + "\n"
LONG_SENTENCE = (
    "Where a customer who has ordered a lamp that is not in stock asks us to keep the order until "
    "the makers of the lamp have sent another, we keep the name, the address and the order number "
    "for as long as that takes, and we delete them when the customer tells us to do so."
)
SALE = "We sell your personal information to data brokers.\n\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "larch.md"
    path.write_text(POLICY)
    return path


@pytest.fixture
def window(qtbot: QtBot, policy: Path) -> Iterator[MainWindow]:
    """The window with the policy open."""
    make_application()
    shown = MainWindow(Settings(theme="light"))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.open_files([str(policy)])
    qtbot.waitUntil(lambda: shown.report is not None, timeout=PATIENCE)
    yield shown
    shown.close()


def message(window: MainWindow) -> str:
    return window.findChild(MessageBar).words


def told(qtbot: QtBot, window: MainWindow, words: str) -> str:
    qtbot.waitUntil(lambda: words in message(window), timeout=PATIENCE)
    return message(window)


def order_at_the_top(window: MainWindow) -> int:
    """Return the number of the order that the first line in view speaks of."""
    assert window.report is not None
    place = window.findChild(ReadingPane).view.reading_place
    return int(window.report.document.text[place:].split("order ")[1].split(",")[0])


def reload_button(window: MainWindow) -> QPushButton:
    bar = window.findChild(MessageBar)
    return next(each for each in bar.findChildren(QPushButton) if each.isVisible())


def put_in_place(path: Path, text: str) -> None:
    """Write as most editors do: a new file in the place of the old one."""
    new = path.with_name("new")
    new.write_text(text)
    new.replace(path)


@pytest.mark.parametrize("write", [Path.write_text, put_in_place])
def test_a_change_is_told_and_reloading_keeps_the_place_and_says_what_changed(
    qtbot: QtBot, window: MainWindow, policy: Path, write: object
):
    pane = window.findChild(ReadingPane)
    line = POLICY.index(LINES[60])
    pane.view.go_to(line)
    assert window.report is not None
    before = order_at_the_top(window)
    changed = POLICY.replace(LINES[3], SALE + LINES[3])
    assert callable(write)
    write(policy, changed)
    told(qtbot, window, "“larch.md” has changed on disk.")
    assert window.report.document.text.find("brokers") < 0, "nothing changes unasked"
    button = reload_button(window)
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Reload"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    words = told(qtbot, window, "was read again.")
    assert "New: " in words
    assert "sell" in words.partition("New: ")[2].lower()
    # Where lines are a few pixels high, the one above may still show its feet.
    assert abs(order_at_the_top(window) - before) <= 1


def test_a_second_change_is_told_too(qtbot: QtBot, window: MainWindow, policy: Path):
    for number in range(2):
        put_in_place(policy, POLICY + f"\n\nVersion {number} of this policy.\n")
        told(qtbot, window, "has changed on disk.")
        QTest.keyClick(window, Qt.Key.Key_F5)
        told(qtbot, window, "was read again.")
        assert window.report is not None
        assert f"Version {number}" in window.report.document.text


def test_dismissed_findings_stay_so_while_their_words_stand(
    qtbot: QtBot, window: MainWindow, policy: Path
):
    pane = window.findChild(ReadingPane)
    assert window.report is not None
    key = window.report.disclosures[0].key
    pane.dismiss(key)
    policy.write_text(POLICY + "\n\nOne more line about our lamps.\n")
    told(qtbot, window, "has changed on disk.")
    QTest.keyClick(window, Qt.Key.Key_F5)
    told(qtbot, window, "was read again.")
    assert pane.dismissed == {key}


@pytest.mark.parametrize("beside", ["writer's view", "topic", "finding", "difficulty"])
def test_what_stands_beside_the_text_stays_there_and_keeps_the_keyboard(
    qtbot: QtBot, window: MainWindow, policy: Path, beside: str
):
    policy.write_text(POLICY + "\n\n".join(["", LONG_SENTENCE, ""]))
    told(qtbot, window, "has changed on disk.")
    QTest.keyClick(window, Qt.Key.Key_F5)
    told(qtbot, window, "was read again.")
    pane = window.findChild(ReadingPane)
    assert window.report is not None
    match beside:
        case "writer's view":
            pane.show_writers_view()
        case "topic":
            pane.choose_topic("collect")
        case "finding":
            pane.choose_passage(pane.view.passages[0])
        case _:
            pane.choose_whole_reading()
    panel = pane.side.currentWidget()
    assert isinstance(panel, SidePanel)
    panel.take_focus()
    policy.write_text(POLICY + "\n\n".join(["", LONG_SENTENCE, SALE]))
    told(qtbot, window, "has changed on disk.")
    QTest.keyClick(window, Qt.Key.Key_F5)
    told(qtbot, window, "was read again.")
    assert "brokers" in window.report.document.text
    assert pane.side.currentWidget() is panel
    assert panel.isAncestorOf(window.focusWidget())


def test_a_finding_that_is_gone_leaves_its_topic_beside_the_text(
    qtbot: QtBot, window: MainWindow, policy: Path
):
    policy.write_text(POLICY + f"\n\n{SALE}")
    told(qtbot, window, "has changed on disk.")
    QTest.keyClick(window, Qt.Key.Key_F5)
    told(qtbot, window, "was read again.")
    pane = window.findChild(ReadingPane)
    sale = [each for each in pane.view.passages if each.disclosure.topic == "sell"]
    pane.choose_passage(sale[0])
    policy.write_text(POLICY)
    told(qtbot, window, "has changed on disk.")
    QTest.keyClick(window, Qt.Key.Key_F5)
    told(qtbot, window, "was read again.")
    details = pane.side.currentWidget()
    assert isinstance(details, DetailPanel)
    assert not details.findChildren(QuoteButton)
    assert "Sale" in [each.accessibleName() for each in details.findChildren(FittedLabel)]


@pytest.mark.parametrize("button", ["Reload", "Close this message"])
def test_the_text_takes_the_keyboard_from_a_message_that_goes(
    qtbot: QtBot, window: MainWindow, policy: Path, button: str
):
    policy.write_text(POLICY + f"\n\n{SALE}")
    told(qtbot, window, "has changed on disk.")
    bar = window.findChild(MessageBar)
    (pressed,) = (
        each
        for each in bar.findChildren(QAbstractButton)
        if QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name) == button
    )
    pressed.setFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Space)
    if button == "Reload":
        told(qtbot, window, "was read again.")
    assert not pressed.isVisible()
    assert window.focusWidget() is window.findChild(ReadingPane).view


MARKUP = '<img src="/etc/hostname"><b>Counts</b> orders'
OWN_RULES = f"""
[[type]]
id = "collect.orders"
practice = "other"
label = "Orders"
meaning = "They number your orders."
said = {{ valence = "caution", headline = {MARKUP!r}, statement = {MARKUP!r} }}

[[type.rule]]
id = "order-number"
pattern = "for order #"
examples = ["We ask for order 3."]
counterexamples = ["We ask for your order."]
"""


def test_rules_that_are_written_meanwhile_are_used_at_the_next_reading(
    qtbot: QtBot, window: MainWindow
):
    def keys_when_read_again() -> list[str]:
        QTest.keyClick(window, Qt.Key.Key_F5)
        told(qtbot, window, "was read again.")
        assert window.report is not None
        return [each.key for each in window.report.disclosures]

    rules = own_rules_dir() / "collect.toml"
    rules.parent.mkdir(parents=True)
    rules.write_text(OWN_RULES)
    assert "collect.orders:said" in keys_when_read_again()
    pane = window.findChild(ReadingPane)
    pane.choose_topic("collect")
    labels = [each for each in pane.findChildren(QLabel) if "<img" in each.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert not any("<img" in widget.toolTip() for widget in pane.findChildren(QWidget))

    rules.write_text(OWN_RULES.replace("[[type]]", "[[type]"))
    assert "collect.orders:said" not in keys_when_read_again()
    assert window.report is not None
    assert any("collect.toml" in each.text for each in window.report.notices)
    rules.unlink()
    assert "collect.orders:said" not in keys_when_read_again()
    assert not any("collect.toml" in each.text for each in window.report.notices)


def test_a_file_that_is_gone_is_refused_and_what_is_open_stays(
    qtbot: QtBot, window: MainWindow, policy: Path
):
    report = window.report
    policy.unlink()
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert "was not opened" in message(window)
    assert window.report is report


def test_pasted_words_cannot_be_reloaded(qtbot: QtBot, window: MainWindow):
    first = window.report
    window.open_text(POLICY.replace("order", "parcel"))
    qtbot.waitUntil(lambda: window.report is not first, timeout=PATIENCE)
    (action,) = (each for each in window.actions() if each.text() == "Re&load")
    assert not action.isEnabled()


def test_another_date_alone_is_no_change(qtbot: QtBot, policy: Path):
    watch = FileWatch()
    changed = QSignalSpy(watch.changed)
    watch.watch(str(policy), read_input(str(policy)).sha256)
    os.utime(policy, (1, 1))
    policy.with_name("another file in the folder").write_text("x")
    policy.write_text(POLICY + "a real one")
    qtbot.waitUntil(lambda: changed.count() > 0, timeout=PATIENCE)
    assert changed.count() == 1
    policy.write_text(POLICY)
    os.utime(policy, (2, 2))
    put_in_place(policy, POLICY + "another real one")
    qtbot.waitUntil(lambda: changed.count() > 1, timeout=PATIENCE)
    assert changed.count() == 2
    watch.watch("", "")


def test_a_change_between_reading_and_watching_is_told(qtbot: QtBot, policy: Path):
    watch = FileWatch()
    sha256 = read_input(str(policy)).sha256
    policy.write_text(POLICY + "changed at once")
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.watch(str(policy), sha256)
    watch.watch("", "")
