"""How findings become tiles."""

from __future__ import annotations

from reader.disclosures.catalogue import load_catalogue
from reader.disclosures.topics import judge_topics
from reader.model import Disclosure, Evidence, Span, Stance, TopicVerdict, Valence, Verdict


def disclosure(
    type_id: str, stance: Stance = Stance.SAID, condition: str | None = None
) -> Disclosure:
    kind = load_catalogue().types[type_id]
    valence = kind.outcomes[stance].valence
    if condition is not None and valence is Valence.GOOD:
        valence = Valence.NEUTRAL
    return Disclosure(
        type=type_id,
        topic=kind.topic,
        practice=kind.practice,
        label=kind.label,
        stance=stance,
        condition=condition,
        valence=valence,
        headline=("With limits: " if condition else "") + kind.outcomes[stance].headline,
        statement="They say so.",
        confidence=0.9,
        evidence=(Evidence(Span(0, 5), 0, "rules", None, 0.9),),
    )


def tile(topic: str, *found: Disclosure, withheld: bool = False) -> TopicVerdict:
    (verdict,) = (t for t in judge_topics(found, withheld=withheld) if t.id == topic)
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


def test_telling_silence_counts_where_the_topic_says_something_else() -> None:
    verdict = tile("rights", disclosure("rights.correct"))
    assert verdict.verdict is Verdict.BAD  # no word on seeing or deleting
    assert "rights.access" in {silent.type for silent in verdict.silent}


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


def test_a_withheld_verdict_still_lists_what_was_found() -> None:
    verdict = tile("sell", disclosure("sell.sells"), withheld=True)
    assert verdict.verdict is Verdict.WITHHELD
    assert verdict.disclosures == ("sell.sells:said",)
