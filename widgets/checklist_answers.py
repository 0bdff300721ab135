"""The answer area of a question card: its parts in reading order, and the gate beside the first of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets.checklist_data import AnswerValue, GateData, GateState, PartData, PartKind, QuestionData
from widgets.checklist_parts import TICKED, part_editor
from widgets.checklist_segments import PartEditor, SegmentEditor
from widgets.elided import Elided
from widgets.flow import FlowLayout
from widgets.icons import IconLabel
from widgets.parts import Item, Words, col, link, restyle, row, text
from widgets.shown import set_field

HALF = frozenset(
    {
        PartKind.TEXT,
        PartKind.DATE,
        PartKind.MONEY,
        PartKind.NUMBER,
        PartKind.PERCENT,
        PartKind.PERSON,
    }
)
SHORT = 36  # letters of a label that fit half a card
_A_WAIVER = " a waiver"
_SIGNS = {  # icon, icon colour, tone of the words
    GateState.OPEN: ("lock-simple-open", "green", "green"),
    GateState.CLOSED: ("lock-simple", "red", "red"),
    GateState.WAITING: ("lock-simple", "text2", ""),
    GateState.WAIVED: ("pencil-simple", "text2", ""),
    GateState.WARNS: ("warning", "amber", "amber"),
}


class GateLine(QWidget):
    """The state of a gate: a picture, its words, and the way to a waiver."""

    waive_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("lock-simple")
        self._words = Elided("small")
        self._waive = link("a waiver…")
        self._waive.clicked.connect(self._ask)
        self.setLayout(row(2, self._icon, self._words, self._waive, gap=5))
        self.setFixedHeight(28)

    def set_gate(self, gate: GateData, *, read_only: bool) -> None:
        """Show a gate; nothing at all when the question has none."""
        self.setVisible(gate.state is not GateState.NONE and bool(gate.words))
        if gate.state is GateState.NONE:
            return
        picture, colour, tone = _SIGNS[gate.state]
        offered = gate.may_waive and not read_only
        as_link = offered and gate.words.endswith(_A_WAIVER)
        self._icon.set_icon(picture, colour)
        self._words.show_words(gate.words.removesuffix(_A_WAIVER) if as_link else gate.words)
        restyle(self._words, tone=tone)
        self._waive.setText(
            "a waiver…" if as_link else "Change…" if gate.state is GateState.WAIVED else "Waive…"
        )
        self._waive.setAccessibleName("Record a waiver for this gate")
        self._waive.setVisible(offered)
        self.setAccessibleName(gate.words)

    def _ask(self) -> None:
        self.waive_asked.emit()


class Offer(QWidget):
    """An answer that is worked out, in words, and the way to take it."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", "small", wrap=True)
        self._use = link("Use this")
        self._use.clicked.connect(self.taken)
        self.setLayout(col(self._words, row(self._use, None), gap=0))

    def show_offer(self, words: str, *, usable: bool) -> None:
        """Show it; nothing at all without words."""
        self.setVisible(bool(words))
        self._words.setText(words)
        self._use.setVisible(usable)


class PartBlock(QWidget):
    """One part: its label, editor, worked-out proposal, and what is wrong with it."""

    def __init__(self, part: PartData, editor: PartEditor, *, labelled: bool) -> None:
        super().__init__()
        self.part, self.editor = part, editor
        items: list[Item] = [editor]
        if labelled and part.label:
            heading = text(part.label, "label", wrap=True)
            set_field(heading, editor.start())
            items.insert(0, heading)
        self._offer: Offer | None = None  # these two are made once there is something in them
        self._problem: Words | None = None
        self._down = col(*items, gap=4)
        self.setLayout(self._down)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show the part as it is now."""
        self.part = part
        typed = not part.worked_out
        self.editor.set_part(part, not_applicable=not_applicable, read_only=read_only or not typed)
        if part.proposal or self._offer:
            self._show_offer(part, fixed=read_only or not_applicable)
        problem = "" if self.editor.tells_problem else part.problem
        if problem and self._problem is None:
            self._problem = text("", "small", tone="red", wrap=True)
            self._down.addWidget(self._problem)
        if self._problem is not None:
            self._problem.setVisible(bool(problem))
            self._problem.setText(problem)

    def _show_offer(self, part: PartData, *, fixed: bool) -> None:
        if self._offer is None:
            self._offer = Offer()
            self._offer.taken.connect(self._take)
            self._down.insertWidget(self._down.indexOf(self.editor) + 1, self._offer)
        usable = not fixed and part.proposed is not None and part.proposed != part.value
        self._offer.show_offer(part.proposal, usable=usable)

    def _take(self) -> None:
        self.editor.changed.emit(self.part.proposed)


class AnswerArea(QWidget):
    """All parts of a question and its gate. `changed` carries the key of the part and the answer given."""

    changed = Signal(str, object)
    not_applicable = Signal()
    waive_asked = Signal()
    pick_asked = Signal(str)  # the part a record is to be chosen for: its key, in rows with row and column

    def __init__(self, question: QuestionData) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self._gate: GateLine | None = None  # made once there is a gate to show
        self._blocks = {part.key: self._block(question, part) for part in question.parts}
        for block in self._blocks.values():
            block.setParent(self)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._line = FlowLayout(gap=8, line_gap=4)
        first = self._beside(question)
        if first:
            self._line.addWidget(first)
        answer = col(*self._heading(question), self._line, gap=4)
        self.setLayout(col(answer, self._grid) if first else col(self._grid, answer))

    @property
    def first(self) -> PartEditor:
        """The editor of the first part."""
        return next(iter(self._blocks.values())).editor

    @property
    def ticked(self) -> tuple[str, SegmentEditor] | None:
        """The yes-or-no row that the letter keys answer, with the key of its part."""
        for key, block in self._blocks.items():
            if block.part.kind in TICKED and block.part.shown and isinstance(block.editor, SegmentEditor):
                return key, block.editor
        return None

    @property
    def offers_not_applicable(self) -> bool:
        """True when one of the rows has an N/A segment."""
        return any(
            isinstance(b.editor, SegmentEditor) and b.editor.offers_not_applicable for b in self._all()
        )

    def set_question(self, question: QuestionData, *, asking: bool, read_only: bool) -> None:
        """Show the answers; `asking` shows N/A as chosen while its reason is being written."""
        idle = question.not_applicable or asking
        for part in question.parts:
            self._blocks[part.key].set_part(part, not_applicable=idle, read_only=read_only)
        self._place(question)
        if self._gate is None and question.gate.state is not GateState.NONE:
            self._gate = GateLine()
            self._gate.waive_asked.connect(self.waive_asked)
            self._line.addWidget(self._gate)
        if self._gate is not None:
            self._gate.set_gate(question.gate, read_only=read_only)

    def clear_first(self) -> None:
        """Take the first answer back."""
        for key, block in self._blocks.items():
            if block.part.value is not None and not block.part.worked_out:
                self.changed.emit(key, None)
                return

    @property
    def is_held(self) -> bool:
        """Whether one of the editors holds words that are not kept."""
        return any(block.editor.is_held for block in self._all())

    def commit(self) -> None:
        """Say what is typed and not yet said."""
        for block in self._all():
            block.editor.commit()

    def _all(self) -> tuple[PartBlock, ...]:
        return tuple(self._blocks.values())

    def _block(self, question: QuestionData, part: PartData) -> PartBlock:
        is_first, several = part is question.parts[0], len(question.parts) > 1
        offer = is_first and question.may_be_not_applicable
        editor = part_editor(part, offer_na=offer, alone=not several)
        editor.changed.connect(partial(self._changed, part.key))
        editor.not_applicable.connect(self.not_applicable)
        editor.pick_asked.connect(partial(self._pick, part.key))
        beside = is_first and isinstance(editor, SegmentEditor)
        return PartBlock(part, editor, labelled=several and not beside)

    def _pick(self, key: str, within: str) -> None:
        self.pick_asked.emit(f"{key}/{within}" if within else key)

    def _heading(self, question: QuestionData) -> list[Item]:
        """The label of a first part that has the gate beside it.

        A yes-or-no row that comes first answers the question itself and needs no second heading.
        """
        first = question.parts[0]
        beside = self._beside(question) is not None
        if not beside or len(question.parts) == 1 or first.kind in TICKED or not first.label:
            return []
        return [text(first.label, "label")]

    def _beside(self, question: QuestionData) -> PartBlock | None:
        """The first block when it is a row of segments that the gate can stand beside."""
        block = self._blocks[question.parts[0].key]
        return block if isinstance(block.editor, SegmentEditor) else None

    def _changed(self, key: str, value: AnswerValue) -> None:
        self.changed.emit(key, value)

    def _place(self, question: QuestionData) -> None:
        """Put the parts that are asked into one or two columns, when they are not the same as before."""
        shown = tuple(part.key for part in question.parts if part.shown)
        if shown == self._shown:
            return
        self._shown = shown
        beside = self._beside(question)
        for block in self._all():
            self._grid.removeWidget(block)
            block.setVisible(block.part.key in shown)
        blocks = [self._blocks[key] for key in shown if self._blocks[key] is not beside]
        line, column = 0, 0
        for place, block in enumerate(blocks):
            follower = blocks[place + 1] if place + 1 < len(blocks) else None
            half = len(question.parts) > 1 and _fits_half(block.part)
            paired = half and (column == 1 or (follower is not None and _fits_half(follower.part)))
            narrow = half and block.part.kind is not PartKind.TEXT and not block.part.proposal
            across = 1 if paired or narrow else 2
            self._grid.addWidget(block, line, column, 1, across, Qt.AlignmentFlag.AlignTop)
            column = 1 if paired and column == 0 else 0
            line += column == 0


def _fits_half(part: PartData) -> bool:
    return part.kind in HALF and len(part.label) <= SHORT
