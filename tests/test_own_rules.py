"""The reader's own rules: looked for beside the program's, checked as they are, shown as theirs."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from reader.analysis import analyze
from reader.export.findings_csv import findings_csv
from reader.export.report_html import report_html
from reader.export.report_markdown import report_markdown
from reader.model import Disclosure, PolicyReport, Stance, Verdict
from reader.own_rules import MAX_FILE_BYTES, OwnRules, own_rules_dir, read_own_rules

PRACTICE = "other"
PETS = f"""
[[type]]
id = "collect.pets"
practice = "{PRACTICE}"
label = "Your pets"
meaning = "They ask about your pets."

[type.said]
valence = "caution"
headline = "Asks about your pets"
statement = "They ask about your pets."

[type.denied]
valence = "good"
headline = "Asks nothing about pets"
statement = "They say that they ask nothing about your pets."

[[type.rule]]
id = "name-of-a-pet"
pattern = "<we> ~ {{<collect>}} ... (pet | pets | dog | cat)"
examples = ["We collect the name of your dog."]
denials = ["We do not collect the name of your cat."]
counterexamples = ["Your dog collects sticks."]
"""
MANY = """
[[type.rule]]
id = "r{number}"
pattern = "<we> pawn"
examples = ["We pawn."]
counterexamples = ["You pawn."]
"""
MORE_OF_SALE = """
[[type]]
id = "sell.sells"

[[type.rule]]
id = "pawn"
pattern = "<we> ~ {pawn} ... <data>"
examples = ["We pawn your personal data."]
counterexamples = ["You pawn with us."]
"""
POLICY = (
    "# Privacy policy of the lamp shop\n\n"
    "We collect the name of your dog. We pawn your personal data for oil. "
    + "We collect your name and address to send you the lamps that you ordered. "
    * 12
)


def read_with(files: dict[str, str], policy: str = POLICY) -> PolicyReport:
    return analyze(policy.encode(), "policy.md", own_rules=OwnRules(files).to_bytes())


def found_in(report: PolicyReport) -> dict[str, Disclosure]:
    return {each.key: each for each in report.disclosures}


def notices_of(report: PolicyReport) -> list[str]:
    return [each.text for each in report.notices if each.kind == "own-rules"]


def put(files: dict[str, str]) -> Path:
    folder = own_rules_dir()
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_type_of_the_readers_own_is_found_with_its_words_and_named_as_theirs():
    report = read_with({"collect.toml": PETS})

    pets = found_in(report)["collect.pets:said"]
    (passage,) = pets.evidence
    assert passage.span.of(report.document.text) == "We collect the name of your dog."
    assert (passage.detector, passage.rule) == ("own rules", "collect.pets/name-of-a-pet")
    assert notices_of(report) == ["1 finding comes from your own rules."]


def test_a_denial_of_the_readers_own_type_is_read_as_one():
    report = read_with({"collect.toml": PETS}, POLICY.replace("We collect the", "We never ask the"))
    assert "collect.pets:said" not in found_in(report)

    denied = POLICY.replace("We collect the name of your dog", "We do not collect your dog's name")
    assert found_in(read_with({"collect.toml": PETS}, denied))["collect.pets:denied"]


def test_rules_of_the_readers_own_add_to_the_programs_types():
    assert "sell.sells:said" not in found_in(read_with({}))

    report = read_with({"sell.toml": MORE_OF_SALE})

    sale = found_in(report)["sell.sells:said"]
    assert sale.stance is Stance.SAID
    assert sale.evidence[0].rule == "sell.sells/pawn"
    assert {topic.id: topic.verdict for topic in report.topics}["sell"] is Verdict.BAD


def test_without_own_rules_the_report_is_as_before():
    assert read_with({}) == analyze(POLICY.encode(), "policy.md")


def test_what_the_programs_rules_find_stands_before_what_the_readers_find():
    both = POLICY + "\n\nWe sell your personal data.\n"

    sale = found_in(read_with({"sell.toml": MORE_OF_SALE}, both))["sell.sells:said"]

    assert [passage.detector for passage in sale.evidence] == ["rules", "own rules"]


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("pets.toml", PETS, "pets.toml: a topic's file must be called collect.toml, "),
        ("collect.toml", PETS.replace("[[type]]", "[[type]", 1), "collect.toml: Expected ']]'"),
        ("collect.toml", "type = 3", "collect.toml: type must be written as [[type]]"),
        ("collect.toml", "[[type]]\nid = 3", "collect.toml: ?: 'id' must be text"),
        ("collect.toml", PETS + PETS, "collect.toml: collect.pets: is defined twice"),
        ("share.toml", PETS, "share.toml: collect.pets: does not belong to the topic 'share'"),
        (
            "collect.toml",
            PETS.replace("the name of your dog", "the colour of your lamp"),
            "collect.toml: collect.pets: rule 'name-of-a-pet': does not find its example: "
            "We collect the colour of your lamp",
        ),
        (
            "collect.toml",
            PETS.replace("Your dog collects sticks", "We collect sticks for your dog"),
            "rule 'name-of-a-pet': finds its counterexample: We collect sticks for your dog",
        ),
        (
            "collect.toml",
            PETS.replace("We do not collect the name of your cat", "We collect your cat's name"),
            "rule 'name-of-a-pet': does not read as a denial: We collect your cat's name",
        ),
        (
            "collect.toml",
            PETS.replace("[type.said]", "[type.silent]"),
            "a type of your own cannot have 'silent'",
        ),
        (
            "collect.toml",
            PETS.replace('counterexamples = ["Your dog collects sticks."]', ""),
            "rule 'name-of-a-pet': counterexamples are missing",
        ),
        (
            "collect.toml",
            PETS.replace("(pet | pets", "(pet | <pets>"),
            "rule 'name-of-a-pet': ",
        ),
        ("collect.toml", PETS.split("[[type.rule]]")[0], "collect.pets: has no rule"),
        (
            "sell.toml",
            MORE_OF_SALE.replace('"sell.sells"', '"sell.sells"\nlabel = "Gifts"'),
            "sell.sells: is one of the program's own types: you can only add rules to it, not "
            "change 'label'",
        ),
        ("keep.toml", MORE_OF_SALE, "sell.sells: belongs to the topic 'sell'"),
        ("collect.toml", PETS.replace("[[type]]", "[[types]]"), "unknown key 'types'"),
        (
            "collect.toml",
            PETS.replace('"Asks about your pets"', "1979-05-27"),
            "'headline' must be text",
        ),
        ("collect.toml", PETS.replace('"Your pets"', '["pets"]'), "'label' must be text"),
        (
            "collect.toml",
            PETS.replace('id = "name-of-a-pet"', 'id = "name-of-a-pet"\nvalence = "good"'),
            "rule 'name-of-a-pet': 'valence' needs a headline of the rule's own",
        ),
        ("collect.toml", PETS.replace('"Your pets"', '" "'), "'label' is empty"),
        (
            "collect.toml",
            PETS.replace("They ask about your pets.", "\\u202Estep ruoy"),
            "contains a character that cannot be shown: U+202E",
        ),
        (
            "collect.toml",
            PETS.replace("They ask about your pets.", "pets " * 200),
            "is longer than 400 characters",
        ),
        ("collect.toml", PETS.replace(PRACTICE, "secret"), "a practice must be one of "),
        (
            "collect.toml",
            PETS.replace("collect.pets", "collect.<b>"),
            "an id may contain only small letters, digits and hyphens",
        ),
        (
            "collect.toml",
            PETS.replace("name-of-a-pet", "contact:denied"),
            "an id may contain only small letters, digits and hyphens",
        ),
        (
            "collect.toml",
            PETS.replace('["Your dog collects sticks."]', '"Your dog."'),
            "'counterexamples' must be a list of texts",
        ),
        (
            "collect.toml",
            PETS.replace("examples =", 'unless = "we"\nexamples =', 1),
            "'unless' must be a list of texts",
        ),
        ("collect.toml", f"type = {'[' * 5000}{']' * 5000}", "it is nested too deeply"),
        ("collect.toml", f"type = 0x{'f' * 5000}", "type must be written as [[type]]"),
        ("collect.toml", f"[[type]]\nid = 0x{'f' * 5000}", "'id' must be text"),
        (
            "collect.toml",
            PETS.replace("(pet |", f"{'(' * 1900}pet{')' * 1900} ("),
            "it is nested too deeply",
        ),
        (
            "collect.toml",
            PETS.replace("... (pet", f"{'... [a] ' * 40} ... (pet"),
            "too many gaps next to optional parts",
        ),
        (
            "collect.toml",
            PETS.replace("... (pet", f"{'(a ... | b ...) ' * 40} (pet"),
            "too many gaps next to optional parts",
        ),
        (
            "collect.toml",
            PETS + "".join(MANY.format(number=number) for number in range(300)),
            "more than 300 rules of your own",
        ),
        ("a\n\x1b[31m.toml", PETS, "a??[31m.toml: a topic's file must be called"),
    ],
)
def test_a_file_with_a_mistake_is_left_out_and_the_mistake_is_named(
    name: str, text: str, mistake: str
):
    report = read_with({name: text, "use.toml": MORE_OF_SALE.replace("sell.sells", "use.pawn")})

    told = notices_of(report)
    assert any(each.startswith("Some of your own rules were not used.") for each in told)
    assert any(mistake in each for each in told), told
    assert all(each.isprintable() and len(each) < 400 for each in told)
    assert found_in(report).keys() == found_in(read_with({})).keys()


def test_a_mistake_in_one_file_leaves_the_others_in_use():
    report = read_with({"sell.toml": "[[type]", "collect.toml": PETS})

    assert "collect.pets:said" in found_in(report)
    assert len(notices_of(report)) == 2


@pytest.mark.processes
def test_the_command_reads_the_rules_in_the_settings_folder(tmp_path: Path):
    put({"collect.toml": PETS, "notes.txt": "not a rule"})
    policy = tmp_path / "policy.md"
    policy.write_text(POLICY, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "reader", "analyze", str(policy), "--to", "json"],
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert b'"collect.pets"' in done.stdout


def test_files_that_cannot_be_read_are_named():
    folder = put({"sell.toml": MORE_OF_SALE, "big.toml": "#" * (MAX_FILE_BYTES + 1)})
    (folder / "latin.toml").write_bytes("# café".encode("latin-1"))
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")

    own = read_own_rules()

    assert list(own.files) == ["sell.toml"]
    assert own.unread == (
        "big.toml: is larger than 64 KB",
        "folder.toml: is not a file",
        "latin.toml: is not in UTF-8",
        "pipe.toml: is not a file",
    )
    assert OwnRules.from_bytes(own.to_bytes()) == own


def test_without_a_folder_there_are_no_rules_and_nothing_is_sent():
    assert read_own_rules() == OwnRules()
    assert read_own_rules().to_bytes() == b""


ATTACK = '<img src=x onerror=alert(1)>[x](javascript:alert(1)) =cmd|"/c calc"!A1'


def test_what_own_rules_say_is_words_in_every_export():
    said = ATTACK.replace('"', '\\"')
    rules = PETS.replace("Asks about your pets", said).replace("They ask about your pets.", said)
    rules = rules.replace("Your pets", f"={said}")
    report = read_with({"collect.toml": rules})
    assert found_in(report)["collect.pets:said"].headline == ATTACK

    page = html.fromstring(report_html(report))
    assert not page.xpath("//img | //script | //@onerror | //a[not(starts-with(@href, '#'))]")
    tokens = MarkdownIt("commonmark").enable("table").parse(report_markdown(report).decode())
    inner = [child.type for token in tokens for child in token.children or ()]
    assert not {"html_inline", "link_open", "image"} & set(inner)
    assert "html_block" not in {token.type for token in tokens}
    for row in csv.reader(io.StringIO(findings_csv(report).decode())):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_of_many_mistakes_a_few_are_told_and_the_others_counted():
    report = read_with({f"{number}.toml": PETS for number in range(60)})

    assert len(notices_of(report)) == 6
    assert "There are 55 more" in notices_of(report)[-1]


def test_rules_that_take_too_long_to_check_are_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reader.disclosures.own._PATIENCE", 0.0)
    report = read_with({"collect.toml": PETS, "sell.toml": MORE_OF_SALE})

    assert "collect.pets:said" not in found_in(report)
    assert any("collect.toml: checking your rules took too long" in t for t in notices_of(report))


def test_a_statement_may_stand_on_several_lines():
    rules = PETS.replace('"They ask about your pets."', '"""They ask\n  about your pets."""')

    found = found_in(read_with({"collect.toml": rules}))["collect.pets:said"]
    assert found.statement == "They ask about your pets."
