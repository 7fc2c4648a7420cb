"""Which passage of a finding is quoted first."""

from __future__ import annotations

from tests.make_document import disclosures_of, make_document


def quotes(markdown: str, key: str) -> list[str]:
    document = make_document(markdown)
    return [each.span.of(document.text) for each in disclosures_of(markdown)[key].evidence]


def test_a_sentence_stands_before_the_row_of_a_table_that_says_the_same() -> None:
    table = "| What | We do |\n|---|---|\n| Name | We collect your name. |\n"
    sentence = "We collect your email address."
    first, *_ = quotes(f"{table}\n{sentence}", "collect.contact:said")
    assert first == sentence


def test_words_that_were_quoted_already_stand_last() -> None:
    once, again = "We collect your email address.", "We collect your telephone number."
    paragraphs = "\n\n".join([once, once, again])
    assert quotes(paragraphs, "collect.contact:said") == [once, again, once]
