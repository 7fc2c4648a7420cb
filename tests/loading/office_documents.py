"""Office documents for tests, of the few parts that the test is about."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_DOCUMENT_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE_RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_ODT_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def make_zip(members: dict[str, str | bytes], **options: int) -> bytes:
    """Return an archive of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(
        packed, "w", **{"compression": zipfile.ZIP_DEFLATED, **options}
    ) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word_part(root: str, content: str) -> str:
    """Return a part of a Word document with this root element."""
    return f"{_XML}<w:{root} {_DOCUMENT_NAMESPACES}>{content}</w:{root}>"


def make_docx(body: str, parts: dict[str, str | bytes] | None = None, **relations: str) -> bytes:
    """Return a Word document; ``relations`` maps an id to "kind target" or "kind target External".

    The parts ``styles``, ``numbering``, ``footnotes`` and the like are referred to by themselves.
    """
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        ),
        "_rels/.rels": _relations({"main": "officeDocument word/document.xml"}),
        "word/document.xml": word_part("document", f"<w:body>{body}</w:body>"),
    }
    for name, content in (parts or {}).items():
        if "/" in name:
            members[name] = content
            continue
        kind = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = content
        relations[f"own{name}"] = f"{kind} {name}.xml"
    members["word/_rels/document.xml.rels"] = _relations(relations)
    return make_zip(members)


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of Word's with one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def make_odt(body: str, automatic: str = "", **members: str) -> bytes:
    """Return an OpenDocument text; ``automatic`` are its automatic styles."""
    content = (
        f"<office:document-content {_ODT_NAMESPACES} "
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return make_zip(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
        | {f"{name}.xml": part for name, part in members.items()}
    )


def odt_styles(content: str) -> str:
    """Return the part ``styles.xml`` of an OpenDocument text."""
    return f"<office:document-styles {_ODT_NAMESPACES}>{content}</office:document-styles>"


def make_epub(chapters: dict[str, str], spine: str | None = None, **members: str) -> bytes:
    """Return an e-book; ``spine`` is its order of reading, by default that of ``chapters``."""
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in chapters
    )
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in chapters)
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
        ),
        "OEBPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A book of lamps'
            f"</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
        ),
    }
    for name, body in chapters.items():
        parts[f"OEBPS/text/{name}.xhtml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>'
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
        )
    return make_zip(parts | {f"META-INF/{name}.xml": part for name, part in members.items()})


def _relations(relations: dict[str, str]) -> str:
    listed = ""
    for name, relation in relations.items():
        kind, target, *mode = relation.split()
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        listed += (
            f'<Relationship Id="{name}" Type="{OFFICE_RELATIONS}/{kind}" '
            f'Target="{target}"{outside}/>'
        )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'
