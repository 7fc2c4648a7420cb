"""About the program: its version, what protects the reader here, and whose work it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, qVersion
from PySide6.QtGui import QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import shape_pixmap
from reader.gui.components import components
from reader.gui.dialog_buttons import without_pictures
from reader.gui.icons import app_icon
from reader.gui.theme import Theme
from reader.gui.typography import scaled_font
from reader.model import Verdict
from reader.sandbox import PROMISES, Protections
from reader.version import __version__

_ICON, _SHAPE = 56, 16
_MARGIN = 14


class AboutWindow(QDialog):
    """Tells about the program; all of it can be copied, for a report."""

    def __init__(self, protections: Protections | None, theme: Theme, parent: QWidget) -> None:
        """``protections`` are those of the process that reads files; None: it has not said yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Policy Reader"))
        self._theme = theme
        self._walls = self._walls_of(protections)
        self._components = [(c.name, c.version, c.licence) for c in components()]
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self._make_protection(), self.tr("&Protection"))
        self.tabs.addTab(self._make_licences(), self.tr("&Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(self.tr("C&opy all"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        without_pictures(buttons)
        column = QVBoxLayout(self)
        column.addLayout(self._make_head())
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        self.resize(620, 560)
        buttons.rejected.connect(self.reject)
        copy.clicked.connect(self._on_copy)
        self.tabs.setFocus()

    @property
    def words(self) -> str:
        """All that is told here, as plain text."""
        parts = [f"{name} {version}: {licence}" for name, version, licence in self._components]
        walls = [f"{promise}: {state}" for promise, state, _ in self._walls]
        return "\n".join([self._title(), self._versions(), "", *walls, "", *parts]) + "\n"

    def _title(self) -> str:
        return self.tr("Policy Reader {version}").format(version=__version__)

    def _versions(self) -> str:
        return self.tr("With Qt {qt}, on {platform}").format(
            qt=qVersion(), platform=QGuiApplication.platformName()
        )

    def _make_head(self) -> QHBoxLayout:
        icon = QLabel(self)
        icon.setPixmap(app_icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        icon.setAccessibleName(self.tr("Policy Reader"))
        title = self._label(self._title())
        title.setFont(scaled_font(self.font(), 1.5, QFont.Weight.DemiBold))
        purpose = self._label(
            self.tr(
                "Reads privacy policies on this computer and says in plain words what they say. "
                "This is not legal advice, and what it did not find may still be there."
            )
        )
        words = QVBoxLayout()
        for label in (title, purpose, self._label(self._versions())):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    # Protection

    def _make_protection(self) -> QWidget:
        page = QWidget(self)
        self.walls = _table(
            page, [self.tr("The process that reads files"), self.tr("Here")], widest=0
        )
        self.walls.setAccessibleName(self.tr("What protects you on this computer"))
        for promise, state, verdict in self._walls:
            picture = shape_pixmap(verdict, _SHAPE, self._theme, self.devicePixelRatioF())
            _add_row(self.walls, (promise, state)).setIcon(1, QIcon(picture))
        column = QVBoxLayout(page)
        column.addWidget(
            self._label(
                self.tr(
                    "A policy is a file from a stranger. A separate process reads it: it locks "
                    "itself in before it sees the first byte, and is ended afterwards. The window "
                    "itself never opens the file's contents."
                )
            )
        )
        column.addWidget(self.walls, 1)
        column.addWidget(
            self._label(
                self.tr(
                    "This is what that process reported when it started. To try each of these, run "
                    "“policy-reader self-test” in a terminal."
                )
            )
        )
        return page

    def _walls_of(self, protections: Protections | None) -> list[tuple[str, str, Verdict]]:
        """Return each promise, whether it holds in words, and the shape that says the same."""
        told = []
        for field in fields(Protections):
            if protections is None:
                state, verdict = self.tr("not known yet"), Verdict.SILENT
            elif getattr(protections, field.name):
                state, verdict = self.tr("holds"), Verdict.GOOD
            else:
                state, verdict = self.tr("not on this system"), Verdict.CAUTION
            told.append((PROMISES[field.name], state, verdict))
        return told

    # Licences

    def _make_licences(self) -> QWidget:
        page = QWidget(self)
        headings = [self.tr("Part"), self.tr("Version"), self.tr("Licence")]
        self.licences = _table(page, headings, widest=2)
        self.licences.setAccessibleName(self.tr("Parts of the program and their licences"))
        for component in self._components:
            _add_row(self.licences, component)
        column = QVBoxLayout(page)
        column.addWidget(
            self._label(
                self.tr(
                    "Policy Reader is licensed under the Apache License 2.0 and builds on the work "
                    "of others. Qt and PySide6 are used under the LGPL 3: their libraries are "
                    "separate files, which you may replace with others."
                )
            )
        )
        column.addWidget(self.licences, 1)
        return page

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)


def _table(parent: QWidget, headings: Sequence[str], *, widest: int) -> QTreeWidget:
    table = QTreeWidget(parent)
    table.setHeaderLabels(list(headings))
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table


def _add_row(table: QTreeWidget, columns: Sequence[str]) -> QTreeWidgetItem:
    row = QTreeWidgetItem(list(columns))
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, columns)))
    for number, words in enumerate(columns):
        row.setToolTip(number, words)
    table.addTopLevelItem(row)
    if table.currentItem() is None:
        # Where the arrows start; nothing is chosen here, so no row looks as if it were.
        table.setCurrentItem(row, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
    return row
