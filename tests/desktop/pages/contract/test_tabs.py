"""The tabs of a contract: every field has its one place, and every kind of part is on some tab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from desktop.pages.contract import money, term
from desktop.pages.contract.tabs import TABS
from desktop.pages.part_list import PartList
from storage.engine.fields import Kind
from storage.records.contracts import Contract
from storage.records.letters import Letter

SHOWN_ELSEWHERE = {"kpi_rating", "route"}  # above the KPIs, and on the plan


def test_every_field_of_a_contract_is_on_exactly_one_tab() -> None:
    placed = Counter(name for tab in TABS for group in tab.groups for name in group.names)
    placed.update((*term.FOLLOWS, *money.FOLLOWS))
    typed = {n for n, f in Contract.FIELDS.items() if f.kind is not Kind.DATA and not f.from_today}
    assert set(placed) == typed - SHOWN_ELSEWHERE
    assert [name for name, count in placed.items() if count > 1] == []


def lists(parts: tuple[PartList[Any], ...]) -> Iterator[PartList[Any]]:
    for each in parts:
        yield each
        yield from lists(each.children)


NOTED = {
    "contract",
    "specification_measure",
}  # links that follow from where a part was made, and are not typed
AS_MADE = {Letter}  # its words stay as they were made, and are shown, not typed


def test_every_typed_field_of_a_part_is_in_its_form() -> None:
    for tab in TABS:
        for part in (each for each in lists(tab.parts) if each.cls not in AS_MADE):
            named = {name for group in part.all_groups() for name in group.names}
            typed = {
                n
                for n, f in part.cls.FIELDS.items()
                if f.kind is not Kind.DATA and not f.derived and f.target not in NOTED and n != part.link
            }
            assert typed <= named, f"{part.title}: {sorted(typed - named)}"
