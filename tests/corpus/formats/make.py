"""Make `emberglass.md` anew in every format that Policy Reader opens; README.md says with what."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from markdown_it import MarkdownIt
from PySide6.QtGui import QGuiApplication, QPageSize, QPdfWriter, QTextDocument

HERE = Path(__file__).resolve().parent
NAME = "emberglass"
SOURCE = HERE / f"{NAME}.md"
PANDOC_TARGETS = {
    "plain.txt": ("plain", "--columns=72"),
    "html": ("html5", "-s", "--wrap=none"),
    "xhtml": ("html4", "-s", "--wrap=none"),
    "docx": ("docx", "-s"),
    "odt": ("odt", "-s"),
    "rtf": ("rtf", "-s"),
    "epub": ("epub", "-s"),
    "adoc": ("asciidoc", "-s", "--wrap=none"),
}
OFFICE_FILTERS = {
    "docx": "docx:Office Open XML Text",
    "rtf": "rtf:Rich Text Format",
    "fodt": "fodt:OpenDocument Text Flat XML",
    "epub": "epub:EPUB",
    "html": "html:HTML (StarWriter)",
    "txt": "txt:Text (encoded):UTF8",
    "pdf": "pdf:writer_pdf_Export",
}


def main() -> None:
    page = HERE / f"{NAME}.pandoc.html"
    for ending, (form, *options) in PANDOC_TARGETS.items():
        target = HERE / f"{NAME}.pandoc.{ending.removeprefix('plain.')}"
        run("pandoc", "-f", "markdown-smart", "-t", form, *options, SOURCE, "-o", target)
    make_office_documents()
    make_message(page.read_text("utf-8"))
    make_with_chromium(page)
    make_with_qt()
    printed = HERE / f"{NAME}.chromium.pdf"
    distilled = HERE / f"{NAME}.ghostscript.pdf"
    run(
        "gs",
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pdfwrite",
        f"-sOutputFile={distilled}",
        printed,
    )


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def make_office_documents() -> None:
    """Have LibreOffice read the bare page, and write it in each of its formats."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / f"{NAME}.html"
        body = MarkdownIt("commonmark").enable("table").render(SOURCE.read_text("utf-8"))
        head = '<!DOCTYPE html><html><head><meta charset="utf-8"></head>'
        bare.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
        office = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile")
        reading = "--infilter=HTML (StarWriter)"
        run(*office, reading, "--convert-to", "odt:writer8", "--outdir", folder, bare)
        document = Path(folder) / f"{NAME}.odt"
        for ending, form in OFFICE_FILTERS.items():
            run(*office, "--convert-to", form, "--outdir", folder, document)
            made = Path(folder) / f"{NAME}.{ending}"
            (HERE / f"{NAME}.libreoffice.{ending}").write_bytes(made.read_bytes())
        (HERE / f"{NAME}.libreoffice.odt").write_bytes(document.read_bytes())


def make_message(page: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Emberglass Lanterns <post@emberglass.example>"
    mail["To"] = "you@home.example"
    mail["Subject"] = "Our privacy policy"
    mail["Message-ID"] = "<1@emberglass.example>"
    mail.set_content("This message is a page. Your program shows its text alone.")
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail.set_boundary("----emberglass----")
    (HERE / f"{NAME}.eml").write_bytes(mail.as_bytes())


def make_with_chromium(page: Path) -> None:
    """Have Chromium open the page, save it as one file and print it; it is told by a pipe."""
    to_browser, from_us = os.pipe()
    to_us, from_browser = os.pipe()
    with tempfile.TemporaryDirectory() as profile:
        browser = subprocess.Popen(
            [
                *("sh", "-c", 'exec "$@" 3<&"$IN" 4>&"$OUT"', "sh", "chromium", "--headless=new"),
                *("--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"),
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            env={**os.environ, "IN": str(to_browser), "OUT": str(from_browser)},
            pass_fds=(to_browser, from_browser),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        chromium = Chromium(from_us, to_us)
        target = chromium.ask("Target.createTarget", url="about:blank")["targetId"]
        session = chromium.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        chromium.ask("Page.enable", session)
        chromium.ask("Page.navigate", session, url=page.as_uri())
        chromium.await_event("Page.loadEventFired")
        saved = chromium.ask("Page.captureSnapshot", session)["data"]
        (HERE / f"{NAME}.chromium.mhtml").write_bytes(str(saved).encode())
        printed = chromium.ask("Page.printToPDF", session, displayHeaderFooter=True)["data"]

        (HERE / f"{NAME}.chromium.pdf").write_bytes(base64.b64decode(str(printed)))
        chromium.ask("Browser.close")
        browser.wait()


class Chromium:
    """The browser's side of the pipe: messages as JSON, each ended by a NUL."""

    def __init__(self, to: int, out_of: int) -> None:
        self._to, self._out_of = os.fdopen(to, "wb"), os.fdopen(out_of, "rb", buffering=0)
        self._buffer = b""
        self._number = 0
        self._events: list[str] = []

    def ask(self, method: str, session: object = None, **params: object) -> dict[str, object]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]

    def await_event(self, name: str) -> None:
        while name not in self._events:
            self._read()

    def _read(self) -> dict:
        while b"\0" not in self._buffer:
            got = self._out_of.read(1 << 16)
            if not got:
                sys.exit("Chromium ended.")
            self._buffer += got
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer = json.loads(message)
        if "method" in answer:
            self._events.append(answer["method"])
        return answer


def make_with_qt() -> None:
    application = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    document = QTextDocument()
    document.setMarkdown(SOURCE.read_text("utf-8"))
    writer = QPdfWriter(str(HERE / f"{NAME}.qt.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)
    del application


if __name__ == "__main__":
    main()
