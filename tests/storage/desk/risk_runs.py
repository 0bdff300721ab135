"""A signed checklist of risks, and the same one again a year later in which they have moved."""

from __future__ import annotations

from storage.desk.checklists.carrying import next_year
from storage.desk.checklists.runs import answer, sign
from storage.engine.store import Store
from storage.records.assessments import Run
from tests.storage.checklists.risk_template import RISKS, risk, score
from tests.storage.desk.run_samples import start_everything


def moved_run(store: Store, contract: int) -> Run:
    """This year's run: one score up from 6, one row down from 16, one row that is new."""
    run = start_everything(store, contract, RISKS)
    answer(store, run.key, "T91-01", "after", score(2, 3))
    answer(store, run.key, "T91-02", "rows", [risk(1, "Lease ends", 4, 4)])
    sign(store, run.key, name="Dr A Mehta", role="Director", decision="go")
    new = next_year(store, run.key)
    answer(store, new.key, "T91-01", "after", score(3, 4))
    answer(store, new.key, "T91-02", "rows", [risk(1, "Lease ends", 1, 4), risk(2, "Fire", 1, 5)])
    return store.get(Run, new.key)
