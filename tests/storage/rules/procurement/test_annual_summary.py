"""The annual summary of the Provider Selection Regime, counted from plain facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from storage.rules.procurement.annual_summary import (
    AnnualSummary,
    Decision,
    Holding,
    Objection,
    annual_summary,
    summary_period,
)
from storage.rules.procurement.regimes import processes_of, regimes

YEAR = (date(2025, 4, 1), date(2026, 3, 31))
IN = date(2025, 9, 1)


def numbers(
    decisions: Sequence[Decision] = (),
    holdings: Sequence[Holding] = (),
    objections: Sequence[Objection] = (),
) -> dict[str, int]:
    """The counts by their letters."""
    found = annual_summary(YEAR, decisions, holdings, objections)
    return {each.letter: each.number for each in found.counts}


def lines(found: AnnualSummary, letter: str) -> tuple[str, ...]:
    """What was counted under a letter."""
    return next(each.counted for each in found.counts if each.letter == letter)


def test_domain_3_1_annual_summary_has_the_nine_counts() -> None:
    decisions = [
        *(Decision(code, IN, f"Provider {code}") for code in ("DA-A", "DA-B", "DA-B", "DA-C")),
        Decision("MSP", IN, "Northgate Care"),
        Decision("CP", IN, "Southgate Care"),
        Decision("CP", IN, title="Community framework", concludes_framework=True),
        Decision("FW", IN, "Westgate Care"),
        Decision("FW-MC", IN, "Eastgate Care"),
        Decision("URG", IN, "Northgate Care"),
        Decision("URG", IN, "Northgate Care", modification=True),
        Decision("DA-C", IN, "Northgate Care", modification=True),
    ]
    holdings = [
        Holding("Northgate Care", date(2020, 4, 1)),
        Holding("Oldtown Care", date(2020, 4, 1), date(2025, 9, 30)),
        Holding("Longgone Care", date(2020, 4, 1), date(2024, 3, 31)),
    ]
    objections = [
        Objection(date(2025, 9, 12), "Scoring", "Award made as intended"),
        Objection(date(2026, 4, 1)),
    ]
    assert numbers(decisions, holdings, objections) == {
        "a": 4, "b": 1, "c": 1, "d": 1, "e": 2, "f": 2, "g": 6, "h": 1, "i": 1,
    }  # fmt: skip
    found = annual_summary(YEAR, decisions, holdings, objections)
    assert lines(found, "h") == ("Oldtown Care",)
    assert lines(found, "i") == ("Scoring (Award made as intended)",)
    assert lines(found, "d") == ("Community framework",)
    assert found.providers_now == 1
    assert dict(found.by_process)["DA-B"] == 2
    assert found.title == "Annual summary, 1 Apr 2025 to 31 Mar 2026"
    assert found.counts[6].reason.source == "SI 2023/1348, regulation 25(g)"
    assert found.left_out == ()


def test_only_the_days_of_the_year_are_counted_both_ends_included() -> None:
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert numbers([Decision("MSP", day, "Northgate Care") for day in days])["b"] == 2


def test_a_provider_is_new_once_and_only_without_a_contract_in_the_year_before() -> None:
    awards = [Decision("CP", IN, "Northgate Care"), Decision("MSP", date(2026, 1, 1), "Northgate Care")]
    assert numbers(awards)["g"] == 1
    assert numbers(awards, [Holding("Northgate Care", date(2025, 9, 2))])["g"] == 1
    assert numbers(awards, [Holding("Northgate Care", date(2023, 4, 1), date(2024, 4, 1))])["g"] == 0
    assert numbers(awards, [Holding("Northgate Care", date(2023, 4, 1), date(2024, 3, 31))])["g"] == 1


def test_a_provider_that_holds_another_contract_is_not_gone() -> None:
    old = Holding("Northgate Care", date(2020, 4, 1), date(2025, 9, 30))
    assert numbers(holdings=[old])["h"] == 1
    assert numbers(holdings=[old, Holding("Northgate Care", date(2025, 10, 1))])["h"] == 0
    assert numbers(holdings=[old, Holding("Northgate Care", date(2026, 4, 1))])["h"] == 1
    assert numbers(holdings=[replace(old, last=date(2026, 3, 31))])["h"] == 0


def test_what_is_in_no_count_is_named_with_the_reason() -> None:
    decisions = [
        Decision("MSP", None, title="Night service"),
        Decision("tombola", IN, "Northgate Care"),
        Decision("CP", IN),
    ]
    found = annual_summary(YEAR, decisions, [], [Objection(None)])
    assert found.left_out == (
        "Night service: no date of the decision.",
        "Northgate Care: no process of the regime.",
        "A decision without a title: no provider is named.",
        "A representation: no end of its standstill.",
    )
    assert {each.number for each in found.counts if each.letter in "bi"} == {0}


def test_the_first_summary_covers_the_months_from_the_first_day_of_the_regime() -> None:
    assert summary_period(2024) == (date(2024, 1, 1), date(2025, 3, 31))
    assert summary_period(2025) == (date(2025, 4, 1), date(2026, 3, 31))
    assert summary_period(2023) is None
    assert summary_period(2020) is None
    from_april = [replace(each, effective_from=date(2024, 4, 1)) for each in regimes()]
    assert summary_period(2024, from_april) == (date(2024, 4, 1), date(2025, 3, 31))
    assert summary_period(2025, from_april) == (date(2025, 4, 1), date(2026, 3, 31))


@given(
    st.lists(
        st.builds(
            Decision,
            process=st.sampled_from([each.code for each in processes_of("PSR")]),
            decided_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
            provider=st.sampled_from(["A", "B", "C"]),
        )
    )
)
def test_every_award_of_the_year_is_in_exactly_one_of_the_lines(decisions: list[Decision]) -> None:
    counted = numbers(decisions)
    in_year = sum(each.decided_on is not None and YEAR[0] <= each.decided_on <= YEAR[1] for each in decisions)
    assert sum(counted[letter] for letter in "abcef") == in_year
    assert dict(annual_summary(YEAR, decisions, [], []).by_process).keys() == {
        each.code for each in processes_of("PSR")
    }
