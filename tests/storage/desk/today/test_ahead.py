"""What lies ahead: eight quarters under their years, decisions counted once, money certain or open."""

from datetime import date

from storage.desk.put_right.register import Register
from storage.desk.today.ahead import quarters_ahead
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.terms import Extension
from tests.storage.desk.put_right.finding_out import save, sound


def test_quarters_run_on_from_today(store: Store) -> None:
    quarters = quarters_ahead(Register(store))
    assert [(q.label, q.year) for q in quarters[:3]] == [
        ("Q3", "2026/27"),
        ("Q4", "2026/27"),
        ("Q1", "2027/28"),
    ]
    assert len(quarters) == 8


def test_ends_are_certain_or_depend_on_an_option(store: Store) -> None:
    sound(store, current_end=date(2027, 3, 31), annual_value=100_00)
    open_one = sound(store, current_end=date(2027, 3, 31), annual_value=50_00)
    sound(store, start=None, current_end=date(2027, 3, 31), current_value=None)
    save(store, Extension(contract=open_one.id, length=Period(1, "y")))
    quarter = quarters_ahead(Register(store))[1]
    assert (quarter.ending, quarter.ending_pence, quarter.open_pence, quarter.unknown) == (
        3,
        100_00,
        50_00,
        1,
    )


def test_a_decision_counts_once_in_its_quarter(store: Store) -> None:
    sound(store, current_end=date(2027, 12, 31), notice_commissioner=Period(3, "m"))
    assert sum(q.decisions for q in quarters_ahead(Register(store))) == 1
