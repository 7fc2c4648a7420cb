"""The window of a comparison: what changed at the side, both texts beside each other.

The two texts scroll together by the sections that both have. A row of the list leads to its words
in both. The comparison itself is made in slices, while the window already shows the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from reader.compare import Comparison, comparing
from reader.errors import ReaderError
from reader.export.comparison_html import comparison_html
from reader.export.comparison_json import comparison_json
from reader.export.comparison_text import comparison_markdown
from reader.export.comparison_words import ComparisonWords, comparison_words
from reader.export.naming import proposed_name
from reader.export.report_json import encode
from reader.export.saving import save
from reader.gui.comparison_list import ChangeRow, ComparisonList
from reader.gui.comparison_printing import comparison_pdf, preview_comparison, print_comparison
from reader.gui.comparison_text import ComparisonText, heading_font
from reader.gui.message_bar import Message, MessageBar
from reader.gui.opening_size import set_opening_size
from reader.gui.slices import Slices
from reader.gui.theme import Theme
from reader.gui.typesetting import look_of
from reader.gui.typography import beginning
from reader.linked_places import LinkedPlaces
from reader.model import PolicyReport
from reader.settings import Settings
from reader.summary import clean_line

_OPENING_SIZE = (1240, 800)
_SMALLEST_SIZE = (640, 420)
_MARGIN = 12


class ComparisonWindow(QMainWindow):
    """Compares two reports and shows what changed."""

    def __init__(
        self,
        old: PolicyReport,
        new: PolicyReport,
        theme: Theme,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Comparing …"))
        self.setMinimumSize(*_SMALLEST_SIZE)
        set_opening_size(self, *_OPENING_SIZE)
        self._theme = theme
        self._settings = settings
        self._old, self._new = old, new
        self._places: LinkedPlaces | None = None
        self.comparison: Comparison | None = None
        """What changed, None while it is being found."""

        self.list = ComparisonList(theme, self)
        self.old_text = ComparisonText(theme, is_new=False, parent=self)
        self.new_text = ComparisonText(theme, is_new=True, parent=self)
        self._outcome = QLabel(self.tr("Comparing …"))
        self._details = QLabel()
        self._names = {self.old_text: QLabel(), self.new_text: QLabel()}
        self._message_bar = MessageBar(theme, self)
        self._count = QLabel()
        self.together = QCheckBox(self)
        self._slices = Slices(self)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._slices.start(self._compare())

    def _make_actions(self) -> None:
        keys = QKeySequence.StandardKey
        self.previous = self._action(self.tr("&Previous change"), "Shift+F8")
        self.next = self._action(self.tr("&Next change"), "F8")
        self.export = self._action(self.tr("&Export …"), "Ctrl+E")
        self.preview = self._action(self.tr("Pre&view …"))
        self.print = self._action(self.tr("P&rint …"), keys.Print)
        self.next_pane = self._action(self.tr("Next p&ane"), "F6")
        self.close_window = self._action(self.tr("&Close"), "Ctrl+W")
        self.close_window.setShortcuts([QKeySequence("Ctrl+W"), QKeySequence("Esc")])
        bar = QToolBar(self.tr("Tools"), self)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addActions([self.previous, self.next])
        self._count.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(self._count)
        gap = QWidget(bar)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        self.together.setText(self.tr("&Scroll together"))
        self.together.setChecked(True)
        bar.addWidget(self.together)
        bar.addSeparator()
        bar.addActions([self.preview, self.print, self.export])
        self.addToolBar(bar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._enable()

    def _action(self, words: str, keys: QKeySequence.StandardKey | str | None = None) -> QAction:
        action = QAction(words, self)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(keys)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._outcome.setFont(heading_font(self.font()))
        for label in (self._outcome, self._details, *self._names.values()):
            label.setAlignment(beginning(self))  # left to itself, Qt aligns by the words
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.hide()
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._outcome)
        column.addWidget(self._details)
        column.addWidget(self.list, 1)
        self._splitter = QSplitter(self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(side)
        for text, name in self._names.items():
            frame = QFrame(self)
            column = QVBoxLayout(frame)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(name)
            column.addWidget(text, 1)
            self._splitter.addWidget(frame)
        side.setMinimumWidth(200)
        self._splitter.setSizes([330, 455, 455])
        for place, share in enumerate((0, 1, 1)):
            self._splitter.setStretchFactor(place, share)
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._message_bar)
        rows.addWidget(self._splitter, 1)
        self.setCentralWidget(whole)
        self.list.setFocus()

    def _connect(self) -> None:
        self._slices.finished.connect(self._on_compared)
        self.list.row_chosen.connect(self._on_row)
        self._message_bar.keyboard_left.connect(self.list.setFocus)
        self.old_text.scrolled_to.connect(self._on_old_scrolled)
        self.new_text.scrolled_to.connect(self._on_new_scrolled)
        self.previous.triggered.connect(self._on_previous)
        self.next.triggered.connect(self._on_next)
        self.export.triggered.connect(self._on_export)
        self.preview.triggered.connect(self._on_preview)
        self.print.triggered.connect(self._on_print)
        self.next_pane.triggered.connect(self._on_next_pane)
        self.close_window.triggered.connect(self.close)

    # Comparing

    def _compare(self) -> Iterator[None]:
        for step in comparing(self._old, self._new):
            self.comparison = step
            yield

    def _on_compared(self) -> None:
        if self.comparison is None:
            return
        words = comparison_words(self.comparison)
        self._places = LinkedPlaces(self.comparison)
        look = look_of(self._settings)
        alignment = self.comparison.alignment
        # Of two services nearly every word is another: marked, they would hide what matters.
        removed, added = ((), ()) if self._is_two else (alignment.removed, alignment.added)
        self.old_text.show_report(self._old, removed, look)
        self.new_text.show_report(self._new, added, look)
        self.list.show_comparison(self.comparison, words)
        self._show_words(words)
        self._enable()
        self.list.begin()

    def _show_words(self, words: ComparisonWords) -> None:
        title = (
            self.tr("What differs: {title}") if self._is_two else self.tr("What changed: {title}")
        )
        self.setWindowTitle(title.format(title=clean_line(words.title)))
        self._outcome.setText(words.outcome)
        details = [*words.cautions, words.difficulty]
        self._details.setText("\n\n".join(details))
        self._details.show()
        for text, side, named in zip(
            (self.old_text, self.new_text), words.sides, words.named, strict=True
        ):
            self._names[text].setText(f"{side}: {named}")
            text.setAccessibleName(f"{side}: {named}")
        self._show_count()

    @property
    def _is_two(self) -> bool:
        return self.comparison is not None and self.comparison.two_services

    def _enable(self) -> None:
        is_ready = self.comparison is not None
        has_changes = is_ready and self.list.count_of_changes > 0
        for action in (self.previous, self.next):
            action.setEnabled(has_changes)
        for action in (self.export, self.preview, self.print):
            action.setEnabled(is_ready)

    # Going about

    def _on_row(self, row: ChangeRow) -> None:
        for text, quote, place in (
            (self.old_text, row.old_quote, row.old_place),
            (self.new_text, row.new_quote, row.new_place),
        ):
            text.go_to_quote(quote)
            if quote is None and place is not None:
                text.lead_to(place)
        self._follow_the_other(row)
        self._show_count()

    def _follow_the_other(self, row: ChangeRow) -> None:
        """Show where words would stand that only one text has."""
        if self._places is None:
            return
        old = row.old_quote.span.start if row.old_quote else row.old_place
        new = row.new_quote.span.start if row.new_quote else row.new_place
        if old is None and new is not None:
            self.old_text.lead_to(self._places.in_old(new))
        elif new is None and old is not None:
            self.new_text.lead_to(self._places.in_new(old))

    def _show_count(self) -> None:
        here, count = self.list.number_of_current, self.list.count_of_changes
        if here:
            self._count.setText(self.tr("{here} of {count}").format(here=here, count=count))
        else:
            self._count.setText(self.tr("{count} changes").format(count=count) if count else "")

    def _on_old_scrolled(self, place: int) -> None:
        if self.together.isChecked() and self._places is not None:
            self.new_text.lead_to(self._places.in_new(place))

    def _on_new_scrolled(self, place: int) -> None:
        if self.together.isChecked() and self._places is not None:
            self.old_text.lead_to(self._places.in_old(place))

    def _on_previous(self) -> None:
        self.list.step(-1)

    def _on_next(self) -> None:
        self.list.step(1)

    def _on_next_pane(self) -> None:
        panes: list[QWidget] = [self.list, self.old_text, self.new_text]
        here = next((at for at, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        self._theme = theme
        for part in (self.list, self.old_text, self.new_text, self._message_bar):
            part.set_theme(theme)

    # Paper and files

    def _on_preview(self) -> None:
        if self.comparison is not None:
            preview_comparison(self.comparison, self)

    def _on_print(self) -> None:
        if self.comparison is not None:
            print_comparison(self.comparison, self)

    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Save what changed"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("Web page with both texts (*.html)"),
                self.tr("PDF, one page (*.pdf)"),
                self.tr("Markdown (*.md)"),
                self.tr("JSON (*.json)"),
            ]
        )
        dialog.setDefaultSuffix("html")
        dialog.selectFile(proposed_name(self._new.document, "-changes.html"))
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Write what changed to ``path``, in the form that its ending names."""
        if self.comparison is None:
            return
        suffix = Path(path).suffix.lower()
        write = _FORMS.get(suffix)
        if write is None:
            self._message_bar.show_message(
                Message.refusal(
                    self.tr("Comparisons cannot be saved in that format."),
                    self.tr("Choose a name that ends in .html, .pdf, .md or .json."),
                )
            )
            return
        try:
            save(Path(path), write(self.comparison))
        except ReaderError as error:
            self._message_bar.show_message(Message.refusal(error.message, error.hint))
        else:
            told = self.tr("Saved as {path}").format(path=path)
            self._message_bar.show_message(Message.news(told))

    def sizeHint(self) -> QSize:
        """Return the size to begin with."""
        return QSize(*_OPENING_SIZE)


_FORMS: Mapping[str, Callable[[Comparison], bytes]] = {
    ".html": comparison_html,
    ".pdf": comparison_pdf,
    ".md": comparison_markdown,
    ".json": lambda comparison: encode(comparison_json(comparison)) + b"\n",
}
