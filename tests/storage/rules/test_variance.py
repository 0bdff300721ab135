"""Planned, forecast and actual set against one another."""

from datetime import date
from decimal import Decimal

import pytest

from storage.rules.variance import Variance, YearFigures, variance, variance_together, variances

TODAY = date(2026, 6, 5)


@pytest.mark.parametrize(
    ("figures", "closed", "pence", "percent", "said"),
    [
        (
            YearFigures(20_000_000, 20_500_000, 5_000_000),
            False,
            500_000,
            "2.50",
            "£5,000.00 over plan (2.5%): forecast £205,000.00, planned £200,000.00.",
        ),
        (
            YearFigures(20_000_000, 20_500_000, 19_000_000),
            True,
            -1_000_000,
            "-5.00",
            "£10,000.00 under plan (5%): actual £190,000.00, planned £200,000.00.",
        ),
        (YearFigures(100, 100), False, 0, "0", "On plan: forecast £1.00, planned £1.00."),
        (YearFigures(0, 100), False, 100, None, "£1.00 over plan: forecast £1.00, planned £0.00."),
        (
            YearFigures(-1_000, -900),
            False,
            100,
            "10",
            "£1.00 over plan (10%): forecast \u2212£9.00, planned \u2212£10.00.",
        ),
    ],
)
def test_variance_from_plan(
    figures: YearFigures, closed: bool, pence: int, percent: str | None, said: str
) -> None:
    found = variance(figures, closed)
    assert found.value is not None
    assert found.value.pence == pence
    assert found.value.percent == (None if percent is None else Decimal(percent))
    assert found.why == said


@pytest.mark.parametrize(
    ("figures", "closed", "said"),
    [
        (YearFigures(None, 100, 100), True, "No planned value is recorded."),
        (YearFigures(100, 100, None), True, "No actual is recorded."),
        (YearFigures(100, None, 100), False, "No forecast is recorded."),
    ],
)
def test_a_year_without_both_figures_is_not_judged(figures: YearFigures, closed: bool, said: str) -> None:
    found = variance(figures, closed)
    assert found.value is None
    assert found.why == said


def test_past_years_are_judged_by_actuals_and_later_ones_by_forecasts() -> None:
    figures = {2026: YearFigures(200, 250, 40), 2025: YearFigures(100, 0, 90), 2027: YearFigures(300)}
    each = variances(figures, TODAY)
    assert [(year, found.value and found.value.against) for year, found in each] == [
        (2025, "actual"),
        (2026, "forecast"),
        (2027, None),
    ]
    found = variance_together(each)
    assert found.value == Variance("actual and forecast", 300, 340, 40, Decimal("13.33"))
    assert found.why == (
        "£0.40 over plan (13.33%): actual and forecast £3.40, planned £3.00. Not counted: 2027/28."
    )
    assert found.reasons[0].words == "2025/26: £0.90 against £1.00 planned."


def test_all_years_together_without_any() -> None:
    assert variance_together([]).why == "No year has both a plan and a figure to set against it."
    one = variance_together(variances({2026: YearFigures(100, 100)}, TODAY))
    assert one.value == Variance("forecast", 100, 100, 0, Decimal(0))
