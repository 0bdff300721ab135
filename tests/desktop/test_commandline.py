"""The command line as scripts use it: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop import __main__ as program
from storage.checklists.template import shipped, shipped_ids
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import save_view
from storage.engine.conditions import Where
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Order
from storage.records.contracts import Contract
from storage.records.meetings import ReviewMeeting

REGISTERS = Path(__file__).parent.parent / "files" / "registers"
CSV = """Reference,Title,Supplier,Start date,End date,Value,Clinical lead
C-1,Stroke support,Northmoor Care,1/4/2024,31/3/2027,"£120,000",Dr A
C-2,Falls classes,Southgate Trust,1/4/2025,31/02/2027,TBC,Dr B
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "desk.desk"
    assert run("new", path) == 0
    capsys.readouterr()
    return path


def run(*words: object) -> int:
    """Run the program as its command would."""
    before, sys.argv = sys.argv, ["commissioning-desk", *map(str, words)]
    try:
        return program.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.argv = before


def test_a_register_comes_in_and_says_where_everything_went(
    file: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", file, register, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert {k: said[k] for k in ("rows_read", "created", "updated", "unchanged", "not_imported")} == {
        "rows_read": 2, "created": 2, "updated": 0, "unchanged": 0, "not_imported": 0,
    }  # fmt: skip
    assert [(p["row"], p["column"], p["value"]) for p in said["problems"]] == [
        (3, "End date", "31/02/2027"),
        (3, "Value", "TBC"),
    ]
    assert {h["heading"]: h["goes"] for h in said["headings"]}["Clinical lead"] == "own field"
    with closing(open_store(file, read_only=True)) as store:
        second = store.get(Contract, 2)
        assert "End date: 31/02/2027" in second.unread.splitlines()
        assert store.get(Contract, 1).provider_name == "Northmoor Care"
        assert History(store).latest(1)[0].kind == "import"
    assert run("import", file, register, "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 2


def test_a_dry_run_writes_nothing(file: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert run("import", file, register, "--dry-run") == 0
    assert "2 created" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_month_first_dates_are_refused_until_said(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "american.csv"
    path.write_text("Reference,Title,End date\nC-1,One,03/31/2027\nC-2,Two,04/05/2027\n")
    assert run("import", file, path) == 1
    error = capsys.readouterr().err
    assert "--dates month-first" in error
    assert error.count("\n") == 1
    assert run("import", file, path, "--dates", "month-first") == 0
    with closing(open_store(file, read_only=True)) as store:
        assert str(store.get(Contract, 2).current_end) == "2027-04-05"


def test_workbook_goes_out_and_comes_back_unchanged(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    out = tmp_path / "out.xlsx"
    assert run("export", file, "register", out) == 0
    assert "2 contracts" in capsys.readouterr().out
    assert run("import", file, out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 2


def test_a_workbook_goes_out_as_a_view_shows_it_and_comes_back_unchanged(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    with closing(open_store(file)) as store:
        shown = Arrangement(
            ("title", "current_end"), (Where("reference", "is", ("C-2",)),), "", (Order("title", True),)
        )
        save_view(store, "contracts", Contract, "Only the second", shown)
    out = tmp_path / "out.xlsx"
    assert run("export", file, "register", out, "--view", "only the SECOND") == 0
    assert "1 contracts" in capsys.readouterr().out
    with closing(load_workbook(out)) as book:
        rows = list(book["Contracts"].iter_rows(values_only=True))
        assert rows[0][:3] == ("Title", "Current end", "Reference")
        assert [row[2] for row in rows[1:]] == ["C-2"]
        said = " ".join(str(cell) for row in book["Read me"].iter_rows(values_only=True) for cell in row)
    assert "view “Only the second”: Reference: C-2" in said
    assert run("import", file, out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 1


def test_an_unknown_view_is_answered_with_the_names(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    assert run("export", file, "register", out, "--view", "Nothing like it") == 1
    error = capsys.readouterr().err
    assert "“Ending within 12 months”" in error and error.count("\n") == 1
    assert not out.exists()
    assert run("export", file, "register", out, "--view", "Mine") == 1
    assert "fill it in under Settings" in capsys.readouterr().err


def test_pages_are_printed_by_reference(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    assert run("print", file, "contract", "C-1", tmp_path / "c.pdf") == 0
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert run("print", file, "contract", "C-1", tmp_path / "why.pdf", "--reasons") == 0
    assert len(PdfReader(tmp_path / "why.pdf").pages) > len(PdfReader(tmp_path / "c.pdf").pages) == 1
    assert run("print", "--blank", "T03", tmp_path / "b.pdf", "--from", file) == 0
    assert run("print", file, "checklist", "1", tmp_path / "none.pdf", "--reasons") == 1
    assert "--reasons goes with a contract" in capsys.readouterr().err
    assert run("print", file, "contract", "C-9", tmp_path / "none.pdf") == 1
    assert "C-9" in capsys.readouterr().err
    assert not (tmp_path / "none.pdf").exists()


def test_a_meeting_pack_is_printed_by_the_reference_of_its_contract(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    assert run("print", file, "meeting-pack", "C-1", tmp_path / "none.pdf") == 1
    assert "No meeting is recorded" in capsys.readouterr().err
    with closing(open_store(file)) as store, store.step("Meeting"):
        store.save(ReviewMeeting(contract=1, on=store.today(), title="Review"))
    assert run("print", file, "meeting-pack", "C-1", tmp_path / "pack.pdf") == 0
    assert len(PdfReader(tmp_path / "pack.pdf").outline) == 7
    assert not (tmp_path / "none.pdf").exists()


def test_what_is_to_be_put_right_is_printed_for_an_owner(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    assert run("print", file, "put-right", tmp_path / "all.pdf") == 0
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
    assert run("print", file, "put-right", tmp_path / "none.pdf", "--owner", "Nobody Here") == 1
    assert "Nobody Here has nothing to put right" in capsys.readouterr().err
    assert run("print", file, "put-right", tmp_path / "nobody.pdf", "--owner", "Nobody named") == 0


def test_a_template_is_written_as_a_file_and_looked_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "equality.toml"
    assert run("templates", "--write", "T03", out) == 0
    assert run("templates", "--look", out) == 0
    assert "can be used as it is" in capsys.readouterr().out
    out.write_text(
        out.read_text(encoding="utf-8").replace('kind = "yes_no"', 'kind = "yesno"', 1), encoding="utf-8"
    )
    assert run("templates", "--look", out) == 1
    assert "did you mean yes_no?" in capsys.readouterr().out
    assert run("templates", "--write", "T99", out) == 1
    assert "Nothing was written" in capsys.readouterr().err


def test_templates_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("templates") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == shipped_ids()
    assert lines[0].split(maxsplit=5) == [
        "T01",
        shipped()[0].version,
        "decide",
        "27",
        "questions",
        "Decommissioning decision",
    ]


def test_a_copy_is_listed_and_restored(
    file: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    capsys.readouterr()
    assert run("restore", file, "--list") == 0
    name = capsys.readouterr().out.splitlines()[0]
    assert run("restore", file, name) == 0
    assert "restored" in capsys.readouterr().out
    with closing(open_store(file, read_only=True)) as store:
        assert store.ids(Contract) == []
    assert run("restore", file, "no such copy") == 1


def test_i11_records_of_another_file_are_copied_into_a_new_one(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "new.desk"
    assert run("copy-rows", file, made) == 0
    assert f"records copied from {file.name} to new.desk" in capsys.readouterr().out
    assert run("check", made) == 0
    assert run("copy-rows", file, made) == 1
    assert "already exists" in capsys.readouterr().err
    assert run("import", made, file) == 1
    assert "is a Commissioning Desk file, not a register" in capsys.readouterr().err


def test_later_work_is_done_again_from_the_command_line(
    file: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)  # a copy is made before it
    capsys.readouterr()
    run("restore", file, "--list")
    name = capsys.readouterr().out.splitlines()[0]
    assert run("restore", file, name, "--replay") == 0
    assert "1 later change was done again." in capsys.readouterr().out
    with closing(open_store(file, read_only=True)) as store:
        assert len(store.ids(Contract)) == 2


def test_c3_a_damaged_file_is_repaired_into_a_new_one(
    file: Path, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", file, register)
    capsys.readouterr()
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    before, made = file.read_bytes(), tmp_path / "repaired.desk"
    assert run("repair", file, made) == 0
    assert "Contracts: 2" in capsys.readouterr().out and file.read_bytes() == before
    with closing(open_store(made, read_only=True)) as store:
        assert len(store.ids(Contract)) == 2
    assert run("repair", file, made) == 1 and "already exists" in capsys.readouterr().err
    assert run("repair", file, tmp_path / "again.desk", "--json") == 0
    assert json.loads(capsys.readouterr().out)["tables"]["contract"] == {"recovered": 2, "missing": 0}


def test_check_fails_only_for_damage(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", file) == 0
    assert "is whole" in capsys.readouterr().out
    content = bytearray(file.read_bytes())
    content[5000:9000] = bytes(4000)
    damaged = tmp_path / "damaged.desk"
    damaged.write_bytes(content)
    assert run("check", damaged, "--json") == 1
    assert json.loads(capsys.readouterr().out)["damage"]


@pytest.mark.parametrize(
    "words", [["import"], ["export", "x.desk", "nothing", "y.xlsx"], ["--no-such"], ["print", "x"]]
)
def test_wrong_usage_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert "usage" in capsys.readouterr().err


def test_errors_are_one_plain_line(
    tmp_path: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", tmp_path / "missing.desk", register) == 1
    assert run("new", register) == 1
    assert run("check", register) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("commissioning-desk: ") for line in lines)


def test_verbs_load_no_qt(file: Path, project: Path) -> None:
    program_words = (
        "import sys; sys.argv = ['commissioning-desk', 'check', sys.argv[1]]\n"
        "from desktop.__main__ import main; code = main()\n"
        "assert not [m for m in sys.modules if m.startswith('PySide6')]; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program_words, str(file)], cwd=project, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_without_a_display_the_window_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run() == 1
    said = capsys.readouterr()
    assert "There is no display" in said.err and said.err.count("\n") == 1 and not said.out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_fits_the_encoding_it_is_asked_for(file: Path, register: Path, encoding: str) -> None:
    words = [sys.executable, "-m", "desktop", "import", str(file), str(register), "--dry-run"]
    settings = {**os.environ, "PYTHONIOENCODING": encoding}
    for more in ([], ["--json"]):
        done = subprocess.run([*words, *more], capture_output=True, env=settings, check=True)
        assert done.stderr == b""
    told = json.loads(done.stdout.decode(encoding))
    assert "“" in told["headings"][-1]["where"]


def test_a_stopped_import_says_so_and_leaves_nothing(
    file: Path, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.commandline_import.write_import", stop)
    assert run("import", file, register) == 1
    assert capsys.readouterr().err.startswith("commissioning-desk: Stopped.")
    with closing(open_store(file)) as store:
        assert store.ids(Contract) == []
