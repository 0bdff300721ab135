"""The forward plan on paper: tagged, its bars with their table, what is late first, and data that stays data."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.exchange.paper import print_forward
from storage.exchange.paper.print_forward import forward_paper
from storage.exchange.paper.printing import pdf
from storage.records.contracts import Contract
from storage.records.planning import LeadTime

TODAY = date(2026, 11, 29)


def test_it_has_the_load_the_clashes_and_the_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_forward, "MOST_OF_A_QUARTER", 3)
    store = new_store(tmp_path / "a.desk", who="Ann", today=lambda: TODAY)
    with store.step("Fill"):
        route = store.save(LeadTime(title="Open", tender=Period(3, "m"), approval=Period(1, "m")))
        store.save_many(
            [Contract(title=f'#panic("x") *{n}*', stage="Signed", start=date(2024, 4, 1), route=route.id,
                      current_end=date(2028, 3, 31), current_value=10_000_00) for n in range(5)]
        )  # fmt: skip
        store.save(Contract(title="Late one", stage="Signed", start=date(2024, 4, 1), route=route.id,
                            current_end=date(2026, 12, 31)))  # fmt: skip
        store.save(Contract(title="No route", stage="Signed", current_end=date(2027, 1, 31)))
    paper = forward_paper(store)
    assert paper.quarters[0].label == "Late" and paper.quarters[0].rows[0][2] == "Late one"
    assert len(paper.bars) == 9 and {bar.over for bar in paper.bars} == {True, False}
    assert all(len(bar.cells) == len(paper.headings) and 0 <= bar.high <= 10_000 for bar in paper.bars)
    assert any(quarter.more.startswith("And ") for quarter in paper.quarters)
    assert paper.note == "1 contract has no day to start: no route is chosen."
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(paper))).pages)
    assert '#panic("x") *0*' in words and "Too much at once" in words
    store.close()


def test_of_an_empty_register_a_page_is_made(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.desk", today=lambda: TODAY)
    paper = forward_paper(store)
    assert not paper.quarters and not paper.note
    assert pdf(paper).startswith(b"%PDF")
    store.close()
