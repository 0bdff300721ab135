"""A contract with something of everything: measures with results, meetings, actions, money by year, notices, risks."""

from datetime import date
from decimal import Decimal

from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.finance import Contribution, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import Attendance, ReviewMeeting
from storage.records.organisations import Organisation
from storage.records.running import Notice, PerformanceNotice, Risk, Variation
from storage.records.terms import BreakPoint, Extension

QUARTERS = (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))


def add_measures(store: Store, contract: int, count: int) -> None:
    """Measures in per cent; the first falls from green to red."""
    with store.step("Measures"):
        for number in range(count):
            kpi = store.save(
                Kpi(contract=contract, position=number + 1, title=f"People seen in time, group {number + 1}",
                    unit="%", target=Decimal(90), tolerance=Decimal(5), aspect="Outcome")
            )  # fmt: skip
            for first, value in zip(QUARTERS, (95, 91, 87, 70 if number == 0 else 92), strict=True):
                said = "Two clinicians have left." if number == 0 and first == QUARTERS[-1] else ""
                store.save(KpiResult(kpi=kpi.key, period_start=first, value=Decimal(value), comment=said))


def add_meetings(store: Store, contract: int) -> tuple[int, int]:
    """A meeting held and one to come, by id."""
    with store.step("Meetings"):
        held = store.save(
            ReviewMeeting(contract=contract, on=date(2026, 9, 3), title="Quarter 1 review", chair="Gareth Pellow",
                          minutes="The figures were gone through.\n\n- Waiting times are **up**.")
        )  # fmt: skip
        coming = store.save(
            ReviewMeeting(contract=contract, on=date(2026, 12, 3), at="10:00", place="Room 4", chair="Gareth Pellow",
                          title="Quarter 2 review", agenda="Last minutes\nMeasures\nMoney")
        )  # fmt: skip
        store.save(Attendance(meeting=coming.key, title="Ruth Abernathy", role="Clinical lead, provider"))
    return held.key, coming.key


def add_actions(store: Store, contract: int, meeting: int, count: int) -> None:
    """Open actions, the first overdue, and one done since the meeting."""
    with store.step("Actions"):
        for number in range(count):
            store.save(
                Action(contract=contract, meeting=meeting, title=f"Send plan {number + 1}", owner="Ruth Abernathy",
                       due=date(2026, 11 + number % 2, 10))
            )  # fmt: skip
        store.save(Action(contract=contract, title="Share figures", status="Done", done_on=date(2026, 10, 2)))


def add_years(store: Store, contract: int) -> None:
    """A closed year, this year, and one that is to be confirmed; a partner who pays a part."""
    with store.step("Years"):
        store.save(
            ValueYear(contract=contract, year=2025, planned=60_000_00, forecast=60_000_00, actual=61_500_00)
        )
        store.save(
            ValueYear(contract=contract, year=2026, planned=62_000_00, forecast=65_000_00, actual=30_000_00)
        )
        store.save(ValueYear(contract=contract, year=2027, certainty="To be confirmed"))
        partner = store.save(Organisation(title="Northmarsh Council"))
        store.save(Contribution(contract=contract, organisation=partner.key, year=2026, amount=12_000_00))


def add_running(store: Store, contract: int) -> None:
    """An option, a break date, notices, a variation."""
    with store.step("Running"):
        store.save(Extension(contract=contract, position=1, length=Period(12, "m"), value=70_000_00))
        store.save(BreakPoint(contract=contract, on=date(2027, 1, 31)))
        store.save(
            Notice(
                contract=contract,
                kind="Variation",
                served_on=date(2026, 2, 3),
                acknowledged_on=date(2026, 2, 9),
            )
        )
        store.save(
            Notice(
                contract=contract,
                kind="Activity query",
                direction="Received by us",
                served_on=date(2026, 6, 3),
            )
        )
        store.save(Variation(contract=contract, number="V3", title="A Saturday clinic", effective_on=date(2027, 1, 1),
                             value_change=18_000_00))  # fmt: skip


def add_concerns(store: Store, contract: int) -> None:
    """A performance notice, two open risks and a closed one."""
    with store.step("Concerns"):
        store.save(
            PerformanceNotice(contract=contract, title="Waits above the limit", served_on=date(2026, 10, 19))
        )
        store.save(
            Risk(
                contract=contract,
                title="Clinicians leave",
                likelihood=4,
                consequence=4,
                owner="Gareth Pellow",
            )
        )
        store.save(Risk(contract=contract, title="Lease ends", likelihood=1, consequence=2))
        store.save(Risk(contract=contract, title="Old risk", likelihood=5, consequence=5, status="Closed"))


def add_everything(store: Store, contract: int, *, measures: int = 3, actions: int = 4) -> int:
    """All of it; the id of the meeting to come."""
    add_measures(store, contract, measures)
    held, coming = add_meetings(store, contract)
    add_actions(store, contract, held, actions)
    add_years(store, contract)
    add_running(store, contract)
    add_concerns(store, contract)
    return coming
