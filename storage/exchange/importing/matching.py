"""Which contract each row of a register is: by UUID, by its cells, by reference, then by title, provider and start."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.exchange.importing.as_exported import reading_as_exported
from storage.exchange.importing.rows import SourceRow
from storage.records.contracts import Contract, ImportRow

By = Literal["uuid", "cells", "reference", "title", "chosen", "new", "ask", "binned", "twice", "left out"]
NEW, LEAVE = 0, -1
"""Answers for a row that fits several contracts, in place of the id of one: a new contract, or none at all."""
SLICE = 250  # records read between two turns of the event loop
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a row was found to be. `contract` is set for the first five ways and the bin."""

    by: By
    contract: int | None = None
    candidates: tuple[int, ...] = ()  # of a row that must be asked about; a contract two rows fit is one


@dataclass
class Held:
    """What the file holds already, as far as rows are compared with it."""

    contracts: dict[int, Contract] = field(default_factory=dict)  # live ones
    imported: dict[int, ImportRow] = field(default_factory=dict)  # by contract
    binned: frozenset[int] = frozenset()
    by_uuid: dict[str, int] = field(default_factory=dict)  # the bin included
    exported: dict[int, Contract] = field(default_factory=dict)  # those changed since our workbook, as in it


def reading(reader: Reader, rows: Sequence[SourceRow], step: str) -> Iterator[Progress | Held]:
    """Read what is held, a slice at a time; the last thing that comes is what was read.

    `step` is the hash of the last step that a workbook of our own shows.
    """
    held = Held(binned=frozenset(reader.ids(Contract, Query(binned=True))))
    ids = reader.ids(ImportRow)
    for start in range(0, len(ids), SLICE):
        for row in reader.many(ImportRow, ids[start : start + SLICE]).values():
            if row.contract is not None:
                held.imported[row.contract] = row
        yield Progress(start, len(ids), "Looking up what was imported before")
    ids = reader.ids(Contract)
    for start in range(0, len(ids), SLICE):
        held.contracts |= reader.many(Contract, ids[start : start + SLICE])
        yield Progress(start, len(ids), "Comparing with the register")
    named = {row.uuid for row in rows if row.uuid}
    held.by_uuid = {c.uuid: number for number, c in held.contracts.items() if c.uuid in named}
    others = sorted(named - held.by_uuid.keys())  # in the bin, or of another file
    for start in range(0, len(others), SLICE):
        some = reader.by_uuid(Contract, others[start : start + SLICE])
        held.by_uuid |= {identity: contract.key for identity, contract in some.items()}
        yield Progress(start, len(others), "Comparing with the register")
    if step and held.by_uuid:
        held.exported = yield from reading_as_exported(reader, step, held.contracts)
    yield held


def recognising(
    rows: Sequence[SourceRow], held: Held, answers: Mapping[int, int] | None = None
) -> Iterator[Progress | list[Recognised]]:
    """What each row is, in order: the last thing that comes, one way of recognising after another before it.

    `answers` decide for rows that must be asked about, by their number. Surer ways go first for all rows, and a
    contract is only ever one row.
    """
    recogniser = _Recogniser(rows, held)
    for way in recogniser.ways(answers or {}):
        way()
        yield Progress(0, len(rows), "Comparing with the register")
    yield recogniser.found()


class _Recogniser:
    def __init__(self, rows: Sequence[SourceRow], held: Held) -> None:
        self._rows, self._held = rows, held
        self._found: dict[int, Recognised] = {}  # by place
        self._claimed: set[int] = set()

    def ways(self, answers: Mapping[int, int]) -> tuple[Callable[[], None], ...]:
        """The ways of recognising, the surest first."""
        answering = partial(self._by_answers, answers)
        told = (self._by_uuid, self._by_cells, answering)
        return (*told, self._by_reference, self._by_title, self._by_repeated_reference)

    def found(self) -> list[Recognised]:
        """What each row was found to be; new when no way found it."""
        return [self._found.get(i, Recognised("new")) for i in range(len(self._rows))]

    def _left(self) -> list[tuple[int, SourceRow]]:
        return [(i, row) for i, row in enumerate(self._rows) if i not in self._found]

    def _take(self, place: int, by: By, contract: int) -> None:
        if contract in self._held.binned:
            by = "binned"
        self._found[place] = Recognised(by, contract)
        self._claimed.add(contract)

    def _by_uuid(self) -> None:
        seen: set[str] = set()
        for i, row in self._left():
            if not row.uuid:
                continue
            contract = self._held.by_uuid.get(row.uuid)
            if row.uuid in seen:
                self._found[i] = Recognised("twice", None, (contract,) if contract else ())
            elif contract is not None:
                self._take(i, "uuid", contract)
            seen.add(row.uuid)

    def _by_cells(self) -> None:
        known = {(row.fingerprint, row.occurrence): c for c, row in self._held.imported.items()}
        for i, row in self._left():
            contract = known.get((row.fingerprint, row.occurrence))
            if contract is not None and contract not in self._claimed:
                self._take(i, "cells", contract)

    def _by_answers(self, answers: Mapping[int, int]) -> None:
        for i, row in enumerate(self._rows):
            answer = answers.get(row.number)
            found = self._found.get(i)
            if answer is None or (found is not None and found.by != "twice"):
                continue
            if answer == LEAVE:
                self._found[i] = Recognised("left out")
            elif answer == NEW:
                self._found[i] = Recognised("new")
            elif answer in self._held.contracts and answer not in self._claimed:
                self._take(i, "chosen", answer)

    def _free(self, ids: set[int]) -> list[int]:
        return sorted(ids - self._claimed)

    def _referred(self) -> Mapping[str, set[int]]:
        """The contracts of each reference."""
        contracts = defaultdict(set)
        for number, contract in self._held.contracts.items():
            if contract.reference:
                contracts[_folded(contract.reference)].add(number)
        return contracts

    def _by_reference(self) -> None:
        contracts = self._referred()
        if not contracts:
            return
        wanted = [(i, row, _folded(row.cells.get("reference", ""))) for i, row in self._left()]
        rows = Counter(_folded(row.cells.get("reference", "")) for row in self._rows)
        for i, row, reference in wanted:
            fit = contracts.get(reference, set()) if reference else set()
            if len(fit) == 1 and rows[reference] == 1:
                self._take_free(i, "reference", fit)
            elif len(fit) > 1 and rows[reference] == 1:
                self._narrow(i, row, fit)

    def _take_free(self, place: int, by: By, fit: set[int]) -> None:
        for contract in self._free(fit):
            self._take(place, by, contract)

    def _narrow(self, place: int, row: SourceRow, fit: set[int]) -> None:
        """Several contracts have the reference of a row: title, provider and start may tell which it is."""
        free = self._free(fit)
        same = [c for c in free if _row_key(row) in self._keys(c)]
        if len(same) == 1:
            self._take(place, "title", same[0])
        elif len(free) > 1:
            self._found[place] = Recognised("ask", None, tuple(same or free))

    def _by_title(self) -> None:
        left = [(i, row, _row_key(row)) for i, row in self._left()]
        left = [(i, row, key) for i, row, key in left if key[0]]
        if not left:
            return
        contracts = defaultdict(set)
        for number in self._held.contracts:
            if number not in self._claimed:
                for key in self._keys(number):
                    contracts[key].add(number)
        rows = Counter(key for _, _, key in left)
        for i, row, key in left:
            fit = [c for c in self._free(contracts.get(key, set())) if self._may_be(row, key, c)]
            if len(fit) == 1 and rows[key] == 1:
                self._take(i, "title", fit[0])
            elif fit:
                self._found[i] = Recognised("ask", None, tuple(fit))

    def _by_repeated_reference(self) -> None:
        """What is left of a reference that several rows have: one row and one contract are each other.

        A further exact double of a row is no news about another contract.
        """
        contracts = self._referred()
        known = {row.fingerprint for row in self._held.imported.values()}
        left = [
            (i, _folded(r.cells.get("reference", ""))) for i, r in self._left() if r.fingerprint not in known
        ]
        rows = Counter(reference for _, reference in left)
        fits = {reference: self._free(contracts.get(reference, set())) for reference in rows if reference}
        for i, reference in left:
            fit = fits.get(reference, [])
            if len(fit) == 1 and rows[reference] == 1:
                self._take(i, "reference", fit[0])
            elif fit:
                self._found[i] = Recognised("ask", None, tuple(fit))

    def _may_be(self, row: SourceRow, key: _Key, number: int) -> bool:
        """Whether a contract of the same title may be a row: unlike references count unless all three are alike."""
        given = _folded(row.cells.get("reference", ""))
        held = _folded(self._held.contracts[number].reference)
        return all(key) or not given or not held or given == held

    def _keys(self, number: int) -> set[_Key]:
        """Title, provider and start of a contract: as it is, and as its source had them last."""
        contract = self._held.contracts[number]
        start = contract.start.isoformat() if contract.start else ""
        found = {(_folded(contract.title), _folded(contract.provider_name), start)}
        if number in self._held.imported:
            found.add(_key(self._held.imported[number].cells))
        return found


def _row_key(row: SourceRow) -> _Key:
    return _key(row.cells)


def _key(cells: Mapping[str, object]) -> _Key:
    return (
        _folded(cells.get("title", "")),
        _folded(cells.get("provider_name", "")),
        str(cells.get("start", "")),
    )


def _folded(words: object) -> str:
    return " ".join(str(words).split()).casefold()


__all__ = ["LEAVE", "NEW", "By", "Held", "Recognised", "reading", "recognising"]
