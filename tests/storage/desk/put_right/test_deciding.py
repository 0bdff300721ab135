"""Options and last safe days: what is late, what is near, and what keeps a last safe day from being known."""

from datetime import date

import pytest

from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.reference import BankHoliday, Desk
from storage.records.terms import Extension
from tests.storage.desk.put_right.finding_out import found, save, sound


@pytest.mark.parametrize(
    ("by", "kind", "said"),
    [
        (date(2026, 11, 1), "option_late", "The option was to be decided by 1 Nov 2026, 28 days ago,"),
        (date(2027, 1, 10), "option_soon", "The option is to be decided by 10 Jan 2027, in 42 days."),
    ],
)
def test_an_option_is_asked_for_by_its_own_day(store: Store, by: date, kind: str, said: str) -> None:
    contract = sound(store)
    save(store, Extension(contract=contract.id, length=Period(1, "y"), decide_by=by))
    finding = found(store)[kind]
    assert finding.words.startswith(said)
    assert (finding.table, finding.field) == ("extension", "status")


def test_an_option_taken_up_is_asked_for_no_more(store: Store) -> None:
    contract = sound(store)
    taken = Extension(
        contract=contract.id, length=Period(1, "y"), decide_by=date(2026, 11, 1), status="Taken up"
    )
    save(store, taken)
    assert not {k for k in found(store) if k.startswith("option")}


def test_without_a_day_of_its_own_an_option_counts_by_notice_and_lead_time(store: Store) -> None:
    contract = sound(store, current_end=date(2027, 6, 30))
    save(store, Extension(contract=contract.id, length=Period(1, "y")))
    assert "option_start_late" in found(store) or "option_start_soon" in found(store)
    assert "act_late" not in found(store)


def test_an_option_without_a_length_is_said(store: Store) -> None:
    contract = sound(store)
    save(store, Extension(contract=contract.id))
    assert found(store)["option_length"].field == "length"


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (date(2027, 2, 20), "act_late"),
        (date(2027, 2, 28), "act_red"),
        (date(2027, 4, 30), "act_amber"),
        (date(2028, 4, 30), ""),
    ],
)
def test_a_last_safe_day_is_said_as_it_comes_near(store: Store, end: date, kind: str) -> None:
    sound(store, current_end=end, renewal="Ends")
    assert [k for k in found(store) if k.startswith("act")] == ([kind] if kind else [])
    if kind:
        assert found(store)[kind].field == "route"


def test_without_a_route_there_is_no_last_safe_day(store: Store) -> None:
    sound(store)
    [desk] = store.all(Desk)
    store.change(Desk, desk.key, {"default_route": None})
    assert found(store)["no_route"].field == "route"


def test_a_year_without_bank_holidays_is_said_once_for_all(store: Store) -> None:
    first = sound(store, current_end=date(2027, 11, 30), renewal="Ends")
    sound(store, current_end=date(2027, 12, 31), renewal="Ends")
    sound(store)  # its days lie in years that are not announced yet
    assert "holidays" not in found(store)
    with store.step("Empty a year"):
        store.bin(BankHoliday, [h.key for h in store.all(BankHoliday) if h.on and h.on.year == 2027])
    finding = found(store)["holidays"]
    assert finding.contract == first.id
    assert finding.words == (
        "The bank holidays of 2027 are not listed; 2 contracts reach into it, this one first."
    )
