"""What a list comes to never looks surer than what went into it, whole or group by group."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.lists.own_fields import add_own_field
from storage.desk.lists.totals import Section, list_total, sections
from storage.engine.conditions import Where
from storage.engine.fields import Kind
from storage.engine.opening import new_store
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.contracts import TIERS, Contract
from storage.records.services import Service
from storage.rules.totals import Amount, Certainty, Total, summed
from tests.storage.desk.register import TODAY

SURE = ("", "Actual", "Estimate", "Under-estimate", "To be confirmed", "tbc", "guess", "UNDER-estimate")
CONTRACTS = st.lists(
    st.builds(
        Contract,
        title=st.text("ab", max_size=2),
        tier=st.sampled_from(("", *TIERS, "gold", "Platinum")),
        directorate=st.sampled_from(("", "Planned care", "planned CARE", "Children", "Ärzte")),
        runs_on=st.sampled_from((None, True, False)),
        current_end=st.none() | st.integers(-500, 500).map(lambda n: TODAY + timedelta(days=n)),
        current_value=st.none() | st.integers(-(10**6), 10**9),
        value_certainty=st.sampled_from(SURE),
        own=st.sampled_from(({}, {"ward": "Red"}, {"ward": "blue"})),
    ),
    max_size=12,
)
GROUPS = ("tier", "directorate", "runs_on", "position", "expiry_band", "own:ward", "provider_name")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_store(tmp_path_factory.mktemp("totals") / "totals.desk", today=lambda: TODAY)
    add_own_field(made, "Ward", Kind.CHOICE, choices=("Red", "Blue"))
    yield made
    made.close()


def fill(store: Store, contracts: list[Contract]) -> list[Contract]:
    with store.step("Fill"):
        store.bin(Contract, store.ids(Contract))
        return store.save_many(contracts)


def expected(contracts: list[Contract]) -> Total:
    return summed(Amount(c.current_value, Certainty.read(c.value_certainty)) for c in contracts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTRACTS, st.sampled_from(GROUPS))
def test_totals_agree_with_the_rule_and_groups_with_the_order_of_the_list(
    store: Store, contracts: list[Contract], group: str
) -> None:
    saved = fill(store, contracts)
    whole = list_total(store, Contract, "current_value", "value_certainty", Query())
    assert whole == Section(len(saved), expected(saved))
    query = Query(group=group, order=(Order("current_end", True),))
    listed, field = store.all(Contract, query), store.fields(Contract)[group]

    def key(contract: Contract) -> str:
        value = field.value_of(contract, TODAY)
        return "" if value is None else field.show(value).lower()

    found = sections(store, Contract, "current_value", "value_certainty", query)
    runs = [(k, list(rows)) for k, rows in groupby(listed, key)]
    assert [(len(rows), expected(rows)) for _, rows in runs] == [(s.count, s.total) for s in found]
    assert len({k for k, _ in runs}) == len(runs), "each group stands in one place"
    assert "" not in [k for k, _ in runs[:-1]], "blanks come last"


def test_groups_come_as_the_choices_are_listed_and_blanks_last(store: Store) -> None:
    fill(store, [Contract(title="x", tier=t) for t in ("", "Bronze", "Platinum", "Gold", "gold", "Silver")])
    found = sections(store, Contract, "current_value", "", Query(group="tier"))
    assert [(s.value, s.count) for s in found] == [
        ("Gold", 2), ("Silver", 1), ("Bronze", 1), ("Platinum", 1), ("", 1),
    ]  # fmt: skip


def test_yes_comes_before_no_and_positions_as_a_contract_lives(store: Store) -> None:
    made = [
        Contract(title="x", stage="Signed", current_end=date(2026, 1, 1), runs_on=True),
        Contract(title="x", stage="Draft", runs_on=False),
        Contract(title="x", stage="Signed", current_end=date(2028, 1, 1)),
    ]
    fill(store, made)
    by_yes = sections(store, Contract, "current_value", "", Query(group="runs_on"))
    assert [s.value for s in by_yes] == [True, False, None]
    by_position = sections(store, Contract, "current_value", "", Query(group="position"))
    assert [s.value for s in by_position] == ["Draft", "Live", "Running on"]


def test_only_what_the_query_finds_is_added_up(store: Store) -> None:
    fill(store, [Contract(title="a", tier="Gold", current_value=5), Contract(title="b", current_value=7)])
    gold = Query(where=(Where("tier", "is", ("Gold",)),))
    assert list_total(store, Contract, "current_value", "", gold).total.pence == 5
    assert list_total(store, Contract, "current_value", "", Query(words="nothing")) == Section()


def test_a_list_without_amounts_is_only_counted(store: Store) -> None:
    with store.step("Add"):
        store.save(Service(title="Stroke care"))
    assert list_total(store, Service, "", "", Query()) == Section(1)
