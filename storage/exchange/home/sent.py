"""What was sent in a workbook: as it says itself, otherwise as the history of the file says, otherwise nobody knows."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import Literal

from storage.engine.fields import Field, Value
from storage.engine.former import former_values, has_step
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.exchange.home.reading import Brought
from storage.exchange.importing.as_exported import reading_as_exported
from storage.exchange.importing.merging import same
from storage.exchange.workbooks.sync import from_sent
from storage.records.contracts import Contract


class Unknown(Exception):
    """Nothing says what a cell held when the workbook was sent."""


def reading_base(
    reader: Reader, brought: Brought, contracts: Mapping[int, Contract]
) -> Generator[Progress, None, Base]:
    """The register as a workbook was sent, put together a slice at a time."""
    step = brought.sheet.step
    if not has_step(reader, step):
        return Base(reader, brought, None)
    return Base(reader, brought, (yield from reading_as_exported(reader, step, contracts)))


class Base:
    """The register as a workbook was sent, cell by cell."""

    def __init__(self, reader: Reader, brought: Brought, former: Mapping[int, Contract] | None) -> None:
        """`former` are the contracts changed since, as they were then; None when the step is not of this file."""
        self._reader, self._sync = reader, brought.sync
        self._before: dict[int, dict[str, list[object]]] = {}  # by contract, as far as it was asked for
        self._known, self._former = former is not None, former or {}
        self._places = {c.name: i for i, c in enumerate(brought.sync.editable)} if brought.sync else {}

    @property
    def told_by(self) -> Literal["workbook", "history", "nothing"]:
        """What says it."""
        return "workbook" if self._sync else "history" if self._known else "nothing"

    def sent(self, contract: Contract, field: Field) -> Value:
        """What a cell held. Raises Unknown."""
        held = self._sync.rows.get(contract.uuid) if self._sync else None
        if held is not None and field.name in self._places:
            try:
                return from_sent(field, held[self._places[field.name]])
            except (ValueError, ArithmeticError) as error:
                raise Unknown from error
        if self._known:
            return field.value_of(self._former.get(contract.key, contract))
        raise Unknown

    def was_here(self, contract: Contract, field: Field, value: Value) -> bool:
        """Whether a cell of which nobody knows how it was sent says what the register said before a change here."""
        if contract.key not in self._before:
            self._before[contract.key] = former_values(self._reader, Contract, contract.key)
        held = self._before[contract.key].get("own" if field.own else field.name, [])
        if field.own:
            held = [json.loads(str(own)).get(field.key) for own in held if own]
        return any(same(field, field.from_sql(each), value) for each in held)

    def untouched(self, contract: Contract) -> bool:
        """Whether the history says that a contract was not changed here since."""
        return self._known and contract.key not in self._former

    def went_out(self) -> list[str]:
        """The UUIDs of every row that was sent, as far as the workbook says."""
        return list(self._sync.rows) if self._sync else []
