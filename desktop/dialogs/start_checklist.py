"""Starts a checklist: which one, about what, and for which meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.checklists.structure import Template
from storage.checklists.template import shipped
from storage.desk import runs
from storage.desk.run_state import SUBJECTS, subject_words
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind
from storage.engine.query import Order, Query
from storage.records.assessments import Run

About = tuple[str, int]  # contract, service or specification, and its number


class StartDialog(FormDialog):
    """Says under the choice what the chosen checklist is for."""

    def tell_purpose(self, offered: Sequence[Template]) -> None:
        """Say it now and whenever another is chosen."""
        self._purposes = {t.title: t.purpose for t in offered}
        self._tell(offered[0].title)
        self.editor("template").committed.connect(self._tell)

    def _tell(self, title: object) -> None:
        self.editor("template").show_problem(self._purposes.get(str(title), ""))


def start_dialog(
    parent: QWidget, session: Session, started: Callable[[Run], object], about: About | None = None
) -> FormDialog:
    """A dialog that starts a run and hands it on. With `about` given, only checklists for its kind are offered."""
    offered = [t for t in shipped() if about is None or about[0] in t.subjects]
    subjects = [] if about else _subjects(session)

    def act(values: Values) -> None:
        chosen = next(t for t in offered if t.title == values["template"])
        kind, number = about or subjects[cast("int", values["about"]) - 1][0]
        if kind not in chosen.subjects:
            raise StorageError(
                f"{chosen.title} is for a {_kinds(chosen)}. Choose one of these, or another checklist."
            )
        meeting = cast("date | None", values["meeting"])
        started(runs.start_run(session.store, chosen.id, meeting_on=meeting, **{kind: number}))  # type: ignore[arg-type]

    words = f"For {_named(session, about)}." if about else "Every answer is saved as it is given."
    dialog = StartDialog(
        parent, "Start a checklist", _fields(offered, about), act, do="Start checklist", today=session.today(),
        words=words, values={"template": offered[0].title},
    )  # fmt: skip
    if about is None:
        dialog.set_options("about", [(place, name) for place, (_, name) in enumerate(subjects, 1)])
    dialog.tell_purpose(offered)
    return dialog


def _fields(offered: Sequence[Template], about: About | None) -> list[Field]:
    titles = tuple(t.title for t in offered)
    subject = Field("What it is about", Kind.LINK, "about", required=True, width=300,
                    help="Type a part of the name of a contract, service or specification.")  # fmt: skip
    return [
        Field("Checklist", Kind.CHOICE, "template", required=True, width=300, choices=titles),
        *([] if about else [subject]),
        Field("Meeting", Kind.DAY, "meeting", help="The day it goes to a meeting, if there is one."),
    ]


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


def _kinds(template: Template) -> str:
    return " or a ".join(template.subjects)
