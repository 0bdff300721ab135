"""Workbooks as LibreOffice saves them come home from every format, whatever people did to rows, columns and tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine.store import Store
from storage.exchange.home.planning import OtherFile
from storage.exchange.home.reading import read_home
from storage.exchange.tables.sheet import SourceError
from storage.records.contracts import Contract
from tests.storage.exchange.homecoming import FILE, cells, compared, held_against, home_store

FILES = Path(__file__).parents[3] / "files" / "home"
EDITED = {
    ("C-7", "title"): ("Advocacy", "", "Advocacy", "theirs"),
    ("C-6", "notes"): ("“Quoted”, naïve – ☂", "From Word:\n• “one”\n• two three", "“Quoted”, naïve – ☂", "theirs"),
    ("C-3", "stage"): ("Notice served", "Terminated", "Notice served", "theirs"),
    ("C-2", "provider_name"): ("Southgate Trust", "Northmoor Care Ltd", "Southgate Trust", "theirs"),
    ("C-2", "directorate"): ("Adults", "", "Adults", "theirs"),
    ("C-1", "title"): ("Stroke support", "Stroke support at home", "Stroke support", "theirs"),
    ("C-1", "current_end"): ("31 Mar 2027", "31 Mar 2029", "31 Mar 2027", "theirs"),
    ("C-1", "notice_commissioner"): ("6 months", "18 months", "6 months", "theirs"),
    ("C-1", "current_value"): ("£120,000.50", "£130,000.25", "£120,000.50", "theirs"),
    ("C-1", "runs_on"): ("Yes", "No", "Yes", "theirs"),
    ("C-1", "own:ward"): ("Red", "Green", "Red", "theirs"),
    ("C-1", "own:beds"): ("12", "14", "12", "theirs"),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = home_store(tmp_path)
    yield made
    made.close()


def test_a_workbook_nobody_edited_brings_nothing(store: Store) -> None:
    home = held_against(store, FILES / "sent.xlsx")
    assert (home.rows_read, home.nothing, home.problems, home.ignored) == (7, True, [], [])


@pytest.mark.parametrize("name", ["edited.xlsx", "edited.xls", "edited.ods"])
def test_the_same_edits_come_home_from_every_workbook(store: Store, name: str) -> None:
    home = held_against(store, FILES / name)
    assert cells(home) == EDITED
    assert [(p.column, p.value) for p in home.problems] == [("Current end", "soon")]
    assert [home.contracts[number].reference for number in home.missing] == ["C-5"]
    new = [(row.contract.reference, row.contract.stage, row.providers, row.proposed) for row in home.new]
    both = ("Southgate Trust", "Northmoor Care Limited")
    assert new == [("C-4b", "Draft", both, True), ("C-8", "Draft", ("Southgate Trust",), True)]
    assert home.new[0].note.startswith("A copy of the row of “Short breaks”.")
    assert [(p.column, p.value) for p in home.ignored] == [("Seen by", ""), ("Title", "Total")]
    assert home.told_by == "workbook"


def test_a_csv_file_says_theirs_and_mine_and_takes_nothing_by_itself(store: Store) -> None:
    home = held_against(store, FILES / "edited.csv")
    assert cells(home) == {
        key: ("?", theirs, mine, "unknown") for key, (_, theirs, mine, _) in EDITED.items()
    }
    assert not any(change.proposed for change in home.changes)
    assert home.missing == []
    assert any("month first" in note for note in home.notes)
    assert any("what was sent" in note for note in home.notes)
    # The rest of a long text is on another sheet, so the cell is left out rather than cut.
    assert [p.column for p in home.problems] == ["Description", "Current end"]


def test_a_workbook_of_another_file_is_refused_in_words(store: Store) -> None:
    store.conn.execute("update meta set value = ? where name = 'file_uuid'", (FILE.replace("8", "9"),))
    with pytest.raises(
        OtherFile, match=r"was sent from another file than this one.*Open the file it came from"
    ):
        held_against(store, FILES / "edited.ods")


def test_a_csv_none_of_whose_rows_are_here_is_refused_too(store: Store, tmp_path: Path) -> None:
    whole = (FILES / "edited.csv").read_text("utf-8")
    (tmp_path / "other.csv").write_text(whole.replace("00000000-0000", "11111111-0000"), "utf-8")
    with pytest.raises(OtherFile):
        held_against(store, tmp_path / "other.csv")


def test_without_its_column_of_uuids_it_can_only_be_imported(store: Store, tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("Reference,Title,Status\nC-1,Stroke,Signed\nC-2,Falls,Signed\n")
    brought = read_home(tmp_path / "bare.csv")
    assert not brought.is_ours
    with pytest.raises(SourceError, match=r"no column Record UUID any more.*Import a register"):
        compared(store, brought)


def test_a_lost_heading_over_the_uuids_is_made_out_by_what_stands_below(store: Store, tmp_path: Path) -> None:
    whole = (FILES / "edited.csv").read_text("utf-8").replace("Record UUID", "Column X")
    (tmp_path / "lost.csv").write_text(whole, "utf-8")
    assert len(cells(held_against(store, tmp_path / "lost.csv"))) == len(EDITED)


def test_reading_changes_nothing(store: Store) -> None:
    before = store.all(Contract)
    held_against(store, FILES / "edited.xlsx")
    assert store.all(Contract) == before
