"""A damaged file is repaired into a new one: the least is done that helps, and what did not come back is named."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.backup.backups import BY_HAND, make
from storage.engine.check.checking import check
from storage.engine.errors import DamagedFile, FileInUse, NewerFile, StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.repair.pages import Pages
from storage.engine.repair.rebuilding import RECOVERED
from storage.engine.repair.recovery import Recovery
from storage.engine.repair.repairing import mended, repair
from storage.engine.state import State
from storage.engine.store import Store
from tests.storage.engine.conftest import Child, all_of, run, stale, unsearched
from tests.storage.engine.library import Author, Book, Edition, Page, Shelf, Writing
from tests.storage.engine.repair.damage import PAGE, flipped, holes, luck, no_first_page, third_cut_off

ONCE = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def filled(store: Store, path: Path) -> Path:
    """A closed file with records of all sorts, some changed, some deleted, some sealed, some in the bin."""
    with store.step("Add"):
        store.save_many([Author(title=f"Author {n}") for n in range(40)])
        store.save_many([Shelf(title=f"Shelf {n}") for n in range(5)])
        store.save_many([Book(title=f"Book {n}", notes="x" * 90 * n, shelf=n % 5 + 1) for n in range(100)])
        store.save_many([Writing(book=n + 1, author=n % 40 + 1) for n in range(100)])
    for n in range(1, 30):
        store.change(Book, n, {"title": f"Title {n}"})
    with store.step("Add and take away"):
        store.save(Shelf(title="Not for long"))
    run(History(store).undo())
    with store.step("Bin"):
        store.bin(Book, [7])
    with store.step("Issue", "seal"):
        edition = store.save(Edition(number="1"))
        store.save(Page(edition=edition.id, words="sealed"))
    State(store).draft("a", "half typed")
    store.close()
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("pragma writable_schema = on")
        for statement in statements:
            conn.execute(statement)


def wipe(path: Path, *names: str) -> None:
    """Overwrite every page of the tables and indexes named, as far as their trees lead."""
    with closing(sqlite3.connect(path)) as conn:
        marks = ", ".join("?" * len(names))
        pages = [r[0] for r in conn.execute(f"select pageno from dbstat where name in ({marks})", names)]
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = luck(page).randbytes(PAGE)
    path.write_bytes(content)


def sound(made: Path) -> Store:
    """The repaired file, once it has stood every test."""
    assert check(made).damage == []
    store = open_store(made)
    assert stale(store) == [] and unsearched(store) == []
    return store


def repaired(path: Path) -> tuple[Recovery, Store]:
    before = path.read_bytes()
    recovery = repair(path, path.with_name("repaired.desk"))
    assert path.read_bytes() == before, "the damaged file is never written to"
    return recovery, sound(recovery.made)


@pytest.fixture
def wanted(filled: Path) -> dict[str, list[object]]:
    store = open_store(filled)
    held = {table: list[object](found) for table, found in all_of(store).items()}
    store.close()
    return held


@pytest.mark.parametrize(
    "names",
    [
        ("change_step",), ("book_shelf", "sqlite_autoindex_book_1"), ("search_data",), ("search_docsize",),
        ("search_idx",), ("search_content", "search_config"), ("change_row", "search_data", "step_undoes"),
    ],
)  # fmt: skip
def test_c2_indexes_and_search_are_made_anew_and_nothing_else_is_touched(
    filled: Path, wanted: dict[str, list[object]], names: tuple[str, ...]
) -> None:
    wipe(filled, *names)
    assert check(filled).damage
    recovery, store = repaired(filled)
    assert recovery.whole and "no record was affected" in recovery.how
    assert all_of(store) == wanted and State(store).drafts() == {"a": "half typed"}
    store.close()


def test_c2_an_index_that_lacks_rows_is_mended_where_it_is(filled: Path) -> None:
    alter(
        filled, "update sqlite_master set sql = replace(sql, 'TEXT not null unique', 'TEXT') where name = 'x'"
    )
    alter(filled, "insert into search(search, rowid, title, body) values('delete', 3, 'Other', 'words')")
    assert check(filled).damage
    assert "no record was affected" in mended(filled) and check(filled).damage == []


def test_a_change_that_was_cut_off_is_taken_back(filled: Path, child: Child, path: Path) -> None:
    process = child(
        """
        store = open_store(Path(sys.argv[1]))
        store.conn.execute("pragma cache_size = 1")
        store.steps.begin("Never finished", "edit")
        store.save_many([Book(title="half", notes="y" * 5000) for _ in range(200)])
        said("ready"); sys.stdin.read()
        """.replace("\n        ", "\n"),
        path,
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    process.kill()
    process.wait()
    recovery, store = repaired(path)
    assert recovery.whole and "cut off was taken back" in recovery.how and len(store.ids(Book)) == 99
    store.close()


@pytest.mark.parametrize("table", ["book", "author", "writing", "edition", "shelf"])
def test_c3_a_table_that_is_gone_comes_back_from_the_history(
    filled: Path, wanted: dict[str, list[object]], table: str
) -> None:
    wipe(filled, table)
    recovery, store = repaired(filled)
    assert recovery.whole and all_of(store) == wanted
    came = next(c for c in recovery.tables if c.table == table)
    assert came.from_history == came.recovered == len(wanted[table])
    store.close()


def test_a_column_whose_name_is_damaged_costs_no_row(filled: Path, wanted: dict[str, list[object]]) -> None:
    made = b'"book"(id integer primary key autoincrement, "uuid"'
    content = filled.read_bytes()
    assert made in content
    filled.write_bytes(content.replace(made, made.replace(b"uuid", b"uu\xffd")))
    _, store = repaired(filled)
    assert all_of(store) == wanted
    store.close()


@pytest.mark.parametrize("names", [("step",), ("change",), ("step", "change", "change_row", "change_step")])
def test_records_outlive_their_history_and_the_first_step_says_so(
    filled: Path, wanted: dict[str, list[object]], names: tuple[str, ...]
) -> None:
    wipe(filled, *names)
    recovery, store = repaired(filled)
    assert all_of(store) == wanted and not recovery.missing
    (step,) = History(store).latest()
    assert step.label.startswith(RECOVERED) and History.stops(step)
    assert History(store).of("book", 3)[0].new == {
        n: v for n, v in (History(store).of("book", 3)[0].new or {}).items() if v is not None
    }
    store.close()


def test_steps_after_a_gap_are_kept_and_the_last_step_says_that_there_was_one(filled: Path) -> None:
    alter(filled, "delete from change where step = 5", "delete from step where id = 5")
    recovery, store = repaired(filled)
    steps = History(store).latest(100)
    assert recovery.steps_lost == 1 and len(steps) == recovery.steps + 1
    assert steps[0].label == f"{RECOVERED}; 1 earlier step could not be read"
    assert store.get(Book, 4).title == "Title 4", "its own row still says so"
    store.close()


def test_a_record_that_is_gone_from_everywhere_is_named_and_its_links_are_cleared(filled: Path) -> None:
    alter(
        filled,
        "update current_step set step = 1",
        "pragma foreign_keys = off",
        "delete from shelf where id = 2",
        "delete from change where tbl = 'shelf' and row = 2",
    )
    recovery, store = repaired(filled)
    assert recovery.missing == ("Shelf 2 (“Shelf 1”)",)
    assert len(recovery.cleared) == 20 and "Shelf: led to Shelf 2 (“Shelf 1”)" in recovery.cleared[0]
    assert store.get(Book, 2).shelf is None and store.get(Book, 3).shelf == 3
    assert "Shelf 2 (“Shelf 1”)" in recovery.text and recovery.kept[0].read_text() == recovery.text
    store.close()


def test_a_value_that_cannot_be_read_is_taken_from_the_history_or_named(filled: Path) -> None:
    alter(
        filled,
        "update current_step set step = 1",
        "drop trigger book_au",
        "update book set published = 'never' where id in (50, 51)",
        "delete from change where row = 51 and tbl = 'book'",
    )
    recovery, store = repaired(filled)
    assert store.get(Book, 50).published is None and store.get(Book, 51).published is None
    assert any("Book 51" in words and "“never”" in words for words in recovery.doubtful)
    store.close()


def test_what_was_wiped_within_a_row_is_taken_from_the_history(
    filled: Path, wanted: dict[str, list[object]]
) -> None:
    alter(filled, "delete from sqlite_sequence where name = 'change'")  # its end is then not known
    content = bytearray(filled.read_bytes())
    pages = Pages(bytes(content))
    for number in range(2, pages.count + 1):
        if any(any(str(v).startswith("Title ") for v in cell.values) for cell in pages.cells(number)):
            content[(number - 1) * PAGE + PAGE // 2 : number * PAGE] = bytes(PAGE // 2)
    filled.write_bytes(content)
    recovery, store = repaired(filled)
    assert all_of(store) == wanted and not recovery.missing
    assert any("Title: taken from the history" in words for words in recovery.doubtful)
    store.close()


def test_c4_what_the_file_lost_comes_from_the_newest_backup_that_is_as_it_was(
    filled: Path, wanted: dict[str, list[object]]
) -> None:
    store = open_store(filled)
    copies = [make(store, BY_HAND) for _ in range(3)]
    store.close()
    for copy in copies[1:]:
        copy.path.write_bytes(flipped(copy.path.read_bytes(), luck(1)))
    filled.write_bytes(third_cut_off(filled.read_bytes(), luck(2)))
    recovery, store = repaired(filled)
    assert all_of(store) == wanted and not recovery.missing
    assert (
        recovery.how.count("is damaged too") == 2
        and "steps of the history that the file had lost" in recovery.how
    )
    assert all(copy.path.exists() for copy in copies)
    store.close()


def test_what_was_done_after_the_backup_comes_from_the_file(filled: Path) -> None:
    store = open_store(filled)
    make(store, BY_HAND)
    with store.step("Later"):
        store.save_many([Book(title=f"Later {n}") for n in range(10)])
    store.close()
    wipe(filled, "author", "shelf")
    recovery, store = repaired(filled)
    assert recovery.whole and len(store.ids(Author)) == 40 and len(store.ids(Book)) == 109
    store.close()


def test_a_backup_with_another_history_gives_nothing(filled: Path) -> None:
    store = open_store(filled)
    make(store, BY_HAND)
    store.close()
    alter(filled, "delete from change where step > 1", "delete from step where id > 1")
    store = open_store(filled)
    store.change(Book, 60, {"title": "Another line"})
    store.close()
    recovery, store = repaired(filled)
    assert "From the backup" not in recovery.how and store.get(Book, 60).title == "Another line"
    store.close()


def test_the_backup_is_used_when_the_file_holds_no_whole_step_any_more(filled: Path) -> None:
    store = open_store(filled)
    make(store, BY_HAND)
    with store.step("Later"):
        store.save_many([Book(title=f"Later {n}") for n in range(10)])
    store.close()
    wipe(filled, "step", "change", "book")
    recovery, store = repaired(filled)
    assert "From the backup" in recovery.how and len(store.ids(Author)) == 40
    assert {f"Title {n}" for n in range(1, 30)} - {b.title for b in store.all(Book)} == {"Title 7"}, (
        "7 is in the bin"
    )
    store.close()


def test_only_the_backup_is_left(filled: Path, wanted: dict[str, list[object]]) -> None:
    store = open_store(filled)
    make(store, BY_HAND)
    store.close()
    filled.write_bytes(b"")
    recovery, store = repaired(filled)
    assert all_of(store) == wanted and "No record could be read from the file itself" in recovery.how
    assert not recovery.whole and "is not known" in recovery.doubtful[0]
    store.close()


def test_nothing_at_all_is_left(filled: Path) -> None:
    filled.write_bytes(b"\0" * 50_000)
    with pytest.raises(DamagedFile, match=r"could be read\. It is as it was"):
        repair(filled, filled.with_name("repaired.desk"))
    assert [p.name for p in filled.parent.iterdir() if p.is_file()] == ["books.desk"]


def test_a_file_that_is_open_newer_or_in_the_way(filled: Path, tmp_path: Path) -> None:
    made = filled.with_name("repaired.desk")
    store = open_store(filled)
    with pytest.raises(FileInUse, match="Close it there first"):
        repair(filled, made)
    store.close()
    with pytest.raises(StorageError, match="already exists"):
        repair(filled, filled)
    with pytest.raises(StorageError, match="There is no file"):
        repair(tmp_path / "none.desk", made)
    with closing(sqlite3.connect(filled)) as conn:
        conn.execute("pragma user_version = 99")
    with pytest.raises(NewerFile):
        repair(filled, made)
    assert not made.exists()


BAD_ROWS = (
    "insert into writing(uuid, book, author) values('{u}', {n}, {far})",  # leads nowhere
    "update book set published = '{n} Never' where id = {n}",
    "update book set extra = '[' where id = {n}",
    "update book set own = 'no object' where id = {n}",
    "update book set loan = '{u}' where id = {n}",
    "update book set shelf = {far} where id = {n}",
    "insert into author(uuid, title) select uuid, title from book where id = {n}",
    "insert into book(uuid, reference, title) values('{u}', 'R1', 'Twice')",
    "insert into book(uuid, reference, title) values('{u}', 'R1', 'Twice')",
)


@ONCE
@given(st.lists(st.tuples(st.integers(0, len(BAD_ROWS) - 1), st.integers(1, 90)), min_size=1, max_size=6))
def test_c5_bad_rows_are_named_and_repairing_deletes_none(filled: Path, bad: list[tuple[int, int]]) -> None:
    harmed, made = filled.with_name("bad.desk"), filled.with_name("made.desk")
    harmed.write_bytes(filled.read_bytes())
    made.unlink(missing_ok=True)
    sql = [
        BAD_ROWS[which].format(n=n, u=f"u{place}", far=5_000 + place) for place, (which, n) in enumerate(bad)
    ]
    alter(harmed, "update current_step set step = 1", "pragma ignore_check_constraints = on", *sql)
    with closing(sqlite3.connect(harmed)) as conn:
        before = {
            t: conn.execute(f"select count(*) from {t}").fetchone()[0] for t in ("book", "author", "writing")
        }
    reported = check(harmed)
    recovery = repair(harmed, made)
    store = sound(made)
    after = {t: store.conn.execute(f"select count(*) from {t}").fetchone()[0] for t in before}
    assert after == before, recovery.text
    assert reported.damage or recovery.whole
    assert not recovery.whole or "Never" not in " ".join(sql)
    store.close()


@ONCE
@given(st.integers(0, 1 << 32), st.sampled_from([holes, no_first_page, third_cut_off, flipped]))
def test_any_damage_ends_in_a_sound_file_or_in_words(
    filled: Path, seed: int, harm: Callable[[bytes, random.Random], bytes]
) -> None:
    harmed, made = filled.with_name("harmed.desk"), filled.with_name("made.desk")
    harmed.write_bytes(harm(filled.read_bytes(), luck(seed)))
    made.unlink(missing_ok=True)
    try:
        recovery = repair(harmed, made)
    except StorageError as error:
        assert str(error) and not made.exists()
        return
    sound(made).close()
    assert recovery.headline
