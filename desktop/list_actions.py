"""What the commands on the list of a page do: its views, its groups, changing what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.commands import Run
from desktop.pages.list_views import ListViews
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow

NOT_MANY = "What is listed here is changed one by one."
CHOOSE_FIRST = "Choose rows first: Shift and a click, or Shift and an arrow, takes several."
NO_LIST = "This page has no list. Go to one that has, such as Contracts."


class ListActions:
    """The commands of one window that concern the list shown."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "view.pick": partial(self._with_views, ListViews.open),
            "view.next": partial(self._with_views, partial(_step, by=1)),
            "view.previous": partial(self._with_views, partial(_step, by=-1)),
            "view.save": partial(self._with_views, ListViews.save_as),
            "view.group": self.group,
            "edit.many": self.change_many,
        }

    def group(self) -> None:
        """Offer the fields the list can be grouped by."""
        page = self._window.page
        if isinstance(page, RegisterPage) and page.beside is not None:
            page.list.groups.open()
        else:
            self._window.status.say(NO_LIST)

    def change_many(self) -> None:
        """Change the records chosen in the list, all at once."""
        from desktop.dialogs.bulk import BulkDialog
        from desktop.dialogs.bulk_modes import MODES

        page = self._window.page
        ids = page.selected_ids() if isinstance(page, RegisterPage) and page.beside is not None else []
        if not isinstance(page, RegisterPage) or page.plan.cls not in MODES:
            self._window.status.say(NOT_MANY)
        elif not ids:
            self._window.status.say(CHOOSE_FIRST)
        else:
            page.detail.leave()
            BulkDialog(self._window, self._window.session, page.plan, ids).open()

    def _with_views(self, act: Callable[[ListViews], object]) -> None:
        page = self._window.page
        if isinstance(page, RegisterPage) and page.beside is not None:
            act(page.views)
        else:
            self._window.status.say(NO_LIST)


def _step(views: ListViews, by: int) -> None:
    views.step(by)
