"""Signs a checklist off: who, in what role, with what decision; from then on its answers never change."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from desktop.words import count_words
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import RunState
from storage.desk.office import office, who
from storage.engine.fields import Field, Kind


def sign_dialog(parent: QWidget, session: Session, state: RunState) -> FormDialog:
    """A dialog that signs the run. While a gate stops it, it says which and cannot be confirmed."""
    store, run = session.store, state.run

    def act(values: Values) -> None:
        runs.sign(
            store,
            run.key,
            name=str(values["name"]),
            role=str(values["role"]),
            decision=str(values["decision"]),
            conditions=str(values["conditions"]),
            on=cast("date", values["on"]),
            next_review=cast("date | None", values["next_review"]),
        )

    dialog = FormDialog(
        parent,
        f"Sign off {run.title}",
        _fields(state),
        act,
        do="Sign off",
        today=session.today(),
        words=f"Once signed, the answers do not change. {_left_open(state)}".strip(),
        values={"name": who(store), "role": office(store).role, "on": session.today()},
    )
    if state.stops:
        dialog.stop(f"It cannot be signed yet. {' '.join(f'{stop}.' for stop in state.stops)}")
    return dialog


def _fields(state: RunState) -> tuple[Field, ...]:
    outcomes = tuple(outcome.label for outcome in state.template.outcomes)
    return (
        Field("Name", Kind.TEXT, "name", required=True),
        Field("Role", Kind.TEXT, "role", required=True),
        Field(
            "Decision", Kind.CHOICE if outcomes else Kind.TEXT, "decision", required=True, choices=outcomes
        ),
        Field("Signed on", Kind.DAY, "on", required=True),
        Field("Conditions", Kind.NOTE, "conditions"),
        Field("Next review", Kind.DAY, "next_review"),
    )


def _left_open(state: RunState) -> str:
    """What a person should know before signing: blanks stay blank, warnings stay."""
    done = state.progress
    blank, warned = done.applicable - done.answered, len(done.warnings)
    said = []
    if blank:
        said.append(f"{count_words(blank, 'question has', 'questions have')} no answer and will stay blank.")
    if warned:
        said.append(
            f"{count_words(warned, 'question warns', 'questions warn')}; warnings do not stop signing."
        )
    return " ".join(said)
