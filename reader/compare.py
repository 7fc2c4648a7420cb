"""Two policies -> what changed between them: first in what they disclose, then in their words.

They may be two versions of one policy or two services. What is said in other words is no change,
nor is another wrapping, numbering or file format; what is said by words that both texts have is
none either, though the reader of one of them may have missed it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reader.compared_findings import DisclosureChange
from reader.disclosure_changes import disclosure_changes
from reader.legal_forms import LEGAL_FORM_WORDS
from reader.model import PolicyReport, Verdict
from reader.section_changes import NO_CHANGES, Alignment, SectionChange, section_changes
from reader.statements_compared import PolicyWords, gather_policy_words, gather_words
from reader.titles import ORDINALS, names_of_two, text_of
from reader.wholeness import is_whole

_FAR_SHORTER = 0.25
_RELATED = 0.15  # of the shorter text's runs of words, for two texts to be of one service
_CHIEF_NAMES = 5

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w&]{2,}")
_SMALL = re.compile(r"(?<![@./\w-])[a-z]{3,}(?![@/\w-]|\.\w)")
_RARELY_SMALL = 5
_PLACES_AND_LAWS = frozenset(
    """
    act american area article california californian canada ccpa commission company council cpra
    data economic eea eu europe european federal framework frameworks gdpr general information
    ireland kingdom personal policy privacy products protection regulation service services
    shield site state statement states switzerland swiss terms union united usa virginia website
    """.split()
)
_NOT_NAMES = _PLACES_AND_LAWS | LEGAL_FORM_WORDS


@dataclass(frozen=True, slots=True)
class TopicPair:
    """The verdicts of two policies on one topic; ``differs`` where the tile is another."""

    id: str
    label: str
    old_verdict: Verdict
    old_headline: str
    new_verdict: Verdict
    new_headline: str

    @property
    def differs(self) -> bool:
        """Return whether the two verdicts are not the same."""
        return self.old_verdict is not self.new_verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from one report to another, what matters most first.

    ``alignment`` tells which sections are one, and which words only one text has. ``topics`` has
    those that differ first. ``two_services`` is true where the texts share little
    and go by other names, so that "new" only means that the other policy does not say it.
    ``cautions`` are sentences to be read before the rest.
    """

    old: PolicyReport
    new: PolicyReport
    disclosures: tuple[DisclosureChange, ...]
    sections: tuple[SectionChange, ...]
    alignment: Alignment
    topics: tuple[TopicPair, ...]
    two_services: bool
    cautions: tuple[str, ...]


def compare(old: PolicyReport, new: PolicyReport) -> Comparison:
    """Return what changed from ``old`` to ``new``."""
    result = None
    for result in comparing(old, new):  # noqa: B007 - the last is the result
        pass
    if result is None:
        raise AssertionError("a comparison has an end")
    return result


def comparing(old: PolicyReport, new: PolicyReport) -> Iterator[Comparison | None]:
    """Yield None every few milliseconds of the work, and the comparison in the end."""
    old_words = yield from gather_words(old.document)
    new_words = yield from gather_words(new.document)
    disclosures: tuple[DisclosureChange, ...] = ()
    alignment = NO_CHANGES
    other_names = two_services = False
    if old_words == new_words:
        alignment = replace(alignment, pairs=_one_to_one(old, new))
    else:
        before = yield from gather_policy_words(old.document, old_words)
        after = yield from gather_policy_words(new.document, new_words)
        same_runs = _share_of_runs(before, after)
        other_names = not _have_one_author(old, new)
        two_services = other_names and same_runs < _RELATED
        yield None
        for some in disclosure_changes(old, new, before, after, two_services=two_services):
            disclosures = some or disclosures
            yield None
        for step in section_changes(old, new):
            alignment = step or alignment
            yield None
    yield Comparison(
        old,
        new,
        disclosures,
        alignment.changes,
        alignment,
        _topics(old, new),
        two_services,
        tuple(_cautions(old, new, two_services=two_services, other_names=other_names)),
    )


def _one_to_one(old: PolicyReport, new: PolicyReport) -> tuple[tuple[int, int], ...]:
    shared = min(len(old.document.sections), len(new.document.sections))
    return tuple((index, index) for index in range(shared))


# What the two are to each other


def _share_of_runs(before: PolicyWords, after: PolicyWords) -> float:
    """Return the share of the shorter text's runs of words that the other has, in [0, 1]."""
    fewest = min(len(before.runs), len(after.runs))
    return len(before.runs & after.runs) / fewest if fewest else 1.0


def _have_one_author(old: PolicyReport, new: PolicyReport) -> bool:
    """Return whether the name that one policy uses most is among those that the other uses."""
    names, others = _chief_names(old), _chief_names(new)
    return (bool(names) and names[0] in others) or (bool(others) and others[0] in names)


def _chief_names(report: PolicyReport) -> list[str]:
    """Return the names that a policy uses most; its author's is among them.

    A word is a name where it is hardly ever written small, and is no place and no law.
    """
    text = report.document.text
    small = Counter(_SMALL.findall(text))
    names = Counter(name.casefold() for name in _NAME.findall(text))
    ranked = (
        name
        for name, count in names.most_common()
        if count > small[name] * _RARELY_SMALL and name not in _NOT_NAMES
    )
    return list(islice(ranked, _CHIEF_NAMES))


def _cautions(
    old: PolicyReport, new: PolicyReport, *, two_services: bool, other_names: bool
) -> Iterator[str]:
    if two_services:
        yield (
            "These seem to be policies of two services. If one of them does not say "
            "something, that is not a change: we just did not find it there."
        )
    elif other_names:
        yield (
            "The texts share wording but not names. If they belong to two services, read "
            "“no longer” as “not in the second”."
        )
    before, after = old.document.words, new.document.words
    names = names_of_two(old.document, new.document) if two_services else ORDINALS
    first, second = (text_of(name) for name in names)
    if after < _FAR_SHORTER * before:
        yield (
            f"{_begun(second)} is far shorter: {after:,} words, against {before:,} in {names[0]}. "
            "What is not found in it may be in another document."
        )
    elif before < _FAR_SHORTER * after:
        yield (
            f"{_begun(first)} is far shorter: {before:,} words, against {after:,} in {names[1]}. "
            "What looks new may have been in another document."
        )
    for text, report, untold in ((first, old, "new"), (second, new, "no longer found")):
        if not is_whole(report.notices):
            yield (
                f"Parts of {text} may be missing, so this comparison lists nothing as "
                f"{untold}. The notices for that text say which parts, and what to do."
            )
        if all(topic.verdict is Verdict.WITHHELD for topic in report.topics):
            yield f"{_begun(text)} was not judged, so little can be said about what changed."


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _topics(old: PolicyReport, new: PolicyReport) -> tuple[TopicPair, ...]:
    known = {topic.id: topic for topic in old.topics}
    pairs = [
        TopicPair(
            topic.id,
            topic.label,
            known[topic.id].verdict,
            known[topic.id].headline,
            topic.verdict,
            topic.headline,
        )
        for topic in new.topics
        if topic.id in known
    ]
    return tuple(sorted(pairs, key=lambda pair: not pair.differs))
