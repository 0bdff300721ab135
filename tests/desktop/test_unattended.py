"""The main job without a window makes every file it names, inside its folder only, and fails in one plain line."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
from pypdf import PdfReader

import storage.records  # noqa: F401
from storage.engine.opening import open_store
from storage.records.contracts import Contract


def run(project: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run it as `make run` does, in a process and a home folder of its own."""
    environment = {**os.environ, "PYTHONPATH": str(project), "HOME": str(cwd), "PYTHONUTF8": "1"}
    environment.pop("COMMISSIONING_DESK_HOME", None)
    command = [sys.executable, "-m", "desktop.unattended", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_every_file_is_made_and_named(project: Path, tmp_path: Path) -> None:
    done = run(project, "./out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    out = tmp_path / "out"
    made = [
        path
        for path in out.rglob("*")
        if path.is_file() and path.name not in ("copies.jsonl", "known files.json")
    ]
    assert len(made) == 5
    assert all(sum(path.name in line for line in lines) == 1 for path in made)
    assert "8 rows read: 8 created" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # nothing outside the folder, home included

    store = open_store(next(out.glob("*.desk")), read_only=True)
    own = {field.label for field in store.own_fields()["contract"]}
    assert "Social value promise" in own
    assert f"({len(store.ids(Contract)):,} contracts)" in done.stdout
    store.close()
    book = openpyxl.load_workbook(next(out.glob("*.xlsx")))
    headings = [cell.value for cell in book["Contracts"][1]]
    assert {"Reference", "Clinical lead", "Social value promise"} <= set(headings)
    book.close()
    blank, completed = (PdfReader(path) for path in sorted(out.glob("*.pdf")))
    assert "Decommissioning decision" in blank.pages[0].extract_text()
    assert "Quality impact of a shared night rota" in completed.pages[0].extract_text()


def test_it_can_be_run_again_over_what_it_made(project: Path, tmp_path: Path) -> None:
    assert run(project, "out", cwd=tmp_path).returncode == 0
    assert run(project, "out", cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "out").glob("*.desk"))) == 1


def test_a_folder_that_cannot_be_made_is_one_plain_line(project: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = run(project, "taken/out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_wrong_usage_ends_with_2(project: Path, tmp_path: Path) -> None:
    assert run(project, cwd=tmp_path).returncode == 2
    assert run(project, "a", "b", cwd=tmp_path).returncode == 2
    assert not list(tmp_path.iterdir())
