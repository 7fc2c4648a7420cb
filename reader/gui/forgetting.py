"""Asks before all is forgotten that the program remembers, and says what that is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from reader.gui.dialog_buttons import without_pictures
from reader.library import Holdings, Keeping


class ForgetQuestion(QMessageBox):
    """Asks once, for it cannot be undone; Cancel and Escape leave everything as it is.

    Signals:
        agreed: the reader wants it forgotten.
    """

    agreed = Signal()

    def __init__(
        self, holdings: Holdings, keeping: Keeping, parent: QWidget, *, files: int = 0
    ) -> None:
        """Ask about ``holdings`` and so many ``files`` that are kept as they were."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(self.tr("Forget everything"))
        self.setText(self.tr("Forget everything about what was read?"))
        goes = [
            self.tr("• the list of recent files, and how far you read each: {count} policies"),
            self.tr("• the findings that you dismissed: {count}"),
            self.tr("• your notes and highlights: {count}"),
            self.tr("• the sizes of the window and its panes"),
        ]
        counts = (holdings.policies, holdings.dismissed, holdings.annotations, 0)
        told = [line.format(count=count) for line, count in zip(goes, counts, strict=True)]
        if files:
            told.append(self.tr("• the files that were kept: {count}").format(count=files))
        if keeping is Keeping.OFF:
            told.append(self.tr("• everything that was kept before history was switched off"))
        elif keeping is Keeping.UNOPENED:
            told.append(self.tr("• everything that was kept in earlier sessions"))
        stays = self.tr("Your files and your preferences stay. This cannot be undone.")
        self.setInformativeText("\n".join([self.tr("This will be deleted:"), *told, "", stays]))
        self._forget = self.addButton(self.tr("Forget"), QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Cancel))
        without_pictures(self)
        self.buttonClicked.connect(self._on_button)

    def _on_button(self, button: QAbstractButton) -> None:
        if button is self._forget:
            self.agreed.emit()
