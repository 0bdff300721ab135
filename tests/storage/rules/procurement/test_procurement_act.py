"""The Procurement Act's tests of thresholds, changes and key performance indicators."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.procurement.procurement_act import (
    CONCESSION,
    SERVICES,
    WORKS,
    Change,
    ChangedContract,
    above_threshold,
    change_notice,
    kpis_owed,
)
from storage.rules.procurement.reference import thresholds

LIMITS = thresholds()
ON = date(2026, 6, 1)
SERVICE = ChangedContract("PA23", 100_000_000, 1_000)
BUILDING = replace(SERVICE, works=True)


def noticed(contract: ChangedContract, change: Change, *made_with: Change) -> bool | None:
    """Whether a change notice is owed."""
    return change_notice(contract, change, ON, LIMITS, made_with=made_with).value


@pytest.mark.parametrize(
    ("contract", "pounds", "owed"),
    [
        (SERVICE, 100_000, False),
        (SERVICE, 100_001, True),
        (replace(SERVICE, regime="PA23-LT"), 100_001, False),
        (replace(SERVICE, regime="PA23-LT"), 9_000_000, False),
    ],
)
def test_domain_d8_change_notice(contract: ChangedContract, pounds: int, owed: bool) -> None:
    assert noticed(contract, Change(pounds * 100)) is owed
    assert noticed(contract, Change(-pounds * 100)) is owed


def test_domain_d8_boundary_to_the_penny() -> None:
    assert noticed(SERVICE, Change(10_000_000)) is False
    assert noticed(SERVICE, Change(10_000_001)) is True


@pytest.mark.parametrize(("pence", "owed"), [(15_000_000, False), (15_000_001, True)])
def test_works_may_change_by_more(pence: int, owed: bool) -> None:
    assert noticed(BUILDING, Change(pence)) is owed


@pytest.mark.parametrize(("days", "owed"), [(100, False), (101, True), (-100, False), (-101, True)])
def test_the_term_is_measured_by_the_longest_term(days: int, owed: bool) -> None:
    assert noticed(SERVICE, Change(term_days=days)) is owed


def test_two_small_changes_that_belong_together_count_together() -> None:
    small = Change(6_000_000)
    assert noticed(SERVICE, small) is False
    assert noticed(SERVICE, small, small) is True
    assert noticed(SERVICE, small, Change(4_000_000)) is False
    assert noticed(SERVICE, Change(term_days=60), Change(term_days=41)) is True
    found = change_notice(SERVICE, small, ON, LIMITS, made_with=[small])
    assert found.why.startswith("With the earlier changes together: A change by 12% of the estimated value")
    assert found.reasons[0].source == "Procurement Act 2023, section 75(4) and (5)"


def test_a_change_that_needs_a_notice_by_itself_is_not_made_small_by_earlier_ones() -> None:
    assert noticed(SERVICE, Change(20_000_000), Change(-19_000_000)) is True


def test_where_one_of_two_is_small_the_letter_asks_for_none_and_the_sentence_advises_one() -> None:
    found = change_notice(SERVICE, Change(50_000_000, 50), ON, LIMITS)
    assert found.value is False
    assert "Publishing one is the careful course." in found.why
    assert noticed(SERVICE, Change(50_000_000, 500)) is True


def test_a_new_supplier_after_restructuring_is_always_published_unless_light_touch() -> None:
    assert change_notice(SERVICE, Change(), ON, LIMITS, restructuring=True).value is True
    light = replace(SERVICE, regime="PA23-LT")
    assert change_notice(light, Change(), ON, LIMITS, restructuring=True).value is False


@pytest.mark.parametrize("regime", ["PSR", "PCR2015", "grant", "none"])
def test_contracts_under_other_rules_owe_no_change_notice(regime: str) -> None:
    assert noticed(replace(SERVICE, regime=regime), Change(90_000_000)) is False


def test_what_is_not_recorded_leaves_it_open() -> None:
    assert noticed(replace(SERVICE, value_pence=None), Change(1)) is None
    assert noticed(replace(SERVICE, longest_term_days=None), Change(1, 1)) is None
    assert noticed(replace(SERVICE, longest_term_days=None), Change(1)) is False
    assert noticed(SERVICE, Change()) is False
    before = change_notice(SERVICE, Change(1), date(2025, 2, 23), LIMITS)
    assert before.value is None
    assert "23 Feb 2025" in before.why


@given(st.integers(1, 10**11), st.integers(-(10**11), 10**11))
def test_a_value_change_is_noticed_exactly_above_ten_per_cent(value: int, change: int) -> None:
    assert noticed(replace(SERVICE, value_pence=value), Change(change)) is (abs(change) * 10 > value)


@pytest.mark.parametrize(
    ("regime", "pence", "owed"),
    [
        ("PA23", 500_000_000, False),
        ("PA23", 500_000_001, True),
        ("PA23-LT", 500_000_001, False),
        ("PSR", 500_000_001, False),
        ("PSR", 900_000_000_000, False),
        ("PCR2015", 500_000_001, False),
    ],
)
def test_domain_d9_kpi_duty(regime: str, pence: int, owed: bool) -> None:
    assert kpis_owed(regime, pence, ON, LIMITS).value is owed


@pytest.mark.parametrize("exemption", ["framework", "concession", "not_appropriate"])
def test_domain_3_2_kpi_exemptions(exemption: str) -> None:
    found = kpis_owed("PA23", 900_000_000, ON, LIMITS, **{exemption: True})
    assert found.value is False
    assert "section 52" in found.reasons[0].source


def test_the_kpi_sentence_names_the_figures() -> None:
    found = kpis_owed("PA23", 500_000_001, ON, LIMITS)
    assert found.why == "£5,000,000.01 is more than £5,000,000: at least 3 indicators are owed."
    assert kpis_owed("PA23", None, ON, LIMITS).value is None
    assert kpis_owed("PA23", 500_000_001, None, LIMITS).value is None


@pytest.mark.parametrize(
    ("pounds", "on", "what", "light_touch", "central", "above"),
    [
        (135_018, date(2026, 1, 1), SERVICES, False, True, True),
        (135_017, date(2026, 1, 1), SERVICES, False, True, False),
        (135_018, date(2025, 12, 31), SERVICES, False, True, False),
        (207_720, ON, SERVICES, False, False, True),
        (207_719, ON, SERVICES, False, False, False),
        (663_540, ON, SERVICES, True, False, True),
        (663_539, ON, SERVICES, True, True, False),
        (5_193_000, ON, WORKS, False, False, True),
        (5_193_000, ON, CONCESSION, False, False, True),
        (5_193_000, ON, CONCESSION, True, False, False),
        (5_372_609, ON, CONCESSION, True, False, True),
    ],
)
def test_domain_3_2_a_value_that_reaches_the_threshold_is_above_it(
    pounds: int, on: date, what: str, light_touch: bool, central: bool, above: bool
) -> None:
    found = above_threshold(pounds * 100, on, LIMITS, what=what, light_touch=light_touch, central=central)
    assert found.value is above
    assert "Schedule 1" in found.reasons[0].source


def test_a_threshold_that_is_not_known_yet_is_not_guessed() -> None:
    assert above_threshold(100, date(2028, 1, 1), LIMITS).value is None
    assert above_threshold(None, ON, LIMITS).value is None
