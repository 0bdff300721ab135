"""The sections of a draft: edited, added, removed and moved, with numbers that follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.specification.outlines import DEEPEST
from storage.desk.specification.sections import (
    add_section,
    edit_section,
    move_section,
    numbered,
    remove_section,
    sections_of,
    set_level,
)
from storage.desk.specification.specifications import start_specification
from storage.engine.errors import Refused, StorageError
from storage.records.specifications import Section, Specification
from tests.storage.desk.register import Register


def small(register: Register) -> tuple[int, dict[str, int]]:
    """A specification of five sections: A with A1 and A2, then B, then C."""
    store = register.store
    with store.step("Small"):
        specification = store.save(Specification(title="Small", reference="SP-1"))
    for heading, level in (("A", 1), ("A1", 2), ("A2", 2), ("B", 1), ("C", 1)):
        add_section(store, specification.key, heading, level=level)
    return specification.key, {s.heading: s.key for s in sections_of(store, specification.key)}


def shown(register: Register, specification: int) -> list[str]:
    return [f"{s.number} {s.heading}" for s in sections_of(register.store, specification)]


def test_sections_are_numbered_as_they_are_added(register: Register) -> None:
    number, ids = small(register)
    assert shown(register, number) == ["1 A", "1.1 A1", "1.2 A2", "2 B", "3 C"]
    added = add_section(register.store, number, "New", after=ids["A"])
    assert (added.number, added.position) == ("2", 4)
    assert shown(register, number) == ["1 A", "1.1 A1", "1.2 A2", "2 New", "3 B", "4 C"]
    with pytest.raises(StorageError, match="needs a heading"):
        add_section(register.store, number, " ")


def test_removing_takes_what_lies_under_it_and_undo_brings_it_back(register: Register) -> None:
    number, ids = small(register)
    assert remove_section(register.store, ids["A"]) == [ids["A"], ids["A1"], ids["A2"]]
    assert shown(register, number) == ["1 B", "2 C"]
    assert register.labels()[-1] == "Remove 1 A from Small"
    register.undo()
    assert shown(register, number) == ["1 A", "1.1 A1", "1.2 A2", "2 B", "3 C"]
    remove_section(register.store, ids["C"])
    with pytest.raises(Refused, match="C is in the bin"):
        edit_section(register.store, ids["C"], {"body": "x"})


def test_moving_takes_what_lies_under_it_past_its_neighbours(register: Register) -> None:
    number, ids = small(register)
    assert move_section(register.store, ids["A"], 1)
    assert shown(register, number) == ["1 B", "2 A", "2.1 A1", "2.2 A2", "3 C"]
    assert move_section(register.store, ids["C"], -5)
    assert shown(register, number) == ["1 C", "2 B", "3 A", "3.1 A1", "3.2 A2"]
    assert move_section(register.store, ids["A2"], -1)
    assert not move_section(register.store, ids["A2"], -1)
    assert not move_section(register.store, ids["A1"], 1)
    assert shown(register, number) == ["1 C", "2 B", "3 A", "3.1 A2", "3.2 A1"]


def test_a_level_changes_with_what_lies_under_it(register: Register) -> None:
    number, ids = small(register)
    assert set_level(register.store, ids["B"], 2)
    assert shown(register, number) == ["1 A", "1.1 A1", "1.2 A2", "1.3 B", "2 C"]
    assert not set_level(register.store, ids["A"], 2)
    assert set_level(register.store, ids["A1"], 1)
    assert shown(register, number) == ["1 A", "2 A1", "2.1 A2", "2.2 B", "3 C"]


def test_an_edit_is_a_step_with_plain_words(register: Register) -> None:
    number, ids = small(register)
    edit_section(register.store, ids["A1"], {"body": "Words."})
    assert register.labels()[-1] == "Change 1.1 A1 of Small"
    steps = len(register.labels())
    edit_section(register.store, ids["A1"], {"body": "Words."})
    assert len(register.labels()) == steps
    with pytest.raises(ValueError, match="position"):
        edit_section(register.store, ids["A1"], {"position": 9})
    with pytest.raises(StorageError, match="Section number 999"):
        edit_section(register.store, 999, {"body": ""})
    assert start_specification(register.store, "council", "Other").reference == "SP-2"
    assert len(shown(register, number)) == 5


@given(st.lists(st.one_of(st.none(), st.integers(-2, 9)), max_size=12))
def test_numbers_never_skip_a_level_and_never_repeat(levels: list[int | None]) -> None:
    made = numbered([Section(heading="H", level=level) for level in levels])
    numbers = [s.number for s in made]
    assert len(set(numbers)) == len(numbers)
    depth = 0
    for section in made:
        assert section.level is not None
        assert 1 <= section.level <= min(depth + 1, DEEPEST)
        assert section.number.count(".") == section.level - 1
        depth = section.level
    assert numbered(made) == made
