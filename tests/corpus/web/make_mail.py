"""Make the sample policy anew as a page saved in one file and as an e-mail message."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import SMTP
from pathlib import Path

from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[2] / "resources" / "samples" / "lantern-and-loom.md"
NAME = "lantern-and-loom"
MENU = "<ul><li><a href='/'>Home</a></li><li><a href='/lamps'>Lamps</a></li></ul>"
FOOTER = "<footer><a href='/imprint'>Imprint</a><p>© 2026 Lantern &amp; Loom</p></footer>"
DOT = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


def main() -> None:
    text = SAMPLE.read_text("utf-8")
    policy = MarkdownIt("commonmark").enable("table").render(text)
    page = "<!DOCTYPE html><html><head><title>Privacy | Lantern &amp; Loom</title></head><body>{}"
    HERE.joinpath(f"{NAME}.mhtml").write_bytes(
        saved(page.format(f"{MENU}<main>{policy}</main>{FOOTER}"))
    )
    HERE.joinpath(f"{NAME}.eml").write_bytes(message(text, page.format(policy)))


def saved(page: str) -> bytes:
    whole = MIMEMultipart("related", boundary="----MultipartBoundary--lantern----")
    whole["From"] = "<Saved by a browser>"
    whole["Snapshot-Content-Location"] = "https://lanternandloom.example/privacy"
    whole["Subject"] = "Privacy | Lantern & Loom"
    html = MIMENonMultipart("text", "html")
    html.set_payload(page, "utf-8")
    html["Content-Location"] = "https://lanternandloom.example/privacy"
    style = MIMENonMultipart("text", "css")
    style.set_payload("body { color: #222 }")
    whole.attach(html)
    whole.attach(style)
    whole.attach(MIMEImage(DOT, "gif"))
    return whole.as_bytes(policy=SMTP)


def message(text: str, page: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Lantern & Loom <post@lanternandloom.example>"
    mail["To"] = "you@home.example"
    mail["Subject"] = "Our new privacy policy – für Sie"
    mail["Message-ID"] = "<1@lanternandloom.example>"
    mail.set_content(text)
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail.add_attachment(DOT, maintype="application", subtype="pdf", filename="policy.pdf")
    whole = mail.as_bytes()
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        boundary = part.get_boundary()
        assert boundary is not None
        whole = whole.replace(boundary.encode(), f"=-lantern-{number}".encode())
    return whole


if __name__ == "__main__":
    main()
