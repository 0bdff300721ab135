"""Key performance indicators of a contract, and what was reached in each period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from storage.engine.conditions import Where
from storage.engine.fields import Kind, Record, choice, day, derived, link, note, number, record, text, whole
from storage.engine.parts import Reads
from storage.records import measure_rules as rules
from storage.rules.kpi_overall import ACT_RATINGS
from storage.rules.kpi_periods import FREQUENCIES, QUARTERLY
from storage.rules.kpis import DIRECTIONS, HIGHER, MILESTONE, RATINGS, TRENDS

ASPECTS = ("Outcome", "Output", "Input")
TOLERANCES = ("In units", "% of the target")


def milestones_daily(today: date) -> tuple[tuple[Where, ...], ...]:
    """Milestones whose day has come without their being reached."""
    return (
        (
            Where("better", "is", (MILESTONE,)),
            Where("reached_on", "blank"),
            Where("due_on", "before", (today,)),
        ),
    )


@record(
    "kpi",
    "KPI",
    named_by=("title",),
    reads=(Reads("results", "kpi_result", link="kpi"),),
    daily=milestones_daily,
)
class Kpi(Record):
    """One measure by which a contract is judged."""

    contract: int | None = link("Contract", "contract")
    position: int | None = whole("Order", low=1, width=60)
    title: str = text("Measure", required=True, shown=True, width=260)
    aspect: str = choice("Outcome, output or input", ASPECTS, default="Output", width=100)
    better: str = choice("Direction", DIRECTIONS, default=HIGHER, width=140)
    unit: str = text("Unit", width=80, help="Such as %, days or people.")
    baseline: Decimal | None = number("Baseline", width=90)
    target: Decimal | None = number("Target", shown=True, width=90)
    target_high: Decimal | None = number("Target, upper end", width=90, help="Only for a range.")
    tolerance: Decimal | None = number(
        "Amber within", width=90, help="How far short of the target is amber, not red."
    )
    tolerance_of: str = choice("Tolerance counted", TOLERANCES, default="In units", width=120)
    over_by: Decimal | None = number(
        "Too far over (%)", width=90, help="Reaching this much more than the target is looked into."
    )
    frequency: str = choice("Frequency", FREQUENCIES, default=QUARTERLY, shown=True, width=100)
    begins: date | None = day("First period begins")
    ends: date | None = day("Last period ends")
    due_on: date | None = day("Milestone due", help="Only for a milestone.")
    reached_on: date | None = day("Milestone reached")
    latest: Decimal | None = derived("Last result", Kind.NUMBER, rule=rules.latest, shown=True, width=90)
    latest_period: str = derived("Period", Kind.TEXT, rule=rules.latest_period, shown=True, width=100)
    rating: str = derived(
        "Rating", Kind.CHOICE, rule=rules.measure_rating, choices=RATINGS, shown=True, width=90
    )
    trend: str = derived(
        "Trend", Kind.CHOICE, rule=rules.measure_trend, choices=TRENDS, shown=True, width=110
    )
    over: bool | None = derived("Over-performing", Kind.YESNO, rule=rules.measure_over, width=110)
    method: str = note("How it is measured")
    source: str = text("Source of the figures", width=260)
    consequence: str = note("Consequence of missing it")
    owner: str = text("Owner")
    measure: int | None = link("Taken from the specification’s measure", "specification_measure")
    framework: str = text("Outcomes framework", help="The domain or indicator of a national framework.")
    notes: str = note("Notes")


@record("kpi_result", "KPI result", searched=False, one_per=("kpi", "period_start"))
class KpiResult(Record):
    """What a measure reached in one period."""

    kpi: int | None = link("KPI", "kpi")
    period_start: date | None = day("Period begins", required=True, shown=True)
    value: Decimal | None = number("Result", shown=True, width=90)
    act_rating: str = choice(
        "Published rating",
        ACT_RATINGS,
        width=150,
        help="The Procurement Act word, where the result is published.",
    )
    reported_on: date | None = day("Reported on")
    comment: str = note("Comment")
