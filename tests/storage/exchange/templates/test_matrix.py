"""The risk matrix of a template on a sheet of its workbook, out and in, with mistakes named by row and column."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.data import Data, pinned_text, read_data, template_text
from storage.checklists.lists import ListEntry, Lists, shipped_entries
from storage.checklists.template import read_template
from storage.exchange.templates.columns import MATRIX, MATRIX_COLUMNS
from storage.exchange.templates.matrix import matrix_rows
from storage.exchange.templates.reading import BroughtTemplate, from_rows, read_template_workbook
from storage.exchange.templates.rows import TemplateRows
from storage.exchange.templates.workbook import write_template
from storage.rules.risks import STEPS, scales
from tests.storage.checklists.risk_template import RISKS
from tests.storage.exchange.templates.test_workbook import numbered

OWN = """
[risk_matrix]
likelihood = ["Never", "Seldom", "Now and then", "Often", "Always"]
bands = [
    { name = "Calm", lowest = 1, highest = 9, colour = "green", escalate_to = "Team" },
    { name = "Grave", lowest = 10, highest = 25, colour = "red", escalate_to = "Board" },
]
[[sections]]"""
DATA = read_data(RISKS.replace("[[sections]]", OWN, 1))


def there_and_back(data: Data, *matrix: dict[str, str]) -> BroughtTemplate:
    rows = TemplateRows(data)
    sheet = list(matrix) or list(matrix_rows(data))
    return from_rows(
        numbered(rows.survey), numbered(list(rows.choices)), numbered([rows.settings]), matrix=numbered(sheet)
    )


def said(*matrix: dict[str, str]) -> list[str]:
    return [str(problem) for problem in there_and_back(read_data(RISKS), *matrix).problems]


def band(lowest: object, highest: object, label: str = "Calm") -> dict[str, str]:
    return {"what": "band", "label": label, "lowest": str(lowest), "highest": str(highest)}


def test_a_matrix_of_its_own_survives_a_real_workbook(tmp_path: Path) -> None:
    write_template(DATA, tmp_path / "risks.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "risks.xlsx")[MATRIX]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(MATRIX_COLUMNS) and rows[1][:3] == ["likelihood", "1", "Never"]
    assert rows[-1] == ["band", None, "Grave", "10", "25", "red", "Board"]
    brought = read_template_workbook(tmp_path / "risks.xlsx")
    assert brought.problems == ()
    assert read_template(template_text(brought.data)) == read_template(template_text(DATA))
    assert read_template(template_text(brought.data)).scales.band(12).name == "Grave"


def test_a_template_without_one_has_an_empty_sheet_and_stays_without(tmp_path: Path) -> None:
    write_template(read_data(RISKS), tmp_path / "risks.xlsx")
    assert openpyxl.load_workbook(tmp_path / "risks.xlsx")[MATRIX].max_row == 1
    brought = read_template_workbook(tmp_path / "risks.xlsx")
    assert brought.problems == () and "risk_matrix" not in brought.data


def test_only_the_words_or_only_the_bands_may_be_given() -> None:
    words = [{"what": "Consequence", "step": str(n), "label": f"Step {n}"} for n in range(1, STEPS + 1)]
    template = read_template(template_text(there_and_back(read_data(RISKS), *words).data))
    assert template.scales.consequence[4] == "Step 5" and template.scales.bands == scales().bands
    bands = there_and_back(read_data(RISKS), band(1, 12), band(15, 25, "Grave"))
    assert read_template(template_text(bands.data)).scales.likelihood == scales().likelihood


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([{"what": "likelyhood", "step": "1", "label": "Never"}],
         ["sheet risk matrix, row 2, column what: write likelihood, consequence, band, not likelyhood; did you mean "
          "likelihood?"]),
        ([{"what": "likelihood", "step": "6", "label": "Never"}],
         ["sheet risk matrix, row 2, column step: a step is 1 to 5, not 6"]),
        ([{"what": "likelihood", "step": "1", "label": "A"}, {"what": "likelihood", "step": "1", "label": "B"}],
         ["sheet risk matrix, row 3, column step: step 1 stands here already",
          "sheet risk matrix, row 2, column highest: Likelihood and consequence each need 5 different words."]),
        ([{"what": "likelihood", "step": "1"}], ["sheet risk matrix, row 2, column label: label must be filled in"]),
        ([band(1, "many")], ["sheet risk matrix, row 2, column highest: write a whole number, not many"]),
        ([{"label": "x"}, band(1, 12), band(16, 25, "Grave")],
         ["sheet risk matrix, row 2, column what: write likelihood, consequence, band, not nothing",
          "sheet risk matrix, row 3, column highest: The bands must cover every score from 1 to 25 once, lowest "
          "first."]),
        ([band(1, 25, "")], ["sheet risk matrix, row 2, column label: name must be given and not be blank"]),
    ],
)  # fmt: skip
def test_mistakes_are_named_by_row_and_column(rows: list[dict[str, str]], problems: list[str]) -> None:
    assert said(*rows) == problems


def test_the_bands_of_the_file_give_way_to_those_of_the_template() -> None:
    others = [entry for entry in shipped_entries() if entry.list != "risk_bands"]
    lists = Lists([*others, ListEntry("risk_bands", "low", "Low", 5, "green", "Team"),
                   ListEntry("risk_bands", "high", "High", 25, "red", "Board")])  # fmt: skip
    assert read_template(pinned_text(template_text(DATA), lists)).scales.band(12).name == "Grave"
    words = {**DATA, "risk_matrix": {"likelihood": ["A", "B", "C", "D", "E"]}}
    pinned = read_template(pinned_text(template_text(words), lists)).scales
    assert (pinned.likelihood[0], pinned.band(12).name) == ("A", "High")


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from([1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20]), max_size=5))
def test_any_bands_come_back_as_they_went(edges: set[int]) -> None:
    tops = [*sorted(edges), 25]
    bands = [
        {"name": f"Band {n}", "lowest": low + 1, "highest": high, "colour": "green", "escalate_to": "=Who?"}
        for n, (low, high) in enumerate(zip([0, *tops[:-1]], tops, strict=True))
    ]
    data = {**DATA, "risk_matrix": {"bands": bands}}
    found = there_and_back(data)
    assert found.problems == () and found.data["risk_matrix"] == {"bands": bands}
