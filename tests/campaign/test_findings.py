"""What was found out about SQLite, Qt and the libraries before the program was built: each cure is needed, and there.

Finding 2 is tried in `test_powercut.py`. Findings 8 to 12 are about parts whose tests are named after rows: 8 is
row R1 (pictures and addresses in text), 9 is I3 (a far cell), 10 is X1 and X2 (what a cell cannot hold), 11 is R2
(printing that fails silently) and 12 is C3 (rows read from the pages of a damaged file).
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.backup import backups
from storage.engine.backup.backups import HOME
from storage.engine.errors import FileMoved, StorageError
from storage.engine.file import OpenFile
from storage.engine.opening import new_store, open_store
from storage.engine.store import Store
from tests.campaign.harness import in_own_process
from tests.storage.engine.library import Book, only_the_library


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A file with one book, open to write."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with only_the_library(), closing(new_store(tmp_path / "books.desk")) as made:
        with made.step("Add"):
            made.save(Book(title="Emma", notes="A novel of " + "many " * 40 + "words"))
        yield made


def test_finding_1_the_file_alone_holds_every_save_of_a_program_that_was_killed() -> None:
    for settings, lacking in (("", 0), ("wal, normal", 5)):
        found = in_own_process("kills", work="copy_after_kill", number=5, seed=1, settings=settings)
        assert found["copies that lack a save"] == lacking


def test_finding_3_sqlite_itself_notices_that_the_file_was_moved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.file.path
    monkeypatch.setattr(OpenFile, "check_before_writing", lambda *given: None)  # our own look at the place
    path.rename(path.with_name("elsewhere.desk"))
    with pytest.raises(FileMoved), store.step("Add"):
        store.save(Book(title="Dracula"))
    path.with_name("elsewhere.desk").rename(path)


def test_finding_4_a_file_on_a_full_disk_opens_and_is_read() -> None:
    assert int(in_own_process("faults", work="open_on_a_full_disk")["books read"]) > 0


def test_finding_5_believing_every_error_would_call_saved_changes_not_saved() -> None:
    found = in_own_process("faults", work="believe_every_error")
    assert int(found["untrue messages"]) > 3


def test_finding_6_a_copy_never_waits_for_a_step_that_is_open(store: Store) -> None:
    with store.step("Add"):
        store.save(Book(title="Dracula"))
        with pytest.raises(StorageError, match="waits until"):
            backups.make(store, backups.BY_HAND)
    assert backups.make(store, backups.BY_HAND).counts == {"book": 2}


def test_finding_7_a_change_that_sqlite_cannot_see_is_noticed(store: Store) -> None:
    path = store.file.path
    store.close()
    whole = path.read_bytes()
    place = whole.rindex(b"many many") + 5
    path.write_bytes(whole[:place] + b"M" + whole[place + 1 :])
    with closing(open_store(path)) as again:
        assert again.ask("pragma integrity_check") == [("ok",)]
        assert "not byte for byte as you closed it" in " ".join(again.file.notices)
