"""The scale of a timeline: days and pixels agree both ways, zooming keeps a day in its place, ticks fit."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from widgets.timeline_scale import SPANS, Scale, beginning

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS, st.sampled_from(SPANS), st.floats(0, 1))
def test_a_place_and_its_day_agree(first: date, years: int, share: float) -> None:
    scale = Scale(first, years, 100, 1000)
    day = scale.day(100 + share * 1000)
    assert abs(scale.at(day) - (100 + share * 1000)) <= 1000 / (years * 365)
    assert scale.at(scale.first) == 100


@given(DAYS, st.sampled_from(SPANS), st.sampled_from(SPANS), st.floats(0, 1))
def test_zooming_keeps_the_day_where_it_is(first: date, years: int, others: int, share: float) -> None:
    scale = Scale(first, years, 0, 1000)
    about = scale.day(share * 1000)
    assert abs(scale.zoomed(others, about).at(about) - scale.at(about)) <= 1000 / (min(years, others) * 300)


@given(DAYS, st.sampled_from(SPANS), st.integers(80, 2500))
def test_labels_of_years_have_room_and_quarters_come_only_where_they_fit(
    first: date, years: int, wide: int
) -> None:
    scale = Scale(first, years, 0, wide)
    ticks = list(scale.ticks())
    assert [tick.day for tick in ticks] == sorted(tick.day for tick in ticks)
    said = [scale.at(tick.day) for tick in ticks if tick.year and tick.words]
    assert all(after - before >= 55 for before, after in pairwise(said))
    assert all(tick.day.month == 4 for tick in ticks if tick.year)


def test_it_never_leaves_the_calendar() -> None:
    far = Scale(date(2026, 1, 1), 20).moved(10_000_000)
    assert far.last > far.first and Scale(date(2026, 1, 1), 20).moved(-10_000_000).first == date(1900, 4, 1)


def test_it_begins_a_fifth_before_today() -> None:
    first = beginning(date(2026, 11, 29), 5)
    assert first == date(2025, 11, 1) and timedelta(300) < date(2026, 11, 29) - first < timedelta(400)
