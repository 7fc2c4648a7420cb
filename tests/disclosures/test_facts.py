"""Single facts, in the policy's own words."""

from __future__ import annotations

import pytest

from reader.disclosures.actions import find_actions
from reader.disclosures.assembling import find_disclosures
from reader.disclosures.facts import contact_emails, effective_date, find_facts
from tests.make_document import make_document


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Last changed, March 27, 2024. To see the version before, click.", "2024-03-27"),
        ("Last updated: 4 May 2021", "2021-05-04"),
        ("Effective March 1st, 2020", "2020-03-01"),
        ("**Last modified on** 2019-11-30", "2019-11-30"),
        ("This notice took effect on 12 Sept. 2022.", "2022-09-12"),
        ("This notice is effective as of September 12, 2022.", "2022-09-12"),
        ("Last updated May 2021", None),
        ("Archived from a page of 2018-12-26.", None),
        ("We were founded on 3 June 1998, in a shed by the river, by two sisters.", None),
        ("Last updated: 31 February 2020", None),
        ("Page updated: April 2024", None),
        ("Rev. 3, last revised on September/11, 2025", "2025-09-11"),
        ("Last updated: June 8. 2026", "2026-06-08"),
        ("Version of 2.3.2019", "2019-03-02"),
        ("This notice was checked on 27/03/2022 and last changed on 05/04/2022.", "2022-04-05"),
        ("Valid from 7th of May 2020, updated July 13th, 2021.", "2021-07-13"),
        ("As of May 25, 2018 the Regulation gives everyone in the Union these rights.", None),
        ("The Maple County Data Act (effective January 1, 2024) lets you object.", None),
        ("The previous version of 1 May 2019 can be read in the library.", None),
        ("This notice was effective from 1 May 2019 until 3 June 2021.", None),
        ("(Effective as of 1 May 2019) To see the version before it, press here.", "2019-05-01"),
        ("It was approved in March and went into effect on 2 May 2019.", "2019-05-02"),
        ("Your account was last updated on 3 May 2020.", None),
    ],
)
def test_the_effective_date_is_the_one_the_policy_gives_itself(line: str, day: str | None) -> None:
    document = make_document(f"# Privacy\n\n{line}\n\nWe keep what we need to send your parcel.")
    assert effective_date(document) == day


def test_the_last_change_counts_before_the_first_day() -> None:
    document = make_document("# Privacy\n\nEffective: 1 May 2018\n\nLast updated: 2 June 2021\n")
    assert effective_date(document) == "2021-06-02"


def test_a_bare_date_under_the_title_is_the_policys_own() -> None:
    assert effective_date(make_document("# Privacy\n\nMay 9, 2023\n\nWe keep it.")) == "2023-05-09"


@pytest.mark.parametrize(
    ("line", "is_dated"),
    [
        ("Page updated: April 2024", True),
        ("Effective Date: May, 2023", True),
        ("May 9, 2023", True),
        ("As of May 25, 2018, the new law lets you ask for a copy.", False),
        ("We opened our shop in May 2018.", False),
    ],
)
def test_the_finding_and_the_fact_agree_on_the_date(line: str, is_dated: bool) -> None:
    document = make_document(
        f"# Privacy\n\n{line}\n\n" + "We keep what we need to send it.\n\n" * 9
    )
    dated = {d.key: d for d in find_disclosures(document)}.get("contact.dated:said")
    assert (dated is not None) is is_dated
    if dated is not None:
        assert dated.evidence[0].span.of(document.text) == line
    else:
        assert effective_date(document) is None


def test_a_label_on_the_line_before_says_what_the_date_is() -> None:
    document = make_document(
        "# Privacy\n\n"
        + "We keep what we need.\n\n" * 20
        + "Last changed\n\n3 May 2020\n\n"
        + "We keep what we need to send it.\n\n" * 9
    )
    dated = {d.key: d for d in find_disclosures(document)}["contact.dated:said"]
    assert effective_date(document) == "2020-05-03"
    assert dated.evidence[0].context is not None
    assert dated.evidence[0].context.of(document.text) == "Last changed"


def test_e_mail_addresses_come_from_text_and_links_once_each() -> None:
    document = make_document(
        "Write to post@larch.example or [our officer](mailto:dpo@larch.example?subject=Hi). "
        "Again: post@larch.example."
    )
    assert contact_emails(document) == ("post@larch.example", "dpo@larch.example")


def test_an_e_mail_address_spelled_against_robots_is_read() -> None:
    document = make_document(
        "Our officer is at dpo [at] larch.example, the shop at post (at) larch [dot] example. "
        "Meet us [at] the fair."
    )
    assert contact_emails(document) == ("dpo@larch.example", "post@larch.example")


def test_facts_that_rest_on_statements_come_from_their_evidence() -> None:
    document = make_document(
        "# Privacy\n\nWe delete your account data after 30 days.\n\n"
        "Your data may be transferred to Canada and the United States.\n\n"
        "Our shop is not meant for anyone under 16.\n"
    )
    facts = find_facts(document, find_disclosures(document))
    assert facts.retention_periods == ("30 days",)
    assert facts.transfer_countries == ("Canada", "United States")
    assert facts.min_age == 16


def test_an_action_carries_the_address_that_its_evidence_names() -> None:
    document = make_document(
        "# Choices\n\n"
        "You can [unsubscribe here](https://larch.example/stop) from our newsletter.\n\n"
        "You can ask us to delete your data.\n\n"
        "Write to post@larch.example with privacy questions.\n"
    )
    targets = {a.kind: a.target for a in find_actions(document, find_disclosures(document))}
    assert targets["unsubscribe"] == "https://larch.example/stop"
    assert targets["delete"] == "mailto:post@larch.example"


def test_an_action_names_the_disclosure_that_offers_it() -> None:
    document = make_document(
        "# Choices\n\n"
        "You can opt out of targeted advertising in your account.\n\n"
        "You can ask us to delete your data.\n"
    )
    disclosures = find_disclosures(document)
    offered = {a.kind: a.disclosure for a in find_actions(document, disclosures)}
    assert offered["opt-out"] == "choice.ads-opt-out:said"
    assert offered["delete"] == "rights.delete:said"
    assert set(offered.values()) <= {each.key for each in disclosures}


def test_no_action_speaks_of_a_sale_that_the_policy_does_not() -> None:
    shares = "We share your data with partners, and you can opt out of the sharing of your data."

    def opt_out(text: str) -> str:
        document = make_document(f"# Larch privacy policy\n\n{text}\n")
        offered = {a.kind: a.text for a in find_actions(document, find_disclosures(document))}
        return offered["opt-out"]

    assert opt_out(shares) == "Opt out of the sharing of your data"
    assert opt_out(f"{shares} We sell your data.") == "Opt out of the sale or sharing of your data"
    assert "sale" not in opt_out(f"{shares} We do not sell your data.")


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("Your data may be transferred to Canada, Japan and the United States.", 3),
        ("Your data may be transferred outside the United Kingdom and Switzerland.", 0),
        ("We transfer data from Norway and Iceland to the U.S.", 1),
        ("Your data is transferred to the U.S. and stored there, in the United States.", 1),
        ("Your data may be transferred to other jurisdictions (like the United States).", 1),
        ("Your personal data may be transferred to countries of the European Union.", 1),
        ("Your personal data may be transferred to the European Union.", 1),
        ("If you live in Brazil, your data will be transferred to India.", 1),
        ("We may move data processed in the EEA to other countries.", 0),
        ("In other countries your data may not be as safe as within the EEA.", 0),
        ("Clauses allow firms in the EEA to transfer data to other countries.", 0),
        ("Your data may be sent abroad and processed in the EEA.", 1),
        ("Your data may go abroad, for our servers are located in the U.S. and in Norway.", 2),
        ("We transfer data under the EU-U.S. Privacy Shield of the U.S. Department.", 0),
    ],
)
def test_countries_are_those_to_which_data_goes(sentence: str, countries: int) -> None:
    document = make_document(f"# Privacy\n\n{sentence}\n")
    facts = find_facts(document, find_disclosures(document))
    assert len(facts.transfer_countries) == countries


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("Our shop is not meant for children under the age of 13.", 13),
        (
            "The minimum age to open an account is 14. We do not knowingly collect data from "
            "children under this age.",
            14,
        ),
        (
            "The site is not directed to children under 13. We do not knowingly sell the data of "
            "children under 16.",
            13,
        ),
        ("We do not knowingly collect personal data from children under thirteen.", 13),
        ("You may only use the shop when aged 16 and over.", 16),
        (
            "The shop is only for people of 18 years of age or older (or 21 years of age where "
            "that is the age of majority).",
            18,
        ),
    ],
)
def test_the_minimum_age_is_that_of_use(words: str, age: int) -> None:
    document = make_document(f"# Children\n\n{words}\n")
    assert find_facts(document, find_disclosures(document)).min_age == age


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("We share your data with our providers, such as Birchpay, Cedarhost and Elmly.", 3),
        ("If Larchwood Ltd shares your data with partners, the DSGVO applies.", 0),
        (
            "We share your personal data with service providers:\n\n"
            "- Birchpay, Inc. (support), Norway\n- **Cedarhost**: runs our servers\n"
            "- [Elmly](https://elmly.example/privacy)\n",
            3,
        ),
        (
            "We may share it with third-party services. For example:\n\n"
            "- Birchpay: powers our shop\n- Elmly Insight: counts visits\n",
            2,
        ),
        ("We share your data with Business Partners, Service Providers and Affiliates.", 0),
        ("We share your data with service providers, such as Elmly, by the Maple Data Act.", 1),
        ("We share your data with Larchwood and with other Larchwood Shops.", 0),
        (
            "We share your data with service providers to:\n\n"
            "- Build and mend lamps\n- Elmly and its group: count visits\n",
            1,
        ),
        ("We use Birchpay, Inc. Birchpay gets your data as our service provider.", 1),
        (
            "We share your data with:\n\n- Supply-side firms that sell room for ads\n"
            "- Elmly - counts visits\n",
            1,
        ),
        (
            "| Data Processor | What it gets |\n|---|---|\n| Birchpay | your card |\n"
            "| [Elmly](https://elmly.example/privacy) | your visits |\n",
            2,
        ),
        ("We share your data with advertising partners, for example Birchpay and Elmly.", 2),
        ("We share your data with processors, including but not limited to Birchpay®, Elmly.", 2),
        (
            "Our service providers include: Birchpay, Inc. for billing (Norway), Cedar.example, LLC"
            " for support, and Elmly.",
            3,
        ),
        ("Payments are processed by our merchant of record, Number X Birchpay.", 1),
        (
            "We share data with providers, such as Elmly for cards, Oakcash and Ashcoin bills.",
            1,
        ),
        (
            "| Purpose | Ground | Partners |\n|---|---|---|\n"
            "| Support | Consent | Birchpay & Larchwood |\n| Visits | Contract | Elmly Quill |\n",
            2,
        ),
        (
            "## Who are our partners?\n\n### Birchpay\n\nBirchpay counts visits.\n\n"
            "### Elmly Quill\n\nElmly Quill keeps our lists.\n\n### Questions\n\nAsk questions.\n",
            2,
        ),
        (
            "A cookie counts visits: [Birchpay's privacy policy](https://birchpay.example/privacy)."
            " See Elmly's [privacy notice](https://elmly.example/p).",
            2,
        ),
        (
            "This text is based on [Elmly's privacy policy](https://elmly.example/privacy).",
            0,
        ),
        ("We share your data with our providers, so that they fill it with the Glossary.", 0),
    ],
)
def test_named_recipients_are_companies_and_not_the_author(words: str, names: int) -> None:
    document = make_document(
        f"# Larchwood Privacy\n\nSee [us](https://larchwood.example/x).\n\n"
        f"Larchwood collects data. Write to post@larchwood.example.\n\n{words}\n"
    )
    facts = find_facts(document, find_disclosures(document))
    assert len(facts.named_recipients) == names, facts.named_recipients


def test_links_below_the_last_date_do_not_hide_it() -> None:
    links = "".join(f"- [Page {n}](https://larch.example/{n})\n" for n in range(6))
    lines = "\n\n".join("We keep it for you." for _ in range(20))
    document = make_document(f"# Privacy\n\n{lines}\n\n- Mise à jour : 20/08/2026\n\n{links}")
    assert effective_date(document) == "2026-08-20"


def test_how_often_something_is_changed_is_no_time_that_data_is_kept() -> None:
    document = make_document(
        "# Privacy\n\n## Retention\n\nWe keep your address, with a salt that changes every three"
        " months, for 2 years.\n"
    )
    facts = find_facts(document, find_disclosures(document))
    assert facts.retention_periods == ("2 years",)


def targets_of(markdown: str) -> dict[str, str | None]:
    document = make_document(markdown)
    return {a.kind: a.target for a in find_actions(document, find_disclosures(document))}


def test_a_link_that_speaks_of_something_else_is_no_address_of_the_action() -> None:
    targets = targets_of(
        "# Choices\n\n"
        "You can ask for a copy of your data, as the [county statute](https://law.example/st.pdf) "
        "says.\n\n"
        "You can ask us to delete your data.\n\n"
        "You may ask us to delete your data: [for children](https://larch.example/kids).\n\n"
        "If you have questions about privacy, write to privacy@larch.example.\n"
    )
    assert targets["access"] == "mailto:privacy@larch.example"
    assert targets["delete"] == "mailto:privacy@larch.example"
    assert targets["contact"] == "mailto:privacy@larch.example"


def test_another_companys_settings_do_not_stop_our_marketing() -> None:
    targets = targets_of(
        "# Choices\n\n"
        "You can opt out of our marketing e-mails, unlike those of [Elm Ads](https://elm.example/a)."
        "\n\n"
        "You can opt out of targeted advertising on the "
        "[industry's opt-out page](https://choices.example/optout).\n"
    )
    assert targets["opt-out"] == "https://choices.example/optout"
    assert targets["unsubscribe"] is None


def test_the_words_of_a_link_that_name_the_action_count_before_an_instruction() -> None:
    targets = targets_of(
        "# Choices\n\n"
        "You can ask us to delete your data by writing to hello@larch.example.\n\n"
        "You can delete your data with our [deletion form](https://larch.example/forms/9).\n"
    )
    assert targets["delete"] == "https://larch.example/forms/9"


def test_a_mailbox_for_privacy_counts_before_one_for_the_press() -> None:
    targets = targets_of(
        "# Contact\n\nReporters write to press@larch.example.\n\n"
        "You can ask us to delete your data.\n\nOur office: dpo@larch.example.\n"
    )
    assert targets["delete"] == "mailto:dpo@larch.example"


def test_a_request_goes_to_a_mailbox_that_is_spelled_against_robots() -> None:
    targets = targets_of(
        "# Your rights\n\nYou can ask us to delete your data.\n\n"
        "If you have questions about privacy, write to dpo [at] larch.example.\n"
    )
    assert targets["delete"] == "mailto:dpo@larch.example"
    assert targets["contact"] == "mailto:dpo@larch.example"


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("https://larch.example/requests/4", "https://larch.example/requests/4"),
        ("https://larch.example/privacy-policy/rights", "mailto:post@larch.example"),
        ("https://larch.example/partners", "mailto:post@larch.example"),
        ("https://elm.example/requests/4", "mailto:post@larch.example"),
    ],
)
def test_a_request_goes_to_the_page_on_which_all_rights_are_exercised(
    page: str, target: str
) -> None:
    targets = targets_of(
        "# Your rights\n\nYou can ask us to delete your data. You can see your data.\n\n"
        f"Click [here]({page}) to exercise your rights.\n\n"
        "If you have questions about privacy, write to post@larch.example.\n"
    )
    assert targets["delete"] == targets["access"] == target
    assert targets["contact"] == "mailto:post@larch.example"


def test_a_slip_in_a_mail_link_is_mended() -> None:
    document = make_document(
        "Write to [us](mailto:%20post@larch.example) or [me](mailto://me@larch.example)."
    )
    assert contact_emails(document) == ("post@larch.example", "me@larch.example")


def test_a_contact_is_no_kind_of_data() -> None:
    document = make_document(
        "# Privacy\n\nEmail us at post@larch.example with privacy questions.\n"
    )
    found = {d.key: d for d in find_disclosures(document)}
    assert found["contact.privacy:said"].details.data == ()
