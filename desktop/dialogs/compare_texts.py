"""Two texts of a specification side by side, what changed marked in each; to print, or to Word as tracked changes."""

from __future__ import annotations

from functools import partial
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.dialogs.save_text import ask_text
from desktop.formatted import blocks_html, pictures_of
from desktop.links import open_link
from desktop.session import Session
from storage.desk.specification.redline import (
    Compared,
    Reading,
    SectionChange,
    compare,
    readings_of,
    usual_readings,
)
from storage.desk.specification.specifications import SectionText
from storage.engine.errors import StorageError
from storage.exchange.paper.papers import SpecificationPaper
from storage.records.specifications import Specification
from storage.text.sides import new_side, old_side, side_of_runs
from storage.text.tree import Block, Heading, Run, Runs
from widgets.parts import button, col, line, panel, row, scroll, text
from widgets.prose import Prose
from widgets.shown import set_tip, set_title

SLICE = 0.03  # seconds of making between two turns of the event loop
AHEAD = 3  # sections made before the dialog is drawn
SAME = "The two texts are the same."
NOT_THERE = "Not in this text"


class CompareTexts(QDialog):
    """Which two texts, the sections opposite one another, and the ways to take the comparison out."""

    def __init__(self, parent: QWidget, session: Session, specification: Specification) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, f"Compare {specification.name}")
        self._session, self._specification = session, specification
        self._readings = readings_of(session.store, specification.key)
        self.compared: Compared | None = None
        self._waiting: list[SectionChange] = []
        self._places: list[QWidget] = []  # the headings of what changed, in order
        self.old, self.new = self._choice("Before"), self._choice("After")
        self._only = QCheckBox("Only what changed")
        self._only.setChecked(True)
        self._count = text("", "soft")
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._make_some)
        self._lay_out(parent)
        first, second = usual_readings(session.store, specification.key)
        for box, reading in ((self.old, first), (self.new, second)):
            box.setCurrentIndex(next(n for n, (each, _) in enumerate(self._readings) if each == reading))
            box.currentIndexChanged.connect(self.show_texts)
        self._only.toggled.connect(self._draw)
        self.show_texts()

    def _choice(self, label: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(label)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(24)
        for _, words in self._readings:
            made.addItem(words)
        return made

    def _lay_out(self, parent: QWidget) -> None:
        back, on = (
            button("Previous change", "quiet", "caret-up"),
            button("Next change", "quiet", "caret-down"),
        )
        back.clicked.connect(partial(self.step, -1))
        on.clicked.connect(partial(self.step, 1))
        printing, saving = button("Print…", icon_name="printer"), button("Save…", icon_name="export")
        set_tip(saving, "As a Word file with tracked changes, as a PDF or as a web page")
        printing.clicked.connect(self.print_now)
        saving.clicked.connect(self.save)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(24, 8, 24, 24)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self._held = panel(col(self._grid, None, gap=0), "surface")
        self._area = scroll(self._held)
        self._area.setAccessibleName("Comparison")
        sides = row(
            col(text("Before", "label"), self.old, gap=2),
            col(text("After", "label"), self.new, gap=2),
            gap=32,
        )
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        head = col(sides, row(self._only, 12, self._count, None, back, on), gap=8, margins=(24, 16, 24, 8))
        foot = row(printing, saving, None, close, margins=(24, 12, 24, 16))
        self.setLayout(col(head, line(), self._area, line(), foot, gap=0))
        room = parent.window().size()
        self.resize(min(1280, max(720, room.width() - 80)), min(900, max(480, room.height() - 60)))

    # ---- what is shown

    def readings(self) -> tuple[Reading, Reading]:
        """The two texts that are chosen."""
        return self._readings[self.old.currentIndex()][0], self._readings[self.new.currentIndex()][0]

    def show_texts(self, _index: int = 0) -> None:
        """Compare the two that are chosen."""
        try:
            self.compared = compare(self._session.store, *self.readings())
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        self._draw()

    def _draw(self, _only: bool = True) -> None:
        self._soon.stop()
        while (item := self._grid.takeAt(0)) is not None:
            if held := item.widget():
                held.hide()
                held.deleteLater()
        self._places = []
        if self.compared is None:
            return
        shown = self.compared.sections
        self._waiting = [s for s in shown if s.changed or not self._only.isChecked()]
        changes = self.compared.changes
        self._count.setText(f"{changes} of {len(shown)} sections differ" if changes else SAME)
        while self._waiting and len(self._places) < AHEAD:
            self._add(self._waiting.pop(0))
        self._soon.start()

    def _make_some(self) -> None:
        until = perf_counter() + SLICE
        while self._waiting and perf_counter() < until:
            self._add(self._waiting.pop(0))
        if not self._waiting:
            self._soon.stop()

    def _add(self, change: SectionChange) -> None:
        place = self._grid.rowCount()
        sides = (
            (change.old, side_of_runs(change.heading, "in", keep=True), old_side(change.blocks)),
            (change.new, side_of_runs(change.heading, "out", keep=True), new_side(change.blocks)),
        )
        for column, (section, heading, blocks) in enumerate(sides):
            words = text(NOT_THERE, "soft", wrap=True)
            held = self._side(section, heading, blocks) if section is not None else words
            self._grid.addWidget(held, place, column, Qt.AlignmentFlag.AlignTop)
            if column and change.changed:
                self._places.append(held)
        self._grid.addWidget(line(), place + 1, 0, 1, 2)

    def _side(self, section: SectionText, heading: Runs, blocks: tuple[Block, ...]) -> QWidget:
        made = Prose(str, pictures_of(self._session))
        made.link_clicked.connect(partial(open_link, self))
        numbered = (Run(f"{section.number}\u2003"), *heading) if section.number else heading
        made.set_markdown(blocks_html((Heading(numbered, min(section.level, 3)), *blocks)))
        made.setAccessibleName(section.heading)
        return made

    def step(self, way: int, _checked: bool = False) -> None:
        """Go to the next thing that changed below the top of what is shown, or to the one above it."""
        while self._waiting:
            self._add(self._waiting.pop(0))
        layout = self._held.layout()
        if layout is not None:
            layout.activate()
        bar = self._area.verticalScrollBar()
        tops = [self._top(place) for place in self._places]
        wanted = [t for t in tops if (t > bar.value() if way > 0 else t < bar.value())]
        if wanted:
            bar.setValue(wanted[0] if way > 0 else wanted[-1])

    def _top(self, place: QWidget) -> int:
        return max(0, place.mapTo(self._held, place.rect().topLeft()).y() - 8)

    # ---- the ways out

    def paper(self, *, only_changed: bool = False) -> SpecificationPaper:
        """The comparison, ready for paper, Word or a web page."""
        from storage.exchange.paper.print_redline import redline_paper

        return redline_paper(self._session.store, *self.readings(), only_changed=only_changed)

    def print_now(self) -> PrintPreview:
        """Preview the redline; a box leaves out what did not change."""
        name = f"{self._specification.reference} {self._specification.title} compared"
        dialog = open_preview(self, self._session, self.paper, name)
        dialog.offer("Only what changed", partial(self.paper, only_changed=True))
        return dialog

    def save(self) -> None:
        """Ask where it goes."""
        name = f"{self._specification.reference} {self._specification.title} compared"
        ask_text(self, self._session, "Save the comparison", name, self.paper)
