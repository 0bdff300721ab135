"""Each thing to mend in a specification is named with its place, and a sound one has nothing to mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.lineage import customise
from storage.desk.specification.measures_taken import differences, take_measures, used_in, waiting
from storage.desk.specification.sections import add_section, edit_section, sections_of
from storage.desk.specification.specification_checks import Weight, check
from storage.desk.specification.specifications import draft_text, issue
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.evidence import Citation, Evidence
from storage.records.measures import Kpi
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.specification_parts import (
    OUTCOME,
    STANDARD,
    Derogation,
    LegalBasis,
    PathwayStep,
    SpecificationMeasure,
)
from storage.records.specifications import ContractSpecification, Specification

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", today=lambda: TODAY)) as store:
        yield store


@pytest.fixture
def spec(store: Store) -> Specification:
    """A sound specification: one section, one outcome with a measure."""
    with store.step("Add"):
        made = store.save(
            Specification(title="Night shelter", period_from=date(2026, 4, 1), period_to=date(2029, 3, 31))
        )
        aim = store.save(
            SpecificationMeasure(specification=made.key, sort=OUTCOME, title="People have a home")
        )
        store.save(
            SpecificationMeasure(specification=made.key, title="Moved on", outcome=aim.key, threshold="at least 60 %",
                                 target=Decimal(60), unit="%", method="Count of moves", frequency="Quarterly")
        )  # fmt: skip
    add_section(store, made.key, "Need", body="Staff meet each guest on the first night.")
    return made


@pytest.fixture
def contract(store: Store, spec: Specification) -> Contract:
    """A contract that works to it, with its provider and another one in the file."""
    with store.step("Add"):
        made = store.save(
            Contract(reference="W1", title="Shelter", stage="Active", start=date(2026, 4, 1),
                     current_end=date(2029, 3, 31), annual_value=45_000_000)
        )  # fmt: skip
        store.save(ContractSpecification(contract=made.key, specification=spec.key))
        for title, theirs in (("Harbour Housing", made), ("Lantern Trust", None)):
            organisation = store.save(Organisation(title=title))
            other = theirs or store.save(Contract(title="Another", stage="Active"))
            store.save(Party(contract=other.key, organisation=organisation.key))
    return made


def kinds(store: Store, spec: Specification) -> list[str]:
    return [f.kind for f in check(store, spec.key)]


def write(store: Store, spec: Specification, body: str) -> None:
    edit_section(store, sections_of(store, spec.key)[0].key, {"body": body})


def test_a_sound_specification_has_nothing_to_mend(store: Store, spec: Specification) -> None:
    assert check(store, spec.key) == []


def test_empty_sections_are_named_unless_they_only_head_others(store: Store, spec: Specification) -> None:
    first = sections_of(store, spec.key)[0]
    head = add_section(store, spec.key, "Scope")
    add_section(store, spec.key, "Aims", level=2, after=head.key)
    edit_section(store, first.key, {"body": "", "needed": True})
    found = [(f.weight, f.words) for f in check(store, spec.key)]
    assert found == [
        (Weight.MUST, "1 Need has no words yet."),
        (Weight.SHOULD, "2.1 Aims has no words yet."),
    ]


def test_an_abbreviation_explained_anywhere_is_explained(store: Store, spec: Specification) -> None:
    write(store, spec, "The ISVA rings each guest.")
    assert kinds(store, spec) == ["Undefined abbreviation"]
    add_section(
        store, spec.key, "Terms", body="An independent sexual violence adviser (ISVA) supports people."
    )
    assert kinds(store, spec) == []


def test_outcomes_measures_and_standards_that_hold_nobody_to_anything(
    store: Store, spec: Specification
) -> None:
    with store.step("Add"):
        store.save(SpecificationMeasure(specification=spec.key, sort=OUTCOME, title="People are safe"))
        store.save(SpecificationMeasure(specification=spec.key, title="Incidents"))
        store.save(SpecificationMeasure(specification=spec.key, sort=STANDARD, title="Good lighting"))
    found = check(store, spec.key)
    assert [f.kind for f in found] == [
        "Outcome without a measure", "Measure nobody can take", "Standard without a source",
    ]  # fmt: skip
    assert found[1].words == "“Incidents” has no method and no frequency and no threshold."
    assert all(f.table == "specification_measure" and f.row for f in found)


def test_departures_expire_loudly(store: Store, spec: Specification) -> None:
    with store.step("Add"):
        store.save(
            Derogation(specification=spec.key, title="No night nurse", reason="None found", clinical_view="Safe",
                       agreed_on=date(2025, 11, 1), starts=date(2025, 11, 1), until=date(2026, 11, 28))
        )  # fmt: skip
        store.save(Derogation(specification=spec.key, title="Smaller rooms", until=date(2028, 1, 1)))
    assert [f.kind for f in check(store, spec.key)] == [
        "Departure expired", "Departure not explained", "Departure not agreed",
    ]  # fmt: skip


def test_a_change_above_is_to_be_settled(store: Store, spec: Specification) -> None:
    local = customise(store, spec.key, "Local shelter")
    write(store, spec, "Staff meet each guest at the door.")
    assert "The national text has changed" in kinds(store, local)


def test_contradictions_with_a_contract_are_found(
    store: Store, spec: Specification, contract: Contract
) -> None:
    assert kinds(store, spec) == ["Not in the contract"]
    with store.step("Change"):
        store.save(replace(contract, current_end=date(2030, 3, 31), start=date(2026, 3, 1)))
    write(store, spec, "It costs £450,000 a year. Lantern Trust runs the house for £0.5m per annum.")
    words = [f.words for f in check(store, spec.key) if f.kind == "Otherwise than the contract"]
    assert words == [
        "W1 Shelter starts on 1 Mar 2026, before the period from 1 Apr 2026.",
        "W1 Shelter ends on 31 Mar 2030, after the period to 31 Mar 2029.",
        "“£0.5m per annum”: W1 Shelter is worth £450,000 a year.",
        "It names Lantern Trust; W1 Shelter is with Harbour Housing.",
    ]


def test_measures_become_kpis_once_and_are_held_against_them(
    store: Store, spec: Specification, contract: Contract
) -> None:
    measure = waiting(store, contract.key)[0]
    (kpi,) = take_measures(store, contract.key, [measure.key])
    assert (kpi.title, kpi.target, kpi.unit, kpi.frequency) == ("Moved on", Decimal(60), "%", "Quarterly")
    assert waiting(store, contract.key) == [] and differences(store, contract.key) == []
    assert used_in(store, measure.key) == [store.get(Contract, contract.key)]
    with store.step("Change"):
        store.save(replace(store.get(Kpi, kpi.key), target=Decimal(50)))
    (found,) = differences(store, contract.key)
    assert (found.label, found.in_contract, found.in_specification) == ("Target", "50", "60")
    assert "Otherwise than the contract" in kinds(store, spec)
    with pytest.raises(StorageError, match="No measure was chosen"):
        take_measures(store, contract.key, [])


def test_rows_are_read_with_the_words_and_sealed_in_a_version(store: Store, spec: Specification) -> None:
    with store.step("Add"):
        last = store.save(PathwayStep(specification=spec.key, title="Move | on", position=2))
        store.save(PathwayStep(specification=spec.key, title="First *night*", position=1, next_step=last.key))
        store.save(LegalBasis(specification=spec.key, act="Housing Act 1996", section="188"))
        fact = store.save(Evidence(title="Rough sleepers", figure="41", source="Street count", year="2025"))
        store.save(Citation(evidence=fact.key, specification=spec.key))
    sections = draft_text(store, spec.key).sections
    assert [(s.number, s.heading) for s in sections] == [
        ("1", "Need"), ("2", "Evidence relied on"), ("3", "Outcomes, standards and measures"),
        ("4", "Pathway and handovers"), ("5", "Legal basis"),
    ]  # fmt: skip
    assert r"| First \*night\* | To Move \| on\. |" in sections[3].body
    issue(store, spec.key)
    with store.step("Change"):
        store.save(replace(last, title="Away"))
    assert [s.body != t.body for s, t in zip(sections, draft_text(store, spec.key).sections, strict=True)] == [
        False, False, False, True, False,
    ]  # fmt: skip
