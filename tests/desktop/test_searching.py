"""The search leads to what a contract has: the part itself, open on its tab."""

from __future__ import annotations

from desktop.pages.contract.tabs import TABS
from desktop.pages.page import Place
from desktop.searching import PARTS, Searching
from desktop.session import Session
from storage.records.measures import Kpi
from storage.records.procurements import Procurement, PublishedNotice
from storage.records.running import Risk


def test_every_part_is_on_the_tab_it_leads_to() -> None:
    held = {tab.key: {part.cls.TABLE for part in tab.parts} for tab in TABS}
    nested = {child.cls.TABLE for tab in TABS for part in tab.parts for child in part.children}
    for table, tab in PARTS.items():
        assert table in held[tab] | nested, table


def test_a_part_is_found_by_its_words_and_opened_on_its_tab(session: Session) -> None:
    with session.store.step("Fill"):
        session.store.save(Kpi(contract=1, title="Wheelchair repairs"))
        session.store.save(Risk(contract=2, title="Wheelchair shortage"))
        made = session.store.save(Procurement(contract=3, title="Award"))
        session.store.save(PublishedNotice(procurement=made.id, title="Wheelchair tender", code="UK4"))
    searching = Searching(session.store, lambda: [])
    found = {entry.key: entry for entry in searching.find("wheelchair")}
    assert found["kpi/1"].kind == "Inside contracts" and found["kpi/1"].line.startswith("KPI")
    assert searching.place("kpi/1") == Place("contracts", 1, "kpis/kpi/1/")
    assert searching.place("risk/1") == Place("contracts", 2, "risks/risk/1/")
    assert searching.place("published_notice/1") == Place("contracts", 3, "procurement/published_notice/1/")
