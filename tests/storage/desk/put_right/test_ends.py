"""Ends and notice: nothing is said of a sound contract, and each thing wrong with an end is said where it is mended."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.put_right.finding import Finding, Severity
from storage.desk.put_right.listing import put_right
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.running import Notice
from storage.records.terms import BreakPoint
from tests.storage.desk.put_right.finding_out import TODAY, found, save, sound, words


def test_nothing_is_said_of_a_sound_contract(store: Store) -> None:
    sound(store)
    assert found(store) == {}


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        ({"current_end": None}, "no_end", "current_end"),
        ({"start": None}, "no_start", "start"),
        ({"notice_commissioner": None}, "no_notice_period", "notice_commissioner"),
        ({"renewal": "Rolls over"}, "rolls_unknown", "rolls"),
        ({"renewal": "Open-ended"}, "open_with_end", "renewal"),
        ({"term": "until further notice, perhaps"}, "term_unread", "term"),
        ({"term": "3y"}, "end_differs", "current_end"),
        ({"initial_end": date(2027, 3, 31), "term": "4y"}, "first_end_differs", "initial_end"),
        ({"current_end": date(2026, 5, 31)}, "ended_open", "stage"),
        ({"current_end": date(2026, 5, 31), "renewal": "By agreement"}, "agreement_expired", "current_end"),
        ({"current_end": date(2026, 5, 31), "runs_on": True}, "runs_past", "current_end"),
    ],
)
def test_each_is_found_with_the_field_that_mends_it(
    store: Store, given: dict[str, object], kind: str, field: str
) -> None:
    contract = sound(store, **given)
    finding = found(store)[kind]
    assert (finding.table, finding.record, finding.field) == ("contract", contract.id, field)
    assert (finding.subject, finding.owner) == ("Night shelter", "Joy Okafor")
    assert finding.words.endswith(".") and "{" not in finding.words


def test_an_open_ended_contract_needs_no_end(store: Store) -> None:
    sound(store, current_end=None, renewal="Open-ended")
    assert "no_end" not in found(store)


def test_a_notice_day_that_passed_is_said_until_notice_is_recorded(store: Store) -> None:
    contract = sound(store, current_end=date(2027, 3, 31))
    said = found(store)["notice_passed"]
    assert said.kind.severity is Severity.MUST
    assert said.words == (
        "The last day to give notice, 30 Sep 2026, passed without notice, and what follows 31 Mar 2027 is still to "
        "be decided."
    )
    save(store, Notice(contract=contract.id, kind="Non-renewal"))
    assert "notice_passed" not in found(store)


def test_a_contract_that_simply_ends_asks_for_no_notice(store: Store) -> None:
    sound(store, current_end=date(2027, 3, 31), renewal="Ends")
    assert "notice_passed" not in found(store)


def test_notice_within_ninety_days_is_asked_for_by_the_day_to_serve(store: Store) -> None:
    sound(store, current_end=date(2027, 7, 31))
    assert words(store, "notice_soon") == (
        "Notice, if it is to be given, is to be served by 31 Dec 2026; the last day is 31 Jan 2027."
    )


def test_a_missed_day_to_serve_is_graver_while_the_last_day_is_still_to_come(store: Store) -> None:
    sound(store, current_end=date(2027, 6, 15))
    assert words(store, "serve_late") == (
        "Notice, if it is to be given, was to be served by 17 Nov 2026; 15 Dec 2026 is the last day of all."
    )


def test_a_rolling_contract_says_what_it_rolls_into(store: Store) -> None:
    sound(store, current_end=date(2027, 7, 31), renewal="Rolls over", rolls=Period(12, "m"))
    assert words(store, "rolls_soon") == "It rolls over for 12 months unless notice is given by 31 Jan 2027."
    assert "notice_soon" not in found(store)


def test_a_break_of_ours_is_said_in_time(store: Store) -> None:
    contract = sound(store)
    save(
        store,
        BreakPoint(contract=contract.id, on=date(2027, 3, 31), notice=Period(3, "m"), side="Commissioner"),
        BreakPoint(contract=contract.id, on=date(2027, 3, 31), notice=Period(3, "m"), side="Provider"),
    )
    assert words(store, "break_soon") == (
        "Notice for the break on 31 Mar 2027 is to be given by 31 Dec 2026, if it is to be used."
    )


@given(end=st.dates(date(2026, 12, 1), date(2032, 1, 1)), months=st.integers(1, 24))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_notice_day_is_passed_or_near_but_never_both(store: Store, end: date, months: int) -> None:
    contract = sound(store, current_end=end, notice_commissioner=Period(months, "m"))
    said = {f.kind.key for f in _of(store, contract.key)}
    assert len(said & {"notice_passed", "notice_soon", "serve_late"}) <= 1
    assert ("notice_passed" in said) == (contract.notice_by is not None and contract.notice_by < TODAY)


def _of(store: Store, number: int) -> list[Finding]:
    return [f for f in put_right(store).findings if f.contract == number]
