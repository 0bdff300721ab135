"""Reminders: each counts from a date of its contract and moves with it."""

from __future__ import annotations

from datetime import date

from storage.desk.contract.reminding import WORDS, day_of, remind_on
from storage.engine.values import Period
from storage.records.contracts import Contract
from storage.records.planning import REMINDED_OF, Reminder


def test_every_date_it_can_count_from_is_one_of_the_contract() -> None:
    assert set(WORDS) <= set(Contract.FIELDS)
    assert {words: name for name, words in WORDS.items()} == dict(REMINDED_OF)


def test_it_reminds_so_long_before_the_date_and_moves_along() -> None:
    reminder = Reminder(about="Review date", lead=Period(3, "m"))
    assert remind_on(Contract(review_date=date(2027, 5, 31)), reminder) == date(2027, 2, 28)
    assert remind_on(Contract(review_date=date(2027, 6, 30)), reminder) == date(2027, 3, 30)


def test_without_a_time_it_reminds_on_the_day_and_without_a_day_never() -> None:
    assert remind_on(Contract(review_date=date(2027, 5, 31)), Reminder(about="Review date")) == date(
        2027, 5, 31
    )
    assert remind_on(Contract(), Reminder(about="Review date", lead=Period(1, "m"))) is None
    assert day_of(Contract(), Reminder(about="Something else")) is None
