"""The tabs of a window: one for each open document, to choose, move and close it.

With one document there is nothing to choose, and no tab is shown. What a tab says follows its page.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QTabBar, QWidget

from reader.gui.badge import shape_pixmap
from reader.gui.document_page import DocumentPage, PageState
from reader.gui.file_names import distinct_names
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.model import Verdict

_SHAPE = 14
_BUTTON, _CROSS = 18, 5.5  # pixels of a button, and of the room round its cross
_BUTTON_SIDE = QTabBar.ButtonPosition.RightSide
_WIDEST = 230  # pixels of a tab


class CloseButton(QAbstractButton):
    """The cross that closes a tab; the keyboard has keys of its own for that."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Close this policy"))
        self.setToolTip(self.tr("Close this policy"))
        self.setFixedSize(_BUTTON, _BUTTON)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a cross, on a ground of its own while the pointer is over it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.rule)
            painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setPen(QPen(self._theme.ink if self.underMouse() else self._theme.muted, 1.6))
        cross = QRectF(self.rect()).adjusted(_CROSS, _CROSS, -_CROSS, -_CROSS)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())


class DocumentTabs(QTabBar):
    """Shows a tab for each page that was added, the chosen one in front.

    Signals:
        page_chosen: another page is in front; carries it, None where the last one went.
        close_wanted: a page is to be closed; carries it.
    """

    page_chosen = Signal(object)
    close_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: list[DocumentPage] = []
        self._menu_page: DocumentPage | None = None
        self._pressed: DocumentPage | None = None
        self.setAccessibleName(self.tr("Open policies"))
        self.setAutoHide(True)
        self.setMovable(True)
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehaviorOnRemove(QTabBar.SelectionBehavior.SelectPreviousTab)
        self.setIconSize(QSize(_SHAPE, _SHAPE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.currentChanged.connect(self._on_current)
        self.tabMoved.connect(self._on_moved)
        self.customContextMenuRequested.connect(self._on_menu)

    # Pages

    @property
    def pages(self) -> tuple[DocumentPage, ...]:
        """The pages in the order of their tabs."""
        return tuple(self._pages)

    @property
    def current(self) -> DocumentPage | None:
        """The page in front, None without any."""
        index = self.currentIndex()
        return self._pages[index] if 0 <= index < len(self._pages) else None

    def add(self, page: DocumentPage) -> None:
        """Add a tab behind the others; the first one comes to the front."""
        self._pages.append(page)
        page.state_changed.connect(self._name_all)
        page.shown.connect(self._name_all)
        self.addTab("")
        self._name_all()

    def remove(self, page: DocumentPage) -> None:
        """Take the tab of ``page`` away; the one that was in front before comes back."""
        index = self._pages.index(page)
        page.state_changed.disconnect(self._name_all)
        page.shown.disconnect(self._name_all)
        self._pressed = None
        # Qt tells of the new front while it removes: by then the page must be gone from the list.
        del self._pages[index]
        self.removeTab(index)
        self._name_all()

    def choose(self, page: DocumentPage) -> None:
        """Bring ``page`` to the front."""
        self.setCurrentIndex(self._pages.index(page))

    def step(self, by: int) -> None:
        """Bring the page to the front that stands so many tabs further, round the ends."""
        if self._pages:
            self.setCurrentIndex((self.currentIndex() + by) % len(self._pages))

    def move_current(self, by: int) -> None:
        """Move the tab in front by so many places; at the ends it stays."""
        here = self.currentIndex()
        if 0 <= here + by < len(self._pages):
            self.moveTab(here, here + by)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        for button in self.findChildren(CloseButton):
            button.set_theme(theme)
        self._name_all()

    # Qt

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of a tab, whose name may be long."""
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), _WIDEST), hint.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the least size of a tab: those that find no room are scrolled."""
        return self.tabSizeHint(index)

    def tabInserted(self, index: int) -> None:
        """Give a tab the button that closes it."""
        super().tabInserted(index)
        button = CloseButton(self._theme, self)
        button.clicked.connect(self._on_cross)
        self.setTabButton(index, _BUTTON_SIDE, button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tabs, and round the one in front that the keyboard is there."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.focus, 2.0))
            frame = QRectF(self.tabRect(self.currentIndex())).adjusted(4, 5, -4, -3)
            painter.drawRoundedRect(frame, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember on which tab the middle button went down."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pressed = self._page_at(event.position().toPoint())
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab that was clicked with the middle button."""
        if event.button() is not Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)
            return
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed is self._page_at(event.position().toPoint()):
            self.close_wanted.emit(pressed)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the tab in front with Delete; the arrows choose, as Qt has it."""
        if event.key() == Qt.Key.Key_Delete and self.current is not None:
            self.close_wanted.emit(self.current)
            event.accept()
        else:
            super().keyPressEvent(event)

    # Names and signs

    def _name_all(self) -> None:
        """Give every tab its name, with its folder where another file is called the same."""
        names = distinct_names([(page.name, page.path) for page in self._pages])
        for index, (page, name) in enumerate(zip(self._pages, names, strict=True)):
            is_reading = page.state in (PageState.WAITING, PageState.READING)
            self.setTabText(index, name.replace("&", "&&") + (" …" if is_reading else ""))
            words, verdict = self._sign_of(page)
            self.setTabIcon(index, self._shape(verdict))
            self.setAccessibleTabName(index, f"{name}, {words}" if words else name)
            self.setTabToolTip(index, tooltip(*dict.fromkeys([page.title, *page.paths, words])))

    def _sign_of(self, page: DocumentPage) -> tuple[str, Verdict | None]:
        """Return in words what a tab has to tell, and the shape that says the same."""
        match page.state:
            case PageState.WAITING:
                return self.tr("waits to be read"), None
            case PageState.READING:
                return self.tr("is being read"), None
            case PageState.LOCKED:
                return self.tr("needs a password"), Verdict.CAUTION
            case PageState.OPEN:
                if page.is_changed_on_disk:
                    return self.tr("has changed on disk"), Verdict.NEUTRAL
        return "", None

    def _shape(self, verdict: Verdict | None) -> QIcon:
        if verdict is None:
            return QIcon()
        return QIcon(shape_pixmap(verdict, _SHAPE, self._theme, self.devicePixelRatioF()))

    # News

    def _page_at(self, point: QPoint) -> DocumentPage | None:
        index = self.tabAt(point)
        return self._pages[index] if 0 <= index < len(self._pages) else None

    def _on_current(self, index: int) -> None:
        del index  # of a bar that may be about to lose a tab
        self.page_chosen.emit(self.current)

    def _on_moved(self, origin: int, target: int) -> None:
        self._pages.insert(target, self._pages.pop(origin))

    def _on_cross(self) -> None:
        for index, page in enumerate(self._pages):
            if self.tabButton(index, _BUTTON_SIDE) is self.sender():
                self.close_wanted.emit(page)
                return

    def _on_menu(self, point: QPoint) -> None:
        if self._page_at(point) is not None:
            menu = self.make_menu(point)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(point))

    def make_menu(self, point: QPoint) -> QMenu:
        """Return the menu for the tab under a point."""
        self._menu_page = self._page_at(point)
        menu = QMenu(self)
        menu.addAction(self.tr("&Close")).triggered.connect(self._on_menu_close)
        others = menu.addAction(self.tr("Close the &others"))
        others.setEnabled(len(self._pages) > 1)
        others.triggered.connect(self._on_menu_close_others)
        return menu

    def _on_menu_close(self) -> None:
        if self._menu_page in self._pages:
            self.close_wanted.emit(self._menu_page)

    def _on_menu_close_others(self) -> None:
        if self._menu_page in self._pages:
            for page in [each for each in self._pages if each is not self._menu_page]:
                self.close_wanted.emit(page)
