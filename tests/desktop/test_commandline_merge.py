"""The merge verb: what it prints, what it writes, and that it tells a workbook from another copy of the file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.commandline import run_verb
from storage.engine.backup.snapshots import save_as
from storage.engine.opening import open_store
from storage.records.contracts import Contract
from tests.storage.exchange.homecoming import home_store

FILES = Path(__file__).parents[1] / "files" / "home"
NUMBERS = ("rows_read", "cells_changed", "created", "missing", "conflicts", "ignored", "problems")


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    store = home_store(tmp_path)
    store.change(Contract, 1, {"title": "Mine"})
    store.close()
    return tmp_path / "register.desk"


def merged(capsys: pytest.CaptureFixture[str], file: Path, *words: str) -> dict[str, object]:
    assert run_verb(["merge", str(file), *words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def titles(file: Path) -> list[str]:
    store = open_store(file, read_only=True)
    try:
        return [contract.title for contract in store.all(Contract)]
    finally:
        store.close()


def test_without_accept_it_says_what_would_be_and_writes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = titles(file)
    said = merged(capsys, file, str(FILES / "edited.ods"))
    assert [said[name] for name in NUMBERS] == [9, 12, 2, 1, 1, 2, 1]
    assert (said["written"], titles(file)) == (False, before)
    assert merged(capsys, file, str(FILES / "edited.ods"), "--accept", "none")["cells_changed"] == 0
    assert titles(file) == before
    assert run_verb(["merge", str(file), str(FILES / "edited.ods")]) == 0
    words = capsys.readouterr().out
    assert words.startswith(
        "Nothing was written. --accept all would take this:\nrows_read: 9\ncells_changed: 12\n"
    )
    assert (
        "Title: sent 'Stroke support', theirs 'Stroke support at home', mine 'Mine' (changed on both sides)."
        in words
    )
    assert "Missing, and left as they are:\n  Wheelchairs\n" in words
    assert "row 7, Current end: 'soon': These are words, not a date." in words


def test_accept_all_writes_what_it_counts_and_the_second_time_finds_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = merged(capsys, file, str(FILES / "edited.xls"), "--accept", "all")
    assert [said[name] for name in NUMBERS] == [9, 12, 2, 1, 1, 2, 1]
    assert titles(file)[0] == "Stroke support at home"
    assert titles(file)[-2:] == ["Short breaks, second lot", "Night sitting"]
    again = merged(capsys, file, str(FILES / "edited.xls"), "--accept", "all")
    assert [again[name] for name in NUMBERS] == [9, 0, 0, 1, 0, 4, 1]


def test_a_workbook_that_cannot_be_read_is_one_line_and_exit_code_1(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.xlsx").touch()
    assert run_verb(["merge", str(file), str(tmp_path / "empty.xlsx")]) == 1
    assert capsys.readouterr().err == (
        "commissioning-desk: “empty.xlsx” is empty. Choose the file that holds the register.\n"
    )


def test_another_copy_of_the_file_is_merged_by_its_history(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(file, who="Joy Okafor")
    save_as(store, tmp_path / "other.desk")
    store.change(Contract, 2, {"title": "Mine too"})
    store.close()
    other = open_store(tmp_path / "other.desk", who="Priya Shah")
    with other.step("Theirs"):
        other.save(replace(other.get(Contract, 2), title="Theirs"))
        other.save(Contract(title="New there"))
    other.close()
    said = merged(capsys, file, str(tmp_path / "other.desk"))
    assert [said[name] for name in NUMBERS] == [2, 1, 1, 0, 1, 0, 0]
    assert titles(file)[1] == "Mine too"
    merged(capsys, file, str(tmp_path / "other.desk"), "--accept", "all")
    assert (titles(file)[1], titles(file)[-1]) == ("Theirs", "New there")
    assert run_verb(["merge", str(file), str(file)]) == 1
    assert "is the same file" in capsys.readouterr().err
