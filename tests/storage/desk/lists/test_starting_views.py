"""The views that come with the program find what their names promise, on any day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from storage.desk.lists.starting_views import NAMELESS, starting_views
from storage.desk.office import change_office
from storage.engine.fields import Record
from storage.engine.values import Period
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.rules.position import NOTICE_SERVED
from tests.storage.desk.register import TODAY, Register

CONTRACTS = (
    Contract(title="ends soon", stage="Signed", current_end=date(2027, 6, 30), lead_commissioner="ann lee"),
    Contract(title="ended but runs on", stage="Signed", current_end=date(2026, 3, 31), runs_on=True),
    Contract(title="no end", stage="Signed", start=date(2025, 4, 1), renewal="Open-ended"),
    Contract(title="terminated", stage="Terminated", current_end=date(2027, 6, 30)),
    Contract(title="cancelled without end", stage="Cancelled"),
    Contract(title="notice soon", stage="Signed", current_end=date(2027, 7, 31), notice_commissioner=Period(6, "m")),
    Contract(title="notice to serve, prepared late", stage="Signed", current_end=date(2027, 6, 10),
             notice_commissioner=Period(6, "m")),
    Contract(title="notice passed", stage="Signed", current_end=date(2027, 4, 30), notice_commissioner=Period(9, "m")),
    Contract(title="notice given", stage=NOTICE_SERVED, current_end=date(2027, 7, 31),
             notice_commissioner=Period(6, "m")),
    Contract(title="rolls over", stage="Signed", current_end=date(2026, 3, 31), renewal="Rolls over"),
    Contract(title="ends late", stage="Signed", current_end=date(2029, 3, 31)),
)  # fmt: skip
Find = Callable[[str, str], set[str]]


@pytest.fixture
def find(register: Register) -> Find:
    """What a view finds, by the names of the records."""
    store = register.store
    change_office(store, {"person": "Ann Lee"})
    with store.step("Add"):
        store.bin(Contract, [register.contract])
        store.save_many(CONTRACTS)
        store.save_many(
            [
                Action(title="late", due=date(2026, 11, 1), owner="Ann Lee"),
                Action(title="later", due=date(2027, 1, 1), owner="Bo"),
                Action(title="done", due=date(2026, 11, 1), owner="Ann Lee", status="Done"),
                Action(title="undated"),
            ]
        )

    def found(page: str, name: str) -> set[str]:
        cls: type[Record] = {"contracts": Contract, "actions": Action}[page]
        view = next(v for v in starting_views(store, page) if v.name == name)
        return {r.name for r in store.all(cls, view.arrangement.query)}

    return found


def test_ending_within_12_months(find: Find) -> None:
    assert find("contracts", "Ending within 12 months") == {
        *("ends soon", "notice soon", "notice to serve, prepared late", "notice passed", "notice given")
    }


def test_notice_to_serve_within_90_days_includes_what_should_have_been_ready(find: Find) -> None:
    assert find("contracts", "Notice to serve within 90 days") == {
        "notice soon",
        "notice to serve, prepared late",
    }


def test_the_last_safe_day_is_in_it_as_soon_as_it_is_near_and_after_it_passed(
    find: Find, register: Register
) -> None:
    store = register.store
    with store.step("A route"):
        route = store.save(LeadTime(title="Tender", mobilisation=Period(3, "m"), tender=Period(3, "m")))
        chosen = [c for c in store.all(Contract) if c.title in ("ends soon", "ends late", "terminated")]
        store.save_many([replace(c, route=route.id) for c in chosen])
    assert find("contracts", "Last safe day within 90 days") == {"ends soon"}
    register.store.today = lambda: date(2027, 3, 1)
    assert find("contracts", "Last safe day within 90 days") == {"ends soon"}


def test_running_on_or_rolling_and_without_end(find: Find) -> None:
    assert find("contracts", "Running on or rolling") == {"ended but runs on", "rolls over"}
    assert find("contracts", "No end date") == {"no end"}


def test_mine_is_whoever_keeps_the_file(find: Find, register: Register) -> None:
    assert find("contracts", "Mine") == {"ends soon"}
    assert find("actions", "Mine") == {"late"}
    change_office(register.store, {"person": ""})
    assert starting_views(register.store, "contracts")[-1].missing == NAMELESS


def test_actions_open_and_overdue(find: Find) -> None:
    assert find("actions", "Open") == {"late", "later", "undated"}
    assert find("actions", "Overdue") == {"late"}


def test_they_move_with_the_calendar(find: Find, register: Register) -> None:
    register.store.today = lambda: TODAY.replace(year=2028)
    assert find("contracts", "Ending within 12 months") == {"ends late"}


def test_every_column_of_theirs_is_a_field(register: Register) -> None:
    for page, cls in (("contracts", Contract), ("actions", Action)):
        for view in starting_views(register.store, page):
            fields = register.store.fields(cls)
            assert all(fields[name].column for name in view.arrangement.columns)
    assert starting_views(register.store, "nowhere") == []
