"""The money of a contract as a user keeps it: years, partners and price steps, with what they come to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pytestqt.qtbot import QtBot

from desktop.dialogs.fill_years import FillYearsDialog
from desktop.pages.contract_detail import ContractDetail
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from tests.desktop.pages.contract.conftest import (
    Tabbed,
    last_step,
    press,
    section_of,
    spoken,
    type_part,
)


def test_planned_years_are_filled_from_the_value_after_a_look(
    qtbot: QtBot, session: Session, tab: Tabbed
) -> None:
    years = section_of(tab("money"), "Financial years")
    press(years, "Fill planned years…")
    dialog = years.findChild(FillYearsDialog)
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert dialog.why.text().startswith("£120,000.00 over 3 financial years")
    dialog.accept()
    assert last_step(session) == "Fill the planned years of Stroke support from its value"
    assert [row.split("; Planned")[0] for row in spoken(years)] == [
        "Year: 2024/25", "Year: 2025/26", "Year: 2026/27",
    ]  # fmt: skip
    assert sum(y.planned or 0 for y in session.store.all(ValueYear)) == 120_000_00
    assert years.summary() == "Together: planned £120,000"


def test_a_year_is_typed_as_people_write_it(session: Session, tab: Tabbed) -> None:
    years = section_of(tab("money"), "Financial years")
    years.add()
    assert session.store.get(ValueYear, 1).year == 2024
    type_part(years, "year", "26/27")
    type_part(years, "planned", "40,000")
    type_part(years, "forecast", "45,000")
    assert session.store.get(ValueYear, 1).year == 2026
    assert years.inside is not None
    [said] = years.inside._worked._said.values()
    assert said.value == "£5,000 over"
    years.close_part()
    assert spoken(years) == ["Year: 2026/27; Planned: £40,000; Forecast: £45,000"]


def test_partners_pay_in_by_year_and_a_gap_is_told(session: Session, tab: Tabbed) -> None:
    with session.store.step("Pay in"):
        council = session.store.save(Organisation(title="Northmoor Council"))
        session.store.save_many(
            [Contribution(contract=1, organisation=1, year=2026, amount=300_00),
             Contribution(contract=1, organisation=council.id, year=2026, amount=100_00, until=date(2027, 3, 31)),
             Contribution(contract=1, organisation=council.id, year=2027, certainty="To be confirmed")]
        )  # fmt: skip
    paying = section_of(tab("money"), "Partners’ contributions")
    assert spoken(paying) == [
        "Partner: Northmoor Care; Year: 2026/27; Amount: £300; Share: 75%",
        "Partner: Northmoor Council; Year: 2026/27; Amount: £100; Share: 25%",
        "Partner: Northmoor Council; Year: 2027/28; Amount: TBC",
    ]
    assert paying.summary() == (
        "2026/27: £400; £100 ends with it\n2027/28: no figure yet (1 to be confirmed)"
    )


def test_price_steps_show_the_price_they_come_to(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    session.change(Contract, 1, {"annual_value": 40_000_00})
    steps = section_of(tab("money"), "Price steps")
    for day, rate in (("1/4/2025", "3"), ("1/4/2026", "2")):
        steps.add()
        type_part(steps, "on", day)
        type_part(steps, "rate", rate)
    steps.close_part()
    assert spoken(steps) == [
        "From: 1 Apr 2025; Method: Fixed rate; Rate: 3%; A year then: £41,200",
        "From: 1 Apr 2026; Method: Fixed rate; Rate: 2%; A year then: £42,024",
    ]
    extra = next(e for e in detail._extras["money"] if isinstance(e, WorkedExtra))
    assert {v.key: v.value for v in extra.list._said.values()}["price"] == "£42,024"


def test_vat_we_cannot_recover_is_added_with_its_reason(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    session.change(Contract, 1, {"value_basis": "Excluding VAT", "irrecoverable_vat": 1_000_00})
    tab("money")
    extra = next(e for e in detail._extras["money"] if isinstance(e, WorkedExtra))
    assert {v.key: v.value for v in extra.list._said.values()}["vat"] == "£121,000"
    extra.list.link_of("vat").click()
    assert "irrecoverable VAT" in extra.list.why("vat")


def test_agreed_risk_shares_that_do_not_come_to_the_whole_are_told(session: Session, tab: Tabbed) -> None:
    with session.store.step("Pay in"):
        session.store.save_many(
            [Contribution(contract=1, organisation=1, year=2026, amount=300_00, risk_share=Decimal(60)),
             Contribution(contract=1, organisation=2, year=2026, amount=100_00, risk_share=Decimal(30))]
        )  # fmt: skip
    paying = section_of(tab("money"), "Partners’ contributions")
    paying.open_part(1)
    assert paying.inside is not None
    said = paying.inside._worked._said
    assert (said["pool"].value, said["risk"].value) == ("£400", "90%")
    assert "do not come to 100%" in said["risk"].why
    session.change(Contribution, 2, {"risk_share": Decimal(40)})
    assert "do not" not in paying.inside._worked._said["risk"].why
