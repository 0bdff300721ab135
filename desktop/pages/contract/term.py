"""Term and notice of a contract: its drawing, the dates that follow, options to extend, breaks and reminders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.desk.contract.extending import add_options, dates_of
from storage.desk.contract.reminding import WORDS, day_of, remind_on
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contract_ends import AVAILABLE, next_end, term_of
from storage.records.contracts import Contract
from storage.records.planning import Reminder
from storage.records.terms import BreakPoint, Extension
from storage.rules.breaks import Break, break_notice
from storage.rules.explained import Explained
from storage.rules.notice import Side
from storage.rules.options import OptionDates
from storage.rules.value_split import OptionState
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TERM = (
    Group("", ("start", "term", "current_end", "initial_end", "max_end", "renewal", "rolls", "minimum_term",
               "runs_on", "extendable", "extended")),
    Group("Notice", ("notice_commissioner", "notice_provider", "notice_clause", "notice_to_month_end",
                     "notice_not_before")),
    Group("Other dates", ("review_date", "signed_on", "award_date", "effective_date")),
)  # fmt: skip
FOLLOWS = (
    "ends", "agreed_end", "first_end", "end_by_term", "max_by_term", "notice_by", "serve_by", "provider_notice_by",
    "guidance_notice_by", "extend_by", "start_by", "act_by", "decide_by",
)  # fmt: skip
REPEATS = ("agreed_end", "first_end", "end_by_term", "max_by_term")  # not said where they are the end anyway
ALWAYS = (
    "ends",
    "notice_by",
    "serve_by",
    "provider_notice_by",
    "act_by",
)  # said even when they are not known
SIDES: Mapping[str, tuple[Side, ...]] = {"Commissioner": ("commissioner",), "Provider": ("provider",)}


def dates(session: Session) -> WorkedExtra:
    """The dates that follow from the term, under its form."""
    tables = ("contract", "extension", "bank_holiday", "desk", "lead_time", "decision_meeting")
    return WorkedExtra(session, "Worked out for you", follows, tables)


def follows(reader: Reader, record: Record, _today: date) -> Sequence[WorkedValue]:
    """Each date with its reason a press away; what says nothing of this contract is left out."""
    if not isinstance(record, Contract):
        return ()
    said = []
    for name in FOLLOWS:
        field, value = Contract.FIELDS[name], getattr(record, name)
        repeats = name in REPEATS and value == record.ends
        if name in ALWAYS or (value is not None and not repeats):
            said.append(WorkedValue(name, field.label, field.show(value), help=field.help))
        if name == "provider_notice_by":
            said += _next_end(reader, record)
    return said


def _next_end(reader: Reader, contract: Contract) -> list[WorkedValue]:
    """The next end that notice can still reach, where it is another one than the end shown."""
    found = next_end(contract, reader.parts(contract))
    if found.value is None or found.value == contract.ends:
        return []
    words = "Next end that notice can still bring about"
    return [WorkedValue("next_end", words, show_day(found.value), found.why, found.reasons)]


# ---- options


def _contract(reader: Reader, number: int | None) -> Contract | None:
    return reader.many(Contract, [number]).get(number) if number else None


def _dates(reader: Reader, options: Sequence[Extension], today: date) -> Mapping[int, OptionDates]:
    contract = _contract(reader, options[0].contract) if options else None
    return dates_of(reader, contract, today) if contract else {}


def _leads_to(reader: Reader, options: Sequence[Extension], today: date) -> Mapping[int, Cell]:
    found = _dates(reader, options, today)
    return {n: Cell(show_day(each.end.value) if each.end.value else "") for n, each in found.items()}


def _decide_by(reader: Reader, options: Sequence[Extension], today: date) -> Mapping[int, Cell]:
    cells = {o.key: Cell(show_day(o.decide_by) if o.decide_by else "") for o in options}
    for number, each in _dates(reader, options, today).items():
        if each.standing.value in (OptionState.AVAILABLE, OptionState.LAPSED) and (
            day := each.decide_by.value
        ):
            is_open = each.standing.value == OptionState.AVAILABLE
            cells[number] = Cell(show_day(day), _near(day, today) if is_open else "")
    return cells


def _standing(reader: Reader, options: Sequence[Extension], today: date) -> Mapping[int, Cell]:
    found = _dates(reader, options, today)
    return {o.key: Cell(found[o.key].standing.value if o.key in found else o.status) for o in options}


def _near(day: date, today: date) -> str:
    return "red" if day < today else "amber" if (day - today).days <= 92 else ""


def _option_worked(reader: Reader, option: Extension, today: date) -> Sequence[WorkedValue]:
    found = _dates(reader, [option], today).get(option.key)
    if found is None:
        return ()
    words = "Would end" if option.status == AVAILABLE else "Ends"
    said = [_said("end", words, found.end)] if found.end.value else []
    if option.status == AVAILABLE:
        said.append(_said("by", "Decide by", found.decide_by))
    if found.standing.value != option.status:
        standing = found.standing
        said.append(WorkedValue("standing", "As of today", standing.value, standing.why, standing.reasons))
    return said


def _said(key: str, label: str, day: Explained[date | None]) -> WorkedValue:
    return WorkedValue(key, label, show_day(day.value) if day.value else "", day.why, day.reasons)


def _next_option(
    _reader: Reader, _parent: Record, parts: Sequence[Extension], _today: date
) -> Mapping[str, Value]:
    return {"position": max((p.position or 0 for p in parts), default=0) + 1}


def _from_term(_over: QWidget, session: Session, contract: Contract) -> None:
    session.attempt(partial(add_options, session.store, contract))


def _names_options(contract: Contract, _today: date) -> bool:
    term = term_of(contract).value
    return bool(term and term.options)


def _take_up(over: QWidget, session: Session, option: Extension) -> None:
    from desktop.dialogs.settle_option import settle_dialog

    settle_dialog(over, session, option, "Taken up").open()


def _decline(over: QWidget, session: Session, option: Extension) -> None:
    from desktop.dialogs.settle_option import settle_dialog

    settle_dialog(over, session, option, "Declined").open()


def _is_open(option: Extension, _today: date) -> bool:
    return option.status == AVAILABLE and option.length is not None


OPTIONS = PartList[Extension](
    cls=Extension,
    link="contract",
    title="Options to extend",
    columns=(
        "length",
        PartColumn("end", "Leads to", cells=_leads_to),
        PartColumn("decide_by", "Decide by", cells=_decide_by),
        "value",
        PartColumn("standing", "Status", cells=_standing),
    ),
    groups=(Group("", ("position", "length", "title", "value", "status", "decide_by", "decided_on", "authority",
                       "notes")),),
    under=("value", "decide_by"),
    order=(Order("position"),),
    none="No options are recorded.",
    add="Add an option",
    defaults=_next_option,
    worked=_option_worked,
    tone=lambda option, _today: "" if option.status == AVAILABLE else "soft",
    actions=(
        PartCommand("Take up…", _take_up, "check", when=_is_open),
        PartCommand("Decline…", _decline, when=_is_open),
    ),
    commands=(PartCommand("Create options from the term", _from_term, when=_names_options, first=True),),
    also=("contract",),
)  # fmt: skip


# ---- breaks


def _break_notices(part: BreakPoint) -> list[tuple[Side, Explained[date | None]]]:
    """The last day to give notice for a break, for each side that may use it."""
    if part.on is None:
        return []
    sides = SIDES.get(part.side, ("commissioner", "provider"))[:1]  # one period, the same for either side
    return [(side, break_notice(Break(part.on, side, part.notice, part.clause))) for side in sides]


def _break_by(part: BreakPoint, today: date) -> Cell:
    found = [each.value for _, each in _break_notices(part) if each.value]
    if part.used_on:
        return Cell(f"Used {show_day(part.used_on)}", "soft")
    return (
        Cell(show_day(found[0]), "soft" if found[0] < today else _near(found[0], today)) if found else Cell()
    )


def _break_worked(_reader: Reader, part: BreakPoint, _today: date) -> Sequence[WorkedValue]:
    return [_said(side, "Last day to give notice", each) for side, each in _break_notices(part)]


BREAKS = PartList[BreakPoint](
    cls=BreakPoint,
    link="contract",
    title="Break dates",
    columns=("on", "side", "notice", PartColumn("by", "Notice by", _break_by)),
    under=("side",),
    order=(Order("on"),),
    none="No break dates.",
    add="Add a break date",
    worked=_break_worked,
    tone=lambda part, today: "soft" if part.used_on or (part.on and part.on < today) else "",
)


# ---- reminders


def _reminders_on(reader: Reader, reminders: Sequence[Reminder], _today: date) -> Mapping[int, Cell]:
    contract = _contract(reader, reminders[0].contract) if reminders else None
    found = {r.key: remind_on(contract, r) for r in reminders} if contract else {}
    return {n: Cell(show_day(day) if day else "") for n, day in found.items()}


def _reminder_counts(reader: Reader, reminders: Sequence[Reminder], _today: date) -> Mapping[int, Cell]:
    contract = _contract(reader, reminders[0].contract) if reminders else None
    days = {r.key: day_of(contract, r) for r in reminders} if contract else {}
    return {r.key: Cell(r.about, note=show_day(day) if (day := days.get(r.key)) else "") for r in reminders}


def _silenced(reader: Reader, reminders: Sequence[Reminder], today: date) -> Mapping[int, Cell]:
    contract = _contract(reader, reminders[0].contract) if reminders else None
    return {r.key: _reminder_stands(contract, r, today) for r in reminders} if contract else {}


def _reminder_stands(contract: Contract, reminder: Reminder, today: date) -> Cell:
    day, on = day_of(contract, reminder), remind_on(contract, reminder)
    if reminder.off:
        return Cell("Off", "soft")
    if on is None or day is None:
        return Cell("No date", "soft")
    if reminder.dismissed_for == day:
        return Cell("Dismissed", "soft")
    return Cell("Due", "amber") if on <= today else Cell("Waits")


def _dismiss(_over: QWidget, session: Session, reminder: Reminder) -> None:
    contract = _contract(session.store, reminder.contract)
    if contract is not None:
        session.change(Reminder, reminder.key, {"dismissed_for": day_of(contract, reminder)})


def _may_dismiss(reminder: Reminder, _today: date) -> bool:
    return not reminder.off


REMINDERS = PartList[Reminder](
    cls=Reminder,
    link="contract",
    title="Reminders",
    columns=(
        PartColumn("about", "Counts from", cells=_reminder_counts),
        "lead",
        PartColumn("on", "Reminds on", cells=_reminders_on),
        PartColumn("stands", "Now", cells=_silenced),
    ),
    under=("lead",),
    none="No reminders. Dates that come close are shown anyway.",
    add="Add a reminder",
    defaults=lambda _reader, _parent, _parts, _today: {"about": WORDS["notice_by"]},
    actions=(PartCommand("Dismiss for this date", _dismiss, "check", when=_may_dismiss),),
    also=("contract",),
)
