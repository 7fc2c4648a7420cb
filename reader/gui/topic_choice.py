"""Which topics matter to the reader: pinned ones come first on the card, hidden ones are folded.

Free of widgets. Only the window's card follows; the verdict and whatever is printed or exported
speak of every topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.settings import Settings
from reader.summary import Tile


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """Ids of topics; none is both ``pinned``, the first pinned first, and ``hidden``."""

    pinned: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def with_pin(self, topic: str, *, on: bool) -> TopicChoice:
        """Return the choice with ``topic`` pinned behind the others, or not pinned any more."""
        pinned = tuple(each for each in self.pinned if each != topic)
        if not on:
            return replace(self, pinned=pinned)
        hidden = tuple(each for each in self.hidden if each != topic)
        return TopicChoice((*pinned, topic), hidden)

    def with_hidden(self, topic: str, *, on: bool) -> TopicChoice:
        """Return the choice with ``topic`` hidden, or not hidden any more."""
        hidden = tuple(each for each in self.hidden if each != topic)
        if not on:
            return replace(self, hidden=hidden)
        pinned = tuple(each for each in self.pinned if each != topic)
        return TopicChoice(pinned, (*hidden, topic))


def arranged(tiles: Sequence[Tile], choice: TopicChoice) -> tuple[list[Tile], list[Tile]]:
    """Return the tiles that are shown, pinned ones first, and those that are hidden."""
    rank = {topic: place for place, topic in enumerate(choice.pinned)}
    shown = [tile for tile in tiles if tile.topic not in choice.hidden]
    shown.sort(key=lambda tile: rank.get(tile.topic, len(rank)))
    return shown, [tile for tile in tiles if tile.topic in choice.hidden]


def choice_of(settings: Settings) -> TopicChoice:
    """Return the topics as the reader chose them; a topic in both lists of the file is hidden."""
    hidden = tuple(dict.fromkeys(settings.hidden_topics))
    pinned = tuple(each for each in dict.fromkeys(settings.pinned_topics) if each not in hidden)
    return TopicChoice(pinned, hidden)


def with_choice(settings: Settings, choice: TopicChoice) -> Settings:
    """Return ``settings`` with this choice of topics."""
    return replace(settings, pinned_topics=choice.pinned, hidden_topics=choice.hidden)
