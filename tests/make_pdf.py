"""Writes small PDFs letter by letter as tests need them: what a page shows, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place in points from the lower left corner.

    ``matrix`` are the first four numbers of the text matrix; ``mode`` is PDF's rendering mode,
    3 for text that is not drawn; ``grey`` is 0 for black and 1 for white.
    """

    words: str
    x: float
    y: float
    size: float = 11
    bold: bool = False
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    mode: int = 0
    grey: float = 0

    def operators(self) -> str:
        a, b, c, d = self.matrix
        words = self.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if self.bold else "F1"
        return (
            f"BT {self.grey} g {self.mode} Tr /{font} {self.size} Tf "
            f"{a} {b} {c} {d} {self.x} {self.y} Tm ({words}) Tj ET"
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A web address behind a rectangle: left, bottom, right, top."""

    target: str
    place: tuple[float, float, float, float]


def lines(
    words: Sequence[str], x: float = 72, y: float = 720, size: float = 11, *, bold: bool = False
) -> list[Text]:
    """Return a paragraph's lines one below the other, 1.2 times their size apart."""
    return [Text(line, x, y - 1.2 * size * i, size, bold) for i, line in enumerate(words)]


def make_pdf(
    pages: Sequence[Sequence[Text | str]],
    *,
    links: Sequence[Link] = (),
    outline: Sequence[tuple[str, int]] = (),
    title: str = "",
) -> bytes:
    """Return a PDF of ``pages``, each its texts and operators in the order of drawing.

    ``links`` stand on the first page; ``outline`` names titles and the pages they lead to, from 0.
    """
    objects: list[bytes] = [b""] * 4  # catalog, page tree, two fonts
    objects[2] = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    objects[3] = objects[2].replace(b"Helvetica", b"Helvetica-Bold")

    def add(content: str | bytes) -> int:
        objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(objects)

    annotations = [
        add(
            "<< /Type /Annot /Subtype /Link /Border [0 0 0] "
            f"/Rect [{' '.join(map(str, link.place))}] /A << /S /URI /URI ({link.target}) >> >>"
        )
        for link in links
    ]
    numbers = []
    for i, page in enumerate(pages):
        stream = "\n".join(
            part if isinstance(part, str) else part.operators() for part in page
        ).encode("cp1252")
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        annots = "".join(f"{number} 0 R " for number in annotations) if i == 0 else ""
        numbers.append(
            add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
                "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
                f"/Contents {content} 0 R /Annots [{annots}] >>"
            )
        )
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Count {len(numbers)} /Kids [{kids}] >>".encode()
    root = "/Type /Catalog /Pages 2 0 R"
    if outline:
        first = len(objects) + 2
        last = first + len(outline) - 1
        add(f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(outline)} >>")
        root += f" /Outlines {first - 1} 0 R"
        for i, (words, page_index) in enumerate(outline):
            following = f"/Next {first + i + 1} 0 R" if i + 1 < len(outline) else ""
            before = f"/Prev {first + i - 1} 0 R" if i else ""
            add(
                f"<< /Title ({words}) /Parent {first - 1} 0 R {following} {before} "
                f"/Dest [{numbers[page_index]} 0 R /Fit] >>"
            )
    objects[0] = f"<< {root} >>".encode()
    info = add(f"<< /Title ({title}) >>") if title else 0
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {f'/Info {info} 0 R' if info else ''} >>"
    return body + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode(), start)
