"""The actions of a contract keep their numbers, whatever is done, added or thrown away later."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.contract.contract_actions import last_meeting, meetings_of, numbered_actions, open_numbered
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting
from tests.storage.desk.register import make_register


def test_numbers_stay(tmp_path: Path) -> None:
    register = make_register(tmp_path / "register.desk")
    store = register.store
    with store.step("Actions"):
        made = [store.save(Action(contract=register.contract, title=f"Action {n}")) for n in range(1, 5)]
        store.save(Action(title="Of something else"))
    assert {n: a.title for n, a in numbered_actions(store, register.contract).items()} == {
        1: "Action 1", 2: "Action 2", 3: "Action 3", 4: "Action 4",
    }  # fmt: skip
    with store.step("Later"):
        store.bin(Action, [made[1].key])
        store.save(replace(made[2], status="Done"))
        store.save(Action(contract=register.contract, title="Action 5"))
    assert {n: a.title for n, a in open_numbered(store, register.contract).items()} == {
        1: "Action 1", 4: "Action 4", 5: "Action 5",
    }  # fmt: skip
    store.close()


@given(st.lists(st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))), max_size=6))
def test_the_last_meeting_is_the_latest_before_the_day(days: list[date | None]) -> None:
    held = [ReviewMeeting(id=n, contract=1, on=on) for n, on in enumerate(days, 1)]

    class Held:
        def all(self, _cls: object, _query: object) -> list[ReviewMeeting]:
            return held

    today = date(2026, 1, 1)
    found = last_meeting(Held(), 1, today)  # type: ignore[arg-type]
    before = [on for on in days if on and on < today]
    assert (found.on if found else None) == (max(before) if before else None)
    assert len(meetings_of(Held(), 1)) == len(days)  # type: ignore[arg-type]
