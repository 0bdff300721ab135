"""Brings a Word specification in: each heading is shown with the section it goes to, then written as one step."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.apart import Apart
from desktop.dialogs.word_places import PlacesPanel
from desktop.session import Session
from desktop.work import SlicedWork
from storage.desk.specification.outlines import outlines
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.steps import Progress
from storage.exchange.word.bringing_in import AS_IT_IS, WordPlan, bring_in, plan_word
from storage.exchange.word.source import WordSource
from storage.records.specifications import Specification
from widgets.parts import button, col, line, row, text
from widgets.shown import set_title

ABOUT = "Nothing is written before you press Bring in. What fits nowhere goes to a section Unplaced: nothing is lost."


class WordReading(QObject):
    """Reads a document on a thread of its own."""

    read = Signal(object)  # WordSource
    failed = Signal(str)

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._work = Apart(partial(_reading, path))
        self._work.finished.connect(self.read)
        self._work.failed.connect(self.failed)
        self._work.start()

    def stop(self) -> None:
        """Forget what is read."""
        self._work.cancel()


def _reading(path: Path) -> Generator[object, None, object]:
    from storage.exchange.word.door import read_document
    from storage.exchange.word.placing import known_headings

    yield path
    return read_document(path, known_headings())


class BringInWord(QDialog):
    """The document, where it goes, and what else it holds."""

    done_with = Signal(int)  # the specification that was written

    def __init__(self, parent: QWidget, session: Session, path: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, f"Bring in {path.name}")
        self._session = session
        self._source: WordSource | None = None
        self.plan: WordPlan | None = None
        self.into, self.outline, self.title = QComboBox(), QComboBox(), QLineEdit()
        self.places = PlacesPanel()
        self._state = text(f"Reading {path.name}…", "soft", wrap=True)
        self._fill_choices()
        self._lay_out(parent)
        self.into.currentIndexChanged.connect(self._plan_anew)
        self.outline.currentIndexChanged.connect(self._plan_anew)
        self._reading = WordReading(path, self)
        self._reading.read.connect(self._show)
        self._reading.failed.connect(self._failed)

    def _fill_choices(self) -> None:
        self.into.setAccessibleName("Bring it into")
        self.into.addItem("A new specification", 0)
        for each in self._session.store.all(Specification, Query(order=(Order("title"),))):
            self.into.addItem(each.name, each.key)
        self.outline.setAccessibleName("Headings of the new specification")
        self.outline.addItem("The headings of the document", AS_IT_IS)
        for known in outlines():
            self.outline.addItem(known.title, known.id)
        self.outline.setCurrentIndex(1)
        self.title.setAccessibleName("Title of the new specification")
        for box in (self.into, self.outline):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)

    def _lay_out(self, parent: QWidget) -> None:
        self._do = button("Bring in", "primary")
        self._do.setEnabled(False)
        self._do.clicked.connect(self.bring_in)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._new = QWidget()
        fields = row(
            col(text("Headings", "label"), self.outline, gap=2),
            col(text("Title", "label"), self.title, gap=2),
            gap=16,
        )
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        self._new.setLayout(fields)
        choices = row(col(text("Into", "label"), self.into, gap=2), self._new, gap=16)
        choices.setStretch(0, 1)
        choices.setStretch(1, 2)
        head = col(text(ABOUT, "soft", wrap=True), choices, self._state, gap=10, margins=(24, 16, 24, 10))
        foot = row(None, cancel, self._do, margins=(24, 12, 24, 16))
        self.setLayout(col(head, line(), self.places, line(), foot, gap=0))
        room = parent.window().size()
        self.resize(min(1180, max(720, room.width() - 80)), min(860, max(480, room.height() - 60)))

    # ---- reading and planning

    def _show(self, source: object) -> None:
        if isinstance(source, WordSource):
            self._source = source
            self.title.setText(source.title or Path(source.source).stem)
            self._plan_anew()

    def _failed(self, words: str) -> None:
        self._session.failed.emit(words)
        self.reject()

    def _plan_anew(self, _index: int = 0) -> None:
        """Work out where each heading goes in what is chosen now."""
        chosen = int(self.into.currentData())
        self._new.setVisible(not chosen)
        if self._source is None:
            return
        try:
            self.plan = plan_word(
                self._session.store,
                self._source,
                specification=chosen or None,
                outline_id=str(self.outline.currentData()),
            )
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        self.places.show_plan(self.plan)
        parts = sum(bool(p.heading) for p in self._source.parts)
        words = len(self._source.words())
        self._state.setText(
            f"{parts:,} headings and {words:,} words were read. Choose otherwise where you see it differently."
        )
        self._do.setEnabled(bool(self._source.parts) and not self._session.read_only)

    # ---- writing

    def bring_in(self) -> None:
        """Write the plan in slices, so that the window stays alive; a copy of the file is made first."""
        if self.plan is None:
            return
        self.plan.title = self.title.text()
        self._do.setEnabled(False)
        self._writing = SlicedWork(self._work(self.plan), self)
        self._writing.failed.connect(self._not_written)
        self._writing.finished.connect(self.accept)
        self._writing.start()

    def _work(self, plan: WordPlan) -> Generator[Progress, None, None]:
        store = self._session.store
        yield from backups.making(store.file, backups.BEFORE_IMPORT)
        made = yield from bring_in(store, plan)
        self._session.said.emit(f"{plan.source.source} is brought in as {made.name}.")
        self.done_with.emit(made.key)

    def _not_written(self, words: str) -> None:
        self._session.failed.emit(words)
        self._do.setEnabled(True)

    def reject(self) -> None:
        """Leave it; nothing was written."""
        self._reading.stop()
        super().reject()
