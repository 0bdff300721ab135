"""Records of services come up for review, on the tab they are shown on."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from desktop.pages.simple_details import ServiceDetail
from storage.desk.beginning.new_file import new_file
from storage.desk.today.overview import overview
from storage.desk.today.specified import tab_of
from storage.records.service_records import KINDS, PROCEDURE, ServiceRecord
from storage.records.services import Service


def test_a_procedure_comes_up_when_its_review_is_near_or_late(tmp_path: Path) -> None:
    with closing(new_file(tmp_path / "file.desk", today=lambda: date(2026, 11, 29))) as store:
        with store.step("Add"):
            service = store.save(Service(title="Clinic"))
            for title, day in (
                ("Late", date(2026, 11, 1)),
                ("Near", date(2027, 2, 27)),
                ("Far", date(2027, 2, 28)),
            ):
                store.save(
                    ServiceRecord(
                        service=service.key, kind=PROCEDURE, title=title, review_date=day, who="A. P."
                    )
                )
        due = [(d.what, d.owner, d.table, d.record, d.field) for d in overview(store).due]
        assert due == [
            ("Review: Late", "A. P.", "service", service.key, "practice"),
            ("Review: Near", "A. P.", "service", service.key, "practice"),
        ]


def test_every_kind_has_a_list_on_its_tab() -> None:
    shown = {
        (tab.key, part.defaults(None, None, (), date.min)["kind"])  # type: ignore[arg-type]
        for tab in ServiceDetail.tabs
        for part in tab.parts
    }
    assert shown == {(tab_of(kind), kind) for kind in KINDS}
