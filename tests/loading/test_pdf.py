"""PDF: the same text, headings and lists as of the Markdown, and the page of each block."""

from __future__ import annotations

import time
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.analysis import analyze
from reader.errors import CorruptInputError, EncryptedInputError, NoTextError, ReaderError
from reader.loading import load
from reader.loading.pdf import parse_pdf
from reader.model import Block, BlockKind, LoadedText
from reader.sections.headings import find_headings
from tests.loading.test_load import check_invariants
from tests.make_pdf import Link, Text, lines, make_pdf

CORPUS = Path(__file__).parent.parent / "corpus" / "pdf"
BODY = lines(["We collect your name and your address when you", "place an order with our shop."])


def shape(loaded: LoadedText) -> list[tuple[BlockKind, int, str]]:
    return [(b.kind, b.level, b.span.of(loaded.text)) for b in find_headings(loaded)]


def read(*pages: list[Text | str], **options: object) -> LoadedText:
    return load(make_pdf(pages, **options), "policy.pdf")  # type: ignore[arg-type]


def texts(loaded: LoadedText) -> list[str]:
    return loaded.text.split("\n")


def headings(loaded: LoadedText) -> list[tuple[int, str]]:
    return [(level, words) for kind, level, words in shape(loaded) if kind is BlockKind.HEADING]


def notices(loaded: LoadedText) -> str:
    return " ".join(notice.text for notice in loaded.notices)


def block(loaded: LoadedText, words: str) -> Block:
    return next(b for b in loaded.blocks if words in b.span.of(loaded.text))


# --- the same as from Markdown --------------------------------------------------------------------


@pytest.mark.parametrize("maker", ["libreoffice", "two-columns", "ghostscript", "qt"])
def test_the_sample_is_the_same_from_pdf_and_from_markdown(maker: str, sample: Path):
    pdf = load((CORPUS / f"lantern-and-loom.{maker}.pdf").read_bytes(), "x.pdf")

    assert shape(pdf) == shape(load(sample.read_bytes(), "x.md"))


@pytest.mark.parametrize("maker", ["tagged", "qt"])
def test_tables_lists_and_links_are_the_same_from_pdf_and_from_markdown(maker: str):
    pdf = load((CORPUS / f"harbour-lamp-club.{maker}.pdf").read_bytes(), "x.pdf")
    markdown = load((CORPUS / "harbour-lamp-club.md").read_bytes(), "x.md")

    assert shape(pdf) == shape(markdown)
    assert [(link.target, link.span.of(pdf.text)) for link in pdf.links] == [
        (link.target, link.span.of(markdown.text)) for link in markdown.links
    ]


def test_the_sample_says_the_same_as_pdf(sample: Path):
    pdf = analyze((CORPUS / "lantern-and-loom.qt.pdf").read_bytes(), "x.pdf")
    markdown = analyze(sample.read_bytes(), "x.md")

    assert [d.key for d in pdf.disclosures] == [d.key for d in markdown.disclosures]


def test_a_pdf_is_known_by_its_content():
    data = make_pdf([BODY])

    assert load(data, "policy.txt").source.media_type == "application/pdf"
    assert load(b"\xef\xbb\xbf\n" + data, "policy").source.media_type == "application/pdf"
    assert load(b"Words before it.\n" + data, "policy").source.media_type == "application/pdf"
    words = load(b"We store each invoice as a %PDF-1.7 file.", "policy.txt")
    assert words.source.media_type == "text/plain"


# --- headings -------------------------------------------------------------------------------------


def test_size_tells_how_deep_headings_stand():
    loaded = read(
        [
            Text("Lamp Shop Privacy Policy", 72, 740, 22, bold=True),
            Text("What we collect", 72, 700, 16, bold=True),
            *lines(["We collect your name and your address when you order from us."], y=680),
            Text("Payments", 72, 650, 13, bold=True),
            *lines(["Cards are handled by a payment service that we trust with it."], y=630),
            Text("Contact", 72, 600, 16, bold=True),
            *lines(["Write to the shop at 12 Quay Lane, and we answer within a month."], y=580),
        ]
    )

    assert headings(loaded) == [
        (1, "Lamp Shop Privacy Policy"),
        (2, "What we collect"),
        (3, "Payments"),
        (2, "Contact"),
    ]
    assert not any(b.explicit for b in loaded.blocks)
    assert block(loaded, "Payments").size == pytest.approx(13 / 11, abs=0.01)


def test_a_size_is_what_is_drawn_and_not_what_is_stored():
    scaled = [
        Text("What we collect", 72, 700, 1, matrix=(18, 0, 0, 18)),
        *(Text(t.words, t.x, t.y - 40, 1, matrix=(11, 0, 0, 11)) for t in BODY),
    ]

    loaded = read(scaled)

    assert headings(loaded) == [(1, "What we collect")]
    assert texts(loaded)[1].startswith("We collect your name and your address when you place")


def test_the_outline_marks_headings_that_look_like_text():
    page = [
        *lines(["About this text"], y=740),
        *lines(["We sell lamps and keep what you tell us for a year or less."], y=710),
        *lines(["How to reach us"], y=680),
        *lines(["Write to the shop at any time, we like to hear from all of you."], y=650),
    ]

    loaded = read(page, outline=[("About this text", 0), ("How to reach us", 0)])

    assert headings(loaded) == [(1, "About this text"), (1, "How to reach us")]
    assert [b.explicit for b in loaded.blocks] == [True, False, True, False]


def test_a_bold_line_that_is_drawn_twice_is_one_bold_line():
    page = [Text("What we keep", 72, 750), Text("What we keep", 72.3, 750), *BODY]

    loaded = read(page)

    assert texts(loaded)[0] == "What we keep"
    assert [b.bold for b in loaded.blocks] == [1.0, 0.0]


# --- paragraphs -----------------------------------------------------------------------------------


def test_wrapped_lines_are_one_paragraph_and_a_gap_parts_two():
    first = lines(["We collect your name and your address whenever you", "order from us."])
    second = lines(["We keep both for a year after the order was sent to", "you."], y=680)

    assert texts(read([*first, *second])) == [
        "We collect your name and your address whenever you order from us.",
        "We keep both for a year after the order was sent to you.",
    ]


def test_a_paragraph_runs_on_across_pages_and_keeps_its_pages():
    one = lines(["We collect your name and your address whenever you", "order, and keep them as"])
    two = lines(["long as the law of the land asks us to keep them.", "Then we delete them."])
    loaded = read([*one], [*two, *lines(["We sell nothing of all that to anybody."], y=640)])

    assert texts(loaded)[0].startswith("We collect your name")
    assert "keep them as long as the law" in texts(loaded)[0]
    assert len(loaded.blocks) == 2
    assert [b.page for b in loaded.blocks] == [1, 2]
    assert loaded.pages == (0, loaded.text.index("long as"))


def test_hyphens_at_line_ends_are_mended_where_they_only_broke_a_word():
    page = lines(
        [
            "Our information is kept in a safe place, and no infor-",
            "mation leaves it. We work with third-party shops and a third-",
            "party courier, as each party knows. This is a well-",
            "known thing.",
        ]
    )

    (text,) = texts(read(page))

    assert "no information leaves" in text
    assert "a third-party courier" in text


def test_bullets_make_list_items_of_their_depth():
    page = [
        *lines(["We collect:"]),
        *lines(["• your name;"], x=90, y=700),
        *lines(
            ["– its spelling, and how you would like us to say it when we", "call you;"], 110, 686
        ),
        Text("•", 90, 660),
        Text("your address.", 108, 660),
    ]

    loaded = read(page)

    assert [(b.kind, b.level, b.span.of(loaded.text)) for b in loaded.blocks] == [
        (BlockKind.PARAGRAPH, 0, "We collect:"),
        (BlockKind.LIST_ITEM, 1, "your name;"),
        (
            BlockKind.LIST_ITEM,
            2,
            "its spelling, and how you would like us to say it when we call you;",
        ),
        (BlockKind.LIST_ITEM, 1, "your address."),
    ]


# --- columns and tables ---------------------------------------------------------------------------

LEFT = [f"The left column says {word} thing about lamps" for word in "one two three four".split()]
RIGHT = [f"and the right one says {word} more about shades" for word in "five six seven".split()]


def test_columns_are_read_one_after_the_other():
    left, right = lines(LEFT * 2, x=50), lines(RIGHT * 3, x=330)

    drawn_across = [text for pair in zip(left, right, strict=False) for text in pair]

    for order in ([*left, *right], [*right, *left], drawn_across):
        text = read([*order]).text.replace("\n", " ")
        assert text.rindex("left column") < text.index("right one")


def test_columns_drawn_line_by_line_are_read_one_after_the_other():
    words = ["lamps and shades", "parcels we send", "cards and coins"]
    columns = [
        lines(
            [f"In column {i} line {k} says {words[i]}" for k in range(count)],
            40 + 180 * i,
            size=8,
        )
        for i, count in enumerate((12, 9, 7))
    ]
    across = [text for row in zip_longest(*columns) for text in row if text is not None]

    text = " ".join(read([*across]).text.split())

    places = [
        text.index(f"column {i} line {k} ") for i, n in enumerate((12, 9, 7)) for k in range(n)
    ]
    assert places == sorted(places)


def test_the_cells_of_a_row_stand_side_by_side():
    page: list[Text | str] = []
    for i, (kind, purpose) in enumerate(
        [("Name", "To send the parcel"), ("Card", "To be paid"), ("Reviews", "To show them")]
    ):
        page += [Text(kind, 72, 700 - 20 * i), Text(purpose, 300, 700 - 20 * i)]

    loaded = read(page)

    assert texts(loaded) == [
        "Name | To send the parcel",
        "Card | To be paid",
        "Reviews | To show them",
    ]
    assert {b.kind for b in loaded.blocks} == {BlockKind.TABLE_ROW}


def test_the_head_of_a_table_in_the_middle_of_its_columns_is_a_row():
    page: list[Text | str] = [
        Text("Category", 80, 720, bold=True),
        Text("Examples", 260, 720, bold=True),
        Text("Shared with", 410, 720, bold=True),
    ]
    for i, cells in enumerate(
        [("Names and streets", "of those who order lamps", "Carriers and banks")] * 2
    ):
        page += [
            Text(f"{words} {i}", x, 700 - 20 * i)
            for words, x in zip(cells, (60, 200, 390), strict=True)
        ]

    loaded = read(page)

    assert texts(loaded)[0] == "Category | Examples | Shared with"
    assert {b.kind for b in loaded.blocks} == {BlockKind.TABLE_ROW}


def test_a_large_first_letter_belongs_to_the_word_that_it_begins():
    beside = [
        "e keep the name and the street that you give us when you order lamps",
        "and tell them to the carrier, who brings the parcel to your own door",
    ]
    below = ["and forgets them after that, as we do once the lamp is two years old."]
    page = [Text("W", 72, 686, 34), *lines(beside, 106, 700), *lines(below, 72, 673.6)]

    loaded = read(page)

    assert texts(loaded) == [
        "We keep the name and the street that you give us when you order lamps and tell them to "
        "the carrier, who brings the parcel to your own door and forgets them after that, as we "
        "do once the lamp is two years old."
    ]
    assert loaded.blocks[0].kind is BlockKind.PARAGRAPH


def test_a_large_letter_that_stands_alone_is_a_line_of_its_own():
    page = [Text("A", 72, 700, 30), *lines(["We keep the name and the street of all"], 72, 640)]

    assert texts(read(page))[0] == "A"


# --- what is left out, and what cannot be seen ----------------------------------------------------


def pages_with_heads(count: int) -> list[list[Text | str]]:
    subjects = "names cards parcels reviews letters calls".split()
    return [
        [
            Text("Lamp Shop: Privacy", 72, 770, 9),
            *lines([f"We keep your {subject} for one year, and then we delete them all."]),
            Text(f"Page {i} of {count}", 280, 30, 9),
        ]
        for i, subject in enumerate(subjects[:count], 1)
    ]


def test_running_heads_and_page_numbers_are_left_out_with_a_notice():
    loaded = read(*pages_with_heads(5))

    assert len(texts(loaded)) == 5
    assert all(line.startswith("We keep your") for line in texts(loaded))
    assert "Lamp Shop: Privacy" in notices(loaded)


def test_a_number_within_the_text_is_no_page_number():
    note = [Text("We keep it all", 72, 700), Text("1", 150, 705, 7), Text("for a year.", 157, 700)]

    loaded = read([*note, *lines(["We delete it after that, and keep nothing."], y=660)])

    assert texts(loaded)[0] == "We keep it all 1 for a year."
    assert loaded.notices == ()


def test_text_that_is_the_same_on_all_pages_is_no_running_head():
    loaded = read(*[[*BODY] for _ in range(4)])

    assert loaded.text.count("We collect your name") == 4


def test_a_page_without_text_is_told_and_a_blank_one_is_not():
    picture = "0.5 g 100 100 300 300 re f"
    loaded = read([*BODY], [picture], [*BODY], [], [picture])

    assert "Pages 2 and 5 hold no text" in notices(loaded)
    assert "pictures" not in notices(read([*BODY], []))


@pytest.mark.parametrize("page", [[], ["0.5 g 100 100 300 300 re f"]])
def test_a_scan_has_no_text(page: list[Text | str]):
    with pytest.raises(NoTextError):
        read(page)


def test_the_text_behind_a_scan_is_read_without_a_word():
    loaded = read([Text(t.words, t.x, t.y, mode=3) for t in BODY])

    assert "We collect your name" in loaded.text
    assert loaded.notices == ()


@pytest.mark.parametrize(
    "hidden",
    [
        Text("We sell all of it to anybody.", 72, 600, grey=1),
        Text("We sell all of it to anybody.", 72, 600, mode=3),
        Text("We sell all of it to anybody.", 72, 600, size=1),
        Text("We sell all of it to anybody.", 72, -600),
        Text("We sell all of it to anybody.", 1200, 600),
    ],
    ids=["white", "not drawn", "tiny", "below", "beside"],
)
def test_words_that_cannot_be_seen_are_read_and_told(hidden: Text):
    loaded = read([*BODY, hidden])

    assert "We sell all of it to anybody." in loaded.text
    assert "cannot be seen" in notices(loaded)


def test_white_words_on_a_dark_ground_are_words_like_others():
    ground = "0.2 g 60 590 400 30 re f"

    assert read([*BODY, ground, Text("We sell nothing.", 72, 600, grey=1)]).notices == ()


WORDS = "We keep your name for a year."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            b"/Encoding /WinAnsiEncoding",
            b"/Encoding << /Differences [32 %s] >>"
            % b" ".join(b"/g%d" % code for code in range(32, 127)),
            "fonts",
        ),
        (
            b"/Type /Catalog",
            b"/Type /Catalog /NeedsRendering true /AcroForm << /Fields [] /XFA (x) >>",
            "Adobe",
        ),
        (
            b"/Type /Catalog",
            b"/Type /Catalog /Names << /EmbeddedFiles << /Names [(a.pdf) << /Type /Filespec "
            b"/F (a.pdf) /EF << /F 3 0 R >> >>] >> >>",
            "another file",
        ),
        (b"/Subtype /Link", b"/Subtype /FreeText /Contents (We sell it.)", "Notes"),
        (b"/Subtype /Link", b"/Subtype /Widget /FT /Tx /V (We sell it.)", "Notes"),
        (b"/Subtype /Link", b"/Subtype /Widget /FT /Tx /V (Lamp)", ""),
        (b"/Subtype /Link", b"/Subtype /Link", ""),
    ],
    ids=["font", "form", "attachment", "note", "field", "one word", "nothing"],
)
def test_what_a_pdf_holds_besides_its_text_is_told(old: bytes, new: bytes, told: str):
    data = make_pdf([[Text(WORDS, 72, 700)]], links=[Link("https://lamps.example", (1, 1, 2, 2))])

    loaded = load(data.replace(old, new), "policy.pdf")

    assert loaded.text == WORDS
    assert [told in notice.text for notice in loaded.notices] == [True] * bool(told)


def test_turned_text_is_read_as_words():
    upwards = [Text(t.words, 720 - t.y + 72, 72, matrix=(0, 1, -1, 0)) for t in BODY]

    assert texts(read(upwards)) == texts(read([*BODY]))


# --- pages, links, title --------------------------------------------------------------------------


def test_evidence_tells_its_page():
    report = analyze(
        make_pdf([[*BODY], [*lines(["We do not sell your personal information to anyone."])]]),
        "x.pdf",
    )

    (sale,) = (d for d in report.disclosures if "We do not sell" in quote(report, d))
    assert sale.evidence[0].page == 2
    assert report.document.pages[0] == 0
    assert len(report.document.pages) == 2


def quote(report, disclosure) -> str:
    return disclosure.evidence[0].span.of(report.document.text)


def test_links_keep_their_words_and_targets():
    page = lines(["Read the notice of our courier here."])

    loaded = read(page, links=[Link("https://courier.example/privacy", (72, 715, 300, 735))])

    (link,) = loaded.links
    assert link.target == "https://courier.example/privacy"
    assert loaded.text.startswith(link.span.of(loaded.text))


@pytest.mark.parametrize(
    ("title", "kept"),
    [("Lamp Shop Privacy", "Lamp Shop Privacy"), ("Microsoft Word - x.docx", ""), ("p.pdf", "")],
)
def test_the_title_is_the_files_own_unless_it_is_a_files_name(title: str, kept: str):
    assert read([*BODY], title=title).title == kept


# --- passwords and damage -------------------------------------------------------------------------


def test_a_password_is_asked_for_and_taken():
    data = (CORPUS / "locked.pdf").read_bytes()

    with pytest.raises(EncryptedInputError):
        load(data, "x.pdf")
    with pytest.raises(EncryptedInputError):
        load(data, "x.pdf", password="lamp")  # noqa: S106
    assert "We do not sell" in load(data, "x.pdf", password="lantern").text  # noqa: S106


def test_a_pdf_that_only_forbids_printing_opens():
    loaded = load((CORPUS / "no-printing.pdf").read_bytes(), "x.pdf")

    assert headings(loaded) == [(1, "Harbour Lamp Club Privacy Notice")]


def test_half_a_pdf_is_refused_as_damaged():
    data = make_pdf([BODY])

    with pytest.raises(CorruptInputError):
        load(data[: len(data) // 2], "x.pdf")


SMALL = make_pdf([[*BODY, Text("What we keep", 72, 600, 16)], [*BODY]], outline=[("Keep", 0)])


@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(max_size=3)), max_size=8),
    st.integers(0, len(SMALL)),
)
@example([], len(SMALL))
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_end_in_text_or_in_a_refusal(changes: list[tuple[int, bytes]], end: int):
    data = bytearray(SMALL)
    for place, new in changes:
        data[place : place + len(new)] = new
    damaged = bytes(data[: end if end > len(SMALL) // 2 else len(SMALL)])

    try:
        loaded = load(damaged, "x.pdf")
    except ReaderError:
        return
    check_invariants(loaded)
    assert list(loaded.pages) == sorted(loaded.pages)


@pytest.mark.times
@pytest.mark.parametrize("place", [(30, 0), (0, 30), (0.01, 0), (7, 13)])
def test_a_crowded_page_takes_linear_time(place: tuple[float, float]):
    right, down = place

    def seconds(count: int) -> float:
        texts = [Text("ab", 20 + right * i, 700 - down * i, 8) for i in range(count)]
        data = make_pdf([texts])
        begun = time.process_time()
        load(data, "x.pdf")
        return time.process_time() - begun

    few = min(seconds(2_500) for _ in range(2))

    assert seconds(10_000) < 9 * few + 0.5


@pytest.mark.parametrize("words", ["a", ".", "_", "a. . . . ", "-"])
def test_a_line_of_one_endless_word_takes_linear_time(words: str):
    def seconds(count: int) -> float:
        data = make_pdf([[Text(words * count + end, 20, 700, 1) for end in ("x", "", "1")]])
        begun = time.process_time()
        load(data, "x.pdf")
        return time.process_time() - begun

    few = min(seconds(2_500) for _ in range(2))

    assert seconds(20_000) < 20 * few + 0.5


def test_documents_are_closed_one_after_the_other():
    for _ in range(30):
        parse_pdf(SMALL)
        with pytest.raises(CorruptInputError):
            parse_pdf(b"%PDF-1.7\nendobj")


def test_letters_that_stand_apart_are_words_again():
    spaced = "BT 0 g 0 Tr /F2 20 Tf 1 0 0 1 72 700 Tm 6 Tc (OUR PRIVACY NOTICE) Tj 0 Tc ET"
    places = zip("Whoknows", (72, 102, 124, 166, 188, 210, 232, 258), strict=True)
    single = [Text(letter, x, 600, 20, bold=True) for letter, x in places]
    loaded = load(
        make_pdf(
            [
                [
                    spaced,
                    *lines(["We keep your name for a year."], y=660),
                    *single,
                    *lines(["We tell nobody of it."], y=560),
                ]
            ]
        ),
        "x.pdf",
    )
    assert loaded.text.split("\n") == [
        "OUR PRIVACY NOTICE",
        "We keep your name for a year.",
        "Who knows",
        "We tell nobody of it.",
    ]


def test_single_letters_and_numbers_that_stand_apart_stay_apart():
    row = [Text(word, 72 + 20 * i, 700) for i, word in enumerate("1 2 3 4 5 6".split())]
    loaded = load(make_pdf([[*row, *lines(["We keep your name for a year."], y=660)]]), "x.pdf")
    assert loaded.text.startswith("1 2 3 4 5 6\n")


def test_a_pdf_that_was_not_downloaded_to_its_end_says_so():
    pages = [
        lines([f"We keep your name for {number} years, and no longer."]) for number in range(9)
    ]
    whole = make_pdf(pages).replace(b"%PDF-1.7\n", b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n", 1)
    assert "truncated" not in {notice.kind for notice in load(whole, "x.pdf").notices}
    half = load(whole[: len(whole) // 2], "x.pdf")
    assert "truncated" in {notice.kind for notice in half.notices}
