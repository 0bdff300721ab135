"""Taking up or declining an option to extend: what it changes is said first, then asked who decided and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.contract.extending import Decided, called, decide, settle
from storage.engine.values import show_day, show_money_short
from storage.records.contract_ends import TAKEN_UP
from storage.records.terms import Extension


def settle_dialog(over: QWidget, session: Session, option: Extension, status: str) -> FormDialog:
    """A dialog that takes an option up or declines it, as one step."""
    name = called(option).removeprefix("the ")
    taking = status == TAKEN_UP

    def act(values: Values) -> None:
        on = values["decided_on"]
        settle(
            session.store,
            option,
            status,
            on if isinstance(on, date) else None,
            str(values["authority"] or ""),
        )

    return FormDialog(
        over,
        f"Take up {name}" if taking else f"Decline {name}",
        [Extension.FIELDS["decided_on"], Extension.FIELDS["authority"]],
        act,
        do="Take up" if taking else "Decline",
        today=session.today(),
        words=" ".join(changes_words(decide(session.store, option, status))),
        values={"decided_on": option.decided_on or session.today(), "authority": option.authority},
    )


def changes_words(decided: Decided) -> Iterator[str]:
    """What the contract will say afterwards, sentence by sentence."""
    before, after = decided.before, decided.after
    if after.current_end != before.current_end and before.current_end and after.current_end:
        yield f"The current end moves from {show_day(before.current_end)} to {show_day(after.current_end)}."
        yield decided.why
    if after.max_end != before.max_end and before.max_end and after.max_end:
        yield f"The maximum end moves from {show_day(before.max_end)} to {show_day(after.max_end)}."
    if after.current_value != before.current_value and before.current_value is not None:
        yield f"The current value grows from {_money(before.current_value)} to {_money(after.current_value)}."
    if (
        before.current_end is None
        and before.agreed_end is not None
        and after.extended
        and not before.extended
    ):
        yield "The end follows from the term by itself."
    if after.agreed_end is None and after.extended and not before.extended:
        yield f"No end moves: {decided.why}"
    yield "One Undo takes it back."


def _money(pence: int | None) -> str:
    return show_money_short(pence) if pence is not None else "not known"
