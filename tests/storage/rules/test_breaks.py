"""A break is one side's chance to end a contract, with notice of its own."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.breaks import Break, break_notice, breaks_in_reach

OURS = Break(date(2027, 3, 31), "commissioner", Period(6, "m"), "9.1")
THEIRS = Break(date(2027, 3, 31), "provider", Period(12, "m"))
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
BREAKS = st.builds(
    Break,
    DAYS,
    st.sampled_from(("commissioner", "provider", "either side")),
    st.none() | st.builds(Period, st.integers(0, 24), st.sampled_from("dwm")),
)


def test_each_side_has_its_own_last_day() -> None:
    ours = break_notice(OURS)
    assert ours.value == date(2026, 9, 30)
    assert ours.why == (
        "Break by the commissioner on 31 Mar 2027:"
        " 30 Sep 2026 = end 31 Mar 2027 less 6 months’ notice (clause 9.1)."
        " That month has no day 31, so its last day is taken."
    )
    (counted,) = ours.reasons
    assert counted.rests_on[1].rests_on[0].source == "clause 9.1"
    assert break_notice(THEIRS).value == date(2026, 3, 31)


def test_either_side_may_hold_a_break() -> None:
    found = break_notice(Break(date(2027, 3, 31), "either side", Period(3, "m")))
    assert found.why.startswith("Break by either side on 31 Mar 2027: 31 Dec 2026 = ")


def test_a_break_without_a_period_has_no_last_day() -> None:
    found = break_notice(Break(date(2027, 3, 31), "provider", None))
    assert found.value is None
    assert found.why == "Break by the provider on 31 Mar 2027: No notice period is recorded."


def test_breaks_that_can_still_be_used() -> None:
    assert [chance for chance, _ in breaks_in_reach([OURS, THEIRS], date(2026, 3, 31))] == [THEIRS, OURS]
    assert [chance for chance, _ in breaks_in_reach([OURS, THEIRS], date(2026, 4, 1))] == [OURS]
    assert breaks_in_reach([OURS, THEIRS], date(2026, 10, 1)) == ()


@given(st.lists(BREAKS, max_size=6), DAYS)
def test_no_break_in_reach_is_late(chances: list[Break], today: date) -> None:
    found = breaks_in_reach(chances, today)
    days = [last.value for _, last in found if last.value]
    assert days == sorted(days)
    assert len(days) == len(found)
    for chance, last in found:
        assert last.value is not None
        assert today <= last.value <= chance.on
