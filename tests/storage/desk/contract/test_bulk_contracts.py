"""Many contracts extended, closed, given to somebody; many actions moved and finished."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.contract.bulk_contracts import (
    NO_END,
    OPTION_OPEN,
    PASSED,
    close,
    extend,
    finish,
    give_to,
    move_due,
)
from storage.desk.lists.bulk import Change, Outcome, changing, outcome
from storage.engine.fields import Record
from storage.engine.values import Period
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.terms import Extension
from tests.storage.desk.register import TODAY, Register

END = date(2027, 3, 31)
SIX = Period(6, "m")


def seen(change: Change, record: Record) -> Outcome:
    return outcome(change, record, type(record).FIELDS)


def contract(**values: object) -> Contract:
    return Contract(**{"title": "A", "stage": "Signed", "current_end": END, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("end", "start", "by", "later"),
    [
        (END, date(2024, 4, 1), SIX, date(2027, 9, 30)),
        (date(2026, 9, 30), date(2024, 10, 1), SIX, END),  # a month's end stays one
        (date(2027, 2, 28), date(2024, 2, 29), Period(1, "y"), date(2028, 2, 28)),  # the day before the anniversary
        (date(2027, 1, 15), None, Period(2, "w"), date(2027, 1, 29)),
    ],
)  # fmt: skip
def test_extending_by_a_period_counts_as_terms_do(
    register: Register, end: date, start: date | None, by: Period, later: date
) -> None:
    change = extend(register.store, None, by)
    values, warning = change.make(contract(current_end=end, start=start))
    assert (values["current_end"], values["extended"], warning) == (later, True, "")


def test_what_is_over_has_no_end_or_ends_later_stays(register: Register) -> None:
    change = extend(register.store, date(2027, 9, 30), None)
    notes = [
        seen(change, contract(**values)).note
        for values in (
            {"stage": "Terminated"},
            {"stage": "Cancelled"},
            {"current_end": None},
            {"current_end": date(2027, 9, 30)},
            {"current_end": date(2028, 9, 30)},
        )
    ]
    assert notes == [
        "It is terminated.",
        "It is cancelled.",
        NO_END,
        "It ends on 30 Sep 2027 already.",
        "It ends later already, on 30 Sep 2028.",
    ]
    assert seen(change, contract()).will == "30 Sep 2027"


def test_the_latest_end_moves_along_and_is_warned_of(register: Register) -> None:
    change = extend(register.store, None, SIX)
    values, warning = change.make(contract(max_end=date(2027, 6, 30)))
    assert values["max_end"] == date(2027, 9, 30)
    assert warning == "Passes the maximum end, 30 Jun 2027."
    values, warning = change.make(contract(max_end=date(2029, 3, 31)))
    assert ("max_end" in values, warning) == (False, "")


def test_an_end_that_has_passed_all_the_same_is_warned_of(register: Register) -> None:
    change = extend(register.store, None, SIX)
    assert seen(change, contract(current_end=date(2025, 3, 31))).note == PASSED


def test_an_open_option_is_warned_of(register: Register) -> None:
    store = register.store
    with store.step("An option"):
        store.save(Extension(contract=register.contract, length=Period(12, "m"), position=1))
    assert seen(extend(store, None, SIX), store.get(Contract, register.contract)).note == OPTION_OPEN


def test_an_end_that_follows_from_the_term_is_extended_too(register: Register) -> None:
    store = register.store
    with store.step("By its term"):
        made = store.save(Contract(title="T", stage="Signed", start=date(2024, 4, 1), term="3 years"))
    for _ in changing(store, Contract, [made.key], extend(store, None, SIX)):
        pass
    assert store.get(Contract, made.key).current_end == date(2027, 9, 30)


def test_notice_terms_stay_and_the_notice_day_follows(register: Register) -> None:
    store = register.store
    before = store.get(Contract, register.contract)
    for _ in changing(store, Contract, [before.key], extend(store, date(2028, 3, 31), None)):
        pass
    after = store.get(Contract, before.key)
    assert (after.notice_commissioner, after.notice_clause) == (before.notice_commissioner, "17.2")
    assert after.notice_by == date(2027, 9, 30)
    assert register.labels()[-1] == "Extend Community dermatology clinics"


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 60),
    st.integers(1, 2000),
    st.sampled_from("dwmy"),
)
def test_an_extension_always_leads_to_a_later_day(start: date, count: int, runs: int, unit: str) -> None:
    ends = Period(runs, "d").after(start)
    made = Change("", (), extend_without_options(Period(count, unit)).make)
    values, _ = made.make(contract(start=start, current_end=ends))
    later = values["current_end"]
    assert isinstance(later, date) and later > ends


def extend_without_options(by: Period) -> Change:
    class Nothing:
        def all(self, *_asked: object) -> list[Extension]:
            return []

        def today(self) -> date:
            return date.min

    return extend(Nothing(), None, by)  # type: ignore[arg-type]


def test_closing_sets_the_status_and_notes_day_and_reason() -> None:
    change = close(TODAY, "  Service \n moved in-house. ")
    values, warning = change.make(contract(notes="Let in 2024."))
    assert values == {
        "stage": "Terminated",
        "notes": "Let in 2024.\nTerminated on 23 November 2026. Service moved in-house.",
    }
    assert warning == ""
    assert seen(change, contract(stage="Cancelled")).note == "It is cancelled."
    assert seen(change, contract(start=date(2027, 4, 1))).note == "Before its start."


def test_a_blank_name_leaves_who_is_there() -> None:
    both, one = give_to("Ann Lee", "Bo"), give_to("", " Bo ")
    assert both.does == "Change lead commissioner and contract manager of"
    assert one.make(contract())[0] == {"contract_manager": "Bo"}
    assert (
        seen(both, contract(lead_commissioner="Cy")).now == "Lead commissioner: Cy; Contract manager: blank"
    )
    assert not seen(one, contract(contract_manager="Bo")).changes


def test_actions_are_moved_and_finished_while_they_are_open(register: Register) -> None:
    action = Action(title="Ring", due=date(2026, 12, 1))
    assert seen(move_due(Period(2, "w")), action).will == "15 Dec 2026"
    assert (
        seen(move_due(Period(2, "w")), replace(action, due=None)).note == "It has no day by which it is due."
    )
    assert seen(finish(TODAY), replace(action, status="Dropped")).note == "It is dropped."
    store = register.store
    with store.step("Add"):
        made = store.save_many([action, Action(title="Write")])
    for _ in changing(store, Action, [a.key for a in made], finish(TODAY)):
        pass
    assert [(a.status, a.done_on) for a in store.all(Action)] == [("Done", TODAY)] * 2
    assert register.labels()[-1] == "Mark 2 actions done"
