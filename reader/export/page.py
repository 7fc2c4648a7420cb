"""What all our web pages have: their head and foot, the colours of both themes, and the shapes.

They run no script and ask for nothing, not even a font; a rule in them forbids browsers to do so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reader.export.inert import html_text as inert
from reader.model import Verdict
from reader.paths import resource

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(
    title: str, main: Iterable[str], *, foot: str, above: Iterable[str] = (), style: str = ""
) -> bytes:
    """Return a page in UTF-8 whose lines are those of ``main``, with ``above`` before them.

    Light or dark, it follows its reader's system; paper is light. Only ``title`` may be a
    stranger's words as they are; ``foot`` is HTML too, and ``style`` is added to what all pages
    have.
    """
    parts = (
        "<!DOCTYPE html>",
        '<html lang="en">',
        *page_head(title, style),
        "<body>",
        resource("page/shapes.svg").read_text(encoding="utf-8").strip(),
        *above,
        "<main>",
        *main,
        "</main>",
        f'<footer><p class="quiet">{foot}</p></footer>',
        "</body>",
        "</html>",
    )
    return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def page_head(title: str, style: str = "") -> Iterator[str]:
    """Yield the head of a page of ours, which asks for nothing, in light and dark.

    ``style`` is added to what all pages have.
    """
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{inert(title)}</title>"
    yield "<style>"
    light, dark = (list(_colors(name)) for name in ("light", "dark"))
    yield from light
    yield "@media screen and (prefers-color-scheme: dark) {"
    yield from dark
    yield "}"
    yield resource("page/style.css").read_text(encoding="utf-8").strip()
    if style:
        yield style
    yield "</style>"
    yield "</head>"


def _colors(theme: str) -> Iterator[str]:
    """Yield the colours of a theme as variables: of the page, and of what shows a verdict."""
    table = tomllib.loads(resource(f"themes/{theme}.toml").read_text(encoding="utf-8"))
    yield f":root {{ {_variables(table['palette'])} }}"
    for valence, colors in table["valence"].items():
        names = f".{valence}, .withheld" if valence == Verdict.SILENT.value else f".{valence}"
        yield f"{names} {{ {_variables(colors)} }}"


def _variables(colors: Mapping[str, Any]) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in colors.items())


def shape(verdict: Verdict) -> str:
    """Return the shape of a verdict, which the page has drawn once."""
    name = verdict.value
    return f'<svg class="shape {name}" aria-hidden="true"><use href="#{name}"></use></svg>'
