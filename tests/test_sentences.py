"""Where sentences end, and what list items complete. A bar in a sample marks an end."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.loading import load
from reader.model import Block, BlockKind, Section, Sentence, Span
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections
from reader.sentences import LONGEST_SENTENCE, find_sentences, split_sentences

HEADING, PARAGRAPH, LIST_ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# --- where a sentence ends ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        # companies
        "Lamp Inc. and Loom Ltd. keep it. | They share it with Wick Corp. and Glow LLC.",
        "You buy from Lamp GmbH. | We ship with Loom Co. Services of its own.",
        "The shop is run by Lamp Holdings LLC., d/b/a Lamp.example. | All orders go there.",
        "Lamp S.A.R.L (together, “Lamp”) and Loom S.A. (“Loom”) decide. | You may ask both.",
        'We are Lamp Inc. ("Lamp", "we"). | Our shop is online.',
        "Yahoo! also gets it. | Ask Yahoo! Inc. for more. | We left Yahoo! | You may too.",
        # places, times and people
        "Write to 12 Wick St., Suite 4, Salem. | Visit us at 5 Oak Ave. in Salem.",
        "We store it in the U.S. | The rules of the U.S. Department of Commerce apply.",
        "WHAT IF I LIVE OUTSIDE THE U.S.? | If you do, we transfer it.",
        "Our office is in Washington, D.C. 20001 and opens at 9 a.m. | We close at 5 p.m. EST.",
        "Mail P.O. Box 7, or Mr. Doe of St. Mary's. | Dr. J. Roe is his deputy.",
        "Our printer sits at Wick Str. 40 in Salem. | Lamp Ltda. keeps the forms.",
        "The lamps of 5 Oak Ave., Suite 950, glow. | So do ours.",
        # shortened words
        "We use cookies, e.g. Lamp Analytics, i.e. a counter, etc. | Some are optional.",
        "Names, addresses, etc., may be kept. | Logs (pages, times, etc.) are kept too.",
        "Pixels, tags, etc. | DoubleLamp sets more.",
        # references
        "See No. 5 and Nos. 6 to 8. | No. | We never sell it. | Art. 6(1)(f) and Sec. 3.2 apply.",
        "Under 15 U.S.C. 6501 et seq. and 16 C.F.R. Part 312 parents decide. | We comply.",
        "In Lamp v. Loom, No. 23-17AB, and at Via Lume n. 15 it was so. | We paid.",
        "We rely on Art. 6 para. 1 sent. 1 lit. f of the law. | Objections are heard.",
        "Art. 6 para. 1 S. 1 lit. f applies. | See Nr. 7 of it.",
        "Lamp AB, Reg. No. 7, is ours. | Its ID. No. 5 is old. | We sell none. | No. 5 glows.",
        "As Section 2.1. “What we keep” says, it is kept. | Section 3. “Wicks” tells more.",
        # numbers and labels
        "2. We collect names. | 3. We keep them. | a. You may object.",
        "iv. We delete logs. | 5.1. We keep none.",
        "We are on version 2.0 of it. | It dates from 2018. | Later texts replace it.",
        "The fee is $2.50 at most. | $5 is the limit. | Up to 3 copies are free.",
        "1. Profile 2. Usage of lamps 3. Clicks",
        "Kinds of data: 1. Names 2. Streets",
        "Ours is version 2. | Lamps of version 2. | Shades of version 3.",
        # quotation marks, brackets, footnotes
        "This is “Device Data.” | We call the rest “Order Data.” | Both are kept.",
        "We run lamp.example and an “app.” (collectively, the “Shop”) for you. | Enjoy.",
        "(You can change this.) | We then stop. | [Not in Ohio.] | Elsewhere we do.",
        "We keep logs for a month.[1] | Then they go.[2] | Backups stay.",
        "See “1. Who we are” and “B. Rights” below. | Then ask.",
        # questions and exclamations
        "Do you sell it? | No! | What do we do?! | We encrypt.",
        "It helps our users? personally it does. | The apostrophe was lost.",
        # lower case and lost blanks
        "eBay sends it. | iPhone users see Settings. | iCloud data stays. | lamp.com is ours.",
        "we collect your name. | we keep it for long. | We mean it.",
        # bullets and footnotes within a line
        "We ask for names. | * We ask for streets. | • We ask no more. | – So we say.",
        "Lamps are cheap.* | Shades are not.† | * In Ohio.",
        # a run-in heading, curly apostrophes, no-break spaces
        "Public Lamps. | If you light one, others see it.",
        "We kept the customer’s\u00a0lamp. | We’ll send it\u00a0back. | It’s yours.",
        # other
        "Visit www.lamp.example/privacy?x=1. | Then click Save... | We wait… | Done.",
        "Write to privacy@lamp.example. | We reply.",
        "“We,” “us” and “our” mean the shop",
        "We share it with: (a) vendors; (b) partners; and (c) Lamp. | You may object.",
        "IP address 127.0.0.1 and .NET are technical. | Skip them.",
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(marked: str):
    expected = marked.split(" | ")
    assert split(" ".join(expected)) == expected


def test_a_sentence_ends_at_any_kind_of_blank():
    for blank in ("\u00a0", "\u2009", "\u3000", "\t", "\n", " \u00a0 "):
        assert split(f"Ask Lamp Inc.{blank}We reply.{blank}You wait.") == [
            "Ask Lamp Inc.",
            "We reply.",
            "You wait.",
        ]


def test_a_lost_blank_ends_a_sentence_before_a_word_that_opens_one():
    assert split("We read it online.We never sell. See lamp.example/We.You or Node.js.") == [
        "We read it online.",
        "We never sell.",
        "See lamp.example/We.You or Node.js.",
    ]


def test_a_lost_blank_ends_a_sentence_where_the_text_goes_on_in_lower_case():
    assert split("It stays with us.When it goes, it goes.Delivery takes days.LampShop pays.") == [
        "It stays with us.",
        "When it goes, it goes.",
        "Delivery takes days.",
        "LampShop pays.",
    ]
    for name in ("See lamp.Com now", "See Lamp.Shades today", "See wick.Lamp/Shades today"):
        assert split(name) == [name]


def test_a_sentence_ends_with_its_cell_of_a_table_and_holds_no_bar_at_its_end():
    assert split("| Names. | lamps Inc. | Shades of glass | “Wicks”. |") == [
        "Names.",
        "lamps Inc.",
        "Shades of glass | “Wicks”.",
    ]


def test_an_endless_sentence_is_cut_after_semicolons_commas_or_words():
    for word, last in (("lamp; ", ";"), ("lamp, ", ","), ("lamp ", "p")):
        pieces = split(word * 90_000)
        assert max(len(piece.split()) for piece in pieces) <= LONGEST_SENTENCE
        assert {piece[-1] for piece in pieces} == {last}
        assert sum(len(piece.split()) for piece in pieces) == 90_000


@pytest.mark.parametrize(
    "text", ["a" * 700_000, "." * 700_000, "A. " * 50_000, "Inc. Lamp " * 20_000, "?!)” " * 50_000]
)
def test_a_hostile_text_is_split_without_loss(text: str):
    spans = split_sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert covered.replace(" ", "") == text.replace(" ", "")


@settings(deadline=None)
@given(st.text(alphabet="aB1 .!?…)”(“\"[]'@/;,\u00a0", max_size=200))
def test_sentences_of_any_text_are_ordered_trimmed_and_complete(text: str):
    spans = split_sentences(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


# --- what a list item completes -------------------------------------------------------------------


def make_blocks(*lines: tuple[BlockKind, str] | tuple[BlockKind, str, int]) -> list[Block]:
    blocks, start = [], 0
    for kind, words, *level in lines:
        depth = level[0] if level else int(kind is LIST_ITEM)
        blocks.append(Block(kind, Span(start, start + len(words)), level=depth))
        start += len(words) + 1
    return blocks


def sentences_of(*lines: tuple[BlockKind, str] | tuple[BlockKind, str, int]) -> dict[str, str]:
    """Return each sentence with the one it completes, '' where it completes none."""
    text = "\n".join(line[1] for line in lines)
    section = Section(0, "", False, 0, None, Span(0, len(text)))
    sentences = find_sentences(text, tuple(make_blocks(*lines)), (section,))
    return {
        s.span.of(text): "" if s.lead_in is None else sentences[s.lead_in].span.of(text)
        for s in sentences
    }


def test_list_items_complete_the_sentence_before_them():
    assert sentences_of(
        (PARAGRAPH, "We are a shop. We may use your order to:"),
        (LIST_ITEM, "write to you;"),
        (LIST_ITEM, "Screen for fraud. See below."),
        (PARAGRAPH, "That is all."),
        (LIST_ITEM, "An item on its own"),
    ) == {
        "We are a shop.": "",
        "We may use your order to:": "",
        "write to you;": "We may use your order to:",
        "Screen for fraud.": "We may use your order to:",
        "See below.": "",
        "That is all.": "",
        "An item on its own": "",
    }


def test_a_full_statement_completes_only_what_ends_in_a_colon_or_nothing():
    items = (LIST_ITEM, "2. We sell nothing."), (LIST_ITEM, "names")
    for lead_in, statement_completes_it in (
        ("These are our rules:", True),
        ("We want you to know that", True),
        ("We work in the following ways.", False),
    ):
        found = sentences_of((PARAGRAPH, lead_in), *items)
        assert found["names"] == lead_in
        assert found["2. We sell nothing."] == (lead_in if statement_completes_it else "")


def test_a_sentence_that_announces_nothing_leads_into_no_list():
    for before in ("We are a shop.", "Last updated 5 March 2024", "Your Choices"):
        assert sentences_of((PARAGRAPH, before), (LIST_ITEM, "names"))["names"] == ""


def test_nested_items_complete_the_nearest_item_above_them():
    assert sentences_of(
        (PARAGRAPH, "We collect:"),
        (LIST_ITEM, "Contact data", 1),
        (LIST_ITEM, "e-mail", 2),
        (LIST_ITEM, "Technical data, including:", 1),
        (LIST_ITEM, "browser", 2),
        (LIST_ITEM, "device", 2),
        (LIST_ITEM, "Payments. A bank handles these for us in our name.", 1),
        (LIST_ITEM, "card", 2),
        (LIST_ITEM, "Clicks", 1),
    ) == {
        "We collect:": "",
        "Contact data": "We collect:",
        "e-mail": "Contact data",
        "Technical data, including:": "We collect:",
        "browser": "Technical data, including:",
        "device": "Technical data, including:",
        "Payments.": "We collect:",
        "A bank handles these for us in our name.": "",
        "card": "We collect:",
        "Clicks": "We collect:",
    }


def test_a_lead_in_ends_with_its_section():
    found = sentences_of((PARAGRAPH, "We collect:"), (HEADING, "Names"), (LIST_ITEM, "first name"))
    assert found == {"We collect:": "", "first name": ""}


def lead_ins(*parts: str) -> dict[str, str]:
    """Return what each list item of a Markdown text completes; its text is joined from parts."""
    loaded = load("\n\n".join(parts).encode(), "policy.md")
    blocks = find_headings(loaded)
    sentences = find_sentences(loaded.text, blocks, find_sections(loaded.text, blocks))
    return {
        s.span.of(loaded.text): ""
        if s.lead_in is None
        else sentences[s.lead_in].span.of(loaded.text)
        for s in sentences
    }


ASKED = "## Lamps\n\nWe ask for the following kinds of data:"
PROSE = "The carrier brings the lamp to your door and forgets the street after a few weeks."


@pytest.mark.parametrize("mark", ["**{}**", "### {}"])
def test_a_lead_in_lives_on_across_the_headings_within_its_list(mark: str):
    first, second = mark.format("Names"), mark.format("Streets")
    found = lead_ins(ASKED, first, "* first name", second, "* door", "## Shades", "* glass")
    assert found["first name"] == found["door"] == "We ask for the following kinds of data:"
    assert found["glass"] == ""


def test_a_lead_in_ends_with_the_next_paragraph_of_prose():
    assert lead_ins(ASKED, "**Names**", PROSE, "**Streets**", "* door")["door"] == ""
    assert lead_ins(ASKED, PROSE, "* door")["door"] == ""


def test_a_marked_heading_after_the_list_ends_its_lead_in():
    assert lead_ins(ASKED, "* first name", "### Streets", "* door")["door"] == ""


def test_a_label_without_bullet_completes_the_lead_in_and_its_items_complete_the_label():
    asked = "We ask for the following:"
    found = sentences_of(
        (PARAGRAPH, asked),
        (PARAGRAPH, "Names"),
        (LIST_ITEM, "first name"),
        (PARAGRAPH, "Streets"),
        (LIST_ITEM, "door"),
        (PARAGRAPH, "You may refuse."),
        (LIST_ITEM, "always"),
    )
    assert found["Names"] == found["Streets"] == asked
    assert (found["first name"], found["door"], found["always"]) == ("Names", "Streets", "")


def test_examples_complete_the_lead_in_and_a_new_statement_does_not():
    asked = "We ask for the following:"
    for line, completed in (
        ("Examples include: passport number, name of your cat.", asked),
        ("Such as your passport number", asked),
        ("For example, we may copy your passport.", ""),
        ("Our lamps are made of glass.", ""),
    ):
        found = sentences_of((PARAGRAPH, asked), (LIST_ITEM, "Identifiers"), (PARAGRAPH, line))
        assert found[line] == completed


def test_the_items_below_a_label_within_an_item_reach_the_lead_in_through_it():
    asked = "We ask for the following:"
    found = sentences_of(
        (PARAGRAPH, asked),
        (LIST_ITEM, "Identifiers", 1),
        (PARAGRAPH, "Examples:"),
        (LIST_ITEM, "passport number", 2),
    )
    assert (found["passport number"], found["Examples:"]) == ("Examples:", asked)


def test_an_address_is_one_sentence_and_a_bullet_alone_is_none():
    text = "Lamp Ltd. Attn. Ms. Roe. 12 Wick Ave. Salem\n•"
    blocks = (Block(PARAGRAPH, Span(0, 43), scored=False), Block(PARAGRAPH, Span(44, 45)))
    section = Section(0, "", False, 0, None, Span(0, len(text)))
    assert find_sentences(text, blocks, (section,)) == (Sentence(Span(0, 43), 0, 0),)


LINES = st.lists(
    st.tuples(
        st.sampled_from(list(BlockKind)),
        st.text(alphabet="aB. :;?1(”\u00a0", min_size=1, max_size=40).filter(str.strip),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(LINES)
def test_sentences_are_ordered_and_lie_inside_one_block_and_section(
    lines: list[tuple[BlockKind, str, int, bool]],
):
    text = "\n".join(line[1] for line in lines)
    blocks = make_blocks(*((kind, words, level) for kind, words, level, _ in lines))
    starts = [0, *(b.span.start for b, line in zip(blocks, lines, strict=True) if line[3])]
    bounds = [*sorted(set(starts)), len(text)]
    sections = tuple(
        Section(i, "", False, 0, None, Span(*bound)) for i, bound in enumerate(pairwise(bounds))
    )
    sentences = find_sentences(text, tuple(blocks), sections)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    for index, sentence in enumerate(sentences):
        block = blocks[sentence.block]
        assert block.kind is not HEADING
        assert block.span.contains(sentence.span)
        assert sections[sentence.section].span.contains(sentence.span)
        assert sentence.span.of(text).strip() == sentence.span.of(text)
        if sentence.lead_in is not None:
            assert block.kind in (LIST_ITEM, PARAGRAPH)
            assert sentence.lead_in < index
            assert sentences[sentence.lead_in].section <= sentence.section
            assert sentences[sentence.lead_in].block < sentence.block


# --- against boundaries set by people -------------------------------------------------------------


def f1(found: list[set[int]], wanted: list[set[int]]) -> float:
    right = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
    return 2 * right / (sum(map(len, found)) + sum(map(len, wanted)))


def test_boundaries_agree_with_those_set_by_people_and_better_than_untrained_punkt(shared: Path):
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    samples = json.loads((shared / "data" / "readability" / "sentence_gold.json").read_text())
    texts = [sample["text"] for sample in samples]
    wanted = [set(sample["starts"]) - {0} for sample in samples]
    untrained = PunktSentenceTokenizer()
    ours = f1([{s for s, _ in split_sentences(text)} - {0} for text in texts], wanted)
    punkt = f1([{s for s, _ in untrained.span_tokenize(text)} - {0} for text in texts], wanted)
    assert ours >= 0.98
    assert ours > punkt
