"""Many records changed at once: seen before, one step, one undo, and whatever stays says why."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.lists.bulk import (
    BINNED,
    SEALED,
    SO_ALREADY,
    Change,
    Plan,
    changing,
    label,
    may_be_set,
    outcome,
    planning,
    set_field,
)
from storage.desk.lists.own_fields import add_own_field
from storage.engine.fields import Kind, Value
from storage.engine.opening import new_store
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.values import Period
from storage.records.assessments import Run
from storage.records.contracts import Contract
from tests.storage.desk.register import TODAY, Register


def do(store: Store, ids: list[int], change: Change) -> list[Progress]:
    return list(changing(store, Contract, ids, change))


@pytest.fixture
def many(register: Register) -> list[int]:
    """Two hundred and fifty contracts, a third of them gold."""
    store = register.store
    with store.step("Add"):
        made = store.save_many(
            [Contract(title=f"C{n}", tier="Gold" if n % 3 == 0 else "") for n in range(250)]
        )
    return [c.key for c in made]


def test_a_field_of_many_is_one_step_and_one_undo(register: Register, many: list[int]) -> None:
    store = register.store
    change = set_field(Contract.FIELDS["tier"], "Gold")
    found = Plan()
    told = list(planning(store, Contract, many, change, found))
    assert (len(found.changing), len(found.staying), found.warned) == (166, 84, [])
    assert [p.done for p in told] == [100, 200, 250]
    do(store, found.changing, change)
    assert {c.tier for c in store.many(Contract, many).values()} == {"Gold"}
    assert register.labels()[-1] == "Change tier of 166 contracts"
    register.undo()
    assert sum(c.tier == "Gold" for c in store.many(Contract, many).values()) == 84


def test_work_that_is_given_up_changes_nothing(register: Register, many: list[int]) -> None:
    store = register.store
    work = changing(store, Contract, many, set_field(Contract.FIELDS["tier"], "Silver"))
    next(iter(work))
    work.close()  # type: ignore[attr-defined]
    assert not any(c.tier == "Silver" for c in store.many(Contract, many).values())
    assert "Change tier of 250 contracts" not in register.labels()


def test_one_record_is_called_by_its_name(register: Register) -> None:
    change = set_field(Contract.FIELDS["lead_commissioner"], "Ann Lee")
    assert label(register.store, Contract, change, [register.contract]) == (
        "Change lead commissioner of Community dermatology clinics"
    )


def test_what_stays_says_why(register: Register) -> None:
    store, fields = register.store, register.store.fields(Contract)
    with store.step("Add"):
        gold, binned = store.save_many([Contract(title="A", tier="Gold"), Contract(title="B")])
        store.bin(Contract, [binned.key])
    change = set_field(fields["tier"], "Gold")
    said = [outcome(change, store.get(Contract, n), fields).note for n in (gold.key, binned.key)]
    assert said == [SO_ALREADY, BINNED]
    seen = outcome(change, store.get(Contract, register.contract), fields)
    assert (seen.now, seen.will, seen.note, seen.changes) == ("blank", "Gold", "", True)
    signed = Run(title="Review", signed_on=TODAY)
    assert outcome(set_field(Run.FIELDS["title"], "x"), signed, Run.FIELDS).note == SEALED


def test_a_value_that_is_odd_is_set_and_warned_of(register: Register) -> None:
    store, fields = register.store, register.store.fields(Contract)
    change = set_field(fields["tier"], "Platinum")
    seen = outcome(change, store.get(Contract, register.contract), fields)
    assert seen.changes and "not on the list" in seen.note
    found = Plan()
    for _ in planning(store, Contract, [register.contract], change, found):
        pass
    assert found.warned == found.changing == [register.contract]


def test_links_references_and_what_is_worked_out_cannot_be_set(register: Register) -> None:
    fields = register.store.fields(Contract)
    assert [n for n in ("reference", "notice_by", "position", "route") if may_be_set(fields[n])] == []
    assert all(may_be_set(fields[n]) for n in ("tier", "lead_commissioner", "notice_commissioner", "notes"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_store(tmp_path_factory.mktemp("bulk") / "bulk.desk", today=lambda: TODAY)
    for kind in (Kind.TEXT, Kind.DAY, Kind.MONEY, Kind.YESNO, Kind.CHOICE, Kind.WHOLE):
        add_own_field(made, f"Own {kind.value}", kind)
    with made.step("Add"):
        made.save_many([Contract(title="A"), Contract(title="B", tier="Gold"), Contract(title="C")])
    yield made
    made.close()


VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: st.text(max_size=9),
    Kind.NOTE: st.text(max_size=9),
    Kind.CHOICE: st.sampled_from(("", "Gold", "odd")),
    Kind.WHOLE: st.none() | st.integers(-9, 10**9),
    Kind.MONEY: st.none() | st.integers(-9, 10**12),
    Kind.DAY: st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    Kind.PERIOD: st.none() | st.builds(Period, st.integers(0, 99), st.sampled_from("dwmy")),
    Kind.YESNO: st.sampled_from((None, True, False)),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_field_is_set_all_have_it_afterwards(store: Store, data: st.DataObject) -> None:
    fields = store.fields(Contract)
    wanted = data.draw(st.sampled_from([f for f in fields.values() if may_be_set(f) and f.kind in VALUES]))
    value = data.draw(VALUES[wanted.kind])
    change, ids, found = set_field(wanted, value), store.ids(Contract), Plan()
    for _ in planning(store, Contract, ids, change, found):
        pass
    assert sorted(found.changing + found.staying) == ids
    do(store, found.changing, change)
    for contract in store.all(Contract):
        held = wanted.value_of(contract)
        assert wanted.to_sql(held) == wanted.to_sql(value)
    again = Plan()
    for _ in planning(store, Contract, ids, change, again):
        pass
    assert again.changing == []
