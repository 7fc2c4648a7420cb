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
