"""A report without the findings that its reader holds to be wrong.

What rests on them follows at once: the tiles, the flags and the card's sentence. How many were
dismissed is a notice of the report, so that whatever is printed or exported says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reader.judging import judge_topic, topics_resting_on
from reader.model import (
    Disclosure,
    Notice,
    NoticeKind,
    PolicyReport,
    TopicVerdict,
    Valence,
    Verdict,
)
from reader.paths import resource
from reader.reference import silence_rates, statement_rates
from reader.verdict import verdict_sentence
from reader.wholeness import is_whole


@dataclass(frozen=True, slots=True)
class _Silence:
    valence: Valence
    headline: str


@dataclass(frozen=True, slots=True)
class _Type:
    id: str
    label: str
    key: bool
    silent: _Silence | None


def without(report: PolicyReport, dismissed: Collection[str]) -> PolicyReport:
    """Return ``report`` without the disclosures whose keys are ``dismissed``.

    Keys that the report does not have count for nothing; without any of its own it is returned as
    it is. Facts and things to do stay: they are read off the text, not off a judgement.
    """
    gone = [each for each in report.disclosures if each.key in dismissed]
    if not gone:
        return report
    kept = tuple(each for each in report.disclosures if each.key not in dismissed)
    changed = topics_resting_on(gone)
    whole = is_whole(report.notices)
    topics = tuple(
        _judged_anew(topic, kept, whole) if topic.id in changed else topic
        for topic in report.topics
    )
    named: list[set[str]] = [set() for _ in report.document.sections]
    for disclosure in kept:
        for evidence in disclosure.evidence:
            named[evidence.section].add(disclosure.topic)
    count = len(gone)
    counted = f"{count} finding{'' if count == 1 else 's'} dismissed by the reader."
    return replace(
        report,
        verdict=report.verdict
        and verdict_sentence(
            report.scores, topics, kept, whole=whole, statement_rates=statement_rates()
        ),
        section_topics=tuple(
            tuple(topic for topic in topics_here if topic in left)
            for topics_here, left in zip(report.section_topics, named, strict=True)
        ),
        disclosures=kept,
        topics=topics,
        flags=tuple(f for f in report.flags if not set(f.disclosures) & set(dismissed)),
        notices=(*report.notices, Notice(NoticeKind.DISMISSED, counted)),
    )


def _judged_anew(topic: TopicVerdict, kept: Sequence[Disclosure], whole: bool) -> TopicVerdict:
    return judge_topic(
        topic,
        kept,
        _types_of(topic.id),
        withheld=topic.verdict is Verdict.WITHHELD,
        whole=whole,
        silence_rates=silence_rates(),
        statement_rates=statement_rates(),
    )


@cache
def _types_of(topic: str) -> tuple[_Type, ...]:
    """Return the types of a topic: one small file, where the whole catalogue takes 0.1 s."""
    try:
        table = tomllib.loads(resource(f"disclosures/{topic}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(
        _Type(
            id=entry["id"],
            label=entry["label"],
            key=entry.get("key", False),
            silent=_Silence(Valence(entry["silent"]["valence"]), entry["silent"]["headline"])
            if "silent" in entry
            else None,
        )
        for entry in table.get("type", [])
    )
