"""What a form that came back says, whatever sort of file it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.exchange.forms.lines import Held
from storage.exchange.tables.sheet import Cell, Problem


@dataclass
class Returned:
    """What came back. `cells` are by id; `sent` what was sent, by id, as far as the form still says it.

    With each cell stands the number of its row, or of its page: `rows_are` says which.
    """

    source: str
    facts: Mapping[str, str]
    by: str = ""
    cells: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    sent: dict[str, Held] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows_are: str = "Row"  # or "Page"

    @property
    def run(self) -> str:
        """The UUID of the run it was sent for; empty where nothing says it."""
        return self.facts.get("checklist", "")
