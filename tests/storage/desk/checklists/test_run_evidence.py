"""Facts of the shelf cited for answers: they count as evidence, say when they are stale, and are kept at signing."""

from __future__ import annotations

from datetime import date

import pytest

from storage.desk.checklists import runs
from storage.desk.checklists.run_evidence import cite, cite_new, fact_words, facts, is_stale, take_away
from storage.desk.checklists.run_state import run_state
from storage.engine.errors import Refused
from storage.records.assessments import Run
from storage.records.evidence import Evidence
from tests.storage.desk.register import Register
from tests.storage.desk.run_samples import start_everything


def test_a_fact_cited_is_evidence_until_it_is_taken_away(register: Register) -> None:
    store = register.store
    run = start_everything(store, register.contract)
    runs.answer(store, run.key, "T90-01", "answer", "yes")
    runs.set_mitigation(store, run.key, "T90-01", "Letters in large print")
    with store.step("Shelf"):
        fact = store.save(
            Evidence(title="Falls", figure="412", source="Return", year="2025/26", stale_on=date(2027, 1, 31))
        )
    assert "evidence" in runs.may_sign(store, run.key)[0]
    made = cite(store, run.key, "T90-01", fact.key)
    assert cite(store, run.key, "T90-01", fact.key) == made
    assert "evidence" not in " ".join(runs.may_sign(store, run.key))
    [(citation, found)] = run_state(store, run.key).cited
    assert (citation.question, fact_words(found)) == (
        "T90-01",
        "Falls, 412, Return, 2025/26, goes stale on 31 Jan 2027",
    )
    assert is_stale(found, date(2027, 1, 31)) and not is_stale(found, date(2027, 1, 30))
    take_away(store, run.key, "T90-01", fact.key)
    assert run_state(store, run.key).cited == []
    assert "evidence" in runs.may_sign(store, run.key)[0]


def test_a_new_fact_goes_on_the_shelf_and_signing_keeps_what_was_cited(register: Register) -> None:
    store = register.store
    run = start_everything(store, register.contract)
    runs.answer(store, run.key, "T90-01", "answer", "no")
    cite_new(store, run.key, "T90-03", "Letter of the council")
    assert [fact.title for fact in facts(store)] == ["Letter of the council"]
    signed = runs.sign(store, run.key, name="Dr A Mehta", role="Director", decision="go")
    assert signed.as_signed["evidence"] == [["T90-03", "Letter of the council"]]
    with pytest.raises(Refused, match="is signed"):
        cite_new(store, run.key, "T90-03", "Another")
    assert store.get(Run, run.key).standing == "Signed"
