"""The way to a process under the Provider Selection Regime: kept, written with its reasons, and walked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.procurement.process_choice import (
    answers_of,
    by_the_figures,
    choices,
    words_of,
    write_process,
)
from storage.engine.errors import Refused
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.procurements import Procurement
from storage.rules.procurement.regimes import process

TO_C = {"framework": False, "new_service": False, "sole_capable": False, "choice_existing": False,
        "satisfying": True, "considerable_change": False}  # fmt: skip
TO_A = {"framework": False, "new_service": False, "sole_capable": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: date(2026, 11, 22))
    with made.step("Fill"):
        made.save(Contract(title="Night shelter", award_value=2_000_000_00))
        made.save(
            Procurement(contract=1, title="Award", reasons="Talked over in May.", lifetime_value=3_000_000_00)
        )
    yield made
    made.close()


def test_the_answers_lead_to_what_must_or_may_be_used() -> None:
    assert [p.code for p in choices(TO_A)] == ["DA-A"]
    assert [p.code for p in choices(TO_C)] == ["DA-C", "MSP", "CP"]
    assert choices({"framework": False}) == []


def test_process_regime_answers_and_reasons_are_written_in_one_step(store: Store) -> None:
    [chosen] = choices(TO_A)
    write_process(store, store.get(Procurement, 1), TO_A, chosen)
    made = store.get(Procurement, 1)
    assert (made.regime, made.process) == ("Provider Selection Regime", "Direct award process A")
    assert answers_of(made) == TO_A
    assert made.reasons.startswith("Talked over in May.\n\nIs the aim to set up a framework agreement? No.")
    assert made.reasons.endswith(words_of(TO_A, chosen))
    step = History(store).next_undo()
    assert step and step.label == "Record the process of Award"


def test_written_again_it_takes_the_place_of_what_it_wrote_before(store: Store) -> None:
    write_process(store, store.get(Procurement, 1), TO_A, choices(TO_A)[0])
    write_process(store, store.get(Procurement, 1), TO_C, choices(TO_C)[0])
    made = store.get(Procurement, 1)
    assert made.process == "Direct award process C"
    assert made.reasons == f"Talked over in May.\n\n{words_of(TO_C, choices(TO_C)[0])}"


def test_a_process_the_answers_do_not_lead_to_is_refused(store: Store) -> None:
    wrong = process("CP")
    assert wrong is not None
    with pytest.raises(Refused, match="Nothing was changed"):
        write_process(store, store.get(Procurement, 1), TO_A, wrong)


def test_the_figures_answer_whether_the_change_is_considerable(store: Store) -> None:
    found = by_the_figures(store, store.get(Procurement, 1))
    assert found.value is True and "£1,000,000" in found.why
