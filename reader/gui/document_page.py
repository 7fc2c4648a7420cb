"""One document of the window, from the moment it is opened: its reading, its page, its file.

A page owns what belongs to its document alone: the analysis, the reading pane, the watch on its
file, and what there is to tell about it. The window shows one page at a time and hears of the
others by their signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QByteArray, QDateTime, QLocale, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.annotations import Annotation, placed
from reader.changes import (
    changes_line,
    lost_notes_line,
    same_place,
    still_annotated,
    still_dismissed,
)
from reader.errors import EncryptedInputError, ReaderError
from reader.gui.analysis_runner import AnalysisRunner, Workers
from reader.gui.file_names import name_of_files, short_name
from reader.gui.file_watch import FilesWatch
from reader.gui.kept_texts import keep_texts, kept_texts
from reader.gui.message_bar import Message
from reader.gui.password_dialog import PasswordDialog, takes_password
from reader.gui.progress_strip import ProgressStrip
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import Theme
from reader.gui.trail import Trail
from reader.gui.typesetting import look_of
from reader.library import Keeping, LastRead, Library, place_of
from reader.model import PolicyReport
from reader.protocol import InputFile, Progress, read_inputs
from reader.settings import Settings
from reader.summary import summary_card

_PLACE_KEPT_AFTER = 1500  # milliseconds of standing still


class PageState(Enum):
    """What a page is about to do, or shows."""

    WAITING = auto()
    """It reads when another file is done."""
    READING = auto()
    LOCKED = auto()
    """It asks for a password as soon as it is looked at."""
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read, and what its reader made of it."""

    report: PolicyReport
    dismissed: frozenset[str]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class _Asleep(_Reading):
    """All that a pane is made anew from: what it showed, and how the reader left it."""

    trail: Trail


class DocumentPage(QWidget):
    """Shows one document.

    Signals:
        state_changed: ``state``, ``name``, ``title`` or ``is_changed_on_disk`` is another.
        message_changed: ``message`` is another.
        shown: a report is shown, for the first time or anew.
        pane_made: there is a new reading pane, which nobody hears yet; carries it.
        dismissed_changed: other findings are dismissed than before.
        annotations_changed: a note or highlight was made, changed or deleted.
        failed: the file was not opened, and nothing is shown; carries a ``ReaderError``.
        joined: more files are read as parts of this policy now, and it is shown.
        given_up: the reader no longer wants it opened, and nothing is shown.
        earlier_read: the file as it was is read; carries its report and that of the file as it is.
    """

    state_changed = Signal()
    message_changed = Signal()
    shown = Signal()
    pane_made = Signal(object)
    dismissed_changed = Signal()
    annotations_changed = Signal()
    failed = Signal(object)
    joined = Signal()
    given_up = Signal()
    earlier_read = Signal(object, object)

    def __init__(
        self,
        name: str,
        paths: Sequence[str],
        workers: Workers,
        library: Library,
        theme: Theme,
        settings: Settings,
    ) -> None:
        """Make the page of the policy at ``paths``, which are its files; () for none of these."""
        super().__init__()
        self.paths = tuple(paths)
        self.message: Message | None = None
        self.is_changed_on_disk = False
        self._name = name
        self._workers = workers
        self._library = library
        self._theme = theme
        self._settings = settings
        self._state = PageState.READING
        self._source: InputFile | None = None  # what is being read, until it is open
        self._locked = ""  # the file that asks for a password, and the one for which one was tried
        self._tried = ""
        self._before: PolicyReport | None = None  # what a reload is to be compared with
        self._next_paths = self.paths  # of what is being read
        self._joining: tuple[_Reading, ...] = ()  # what was open of files that are to be parts
        self._earlier: InputFile | None = None  # the file as it was read last, where it is another
        self._offer: Message | None = None  # to show what changed since
        self._separation: Message | None = None  # to open the files of the policy one by one
        self._is_awake = False
        self._pane: ReadingPane | None = None
        self._spare: ReadingPane | None = None  # made while the file is read, shown by nobody yet
        self._asleep: _Asleep | None = None
        # What this page has ever seen of what is remembered: others may show the same policy.
        self._known_annotations: set[int] = set()
        self._known_dismissed: set[str] = set()
        self._is_recorded = False  # whether the library knows the policy
        self._unkept: Message | None = None  # that the library could not be written to

        self._runner = AnalysisRunner(workers, self)
        self._earlier_runner = AnalysisRunner(workers, self)
        self._watch = FilesWatch(self)
        self._progress = ProgressStrip(self)
        self._place_timer = QTimer(self, singleShot=True, interval=_PLACE_KEPT_AFTER)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._progress)
        self._column.addStretch(1)

        self._runner.progressed.connect(self._on_progress)
        self._runner.finished.connect(self._on_finished)
        self._runner.failed.connect(self._on_failed)
        self._earlier_runner.finished.connect(self._on_earlier)
        self._earlier_runner.failed.connect(self._on_earlier_failed)
        self._progress.cancelled.connect(self._on_cancelled)
        self._workers.freed.connect(self._on_freed)
        self._watch.changed.connect(self._on_file_changed)
        self._place_timer.timeout.connect(self.keep_place)

    # What there is to know

    @property
    def state(self) -> PageState:
        """What the page is about."""
        return self._state

    @property
    def path(self) -> str:
        """The path of the policy's file, or of its first; '' for what is no file."""
        return self.paths[0] if self.paths else ""

    @property
    def place(self) -> str:
        """Where the policy lies, as the library has it; '' for what is no file of the reader's."""
        return place_of(self.paths) if self.paths else ""

    @property
    def name(self) -> str:
        """What to call the document in a line of text: the name of its file."""
        return self._name

    @property
    def title(self) -> str:
        """The policy's own title, the document's name until there is one."""
        report = self.report
        return summary_card(report).title if report is not None else self._name

    @property
    def report(self) -> PolicyReport | None:
        """The report that is shown, without what was dismissed; with it while the page sleeps."""
        if self._pane is not None:
            return self._pane.report
        return self._asleep.report if self._asleep is not None else None

    @property
    def pane(self) -> ReadingPane | None:
        """The reading pane, None until there is a report, and while the page sleeps."""
        return self._pane

    @property
    def sha256(self) -> str:
        """The hash of the document's file, '' before it was read."""
        if self._source is not None:
            return self._source.sha256
        report = self.report
        return report.document.source.sha256 if report is not None else ""

    # Opening

    def open_file(self) -> None:
        """Read the file of the page, at once or when another file is done."""
        if self._workers.has_room:
            self._read_file()
        else:
            self._set_state(PageState.WAITING)
            self._progress.begin(self._name)
            self._progress.show_stage(self.tr("waiting for its turn"), 0.0)

    def open_input(self, source: InputFile) -> None:
        """Read what was pasted, or comes with the program."""
        self._read(source)

    def reload(self) -> None:
        """Read the file again, keep the place, and say what changed."""
        self._joining = ()
        self._read_again(self.paths)

    def add_files(self, paths: Sequence[str], open_pages: Sequence[DocumentPage] = ()) -> None:
        """Read the files at ``paths`` as further parts of this policy.

        Where they are refused, all stays as it is. ``open_pages`` show them: their notes and what
        was dismissed there are taken over.
        """
        self._joining = tuple(each for page in open_pages if (each := page._reading()) is not None)
        self._read_again((*self.paths, *paths))

    def _read_again(self, paths: Sequence[str]) -> None:
        self.wake()
        if not self.path or self._pane is None or self._pane.read is None:
            return
        self._next_paths = tuple(paths)
        try:
            source = read_inputs(paths)
        except ReaderError as error:
            self._refuse(error)
            return
        self._before = self._pane.read
        self._read(source)

    def _reading(self) -> _Reading | None:
        pane = self._pane
        if pane is not None and pane.read is not None:
            return _Reading(pane.read, pane.dismissed, pane.annotations)
        return self._asleep

    def _read_file(self) -> None:
        try:
            source = read_inputs(self.paths)
        except ReaderError as error:
            self._fail(error)
            return
        self._read(source)

    def _on_freed(self) -> None:
        if self._state is PageState.WAITING and self._workers.has_room:
            self._read_file()

    def _read(self, source: InputFile, password: str | None = None, tried: str = "") -> None:
        self._source = source
        self._tried = tried
        self.set_message(None)
        self._progress.begin(self._name)
        self._set_state(PageState.READING)
        self._runner.start(source, password)

    def _on_progress(self, progress: Progress) -> None:
        self._progress.show_stage(progress.stage, progress.fraction)
        if self._is_awake and self._pane is None and self._spare is None:
            self._spare = self._new_pane()

    def _new_pane(self) -> ReadingPane:
        """Return a pane that is hidden and in no layout."""
        pane = ReadingPane(self._theme, self)
        pane.hide()
        return pane

    def _drop_spare(self) -> None:
        """Let go of the pane that was made ahead, of which nothing came."""
        if self._spare is not None:
            self._spare.setParent(None)
            self._spare.deleteLater()
            self._spare = None

    def _on_finished(self, report: PolicyReport) -> None:
        self._progress.end()
        source, self._source = self._source, None
        before, self._before = self._before, None
        if before is None:
            last = self._library.last_read(self.place)
            self.show_report(report)
            if last is not None and last.sha256 != report.document.source.sha256:
                self._tell_of_change(last)
        else:
            self._show_again(before, report)
        if source is not None and self.path and self._keeps_texts:
            keep_texts(self.paths, source)

    def _on_failed(self, error: ReaderError) -> None:
        self._progress.end()
        source = self._source
        if isinstance(error, EncryptedInputError) and source and takes_password(source, error.part):
            self._locked = error.part or source.name
            self._set_state(PageState.LOCKED)
            if self.isVisible():
                self._ask_for_password()
        else:
            self._fail(error)

    def _fail(self, error: ReaderError) -> None:
        """Say that the file cannot be read; what is open stays."""
        self._source = self._before = None
        self._drop_spare()
        if self.report is None:
            self.failed.emit(error)
        else:
            self._set_state(PageState.OPEN)
            self._refuse(error)

    def _refuse(self, error: ReaderError) -> None:
        name = short_name(error.part) if error.part else self._name
        words = self.tr("“{name}” was not opened. {reason}")
        if self._next_paths != self.paths and not error.part:
            words = self.tr("The files were not read as one policy. {reason}")
        self.set_message(Message.refusal(words.format(name=name, reason=error.message), error.hint))

    def _on_cancelled(self) -> None:
        self._runner.cancel()
        self._give_up()

    def _give_up(self) -> None:
        self._progress.end()
        self._source = self._before = None
        self._drop_spare()
        if self.report is None:
            self.given_up.emit()
        else:
            self._set_state(PageState.OPEN)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for a password now, where one was missing while nobody looked."""
        super().showEvent(event)
        if self._state is PageState.LOCKED:
            QTimer.singleShot(0, self, self._ask_for_password)

    def _ask_for_password(self) -> None:
        asks = any(dialog.isVisible() for dialog in self.findChildren(PasswordDialog))
        if self._state is not PageState.LOCKED or asks:
            return
        is_again = self._tried == self._locked
        dialog = PasswordDialog(short_name(self._locked), again=is_again, parent=self)
        dialog.textValueSelected.connect(self._on_password)
        dialog.rejected.connect(self._give_up)
        dialog.open()

    def _on_password(self, password: str) -> None:
        source = self._source
        if source is None:
            return
        parts = tuple(
            replace(part, password=password) if part.name == self._locked else part
            for part in source.parts
        )
        self._read(replace(source, parts=parts), None if parts else password, self._locked)

    # Showing

    def show_report(self, report: PolicyReport) -> None:
        """Show a report as it was left where it was read before."""
        sha256 = report.document.source.sha256
        self.keep_place()
        kept, dismissed = self._library.annotations(sha256), self._library.dismissed(sha256)
        annotations = placed(kept, report.document.text)
        self._known_annotations = {each.id for each in annotations}
        self._known_dismissed = set(dismissed)
        self._show(report, dismissed, annotations, self._library.place(sha256))

    def _show(
        self,
        report: PolicyReport,
        dismissed: frozenset[str],
        annotations: tuple[Annotation, ...],
        place: int,
        *,
        again: bool = False,
    ) -> None:
        place = max(min(place, len(report.document.text) - 1), 0)
        if self._is_awake:
            pane = self._make_pane()
            pane.show_report(report, dismissed, annotations, again=again)
            if place:
                pane.view.go_to(place)
        else:  # nobody looks yet
            self._drop_spare()
            self._asleep = _Asleep(report, dismissed, annotations, Trail.at(place))
        source = report.document.source
        sources = [part.source for part in report.document.parts] or [source]
        self._name = name_of_files([each.name for each in sources])
        self._record(source.sha256)
        self._watch.watch(
            [(path, each.sha256) for path, each in zip(self.paths, sources, strict=False)]
        )
        self.is_changed_on_disk = False
        self._set_state(PageState.OPEN)
        self.shown.emit()

    def _show_again(self, before: PolicyReport, report: PolicyReport) -> None:
        """Show ``report`` in place of ``before``, an earlier reading of the same file."""
        pane = self._make_pane()
        is_joined, self.paths = self._next_paths != self.paths, self._next_paths
        place = same_place(before.document.text, pane.view.reading_place, report.document.text)
        own = _Reading(before, pane.dismissed, pane.annotations)
        readings, self._joining = (own, *self._joining), ()
        sha256 = report.document.source.sha256
        kept: tuple[Annotation, ...] = ()
        dismissed = frozenset[str]()
        if is_joined:  # as it may have been before, and been left with notes
            kept = placed(self._library.annotations(sha256), report.document.text)
            dismissed = self._library.dismissed(sha256)
        known = {each.id for each in kept}, set(dismissed)
        dismissed = dismissed.union(
            *(still_dismissed(each.report, report, each.dismissed) for each in readings)
        )
        noted, annotations = _taken_over(readings, report, kept)
        self._show(report, dismissed, annotations, place, again=True)
        if sha256 != before.document.source.sha256:
            self._known_annotations, self._known_dismissed = known
        self._keep_marks()
        unkept = self._unkept.words if self._unkept is not None else ""
        changes = changes_line(before, report), lost_notes_line(noted, annotations), unkept
        told = " ".join(filter(None, changes))
        if is_joined:
            words = self.tr("{count} files are now read as one policy.")
            self._separation = Message.offer(
                words.format(count=len(self.paths)), self.tr("Open separately"), told
            )
            self.set_message(self._separation)
            self.joined.emit()
        else:
            words = self.tr("“{name}” was read again.").format(name=self._name)
            self.set_message(Message.news(words, told))

    # What changed since the file was read last

    @property
    def offers_changes(self) -> bool:
        """Whether the message that is told offers to show what changed."""
        return self._offer is not None and self.message is self._offer

    @property
    def offers_separation(self) -> bool:
        """Whether the message that is told offers to open the policy's files one by one."""
        return self._separation is not None and self.message is self._separation

    @property
    def _keeps_texts(self) -> bool:
        return self._library.keeping is Keeping.KEPT and self._settings.keep_texts

    def _tell_of_change(self, last: LastRead) -> None:
        """Say that the file is another than at the ``last`` time, and offer to show how."""
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(last.opened)).date(), QLocale.FormatType.LongFormat
        )
        words = self.tr("“{name}” has changed since you read it on {day}.")
        told = words.format(name=self._name, day=when)
        self._earlier = kept_texts(self.paths, self._name, last.sha256)
        if self._earlier is None:
            self.set_message(
                Message.news(
                    told,
                    self.tr(
                        "To see next time what changed, keep the files you read (see Preferences)."
                    ),
                )
            )
            return
        self._offer = Message.offer(
            told, self.tr("What changed"), self.tr("It is compared with the version you last read.")
        )
        self.set_message(self._offer)

    def find_changes(self) -> None:
        """Read the file as it was, for ``earlier_read``."""
        if self._earlier is not None:
            self._earlier_runner.start(self._earlier)

    def _on_earlier(self, before: PolicyReport) -> None:
        if (after := self.report) is not None:
            self.set_message(None)
            self.earlier_read.emit(before, after)

    def _on_earlier_failed(self, error: ReaderError) -> None:
        words = self.tr("The earlier version can no longer be read. {reason}")
        self.set_message(Message.refusal(words.format(reason=error.message), error.hint))

    def _make_pane(self) -> ReadingPane:
        """Return the reading pane, made at need."""
        if self._pane is not None:
            return self._pane
        pane = self._pane = self._spare or self._new_pane()
        self._spare = None
        self._column.addWidget(pane, 1)
        self._column.setStretch(1, 0)
        _give_settings(pane, self._settings)
        pane.tell_how_notes_are_kept(self._library.keeping)
        pane.annotations_changed.connect(self._on_annotations)
        pane.dismissed_changed.connect(self._on_dismissed)
        pane.view.scrolled_to.connect(self._place_timer.start)
        self.pane_made.emit(pane)
        pane.show()
        return pane

    # Sleeping

    def sleep(self) -> None:
        """Let go of the widgets, which take far more memory than the report; ``wake`` is quick."""
        pane = self._pane
        if pane is None or pane.read is None or self._state is not PageState.OPEN:
            return
        self.keep_place()
        self._place_timer.stop()
        self._is_awake = False
        self._asleep = _Asleep(pane.read, pane.dismissed, pane.annotations, pane.trail)
        self._pane = None
        pane.hide()  # a deferred delete alone would still be painted once
        pane.deleteLater()

    def wake(self) -> None:
        """Show the report, as it was before ``sleep``; without one yet, as soon as there is."""
        self._is_awake = True
        if self._asleep is None:
            return
        left, self._asleep = self._asleep, None
        pane = self._make_pane()
        pane.show_report(left.report, left.dismissed, left.annotations)
        pane.take_up(left.trail)

    # What the window decides

    def use_library(self, library: Library) -> None:
        """Remember in ``library`` from now on, and all that is so far."""
        self._library = library
        if self._pane is not None:
            self._pane.tell_how_notes_are_kept(library.keeping)
        left = self._reading()
        if left is None:
            return
        self._record(left.report.document.source.sha256)
        self.keep_place()
        if self._asleep is not None:
            library.keep_place(
                self._asleep.report.document.source.sha256, self._asleep.trail.here.scrolled
            )
        self._keep_marks()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of ``theme``."""
        self._theme = theme
        for pane in (self._pane, self._spare):
            if pane is not None:
                pane.set_theme(theme)

    def use_settings(self, settings: Settings) -> None:
        """Show everything as the reader wants it now."""
        self._settings = settings
        if self._pane is not None:
            _give_settings(self._pane, settings)

    def restore_sizes(self, sizes: QByteArray | None) -> None:
        """Give the panes the widths that the reader has set, if there are any."""
        if self._pane is not None and sizes is not None:
            self._pane.restore_sizes(sizes)

    def restore_all(self) -> None:
        """Take back all that was dismissed, and forget the notes, since the library forgets all."""
        if self._pane is not None:
            self._pane.restore_all()
        elif self._asleep is not None:
            self._asleep = replace(self._asleep, dismissed=frozenset(), annotations=())
        self._is_recorded = False

    def set_message(self, message: Message | None) -> None:
        """Tell something about this document in place of what was told before, None for nothing."""
        self.message = message
        self.message_changed.emit()

    def close_document(self) -> None:
        """End the analysis and remember the place. The page can only be deleted then."""
        self._state = PageState.OPEN  # it waits for nothing any more
        self._runner.cancel()
        self._earlier_runner.cancel()
        self._progress.end()
        self._place_timer.stop()
        self._watch.watch([])
        self.keep_place()

    def keep_place(self) -> None:
        """Remember how far the document was read, and what could not be remembered before."""
        pane = self._pane
        if pane is not None and pane.read is not None:
            sha256 = pane.read.document.source.sha256
            self._library.keep_place(sha256, pane.view.reading_place)
        if self._unkept is not None:
            self._keep_marks(again=True)

    # News

    def _on_dismissed(self, _dismissed: frozenset[str]) -> None:
        self._keep_marks()
        self.dismissed_changed.emit()

    def _on_annotations(self, _annotations: tuple[Annotation, ...]) -> None:
        self._keep_marks()
        self.annotations_changed.emit()

    def _keep_marks(self, *, again: bool = False) -> None:
        """Remember what is dismissed and noted; where that cannot be, say so and try later.

        That is at the next change, when the text was scrolled, and when the document is closed.
        To try ``again`` in vain says nothing new.
        """
        left = self._reading()
        if left is None:
            return
        if self._write_marks(left):
            unkept, self._unkept = self._unkept, None
            if unkept is not None and self.message is unkept:
                self.set_message(None)
        elif not again:
            self._unkept = Message.refusal(
                self.tr("Your notes and dismissed findings could not be saved just now."),
                self.tr(
                    "It is tried again as you read on, and when you close the policy. Check that "
                    "your home folder can be written to and has room."
                ),
            )
            self.set_message(self._unkept)

    def _record(self, sha256: str) -> bool:
        """Return whether the library knows the policy now, as one that was opened."""
        self._is_recorded = self._library.record(sha256, self._name, self.place)
        return self._is_recorded

    def _write_marks(self, left: _Reading) -> bool:
        """Return whether the library holds now what is dismissed and noted."""
        sha256 = left.report.document.source.sha256
        # What is remembered of a finding that is not in the report may be of one that comes back.
        known = self._known_dismissed & {each.key for each in left.report.disclosures}
        has_marks = left.dismissed or left.annotations
        are_kept = self._is_recorded or not has_marks or self._record(sha256)
        are_kept &= self._library.keep_dismissed(sha256, left.dismissed, known)
        are_kept &= self._library.keep_annotations(
            sha256, left.annotations, self._known_annotations
        )
        self._known_dismissed |= left.dismissed
        self._known_annotations |= {each.id for each in left.annotations}
        return are_kept

    def _on_file_changed(self, path: str) -> None:
        self.is_changed_on_disk = True
        self.set_message(
            Message.offer(
                self.tr("“{name}” has changed on disk.").format(name=short_name(path)),
                self.tr("Reload"),
                self.tr("You still see the earlier version. F5 reloads it and keeps your place."),
            )
        )
        self.state_changed.emit()

    def _set_state(self, state: PageState) -> None:
        self._state = state
        self.state_changed.emit()


def _taken_over(
    readings: Sequence[_Reading], report: PolicyReport, kept: Sequence[Annotation]
) -> tuple[list[Annotation], tuple[Annotation, ...]]:
    """Return the reader's marks on earlier readings, and all that stand in ``report`` with them.

    ``kept`` are those that it has already. Marks of several get ids of their own.
    """
    noted: list[Annotation] = []
    annotations = list(kept)
    taken = {mark.id for mark in kept}
    there = {(mark.span, mark.note) for mark in kept}
    for each in readings:
        marks = []
        for mark in each.annotations:
            number = mark.id if mark.id not in taken else max(taken) + 1
            taken.add(number)
            marks.append(replace(mark, id=number))
        noted += marks
        text = each.report.document.text
        annotations += [
            mark
            for mark in still_annotated(text, report.document.text, marks)
            if (mark.span, mark.note) not in there
        ]
    return noted, tuple(annotations)


def _give_settings(pane: ReadingPane, settings: Settings) -> None:
    """Show everything in ``pane`` as ``settings`` say; what is so already stays untouched."""
    pane.view.set_look(look_of(settings))
    pane.use_settings(settings)
    pane.outline.set_hardest_first(settings.hardest_first)
