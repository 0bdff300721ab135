"""A reviewer's word on each section of a checklist: accepted, to be improved, or returned."""

from __future__ import annotations

from dataclasses import replace

from storage.checklists.answers import is_blank
from storage.desk.office import who
from storage.desk.writing import held, joined_step
from storage.engine.errors import Refused, StorageError
from storage.engine.store import Store
from storage.records.assessments import ACCEPT, VERDICTS, Run, SectionReview, template_of


def review_section(
    store: Store, run_id: int, letter: str, verdict: str, comment: str = "", *, by: str = ""
) -> SectionReview:
    """Say what a reviewer thinks of a section. All but acceptance need a comment; a return stops signing."""
    run = _open(store, run_id)
    if letter not in {section.letter for section in template_of(run).sections}:
        raise StorageError(f"{run.title} has no section {letter}. Nothing was changed.")
    if verdict not in VERDICTS:
        raise StorageError(f"Choose one of {', '.join(VERDICTS)}. Nothing was changed.")
    if verdict != ACCEPT and is_blank(comment):
        raise StorageError(f"{verdict} needs a comment that says what is to be done. Nothing was changed.")
    before = _of(store, run, letter) or SectionReview(run=run.key, section=letter)
    after = replace(
        before,
        verdict=verdict,
        comment=comment.strip(),
        reviewed_by=who(store, by),
        reviewed_on=store.today(),
    )
    with joined_step(store, f"{verdict} section {letter} of {run.reference} {run.title}"):
        return store.save(after)


def take_back_review(store: Store, run_id: int, letter: str) -> None:
    """Take a reviewer's word back. Raises `StorageError` when there is none."""
    run = _open(store, run_id)
    review = _of(store, run, letter)
    if review is None:
        raise StorageError(f"Section {letter} has not been reviewed. Nothing was changed.")
    with joined_step(store, f"Take back the review of section {letter} of {run.reference} {run.title}"):
        store.bin(SectionReview, [review.key])


def _open(store: Store, run_id: int) -> Run:
    run = held(store, Run, run_id)
    if run.signed_on:
        raise Refused(
            f"{run.reference} {run.title} is signed and does not change. Reopen it first, with a reason."
        )
    return run


def _of(store: Store, run: Run, letter: str) -> SectionReview | None:
    reviews = store.parts(run).of(SectionReview, "reviews")
    return next((review for review in reviews if review.section == letter), None)
