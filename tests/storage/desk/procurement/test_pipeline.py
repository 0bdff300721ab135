"""The pipeline lists what is to be bought again by the day it has to begin, and what a pipeline notice names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from storage.desk.beginning.new_file import new_file
from storage.desk.procurement.pipeline import NO, NOT_KNOWN, YES, pipeline
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.published.pipeline_files import export_pipeline
from storage.records.contracts import Contract
from storage.records.planning import LeadTime

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", today=lambda: TODAY)) as store:
        routes = {r.regime: r.key for r in store.all(LeadTime) if r.regime}
        act, health = "Procurement Act 2023", "Provider Selection Regime"
        with store.step("Add"):
            for title, end, regime, value, route in (
                ("Large", date(2027, 12, 31), act, 200_000_001, routes["PA23"]),
                ("At the limit", date(2028, 3, 31), act, 200_000_000, routes["PA23"]),
                ("Health", date(2027, 6, 30), health, 900_000_000, routes["PSR"]),
                ("No value", date(2028, 3, 31), act, None, routes["PA23"]),
                ("Old rules", date(2027, 9, 30), "Public Contracts Regulations 2015", 900_000_000, None),
                ("Far away", date(2035, 3, 31), act, 900_000_000, routes["PA23"]),
                ("=2+2", date(2027, 3, 31), act, 100, None),
            ):
                store.save(Contract(title=title, stage="Active", start=date(2024, 4, 1), current_end=end, regime=regime,
                                    current_value=value, route=route))  # fmt: skip
            store.save(Contract(title="A draft", stage="Draft", current_end=date(2027, 3, 31)))
        yield store


def test_what_is_announced_follows_the_limit_and_the_time(store: Store) -> None:
    said = {p.title: (p.announced, p.why) for p in pipeline(store).planned}
    assert "Far away" not in said and "A draft" not in said
    assert said["Large"] == (YES, "More than £2,000,000, and to begin before 1 October 2027.")
    assert said["At the limit"] == (NO, "Not more than £2,000,000.")
    assert said["Health"][0] == NO
    assert said["No value"] == (NOT_KNOWN, "No value is recorded.")
    assert said["Old rules"] == (
        NOT_KNOWN,
        "The rules of the next procurement are not known: choose a route.",
    )


def test_what_begins_first_stands_first_and_the_notice_is_dated(store: Store) -> None:
    found = pipeline(store)
    begins = [p.begin_by for p in found.planned if p.begin_by]
    assert begins == sorted(begins)
    assert found.notice.endswith("publishes its pipeline notice by 26 May 2027.")
    health = next(p for p in found.planned if p.title == "Health")
    assert health.starts == date(2027, 7, 1)


def test_it_goes_out_as_workbook_pdf_and_csv(store: Store, tmp_path: Path) -> None:
    for ending in ("xlsx", "pdf", "csv"):
        assert export_pipeline(store, tmp_path / f"out.{ending}").planned == 6
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    titles = [row[2].value for row in sheet.iter_rows(min_row=2)]
    assert "=2+2" in titles and all(row[2].data_type == "s" for row in sheet.iter_rows(min_row=2))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "'=2+2" in [row["Contract"] for row in csv.DictReader(file)]
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(StorageError, match="no name for a pipeline"):
        export_pipeline(store, tmp_path / "out.docx")
