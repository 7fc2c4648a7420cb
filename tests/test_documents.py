"""The documents at the root keep their promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("resources/**/*.md"), *ROOT.glob("packaging/*.md")]
)
FOLDERS = sorted(path for path in (ROOT / "resources").iterdir() if path.is_dir())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_to_a_file(document: Path):
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_folder_of_resources_says_what_it_is(folder: Path):
    listed = (ROOT / "resources" / "README.md").read_text(encoding="utf-8")

    assert f"`{folder.name}/`" in listed
    assert (folder / "README.md").is_file()


def test_the_readme_opens_with_a_picture_and_two_commands():
    opening = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]

    assert re.search(r"!\[[^]]+\]\([^)]+\.png\)", opening)
    assert re.findall(r"^    (make \w+)", opening, re.MULTILINE) == ["make run", "make test"]
