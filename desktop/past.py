"""The register as it was at the end of a past day: rebuilt beside the file, looked at, printed and exported from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop.commands import Run
from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.window import MainWindow
from storage.desk.as_at import past_file
from storage.engine.errors import Refused
from storage.engine.fields import Field, Kind
from storage.engine.opening import open_store
from storage.engine.place.door import Opened
from storage.engine.steps import Progress
from storage.engine.values import long_day

if TYPE_CHECKING:
    from desktop.app import Desk

DAY = Field("At the end of", Kind.DAY, "day", required=True)
WORDS = (
    "Rebuilt from the history of this file and opened to read only: search it, print it, export it. "
    "Nothing in your file changes."
)


class Past:
    """What the commands about a past day do."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self._desk, self._window = desk, window

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"view.as_at": self.ask}

    def ask(self) -> None:
        """Ask for the day."""
        today = self._window.session.today()
        title = "The register as at a past day"
        FormDialog(self._window, title, (DAY,), self._chosen, do="Show it", today=today, words=WORDS).open()

    def _chosen(self, values: Values) -> None:
        day = values["day"]
        if day is None:
            raise Refused("Type the day first, such as 31 March 2026.")
        found: list[Path] = []
        self._window.session.run(
            self._made(cast("date", day), found), "Going back", partial(self._show, cast("date", day), found)
        )

    def _made(self, day: date, found: list[Path]) -> Iterator[Progress]:
        found.append((yield from past_file(self._window.session.store, day)))

    def _show(self, day: date, found: list[Path]) -> None:
        here = self._window.session.store.file
        back = partial(self._desk.open, here.user_path, read_only=here.read_only)
        done = Opened(open_store(found[0], read_only=True, today=lambda: day))
        words = f"{here.user_path.name} as it was at the end of {long_day(day)}, to look at."
        self._desk.show_past(done, f"{words} Dates and totals are those of that day.", back)
