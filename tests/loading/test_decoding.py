"""Bytes become the letters their author typed, whatever program stored them."""

from __future__ import annotations

import pytest

from reader.loading import load

SENTENCE = (
    "Café Noël keeps your name – and nothing else – for 30 days. “Ask us”, it says, “and we’ll "
    "delete it.” The fee is € 0."
)
PLAIN = "Our shop keeps your name and your street for as long as the warranty of your lamp runs. "


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_text_loads_as_it_was_typed_without_a_notice(encoding: str) -> None:
    loaded = load((PLAIN * 3 + SENTENCE).encode(encoding), "policy.txt")
    assert loaded.text.endswith(SENTENCE)
    assert loaded.notices == ()


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_old_western_text_loads_as_it_was_typed_and_says_that_it_guessed(encoding: str) -> None:
    loaded = load((PLAIN * 8 + SENTENCE).encode(encoding), "policy.txt")
    assert loaded.text.endswith(SENTENCE)
    assert [notice.kind for notice in loaded.notices] == ["decoding"]


def test_an_encoding_that_the_text_declares_is_believed() -> None:
    words = "Мы храним ваше имя и адрес. "
    loaded = load(f"charset: koi8-r\n\n{words}".encode("koi8-r"), "policy.txt")
    assert words.strip() in loaded.text


def test_a_declared_encoding_that_cannot_be_is_not_believed() -> None:
    loaded = load(("encoding: utf-16\n\n" + PLAIN * 4 + SENTENCE).encode("cp1252"), "policy.txt")
    assert loaded.text.endswith(SENTENCE)


def test_a_torn_character_costs_one_character_and_is_told() -> None:
    data = (SENTENCE * 5).encode()[:-1] + "é".encode()[:1]
    loaded = load(data, "policy.txt")
    assert loaded.text.startswith(SENTENCE)
    assert [notice.kind for notice in loaded.notices] == ["decoding"]


def test_cyrillic_text_without_any_mark_is_still_cyrillic() -> None:
    words = "Мы собираем имя и адрес покупателя, чтобы доставить заказ вовремя и без ошибок. " * 6
    loaded = load(words.encode("cp1251"), "policy.txt")
    assert "покупателя" in loaded.text


@pytest.mark.parametrize("written", ["charset=windows-1251", "CHARSET = 'Windows-1251'"])
def test_a_page_may_declare_its_encoding_behind_long_scripts(written: str) -> None:
    words = "Мы храним ваше имя и адрес, пока действует гарантия. " * 9
    script = "<script>" + "count(1);" * 2000 + "</script>"
    page = f"<html><head>{script}<META content='text/html' {written}></head><p>{words}</p></html>"
    loaded = load(page.encode("cp1251"), "policy.html")
    assert loaded.text == words.strip()
    assert loaded.notices == ()


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape", "punycode", "utf-7"])
def test_what_only_a_programming_language_calls_an_encoding_is_not_believed(name: str) -> None:
    words = r"Our files lie in C:\u0041rchive, in the café."
    page = f"<html><meta charset={name}><p>{words}</p></html>"
    assert load(page.encode("cp1252"), "policy.html").text == words


def test_korean_letters_in_seven_bits_are_letters() -> None:
    words = "우리는 이름과 주소를 수집합니다."
    assert load((PLAIN + words).encode("iso2022_kr"), "policy.txt").text == PLAIN + words


def test_a_letter_with_an_accent_may_end_a_word_of_western_text() -> None:
    words = (PLAIN + "Ask at our café. ") * 8 + "The fee is 5 ¤."
    assert load(words.encode("cp1252"), "policy.txt").text == words
