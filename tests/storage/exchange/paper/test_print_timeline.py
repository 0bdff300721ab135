"""The timeline on paper: tagged, landscape, its table complete, and no more than somebody reads."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.paper import print_timeline
from storage.exchange.paper.papers_plan import WHOLE
from storage.exchange.paper.print_timeline import timeline_paper
from storage.exchange.paper.printing import pdf
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint, Extension


def filled(path: Path, count: int = 3) -> Store:
    store = new_store(path / "a.desk", who="Ann", today=lambda: date(2026, 11, 29))
    with store.step("Fill"):
        made = store.save_many(
            [
                Contract(reference=f"C-{n}", title=f'#panic("x") *Contract* {n}', stage="Signed",
                         start=date(2024, 4, 1), current_end=date(2027, 3, 31), notice_commissioner=Period(3, "m"))
                for n in range(count)
            ]
        )  # fmt: skip
        store.save(Extension(contract=made[0].id, length=Period(12, "m")))
        store.save(BreakPoint(contract=made[0].id, on=date(2026, 12, 31)))
    return store


def test_the_drawing_lies_inside_the_scale_and_the_table_says_the_same(tmp_path: Path) -> None:
    store = filled(tmp_path)
    paper = timeline_paper(store)
    assert paper.subject == "All contracts, 1 November 2025 to 1 November 2030"
    assert 0 < paper.today < WHOLE and len(paper.lines) == 3
    for line in paper.lines:
        assert all(0 <= span.left < span.right <= WHOLE for span in line.spans)
        assert len(line.cells) == len(paper.headings)
    assert paper.lines[0].cells[4:6] == ("31 Mar 2027", "31 Mar 2028")
    assert {mark.words for mark in paper.lines[0].marks} == {"notice", "serve", "act", "break"}
    store.close()


def test_it_is_tagged_landscape_and_takes_data_as_data(tmp_path: Path) -> None:
    store = filled(tmp_path)
    read = PdfReader(BytesIO(pdf(timeline_paper(store, years=2))))
    page = read.pages[0]
    assert page.mediabox.width > page.mediabox.height
    root = read.trailer["/Root"]
    assert isinstance(root, DictionaryObject) and {"/MarkInfo", "/StructTreeRoot"} <= root.keys()
    words = " ".join(page.extract_text() for page in read.pages)
    assert '#panic("x") *Contract* 0' in words and "The same as a table" in words
    store.close()


def test_more_than_somebody_reads_is_cut_off_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_timeline, "MOST", 2)
    store = filled(tmp_path)
    paper = timeline_paper(store)
    assert len(paper.lines) == 2 and paper.left_out.startswith("The first 2 of 3 contracts")
    store.close()


def test_of_an_empty_register_a_page_is_made(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.desk", today=lambda: date(2026, 11, 29))
    assert pdf(timeline_paper(store)).startswith(b"%PDF")
    store.close()
