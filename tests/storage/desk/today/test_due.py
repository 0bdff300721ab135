"""Groups by time: late, this week, thirty days, ninety days; reminders by themselves; nothing later."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.today.due import LATE, MONTH, QUARTER, REMINDERS, WEEK, Due, grouped

TODAY = date(2026, 11, 29)


def made(days: int, reminder: str = "") -> Due:
    day = TODAY + timedelta(days=days)
    return Due("Write", day, "action", "", "", "", "action", 1, "status", reminder=reminder)


@given(st.lists(st.integers(-400, 400), max_size=20))
def test_each_falls_into_the_first_group_it_fits(days: list[int]) -> None:
    groups = grouped(map(made, days), TODAY)
    bounds = {LATE: (-400, -1), WEEK: (0, 7), MONTH: (8, 30), QUARTER: (31, 90)}
    for name, those in groups.items():
        low, high = bounds[name]
        assert all(low <= (each.day - TODAY).days <= high for each in those)
        assert [each.day for each in those] == sorted(each.day for each in those)
    assert sum(map(len, groups.values())) == sum(d <= 90 for d in days)


def test_reminders_stand_by_themselves_however_far_off() -> None:
    assert list(grouped([made(200, "1/End/6m"), made(3)], TODAY)) == [WEEK, REMINDERS]
