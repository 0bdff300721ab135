"""Whatever two people change: taking gives exactly what was taken, refusing everything changes nothing, undo undoes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.fields import Period, Value
from storage.engine.query import ALL
from storage.engine.store import Store, with_values
from storage.exchange.home.plan import Chosen, proposed
from storage.exchange.home.reading import Brought, read_home
from storage.exchange.importing.import_headings import known_fields
from storage.exchange.tables.sheet import Cell, Sheet
from storage.exchange.workbooks.columns import gather
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from tests.storage.exchange.homecoming import TODAY, compared, home_store, take
from tests.storage.exchange.import_making import changed, redo, undo

_WORDS = st.sampled_from(["", "Alpha", "Beta, gamma", "=1+1", "Naïve – ☂", "a <b>"])
# What may be typed under a heading, the field it is, and the value it then has.
EDITS: dict[str, tuple[str, st.SearchStrategy[Value]]] = {
    "Title": ("title", _WORDS),
    "Notes": ("notes", st.sampled_from(["", "One\ntwo", "Only one"])),
    "Status": ("stage", st.sampled_from(["Draft", "Signed", "Terminated", "Odd word", ""])),
    "Start": ("start", st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))),
    "Current value": ("current_value", st.none() | st.integers(-10, 10**9)),
    "Notice period (commissioner)": ("notice_commissioner", st.sampled_from([None, Period(6, "m"), Period(2, "w")])),
    "Runs on after the end": ("runs_on", st.sampled_from([None, True, False])),
    "Ward": ("own:ward", st.sampled_from(["", "Red", "Blue", "Green"])),
    "Beds": ("own:beds", st.none() | st.integers(0, 40)),
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One cell somebody changed: the place of the contract, the heading, and the value it gets."""

    place: int
    heading: str
    value: Value


def _edit(heading: str) -> st.SearchStrategy[Edit]:
    return st.builds(Edit, st.integers(0, 3), st.just(heading), EDITS[heading][1])


edits = st.lists(st.sampled_from(sorted(EDITS)).flatmap(_edit), max_size=8)


def typed(value: Value) -> Cell:
    """A value as somebody types it into a workbook."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, Period) else value  # type: ignore[return-value]


class Desk:
    """One file for all examples, and its register as it went out."""

    def __init__(self, store: Store, sent: Brought) -> None:
        self.store, self.sent, self.before = store, sent, store.all(Contract)

    def put_back(self) -> None:
        """Undo what an example wrote, also one that failed."""
        for _ in range(2):
            if self.store.all(Contract) != self.before:
                undo(self.store)
        assert self.store.all(Contract) == self.before


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as name:
        store = home_store(Path(name))
        export_register(store, Path(name) / "sent.xlsx", today=TODAY)
        yield Desk(store, read_home(Path(name) / "sent.xlsx"))
        store.close()


def edited(sent: Brought, theirs: list[Edit]) -> Brought:
    """The workbook with the cells of the edits; money is typed in pounds."""
    sheet = sent.sheet
    for edit in theirs:
        cell = typed(edit.value)
        pounds = edit.heading == "Current value" and isinstance(cell, int)
        sheet = changed(sheet, edit.heading, edit.place, int(str(cell)) / 100 if pounds else cell)
    return replace(sent, sheet=sheet)


def exported(store: Store) -> Sheet:
    """The table that an export writes, and holds against what it wrote, as a sheet."""
    # The one long text goes to a sheet of its own.
    columns = [column for column in gather(store, ALL, TODAY).columns if column.name != "description"]
    rows = tuple(zip(*(column.cells for column in columns), strict=True))
    headings = tuple(column.heading for column in columns)
    return Sheet("again.xlsx", "Contracts", headings, rows, tuple(range(2, len(rows) + 2)))


def with_edits(contracts: list[Contract], some: list[Edit]) -> list[Contract]:
    """The contracts with the values of the edits."""
    made = list(contracts)
    for edit in some:
        made[edit.place] = with_values(made[edit.place], {EDITS[edit.heading][0]: edit.value})
    return made


def typed_values(store: Store, contracts: list[Contract]) -> list[dict[str, Value]]:
    """What people type of contracts, field by field."""
    known = known_fields(store).fields
    fields = [f for f in known.values() if not f.derived and not f.from_today and f.name != "provider_name"]
    return [{f.name: f.value_of(c) for f in fields} for c in contracts]


@settings(max_examples=20)
@given(mine=edits, theirs=edits, data=st.data())
def test_merging_gives_exactly_what_was_taken_and_refusing_all_changes_nothing(
    desk: Desk, mine: list[Edit], theirs: list[Edit], data: st.DataObject
) -> None:
    desk.put_back()
    store = desk.store
    if (now := with_edits(desk.before, mine)) != desk.before:
        with store.step("Mine"):
            store.save_many(now)
    here = store.all(Contract)
    home = compared(store, edited(desk.sent, theirs))
    assert home.problems == []
    take(store, home, Chosen())
    assert store.all(Contract) == here
    chosen = Chosen(frozenset(i for i in range(len(home.changes)) if data.draw(st.booleans())))
    expected = list(here)
    for place in chosen.changes:
        change = home.changes[place]
        expected[change.contract - 1] = with_values(
            expected[change.contract - 1], {change.name: change.theirs}
        )
    written = take(store, home, chosen)
    assert written.cells == len(chosen.changes)
    assert typed_values(store, store.all(Contract)) == typed_values(store, expected)
    assert compared(store, replace(desk.sent, sheet=exported(store))).nothing  # it goes out as it was taken
    desk.put_back()


@settings(max_examples=20)
@given(mine=edits, theirs=edits)
def test_each_cell_is_told_by_who_changed_it(desk: Desk, mine: list[Edit], theirs: list[Edit]) -> None:
    desk.put_back()
    store = desk.store
    ours, others = with_edits(desk.before, mine), with_edits(desk.before, theirs)
    if ours != desk.before:
        with store.step("Mine"):
            store.save_many(ours)
    home = compared(store, edited(desk.sent, theirs))
    expected = {}
    for sent, here, there in zip(*(typed_values(store, s) for s in (desk.before, ours, others)), strict=True):
        for name in sent:
            if there[name] not in (here[name], sent[name]):
                expected[str(here["reference"]), name] = "theirs" if here[name] == sent[name] else "conflict"
    found = {(home.contracts[c.contract].reference, c.name): c.state for c in home.changes}
    assert found == expected


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = home_store(tmp_path)
    yield made
    made.close()


def test_everything_is_one_step_that_undo_takes_back_and_redo_brings(store: Store, tmp_path: Path) -> None:
    export_register(store, tmp_path / "sent.xlsx", today=TODAY)
    sent = read_home(tmp_path / "sent.xlsx")
    sheet = sent.sheet
    for heading, cell in (("Title", "Other"), ("Provider", "New provider"), ("Ward", None)):
        sheet = changed(sheet, heading, 0, cell)
    sheet = changed(sheet, "Provider", 1, None)
    new = tuple({"Title": "Night sitting", "Provider": "New provider"}.get(h) for h in sheet.headings)
    rows = (*sheet.rows[:3], *sheet.rows[5:], new)
    sheet = replace(sheet, rows=rows, numbers=tuple(range(2, len(rows) + 2)))
    before = (store.all(Contract), store.all(Organisation))
    home = compared(store, replace(sent, sheet=sheet))
    assert home.missing == [4, 5]
    whole = Chosen(frozenset(range(len(home.changes))), frozenset({0}), {4: "end", 5: "bin"})
    written = take(store, home, whole)
    assert (written.cells, written.created, written.settled) == (4, 1, 2)
    found = {c.reference: c for c in store.all(Contract)}
    assert (found["C-1"].title, found["C-1"].provider_name, found["C-1"].own) == (
        "Other",
        "New provider",
        {"beds": 12},
    )
    assert (found["C-2"].provider_name, found["C-4"].stage, "C-5" in found) == ("", "Terminated", False)
    assert (found[""].title, found[""].stage, found[""].provider_name) == (
        "Night sitting",
        "Draft",
        "New provider",
    )
    after = store.all(Contract)
    undo(store)
    assert (store.all(Contract), store.all(Organisation)) == before
    redo(store)
    assert store.all(Contract) == after


def test_only_the_cells_that_were_taken_are_written(store: Store, tmp_path: Path) -> None:
    export_register(store, tmp_path / "sent.xlsx", today=TODAY)
    sent = read_home(tmp_path / "sent.xlsx")
    home = compared(store, replace(sent, sheet=changed(sent.sheet, "Title", 0, "Other")))
    store.change(Contract, 1, {"directorate": "Changed meanwhile"})
    take(store, home, proposed(home))
    assert (store.get(Contract, 1).title, store.get(Contract, 1).directorate) == (
        "Other",
        "Changed meanwhile",
    )
