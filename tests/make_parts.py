"""One policy in three files of our own, each in another format, for tests of what joins them."""

from __future__ import annotations

from pathlib import Path

MAIN = Path(__file__).parent / "corpus" / "formats" / "emberglass.libreoffice.docx"

COOKIES = b"""<!doctype html><html><head><title>Emberglass: Cookie notice</title></head><body>
<nav><a href="/">Home</a> <a href="/lamps">Lamps</a></nav>
<main><h1>Cookie notice</h1>
<p>Last updated on 4 May 2026.</p>
<h2>Advertising</h2>
<p>We let advertising companies place cookies on our pages, and they follow you across other
websites to show you lanterns there.</p>
<h2>Your choice</h2>
<p>You can refuse cookies in the settings of your browser at any time.</p></main></body></html>"""

CALIFORNIA = b"""Addendum for California

This addendum is for people who live in California.

We sell your personal information to wick and lampshade dealers.

Children under 16 may not order lamps from us.
"""


def write_parts(folder: Path) -> list[str]:
    """Write the three files into ``folder`` and return their paths, the main text first."""
    files = {
        "policy.docx": MAIN.read_bytes(),
        "cookies.html": COOKIES,
        "california.txt": CALIFORNIA,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in files]
