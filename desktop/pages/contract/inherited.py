"""A contract taken over from others: the form it is held in, the form it is to move to, and whether it is fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from desktop.words import days_words
from storage.engine.fields import Record
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contracts import Contract
from widgets.form import Group
from widgets.worked import WorkedValue

INHERITED = Group("", ("form_target", "form_target_date", "fitness", "fitness_on"))


def held(session: Session) -> WorkedExtra:
    """Where the contract stands on its way to another form."""
    return WorkedExtra(session, "", standing, ("contract",))


def standing(_reader: Reader, record: Record, today: date) -> Sequence[WorkedValue]:
    """The form held now, and how far it is from the form it is to have."""
    if not isinstance(record, Contract):
        return ()
    why = "As recorded under Summary."
    said = [WorkedValue("form", "Form held now", record.contract_form or "Not recorded", why)]
    if record.form_target:
        said.append(WorkedValue("move", "Move to another form", *_move(record, today)))
    return said


def _move(contract: Contract, today: date) -> tuple[str, str]:
    """Whether it has moved, and by when it is to."""
    if contract.form_target == contract.contract_form:
        return "Done", f"It is held as {contract.form_target}, the form it was to move to."
    by = contract.form_target_date
    why = f"From {contract.contract_form or 'a form not recorded'} to {contract.form_target}"
    if by is None:
        return "No date set", f"{why}; no day is set."
    late = " It is overdue." if by < today else ""
    return f"By {show_day(by)}, {days_words(by, today)}", f"{why} by {show_day(by)}.{late}"
