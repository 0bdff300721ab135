"""As sent, theirs, mine: what each cell of an edited workbook would change, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.desk.people.forgetting import erasure, forgetting_person, somebody
from storage.engine.contents import finished
from storage.engine.forget.forgetting import put_in_place
from storage.engine.opening import open_store
from storage.engine.store import Store
from storage.exchange.home.plan import Chosen, everything, proposed
from storage.exchange.home.planning import OtherFile
from storage.exchange.home.reading import Brought, read_home
from storage.exchange.home.words import STOOD_HERE
from storage.exchange.tables.sheet import Cell, Problem
from storage.exchange.tables.tabular import WHY_FORMULA, WHY_MERGED
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from tests.storage.exchange.homecoming import TODAY, cells, compared, home_store, take, uuid_of
from tests.storage.exchange.import_making import changed, undo


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Brought]:
    """A file, and its register as it went out, in the order C-1 to C-7."""
    folder = tmp_path_factory.mktemp("made")
    store = home_store(folder)
    export_register(store, folder / "sent.xlsx", today=TODAY)
    store.close()
    return folder / "register.desk", read_home(folder / "sent.xlsx")


@pytest.fixture
def store(made: tuple[Path, Brought], tmp_path: Path) -> Iterator[Store]:
    """A copy of that file."""
    copied = open_store(Path(shutil.copy(made[0], tmp_path)), who="Joy Okafor", today=lambda: TODAY)
    yield copied
    copied.close()


@pytest.fixture
def sent(made: tuple[Path, Brought]) -> Brought:
    """The register as it went out."""
    return made[1]


def edited(brought: Brought, *edits: tuple[int, str, Cell]) -> Brought:
    """The workbook with other cells: the number of the contract, the heading, what stands there now."""
    sheet = brought.sheet
    for number, heading, cell in edits:
        sheet = changed(sheet, heading, number - 1, cell)
    return replace(brought, sheet=sheet)


def with_row(brought: Brought, **values: Cell) -> Brought:
    """The workbook with one more row at its end; headings are written with low lines."""
    held = {heading.replace("_", " "): cell for heading, cell in values.items()}
    row = tuple(held.get(heading) for heading in brought.sheet.headings)
    sheet = brought.sheet
    return replace(
        brought,
        sheet=replace(sheet, rows=(*sheet.rows, row), numbers=(*sheet.numbers, sheet.numbers[-1] + 1)),
    )


def without_sync(brought: Brought) -> Brought:
    return replace(brought, sync=None)


def test_a_cell_only_they_changed_is_proposed_and_one_only_i_changed_is_left(
    store: Store, sent: Brought
) -> None:
    store.change(Contract, 2, {"directorate": "Older people"})
    home = compared(store, edited(sent, (1, "Title", "Stroke support at home")))
    title = ("Stroke support", "Stroke support at home", "Stroke support", "theirs")
    assert cells(home) == {("C-1", "title"): title}
    assert proposed(home) == Chosen(frozenset({0}))


def test_both_the_same_is_nothing_and_both_different_is_a_conflict(store: Store, sent: Brought) -> None:
    store.change(Contract, 1, {"current_end": date(2029, 3, 31), "current_value": 1_00})
    home = compared(store, edited(sent, (1, "Current end", date(2029, 3, 31)), (1, "Current value", 2)))
    assert cells(home) == {("C-1", "current_value"): ("£120,000.50", "£2", "£1", "conflict")}
    assert (home.conflicts, proposed(home)) == (1, Chosen())
    assert everything(home).changes == {0}


def test_without_the_hidden_sheet_the_history_says_what_was_sent(store: Store, sent: Brought) -> None:
    bare = without_sync(sent)
    store.change(Contract, 1, {"title": "Mine"})
    store.change(Contract, 2, {"title": "Also mine"})
    home = compared(store, edited(bare, (1, "Title", "Theirs")))
    assert cells(home) == {("C-1", "title"): ("Stroke support", "Theirs", "Mine", "conflict")}
    assert home.told_by == "history"


def test_without_either_nobody_knows_and_nothing_is_proposed(store: Store, sent: Brought) -> None:
    bare = replace(sent, sync=None, file="", sheet=replace(sent.sheet, step=""))
    home = compared(store, edited(bare, (1, "Title", "Theirs")))
    assert cells(home) == {("C-1", "title"): ("?", "Theirs", "Stroke support", "unknown")}
    assert proposed(home) == Chosen()


def test_what_the_register_said_before_is_told_where_nobody_knows_what_was_sent(
    store: Store, sent: Brought
) -> None:
    bare = replace(sent, sync=None, file="", sheet=replace(sent.sheet, step=""))
    store.change(Contract, 1, {"title": "Mine", "own:beds": 14})
    store.change(Contract, 1, {"title": "Mine again"})
    home = compared(store, edited(bare, (2, "Title", "Theirs")))
    notes = {(home.contracts[c.contract].reference, c.name): c.note for c in home.changes}
    assert notes == {("C-1", "title"): STOOD_HERE, ("C-1", "own:beds"): STOOD_HERE, ("C-2", "title"): ""}


def test_a_blanked_cell_is_a_change_that_is_named(store: Store, sent: Brought) -> None:
    home = compared(store, edited(sent, (1, "Directorate or service", None), (1, "Title", "")))
    notes = {change.name: (change.note, change.proposed) for change in home.changes}
    assert notes == {"directorate": ("Cleared there.", True),
                     "title": ("Cleared there. Title is needed.", False)}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("Current end", "soon", "words, not a date"),
        ("Current value", "lots", "words, not an amount"),
        ("Notice period (commissioner)", "6", "no unit"),
        ("Runs on after the end", "maybe", "neither yes nor no"),
        ("Beds", "a few", "not a whole number"),
        ("Title", "#REF!", "a spreadsheet's error"),
    ],
)
def test_what_cannot_be_read_is_explained_and_kept_out(
    store: Store, sent: Brought, heading: str, cell: str, why: str
) -> None:
    home = compared(store, edited(sent, (1, heading, cell)))
    assert home.changes == []
    assert [(p.row, p.column, p.value) for p in home.problems] == [(2, heading, cell)]
    assert why in home.problems[0].why


def test_formulas_without_a_result_and_merged_rows_blank_nothing(store: Store, sent: Brought) -> None:
    bare = edited(sent, (1, "Title", None), (2, "Title", None), (3, "Title", None))
    odd = (Problem(2, "Title", "=A1", WHY_FORMULA), Problem(3, "Title", "B3:B4", WHY_MERGED))
    home = compared(store, replace(bare, sheet=replace(bare.sheet, problems=odd)))
    assert home.changes == []
    assert [p.why for p in home.problems] == [WHY_FORMULA]


def test_words_off_a_list_wait_for_somebody_to_say_so(store: Store, sent: Brought) -> None:
    home = compared(store, edited(sent, (1, "Status", "Sort of signed"), (1, "Ward", "blue")))
    found = {change.name: change for change in home.changes}
    assert "is not on the list" in found["stage"].note
    assert not found["stage"].proposed
    assert (found["own:ward"].theirs, found["own:ward"].proposed) == ("Blue", True)


def test_a_provider_is_found_by_name_offered_anew_or_left(store: Store, sent: Brought) -> None:
    names = ((1, "Provider", "southgate  trust"), (2, "Provider", "Northmoor Care Ltd"), (4, "Provider", "One"),
             (5, "Provider", "One; Two"), (6, "Provider", "Brand new"))  # fmt: skip
    home = compared(store, edited(sent, *names))
    found = {home.contracts[c.contract].reference: (c.note, c.proposed) for c in home.changes}
    assert found == {
        "C-1": ("", True),
        "C-2": (
            "No provider has this name. Taking it adds one. There is Northmoor Care Limited, whose name is alike.",
            False,
        ),
        "C-6": ("No provider has this name. Taking it adds one.", False),
    }
    assert [(p.row, p.value) for p in home.problems] == [(5, "One"), (6, "One; Two")]


def test_worked_out_columns_are_passed_over_with_a_word(store: Store, sent: Brought) -> None:
    home = compared(store, edited(sent, (1, "Last day to give notice", date(2020, 1, 1))))
    assert home.changes == []
    assert home.ignored[0].why.endswith("changes nothing. The register says 30 Sep 2026.")
    assert any(note.startswith("Columns that are worked out are not read") for note in home.notes)


def test_rows_that_are_missing_are_only_asked_about(store: Store, sent: Brought) -> None:
    sheet = sent.sheet
    fewer = replace(sheet, rows=(*sheet.rows[:1], *sheet.rows[3:]), numbers=(2, 5, 6, 7, 8))
    with store.step("Bin one"):
        store.bin(Contract, [2])
    home = compared(store, replace(sent, sheet=fewer))
    assert home.missing == [3]
    assert everything(home).decided == {}


def test_of_copied_rows_the_nearest_is_the_contract_and_the_other_is_new(store: Store, sent: Brought) -> None:
    sheet = sent.sheet
    first = sheet.rows[0]
    copied = replace(sheet, rows=(first, *sheet.rows), numbers=(2, *(n + 1 for n in sheet.numbers)))
    home = compared(
        store, edited(replace(sent, sheet=copied), (1, "Title", "Another"), (1, "Reference", "C-9"))
    )
    assert home.changes == []
    assert [(n.row, n.contract.title, n.proposed) for n in home.new] == [(2, "Another", True)]
    unchanged = compared(store, replace(sent, sheet=copied))
    assert [(n.row, n.proposed) for n in unchanged.new] == [(3, False)]


def test_new_rows_become_drafts_and_say_what_is_odd(store: Store, sent: Brought) -> None:
    home = compared(
        store, with_row(sent, Reference="C-8", Title="Night sitting", Status="Signed", Start="soon")
    )
    [new] = home.new
    assert (new.contract.stage, new.contract.unread) == ("Draft", "Start: soon")
    assert new.note == "It says Signed and begins as a draft."
    [again] = compared(store, with_row(sent, Reference="C-1", Title="Night sitting")).new
    assert (again.note, again.proposed) == ("“Stroke support” has this reference too.", False)


def test_rows_that_are_no_contract_are_passed_over(store: Store, sent: Brought) -> None:
    with store.step("Bin one"):
        store.bin(Contract, [2])
    for row in (
        {"Reference": "Total", "Current_value": 3},
        {"Title": "Adults"},
        {"Current_value": 3, "Start": "x"},
    ):
        sent = with_row(sent, **row)
    home = compared(store, sent)
    assert home.new == []
    assert [p.row for p in home.ignored] == [3, 9, 10, 11]
    assert "in the bin" in home.ignored[0].why


def test_a_row_of_no_contract_here_waits_for_a_decision(store: Store, sent: Brought) -> None:
    home = compared(store, with_row(sent, Title="Elsewhere", Start="x", Record_UUID=uuid_of(99)))
    assert [(n.note, n.proposed) for n in home.new] == [
        ("The row names a contract that is not in this file.", False)
    ]


def test_a_list_of_other_records_is_no_register(store: Store, sent: Brought) -> None:
    sheet = sent.sheet
    rows = tuple((*row[:-1], uuid_of(500 + place)) for place, row in enumerate(sheet.rows))
    with pytest.raises(OtherFile, match="another list than the register"):
        compared(store, replace(sent, sync=None, sheet=replace(sheet, rows=rows)))


def test_a_sheet_sorted_without_its_hidden_column_is_told_and_nothing_is_proposed(
    store: Store, sent: Brought
) -> None:
    sheet, last = sent.sheet, len(sent.sheet.headings) - 1
    turned = [(*row[:last], other[last]) for row, other in zip(sheet.rows, reversed(sheet.rows), strict=True)]
    home = compared(store, replace(sent, sheet=replace(sheet, rows=tuple(turned))))
    assert "sorted without its hidden column" in home.notes[0]
    assert proposed(home) == Chosen()


def test_a_column_that_is_a_field_by_another_name_is_read_and_a_strange_one_told(
    store: Store, sent: Brought
) -> None:
    headings = ["Contract title" if h == "Title" else h for h in sent.sheet.headings]
    home = compared(
        store,
        edited(
            replace(sent, sheet=replace(sent.sheet, headings=tuple(headings))), (1, "Contract title", "X")
        ),
    )
    assert list(cells(home)) == [("C-1", "title")]
    more = replace(
        sent.sheet,
        headings=(*sent.sheet.headings, "Seen by", "Cost centre"),
        rows=tuple((*row, "GP", "CC1") for row in sent.sheet.rows),
    )
    home = compared(store, replace(sent, sheet=more))
    assert [p.column for p in home.ignored] == ["Seen by"]
    assert {c.name for c in home.changes} == {"cost_centre"}
    assert home.changes[0].state == "theirs"  # the history says that it was blank


def test_copies_of_one_export_come_home_one_after_another(store: Store, sent: Brought) -> None:
    mine = edited(sent, (1, "Title", "By Ann"), (2, "Title", "By both"))
    yours = edited(sent, (1, "Title", "By Bob"), (2, "Title", "By both"), (3, "Title", "By Bob"))
    first = compared(store, mine)
    take(store, first, proposed(first))
    second = compared(store, yours)
    assert cells(second) == {
        ("C-1", "title"): ("Stroke support", "By Bob", "By Ann", "conflict"),
        ("C-3", "title"): ("Crisis house", "By Bob", "Crisis house", "theirs"),
    }
    take(store, second, everything(second))
    assert [c.title for c in store.all(Contract)[:3]] == ["By Bob", "By both", "By Bob"]


def test_a_new_row_comes_home_once_however_often_the_workbook_does(store: Store, sent: Brought) -> None:
    workbook = with_row(sent, Reference="C-8", Title="Night sitting", Provider="Nobody yet")
    home = compared(store, workbook)
    take(store, home, everything(home))
    made = store.all(Contract)[-1]
    assert (made.title, made.stage, made.provider_name) == ("Night sitting", "Draft", "Nobody yet")
    again = compared(store, workbook)
    assert (again.new, again.ignored[0].why) == (
        [],
        "This new row was brought home before, so it was passed over.",
    )
    undo(store)
    assert len(store.all(Contract)) == 7
    assert [o.title for o in store.all(Organisation)] == ["Northmoor Care Limited", "Southgate Trust"]


def test_a_person_who_was_forgotten_does_not_come_home(store: Store, sent: Brought) -> None:
    path = store.file.path
    removal = erasure(somebody(store, "Gareth Pellow"), TODAY)
    done = finished(forgetting_person(store.conn.serialize(), removal, path, "Joy Okafor"))
    store.close()
    put_in_place(path, done)
    with closing(open_store(path, today=lambda: TODAY)) as after:
        assert after.get(Contract, 4).contract_manager == "removed on 22 November 2026"
        assert compared(after, sent).nothing
        assert [c.name for c in compared(after, edited(sent, (4, "Title", "Other"))).changes] == ["title"]
