"""A specification from an outline to its versions: what is missing, what is sealed, what goes on."""

from dataclasses import replace
from datetime import date

import pytest

from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specifications import (
    changed_since_issue,
    draft_text,
    issue,
    next_numbers,
    problems,
    start_specification,
    version_text,
    versions_of,
)
from storage.engine.errors import Refused, StorageError
from storage.engine.history import History
from storage.engine.own_fields import OwnField
from storage.records.services import Service
from storage.records.specifications import Specification, Version
from tests.storage.desk.register import TODAY, Register

HOSTILE = '#panic("x") *a* $x$ <script>alert(1)</script> \'); drop table contract; --'


def filled(register: Register, outline_id: str = "schedule-2a") -> Specification:
    """A specification with words in every section that needs them."""
    store = register.store
    made = start_specification(store, outline_id, "Community dermatology", service=register.service)
    with store.step("Write"):
        for section in sections_of(store, made.key):
            if section.needed:
                edit_section(store, section.key, {"body": f"Words for {section.heading}."})
    return made


@pytest.mark.parametrize(
    ("outline_id", "last"), [("schedule-2a", "8"), ("specialised", "7.9"), ("council", "17")]
)
def test_it_starts_with_the_numbered_headings_of_an_outline(
    register: Register, outline_id: str, last: str
) -> None:
    made = start_specification(register.store, outline_id, " Dermatology ", service=register.service)
    assert (made.title, made.reference, made.status) == ("Dermatology", "SP-1", "Draft")
    sections = sections_of(register.store, made.key)
    assert sections[0].number == "1"
    assert sections[-1].number == last
    assert [s.position for s in sections] == list(range(1, len(sections) + 1))
    assert start_specification(register.store, outline_id, "Next").reference == "SP-2"


def test_schedule_2a_has_its_well_known_numbers(register: Register) -> None:
    made = start_specification(register.store, "schedule-2a", "Dermatology")
    numbers = {s.heading: s.number for s in sections_of(register.store, made.key)}
    assert numbers["Local outcomes"] == "2.2"
    assert numbers["Acceptance and exclusion criteria and thresholds"] == "3.4"
    assert numbers["CQUIN goals"] == "5.2"


def test_a_start_is_one_step_that_undo_takes_back(register: Register) -> None:
    made = start_specification(register.store, "council", "Home care")
    register.undo()
    assert register.store.many(Specification, [made.key]) == {}
    assert sections_of(register.store, made.key) == []


def test_a_start_needs_a_title_and_a_service_that_is_there(register: Register) -> None:
    with pytest.raises(StorageError, match="needs a title"):
        start_specification(register.store, "council", " ")
    with pytest.raises(StorageError, match="Service number 9 is not in this file"):
        start_specification(register.store, "council", "Home care", service=9)


def test_empty_sections_that_are_needed_stop_the_issue(register: Register) -> None:
    store = register.store
    made = start_specification(store, "council", "Home care")
    assert problems(store, made.key) == ["No section has any words yet."]
    first = sections_of(store, made.key)[0]
    edit_section(store, first.key, {"body": "Because."})
    found = problems(store, made.key)
    assert found[0] == "2 Strategic context and need is empty and must be filled in."
    with pytest.raises(Refused, match=r"cannot be issued yet\. 2 Strategic context"):
        issue(store, made.key)
    assert versions_of(store, made.key) == []


def test_a_version_holds_the_whole_text_and_its_head(register: Register) -> None:
    store = register.store
    with store.step("Own field"):
        store.save(OwnField(table="specification", code="panel", label="Panel", kind="text"))
    made = filled(register)
    store.change(Specification, made.key, {"owner": "Joy Okafor", "own:panel": "North"})
    version = issue(store, made.key, by="Ann Lee", summary="First")
    assert (version.number, version.issued_on, version.issued_by) == ("1.0", TODAY, "Ann Lee")
    after = store.get(Specification, made.key)
    assert (after.status, after.issued_as) == ("Approved", "1.0")
    text = version_text(version)
    assert text == draft_text(store, made.key)
    assert ("Service", "Community dermatology") in text.facts
    assert ("Owner", "Joy Okafor") in text.facts
    assert text.facts[-1] == ("Panel", "North")
    assert register.labels()[-1] == "Issue version 1.0 of Community dermatology"


def test_an_issued_version_never_changes(register: Register) -> None:
    store = register.store
    made = filled(register)
    version = issue(store, made.key)
    with pytest.raises(Refused, match="does not change"):
        store.change(Version, version.key, {"summary": "Another"})
    with pytest.raises(Refused, match="does not change"), store.step("Bin"):
        store.bin(Version, [version.key])
    with pytest.raises(Refused, match=r"Undo stops here: “Issue version 1\.0"):
        History(store).undo()
    store.change(Service, register.service, {"title": "Renamed"})
    store.change(Specification, made.key, {"title": "Renamed"})
    assert store.get(Version, version.key) == version
    assert version_text(version).title == "Community dermatology"


def test_writing_goes_on_and_the_next_version_is_issued(register: Register) -> None:
    store = register.store
    made = filled(register)
    assert next_numbers(store, made.key) == ("1.0",)
    assert not changed_since_issue(store, made.key)
    first = issue(store, made.key)
    assert not changed_since_issue(store, made.key)
    section = sections_of(store, made.key)[1]
    edit_section(store, section.key, {"body": "New words."})
    assert changed_since_issue(store, made.key)
    assert next_numbers(store, made.key) == ("1.1", "2.0")
    second = issue(store, made.key, "2.0", on=date(2026, 11, 20))
    assert [v.number for v in versions_of(store, made.key)] == ["1.0", "2.0"]
    assert version_text(first).sections[1].body != "New words."
    assert version_text(second).sections[1].body == "New words."
    assert store.get(Specification, made.key).issued_as == "2.0"


@pytest.mark.parametrize("number", ["1.0", "1", "0.9", "1.0.0"])
def test_a_number_must_come_after_the_last(register: Register, number: str) -> None:
    made = filled(register)
    issue(register.store, made.key)
    with pytest.raises(StorageError, match=r"does not come after version 1\.0\. .* 1\.1 or 2\.0"):
        issue(register.store, made.key, number)


def test_numbers_are_compared_as_numbers(register: Register) -> None:
    made = filled(register)
    for number in ("1.9", "1.10"):
        issue(register.store, made.key, number)
    assert next_numbers(register.store, made.key) == ("1.11", "2.0")
    with pytest.raises(StorageError, match="is no version number"):
        issue(register.store, made.key, "final")
    with pytest.raises(StorageError, match="cannot lie in the future"):
        issue(register.store, made.key, on=date(2027, 1, 1))


def test_hostile_words_stay_words(register: Register) -> None:
    store = register.store
    made = filled(register)
    with store.step("Write"):
        store.save(replace(store.get(Specification, made.key), title=HOSTILE, owner=HOSTILE))
        edit_section(store, sections_of(store, made.key)[0].key, {"body": HOSTILE, "heading": HOSTILE})
    text = version_text(issue(store, made.key, summary=HOSTILE))
    assert (text.title, text.sections[0].body, text.sections[0].heading) == (HOSTILE, HOSTILE, HOSTILE)


def test_what_lies_in_the_bin_is_not_issued(register: Register) -> None:
    made = filled(register)
    with register.store.step("Bin"):
        register.store.bin(Specification, [made.key])
    with pytest.raises(Refused, match="in the bin"):
        issue(register.store, made.key)
