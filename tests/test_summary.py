"""The words of the card: the same everywhere, true to the report, and safe in a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.analysis import analyze_text
from reader.judging import FOUND_NOTHING
from reader.model import (
    Action,
    Disclosure,
    DocumentKind,
    Flag,
    Notice,
    NoticeKind,
    PolicyReport,
    Stance,
    Verdict,
)
from reader.reference import FEW, statement_rates
from reader.summary import (
    MAX_UNUSUAL,
    VERDICT_WORDS,
    card_text,
    clean_line,
    length_line,
    summary_card,
)
from tests.make_disclosure import disclosure
from tests.make_report import BLOCKS, make_report


@pytest.fixture
def report() -> PolicyReport:
    return make_report()


# --- the card -------------------------------------------------------------------------------------


def test_every_verdict_has_words() -> None:
    assert set(VERDICT_WORDS) == set(Verdict)


def test_card_has_a_tile_for_every_topic_in_order(report: PolicyReport) -> None:
    card = summary_card(report)
    assert [tile.topic for tile in card.tiles] == [topic.id for topic in report.topics]
    sharing = card.tiles[3]
    assert sharing.verdict_word == "Warning"
    assert sharing.headline == "They share your details with advertisers such as Lumen Reach."
    assert sharing.passages == 1


def test_silence_is_what_was_read_and_not_what_is_done(report: PolicyReport) -> None:
    retention = summary_card(report).tiles[6]
    assert retention.verdict is Verdict.SILENT
    assert retention.verdict_word == "Not found"
    assert retention.headline == FOUND_NOTHING
    assert retention.silent_note == (
        "No time limit found for keeping your data (25% of policies are silent too)."
    )
    for tile in summary_card(report).tiles:
        if tile.verdict is Verdict.SILENT:
            assert "they do not" not in (tile.headline + tile.silent_note).lower()


def test_a_flag_quotes_both_statements_with_their_lead_in(report: PolicyReport) -> None:
    (flag,) = summary_card(report).flags
    assert flag.quotes == (BLOCKS[3][1], f"{BLOCKS[4][1]} {BLOCKS[5][1]}")
    assert flag.disclosures == ("sell.sells:denied", "share.advertisers:said")


def test_card_shows_three_flags_and_four_actions_and_counts_the_rest(report: PolicyReport) -> None:
    flags = tuple(Flag("f", f"Flag {number}.", ()) for number in range(5))
    actions = tuple(Action("a", f"Action {number}.", None) for number in range(9))
    card = summary_card(replace(report, flags=flags, actions=actions))
    assert [flag.text for flag in card.flags] == ["Flag 0.", "Flag 1.", "Flag 2."]
    assert card.more_flags == 2
    assert len(card.actions) == 4
    assert card.more_actions == 5


def test_a_flag_about_a_finding_that_is_gone_keeps_what_is_left(report: PolicyReport) -> None:
    card = summary_card(replace(report, disclosures=report.disclosures[1:]))
    assert card.flags[0].disclosures == ("sell.sells:denied",)
    assert len(card.flags[0].quotes) == 1


# --- what few services say ------------------------------------------------------------------------


def unusual_among(*found: Disclosure) -> list[str]:
    report = replace(make_report(), disclosures=found)
    return [each.text for each in summary_card(report).unusual]


def test_what_few_services_say_is_told_with_the_share_of_those_that_do() -> None:
    rate = statement_rates()["use.ai-training:said"]
    assert rate < FEW < statement_rates()["use.marketing:said"]
    told = unusual_among(disclosure("use.ai-training"), disclosure("use.marketing"))
    assert told == [f"Used to train AI ({rate:.0%} of services say so)"]


def test_a_statement_that_no_other_service_makes_is_no_rounded_figure() -> None:
    rates = statement_rates()
    assert rates["terms.class-action:said"] == 0
    assert 0 < rates["terms.arbitration:denied"] < 0.005
    none, one = unusual_among(
        disclosure("terms.class-action"), disclosure("terms.arbitration", Stance.DENIED)
    )
    assert none.endswith("(none of 242 services says so)")
    assert one.endswith("(under 1% of services say so)")


def test_three_at_most_are_unusual_the_gravest_and_rarest_first() -> None:
    told = unusual_among(
        disclosure("protect.breach-notice"),
        disclosure("use.ai-training"),
        disclosure("terms.arbitration"),
        disclosure("track.session-replay"),
    )
    assert len(told) == MAX_UNUSUAL
    assert [each.partition(" (")[0] for each in told] == [
        "Disputes go to arbitration",
        "Records your session",
        "Used to train AI",
    ]


@pytest.mark.parametrize(
    "found",
    [
        (disclosure("use.ai-training", confidence=0.5),),
        (disclosure("use.ai-training", Stance.DENIED, "of children"),),
        (disclosure("use.ai-training"), disclosure("use.ai-training", Stance.DENIED)),
    ],
    ids=["unsure", "with a limit", "said and denied"],
)
def test_nothing_is_called_unusual_that_may_not_be_so(found: tuple[Disclosure, ...]) -> None:
    assert unusual_among(*found) == []


def test_where_nothing_is_judged_nothing_is_unusual() -> None:
    report = replace(make_report(), disclosures=(disclosure("use.ai-training"),), verdict="")
    assert summary_card(report).unusual == ()


def test_the_date_is_in_words_or_said_not_to_be_found(report: PolicyReport) -> None:
    assert summary_card(report).date_line == "Dated 3 March 2024."
    undated = replace(report, facts=replace(report.facts, effective_date=None))
    assert summary_card(undated).date_line == "We did not find a full date."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.TOO_SHORT, "Too short to judge."),
        (NoticeKind.NOT_ENGLISH, "Not judged: this program reads English only."),
        (NoticeKind.NOT_A_POLICY, "Not judged: this does not read like a privacy policy."),
    ],
)
def test_where_there_is_no_verdict_the_card_says_why(
    report: PolicyReport, kind: NoticeKind, words: str
) -> None:
    notices = (Notice(NoticeKind.DECODING, "x"), Notice(kind, "y"))
    withheld = replace(report, verdict="", notices=notices)
    assert summary_card(withheld).verdict == words


GERMAN = "Wir speichern Ihren Namen und Ihre Anschrift. Wir geben sie niemandem weiter. " * 20
RECIPE = "Cream the butter, add the sugar and bake for ten minutes. We do not sell your data. " * 20


def test_a_text_that_is_not_judged_has_one_sentence_in_place_of_fifteen_tiles() -> None:
    card = summary_card(analyze_text(GERMAN))
    assert card.tiles == ()
    assert card.verdict == "Not judged: this program reads English only."
    assert "We found nothing" not in card_text(card)


def test_what_was_found_in_a_text_that_is_no_policy_is_shown_and_not_judged() -> None:
    card = summary_card(analyze_text(RECIPE))
    assert [(tile.topic, tile.verdict) for tile in card.tiles] == [("sell", Verdict.WITHHELD)]


def test_a_text_that_is_no_policy_has_nothing_to_watch_out_for() -> None:
    both = RECIPE + "We sell your data to advertisers. " * 3
    report = analyze_text(both)
    assert {d.key for d in report.disclosures} >= {"sell.sells:said", "sell.sells:denied"}
    assert report.document.kind is DocumentKind.OTHER
    assert report.flags == ()


def test_a_document_without_a_title_is_called_by_its_file(report: PolicyReport) -> None:
    source = replace(report.document.source, name="policies/larch & co.txt")
    untitled = replace(report, document=replace(report.document, title="", source=source))
    card = summary_card(untitled)
    assert card.title == card.source_line == "larch & co.txt"


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 word, under a minute to read"),
        (237, "237 words, under a minute to read"),
        (300, "300 words, about 1 minute to read"),
        (6690, "6,690 words, about 28 minutes to read"),
    ],
)
def test_length_is_told_in_words_and_minutes(count: int, words: str) -> None:
    assert length_line(count, count / 238) == words


# --- in a terminal --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_card_keeps_to_the_width(report: PolicyReport, width: int) -> None:
    lines = card_text(summary_card(report), width).splitlines()
    assert max(map(len, lines)) <= width


def test_card_fits_one_screen(report: PolicyReport) -> None:
    assert len(card_text(summary_card(report), 80).splitlines()) <= 45


def test_card_says_everything_that_matters(report: PolicyReport) -> None:
    text = " ".join(card_text(summary_card(report)).split())
    for topic in report.topics:
        assert f"{topic.label}: " in text
    for words in (report.document.title, report.verdict, report.flags[0].text, "3 March 2024"):
        assert words in text
    assert "privacy@larch-lantern.example" in text
    assert report.notices[0].text in text


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1"])
def test_card_can_be_written_where_its_shapes_cannot(report: PolicyReport, encoding: str) -> None:
    text = card_text(summary_card(report), 80, encoding)
    assert text.encode(encoding)
    assert "x Warning" in text


def test_every_verdict_has_a_shape_of_its_own_even_in_ascii(report: PolicyReport) -> None:
    found = next(topic for topic in report.topics if topic.disclosures)
    topics = tuple(replace(found, verdict=verdict) for verdict in Verdict)
    for encoding in ("utf-8", "ascii"):
        text = card_text(summary_card(replace(report, topics=topics)), 80, encoding)
        shapes = {
            line[0]
            for line in text.splitlines()
            if line[2:].startswith(tuple(VERDICT_WORDS.values()))
        }
        assert len(shapes) == len(Verdict)


def test_a_policy_cannot_give_orders_to_the_terminal(report: PolicyReport) -> None:
    nasty = "Larch\x1b]0;owned\x07\x1b[2J \u202egnp.exe\r\n\x9b31m & Lantern"
    source = replace(report.document.source, name=f"{nasty}.txt")
    first, *rest = report.topics
    hostile = replace(
        report,
        document=replace(report.document, title=nasty, source=source),
        verdict=nasty,
        topics=(replace(first, headline=nasty, label=nasty), *rest),
        flags=(Flag("f", nasty, ()),),
        actions=(Action("a", nasty, "mailto:\x1b[31mx@larch.example"),),
        notices=(Notice(NoticeKind.NOTES, nasty),),
    )
    text = card_text(summary_card(hostile))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\r", "\u202e"}


def test_clean_line_keeps_letters_of_every_script_and_joined_emoji() -> None:
    assert clean_line("  Página\u00a0—\n隐私  政策 👩\u200d💻 ") == "Página — 隐私 政策 👩\u200d💻"
