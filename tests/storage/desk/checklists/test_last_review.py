"""The last review: the last signature of a checklist, the last meeting of a contract, and how risks stood then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.desk.checklists.carrying import next_year
from storage.desk.checklists.last_review import LastReviews, last_review, risk_moves
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer, reopen, sign
from storage.engine.store import Store
from storage.records.assessments import Run
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from tests.storage.checklists.risk_template import RISKS, risk, score
from tests.storage.desk.history_days import clock
from tests.storage.desk.register import Register
from tests.storage.desk.run_samples import start_everything


@pytest.fixture
def run(register: Register) -> Run:
    """A run with its risks, not signed."""
    made = start_everything(register.store, register.contract, RISKS)
    answer(register.store, made.key, "T91-01", "after", score(2, 3))
    answer(register.store, made.key, "T91-02", "rows", [risk(1, "Lease ends", 4, 4)])
    return made


def signed(store: Store, run: Run) -> Run:
    return sign(store, run.key, name="Dr A Mehta", role="Director", decision="go")


def said(store: Store, run: Run) -> list[str]:
    """How the risks of a run have moved since its last review, after what that review is called."""
    run = store.get(Run, run.key)
    found, state = last_review(store, run), run_state(store, run.key)
    if found is None:
        return []
    return [found.since, *(m.short for m in found.moved(state.template, state.answers).values())]


def test_a_first_run_has_nothing_to_be_compared_with(register: Register, run: Run) -> None:
    assert said(register.store, run) == []
    assert said(register.store, signed(register.store, run)) == []


def test_last_years_signed_run_is_the_last_review_of_this_years(register: Register, run: Run) -> None:
    store = register.store
    new = next_year(store, signed(store, run).key)
    assert said(store, new) == ["CL-90, signed on 23 November 2026", "unchanged", "unchanged"]
    answer(store, new.key, "T91-01", "after", score(3, 3))
    answer(store, new.key, "T91-02", "rows", [risk(1, "Lease ends", 1, 4), risk(2, "Fire", 1, 5)])
    assert said(store, new) == ["CL-90, signed on 23 November 2026", "up from 6", "down from 16", "new"]


def test_a_reopened_run_is_compared_with_its_own_signature(register: Register, run: Run) -> None:
    store = register.store
    signed(store, run)
    reopen(store, run.key, reason="A new report")
    answer(store, run.key, "T91-01", "after", score(5, 5))
    assert said(store, run) == ["its signature of 23 November 2026", "up from 6", "unchanged"]
    again = signed(store, run)
    assert said(store, again) == ["its signature of 23 November 2026", "up from 6", "unchanged"]


def test_what_was_signed_stays_though_the_earlier_run_is_opened_again(register: Register, run: Run) -> None:
    store = register.store
    new = next_year(store, signed(store, run).key)
    answer(store, new.key, "T91-01", "after", score(3, 3))
    answer(store, new.key, "T91-02", "rows", [risk(1, "Lease ends", 4, 4)])
    signed(store, new)
    before = said(store, new)
    reopen(store, run.key, reason="Wrong")
    answer(store, run.key, "T91-01", "after", score(1, 1))
    signed(store, run)
    assert said(store, new) == before == ["CL-90, signed on 23 November 2026", "up from 6", "unchanged"]


def test_an_unsigned_run_between_is_passed_over_and_used_where_none_was_signed(
    register: Register, run: Run
) -> None:
    store = register.store
    unsigned = next_year(store, run.key)
    assert said(store, unsigned)[0] == "CL-90, not signed"
    signed(store, run)
    assert said(store, next_year(store, unsigned.key))[0] == "CL-90, signed on 23 November 2026"


def test_a_review_is_looked_up_once_while_the_run_stays_what_it_is(register: Register, run: Run) -> None:
    store = register.store
    new = next_year(store, signed(store, run).key)
    reviews = LastReviews()
    assert reviews.of(store, new) is reviews.of(store, new)
    assert reviews.of(store, replace(new, carried_from=None)) is None


# ---- risks of contracts


def test_risks_of_a_contract_are_compared_with_how_the_last_meeting_found_them(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, contract = register.store, register.contract
    clock(monkeypatch, date(2026, 9, 1))
    with store.step("Before"):
        for title in ("Lease", "Staff"):
            store.save(Risk(contract=contract, title=title, likelihood=4, consequence=4, likelihood_after=2,
                            consequence_after=3))  # fmt: skip
        store.save(ReviewMeeting(contract=contract, title="Autumn review", on=date(2026, 10, 12)))
        store.save(ReviewMeeting(contract=contract, title="Today's", on=date(2026, 11, 23)))
    clock(monkeypatch, date(2026, 10, 12))
    with store.step("In the meeting"):
        store.save(replace(store.get(Risk, 1), likelihood_after=4))
        store.save(Risk(contract=contract, title="Fire", likelihood=1, consequence=5))
    moved = risk_moves(store, store.all(Risk))
    assert {each.since for each in moved.values()} == {"Autumn review, 12 October 2026"}
    words = [
        (m.now and m.now.short, m.after and m.after.short, m.counts and m.counts.short)
        for m in moved.values()
    ]
    assert words == [("unchanged", "up from 6", "up from 6"), ("unchanged", "unchanged", "unchanged"),
                     ("new", None, "new")]  # fmt: skip


def test_a_first_score_after_mitigation_counts_against_the_one_before_it(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = register.store
    clock(monkeypatch, date(2026, 9, 1))
    with store.step("Before"):
        store.save(Risk(contract=register.contract, title="Lease", likelihood=4, consequence=4))
        store.save(ReviewMeeting(contract=register.contract, on=date(2026, 10, 12)))
    clock(monkeypatch, date(2026, 11, 1))
    store.change(Risk, 1, {"likelihood_after": 2, "consequence_after": 4})
    (moved,) = risk_moves(store, store.all(Risk)).values()
    assert moved.after and moved.counts and (moved.after.short, moved.counts.short) == ("new", "down from 16")


def test_without_a_meeting_or_a_file_that_old_nothing_is_compared(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = register.store
    with store.step("Risks"):
        store.save(Risk(contract=register.contract, title="Lease", likelihood=4, consequence=4))
        store.save(Risk(title="Of no contract"))
    assert {m.since for m in risk_moves(store, store.all(Risk)).values()} == {""}
    with store.step("A meeting before the file was begun"):
        store.save(ReviewMeeting(contract=register.contract, on=date(2020, 1, 1)))
    assert {m.counts for m in risk_moves(store, store.all(Risk)).values()} == {None}
    assert risk_moves(store, []) == {}
