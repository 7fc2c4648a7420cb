"""XML of strangers: nothing is looked up, unfolded or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import CorruptInputError, TooComplexError, UnsafeInputError
from reader.loading.limits import MAX_DEPTH, MAX_ELEMENTS
from reader.loading.xml import local_name, parse_xml

LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "source", [LAUGHS, '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "<!DOCTYPE a><a/>"]
)
def test_a_document_type_is_refused_in_every_encoding(source: str, encoding: str) -> None:
    with pytest.raises(UnsafeInputError):
        parse_xml(source.encode(encoding))


def test_a_document_type_in_an_encoding_that_is_only_declared_is_never_seen_by_the_parser() -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>' + LAUGHS.encode("utf-7")

    with pytest.raises((UnsafeInputError, CorruptInputError)):
        parse_xml(hidden)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    declared = "utf-8" if encoding.startswith("utf-8") else encoding
    source = f'<?xml version="1.0" encoding="{declared}"?><a>Läden</a>'

    assert parse_xml(source.encode(encoding)).text == "Läden"


def test_included_files_stay_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    source = (
        '<a xmlns:xi="http://www.w3.org/2001/XInclude">'
        f'<xi:include href="{secret.as_uri()}" parse="text"/></a>'
    )

    assert "CANARY" not in "".join(parse_xml(source.encode()).itertext())


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 300, 5000])
def test_what_is_nested_too_deep_is_too_complex(depth: int) -> None:
    with pytest.raises(TooComplexError):
        parse_xml(b"<a>" * depth + b"</a>" * depth)


def test_what_is_nested_as_deep_as_may_be_is_read() -> None:
    assert local_name(parse_xml(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH)) == "a"


def test_too_many_elements_are_too_complex() -> None:
    with pytest.raises(TooComplexError):
        parse_xml(b"<a>" + b"<b/>" * (2 * MAX_ELEMENTS) + b"</a>")


def test_one_endless_text_and_too_many_attributes_are_too_complex() -> None:
    with pytest.raises(TooComplexError):
        parse_xml(b"<a>" + b"x" * 20_000_000 + b"</a>")
    with pytest.raises(TooComplexError):
        parse_xml(b"<a>" + b"<b c=''/>" * 900_000 + b"<b c='' d='' e=''/>" * 500_000 + b"</a>")


@pytest.mark.parametrize(
    "source", [b"", b"<a>\xe4\xff</a>", b"<a>", b"<a></b>", b"<a>&#0;</a>", b"<a>&b;</a>", b"x"]
)
def test_what_is_not_well_formed_is_corrupt(source: bytes) -> None:
    with pytest.raises(CorruptInputError):
        parse_xml(source)


def test_comments_and_instructions_are_no_content() -> None:
    root = parse_xml(b"<a>one<!-- two --><?three?></a>")

    assert "".join(root.itertext()) == "one"
