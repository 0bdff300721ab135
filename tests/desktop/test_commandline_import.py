"""Bringing a register in from the command line: which table is read, and that nothing read is no success."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.test_commandline import file, run

__all__ = ["file"]  # a fixture


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


def test_a_list_comes_in_by_its_name_and_the_next_file_of_its_kind_by_itself(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contracts, kpis, actions = tmp_path / "contracts.csv", tmp_path / "kpis.csv", tmp_path / "todo.csv"
    contracts.write_text("Reference,Title\nC1,Care at home\n")
    kpis.write_text("Measure,Target\nFalls,95%\n")
    actions.write_text("What we do,Who\nSend the pack,Asha\n")
    assert run("import", file, contracts) == 0
    assert run("import", file, kpis, "--list", "kpis") == 1
    assert "--set contract=NAME" in capsys.readouterr().err
    assert run("import", file, kpis, "--list", "kpis", "--set", "contract=C1") == 0
    assert "1 created" in capsys.readouterr().out
    assert run("import", file, actions, "--list", "actions", "--map", "title=What we do", "--json") == 0
    assert json.loads(capsys.readouterr().out)["list"] == "actions"
    actions.write_text("Who,What we do\nBen,Book a room\n")
    assert run("import", file, actions, "--dry-run") == 0
    assert "1 row read: 1 created" in capsys.readouterr().out
    assert run("import", file, actions, "--afresh", "--list", "actions") == 1
    assert "No row of “todo.csv” could be brought in" in capsys.readouterr().err
    assert run("import", file, actions, "--list", "cakes") == 1
    assert "kpi-results" in capsys.readouterr().err
    assert run("import", file, actions, "--list", "actions", "--set", "colour=red") == 1
    assert "There is no field “colour”" in capsys.readouterr().err
