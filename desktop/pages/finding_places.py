"""Where in the window a record and a field of it are: the page, the tab, and the cell that mends a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from desktop.pages.page import Place
from desktop.pages.part_list import PartList

if TYPE_CHECKING:
    from desktop.pages.record_detail import RecordDetail

Details = type["RecordDetail[Any]"]


def _contracts() -> Details:
    from desktop.pages.contract_detail import ContractDetail

    return ContractDetail


def _providers() -> Details:
    from desktop.pages.provider_detail import ProviderDetail

    return ProviderDetail


def _actions() -> Details:
    from desktop.pages.simple_details import ActionDetail

    return ActionDetail


def _services() -> Details:
    from desktop.pages.simple_details import ServiceDetail

    return ServiceDetail


def _specifications() -> Details:
    from desktop.pages.specification_detail import SpecificationDetail

    return SpecificationDetail


PAGES: dict[str, tuple[str, Callable[[], Details] | None]] = {
    "contract": ("contracts", _contracts),
    "organisation": ("providers", _providers),
    "action": ("actions", _actions),
    "specification": ("specifications", _specifications),
    "checklist_run": ("checklists", None),
    "service": ("services", _services),
}
"""The page of each kind of record, and what shows one of them by tabs."""


def place_of(table: str, record: int, field: str = "", contract: int = 0) -> Place:
    """Where a record is shown, and the field in it; a part of a contract is shown on the contract's page."""
    if table in PAGES:
        page, find = PAGES[table]
        return Place(page, record, _section(find(), table, record, field) if find and field else "")
    return Place("contracts", contract, _section(_contracts(), table, record, field))


def _section(detail: Details, table: str, record: int, field: str) -> str:
    """The tab that has the field, or the list that has the part, as `show_tab` takes it; nothing when none has."""
    if field in (tab.key for tab in detail.tabs):
        return field
    for tab in detail.tabs:
        held = any(field in group.names for group in tab.groups)
        if (table == detail.cls.TABLE and held) or table in _tables(tab.parts):
            return f"{tab.key}/{table}/{record}/{field}"
    return ""


def _tables(lists: Iterable[PartList[Any]]) -> Iterator[str]:
    """The tables of lists of parts and of those inside them."""
    for each in lists:
        yield each.cls.TABLE
        yield from _tables(each.children)
