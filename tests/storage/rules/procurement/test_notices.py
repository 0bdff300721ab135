"""Which notices a contract and an organisation owe, by which day, and what is missing to know it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.procurement.notice_rules import notice_rules, yearly_rules
from storage.rules.procurement.notices import (
    ContractFacts,
    OwedNotice,
    notices_owed,
    organisation_notices,
)
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.regimes import process, processes_of, regime

LIMITS = thresholds()
ON = date(2026, 6, 1)
ACT = ContractFacts(
    "PA23",
    "PA23-open",
    value_pence=600_000_000,
    market_engaged=True,
    awarded_on=date(2026, 4, 20),
    signed_on=date(2026, 5, 1),
    start_on=date(2026, 6, 1),
    expected_end=date(2029, 5, 31),
    kpis_owed=True,
)
HEALTH = ContractFacts(
    "PSR", "DA-C", value_pence=600_000_000, awarded_on=date(2026, 5, 1), expected_end=date(2029, 5, 31)
)


def owed(facts: ContractFacts) -> dict[str, OwedNotice]:
    """The notices by code, or by code and title where a code has two."""
    found = notices_owed(facts, ON, LIMITS)
    codes = [each.code for each in found]
    return {each.code if codes.count(each.code) == 1 else each.title: each for each in found}


def due(facts: ContractFacts, key: str) -> date | None:
    """The day one of the notices is due."""
    return owed(facts)[key].due.value


@pytest.mark.parametrize(
    ("code", "intention", "approach"),
    [
        ("DA-A", False, ""),
        ("DA-B", False, ""),
        ("DA-C", True, ""),
        ("MSP", True, "PSR-approach"),
        ("CP", True, "PSR-invitation"),
        ("FW", False, ""),
        ("FW-MC", True, ""),
        ("URG", False, ""),
    ],
)
def test_domain_3_1_notices_by_process(code: str, intention: bool, approach: str) -> None:
    found = owed(replace(HEALTH, process=code))
    expected = {"PSR-confirmation", *(["PSR-intention"] * intention), *([approach] if approach else [])}
    assert set(found) == expected
    assert found["PSR-confirmation"].due.value == date(2026, 5, 31)
    assert all(each.duty == "must" for each in found.values())


def test_domain_3_2_a_contract_under_the_act_owes_its_notices_by_their_days() -> None:
    found = owed(ACT)
    assert {key: each.due.value for key, each in found.items()} == {
        "UK2": None,
        "UK3": None,
        "UK4": None,
        "UK6": None,
        "UK7": date(2026, 5, 30),  # thirty days of which the day of signing is the first
        "UK7-copy": date(2026, 7, 29),
        "UK8": None,
        "Contract performance notice": date(2027, 6, 1),
        "Contract performance notice, the last": date(2029, 5, 31),
        "UK11": date(2029, 6, 29),
    }
    assert found["UK3"].duty == "may"
    assert found["UK8"].duty == "check"
    assert found["UK8"].missing == "whether a large payment was made"


def test_domain_3_2_light_touch_has_longer_days_and_no_change_or_performance_notice() -> None:
    light = replace(ACT, regime="PA23-LT", modified_on=ON, modification_noticed=True)
    found = owed(light)
    assert found["UK7"].due.value == date(2026, 5, 1) + timedelta(days=119)
    assert found["UK7-copy"].due.value == date(2026, 5, 1) + timedelta(days=179)
    assert not {"UK9", "UK10"} & {each.code for each in found.values()}
    assert "UK11" in found


def test_a_direct_award_is_announced_and_a_call_off_is_not_tendered() -> None:
    direct = owed(replace(ACT, process="PA23-direct"))
    assert {"UK5", "UK6", "UK7"} <= set(direct)
    assert "UK4" not in direct
    assert not {"UK4", "UK5"} & set(owed(replace(ACT, process="PA23-call-off")))
    below = owed(replace(ACT, process="PA23-below", kpis_owed=False))
    assert {each.duty for each in below.values()} == {"check"}
    market = owed(replace(ACT, process="PA23-dynamic-market"))
    assert {"UK13", "UK14"} <= set(market)
    assert not notices_owed(replace(ACT, process="PA23-exempt"), ON, LIMITS)


def test_a_missing_date_is_named_and_the_notice_stays_in_the_list() -> None:
    unsigned = replace(ACT, signed_on=None)
    found = owed(unsigned)["UK7"]
    assert found.due.value is None
    assert found.missing == "the day of signing"
    assert found.due.why == "Contract details notice: after signing. Not known yet: the day of signing."
    assert owed(replace(HEALTH, awarded_on=None))["PSR-confirmation"].missing == "the day of the award"
    assert owed(replace(ACT, expected_end=None))["UK11"].missing == "the end of the contract"


def test_a_fact_that_is_missing_makes_a_notice_one_to_check() -> None:
    open_facts = replace(ACT, market_engaged=None, kpis_owed=None, value_pence=None)
    found = owed(open_facts)
    assert found["UK2"].duty == found["UK7-copy"].duty == "check"
    assert found["UK7-copy"].missing.startswith("the value of the contract")
    assert found["Contract performance notice"].missing == "whether key performance indicators are owed"


def test_what_is_not_owed_is_not_in_the_list() -> None:
    small = replace(ACT, value_pence=2_999_999, kpis_owed=False, market_engaged=False)
    assert not {"UK2", "UK7-copy", "UK8", "UK9"} & set(owed(small))
    assert "UK7-copy" not in owed(replace(ACT, value_pence=500_000_000))
    assert "UK7-copy" in owed(replace(ACT, value_pence=500_000_001))
    assert not notices_owed(ContractFacts("grant"), ON, LIMITS)
    assert not notices_owed(ContractFacts("none"), ON, LIMITS)


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (date(2026, 4, 1), date(2026, 7, 29)),
        (date(2026, 6, 30), date(2026, 7, 29)),
        (date(2026, 12, 25), date(2027, 1, 29)),
        (date(2027, 2, 1), date(2027, 4, 29)),
    ],
)
def test_a_large_payment_is_published_after_its_quarter(paid: date, expected: date) -> None:
    assert due(replace(ACT, large_payment_on=paid), "UK8") == expected


def test_payments_before_the_duty_began_are_not_published() -> None:
    assert "UK8" not in owed(replace(ACT, large_payment_on=date(2025, 12, 1)))


def test_the_yearly_performance_notice_follows_the_last_and_stops_at_the_end() -> None:
    key = "Contract performance notice"
    once = replace(ACT, published={"UK9": [date(2027, 5, 20)]})
    assert due(once, key) == date(2028, 5, 20)
    assert owed(once)[key].published_on is None
    twice = replace(ACT, published={"UK9": [date(2028, 6, 1), date(2027, 5, 20)]})
    found = notices_owed(twice, ON, LIMITS)
    assert [each.title for each in found if each.code == "UK9"] == [f"{key}, the last"]
    unknown_start = replace(ACT, start_on=None, signed_on=None)
    assert owed(unknown_start)[key].missing == "the day the contract starts"


def test_a_change_is_announced_before_it_under_the_act_and_after_it_for_health_care() -> None:
    act = replace(ACT, modified_on=date(2026, 9, 1), modification_noticed=True)
    assert due(act, "UK10") == date(2026, 9, 1)
    health = replace(HEALTH, modified_on=date(2026, 9, 1), modification_noticed=True)
    assert due(health, "PSR-modification") == date(2026, 10, 1)
    untested = owed(replace(HEALTH, modified_on=date(2026, 9, 1)))["PSR-modification"]
    assert untested.duty == "check"
    assert untested.missing == "whether the change is large enough to be published"
    small = replace(HEALTH, modified_on=date(2026, 9, 1), modification_noticed=False)
    assert "PSR-modification" not in owed(small)


def test_an_abandoned_procurement_owes_its_end_and_nothing_of_an_award() -> None:
    health = owed(replace(HEALTH, process="MSP", abandoned_on=date(2026, 5, 10)))
    assert set(health) == {"PSR-approach", "PSR-abandonment"}
    assert health["PSR-abandonment"].due.value == date(2026, 6, 9)
    act = owed(replace(ACT, abandoned_on=date(2026, 5, 10)))
    assert set(act) == {"UK2", "UK3", "UK4", "UK12"}
    assert act["UK12"].due.why.endswith("The law sets no day.")


def test_a_published_notice_is_matched_with_its_own_event() -> None:
    told = replace(HEALTH, published={"PSR-confirmation": [date(2026, 5, 20)]})
    found = owed(told)["PSR-confirmation"]
    assert found.published_on == date(2026, 5, 20)
    assert not found.late
    assert not found.overdue(date(2027, 1, 1))
    late = replace(HEALTH, published={"PSR-confirmation": [date(2026, 6, 20)]})
    assert owed(late)["PSR-confirmation"].late
    earlier_change = replace(
        HEALTH,
        modified_on=date(2026, 9, 1),
        modification_noticed=True,
        published={"PSR-modification": [date(2026, 3, 1)]},
    )
    assert owed(earlier_change)["PSR-modification"].published_on is None
    act = replace(
        ACT,
        modified_on=date(2026, 9, 1),
        modification_noticed=True,
        published={"UK10": [date(2026, 3, 1), date(2026, 9, 1)], "UK4": [date(2026, 1, 9)]},
    )
    assert owed(act)["UK10"].published_on == date(2026, 9, 1)
    assert not owed(act)["UK10"].late
    assert owed(act)["UK4"].published_on == date(2026, 1, 9)


def test_a_notice_whose_day_is_past_is_overdue_the_day_after() -> None:
    found = owed(HEALTH)["PSR-confirmation"]
    assert not found.overdue(date(2026, 5, 31))
    assert found.overdue(date(2026, 6, 1))


def test_the_older_regulations_owe_an_award_notice() -> None:
    old = ContractFacts("PCR2015", "PCR-open", awarded_on=date(2025, 1, 10))
    assert due(old, "PCR-award") == date(2025, 2, 9)


def test_every_notice_explains_itself_with_its_law() -> None:
    for facts in (ACT, HEALTH):
        for each in notices_owed(facts, ON, LIMITS):
            assert each.due.why.startswith(each.title)
            assert each.due.reasons[0].source == each.source
            assert each.timing
    uk7 = owed(ACT)["UK7"].due
    assert uk7.why == "Contract details notice by 30 May 2026, counted with 1 May 2026 as the first day."
    assert "check" in uk7.reasons[1].source


def test_a_limit_that_is_not_on_record_leaves_the_day_open_and_says_so() -> None:
    rest = [each for each in LIMITS if each.key != "pa23_details_days"]
    found = next(each for each in notices_owed(ACT, ON, rest) if each.code == "UK7")
    assert found.due.value is None
    assert "pa23_details_days" in found.due.why


def test_a_value_with_no_limit_to_compare_it_with_makes_a_notice_one_to_check() -> None:
    rest = [each for each in LIMITS if each.key != "pa23_copy_value"]
    found = next(each for each in notices_owed(ACT, ON, rest) if each.code == "UK7-copy")
    assert found.duty == "check"
    assert found.missing.endswith("the limit it is compared with")


def test_what_an_organisation_owes_for_a_year() -> None:
    found = organisation_notices(2026, LIMITS)
    assert [(each.code, each.due.value) for each in found] == [
        ("UK1", date(2026, 5, 26)),
        ("UK17", date(2026, 10, 29)),
        ("UK17", date(2027, 4, 29)),
        ("PSR-summary", date(2027, 9, 30)),
    ]
    assert [reason.words for reason in found[0].due.reasons[2:]] == [
        "Pipeline notice: expected to be paid in the year, more than £100,000,000.",
        "Pipeline notice: contracts of more than £2,000,000.",
    ]
    assert [each.code for each in organisation_notices(2025, LIMITS)] == ["UK1", "UK17", "PSR-summary"]
    assert [each.code for each in organisation_notices(2023, LIMITS)] == ["PSR-summary"]
    assert organisation_notices(2022, LIMITS) == ()


def test_domain_3_2_all_seventeen_codes_are_listed_with_known_regimes_and_processes() -> None:
    rules = (*notice_rules(), *yearly_rules())
    assert {f"UK{number}" for number in range(1, 18)} <= {each.code for each in rules}
    keys = {each.key for each in LIMITS}
    for rule in rules:
        assert rule.source
        assert rule.timing
        assert all(regime(code) for code in rule.regimes)
        assert all(process(code) for code in rule.processes)
        assert {key for key in (rule.days, rule.months, *rule.limits) if key} <= keys
        assert bool(rule.starts_from) is bool(rule.counting)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 3_000))
def test_notices_fall_due_in_the_order_of_signing_and_ending(signed: date, length: int) -> None:
    end = signed + timedelta(days=length)
    found = owed(replace(ACT, signed_on=signed, start_on=signed, expected_end=end))
    details, copy, ending = (found[key].due.value for key in ("UK7", "UK7-copy", "UK11"))
    assert details is not None
    assert copy is not None
    assert ending is not None
    assert signed < details < copy
    assert ending == end + timedelta(days=29)


@given(st.sampled_from(["PSR", "PA23", "PA23-LT", "PCR2015"]), st.integers(0, 10**12), st.booleans())
def test_no_combination_of_facts_is_left_without_an_answer(regime_code: str, value: int, known: bool) -> None:
    for each in ("", *(listed.code for listed in processes_of(regime_code))):
        facts = ContractFacts(regime_code, each, value if known else None)
        for notice in notices_owed(facts, ON, LIMITS):
            assert notice.due.value is None
            assert notice.missing or "sets no day" in notice.due.why
