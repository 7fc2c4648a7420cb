"""How large the window opens: wholly within the screen, whatever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOW = """
from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.settings import Settings
application = make_application()
window = MainWindow(Settings())
window.show()
print(window.width(), window.height())
window.close()
"""


def opened_on_a_screen_of(width: int, height: int, folder: Path) -> tuple[int, int]:
    """Return the size with which the window opens in a process of its own."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    configuration = folder / "screen.json"
    configuration.write_text(json.dumps({"screens": [screen]}))
    finished = subprocess.run(
        [sys.executable, "-c", WINDOW],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={configuration}"},
        capture_output=True,
        text=True,
        check=True,
    )
    shown_width, shown_height = map(int, finished.stdout.split())
    return shown_width, shown_height


@pytest.mark.processes
def test_on_a_large_screen_the_window_leaves_room_beside_it(home: Path) -> None:
    assert opened_on_a_screen_of(1920, 1080, home) == (1360, 860)


@pytest.mark.processes
@pytest.mark.parametrize("size", [(1280, 800), (1366, 768), (1024, 600)])
def test_on_a_small_screen_the_window_and_its_frame_are_within_it(
    home: Path, size: tuple[int, int]
) -> None:
    width, height = opened_on_a_screen_of(*size, home)
    assert width <= size[0]
    assert height < size[1]
