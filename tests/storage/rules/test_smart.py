"""A KPI that cannot be measured says what it lacks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from storage.rules.kpis import HIGHER, LOWER, MILESTONE, RANGE
from storage.rules.smart import KpiFields, smart_gaps

WHOLE = KpiFields(
    measure="People seen within 18 weeks",
    direction=HIGHER,
    target=Decimal(92),
    tolerance=Decimal(2),
    method="Provider’s monthly return",
    frequency="Monthly",
    owner="Contract manager",
)


def test_one_that_has_everything_lacks_nothing() -> None:
    found = smart_gaps(WHOLE)
    assert found.value == ()
    assert found.why.endswith("for people to judge.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (replace(WHOLE, measure=" "), "what is measured"),
        (replace(WHOLE, owner=""), "owner"),
        (replace(WHOLE, direction=""), "which way is better"),
        (replace(WHOLE, target=None), "no target number"),
        (replace(WHOLE, direction=RANGE), "no upper end"),
        (replace(WHOLE, tolerance=None), "threshold"),
        (replace(WHOLE, method=""), "method or source"),
        (replace(WHOLE, frequency=""), "how often"),
        (replace(WHOLE, frequency="Once"), "no day is set"),
        (replace(WHOLE, direction=MILESTONE, target=None, frequency=""), "no day is set"),
    ],
)
def test_each_gap_is_named_alone(fields: KpiFields, words: str) -> None:
    (found,) = smart_gaps(fields).value
    assert words in found


def test_a_milestone_with_a_day_and_a_target_of_none_at_all_lack_nothing() -> None:
    milestone = replace(WHOLE, direction=MILESTONE, target=None, frequency="", by=date(2026, 6, 30))
    assert smart_gaps(milestone).value == ()
    assert smart_gaps(replace(WHOLE, direction=LOWER, target=Decimal(0), tolerance=None)).value == ()


def test_an_empty_one_names_every_letter() -> None:
    found = smart_gaps(KpiFields())
    assert {words.split(":")[0] for words in found.value} == {"Specific", "Measurable", "Time-bound"}
    assert found.why.startswith("7 things are missing")
