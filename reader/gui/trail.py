"""Where the reader of a policy is and was: what back and forward lead to."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from reader.gui.find_bar import Search
from reader.gui.layers import Layers
from reader.gui.passages import Passage
from reader.model import PolicyReport
from reader.summary import CardFlag, summary_card

_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the text: one of these, or with none of them the card.

    A topic, a finding of it (a disclosure's key), a flag, how hard a section reads (its index, or
    ``WHOLE_POLICY``), the switches of the marks, the reader's notes, or the sentences to rewrite.
    """

    topic: str | None = None
    finding: str | None = None
    flag: CardFlag | None = None
    reading: int | None = None
    marks: bool = False
    notes: bool = False
    rewriting: bool = False


CARD = Beside()
"""The summary card."""


def kept_beside(beside: Beside, before: PolicyReport, after: PolicyReport) -> Beside:
    """Return what stands beside the text when a file is read again, the same wherever it still can.

    A finding that is gone leaves its topic, a flag or a section that is gone the card.
    """
    if beside.finding is not None and all(d.key != beside.finding for d in after.disclosures):
        topics = [d.topic for d in before.disclosures if d.key == beside.finding]
        return Beside(topic=topics[0]) if topics else CARD
    if beside.flag is not None:
        flags = summary_card(after, most_flags=sys.maxsize).flags
        same = (flag for flag in flags if flag.text == beside.flag.text)
        return next((Beside(flag=flag) for flag in same), CARD)
    if beside.reading is not None and beside.reading >= 0:
        heading = before.document.sections[beside.reading].heading
        headings = [section.heading for section in after.document.sections]
        return Beside(reading=headings.index(heading)) if heading in headings else CARD
    return beside


def shown_beside(beside: Beside, report: PolicyReport) -> Beside:
    """Return what can stand beside the text of ``report``: ``beside``, or for a lost flag the card.

    A flag is lost where a finding that it rests on has been dismissed since.
    """
    if beside.flag is None:
        return beside
    found = {each.key for each in report.disclosures}
    return beside if found.issuperset(beside.flag.disclosures) else CARD


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was: the first line in view, and what stood beside the text."""

    scrolled: int
    beside: Beside
    passage: Passage | None


@dataclass(slots=True)
class Places:
    """The places that lead back and forward from where the reader is, the nearest last."""

    behind: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def leave(self, here: Place) -> None:
        """Remember ``here`` before a jump, once; what was ahead leads nowhere any more."""
        if not self.behind or self.behind[-1] != here:
            self.behind.append(here)
            del self.behind[:-_MOST_PLACES]
        self.ahead.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place before the last jump, so that ``forward`` leads ``here`` again."""
        return _step(here, self.behind, self.ahead)

    def forward(self, here: Place) -> Place | None:
        """Return the place that ``back`` left; None where there is none."""
        return _step(here, self.ahead, self.behind)


def _step(here: Place, places: list[Place], others: list[Place]) -> Place | None:
    if not places:
        return None
    others.append(here)
    return places.pop()


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the reader is, and the places that lead back and forward from there.

    With it come what is searched, and what the filter of ``layers`` holds back.
    """

    here: Place
    behind: tuple[Place, ...] = ()
    ahead: tuple[Place, ...] = ()
    search: Search = field(default_factory=Search)
    layers: Layers = field(default_factory=Layers)

    @classmethod
    def at(cls, place: int) -> Trail:
        """Return that a code point of the text is at the top, the card beside it."""
        return cls(Place(place, CARD, None))
