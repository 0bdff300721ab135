"""The sheet Changes: what is new, gone, extended, slipped or worth something else since the last meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.fields import Kind
from storage.exchange.workbooks.columns import Cell
from storage.exchange.workbooks.table import Table, TableColumn
from storage.exchange.workbooks.text import clean, serial

SHEET = "Changes since last meeting"
_COLUMNS = (
    ("Change", 110), ("Reference", 110), ("Contract", 240), ("What", 150), ("Before", 200), ("After", 200),
    ("By", 130), ("When", 100),
)  # fmt: skip
ChangeCells = Sequence[str | date | None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a meeting: its name, the two days compared, and a row for each change.

    A row holds the kind of change, the reference and title of the contract, what changed, before, after, by whom and
    when.
    """

    meeting: str
    span: str
    rows: Sequence[ChangeCells]


def changes_table(changes: Changes) -> Table:
    """The sheet: the rows in their order."""
    kinds = [Kind.DAY if heading == "When" else Kind.TEXT for heading, _ in _COLUMNS]
    cells = [[_cell(row[place]) for row in changes.rows] for place in range(len(_COLUMNS))]
    columns = [
        TableColumn(heading, kind, width, held)
        for (heading, width), kind, held in zip(_COLUMNS, kinds, cells, strict=True)
    ]
    title = clean(f"Changes since the last {changes.meeting}")
    return Table(SHEET, title, f"{changes.span}. {changes_words(changes)}", "Changes", columns)


def _cell(held: str | date | None) -> Cell:
    return serial(held) if isinstance(held, date) else clean(held or "") or None


def changes_words(changes: Changes) -> str:
    """How many changes of each kind, in a sentence."""
    if not changes.rows:
        return "Nothing has changed."
    counts = Counter(str(row[0]) for row in changes.rows)
    return ", ".join(f"{kind}: {count:,}" for kind, count in counts.items()) + "."
