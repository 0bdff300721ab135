"""The bands a file keeps score the risks of its contracts, on screen, on paper and in lists."""

from __future__ import annotations

from storage.desk.beginning.reference_lists import add_lists
from storage.desk.checklists.risk_board import board_of_contract
from storage.desk.risk_scales import risk_scales
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.exchange.paper.print_contract_lists import risk_papers
from storage.records.running import Risk
from storage.records.templates import ListItem
from storage.rules.risks import scales
from tests.storage.desk.register import Register


def test_a_file_without_bands_of_its_own_has_those_of_the_program(register: Register) -> None:
    assert risk_scales(register.store) == scales()


def test_bands_that_were_moved_hold_for_the_risks_of_contracts(register: Register) -> None:
    store = register.store
    with store.step("Lists"):
        add_lists(store)
    moderate = store.all(ListItem, Query(where=(Where("list_name", "is", ("risk_bands",)),)))[1]
    store.change(ListItem, moderate.key, {"number": 9})
    with store.step("Risk"):
        store.save(Risk(contract=register.contract, title="Lease", likelihood=2, consequence=4))
    assert risk_scales(store).band(8).name == "Moderate"
    assert board_of_contract(store, register.contract).words == "1 moderate"
    assert risk_papers(store, register.contract)[0].detail == "Moderate 8"
    store.change(ListItem, moderate.key, {"number": 99})  # a score is left out now
    assert risk_scales(store) == scales()
