"""What stands beside the questions: the sections with their progress, and the summary with print and sign-off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from widgets.checklist_data import (
    NONE_ASKED,
    ActionData,
    ChecklistData,
    GateCounts,
    SectionData,
    SummaryData,
    progress_words,
)
from widgets.icons import IconLabel, paint_icon
from widgets.outline import NavRow, Outline
from widgets.parts import (
    WIDE,
    ProgressLine,
    button,
    col,
    line,
    link,
    menu_button,
    panel,
    row,
    scroll,
    text,
)
from widgets.theme import SMALL, Tokens, font_of

KEYS = (
    ("Y P N A", "answer"),
    ("Del", "clear answer"),
    ("E", "add evidence"),
    ("T", "add action"),
    ("↑ ↓", "move"),
    ("Ctrl ↓", "next unanswered"),
    ("F1", "show guidance"),
)
GATES = (  # what is counted, icon, colour, words
    ("open", "lock-simple-open", "green", "Open"),
    ("waived", "pencil-simple", "text2", "Waived by name"),
    ("closed", "lock-simple", "red", "Closed by an answer"),
    ("waiting", "clock", "text2", "Waiting for an answer"),
)
PRINTS = (
    ("blank", "Blank, to fill in by hand"),
    ("part", "With the answers so far"),
    ("open", "Only what is unanswered"),
    ("summary", "Summary on one page"),
    ("complete", "Complete, with notes and signatures"),
    ("word", "Word file with a sign-off to edit…"),
)
KEYS_NEED = 560  # pixels of height under which the list of keys gives way to the sections


class SectionRow(NavRow):
    """A section with its progress: a bar and the words beside it."""

    HEIGHT = 51

    def __init__(self, section: SectionData) -> None:
        super().__init__(section.letter, section.letter, section.title)
        self._shown: tuple[object, ...] = ()
        self._answered, self._applicable = 0, 0
        self._said = ""
        self.set_section(section)

    def set_section(self, section: SectionData) -> None:
        """Show how far the section is, and what it is called: the next checklist may have as many sections."""
        shown = (section.title, section.answered, section.applicable, section.words)
        if shown == self._shown:
            return
        self._shown = shown
        self.title, self._answered, self._applicable, self._said = shown
        self.setAccessibleName(f"{section.letter} {section.title}, {progress_words(section)}")
        self.update()

    @property
    def words(self) -> str:
        """The progress in words."""
        return self._said

    def _line(self) -> QRect:
        return QRect(10, 6, self.width() - 20, 20)

    def _paint_more(self, painter: QPainter, colours: Tokens) -> None:
        painter.setFont(font_of(self, SMALL))
        painter.setPen(colours.colour("text2"))
        box = QRectF(10, 27, self.width() - 20, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.words)
        room = box.width() - painter.fontMetrics().horizontalAdvance(self.words) - 8
        none_asked = self._said == NONE_ASKED
        whole = self._answered >= self._applicable and not none_asked
        if whole:
            room -= 20
            paint_icon(painter, QRectF(box.x() + room + 6, 28, 14, 14), "check", "green")
        bar = QRectF(box.x(), 33, room, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(bar, 2, 2)
        share = self._answered / self._applicable if self._applicable else float(whole)
        if share:
            painter.setBrush(colours.colour("green_mark" if whole else "accent"))
            painter.drawRoundedRect(bar.adjusted(0, 0, max(4, bar.width() * share) - bar.width(), 0), 2, 2)


class SectionList(QFrame):
    """The sections at the left, and under them the keys that answer."""

    chosen = Signal(str)  # the letter of a section

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "side")
        self._outline = Outline("Sections")
        self._outline.setProperty("part", "surface")  # the hairline is this panel's
        self._outline.chosen.connect(self.chosen)
        self._keys = _keys()
        self._read_only = False
        self._letters: tuple[str, ...] = ()
        self.setLayout(col(self._outline, self._keys, gap=0))

    def set_sections(self, checklist: ChecklistData) -> None:
        """Show the sections; the same ones as before are only brought up to date."""
        letters = tuple(section.letter for section in checklist.sections)
        if letters != self._letters:
            self._letters = letters
            self._outline.set_rows([SectionRow(section) for section in checklist.sections])
        for shown, section in zip(self.rows, checklist.sections, strict=True):
            shown.set_section(section)
        self._read_only = checklist.read_only
        self._show_keys()

    @property
    def rows(self) -> tuple[SectionRow, ...]:
        """The rows in order."""
        return tuple(shown for shown in self._outline.rows if isinstance(shown, SectionRow))

    def set_chosen(self, letter: str) -> None:
        """Mark the section that is being read."""
        self._outline.set_chosen(letter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the keys be seen when there is room."""
        self._show_keys()

    def _show_keys(self) -> None:
        self._keys.setVisible(not self._read_only and self.height() >= KEYS_NEED)


def _keys() -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (key, does) in enumerate(KEYS):
        grid.addWidget(text(key, "label"), place, 0)
        grid.addWidget(text(does, "small"), place, 1)
    holder = QWidget()
    holder.setLayout(col(text("Keys", "label"), grid, gap=4, margins=(22, 8, 12, 16)))
    return holder


class Summary(QFrame):
    """The right-hand side: how far, how good, what stands in the way, and what to do next."""

    why_asked = Signal()
    action_asked = Signal()
    print_asked = Signal(str)
    sign_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "detail")
        self._answered, self._percent = text("", "fact", wrap=True), text("", "fact")
        self._bar = ProgressLine()
        self._left_out = text("", "small", wrap=True)
        self._score, self._score_words = text("", "medium"), text("", "small", wrap=True)
        self._why = link("Why?")
        self._why.clicked.connect(self._ask_why)
        self._counts = {key: text("0", "medium") for key, *_ in GATES}
        self._add = link("Add", "plus")
        self._add.clicked.connect(self._ask_action)
        self._actions = QVBoxLayout()
        self._actions_shown: tuple[ActionData, ...] | None = None
        self._reason = text("", "small", wrap=True)
        self._print_menu = QMenu()
        self._choices = {which: self._print_menu.addAction(words) for which, words in PRINTS}
        for which, choice in self._choices.items():
            choice.triggered.connect(partial(self._ask_print, which))
        self._print = menu_button("Print for the meeting", self._print_menu, "", "printer")
        self._sign = button("Sign off…", "primary", "pen-nib")
        self._sign.clicked.connect(self._ask_sign)
        self._seal, self._signed = QWidget(), text("", "medium", wrap=True)
        self._lay_out()

    def set_summary(self, summary: SummaryData, *, read_only: bool) -> None:
        """Show the figures as they are now."""
        self._answered.setText(f"{summary.answered} of {summary.applicable} answered")
        self._percent.setText(f"{summary.percent}%")
        self._bar.set_share(summary.answered / summary.applicable if summary.applicable else 1.0)
        self._left_out.setText(_left_out(summary.not_applicable))
        self._score.setText(summary.score or "None yet")
        self._score_words.setText(summary.score_words)
        self._score_words.setVisible(bool(summary.score_words))
        self._why.setVisible(bool(summary.score))
        self._why.setAccessibleName("Why this score?")
        for key, shown in self._counts.items():
            shown.setText(str(_count(summary.gates, key)))
        self._add.setVisible(not read_only)
        self._show_actions(summary.actions)
        self._show_end(summary, read_only)

    def _show_actions(self, actions: tuple[ActionData, ...]) -> None:
        if actions == self._actions_shown:
            return
        self._actions_shown = actions
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for action in actions:
            shown = QWidget()
            title, detail = text(action.title, "medium", wrap=True), text(action.detail, "small", wrap=True)
            shown.setLayout(col(title, detail, gap=1))
            self._actions.addWidget(shown)

    def _show_end(self, summary: SummaryData, read_only: bool) -> None:
        """Sign-off, why it is not open yet, or who signed."""
        signed = bool(summary.signed)
        self._seal.setVisible(signed)
        self._signed.setText(summary.signed)
        self._reason.setText(summary.sign_reason)
        self._reason.setVisible(not signed and not summary.may_sign and bool(summary.sign_reason))
        self._sign.setVisible(not signed)
        self._sign.setEnabled(summary.may_sign and not read_only)
        self._sign.setAccessibleDescription(summary.sign_reason)
        self._choices["complete"].setEnabled(signed or summary.answered >= summary.applicable)
        self._choices["part"].setVisible(not signed)
        self._choices["open"].setVisible(not signed)

    def _lay_out(self) -> None:
        gates = [
            row(IconLabel(picture, colour), text(words), None, self._counts[key])
            for key, picture, colour, words in GATES
        ]
        self._actions.setSpacing(8)
        self._actions.setContentsMargins(0, 0, 0, 0)
        body = col(
            text("Progress", "label"),
            row(self._answered, self._percent),
            self._bar,
            self._left_out,
            *_rule(),
            row(text("Score"), None, self._score, self._why),
            self._score_words,
            *_rule(),
            text("Gates", "label"),
            *gates,
            *_rule(),
            row(text("Actions", "label"), None, self._add),
            self._actions,
            None,
            gap=6,
            margins=16,
        )
        for wide in (self._print, self._sign):
            wide.setSizePolicy(WIDE, wide.sizePolicy().verticalPolicy())
        seal = IconLabel("seal-check", "green")
        across = row(seal, self._signed)
        across.setAlignment(seal, Qt.AlignmentFlag.AlignTop)
        self._seal.setLayout(across)
        foot = col(self._reason, self._seal, self._print, self._sign, margins=(16, 8, 16, 16))
        self.setLayout(col(scroll(panel(body, "surface")), foot, gap=0, margins=(1, 0, 0, 0)))

    def _ask_why(self) -> None:
        self.why_asked.emit()

    def _ask_action(self) -> None:
        self.action_asked.emit()

    def _ask_print(self, which: str) -> None:
        self.print_asked.emit(which)

    def _ask_sign(self) -> None:
        self.sign_asked.emit()


def _rule() -> tuple[int, QFrame, int]:
    """A hairline with room around it."""
    return 6, line(), 6


def _left_out(count: int) -> str:
    if not count:
        return "No question is marked not applicable"
    return f"{count} not applicable, left out of the count"


def _count(gates: GateCounts, key: str) -> int:
    counts = {"open": gates.open, "waived": gates.waived, "closed": gates.closed, "waiting": gates.waiting}
    return counts[key]
