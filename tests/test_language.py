"""Only English is read, and a text in another language is told by its name."""

from __future__ import annotations

import pytest

from reader.language import detect_language

ENGLISH = (
    "We keep your name and your street for as long as the warranty of your lamp runs, and we do "
    "not give them to anyone but the carrier who brings it to you. If you want to know what we "
    "hold, you can write to us at any time and we will tell you what it is."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (
            "Wir speichern Ihren Namen und Ihre Anschrift, solange die Garantie für die Lampe "
            "läuft, und geben sie nicht an andere weiter. Wenn Sie wissen möchten, was wir über "
            "Sie gespeichert haben, können Sie uns jederzeit schreiben, und wir sagen es Ihnen "
            "ohne Kosten und ohne Umwege.",
            "de",
        ),
        (
            "Nous gardons votre nom et votre adresse pour la durée de la garantie de la lampe et "
            "nous ne les donnons pas à des tiers. Si vous voulez savoir ce que nous avons sur "
            "vous, vous pouvez nous écrire et nous vous le dirons sans frais dans les meilleurs "
            "délais.",
            "fr",
        ),
        (
            "Guardamos su nombre y su dirección mientras dure la garantía de la lámpara y no los "
            "damos a otros. Si usted quiere saber lo que tenemos de usted, puede escribirnos en "
            "cualquier momento y se lo diremos sin coste y sin rodeos en el plazo que marca la "
            "ley para este caso.",
            "es",
        ),
        ("我们会保存您的姓名和地址，直到灯具的保修期结束，我们不会把它们交给其他人。" * 3, "zh"),
        ("私たちはランプの保証期間中、お客様のお名前と住所を保管します。" * 3, "ja"),
        ("Мы храним ваше имя и адрес, пока действует гарантия на лампу. " * 3, "ru"),
        ("Φυλάμε το όνομα και τη διεύθυνσή σας όσο ισχύει η εγγύηση της λάμπας. " * 3, "el"),
        ("lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor " * 5, "und"),
    ],
)
def test_the_language_of_a_text_is_told_and_only_english_is_read(text: str, language: str) -> None:
    assert detect_language(text) == (language, language == "en")


@pytest.mark.parametrize("text", ["", "We sell lamps.", "Lampen und Schirme"])
def test_a_short_text_is_given_the_benefit_of_the_doubt(text: str) -> None:
    assert detect_language(text) == ("en", True)


def test_a_few_foreign_names_do_not_make_a_text_foreign() -> None:
    assert detect_language(ENGLISH + " Łukasz, Ærø, 東京, Αθήνα.") == ("en", True)


def test_a_long_text_is_judged_by_samples_of_all_of_it() -> None:
    assert detect_language(ENGLISH * 20_000) == ("en", True)
