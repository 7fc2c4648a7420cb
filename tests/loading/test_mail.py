"""E-mail messages and pages saved as MHTML: the words a person reads, and nothing attached."""

from __future__ import annotations

import base64
import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import EncryptedInputError, NoTextError, ReaderError, TooComplexError
from reader.loading import load
from reader.model import LoadedText

PAGE = (
    "<!DOCTYPE html><html><head><title>Privacy – Lamp Shop</title></head><body><h1>Privacy</h1>"
    "<p>We keep your name, “as you gave it”, for a year.</p></body></html>"
)
WORDS = "Privacy\nWe keep your name, “as you gave it”, for a year."


def message(
    *, html: str = "", text: str = "", subject: str = "New terms – für Sie"
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Lamp Shop <post@lamps.example>"
    mail["Subject"] = subject
    if text:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return mail


def saved_page(part: str, body: bytes, *, boundary: str = "; boundary=--=_b") -> bytes:
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://lamps.example/privacy\r\n"
        f"Subject: Lamp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related{boundary}\r\n\r\n"
        f"----=_b\r\nContent-Type: text/html{part}\r\n\r\n"
    )
    style = b"----=_b\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n----=_b--\r\n"
    return head.encode() + body + b"\r\n" + style


def read(data: bytes) -> LoadedText:
    return load(data, "message")


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_page_of_a_message_is_read_however_it_is_wrapped(encoding: str, charset: str) -> None:
    mail = EmailMessage()
    mail["Message-ID"], mail["From"] = "<1@lamps.example>", "post@lamps.example"
    mail.set_content(PAGE, subtype="html", charset=charset, cte=encoding)
    loaded = read(mail.as_bytes())
    assert loaded.text == WORDS
    assert loaded.source.media_type == "message/rfc822"
    assert loaded.notices == ()


def test_a_message_in_two_forms_is_read_once() -> None:
    loaded = read(message(html=PAGE, text="We keep your name.").as_bytes())
    assert loaded.text == WORDS
    assert loaded.title == "New terms – für Sie"


def test_a_message_of_plain_text_keeps_its_lines() -> None:
    loaded = read(message(text="We keep:\n\n* names\n* streets\n").as_bytes())
    assert loaded.text == "We keep:\nnames\nstreets"


def test_a_message_out_of_a_mailbox_is_a_message() -> None:
    mail = message(text="We keep your name.")
    assert read(b"From - Mon Mar  2 10:00:00 2026\n" + mail.as_bytes()).text == "We keep your name."


def test_what_is_attached_is_named_and_not_opened() -> None:
    mail = message(text="We keep your name.")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="tërms.pdf")
    mail.add_attachment("We sell it.", filename="more.txt")
    loaded = read(mail.as_bytes())
    assert loaded.text == "We keep your name."
    [notice] = loaded.notices
    assert notice.kind == "left-out"
    assert "2 attached files: “tërms.pdf”, “more.txt”" in notice.text


def test_a_message_within_a_message_is_read() -> None:
    outer = message(text="See below.")
    outer.add_attachment(message(text="We keep your name."))
    outer.get_payload(1).replace_header("Content-Disposition", "inline")
    assert read(outer.as_bytes()).text == "See below.\nWe keep your name."


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("; charset=utf-8", PAGE.encode()),
        ("", PAGE.encode()),
        ("", PAGE.encode("cp1252")),
        ("; charset=windows-1252", PAGE.encode("cp1252")),
        ("; charset=no-such-thing", PAGE.encode()),
        ("; charset=utf-8\r\nContent-Transfer-Encoding: base64", PAGE.encode()),
        (
            "\r\nContent-Transfer-Encoding: quoted-printable",
            PAGE.replace("<p>We", "<p>=\r\nWe").replace("–", "-").encode("cp1252"),
        ),
    ],
)
@pytest.mark.parametrize("name", ["policy.mhtml", "policy.html", "policy.txt"])
def test_a_page_that_was_saved_as_one_file_is_read(part: str, body: bytes, name: str) -> None:
    loaded = load(saved_page(part, body), name)
    assert loaded.text == WORDS
    assert loaded.title.startswith("Privacy")
    assert loaded.source.media_type == "multipart/related"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("cid:frame-2@lamps.example", "Content-ID: <frame-2@lamps.example>"),
        ("https://terms.example/lamps", "Content-Location: https://terms.example/lamps"),
    ],
)
def test_a_frame_of_a_saved_page_is_read_where_it_stands(address: str, headers: str) -> None:
    page = f"<h1>Privacy</h1><iframe src='{address}'></iframe><iframe src='{address}'></iframe>"
    frame = f"----=_b\r\nContent-Type: text/html\r\n{headers}\r\n\r\n<p>We keep names.</p>\r\n"
    saved = saved_page("", page.encode()).replace(
        b"----=_b\r\nContent-Type: text/css", (frame + "----=_b\r\nContent-Type: text/css").encode()
    )
    loaded = read(saved)
    assert loaded.text == "Privacy\nWe keep names."


def test_a_saved_page_that_does_not_name_its_boundary_is_read() -> None:
    assert read(saved_page("", PAGE.encode(), boundary="")).text == WORDS


def test_an_empty_page_in_a_message_does_not_hide_its_text() -> None:
    mail = message(text="We keep your name.")
    mail.add_attachment(" ", subtype="html", disposition="inline")
    assert read(mail.as_bytes()).text == "We keep your name."


def test_a_page_of_pictures_in_a_message_gives_way_to_its_plain_text() -> None:
    pictures = "<img src='https://lamps.example/1.png'><a href='https://lamps.example'>Open it</a>"
    text = "We keep your name, as you gave it, for a year. We do not sell it to anyone at all."
    loaded = read(message(html=f"<html><body>{pictures}</body></html>", text=text).as_bytes())
    assert loaded.text == text
    assert [notice.kind for notice in loaded.notices] == ["left-out"]
    whole = read(message(html=PAGE, text="Your program cannot show pages.").as_bytes())
    assert (whole.text, whole.notices) == (WORDS, ())


def test_a_message_without_words_is_no_text() -> None:
    mail = EmailMessage()
    mail["MIME-Version"] = "1.0"
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="lamp.png")
    with pytest.raises(NoTextError):
        read(mail.as_bytes())


def test_a_letter_that_only_begins_like_a_message_is_a_text() -> None:
    loaded = load(b"From: the shop\nSubject: your name\n\nWe keep it.", "letter.txt")
    assert loaded.source.media_type == "text/plain"
    assert "the shop" in loaded.text


@pytest.mark.parametrize(
    "inner",
    [
        lambda depth: "".join(
            f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
        ),
        lambda depth: "Content-Type: message/rfc822\n\n" * depth,
    ],
)
def test_parts_within_parts_beyond_measure_are_refused(inner: object) -> None:
    assert callable(inner)
    with pytest.raises(TooComplexError):
        read(b"MIME-Version: 1.0\n" + inner(500).encode() + b"\n\nWe keep names.")


def test_more_parts_than_any_page_has_are_refused() -> None:
    with pytest.raises(TooComplexError):
        read(saved_page("", PAGE.encode() + b"\r\n----=_b\r\n\r\nx" * 30_000))


@pytest.mark.parametrize(
    "header",
    [
        "X-Long: " + "a" * 500_000,
        "X-Long: a" + "\n a" * 100_000,
        "Content-Type: text/plain" + "; a=b" * 100_000,
        "Subject: " + "=?utf-8?q?a?= " * 50_000,
        "\n".join(f"X-{n}: a" for n in range(30_000)),
    ],
)
def test_headers_of_any_length_take_no_time(header: str) -> None:
    began = time.process_time()
    loaded = read(f"Message-ID: <1@b.example>\nFrom: a\n{header}\n\nWe keep names.".encode())
    assert time.process_time() - began < 1
    assert loaded.text == "We keep names."


@settings(deadline=None)
@given(st.data())
def test_a_damaged_message_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(saved_page("; charset=utf-8", PAGE.encode()))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    try:
        loaded = load(bytes(whole), "policy.mhtml")
    except ReaderError:
        return
    assert loaded.text.split("\n") == [block.span.of(loaded.text) for block in loaded.blocks]


def test_the_marks_of_quotation_of_a_forwarded_message_are_no_text() -> None:
    quoted = "> WHAT WE KEEP\n>\n> We keep your name.\n>> And your street.\n"
    head = b"From: a@b.example\nMessage-ID: <1@b>\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
    loaded = load(head + f"See below.\n\n{quoted}".encode(), "a.eml")
    assert loaded.text.split("\n") == [
        "See below.",
        "WHAT WE KEEP",
        "We keep your name.",
        "And your street.",
    ]


def test_a_saved_pages_root_is_the_one_that_the_file_names() -> None:
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; start="<root@x>"\r\n\r\n'
    )
    frame = "--b\r\nContent-Type: text/html\r\nContent-ID: <ad@x>\r\n\r\n<p>Buy more lamps.</p>\r\n"
    root = f"--b\r\nContent-ID: <root@x>\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n--b--\r\n"
    assert read((head + frame + root).encode()).text == WORDS


@pytest.mark.parametrize("cut", [1, 30])
def test_a_message_that_breaks_off_says_so(cut: int) -> None:
    mail = message(html=PAGE, text=WORDS)
    whole = mail.as_bytes().rstrip()
    assert "truncated" not in {notice.kind for notice in read(whole).notices}
    assert "truncated" in {notice.kind for notice in read(whole[:-cut]).notices}


@pytest.mark.parametrize("written", ["base64", "BASE64 (as ever)"])
def test_lines_that_a_list_puts_below_encoded_words_are_passed_over(written: str) -> None:
    mail = message(text="We keep your name for a year, and your street no longer than that. " * 9)
    words = base64.encodebytes(mail.get_content().encode())
    head = f"From: a@b.example\nMIME-Version: 1.0\nContent-Transfer-Encoding: {written}\n\n"
    loaded = read(head.encode() + words + b"____\nTo leave this list, write to us.\n")
    assert loaded.text == " ".join(mail.get_content().split())


def test_a_boundary_that_never_comes_does_not_hide_the_parts() -> None:
    data = saved_page("; charset=utf-8", PAGE.encode(), boundary="; boundary=lost")
    assert read(data).text == WORDS


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_saved_page_may_be_stored_in_wide_letters(encoding: str) -> None:
    data = saved_page("; charset=utf-8", PAGE.encode()).decode()
    assert read(data.encode(encoding)).text == WORDS


def test_a_message_may_end_its_lines_as_old_macs_did() -> None:
    assert read(message(text="We keep it.").as_bytes().replace(b"\n", b"\r")).text == "We keep it."


def test_an_encrypted_message_is_told_from_one_without_words() -> None:
    head = "From: a@b.example\nMIME-Version: 1.0\n"
    for kind in ("multipart/encrypted; boundary=b", "application/pkcs7-mime; name=smime.p7m"):
        body = "--b\nContent-Type: application/octet-stream\n\nAAAA\n--b--\n"
        with pytest.raises(EncryptedInputError, match="message is encrypted"):
            read(f"{head}Content-Type: {kind}\n\n{body}".encode())


def test_a_message_whose_only_words_are_attached_says_what_to_do_with_them() -> None:
    mail = message()
    mail["MIME-Version"] = "1.0"
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="policy.pdf")
    with pytest.raises(NoTextError) as refusal:
        read(mail.as_bytes())
    assert refusal.value.hint == "Save the attachment and open it on its own."
