"""The tab that shows a contract on a page: the page that prints, with reasons if asked for, and always up to date."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.pages.contract_page import ContractPage
from desktop.session import Session
from storage.records.contracts import Contract
from tests.storage.desk.register import make_register


def test_the_page_is_shown_with_reasons_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    register = make_register(tmp_path / "register.desk")
    session = Session(register.store)
    page = ContractPage(session)
    qtbot.addWidget(page)
    page.show_contract(register.store.get(Contract, register.contract))
    assert page.preview.page_count == 0  # nothing is laid out before it is seen
    page.resize(800, 900)
    page.show()
    qtbot.waitUntil(lambda: page.preview.page_count == 1)
    page.reasons.click()
    qtbot.waitUntil(lambda: page.preview.page_count > 1)
    page.reasons.click()
    qtbot.waitUntil(lambda: page.preview.page_count == 1)
    assert page.ways.file_name == "CD-0064 Community dermatology clinics on a page.pdf"
    page.ways.save(str(tmp_path / "page.pdf"))
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    session.change(Contract, register.contract, {"title": "Renamed clinics"})
    page.show_contract(register.store.get(Contract, register.contract))
    qtbot.waitUntil(lambda: page.ways.paper is not None and "Renamed" in page.ways.paper.document_title)
    session.close()
