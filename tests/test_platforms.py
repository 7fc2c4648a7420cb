"""What is written for Windows and macOS, as far as it can be held to from here: neither was run."""

from __future__ import annotations

import ast
import plistlib
import re
import runpy
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from reader.gui.components import Component
from reader.paths import bundled_program
from reader.protocol import READABLE_SUFFIXES
from reader.version import __version__

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
SPEC = PACKAGING / "policy_reader.spec"
WORKER = "policy-reader-worker"


def of_spec(names: set[str], **known: object) -> dict[str, Any]:
    """Return tables and functions of the spec, without what only PyInstaller can run."""
    tree = ast.parse(SPEC.read_text(encoding="utf-8"))
    tree.body = [
        node
        for node in tree.body
        if (isinstance(node, ast.Assign) and {ast.unparse(each) for each in node.targets} & names)
        or (isinstance(node, ast.FunctionDef) and node.name in names)
    ]
    found = {"re": re, "sys": sys, **known}
    exec(compile(tree, str(SPEC), "exec"), found)  # noqa: S102 - a file of this repository
    return found


@pytest.fixture(scope="module")
def is_used() -> Callable[[tuple[str, str, str]], bool]:
    tables = {"UNUSED_FILES", "SYSTEM_LIBRARIES", "KEPT_DICTIONARIES", "NOTED_BY_PIP"}
    return of_spec(tables | {"is_used"})["is_used"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("pyphen/dictionaries/hyph_en_US.dic", True),
        ("pyphen/dictionaries/hyph_de_DE.dic", False),
        ("pyphen\\dictionaries\\hyph_fr.dic", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", True),  # the guide's pictures
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6\\Qt6Quick.dll", False),
        ("PySide6\\Qt6Gui.dll", True),
        ("PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", False),
        ("QtQml", False),
        ("QtGui", True),
        ("policy_reader-1.0.dist-info/METADATA", True),
        ("policy_reader-1.0.dist-info/direct_url.json", False),
        ("lxml-6.1.dist-info/licenses/LICENSE.txt", False),
    ],
)
def test_the_frozen_program_holds_what_it_uses_and_no_more(
    is_used: Callable[[tuple[str, str, str]], bool], name: str, wanted: bool
) -> None:
    assert is_used((name, "", "BINARY")) is wanted


def test_no_package_is_frozen_that_the_list_of_components_does_not_name() -> None:
    packages = {"markdown_it": ["markdown_it.py"], "stray": ["stray-package"]}
    known = of_spec(
        {"known", "normal"},
        components=lambda: [Component("markdown-it-py", "4.3.0", "MIT")],
        packages_distributions=lambda: packages,
    )["known"]
    fine = [("reader.cli", "", "PYMODULE"), ("json", "", "PYMODULE"), ("markdown_it.tree", "", "")]
    assert known(fine) == fine
    with pytest.raises(SystemExit, match="stray-package"):
        known([*fine, ("stray.inner", "", "PYMODULE")])


@pytest.mark.parametrize(("platform", "is_kept"), [("linux", False), ("darwin", True)])
def test_only_linux_brings_the_libraries_of_its_desktops(
    is_used: Callable[[tuple[str, str, str]], bool],
    platform: str,
    is_kept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for library in ("libpng16.so.16", "libstdc++.so.6", "libcrypto.so.3"):
        assert is_used((library, "", "BINARY")) is is_kept


def test_the_mac_s_bundle_offers_every_format_and_claims_none() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    (offered,) = told["CFBundleDocumentTypes"]
    assert {f".{suffix}" for suffix in offered["CFBundleTypeExtensions"]} == READABLE_SUFFIXES
    assert (offered["CFBundleTypeRole"], offered["LSHandlerRank"]) == ("Viewer", "Alternate")
    assert told["LSBackgroundOnly"] is False


def test_the_mac_s_bundle_may_do_nothing_but_what_python_needs() -> None:
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(rights) == {"com.apple.security.cs.allow-unsigned-executable-memory"}


def test_the_windows_installer_offers_every_format_and_claims_none() -> None:
    script = (PACKAGING / "windows" / "policy-reader.iss").read_text(encoding="utf-8")
    offered = re.findall(r'\\SupportedTypes"; .*ValueName: "([^"]+)"', script)
    assert set(offered) == READABLE_SUFFIXES
    subkeys = set(re.findall(r'^Root: \w+; Subkey: "([^"\\]+)', script, re.MULTILINE))
    assert subkeys == {"{#Offered}"}  # under Applications, and no file type's own key


def test_windows_shows_the_version_of_each_program() -> None:
    made = runpy.run_path(str(PACKAGING / "windows" / "properties.py"))
    for program in made["PROGRAMS"]:
        words = made["properties"](program)
        ast.parse(words)
        assert f"StringStruct('ProductVersion', {__version__!r})" in words
    assert "filevers=(1, 2, 0, 0)" in made["properties"]("policy-reader", "1.2")


def test_the_icon_has_every_size_that_windows_and_the_mac_ask_for() -> None:
    draw = runpy.run_path(str(PACKAGING / "draw_icons.py"))
    ico, icns = draw["ico"](), draw["icns"]()
    _, kind, count = struct.unpack_from("<HHH", ico)
    assert (kind, count) == (1, 8)
    for number in range(count):
        side, *_, length, start = struct.unpack_from("<BBBBHHII", ico, 6 + 16 * number)
        picture = QImage.fromData(ico[start : start + length], "PNG")
        assert picture.width() == picture.height() == (side or 256)
    place, sides = 8, []
    while place < len(icns):
        length = struct.unpack_from(">I", icns, place + 4)[0]
        sides.append(QImage.fromData(icns[place + 8 : place + length], "PNG").width())
        place += length
    assert place == len(icns) == struct.unpack_from(">I", icns, 4)[0]
    assert set(sides) == {16, 32, 64, 128, 256, 512, 1024}


def test_in_a_bundle_of_the_mac_the_worker_stands_with_the_other_programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "Contents/Frameworks"), raising=False)
    program = bundled_program(WORKER)
    assert program is not None
    assert program.with_suffix("") == tmp_path / "Contents/MacOS" / WORKER


def test_each_script_that_was_never_run_says_so() -> None:
    for script in ("windows/build.ps1", "windows/policy-reader.iss", "macos/build.sh"):
        assert "NOT RUN YET" in (PACKAGING / script).read_text(encoding="utf-8"), script
