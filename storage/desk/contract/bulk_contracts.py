"""What is done to many contracts or actions besides setting a field: extended, closed, given to somebody else."""

from __future__ import annotations

from datetime import date
from typing import cast

from storage.desk.lists.bulk import Change, Stays, Values
from storage.engine.conditions import Where
from storage.engine.fields import Period, Record
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.values import long_day, show_day
from storage.records.actions import Action
from storage.records.contract_ends import AVAILABLE
from storage.records.contracts import Contract
from storage.records.terms import Extension
from storage.rules.anchor import Anchor
from storage.rules.position import CANCELLED, TERMINATED

OPEN, DONE = "Open", "Done"
NO_END = "No end is recorded that could be extended."
OPTION_OPEN = "An option is open: take it up on the contract."
PASSED = "That end has passed too."


def extend(reader: Reader, to: date | None, by: Period | None) -> Change:
    """Move the current end to a day, or on by a period counted as the term is; notice terms stay as they are.

    A latest end that would be passed moves along. Not extended: what is over, what has no end, and what ends later.
    """
    options = reader.all(Extension, Query((Where("status", "is", (AVAILABLE,)),)))
    waiting, today = {option.contract for option in options}, reader.today()

    def make(record: Record) -> tuple[Values, str]:
        contract = cast("Contract", record)
        _refuse_over(contract)
        end = contract.current_end or contract.agreed_end
        if end is None:
            raise Stays(NO_END)
        later = to or _later(contract, end, by)
        if later == end:
            raise Stays(f"It ends on {show_day(end)} already.")
        if later < end:
            raise Stays(f"It ends later already, on {show_day(end)}.")
        values: dict[str, date | bool] = {"current_end": later, "extended": True}
        warnings = [OPTION_OPEN] if contract.id in waiting else []
        if contract.max_end is not None and later > contract.max_end:
            values["max_end"] = later
            warnings.append(f"Passes the maximum end, {show_day(contract.max_end)}.")
        if later < today:
            warnings.append(PASSED)
        return values, " ".join(warnings)

    return Change("Extend", ("current_end",), make)


def _later(contract: Contract, end: date, by: Period | None) -> date:
    """The end a period later, counted from the start where that is known, so that month ends stay month ends."""
    if by is None:
        return end
    try:
        return Anchor.of_first_end(end, contract.start).end(by.months, by.days)
    except OverflowError:
        raise Stays("That end lies outside the calendar.") from None


def _refuse_over(contract: Contract) -> None:
    if contract.stage in (TERMINATED, CANCELLED):
        raise Stays(f"It is {contract.stage.lower()}.")


def close(on: date, words: str) -> Change:
    """Set contracts to terminated, and note the day and the reason under what their notes say."""
    line = " ".join(filter(None, (f"Terminated on {long_day(on)}.", " ".join(words.split()))))

    def make(record: Record) -> tuple[Values, str]:
        contract = cast("Contract", record)
        _refuse_over(contract)
        early = contract.start is not None and on < contract.start
        notes = "\n".join(filter(None, (contract.notes.rstrip(), line)))
        return {"stage": TERMINATED, "notes": notes}, "Before its start." if early else ""

    return Change("Close", ("stage",), make)


def give_to(lead: str, manager: str) -> Change:
    """Name who looks after contracts; a blank name leaves what is there."""
    named = {"lead_commissioner": lead.strip(), "contract_manager": manager.strip()}
    values = {name: words for name, words in named.items() if words}

    def make(_record: Record) -> tuple[Values, str]:
        return values, ""

    labels = [Contract.FIELDS[name].label.lower() for name in values]
    return Change(f"Change {' and '.join(labels)} of", tuple(values), make)


def move_due(by: Period) -> Change:
    """Move the day by which actions are due; those that are not open stay."""

    def make(record: Record) -> tuple[Values, str]:
        action = _open(record)
        if action.due is None:
            raise Stays("It has no day by which it is due.")
        return {"due": by.after(action.due)}, ""

    return Change("Move the due date of", ("due",), make)


def finish(on: date) -> Change:
    """Mark actions done on a day."""

    def make(record: Record) -> tuple[Values, str]:
        _open(record)
        return {"status": DONE, "done_on": on}, ""

    return Change("Mark", ("status", "done_on"), make, "done")


def _open(record: Record) -> Action:
    action = cast("Action", record)
    if action.status != OPEN:
        raise Stays(f"It is {action.status.lower() or 'not open'}.")
    return action
