"""The year of provider selection from the records: what is counted, what is not and why, and every decision."""

from datetime import date
from pathlib import Path

import pytest

from storage.desk.procurement.psr_year import psr_year, psr_years, usual_year, year_words
from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement, Representation

TODAY = date(2026, 11, 29)
PSR = "Provider Selection Regime"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path / "a.desk", who="Ann", today=lambda: TODAY)


def contract(store: Store, title: str, *providers: str, **more: object) -> Contract:
    known = {o.title: o for o in store.all(Organisation)}
    values = {
        "stage": "Signed",
        "regime": PSR,
        "start": date(2025, 6, 1),
        "current_end": date(2028, 5, 31),
    } | more
    made = store.save(Contract(title=title, reference=title[:4], **values))  # type: ignore[arg-type]
    for name in providers:
        held = known.get(name) or store.save(Organisation(title=name))
        store.save(Party(contract=made.id, organisation=held.id))
    return made


def decision(store: Store, held: Contract, **more: object) -> Procurement:
    values = {
        "title": f"On {held.title}",
        "process": "Direct award process C",
        "decided_on": date(2025, 5, 1),
    } | more
    return store.save(Procurement(contract=held.id, **values))  # type: ignore[arg-type]


def counts(store: Store, year: int | None = None) -> dict[str, int]:
    return {each.letter: each.number for each in psr_year(store, year).summary.counts}


def test_each_decision_goes_into_its_count(store: Store) -> None:
    with store.step("Fill"):
        old = contract(store, "Old one", "North CIC", start=date(2020, 4, 1), current_end=date(2025, 9, 30))
        decision(store, contract(store, "Direct", "North CIC", "South Ltd"))
        decision(store, contract(store, "Suited", "East Ltd"), process="MSP")
        decision(store, contract(store, "Urgent", "East Ltd"), process="", kind="Urgent award")
        decision(store, contract(store, "Frame", "East Ltd"), process="CP", kind="Framework")
        decision(store, contract(store, "Called off", "East Ltd"), process="FW", kind="Call-off")
        decision(store, contract(store, "Gave up", "East Ltd"), process="CP", kind="Abandoned")
        decision(store, old, process="", kind="Modification")
        contract(store, "Gone one", "West Ltd", start=date(2020, 4, 1), current_end=date(2025, 9, 30))
        contract(store, "Other law", "Far Ltd", regime="Procurement Act 2023", start=date(2020, 4, 1),
                 current_end=date(2025, 9, 30))  # fmt: skip
    found = counts(store)
    assert found == {"a": 1, "b": 1, "c": 0, "d": 1, "e": 1, "f": 1, "g": 2, "h": 1, "i": 0}
    made = psr_year(store)
    assert made.summary.providers_now == 3 and len(made.register) == 7 and made.not_counted == ()
    assert made.register[0].provider == "North CIC; South Ltd"


def test_a_change_of_an_urgent_award_is_no_urgent_change(store: Store) -> None:
    with store.step("Fill"):
        held = contract(store, "Urgent", "East Ltd", process="Urgent award or modification")
        decision(store, held, process="", kind="Modification", value_change=100_00)
    assert counts(store)["f"] == 0
    assert psr_year(store).register[0].value == 100_00


def test_representations_count_in_the_year_in_which_the_standstill_ended(store: Store) -> None:
    with store.step("Fill"):
        made = decision(store, contract(store, "Direct", "East Ltd"), intention_on=date(2025, 5, 6),
                        representations_closed=date(2025, 5, 20))  # fmt: skip
        store.save(Representation(procurement=made.id, title="West Ltd", received_on=date(2025, 5, 12),
                                  nature="Criteria unclear", outcome="Award stood"))  # fmt: skip
        open_one = decision(store, contract(store, "Open one", "East Ltd"))
        store.save(Representation(procurement=open_one.id, title="West Ltd"))
    found = psr_year(store)
    assert found.summary.counts[-1].counted == ("Criteria unclear (Award stood)",)
    assert found.not_counted == ("Representation of West Ltd: no end of its standstill.",)


def test_what_cannot_be_counted_is_said_with_the_reason(store: Store) -> None:
    with store.step("Fill"):
        decision(store, contract(store, "Nobody"), decided_on=None)
        contract(store, "No start", "East Ltd", start=None, regime="")
    found = psr_year(store, 2026)
    assert "On Nobody: no date of the decision." in found.not_counted
    assert any(each.startswith("No start: no start") for each in found.not_counted)
    assert any(each.startswith("Nobody: no provider") for each in found.not_counted)
    assert any("1 contract has no regime" in each for each in found.assumed)
    assert any("not over" in each for each in found.assumed)


def test_what_rolls_on_is_still_held_and_what_was_ended_is_not(store: Store) -> None:
    with store.step("Fill"):
        before = {"start": date(2020, 4, 1), "current_end": date(2025, 9, 30)}
        contract(store, "Rolling", "North CIC", runs_on=True, **before)
        contract(store, "Ended", "South Ltd", stage="Terminated", **before)
    found = psr_year(store)
    assert found.summary.providers_now == 1
    assert found.summary.counts[7].counted == ("South Ltd",)


def test_the_years_there_are(store: Store) -> None:
    assert psr_years(TODAY) == (2026, 2025, 2024) and usual_year(TODAY) == 2025
    assert year_words(2025) == "2025/26" and "1 Jan 2024" in year_words(2024)
    assert psr_year(store).year == 2025
    for year in (2023, 2027):
        with pytest.raises(StorageError, match="2024, 2025, 2026"):
            psr_year(store, year)
