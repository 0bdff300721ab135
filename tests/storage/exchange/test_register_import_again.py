"""A register that comes again: rows find their contracts, and what a person changed since stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.engine.history import History
from storage.engine.store import Store
from storage.exchange.importing.register_import import LEAVE, NEW, plan_import
from storage.records.contracts import Contract, ImportRow, Party
from storage.records.organisations import Organisation
from tests.storage.exchange.import_making import bring, changed, contracts, counts, made_store, sheet, write

REGISTER = sheet(
    {
        "Reference": ["R1", "R2", "R3"],
        "Title": ["Home care", "Transport", "Advice"],
        "Supplier": ["Acme", "Beta", "Gamma"],
        "Start": ["01/04/2020", "01/04/2021", "01/04/2022"],
        "End date": ["31/03/2025", "31/03/2026", "31/03/2027"],
        "Contract value": ["£100", "£200.50", "£300"],
    }
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = made_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def filled(store: Store) -> Store:
    bring(store, REGISTER)
    return store


def test_a_changed_source_updates_and_leaves_the_rest(filled: Store) -> None:
    table = changed(REGISTER, "Contract value", 1, "£250")
    assert counts(bring(filled, table)) == (0, 1, 2, 0)
    assert [c.current_value for c in contracts(filled)] == [10_000, 25_000, 30_000]
    assert counts(bring(filled, table)) == (0, 0, 3, 0)


def test_a_cell_the_user_changed_survives_an_unchanged_source(filled: Store) -> None:
    first = contracts(filled)[0]
    filled.change(Contract, first.key, {"title": "Home care, reviewed", "current_end": date(2026, 3, 31)})
    assert counts(bring(filled, REGISTER)) == (0, 0, 3, 0)
    table = changed(REGISTER, "Contract value", 0, "£111")
    assert counts(bring(filled, table)) == (0, 1, 2, 0)
    held = contracts(filled)[0]
    assert (held.title, held.current_end, held.current_value) == (
        "Home care, reviewed",
        date(2026, 3, 31),
        11_100,
    )


def test_changed_on_both_sides_keeps_the_users_and_says_so(filled: Store) -> None:
    first = contracts(filled)[0]
    filled.change(Contract, first.key, {"current_value": 99})
    table = changed(REGISTER, "Contract value", 0, "£111")
    steps = len(History(filled).latest())
    for _ in range(2):
        summary = bring(filled, table)
        assert counts(summary) == (0, 0, 3, 0)
        assert [(p.row, p.column, p.value) for p in summary.problems] == [(2, "Contract value", "£111")]
        assert "Yours was kept" in summary.problems[0].why
    assert len(History(filled).latest()) == steps
    both = changed(table, "End date", 0, "31/03/2028")
    for expected in ((0, 1, 2, 0), (0, 0, 3, 0)):
        summary = bring(filled, both)
        assert counts(summary) == expected
        assert len(summary.problems) == 1
    held = contracts(filled)[0]
    assert (held.current_value, held.current_end) == (99, date(2028, 3, 31))


def test_the_same_date_in_another_style_is_no_change(filled: Store) -> None:
    table = changed(changed(REGISTER, "Start", 0, "1 April 2020"), "Contract value", 1, "200.5")
    assert counts(bring(filled, table)) == (0, 0, 3, 0)
    moved = sheet(
        {h: [row[REGISTER.headings.index(h)] for row in table.rows] for h in reversed(REGISTER.headings)}
    )
    assert counts(bring(filled, moved)) == (0, 0, 3, 0)


def test_a_blank_cell_says_nothing(filled: Store) -> None:
    assert counts(bring(filled, changed(REGISTER, "Contract value", 1, ""))) == (0, 0, 3, 0)
    assert contracts(filled)[1].current_value == 20_050


def test_without_a_reference_title_provider_and_start_tell(filled: Store) -> None:
    table = changed(changed(REGISTER, "Reference", 0, "R1-new"), "Contract value", 0, "£5")
    assert counts(bring(filled, table)) == (0, 1, 2, 0)
    assert (contracts(filled)[0].reference, contracts(filled)[0].current_value) == ("R1-new", 500)


def test_another_reference_under_the_same_bare_title_is_another_contract(store: Store) -> None:
    bring(store, sheet({"Reference": ["R1"], "Title": ["Advice"], "Start": ["01/04/2022"]}))
    other = sheet({"Reference": ["R2"], "Title": ["Advice"], "Start": ["01/04/2022"]}, "other.csv")
    assert counts(bring(store, other)) == (1, 0, 0, 0)
    assert [c.reference for c in contracts(store)] == ["R1", "R2"]


def test_another_reference_is_taken_where_title_provider_and_start_agree(filled: Store) -> None:
    assert counts(bring(filled, changed(REGISTER, "Reference", 1, "R2/a"))) == (0, 1, 2, 0)
    assert contracts(filled)[1].reference == "R2/a"


def test_a_row_finds_its_contract_by_what_its_source_said(store: Store) -> None:
    table = sheet({"Title": ["Home care"], "Supplier": ["Acme"], "Contract value": ["1"]})
    bring(store, table)
    store.change(Contract, contracts(store)[0].key, {"title": "Care at home"})
    assert counts(bring(store, changed(table, "Contract value", 0, "2"))) == (0, 1, 0, 0)
    assert (contracts(store)[0].title, contracts(store)[0].current_value) == ("Care at home", 200)


def test_a_new_provider_is_linked_in_place_of_the_old(filled: Store) -> None:
    assert counts(bring(filled, changed(REGISTER, "Supplier", 0, "Delta"))) == (0, 1, 2, 0)
    assert contracts(filled)[0].provider_name == "Delta"
    assert len(filled.all(Party)) == 3
    assert counts(bring(filled, changed(REGISTER, "Supplier", 0, "Delta"))) == (0, 0, 3, 0)


def test_several_providers_are_kept(filled: Store) -> None:
    first = contracts(filled)[0]
    with filled.step("Add a provider"):
        other = filled.save(Organisation(title="Omega"))
        filled.save(Party(contract=first.key, organisation=other.key))
    summary = bring(filled, changed(REGISTER, "Supplier", 0, "Delta"))
    assert counts(summary) == (0, 0, 3, 0)
    assert contracts(filled)[0].provider_name == "Acme; Omega"
    assert [p.column for p in summary.problems] == ["Supplier"]


def test_what_fits_two_contracts_is_asked(store: Store) -> None:
    twins = sheet({"Title": ["Twin", "Twin"], "Contract value": ["1", "2"]})
    bring(store, twins)
    table = sheet({"Title": ["Twin"], "Contract value": ["3"]})
    plan = plan_import(store, table)
    assert [row.candidates for row in plan.asked] == [(1, 2)]
    assert set(plan.candidates) == {1, 2}
    summary = write(store, plan)
    assert counts(summary) == (0, 0, 0, 1)
    assert "Not imported" in summary.problems[0].why
    assert counts(bring(store, table, answers={2: LEAVE})) == (0, 0, 0, 1)
    assert counts(bring(store, table, answers={2: 2})) == (0, 1, 0, 0)
    assert [c.current_value for c in contracts(store)] == [100, 300]
    assert counts(bring(store, changed(table, "Contract value", 0, "4"), answers={2: NEW})) == (1, 0, 0, 0)


def test_two_rows_that_fit_one_contract_are_asked(store: Store) -> None:
    bring(store, sheet({"Title": ["Twin"], "Contract value": ["1"]}))
    table = sheet({"Title": ["Twin", "Twin"], "Contract value": ["2", "3"]})
    assert counts(bring(store, table)) == (0, 0, 0, 2)
    assert counts(bring(store, table, answers={2: 1, 3: NEW})) == (1, 1, 0, 0)
    assert [c.current_value for c in contracts(store)] == [200, 300]
    assert counts(bring(store, table)) == (0, 0, 2, 0)


def test_a_further_double_is_a_contract_of_its_own(store: Store) -> None:
    bring(store, sheet({"Title": ["Twin", "Twin"], "Reference": ["R", "R"]}))
    more = sheet({"Title": ["Twin", "Twin", "Twin"], "Reference": ["R", "R", "R"]})
    assert counts(bring(store, more)) == (1, 0, 2, 0)


def test_of_two_contracts_with_one_reference_the_title_tells(store: Store) -> None:
    table = sheet({"Title": ["One", "Two"], "Reference": ["R", "R"], "Contract value": ["1", "2"]})
    bring(store, table)
    assert counts(bring(store, changed(table, "Contract value", 1, "5"))) == (0, 1, 1, 0)
    assert [c.current_value for c in contracts(store)] == [100, 500]
    only = sheet({"Title": ["Two"], "Reference": ["R"], "Contract value": ["6"]})
    assert counts(bring(store, only)) == (0, 1, 0, 0)
    assert [c.current_value for c in contracts(store)] == [100, 600]


def test_of_a_repeated_reference_what_is_left_over_is_recognised_or_asked(store: Store) -> None:
    table = sheet({"Reference": ["X", "X", "X"], "Title": ["Advice", "Meals", "Transport"]})
    bring(store, table)
    assert counts(bring(store, changed(table, "Title", 1, "Meals at home"))) == (0, 1, 2, 0)
    assert [c.title for c in contracts(store)] == ["Advice", "Meals at home", "Transport"]
    both = changed(changed(table, "Title", 1, "Lunch"), "Title", 2, "Buses")
    assert counts(bring(store, both)) == (0, 0, 1, 2)
    more = sheet({"Reference": ["X"] * 4, "Title": ["Advice", "Meals at home", "Transport", "Shopping"]})
    assert counts(bring(store, more)) == (1, 0, 3, 0)
    double = sheet({"Reference": ["X"] * 3, "Title": ["Advice", "Advice", "Meals at home"]})
    assert counts(bring(store, double)) == (1, 0, 2, 0)


def test_what_is_in_the_bin_stays_there(filled: Store) -> None:
    with filled.step("Bin"):
        filled.bin(Contract, [1])
    summary = bring(filled, REGISTER)
    assert counts(summary) == (0, 0, 2, 1)
    assert "in the bin" in summary.problems[0].why
    assert len(contracts(filled)) == 2


def test_a_contract_typed_by_hand_takes_what_the_file_says(store: Store) -> None:
    with store.step("By hand"):
        store.save(Contract(reference="R2", title="Typed", stage="Draft", notes="Mine"))
    summary = bring(store, REGISTER)
    assert counts(summary) == (2, 1, 0, 0)
    held = contracts(store)[0]
    assert (held.title, held.stage, held.notes, held.provider_name) == ("Transport", "Draft", "Mine", "Beta")
    assert ["“Typed”" in p.why for p in summary.problems] == [True]


def test_what_cannot_be_read_is_kept_until_it_can(store: Store) -> None:
    table = sheet({"Reference": ["R1"], "Start": ["soon"], "Contract value": ["about £5"]})
    summary = bring(store, table)
    assert [(p.column, p.value) for p in summary.problems] == [
        ("Start", "soon"),
        ("Contract value", "about £5"),
    ]
    held = contracts(store)[0]
    assert (held.start, held.unread) == (None, "Start: soon\nContract value: about £5")
    assert counts(bring(store, table)) == (0, 0, 1, 0)
    read = changed(table, "Start", 0, "1 May 2024")
    assert counts(bring(store, read)) == (0, 1, 0, 0)
    held = contracts(store)[0]
    assert (held.start, held.unread) == (date(2024, 5, 1), "Contract value: about £5")
    again = changed(read, "Contract value", 0, "nearly £6")
    assert counts(bring(store, again)) == (0, 1, 0, 0)
    assert contracts(store)[0].unread == "Contract value: nearly £6"


def test_what_cannot_be_read_and_was_dealt_with_does_not_come_back(store: Store) -> None:
    table = sheet({"Reference": ["R1"], "Start": ["soon"], "Title": ["One"]})
    bring(store, table)
    store.change(Contract, 1, {"unread": "", "start": date(2024, 5, 1)})
    assert counts(bring(store, changed(table, "Title", 0, "Two"))) == (0, 1, 0, 0)
    held = contracts(store)[0]
    assert (held.title, held.start, held.unread) == ("Two", date(2024, 5, 1), "")


def test_a_column_mapped_later_is_filled_in(store: Store) -> None:
    table = sheet({"Reference": ["R1", "R2"], "Title": ["One", "Two"], "Colour": ["Red", "Blue"]})
    bring(store, table, left_out=["Colour"])
    summary = bring(store, table)
    assert counts(summary) == (0, 2, 0, 0)
    assert [c.own for c in contracts(store)] == [{"colour": "Red"}, {"colour": "Blue"}]
    assert len(store.all(ImportRow)) == 2


def test_rows_of_our_own_workbook_are_known_by_uuid(filled: Store) -> None:
    first, second, third = contracts(filled)
    table = sheet(
        {
            "Title": ["Home care", "", "Copied", "From elsewhere"],
            "Provider": ["Acme", "Beta", "Acme", "Acme"],
            "Current value": [100.0, 300.0, 1.0, 2.0],
            "Record UUID": [first.uuid, second.uuid, first.uuid, "0b0cb2d4-7f0f-4c1e-9f0e-3a8f7f1f0b11"],
        }
    )
    summary = bring(filled, table)
    assert counts(summary) == (1, 1, 1, 1)
    assert [p.row for p in summary.problems if "Record UUID" in p.why] == [4]
    held = contracts(filled)
    assert held[0] == first
    assert (held[1].title, held[1].current_value) == ("", 30_000)
    assert held[2] == third
    assert held[3].uuid == "0b0cb2d4-7f0f-4c1e-9f0e-3a8f7f1f0b11"
    assert counts(bring(filled, REGISTER)) == (0, 0, 3, 0)


def test_a_blank_provider_of_our_own_workbook_takes_the_link_away(filled: Store) -> None:
    first = contracts(filled)[0]
    table = sheet({"Title": ["Home care"], "Provider": [""], "Record UUID": [first.uuid.upper()]})
    assert counts(bring(filled, table)) == (0, 1, 0, 0)
    assert contracts(filled)[0] == replace(first, provider_name="")
    assert counts(bring(filled, table)) == (0, 0, 1, 0)
