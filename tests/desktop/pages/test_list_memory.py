"""What a list remembers: what was kept comes back, and whatever else stands there is passed over."""

import pytest

from desktop.pages.list_memory import ListMemory
from desktop.session import Session
from storage.engine.query import Order
from storage.records.contracts import Contract

USUAL = (Order("notice_by"),)


@pytest.fixture
def memory(session: Session) -> ListMemory:
    return ListMemory(session.state, "contracts", USUAL)


def test_begins_with_what_is_declared(memory: ListMemory) -> None:
    assert memory.columns(Contract.FIELDS) == tuple(n for n, f in Contract.FIELDS.items() if f.shown)
    assert memory.order(Contract.FIELDS) == USUAL
    assert (memory.layout(), memory.view) == ({}, "")


def test_columns_come_back_in_the_order_they_were_dragged_to(memory: ListMemory) -> None:
    memory.remember_columns(["title", "stage", "tier"])
    memory.remember_layout({"order": ["tier", "title"], "widths": {"tier": 90}}, with_order=True)
    assert memory.columns(Contract.FIELDS) == ("tier", "title", "stage")
    memory.remember_layout({"order": ["stage"], "widths": {"tier": 70}}, with_order=False)
    assert memory.layout() == {"order": ["tier", "title"], "widths": {"tier": 70}}


@pytest.mark.parametrize("held", [7, "x", {"a": 1}, [["title"]], [1, None], [["gone", True]], [[1, 2, 3]]])
def test_what_is_not_understood_is_passed_over(memory: ListMemory, held: object) -> None:
    for what in ("columns", "order", "layout", "view"):
        memory.remember(what, held)
    memory.columns(Contract.FIELDS)
    assert memory.order(Contract.FIELDS) == USUAL
    assert memory.layout() == (held if isinstance(held, dict) else {})
    assert memory.view == (held if isinstance(held, str) else "")
