"""The history in rescued rows: which steps are whole by their own hash, and what they say each record holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from storage.engine.ddl import changed_values
from storage.engine.repair.scavenging import Rescued, Row
from storage.engine.steps import chain_head, chain_link

Told = dict[str, dict[int, dict[str, object] | None]]  # table, number, values; None: deleted
_HEAD = ("uuid", "at", "who", "label", "kind", "undoes", "previous")


@dataclass(frozen=True, slots=True)
class PastChange:
    """What a step did to one row, as it was written."""

    id: int
    table: str
    row: int
    old: str | None
    new: str | None

    @property
    def link(self) -> bytes:
        """As it goes into the hash of its step."""
        return chain_link(self.table, self.row, self.old, self.new)


@dataclass(frozen=True, slots=True)
class PastStep:
    """One step with everything it changed."""

    id: int
    head: tuple[object, ...]  # uuid, at, who, label, kind, undoes, previous
    hash: str
    changes: tuple[PastChange, ...]

    @property
    def uuid(self) -> str:
        """What no other step is called."""
        return str(self.head[0])

    @property
    def previous(self) -> str:
        """The hash of the step before it."""
        return str(self.head[-1])

    def hashed(self) -> str:
        """The hash over what it holds."""
        digest = hashlib.sha256(chain_head(list(self.head)).encode())
        for change in self.changes:
            digest.update(change.link)
        return digest.hexdigest()

    def after(self, previous: str, steps: set[int]) -> PastStep:
        """The same step chained to another one before it; what it undoes is left out when that is not kept."""
        undoes = self.head[5] if self.head[5] in steps else None
        if previous == self.previous and undoes == self.head[5]:
            return self
        chained = replace(self, head=(*self.head[:5], undoes, previous))
        return replace(chained, hash=chained.hashed())


@dataclass(slots=True)
class Past:
    """The steps that are whole, in order, and the numbers of those known to be lost."""

    steps: list[PastStep] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)
    loose: list[PastChange] = field(default_factory=list)  # what is left of steps that are not whole
    gaps: int = 0  # places where a step follows another than the one it was written after
    last: int = 0  # the highest number any step had
    cut_short: bool = False  # whether there are known to have been steps after the last
    to_the_end: bool = False  # whether the last step known is known to be the last there was

    @property
    def complete(self) -> bool:
        """Whether nothing is missing from the first step to the last that is known of."""
        return not self.lost and not self.gaps and self.to_the_end and bool(self.steps)

    @property
    def missing(self) -> int:
        """How many steps are known to be lost."""
        return max(len(self.lost), self.gaps + self.cut_short)

    def told(self) -> Told:
        """What the steps, put together, say that each record holds."""
        return _put_together(change for step in self.steps for change in step.changes)

    def heard(self) -> Told:
        """As `told`, with what is left of steps that are not whole; no hash vouches for those."""
        if not self.loose:
            return self.told()
        whole = [change for step in self.steps for change in step.changes]
        return _put_together(sorted([*whole, *self.loose], key=lambda change: change.id))


def _put_together(changes: Iterable[PastChange]) -> Told:
    told: Told = {}
    for change in changes:
        held = told.setdefault(change.table, {})
        if change.new is None:
            held[change.row] = None
        else:
            held[change.row] = (held.get(change.row) or {}) | changed_values(change.new)
    return told


def past_of(rescued: Rescued) -> Past:
    """The whole steps among rescued rows."""
    changes: dict[int, list[PastChange]] = {}
    for change, of in _changes(rescued.rows("change")):
        changes.setdefault(of, []).append(change)
    past = Past(lost=set(changes))
    for number, row in sorted(rescued.rows("step").items()):
        head = tuple(row.get(name) for name in _HEAD)
        step = PastStep(number, head, str(row.get("hash")), tuple(changes.get(number, ())))
        past.lost.add(number)
        if _whole(step):
            past.steps.append(step)
            past.lost.discard(number)
    past.loose = [c for number in sorted(past.lost) for c in changes.get(number, ()) if _readable(c)]
    past.gaps = sum(
        a != b.previous for a, b in zip(["", *(s.hash for s in past.steps)], past.steps, strict=False)
    )
    ended = max((c.id for s in past.steps for c in s.changes), default=0)
    numbered = _numbered(rescued, "change")
    past.cut_short = bool(past.steps) and numbered > ended
    past.to_the_end = 0 < numbered == ended
    past.last = max([0, *past.lost, *(s.id for s in past.steps)])
    return past


def _numbered(rescued: Rescued, table: str) -> int:
    """The highest number that a table has given out; 0 when that was not found."""
    found = (r.get("seq") for r in rescued.rows("sqlite_sequence").values() if r.get("name") == table)
    return max((n for n in found if isinstance(n, int)), default=0)


def _changes(rows: Mapping[int, Row]) -> Iterator[tuple[PastChange, int]]:
    for number, row in sorted(rows.items()):
        step, table, of = row.get("step"), row.get("tbl"), row.get("row")
        old, new = row.get("old"), row.get("new")
        readable = all(v is None or isinstance(v, str) for v in (old, new))
        if isinstance(step, int) and isinstance(table, str) and isinstance(of, int) and readable:
            yield PastChange(number, table, of, old, new), step  # type: ignore[arg-type]


def _whole(step: PastStep) -> bool:
    """Whether a step is as it was written: by its hash, with changes that can be read."""
    if not all(isinstance(value, str) for value in (*step.head[:5], step.head[6])):
        return False
    try:
        return step.hashed() == step.hash and all(map(_readable, step.changes))
    except (ValueError, TypeError):
        return False


def _readable(change: PastChange) -> bool:
    try:
        return all(changed_values(w) is not None for w in (change.old, change.new) if w is not None)
    except (ValueError, TypeError, RecursionError):
        return False
