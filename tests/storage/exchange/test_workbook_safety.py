"""A workbook that cannot be trusted is never left behind: hostile text, small cells, full disks."""

import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine import disk
from storage.engine.conditions import Where
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.store import Store
from storage.exchange.importing.register_import import plan_import, write_import
from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.tabular import read_table
from storage.exchange.workbooks import register as workbook
from storage.exchange.workbooks.check import differences
from storage.exchange.workbooks.columns import Column, Register, gather
from storage.exchange.workbooks.register import ExportStopped, WorkbookError, export_register
from storage.exchange.workbooks.text import LONGEST_TEXT, clean, fits, lines, serial, table_headings
from storage.records.contracts import Contract
from storage.records.reference import Desk

TODAY = date(2026, 10, 3)
HOSTILE = (
    '=HYPERLINK("http://example.org", "x")',
    *("+1", "-1"),
    "@SUM(A1)",
    "\ttab",
    "http://example.org",
    "0123",
    "<r><t>not mark-up & not escaped</t></r>",
    "_x0041_",
    "a & b < c > d \"e\" 'f' ]]>",
    " spaces ",
    "two\nlines",
    "😀 £ ’ ﷽",
    "#REF!",
    "TRUE",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", who="Test", today=lambda: TODAY)
    yield made
    made.close()


def fill(store: Store, *contracts: Contract) -> list[Contract]:
    with store.step("Fill"):
        return store.save_many(contracts)


def column(path: Path, heading: str) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Contracts"]
    place = [cell.value for cell in sheet[1]].index(heading)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


def left_over(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir() if "part" in found.name]


def test_x1_text_stays_text(store: Store, tmp_path: Path) -> None:
    fill(store, *(Contract(title=words, directorate=words) for words in HOSTILE))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY)
    assert column(path, "Title") == list(HOSTILE)
    sheet = openpyxl.load_workbook(path)["Contracts"]
    typed_again = {str(row[1].value): row[1].quotePrefix for row in sheet.iter_rows(min_row=2)}
    assert typed_again[HOSTILE[0]] and typed_again["+1"] and not typed_again["0123"]


def test_lists_and_imprint_are_text_too(store: Store, tmp_path: Path) -> None:
    choices = "\n".join((*HOSTILE[:4], HOSTILE[7], "with, comma"))
    with store.step("Fill"):
        own = OwnField(table="contract", code="k", label="=Kind", kind="choice", choices=choices)
        store.save(own)
        store.save(Desk(organisation=HOSTILE[7], person="=1+1"))
        store.save(Contract(title="x", own={"k": HOSTILE[7]}))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY, filter_words=HOSTILE[7])
    book = openpyxl.load_workbook(path)
    lists = [[cell.value for cell in column if cell.value] for column in book["Lists"].columns]
    assert lists[-1] == ["=Kind", *choices.split("\n")]
    said = {row[0].value: row[1].value for row in book["Read me"].iter_rows()}
    assert [said[label] for label in ("Which contracts", "Organisation", "Kept by")] == [
        *(HOSTILE[7], HOSTILE[7]),
        "=1+1",
    ]


def test_words_that_look_like_conditions_are_counted_as_words(store: Store, tmp_path: Path) -> None:
    words = ("*", "?", ">0", "=", "<>", "~")
    fill(store, *(Contract(directorate=word, current_value=100) for word in words))
    export_register(store, tmp_path / "out.xlsx", today=TODAY)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)["Summary"]
    counted = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value in words}
    assert counted == dict.fromkeys(words, 1)


def test_x2_what_no_file_can_carry_is_cleaned() -> None:
    assert clean("a\r\nb\rc\vd\fe") == "a\nb\nc\nd\ne"
    assert clean("bell\x07 nul\x00 half\ud800 none\uffff") == "bell nul half none"
    assert clean("\r=1") == "\n=1"


def test_control_characters_do_not_reach_the_sheet(store: Store, tmp_path: Path) -> None:
    fill(store, Contract(title="one\x07two\r\nthree", reference="\x01"))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY)
    assert column(path, "Title") == ["onetwo\nthree"]
    assert column(path, "Reference") == [None]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_x5_any_text_comes_back_as_it_was(store: Store, tmp_path: Path, texts: list[str]) -> None:
    with store.step("Start again"):
        store.bin(Contract, store.ids(Contract))
    fill(store, *(Contract(title=words) for words in texts))
    export_register(store, tmp_path / "out.xlsx", today=TODAY)
    expected = [clean(words.replace("\0", "\ufffd")) or None for words in texts]
    assert column(tmp_path / "out.xlsx", "Title") == expected


LONG = "".join(f"Paragraph {n} — 😀 _x0041_ = 1+1.\n" for n in range(3_000))


def long_lines(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path)["Long texts"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_x2_a_text_no_cell_holds_is_whole_on_a_sheet_of_its_own(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    fill(store, Contract(reference="C9", title="Just fits", description="x" * LONGEST_TEXT))
    export_register(store, path, today=TODAY)
    assert "Long texts" not in openpyxl.load_workbook(path).sheetnames
    texts = [LONG, "=" * (LONGEST_TEXT + 1), "😀" * 20_000]
    fill(store, *(Contract(reference=f"C{n}", title="Long", description=t) for n, t in enumerate(texts, 10)))
    export_register(store, path, today=TODAY)
    cells = column(path, "Description")
    assert [str(cell)[-42:] for cell in cells[1:]] == [
        f"… continued on the sheet Long texts, number {n}"[-42:] for n in (1, 2, 3)
    ]
    lines = long_lines(path)
    assert {(line[0], line[1], line[2]) for line in lines} == {
        (n, f"C{n + 9} Long", "Description") for n in (1, 2, 3)
    }
    for number, text in enumerate(texts, 1):
        assert "".join(str(line[4]) for line in lines if line[0] == number) == text
    assert not left_over(tmp_path)


def test_x5_long_texts_come_back_whole_and_edits_of_their_beginning_are_kept(
    store: Store, tmp_path: Path
) -> None:
    made = fill(store, Contract(reference="C1", title="Long", description=LONG, notes="n" * 40_000))[0]
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY)
    found = read_table(path)
    row = dict(zip(found.headings, found.rows[0], strict=True))
    assert (row["Description"], row["Notes"], found.problems) == (LONG.strip(), "n" * 40_000, ())
    assert plan_import(store, found).count("create", "update") == 0
    plain = LONG.replace("_x0041_", "")  # the library that edits here would take it for a letter
    store.change(Contract, made.key, {"description": plain})
    export_register(store, path, today=TODAY)
    book = openpyxl.load_workbook(path)
    cell = book["Contracts"].cell(2, found.headings.index("Description") + 1)
    cell.value = "NEW " + str(cell.value)
    book.save(path)
    again = read_table(path)
    row = dict(zip(again.headings, again.rows[0], strict=True))
    assert row["Description"] == "NEW " + plain.strip()
    assert [(p.row, p.column) for p in again.problems] == [(2, "Description")]
    for _ in store.long_step("Bring back", write_import(store, plan_import(store, again)), "import"):
        pass
    assert store.get(Contract, made.key).description == "NEW " + plain.strip()


def test_x5_beginnings_without_their_rest_are_refused(store: Store, tmp_path: Path) -> None:
    fill(store, Contract(reference="C1", title="Long", description=LONG))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY)
    book = openpyxl.load_workbook(path)
    del book["Long texts"]
    book.save(path)
    with pytest.raises(SourceError, match="sheet Long texts, which is not there any more"):
        read_table(path)


def test_excel_counts_an_emoji_as_two() -> None:
    assert fits("😀" * (LONGEST_TEXT // 2))
    assert not fits("😀" * (LONGEST_TEXT // 2 + 1))


def test_an_amount_too_large_to_keep_to_the_penny_is_named(store: Store, tmp_path: Path) -> None:
    fill(store, Contract(reference="C1", current_value=10**15 - 1, start=TODAY, current_end=TODAY))
    exported = export_register(store, tmp_path / "out.xlsx", today=TODAY)
    assert exported.total_pence == 10**15 - 1
    assert column(tmp_path / "out.xlsx", "Value a year, worked out") == ["£3,649,999,999,999,996.35"], (
        "in words"
    )
    fill(store, Contract(reference="C2", current_value=10**15))
    with pytest.raises(WorkbookError, match="“Current value” of the contract C2"):
        export_register(store, tmp_path / "out.xlsx", today=TODAY)


def test_days_excel_cannot_tell_are_written_in_words(store: Store, tmp_path: Path) -> None:
    assert (serial(date(1900, 3, 1)), serial(date(1900, 2, 28))) == (61, None)
    fill(store, Contract(start=date(1890, 1, 1)), Contract(start=date(1900, 3, 1)))
    export_register(store, tmp_path / "out.xlsx", today=TODAY)
    old, new = column(tmp_path / "out.xlsx", "Start")
    assert old == "1 Jan 1890"
    assert new is not None and str(new).startswith("1900-03-01")


def test_a_long_whole_number_keeps_its_digits(store: Store, tmp_path: Path) -> None:
    with store.step("Fill"):
        store.save(OwnField(table="contract", code="card", label="Card", kind="whole number"))
        store.save(Contract(title="x", own={"card": 1234567890123456}))
    export_register(store, tmp_path / "out.xlsx", today=TODAY)
    assert column(tmp_path / "out.xlsx", "Card") == ["1234567890123456"]


def test_x3_headings_differ_whatever_their_capitals() -> None:
    wanted = ["Title", "title", "TITLE", "  two\nlines ", "", "record uuid", "<r>x</r>", "y" * 300, "y" * 299]
    made = table_headings(wanted, "Record UUID")
    assert made[:4] == ["Title", "title (2)", "TITLE (3)", "two lines"]
    assert made[4:7] == ["No heading", "record uuid (2)", "“<r>x</r>”"]
    assert len({heading.casefold() for heading in made}) == len(made)
    assert max(map(len, made)) == 255


@pytest.mark.parametrize(
    ("text", "width", "needed"),
    [("", 66, 1), ("ten letter", 66, 1), ("ten letters", 66, 2), ("a\nb", 66, 2), ("x" * 21, 66, 3)],
)
def test_lines_of_a_wrapped_cell(text: str, width: int, needed: int) -> None:
    assert lines(text, width) == needed


def test_the_total_is_the_stores(store: Store, tmp_path: Path) -> None:
    fill(store, *(Contract(title=str(i), current_value=i * 7 - 3) for i in range(50)))
    query = Query(where=(Where("current_value", "at least", (100,)),))
    exported = export_register(store, tmp_path / "out.xlsx", query=query, today=TODAY)
    assert (exported.contracts, exported.total_pence) == store.count_and_total(
        Contract, "current_value", query
    )
    amounts = column(tmp_path / "out.xlsx", "Current value")
    assert sum(round(float(str(amount)) * 100) for amount in amounts) == exported.total_pence


def test_an_earlier_workbook_is_replaced_with_its_rights_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old one")
    path.chmod(0o640)
    fill(store, Contract(title="new"))
    assert export_register(store, path, today=TODAY).path == path
    assert column(path, "Title") == ["new"]
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640
    assert not left_over(tmp_path)


def refuse(error: OSError) -> Callable[..., None]:
    def refused(*_: object) -> None:
        raise error

    return refused


def test_x4_a_workbook_open_in_excel_is_told_and_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old one")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse(PermissionError(13, "Access is denied")))
        with pytest.raises(WorkbookError, match=r"out\.xlsx could not be written: it is open in Excel"):
            export_register(store, path, today=TODAY)
    assert path.read_bytes() == b"the old one"
    assert not left_over(tmp_path)


def test_a_full_disk_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "sync", refuse(OSError(28, "No space left on device")))
    with pytest.raises(WorkbookError, match="the disk is full"):
        export_register(store, tmp_path / "out.xlsx", today=TODAY)
    assert not list(tmp_path.glob("*.xlsx")) and not left_over(tmp_path)


def test_names_and_folders_that_will_not_do(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"End it in \.xlsx"):
        export_register(store, tmp_path / "register.desk", today=TODAY)
    with pytest.raises(WorkbookError, match="does not exist"):
        export_register(store, tmp_path / "nowhere" / "out.xlsx", today=TODAY)
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(WorkbookError, match="is a folder"):
        export_register(store, tmp_path / "folder.xlsx", today=TODAY)
    assert not left_over(tmp_path)


def goes_on(last: int, done: int, _: int) -> bool:
    return done < last


def test_it_can_be_stopped_at_any_point(store: Store, tmp_path: Path) -> None:
    fill(store, *(Contract(title=str(i)) for i in range(250)))
    path, heard = tmp_path / "out.xlsx", list[int]()

    def listen(done: int, parts: int) -> bool:
        assert parts == 100
        heard.append(done)
        return True

    export_register(store, path, today=TODAY, progress=listen)
    held = path.read_bytes()
    assert heard == sorted(heard) and heard[-1] == 100
    for last in {*heard} - {100}:
        with pytest.raises(ExportStopped):
            export_register(store, path, today=TODAY, progress=partial(goes_on, last))
        assert path.read_bytes() == held and not left_over(tmp_path)


def test_what_stands_is_not_undone_by_a_late_stop(store: Store, tmp_path: Path) -> None:
    exported = export_register(store, tmp_path / "out.xlsx", today=TODAY, progress=lambda done, _: done < 100)
    assert exported.path.exists()


@pytest.fixture
def written(store: Store, tmp_path: Path) -> tuple[Path, Register]:
    """A good workbook with what it was made from."""
    fill(store, Contract(reference="C1", title="One", current_value=100), Contract(title="Two & more"))
    path = tmp_path / "out.xlsx"
    export_register(store, path, today=TODAY)
    return path, gather(store, Query(), TODAY)


def heard(_: float) -> None:
    """Listens, and lets it go on."""


def test_a_good_workbook_shows_no_difference(written: tuple[Path, Register]) -> None:
    assert differences(*written, heard) == ""


def test_a_cell_that_differs_is_found(written: tuple[Path, Register]) -> None:
    path, register = written
    for place, found in enumerate(register.columns):
        for row, cell in enumerate(found.cells):
            changed = list(found.cells)
            changed[row] = "other" if not isinstance(cell, float) else cell + 0.01
            columns = list(register.columns)
            columns[place] = Column(found.heading, found.field, changed)
            assert differences(path, Register(columns, register.rows, TODAY), heard)


def test_a_row_too_few_is_found(written: tuple[Path, Register]) -> None:
    path, register = written
    columns = [Column(c.heading, c.field, [*c.cells, "more"]) for c in register.columns]
    assert differences(path, Register(columns, register.rows + 1, TODAY), heard)


def test_a_damaged_file_is_found(written: tuple[Path, Register], tmp_path: Path) -> None:
    path, register = written
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole[:400] + b"\xff" * 40 + whole[440:]):
        broken = tmp_path / "broken.xlsx"
        broken.write_bytes(damaged)
        assert "cannot be read back" in differences(broken, register, heard)


def test_mark_up_that_is_not_well_formed_is_found(written: tuple[Path, Register], tmp_path: Path) -> None:
    path, register = written
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</workbook>", b"") if name == "xl/workbook.xml" else part)
    assert "cannot be read back" in differences(broken, register, heard)


def test_a_workbook_that_fails_its_check_is_not_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "differences", lambda *_: "cell B2 does not hold what the register says")
    with pytest.raises(WorkbookError, match="not kept, since cell B2 does not hold"):
        export_register(store, tmp_path / "out.xlsx", today=TODAY)
    assert not list(tmp_path.glob("*.xlsx")) and not left_over(tmp_path)
