#!/usr/bin/env python3
"""Take the pictures of the user guide from the program itself, light and dark.

    QT_FONT_DPI=96 xvfb-run -a .venv/bin/python packaging/make_guide_pictures.py [--only NAME]

Writes `resources/guide/pictures/NAME-light.webp` and `NAME-dark.webp`. They show our sample; an
older version of it that is compared, and the shops of the folder, are made from it here. Look at
each before you commit it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImageWriter, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.gui.app import make_application
from reader.gui.comparison_window import ComparisonWindow
from reader.gui.layers import Layers, Wording
from reader.gui.main_window import MainWindow
from reader.gui.overview_window import OverviewWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import load_theme
from reader.model import PolicyReport
from reader.paths import resource
from reader.settings import Settings

PICTURES = resource("guide") / "pictures"
_SAMPLE = resource("samples/lantern-and-loom.md")
_OTHER = Path(__file__).resolve().parent.parent / "tests/corpus/formats/emberglass.md"
_THEMES = ("light", "dark")
_QUALITY = 82  # of WebP: letters stay clean, and a window of 1,000 pixels takes some 40 KB
_PATIENCE_SECONDS, _LET_IT_PAINT_MS = 60, 900
_OLDER = (
    ("2 March 2026", "4 May 2024"),
    ("- Server logs: 30 days.", "- Server logs: 12 months."),
    ("We do not sell or rent your personal information to anyone, except when you",
     "We may sell your personal information to companies that make furniture, also when you"),
    ("- object to our use of your information, or have that use restricted.\n", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stage:
    """What a scene is played on: the application, a window with the sample open, and a folder."""

    app: QApplication
    window: MainWindow
    folder: Path
    theme: str

    @property
    def report(self) -> PolicyReport:
        """The report in front."""
        if self.window.report is None:
            raise SystemExit("No report is shown.")
        return self.window.report

    @property
    def pane(self) -> ReadingPane:
        """The pane that shows the sample."""
        panes = self.window.findChildren(ReadingPane)
        return next(pane for pane in panes if pane.report is self.window.report)


def _start(stage: _Stage) -> QWidget:
    window = MainWindow(Settings(theme=stage.theme, keep_history=False))
    window.resize(900, 600)
    window.show()
    return window


def _card(stage: _Stage) -> QWidget:
    stage.window.resize(1360, 860)
    stage.pane.show_card()
    return stage.pane.side


def _claim(stage: _Stage) -> QWidget:
    stage.pane.choose_topic("sell")
    for passage in stage.pane.view.passages:
        if passage.disclosure.type == "sell.sells" and passage.rank == 0:
            stage.pane.view.show_passage(passage)
    return stage.window


def _hard(stage: _Stage) -> QWidget:
    stage.pane.choose_whole_reading()
    return stage.pane.side


def _marks(stage: _Stage) -> QWidget:
    stage.pane.show_marks()
    stage.pane.change_layers(Layers(wording=frozenset(Wording)))
    hardest = max(stage.report.document.sentences, key=lambda each: each.span.end - each.span.start)
    stage.pane.view.show_words(hardest.span)
    return stage.window


def _notes(stage: _Stage) -> QWidget:
    disclosures = {each.type: each for each in stage.report.disclosures}
    stage.pane.view.show_words(disclosures["sell.sells"].evidence[0].span)
    stage.pane.highlight()
    stage.pane.show_notes()
    return stage.window


def _print(stage: _Stage) -> QWidget:
    return _dialog(stage, "Print")


def _preferences(stage: _Stage) -> QWidget:
    return _dialog(stage, "Preferences")


def _dialog(stage: _Stage, name: str) -> QWidget:
    (action,) = (
        each for each in stage.window.actions() if each.text().replace("&", "").rstrip(" …") == name
    )
    action.trigger()
    return next(each for each in stage.window.findChildren(QDialog) if each.isVisible())


def _compare(stage: _Stage) -> QWidget:
    older = stage.folder / "older" / _SAMPLE.name
    older.parent.mkdir(exist_ok=True)
    older.write_text(_older(_SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    new = stage.report
    stage.window.open_files([str(older)])
    _wait(lambda: stage.window.report is not None and stage.window.report is not new)
    settings = Settings(theme=stage.theme)
    window = ComparisonWindow(stage.report, new, load_theme(stage.theme), settings, stage.window)
    window.resize(1040, 640)
    window.show()
    _wait(lambda: window.comparison is not None)
    return window


def _older(text: str) -> str:
    """Return the sample as it might have read some years ago."""
    for now, before in _OLDER:
        if now not in text:
            raise SystemExit(f"The sample no longer says: {now}")
        text = text.replace(now, before)
    return text


def _folder(stage: _Stage) -> QWidget:
    folder = stage.folder / "shops"
    folder.mkdir()
    sample, other = (path.read_text(encoding="utf-8") for path in (_SAMPLE, _OTHER))
    (folder / "lantern-loom.md").write_text(sample, encoding="utf-8")
    (folder / "wick-wool.md").write_text(_older(sample), encoding="utf-8")
    (folder / "emberglass.md").write_text(other, encoding="utf-8")
    (folder / "tallow-house.md").write_text(other.partition("## 4.")[0], encoding="utf-8")
    window = OverviewWindow(str(folder), load_theme(stage.theme), stage.window)
    window.resize(1090, 250)
    window.show()
    _wait(lambda: window.cancel_button.isHidden())
    return window


_SCENES: Mapping[str, Callable[[_Stage], QWidget]] = {
    "open": _start,
    "card": _card,
    "claim": _claim,
    "hard": _hard,
    "marks": _marks,
    "notes": _notes,
    "print": _print,
    "compare": _compare,
    "folder": _folder,
    "preferences": _preferences,
}


def main() -> None:
    """Play every scene once in each theme, and write its picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=_SCENES)
    only = parser.parse_args().only
    PICTURES.mkdir(exist_ok=True)
    app = make_application()
    for theme in _THEMES:
        for name in (only,) if only else _SCENES:
            with tempfile.TemporaryDirectory() as folder:
                _write(_taken(app, name, theme, Path(folder)), PICTURES / f"{name}-{theme}.webp")


def _taken(app: QApplication, name: str, theme: str, folder: Path) -> QPixmap:
    # A reader of its own, who has read nothing yet.
    os.environ |= {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "STATE")}
    window = MainWindow(Settings(theme=theme))
    window.resize(1040, 660)
    window.show()
    window.open_files([str(_SAMPLE)])
    _wait(lambda: window.report is not None)
    QTest.qWait(_LET_IT_PAINT_MS)
    shown = _SCENES[name](_Stage(app, window, folder, theme))
    QTest.qWait(_LET_IT_PAINT_MS)
    size = shown.size()
    picture = shown.grab(QRect(0, 0, size.width(), size.height()))
    painter = QPainter(picture)
    painter.setPen(load_theme(theme).outline)
    painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
    painter.end()
    if shown.window() is not window:
        shown.window().close()
    window.close()
    QTest.qWait(0)
    return picture


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not until():
        if time.monotonic() > end:
            raise SystemExit("The program did not come so far.")
        QTest.qWait(20)


def _write(picture: QPixmap, path: Path) -> None:
    writer = QImageWriter(str(path), b"webp")
    writer.setQuality(_QUALITY)
    if not writer.write(picture.toImage()):
        raise SystemExit(f"{path}: {writer.errorString()}")
    print(f"{path.name}: {picture.width()} x {picture.height()}, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
