"""What changed between two policies: found exactly, and nothing where only the form differs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections import deque
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.analysis import analyze
from reader.compare import Comparison, compare
from reader.compared_findings import Change
from reader.export.comparison_json import comparison_json
from reader.export.comparison_text import comparison_card, comparison_markdown
from reader.export.comparison_words import NO_CHANGE
from reader.export.report_json import encode
from reader.model import RULES, Evidence, PolicyReport
from reader.paths import resource
from reader.section_changes import SectionChangeKind
from reader.statements_compared import PolicyWords, gather_policy_words, gather_words
from tests.conftest import RunsPolicyReader

SAMPLE = resource("samples/lantern-and-loom.md").read_text(encoding="utf-8")
CORPUS = Path(__file__).parent / "corpus"


def report_on(text: str, name: str = "policy.md") -> PolicyReport:
    return analyze(text.encode(), name)


@pytest.fixture(scope="module")
def sample() -> PolicyReport:
    return report_on(SAMPLE)


def edited(old: str, new: str) -> str:
    assert SAMPLE.count(old) == 1
    return SAMPLE.replace(old, new)


def changes(comparison: Comparison) -> list[tuple[str, Change]]:
    return [(each.type, each.change) for each in comparison.disclosures]


def section_changes(comparison: Comparison) -> list[tuple[SectionChangeKind, str]]:
    return [
        (each.change, section.heading)
        for each in comparison.sections
        if (section := each.new or each.old)
    ]


# What changed is found, and nothing else


def test_a_sentence_that_was_added_is_found_with_its_words(sample: PolicyReport):
    added = "We barter your personal information for lamp oil."
    after = report_on(edited("### Everyone\n", f"### Everyone\n\n{added}\n"))

    comparison = compare(sample, after)

    (change,) = comparison.disclosures
    assert (change.type, change.change, change.old) == ("sell.sells", Change.NEW, None) or (
        change.type,
        change.change,
    ) == ("sell.sells", Change.REVERSED)
    assert change.new_quote is not None
    assert change.new_quote.span.of(after.document.text) == added
    assert section_changes(comparison) == [(SectionChangeKind.EDITED, "Everyone")]
    assert comparison.sections[0].words_added == 8
    assert comparison.sections[0].words_removed == 0


def test_a_sentence_that_was_taken_out_is_missed(sample: PolicyReport):
    denial = " We will never use your photographs, reviews or messages to train artificial "
    after = report_on(edited(f"{denial}intelligence models.", ""))

    comparison = compare(sample, after)

    assert changes(comparison) == [("use.ai-training", Change.GONE)]
    assert comparison.disclosures[0].text.startswith("No longer found: ")


def test_a_stance_that_was_turned_round_is_reversed_and_stands_first(sample: PolicyReport):
    after = report_on(edited("We will never use your photographs", "We will use your photographs"))

    comparison = compare(sample, after)

    assert changes(comparison) == [("use.ai-training", Change.REVERSED)]
    (change,) = comparison.disclosures
    assert change.old is not None
    assert change.new is not None
    assert (change.old.stance.value, change.new.stance.value) == ("denied", "said")


@pytest.mark.parametrize(
    ("period", "expected"), [("two years", Change.WEAKER), ("three months", Change.STRONGER)]
)
def test_a_period_that_was_changed_is_told_with_the_one_before(
    period: str, expected: Change, sample: PolicyReport
):
    before = "We keep call recordings for six months."
    old = report_on(f"{SAMPLE}\n\n{before}\n")
    new = report_on(f"{SAMPLE}\n\n{before.replace('six months', period)}\n")

    comparison = compare(old, new)

    assert changes(comparison) == [("keep.stated", expected)]
    assert period in comparison.disclosures[0].text
    assert "before six months" in comparison.disclosures[0].text


def test_an_exception_that_was_added_to_a_denial_weakens_it():
    promise = "# Privacy policy\n\nWe do not sell your personal information{}."
    old, new = (report_on(promise.format(end)) for end in ("", " without your consent"))

    # A consent that is asked for is news as well.
    assert ("sell.sells", Change.WEAKER) in changes(compare(old, new))
    assert ("sell.sells", Change.STRONGER) in changes(compare(new, old))


def test_a_new_recipient_is_named():
    text = "# Privacy policy\n\nWe share your personal information with advertisers such as {}."
    old, new = (report_on(text.format(names)) for names in ("Google", "Google and Facebook"))

    (change,) = (c for c in compare(old, new).disclosures if c.type == "share.advertisers")

    assert change.change is Change.WEAKER
    assert "now names Facebook" in change.text


LAMPS = """# Privacy policy of the Lamp Shop

This page says what the Lamp Shop does with your personal data.

## What we collect

We collect the following:

- Your email address
- Your exact location
- The type of your browser

## Who gets it

We do not sell your personal data. We share your delivery address with the carriers who bring your
lamps. We may share your personal data with our affiliates.

## Newsletter

We may use your email address to send you our newsletter about new lamps.

## Cookies

We use Google Analytics to see which pages of our website are read.

We do not respond to Do Not Track signals.

## How long

We keep your orders for 30 days. We keep our server logs for 7 days.

## Your rights

You may ask us to delete your personal data. Our shop is not meant for children under 13.
"""


def lamps(old: str, new: str) -> tuple[PolicyReport, PolicyReport]:
    assert LAMPS.count(old) == 1
    return report_on(LAMPS), report_on(LAMPS.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "We share your delivery address with the carriers who bring your\nlamps.",
            "Your delivery address is shared with the carriers who bring your lamps.",
            id="passive",
        ),
        pytest.param("for 30 days", "for thirty (30) days", id="numbers in words"),
        pytest.param("for 7 days", "for one week", id="a week is seven days"),
        pytest.param("Google Analytics", "Lantern Analytics", id="another tool for the same"),
        pytest.param("sell your personal data", "sell personal information", id="synonyms"),
        pytest.param(
            "We share your delivery address with the carriers who bring your\nlamps.",
            "| What | For whom |\n|---|---|\n| Delivery address | Carriers who bring your lamps |",
            id="a sentence as a table",
        ),
        pytest.param(
            "We collect the following:\n\n- Your email address\n- Your exact location\n- The type "
            "of your browser",
            "We collect your email address, your exact location and the type of your browser.",
            id="a list as a sentence",
        ),
        pytest.param(
            "We do not sell your personal data. We share your delivery",
            "We share your delivery",
            id="a sentence that moved",
        ),
    ],
)
def test_what_is_still_said_in_other_words_is_no_change(old: str, new: str):
    before, after = lamps(old, new)
    if "sell" in old and "sell" not in new:
        after = report_on(LAMPS.replace(old, new) + "\nWe do not sell your personal data.\n")

    assert changes(compare(before, after)) == []
    if "Analytics" not in old:  # that a company is named which was not before is news
        assert changes(compare(after, before)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We do not sell your", "We sell your", ("sell.sells", Change.REVERSED)),
        ("We do not respond", "We respond", ("track.dnt-ignored", Change.REVERSED)),
        ("You may ask us to", "You cannot ask us to", ("rights.delete", Change.REVERSED)),
        ("We collect the", "We do not collect the", ("collect.location", Change.REVERSED)),
        ("- Your exact location\n", "", ("collect.location", Change.GONE)),
        ("We do not sell your personal data. ", "", ("sell.sells", Change.GONE)),
        ("for 30 days", "for at least 30 days", ("keep.stated", Change.WEAKER)),
        ("for 7 days", "for 90 days", ("keep.stated", Change.WEAKER)),
        ("logs for 7 days", "logs for 12 hours", ("keep.stated", Change.STRONGER)),
        ("children under 13", "children under 16", ("kids.not-directed", Change.CHANGED)),
        ("about new lamps.", "if you have agreed.", ("use.marketing", Change.STRONGER)),
    ],
)
def test_a_changed_sentence_is_found_with_both_quotes(
    old: str, new: str, expected: tuple[str, Change]
):
    before, after = lamps(old, new)

    comparison = compare(before, after)

    assert expected in changes(comparison)
    (change,) = (c for c in comparison.disclosures if (c.type, c.change) == expected)
    if expected[1] is Change.GONE:
        assert change.new_quote is None
        return
    assert change.old_quote is not None
    assert change.new_quote is not None
    quoted = change.new_quote.span.of(after.document.text)
    lead_in = change.new_quote.context
    assert new.split()[0] in (
        quoted if lead_in is None else quoted + lead_in.of(after.document.text)
    )


@pytest.mark.parametrize(
    ("statement", "left_out", "expected"),
    [
        (
            "We collect your name, email address, phone number, exact location and birthday.",
            "exact location and ",
            "collect.location",
        ),
        (
            "We may share your name, email address and orders with advertisers, carriers and our "
            "affiliates to run the lamp shop.",
            " and our affiliates",
            "share.affiliates",
        ),
    ],
)
def test_what_one_long_sentence_no_longer_counts_up_is_gone(
    statement: str, left_out: str, expected: str
):
    head = "# Privacy policy of the Lamp Shop\n\n"
    old, new = report_on(head + statement), report_on(head + statement.replace(left_out, ""))

    assert (expected, Change.GONE) in changes(compare(old, new))
    assert (expected, Change.NEW) in changes(compare(new, old))


def test_two_periods_that_changed_places_are_told_both_ways():
    before, after = lamps(
        "We keep your orders for 30 days. We keep our server logs for 7 days.",
        "We keep your orders for 7 days. We keep our server logs for 30 days.",
    )

    (change,) = compare(before, after).disclosures

    assert change.change is Change.CHANGED
    assert "7 days, before 30 days; 30 days, before 7 days" in change.text


def test_an_age_in_words_is_the_same_as_in_figures():
    line = "# Privacy\n\nOur shop is not meant for children under {} who live {} the harbour.\n"
    old, words, new = (
        report_on(line.format(*each))
        for each in (("13", "in"), ("thirteen", "by"), ("seventeen", "by"))
    )

    assert changes(compare(old, words)) == []
    (change,) = compare(old, new).disclosures
    assert "the age is seventeen, before 13" in change.text


@pytest.mark.parametrize(("least", "is_said"), [(0.5, True), (0.6, False), (0.85, False)])
def test_so_many_words_as_are_asked_for_say_a_sentence_again(*, least: float, is_said: bool):
    lists = "amber, brass, copper, damask, ebony, flint, garnet, hemp", "ebony, flint, garnet, hemp"
    before, after = (report_on(f"# Privacy\n\nWe mention {each}.") for each in lists)
    old, new = words_of_policy(before), words_of_policy(after)
    sentence = before.document.sentences[-1]
    evidence = Evidence(sentence.span, sentence.section, RULES, None, 0.5, None)

    # five of the nine words: "mention" is one of them
    assert new.says(old.passage(evidence), least=least) == is_said


def words_of_policy(report: PolicyReport) -> PolicyWords:
    """Return what the text of ``report`` can be asked by, gathered to the end."""

    def gathering() -> Generator[None, None, None]:
        words = yield from gather_words(report.document)
        made.append((yield from gather_policy_words(report.document, words)))

    made: list[PolicyWords] = []
    deque(gathering(), maxlen=0)
    return made[0]


def test_a_limit_that_came_with_a_consent_is_told_once():
    before, after = lamps("sell your personal data", "sell your personal data unless you agree")

    assert changes(compare(before, after)) == [("sell.sells", Change.WEAKER)]
    assert changes(compare(after, before)) == [("sell.sells", Change.STRONGER)]


def test_a_company_that_no_list_has_is_named_where_a_sentence_now_has_it():
    before, after = lamps("with our affiliates", "with Quexal Wicks Inc. and our affiliates")

    (change,) = compare(before, after).disclosures

    assert (change.type, change.change) == ("share.affiliates", Change.WEAKER)
    assert "now names Quexal Wicks Inc" in change.text


def test_a_denial_that_no_rule_reads_any_more_is_limited_by_its_exception():
    denial = "We do not use your personal data for marketing{}."
    before, after = (
        report_on(LAMPS + denial.format(end))
        for end in ("", " unless you ask for it in your settings")
    )
    assert not any(each.key == "use.marketing:denied" for each in after.disclosures)

    (change,) = compare(before, after).disclosures

    assert (change.type, change.change) == ("use.marketing", Change.WEAKER)
    assert "now with a limit: “unless you ask for it in your settings”" in change.text


def test_a_limit_that_gains_an_exception_is_another_limit():
    weighty = "We take no decisions by profiling that would significantly affect you{}."
    before, after = (
        report_on(LAMPS + weighty.format(end)) for end in ("", " without your permission")
    )

    (change,) = compare(before, after).disclosures

    assert (change.type, change.change) == ("use.profiling", Change.CHANGED)


def test_what_the_older_text_says_in_much_the_same_words_is_not_new():
    head = "# Privacy policy\n\nWe sell lamps and wicks.\n\n"
    before = report_on(
        f"{head}We think it over whether an encryption of your stored letters helps."
    )
    after = report_on(f"{head}We use encryption for your stored letters, which helps.")
    assert any(each.key == "protect.encryption:said" for each in after.disclosures)
    assert not any(each.type == "protect.encryption" for each in before.disclosures)

    assert changes(compare(before, after)) == []


def test_nothing_is_gone_of_which_a_new_sentence_has_all_the_words():
    before, after = lamps(
        "We do not sell your personal data.",
        "We do not sell your personal data. We will notify you of material changes to this policy.",
    )
    posted = LAMPS + "\nChanges: we notify by a sheet of paper on the door of the shop.\n"

    assert ("change.notice", Change.GONE) in changes(compare(after, before))
    assert ("change.notice", Change.GONE) not in changes(compare(after, report_on(posted)))


def test_statistics_that_are_shared_are_there():
    shared = LAMPS + "\nWe may share aggregated data with the guild.\n"
    before = report_on(shared + "\nWe collect anonymous statistics about visits to the shop.\n")
    assert any(each.key == "collect.aggregate:said" for each in before.disclosures)

    assert changes(compare(before, report_on(shared))) == []
    assert changes(compare(before, report_on(LAMPS))) != []


def test_the_very_words_that_are_denied_now_are_told_beside_a_sentence_like_them():
    likeness = "\nWhere the carrier agrees, your delivery address is shared with the carriers.\n"
    old, new = "We share your delivery address", "We no longer share your delivery address"
    before, after = report_on(LAMPS + likeness), report_on(LAMPS.replace(old, new) + likeness)

    assert changes(compare(before, after)) == [("share.providers", Change.REVERSED)]


def test_an_item_that_another_line_leads_in_to_is_no_change():
    listed = (
        "# Privacy policy\n\nWe give your data away with your consent or in these cases:\n\n"
        "* Guild: we share your personal data with affiliates of the guild.\n"
    )
    before = report_on(listed)
    after = report_on(listed.replace("\n\n* G", "\n\nG") + "\nWe sell lamps.\n")

    assert changes(compare(before, after)) == []


def test_words_that_are_turned_round_are_told_beside_a_second_denial():
    statement = "We {} statistics about the shop that do not identify you."
    share, keep = (report_on(LAMPS + statement.format(act)) for act in ("share", "do not share"))
    both = "We do not sell your stored letters{} do not rent them."
    one, other = (report_on(LAMPS + both.format(link)) for link in (" and", " and we"))

    assert ("share.aggregate", Change.REVERSED) in changes(compare(share, keep))
    assert changes(compare(one, other)) == []


def test_two_services_are_compared_without_a_word_of_before_and_after(sample: PolicyReport):
    comparison = compare(sample, report_on(LAMPS))

    assert comparison.two_services
    assert comparison.cautions[0].startswith("These seem to be policies of two services.")
    told = " ".join(each.text for each in comparison.disclosures)
    assert "Only in Lantern & Loom: " in told
    assert " first" not in told
    for word in ("o longer", ", before ", "Before:", "Now:", "now "):
        assert word not in told


def test_a_stub_is_told_to_be_one():
    comparison = compare(report_on(LAMPS), report_on("# Privacy policy\n\nTo come."))

    assert any("far shorter" in each for each in comparison.cautions)


def test_the_topics_that_differ_stand_first():
    before, after = lamps("We do not sell your", "We sell your")

    topics = compare(before, after).topics

    assert [pair.id for pair in topics if pair.differs] == [topics[0].id] == ["sell"]
    assert len(topics) == len(before.topics)


# Form is no change


def rewrapped(text: str) -> str:
    return "\n\n".join(
        part if part.lstrip().startswith(("#", "-", "|")) else textwrap.fill(part, 50)
        for part in text.split("\n\n")
    )


def renumbered(text: str) -> str:
    numbers = iter(range(1, 1000))
    return re.sub(r"^(##+) ", lambda match: f"{match[1]} {next(numbers)}. ", text, flags=re.M)


def shouted(text: str) -> str:
    return re.sub(r"^(##+) (.*)$", lambda match: f"{match[1]} {match[2].upper()}", text, flags=re.M)


@pytest.mark.parametrize("change", [str, rewrapped, renumbered, shouted])
def test_the_same_words_in_another_form_are_no_change(
    change: Callable[[str], str], sample: PolicyReport
):
    comparison = compare(sample, report_on(change(SAMPLE)))

    assert comparison.disclosures == ()
    assert comparison.sections == ()
    assert NO_CHANGE in comparison_card(comparison)


@pytest.mark.parametrize(
    "file",
    [
        "office/lantern-and-loom.libreoffice.docx",
        "office/lantern-and-loom.pandoc.odt",
        "office/lantern-and-loom.libreoffice.rtf",
        "office/lantern-and-loom.pandoc.epub",
        "pdf/lantern-and-loom.libreoffice.pdf",
        "pdf/lantern-and-loom.qt.pdf",
    ],
)
def test_the_same_policy_in_another_file_format_discloses_the_same(file: str, sample: PolicyReport):
    path = CORPUS / file
    other = analyze(path.read_bytes(), path.name)

    assert changes(compare(sample, other)) == []
    assert changes(compare(other, sample)) == []


EMBERGLASS = sorted(path.name for path in (CORPUS / "formats").glob("emberglass.*"))


@pytest.fixture(scope="module")
def emberglass() -> PolicyReport:
    path = CORPUS / "formats" / "emberglass.md"
    return analyze(path.read_bytes(), path.name)


@pytest.mark.parametrize("file", EMBERGLASS)
def test_a_policy_in_any_format_that_is_read_discloses_the_same(
    file: str, emberglass: PolicyReport
):
    other = analyze((CORPUS / "formats" / file).read_bytes(), file)

    for comparison in (compare(emberglass, other), compare(other, emberglass)):
        assert changes(comparison) == []
        assert not comparison.two_services


def test_words_that_came_and_went_are_marked_where_they_stand(sample: PolicyReport):
    before, after = lamps("carriers who bring", "couriers who carry")

    comparison = compare(before, after)

    assert [span.of(before.document.text) for span in comparison.alignment.removed] == [
        "carriers",
        "bring",
    ]
    assert [span.of(after.document.text) for span in comparison.alignment.added] == [
        "couriers",
        "carry",
    ]
    assert (comparison.sections[0].words_added, comparison.sections[0].words_removed) == (2, 2)


def test_a_new_heading_over_the_same_words_is_an_edit():
    before, after = lamps("## Newsletter", "## Letters about lamps")

    comparison = compare(before, after)

    assert comparison.disclosures == ()
    (change,) = comparison.sections
    assert (change.change, change.words_added, change.words_removed) == (
        SectionChangeKind.EDITED,
        3,
        1,
    )


def test_every_section_of_an_unchanged_policy_has_its_partner(sample: PolicyReport):
    pairs = compare(sample, sample).alignment.pairs

    assert pairs == tuple((each.index, each.index) for each in sample.document.sections)


def test_a_section_that_was_moved_is_moved_and_neither_removed_nor_added(sample: PolicyReport):
    part = SAMPLE[SAMPLE.index("### Everyone") : SAMPLE.index("### Statistics")]
    moved = SAMPLE.replace(part, "") + "\n" + part

    comparison = compare(sample, report_on(moved))

    assert comparison.disclosures == ()
    assert section_changes(comparison) == [(SectionChangeKind.MOVED, "Everyone")]


# How it is told


def test_the_json_is_as_the_contract_has_it(sample: PolicyReport):
    after = report_on(edited("We will never use your photographs", "We will use your photographs"))

    value = json.loads(encode(comparison_json(compare(sample, after))))

    assert value["schema"] == "policy-reader/comparison/1"
    assert "text" not in value["old"]
    assert value["new"]["title"] == "Lantern & Loom Privacy Policy"
    (change,) = value["disclosures"]
    assert (change["type"], change["change"]) == ("use.ai-training", "reversed")
    assert change["old"]["evidence"][0]["text"].startswith("We will never use")
    assert change["new"]["evidence"][0]["text"].startswith("We will use")
    assert set(value["readability"]) == {"old", "new"}
    (section,) = value["sections"]
    assert section["change"] == "edited"
    assert section["old"]["heading"] == section["new"]["heading"]
    assert value["notices"] == []


def test_both_quotes_stand_in_the_card_and_in_markdown(sample: PolicyReport):
    after = report_on(edited("We will never use your photographs", "We will use your photographs"))
    comparison = compare(sample, after)

    for told in (
        " ".join(comparison_card(comparison).split()),
        comparison_markdown(comparison).decode("utf-8"),
    ):
        assert "Says the opposite now" in told
        assert "Old: “We will never use your photographs" in told
        assert "New: “We will use your photographs" in told
    assert max(map(len, comparison_card(comparison, 60).splitlines())) <= 60


@pytest.mark.processes
def test_the_command_compares_two_files(tmp_path: Path, policy_reader: RunsPolicyReader):
    (tmp_path / "old.md").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "new.md").write_text(
        edited("We will never use your photographs", "We will use your photographs"),
        encoding="utf-8",
    )
    run = policy_reader("compare", "old.md", "new.md")
    assert (run.code, run.err) == (0, "")
    assert "Says the opposite now" in run.out

    run = policy_reader("compare", "old.md", "new.md", "--to", "json", "-o", "out.json")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert json.loads((tmp_path / "out.json").read_bytes())["disclosures"]

    run = policy_reader("compare", "old.md", "none.md", "--to", "json")
    assert run.code == 2
    assert json.loads(run.out)["error"] == "not_found"
    assert json.loads(run.out)["source"]["name"] == "none.md"


@pytest.mark.processes
@pytest.mark.parametrize(("columns", "widest"), [("120", 100), ("57", 57), ("4", 40)])
def test_the_comparison_is_as_wide_as_the_terminal_lets_it(
    tmp_path: Path, columns: str, widest: int
):
    (tmp_path / "old.md").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "new.md").write_text(
        edited("We will never use your photographs", "We will use your photographs"),
        encoding="utf-8",
    )
    terminal, end = os.openpty()
    command = [sys.executable, "-m", "reader", "compare", "old.md", "new.md"]
    shown = b""
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=end, env=os.environ | {"COLUMNS": columns}
    ) as run:
        os.close(end)
        with suppress(OSError):  # at its end
            while chunk := os.read(terminal, 65536):
                shown += chunk
        assert run.wait(60) == 0
    os.close(terminal)
    assert widest - 10 < max(map(len, shown.decode().splitlines())) <= widest
