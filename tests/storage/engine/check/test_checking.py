"""A check finds damage where there is damage, advice where there is something to mend, and never changes the file."""

import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.backup import plain
from storage.engine.backup.backups import BY_HAND, list_copies, make
from storage.engine.backup.copies import SECOND_PLACE, SETTINGS, home
from storage.engine.backup.snapshots import snapshot
from storage.engine.check import checking_copies
from storage.engine.check.checking import check, checking
from storage.engine.check.report import Outcome, Remedy
from storage.engine.conditions import Where
from storage.engine.errors import NotADeskFile, StorageError
from storage.engine.history import History
from storage.engine.migrations import VERSION
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Author, Book, Holiday, Shelf, Writing

SAME_FILE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def filled(store: Store, path: Path) -> Path:
    """A file in good order, with a backup, closed."""
    with store.step("Add"):
        shelf = store.save(Shelf(title="North"))
        store.save_many([Book(reference=f"B{n}", title=f"Book {n}", shelf=shelf.id) for n in range(30)])
        store.save(Author(title="Austen"))
        store.save(Writing(book=1, author=1))
    make(store, BY_HAND)
    store.close()
    return path


def alter(path: Path, *statements: str) -> None:
    """Write behind the program's back, as if inside a step."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("update current_step set step = 1, kind = 'reopen'")
        for statement in statements:
            conn.execute(statement)
        conn.execute("update current_step set step = null, kind = null")


def test_a_file_in_good_order(filled: Path) -> None:
    before = filled.read_bytes()
    report = check(filled)
    assert not (report.damage or report.advice or report.findings) and report.verdict == "whole"
    noted = {looked.what for looked in report.looked if looked.outcome is not Outcome.GOOD}
    assert noted == {"Second place", "Weekly zip"}
    assert report.facts["records"] == {"shelf": 1, "author": 1, "book": 30, "writing": 1}
    assert (report.facts["steps"], report.facts["version"]) == (1, VERSION) and "last_backup" in report.facts
    assert json.loads(json.dumps(report.facts)) == report.facts and filled.read_bytes() == before


def test_a_snapshot_is_read_in_place_of_the_file_while_its_owner_works_on(
    filled: Path, tmp_path: Path
) -> None:
    store = open_store(filled)
    held = tmp_path / "snapshot" / filled.name
    held.parent.mkdir()
    take = snapshot(store, held)
    take()
    work = checking(filled, held)
    doing = [next(work).doing]
    with store.step("Add"):
        store.save(Book(title="Emma"))
    try:
        while True:
            doing.append(next(work).doing)
    except StopIteration as end:
        report = end.value
    store.close()
    assert report.damage == [] and report.facts["records"]["book"] == 30
    assert "Checking: history" in doing and "Reading the backups" in doing


def test_d7_a_backup_that_changed_by_one_bit_is_named(filled: Path) -> None:
    copy = list_copies(filled)[0]
    content = bytearray(copy.path.read_bytes())
    content[len(content) // 3] ^= 1
    copy.path.write_bytes(content)
    report = check(filled)
    assert report.damage == [] and report.verdict == "attention"
    assert copy.name in report.advice[0].words and report.advice[0].remedy is Remedy.BACK_UP


def test_a_file_that_is_older_than_the_one_closed_here_is_advice(filled: Path) -> None:
    earlier = filled.read_bytes()
    store = open_store(filled)
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    assert any("all that it held when it was closed here" in looked.words for looked in check(filled).looked)
    filled.write_bytes(earlier)
    report = check(filled)
    assert any("is older than the copy you last saved" in a.words for a in report.advice)
    assert report.damage == [] and report.verdict == "attention"


def test_d7_one_changed_bit_that_sqlite_does_not_see_is_advice(filled: Path) -> None:
    store = open_store(filled)
    with store.step("Add"):
        store.save(Shelf(title="Emma"))
    store.close()
    content = bytearray(filled.read_bytes())
    content[75] ^= 1  # kept free in the file's head: SQLite never looks there
    filled.write_bytes(content)
    report = check(filled)
    assert report.damage == [] and "not byte for byte as you closed it" in report.advice[0].words


def test_the_weekly_zip_is_read(filled: Path) -> None:
    place = plain.folder(list_copies(filled)[0].folder.name)
    place.mkdir()
    with zipfile.ZipFile(place / "register.zip", "w") as packed:
        packed.writestr("tables/book.jsonl", "{}")
    assert any(x.what == "Weekly zip" and x.outcome is Outcome.GOOD for x in check(filled).looked)
    (place / "register.zip").write_bytes(b"PK")
    assert any("register.zip cannot be read" in a.words for a in check(filled).advice)


def test_the_newest_backup_is_looked_for_in_the_second_place(filled: Path, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    (home() / SETTINGS).write_text(json.dumps({SECOND_PLACE: str(second)}))
    assert any("is not in the second place" in a.words for a in check(filled).advice)
    with closing(open_store(filled)) as store:
        make(store, BY_HAND)
    report = check(filled)
    assert not report.advice and any(f"lies in {second} too" in looked.words for looked in report.looked)


def test_a_file_that_is_open_can_be_checked(filled: Path) -> None:
    store = open_store(filled)
    assert check(filled).damage == []
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update step set label = 'Something else'", "history was altered"),
        ("delete from change where tbl = 'shelf'", "history was altered"),
        ("update document set title = 'Other' where tbl = 'author'", "search index"),
        ("delete from document where tbl = 'author'", "search index"),
        ("insert into search(rowid, title, body) values(999, 'ghost', '')", "search index"),
    ],
)
def test_damage_is_found(filled: Path, statement: str, says: str) -> None:
    alter(filled, statement)
    report = check(filled)
    assert any(says in d for d in report.damage), report


LOOSE = "update current_step set step = 2"
SOUTH = "insert into shelf(uuid, title) values('u', 'South')"
NOT_TOLD = "does not tell how they came to be"


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        (["delete from change where step = 2", "delete from step where id = 2"], "1 book"),
        (["delete from change", "delete from step"], "30 books"),
        ([LOOSE, "update author set title = 'Brontë'", "delete from change where id > 34"], "1 author"),
        ([LOOSE, "delete from writing", "delete from change where id > 34"], "1 writing"),
        ([LOOSE, SOUTH, "delete from change where id > 34"], "1 shelf"),
    ],
)
def test_what_the_history_does_not_tell_is_damage(filled: Path, statements: list[str], kind: str) -> None:
    store = open_store(filled)
    store.change(Book, 1, {"title": "Emma"})
    store.close()
    assert check(filled).damage == []
    with closing(sqlite3.connect(filled, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)
    assert any(found.startswith(kind) and NOT_TOLD in found for found in check(filled).damage)


@pytest.mark.parametrize("part", ["trigger book_au", "table draft"])
def test_a_part_of_the_file_that_is_missing_is_damage(filled: Path, part: str) -> None:
    with closing(sqlite3.connect(filled)) as conn:
        conn.execute(f"drop {part}")
    assert check(filled).damage == [f"The {part} of the file is missing."]


def test_undone_redone_and_deleted_records_agree_with_the_history(filled: Path) -> None:
    store = open_store(filled)
    with store.step("Add"):
        store.save(Book(title='a\n\t\\"\x01é'))
    store.change(Book, 2, {"title": None})
    for work in (History(store).undo, History(store).undo, History(store).redo):
        for _ in work():
            pass
    store.close()
    assert check(filled).damage == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("insert into writing(uuid, book, author) values('u', 1, 77)", "links to a author that is not there"),
        ("update book set published = 'never' where id = 3", "Book 3 holds a value that cannot be read"),
        ("update book set extra = '{' where id < 20", "14 more of books hold such a value"),
    ],
)
def test_c5_values_that_cannot_be_are_damage(filled: Path, statement: str, says: str) -> None:
    alter(filled, statement)
    assert any(says in d for d in check(filled).damage)


def test_a_foreign_file_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b")
    with pytest.raises(NotADeskFile):
        check(tmp_path / "x.csv")
    with pytest.raises(StorageError, match="There is no file"):
        check(tmp_path / "y.desk")


def test_a_damaged_file_is_reported_with_its_last_copy(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:9_000])
    report = check(filled)
    assert "damaged" in report.damage[0] and report.facts["last_backup"] and report.advice == []
    unseen = {looked.what for looked in report.looked if looked.outcome is Outcome.UNSEEN}
    assert {"Links", "History", "Search"} <= unseen, "what was not looked at is not given a tick"


def test_advice_about_what_the_file_holds(store: Store, path: Path) -> None:
    with store.step("Add"):
        store.save(Shelf(title="North"))
        store.save_many([Book(reference="B1", shelf=1), Book(reference="B1", title="Emma"), Book(title="x")])
        store.save_many([Book(reference=f"R{n % 8}", title="t", shelf=1) for n in range(16)])
        store.save_many([Holiday(), Holiday()])
    with store.step("Bin"):
        store.bin(Shelf, [1])
        store.bin(Book, [3])
    store.close()
    report = check(path)
    findings = {finding.words: finding.where for finding in report.findings}
    assert findings["1 book: Title is blank."] == Where("title", "blank")
    assert findings["2 holidays: Date is blank."] == Where("on", "blank")
    assert findings["Reference B1 is used by 2 books."] == Where("reference", "is", ("B1",))
    assert "4 more values of Reference are used more than once." in findings
    assert "17 books: Shelf is in the bin." in findings
    assert not any("Reference is blank" in words for words in findings), "a record in the bin needs nothing"
    assert [a.words for a in report.advice] == ["There is no backup of this file yet."]


def test_values_worked_out_otherwise_are_advice(filled: Path) -> None:
    alter(filled, "update author set worth = 12 where id = 1")
    report = check(filled)
    noted = [looked for looked in report.looked if looked.outcome is Outcome.NOTE]
    assert report.damage == [] and "1 author: dates or totals" in noted[0].words


def test_an_old_backup_is_advice(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        """Nine days from now."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(days=9, hours=1)

    monkeypatch.setattr(checking_copies, "datetime", Later)
    report = check(filled)
    assert any("9 days old" in a.words and a.remedy is Remedy.BACK_UP for a in report.advice)
    assert report.verdict == "attention"


def test_something_behind_the_end_is_advice(filled: Path) -> None:
    with filled.open("ab") as opened:
        opened.write(b"x" * 10_000)
    report = check(filled)
    assert report.damage == [] and any("behind the end" in a.words for a in report.advice)


def flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)


def blank(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice([16, 512, 4096]))
    content[start:end] = bytes(end - start)


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def swap(content: bytearray, chance: random.Random) -> None:
    one, two = (chance.randrange(len(content) // 4096) * 4096 for _ in range(2))
    first, second = bytes(content[one : one + 4096]), bytes(content[two : two + 4096])
    content[one : one + 4096], content[two : two + 4096] = second, first


@SAME_FILE
@given(st.integers(0, 2**32), st.sampled_from([flip, blank, cut, swap]))
def test_any_damage_ends_in_words_and_changes_nothing(
    filled: Path, seed: int, harm: Callable[[bytearray, random.Random], None]
) -> None:
    content = bytearray(filled.read_bytes())
    harm(content, random.Random(seed))  # noqa: S311 - which bytes to harm
    harmed = filled.with_name("harmed.desk")
    harmed.write_bytes(content)
    try:
        report = check(harmed)
        assert all(isinstance(words, str) for words in report.damage)
    except StorageError as error:
        assert str(error)
    assert harmed.read_bytes() == content
