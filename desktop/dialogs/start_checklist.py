"""Starts a checklist: which one, about what, and for which meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.checklists.structure import GateKind, Template
from storage.checklists.template import by_group
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import SUBJECTS, subject_words
from storage.desk.checklists.templates import Offered
from storage.desk.checklists.templates import offered as all_offered
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind
from storage.engine.query import Order, Query
from storage.records.assessments import Run
from widgets.field_list import FieldList
from widgets.parts import Item, button, col, row, text

About = tuple[str, int]  # what kind of record, as SUBJECTS has it, and its number
SIZE = (860, 560)
OWN = "Our own"
NOTHING = "Choose a checklist on the left."


class StartDialog(FormDialog):
    """Checklists by what they are for, searched by typing; beside them what the chosen one does and is about."""

    def _lay_out(self, title: str, words: str, leave: str) -> None:
        cancel = button(leave)
        cancel.clicked.connect(self.reject)
        self._offered: dict[str, Template] = {}
        self.choices = FieldList(noun="checklist", nouns="Checklists")
        self.choices.list.setMinimumHeight(0)
        self.choices.list.setMaximumHeight(16_777_215)
        self.choices.list.currentItemChanged.connect(self._tell)
        self.choices.picked.connect(self._tell)
        self._name, self._purpose = text("", "strong", wrap=True), text("", wrap=True)
        self._size = text("", "soft", wrap=True)
        said: list[Item] = [text(words, "soft", wrap=True)] if words else []
        about = col(self._name, self._purpose, self._size, 8, self._grid(), self._wrong, None, gap=8)
        both = row(gap=24)
        both.addWidget(self.choices, 1)
        both.addLayout(about, 1)
        whole = col(text(title, "record", wrap=True), *said, margins=(24, 20, 24, 20), gap=12)
        whole.addLayout(both, 1)
        whole.addLayout(row(self._more, None, cancel, self._do))
        self.setLayout(whole)

    def offer(self, offered: Sequence[Offered]) -> None:
        """Fill the list, the office's own first; the first one is chosen."""
        self._offered = {o.template.id: o.template for o in offered}
        own = [o.template for o in offered if o.own is not None]
        shipped = [o.template for o in offered if o.own is None]
        groups = ([(OWN, own)] if own else []) + by_group(shipped)
        fields = [
            Field(f"{t.title} ({t.id})", Kind.TEXT, t.id, group=words)
            for words, of_group in groups
            for t in of_group
        ]
        self.choices.set_fields(fields)
        self._tell()

    @property
    def chosen(self) -> Template | None:
        """The checklist that is marked."""
        return self._offered.get(self.choices.current())

    def _tell(self, *_changed: object) -> None:
        chosen = self.chosen
        self._do.setEnabled(chosen is not None)
        self._name.setText(chosen.title if chosen else NOTHING)
        self._purpose.setText(chosen.purpose if chosen else "")
        self._size.setText(_size(chosen) if chosen else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type the name of a checklist."""
        super().showEvent(event)
        self.resize(*SIZE)
        self.choices.search.setFocus(Qt.FocusReason.OtherFocusReason)


def start_dialog(
    parent: QWidget, session: Session, started: Callable[[Run], object], about: About | None = None
) -> StartDialog:
    """A dialog that starts a run and hands it on. With `about` given, only checklists for its kind are offered."""
    subjects = [] if about else _subjects(session)
    words = f"For {_named(session, about)}." if about else "Every answer is saved as it is given."

    def act(values: Values) -> None:
        chosen = dialog.chosen
        if chosen is None:
            raise StorageError(NOTHING)
        _start(session, chosen, about or subjects[cast("int", values["about"]) - 1][0], values, started)

    dialog = StartDialog(
        parent,
        "Start a checklist",
        _fields(about),
        act,
        do="Start checklist",
        today=session.today(),
        words=words,
    )
    if about is None:
        dialog.set_options("about", [(place, name) for place, (_, name) in enumerate(subjects, 1)])
    fitting = [o for o in all_offered(session.store) if about is None or about[0] in o.template.subjects]
    dialog.offer(fitting)
    return dialog


def _start(
    session: Session, chosen: Template, about: About, values: Values, started: Callable[[Run], object]
) -> None:
    kind, number = about
    if kind not in chosen.subjects:
        raise StorageError(
            f"{chosen.title} is for a {_kinds(chosen)}. Choose one of these, or another checklist."
        )
    meeting = cast("date | None", values["meeting"])
    started(runs.start_run(session.store, chosen.id, meeting_on=meeting, **{kind: number}))  # type: ignore[arg-type]


def _fields(about: About | None) -> list[Field]:
    subject = Field("What it is about", Kind.LINK, "about", required=True, width=300,
                    help="Type a part of the name of a contract, service, provider or anything else.")  # fmt: skip
    meeting = Field("Meeting", Kind.DAY, "meeting", help="The day it goes to a meeting, if there is one.")
    return [meeting] if about else [subject, meeting]


def _subjects(session: Session) -> list[tuple[About, str]]:
    """Everything a checklist can be about with its name, contracts first."""
    by_title = Query(order=(Order("title"),))
    return [
        ((kind, r.key), f"{subject_words(r)} – {kind}")
        for kind, cls in SUBJECTS.items()
        for r in session.store.all(cls, by_title)
    ]


def _named(session: Session, about: About) -> str:
    kind, number = about
    record = session.store.many(SUBJECTS[kind], [number]).get(number)
    return subject_words(record) if record else f"{kind} {number}"


def _size(template: Template) -> str:
    gates = sum(
        question.gate is not None and question.gate.kind is GateKind.GATE for question in template.questions
    )
    return (
        f"{len(template.questions)} questions, {gates} of them gates. Version {template.version}. "
        f"For a {_kinds(template)}."
    )


def _kinds(template: Template) -> str:
    return " or a ".join(template.subjects)
