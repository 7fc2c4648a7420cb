"""The list items that are open while a page is walked, each with its depth and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.loading.drafts import Run


@dataclass(slots=True)
class _Item:
    """An open list item: its depth, the number that waits for its first words, had it any yet."""

    depth: int
    label: str
    begun: bool = False


class OpenItems:
    """The open list items, the innermost last."""

    def __init__(self) -> None:
        self._items: list[_Item] = []

    def open(self, depth: int, label: str) -> None:
        """Open an item of a list at ``depth``, counted from 1, with its number or ''."""
        self._items.append(_Item(depth, label))

    def close(self) -> None:
        """Close the innermost item."""
        self._items.pop()

    def start(self) -> int:
        """Return the depth of the list item that begins with the next block, 0 if none does.

        Only an item's first words are the item; what follows in it are paragraphs.
        """
        if not self._items or self._items[-1].begun:
            return 0
        self._items[-1].begun = True
        return self._items[-1].depth

    def labelled(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Return ``runs`` behind the number of the item that they begin."""
        if not self._items or not any(run.text.strip() for run in runs):
            return tuple(runs)
        label, self._items[-1].label = self._items[-1].label, ""
        return tuple(labelled(label, runs))


def labelled(label: str, runs: Sequence[Run]) -> list[Run]:
    """Return ``runs`` behind the number that they begin with ('' for none), in their own look."""
    first = next((run for run in runs if run.text.strip()), None)
    if not label or first is None:
        return list(runs)
    return [Run(label, bold=first.bold, italic=first.italic), *runs]
