"""Temporary folders nobody else can enter; what a killed program left is swept, what a running one uses is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from storage.engine import private
from storage.engine.private import own_home, own_temporary_files, private_folder, sweep

HOLD = (
    "import sys\n"
    "from storage.engine.private import private_folder\n"
    "(private_folder() / 'canary.txt').write_text('a name')\n"
    "print('made', flush=True)\n"
    "sys.stdin.read()\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, away from the user's."""
    monkeypatch.setenv("COMMISSIONING_DESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def left(home: Path) -> list[Path]:
    """Every file below the temporary folder."""
    return [p for p in (home / private.TEMPORARY).rglob("*") if p.is_file()]


def holding(project: Path) -> subprocess.Popen[str]:
    """Another program that has a private folder in use."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "made\n"
    return child


def test_s1_nobody_else_can_enter(home: Path) -> None:
    home.mkdir(mode=0o755)
    folder = private_folder()
    assert own_home() == home
    for path in (folder, folder.parent, home / private.TEMPORARY, home):
        assert sys.platform == "win32" or path.stat().st_mode & 0o077 == 0, path  # there a profile is private


def test_s1_a_kill_leaves_nothing_past_the_next_start(home: Path, project: Path) -> None:
    with holding(project) as child:
        child.kill()
    assert len(left(home)) == 2  # what it held, and its lock
    assert sweep() == 1
    assert left(home) == []


def test_what_a_running_program_uses_is_left_alone(home: Path, project: Path) -> None:
    mine = private_folder()
    with holding(project) as child:
        assert sweep() == 0
        assert any(p.name == "canary.txt" for p in left(home)) and mine.is_dir()
        child.communicate("")  # it ends by itself, and takes its folder with it
    assert not any(p.name == "canary.txt" for p in left(home))


def test_without_a_folder_there_is_nothing_to_sweep(home: Path) -> None:
    assert sweep() == 0


def test_s1_temporary_files_of_libraries_and_children_lie_there_too(home: Path) -> None:
    before = tempfile.gettempdir()
    with own_temporary_files():
        where = Path(tempfile.mkdtemp())
        child = subprocess.run(
            [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert where.is_relative_to(home) and Path(child.stdout.strip()).parent == where.parent
    assert (tempfile.gettempdir() == before and "TMPDIR" not in os.environ) or os.environ["TMPDIR"] != str(
        where.parent
    )
    assert left(home) == [] and not where.exists()


def test_without_a_folder_of_its_own_the_program_runs_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COMMISSIONING_DESK_HOME", str(tmp_path / "file" / "home"))
    with own_temporary_files():
        assert Path(tempfile.mkdtemp()).is_dir()
