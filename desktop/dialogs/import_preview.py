"""What an import will do, row by row: what is new, what changes and from what to what, what is refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.dialogs.import_lists import LinesView
from storage.engine.fields import Field, Record
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.importing.list_kinds import VIA
from storage.exchange.importing.plan import ImportPlan, RowPlan, What
from widgets.choices import Segmented
from widgets.parts import row
from widgets.table_model import Column

_COLUMNS = (
    Column("row", "Row", 64, "right", sortable=False),
    Column("what", "What happens", 120, sortable=False),
    Column("which", "Record", 280, sortable=False),
    Column("details", "In detail", 420, stretch=True, sortable=False),
)
_WORDS: Mapping[What, str] = {
    "create": "New",
    "update": "Changed",
    "unchanged": "As it is",
    "not imported": "Not imported",
    "ask": "To decide",
}
_ORDER: tuple[tuple[str, str, tuple[What, ...]], ...] = (
    ("all", "All", ("create", "update", "unchanged", "not imported", "ask")),
    ("create", "New", ("create",)),
    ("update", "Changed", ("update",)),
    ("unchanged", "As they are", ("unchanged",)),
    ("refused", "Not imported", ("not imported", "ask")),
)
_MOST_VALUES = 6  # values of a new record told
_SEGMENT = 130  # pixels
_LONGEST = 60  # letters of a value


class PreviewPanel(QWidget):
    """A table of rows, all or those of one fate."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self.fates = Segmented([(key, title) for key, title, _ in _ORDER], _SEGMENT)
        self.fates.set_value(_ORDER[0][0])
        self.fates.chosen.connect(self._show)
        self._view: LinesView | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(row(self.fates, None, margins=(24, 12, 24, 4)))

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what another plan would do."""
        self._plan = plan
        for key, title, whats in _ORDER:
            self.fates.set_words(key, f"{title} ({plan.count(*whats):,})")
        self._show(self.fates.value())

    def _show(self, key: str) -> None:
        if self._plan is None:
            return
        whats = next(whats for name, _, whats in _ORDER if name == key)
        made = LinesView(_COLUMNS, PlanLines(self._plan, whats), "What the import does")
        if self._view is not None:
            self._whole.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._view = made
        self._whole.addWidget(made, 1)


class PlanLines(Sequence[Mapping[str, str]]):
    """The rows of a plan in words, each worked out when it is looked at."""

    def __init__(self, plan: ImportPlan, whats: Sequence[What]) -> None:
        self._plan = plan
        self._rows = [row for row in plan.rows if row.what in whats]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Mapping[str, str]]: ...
    def __getitem__(self, place: int | slice) -> Mapping[str, str] | Sequence[Mapping[str, str]]:
        if isinstance(place, slice):
            return [self._line(row) for row in self._rows[place]]
        return self._line(self._rows[place])

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return map(self._line, self._rows)

    def _line(self, planned: RowPlan) -> Mapping[str, str]:
        return {
            "row": f"{planned.row.number:,}",
            "what": _WORDS[planned.what],
            "which": self._which(planned),
            "details": details(self._plan, planned),
        }

    def _which(self, planned: RowPlan) -> str:
        """The record a row is or becomes; of one that is refused, what the row says."""
        record = planned.before or planned.after
        named = record.NAMED_BY if record is not None else self._plan.source.kind.record.NAMED_BY
        if record is not None and any(getattr(record, name) for name in named):
            return record.name
        kind = self._plan.source.kind
        tells = {name for key in kind.keys for name in key} | kind.links.keys()
        wide = set(kind.wide or ())
        said = [planned.row.raw.get(h.heading, "") for h in self._plan.headings if h.name in tells - wide]
        if kind.wide and (day := planned.row.values.get(kind.wide[0])) is not None:
            said.append(kind.record.FIELDS[kind.wide[0]].show(day))
        said = said or [planned.row.raw.get(h, "") for h in self._plan.sheet.headings[:3]]
        return ", ".join(" ".join(words.split())[:_LONGEST] for words in said if words)


def details(plan: ImportPlan, planned: RowPlan) -> str:
    """What changes in a record, or what a new one says; why a row is not imported."""
    if planned.why:
        return planned.why
    fields = plan.source.fields
    after, before = planned.after, planned.before
    told = []
    if before is not None and after is not None:
        for name, field in fields.items():
            if (new := _shown(field, after, name)) != (old := _shown(field, before, name)):
                told.append(f"{field.label}: {old or 'blank'} → {new or 'blank'}")
            elif _is_link(after, name) and getattr(after, name) != getattr(before, name):
                told.append(f"{field.label} → {planned.row.raw.get(plan.source.heading_of(name), '')}")
        if planned.provider is not None:
            told.append(f"{fields[PROVIDER].label}: {before.FIELDS[PROVIDER].show(getattr(before, PROVIDER))} → "
                        f"{planned.provider or 'blank'}")  # fmt: skip
    elif after is not None:
        named = set(after.NAMED_BY[:1])
        for name, field in sorted(fields.items(), key=lambda each: not each[1].shown):
            if name not in named and (new := _shown(field, after, name)):
                told.append(f"{field.label}: {new}")
        if planned.provider:
            told.insert(0, f"{fields[PROVIDER].label}: {planned.provider}")
    told += [
        f"{fields[n].label}: {words} (new)" for n, words in planned.news.items() if not n.startswith(VIA)
    ]
    more = len(told) - _MOST_VALUES
    return "; ".join(told[:_MOST_VALUES]) + (f"; and {more} more" if more > 0 else "")


def _shown(field: Field, record: Record, name: str) -> str:
    """A value in words; a link by its number is told elsewhere."""
    if name.startswith(VIA) or name == PROVIDER or _is_link(record, name):
        return ""
    held = record.FIELDS.get(name, field)
    return " ".join(held.show(held.value_of(record)).split())[:_LONGEST]


def _is_link(record: Record, name: str) -> bool:
    return name in record.FIELDS and bool(record.FIELDS[name].target)
