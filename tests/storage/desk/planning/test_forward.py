"""The forward plan of a register: each date in its quarter, what is late apart, clashes only where they are."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.planning.forward import LATE, Ahead, Quarter, What, ahead, named
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.records.terms import Extension
from tests.storage.desk.register import TODAY, Register

ROUTE = LeadTime(title="Open", mobilisation=Period(2, "m"), tender=Period(3, "m"), approval=Period(1, "m"))


def add(register: Register, count: int = 1, **more: Any) -> list[Contract]:  # noqa: ANN401
    store = register.store
    with store.step("Add"):
        route = store.save(ROUTE)
        values: dict[str, Any] = {"stage": "Signed", "start": date(2024, 4, 1), "current_end": date(2028, 3, 31),
                  "notice_commissioner": Period(6, "m"), "current_value": 100_000_00, "route": route.id}  # fmt: skip
        return store.save_many([Contract(title=f"New {n}", **(values | more)) for n in range(count)])


def quarter(found: Ahead, label: str) -> Quarter:
    return next(each for each in found.quarters if each.label == label)


def test_what_is_to_be_done_stands_in_the_quarter_of_its_day(register: Register) -> None:
    [contract] = add(register)
    contract = register.store.get(Contract, contract.key)
    found = ahead(register.store, 2)
    mine = {i.what: i for i in found.items() if i.contract == contract.key}
    assert {what: i.day for what, i in mine.items()} == {
        What.START: contract.act_by, What.DECIDE: contract.decide_by,
        What.SERVE: contract.serve_by, What.ENDS: date(2028, 3, 31),
    }  # fmt: skip
    assert mine[What.START].day < mine[What.DECIDE].day < mine[What.ENDS].day
    last = quarter(found, "Q4 2027/28")
    assert last.counts[What.ENDS] == 1 and "£100,000 ends" in last.words()


def test_it_reaches_to_the_end_of_a_quarter_and_empty_quarters_are_there(register: Register) -> None:
    found = ahead(register.store, 1)
    assert (found.first, found.last) == (TODAY, date(2027, 12, 31))
    assert [each.label for each in found.quarters] == [
        "Q3 2026/27", "Q4 2026/27", "Q1 2027/28", "Q2 2027/28", "Q3 2027/28",
    ]  # fmt: skip
    assert quarter(found, "Q2 2027/28").words() == "nothing"


def test_drafts_and_what_is_over_are_left_out_and_under_notice_only_the_end_is_ahead(
    register: Register,
) -> None:
    add(register, stage="Draft")
    add(register, stage="Terminated")
    [served] = add(register, stage="Notice served")
    items = [i for i in ahead(register.store, 3).items() if i.title.startswith("New")]
    assert [(i.contract, i.what) for i in items] == [(served.key, What.ENDS)]


def test_what_should_have_begun_or_been_decided_is_late(register: Register) -> None:
    [late] = add(register, current_end=date(2027, 1, 31))
    found = ahead(register.store, 1)
    assert [i.what for i in found.late if i.contract == late.key] == [What.START, What.DECIDE]
    assert found.items(LATE) == list(found.late) and found.items()[0] == found.late[0]


def test_four_procurements_at_once_clash_and_are_named(register: Register) -> None:
    add(register, 3)
    assert not ahead(register.store, 2).clashes
    add(register, 2)
    found = ahead(register.store, 2)
    busy = quarter(found, "Q3 2027/28")
    assert busy.at_once == 5 and busy.clash is not None
    said = next(
        words for words in found.clashes if words.startswith("Q3 2027/28: 5 procurements at once on ")
    )
    assert "New 0" in said and said.endswith("and 1 more.")


def test_a_contract_with_an_option_open_is_no_procurement_yet(register: Register) -> None:
    made = add(register, 5)
    with register.store.step("Options"):
        register.store.save_many([Extension(contract=c.id, length=Period(12, "m")) for c in made])
    found = ahead(register.store, 2)
    assert max(each.at_once for each in found.quarters) == 0
    assert any(i.what == What.START for i in found.items())


def test_contracts_without_a_route_are_counted(register: Register) -> None:
    assert ahead(register.store, 1).unplanned == 1
    add(register)
    assert ahead(register.store, 1).unplanned == 1


@given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=9))
def test_the_first_few_are_named_and_the_rest_counted(titles: list[str]) -> None:
    said = named(titles)
    assert said.startswith(", ".join(titles[:4]))
    assert said.endswith(" more") == (len(titles) > 4)
