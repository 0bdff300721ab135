"""Whatever a table holds: every row is accounted for, twice is the same, and our own workbook comes back unchanged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.fields import Period
from storage.engine.history import History
from storage.engine.own_fields import OwnField
from storage.engine.store import Store
from storage.exchange.importing.register_import import plan_import, summary_of
from storage.exchange.tables.sheet import Cell, Sheet
from storage.exchange.tables.tabular import read_table
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from tests.storage.exchange.import_making import bring, changed, counts, made_store, sheet, undo

TODAY = date(2026, 11, 22)
HEADINGS = ("Reference", "Title", "Supplier", "Start", "End date", "Contract value", "Status", "Ward", "Beds")
_cells: dict[str, st.SearchStrategy[Cell]] = {
    "Reference": st.sampled_from(["", "R1", "R2", "r1"]),
    "Title": st.sampled_from(["", "Home care", "Meals", "home  care"]),
    "Supplier": st.sampled_from(["", "Acme", "ACME", "Beta; Gamma"]),
    "Start": st.sampled_from(["", "01/04/2024", "2024-04-01", "soon", date(2024, 4, 1)]),
    "End date": st.sampled_from(["", "31/03/2026", "1 May 2025"]),
    "Contract value": st.sampled_from(["", "£1", "(3,728)", "lots", 12.5]),
    "Status": st.sampled_from(["", "Live", "Odd", "draft"]),
    "Ward": st.sampled_from(["", "Red", "Blue\nand red", "=1+1"]),
    "Beds": st.sampled_from(["", "1", "2", "01", 3]),
}


def _table(headings: list[str]) -> st.SearchStrategy[Sheet]:
    rows = st.lists(st.tuples(*(_cells[h] for h in headings)), max_size=6)
    return rows.map(lambda made: sheet({h: [row[i] for row in made] for i, h in enumerate(headings)}))


tables = st.lists(st.sampled_from(HEADINGS), min_size=1, unique=True).flatmap(_table)
"""Small registers of some of the headings, with many rows that are nearly alike."""


def in_store(check: Callable[[Store, Path], None]) -> None:
    """Run a check on an empty file."""
    with tempfile.TemporaryDirectory() as folder:
        store = made_store(Path(folder))
        try:
            check(store, Path(folder))
        finally:
            store.close()


def exported(store: Store, folder: Path, columns: Sequence[str] = ()) -> Sheet:
    """The register as its workbook, read back."""
    path = folder / "register.xlsx"
    export_register(store, path, columns=columns, today=TODAY)
    return read_table(path)


@settings(max_examples=40)
@given(tables, tables)
def test_i10_every_row_is_accounted_for_and_the_second_time_changes_nothing(
    first: Sheet, second: Sheet
) -> None:
    def check(store: Store, _folder: Path) -> None:
        rows = len(first.rows)
        assert counts(bring(store, first)) == (rows, 0, 0, 0)
        assert counts(bring(store, first)) == (0, 0, rows, 0)
        before = store.all(Contract)
        came = bring(store, second)
        assert sum(counts(came)) == came.rows_read == len(second.rows)
        assert len(store.all(Contract)) == rows + came.created
        if came.created or came.updated:
            undo(store)
        assert store.all(Contract) == before
        assert History(store).first_broken() is None

    in_store(check)


@settings(max_examples=6)
@given(tables)
def test_a_register_comes_back_from_its_workbook_unchanged(table: Sheet) -> None:
    def check(store: Store, folder: Path) -> None:
        bring(store, table)
        again = exported(store, folder)
        assert counts(bring(store, again)) == (0, 0, len(table.rows), 0)

    in_store(check)


def _made_by_hand(store: Store) -> None:
    with store.step("By hand"):
        for place, (label, kind) in enumerate(
            (("Seen on", "date"), ("Spend", "money"), ("Beds", "whole number"), ("Open", "yes or no"),
             ("Ward", "choice"), ("Remarks", "note"), ("Current value ", "text"))
        ):  # fmt: skip
            store.save(
                OwnField(
                    table="contract",
                    code=f"f{place}",
                    label=label,
                    kind=kind,
                    position=place,
                    choices="Red\nBlue",
                )
            )
        acme, beta, old = store.save_many([Organisation(title=t) for t in ("Acme & Co", "Beta", "Gone")])
        one, two, _three = store.save_many(
            [
                Contract(reference="007", title="  Home   care ", stage="Notice served", start=date(2024, 2, 29),
                         current_end=date(2027, 3, 31), notice_commissioner=Period(6, "m"),
                         notice_provider=Period(13, "w"),
                         current_value=123_456_789, annual_value=-1, runs_on=True, extended=False,
                         description="Line one\n\n  line two \n", notes="=SUM(A1)", unread="Start: soon",
                         own={"f0": "1899-12-31", "f1": -372_800, "f2": 12, "f3": 0, "f4": "Red", "f5": "a\r\nb",
                              "f6": "x  y"}),
                Contract(title="Café – naïve ☂ <b>&amp;", stage="", value_basis="Odd basis", current_value=0,
                         start=date(1899, 1, 1), own={"f3": 1, "f4": "Green"}),
                Contract(reference="007", title="", stage="Draft"),
            ]
        )  # fmt: skip
        store.save_many(
            [Party(contract=c.id, organisation=o.id) for c, o in ((one, acme), (one, beta), (two, old))]
        )


def test_everything_a_person_can_type_comes_back_unchanged() -> None:
    def check(store: Store, folder: Path) -> None:
        _made_by_hand(store)
        table = exported(store, folder)
        plan = plan_import(store, table)
        assert [(row.after, row.provider) for row in plan.rows if row.what != "unchanged"] == []
        assert not plan.questions and not plan.writes
        assert counts(summary_of(plan)) == (0, 0, 3, 0)

    in_store(check)


def test_with_the_columns_of_a_view_first_it_comes_back_unchanged_too() -> None:
    def check(store: Store, folder: Path) -> None:
        _made_by_hand(store)
        again = exported(store, folder, ("own:f6", "current_end", "own:f1", "provider_name"))
        before = store.all(Contract)
        assert counts(bring(store, again)) == (0, 0, len(before), 0)
        assert store.all(Contract) == before

    in_store(check)


def test_what_is_changed_in_the_workbook_is_changed_here() -> None:
    def check(store: Store, folder: Path) -> None:
        _made_by_hand(store)
        table = exported(store, folder)
        for heading, cell in (
            ("Title", "Home care"),
            ("Spend", 5.5),
            ("Start", None),
            ("Ward", "Blue"),
            ("Beds", None),
        ):
            table = changed(table, heading, 0, cell)
        assert counts(bring(store, table)) == (0, 1, 2, 0)
        first = store.all(Contract)[0]
        assert (first.start, first.own["f1"], first.own["f4"]) == (None, 550, "Blue")
        assert "f2" not in first.own
        assert first.title == "  Home   care "  # spaces no cell of a register carries are no change
        undo(store)
        assert store.all(Contract)[0].start == date(2024, 2, 29)

    in_store(check)


def test_what_was_changed_here_since_the_workbook_was_written_stays() -> None:
    def check(store: Store, folder: Path) -> None:
        _made_by_hand(store)
        table = exported(store, folder)
        store.change(Contract, 1, {"current_value": 5_00, "own:f4": "Blue", "notice_provider": None})
        store.change(Contract, 2, {"title": "Renamed"})
        store.change(Organisation, 3, {"title": "Gone for good"})
        assert counts(bring(store, table)) == (0, 0, 3, 0)
        edited = changed(changed(table, "Spend", 0, 7.25), "Current value", 0, 9.0)
        summary = bring(store, edited)
        assert counts(summary) == (0, 1, 2, 0)
        assert [(p.row, p.column) for p in summary.problems if "Yours was kept" in p.why] == [
            (2, "Current value")
        ]
        first, second, _third = store.all(Contract)
        assert (first.current_value, first.own["f4"], first.own["f1"]) == (5_00, "Blue", 725)
        assert first.notice_provider is None
        assert (second.title, second.provider_name) == ("Renamed", "Gone for good")

    in_store(check)


def test_a_workbook_of_an_unknown_step_is_taken_at_its_word() -> None:
    def check(store: Store, folder: Path) -> None:
        _made_by_hand(store)
        table = exported(store, folder)
        assert table.step
        store.change(Contract, 1, {"current_value": 5_00})
        assert counts(bring(store, replace(table, step="unknown"))) == (0, 1, 2, 0)
        assert store.all(Contract)[0].current_value == 123_456_789

    in_store(check)
