"""How findings become tiles."""

from __future__ import annotations

import pytest

from reader.disclosures.catalogue import load_catalogue
from reader.disclosures.topics import judge_topics
from reader.model import Disclosure, Stance, TopicVerdict, Verdict
from reader.reference import statement_rates
from tests.make_disclosure import disclosure


def tile(topic: str, *found: Disclosure, withheld: bool = False) -> TopicVerdict:
    topics = judge_topics(found, withheld=withheld, statement_rates=statement_rates())
    (verdict,) = (t for t in topics if t.id == topic)
    return verdict


def test_all_fifteen_topics_stand_in_the_order_of_the_card() -> None:
    topics = judge_topics((), withheld=False)
    assert [t.id for t in topics] == [t.id for t in load_catalogue().topics]
    assert len(topics) == 15
    assert {t.verdict for t in topics} == {Verdict.SILENT}


def test_the_worst_key_finding_decides() -> None:
    verdict = tile("share", disclosure("share.with-consent"), disclosure("share.advertisers"))
    assert verdict.verdict is Verdict.BAD
    assert verdict.disclosures[0] == "share.advertisers:said"
    assert verdict.headline == (
        load_catalogue().types["share.advertisers"].outcomes[Stance.SAID].headline
    )


def test_types_that_are_not_key_never_make_it_worse_than_caution() -> None:
    verdict = tile("track", disclosure("track.cookies"), disclosure("track.beacons"))
    assert verdict.verdict is Verdict.CAUTION


@pytest.mark.parametrize(
    ("rarer", "usual"),
    [
        ("use.ai-training", "use.marketing"),
        ("use.targeted-ads", "use.marketing"),
        ("track.cross-site", "track.third-party"),
        ("collect.contacts", "collect.location"),
    ],
)
def test_what_fewer_policies_say_leads_among_equals(rarer: str, usual: str) -> None:
    verdict = tile(rarer.partition(".")[0], disclosure(usual), disclosure(rarer))
    assert verdict.disclosures == (f"{rarer}:said", f"{usual}:said")


def test_what_about_as_many_policies_say_keeps_its_place() -> None:
    verdict = tile("collect", disclosure("collect.location"), disclosure("collect.from-others"))
    assert verdict.disclosures[0] == "collect.location:said"


def test_what_only_a_law_makes_some_say_does_not_lead_for_being_rare() -> None:
    verdict = tile("track", disclosure("track.third-party"), disclosure("track.dnt-ignored"))
    assert verdict.disclosures[0] == "track.third-party:said"


def test_what_is_neither_good_nor_bad_does_not_lead_for_being_rare() -> None:
    usual, rare = disclosure("collect.usage"), disclosure("collect.aggregate")
    assert tile("collect", usual, rare).disclosures[0] == "collect.usage:said"


def test_a_rare_statement_never_leads_a_graver_one() -> None:
    verdict = tile("collect", disclosure("collect.contacts"), disclosure("collect.sensitive"))
    assert verdict.disclosures[0] == "collect.sensitive:said"


def test_an_unsure_finding_decides_only_where_no_sure_one_speaks() -> None:
    unsure = disclosure("share.public", confidence=0.5)
    assert tile("share", unsure).verdict is Verdict.CAUTION
    verdict = tile("share", unsure, disclosure("share.providers"))
    assert verdict.verdict is Verdict.NEUTRAL
    assert verdict.disclosures == ("share.providers:said", "share.public:said")


def test_an_unsure_warning_leaves_no_good_news() -> None:
    controls = disclosure("track.controls")
    assert tile("track", controls).verdict is Verdict.GOOD
    verdict = tile("track", controls, disclosure("track.third-party", confidence=0.5))
    assert verdict.verdict is Verdict.NEUTRAL


def test_telling_silence_counts_where_the_topic_says_something_else() -> None:
    verdict = tile("rights", disclosure("rights.correct"))
    assert verdict.verdict is Verdict.BAD  # no word on seeing or deleting
    assert "rights.access" in {silent.type for silent in verdict.silent}


@pytest.mark.parametrize(
    "passed_on", ["share.partners", "share.advertisers", "sell.sells", "track.third-party"]
)
def test_silence_on_stopping_the_sharing_counts_only_where_others_get_something(
    passed_on: str,
) -> None:
    others = (
        disclosure("choice.marketing-opt-out"),
        disclosure("share.providers"),
        disclosure("share.partners", Stance.DENIED),
        disclosure("share.partners", confidence=0.5),
    )
    verdict = tile("choice", *others)
    assert verdict.verdict is Verdict.GOOD
    assert [s.valence for s in verdict.silent if s.type == "choice.sharing-opt-out"] == [None]
    verdict = tile("choice", *others, disclosure(passed_on))
    assert verdict.verdict is Verdict.CAUTION
    assert "opting out of sharing" in verdict.headline


def test_a_topic_that_says_nothing_is_silent_however_telling() -> None:
    assert tile("rights").verdict is Verdict.SILENT


def test_both_stances_of_one_type_are_caution_at_least() -> None:
    verdict = tile("sell", disclosure("sell.sells", Stance.DENIED, "except to partners"))
    assert verdict.verdict is Verdict.NEUTRAL
    assert verdict.headline.startswith("With limits")
    verdict = tile(
        "sell",
        disclosure("sell.sells", Stance.DENIED),
        disclosure("sell.sells", Stance.SAID),
    )
    assert verdict.verdict is Verdict.BAD
    assert set(verdict.disclosures) == {"sell.sells:said", "sell.sells:denied"}
    payment = (disclosure("collect.payment"), disclosure("collect.payment", Stance.DENIED))
    verdict = tile("collect", *payment)
    assert verdict.verdict is Verdict.CAUTION
    assert verdict.headline == "Says two different things: payment details"


def test_a_withheld_verdict_still_lists_what_was_found() -> None:
    verdict = tile("sell", disclosure("sell.sells"), withheld=True)
    assert verdict.verdict is Verdict.WITHHELD
    assert verdict.disclosures == ("sell.sells:said",)
