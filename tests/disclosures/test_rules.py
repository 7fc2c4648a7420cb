"""Every rule does what its own examples say."""

from __future__ import annotations

import gc
import time

import pytest

from reader.disclosures.assembling import find_disclosures
from reader.disclosures.catalogue import (
    CatalogueError,
    DisclosureType,
    PassedOver,
    Rule,
    load_catalogue,
    read_catalogue,
)
from reader.disclosures.checking import mistakes_of
from reader.disclosures.matching import KeyedText, matches
from reader.disclosures.words import text_keys
from reader.model import Document, Stance, Valence
from reader.paths import resource
from tests.make_document import disclosures_of, make_document

RULES = [(kind, rule) for kind in load_catalogue().types.values() for rule in kind.rules]


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_rule_finds_its_examples_and_nothing_in_its_counterexamples(
    kind: DisclosureType, rule: Rule
) -> None:
    mistakes = list(mistakes_of(kind, rule, load_catalogue(), make_document))
    if mistakes:  # an assertion would spell out the compiled rule, which takes minutes
        pytest.fail("\n".join(mistakes), pytrace=False)


@pytest.mark.parametrize("rule", load_catalogue().passed_over, ids=lambda rule: rule.id)
def test_sentences_that_state_no_practice_are_passed_over(rule: PassedOver) -> None:
    def passed_over(sentence: str) -> bool:
        text = KeyedText([text_keys(sentence)])
        is_guarded = any(matches(pattern, text) for pattern in rule.unless)
        return matches(rule.pattern, text) and not is_guarded

    assert all(map(passed_over, rule.examples))
    assert not any(map(passed_over, rule.counterexamples))


@pytest.mark.times
def test_twice_the_text_takes_little_more_than_twice_the_time() -> None:
    sentences = [sentence for _, rule in RULES for sentence in rule.examples]

    once, twice = (make_document("\n\n".join(sentences * times)) for times in (1, 2))

    def seconds(document: Document) -> float:
        # Or the longer text alone pays for a look through all that other tests hold in memory.
        gc.collect()
        gc.disable()
        began = time.process_time()
        try:
            assert find_disclosures(document)
        finally:
            gc.enable()
        return time.process_time() - began

    # In turns, so that what else the machine does in these seconds falls on both.
    took = [(seconds(twice), seconds(once)) for _ in range(7)]
    assert min(of_twice for of_twice, _ in took) < 2.2 * min(of_once for _, of_once in took)


def test_a_line_of_the_table_of_contents_is_no_evidence() -> None:
    section = "We use cookies to keep your basket."
    contents = "- We use cookies\n- Contact"
    text = f"# Privacy\n\n{contents}\n\n## We use cookies\n\n{section}\n\n## Contact\n\nHere."
    document = make_document(text)
    passages = disclosures_of(text)["track.cookies:said"].evidence
    assert [passage.span.of(document.text) for passage in passages] == [section]


def test_a_line_of_the_contents_for_a_part_without_a_heading_is_no_evidence() -> None:
    lines = "- Who we are\n- Personal data we collect from other sources\n- How to reach us\n"
    text = f"## Contents\n\n{lines}\n## Who we are\n\nWe make lamps and sell them by mail.\n"
    assert "collect.from-others:said" in disclosures_of(text.replace("Contents", "What we do"))
    assert disclosures_of(text) == {}


def test_a_list_item_is_read_with_its_lead_in_and_shows_it() -> None:
    text = "We may sell to others:\n\n- your email address;\n- your taste in lamps.\n"
    document = make_document(text)
    (disclosure,) = (d for d in disclosures_of(text).values() if d.type == "sell.sells")
    passage = disclosure.evidence[0]
    assert passage.span.of(document.text).startswith("your email address")
    assert passage.context is not None
    assert passage.context.of(document.text) == "We may sell to others:"


def test_a_rule_without_a_counterexample_does_not_load(tmp_path) -> None:
    for file in resource("disclosures").glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    broken = (tmp_path / "sell.toml").read_text(encoding="utf-8")
    start = broken.index("counterexamples")
    broken = broken[:start] + broken[broken.index("]\n", start) + 2 :]
    (tmp_path / "sell.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"sell\.toml: sell\.sells: .*counterexamples"):
        read_catalogue(tmp_path)


def test_a_file_that_is_no_toml_is_refused_with_its_name(tmp_path) -> None:
    for file in resource("disclosures").glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "keep.toml").write_text("[[type]\nid = 3", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"keep\.toml: .*line 1"):
        read_catalogue(tmp_path)


def test_the_catalogue_matches_the_contract(shared) -> None:
    import csv

    with (shared / "contract" / "disclosures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    types = load_catalogue().types
    assert [row["id"] for row in rows] == [t for t in types if t in {r["id"] for r in rows}]
    for row in rows:
        kind = types[row["id"]]
        assert kind.key == bool(row["key"])
        assert (kind.silent.valence.value if kind.silent else "") == row["silent"]
        for stance in Stance:
            outcome = kind.outcomes.get(stance)
            assert (outcome.valence.value if outcome else "") == row[stance.value], kind.id
        assert kind.practice == row["practice"]


def test_every_type_says_what_it_means_in_words_that_fit_a_tile() -> None:
    for kind in load_catalogue().types.values():
        headlines = [outcome.headline for outcome in kind.outcomes.values()]
        assert len(set(headlines)) == len(headlines), f"{kind.id}: a denial reads as said"
        if kind.silent:
            assert 0 < len(kind.silent.headline) <= 42, kind.id
        for outcome in kind.outcomes.values():
            assert 0 < len(outcome.headline) <= 42, kind.id
            assert outcome.statement.endswith("."), kind.id
            assert "TODO" not in outcome.headline + outcome.statement, kind.id


def test_a_pronoun_is_shown_with_the_sentence_it_points_to() -> None:
    text = "We let ad firms set cookies. They use them to track your visits to other websites."
    document = make_document(f"# Cookies\n\n{text}\n")
    passages = disclosures_of(f"# Cookies\n\n{text}\n")["track.third-party:said"].evidence
    contexts = {p.span.of(document.text): p.context for p in passages}
    pointing = contexts["They use them to track your visits to other websites."]
    assert pointing is not None
    assert pointing.of(document.text) == "We let ad firms set cookies."


def test_the_maker_of_an_app_who_says_i_is_its_author() -> None:
    mine = (
        "I want to inform you about my app. I may ask for your email address; I use it in my app."
    )
    found = disclosures_of(f"# Privacy\n\n{mine}\n\nI do not sell your data.")
    assert {"collect.contact:said", "sell.sells:denied"} <= set(found)


def test_a_readers_i_is_not_the_author() -> None:
    assert not disclosures_of("# Privacy\n\nI agree that I sell my personal data.")


def test_an_author_called_company_acts_by_that_name() -> None:
    assert "sell.sells:said" in disclosures_of("# Privacy\n\nCompany may sell your data.")


@pytest.mark.parametrize("form", ["Lampo", "Lampo GmbH", "Lampo, Inc.", "The Lampo LLC"])
def test_an_author_acts_by_its_name_with_its_legal_form_or_without(form: str) -> None:
    text = 'Lampo GmbH ("Lampo", "we") runs this shop.\n\n{} may sell your data to brokers.'
    assert "sell.sells:said" in disclosures_of("# Privacy\n\n" + text.format(form))


def test_a_table_row_is_read_to_its_last_cell() -> None:
    head = "# Privacy\n\n## What we collect\n\n| Kind | Examples | Collected |\n|---|---|---|\n"
    row = "| E. Fingerprints | We mean prints. Collected fingerprints and faceprints. | {} |"
    assert "collect.biometric:said" in disclosures_of(head + row.format("Yes") + "\n")
    assert "collect.biometric:said" not in disclosures_of(head + row.format("No") + "\n")


def test_a_table_row_that_names_the_authors_group_completes_its_heading() -> None:
    found = disclosures_of(
        "# Larch Privacy\n\nLarch Ltd (“Larch”, “we”) sells lamps.\n\n"
        "## Who do we share your data with?\n\n"
        "| Who | What they do |\n|---|---|\n"
        "| Printers | Companies that print for us |\n"
        "| Larch Group | Our affiliates and subsidiaries that run the shops |\n"
    )
    assert "share.affiliates:said" in found


def test_sharing_that_may_count_as_a_sale_is_not_headed_as_a_sale() -> None:
    counts = "# Sale\n\nSome of this sharing may be considered a “sale” under the laws of states."
    sold = f"{counts} We sell your personal information to data brokers."
    assert disclosures_of(counts)["sell.sells:said"].headline == "Its sharing may count as a sale"
    assert disclosures_of(sold)["sell.sells:said"].headline == "Sells or rents your data"


def test_what_is_kept_until_its_owner_deletes_it_is_not_headed_as_kept_for_ever() -> None:
    ended_by_you = "# Keeping\n\nYour photos remain on our servers until you delete them."
    for_ever = f"{ended_by_you} We keep the log of your visits indefinitely."
    kept = disclosures_of(ended_by_you)["keep.indefinite:said"]
    assert kept.headline == "Kept until you delete it"
    assert kept.valence is Valence.CAUTION
    assert "without limit" not in kept.statement
    kept = disclosures_of(for_ever)["keep.indefinite:said"]
    assert (kept.headline, kept.valence) == ("Kept without limit", Valence.BAD)


def test_no_rule_is_graver_than_its_type_and_its_words_fit_a_tile_as_well() -> None:
    for kind, rule in RULES:
        if rule.headline is None:
            continue
        assert 0 < len(rule.headline) <= 42, rule.id
        whole = kind.outcomes[Stance.SAID]
        assert (rule.valence or whole.valence).severity <= whole.valence.severity, rule.id
        assert (rule.statement or whole.statement).endswith("."), rule.id


def test_a_message_that_cannot_be_stopped_is_no_word_on_marketing() -> None:
    found = disclosures_of("# Choices\n\nYou cannot opt out of notices about your account.")
    assert "choice.service-messages:said" in found
    assert "choice.marketing-opt-out:denied" not in found


def test_a_country_found_adequate_is_no_warning_of_weaker_law() -> None:
    warning = "The laws of these countries may protect your data less than those at home."
    finding = "These countries were found by the Commission to give adequate protection."
    assert "where.weaker-law:said" in disclosures_of(f"# Transfers\n\n{warning}")
    assert "where.weaker-law:said" not in disclosures_of(f"# Transfers\n\n{finding}")


def test_a_period_in_a_table_is_found_under_the_head_of_its_column() -> None:
    rows = "| Orders | tax | 7 years |\n| Logs | safety | 30 days |\n"
    table = "| Data | Purpose | {} |\n|---|---|---|\n" + rows
    found = disclosures_of("# Privacy\n\n## Data\n\n" + table.format("Retention period"))
    assert found["keep.stated:said"].details.periods == ("7 years", "30 days")
    other = disclosures_of("# Privacy\n\n## Data\n\n" + table.format("Guarantee"))
    assert "keep.stated:said" not in other


def test_the_head_of_a_table_says_nothing_by_itself() -> None:
    head = "# Privacy\n\n## Data\n\n| Data | To whom your data is sold |\n|---|---|\n"
    assert "sell.sells:said" not in disclosures_of(head + "| Orders | nobody |\n")


def test_a_lead_in_that_says_nothing_takes_up_the_sentence_before_it() -> None:
    listed = "{} For example:\n\n- GPS data of your telephone\n- your date of birth\n"
    found = disclosures_of("# Data\n\n" + listed.format("We collect what the app needs."))
    assert {"collect.location:said", "collect.demographics:said"} <= found.keys()
    denied = disclosures_of("# Data\n\n" + listed.format("We do not collect what nobody needs."))
    assert "collect.location:said" not in denied


def test_an_item_names_what_its_own_words_name_and_not_its_lead_in() -> None:
    found = disclosures_of(
        "# Sharing\n\nWe share your e-mail address and phone number with:\n\n"
        "- advertising partners\n- payment providers\n"
    )
    details = found["share.partners:said"].details
    assert (details.data, details.recipients) == ((), ("advertising partners",))


def test_what_a_sentence_names_stands_as_it_was_written_where_its_author_is_named() -> None:
    intro = 'Lantern Lane Ltd. ("Lantern", "we" or "us") sells lamps.'
    for author in ("We", "Lantern"):
        found = disclosures_of(
            f"# Privacy\n\n{intro}\n\n"
            f"{author} may share the visitor's E-Mail address with Advertisers."
        )
        details = found["share.advertisers:said"].details
        assert (details.data, details.recipients) == (("E-Mail address",), ("Advertisers",))


def test_what_a_sentence_names_has_no_sign_around_it() -> None:
    found = disclosures_of(
        "# Data\n\nWe collect the following data about you: geolocation, browser, device type; "
        "passport, and your location (such as your town).\n"
    )
    named = {each for disclosure in found.values() for each in disclosure.details.data}
    assert {"geolocation", "browser", "passport", "location"} <= named
    assert not [each for each in named if each != each.strip(" ,;:()")]


def test_a_later_sentence_of_a_list_item_that_says_who_acts_needs_no_lead_in() -> None:
    found = disclosures_of(
        "# Privacy policy of Lampo\n\nWe use the information that we collect:\n\n"
        "- to show you targeted ads. Lampo does not use your letters to target ads at you.\n"
    )
    passage = found["use.targeted-ads:denied"].evidence[0]
    assert passage.context is None


def test_a_denial_that_includes_minors_is_about_everybody() -> None:
    everybody = disclosures_of("We do not sell your data, including the data of children.")
    assert everybody["sell.sells:denied"].condition is None
    assert "sell.sells:denied" not in disclosures_of("We do not sell the data of children.")


def test_what_readers_can_do_is_no_item_of_what_is_done_with_their_data() -> None:
    offer = "You can keep or change your preferences at any time."
    told = disclosures_of(f"# Data we use\n\nWe use:\n\n- Cookies, for tailored pages. {offer}\n")
    assert "use.personalise:said" in told
    text = f"# Data we use\n\nWe use:\n\n- Cookies, to keep your basket. {offer}\n"
    assert "use.personalise:said" not in disclosures_of(text)
