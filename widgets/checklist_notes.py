"""The foot of a question card: why it does not apply, the waiver, note, evidence and actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from widgets.checklist_data import QuestionData
from widgets.checklist_text import NoteBox
from widgets.flow import FlowLayout
from widgets.icons import IconLabel, paint_icon
from widgets.parts import button, col, link, row, text
from widgets.shown import set_tip
from widgets.theme import MEDIUM, SMALL, font_of, tokens

LONGEST = 44  # letters of a reference shown on its chip; the tool tip has them all
REASON, NOTE, EVIDENCE = "Why it does not apply", "Note", "Evidence, one reference a line"
MITIGATION = "Mitigation: what is done about it"
ORDER = (REASON, NOTE, MITIGATION, EVIDENCE)  # from the top
_LACKED = {"note": NOTE, "evidence": EVIDENCE, "mitigation": MITIGATION}


class AddButton(QAbstractButton):
    """A quiet way to add something. In the card that has the keyboard it wears a box; its size never changes."""

    def __init__(self, words: str, key: str = "", icon_name: str = "plus") -> None:
        super().__init__()
        self._key, self._icon, self._boxed = key, icon_name, False
        self.setText(words)
        self.setFixedHeight(26)

    def set_boxed(self, boxed: bool) -> None:
        """Wear the box or not."""
        if boxed != self._boxed:
            self._boxed = boxed
            self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        metrics = QFontMetrics(font_of(self, SMALL, MEDIUM))
        return QSize(metrics.horizontalAdvance(self._words()) + 8 + 14 + 4 + 9, 26)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it may be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Back to plain."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, icon, words, key."""
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._boxed or self.underMouse() or self.hasFocus():
            ring = self.hasFocus()
            edge = "focus" if ring else "edge" if self.underMouse() else "line"
            painter.setBrush(colours.colour("sunken"))
            painter.setPen(QPen(colours.colour(edge), 2 if ring else 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if ring else box, 4, 4)
        ink = "text2" if self._boxed or self.underMouse() or self.hasFocus() else "text3"
        paint_icon(painter, QRectF(8, 6, 14, 14), self._icon, ink)
        painter.setFont(font_of(self, SMALL, MEDIUM))
        painter.setPen(colours.colour(ink))
        painter.drawText(QRectF(26, 0, self.width() - 26, 26), Qt.AlignmentFlag.AlignVCenter, self._words())

    def _words(self) -> str:
        return f"{self.text()}  {self._key}" if self._key else self.text()


class NeedsLine(QWidget):
    """What an answer still needs, and the way to say that it holds as it is."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", "small", tone="amber", wrap=True)
        self._confirm = link("It still holds", "check")
        self._confirm.clicked.connect(self.confirmed)
        self.setLayout(row(IconLabel("warning", "amber"), self._words, self._confirm, None, gap=6))

    def show_needs(self, words: str, *, to_confirm: bool) -> None:
        """Show it; nothing at all without words."""
        self._words.setText(words)
        self._confirm.setVisible(to_confirm)
        self.setVisible(bool(words))


class Waiver(QFrame):
    """Who waived the gate, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "inset")
        self._words = text("", "soft", wrap=True)
        self.setLayout(col(self._words, gap=4, margins=(10, 8, 10, 8)))

    def show_words(self, words: str) -> None:
        """Show them; nothing at all without words."""
        self._words.setText(words)
        self.setVisible(bool(words))


class NotesArea(QWidget):
    """Everything about a question besides its answers. Boxes are made only once there is something in them."""

    noted = Signal(str, str)  # question, words
    evidence_changed = Signal(str, str)
    mitigated = Signal(str, str)
    confirmed = Signal()  # an answer to another wording still holds
    reason_given = Signal(str)
    reason_left = Signal()  # the writing of the reason is over
    not_applicable_pressed = Signal()
    action_asked = Signal()
    cite_asked = Signal()  # a fact of the shelf is to be chosen, or one taken away
    ended = Signal()  # the keyboard goes back to the card

    def __init__(self, question: QuestionData, *, na_button: bool) -> None:
        super().__init__()
        self._question, self._read_only = question, False
        self._writing = ""  # which box is being written in
        self._boxes: dict[str, NoteBox] = {}
        self._needs: NeedsLine | None = None  # these two are made once there is something in them
        self._waiver: Waiver | None = None
        self._chips: list[QWidget] = []
        self._chipped: tuple[object, ...] = ()
        self._line = FlowLayout()
        self._adders: list[AddButton] = []
        self._note = self._adder("Note", "", "plus", self.edit_note)
        self._mitigate = self._adder("Mitigation", "", "plus", self.edit_mitigation)
        self._adder("Evidence", "E", "plus", self._ask_cite)
        self._adder("Action", "T", "plus", self._ask_action)
        self._na = self._adder("Not applicable", "A", "minus", self._press_na) if na_button else None
        self._layout = col(self._line)
        self.setLayout(self._layout)

    def set_question(self, question: QuestionData, *, asking: bool, read_only: bool) -> None:
        """Show what is noted; `asking` opens the box for the reason that it does not apply."""
        self._question, self._read_only = question, read_only
        if asking:
            self._writing = REASON
        elif self._writing == REASON and not question.not_applicable:
            self._writing = ""
        self._show_needs(question)
        if question.gate.waiver and self._waiver is None:
            self._waiver = Waiver()
            self._layout.insertWidget(self._needs is not None, self._waiver)
        if self._waiver is not None:
            self._waiver.show_words(question.gate.waiver)
        self._show_chips(question)
        self._settle()

    def _show_needs(self, question: QuestionData) -> None:
        if question.needs and self._needs is None:
            self._needs = NeedsLine()
            self._needs.confirmed.connect(self.confirmed)
            self._layout.insertWidget(0, self._needs)
        if self._needs is not None:
            words = "" if self._read_only else question.needs
            self._needs.show_needs(words, to_confirm=question.to_confirm)

    def set_now(self, now: bool) -> None:
        """Box the buttons of the card that has the keyboard."""
        for adder in self._adders:
            adder.set_boxed(now)

    def edit_note(self) -> None:
        """Write the note."""
        self._write(NOTE)

    def edit_evidence(self) -> None:
        """Write the references, one a line."""
        self._write(EVIDENCE)

    def edit_mitigation(self) -> None:
        """Write what is done about the answer."""
        self._write(MITIGATION)

    def edit_reason(self) -> None:
        """Write why the question does not apply."""
        self._write(REASON)

    def commit(self) -> None:
        """Say what is typed and not yet said."""
        for box in self._boxes.values():
            box.field.commit()

    def _adder(self, words: str, key: str, icon_name: str, pressed: Callable[[], None]) -> AddButton:
        made = AddButton(words, key, icon_name)
        made.setAccessibleName(f"{words}, question {self._question.number}")
        made.clicked.connect(pressed)
        self._adders.append(made)
        self._line.addWidget(made)
        return made

    def _settle(self) -> None:
        """Let everything be seen, or not, as the question now stands."""
        question, writing = self._question, self._writing
        held = {
            REASON: question.reason, NOTE: question.note,
            MITIGATION: question.mitigation, EVIDENCE: question.evidence,
        }  # fmt: skip
        lacked = {_LACKED.get(each, "") for each in question.lacks if not self._read_only}
        seen = {
            REASON: question.not_applicable or writing == REASON,
            NOTE: bool(question.note) or writing == NOTE or NOTE in lacked,
            MITIGATION: bool(question.mitigation) or writing == MITIGATION or MITIGATION in lacked,
            EVIDENCE: writing == EVIDENCE or EVIDENCE in lacked,
        }
        for which in ORDER:
            self._show_box(which, held[which], on=seen[which])
        applies = question.may_be_not_applicable or question.not_applicable
        idle = {self._note: seen[NOTE], self._mitigate: seen[MITIGATION] or not question.may_mitigate}
        if self._na:
            idle[self._na] = not applies
            self._na.setText("It applies" if question.not_applicable else "Not applicable")
        for adder in self._adders:  # each is told once: to be seen for a moment would lay the card out anew
            adder.setVisible(not self._read_only and not idle.get(adder, False))
        for chip in self._chips:
            chip.setVisible(writing != EVIDENCE)
        filled = bool(self._chips or question.gate.waiver) or any(seen.values())
        self.setVisible(filled or not self._read_only)

    def _show_box(self, which: str, words: str, *, on: bool) -> None:
        box = self._boxes.get(which)
        if box is None:
            if not on:
                return
            box = self._boxes[which] = NoteBox(which, heading=which != NOTE)
            box.field.one_line = which == REASON
            box.written.connect(partial(self._written, which))
            box.left.connect(partial(self._left, which))
            box.ended.connect(self.ended)
            above = sum(other in self._boxes for other in ORDER[: ORDER.index(which)])
            above += (self._needs is not None) + (self._waiver is not None)
            self._layout.insertWidget(above, box)
        box.field.set_words(words)
        box.field.setReadOnly(self._read_only)
        box.setVisible(on)

    def _show_chips(self, question: QuestionData) -> None:
        """A chip for every reference and, with a flag, every action."""
        now = question.evidence, question.cited, question.actions
        if now == self._chipped:
            return
        self._chipped = now
        for chip in self._chips:
            self._line.removeWidget(chip)
            chip.deleteLater()
        references = [line.strip() for line in question.evidence.splitlines() if line.strip()]
        self._chips = [self._reference(words, "seal-check", self._ask_cite) for words in question.cited]
        self._chips += [self._reference(words, "paperclip", self.edit_evidence) for words in references]
        self._chips += [_action(words) for words in question.actions]
        for place, chip in enumerate(self._chips):
            self._line.insert_widget(place, chip)

    def _reference(self, words: str, icon_name: str, pressed: Callable[[], None]) -> QWidget:
        chip = button(_cut(words), "doc", icon_name)
        set_tip(chip, words if len(words) > LONGEST else "")
        chip.setAccessibleName(f"Evidence: {words}")
        chip.clicked.connect(pressed)
        return chip

    def _ask_cite(self) -> None:
        self.cite_asked.emit()

    def _ask_action(self) -> None:
        self.action_asked.emit()

    def _press_na(self) -> None:
        self.not_applicable_pressed.emit()

    def _write(self, which: str) -> None:
        if self._read_only:
            return
        self._writing = which
        self._settle()
        field = self._boxes[which].field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.moveCursor(QTextCursor.MoveOperation.End)

    def _written(self, which: str, words: str) -> None:
        if which == REASON:
            self.reason_given.emit(words.strip())
        else:
            said = {NOTE: self.noted, MITIGATION: self.mitigated, EVIDENCE: self.evidence_changed}[which]
            said.emit(self._question.id, words.strip())

    def _left(self, which: str) -> None:
        if self._writing == which:
            self._writing = ""
            self._settle()
        if which == REASON:
            self.reason_left.emit()


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _action(words: str) -> QWidget:
    shown = text(_cut(words), "small")
    set_tip(shown, words if len(words) > LONGEST else "")
    shown.setAccessibleName(f"Action: {words}")
    holder = QWidget()
    holder.setLayout(row(IconLabel("flag", size=14), shown, gap=4, margins=(4, 0, 8, 0)))
    holder.setFixedHeight(26)
    return holder
