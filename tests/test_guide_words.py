"""The guide is as plain as what it asks of policies, and tells of every topic."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from lxml.html import fromstring

from reader.analysis import analyze
from reader.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
PAGES = sorted((RESOURCES / "guide").glob("[0-9]*.md"))
PICTURES = RESOURCES / "guide" / "pictures"
HARDEST_GRADE = 9.0
FINDINGS = (RESOURCES / "guide" / "3-findings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_each_page_reads_as_in_the_ninth_school_year_or_easier(page: Path) -> None:
    grade = analyze(page.read_bytes(), page.name).scores.flesch_kincaid_grade
    assert grade is not None
    assert grade <= HARDEST_GRADE


def test_each_picture_is_there_light_and_dark_and_none_is_left_over() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = re.findall(r"^!\[.{20,}\]\(pictures/([a-z-]+)-light\.webp\)$", text, re.MULTILINE)
    assert text.count("![") == len(named) == len(set(named))
    files = sorted(path.name for path in PICTURES.iterdir())
    assert files == sorted(f"{name}-{theme}.webp" for name in named for theme in ("light", "dark"))


def test_one_command_takes_every_picture() -> None:
    scenes = runpy.run_path(str(ROOT / "packaging" / "make_guide_pictures.py"))["_SCENES"]
    assert {path.name.rpartition("-")[0] for path in PICTURES.iterdir()} == set(scenes)


def test_web_pages_of_the_guide_have_its_words_and_pictures_and_ask_for_nothing_outside(
    tmp_path: Path,
) -> None:
    maker = [sys.executable, ROOT / "packaging" / "make_guide.py", tmp_path]
    subprocess.run(maker, check=True, cwd=ROOT, timeout=120)
    pages = {path.name: fromstring(path.read_bytes()) for path in tmp_path.glob("*.html")}
    assert len(pages) == len(PAGES)
    assert "index.html" in pages
    for page in pages.values():
        assert len(page.findall(".//h1")) == 1
        for one in page.iter("a", "img", "source", "link", "script"):
            address = one.get("href") or one.get("src") or one.get("srcset") or ""
            assert (tmp_path / address).is_file(), address
        assert all(len(image.get("alt", "")) >= 20 for image in page.iter("img"))
    shown = [image.get("src") for page in pages.values() for image in page.iter("img")]
    assert len(shown) * 2 == len(list(PICTURES.iterdir()))


def test_the_pictures_take_little_of_the_package() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_500_000


def counts(words: str) -> list[tuple[str, int, int]]:
    """Return what each line counts: of what, how many were right, how many there were."""
    found = re.findall(r"^- ([A-Z][\w ]+): (\d+) of (\d+) right", words, re.MULTILINE)
    return [(topic, int(right), int(shown)) for topic, right, shown in found]


def test_the_guide_says_of_each_topic_how_often_it_is_right() -> None:
    topics = tomllib.loads((RESOURCES / "disclosures" / "topics.toml").read_text(encoding="utf-8"))
    (entries,) = topics.values()
    assert [topic for topic, _, _ in counts(FINDINGS)] == [entry["label"] for entry in entries]


def test_the_counts_by_topic_add_up_to_those_of_the_whole() -> None:
    (told,) = re.findall(r"Of (\d+) statements that the program made, (\d+) were right", FINDINGS)
    rows = counts(FINDINGS)
    assert (sum(shown for _, _, shown in rows), sum(right for _, right, _ in rows)) == tuple(
        map(int, told)
    )
    (noted,) = re.findall(
        r"Of (\d+) statements that the reader had noted, it found (\d+)", FINDINGS
    )
    found = re.findall(r"; (\d+) of (\d+) found", FINDINGS)
    assert (sum(int(n) for _, n in found), sum(int(n) for n, _ in found)) == tuple(map(int, noted))


def test_the_commands_that_the_guide_names_are_there() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = [shlex.split(line)[1] for line in re.findall(r"policy-reader [a-z].*", text)]
    assert set(named) == {"analyze", "compare", "batch"}
    assert set(named) <= set(COMMANDS)
