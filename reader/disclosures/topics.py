"""From findings to the tiles of the summary card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reader.disclosures.catalogue import Catalogue, load_catalogue
from reader.judging import judge_topic
from reader.model import Disclosure, TopicVerdict, Verdict


def judge_topics(
    disclosures: Sequence[Disclosure],
    *,
    withheld: bool,
    whole: bool = True,
    silence_rates: Mapping[str, float] = MappingProxyType({}),
    statement_rates: Mapping[str, float] = MappingProxyType({}),
    catalogue: Catalogue | None = None,
) -> tuple[TopicVerdict, ...]:
    """Return a verdict for every topic, in the order of the card.

    ``judge_topic`` says how. ``withheld`` replaces every verdict, and silence tells nothing where
    the text is not ``whole``. ``silence_rates`` are the shares of other policies, 0 to 1, that are
    silent about a type too, ``statement_rates`` those that make a statement.
    """
    catalogue = catalogue or load_catalogue()
    return tuple(
        judge_topic(
            TopicVerdict(topic.id, topic.label, topic.question, Verdict.SILENT, "", (), ()),
            disclosures,
            catalogue.of_topic(topic.id),
            withheld=withheld,
            whole=whole,
            silence_rates=silence_rates,
            statement_rates=statement_rates,
        )
        for topic in catalogue.topics
    )
