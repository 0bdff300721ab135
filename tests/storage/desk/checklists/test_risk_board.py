"""All risks on one matrix: of a checklist by question, of a contract and of the file from the gravest down."""

from __future__ import annotations

from datetime import date

import pytest

from storage.desk.bin import move_to_bin
from storage.desk.checklists.risk_board import EACH_CONTRACT, board_of_contract, board_of_file, board_of_run
from storage.engine.errors import StorageError
from storage.records.contracts import Contract
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from tests.storage.desk.history_days import clock
from tests.storage.desk.register import Register
from tests.storage.desk.risk_runs import moved_run


def test_the_scores_of_a_checklist_by_question_with_how_they_moved(register: Register) -> None:
    board = board_of_run(register.store, moved_run(register.store, register.contract).key)
    assert [(r.number, r.place.points, r.movement and r.movement.short, r.question) for r in board.risks] == [
        ("01b", 12, "up from 6", "T91-01"), ("02.1", 4, "down from 16", "T91-02"), ("02.2", 5, "new", "T91-02"),
    ]  # fmt: skip
    assert board.subject == "Everything – Community dermatology clinics (CD-0064)"
    assert (board.since, board.words) == ("CL-90, signed on 23 November 2026", "1 high, 2 moderate")
    assert [risk.number for risk in board.at(3, 4)] == ["01b"] and board.at(5, 5) == ()


@pytest.fixture
def scored(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """Risks of two contracts: open, closed, not scored, and one that has moved since a meeting."""
    store, contract = register.store, register.contract
    clock(monkeypatch, date(2026, 9, 1))
    with store.step("Before"):
        other = store.save(Contract(title="Podiatry", reference="CD-7")).key
        store.save(Risk(contract=contract, title="Lease", likelihood=2, consequence=2, owner="Ann Lee"))
        store.save(Risk(contract=contract, title="Closed", likelihood=5, consequence=5, status="Closed"))
        store.save(Risk(contract=contract, title="No score yet"))
        store.save(Risk(contract=other, title="Staff", likelihood=5, consequence=5, likelihood_after=1,
                        consequence_after=3))  # fmt: skip
        store.save(ReviewMeeting(contract=contract, title="Autumn", on=date(2026, 10, 12)))
    clock(monkeypatch, date(2026, 11, 1))
    store.change(Risk, 1, {"likelihood": 4})
    return register


def test_open_risks_of_a_contract_count_after_what_is_done_about_them(scored: Register) -> None:
    board = board_of_contract(scored.store, scored.contract)
    assert [(r.number, r.words, r.owner, r.about) for r in board.risks] == [("1", "Lease", "Ann Lee", "")]
    assert (board.words, board.since) == ("1 high; 1 not scored", "Autumn, 12 October 2026")
    with pytest.raises(StorageError, match="is not in this file"):
        board_of_contract(scored.store, 99)


def test_every_open_risk_of_the_file_says_of_which_contract_it_is(scored: Register) -> None:
    board = board_of_file(scored.store)
    assert [(r.number, r.words, r.about, r.movement and r.movement.short) for r in board.risks] == [
        ("1", "Lease", "Community dermatology clinics (CD-0064)", "up from 4"),
        ("2", "Staff", "Podiatry (CD-7)", None),
    ]
    assert (board.since, board.words) == (EACH_CONTRACT, "1 high, 1 low; 1 not scored")
    with scored.store.step("Bin"):
        move_to_bin(scored.store, Contract, [scored.contract])
    assert [risk.words for risk in board_of_file(scored.store).risks] == ["Staff"]


def test_a_file_without_risks_says_so(register: Register) -> None:
    assert board_of_file(register.store).words == "No risk is scored."
