"""The card for the clipboard: as text, as HTML and as a picture at once, for whoever pastes it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QImage, QPainter

from reader.export.card_html import card_html
from reader.gui.summary_page import paint_summary
from reader.model import PolicyReport
from reader.summary import card_text, summary_card

_WIDE, _HIGH = 210.0, 297.0  # millimetres
_DOTS = 150 / 25.4  # to the millimetre: sharp in a letter, and some 200 KB


def summary_for_clipboard(report: PolicyReport) -> QMimeData:
    """Return the card in all forms; each program takes the best that it knows."""
    card = summary_card(report)
    data = QMimeData()
    data.setText(card_text(card))
    data.setHtml(card_html(card))
    data.setImageData(summary_picture(report))
    return data


def summary_picture(report: PolicyReport) -> QImage:
    """Return the summary page as a picture."""
    image = QImage(round(_WIDE * _DOTS), round(_HIGH * _DOTS), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.scale(_DOTS, _DOTS)
    paint_summary(painter, QRectF(0, 0, _WIDE, _HIGH), report)
    painter.end()
    return image
