"""Which of several passages is quoted first?"""

from __future__ import annotations

import pytest

from reader.disclosures.catalogue import load_catalogue
from reader.disclosures.matching import KeyedText
from reader.disclosures.words import text_keys
from tests.make_document import disclosures_of

# A heading for each topic, in words of our own, and one that is not for it
_HEADINGS = {
    "collect": ("What we collect about you", "How long we keep letters"),
    "use": ("How we use your data", "Terms of use"),
    "track": ("Cookies and similar technologies", "Your rights"),
    "share": ("With whom we share your data", "Children"),
    "sell": ("Do not sell my data", "Security"),
    "handover": ("Disclosure to authorities", "Cookies"),
    "keep": ("How long we keep it", "Whom to ask"),
    "protect": ("How we protect your data", "Changes"),
    "choice": ("Your choices", "Retention"),
    "rights": ("Your rights under the law", "Security"),
    "where": ("Transfers to other countries", "Children"),
    "kids": ("Children's privacy", "Changes to this notice"),
    "change": ("Changes to this notice", "Children"),
    "contact": ("How to contact us", "Retention"),
    "terms": ("Disputes and arbitration", "Cookies"),
}


def test_a_section_on_the_matter_is_quoted_before_an_earlier_aside() -> None:
    found = disclosures_of(
        "# Privacy policy of the lamp shop\n\n"
        "## Our newsletter\n\nWe send it from servers in Norway and store your data there.\n\n"
        "## Transfers to other countries\n\nWe transfer your data to our workshop in Chile.\n"
    )
    later, earlier = found["where.transfer:said"].evidence
    assert later.section > earlier.section


def test_an_item_of_a_list_on_the_matter_is_quoted_before_a_sentence_elsewhere() -> None:
    found = disclosures_of(
        "# Privacy policy of the lamp shop\n\n"
        "## Our shop\n\nAt the till we collect your credit card number.\n\n"
        "## What we collect\n\nWe collect:\n\n- your name;\n- your credit card number.\n"
    )
    disclosure = found["collect.payment:said"]
    item, sentence = disclosure.evidence
    assert item.context is not None
    assert sentence.context is None
    assert disclosure.confidence == sentence.confidence > item.confidence


@pytest.mark.parametrize("topic", [topic.id for topic in load_catalogue().topics])
def test_a_topic_knows_the_headings_of_its_sections(topic: str) -> None:
    heading = next(each.heading for each in load_catalogue().topics if each.id == topic)
    assert heading is not None
    text = KeyedText(text_keys(each) for each in _HEADINGS[topic])
    assert list(text.sentences_in(text.starts_of(heading))) == [0]
