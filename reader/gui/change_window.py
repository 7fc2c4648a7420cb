"""What changed in a policy since it was read last, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from reader.compare import compare
from reader.export.comparison_text import comparison_card
from reader.model import PolicyReport

_SIZE = (680, 520)


class ChangeWindow(QDialog):
    """Shows the comparison of an earlier reading with the one that is open."""

    def __init__(
        self, before: PolicyReport, after: PolicyReport, name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What changed in {name}").format(name=name))
        self.resize(*_SIZE)
        self.words = QPlainTextEdit(self)
        self.words.setReadOnly(True)
        self.words.setAccessibleName(self.tr("What changed since it was read last"))
        self.words.setPlainText(comparison_card(compare(before, after)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(buttons)
