"""Facts of the shared shelf, cited as evidence for the answers of a checklist."""

from __future__ import annotations

from datetime import date

from storage.checklists.answers import is_blank
from storage.desk.writing import held, joined_step
from storage.engine.errors import Refused, StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.assessments import Run, template_of
from storage.records.evidence import Citation, Evidence


def facts(reader: Reader) -> list[Evidence]:
    """The shelf, by name."""
    return reader.all(Evidence, Query(order=(Order("title"),)))


def fact_words(fact: Evidence) -> str:
    """A fact as it is cited: what it is, its figure, source and year, and the day it must not be relied on after."""
    stale = f"goes stale on {show_day(fact.stale_on)}" if fact.stale_on else ""
    return ", ".join(words for words in (fact.title, fact.figure, fact.source, fact.year, stale) if words)


def is_stale(fact: Evidence, today: date) -> bool:
    """Whether a fact must not be relied on any more."""
    return fact.stale_on is not None and fact.stale_on <= today


def cite(store: Store, run_id: int, question_id: str, evidence: int) -> Citation:
    """Rely on a fact for the answer to a question; once is enough."""
    run = _open(store, run_id, question_id)
    fact = held(store, Evidence, evidence)
    for citation in store.parts(run).of(Citation, "citations"):
        if citation.evidence == evidence and citation.question == question_id:
            return citation
    made = Citation(
        evidence=evidence, run=run_id, question=question_id, contract=run.contract, service=run.service,
        specification=run.specification, where=f"{run.reference} {run.title}, {question_id}",
    )  # fmt: skip
    with joined_step(store, f"Cite {fact.title} for {question_id} of {run.reference} {run.title}"):
        return store.save(made)


def cite_new(store: Store, run_id: int, question_id: str, title: str) -> Citation:
    """Put a new fact on the shelf by its name, and rely on it; its source and date are filled in there."""
    _open(store, run_id, question_id)
    if is_blank(title):
        raise StorageError("A fact needs words. Nothing was changed.")
    with joined_step(store, f"Put {title.strip()} on the shelf of evidence"):
        fact = store.save(Evidence(title=title.strip()))
        return cite(store, run_id, question_id, fact.key)


def take_away(store: Store, run_id: int, question_id: str, evidence: int) -> None:
    """Rely on a fact no more; it stays on the shelf."""
    run = _open(store, run_id, question_id)
    found = [
        citation.key
        for citation in store.parts(run).of(Citation, "citations")
        if citation.evidence == evidence and citation.question == question_id
    ]
    if found:
        with joined_step(store, f"Cite a fact no more for {question_id} of {run.reference} {run.title}"):
            store.bin(Citation, found)


def _open(store: Store, run_id: int, question_id: str) -> Run:
    run = held(store, Run, run_id)
    if run.signed_on:
        raise Refused(
            f"{run.reference} {run.title} is signed and does not change. Reopen it first, with a reason."
        )
    try:
        template_of(run).question(question_id)
    except KeyError:
        raise StorageError(f"{run.title} has no question {question_id}. Nothing was changed.") from None
    return run
