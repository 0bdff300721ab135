"""What is published, written without a window: the layouts, what is said of blanks, options that do not go together."""

import csv
import json
from pathlib import Path

import pytest

from desktop.commandline import run_verb
from tests.storage.exchange.publishing import full, store_of


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    store = store_of(tmp_path, [full(), full(reference="C-2", review_date=None), full(do_not_publish=True)])
    store.close()
    return tmp_path / "register.desk"


def test_the_layout_is_written_and_blanks_are_said(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert run_verb(["export", str(file), "lga-csv", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"{out}: 2 contracts" in said
    assert "Left out, 1 contract: It is marked not to be published." in said
    assert "ReviewDate blank, 1 contract: No review date is recorded." in said
    with out.open(encoding="utf-8-sig", newline="") as held:
        assert [row["ContractReference"] for row in csv.DictReader(held)] == ["C-1", "C-2"]


def test_the_strict_layout_says_the_same_as_data(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert run_verb(["export", str(file), "lga-csv", str(out), "--strict", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["contracts"] == 2 and told["left_out"][0]["references"] == ["C-1"]
    assert {"column": "ReviewDate", "reason": "No review date is recorded.", "contracts": 1,
            "references": ["C-2"]} in told["blanks"]  # fmt: skip
    assert "EffectiveDate" not in out.read_text("utf-8").splitlines()[0]


def test_releases_are_written(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert run_verb(["export", str(file), "ocds", str(out), "--json"]) == 0
    assert len(json.loads(out.read_text("utf-8"))["releases"]) == 2
    assert {each["column"] for each in json.loads(capsys.readouterr().out)["remarks"]} == {"ocid"}


@pytest.mark.parametrize("words", [("ocds", "--strict"), ("lga-csv", "--view", "x"), ("register", "--json")])
def test_options_that_do_not_go_together_are_refused(
    file: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    with pytest.raises(SystemExit):
        run_verb(["export", str(file), words[0], str(out), *words[1:]])
    assert not out.exists()
