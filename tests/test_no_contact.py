"""Files that ask for others to be fetched: nobody is asked, whichever way a file is opened."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.loading.office_documents import make_docx, make_epub, make_odt, paragraph
from tests.make_pdf import Link, lines, make_pdf
from tests.tracing import Trace, find_strace, in_window, trace, ways_to_open

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
]

WORDS = "We keep your name and your street for as long as the law wants it."
CANARY = "canary-of-another.txt"
PAGE_FOLLOWS = "MIME-Version: 1.0\nContent-Type: text/html\n\n"
WEB = "http://127.0.0.1:18765"


@pytest.fixture
def hostile(tmp_path: Path) -> list[Path]:
    """A file of each kind that names places on the web and a file of somebody else's."""
    canary = tmp_path / CANARY
    canary.write_text("nobody's business")
    file = canary.as_uri()
    wanted = "".join(
        f"<img src='{place}/i.png'><iframe src='{place}'></iframe><object data='{place}'></object>"
        f"<link rel=stylesheet href='{place}/s.css'><script src='{place}/s.js'></script>"
        f"<video src='{place}' poster='{place}'></video><p style='background:url({place})'>{WORDS}"
        for place in (WEB, file)
    )
    page = f"<html><head><meta http-equiv=refresh content='0;url={WEB}'></head><body>{wanted}"
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{file}"><!ENTITY y SYSTEM "{WEB}/y">]>'
    picture = f'<draw:frame><draw:image xlink:href="{file}"/></draw:frame>'
    contents: Mapping[str, str | bytes] = {
        "page.html": page,
        "page.xhtml": f'{entity}<html xmlns="http://www.w3.org/1999/xhtml">&x;&y;<p>{WORDS}</p></html>',
        "page.md": f"# Privacy\n\n![lamp]({WEB}/i.png) ![lamp]({file})\n\n{WORDS}\n\n{page}\n",
        "page.adoc": f"image::{WEB}/i.png[lamp]\n\ninclude::{file}[]\n\ninclude::{WEB}/a.adoc[]\n\n"
        f"{WORDS}\n\n++++\n{page}\n++++\n",
        "mail.eml": f"Subject: Privacy\n{PAGE_FOLLOWS}{page}",
        "saved.mhtml": f"Snapshot-Content-Location: {file}\n{PAGE_FOLLOWS}{page}",
        "policy.docx": make_docx(
            paragraph(WORDS),
            template=f"attachedTemplate {WEB}/t.dotx External",
            picture=f"image {file} External",
        ),
        "policy.odt": make_odt(f"<text:p>{WORDS}{picture}</text:p>"),
        "policy.epub": make_epub({"one": f"<html><body>{wanted}</body></html>"}),
        "policy.rtf": rf'{{\rtf1 {WORDS}{{\field{{\*\fldinst INCLUDEPICTURE "{WEB}/i.png"}}}}}}',
        "policy.pdf": make_pdf([lines([WORDS])], links=[Link(WEB, (70, 700, 300, 740))]),
    }
    for name, content in contents.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in contents]


def assert_keeps_to_itself(found: Trace) -> None:
    assert found.internet == ()
    assert not found.opened_any(CANARY)


def test_the_trace_sees_a_program_that_calls_and_reads(tmp_path: Path) -> None:
    (tmp_path / CANARY).write_text("nobody's business")
    reads = f"import socket; open({CANARY!r}); socket.socket()"
    found = trace(find_strace(), [sys.executable, "-W", "ignore", "-c", reads], tmp_path)
    assert found.internet
    assert found.opened_any(CANARY)


@pytest.mark.slow
def test_commands_open_no_socket_and_no_file_that_a_document_names(
    hostile: list[Path], tmp_path: Path
) -> None:
    strace = find_strace()
    for file in hostile:
        ways = ways_to_open(file)
        for way in ways if file.suffix == ".html" else ["extract"]:
            found = trace(strace, ways[way], tmp_path)
            assert_keeps_to_itself(found)
            assert found.code == 0, (file.name, way, found.out)


@pytest.mark.screen
@pytest.mark.slow
def test_the_window_shows_previews_and_prints_such_files_without_a_word_to_anyone(
    hostile: list[Path], tmp_path: Path, screen: dict[str, str]
) -> None:
    strace = find_strace()
    found = trace(strace, in_window(hostile, tmp_path), tmp_path, screen)
    assert_keeps_to_itself(found)
    assert (found.code, found.out.split()) == (0, ["opened"] * len(hostile)), found.out
    assert len(list(tmp_path.glob("saved-*.pdf"))) == len(hostile)
