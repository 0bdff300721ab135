"""Options compared on paper: one tagged page with inputs, bars, table and days; words where there is nothing."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.desk.planning.comparing import set_input
from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.exchange.paper.print_compare import compare_paper
from storage.exchange.paper.printing import pdf
from storage.records.contracts import Contract


def test_it_is_one_page_that_says_what_was_assumed(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.desk", who="Ann", today=lambda: date(2026, 11, 29))
    with store.step("Fill"):
        made = store.save(
            Contract(reference="C-1", title='#panic("x") *b*', stage="Signed", start=date(2024, 4, 1),
                     current_end=date(2027, 3, 31), max_end=date(2029, 3, 31), annual_value=100_000_00)
        )  # fmt: skip
    set_input(store, made.key, "transition", 10_000_00)
    paper = compare_paper(store, made.key)
    facts = {fact.label: fact.value for fact in paper.facts}
    assert facts["Cost of changing over"] == "£10,000"
    assert facts["Extension, a year"] == "£100,000 (from the contract)"
    assert all(len(row) == len(paper.headings) for row in paper.rows) and paper.rows[-1][0] == "In all"
    assert all(0 <= high <= 10_000 for year in paper.years for high in year.highs)
    read = PdfReader(BytesIO(pdf(paper)))
    assert len(read.pages) == 1 and '#panic("x") *b*' in read.pages[0].extract_text()
    store.close()


def test_without_an_end_nothing_is_printed_and_it_says_why(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.desk", today=lambda: date(2026, 11, 29))
    with store.step("Fill"):
        made = store.save(Contract(title="A", stage="Signed"))
    with pytest.raises(StorageError, match=r"no end date.*Nothing was printed"):
        compare_paper(store, made.key)
    store.close()
