"""The workbook for a meeting from the command line: of a view, and with what has changed since the last one."""

from pathlib import Path

import openpyxl
import pytest

from desktop.commandline import run_verb
from storage.desk.beginning.new_file import new_file
from storage.desk.meeting.shown_contracts import meetings
from storage.engine.opening import open_store
from storage.records.contracts import Contract


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "register.desk"
    store = new_file(path)
    with store.step("Fill"):
        store.save(Contract(reference="C1", title="Care", stage="Signed", current_value=100))
    store.close()
    return path


def test_a_named_meeting_keeps_what_it_showed_and_the_next_says_what_changed(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "board.xlsx"
    words = ["export", str(file), "meeting", str(out), "--meeting", " Contract  board "]
    assert run_verb(words) == 0
    assert "1 contracts" in capsys.readouterr().out
    store = open_store(file)
    assert meetings(store) == ["Contract board"]
    [contract] = store.all(Contract)
    store.change(Contract, contract.key, {"current_value": 200})
    store.close()
    assert run_verb(words) == 0
    assert openpyxl.load_workbook(out)["Changes since last meeting"]["A5"].value == "Value up"


def test_without_a_name_the_file_is_only_read(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    assert run_verb(["export", str(file), "meeting", str(tmp_path / "out.xlsx")]) == 0
    assert file.read_bytes() == before


def test_what_it_cannot_do_is_an_error_that_writes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    assert run_verb(["export", str(file), "meeting", str(out), "--view", "Nobody’s"]) == 1
    assert run_verb(["export", str(file), "meeting", str(out), "--meeting", " "]) == 1
    assert "A meeting needs a name" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run_verb(["export", str(file), "calendar", str(out), "--meeting", "Board"])
    assert not out.exists()
