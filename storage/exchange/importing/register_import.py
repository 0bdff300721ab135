"""Bringing a register in: worked out first, then written as one step that one Undo takes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from storage.engine.errors import Refused
from storage.engine.fields import Kind
from storage.engine.reading import Reader
from storage.engine.rows import altered
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.exchange.importing.columns import DateOrder
from storage.exchange.importing.import_headings import Choices, Goes, Heading, known_fields
from storage.exchange.importing.list_kinds import CONTRACTS, ListKind
from storage.exchange.importing.list_layout import prepared
from storage.exchange.importing.list_writing import own_fields_of, writing_list
from storage.exchange.importing.matching import LEAVE, NEW
from storage.exchange.importing.memory import remembering
from storage.exchange.importing.plan import ImportPlan, RowPlan, What
from storage.exchange.importing.planning import planning
from storage.exchange.importing.providers import folded
from storage.exchange.importing.rows import read_source
from storage.exchange.importing.summary import Summary, summary_of
from storage.exchange.tables.sheet import Problem, Sheet
from storage.records.contracts import Contract, ImportRow, Party

__all__ = [
    "LEAVE",
    "NEW",
    "Choices",
    "Goes",
    "Heading",
    "ImportPlan",
    "Problem",
    "RowPlan",
    "Summary",
    "What",
    "plan_import",
    "plan_with",
    "planning",
    "summary_of",
    "write_import",
]
SLICE = 60  # rows written between two turns of the event loop


def plan_import(
    reader: Reader,
    sheet: Sheet,
    *,
    chosen: Mapping[str, str] | None = None,
    left_out: Collection[str] = (),
    ticked: Collection[str] = (),
    date_order: DateOrder | Mapping[str, DateOrder] | None = None,
    own_kinds: Mapping[str, Kind] | None = None,
    answers: Mapping[int, int] | None = None,
    kind: ListKind = CONTRACTS,
    fixed: Mapping[str, str] | None = None,
    meant: Mapping[str, Mapping[str, str]] | None = None,
) -> ImportPlan:
    """What importing a sheet would do. Only reads. Raises SourceError for headings and fields there are not.

    `chosen` maps fields, by name or label, to headings; `left_out` and `ticked` are headings that go nowhere, or
    to a field of the user's own; `date_order` and `own_kinds` are as in `read_columns`; `answers` as in `planning`.
    `kind` is the list the rows go to; `fixed` and `meant` are as in `Choices`.
    """
    choices = Choices(
        chosen or {}, tuple(left_out), tuple(ticked), date_order, own_kinds or {}, meant or {}, fixed or {}
    )
    return plan_with(reader, prepared(sheet, kind), choices, kind, answers)


def plan_with(
    reader: Reader,
    sheet: Sheet,
    choices: Choices,
    kind: ListKind = CONTRACTS,
    answers: Mapping[int, int] | None = None,
) -> ImportPlan:
    """The same for a sheet that was made ready for its list, with all that was decided."""
    source = read_source(sheet, known_fields(reader, kind), choices)
    for made in planning(reader, source, choices, answers):
        if isinstance(made, ImportPlan):
            return made
    raise RuntimeError("planning ended without a plan")


def write_import(store: Store, plan: ImportPlan, at_once: int = SLICE) -> Iterator[Progress]:
    """Write a plan inside one step, a slice at a time: `store.long_step(plan.label, write_import(...), IMPORT)`.

    `at_once` is how many rows a slice has; where no window waits, more are quicker.
    Raises Refused, before anything is written, while the order of a column's dates is in doubt.
    """
    if plan.questions:
        columns = " and ".join(f"“{heading}”" for heading in plan.questions)
        raise Refused(
            f"Dates under {columns} may be day first or month first, which only you can say. "
            "Nothing was imported. Say which, then import again."
        )
    written = [row for row in plan.rows if row.what in ("create", "update")]
    if written:
        store.save(remembering(store, plan))
    if not plan.source.kind.is_register:
        yield from writing_list(store, plan, written)
        return
    store.save_many(own_fields_of(plan, written))
    wanted = {folded(row.provider) for row in written if row.provider}
    new = [organisation for key, organisation in plan.providers.new.items() if key in wanted]
    organisations = dict(plan.providers.held)
    for start in range(0, len(new), at_once):
        saved = store.save_many(new[start : start + at_once])
        organisations |= {folded(o.title): o.key for o in saved}
        yield Progress(start, len(new), "Adding providers")
    for start in range(0, len(written), at_once):
        _write(store, plan, written[start : start + at_once], organisations)
        yield Progress(min(start + at_once, len(written)), len(written), "Writing contracts")


def _write(store: Store, plan: ImportPlan, rows: Sequence[RowPlan], organisations: Mapping[str, int]) -> None:
    """Write some rows: contracts, who provides them, and what the source said."""
    contracts = store.save_many([row.after for row in rows if isinstance(row.after, Contract)])
    parties: list[Party] = []
    remembered: list[ImportRow] = []
    for row, contract in zip(rows, contracts, strict=True):
        parties += _parties(store, plan, row, contract, organisations)
        if row.imported is not None:
            remembered.append(altered(row.imported, {"contract": contract.key}))
    store.save_many(parties)
    store.save_many(remembered)


def _parties(
    store: Store, plan: ImportPlan, row: RowPlan, contract: Contract, organisations: Mapping[str, int]
) -> list[Party]:
    """The link of a contract to its provider: new, changed, or taken away."""
    if row.provider is None:
        return []
    held = plan.parties.get(contract.key, [])
    if not row.provider:
        store.bin(Party, [party.key for party in held])
        return []
    organisation = organisations[folded(row.provider)]
    if held:
        return [replace(held[0], organisation=organisation)]
    return [Party(contract=contract.key, organisation=organisation)]
