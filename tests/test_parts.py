"""Several files of one policy, read as one: what of each stays, and what they say together."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

import reader
from reader.analysis import analyze, analyze_parts
from reader.compare import compare
from reader.errors import NotFoundError, ReaderError, TooComplexError, TooLargeError
from reader.export.report_json import ReportFormatError, dumps, error_json, loads, to_json
from reader.model import Disclosure, PolicyReport, Span
from reader.parts import MOST_PARTS, names_of_files
from reader.protocol import InputFile, Worker, join_inputs, read_inputs
from tests.make_parts import CALIFORNIA, COOKIES, MAIN, write_parts
from tests.make_pdf import lines, make_pdf

PARTS = [
    (MAIN.read_bytes(), "shelf/policy.docx"),
    (COOKIES, "shelf/cookies.html"),
    (CALIFORNIA, "shelf/california.txt"),
]


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    return analyze_parts(PARTS)


def words_of(report: PolicyReport, disclosure: Disclosure) -> list[str]:
    return [passage.span.of(report.document.text) for passage in disclosure.evidence]


def found(report: PolicyReport) -> dict[str, Disclosure]:
    return {disclosure.key: disclosure for disclosure in report.disclosures}


# --- one text -------------------------------------------------------------------------------------


def test_each_file_stands_below_its_own_title(report: PolicyReport) -> None:
    top = [section.heading for section in report.document.sections if section.level == 1]
    assert top == [
        "Emberglass Lanterns: Privacy Policy",
        "Cookie notice",
        "Addendum for California",
    ]


def test_headings_of_a_file_stand_below_its_title_as_they_stand_in_the_file_alone(
    report: PolicyReport,
) -> None:
    alone = analyze(*PARTS[0]).document.sections
    together = report.document.sections[: len(alone)]
    assert [(each.heading, each.level) for each in together] == [
        (each.heading, each.level) for each in alone
    ]
    below = [each for each in report.document.sections if each.heading == "Advertising"]
    assert [report.document.sections[each.parent or 0].heading for each in below] == [
        "Cookie notice"
    ]


def test_headings_that_are_all_on_the_first_level_go_one_down_below_the_files_name() -> None:
    addendum = (
        b"# Your rights\n\nYou can see your data.\n\n# Our duties\n\nWe keep it for a year.\n"
    )
    sections = analyze_parts([PARTS[1], (addendum, "texas.md")]).document.sections
    assert [(each.heading, each.level) for each in sections[3:]] == [
        ("texas", 1),
        ("Your rights", 2),
        ("Our duties", 2),
    ]


def test_the_words_of_each_file_are_those_it_has_alone(report: PolicyReport) -> None:
    for part, source in zip(report.document.parts, PARTS, strict=True):
        alone = analyze(*source).document
        assert part.span.of(report.document.text).rstrip("\n") == alone.text
        assert part.source == alone.source


def test_sections_sentences_and_parts_tile_the_one_text(report: PolicyReport) -> None:
    document = report.document
    for spans in (
        [section.span for section in document.sections],
        [part.span for part in document.parts],
    ):
        assert spans[0].start == 0
        assert spans[-1].end == len(document.text)
        assert all(one.end == following.start for one, following in pairwise(spans))
    for sentence in document.sentences:
        assert document.sections[sentence.section].span.contains(sentence.span)
        assert document.blocks[sentence.block].span.contains(sentence.span)


def test_a_long_file_without_headings_is_cut_as_it_is_alone() -> None:
    prose = "\n\n".join(f"We keep lamp number {i} and your name for {i} years." for i in range(200))
    sections = analyze_parts([PARTS[1], (prose.encode(), "lamps.txt")]).document.sections
    ours = [each for each in sections if each.heading_is_ours]
    assert len(ours) > 3
    assert {sections[each.parent or 0].heading for each in ours} == {"lamps"}


def test_a_list_of_one_file_is_not_led_in_by_the_last_words_of_another() -> None:
    first = b"# Privacy policy\n\nWe do not collect:\n"
    second = b"- your address;\n- your birthday.\n"
    document = analyze_parts([(first, "a.md"), (second, "b.md")]).document
    boundary = document.parts[1].span.start
    for sentence in document.sentences:
        if sentence.span.start > boundary:
            assert sentence.lead_in is None


# --- one report -----------------------------------------------------------------------------------


def test_findings_of_all_files_stand_in_one_report(report: PolicyReport) -> None:
    disclosures = found(report)
    denied, said = disclosures["sell.sells:denied"], disclosures["sell.sells:said"]
    assert words_of(report, denied) == [
        "We do not sell your personal data, and we do not rent it to anyone."
    ]
    assert words_of(report, said) == [
        "We sell your personal information to wick and lampshade dealers."
    ]
    part_of = report.document.part_of
    assert [part_of(each.evidence[0].span) for each in (denied, said)] == [
        report.document.parts[0],
        report.document.parts[2],
    ]


def test_what_one_file_denies_and_another_says_is_told(report: PolicyReport) -> None:
    assert any(flag.kind == "sold-and-not-sold" for flag in report.flags)


def test_title_and_date_are_those_of_the_first_file_that_has_them(report: PolicyReport) -> None:
    assert report.document.title == "Emberglass Lanterns: Privacy Policy"
    assert report.facts.effective_date == "2026-02-03"
    assert analyze_parts([PARTS[2], PARTS[1]]).facts.effective_date == "2026-05-04"


def test_the_author_has_the_names_by_which_each_file_calls_it() -> None:
    main = b'# Privacy policy\n\nWickworks Inc. ("we", "us") makes lamps. We keep your orders.\n'
    other = b'# Notice for Ohio\n\nLampshore LLC ("we", "us") sends lamps to Ohio.\n\n'
    other += b"Lampshore sells your personal data to brokers.\n"
    lamps = b"We sell many fine lamps of brass and glass to people who like a good light.\n\n" * 400
    report = analyze_parts([(main + lamps, "policy.md"), (other, "ohio.md")])
    sold = words_of(report, found(report)["sell.sells:said"])
    assert sold == ["Lampshore sells your personal data to brokers."]


def test_notices_say_which_file_they_are_about(report: PolicyReport) -> None:
    left_out = [notice.text for notice in report.notices if notice.kind == "left-out"]
    assert [text.partition(":")[0] for text in left_out] == ["“cookies.html”"]


def test_a_file_in_another_language_is_named_and_nothing_is_found_in_it() -> None:
    german = "Wir geben Ihre Daten nicht an andere weiter, und Sie können der Nutzung mit einer "
    german += "Nachricht an uns widersprechen. We sell your data. "
    foreign = ((german * 60).encode(), "deutsch.txt")
    together = analyze_parts([PARTS[0], foreign, PARTS[1]])
    assert together.verdict, "the main text decides, however long the others are"
    assert analyze_parts([foreign, PARTS[0]]).verdict == ""
    assert "sell.sells:said" not in found(together)
    places = [passage.span for each in together.disclosures for passage in each.evidence]
    sources = {part.source.name for span in places if (part := together.document.part_of(span))}
    assert sources == {"shelf/policy.docx", "shelf/cookies.html"}
    told = [notice.text for notice in together.notices if notice.kind == "part-not-english"]
    assert len(told) == 1
    assert told[0].startswith("“deutsch.txt”")


def test_pages_are_those_of_the_file_that_has_them() -> None:
    pages = [
        [*lines(["Retention notice"], size=20, bold=True), *lines(["We keep lamps."], y=600)],
        lines(["We keep your personal information for seven years."]),
    ]
    document = make_pdf(pages)
    report = analyze_parts([PARTS[1], (document, "keep.pdf"), PARTS[2]])
    passages = [
        (words, passage.page)
        for disclosure in report.disclosures
        for passage in disclosure.evidence
        for words in [passage.span.of(report.document.text)]
    ]
    assert ("We keep your personal information for seven years.", 2) in passages
    assert {page for words, page in passages if "seven" not in words} == {None}


def test_the_same_files_give_the_same_bytes_of_report(report: PolicyReport) -> None:
    assert dumps(analyze_parts(PARTS)) == dumps(report)


def test_one_file_alone_is_read_as_ever() -> None:
    assert analyze_parts(PARTS[:1]) == analyze(*PARTS[0])
    assert analyze(*PARTS[0]).document.parts == ()


def test_the_library_offers_it() -> None:
    assert reader.analyze_parts is analyze_parts


def test_the_policy_is_known_by_its_files_in_their_order_whatever_they_are_called() -> None:
    one = analyze_parts([PARTS[1], PARTS[2]]).document.source.sha256
    moved = [(data, f"elsewhere/{name}") for data, name in PARTS[1:]]
    assert analyze_parts(moved).document.source.sha256 == one
    assert analyze_parts([PARTS[2], PARTS[1]]).document.source.sha256 != one


def test_a_policy_in_files_is_compared_with_an_earlier_one(report: PolicyReport) -> None:
    assert compare(report, analyze_parts(PARTS)).disclosures == ()
    changed = (CALIFORNIA.replace(b"We sell", b"We never sell"), "california.txt")
    comparison = compare(report, analyze_parts([*PARTS[:2], changed]))
    assert "sell.sells" in {change.type for change in comparison.disclosures}


# --- what is refused ------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ReaderError) as refused:
        analyze_parts([*PARTS, (b"   ", "shelf/texas.txt")])
    assert (refused.value.kind, refused.value.part) == ("empty", "shelf/texas.txt")


def test_a_file_that_comes_twice_is_refused_by_what_it_holds() -> None:
    with pytest.raises(ReaderError) as refused:
        analyze_parts([*PARTS, (COOKIES, "copy.html")])
    assert refused.value.part == "copy.html"
    assert "“cookies.html”" in refused.value.message


def test_more_files_than_a_policy_may_have_are_refused() -> None:
    many = [(f"We keep lamp {i} for a year.".encode(), f"{i}.txt") for i in range(MOST_PARTS + 1)]
    with pytest.raises(TooComplexError, match=f"{MOST_PARTS + 1} files"):
        analyze_parts(many)
    assert len(analyze_parts(many[:-1]).document.parts) == MOST_PARTS


def test_files_that_together_are_too_long_are_refused() -> None:
    long = "We keep your data for one year and nine days. " * 60_000
    with pytest.raises(TooLargeError):
        analyze_parts([((f"{i} " + long).encode(), f"{i}.txt") for i in range(2)])


def test_files_that_together_are_too_large_are_refused_before_they_are_read() -> None:
    file = InputFile("a.txt", b"a" * (40 << 20), "0" * 64)
    with pytest.raises(TooLargeError, match="Together"):
        join_inputs([file, replace(file, name="b.txt", sha256="1" * 64)])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    paths = write_parts(tmp_path)
    with pytest.raises(NotFoundError) as refused:
        read_inputs([*paths, str(tmp_path / "texas.txt")])
    assert refused.value.part == str(tmp_path / "texas.txt")


def test_the_refusal_of_a_file_as_json_names_it_and_the_policy() -> None:
    error = NotFoundError()
    error.part = "b.txt"
    assert error_json(error, "a.txt")["source"] == {"name": "b.txt", "part_of": "a.txt"}


# --- through the worker ---------------------------------------------------------------------------


def test_the_worker_reads_several_files_and_then_one_and_refuses_a_broken_one(
    tmp_path: Path,
) -> None:
    paths = write_parts(tmp_path)
    (tmp_path / "broken.docx").write_bytes(MAIN.read_bytes()[:3000])
    stages: list[str] = []
    with Worker() as worker:
        source = read_inputs(paths)
        together = worker.analyze(source, lambda stage, _share: stages.append(stage))
        with pytest.raises(ReaderError) as refused:
            worker.analyze(read_inputs([*paths, str(tmp_path / "broken.docx")]))
        alone = worker.analyze(read_inputs(paths[1:2]))
    assert together == analyze_parts([(Path(path).read_bytes(), path) for path in paths])
    assert together.document.source.sha256 == source.sha256
    assert [stage for stage in stages if stage.startswith("Reading")][:3] == [
        "Reading policy.docx",
        "Reading cookies.html",
        "Reading california.txt",
    ]
    assert refused.value.part == str(tmp_path / "broken.docx")
    assert alone == analyze(COOKIES, paths[1])


def test_the_password_of_one_file_opens_that_file() -> None:
    locked = (Path(__file__).parent / "corpus" / "pdf" / "locked.pdf").read_bytes()
    parts = [PARTS[1], (locked, "locked.pdf")]
    with pytest.raises(ReaderError) as refused:
        analyze_parts(parts)
    assert (refused.value.kind, refused.value.part) == ("encrypted", "locked.pdf")
    report = analyze_parts(parts, passwords={"locked.pdf": "lantern"})
    assert "We do not sell your data." in report.document.text


# --- as JSON --------------------------------------------------------------------------------------


def test_the_report_lists_its_files_and_follows_the_contract(
    report: PolicyReport, shared: Path
) -> None:
    value = json.loads(dumps(report))
    schema = json.loads((shared / "contract" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(value, schema)
    parts = value["document"]["parts"]
    assert [part["source"]["name"] for part in parts] == [name for _, name in PARTS]
    assert "parts" not in to_json(analyze(*PARTS[1]))["document"]  # type: ignore[operator]
    assert loads(dumps(report)) == report


@pytest.mark.parametrize("change", [{"start": 1}, {"end": 10**9}, {"end": 5}, {"title": None}])
def test_files_that_do_not_make_up_the_text_are_no_report(
    report: PolicyReport, change: dict[str, object]
) -> None:
    value = json.loads(dumps(report))
    value["document"]["parts"][0] |= change
    with pytest.raises(ReportFormatError):
        loads(json.dumps(value))


# --- names ----------------------------------------------------------------------------------------


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    assert names_of_files(["a/policy.html", "b/policy.html", "c/cookies.html"]) == (
        "a/policy.html",
        "b/policy.html",
        "cookies.html",
    )
    assert names_of_files([r"C:\shop\policy.html", "-"]) == ("policy.html", "-")


def test_a_place_belongs_to_the_file_in_which_it_begins(report: PolicyReport) -> None:
    document = report.document
    first, second, _ = document.parts
    assert document.part_of(Span(0, 5)) is first
    assert document.part_of(Span(second.span.start, second.span.start + 1)) is second
    assert document.part_of(Span(second.span.start - 1, second.span.start + 1)) is first
