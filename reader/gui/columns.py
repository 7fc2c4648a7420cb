"""Boxes side by side in columns, as many as their words leave room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget


def set_in_columns(grid: QGridLayout, boxes: Sequence[QWidget], room: float, wanted: int) -> None:
    """Set ``boxes``, read row by row, in the columns ``wanted``, or in one where they do not fit.

    ``room`` is in pixels. What counts is how wide the boxes want to be with the words and the
    letters that they have now.
    """
    widths = [0] * wanted
    for place, box in enumerate(boxes):
        widths[place % wanted] = max(widths[place % wanted], box.sizeHint().width())
    gaps = (wanted - 1) * max(grid.horizontalSpacing(), 0)
    columns = wanted if sum(widths) + gaps <= room else 1
    for place, box in enumerate(boxes):
        grid.addWidget(box, *divmod(place, columns))
    for column in range(wanted):
        grid.setColumnStretch(column, 1 if column < columns else 0)
