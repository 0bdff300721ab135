"""Notices and variations of a contract: each keeps what it was, and says whether it was in time."""

from __future__ import annotations

from datetime import date

from desktop.session import Session
from storage.records.contracts import Contract
from storage.records.running import Notice, Variation
from tests.desktop.pages.contract.conftest import Tabbed, section_of, spoken, type_part


def test_a_notice_keeps_the_legal_date_as_it_stood(session: Session, tab: Tabbed) -> None:
    session.change(Contract, 1, {"notice_clause": "GC 17.2"})
    notices = section_of(tab("running"), "Notices")
    notices.add()
    made = session.store.get(Notice, 1)
    assert (made.latest_valid, made.clause, made.served_on) == (date(2026, 12, 31), "GC 17.2", None)
    session.change(Contract, 1, {"current_end": date(2028, 3, 31)})
    assert session.store.get(Notice, 1).latest_valid == date(2026, 12, 31)


def test_a_notice_says_whether_it_was_in_time(session: Session, tab: Tabbed) -> None:
    notices = section_of(tab("running"), "Notices")
    notices.add()
    type_part(notices, "served_on", "20/11/2026")
    assert notices.inside is not None
    [said] = notices.inside._worked._said.values()
    assert said.value == "41 days in hand"
    type_part(notices, "served_on", "4/1/2027")
    [said] = notices.inside._worked._said.values()
    assert said.value == "4 days too late"
    notices.close_part()
    assert "Served on: 4 Jan 2027, after the last valid day; Answer: Not acknowledged" in spoken(notices)[0]


def test_variations_add_up_and_say_what_waits(session: Session, tab: Tabbed) -> None:
    with session.store.step("Vary"):
        session.store.save_many(
            [Variation(contract=1, number="V1", title="Two evenings", status="In force", value_change=40_000_00),
             Variation(contract=1, number="V2", title="National", status="Agreed"),
             Variation(contract=1, number="V3", title="Weekends", response_due=date(2026, 11, 1))]
        )  # fmt: skip
    variations = section_of(tab("running"), "Variations")
    assert variations.summary() == (
        "2 agreed or in force, changing the value by £40,000, 1 without a figure; 1 proposed"
    )
    assert spoken(variations)[0] == "What changes: V3 · Weekends; Status: Proposed, answer was due 1 Nov 2026"
    variations.add()
    assert session.store.get(Variation, 4).number == "V4"
