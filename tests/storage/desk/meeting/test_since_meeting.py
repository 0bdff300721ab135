"""What has changed since a meeting, in plain words, with who did it and when."""

from dataclasses import replace
from datetime import date

import pytest

from storage.desk.bin import move_to_bin
from storage.desk.contract.extending import settle
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.own_fields import add_own_field
from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.desk.meeting.since_meeting import HEADINGS, ChangeRow, cells_of, since, since_meeting
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Kind, Period
from storage.records.contracts import Contract
from storage.records.meeting_snapshots import MeetingSnapshot
from storage.records.terms import Extension
from storage.rules.since_meeting import Kind as ChangeKind
from tests.storage.desk.register import TODAY, Register

GOLD = Arrangement((), (Where("tier", "is", ("Gold",)),))


def kept(register: Register, arrangement: Arrangement = Arrangement()) -> MeetingSnapshot:  # noqa: B008
    return keep(register.store, "Contract board", shown_now(register.store, arrangement))


def told(register: Register, before: MeetingSnapshot) -> list[ChangeRow]:
    return [*since(register.store, before).told]


def test_a_snapshot_held_against_itself_or_an_unchanged_file_shows_nothing(register: Register) -> None:
    before = kept(register)
    assert since(register.store, before, before).rows == ()
    assert since_meeting(register.store, "contract BOARD").rows == ()


def test_a_change_is_told_in_words_with_who_and_when(register: Register) -> None:
    before = kept(register)
    register.store.steps.who = "Joy Okafor"
    register.store.change(Contract, register.contract, {"current_value": 130_000_00})
    found = since(register.store, before)
    [row] = found.told
    assert cells_of([row]) == [
        ("Value up", "CD-0064", "Community dermatology clinics", "Current value", "£125,123", "£130,000",
         "Joy Okafor", date.today()),
    ]  # fmt: skip
    assert len(HEADINGS) == len(cells_of([row])[0])
    assert (row.contract, row.name, found.meeting) == (register.contract, "current_value", "Contract board")
    assert found.counts == {ChangeKind.UP: 1, ChangeKind.FOLLOWS: 1}
    assert (found.before_on, found.after_on, found.which) == (TODAY, TODAY, "all contracts")


def test_an_option_taken_up_is_one_extension_and_its_value(register: Register) -> None:
    store = register.store
    with store.step("Option"):
        option = store.save(Extension(contract=register.contract, length=Period(12, "m"), value=10_000_00))
    before = kept(register)
    settle(store, option, "Taken up", TODAY, "Board")
    assert [(r.kind, r.field, r.before, r.after) for r in told(register, before)] == [
        (ChangeKind.EXTENDED, "Current end", "31 Mar 2027", "31 Mar 2028"),
        (ChangeKind.UP, "Current value", "£125,123", "£135,123"),
    ]


def test_what_came_and_what_went_say_why(register: Register) -> None:
    store = register.store
    with store.step("Add"):
        ended, binned, other = store.save_many(
            [Contract(reference=r, title=r, tier="Gold", stage="Signed", current_end=date(2026, 12, 31))
             for r in ("G-1", "G-2", "G-3")]
        )  # fmt: skip
    before = kept(register, GOLD)
    store.steps.who = "Joy Okafor"
    store.change(Contract, ended.key, {"stage": "Terminated", "tier": ""})
    move_to_bin(store, Contract, [binned.key])
    store.change(Contract, other.key, {"tier": "Silver"})
    store.change(Contract, register.contract, {"tier": "Gold"})
    assert [(r.kind, r.reference, r.after, r.by) for r in told(register, before)] == [
        (ChangeKind.GONE, "G-1", "Ended: terminated", "Joy Okafor"),
        (ChangeKind.GONE, "G-2", "Deleted: it lies in the bin", "Joy Okafor"),
        (ChangeKind.GONE, "G-3", "Left out by the filter", "Joy Okafor"),
        (ChangeKind.NEW, "CD-0064", "Millbrook Health CIC, £125,123, ends 31 Mar 2027", "Joy Okafor"),
    ]


def test_a_day_that_passed_undone_is_put_to_the_calendar(register: Register) -> None:
    store = register.store
    store.change(Contract, register.contract, {"review_date": date(2026, 12, 1)})
    before = kept(register)
    store.today = lambda: date(2026, 12, 2)
    [row] = told(register, before)
    assert (row.kind, row.before, row.after, row.by, row.when) == (
        ChangeKind.SLIPPED, "1 Dec 2026", "1 Dec 2026, which has passed", "The calendar", None,
    )  # fmt: skip


def test_two_snapshots_are_held_against_each_other_as_they_were(register: Register) -> None:
    store = register.store
    first = kept(register)
    store.change(Contract, register.contract, {"title": "Skin clinics"})
    second = kept(register)
    store.change(Contract, register.contract, {"title": "Something else"})
    [row] = since(store, first, second).told
    assert (row.field, row.before, row.after) == ("Title", "Community dermatology clinics", "Skin clinics")
    back = since(store, second, first).told
    assert [(r.before, r.after) for r in back] == [(row.after, row.before)]


def test_what_was_just_gathered_can_be_held_against_a_snapshot(register: Register) -> None:
    before = kept(register)
    register.store.change(Contract, register.contract, {"title": "Skin clinics"})
    gathered = shown_now(register.store)
    assert [r.field for r in since(register.store, before, gathered).told] == ["Title"]


def test_the_worse_rating_and_the_larger_sum_come_first(register: Register) -> None:
    store = register.store
    with store.step("Add"):
        made = store.save_many([Contract(title=t, current_value=100, cqc_rating="Good") for t in "ab"])
    before = kept(register)
    with store.step("Change"):
        store.save(replace(store.get(Contract, made[0].key), current_value=150))
        store.save(replace(store.get(Contract, made[1].key), current_value=900, cqc_rating="Inadequate"))
    rows = told(register, before)
    assert [(r.kind_words, r.title) for r in rows] == [
        ("Rating changed", "b"), ("Value up", "b"), ("Value up", "a"),
    ]  # fmt: skip


def test_an_own_field_that_is_gone_keeps_its_name(register: Register) -> None:
    store = register.store
    name = add_own_field(store, "Ward", Kind.TEXT).field().name
    store.change(Contract, register.contract, {name: "North"})
    before = kept(register)
    store.change(Contract, register.contract, {name: "South"})
    [row] = told(register, before)
    assert (row.field, row.before, row.after, row.by) == ("Ward", "North", "South", "Ann Lee")


def test_an_unknown_meeting_is_answered_with_those_there_are(register: Register) -> None:
    kept(register)
    with pytest.raises(StorageError, match="“Contract board”"):
        since_meeting(register.store, "Panel")
