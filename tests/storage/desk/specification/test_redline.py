"""Two texts of a specification beside one another: the same sections opposite, whatever moved or was renamed."""

from __future__ import annotations

import pytest

from storage.desk.specification.redline import (
    Reading,
    compare,
    compare_sections,
    national_reading,
    readings_of,
    usual_readings,
)
from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specifications import SectionText, issue, start_specification
from storage.engine.errors import StorageError
from storage.text.plain import plain_text
from tests.storage.desk.register import Register


def section(uuid: str, heading: str, body: str = "", level: int = 1) -> SectionText:
    return SectionText(uuid, "", heading, level, body)


def test_sections_are_known_by_what_they_are_and_then_by_their_headings() -> None:
    old = [section("a", "Aims", "one two"), section("b", "Scope", "three"), section("c", "Gone", "x y z")]
    new = [
        section("a", "Aims and objectives", "one two"),
        section("n", "SCOPE ", "four"),
        section("d", "New", "q"),
    ]
    found = compare_sections(old, new)
    assert [(s.old and s.old.uuid, s.new and s.new.uuid) for s in found] == [
        ("a", "a"), ("b", "n"), ("c", None), (None, "d"),
    ]  # fmt: skip
    assert [s.changed for s in found] == [True] * 4
    assert [(r.change, r.text) for r in found[0].heading] == [("", "Aims"), ("in", " and objectives")]


def test_the_draft_is_compared_with_the_last_version(register: Register) -> None:
    store = register.store
    held = start_specification(store, "council", "Meals")
    assert usual_readings(store, held.key) == (Reading(held.key), Reading(held.key))
    for each in sections_of(store, held.key):
        edit_section(store, each.key, {"body": "Words of it."})
    version = issue(store, held.key, by="Ann")
    first = sections_of(store, held.key)[0]
    edit_section(store, first.key, {"body": "Other words of it."})
    shown = compare(store, *usual_readings(store, held.key))
    assert shown.changes == 1 and shown.sections[0].changed
    assert shown.old_name.startswith("Version 1.0, issued ") and shown.new_name == "Draft as it stands"
    assert [name.split(",")[0] for _, name in readings_of(store, held.key)] == [
        "Draft as it stands",
        "Version 1.0",
    ]
    with pytest.raises(StorageError, match="no such version"):
        compare(store, Reading(held.key, version.key + 9), Reading(held.key))


def test_a_local_text_is_compared_with_the_national_one(register: Register) -> None:
    store = register.store
    national = start_specification(store, "council", "Meals, nationally")
    local = start_specification(store, "council", "Meals here")
    assert national_reading(store, local.key) is None
    store.change(type(local), local.key, {"parent": national.key})
    edit_section(store, sections_of(store, local.key)[1].key, {"body": "Only here."})
    above = national_reading(store, local.key)
    assert above == Reading(national.key)
    shown = compare(store, *usual_readings(store, local.key))
    assert shown.changes == 1
    assert plain_text(shown.sections[1].blocks) == "Only here."
    assert "Meals, nationally" in shown.old_name
