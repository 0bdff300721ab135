"""Next year's plan follows from the yearly price, the steps of the year and the time the contract runs in it."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from storage.rules.explained import Explained
from storage.rules.indexation import Figure, Limits, NhsUplift
from storage.rules.months import add_months
from storage.rules.year_ahead import runs_all_year, year_ahead, year_to_prepare, yearly_price

PRICE: Explained[int | None] = Explained(120_000_00, "The price.")
APRIL = date(2027, 4, 1)


def planned(steps: list[Figure], start: date | None = None, end: date | None = None) -> int | None:
    found = year_ahead(PRICE, steps, start, end, 2027).value
    return found.planned if found else None


def test_from_october_the_next_year_is_prepared() -> None:
    assert year_to_prepare(date(2026, 9, 30)) == 2026
    assert year_to_prepare(date(2026, 10, 1)) == 2027
    assert year_to_prepare(date(2027, 3, 31)) == 2027
    assert year_to_prepare(date(2027, 4, 1)) == 2027


def test_an_nhs_uplift_counts_net_of_efficiency_and_the_floor_holds() -> None:
    net = NhsUplift(Decimal("2.15"), Decimal("2"), multiplied=False)
    assert planned([Figure(APRIL, net)]) == 120_180_00
    assert planned([Figure(APRIL, net, limits=Limits(floor=Decimal("0.5")))]) == 120_600_00
    assert planned([]) == 120_000_00


def test_a_part_of_the_year_is_planned_for_that_part() -> None:
    assert planned([], end=date(2027, 9, 30)) == 60_000_00
    assert planned([], start=date(2027, 10, 1)) == 60_000_00
    assert planned([], end=date(2027, 3, 31)) is None
    assert planned([], start=date(2028, 4, 1)) is None


def test_a_step_in_the_middle_of_the_year_counts_from_its_day_on() -> None:
    step = Figure(date(2027, 10, 1), Decimal(10))
    assert planned([step]) == 60_000_00 + 66_000_00
    assert (
        planned([Figure(date(2026, 4, 1), Decimal(10)), Figure(date(2028, 4, 1), Decimal(10))]) == 120_000_00
    )


def test_the_surest_figure_is_the_price_of_a_year() -> None:
    start, end = date(2025, 4, 1), date(2028, 3, 31)
    assert yearly_price(10, 20, 90, start, end, 2026).value == 10
    assert yearly_price(10, 20, 90, date(2026, 10, 1), end, 2026).value == 20
    assert yearly_price(None, None, 90, start, end, 2026).value == 30
    assert yearly_price(7, None, None, date(2026, 10, 1), end, 2026).value == 7
    nothing = yearly_price(None, None, None, start, end, 2026)
    assert nothing.value is None and nothing.why == "No value is recorded."


def test_a_contract_that_runs_on_is_priced_over_its_term_and_planned_for_the_whole_year() -> None:
    start, end = date(2024, 4, 1), date(2026, 3, 31)
    assert not runs_all_year(start, end, 2026)
    assert yearly_price(5, None, 90, start, end, 2026, running_on=True).value == 5
    assert yearly_price(None, None, 90, start, end, 2026, running_on=True).value == 45


@given(
    pence=st.integers(0, 10**11),
    rate=st.decimals(Decimal(-50), Decimal(100), places=2),
    begins=st.integers(0, 11),
    months=st.integers(1, 30),
)
def test_months_of_a_year_sum_to_the_year(pence: int, rate: Decimal, begins: int, months: int) -> None:
    start = add_months(date(2026, 4, 1), begins)
    cut = add_months(start, months)
    price: Explained[int | None] = Explained(pence, "The price.")
    steps = [Figure(APRIL, rate)]
    whole = year_ahead(price, steps, None, None, 2027).value
    before = year_ahead(price, steps, None, date.fromordinal(cut.toordinal() - 1), 2027).value
    after = year_ahead(price, steps, cut, None, 2027).value
    assert whole is not None and whole.planned == whole.after
    parts = sum(part.planned for part in (before, after) if part is not None)
    assert abs(parts - whole.planned) <= 1  # each part is rounded once
