"""What the commands on meetings do: keep what is shown, print what has changed since."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.commands import Run
from desktop.pages.since_meeting import SincePage
from desktop.window import MainWindow

CHOOSE = "Choose the meeting to compare with, then print."


class SinceActions:
    """The commands of one window that compare with a meeting."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"print.since": self.print_changes, "since.keep": self.keep}

    def _page(self) -> SincePage | None:
        page = self._window.pages.get("since")
        return page if isinstance(page, SincePage) else None

    def print_changes(self) -> None:
        """Preview what the page compares; elsewhere go there first, where the meeting is chosen."""
        page = self._page()
        if page is None:
            return
        if self._window.page is page and page.primary[0]:
            page.do_primary()
            return
        self._window.show_page(page.key)
        self._window.status.say(CHOOSE)

    def keep(self) -> None:
        """Ask for a meeting and keep what the contracts say today."""
        page = self._page()
        if page is not None:
            page.keep_shown()
