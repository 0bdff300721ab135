"""What has changed since the last meeting: two snapshots, or one and the register as it is, as rows in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.meeting.shown_contracts import (
    EVERY,
    Shown,
    arrangement_of,
    showing_of,
    shown_fields,
    shown_now,
    snapshot_named,
)
from storage.desk.meeting.since_who import BY_CALENDAR, NOBODY, ByWhom, Trail, trail
from storage.engine.fields import Field, Kind
from storage.engine.reading import Reader
from storage.engine.values import show_day, show_money_short
from storage.engine.who_changed import step_after_which
from storage.records.contracts import Contract
from storage.records.meeting_snapshots import MeetingSnapshot
from storage.rules.kpis import AMBER, GREEN, RED
from storage.rules.position import CANCELLED, EXPIRED, TERMINATED
from storage.rules.since_meeting import AMOUNTS, Change, Held, Showing, Values, compare
from storage.rules.since_meeting import Kind as ChangeKind

WHOLE_CONTRACT = "Contract"  # stands for the field where a contract came or went
_OVER = (EXPIRED, TERMINATED, CANCELLED)
_WORST = {RED: 3, AMBER: 2, GREEN: 0}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in plain words. `contract` is the number of its record, 0 when that is not in the file any more."""

    kind: ChangeKind
    reference: str
    title: str
    field: str
    before: str
    after: str
    by: str
    when: date | None
    contract: int
    uuid: str
    name: str = ""  # of the field in the program; empty where the contract itself came or went

    @property
    def kind_words(self) -> str:
        """The kind as people read it."""
        return self.kind.value


@dataclass(frozen=True, slots=True)
class Since:
    """Everything that changed between two showings, the most important first."""

    meeting: str
    before_on: date
    after_on: date
    which: str  # the contracts shown, in words
    rows: tuple[ChangeRow, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many contracts each kind of change concerns, kinds without any left out, the most important first."""
        found: dict[ChangeKind, set[str]] = {kind: set() for kind in ChangeKind}
        for row in self.rows:
            found[row.kind].add(row.uuid)
        return {kind: len(contracts) for kind, contracts in found.items() if contracts}

    @property
    def told(self) -> tuple[ChangeRow, ...]:
        """The rows without what only follows from others."""
        return tuple(row for row in self.rows if row.kind is not ChangeKind.FOLLOWS)

    @property
    def span(self) -> str:
        """The two days: 4 Mar 2026 to 1 Jun 2026."""
        return f"{show_day(self.before_on)} to {show_day(self.after_on)}"


def since_meeting(reader: Reader, meeting: str = "") -> Since:
    """What has changed since the newest snapshot, of a meeting where one is named. Raises `StorageError` for none."""
    return since(reader, snapshot_named(reader, meeting))


def since(reader: Reader, before: MeetingSnapshot, after: MeetingSnapshot | Shown | None = None) -> Since:
    """What has changed from a snapshot to another, to what was just gathered, or to the register as it is now.

    Now is asked with the filter of the snapshot, in which days that move count from today.
    """
    if isinstance(after, MeetingSnapshot):
        later, until = showing_of(reader, after), step_after_which(reader, after.step, after.kept_at)
    else:
        later, until = (after or shown_now(reader, arrangement_of(reader, before))).showing, None
    made = _Told(
        reader,
        showing_of(reader, before),
        later,
        trail(reader, step_after_which(reader, before.step, before.kept_at), until),
        {str(name): str(label) for name, label in before.labels.items()},
    )
    return Since(before.title, made.old.as_at, later.as_at, before.which or EVERY, made.rows())


class _Told:
    """Turns changes into rows."""

    def __init__(
        self, reader: Reader, old: Showing, new: Showing, trail: Trail, labels: Mapping[str, str]
    ) -> None:
        self.old, self.new, self._trail, self._labels = old, new, trail, labels
        self._fields = shown_fields(reader)
        both = [*dict.fromkeys([*old.contracts, *new.contracts])]
        self._records = reader.by_uuid(Contract, both)

    def rows(self) -> tuple[ChangeRow, ...]:
        """Every change as a row, the most important kind first, the largest first within it."""
        worked_out = {n for n, f in self._fields.items() if f.derived or f.from_today}
        found = compare(self.old, self.new, worked_out)
        places = {name: place for place, name in enumerate(self._fields)}
        kinds = {kind: place for place, kind in enumerate(ChangeKind)}
        found.sort(
            key=lambda c: (kinds[c.kind], -self._weight(c), self._called(c), places.get(c.field, len(places)))
        )
        return tuple(self._row(change) for change in found)

    def _weight(self, change: Change) -> int:
        """What comes first within a kind: passed days, the worse rating, the larger sum."""
        if change.field in AMOUNTS:
            return abs(_whole(change.after) - _whole(change.before))
        values = self._values(change.contract)
        if change.kind is ChangeKind.RATING:
            return _WORST.get(str(change.after), 1)
        size = max(_whole(values.get(name)) for name in AMOUNTS)
        return size + (1 << 60 if change.passed else 0)

    def _values(self, contract: str) -> Values:
        return self.new.contracts.get(contract) or self.old.contracts.get(contract) or {}

    def _called(self, change: Change) -> str:
        values = self._values(change.contract)
        return f"{values.get('reference', '')} {values.get('title', '')}"

    def _row(self, change: Change) -> ChangeRow:
        values, record = self._values(change.contract), self._records.get(change.contract)
        before, after = self._words(change)
        by = self._by(change, record)
        return ChangeRow(
            change.kind,
            str(values.get("reference", "")),
            str(values.get("title", "")),
            self._label(change.field),
            before,
            after,
            by.who,
            by.day,
            record.key if record else 0,
            change.contract,
            change.field,
        )

    def _label(self, name: str) -> str:
        if not name:
            return WHOLE_CONTRACT
        field = self._fields.get(name)
        return field.label if field else self._labels.get(name, name)

    def _words(self, change: Change) -> tuple[str, str]:
        if change.kind is ChangeKind.NEW:
            return "", self._summary(self.new.contracts[change.contract])
        if change.kind is ChangeKind.GONE:
            return self._summary(self.old.contracts[change.contract]), self._why_gone(change.contract)
        field = self._fields.get(change.field)
        before, after = (_shown(field, held) for held in (change.before, change.after))
        return before, f"{after}, which has passed" if change.passed else after

    def _summary(self, values: Values) -> str:
        """A contract in a few words: provider, value, end."""
        value, ends = values.get("current_value"), values.get("ends")
        said = (
            str(values.get("provider_name", "")),
            show_money_short(value) if isinstance(value, int) else "",
            f"ends {_shown(self._fields['ends'], ends)}" if ends else "",
        )
        return ", ".join(filter(None, said)) or str(values.get("position", ""))

    def _why_gone(self, contract: str) -> str:
        """Why a contract is not shown any more: deleted, ended, or left out by the filter."""
        record = self._records.get(contract)
        if record is None:
            return "Not in the file any more"
        if record.binned:
            return "Deleted: it lies in the bin"
        position = str(Contract.FIELDS["position"].value_of(record, self.new.as_at))
        if position in _OVER:
            return f"Ended: {position.lower()}"
        return "Left out by the filter"

    def _by(self, change: Change, record: Contract | None) -> ByWhom:
        if record is None:
            return NOBODY
        if change.passed and change.before == change.after:
            return BY_CALENDAR
        if not change.field:
            found, moves = self._trail.of_contract(record.key), True
        else:
            field = self._fields.get(change.field)
            found = self._trail.of_field(record.key, change.field)
            moves = field is not None and (field.from_today or field.kind is Kind.DAY)
        return BY_CALENDAR if found == NOBODY and moves else found


def _shown(field: Field | None, held: Held | None) -> str:
    """A value as people read it; of a field that is gone, and one that cannot be read, as it was kept."""
    if held is None:
        return "blank"
    if field is None:
        return str(held)
    if field.kind is Kind.LINK:
        return str(held)
    try:
        return field.show(field.from_sql(held))
    except (ValueError, ArithmeticError, TypeError):
        return str(held)


def _whole(held: Held | None) -> int:
    return held if isinstance(held, int) else 0


HEADINGS = ("Change", "Reference", "Contract", "What", "Before", "After", "By", "When")
"""The headings of `cells_of`."""


def cells_of(rows: Sequence[ChangeRow]) -> list[tuple[str | date | None, ...]]:
    """The rows as a sheet has them: kind, reference, title, field, before, after, by, when."""
    return [(r.kind_words, r.reference, r.title, r.field, r.before, r.after, r.by, r.when) for r in rows]
