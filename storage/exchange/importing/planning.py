"""Working out what each row of a register does to the contracts that are there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace

from storage.engine.reading import Reader
from storage.engine.rows import new_record
from storage.engine.steps import Progress
from storage.engine.store import with_values
from storage.exchange.importing import matching, providers
from storage.exchange.importing.findings import add_findings
from storage.exchange.importing.import_headings import PROVIDER, Choices
from storage.exchange.importing.list_planning import planning_list
from storage.exchange.importing.matching import By, Held, Recognised
from storage.exchange.importing.merging import Merge, merge, unread_lines
from storage.exchange.importing.plan import ImportPlan, RowPlan
from storage.exchange.importing.providers import Providers, folded
from storage.exchange.importing.rows import Plain, Source, SourceRow, fingerprint
from storage.exchange.importing.words import meant_providers, unmatched_choices
from storage.exchange.tables.sheet import Problem
from storage.records.contracts import Contract, ImportRow, Party

SLICE = 150  # rows compared between two turns of the event loop
_DOING = "Comparing with the register"
_NOT: dict[By, str] = {
    "binned": "This contract is in the bin and stays there. Take it out of the bin to bring it up to date.",
    "twice": "An earlier row has the same Record UUID. Empty that cell to bring this row in as a contract of its own.",
    "left out": "You left this row out.",
    "ask": "It fits more than one contract, or more than one row fits that contract.",
}


def planning(
    reader: Reader, source: Source, choices: Choices, answers: Mapping[int, int] | None = None
) -> Iterator[Progress | ImportPlan]:
    """Hold a source against the file, a slice at a time; the last thing that comes is the plan. Writes nothing.

    `answers` say for rows that must be asked about, by row number, which contract each is, or `matching.NEW` or
    `matching.LEAVE`.
    """
    if source.kind.is_register:
        yield from _planning_contracts(reader, source, choices, answers)
    else:
        yield from planning_list(reader, source, choices, answers)


def _planning_contracts(
    reader: Reader, source: Source, choices: Choices, answers: Mapping[int, int] | None
) -> Iterator[Progress | ImportPlan]:
    held, found = Held(), Providers()
    for step in matching.reading(reader, source.rows, source.sheet.step):
        if isinstance(step, Held):
            held = step
        else:
            yield step
    for read in providers.reading(reader):
        if isinstance(read, Providers):
            found = read
        else:
            yield read
    plan = ImportPlan(source, choices, providers=found, unmatched=unmatched_choices(source, choices))
    rows, named = meant_providers(reader, source, choices, found)
    plan.unmatched += named
    recognised: list[matching.Recognised] = []
    for found_now in matching.recognising(rows, held, answers):
        if isinstance(found_now, list):
            recognised = found_now
        else:
            yield found_now
    planner = _Planner(reader, plan, held)
    for start in range(0, len(rows), SLICE):
        yield Progress(start, len(rows), _DOING)
        end = start + SLICE
        plan.rows += map(planner.plan, rows[start:end], recognised[start:end])
    wanted = {c for row in plan.rows for c in row.candidates}
    plan.candidates = {c: held.contracts[c] for c in sorted(wanted) if c in held.contracts}
    add_findings(plan)
    yield plan


class _Planner:
    """Decides on one row after another."""

    def __init__(self, reader: Reader, plan: ImportPlan, held: Held) -> None:
        self._reader, self._plan, self._held = reader, plan, held
        self._used = set(held.by_uuid)

    def plan(self, row: SourceRow, found: Recognised) -> RowPlan:
        if found.by == "new":
            return self._create(row)
        if found.by in _NOT:
            asked = found.by in ("ask", "twice")
            return RowPlan(
                row,
                "ask" if asked else "not imported",
                found.contract,
                candidates=found.candidates if found.by == "ask" else (),
                why=_NOT[found.by],
            )
        if found.by == "cells" or found.contract is None:
            return RowPlan(row, "unchanged", found.contract)
        return self._update(row, self._held.contracts[found.contract], exported=found.by == "uuid")

    def _create(self, row: SourceRow) -> RowPlan:
        self._plan.providers.need(row.values)
        said = {"fingerprint": row.fingerprint, "occurrence": row.occurrence, "cells": row.cells}
        remembered = new_record(ImportRow, {**said, "source": self._plan.sheet.source})
        provider = str(row.values.get(PROVIDER) or "") or None
        return RowPlan(row, "create", None, _new_contract(row, self._own_uuid(row)), remembered, provider)

    def _own_uuid(self, row: SourceRow) -> str:
        """The UUID a row brings from another file, unless a contract here has it already."""
        try:
            brought = str(uuid.UUID(row.uuid)) if row.uuid else ""
        except ValueError:
            return ""
        if brought in self._used:
            return ""
        self._used.add(brought)
        return brought

    def _update(self, row: SourceRow, before: Contract, *, exported: bool) -> RowPlan:
        last = self._held.imported.get(before.key)
        then = self._held.exported.get(before.key, before) if exported else None
        made = merge(self._plan.source, row, before, last, then)
        self._plan.problems += made.problems
        provider = self._provider(row, before, made)
        if not made.changes and provider is None:
            return RowPlan(row, "unchanged", before.key, before=before)
        after = with_values(before, made.changes)
        remembered = None if exported else self._remembered(row, before, last, made.cells)
        return RowPlan(row, "update", before.key, after, remembered, provider, before=before)

    def _provider(self, row: SourceRow, before: Contract, made: Merge) -> str | None:
        """The name to link to, when it changes. Several providers are never replaced by one."""
        if PROVIDER not in made.changes:
            return None
        name = str(made.changes.pop(PROVIDER) or "")
        parties = [p for p in self._reader.parts(before).of(Party, "parties") if p.role == "Provider"]
        if len(parties) == 1 and parties[0].organisation == self._plan.providers.held.get(folded(name)):
            return None
        if len(parties) > 1 and name:
            heading = self._plan.source.heading_of(PROVIDER)
            why = "This contract has several providers, which were kept. Change them in the contract itself."
            self._plan.problems.append(Problem(row.number, heading, name, why))
            return None
        self._plan.providers.need({**row.values, PROVIDER: name})
        self._plan.parties[before.key] = parties
        return name

    def _remembered(
        self, row: SourceRow, before: Contract, last: ImportRow | None, cells: Mapping[str, Plain]
    ) -> ImportRow:
        return replace(
            last or ImportRow(contract=before.key),
            fingerprint=row.fingerprint if cells == row.cells else fingerprint(cells),
            occurrence=row.occurrence,
            source=self._plan.sheet.source,
            cells=cells,
        )


def _new_contract(row: SourceRow, uuid_of_it: str) -> Contract:
    """The contract a row becomes. Without a word about its status it is taken as signed."""
    values: dict[str, object] = {"stage": "Signed"}
    own: dict[str, object] = {}
    for name, value in row.values.items():
        if name in row.cells and name.startswith("own:"):
            own[name.removeprefix("own:")] = row.cells[name]
        elif name != PROVIDER and value != "":
            values[name] = value
    if row.unread:
        values["unread"] = "\n".join(filter(None, (values.get("unread"), unread_lines(row.unread))))  # type: ignore[arg-type]
    return new_record(Contract, {**values, "own": own, "uuid": uuid_of_it})
