"""What can be done in the window, by menu, tool bar and key: the names, not the deeds.

``MainWindow`` connects each action to what it does; here stand their words, their keys, and where
they are found.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QSizePolicy, QToolBar, QWidget

from reader.gui.file_names import distinct_names
from reader.gui.tooltips import tooltip
from reader.library import RecentFile
from reader.settings import Settings


class Actions(QObject):
    """The actions of one window, which hears their keys wherever the keyboard is in it."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        keys = QKeySequence.StandardKey
        self.open = self._action(self.tr("&Open …"), keys.Open)
        self.paste = self._action(self.tr("&Paste text"), keys.Paste)
        self.folder = self._action(self.tr("Open a &folder …"))
        self.parts = self._action(self.tr("Open parts of one polic&y …"))
        self.add_part = self._action(self.tr("A&dd a file to this policy …"))
        self.sample = self._action(self.tr("Open the &sample"))
        self.reload = self._action(self.tr("Re&load"), "F5")
        self.compare = self._action(self.tr("Co&mpare …"), "Ctrl+D")
        self.close = self._action(self.tr("&Close"), "Ctrl+W")
        self.keep_history = self._action(self.tr("&Keep history"))
        self.keep_history.setCheckable(True)
        self.keep_history.setChecked(settings.keep_history)
        self.forget = self._action(self.tr("For&get everything …"))
        self.recent = QMenu(self.tr("&Recent files"), window)
        self.preview = self._action(self.tr("Print pre&view …"))
        self.print = self._action(self.tr("Pr&int …"), keys.Print)
        self.export = self._action(self.tr("&Export …"), "Ctrl+Shift+S")
        self.quit = self._action(self.tr("&Quit"), keys.Quit)
        self.find = self._action(self.tr("Fin&d"), keys.Find)
        self.find_next = self._action(self.tr("Find ne&xt"), "F3")
        self.find_previous = self._action(self.tr("Find p&revious"), "Shift+F3")
        self.back = self._action(self.tr("&Back"), "Alt+Left")
        self.forward = self._action(self.tr("&Forward"), "Alt+Right")
        self.next = self._action(self.tr("&Next finding"), "F8")
        self.previous = self._action(self.tr("&Previous finding"), "Shift+F8")
        self.undo = self._action(self.tr("&Undo"), keys.Undo)
        self.highlight = self._action(self.tr("&Highlight the words"), "Ctrl+Shift+H")
        self.note = self._action(self.tr("Write a &note …"), "Ctrl+M")
        self.notes = self._action(self.tr("Your n&otes"), "Ctrl+Shift+M")
        self.marks = self._action(self.tr("&Marks …"), "F7")
        self.marks.setToolTip(self.tr("What is marked, a filter, and the list of all marks"))
        self.copy_summary = self._action(self.tr("Copy the su&mmary"), "Ctrl+Shift+Y")
        self.copy_summary.setToolTip(self.tr("As text, as a table and as a picture at once"))
        self.copy_quote = self._action(self.tr("Copy with its &source"), "Ctrl+Shift+C")
        self.reading = self._action(self.tr("How &hard it is to read"), "Ctrl+R")
        self.rewriting = self._action(self.tr("&Writer's view"), "Ctrl+Shift+R")
        self.rewriting.setToolTip(
            self.tr("The sentences to rewrite first, and how much that helps")
        )
        self.summary = self._action(self.tr("&Summary card"), "Esc")
        self.next_pane = self._action(self.tr("Next p&ane"), "F6")
        self.previous_pane = self._action(self.tr("Previous pan&e"), "Shift+F6")
        self.next_tab = self._action(self.tr("Next &tab"))
        self.next_tab.setShortcuts([QKeySequence("Ctrl+Tab"), QKeySequence("Ctrl+PgDown")])
        self.previous_tab = self._action(self.tr("Pre&vious tab"))
        self.previous_tab.setShortcuts([QKeySequence("Ctrl+Shift+Tab"), QKeySequence("Ctrl+PgUp")])
        self.tab_forward = self._action(self.tr("&Move the tab forward"), "Ctrl+Shift+PgDown")
        self.tab_back = self._action(self.tr("Move the tab bac&k"), "Ctrl+Shift+PgUp")
        self.preferences = self._action(self.tr("Pre&ferences …"), "Ctrl+,")
        self.everything = self._action(self.tr("&Highlight everything"), "Ctrl+H")
        self.everything.setCheckable(True)
        self.everything.setChecked(settings.mark_everything)
        self.everything.setToolTip(
            self.tr("Highlight every passage that says something, not only the most important ones")
        )
        self.contents = self._action(self.tr("&Contents"), "F9")
        self.contents.setCheckable(True)
        self.contents.setChecked(True)
        self.card = self._action(self.tr("&Summary"), "F10")
        self.card.setCheckable(True)
        self.card.setChecked(True)
        self.larger = self._action(self.tr("&Larger text"), keys.ZoomIn)
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._action(self.tr("Sm&aller text"), "Ctrl+-")
        self.first_size = self._action(self.tr("Normal si&ze"), "Ctrl+0")
        self.full_screen = self._action(self.tr("F&ull screen"), "F11")
        self.guide = self._action(self.tr("&Guide"), "Ctrl+F1")
        self.shortcuts = self._action(self.tr("&Keyboard shortcuts"), "F1")
        self.about = self._action(self.tr("&About Policy Reader"))
        self.themes = QActionGroup(window)
        for name, words in (
            ("system", self.tr("&Same as the desktop")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self.themes.addAction(words)
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(name == settings.theme)

    def fill_menus(self, bar: QMenuBar) -> None:
        """Put the actions into the menus of ``bar``."""
        file = bar.addMenu(self.tr("&File"))
        _fill(file, self.open, self.folder, self.parts)
        file.addMenu(self.recent)
        _fill(file, self.paste, self.sample, None)
        _fill(file, self.add_part, self.reload, self.compare, self.close, None)
        _fill(file, self.export, self.preview, self.print, None)
        _fill(file, self.keep_history, self.forget, None, self.quit)
        _fill(
            bar.addMenu(self.tr("&Edit")),
            self.undo,
            None,
            self.copy_quote,
            self.copy_summary,
            None,
            self.highlight,
            self.note,
            None,
            self.preferences,
        )
        go = bar.addMenu(self.tr("&Go"))
        _fill(go, self.back, self.forward, None)
        _fill(go, self.next, self.previous, self.reading, self.notes, self.summary, None)
        _fill(go, self.find, self.find_next, self.find_previous, None)
        _fill(go, self.next_pane, self.previous_pane, None)
        _fill(go, self.next_tab, self.previous_tab, self.tab_forward, self.tab_back)
        view = bar.addMenu(self.tr("&View"))
        _fill(view, self.marks, self.everything, self.rewriting, None)
        _fill(view, self.contents, self.card, None)
        _fill(view, self.larger, self.smaller, self.first_size, None)
        themes = view.addMenu(self.tr("&Theme"))
        themes.addActions(self.themes.actions())
        _fill(view, None, self.full_screen)
        _fill(bar.addMenu(self.tr("&Help")), self.guide, self.shortcuts, None, self.about)

    def show_recent(self, files: Sequence[RecentFile]) -> None:
        """Offer ``files`` in their menu; each of its actions has the path as its data."""
        self.recent.clear()
        self.recent.setToolTipsVisible(True)
        names = distinct_names([(file.name, file.paths[0]) for file in files])
        for number, (file, name) in enumerate(zip(files, names, strict=True), start=1):
            action = self.recent.addAction(f"&{number % 10} {name.replace('&', '&&')}")
            action.setToolTip(tooltip(*file.paths))
            action.setData(file.path)
        self.recent.setEnabled(bool(files))

    def show_settings(self, settings: Settings) -> None:
        """Let what can be switched show how it is set, without doing it."""
        self.keep_history.setChecked(settings.keep_history)
        self.everything.setChecked(settings.mark_everything)
        for action in self.themes.actions():
            action.setChecked(action.data() == settings.theme)

    def make_tool_bar(self) -> QToolBar:
        """Return the tool bar, with what is done often."""
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for action in (self.open, self.paste, self.compare, None, self.print, self.export, None):
            bar.addSeparator() if action is None else bar.addAction(action)
        for action in (self.back, self.forward, None, self.previous, self.next):
            bar.addSeparator() if action is None else bar.addAction(action)
        gap = QWidget(bar)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addAction(self.marks)
        bar.addAction(self.find)
        return bar

    def enable(
        self,
        *,
        is_open: bool,
        has_page: bool,
        has_more_pages: bool,
        has_file: bool,
        can_undo: bool,
        can_go_back: bool,
        can_go_forward: bool,
    ) -> None:
        """Offer what can be done now: most of it only with a policy open.

        ``has_page`` is true with a file that is still being read, too, ``has_file`` where what is
        open lies on the disk.
        """
        for action in (
            *(self.preview, self.print, self.export, self.copy_summary, self.find, self.find_next),
            *(self.find_previous, self.next, self.previous, self.reading, self.summary),
            *(self.next_pane, self.previous_pane, self.contents, self.card, self.copy_quote),
            *(self.highlight, self.note, self.notes, self.marks, self.rewriting, self.compare),
        ):
            action.setEnabled(is_open)
        self.close.setEnabled(has_page)
        for action in (self.next_tab, self.previous_tab, self.tab_forward, self.tab_back):
            action.setEnabled(has_more_pages)
        for action in (self.reload, self.add_part):
            action.setEnabled(has_file)
        self.undo.setEnabled(can_undo)
        self.back.setEnabled(can_go_back)
        self.forward.setEnabled(can_go_forward)

    def _action(self, words: str, keys: QKeySequence.StandardKey | str | None = None) -> QAction:
        action = QAction(words, self._window)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(keys)
        self._window.addAction(action)
        return action


def _fill(menu: QMenu, *actions: QAction | None) -> None:
    """Add ``actions``, with a line where one is None."""
    for action in actions:
        menu.addSeparator() if action is None else menu.addAction(action)
