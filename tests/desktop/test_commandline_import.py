"""Bringing a register in from the command line: which table is read, and that nothing read is no success."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop import __main__ as program


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


def foreign(project: Path, name: str) -> Path:
    """One of the files people send."""
    return project / "tests" / "files" / "foreign" / name


def test_a_table_without_rows_is_no_success(
    file: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", file, foreign(project, "headings-only.xlsx")) == 1
    said = capsys.readouterr()
    assert "no rows below them. Nothing was imported." in said.err and not said.out


def test_the_row_of_headings_can_be_given(
    file: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", file, foreign(project, "notes-and-totals.xlsx"), "--header-row", 4, "--dry-run") == 0
    assert "3 rows read: 3 created" in capsys.readouterr().out
