"""The pages of a window, each made when it is first shown: a window with six pages opens as fast as one with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.pages.page import Page, made_inside
from desktop.session import Session


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What the rail and the menus say of a page before it is made. `find` brings its class in."""

    key: str
    title: str
    icon: str
    find: Callable[[], type[Page]]
    on_rail: bool = True  # False for a page that only a command leads to


class Shelf(Mapping[str, Page]):
    """Pages by their keys. Asking for one makes it; `made` is then told, once."""

    def __init__(
        self,
        session: Session,
        entries: Sequence[Page | PageEntry],
        made: Callable[[Page], None],
        inside: QWidget | None = None,
    ) -> None:
        """`inside` is what the pages stand in."""
        self.entries = tuple(entries)
        self._session = session
        self._tell, self._inside = made, inside
        self._waiting = {e.key: e for e in entries if isinstance(e, PageEntry)}
        self._pages: dict[str, Page] = {}
        for page in entries:
            if isinstance(page, Page):
                self._put(page)

    def _put(self, page: Page) -> Page:
        self._pages[page.key] = page
        self._tell(page)
        return page

    def __getitem__(self, key: str) -> Page:
        if key in self._waiting:
            cls = self._waiting.pop(key).find()
            with made_inside(self._inside):
                made = cls(self._session)
            return self._put(made)
        return self._pages[key]

    def __iter__(self) -> Iterator[str]:
        return iter([e.key for e in self.entries])

    def __len__(self) -> int:
        return len(self.entries)


def _contracts() -> type[Page]:
    from desktop.pages.contracts import ContractsPage

    return ContractsPage


def _providers() -> type[Page]:
    from desktop.pages.simple_pages import ProvidersPage

    return ProvidersPage


def _services() -> type[Page]:
    from desktop.pages.simple_pages import ServicesPage

    return ServicesPage


def _specifications() -> type[Page]:
    from desktop.pages.specifications import SpecificationsPage

    return SpecificationsPage


def _checklists() -> type[Page]:
    from desktop.pages.checklists import ChecklistsPage

    return ChecklistsPage


def _check() -> type[Page]:
    from desktop.pages.check import CheckPage

    return CheckPage


def _safety() -> type[Page]:
    from desktop.pages.safety import SafetyPage

    return SafetyPage


def _forward() -> type[Page]:
    from desktop.pages.forward import ForwardPage

    return ForwardPage


def _since() -> type[Page]:
    from desktop.pages.since_meeting import SincePage

    return SincePage


def _templates() -> type[Page]:
    from desktop.pages.templates.page import TemplatesPage

    return TemplatesPage


def _compare() -> type[Page]:
    from desktop.pages.compare import ComparePage

    return ComparePage


def _actions() -> type[Page]:
    from desktop.pages.simple_pages import ActionsPage

    return ActionsPage


def _money() -> type[Page]:
    from desktop.pages.money.page import MoneyPage

    return MoneyPage


def _today() -> type[Page]:
    from desktop.pages.today import TodayPage

    return TodayPage


def _put_right() -> type[Page]:
    from desktop.pages.put_right import PutRightPage

    return PutRightPage


PAGES = (
    PageEntry("today", "Today", "sun", _today),
    PageEntry("contracts", "Contracts", "briefcase", _contracts),
    PageEntry("providers", "Providers", "buildings", _providers),
    PageEntry("services", "Services", "first-aid-kit", _services),
    PageEntry("specifications", "Specifications", "file-text", _specifications),
    PageEntry("checklists", "Checklists", "check-square", _checklists),
    PageEntry("actions", "Actions", "flag", _actions),
    PageEntry("money", "Money", "chart-bar", _money),
    PageEntry("put_right", "To put right", "list-checks", _put_right),
    PageEntry("forward", "Forward plan", "calendar-blank", _forward),
    PageEntry("since", "Since the meeting", "clock-counter-clockwise", _since),
    PageEntry("templates", "Checklist templates", "list-checks", _templates, on_rail=False),
    PageEntry("compare", "Compare options", "graph", _compare, on_rail=False),
    PageEntry("check", "Check my file", "shield-check", _check, on_rail=False),
    PageEntry("safety", "How we know your work is safe", "shield-check", _safety, on_rail=False),
)
BARE = (
    PageEntry("check", "Check my file", "shield-check", _check),
    PageEntry("safety", "How we know your work is safe", "shield-check", _safety, on_rail=False),
)  # of a window that shows no records
