"""A result is green, amber or red by its target and tolerance, and says why; trends know which way is better."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.kpis import (
    AMBER,
    GREEN,
    HIGHER,
    IMPROVING,
    LOWER,
    MILESTONE,
    NOT_ENOUGH,
    RANGE,
    RED,
    STEADY,
    TRENDS,
    UNRATED,
    WORSENING,
    Kpi,
    milestone_rating,
    over_performance,
    rating,
    show_number,
    target_words,
    trend,
)

NUMBERS = st.decimals(-1_000_000, 1_000_000, places=3)
TOLERANCES = st.decimals(0, 1000, places=2)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def kpi(direction: str, target: str | None, tolerance: str | None = None, **more: object) -> Kpi:
    upper, unit = more.get("upper"), more.get("unit", "")
    return Kpi(
        direction,
        number(target),
        number(str(upper)) if upper is not None else None,
        number(tolerance),
        bool(more.get("in_percent")),
        str(unit),
    )


@pytest.mark.parametrize(
    ("result", "against", "colour"),
    [
        ("95", kpi(HIGHER, "95", "2"), GREEN),
        ("94.99", kpi(HIGHER, "95", "2"), AMBER),
        ("93", kpi(HIGHER, "95", "2"), AMBER),
        ("92.99", kpi(HIGHER, "95", "2"), RED),
        ("94.99", kpi(HIGHER, "95"), RED),
        ("90", kpi(HIGHER, "100", "10", in_percent=True), AMBER),
        ("89.9", kpi(HIGHER, "100", "10", in_percent=True), RED),
        ("5", kpi(LOWER, "5", "1"), GREEN),
        ("6", kpi(LOWER, "5", "1"), AMBER),
        ("6.1", kpi(LOWER, "5", "1"), RED),
        ("1", kpi(LOWER, "0", "50", in_percent=True), RED),
        ("0", kpi(LOWER, "0"), GREEN),
        ("-9", kpi(HIGHER, "-10", "10", in_percent=True), GREEN),
        ("-11", kpi(HIGHER, "-10", "10", in_percent=True), AMBER),
        ("-11.1", kpi(HIGHER, "-10", "10", in_percent=True), RED),
        ("10", kpi(RANGE, "10", "1", upper="20"), GREEN),
        ("20", kpi(RANGE, "10", "1", upper="20"), GREEN),
        ("9", kpi(RANGE, "10", "1", upper="20"), AMBER),
        ("21.5", kpi(RANGE, "10", "1", upper="20"), RED),
        ("22", kpi(RANGE, "10", "10", upper="20", in_percent=True), AMBER),
        ("8.9", kpi(RANGE, "10", "10", upper="20", in_percent=True), RED),
    ],
)
def test_rating_domain_7_2(result: str, against: Kpi, colour: str) -> None:
    found = rating(Decimal(result), against)
    assert found.value == colour
    assert found.why.startswith(f"{colour}: ")
    assert len(found.reasons) == (2 if colour == GREEN else 3)


@pytest.mark.parametrize(
    ("result", "against", "because"),
    [
        (None, kpi(HIGHER, "95"), "no result"),
        ("1", kpi(HIGHER, None), "no target"),
        ("1", kpi("", "95"), "which way is better"),
        ("1", kpi(RANGE, "10"), "no upper end"),
        ("1", kpi(RANGE, "10", upper="5"), "below its lower end"),
        ("1", kpi(HIGHER, "95", "-2"), "from nought up"),
        ("1", kpi(HIGHER, "95", "NaN"), "tolerance"),
        ("NaN", kpi(HIGHER, "95"), "not a number"),
        ("1", kpi(HIGHER, "Infinity"), "no target"),
        ("1", kpi(MILESTONE, "1"), "by the day it is reached"),
    ],
)
def test_what_cannot_be_rated_says_why(result: str | None, against: Kpi, because: str) -> None:
    found = rating(number(result), against)
    assert found.value == UNRATED
    assert because in found.why


def test_says_how_a_rating_came_about() -> None:
    percent = kpi(HIGHER, "95", "2", in_percent=True, unit="%")
    assert rating(Decimal("96.50"), percent).why == "Green: 96.5% meets the target of at least 95%."
    found = rating(Decimal("94"), percent)
    assert found.why == (
        "Amber: 94% misses the target of at least 95% by 1 percentage point, "
        "within the tolerance of 1.9 percentage points."
    )
    assert [step.words for step in found.reasons] == [
        "Result: 94%",
        "Target: at least 95%",
        "Tolerance: 2% of the target, which is 1.9 percentage points",
    ]
    assert rating(Decimal(9), kpi(LOWER, "5", unit="days")).why == (
        "Red: 9 days misses the target of at most 5 days by 4 days, and no tolerance is set."
    )


@given(NUMBERS, NUMBERS, TOLERANCES, st.booleans())
def test_a_better_result_is_never_rated_worse(
    one: Decimal, other: Decimal, tolerance: Decimal, in_percent: bool
) -> None:
    order = [RED, AMBER, GREEN]
    worse, better = sorted((one, other))
    against = Kpi(HIGHER, Decimal("123.4"), tolerance=tolerance, in_percent=in_percent)
    assert order.index(rating(worse, against).value) <= order.index(rating(better, against).value)
    against = Kpi(LOWER, Decimal("123.4"), tolerance=tolerance, in_percent=in_percent)
    assert order.index(rating(worse, against).value) >= order.index(rating(better, against).value)


@given(NUMBERS, NUMBERS, TOLERANCES)
def test_lower_is_better_mirrors_higher_is_better(
    result: Decimal, target: Decimal, tolerance: Decimal
) -> None:
    higher = rating(result, Kpi(HIGHER, target, tolerance=tolerance)).value
    assert rating(-result, Kpi(LOWER, -target, tolerance=tolerance)).value == higher


BY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("reached", "today", "colour"),
    [
        (None, date(2026, 6, 30), UNRATED),
        (date(2026, 6, 30), date(2026, 9, 1), GREEN),
        (None, date(2026, 7, 1), AMBER),
        (date(2026, 7, 10), date(2027, 1, 1), AMBER),
        (date(2026, 7, 11), date(2027, 1, 1), RED),
        (None, date(2026, 7, 11), RED),
    ],
)
def test_milestones(reached: date | None, today: date, colour: str) -> None:
    found = milestone_rating(reached, Kpi(MILESTONE, tolerance=Decimal(10), by=BY), today)
    assert found.value == colour
    assert found.why.startswith(f"{colour}: ")


def test_milestones_without_a_day_or_with_an_odd_tolerance_are_unrated() -> None:
    assert "no day is set" in milestone_rating(BY, Kpi(MILESTONE), BY).why
    odd = Kpi(MILESTONE, tolerance=Decimal("NaN"), by=BY)
    assert milestone_rating(BY, odd, BY).value == UNRATED
    late = milestone_rating(None, Kpi(MILESTONE, by=BY), BY + timedelta(days=1))
    assert late.why == (
        "Red: the milestone of 30 Jun 2026 is not reached and is 1 day late, and no tolerance is set."
    )


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_a_milestone_once_reached_keeps_its_rating(reached: date, later: int) -> None:
    against = Kpi(MILESTONE, tolerance=Decimal(30), by=BY)
    then = milestone_rating(reached, against, reached).value
    assert milestone_rating(reached, against, reached + timedelta(days=later)).value == then


@pytest.mark.parametrize(
    ("result", "against", "flagged"),
    [
        ("110", kpi(HIGHER, "100"), False),
        ("110.1", kpi(HIGHER, "100"), True),
        ("4.5", kpi(LOWER, "5"), False),
        ("4.4", kpi(LOWER, "5"), True),
        ("90", kpi(HIGHER, "100"), False),
        ("25", kpi(RANGE, "10", upper="20"), False),
        ("1", kpi(HIGHER, "0"), False),
        ("1", kpi(HIGHER, None), False),
        (None, kpi(HIGHER, "100"), False),
    ],
)
def test_over_performance_part_e_3(result: str | None, against: Kpi, flagged: bool) -> None:
    found = over_performance(number(result), against)
    assert found.value is flagged
    assert found.why


def test_over_performance_says_what_it_may_mean() -> None:
    found = over_performance(Decimal(120), kpi(HIGHER, "100", unit="visits"))
    assert found.why == (
        "120 visits is past the target of at least 100 visits by 20% of it: the target may be wrong, more may "
        "be put in than was agreed, or demand may have changed."
    )
    assert "footnote 17" in found.reasons[-1].source
    assert not over_performance(Decimal(120), kpi(HIGHER, "100"), Decimal(25)).value
    with pytest.raises(ValueError, match="margin"):
        over_performance(Decimal(120), kpi(HIGHER, "100"), Decimal(-1))


@pytest.mark.parametrize(
    ("results", "against", "leads"),
    [
        (["90", "91", "94", "95"], kpi(HIGHER, "95"), IMPROVING),
        (["95", "94", "91", "90"], kpi(HIGHER, "95"), WORSENING),
        (["9", "8", "5", "4"], kpi(LOWER, "5"), IMPROVING),
        (["4", "5", "8", "9"], kpi(LOWER, "5"), WORSENING),
        (["100", "100", "101", "101"], kpi(HIGHER, "95"), STEADY),
        (["100", "100", "101.1", "101.1"], kpi(HIGHER, "95"), IMPROVING),
        (["30", "28", "22", "21"], kpi(RANGE, "10", upper="20"), IMPROVING),
        (["12", "12", "18", "18"], kpi(RANGE, "10", upper="20"), STEADY),
        (["1", "2", "90", "90", "90", "90"], kpi(HIGHER, "95"), STEADY),
        (["90", None, "95", "99"], kpi(HIGHER, "95"), IMPROVING),
        (["90", None, None, "99"], kpi(HIGHER, "95"), NOT_ENOUGH),
        (["90", "95", "99"], kpi(MILESTONE, None), NOT_ENOUGH),
        (["90", "95", "99"], kpi("", "5"), NOT_ENOUGH),
        (["90", "95", "99"], kpi(RANGE, "5"), NOT_ENOUGH),
        (["90", "95", "99"], kpi(HIGHER, None), IMPROVING),
        ([], kpi(HIGHER, "95"), NOT_ENOUGH),
    ],
)
def test_trend(results: list[str | None], against: Kpi, leads: str) -> None:
    found = trend([number(result) for result in results], against)
    assert found.value == leads
    assert found.why.startswith(leads)


def test_a_trend_says_what_was_compared() -> None:
    four = trend([Decimal(n) for n in (90, 91, 94, 95)], kpi(HIGHER, "95", unit="%"))
    assert four.why == "Improving: the last 2 results average 94.5%, the 2 first 90.5%; higher is better."
    three = trend([Decimal(n) for n in (4, 5, 9)], kpi(LOWER, "5", unit="days"))
    assert three.why == (
        "Worsening: the latest result is 9 days, 2 results earlier it was 4 days; lower is better."
    )
    with pytest.raises(ValueError, match="three periods"):
        trend([], kpi(HIGHER, "95"), periods=2)


@given(st.lists(st.none() | NUMBERS, max_size=8), st.sampled_from([HIGHER, LOWER]))
def test_a_trend_seen_from_the_other_end_is_turned_round(
    results: list[Decimal | None], direction: str
) -> None:
    other = LOWER if direction == HIGHER else HIGHER
    found, turned = trend(results, Kpi(direction)).value, trend(results, Kpi(other)).value
    assert found in TRENDS
    assert turned == {IMPROVING: WORSENING, WORSENING: IMPROVING}.get(found, found)


@pytest.mark.parametrize(
    ("shown", "value", "unit"),
    [
        ("95%", "95.00", "%"),
        ("£1,250", "1250", "£"),
        ("−£1,250.5", "-1250.50", "£"),
        ("12.5 days", "12.5", "days"),
        ("−3", "-3", ""),
        ("0", "-0.00", ""),
        ("1,000", "1E+3", ""),
    ],
)
def test_numbers_are_shown_as_people_write_them(shown: str, value: str, unit: str) -> None:
    assert show_number(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("against", "words"),
    [
        (kpi(RANGE, "10", upper="20", unit="%"), "10 to 20%"),
        (kpi(RANGE, "10", upper="20", unit="£"), "£10 to £20"),
        (kpi(RANGE, "10"), "10 to any"),
        (kpi(HIGHER, None), "no target set"),
        (Kpi(MILESTONE, by=BY), "by 30 Jun 2026"),
        (Kpi(MILESTONE), "no day set"),
    ],
)
def test_targets_in_words(against: Kpi, words: str) -> None:
    assert target_words(against) == words
