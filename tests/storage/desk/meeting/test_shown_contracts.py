"""What was shown at a meeting is kept compactly, undone in one go, found by the name of the meeting, and forgotten."""

from dataclasses import replace
from datetime import date

import pytest

from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import (
    LONGEST_MEETING,
    LONGEST_TEXT,
    arrangement_of,
    bin_snapshots,
    keep,
    latest_snapshot,
    meetings,
    shortened,
    showing_of,
    shown_now,
    snapshot_named,
    snapshots,
)
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.records.contracts import Contract
from storage.records.meeting_snapshots import ShownContract
from storage.records.planning import LeadTime
from storage.records.procurements import Procurement
from storage.records.terms import Extension
from tests.storage.desk.register import Register

GOLD = Arrangement(("title", "tier"), (Where("tier", "is", ("Gold",)),))


def second(register: Register) -> Contract:
    """Another contract, of tier Gold."""
    with register.store.step("Add"):
        return register.store.save(Contract(title="Falls classes", tier="Gold", start=date(2026, 4, 1)))


def test_what_is_kept_is_read_back_as_it_was_shown(register: Register) -> None:
    shown = shown_now(register.store)
    kept = keep(register.store, " Contract  board ", shown)
    assert showing_of(register.store, kept) == shown.showing
    [values] = shown.showing.contracts.values()
    assert values["current_end"] == "2027-03-31" and values["current_value"] == 125_123_00
    assert values["provider_name"] == "Millbrook Health CIC" and values["position"] == "Live"
    assert "expiry_band" not in values and "description" not in values
    assert (kept.title, kept.as_at, kept.which) == ("Contract board", register.store.today(), "all contracts")
    assert register.labels()[-1] == "Keep what was shown for Contract board"


def test_contracts_that_did_not_change_are_kept_once(register: Register) -> None:
    keep(register.store, "Board", shown_now(register.store))
    second(register)
    kept = keep(register.store, "Board", shown_now(register.store))
    assert len(register.store.all(ShownContract)) == 2
    assert len(showing_of(register.store, kept).contracts) == 2


def test_only_the_contracts_of_the_filter_are_kept_and_the_filter_with_them(register: Register) -> None:
    gold = second(register)
    kept = keep(register.store, "Board", shown_now(register.store, GOLD))
    assert [*showing_of(register.store, kept).contracts] == [gold.uuid]
    assert arrangement_of(register.store, kept) == GOLD
    assert kept.which == "Tier: Gold"


def test_options_and_buying_again_are_counted(register: Register) -> None:
    store, contract = register.store, register.contract
    with store.step("Plan"):
        route = store.save(LeadTime(title="Open tender"))
        store.save(replace(store.get(Contract, contract), route=route.id))
        store.save(Extension(contract=contract, status="Taken up"))
        store.save_many([Extension(contract=contract), Extension(contract=contract, status="Declined")])
        store.save(Procurement(contract=contract, decided_on=date(2025, 1, 1)))
    [values] = shown_now(store).showing.contracts.values()
    assert (values["options_taken"], values["options_open"], values["route"]) == (1, 1, "Open tender")
    assert "buying_again" not in values  # that decision is how it was bought
    with store.step("Begin"):
        store.save(Procurement(contract=contract, begun_on=date(2026, 10, 1)))
    [values] = shown_now(store).showing.contracts.values()
    assert values["buying_again"] == 1


def test_keeping_is_one_step_that_undo_takes_back(register: Register) -> None:
    keep(register.store, "Board", shown_now(register.store))
    register.undo()
    assert not snapshots(register.store) and not register.store.all(ShownContract)


def test_snapshots_are_found_by_the_meeting_and_go_to_the_bin(register: Register) -> None:
    store, shown = register.store, shown_now(register.store)
    first = keep(store, "Board", replace(shown, at="2026-01-01T10:00:00.000+00:00"))
    newest = keep(store, "board", replace(shown, at="2026-03-01T10:00:00.000+00:00"))
    keep(store, "Finance", replace(shown, at="2026-02-01T10:00:00.000+00:00"))
    assert meetings(store) == ["board", "Finance"]
    assert [s.key for s in snapshots(store, "BOARD")] == [newest.key, first.key]
    bin_snapshots(store, [newest.key])
    assert latest_snapshot(store, "Board") == first
    with pytest.raises(StorageError, match="“Board”"):
        snapshot_named(store, "Panel")
    assert latest_snapshot(store, "Panel") is None
    assert snapshot_named(store).title == "Finance"


def test_without_any_snapshot_it_is_said_how_to_get_one(register: Register) -> None:
    with pytest.raises(StorageError, match="Export the register for a meeting"):
        snapshot_named(register.store, "Board")


@pytest.mark.parametrize("name", ["", "  ", "x" * (LONGEST_MEETING + 1)])
def test_a_meeting_needs_a_name_that_is_not_too_long(register: Register, name: str) -> None:
    with pytest.raises(StorageError, match="Nothing was kept"):
        keep(register.store, name, shown_now(register.store))


def test_a_long_text_is_kept_by_its_beginning_and_any_change_to_it_still_shows() -> None:
    text = "Care at home. " * 100
    assert len(shortened(text)) < LONGEST_TEXT
    assert shortened(text) != shortened(text[:-2] + "?")
    assert shortened("Short") == "Short"
