"""AsciiDoc: the text holds what a reader of the rendered page would see."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from reader.errors import ReaderError, TooComplexError, TooLargeError
from reader.loading import load
from reader.model import BlockKind, LoadedText

HEADING = BlockKind.HEADING
PARAGRAPH = BlockKind.PARAGRAPH
ITEM = BlockKind.LIST_ITEM
ROW = BlockKind.TABLE_ROW


def read(source: str) -> LoadedText:
    return load(source.encode(), "policy.adoc")


def blocks(source: str) -> list[tuple[BlockKind, int, str]]:
    loaded = read(source)
    return [(block.kind, block.level, block.span.of(loaded.text)) for block in loaded.blocks]


def lines(source: str) -> list[str]:
    return read(source).text.split("\n")


@pytest.mark.parametrize("name", ["policy.adoc", "POLICY.ADOC", "policy.asciidoc"])
def test_a_file_is_taken_for_asciidoc_by_its_name(name: str) -> None:
    loaded = load(b"== Lamps\n\nWe sell *lamps*.\n", name)
    assert loaded.source.media_type == "text/asciidoc"
    assert loaded.text == "Lamps\nWe sell lamps."


def test_a_web_page_stays_one_whatever_it_is_called() -> None:
    page = b"<!DOCTYPE html><html><body><h1>Lamps</h1><p>We sell lamps.</p></body></html>"
    assert load(page, "policy.adoc").source.media_type == "text/html"


@pytest.mark.parametrize(
    ("source", "level", "text"),
    [
        ("== Lamps\n", 2, "Lamps"),
        ("=== Lamps and *shades* ===\n", 3, "Lamps and shades"),
        ("## Lamps\n", 2, "Lamps"),
        ("Lamps\n-----\n", 2, "Lamps"),
        ("Lamps and shades\n~~~~~~~~~~~~~~~~\n", 3, "Lamps and shades"),
        ("[#lamps]\n== Lamps\n", 2, "Lamps"),
        ("[[lamps]]\n== 4. Lamps\n", 2, "4. Lamps"),
        ("== https://lamps.example[Lamps]\n", 2, "Lamps"),
    ],
)
def test_a_heading_keeps_its_number_and_loses_its_marks(source: str, level: int, text: str) -> None:
    assert blocks(source + "\nWe sell lamps.\n")[0] == (HEADING, level, text)
    assert read(source + "\nWe sell lamps.\n").blocks[0].explicit


def test_the_title_and_what_stands_below_it_are_read() -> None:
    source = "= Lamp policy\nThe lamp shop <post@lamps.example>\nv2, 2026-02-03\n:toc:\n\nHello.\n"
    assert read(source).title == "Lamp policy"
    assert lines(source) == [
        "Lamp policy",
        "The lamp shop post@lamps.example",
        "v2, 2026-02-03",
        "Hello.",
    ]


def test_sections_are_numbered_where_the_document_asks_for_it() -> None:
    source = (
        "= Policy\n:sectnums:\n\n== Lamps\n\n=== Oil\n\n=== Wicks\n\n"
        "[discrete]\n=== Aside\n\n== Us\n"
    )
    assert lines(source) == ["Policy", "1. Lamps", "1.1. Oil", "1.2. Wicks", "Aside", "2. Us"]


def test_marks_leave_the_text_and_words_stay() -> None:
    source = (
        "We _never_ give **yo**ur *name* to `lamp.example` or #others#, 2 * 3 * 4, snake_case, "
        '\\*starred*, H~2~O, +*as it is*+ &amp; "`quoted`" (C) us -- at all.'
    )
    assert read(source).text == (
        "We never give your name to lamp.example or others, 2 * 3 * 4, snake_case, "
        "*starred*, H2O, *as it is* & “quoted” © us — at all."
    )


def test_bold_words_are_known_as_bold() -> None:
    first, second = read("*We sell nothing.*\n\nWe *sell* lamps.\n").blocks
    assert first.bold == 1
    assert 0 < second.bold < 1


def test_a_mark_that_nothing_closes_is_a_letter() -> None:
    assert read("Fields with a * are needed; C# is none, and _this stays.").text == (
        "Fields with a * are needed; C# is none, and _this stays."
    )


@pytest.mark.parametrize(
    ("source", "words", "target"),
    [
        ("See https://lamps.example/map[the *map*].", "the map", "https://lamps.example/map"),
        ("See link:https://lamps.example/a[a,window=_blank].", "a", "https://lamps.example/a"),
        (
            "See https://lamps.example/map.",
            "https://lamps.example/map",
            "https://lamps.example/map",
        ),
        ("See <https://lamps.example>!", "https://lamps.example", "https://lamps.example"),
        ("Write mailto:a@lamps.example[to us].", "to us", "mailto:a@lamps.example"),
        ("Write to a@lamps.example.", "a@lamps.example", "mailto:a@lamps.example"),
    ],
)
def test_a_link_stands_on_its_words_with_its_target(source: str, words: str, target: str) -> None:
    loaded = read(source)
    (link,) = loaded.links
    assert (link.span.of(loaded.text), link.target) == (words, target)


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "lamps.html"])
def test_a_link_to_anything_else_keeps_its_words_alone(target: str) -> None:
    loaded = read(f"See link:{target}[the map] here.")
    assert (loaded.text, loaded.links) == ("See the map here.", ())


def test_a_reference_shows_the_title_of_its_place_or_its_own_words() -> None:
    source = (
        "See <<lamps>>, <<_wicks_and_oil>>, <<lamps,this part>>, xref:lamps[] and <<gone>>.\n\n"
        "[#lamps]\n== Our lamps\n\nHello.\n\n== Wicks and oil\n\nHello.\n"
    )
    assert lines(source)[0] == "See Our lamps, Wicks and oil, this part, Our lamps and gone."


def test_attributes_are_filled_in_and_unknown_ones_stay() -> None:
    source = (
        ":company: Lamp Shop\n:who: {company} Ltd.\n:long: one \\\ntwo\n\n"
        "{who} keeps {long}{nbsp}years, {unknown}, \\{who}.\n\n:!who:\n\n{who} is gone.\n"
    )
    assert lines(source) == [
        "Lamp Shop Ltd. keeps one two years, {unknown}, {who}.",
        "{who} is gone.",
    ]


def test_attributes_that_double_each_other_are_refused_and_fill_no_memory() -> None:
    entries = "\n".join(f":a{n}: {{a{n - 1}}}{{a{n - 1}}}" for n in range(1, 40))
    with pytest.raises(TooLargeError):
        read(f":a0: lamps\n{entries}\n\n" + "{a39}" * 20_000)


def test_what_is_passed_to_the_page_is_read_as_the_page_shows_it() -> None:
    source = "++++\n<p>We keep <b>names</b>.</p>\n<script>sell(1 < 2)</script>\n++++\n"
    assert [" ".join(line.split()) for line in lines(source)] == ["We keep names ."]


def test_lists_nest_by_their_marks() -> None:
    source = "* lamps\n** oil lamps\n*** small\n* wicks\n- with a dash\n"
    assert blocks(source) == [
        (ITEM, 1, "lamps"),
        (ITEM, 2, "oil lamps"),
        (ITEM, 3, "small"),
        (ITEM, 1, "wicks"),
        (ITEM, 2, "with a dash"),
    ]


def test_items_are_numbered_as_a_page_numbers_them() -> None:
    source = (
        ". lamps\n.. oil\n.. wax\n. wicks\n+\nAttached.\n\n. shades\n\n"
        "== New\n\n[start=7]\n. seven\n"
    )
    assert lines(source) == [
        *("1. lamps", "a. oil", "b. wax", "2. wicks", "Attached.", "3. shades"),
        *("New", "7. seven"),
    ]


def test_the_author_s_own_numbers_stay() -> None:
    assert lines("4. lamps\n5. wicks\n\nb. shades\n") == ["4. lamps", "5. wicks", "b. shades"]


def test_a_framed_part_of_an_item_ends_no_list() -> None:
    source = ". lamps\n+\n--\nWe light them.\n\nAll of them.\n--\n. wicks\n"
    assert lines(source) == ["1. lamps", "We light them.", "All of them.", "2. wicks"]


def test_words_below_a_list_begin_a_new_one_behind_them() -> None:
    assert lines(". lamps\n\nWe sell them.\n\n. wicks\n") == [
        "1. lamps",
        "We sell them.",
        "1. wicks",
    ]


def test_a_term_stands_before_what_it_means() -> None:
    source = "Cookies:: Small files.\nLogs::\nWhat the server\nnotes.\nLamps::\n\nThey shine.\n"
    assert blocks(source) == [
        (ITEM, 1, "Cookies: Small files."),
        (ITEM, 1, "Logs: What the server notes."),
        (ITEM, 1, "Lamps: They shine."),
    ]


def test_a_wrapped_paragraph_is_one_and_a_broken_one_is_many() -> None:
    assert lines("We sell\nlamps.\n\nLamp Shop +\n4 Wick Lane +\nHarbourtown\n") == [
        "We sell lamps.",
        *("Lamp Shop", "4 Wick Lane", "Harbourtown"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "|===\n|What |How long\n\n|Bills |Seven years\n|Logs |30 days\n|===\n",
        '[cols="1,2"]\n|===\n|What\n|How long\n|Bills\n|Seven years\n|Logs\n|30 days\n|===\n',
        '[cols="2*"]\n|===\n|What |How long |Bills\n|Seven\nyears |Logs ^.>s|30 days\n|===\n',
        ",===\nWhat,How long\nBills,Seven years\nLogs,30 days\n,===\n",
    ],
)
def test_a_row_of_a_table_is_one_block(table: str) -> None:
    assert blocks(table) == [
        (ROW, 0, "What | How long"),
        (ROW, 0, "Bills | Seven years"),
        (ROW, 0, "Logs | 30 days"),
    ]


def test_empty_cells_and_cells_over_two_columns_keep_the_rows_apart() -> None:
    source = "[cols=3]\n|===\n|a | |c\n2+|both |d\n| | |e\n|===\n"
    assert lines(source) == ["a | c", "both | d", "e"]


@pytest.mark.parametrize("frame", ["====", "****", "____", "--"])
def test_what_stands_in_a_frame_is_read_like_the_rest(frame: str) -> None:
    assert lines(f"{frame}\nWe *sell* lamps.\n\n* oil\n{frame}\n\nHello.\n") == [
        *("We sell lamps.", "oil", "Hello."),
    ]


def test_a_quotation_says_whose_it_is() -> None:
    assert lines("[quote, The lamp maker]\n____\nWe light them.\n____\n") == [
        *("The lamp maker", "We light them."),
    ]


def test_a_warning_keeps_its_word() -> None:
    assert lines("NOTE: Mind the lamp.\n\n[WARNING]\n====\nIt is hot.\n====\n") == [
        "NOTE: Mind the lamp.",
        "WARNING: It is hot.",
    ]


def test_what_no_page_shows_is_no_text() -> None:
    source = (
        "// a word to ourselves\nOne.\n\n////\nhidden\n\nwords\n////\n\n[[here]]\n'''\n\n<<<\n\n"
        "toc::[]\n\nTwo.(((lamps)))anchor:x[]\n"
    )
    assert lines(source) == ["One.", "Two."]


def test_a_comment_that_nothing_ends_hides_nothing() -> None:
    assert lines("One.\n\n////\n\nTwo.\n") == ["One.", "Two."]


def test_other_files_are_not_read_and_a_notice_says_so(tmp_path: Path) -> None:
    other = tmp_path / "other.adoc"
    other.write_text("We sell your data.")
    loaded = read(f"One.\n\ninclude::{other}[]\n\n----\ninclude::{other}[]\n----\n\nTwo.\n")
    assert loaded.text == "One.\nTwo."
    assert [notice.kind for notice in loaded.notices] == ["missing-parts"]


def test_parts_under_a_condition_are_read_and_a_notice_says_so() -> None:
    loaded = read("ifdef::eu[]\nOne.\nendif::[]\n\nifndef::eu[Two.]\n\nThree.\n")
    assert loaded.text == "One.\nTwo.\nThree."
    assert [notice.kind for notice in loaded.notices] == ["editions"]


def test_footnotes_stand_at_the_end_with_their_numbers() -> None:
    loaded = read("Lampsfootnote:[Of oil.] and wicks.\n\nHello.\n")
    assert loaded.text == "Lamps [1] and wicks.\nHello.\n[1] Of oil."
    assert [notice.kind for notice in loaded.notices] == ["notes"]


def test_a_picture_is_read_by_its_words() -> None:
    assert lines("image::lamp.png[A lamp, 200]\n\nAn image:l.png[oil] lamp.\n") == [
        *("A lamp", "An oil lamp."),
    ]


def test_frames_in_frames_beyond_the_limit_are_refused() -> None:
    with pytest.raises(TooComplexError):
        read("====\n****\n" * 60)


@pytest.mark.parametrize(
    "source",
    [
        *("*a " * 100_000, "*" * 200_000, "_*" * 100_000, "`a*" * 80_000, "[" * 200_000),
        *("https://" * 30_000, "link:" * 50_000, "<<" * 100_000, "a@" * 100_000, "((" * 100_000),
        *("= a" + " " * 200_000 + "b", "a" + ":" * 200_000, "|===\n" + "|" * 200_000),
        *("====\n" * 50_000, "{a}" * 80_000, "+a" * 100_000, "* a\n" * 50_000, "[" * 99 + "\n"),
        *("link:" + "a" * 200_000, "footnote:[" * 20_000, "a::\n" * 50_000, "&" * 200_000),
        "\n".join("/" * n + "\n" + "-" * n for n in range(4, 600)),
        "\n".join(f"{'.' * (n % 9 + 1)} a\n+\n--" for n in range(90)),
    ],
    ids=lambda source: repr(source[:10]),
)
def test_no_text_takes_long(source: str) -> None:
    started = time.process_time()
    with contextlib.suppress(ReaderError):
        read(source)
    assert time.process_time() - started < 5
