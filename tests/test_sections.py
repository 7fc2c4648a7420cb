"""Sections: the headings that a reader sees, and nothing else, divide the text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis import analyze
from reader.loading import load
from reader.model import BlockKind
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections

PROSE = "We write down what you order and keep it for as long as the warranty of your lamp runs."
MORE = "The carrier is told your street and nothing else, and forgets it after a few short weeks."


def headings(text: str, name: str = "policy.txt") -> list[str]:
    loaded = load(text.encode(), name)
    blocks = find_headings(loaded)
    return [b.span.of(loaded.text) for b in blocks if b.kind is BlockKind.HEADING]


def unscored(text: str) -> list[str]:
    loaded = load(text.encode(), "policy.txt")
    return [b.span.of(loaded.text) for b in find_headings(loaded) if not b.scored]


def levels(text: str, name: str = "policy.md") -> list[tuple[str, int, str | None]]:
    """Heading, level and parent's heading of each section."""
    loaded = load(text.encode(), name)
    sections = find_sections(loaded.text, find_headings(loaded))
    return [
        (s.heading, s.level, None if s.parent is None else sections[s.parent].heading)
        for s in sections
    ]


def policy(*parts: str) -> str:
    """A policy in which each of ``parts`` stands between paragraphs of prose."""
    text = f"{PROSE} {MORE}"
    return f"{PROSE}\n\n" + f"\n\n{text}\n\n{MORE}\n\n".join(parts) + f"\n\n{text}\n"


@pytest.mark.parametrize(
    "line",
    [
        "What We Collect",
        "How do we use your information?",
        "SHARING WITH OTHERS",
        "4. Security of your data",
        "4.2 Cookies on our pages",
        "(b) Third-Party Lamps",
        "Section 5: Your Rights",
        "Article IV. Transfers",
        "Ways of Device Information Gathering:",
        "Minors",
        "Children’s Privacy",
        "California Privacy Rights",
        "Contact us",
        "How and where your order is kept",
        "Categories of Data and Purposes",
        "Third parties and your choices.",
        "How to contact us.",
        "Other information that we collect at the door",
        "Verifying requests",
    ],
)
def test_a_bare_line_that_reads_as_a_heading_is_one(line: str) -> None:
    assert headings(policy(line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "We never sell your name.",
        "Welcome to our shop.",
        "the carrier",
        "You can write to us at any time about what we hold",
        "Options to leave the list of lamp news:",
        "privacy@lamps.example",
        "Effective date: 4 May 2024",
        "Last updated May 4, 2024",
        "2024-05-04",
        "Last updated 06-03-26",
        "Updated September/11, 2025 by the shop",
        "03/2025",
        "https://lamps.example/privacy",
        "Lantern House Ltd.",
        "Back to top",
        "© 2024 Lantern House",
        "Type: session cookies",
        "street, door, town, country, planet",
        "and",
        "your name;",
        "Categories Examples",
        "Category of data Purposes Legal basis",
        "Who sees it? Our Carriers and Shops",
        "Learn more about our lamps",
        "Show all",
        "LANTERN HOUSE INC.",
        "Administered by: Us",
        "Warranty refers to Lantern House, Harbourtown",
    ],
)
def test_a_bare_line_of_another_sort_is_no_heading(line: str) -> None:
    assert headings(policy(line)) == []


def test_the_items_of_a_list_without_bullets_are_no_headings() -> None:
    text = policy(
        "What We Collect",
        "We collect the following data:\n\nEmail Address\n\nFirst Name\n\nUsage Data\n\nUsage Data",
    )
    assert headings(text) == ["What We Collect", "Usage Data"]


def test_numbered_clauses_are_text_and_their_titles_are_headings() -> None:
    text = "1. Names\n\n" + PROSE + "\n\n2. Clauses\n\n"
    text += "\n\n".join(f"2.{n} Lamps of kind {n} are made of glass" for n in range(1, 5))
    assert headings(text + "\n\n3. Ages\n\n" + PROSE) == ["1. Names", "2. Clauses", "3. Ages"]


def test_steps_that_follow_each_other_without_a_text_are_no_headings() -> None:
    steps = "1. Open the Lamp Settings\n\n2. Choose Privacy and Cookies\n\n3. Delete Your Cookies"
    assert headings(policy("Your Choices", steps)) == ["Your Choices"]


def test_policies_of_short_paragraphs_keep_their_many_headings() -> None:
    names = ["Names", "Streets", "Cookies", "Payments", "Children", "Changes", "Contact"]
    text = "\n\n".join(f"{name}\n\nWe keep none of it longer than the law wants." for name in names)
    assert headings(text) == names


def test_where_everything_looks_like_a_heading_nothing_is_one() -> None:
    assert headings("\n\n".join(["The Lamp", "Our Shade", "Your Light", "Their Wick"] * 5)) == []


def test_a_table_of_contents_is_neither_headings_nor_prose() -> None:
    names = ["1. Names We Keep", "2. Streets We Know", "3. Cookies We Set", "4. Contact Us"]
    body = "\n\n".join(f"{name}\n\n{PROSE}\n\n{MORE}" for name in names)
    text = "Table of Contents\n\n" + "\n\n".join(names) + "\n\n" + body
    assert headings(text) == ["Table of Contents", *names]
    assert unscored(text) == names


def test_the_entries_of_a_titled_table_of_contents_may_end_in_full_stops() -> None:
    names = ["A. The Names We Keep", "B. The Streets We Know", "C. The Cookies We Set"]
    body = "\n\n".join(f"{name}\n\n{PROSE}\n\n{MORE}" for name in names)
    text = "Table of Contents\n\n" + ".\n\n".join(names) + ".\n\n" + body
    assert headings(text) == ["Table of Contents", *names]


@pytest.mark.parametrize(
    "last",
    [
        "12 Quay Lane, Harbourtown, NY 10016",
        "80333 Lampenstadt",
        "111 22 Lampholm",
        "Lampgatan 3",
        "Lampville, D02 AX07 IRELAND",
        "Lampcho, Lampto 108-0073",
        "Block 7 Wick Crescent",
    ],
)
def test_an_address_is_neither_headings_nor_prose(last: str) -> None:
    address = ["Lantern House", "[Re: Data Officer]", last]
    text = policy("Contact Us", "\n".join(address))
    assert headings(text) == ["Contact Us"]
    assert unscored(text) == address


def test_what_stands_around_an_address_is_still_read() -> None:
    address = ["Lantern House", "12 Quay Lane, Harbourtown, NY 10016", "Fabelland"]
    text = policy("\n\n".join(["How to Contact Us", *address, "Changes to this notice"]))
    assert headings(text) == ["How to Contact Us", "Changes to this notice"]
    assert unscored(text) == address
    assert unscored(policy("\n\n".join(address))) == address


def test_a_date_is_not_scored() -> None:
    assert unscored(policy("Last updated: 4 May 2024")) == ["Last updated: 4 May 2024"]


def test_a_line_in_bold_is_a_heading_below_the_marked_ones() -> None:
    text = f"## Sharing\n\n{PROSE}\n\n**Our carriers**\n\n{MORE}\n\n## Keeping\n\n{PROSE}\n"
    assert levels(text) == [
        ("Sharing", 1, None),
        ("Our carriers", 2, "Sharing"),
        ("Keeping", 1, None),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "**We never sell your name, and we are proud of it.**",
        "**Last updated: 4 May 2024**",
        "**You have the right to ask for a new lamp if:**",
        "**Lantern House is responsible for the following**",
        "**Lantern House Ltd.**",
        "* **Your name**",
        "| **Name** |\n|---|\n| **Lamp** |",
    ],
)
def test_bold_words_of_another_sort_are_no_heading(paragraph: str) -> None:
    text = f"# Privacy\n\n{PROSE}\n\n## Sharing\n\n{PROSE}\n\n{paragraph}\n\n{MORE}\n\n"
    text += f"## Keeping\n\n{PROSE}\n\n## Asking\n\n{MORE}\n"
    assert headings(text, "policy.md") == ["Privacy", "Sharing", "Keeping", "Asking"]


def test_a_number_of_three_parts_is_no_date() -> None:
    text = f"# Privacy\n\n## 2.2 Lamps\n\n{PROSE}\n\n### 2.2.1 Oil lamps\n\n{MORE}\n"
    assert headings(text, "policy.md") == ["Privacy", "2.2 Lamps", "2.2.1 Oil lamps"]


def test_a_line_in_bold_that_asks_is_a_heading_in_spite_of_its_full_stop() -> None:
    text = f"# Privacy\n\n{PROSE}\n\n**How you can reach us.**\n\n{MORE}\n"
    assert headings(text, "policy.md") == ["Privacy", "How you can reach us."]


def test_a_numbered_name_in_bold_that_opens_a_paragraph_is_a_heading() -> None:
    text = f"## 4. Lamps\n\n{PROSE}\n\n**4.1 Oil lamps:** {MORE}\n\n**4.2 Candles:** {PROSE}\n"
    assert headings(text, "policy.md") == ["4. Lamps", "4.1 Oil lamps:", "4.2 Candles:"]


def test_names_that_open_paragraphs_serve_where_nothing_else_does() -> None:
    names = ["Public Places.", "Our Carriers.", "Keeping Data.", "Your Choices.", "Children."]
    assert headings("\n\n".join(f"{name} {PROSE}" for name in names)) == names
    assert headings(f"We deal with Acme Corp. {PROSE}\n\nOur Carriers. {MORE}") == []


def test_a_name_that_recurs_again_and_again_is_a_field_of_a_form() -> None:
    parts = [f"**Our lamps, kind {n}**\n\n{PROSE}\n\n**Purpose**\n\n{MORE}" for n in range(5)]
    assert headings("# Privacy\n\n" + "\n\n".join(parts), "policy.md") == [
        "Privacy",
        *(f"Our lamps, kind {n}" for n in range(5)),
    ]


def test_the_value_between_two_fields_of_a_form_is_no_heading() -> None:
    form = "Purpose\n\nMending Lamps\n\nPurpose\n\nSelling Shades\n\nLegal Basis"
    text = policy(*[f"Our Lamps of Kind {n}\n\n{MORE}\n\n{form}\n\n{MORE}" for n in range(4)])
    assert headings(text) == [f"Our Lamps of Kind {n}" for n in range(4)]


def test_a_bare_line_that_is_all_link_is_no_heading() -> None:
    for line, found in (("See Our Lamps", ["See Our Lamps"]), ("[See Our Lamps](#lamps)", [])):
        text = f"{PROSE}\n\n{MORE}\n\n{line}\n\n{PROSE}\n"
        assert headings(text, "policy.md") == found


def test_a_row_of_names_without_a_text_below_them_is_a_menu() -> None:
    menu = "Our Lamps\n\nOur Shades\n\nOur Repairs\n\nOur Privacy Notice"
    assert headings(f"{menu}\n\n{PROSE}\n\nYour Rights\n\n{PROSE}") == [
        "Our Privacy Notice",
        "Your Rights",
    ]


def test_a_long_stretch_without_headings_has_some_that_are_not_marked() -> None:
    marked = [f"## {name}\n\n{PROSE}" for name in ("Lamps", "Oil", "Shades", "Repairs")]
    parts = [f"{name}\n\n{PROSE}\n\n{MORE}" for name in ("Our Carriers", "Our Banks")]
    short, long = "\n\n".join(parts), "\n\n".join([*[PROSE] * 25, *parts])
    names = ["Lamps", "Oil", "Shades", "Repairs"]
    assert headings("\n\n".join([*marked, short]), "policy.md") == names
    assert levels("\n\n".join([*marked, long]))[4:] == [
        ("Our Carriers", 2, "Repairs"),
        ("Our Banks", 2, "Repairs"),
    ]


def test_names_in_bold_that_open_paragraphs_part_a_long_section() -> None:
    names = ["Public places.", "Our carriers.", "Keeping data.", "Your choices."]
    paragraphs = "\n\n".join(f"**{name}** {PROSE}" for name in names)
    text = f"# Lamps\n\n{PROSE}\n\n# Shades\n\n{PROSE}\n\n# Oil\n\n{PROSE}\n\n# Data\n\n"
    assert headings(f"{text}{paragraphs}", "policy.md") == ["Lamps", "Shades", "Oil", "Data"]
    long = "\n\n".join([*[PROSE] * 25, "Kept by us", paragraphs, *[PROSE] * 25])
    assert levels(f"{text}{long}")[4:] == [
        ("Kept by us", 2, "Data"),
        *((name, 3, "Kept by us") for name in names),
    ]


def test_names_in_bold_that_part_one_section_part_the_short_ones_too() -> None:
    names = [f"{what} and what becomes of it." for what in ("Oil", "Silk", "Glass", "Brass")]
    few = [f"**{name}** {PROSE}" for name in ("Our carriers (and yours).", "Lamps.example.")]
    long = [*[PROSE] * 25, *(f"**{name}** {PROSE}" for name in names)]
    text = "\n\n".join(["# Short", *few, "# Long", *long, "# Last", MORE])
    assert headings(text, "policy.md") == [
        *("Short", "Our carriers (and yours).", "Lamps.example.", "Long"),
        *names,
        "Last",
    ]


def test_names_with_a_colon_part_a_long_section_unless_they_recur() -> None:
    names = ["What you order:", "What you ask:", "What you return:", "What you break:"]
    paragraphs = [f"**{name}** {PROSE}\n\n**Purpose:** {MORE}" for name in names]
    text = "\n\n".join([*[PROSE] * 25, *paragraphs])
    assert headings(f"# Lamps\n\n{PROSE}\n\n# Data\n\n{text}", "policy.md") == [
        "Lamps",
        "Data",
        *names,
    ]


def test_a_numbered_line_in_bold_may_end_like_the_name_of_a_firm() -> None:
    lines = ["A. Within our Company", "B. Without it"]
    text = f"# Privacy\n\n{PROSE}\n\n**{lines[0]}**\n\n{MORE}\n\n**{lines[1]}**\n\n{PROSE}\n"
    assert headings(text, "policy.md") == ["Privacy", *lines]
    assert headings(text.replace("A. Within our", "Lamp"), "policy.md") == ["Privacy", lines[1]]


def test_a_title_that_names_the_shop_before_a_colon_is_a_heading() -> None:
    text = f"Lantern Lamps: Privacy Policy\n\nLast updated: 4 May 2026\n\n{PROSE}\n\n{MORE}"
    assert headings(text) == ["Lantern Lamps: Privacy Policy"]
    assert headings(text.replace("Privacy Policy", "Open Daily")) == []


def test_a_quoted_first_line_is_no_heading() -> None:
    text = f"> *Taken from an old page of the shop*\n\n# Privacy\n\n{PROSE}\n"
    assert levels(text)[0] == ("", 0, None)
    assert headings(text, "policy.md") == ["Privacy"]


def test_numbers_make_parents_where_no_level_does() -> None:
    text = f"1. Orders\n\n{PROSE}\n\n1.1 Lamps\n\n{PROSE}\n\n1.2 Shades\n\n{MORE}\n\n"
    text += f"2. Returns\n\n{PROSE}\n\n3. Repairs\n\n{PROSE}\n"
    assert levels(text, "policy.txt") == [
        ("1. Orders", 1, None),
        ("1.1 Lamps", 2, "1. Orders"),
        ("1.2 Shades", 2, "1. Orders"),
        ("2. Returns", 1, None),
        ("3. Repairs", 1, None),
    ]


def test_letters_stand_below_the_numbers_they_part_and_numbers_below_letters() -> None:
    for outer, inner in (("{n}.", "({a})"), ("{A}.", "{n}."), ("{n}.", "{A}."), ("{n}.", "{a}.")):
        text, wanted = "", []
        for n in (1, 2):
            top = outer.format(n=n, A="XAB"[n]) + f" Lamps of Kind {n}"
            text += f"{top}\n\n{PROSE}\n\n"
            wanted.append((top, 1, None))
            for m, letter in ((1, "a"), (2, "b")):
                below = inner.format(n=m, A=letter.upper(), a=letter) + f" Shades of Kind {n}"
                text += f"{below}\n\n{MORE} {PROSE}\n\n"
                wanted.append((below, 2, top))
        assert levels(text, "policy.txt") == wanted


def test_marked_headings_of_one_level_are_parted_by_their_numbers() -> None:
    names = ["1. Orders", "1.1 Lamps", "Shades", "1.2 Oil", "2. Returns", "3. Repairs", "Contact"]
    text = "\n\n".join(f"## {name}\n\n{PROSE}" for name in names)
    assert levels(text) == [
        ("1. Orders", 1, None),
        ("1.1 Lamps", 2, "1. Orders"),
        ("Shades", 3, "1.1 Lamps"),
        ("1.2 Oil", 2, "1. Orders"),
        ("2. Returns", 1, None),
        ("3. Repairs", 1, None),
        ("Contact", 1, None),
    ]


def test_an_unmarked_number_continues_that_of_the_marked_heading_above_it() -> None:
    parts = ["## 5. Orders", "**5.1 Lamps**", "**Wicks**", "**5.2 Shades**", "**5.2.a Silk**"]
    text = "\n\n".join(f"{part}\n\n{PROSE}" for part in [*parts, "## 6. Returns"])
    assert levels(text) == [
        ("5. Orders", 1, None),
        ("5.1 Lamps", 2, "5. Orders"),
        ("Wicks", 3, "5.1 Lamps"),
        ("5.2 Shades", 2, "5. Orders"),
        ("5.2.a Silk", 3, "5.2 Shades"),
        ("6. Returns", 1, None),
    ]


@pytest.mark.parametrize("mark", ["## {}", "**{}**"])
def test_headings_in_capitals_stand_above_others_that_are_marked_alike(mark: str) -> None:
    names = []
    for topic in ("ORDERS", "LAMPS", "SHADES", "OIL"):
        names += [topic, f"About your {topic.lower()}"]
    text = "\n\n".join(f"{mark.format(name)}\n\n{PROSE}" for name in names)
    assert [parent for _, _, parent in levels(text)] == [
        *(None, "ORDERS", None, "LAMPS", None, "SHADES", None, "OIL")
    ]


def test_no_level_is_passed_over() -> None:
    names = ["SECTION 1 – LAMPS", "1.1 Oil", "SECTION 2 – SHADES", "2.1 Silk", "2.2 Paper"]
    text = "\n\n".join(f"{name}\n\n{PROSE}" for name in names)
    assert [level for _, level, _ in levels(text, "policy.txt")] == [1, 2, 1, 2, 2]


def test_lines_numbered_one_after_the_other_above_texts_are_headings_whatever_they_say() -> None:
    names = [
        "a. to bring you the lamp",
        "b. We may ask who you are",
        "c. to mend it",
        "d. Please tell us",
    ]
    assert headings("\n\n".join(f"{name}\n\n{PROSE}" for name in names)) == names
    items = "\n\n".join(names)
    assert headings(f"{PROSE}\n\n{items}\n\n{MORE}") == []


def test_a_label_may_mix_numbers_and_letters() -> None:
    names = ["2.a.Lamps", "2.b.i. Oil lamps", "2.b.ii. Gas lamps", "3. Shades"]
    text = "\n\n".join(f"{name}\n\n{PROSE}" for name in ["1.Data", "2.Orders", *names])
    assert levels(text, "policy.txt")[2:] == [
        ("2.a.Lamps", 2, "2.Orders"),
        ("2.b.i. Oil lamps", 3, "2.a.Lamps"),
        ("2.b.ii. Gas lamps", 3, "2.a.Lamps"),
        ("3. Shades", 1, None),
    ]


def test_a_lettered_line_is_an_item_unless_it_opens_a_text_of_its_own() -> None:
    text = f"1. Lamps\n\n{PROSE}\n\n(a) Lamp Oil\n\n(b) Lamp Glass\n\n{PROSE}\n\n2. Shades\n\n"
    assert headings(f"{text}{PROSE}\n\n(a) Paper Shades\n\n2.2 {PROSE}") == [
        "1. Lamps",
        "2. Shades",
    ]


def test_a_marked_date_and_a_marked_name_said_twice_are_no_headings() -> None:
    text = f"# Shop\n\n# Shop\n\n###### Last updated: 4 May 2024\n\n## Lamps\n\n{PROSE}\n"
    assert headings(text, "policy.md") == ["Shop", "Lamps"]


def test_a_paragraph_in_large_letters_is_no_heading() -> None:
    notice = f"{PROSE} {PROSE}"
    text = f"# Shop\n\n## {notice}\n\n## Lamps\n\n{PROSE}\n"
    assert headings(text, "policy.md") == ["Shop", "Lamps"]
    document = analyze(text.encode(), "policy.md").document
    assert [s.span.of(document.text) for s in document.sentences] == [f"{PROSE}"] * 3


def test_two_sections_of_one_name_are_two_sections() -> None:
    text = f"# Shop\n\n## Market\n\n{PROSE}\n\n## Lamps\n\n{PROSE}\n\n## Market\n\n{MORE}\n"
    assert [name for name, _, _ in levels(text)].count("Market") == 2


def test_a_policy_without_headings_is_cut_between_paragraphs_and_never_inside_a_list() -> None:
    items = "\n".join(
        f"- lamp number {n} of the many lamps that we keep in our shop" for n in range(30)
    )
    text = "\n\n".join([PROSE] * 20 + ["We keep these lamps:\n\n" + items] + [MORE] * 20)
    loaded = load(text.encode(), "policy.txt")
    sections = find_sections(loaded.text, find_headings(loaded))
    assert len(sections) > 2
    assert all(section.heading_is_ours and section.heading for section in sections)
    starts = {section.span.start for section in sections}
    assert starts <= {b.span.start for b in loaded.blocks if b.kind is BlockKind.PARAGRAPH}


def test_the_groups_of_a_policy_without_headings_are_named_by_their_main_topic() -> None:
    shared = "We share your name and your street with the carriers that bring the lamp."
    safe = "We encrypt your data when it is sent and where it is stored."
    glass = "The lamp is made of glass and stands on a table in a room by the sea."
    parts = [" ".join([part] * 20) for part in (shared, safe, glass, shared)]
    sections = analyze("\n\n".join(parts).encode(), "policy.txt").document.sections
    assert [section.heading for section in sections] == [
        "Sharing",
        "Security",
        "The lamp is made of glass…",
        "Sharing (2)",
    ]
    assert all(section.heading_is_ours for section in sections)


def test_an_empty_text_has_no_sections() -> None:
    assert find_sections("", ()) == ()


@given(st.lists(st.sampled_from([PROSE, "Our Lamps", "2. Shades", "- item", "12 Quay Lane"])))
def test_sections_tile_every_text(parts: list[str]) -> None:
    loaded = load(("We keep.\n\n" + "\n\n".join(parts)).encode(), "policy.txt")
    sections = find_sections(loaded.text, find_headings(loaded))
    assert "".join(section.span.of(loaded.text) for section in sections) == loaded.text


@pytest.mark.times
def test_twice_the_text_takes_no_more_than_about_twice_the_time() -> None:
    def seconds(copies: int) -> float:
        data = (policy("What We Collect", "Our Lamps", "3. Shades") * copies).encode()
        best = 9.0
        for _ in range(5):
            began = perf_counter()
            loaded = load(data, "policy.txt")
            find_sections(loaded.text, find_headings(loaded))
            best = min(best, perf_counter() - began)
        return best

    # A quadratic step would take 16 times as long; the rest is room for a busy machine.
    assert seconds(400) < 8 * seconds(100)


@pytest.mark.parametrize("name", ["rakuten-2018.md", "rara-jewelry.txt"])
def test_both_seeds_have_exactly_the_headings_of_the_gold(shared: Path, name: str) -> None:
    gold_file = next((shared / "data" / "gold").glob(f"dev__seed-{name.split('-')[0]}.json"))
    gold = json.loads(gold_file.read_text(encoding="utf-8"))["headings"]
    found = headings((shared / "seeds" / name).read_text(encoding="utf-8"), name)
    assert Counter(map(_squeezed, found)) == Counter(map(_squeezed, gold))


def _squeezed(heading: str) -> str:
    return "".join(letter.lower() for letter in heading if letter.isalnum())


@pytest.mark.parametrize(
    "line",
    [
        "Data that we collect from others:",
        "Information we collect:",
        "Uses of your data:",
        "Children:",
    ],
)
def test_a_colon_above_prose_ends_a_heading(line: str) -> None:
    assert line in headings(policy(line, "Who we are"))


@pytest.mark.parametrize(
    "line",
    [
        "We use what you tell us to:",
        "Your data is shared with the following:",
        "Please note:",
        "If you write to us about a lamp:",
    ],
)
def test_a_colon_that_leads_in_to_what_follows_ends_no_heading(line: str) -> None:
    assert line not in headings(policy(line, "Who we are"))


def test_a_title_that_ends_with_the_firm_is_a_heading() -> None:
    title = "Privacy Notice of Lumenhof GmbH"
    assert headings(f"{title}\n\n{policy('Who we are')}")[0] == title


def test_the_line_at_the_top_that_names_the_policy_is_a_heading_above_marked_ones() -> None:
    text = f"Lamp Shop Privacy Policy\n\n# Who we are\n\n{PROSE}\n\n# Sharing\n\n{PROSE}"
    assert headings(text, "policy.md") == ["Lamp Shop Privacy Policy", "Who we are", "Sharing"]
    named = text.replace("# Who we are", "# Our privacy policy")
    assert headings(named, "policy.md") == ["Our privacy policy", "Sharing"]


def test_roman_numbers_stand_above_letters() -> None:
    names = ["I. Who we are", "II. What we keep", "A. Orders", "B. Letters", "III. Your choices"]
    text = "\n\n".join(f"**{name}**\n\n{PROSE}" for name in names)
    assert levels(text) == [
        ("I. Who we are", 1, None),
        ("II. What we keep", 1, None),
        ("A. Orders", 2, "II. What we keep"),
        ("B. Letters", 2, "II. What we keep"),
        ("III. Your choices", 1, None),
    ]


def test_letters_alone_are_no_roman_numbers() -> None:
    names = ["H. Security", "I. Children", "J. Changes"]
    text = "\n\n".join(f"**{name}**\n\n{PROSE}" for name in names)
    assert [level for _, level, _ in levels(text)] == [1, 1, 1]


def test_articles_are_counted_and_what_is_numbered_below_them_stands_below() -> None:
    names = ["Article 1 – Controller", "Article 2 – Purposes", "2.1 Orders", "Article 3 – Storage"]
    text = "\n\n".join(f"{name}\n\n{PROSE} {MORE}" for name in names)
    assert [(name, parent) for name, _, parent in levels(text, "policy.txt")] == [
        ("Article 1 – Controller", None),
        ("Article 2 – Purposes", None),
        ("2.1 Orders", "Article 2 – Purposes"),
        ("Article 3 – Storage", None),
    ]


def test_a_line_in_italics_is_a_heading_as_one_in_bold_is() -> None:
    text = f"**What we keep**\n\n{PROSE}\n\n*What you give us*\n\n{PROSE}\n\n"
    text += f"*Kept since 2020.*\n\n{MORE}"
    assert headings(text, "policy.md") == ["What we keep", "What you give us"]


def test_an_item_in_bold_above_a_text_of_its_own_is_a_heading() -> None:
    text = "".join(f"- **{name}**\n\n  {PROSE}\n\n" for name in ("What we keep", "Sharing"))
    assert headings(text, "policy.md") == ["What we keep", "Sharing"]
    assert headings(f"- **Oil**\n- **Wicks**\n\n{PROSE}\n", "policy.md") == []


def test_the_first_section_may_follow_straight_after_the_table_of_contents() -> None:
    names = ["1. Who we are", "2. What we collect", "3. How we share it", "4. Your choices"]
    sections = [f"{name}\n\n{PROSE} {MORE}" for name in names]
    sections[0] = f"{names[0]}\n\nFor our guests\n\nLamp House\n\n{PROSE} {MORE}"
    sections[3] += f"\n\nFor our guests\n\n{PROSE} {MORE}"
    found = headings("\n\n".join(["Contents", *names, *sections]))
    assert [name for name in found if name in names] == names


def test_a_heading_may_stand_above_another_heading() -> None:
    first, second = "How to access and control your information", "Your Rights:"
    text = policy("Who We Are", "What We Keep").rstrip() + f"\n\n{first}\n\n{second}\n\n"
    found = headings(text + f"{PROSE} {MORE} {PROSE}\n\n{MORE}\n")
    assert found[-2:] == [first, second]


def test_a_sign_before_a_line_in_bold_and_the_lines_of_a_page_around_it() -> None:
    text = f"👉 **Sharing**\n\n{PROSE}\n\n👉 **Children**\n\n{MORE}\n\n"
    text += f"**Was this page helpful?**\n\n{MORE}"
    assert headings(text, "policy.md") == ["👉 Sharing", "👉 Children"]
