"""The lead times that come with the program: every route of the domain, adding up to its usual whole."""

from datetime import date

import pytest

from storage.rules.months import subtract_period
from storage.rules.planning_reference import LeadTime, lead_time, lead_times
from storage.rules.reference import bank_holidays
from storage.rules.working_days import add_working_days

HOLIDAYS = frozenset(bank_holidays())


def start_by(lead: LeadTime, contract_start: date) -> date:
    """The first day of all stages, back from the day the new contract starts."""
    day = subtract_period(contract_start, lead.mobilisation)
    day = add_working_days(day, -lead.standstill_working_days, HOLIDAYS)
    for stage in (lead.tender, lead.approval, lead.paper_deadline):
        day = subtract_period(day, stage)
    return day


@pytest.mark.parametrize(
    ("route", "shortest", "longest"),
    [
        ("DA-A", 3, 3),
        ("DA-B", 3, 3),
        ("DA-C", 6, 6),
        ("MSP", 9, 9),
        ("CP", 12, 15),
        ("PA23-open", 9, 9),
        ("PA23-flexible", 12, 12),
        ("call-off", 6, 6),
        ("quote", 4, 4),
    ],
)
def test_domain_7_5_lead_months_by_route(route: str, shortest: int, longest: int) -> None:
    lead = lead_time(route)
    assert lead is not None
    assert lead.total_months == (shortest, longest)
    for start in (date(2026, 4, 1), date(2027, 1, 5), date(2027, 9, 1)):
        taken = (start - start_by(lead, start)).days
        assert shortest * 30.4 - 12 <= taken <= longest * 30.5 + 12


def test_only_the_listed_routes_are_there_and_each_once() -> None:
    routes = [each.route for each in lead_times()]
    assert len(routes) == len(set(routes)) == 9
    assert lead_time("teleport") is None
    assert lead_time("CP", among=()) is None


def test_every_lead_time_says_where_it_comes_from() -> None:
    for lead in lead_times():
        assert "check with your own organisation" in lead.source
        assert lead.effective_from == date(2024, 1, 1)
        assert lead.effective_to is None


def test_standstill_is_planned_only_where_it_is_owed_or_wise() -> None:
    without = {lead.route for lead in lead_times() if lead.standstill_working_days == 0}
    assert without == {"DA-A", "DA-B", "quote"}
