"""Reminders: usual ones, a contract’s own in their place, each dismissed by itself, and brought back by undo."""

from datetime import date

import pytest

from storage.desk.put_right.register import Register
from storage.desk.today.due import Due
from storage.desk.today.reminders import dismiss, reminders
from storage.engine.fields import Period
from storage.engine.history import History
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.planning import DefaultReminder, Reminder
from tests.storage.desk.put_right.finding_out import save, sound

NOTICE = "Last day to give notice"


def due(store: Store) -> list[Due]:
    return list(reminders(Register(store)))


@pytest.fixture
def reminded(store: Store) -> Store:
    sound(store, current_end=date(2027, 10, 31), renewal="By agreement")  # notice by 30 April 2027
    return store


def test_a_file_starts_with_six_and_three_months_before_notice_and_the_last_safe_day(store: Store) -> None:
    usual = [(r.about, str(r.lead)) for r in store.all(DefaultReminder)]
    assert usual == [(NOTICE, "6 months"), (NOTICE, "3 months"), ("Last safe day to act", "6 months"),
                     ("Last safe day to act", "3 months")]  # fmt: skip


def test_the_usual_reminder_comes_six_months_before(reminded: Store) -> None:
    [each] = [d for d in due(reminded) if d.field == "notice_by"]
    assert each.what == "Last day to give notice, less than 6 months away"
    assert each.day == date(2027, 4, 30) and each.reminder


def test_a_later_reminder_comes_again_after_one_is_dismissed(reminded: Store) -> None:
    [each] = [d for d in due(reminded) if d.field == "notice_by"]
    dismiss(reminded, each.reminder)
    assert not [d for d in due(reminded) if d.field == "notice_by"]
    save(reminded, DefaultReminder(about=NOTICE, lead=Period(22, "w")))  # begins on 27 November
    [later] = [d for d in due(reminded) if d.field == "notice_by"]
    assert "22 weeks" in later.what


def test_undo_brings_a_dismissed_reminder_back(reminded: Store) -> None:
    [each] = [d for d in due(reminded) if d.field == "notice_by"]
    dismiss(reminded, each.reminder)
    assert reminded.all(Reminder)[0].dismissed_for == date(2027, 4, 30)
    for _ in History(reminded).undo():
        pass
    assert [d.reminder for d in due(reminded) if d.field == "notice_by"] == [each.reminder]


def test_a_date_that_moves_reminds_again(reminded: Store) -> None:
    [each] = [d for d in due(reminded) if d.field == "notice_by"]
    dismiss(reminded, each.reminder)
    reminded.change(Contract, 1, {"current_end": date(2027, 9, 30)})
    assert [d for d in due(reminded) if d.field == "notice_by"]


def test_a_contract_switches_a_usual_one_off_for_itself(reminded: Store) -> None:
    save(reminded, Reminder(contract=1, about=NOTICE, lead=Period(6, "m"), off=True))
    assert not [d for d in due(reminded) if d.field == "notice_by"]


def test_a_contracts_own_reminder_is_shown_however_near_its_day_is(store: Store) -> None:
    sound(store, insurance_expiry=date(2026, 12, 20))
    save(
        store,
        Reminder(contract=1, about="Insurance expires", lead=Period(2, "m"), title="Ask for the certificate"),
    )
    [each] = [d for d in due(store) if d.field == "insurance_expiry"]
    assert each.what == "Ask for the certificate"


def test_contracts_that_are_over_remind_of_nothing(reminded: Store) -> None:
    reminded.change(Contract, 1, {"stage": "Terminated"})
    assert not due(reminded)
