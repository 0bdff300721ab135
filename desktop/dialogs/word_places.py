"""Where each heading of a Word document goes, with another choice a click away, the text under it, and what is told."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.formatted import blocks_html
from storage.exchange.word.bringing_in import WordPlan
from storage.exchange.word.placing import ABOVE, LEFT_OUT, OWN, UNPLACED, Placing
from storage.exchange.word.shape import SOURCE, attached
from storage.exchange.word.source import Part
from storage.exchange.word.words import Saying, sayings
from widgets.elided import Elided
from widgets.parts import Item, button, col, line, link, pill, row, scroll, text
from widgets.prose import Prose
from widgets.shown import escaped

SLICE = 0.03  # seconds of making between two turns of the event loop
BEFORE_ANY = "Before the first heading"
OTHER = (
    (ABOVE, "With the part above"),
    (OWN, "A section of its own"),
    (UNPLACED, "Unplaced"),
    (LEFT_OUT, "Leave it out"),
)
INDENT = 14  # pixels for each level of a heading
MOST = 12  # things told one by one


class PlaceLine(QFrame):
    """One heading of the document: its words, how much stands under it, where that goes and why."""

    looked = Signal(int)
    chosen = Signal(int, str)

    def __init__(self, number: int, part: Part, placing: Placing, plan: WordPlan) -> None:
        super().__init__()
        self._number = number
        self.name = link(escaped(part.heading or BEFORE_ANY))
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.clicked.connect(self._look)
        self.goes = QComboBox()
        self.goes.setAccessibleName(f"{part.heading or BEFORE_ANY} goes to")
        self.goes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.goes.setMinimumContentsLength(22)
        for target in plan.targets:
            self.goes.addItem("   " * (target.level - 1) + target.heading, target.key)
        for key, words in OTHER:
            self.goes.addItem(words, key)
        self.goes.setCurrentIndex(max(0, self.goes.findData(placing.goes)))
        self.goes.activated.connect(self._choose)
        self.why = Elided("small")
        self.mark = pill("Unplaced", "amber")
        self.show_placing(placing)
        left = row(self.name, gap=4, margins=(INDENT * max(0, part.level - 1), 0, 0, 0))
        count = text(f"{part.words:,} words" if part.words else "no text", "small")
        named = col(
            left,
            row(count, self.mark, None, gap=8, margins=(INDENT * max(0, part.level - 1), 0, 0, 0)),
            gap=0,
        )
        across = row(named, col(self.goes, self.why, gap=2), gap=16)
        across.setStretch(0, 1)
        across.setStretch(1, 1)
        self.setLayout(col(across, line(), gap=6))

    def show_placing(self, placing: Placing) -> None:
        """Show why it goes there."""
        self.why.show_words(placing.why[:1].upper() + placing.why[1:] if placing.why else "Chosen by you")
        self.mark.setVisible(placing.goes == UNPLACED)

    def _look(self) -> None:
        self.looked.emit(self._number)

    def _choose(self, _index: int) -> None:
        self.chosen.emit(self._number, str(self.goes.currentData()))


class PlacesPanel(QWidget):
    """The headings at the left; at the right the text under the one looked at, or what is told of the document."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PlaceLine] = []
        self._plan: WordPlan | None = None
        self._waiting: list[int] = []
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._make_some)
        self._down = QVBoxLayout()
        self._down.setSpacing(4)
        self._down.setContentsMargins(24, 12, 16, 16)
        self._down.addStretch(1)
        self._beside = QVBoxLayout()
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._told: QWidget | None = None
        left, right = scroll(self._down, "surface"), QWidget()
        left.setAccessibleName("Headings of the document")
        right.setLayout(self._beside)
        across = row(left, line(vertical=True), right, gap=0)
        across.setStretch(0, 3)
        across.setStretch(2, 2)
        self.setLayout(across)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_plan(self, plan: WordPlan) -> None:
        """Show where everything goes, in place of another plan."""
        self._plan = plan
        for old in self.lines:
            self._down.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines, self._waiting = [], list(range(len(plan.placings)))
        self._make_some()
        self._soon.start()
        self._show_told()

    def _make_some(self) -> None:
        until = perf_counter() + SLICE
        while self._waiting and self._plan is not None and perf_counter() < until:
            number = self._waiting.pop(0)
            made = PlaceLine(number, self._plan.source.parts[number], self._plan.placings[number], self._plan)
            made.looked.connect(self.look)
            made.chosen.connect(self._choose)
            self.lines.append(made)
            self._down.insertWidget(len(self.lines) - 1, made)
        if not self._waiting:
            self._soon.stop()

    def _choose(self, number: int, goes: str) -> None:
        if self._plan is not None:
            self._plan.placings[number] = Placing(goes)
            self.lines[number].show_placing(self._plan.placings[number])

    def look(self, number: int) -> None:
        """Show the text under a heading."""
        if self._plan is None:
            return
        part = self._plan.source.parts[number]
        prose = Prose(str, self._picture)
        prose.set_markdown(
            blocks_html(attached(part.blocks, {p.name: p.name for p in self._plan.source.pictures}))
        )
        back = button("What else it holds", "quiet", "arrow-left")
        back.clicked.connect(self._show_told)
        named = text(part.heading or BEFORE_ANY, "fact", wrap=True)
        shown = prose if part.blocks else text("Nothing stands under this heading.", "soft", wrap=True)
        self._put(back, named, shown)

    def _picture(self, address: str) -> bytes:
        from storage.desk.files.pictures import is_safe
        from storage.text.tree import PICTURE

        held = self._plan.source.pictures if self._plan is not None else ()
        found = next(
            (p.content for p in held if address in (f"{PICTURE}{p.name}", f"{PICTURE}{SOURCE}{p.name}")), b""
        )
        return found if is_safe(found) else b""

    def _show_told(self, _checked: bool = False) -> None:
        if self._plan is None:
            return
        said = sayings(self._plan.source)
        items: list[Item] = [text("What else the document holds", "strong")]
        items += [item for each in said for item in _told(each)]
        if not said:
            items.append(text("Nothing besides its text.", "soft", wrap=True))
        items.append(text("Press a heading to see the text under it.", "small", wrap=True))
        self._put(*items)

    def _put(self, *items: Item) -> None:
        if self._told is not None:
            self._beside.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
        self._told = scroll(col(*items, None, gap=8, margins=(20, 14, 20, 16)), "surface")
        self._beside.addWidget(self._told)


def _told(saying: Saying) -> list[Item]:
    made: list[Item] = [text(saying.words, wrap=True)]
    made += [text(words, "small", wrap=True) for words in saying.lines[:MOST]]
    if len(saying.lines) > MOST:
        made.append(text(f"And {len(saying.lines) - MOST:,} more.", "small"))
    return made
