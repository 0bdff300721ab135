"""Risks, letters and inherited contracts on their tabs."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.pages.contract.inherited import standing
from desktop.session import Session
from storage.records.contracts import Contract
from storage.records.letters import Letter
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from tests.desktop.conftest import TODAY
from tests.desktop.pages.contract.conftest import Tabbed, section_of, spoken, type_part
from tests.storage.desk.history_days import clock


def test_a_risk_is_scored_now_and_after_what_is_done_about_it(session: Session, tab: Tabbed) -> None:
    risks = section_of(tab("risks"), "Risks")
    risks.add()
    type_part(risks, "title", "Building lease ends")
    for field, step in (("likelihood", "4"), ("consequence", "4"), ("likelihood_after", "2"),
                        ("consequence_after", "4")):  # fmt: skip
        type_part(risks, field, step)
    type_part(risks, "review_on", "1/11/2026")
    risks.close_part()
    assert spoken(risks) == [
        "Risk: Building lease ends; Now: Extreme 16; After: High 8; Review: 1 Nov 2026, overdue"
    ]
    assert risks.rows.row(1).cell("now").mark == "red"
    assert risks.summary() == "1 extreme"


def test_a_number_that_is_no_step_leaves_a_risk_unscored(session: Session, tab: Tabbed) -> None:
    with session.store.step("Risk"):
        session.store.save(Risk(contract=1, title="Odd", likelihood=9, consequence=2))
    risks = section_of(tab("risks"), "Risks")
    assert "Now: Not scored" in spoken(risks)[0] and risks.summary() == "1 not scored"
    risks.open_part(1)
    assert risks.inside is not None
    assert risks.inside._worked._said["now"].why == "Not scored: 9 is not between 1 and 5."


def test_a_risk_says_how_it_has_moved_since_the_last_review_meeting(
    session: Session, tab: Tabbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, date(2026, 9, 1))
    with session.store.step("Before"):
        session.store.save(Risk(contract=1, title="Lease", likelihood=2, consequence=3))
        session.store.save(ReviewMeeting(contract=1, title="Autumn review", on=date(2026, 10, 12)))
    clock(monkeypatch, date(2026, 11, 1))
    session.store.change(Risk, 1, {"likelihood": 4, "likelihood_after": 1, "consequence_after": 1})
    risks = section_of(tab("risks"), "Risks")
    assert spoken(risks) == ["Risk: Lease; Now: High 12, up from 6; After: Low 1, new"]
    risks.open_part(1)
    assert risks.inside is not None
    said = risks.inside._worked._said
    assert said["now"].value == "High 12, up from 6"
    assert said["now"].why.endswith(
        "Up by 6 since the last review (Autumn review, 12 October 2026): from 2 × 3 = 6, Moderate, "
        "to 4 × 3 = 12, High."
    )
    session.store.change(ReviewMeeting, 1, {"on": date(2026, 11, 25)})
    assert spoken(risks) == ["Risk: Lease; Now: High 12; After: Low 1"]


def test_a_letter_is_listed_as_it_was_made_and_only_its_sending_is_typed(
    session: Session, tab: Tabbed
) -> None:
    with session.store.step("Letter"):
        session.store.save(
            Letter(contract=1, title="Extension", kind="Extension", body="Dear", made_on=TODAY)
        )
    letters = section_of(tab("letters"), "Letters")
    assert spoken(letters) == ["Subject: Extension; Kind: Extension; Made on: 22 Nov 2026; Sent: Not sent"]
    letters.open_part(1)
    assert letters.inside is not None and not letters.inside.form().has("body")
    type_part(letters, "sent_on", "23/11/2026")
    assert session.store.get(Letter, 1).sent_on == date(2026, 11, 23)


def test_an_inherited_contract_says_how_far_it_is_from_its_new_form() -> None:
    held = Contract(
        contract_form="Council terms", form_target="Grant agreement", form_target_date=date(2027, 4, 1)
    )
    assert [v.value for v in standing(None, held, TODAY)] == ["Council terms", "By 1 Apr 2027, in 4 months"]  # type: ignore[arg-type]
    late = Contract(form_target="Grant agreement", form_target_date=date(2026, 4, 1))
    assert standing(None, late, TODAY)[1].why.endswith("It is overdue.")  # type: ignore[arg-type]
    moved = Contract(contract_form="Grant agreement", form_target="Grant agreement")
    assert standing(None, moved, TODAY)[1].value == "Done"  # type: ignore[arg-type]
    assert [v.value for v in standing(None, Contract(), TODAY)] == ["Not recorded"]  # type: ignore[arg-type]
