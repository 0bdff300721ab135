"""When a health care contract may be changed without a new procurement, and when that is published."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.procurement.psr_modification import Modification, Verdict, modification
from storage.rules.procurement.reference import thresholds

LIMITS = thresholds()
ON = date(2026, 6, 1)
PENCE = st.integers(-(10**11), 10**11)


def pounds(original: int, cumulative: int, change: int) -> Modification:
    """A change by the authority's decision that leaves the character as it is."""
    return Modification(original * 100, cumulative * 100, change * 100)


def verdict(change: Modification) -> Verdict:
    """The verdict, which must be known in part at least."""
    value = modification(change, ON, LIMITS).value
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("original", "cumulative", "change", "permitted", "notice"),
    [
        (2_000_000, 499_999, 499_999, True, False),
        (2_000_000, 500_000, 500_000, False, False),
        (4_000_000, 900_000, 900_000, True, True),
        (1_000_000, 400_000, 400_000, True, False),
        (1_000_000, 300_000, 300_000, True, False),
        (1_000_000, 600_000, 300_000, False, False),
    ],
)
def test_domain_d7_psr_modification(
    original: int, cumulative: int, change: int, permitted: bool, notice: bool
) -> None:
    assert verdict(pounds(original, cumulative, change)) == Verdict(permitted, notice)


@pytest.mark.parametrize(
    ("cumulative_pence", "permitted"),
    [(49_999_999, True), (50_000_000, False), (-49_999_999, True), (-50_000_000, False)],
)
def test_domain_d7_boundary_of_the_amount_to_the_penny(cumulative_pence: int, permitted: bool) -> None:
    change = Modification(200_000_000, cumulative_pence, cumulative_pence)
    assert verdict(change).permitted is permitted


@pytest.mark.parametrize(("cumulative_pence", "permitted"), [(99_999_999, True), (100_000_000, False)])
def test_domain_d7_boundary_of_the_percentage_to_the_penny(cumulative_pence: int, permitted: bool) -> None:
    change = Modification(400_000_000, cumulative_pence, 1)
    assert verdict(change).permitted is permitted


def test_domain_d7_notice_is_owed_from_exactly_the_amount() -> None:
    large = pounds(100_000_000, 900_000, 0)
    assert verdict(replace(large, change_pence=50_000_000)).notice is True
    assert verdict(replace(large, change_pence=-50_000_000)).notice is True
    assert verdict(replace(large, change_pence=49_999_999)).notice is False


@pytest.mark.parametrize(
    ("ground", "material", "permitted"),
    [
        ("provided_for", True, True),
        ("succession", True, True),
        ("external", False, True),
        ("external", True, False),
        ("awarded_by_a_or_b", False, True),
        ("awarded_by_a_or_b", True, False),
    ],
)
def test_each_ground_for_a_change_of_any_size(ground: str, material: bool, permitted: bool) -> None:
    change = replace(pounds(1_000_000, 5_000_000, 5_000_000), material=material, **{ground: True})
    assert verdict(change) == Verdict(permitted, permitted)


def test_a_contract_awarded_by_a_or_b_is_judged_by_its_character_alone() -> None:
    change = replace(pounds(1_000_000, 1, 1), awarded_by_a_or_b=True, material=True, provided_for=True)
    assert verdict(change).permitted is False


def test_a_material_change_by_decision_is_never_small_enough() -> None:
    assert verdict(replace(pounds(1_000_000, 1, 1), material=True)).permitted is False


@pytest.mark.parametrize(
    "change",
    [
        replace(pounds(1_000_000, 600_000, 1), provided_for=None),
        replace(pounds(1_000_000, 600_000, 1), succession=None),
        replace(pounds(1_000_000, 600_000, 1), external=None),
        replace(pounds(1_000_000, 100, 1), material=None),
        replace(pounds(1_000_000, 600_000, 1), external=True, material=None),
        replace(pounds(1_000_000, 1, 1), awarded_by_a_or_b=True, material=None),
        replace(pounds(1_000_000, 600_000, 1), awarded_by_a_or_b=None),
        replace(pounds(1_000_000, 1, 1), awarded_by_a_or_b=None, provided_for=True, material=True),
        Modification(None, 60_000_000, 1),
        Modification(100_000_000, None, 1),
    ],
)
def test_an_open_question_that_could_change_the_verdict_leaves_it_open(change: Modification) -> None:
    assert verdict(change).permitted is None


def test_an_open_question_that_cannot_change_the_verdict_does_not_matter() -> None:
    assert verdict(replace(pounds(1_000_000, 100, 1), provided_for=None, external=None)).permitted is True
    assert verdict(Modification(None, 49_999_999, 1)).permitted is True
    assert verdict(replace(pounds(1_000_000, 1, 1), awarded_by_a_or_b=None)).permitted is True


def test_a_notice_is_only_promised_once_the_change_is_permitted_and_its_value_known() -> None:
    assert verdict(replace(pounds(1_000_000, 900_000, 900_000), external=None)).notice is None
    assert verdict(replace(pounds(1_000_000, 1, 1), change_pence=None)).notice is None
    assert verdict(replace(pounds(1_000_000, 900_000, 1), external=None)).notice is False


def test_the_sentence_and_the_law_behind_it() -> None:
    found = modification(pounds(4_000_000, 900_000, 900_000), ON, LIMITS, made_on=date(2026, 6, 2))
    assert found.value == Verdict(True, True, date(2026, 7, 2))
    assert found.why == (
        "Permitted: the change since award is small enough. A notice is owed: this change is £900,000, £500,000 or"
        " more. It is due by 2 Jul 2026."
    )
    assert found.reasons[0].source == "SI 2023/1348, regulation 13(1)(d)"
    assert "£900,000, 22.5% of £4,000,000" in found.reasons[1].words
    refused = modification(pounds(2_000_000, 500_000, 500_000), ON, LIMITS)
    assert refused.why.startswith("Not permitted")
    assert "regulation 14" in refused.why


def test_before_the_regime_the_test_is_not_known() -> None:
    found = modification(pounds(1, 1, 1), date(2023, 12, 31), LIMITS)
    assert found.value is None
    assert "31 Dec 2023" in found.why


@given(st.integers(0, 10**11), PENCE, PENCE, st.tuples(*[st.booleans()] * 5))
def test_domain_3_1_the_whole_rule(
    original: int, cumulative: int, change: int, said: tuple[bool, ...]
) -> None:
    da_ab, provided_for, succession, external, material = said
    if da_ab:
        permitted = not material
    else:
        small = abs(cumulative) < 50_000_000 or 4 * abs(cumulative) < original
        permitted = provided_for or succession or (external and not material) or (not material and small)
    found = verdict(Modification(original, cumulative, change, *said))
    assert found == Verdict(permitted, permitted and abs(change) >= 50_000_000)


@given(st.integers(0, 10**9), PENCE, PENCE, st.tuples(*[st.sampled_from([True, False, None])] * 5))
def test_what_is_settled_while_questions_are_open_stays_so_however_they_are_answered(
    original: int, cumulative: int, change: int, said: tuple[bool | None, ...]
) -> None:
    early = verdict(Modification(original, cumulative, change, *said))
    for full in product(*[(each,) if each is not None else (True, False) for each in said]):
        late = verdict(Modification(original, cumulative, change, *full))
        assert early.permitted in (None, late.permitted)
        assert early.notice in (None, late.notice)
