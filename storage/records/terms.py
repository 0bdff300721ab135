"""How long a contract may still run: the options to extend it and the points at which it can be broken off."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Period, Record, choice, day, link, money, note, period, record, text, whole
from storage.rules.value_split import OptionState

OPTION_STATUSES = tuple(each.value for each in OptionState)
SIDES = ("Commissioner", "Provider", "Either side")


@record("extension", "Extension option", named_by=("title",), searched=False)
class Extension(Record):
    """One option to extend a contract, in the order in which they follow one another."""

    contract: int | None = link("Contract", "contract")
    position: int | None = whole("Order", low=1, width=60, shown=True)
    title: str = text("Name", help="Only where the contract gives it one, such as Option A.")
    length: Period | None = period("Length", required=True, shown=True, width=90)
    status: str = choice("Status", OPTION_STATUSES, default="Available", shown=True, width=100)
    value: int | None = money("Value", shown=True, help="What the option adds to the value of the contract.")
    decide_by: date | None = day(
        "Decide by", shown=True, help="As the contract says. Blank: worked out from notice and lead time."
    )
    decided_on: date | None = day("Decided on")
    authority: str = text("Authority", width=260, help="Who decided, and the reference of the decision.")
    notes: str = note("Notes")


@record("break_point", "Break date", searched=False)
class BreakPoint(Record):
    """A day on which a side may end the contract early."""

    contract: int | None = link("Contract", "contract")
    on: date | None = day("Ends on", required=True, shown=True, help="The last day if the break is used.")
    side: str = choice("Who may use it", SIDES, default="Either side", shown=True, width=130)
    notice: Period | None = period("Notice", shown=True, width=90)
    clause: str = text("Clause", shown=True)
    used_on: date | None = day("Notice given on")
    notes: str = note("Notes")
