"""What is wrong with a summary page, as other programs see the PDF: nothing, or a list of words."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage

from reader.gui.theme import load_theme
from reader.model import PolicyReport, Verdict
from reader.summary import summary_card

PAPER = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN = 9.5  # millimetres, on all sides
DOTS_AN_INCH = 100
_LIGATURES = re.compile("[\ufb00-\ufb06]")


def problems_of(pdf: bytes, report: PolicyReport, size: str) -> list[str]:
    """Return what is wrong with ``pdf`` as the summary of ``report`` on paper of ``size``.

    Needs pdfinfo, pdffonts, pdftotext and pdftoppm of poppler-utils.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(pdf)
        return [
            *_of_form(path, size),
            *_of_fonts(path),
            *_of_words(path, report),
            *_of_picture(path, report),
        ]


def _told(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return done.stdout.decode() + done.stderr.decode()


def _of_form(path: Path, size: str) -> Iterator[str]:
    told = dict(line.split(":", 1) for line in _told("pdfinfo", path).splitlines() if ":" in line)
    if told["Pages"].strip() != "1":
        yield f"{told['Pages'].strip()} pages"
    points = [float(each) for each in re.findall(r"[\d.]+", told["Page size"])[:2]]
    wanted = [each / 25.4 * 72 for each in PAPER[size]]
    if any(abs(a - b) > 1 for a, b in zip(points, wanted, strict=True)):
        yield f"the paper is {points} and not {wanted}"


def _of_fonts(path: Path) -> Iterator[str]:
    head, _, *rows = _told("pdffonts", path).splitlines()
    column = head.index("emb")
    if not rows:
        yield "no font at all"
    yield from (f"not embedded: {row}" for row in rows if row[column : column + 3] != "yes")


def _of_words(path: Path, report: PolicyReport) -> Iterator[str]:
    text = " ".join(_told("pdftotext", "-raw", path, "-").split())
    if _LIGATURES.search(text):
        yield "a ligature"
    card = summary_card(report)
    for words in (card.verdict, card.made_by, *(tile.label for tile in card.tiles)):
        if words not in text:
            yield f"not in the text: {words}"


def _of_picture(path: Path, report: PolicyReport) -> Iterator[str]:
    root = path.with_suffix("")
    _told("pdftoppm", "-r", str(DOTS_AN_INCH), "-png", "-singlefile", path, root)
    image = QImage(str(root.with_suffix(".png")))
    wide, high = image.width(), image.height()
    edge = int(MARGIN / 25.4 * DOTS_AN_INCH)
    for name, box in (
        ("left", (0, 0, edge, high)),
        ("right", (wide - edge, 0, edge, high)),
        ("upper", (0, 0, wide, edge)),
        ("lower", (0, high - edge, wide, edge)),
    ):
        cut = image.copy(*box)
        white = QImage(cut.size(), cut.format())
        white.fill("white")
        if cut != white:
            yield f"the {name} margin is not white"
    seen = {image.pixel(x, y) & 0xFFFFFF for x in range(wide) for y in range(high)}
    theme = load_theme("light")
    for verdict in {topic.verdict for topic in report.topics}:
        colors = theme.colors(verdict)
        wanted = colors.line if verdict in (Verdict.SILENT, Verdict.WITHHELD) else colors.tint
        if wanted.rgb() & 0xFFFFFF not in seen:
            yield f"{verdict.value} does not show its colour"
