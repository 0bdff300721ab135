"""Which rules apply to a procurement, by what is bought and the day it began."""

from dataclasses import replace
from datetime import date

import pytest

from storage.records.procurements import REGIMES
from storage.rules.planning_reference import lead_time
from storage.rules.procurement.regimes import (
    Purchase,
    modification_regime,
    process,
    process_called,
    processes,
    processes_of,
    regime,
    regime_called,
    regime_for,
    regimes,
)

HEALTH = Purchase(date(2026, 6, 1), health_service=True)
OTHER = Purchase(date(2026, 6, 1), health_service=False, light_touch=False)


@pytest.mark.parametrize(
    ("purchase", "code"),
    [
        (HEALTH, "PSR"),
        (replace(HEALTH, begun_on=date(2024, 1, 1)), "PSR"),
        (replace(HEALTH, begun_on=date(2023, 12, 31)), "PCR2015"),
        (OTHER, "PA23"),
        (replace(OTHER, light_touch=True), "PA23-LT"),
        (replace(OTHER, begun_on=date(2025, 2, 24)), "PA23"),
        (replace(OTHER, begun_on=date(2025, 2, 23)), "PCR2015"),
        (replace(OTHER, begun_on=date(2025, 2, 23), light_touch=None), "PCR2015"),
        (replace(OTHER, begun_on=date(2015, 2, 26)), "PCR2015"),
        (replace(OTHER, begun_on=date(2015, 2, 25)), None),
        (replace(OTHER, light_touch=None), None),
        (replace(OTHER, begun_on=None), None),
        (Purchase(date(2026, 6, 1)), None),
        (Purchase(grant=True), "grant"),
        (Purchase(exempt=True), "none"),
    ],
)
def test_the_regime_follows_from_what_is_bought_and_when_it_began(
    purchase: Purchase, code: str | None
) -> None:
    found = regime_for(purchase)
    assert found.value == code
    assert found.why.endswith(".")
    if code is not None:
        assert found.reasons[0].source
        title = regime(code)
        assert title is not None
        assert found.why.startswith(title.title)


def test_health_care_bought_together_with_something_else_is_given_with_its_condition() -> None:
    found = regime_for(replace(HEALTH, mixed=True))
    assert found.value == "PSR"
    assert "only if health care is the main part" in found.why
    assert found.reasons[1].source == "SI 2023/1348, regulation 3"


def test_corrected_dates_of_a_regime_are_taken() -> None:
    later = [replace(each, effective_from=date(2026, 7, 1)) for each in regimes() if each.code == "PA23"]
    rest = [each for each in regimes() if each.code != "PA23"]
    assert regime_for(OTHER, [*later, *rest]).value == "PCR2015"
    assert regime_for(OTHER, rest).value == "PCR2015"


@pytest.mark.parametrize(
    ("awarded_under", "health", "tested_under"),
    [
        ("PSR", None, "PSR"),
        ("PCR2015", True, "PSR"),
        ("PCR2015", False, "PCR2015"),
        ("PCR2015", None, None),
        ("", True, "PSR"),
        ("", False, None),
        ("", None, None),
        ("PA23", False, "PA23"),
        ("PA23-LT", None, "PA23-LT"),
        ("grant", False, "grant"),
    ],
)
def test_a_health_care_contract_is_changed_under_the_health_rules_however_old(
    awarded_under: str, health: bool | None, tested_under: str | None
) -> None:
    found = modification_regime(awarded_under, health)
    assert found.value == tested_under
    assert found.why


def test_domain_3_1_processes_of_the_provider_selection_regime() -> None:
    codes = [each.code for each in processes_of("PSR")]
    assert codes == ["DA-A", "DA-B", "DA-C", "MSP", "CP", "FW", "FW-MC", "URG"]
    assert {each.code for each in processes_of("PSR") if each.duty == "must"} == {"DA-A", "DA-B"}


def test_domain_3_2_procedures_of_the_act_and_of_the_older_regulations() -> None:
    act = {each.code for each in processes_of("PA23")}
    assert act == {
        f"PA23-{kind}"
        for kind in ("open", "flexible", "direct", "call-off", "dynamic-market", "below", "exempt")
    }
    assert act == {each.code for each in processes_of("PA23-LT")}
    assert len(processes_of("PCR2015")) == 7
    assert processes_of("grant") == processes_of("none") == ()


def test_everything_listed_has_a_title_conditions_a_source_and_a_route_that_exists() -> None:
    codes = [each.code for each in processes()]
    assert len(codes) == len(set(codes))
    known = {each.code for each in regimes()}
    for each in processes():
        assert each.title
        assert each.source
        assert each.conditions
        assert set(each.regimes) <= known
        assert each.standstill in ("must", "voluntary", "none")
        assert each.duty in ("must", "may")
        assert not each.route or lead_time(each.route)
    assert all(each.summary and each.source for each in regimes())
    assert process("nothing") is None
    assert regime("nothing") is None


def test_the_regimes_a_record_offers_are_those_the_rules_know() -> None:
    assert tuple(each.title for each in regimes()) == REGIMES


def test_a_record_names_a_regime_or_process_by_title_or_code() -> None:
    for each in regimes():
        assert regime_called(each.title.upper()) == regime_called(f" {each.code} ") == each
        for offered in processes_of(each.code):
            assert process_called(offered.title, each.code) == offered
            assert process_called(offered.code.lower(), each.code) == offered
    health = process_called("call-off from  a framework, without competition", "PSR")
    assert health is not None
    assert health.code == "FW"
    assert process_called("Call-off from a framework", "PSR") is None
    assert regime_called("") is None
