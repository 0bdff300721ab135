"""What the commands on the list of a page do: its views and groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.commands import Run
from desktop.pages.list_views import ListViews
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow

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
        }

    def group(self) -> None:
        """Offer the fields the list can be grouped by."""
        page = self._window.page
        if isinstance(page, RegisterPage) and page.beside is not None:
            page.list.groups.open()
        else:
            self._window.status.say(NO_LIST)

    def _with_views(self, act: Callable[[ListViews], object]) -> None:
        page = self._window.page
        if isinstance(page, RegisterPage) and page.beside is not None:
            act(page.views)
        else:
            self._window.status.say(NO_LIST)


def _step(views: ListViews, by: int) -> None:
    views.step(by)
