"""Options still to be decided, and the last safe day to act: missed, near, or not to be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from storage.desk.put_right.finding import Finding, Kind, Severity, days_words
from storage.desk.put_right.register import RUNNING, Register
from storage.records.contract_ends import AVAILABLE
from storage.records.contracts import Contract
from storage.records.terms import Extension
from storage.rules.last_safe_date import AMBER_DAYS, RED_DAYS

_OPTIONS, _SAFE = "Extensions", "Last safe day"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

OPTION_LATE = Kind("option_late", MUST, _OPTIONS, "Option undecided",
    "The option was to be decided by {0}, {1} ago, and no decision is recorded.", "status")  # fmt: skip
OPTION_SOON = Kind("option_soon", SHOULD, _OPTIONS, "Option to decide soon",
    "The option is to be decided by {0}, in {1}.", "status")  # fmt: skip
OPTION_START_LATE = Kind("option_start_late", MUST, _OPTIONS, "Option: too late to start safely",
    "The last safe day to start deciding on the option, {0}, passed {1} ago.", "status")  # fmt: skip
OPTION_START_SOON = Kind("option_start_soon", SHOULD, _OPTIONS, "Option: start deciding",
    "Start deciding on the option by {0}, in {1}.", "status")  # fmt: skip
NO_LENGTH = Kind("option_length", SHOULD, _OPTIONS, "Option without a length",
    "The option does not say by how much it extends the contract.", "length")  # fmt: skip
ACT_LATE = Kind("act_late", MUST, _SAFE, "Last safe day passed",
    "The last safe day to start buying again, {0}, passed {1} ago; it ends {2}.", "route")  # fmt: skip
ACT_RED = Kind("act_red", SHOULD, _SAFE, "Last safe day within 30 days",
    "Start buying again by {0}, in {1}; it ends {2}.", "route")  # fmt: skip
ACT_AMBER = Kind("act_amber", COULD, _SAFE, "Last safe day within 90 days",
    "Start buying again by {0}, in {1}; it ends {2}.", "route")  # fmt: skip
NO_ROUTE = Kind("no_route", SHOULD, _SAFE, "No route, no last safe day",
    "No route is chosen for the next contract, so its last safe day cannot be worked out.", "route")  # fmt: skip
HOLIDAYS = Kind("holidays", SHOULD, _SAFE, "Bank holidays not listed",
    "The bank holidays of {0} are not listed; {1} reach into it, this one first.", "notice_by")  # fmt: skip


def options(register: Register) -> Iterator[Finding]:
    """Options nobody has decided on."""
    for contract in register.active:
        kept = register.options.get(contract.key, ())
        for option in kept:
            if option.length is None:
                yield register.found(NO_LENGTH, contract, at=option)
        first = next((o for o in kept if o.status == AVAILABLE and o.length is not None), None)
        if contract.position in RUNNING and (first is not None or contract.extend_by is not None):
            yield from _undecided(register, contract, first)


def _undecided(register: Register, c: Contract, option: Extension | None) -> Iterator[Finding]:
    """The day the contract names first; without one, the day that follows from notice and our own lead time."""
    today, at = register.today, option
    field = "" if option is not None else "term"
    given = option.decide_by if option is not None else None
    day, late, soon = (
        (given, OPTION_LATE, OPTION_SOON) if given else (c.extend_by, OPTION_START_LATE, OPTION_START_SOON)
    )
    if day is None:
        return
    left = (day - today).days
    if left < 0:
        yield register.found(late, c, day, days_words(-left), at=at, field=field)
    elif left <= AMBER_DAYS:
        yield register.found(soon, c, day, days_words(left), at=at, field=field)


def last_safe_days(register: Register) -> Iterator[Finding]:
    """The last safe day to buy again where no option is open."""
    for c in register.running:
        if c.extend_by is not None or c.ends is None or c.ends < register.today:
            continue
        if c.act_by is None:
            if c.route is None and register.desk.default_route is None:
                yield register.found(NO_ROUTE, c)
            continue
        left = (c.act_by - register.today).days
        if left < 0:
            yield register.found(ACT_LATE, c, c.act_by, days_words(-left), c.ends)
        elif left <= AMBER_DAYS:
            yield register.found(
                ACT_RED if left <= RED_DAYS else ACT_AMBER, c, c.act_by, days_words(left), c.ends
            )


def unlisted_holidays(register: Register) -> Iterator[Finding]:
    """Years that days to act lie in, and whose bank holidays nobody has entered: one finding a year."""
    known = {day.year for day in register.holidays}
    first: dict[int, tuple[date, Contract]] = {}
    count: Counter[int] = Counter()
    for c in register.running:
        days = {d.year: d for d in (c.serve_by, c.act_by) if d is not None and d >= register.today}
        for year, day in days.items():
            if year in known or year > register.today.year + 1:  # later ones are not announced yet
                continue
            count[year] += 1
            if year not in first or day < first[year][0]:
                first[year] = day, c
    for year, (_, contract) in sorted(first.items()):
        many = f"{count[year]:,} contracts" if count[year] != 1 else "1 contract"
        yield register.found(HOLIDAYS, contract, str(year), many)
