"""Actions are entered by the numbers of the pack, in one step; what says nothing is refused whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.desk.contract.contract_actions import numbered_actions
from storage.desk.meeting.meeting_actions import (
    BLANK_LINES,
    Entry,
    blank_number,
    enter,
    entries,
    pack_meeting,
)
from storage.engine.errors import StorageError
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting
from tests.storage.desk.register import TODAY, Register, make_register
from tests.storage.exchange.contract_samples import add_actions, add_meetings


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def test_lines_are_the_open_actions_and_blank_ones(register: Register) -> None:
    held, coming = add_meetings(register.store, register.contract)
    add_actions(register.store, register.contract, held, 3)
    lines = entries(register.store, register.store.get(ReviewMeeting, coming))
    assert [e.number for e in lines] == ["1", "3", "2", *(blank_number(n) for n in range(1, BLANK_LINES + 1))]
    assert lines[0].title == "Send plan 1"
    assert all(e.is_blank for e in lines[3:])


def test_what_was_changed_and_what_is_new_is_one_step(register: Register) -> None:
    store = register.store
    held, _ = add_meetings(store, register.contract)
    add_actions(store, register.contract, held, 3)
    lines = entries(store, store.get(ReviewMeeting, held))
    lines[0] = replace(lines[0], done=True)
    lines[1] = replace(lines[1], owner=" Sam ", due=date(2027, 1, 5))
    lines[4] = replace(lines[4], title="Find a room", owner="Ann", due=date(2026, 12, 1))
    steps = len(register.labels())
    assert enter(store, held, lines) == 3
    assert register.labels()[steps:] == ["Enter the actions of Quarter 1 review"]
    found = numbered_actions(store, register.contract)
    assert (found[1].status, found[1].done_on) == ("Done", date(2026, 9, 3))
    assert (found[3].owner, found[3].due, found[3].status) == ("Sam", date(2027, 1, 5), "Open")
    assert (found[5].title, found[5].meeting, found[5].contract) == ("Find a room", held, register.contract)
    assert enter(store, held, entries(store, store.get(ReviewMeeting, held))) == 0
    register.undo()
    assert numbered_actions(store, register.contract)[1].status == "Open"


def test_nothing_is_done_in_the_future(register: Register) -> None:
    held, coming = add_meetings(register.store, register.contract)
    add_actions(register.store, register.contract, held, 1)
    line = entries(register.store, register.store.get(ReviewMeeting, coming))[0]
    enter(register.store, coming, [replace(line, done=True)])
    assert numbered_actions(register.store, register.contract)[1].done_on == TODAY


@pytest.mark.parametrize(
    "line", [Entry("N1", owner="Ann"), Entry("N1", "  ", done=True), Entry("N1", due=TODAY)]
)
def test_a_line_without_words_is_refused_and_nothing_is_saved(register: Register, line: Entry) -> None:
    _, coming = add_meetings(register.store, register.contract)
    with pytest.raises(StorageError, match=r"Line N1 does not say what is to be done. Nothing was saved"):
        enter(register.store, coming, [Entry("N2", "Fine"), line])
    assert register.store.all(Action) == []


def test_the_pack_is_for_the_next_meeting_else_the_last(register: Register) -> None:
    store = register.store
    assert pack_meeting(store, register.contract, TODAY) is None
    held, coming = add_meetings(store, register.contract)
    for day, number in (
        (TODAY, coming),
        (date(2026, 12, 3), coming),
        (date(2026, 12, 4), coming),
        (date(2026, 9, 1), held),
    ):
        found = pack_meeting(store, register.contract, day)
        assert found is not None
        assert found.key == number
