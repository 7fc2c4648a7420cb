"""What the quotes of a finding name, and with which word it is told.

A company that gives data is told as giving it, one that gets it as getting it, and where neither is
sure it is not told at all: a line that is missing misleads nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from reader.model import Disclosure, Document, Evidence, Stance
from reader.titles import shown_title

_FROM_OTHERS = "collect.from-others"
# The types whose sentences tell who gets data. What data it is, not all of them tell.
_HANDED_ON = frozenset(
    "share.providers share.affiliates share.advertisers share.partners share.public "
    "share.with-consent sell.sells handover.legal handover.protect handover.business-transfer "
    "track.third-party track.session-replay".split()
)
_ABOUT_DATA = ("collect", "share", "sell")  # topics
# In such a sentence a name may be of what is spared: "but never your search queries".
_DENIES = re.compile(
    r"\b(?:no|not|never|nor|neither|none|without|except|excluding|cannot)\b|n[’']t\b"
)
# "Points of interest", "an interested party" and "third-party claims" name neither data nor anyone.
_NO_DATA = re.compile(r"(?i)interest(?:ed|s)?")
_OF_OTHERS = re.compile(r"(?i)third[- ]part(?:y|ies['’]?)")


class Named(Enum):
    """What is named."""

    DATA = "data"
    GETS_IT = "gets it"
    GIVES_IT = "gives it"
    PURPOSE = "purpose"
    PERIOD = "period"


def named_things(
    disclosure: Disclosure, quotes: Sequence[Evidence], document: Document
) -> Iterator[tuple[Named, tuple[str, ...]]]:
    """Yield what ``quotes`` of ``disclosure`` name, in the policy's words; nothing of a denial.

    Periods are told of all its quotes where keeping is the topic.
    """
    if disclosure.stance is not Stance.SAID:
        return
    details, topic = disclosure.details, disclosure.topic
    text = document.text
    quoted = [
        " ".join(span.of(text) for span in (each.context, each.span) if span) for each in quotes
    ]
    affirmed = [quote for quote in quoted if not _DENIES.search(quote)]
    if topic in _ABOUT_DATA:
        data = [name for name in details.data if not _NO_DATA.fullmatch(name)]
        yield Named.DATA, _named_in(data, affirmed)
    author = shown_title(document).casefold()
    others = [name for name in details.recipients if name.casefold() not in author]
    if disclosure.type == _FROM_OTHERS:
        yield Named.GIVES_IT, _named_in(others, affirmed)
    elif disclosure.type in _HANDED_ON:
        if topic == "handover":  # other names there are of whom it protects
            others = [name for name in others if name[:1].islower()]
        yield Named.GETS_IT, _named_in(others, affirmed)
    yield Named.PURPOSE, _named_in(details.purposes, quoted)
    yield Named.PERIOD, details.periods if topic == "keep" else _named_in(details.periods, quoted)


def _named_in(names: Iterable[str], quotes: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if any(_holds(quote, name) for quote in quotes))


def _holds(quote: str, name: str) -> bool:
    """Return whether a quote has a name as whole words that no noun behind it makes another's."""
    behind = r"(?! \w)" if _OF_OTHERS.fullmatch(name) else r""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w){behind}", quote) is not None
