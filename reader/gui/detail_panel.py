"""The details of one topic or flag: each finding, the words that say it, and what was not found.

A finding is a plain sentence; below it stand its quotes, each a way into the text; then why it was
found and how sure that is. All of it is plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import badge_size, paint_badge
from reader.gui.icons import icon_pixmap
from reader.gui.side_panel import MARGIN, SidePanel
from reader.gui.text_widgets import SMALL, FittedLabel, LineButton, PaintedButton
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.topic_choice import TopicChoice
from reader.gui.typesetting import book_font
from reader.gui.typography import break_lines, mirrored, paint_line, scaled_font
from reader.model import (
    OWN_RULES,
    Disclosure,
    Document,
    Evidence,
    PolicyReport,
    Valence,
    Verdict,
)
from reader.named_things import Named, named_things
from reader.summary import VERDICT_WORDS, CardFlag, Tile, clean_line, file_at, summary_card

_QUOTES_AT_FIRST = 3
_LONGEST_STATEMENT = 12  # lines; what is longer is whole in the tool tip
_LONGEST_QUOTE = 10
_QUOTE_ZOOM = 0.84  # of the text's size, which is made for whole pages


class DetailPanel(SidePanel):
    """Shows what a report found on one topic, or what a flag sets against each other.

    Signals:
        evidence_chosen: a quote was pressed; carries its Evidence.
        dismiss_wanted: the reader holds a finding to be wrong; carries the disclosure's key.
        restore_wanted: the reader takes that back; carries the disclosure's key.
        report_wanted: the reader wants a file about it; carries the disclosure's key.
        copy_wanted: a quote is to be copied with its source; carries its Evidence.
        pin_wanted, hide_wanted: the topic is to be pinned to the top of the card, or left out of
            it; carries its id, and False where that is to be taken back.
    """

    pin_wanted = Signal(str, bool)
    hide_wanted = Signal(str, bool)
    evidence_chosen = Signal(object)
    dismiss_wanted = Signal(str)
    restore_wanted = Signal(str)
    report_wanted = Signal(str)
    copy_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Details"))
        self._theme = theme
        self._report: PolicyReport | None = None
        self._topic = ""
        self._flag: CardFlag | None = None
        self._pointed_at = ""
        self._dismissed: tuple[Disclosure, ...] = ()
        self._topics = TopicChoice()
        # Lines are broken once their width is known, so a finding's place is known a turn later.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._bring_into_view)

    def show_dismissed(self, dismissed: Sequence[Disclosure]) -> None:
        """Show from now on, struck out below their topic, the findings that were dismissed."""
        self._dismissed = tuple(dismissed)

    def show_topics(self, topics: TopicChoice) -> None:
        """Say from now on of each topic whether the reader pinned or hid it."""
        if topics != self._topics:
            self._topics = topics
            content = self.area.widget()
            if isinstance(content, _TopicContent):
                content.show_choice(topics)

    def show_topic(self, report: PolicyReport, topic_id: str) -> None:
        """Show every finding of ``report`` on the topic; an unknown topic shows nothing."""
        self._report, self._topic, self._flag, self._pointed_at = report, topic_id, None, ""
        self._rebuild()

    def show_flag(self, report: PolicyReport, flag: CardFlag) -> None:
        """Show the findings that pull against each other, one below the other."""
        self._report, self._topic, self._flag, self._pointed_at = report, "", flag, ""
        self._rebuild()

    def show_finding(self, report: PolicyReport, key: str) -> None:
        """Show the topic of the disclosure ``key`` and bring that finding into view."""
        found = (*report.disclosures, *self._dismissed)
        topics = [each.topic for each in found if each.key == key]
        self.show_topic(report, topics[0] if topics else "")
        content = self.area.widget()
        if isinstance(content, _Content):
            content.point_at(key)
            self._pointed_at = key
            self._settled.start()

    def clear(self) -> None:
        """Show nothing, which nothing has to be done for, until something is shown again."""
        self._report = None
        self._rebuild()

    def take_focus(self, evidence: Evidence | None = None) -> None:
        """Put the keyboard on a quote of the finding shown, or of the topic.

        It is that of ``evidence`` where it is among those shown, else the first.
        """
        content = self.area.widget()
        quote = None
        if isinstance(content, _Content):
            quote = content.quote_of(self._pointed_at, evidence)
        (quote or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_dismissed(self, key: str) -> None:
        """Put the keyboard where the dismissal of the finding ``key`` can be taken back."""
        content = self.area.widget()
        struck = content.struck.get(key) if isinstance(content, _Content) else None
        (struck.undo if struck else self.back).setFocus(Qt.FocusReason.OtherFocusReason)
        self._settled.start()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self._rebuild()

    def _bring_into_view(self) -> None:
        content = self.area.widget()
        if isinstance(content, _Content):
            finding = content.findings.get(self._pointed_at)
            struck = content.struck.get(self._pointed_at)
            if finding is not None:
                self.area.verticalScrollBar().setValue(finding.y() - 6)
            elif struck is not None:
                self.area.ensureWidgetVisible(struck)

    def _rebuild(self) -> None:
        content = self._make_content()
        if content is not None:
            content.evidence_pressed.connect(self.evidence_chosen)
            content.dismiss_pressed.connect(self.dismiss_wanted)
            content.restore_pressed.connect(self.restore_wanted)
            content.report_pressed.connect(self.report_wanted)
            content.copy_pressed.connect(self.copy_wanted)
            content.resized.connect(self._settled.start)
            if isinstance(content, _TopicContent):
                content.show_choice(self._topics)
                content.pin_pressed.connect(self.pin_wanted)
                content.hide_pressed.connect(self.hide_wanted)
        self.show_content(content)

    def _make_content(self) -> _Content | None:
        if self._report is None:
            return None
        if self._flag is not None:
            return _FlagContent(self._report, self._flag, self._theme)
        tiles = summary_card(self._report).tiles
        tile = next((tile for tile in tiles if tile.topic == self._topic), None)
        if tile is None:
            return None
        dismissed = [each for each in self._dismissed if each.topic == tile.topic]
        return _TopicContent(self._report, tile, dismissed, self._theme)


class _Content(QWidget):
    """A column of widgets in one theme, the findings among them."""

    evidence_pressed = Signal(object)
    dismiss_pressed = Signal(str)
    restore_pressed = Signal(str)
    report_pressed = Signal(str)
    copy_pressed = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 4, MARGIN, 14)
        self._column.setSpacing(4)
        self.findings: dict[str, _Finding] = {}
        self.struck: dict[str, _DismissedFinding] = {}

    def quote_of(self, key: str, evidence: Evidence | None) -> QWidget | None:
        """Return a quote of the finding ``key``, else of the first one, None without any.

        It is that of ``evidence`` where it is shown, else the best.
        """
        finding = self.findings.get(key) or next(iter(self.findings.values()), None)
        if finding is None:
            return None
        shown = (quote for quote in finding.quotes if quote.evidence == evidence)
        return next(shown, finding.quotes[0])

    def point_at(self, key: str) -> None:
        """Set off the finding ``key`` from the others."""
        for each, finding in self.findings.items():
            finding.set_pointed_at(each == key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the findings have moved."""
        super().resizeEvent(event)
        self.resized.emit()

    def _add_findings(self, disclosures: Iterable[Disclosure], document: Document) -> None:
        for disclosure in disclosures:
            finding = _Finding(disclosure, document, self._theme)
            finding.evidence_pressed.connect(self.evidence_pressed)
            finding.dismiss_pressed.connect(self.dismiss_pressed)
            finding.copy_pressed.connect(self.copy_pressed)
            self.findings[disclosure.key] = finding
            self._column.addSpacing(8)
            self._column.addWidget(finding)


class _FlagContent(_Content):
    """What a flag says, and each of the findings that pull against each other."""

    def __init__(self, report: PolicyReport, flag: CardFlag, theme: Theme) -> None:
        super().__init__(theme)
        self._column.addWidget(_VerdictLine(Verdict.CAUTION, self.tr("Watch out"), theme))
        title = scaled_font(self.font(), 1.2, QFont.Weight.Bold)
        self._column.addWidget(FittedLabel(flag.text, title, theme.ink, most=_LONGEST_STATEMENT))
        found = {each.key: each for each in report.disclosures}
        self._add_findings((found[key] for key in flag.disclosures), report.document)
        self._column.addStretch(1)


class _TopicContent(_Content):
    """What was found on one topic, and what was not."""

    pin_pressed = Signal(str, bool)
    hide_pressed = Signal(str, bool)

    def __init__(
        self, report: PolicyReport, tile: Tile, dismissed: Sequence[Disclosure], theme: Theme
    ) -> None:
        super().__init__(theme)
        self._topic = tile.topic
        self._is_pinned = self._is_hidden = False
        self._add_head(tile)
        self._add_choices()
        self._add_findings(in_order(report, tile.topic), report.document)
        if not self.findings:
            self._column.addSpacing(8)
            self._column.addWidget(FittedLabel(tile.headline, self.font(), theme.ink, most=3))
        if tile.silent_note:
            self._column.addSpacing(12)
            self._column.addWidget(
                _VerdictLine(Verdict.SILENT, VERDICT_WORDS[Verdict.SILENT], theme)
            )
            self._column.addWidget(
                FittedLabel(tile.silent_note, self.font(), theme.ink, most=_LONGEST_STATEMENT)
            )
        for disclosure in dismissed:
            self._add_dismissed(disclosure)
        self._column.addStretch(1)

    def show_choice(self, topics: TopicChoice) -> None:
        """Say whether the topic is pinned or hidden, on the buttons that change it."""
        self._is_pinned = self._topic in topics.pinned
        self._is_hidden = self._topic in topics.hidden
        self._pin.set_words(self.tr("Unpin") if self._is_pinned else self.tr("Pin to the top"))
        self._hide.set_words(
            self.tr("Show this topic again") if self._is_hidden else self.tr("Hide this topic")
        )

    def _add_choices(self) -> None:
        """Add what can be done with the topic as a whole."""
        self._pin = LineButton("", self._theme, is_link=True, most=2)
        self._hide = LineButton("", self._theme, is_link=True, most=2)
        self._pin.setToolTip(tooltip(self.tr("Puts it first on the card, for every policy")))
        self._hide.setToolTip(
            tooltip(
                self.tr("Leaves it off the card, for every policy"),
                self.tr("The verdict, and what you print or save, still cover all topics."),
            )
        )
        self._pin.clicked.connect(self._on_pin)
        self._hide.clicked.connect(self._on_hide)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self._pin, self._hide):
            button.setAccessibleDescription(self.tr("On the summary card, for every policy"))
            row.addWidget(button)
        self._column.addLayout(row)

    def _on_pin(self) -> None:
        self.pin_pressed.emit(self._topic, not self._is_pinned)

    def _on_hide(self) -> None:
        self.hide_pressed.emit(self._topic, not self._is_hidden)

    def _add_dismissed(self, disclosure: Disclosure) -> None:
        struck = _DismissedFinding(disclosure, self._theme)
        struck.restore_pressed.connect(self.restore_pressed)
        struck.report_pressed.connect(self.report_pressed)
        self.struck[disclosure.key] = struck
        self._column.addSpacing(8)
        self._column.addWidget(struck)

    def _add_head(self, tile: Tile) -> None:
        theme, font = self._theme, self.font()
        name = QHBoxLayout()
        name.setSpacing(8)
        icon = QLabel()
        icon.setPixmap(icon_pixmap(tile.topic, 22, theme.ink, self.devicePixelRatioF()))
        name.addWidget(icon)
        title = scaled_font(font, 1.35, QFont.Weight.Bold)
        name.addWidget(FittedLabel(tile.label, title, theme.ink, most=2), 1)
        self._column.addLayout(name)
        self._column.addWidget(FittedLabel(tile.question, font, theme.muted, most=2))
        self._column.addWidget(_VerdictLine(tile.verdict, tile.verdict_word, theme))


class _VerdictLine(QWidget):
    """A verdict's shape and word."""

    def __init__(self, verdict: Verdict | Valence, word: str, theme: Theme) -> None:
        super().__init__()
        self._verdict, self._word, self._theme = verdict, word, theme
        self.setFont(scaled_font(self.font(), 1.0, QFont.Weight.DemiBold))
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of the badge."""
        return badge_size(QFontMetricsF(self.font()), self._word).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the badge."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_badge(painter, QRectF(self.rect()), self._verdict, self._word, self._theme)
        painter.end()


class _Finding(QFrame):
    """One disclosure: its statement, what it names, its quotes, and why it was found."""

    evidence_pressed = Signal(object)
    dismiss_pressed = Signal(str)
    copy_pressed = Signal(object)

    def __init__(self, disclosure: Disclosure, document: Document, theme: Theme) -> None:
        super().__init__()
        self._disclosure, self._document, self._theme = disclosure, document, theme
        self._pointed_at = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 7, 8, 8)
        self._column.setSpacing(4)
        valence = disclosure.valence
        word = VERDICT_WORDS[Verdict(valence.value)]
        self._column.addWidget(_VerdictLine(valence, word, theme))
        statement = scaled_font(self.font(), 1.05, QFont.Weight.DemiBold)
        self._column.addWidget(
            FittedLabel(disclosure.statement, statement, theme.ink, most=_LONGEST_STATEMENT)
        )
        for line in self._named():
            small = scaled_font(self.font(), SMALL)
            self._column.addWidget(FittedLabel(line, small, theme.muted, most=3))
        self.quotes = [self._quote(each) for each in disclosure.evidence[:_QUOTES_AT_FIRST]]
        for quote in self.quotes:
            self._column.addWidget(quote)
        self._place_of_more = self._column.count()
        rest = len(disclosure.evidence) - len(self.quotes)
        self._more: LineButton | None = None
        if rest > 0:
            self._more = LineButton(
                self.tr("Show %n more", "passages", rest), theme, is_link=True, most=1
            )
            self._more.clicked.connect(self._show_more)
            self._column.addWidget(self._more)
        why = FittedLabel(self._why(), scaled_font(self.font(), SMALL), theme.muted, most=5)
        self._column.addWidget(why)
        self._add_deeds()
        self.setAccessibleName(f"{word}. {disclosure.statement}")

    def set_pointed_at(self, pointed_at: bool) -> None:
        """Set the finding off from the others by its frame."""
        self._pointed_at = pointed_at
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground that the words stand on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._theme.colors(self._disclosure.valence).line
        painter.setPen(QPen(line if self._pointed_at else self._theme.rule, 1))
        painter.setBrush(self._theme.page)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def _add_deeds(self) -> None:
        """Add what the reader can do with a finding."""
        copy = LineButton(self.tr("Copy with its source"), self._theme, is_link=True, most=2)
        copy.setAccessibleDescription(self._disclosure.statement)
        copy.setToolTip(
            tooltip(self.tr("Copies the first quote with policy, section, date and page"))
        )
        copy.clicked.connect(self._on_copy)
        dismiss = LineButton(
            self.tr("This is wrong: dismiss it"), self._theme, is_link=True, most=2
        )
        dismiss.setAccessibleDescription(self._disclosure.statement)
        dismiss.setToolTip(tooltip(self.tr("Removes it from the text, the summary and printouts")))
        dismiss.clicked.connect(self._on_dismiss)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(copy)
        row.addWidget(dismiss)
        self._column.addLayout(row)

    def _on_copy(self) -> None:
        self.copy_pressed.emit(self._disclosure.evidence[0])

    def _quote_copied(self) -> None:
        quote = self.sender()
        if isinstance(quote, QuoteButton):
            self.copy_pressed.emit(quote.evidence)

    def _on_dismiss(self) -> None:
        self.dismiss_pressed.emit(self._disclosure.key)

    def _named(self) -> list[str]:
        disclosure = self._disclosure
        lines = []
        limit = clean_line(disclosure.condition or "")
        if limit not in clean_line(disclosure.statement):  # most statements tell it themselves
            lines.append(self.tr("With this limit: “{}”").format(limit))
        words = {
            Named.DATA: self.tr("Data named in these words: {}"),
            Named.GETS_IT: self.tr("Who gets it: {}"),
            Named.GIVES_IT: self.tr("From whom: {}"),
            Named.PURPOSE: self.tr("What for: {}"),
            Named.PERIOD: self.tr("How long: {}"),
        }
        shown = disclosure.evidence[:_QUOTES_AT_FIRST]
        for kind, named in named_things(disclosure, shown, self._document):
            if named:
                lines.append(words[kind].format("; ".join(clean_line(each) for each in named)))
        return lines

    def _quote(self, evidence: Evidence) -> QuoteButton:
        quote = QuoteButton(evidence, self._disclosure, self._document, self._theme)
        quote.clicked.connect(self._quote_clicked)
        quote.copy_wanted.connect(self._quote_copied)
        return quote

    def _why(self) -> str:
        best = self._disclosure.evidence[0]
        if best.detector == OWN_RULES:
            return self.tr("Found by your own rule {}.").format(best.rule)
        found = (
            self.tr("Found by the rule {}.").format(best.rule)
            if best.rule
            else self.tr("Found by looking for {}.").format(best.detector)
        )
        return f"{found} {self._how_sure(self._disclosure)}"

    def _how_sure(self, disclosure: Disclosure) -> str:
        if disclosure.is_sure:
            return self.tr(
                "We are fairly sure: of 100 such findings, about {right} were right."
            ).format(right=round(disclosure.confidence * 100))
        return self.tr("We are not sure: read the words yourself.")

    def _quote_clicked(self) -> None:
        quote = self.sender()
        if isinstance(quote, QuoteButton):
            self.evidence_pressed.emit(quote.evidence)

    def _show_more(self) -> None:
        if self._more is None:
            return
        self._more.hide()
        shown = len(self.quotes)
        for evidence in self._disclosure.evidence[shown:]:
            quote = self._quote(evidence)
            self._column.insertWidget(self._place_of_more, quote)
            self._place_of_more += 1
            self.quotes.append(quote)
        self.quotes[shown].setFocus(Qt.FocusReason.OtherFocusReason)


class _DismissedFinding(QFrame):
    """A finding that the reader dismissed: its statement struck out, and the way back."""

    restore_pressed = Signal(str)
    report_pressed = Signal(str)

    def __init__(self, disclosure: Disclosure, theme: Theme) -> None:
        super().__init__()
        self._key = disclosure.key
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 2)
        column.setSpacing(2)
        font = scaled_font(self.font(), SMALL)
        column.addWidget(FittedLabel(self.tr("Dismissed by you"), font, theme.muted, most=1))
        struck = QFont(self.font())
        struck.setStrikeOut(True)
        column.addWidget(
            FittedLabel(disclosure.statement, struck, theme.muted, most=_LONGEST_STATEMENT)
        )
        self.undo = LineButton(self.tr("Bring it back"), theme, is_link=True, most=1)
        self.undo.setAccessibleDescription(disclosure.statement)
        self.undo.clicked.connect(self._on_undo)
        self._report = LineButton(self.tr("Report it in a file …"), theme, is_link=True, most=2)
        self._report.setAccessibleDescription(disclosure.statement)
        self._report.clicked.connect(self._on_report)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.undo)
        row.addWidget(self._report)
        column.addLayout(row)
        self.setAccessibleName(self.tr("Dismissed: {}").format(disclosure.statement))

    def _on_report(self) -> None:
        self.report_pressed.emit(self._key)

    def _on_undo(self) -> None:
        self.restore_pressed.emit(self._key)


class QuoteButton(PaintedButton):
    """A quote from the policy under the name of its section; pressing it goes to the words.

    Signals:
        copy_wanted: it is to be copied with its source.
    """

    copy_wanted = Signal()

    _LEFT, _PAD = 10, 3

    def __init__(
        self, evidence: Evidence, disclosure: Disclosure, document: Document, theme: Theme
    ) -> None:
        super().__init__(theme)
        self.evidence = evidence
        self._valence = disclosure.valence
        section = document.sections[evidence.section]
        self._section = clean_line(section.heading) or self.tr("Before the first heading")
        if file := file_at(document, evidence.span):
            self._section += f" · {file}"
        self._page = ""
        if evidence.page is not None:
            self._page = self.tr(" · page {number}").format(number=evidence.page)
        self._lead_in = clean_line(evidence.context.of(document.text)) if evidence.context else ""
        self._quote = f"“{clean_line(evidence.span.of(document.text))}”"
        self._lines: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._small = scaled_font(self.font(), SMALL)
        self._book = book_font(self.font(), _QUOTE_ZOOM)
        self._lead_font = QFont(self._book)
        self._lead_font.setItalic(True)
        self.setText(self._quote)
        self.setAccessibleName(
            " ".join(each for each in (f"{self._place}:", self._lead_in, self._quote) if each)
        )
        self.setAccessibleDescription(self.tr("Goes to these words in the text"))
        self.setToolTip(tooltip(self._place, self._lead_in, self._quote))
        copy = QAction(self.tr("Copy with its source"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_wanted)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def _place(self) -> str:
        return self._section + self._page

    def sizeHint(self) -> QSize:
        """Return the height of the lines as they are broken now."""
        height = sum(
            QFontMetricsF(font).height() * len(lines)
            for font, lines in zip(self._fonts(), self._lines, strict=True)
        )
        return QSize(200, round(height + 2 * self._PAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew for a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            room = self.width() - self._LEFT - 4
            beside_page = room - QFontMetricsF(self._small).horizontalAdvance(self._page)
            section = break_lines(self._section, self._small, beside_page, 1) or [""]
            self._lines = (
                [*section[:-1], section[-1] + self._page],
                break_lines(self._lead_in, self._lead_font, room, 3),
                break_lines(self._quote, self._book, room, _LONGEST_QUOTE),
            )
            self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar in the valence's colour, the section's name, the lead-in, the quote."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors(self._valence)
        if self.underMouse():
            painter.fillRect(self.rect(), colors.tint)
        painter.fillRect(mirrored(self, QRectF(2, 2, 3, self.height() - 4)), colors.line)
        top = float(self._PAD)
        for lines, font, ink in zip(
            self._lines, self._fonts(), (theme.link, theme.muted, theme.ink), strict=True
        ):
            painter.setFont(font)
            painter.setPen(ink)
            height = QFontMetricsF(font).height()
            for line in lines:
                room = QRectF(self._LEFT, top, self.width() - self._LEFT, height)
                paint_line(painter, self, room, line)
                top += height
        self.paint_focus(painter, 3)
        painter.end()

    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        return self._small, self._lead_font, self._book


def in_order(report: PolicyReport, topic: str) -> Sequence[Disclosure]:
    """Return the topic's disclosures, those that its verdict names first, in its order."""
    named = next((each.disclosures for each in report.topics if each.id == topic), ())
    of_topic = [each for each in report.disclosures if each.topic == topic or each.key in named]
    rank = {key: place for place, key in enumerate(named)}
    return sorted(of_topic, key=lambda each: rank.get(each.key, len(rank)))
