"""The week's zip can be read without the program: a workbook, every table as text, and how to read them."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.sample import sample_copy
from storage.engine.backup import plain
from storage.engine.backup.backups import HOME
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.exchange.plain_zip import writing


def test_it_holds_the_workbook_the_tables_and_how_to_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    path = finished(writing(sample_copy(tmp_path), "My register", date(2026, 11, 22)))
    assert path.name == "My register plain 2026-11-22.zip"
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        assert {"README.txt", "register.xlsx", "tables/contract.jsonl", "tables/change.jsonl"} <= set(names)
        assert "without Commissioning Desk" in packed.read("README.txt").decode()
        assert packed.read("register.xlsx").startswith(b"PK")


def test_one_that_does_not_read_back_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))

    def differs(*_: object) -> None:
        raise OSError("the table contract was not written as it is")

    monkeypatch.setattr(plain, "check_tables", differs)
    with pytest.raises(StorageError, match="not written as it is"):
        finished(writing(sample_copy(tmp_path), "My register", date(2026, 11, 22)))
    assert list((tmp_path / "home").rglob("*.zip")) == []
