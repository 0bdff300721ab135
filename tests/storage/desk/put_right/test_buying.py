"""How it was bought: standstills by their own count, notices owed, and what a decision has to record."""

from datetime import date

from storage.desk.put_right.listing import put_right
from storage.engine.store import Store
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.rules.procurement.notice_rules import notice_rules
from tests.storage.desk.put_right.finding_out import found, save, sound, words

PSR = "Provider Selection Regime"


def _decision(store: Store, **given: object) -> None:
    contract = sound(store)
    values: dict[str, object] = {
        "contract": contract.id, "title": "Award", "regime": PSR, "process": "Most suitable provider process",
        "reasons": "Best known", "decision_makers": "The board", "conflicts": "None", "quality": "Good",
        "value_notes": "Fair", "integration": "Yes", "access": "Open", "social_value": "Local jobs",
    }  # fmt: skip
    save(store, Procurement(**(values | given)))  # type: ignore[arg-type]


def test_a_running_standstill_says_when_to_award(store: Store) -> None:
    _decision(store, intention_on=date(2026, 11, 25))
    assert words(store, "standing_still").startswith("The standstill runs to the end of ")


def test_an_award_in_the_standstill_is_said(store: Store) -> None:
    _decision(store, intention_on=date(2026, 11, 2), awarded_on=date(2026, 11, 5))
    finding = found(store)["award_early"]
    assert finding.field == "awarded_on" and finding.table == "procurement"


def test_an_unanswered_representation_keeps_the_standstill_open(store: Store) -> None:
    _decision(store, intention_on=date(2026, 11, 2))
    save(store, Representation(procurement=1, title="Other Ltd", received_on=date(2026, 11, 4)))
    assert "standstill_open" in found(store)


def test_a_decision_says_what_it_does_not_record(store: Store) -> None:
    _decision(store, decided_on=date(2026, 11, 1), quality="", social_value="", conflicts="")
    finding = found(store)["no_criteria"]
    assert finding.words == (
        "The decision of 1 Nov 2026 does not record quality and innovation and social value."
    )
    assert finding.field == "quality"
    assert found(store)["no_conflicts"].field == "conflicts"


def test_an_award_notice_that_is_not_recorded_is_owed(store: Store) -> None:
    _decision(store, awarded_on=date(2026, 6, 1))
    finding = found(store)["notice_owed"]
    assert "was to be published by" in finding.words and finding.table == "procurement"


def test_a_recorded_notice_is_not_asked_for(store: Store) -> None:
    _decision(store, awarded_on=date(2026, 6, 1))
    before = _owed(store)
    for rule in notice_rules():
        save(store, PublishedNotice(procurement=1, code=rule.code, published_on=date(2026, 6, 2)))
    assert _owed(store) < before


def _owed(store: Store) -> int:
    return sum(f.kind.key == "notice_owed" for f in put_right(store).findings)
