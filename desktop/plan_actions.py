"""What the commands that look ahead do: the timeline of contracts, and what of it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop.commands import Run
from desktop.pages.contracts import ContractsPage
from desktop.pages.page import Place
from desktop.window import MainWindow

NO_CONTRACT = "Open a contract first, then compare its options."


class PlanActions:
    """The commands of one window that look ahead."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "view.timeline": self.timeline,
            "print.timeline": self.print_timeline,
            "print.forward": self.print_forward,
            "contract.compare": self.compare,
            "print.compare": self.print_comparison,
        }

    def _contracts(self) -> ContractsPage | None:
        page = self._window.pages.get("contracts")
        return page if isinstance(page, ContractsPage) else None

    def timeline(self) -> None:
        """Show the contracts on a timeline, or as a table again when they are on one."""
        page = self._contracts()
        if page is not None:
            here = self._window.page is page
            self._window.show_page(page.key)
            page.show_as("table" if here and page.on_timeline else "timeline")

    def print_timeline(self) -> None:
        """Preview the timeline of what the list of contracts shows, over the time in sight."""
        from desktop.dialogs.print_preview import open_preview
        from storage.exchange.paper.print_timeline import USUAL_YEARS, timeline_paper

        page = self._contracts()
        if page is None:
            return
        scale = page.timeline.scale() if page.timeline is not None else None
        session = self._window.session
        make = partial(
            timeline_paper,
            session.store,
            page.list.source.query,
            page.views.words(),
            scale.first if scale is not None else None,
            scale.years if scale is not None else USUAL_YEARS,
        )
        open_preview(self._window, session, make, "Timeline of contracts")

    def print_forward(self) -> None:
        """Preview the forward plan, as far ahead as its page shows."""
        from desktop.dialogs.print_preview import open_preview
        from desktop.pages.forward import ForwardPage
        from storage.exchange.paper.print_forward import USUAL_YEARS, forward_paper

        page, session = self._window.page, self._window.session
        years = int(page.years.value()) if isinstance(page, ForwardPage) else USUAL_YEARS
        open_preview(self._window, session, partial(forward_paper, session.store, years), "Forward plan")

    def _contract(self) -> int:
        """The contract shown, or 0 after saying that one has to be opened."""
        page = self._window.page
        number = page.record_shown() if page.key in ("contracts", "compare") else 0
        if not number:
            self._window.status.say(NO_CONTRACT)
        return number

    def compare(self) -> None:
        """Compare extending, buying again and stopping for the contract shown."""
        if number := self._contract():
            self._window.go(Place("compare", number))

    def print_comparison(self) -> None:
        """Preview the comparison of the contract shown."""
        from desktop.dialogs.print_preview import open_preview
        from storage.exchange.paper.print_compare import compare_paper
        from storage.records.contracts import Contract

        session, number = self._window.session, self._contract()
        if number:
            contract = session.store.get(Contract, number)
            make = partial(compare_paper, session.store, number)
            open_preview(self._window, session, make, f"{contract.reference} {contract.title} options")
