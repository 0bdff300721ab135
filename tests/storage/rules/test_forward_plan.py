"""The forward plan by quarter leaves nothing out, and a clash is what really runs on one day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.forward_plan import Planned, Tender, clashes, forward_plan

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TENDERS = st.lists(
    st.builds(
        lambda start, length: Tender(str(start), start, start + timedelta(days=length)),
        DAYS,
        st.integers(0, 700),
    ),
    max_size=12,
)


def tender(title: str, start: date, end: date) -> Tender:
    return Tender(title, start, end)


FOUR = [
    tender("Wheelchairs", date(2026, 1, 10), date(2026, 12, 31)),
    tender("Podiatry", date(2026, 5, 1), date(2026, 9, 30)),
    tender("Advocacy", date(2026, 6, 15), date(2027, 3, 31)),
    tender("Hospice", date(2026, 6, 30), date(2027, 6, 30)),
]


def test_four_tenders_in_one_quarter_clash() -> None:
    found = clashes(FOUR, 3)
    assert [(each.quarter, each.day) for each in found.value] == [
        ("Q1 2026/27", date(2026, 6, 30)),
        ("Q2 2026/27", date(2026, 7, 1)),
    ]
    assert found.value[0].titles == ("Wheelchairs", "Podiatry", "Advocacy", "Hospice")
    assert found.why == "More than 3 tenders run at once in Q1 2026/27, Q2 2026/27."
    assert clashes(FOUR, 4).why == "No quarter has more than 4 tenders at once."


def test_one_after_the_other_in_a_quarter_is_no_clash() -> None:
    one = tender("A", date(2026, 4, 1), date(2026, 4, 30))
    other = tender("B", date(2026, 5, 1), date(2026, 6, 30))
    assert clashes([one, other], 1).value == ()
    touching = tender("B", date(2026, 4, 30), date(2026, 6, 30))
    assert [each.day for each in clashes([one, touching], 1).value] == [date(2026, 4, 30)]


def test_what_ends_before_it_starts_is_left_out_and_no_end_is_no_trouble() -> None:
    backwards = tender("A", date(2026, 4, 2), date(2026, 4, 1))
    endless = tender("B", date(2026, 4, 2), date(9999, 12, 31))
    assert clashes([backwards, endless], 0).value[0].titles == ("B",)
    assert clashes([], 0).value == ()
    with pytest.raises(ValueError, match="below nought"):
        clashes([], -1)


@given(TENDERS, st.integers(0, 4))
def test_a_clash_is_found_wherever_a_day_has_too_many(tenders: list[Tender], most: int) -> None:
    quarters = {each.quarter for each in clashes(tenders, most).value}
    busy = set()
    for day in {moment for each in tenders for moment in (each.start_by, each.end)}:
        if sum(each.start_by <= day <= each.end for each in tenders) > most:
            year = day.year if day.month >= 4 else day.year - 1
            busy.add(f"Q{(day.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02d}")
    assert busy <= quarters


def test_a_forward_plan_by_quarter_under_financial_years() -> None:
    items = [
        Planned(date(2027, 4, 1), "Podiatry", "New contract starts", 5_000_000),
        Planned(date(2026, 6, 1), "Hospice", "Start by"),
        Planned(date(2026, 4, 30), "Advocacy", "Start by", 1_000_000),
        Planned(date(2030, 1, 1), "Far off", "Ends"),
    ]
    found = forward_plan(items, date(2026, 4, 1), date(2027, 6, 30))
    assert [(year.label, [quarter.label for quarter in year.quarters]) for year in found.value] == [
        ("2026/27", ["Q1 2026/27", "Q2 2026/27", "Q3 2026/27", "Q4 2026/27"]),
        ("2027/28", ["Q1 2027/28"]),
    ]
    first = found.value[0]
    assert [item.title for item in first.quarters[0].items] == ["Advocacy", "Hospice"]
    assert (first.pence, first.unknown) == (1_000_000, 1)
    assert found.reasons[0].words == "2026/27: 2, £10,000.00, and 1 without a value"
    assert found.why == "3 from 1 Apr 2026 to 30 Jun 2027; 1 outside these days."


def test_days_the_wrong_way_round_or_a_century_apart_are_errors() -> None:
    with pytest.raises(ValueError, match="before the first"):
        forward_plan([], date(2026, 4, 2), date(2026, 4, 1))
    with pytest.raises(ValueError, match="hundred years"):
        forward_plan([], date(2026, 4, 2), date(2126, 4, 3))


@given(st.lists(st.builds(Planned, DAYS, st.text(max_size=3)), max_size=20), DAYS, st.integers(0, 3000))
def test_everything_between_the_days_is_in_one_quarter(
    items: list[Planned], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    years = forward_plan(items, first, last).value
    planned = [item for year in years for quarter in year.quarters for item in quarter.items]
    assert planned == sorted(
        (item for item in items if first <= item.day <= last), key=lambda item: (item.day, item.title)
    )
    assert years[0].quarters[0].first == first
    assert years[-1].quarters[-1].last == last
