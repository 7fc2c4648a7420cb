"""What goes into the report of a wrong finding, shown before it is saved.

Nothing is sent: the reader gets a file and decides what becomes of it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.export.finding_report import finding_report
from reader.gui.dialog_buttons import without_pictures
from reader.model import Disclosure, PolicyReport


class FindingDialog(QDialog):
    """Shows the report as it would be saved, without the policy's words unless they are wanted.

    Signals:
        save_wanted: the reader wants the file; carries its text.
    """

    save_wanted = Signal(str)

    def __init__(self, report: PolicyReport, disclosure: Disclosure, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report, self._disclosure = report, disclosure
        self.setWindowTitle(self.tr("Report a wrong finding"))
        intro = QLabel(
            self.tr(
                "This is what the file will contain. Nothing is sent: save it, and pass it to "
                "whoever maintains the rules."
            ),
            self,
        )
        intro.setTextFormat(Qt.TextFormat.PlainText)
        intro.setWordWrap(True)
        self.words = QCheckBox(self.tr("&Add the words of the policy and their section"), self)
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setAcceptDrops(False)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("What the file will contain"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = buttons.addButton(self.tr("&Save …"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        without_pictures(buttons)
        column = QVBoxLayout(self)
        for widget in (intro, self.words, self.preview, buttons):
            column.addWidget(widget)
        self.resize(520, 420)
        self._show()
        self.words.toggled.connect(self._show)
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)

    def _show(self) -> None:
        self.preview.setPlainText(
            finding_report(self._report, self._disclosure, with_words=self.words.isChecked())
        )

    def _on_save(self) -> None:
        self.save_wanted.emit(self.preview.toPlainText())
        self.accept()
