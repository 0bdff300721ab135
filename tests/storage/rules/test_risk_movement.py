"""How a risk has moved: from where to where, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.risk_movement import Movement, Place, Way, place_of

SINCE = "CL-3, signed on 12 November 2025"


def moved(now: tuple[int, int], before: tuple[int, int] | None) -> Movement:
    here = place_of(*now)
    assert here is not None
    return Movement(here, place_of(*before) if before else None)


@pytest.mark.parametrize(
    ("now", "before", "short", "words"),
    [
        ((3, 4), (2, 3), "up from 6",
         f"Up by 6 since the last review ({SINCE}): from 2 × 3 = 6, Moderate, to 3 × 4 = 12, High."),
        ((1, 3), (5, 5), "down from 25",
         f"Down by 22 since the last review ({SINCE}): from 5 × 5 = 25, Extreme, to 1 × 3 = 3, Low."),
        ((3, 2), (3, 2), "unchanged", f"Unchanged since the last review ({SINCE}): 3 × 2 = 6, Moderate."),
        ((3, 2), (2, 3), "unchanged",
         f"The same score as at the last review ({SINCE}), but another place: from 2 × 3 = 6, Moderate, "
         "to 3 × 2 = 6, Moderate."),
        ((3, 2), None, "new", f"New: it had no score at the last review ({SINCE})."),
    ],
)  # fmt: skip
def test_a_movement_says_from_where_to_where(
    now: tuple[int, int], before: tuple[int, int] | None, short: str, words: str
) -> None:
    movement = moved(now, before)
    assert (movement.short, movement.sentence(SINCE)) == (short, words)


@pytest.mark.parametrize("steps", [(None, 3), (3, None), (0, 3), (3, 6)])
def test_what_is_no_step_has_no_place(steps: tuple[int | None, int | None]) -> None:
    assert place_of(*steps) is None


def test_the_band_at_its_time_stays_though_limits_moved_since() -> None:
    movement = Movement(Place(2, 4, "Moderate"), Place(2, 4, "High"))
    assert movement.way is Way.SAME and "Moderate" in movement.sentence(SINCE)


@given(st.tuples(*[st.integers(1, 5)] * 4))
def test_the_way_back_is_the_other_way(steps: tuple[int, ...]) -> None:
    there, back = (
        moved((steps[0], steps[1]), (steps[2], steps[3])),
        moved((steps[2], steps[3]), (steps[0], steps[1])),
    )
    opposite = {Way.UP: Way.DOWN, Way.DOWN: Way.UP, Way.SAME: Way.SAME}
    assert back.way is opposite[there.way]
