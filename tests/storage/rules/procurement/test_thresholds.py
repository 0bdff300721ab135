"""Limits that hold between dates, and what is said when none holds."""

from datetime import date
from decimal import Decimal

import pytest

from storage.rules.explained import Explained
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.thresholds import (
    NotInForce,
    Threshold,
    count_of,
    number_of,
    pence_of,
    percent_shown,
    threshold,
    unknown_without_limits,
)

OLD = Threshold("limit", "A limit", date(2024, 1, 1), date(2025, 12, 31), "An Act", pence=100)
NEW = Threshold("limit", "A limit", date(2026, 1, 1), date(2027, 12, 31), "An Act", pence=200)
DAYS = Threshold("days", "Some days", None, None, "An Act", number=Decimal("2.5"))


@pytest.mark.parametrize(
    ("on", "pence"),
    [
        (date(2024, 1, 1), 100),
        (date(2025, 12, 31), 100),
        (date(2026, 1, 1), 200),
        (date(2027, 12, 31), 200),
    ],
)
def test_the_limit_of_the_day_counts(on: date, pence: int) -> None:
    assert threshold("limit", on, [NEW, OLD]).pence == pence


@pytest.mark.parametrize("on", [date(2023, 12, 31), date(2028, 1, 1)])
def test_no_limit_is_made_up_for_a_day_that_has_none(on: date) -> None:
    with pytest.raises(NotInForce, match="No limit for “A limit” is on record"):
        threshold("limit", on, [OLD, NEW])


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotInForce, match="“unheard of”"):
        threshold("unheard of", date(2026, 1, 1), [OLD])
    with pytest.raises(NotInForce, match="not known which day"):
        threshold("limit", None, [OLD])
    with pytest.raises(NotInForce, match="no figure"):
        number_of("limit", date(2026, 1, 1), [NEW])
    with pytest.raises(NotInForce, match="no amount"):
        pence_of("days", date(2026, 1, 1), [DAYS])
    with pytest.raises(NotInForce, match=r"not a whole number: 2\.5"):
        count_of("days", date(2026, 1, 1), [DAYS])


def test_a_correction_that_begins_later_comes_before_what_it_corrects() -> None:
    corrected = Threshold("limit", "A limit", date(2025, 6, 1), None, "An Act", pence=150)
    assert threshold("limit", date(2025, 5, 31), [OLD, corrected]).pence == 100
    assert threshold("limit", date(2025, 6, 1), [corrected, OLD]).pence == 150


def test_a_rule_without_its_limit_answers_not_known() -> None:
    @unknown_without_limits
    def rule(on: date) -> Explained[int | None]:
        """A rule that needs a limit."""
        return Explained(pence_of("limit", on, [OLD])[0], "It is known.")

    assert rule(date(2024, 6, 1)).value == 100
    assert rule(date(2030, 6, 1)).value is None
    assert "1 Jun 2030" in rule(date(2030, 6, 1)).why


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (25, 100, "25%"),
        (24_999, 100_000, "24.99%"),
        (100_001, 1_000_000, "10%"),
        (1, 3, "33.33%"),
        (0, 0, "0%"),
        (-225, 1_000, "22.5%"),
        (5, 0, "more than any percentage"),
    ],
)
def test_percentages_are_cut_and_say_so(part: int, whole: int, shown: str) -> None:
    said = percent_shown(part, whole)
    assert said.removeprefix("just over ") == shown
    exact = whole == 0 or abs(part) * 10_000 % abs(whole) == 0
    assert said.startswith("just over") is not exact


def test_every_shipped_limit_has_one_figure_a_source_and_dates_that_do_not_overlap() -> None:
    shipped = thresholds()
    for each in shipped:
        assert (each.pence is None) is not (each.number is None), each.key
        assert each.source
        assert each.effective_from is not None
        assert each.shown in each.reason.words
    for one in shipped:
        for other in shipped:
            if one is not other and one.key == other.key:
                assert not (other.effective_from and one.in_force(other.effective_from)), one.key


@pytest.mark.parametrize(
    ("key", "on", "pounds"),
    [
        ("procurement_services_central", date(2026, 1, 1), 135_018),
        ("procurement_services_central", date(2025, 12, 31), 139_688),
        ("procurement_services_sub_central", date(2026, 1, 1), 207_720),
        ("procurement_services_sub_central", date(2025, 12, 31), 214_904),
        ("procurement_light_touch", date(2025, 3, 1), 663_540),
        ("procurement_light_touch", date(2026, 3, 1), 663_540),
        ("procurement_works", date(2026, 1, 1), 5_193_000),
        ("procurement_works", date(2025, 12, 31), 5_372_609),
        ("procurement_concession", date(2026, 1, 1), 5_193_000),
        ("procurement_concession_light_touch", date(2026, 1, 1), 5_372_609),
    ],
)
def test_domain_3_2_thresholds_by_date(key: str, on: date, pounds: int) -> None:
    assert threshold(key, on, thresholds()).pence == pounds * 100


def test_domain_3_2_nothing_is_said_of_2028_before_the_revision_is_known() -> None:
    with pytest.raises(NotInForce):
        threshold("procurement_light_touch", date(2028, 1, 1), thresholds())
