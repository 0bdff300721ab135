"""What a list shows, written as JSON and read back: whole while nothing is gone, with care when something is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.lists.arrangement import Arrangement, described, groupable, in_order, read_back, written
from storage.desk.lists.own_fields import add_own_field, change_kind, remove_own_field
from storage.engine.conditions import OPS, Where
from storage.engine.fields import Field, Kind, Value
from storage.engine.opening import new_store
from storage.engine.query import Order
from storage.engine.store import Store
from storage.engine.values import Period
from storage.engine.values_today import FromToday
from storage.records.actions import Action
from storage.records.contracts import Contract
from tests.storage.desk.register import TODAY, Register

SAME_FILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
PERIODS = st.builds(Period, st.integers(0, 999), st.sampled_from("dwmy"))
DAYS = st.one_of(st.dates(date(1900, 1, 1), date(2999, 1, 1)), st.builds(FromToday, PERIODS, st.booleans()))
WORDS = st.text(max_size=20)
NUMBERS = st.integers(-(2**53), 2**53)
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: WORDS,
    Kind.NOTE: WORDS,
    Kind.CHOICE: WORDS,
    Kind.WHOLE: NUMBERS,
    Kind.MONEY: NUMBERS,
    Kind.NUMBER: st.decimals(-1000, 1000, places=3),
    Kind.DAY: DAYS,
    Kind.PERIOD: PERIODS,
    Kind.YESNO: st.booleans(),
}
OPS_OF = {
    Kind.DAY: ("before", "on or before", "after", "on or after", "is"),
    Kind.MONEY: ("at least", "at most", "is"),
    Kind.WHOLE: ("at least", "at most", "is"),
    Kind.NUMBER: ("at least", "at most", "is"),
    Kind.TEXT: ("contains", "is", "is not"),
    Kind.NOTE: ("contains",),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A file with an own field of every kind that can be one."""
    made = new_store(tmp_path_factory.mktemp("own") / "own.desk", today=lambda: TODAY)
    for kind in (Kind.TEXT, Kind.DAY, Kind.MONEY, Kind.YESNO, Kind.CHOICE):
        add_own_field(made, f"Own {kind.value}", kind)
    yield made
    made.close()


@st.composite
def conditions(draw: st.DrawFn, fields: list[Field]) -> Where:
    field = draw(st.sampled_from(fields))
    value = VALUES[field.kind]
    op = draw(st.sampled_from((*OPS_OF.get(field.kind, ("is", "is not")), "blank", "not blank", "any of")))
    if op in ("blank", "not blank"):
        return Where(field.name, op)
    if op == "any of":
        return Where(field.name, op, tuple(draw(st.lists(value, min_size=1, max_size=3))))
    return Where(field.name, op, (draw(WORDS if op == "contains" else value),))


@SAME_FILE
@given(st.data())
def test_what_is_written_is_read_back_the_same(store: Store, data: st.DataObject) -> None:
    fields = [f for f in store.fields(Contract).values() if f.kind in VALUES]
    names = st.sampled_from([f.name for f in fields])
    made = Arrangement(
        tuple(data.draw(st.lists(names, unique=True, max_size=6))),
        tuple(data.draw(st.lists(conditions(fields), max_size=4))),
        data.draw(WORDS),
        tuple(data.draw(st.lists(st.builds(Order, names, st.booleans()), max_size=3))),
        data.draw(st.sampled_from(["", *(f.name for f in fields if groupable(f))])),
    )
    held = json.loads(json.dumps(written(store, Contract, made)))
    found = read_back(store, Contract, held)
    assert found.left_out == ()
    assert blank_as_none(found.arrangement) == blank_as_none(made)
    store.ids(Contract, found.arrangement.query)
    assert described(store, Contract, made, "all contracts")


def blank_as_none(made: Arrangement) -> Arrangement:
    """The empty text and nothing are the same blank."""
    where = tuple(Where(w.field, w.op, tuple(v if v != "" else None for v in w.values)) for w in made.where)
    return replace(made, where=where)


@SAME_FILE
@given(st.dictionaries(st.sampled_from(("columns", "where", "words", "order", "labels", "group")), JSON))
def test_whatever_a_file_holds_is_read_without_harm(store: Store, held: dict[str, object]) -> None:
    found = read_back(store, Contract, held)
    store.ids(Contract, found.arrangement.query)


@SAME_FILE
@given(st.sampled_from(sorted(Contract.FIELDS)), st.sampled_from(OPS), st.lists(JSON, max_size=3))
def test_a_condition_of_any_shape_is_asked_or_left_out(
    store: Store, name: str, op: str, values: list[object]
) -> None:
    found = read_back(store, Contract, {"where": [[name, op, values]]})
    assert len(found.arrangement.where) + len(found.left_out) == 1
    store.ids(Contract, found.arrangement.query)


def test_a_field_that_is_gone_is_named_and_the_rest_is_used(register: Register) -> None:
    store = register.store
    risk = add_own_field(store, "Risk, as we see it", Kind.CHOICE, choices=("Low", "High"))
    name = risk.field().name
    made = Arrangement(
        ("title", name),
        (Where(name, "is", ("High",)), Where("stage", "is", ("Signed",))),
        "",
        (Order(name),),
        name,
    )
    held = written(store, Contract, made)
    assert read_back(store, Contract, held).arrangement == made
    remove_own_field(store, risk.key)
    found = read_back(store, Contract, held)
    assert found.arrangement == Arrangement(("title",), (Where("stage", "is", ("Signed",)),))
    assert found.left_out == ("The field “Risk, as we see it” is no longer there.",)
    register.undo()
    assert read_back(store, Contract, held).arrangement == made


def test_a_filter_that_no_longer_suits_its_field_is_told(register: Register) -> None:
    store = register.store
    beds = add_own_field(store, "Beds", Kind.TEXT)
    held = written(store, Contract, Arrangement(where=(Where(beds.field().name, "contains", ("a",)),)))
    assert read_back(store, Contract, held).left_out == ()
    change_kind(store, beds.key, Kind.DAY)
    held = written(
        store, Contract, Arrangement(where=(Where(beds.field().name, "before", (date(2027, 1, 1),)),))
    )
    change_kind(store, beds.key, Kind.TEXT)
    found = read_back(store, Contract, held)
    assert found.arrangement.where == ()
    assert found.left_out == ("The filter on “Beds” no longer suits the field and is left out.",)


def test_a_link_is_kept_by_the_identity_of_its_record(register: Register) -> None:
    store = register.store
    made = Arrangement(where=(Where("contract", "is", (register.contract,)),))
    held = written(store, Action, made)
    assert str(store.get(Contract, register.contract).uuid) in json.dumps(held)
    assert read_back(store, Action, held).arrangement == made
    assert described(store, Action, made, "") == "Contract: Community dermatology clinics"
    gone = json.loads(json.dumps(held).replace(store.get(Contract, register.contract).uuid, "nobody"))
    assert read_back(store, Action, gone).left_out == (
        "The filter on “Contract” no longer suits the field and is left out.",
    )


def test_says_in_words_what_is_shown(store: Store) -> None:
    made = Arrangement(
        where=(
            Where("current_end", "between", (FromToday(Period(0, "d")), FromToday(Period(12, "m")))),
            Where("tier", "any of", ("Gold", "Silver")),
            Where("current_value", "at least", (1_000_00,)),
        ),
        words="nursing",
        order=(Order("current_end"), Order("current_value", True)),
        group="tier",
    )
    assert described(store, Contract, made, "all contracts") == (
        "Current end: today to 12 months from today; Tier: Gold or Silver; Current value: £1,000 or more; "
        "has “nursing”"
    )
    assert described(store, Contract, Arrangement(), "all contracts") == "all contracts"
    assert in_order(store, Contract, made) == (
        "grouped by Tier, sorted by Current end, then Current value, largest first"
    )
