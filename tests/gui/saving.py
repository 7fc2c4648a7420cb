"""Saves from the window as its reader does: by the dialog of the export, then that for files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from reader.gui.actions import Actions
from reader.gui.export_dialog import ExportDialog
from reader.gui.export_kinds import ExportKind
from reader.gui.main_window import MainWindow


def save_summary(window: MainWindow, path: Path) -> ExportDialog:
    """Save the one-page summary of what is in front as ``path``, whose folder is there.

    The dialog that comes back is closed, or says why nothing was saved.
    """
    actions = window.findChild(Actions)
    assert isinstance(actions, Actions)
    actions.export.trigger()
    (dialog,) = (each for each in window.findChildren(ExportDialog) if each.isVisible())
    dialog.kinds.choose(ExportKind.SUMMARY.value)
    dialog.save.click()
    (where,) = dialog.findChildren(QFileDialog)
    where.setDirectory(str(path.parent))
    where.selectFile(path.name)
    where.accept()
    return dialog
