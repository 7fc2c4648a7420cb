"""The switch for the reader's own notes in what is printed or saved."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget


class NotesSwitch(QCheckBox):
    """Off and not to be switched where there are no notes or no room for them.

    What the reader wants is kept meanwhile.
    """

    def __init__(self, count: int, parent: QWidget, *, wanted: bool) -> None:
        """Show whether notes are ``wanted``; ``count`` is the number that there are."""
        super().__init__("", parent)
        self._are_there = count > 0
        self._wanted = wanted
        if self._are_there:
            self.setText(self.tr("With your &notes ({count})").format(count=count))
        else:
            self.setText(self.tr("With your &notes (there are none)"))
        self.toggled.connect(self._on_toggled)

    @property
    def wanted(self) -> bool:
        """Whether the reader wants the notes where there is room for them."""
        return self._wanted

    def allow(self, on: bool) -> None:
        """Let notes be switched on, or not, as there is no room for them."""
        self.setEnabled(on and self._are_there)
        self.setChecked(self.isEnabled() and self._wanted)

    def _on_toggled(self, on: bool) -> None:
        if self.isEnabled():
            self._wanted = on
