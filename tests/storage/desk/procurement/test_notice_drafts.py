"""Each notice a decision owes has a draft: its day, what is on record for it, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.office import change_office
from storage.desk.procurement.notice_drafts import NoticeDraft, drafts
from storage.engine.store import Store
from storage.exchange.paper.print_notices import NOT_ON_RECORD, notices_paper
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement, PublishedNotice
from storage.rules.procurement.notice_contents import contents, notice_lines
from storage.rules.procurement.notice_rules import notice_rules


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", today=lambda: date(2026, 11, 29))) as store:
        change_office(store, {"organisation": "Wealdshire ICB", "person": "A. Person"})
        yield store


def let(store: Store, **more: object) -> tuple[Contract, Procurement]:
    """A contract that was let under the Provider Selection Regime by direct award process C."""
    with store.step("Add"):
        contract = store.save(
            Contract(title="Community clinics", reference="W1", start=date(2027, 4, 1), current_end=date(2029, 3, 31),
                     description="Clinics near home", regime="Provider Selection Regime")
        )  # fmt: skip
        provider = store.save(
            Organisation(title="Northgate Care", address="1 High Street", company_number="01234567")
        )
        store.save(Party(contract=contract.key, organisation=provider.key))
        values = {"title": "Award of the clinics", "kind": "Award", "regime": "Provider Selection Regime",
                  "process": "Direct award process C", "decided_on": date(2026, 11, 2), "lifetime_value": 120_000_000,
                  "decision_makers": "Commissioning committee", "quality": "Rated good"} | more  # fmt: skip
        made = store.save(Procurement(contract=contract.key, **values))  # type: ignore[arg-type]
    return contract, made


def draft_of(found: tuple[NoticeDraft, ...], code: str) -> NoticeDraft:
    return next(each for each in found if each.notice.code == code)


def test_a_notice_of_intention_says_what_is_on_record_and_names_the_rest(store: Store) -> None:
    contract, _ = let(store)
    draft = draft_of(drafts(store, contract), "PSR-intention")
    said = {line.title: line.words for line in draft.lines}
    assert said["Name of the provider"] == "Northgate Care"
    assert said["Approximate value over the whole life"] == "£1,200,000"
    assert "Quality and innovation: Rated good" in said["Reasons, with regard to the key criteria"]
    assert "CPV code that fits best" in draft.missing
    assert "Conflicts of interest, declared or possible: also when there are none" in draft.missing
    assert "[not on record]" in draft.text and draft.text.startswith("Notice of intention to award\n")


def test_a_confirmation_is_due_counted_from_the_award(store: Store) -> None:
    contract, _ = let(store, awarded_on=date(2026, 11, 20))
    draft = draft_of(drafts(store, contract), "PSR-confirmation")
    assert draft.notice.due.value is not None and draft.due.startswith("Due by ")
    assert {line.title: line.words for line in draft.lines}["Day of the award"] == "20 November 2026"


def test_what_was_published_has_no_draft(store: Store) -> None:
    contract, made = let(store)
    before = {d.notice.code for d in drafts(store, contract)}
    with store.step("Publish"):
        store.save(
            PublishedNotice(procurement=made.key, code="PSR-intention", published_on=date(2026, 11, 3))
        )
    assert {d.notice.code for d in drafts(store, contract)} == before - {"PSR-intention"}


def test_the_paper_names_what_is_missing_and_takes_words_as_words(store: Store) -> None:
    contract, _ = let(store, conflicts="#eval(1) <b>None</b> $x$")
    paper = notices_paper(store, contract)
    assert "owed and not recorded as published" in paper.said
    rows = [row for section in paper.sections for row in section.table.rows]
    assert any(NOT_ON_RECORD in row for row in rows)
    assert any("#eval(1) <b>None</b> $x$" in row for row in rows)
    assert all("Still missing: " in s.said or "Nothing is missing" in s.said for s in paper.sections)


def test_every_notice_of_the_law_has_contents(store: Store) -> None:
    codes = {rule.code for rule in notice_rules()}
    assert {code for code in codes if not contents(code) and code != "PSR-intention"} == set()
    for code in codes:
        assert all(line.title and line.source for line in notice_lines(code, "CP", {}))
