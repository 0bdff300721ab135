"""Lists written without a window: whole, or as a saved view shows them."""

from pathlib import Path

import openpyxl
import pytest

from desktop.commandline import run_verb
from storage.desk.beginning.sample import new_sample


def test_lists_are_written_by_name_and_by_view(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample, out = tmp_path / "sample.desk", tmp_path / "out.xlsx"
    new_sample(sample).close()
    assert run_verb(["export", str(sample), "list", "kpis", str(out)]) == 0
    assert capsys.readouterr().out.strip() == f"{out}: 23 KPIs"
    assert run_verb(["export", str(sample), "list", "actions", str(out), "--view", "open"]) == 0
    assert openpyxl.load_workbook(out)["Read me"]["B4"].value.startswith("view “Open”: Status: Open")
    assert run_verb(["export", str(sample), "list", "actions", str(out), "--view", "Nobody’s"]) == 1
    assert "“Overdue”" in capsys.readouterr().err
    assert run_verb(["export", str(sample), "list", "cakes", str(out)]) == 1
    assert "There is no list “cakes”" in capsys.readouterr().err
    for wrong in (["list", str(out)], ["register", str(out), str(out)]):
        with pytest.raises(SystemExit):
            run_verb(["export", str(sample), *wrong])
        assert "Nothing was written" in capsys.readouterr().err
