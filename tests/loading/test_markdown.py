"""Markdown: the text holds what a reader of the rendered page would see."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from reader.errors import TooComplexError
from reader.loading import load
from reader.loading.limits import MAX_BLOCKS
from reader.loading.markdown_paragraphs import paragraph
from reader.model import BlockKind, LoadedText

HEADING = BlockKind.HEADING
PARAGRAPH = BlockKind.PARAGRAPH
ITEM = BlockKind.LIST_ITEM
ROW = BlockKind.TABLE_ROW


def read(source: str) -> LoadedText:
    return load(source.encode(), "policy.md")


def blocks(source: str) -> list[tuple[BlockKind, int, str]]:
    loaded = read(source)
    return [(block.kind, block.level, block.span.of(loaded.text)) for block in loaded.blocks]


@pytest.mark.parametrize(
    ("source", "level", "text"),
    [
        ("### 4\\. Lamps\n", 3, "4. Lamps"),
        ("### 4.Lamps and shades\n", 3, "4.Lamps and shades"),
        ("## **Lamps** and _shades_ ##\n", 2, "Lamps and shades"),
        ("Lamps\n=====\n", 1, "Lamps"),
        ("Lamps\n-----\n", 2, "Lamps"),
        ("## [Lamps](https://lamps.example)\n", 2, "Lamps"),
        ("3. ## Lamps\n", 2, "3. Lamps"),
        ("### 2.11** **Lamp oil:\n", 3, "2.11 Lamp oil:"),
        ("<h2>Lamps</h2>\n", 2, "Lamps"),
    ],
)
def test_a_marked_heading_keeps_its_number_and_loses_its_marks(
    source: str, level: int, text: str
) -> None:
    assert blocks(source + "\nWe sell lamps.\n")[0] == (HEADING, level, text)
    assert read(source).blocks[0].explicit


def test_markup_leaves_the_text_and_words_stay() -> None:
    source = "We _never_ give **your \\*name\\*** to `lamp.example` &amp; ~~others~~ <b>at all</b>."
    assert read(source).text == "We never give your *name* to lamp.example & others at all."


def test_a_drawn_line_and_a_comment_and_a_script_are_no_text() -> None:
    source = "One.\n\n* * *\n\n<!-- not\n\nshown -->\n\n<script>\n\nalert(1)\n\n</script>\n\nTwo.\n"
    assert read(source).text == "One.\nTwo."


def test_a_link_stands_on_its_words_with_its_target() -> None:
    loaded = read("Write [to us](mailto:post@lamps.example) or see [the map](#map).")
    assert loaded.text == "Write to us or see the map."
    assert [(link.span.of(loaded.text), link.target) for link in loaded.links] == [
        ("to us", "mailto:post@lamps.example")
    ]
    letters = len(loaded.text.replace(" ", ""))
    assert loaded.blocks[0].link_ratio == len("tous" + "themap") / letters


def test_a_link_around_several_blocks_leaves_each_of_them_whole() -> None:
    source = "* [Lamps\n  -----\n\n  All of our lamps](https://lamps.example)\n\nShades\n"
    assert blocks(source) == [
        (HEADING, 2, "Lamps"),
        (ITEM, 1, "All of our lamps"),
        (PARAGRAPH, 0, "Shades"),
    ]
    [link] = read(source).links
    assert link.target == "https://lamps.example"
    assert link.span.of(read(source).text) == "All of our lamps"


def test_a_link_around_a_picture_and_a_paragraph_keeps_the_words_of_both() -> None:
    source = "[![Old lamp](lamp.png)\n\nSee it\n\nShades](https://lamps.example)\n"
    assert [words for _, _, words in blocks(source)] == ["Old lamp", "See it", "Shades"]


def test_a_marked_heading_may_follow_straight_after_a_paragraph_as_an_item() -> None:
    assert blocks("We sell\n11.  #### Lamps\n") == [
        (PARAGRAPH, 0, "We sell"),
        (HEADING, 4, "11. Lamps"),
    ]


def test_the_mark_of_a_heading_in_a_cell_is_no_text() -> None:
    assert blocks("| ## Lamps | No. 5 |\n|---|---|\n| # 1 | Oil ------- |\n") == [
        (ROW, 0, "Lamps | No. 5"),
        (ROW, 0, "1 | Oil"),
    ]


def test_a_link_that_runs_a_script_is_no_link() -> None:
    loaded = read("[press](javascript:alert(1)) and <a href='data:x'>here</a>")
    assert loaded.text == "press and here"
    assert loaded.links == ()


def test_lists_have_depth_and_ordered_ones_their_numbers() -> None:
    source = "We keep:\n\n*   names\n    1.  first\n    2.  last\n*   streets\n"
    assert blocks(source) == [
        (PARAGRAPH, 0, "We keep:"),
        (ITEM, 1, "names"),
        (ITEM, 2, "1. first"),
        (ITEM, 2, "2. last"),
        (ITEM, 1, "streets"),
    ]


def test_only_the_first_paragraph_of_an_item_is_the_item() -> None:
    source = "* Names\n\n  We keep names for a year.\n* Streets\n"
    assert [kind for kind, _, _ in blocks(source)] == [ITEM, PARAGRAPH, ITEM]


def test_typed_bullets_and_hard_breaks_make_lines_of_their_own() -> None:
    source = "We keep:  \n\\- names  \n\\-streets  \n• ages\n"
    assert blocks(source)[1:] == [(ITEM, 1, "names"), (ITEM, 1, "streets"), (ITEM, 1, "ages")]


def test_a_table_row_is_one_line() -> None:
    source = "| What | Why |\n|---|---|\n| Your **name** | To greet<br>you |\n"
    assert blocks(source) == [(ROW, 0, "What | Why"), (ROW, 0, "Your name | To greet you")]


def test_a_quotation_is_a_paragraph() -> None:
    assert blocks("> *Taken from an old page.*\n\n# Lamps\n")[0] == (
        PARAGRAPH,
        0,
        "Taken from an old page.",
    )


@pytest.mark.parametrize(
    "source",
    [
        "**Lamps and shades**\n\nWe sell lamps.\n",
        "** Lamps and shades **\n\nWe sell lamps.\n",
        "**Lamps and shades:**  \nWe sell lamps, **really**.\n",
        "**\n\nLamps and shades**\n\nWe sell **lamps**.\n",
    ],
)
def test_a_line_in_bold_is_bold_and_the_next_is_not(source: str) -> None:
    loaded = read(source)
    shares = [block.bold for block in loaded.blocks]
    assert shares[0] == 1.0
    assert shares[1] < 0.6
    assert "*" not in loaded.text


def test_bold_that_touches_the_next_word_is_still_bold() -> None:
    loaded = read("**Lamps:**We sell them.")
    assert loaded.text == "Lamps:We sell them."
    assert 0 < loaded.blocks[0].bold < 0.5


def test_italic_headings_stand_below_upright_ones_of_the_same_level() -> None:
    source = "# Shop\n\n### 1\\. Orders\n\n### _Lamps_\n\n### 2\\. Returns\n"
    assert [level for _, level, _ in blocks(source)] == [1, 3, 4, 3]


def test_the_title_is_the_first_top_heading_or_the_front_matter() -> None:
    assert read("> note\n\n# Lamps\n\nText.\n").title == "Lamps"
    fronted = read("---\ntitle: Lamps\ndate: 2024-01-01\n---\n\nText.\n")
    assert (fronted.title, fronted.text) == ("Lamps", "Text.")
    assert read("## Lamps\n\nText.\n").title == ""


def test_wrapped_lines_are_joined_and_a_list_without_blank_line_is_not() -> None:
    source = (
        "We write down your name and your street when you order a lamp, and we\n"
        "do so because the carrier has to find you with it and for no other\n"
        "reason at all. What we keep is this and no more:\n"
        "(a) your name\n"
        "(b) your street\n"
    )
    assert [kind for kind, _, _ in blocks(source)] == [PARAGRAPH, ITEM, ITEM]


def test_a_wrapped_paragraph_among_long_lines_is_one() -> None:
    long = "Whoever buys a lamp from us tells us where it is to be sent, and to whom. " * 4
    wrapped = (
        "We hand your name and your street to the carrier, who is called\n"
        "Swift and Sons, and to nobody else. The carrier is bound by our\n"
        "Terms of Carriage, which say that what you told us is used for\n"
        "Delivery alone.\n"
    )
    source = f"{long}\n\n{wrapped}\n{long}\n\n{long}\n\n{wrapped}\n{long}\n"

    assert [kind for kind, _, _ in blocks(source)] == [PARAGRAPH] * 6


def test_an_address_among_long_lines_keeps_its_lines() -> None:
    long = "Whoever buys a lamp from us tells us where it is to be sent, and to whom. " * 4
    address = "Lantern and Loom\nPrivacy Office\nHarbour Street 12\nSkarness\n"

    assert len(blocks(f"{long}\n\n{address}\n{long}\n")) == 6


@pytest.mark.parametrize(
    "source",
    [
        "We sell lamps\n-------------\nand shades\n",
        "We sell lamps\n-\nand shades\n",
        "We sell lamps\n- and shades\n-\n- - -\nand oil\n",
        "We sell\nLamp | Oil\n--- | ---\nold | dear\n",
        "Lamp | Oil\n:-: | ---\nold | dear\n",
        "We sell lamps\n1. of brass\n2. of glass\n7) of tin\n",
        "We sell lamps\n7. of brass\n",
        "We sell lamps\n# and shades\n",
        "We sell lamps\n      # and shades\n",
        "We sell lamps\n> and shades\nand oil\n\nand wicks\n",
        "> We sell lamps\nand shades\n===\n> and oil\n",
        "- We sell lamps\n  and shades\n\n  and oil\nand wicks\n- We mend them\n",
        "- Lamps\n  - of brass\nof glass\n    - of tin\n",
        "**Lamps**\n***\n“Oil”\n~~~\nWicks\n~~~\n(Glass)\n",
        "[lamp]: https://lamps.example\nWe sell\n[oil]: https://oil.example\n",
    ],
)
def test_a_paragraph_told_by_its_first_letters_is_the_one_that_commonmark_makes(
    source: str,
) -> None:
    def contents(parser: MarkdownIt) -> list[tuple[str, str, str, int]]:
        return [
            (token.type, token.tag, token.content, token.level)
            for token in parser.parse(source)
            if not token.type.startswith("paragraph_")
        ]

    ours = MarkdownIt().enable("table")
    ours.block.ruler.before("table", "plain_paragraph", paragraph)
    assert contents(ours) == contents(MarkdownIt().enable("table"))


@pytest.mark.parametrize(
    "source",
    [
        ">" * 5_000 + " deep",
        "\n".join(" " * 2 * depth + "- deep" for depth in range(400)),
        "1. " * 5_000 + "deep",
        "[" * 50_000 + "deep",
        "**a *" * 20_000 + "deep",
        "`a" * 50_000 + "deep",
        "[a](https://" + "a." * 50_000 + "deep",
        "a\n" * 50_000 + "|deep",
    ],
    ids=["quotes", "lists", "numbers", "brackets", "emphasis", "ticks", "address", "lines"],
)
def test_the_words_under_hostile_markup_are_still_read(source: str) -> None:
    assert "deep" in read("# Lamps\n\n" + source + "\n").text


def test_more_blocks_than_any_document_has_are_refused() -> None:
    with pytest.raises(TooComplexError):
        read("a\n\n" * (MAX_BLOCKS + 1))


def test_headings_of_relatives_of_markdown_are_headings() -> None:
    loaded = read(
        "[[_TOC_]]\n\n# Lamps {#lamps .wide}\n\nText.\n\nOil for lamps\n~~~~~~~~~~~~~\n\nMore.\n\n"
        "Wicks\n~~~~~~~~\n\nAnd more.\n"
    )
    assert [(b.level, b.span.of(loaded.text)) for b in loaded.blocks if b.explicit] == [
        (1, "Lamps"),
        (3, "Oil for lamps"),
        (3, "Wicks"),
    ]
    assert loaded.text.split("\n")[0] == "Lamps"


def test_a_fence_below_a_line_stays_a_fence() -> None:
    assert read("# Lamps\n\nAn example of what we keep:\n~~~\nname\n~~~\n").text.endswith("name")
