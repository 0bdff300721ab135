"""A whole checklist on screen: sections at the left, question cards in one scroll, the summary at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets.checklist_bar import QuestionBar
from widgets.checklist_card import QuestionCard
from widgets.checklist_data import ChecklistData, QuestionData
from widgets.checklist_scroll import QuestionScroll
from widgets.checklist_sides import SectionList, Summary
from widgets.parts import col, row, together

WIDE_FROM = 1480  # pixels of view from which guidance stands beside the question and the sides widen
SECTIONS_FROM = 960  # and under which the list of sections gives its room to the questions
SIDES = {False: (240, 268), True: (256, 320)}
SUMMARY_ALONE = 232
SOON = 200  # ms without anything new after which the order for Tab is set


class ChecklistView(QWidget):
    """A checklist that is answered by mouse and by key.

    `set_checklist` shows one; called again for the same questions it changes only what differs, so that the
    keyboard, the scroll and what is being typed stay as they are. Signals say what a person did; nothing is kept
    here. A read-only checklist emits no answers.
    """

    answered = Signal(str, str, object)  # question id, part key, value (see AnswerValue); None takes it back
    noted = Signal(str, str)
    evidence_changed = Signal(str, str)
    not_applicable = Signal(str, bool, str)  # question id, whether it is not, the reason
    waive_asked = Signal(str)
    action_asked = Signal(str)  # "" for an action of the whole checklist
    mitigated = Signal(str, str)
    cite_asked = Signal(str)  # a fact of the shelf for a question
    confirmed = Signal(str)  # the answer still holds, though its question was reworded
    pick_asked = Signal(str, str)  # question, part: a record of the file is to be chosen
    review_asked = Signal(str)  # the letter of a section
    print_asked = Signal(str)  # "blank", "part" or "complete"
    sign_asked = Signal()
    why_asked = Signal()  # why the score is what it is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = False
        self._order = QTimer(self)
        self._order.setSingleShot(True)
        self._order.setInterval(SOON)
        self._order.timeout.connect(self._put_in_order)
        self._sections, self._questions, self._summary = SectionList(), QuestionScroll(), Summary()
        self._sections.chosen.connect(self._questions.go_to_section)
        self._questions.section_seen.connect(self._sections.set_chosen)
        self._questions.made.connect(self._connect_card)
        self._questions.review_asked.connect(self.review_asked)
        self._questions.whole.connect(self._order.start)
        self._summary.why_asked.connect(self.why_asked)
        self._summary.action_asked.connect(partial(self.action_asked.emit, ""))
        self._summary.print_asked.connect(self.print_asked)
        self._summary.sign_asked.connect(self.sign_asked)
        self.bar = QuestionBar()
        self.bar.filtered.connect(self._filter)
        across = row(self._sections, col(self.bar, self._questions, gap=0), self._summary, gap=0)
        across.setStretch(1, 1)
        self.setLayout(across)
        self._set_sides()

    def set_checklist(self, checklist: ChecklistData) -> None:
        """Show a checklist as it is now. Emits nothing."""
        self._set_sides()
        self._sections.set_sections(checklist)
        with together(self._summary), together(self.bar):
            self._summary.set_summary(checklist.summary, read_only=checklist.read_only)
            self.bar.set_counts(checklist.summary.hidden, read_only=checklist.read_only)
        self._questions.set_checklist(checklist, wide=self._wide)
        self._questions.follow()

    def clear(self) -> None:
        """Forget what is shown, also which questions were: another checklist comes, from its top."""
        self.bar.clear()
        self._questions.clear()

    def update_question(self, question: QuestionData) -> None:
        """Bring one question up to date, leaving the others and the keyboard alone. Emits nothing."""
        if (column := self._questions.column) is not None:
            self._questions.take([column.asked.take_one(question)])

    @property
    def current(self) -> str:
        """The id of the question that has the keyboard, or had it last."""
        return self._questions.current

    @property
    def is_finished(self) -> bool:
        """True when every card in sight is made; after a leap some are made a moment later."""
        return self._questions.is_whole

    def card(self, question: str) -> QuestionCard | None:
        """The card of a question, made now if it is out of sight; None when there is no such question."""
        return self._questions.card(question)

    def go_to(self, question: str) -> None:
        """Give a question the keyboard and bring it into view."""
        self._questions.go_to(question)

    def show_question(self, question: str) -> None:
        """Bring a question into view and leave the keyboard where it is."""
        self._questions.show_question(question)

    def go_to_section(self, letter: str) -> None:
        """Give the first question of a section the keyboard, with the heading at the top."""
        self._questions.go_to_section(letter)

    def next_unanswered(self) -> bool:
        """Go to the next question without an answer, from the current one round; False when there is none."""
        return self._questions.next_unanswered()

    def commit(self) -> None:
        """Say what is typed and not yet said: call it before the page closes or prints."""
        for card in self._questions.column.store.cards if self._questions.column else ():
            card.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sides to the window."""
        super().resizeEvent(event)
        self._set_sides()
        if (across := self.layout()) is not None:
            across.activate()  # at once: a side that comes must not lie on the cards for a moment

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard given to the whole goes to the current card."""
        self._questions.focus_current()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as the eye does: sections, cards from the top, made or not, summary; and out at both ends."""
        here, stops = (
            QApplication.focusWidget(),
            _stops(self._sections, self.bar, *self._neighbours(forward=next), self._summary),
        )
        if here not in stops and stops and self._questions.current:
            self._questions.focus_current()  # what had the keyboard has just been hidden
            return True
        place = stops.index(here) + (1 if next else -1) if here in stops else -1
        if not 0 <= place < len(stops):
            self._put_in_order()
            return super().focusNextPrevChild(next)
        stops[place].setFocus(_reason(next))
        self._questions.ensureWidgetVisible(stops[place], 0, 12)
        return True

    def _neighbours(self, *, forward: bool) -> list[QWidget]:
        """The card with the keyboard and those beside it, or those at the end that Tab comes to first; all made."""
        column = self._questions.column
        found = column.make_around(forward=forward) if column else []
        self._questions.fill()
        return found

    def _put_in_order(self) -> None:
        """Have the window's own order agree: widgets made late stand behind everything until they are moved."""
        before: QWidget = self
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only then can others be put behind this
        column = self._questions.column
        cards = column.in_order() if column else []
        for stop in _stops(self._sections, self.bar, *cards, self._summary):
            QWidget.setTabOrder(before, stop)
            before = stop
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _set_sides(self) -> None:
        self._wide = self.width() >= WIDE_FROM
        left, right = SIDES[self._wide]
        self._sections.setFixedWidth(left)
        self._sections.setVisible(self.width() >= SECTIONS_FROM)
        self._summary.setFixedWidth(right if self.width() >= SECTIONS_FROM else SUMMARY_ALONE)
        self._questions.set_wide(self._wide)

    def _connect_card(self, card: QuestionCard) -> None:
        card.answered.connect(self.answered)
        card.noted.connect(self.noted)
        card.evidence_changed.connect(self.evidence_changed)
        card.not_applicable.connect(self.not_applicable)
        card.waive_asked.connect(self.waive_asked)
        card.action_asked.connect(self.action_asked)
        card.mitigated.connect(self.mitigated)
        card.confirmed.connect(self.confirmed)
        card.cite_asked.connect(self.cite_asked)
        card.pick_asked.connect(self.pick_asked)

    def _filter(self) -> None:
        self._questions.filter(show_hidden=self.bar.show_hidden, only_open=self.bar.only_open)


def _stops(*regions: QWidget) -> list[QWidget]:
    """Every widget that Tab stops at, in reading order."""
    found: list[QWidget] = []
    for region in regions:
        within = [w for w in (region, *region.findChildren(QWidget)) if _is_stop(w)]
        found += sorted(within, key=partial(_place, region))
    return found


def _is_stop(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return (widget.focusPolicy() & tab) == tab and widget.isVisible() and widget.isEnabled()


def _place(region: QWidget, widget: QWidget) -> tuple[int, int]:
    """Where a widget stands in its region: from the top, then from the left."""
    if widget is region:
        return -1, -1
    corner = widget.mapTo(region, QPoint(0, widget.height() // 2))
    return corner.y() // 12, corner.x()


def _reason(next: bool) -> Qt.FocusReason:
    return Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
