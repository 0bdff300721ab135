"""Money: values missing or unsure, years that do not sum to the penny, contributions that do not make the plan."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.put_right.listing import put_right
from storage.engine.store import Store
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from tests.storage.desk.put_right.finding_out import found, save, sound, words

TWO_YEARS = {"start": date(2026, 4, 1), "current_end": date(2028, 3, 31), "renewal": "Ends"}


def test_a_missing_value_and_one_to_be_confirmed_are_told_apart(store: Store) -> None:
    sound(store, current_value=None)
    assert words(store, "no_value") == "No value is recorded."
    sound(store, value_certainty="To be confirmed")
    assert words(store, "value_tbc") == "Its value is still to be confirmed; £400,000.00 is recorded."


@given(first=st.integers(0, 10**9), second=st.integers(0, 10**9), off=st.integers(-3, 3))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_years_are_held_against_the_value_to_the_penny(
    store: Store, first: int, second: int, off: int
) -> None:
    contract = sound(store, current_value=first + second + off, **TWO_YEARS)
    save(store, ValueYear(contract=contract.id, year=2026, planned=first))
    save(store, ValueYear(contract=contract.id, year=2027, planned=second))
    said = [f for f in put_right(store).findings if f.contract == contract.id]
    assert any(f.kind.key == "years_differ" for f in said) == (off != 0)


def test_years_that_are_not_all_there_need_not_sum(store: Store) -> None:
    contract = sound(store, **TWO_YEARS)
    save(store, ValueYear(contract=contract.id, year=2027, planned=5))
    assert "years_differ" not in found(store)
    save(store, ValueYear(contract=contract.id, year=2026))
    assert words(store, "year_missing").startswith("Nothing is planned for 2026/27")


def test_contributions_are_held_against_the_plan(store: Store) -> None:
    contract = sound(store)
    [partner] = store.ids(Organisation)
    save(store, ValueYear(contract=contract.id, year=2026, planned=100_00))
    for amount, share in ((40_00, 50), (50_00, 40)):
        save(store, Contribution(contract=contract.id, organisation=partner, year=2026, amount=amount,
                                 risk_share=Decimal(share)))  # fmt: skip
    assert words(store, "contributions") == "Contributions for 2026/27 come to £90.00; £100.00 is planned."
    assert words(store, "risk_share").endswith("come to 90%, not to 100%.")
    assert found(store)["contributions"].table == "contribution"
