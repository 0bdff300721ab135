"""The forget verb shows where a person stands, takes them out, and names the copies that still hold them."""

from contextlib import closing
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.engine.backup.backups import BY_HAND, make
from storage.engine.contents import columns, digesting, finished
from storage.engine.opening import open_store
from storage.records.actions import Action
from storage.records.organisations import Person
from tests.desktop.test_commandline import run


@pytest.fixture(params=["here", "OneDrive - Trust"])
def file(tmp_path: Path, home: Path, request: pytest.FixtureRequest) -> Path:
    """A register with an action of Ann Lee, and a copy of it; on this computer, and in a cloud's folder."""
    path = tmp_path / str(request.param) / "desk.desk"
    path.parent.mkdir()
    with closing(new_file(path, who="Joy Okafor")) as store:
        with store.step("Add"):
            store.save(Person(title="Ann Lee", email="ann.lee@example.org"))
            store.save(Action(title="Write to ann.lee@example.org", owner="LEE, Ann"))
        make(store, BY_HAND)
    return path


def test_a_dry_run_shows_where_a_person_stands_and_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert run("forget", file, "Ann Lee", "--dry-run") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Record of a person: Ann Lee, ann.lee@example.org"
    assert said[1:3] == ["Action: owner: 1 now, 1 in the history", "    LEE, Ann"]
    assert "    Write to ann.lee@example.org" in said and file.read_bytes() == before


def test_a_person_is_forgotten_and_the_copies_that_hold_them_are_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("forget", file, "Ann Lee") == 0
    said = capsys.readouterr().out
    assert "1 record removed" in said and said.count("Still held by a copy:") == 1 and "not changed" in said
    with closing(open_store(file)) as store:
        action = store.all(Action)[0]
        assert action.owner.startswith("removed on ") and action.title == f"Write to {action.owner}"
    assert b"Lee" not in file.read_bytes() and b"LEE" not in file.read_bytes()
    assert run("check", file) == 0


def test_somebody_who_is_nowhere_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(file)
    assert run("forget", file, "Nobody Atall", "--also", "nobody@example.org") == 0
    assert "is nowhere in desk.desk" in capsys.readouterr().out and held(file) == before


def held(file: Path) -> str:
    """A digest of all that a file holds."""
    with closing(open_store(file, read_only=True)) as store:
        return finished(digesting(store.conn, columns(store.conn)))
