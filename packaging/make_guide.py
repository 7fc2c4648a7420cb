#!/usr/bin/env python3
"""Make web pages of the user guide: what the window shows, for a browser.

    make_guide.py FOLDER

Writes `index.html` and a page for each other page of the guide, with the pictures beside them. They
ask for nothing from outside, run nothing, and follow the light or dark scheme of who reads them.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from PySide6.QtGui import QImageReader

from reader.export.page import page_head, shape
from reader.gui.guide_page import Paragraph, guide_pages
from reader.paths import resource

_THEMES = ("light", "dark")
_STYLE = """\
body { max-width: 46rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; }
figure { margin: 1rem 0 1.4rem; }
figure img { max-width: 100%; height: auto; display: block; }
figcaption { font-size: .9em; color: var(--muted); margin-top: .3rem; }
.sign { display: flex; gap: .6rem; margin: .35rem 0; }
"""


def main() -> None:
    """Write all pages and their pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(resource("guide") / "pictures", folder / "pictures", dirs_exist_ok=True)
    pages = guide_pages()
    titles = [page[0].words for page in pages]
    for number, page in enumerate(pages):
        text = "\n".join(_page(page, titles, number)) + "\n"
        (folder / _name(number)).write_text(text, encoding="utf-8")


def _name(number: int) -> str:
    return f"page-{number + 1}.html" if number else "index.html"


def _page(page: Sequence[Paragraph], titles: Sequence[str], number: int) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    # What is saved of a policy may load nothing at all; these pages load the pictures beside them.
    head = page_head(f"{titles[number]} – Policy Reader", _STYLE)
    yield from (line for line in head if "Content-Security-Policy" not in line)
    yield "<body>"
    yield resource("page/shapes.svg").read_text(encoding="utf-8").strip()
    yield '<nav aria-label="Pages of the guide"><ul>'
    for place, title in enumerate(titles):
        if place == number:
            yield f'<li><strong aria-current="page">{escape(title)}</strong></li>'
        else:
            yield f'<li><a href="{_name(place)}">{escape(title)}</a></li>'
    yield "</ul></nav>"
    yield "<main>"
    for kind, paragraphs in groupby(page, lambda paragraph: paragraph.kind):
        if kind == "item":
            yield "<ul>"
        yield from map(_paragraph, paragraphs)
        if kind == "item":
            yield "</ul>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _paragraph(paragraph: Paragraph) -> str:
    words = escape(paragraph.words, quote=True)
    match paragraph.kind:
        case "title":
            return f"<h1>{words}</h1>"
        case "heading":
            return f"<h2>{words}</h2>"
        case "item":
            return f"<li>{words}</li>"
        case "picture":
            light, dark = (f"pictures/{paragraph.picture}-{theme}.webp" for theme in _THEMES)
            size = QImageReader(str(resource("guide") / light)).size()
            return (
                f'<figure><picture><source srcset="{dark}" media="(prefers-color-scheme: dark)">'
                f'<img src="{light}" alt="{words}" width="{size.width()}" '
                f'height="{size.height()}" loading="lazy"></picture>'
                f'<figcaption aria-hidden="true">{words}</figcaption></figure>'
            )
    if paragraph.shape is not None:
        return f'<p class="sign">{shape(paragraph.shape)}<span>{words}</span></p>'
    return f"<p>{words}</p>"


if __name__ == "__main__":
    main()
