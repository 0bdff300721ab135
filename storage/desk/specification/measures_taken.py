"""The measures of a specification as the KPIs of a contract: taken over once, held against each other afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.desk.specification.specification_rows import of
from storage.desk.writing import held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.measures import Kpi
from storage.records.specification_parts import MEASURE, OUTCOME, SpecificationMeasure
from storage.records.specifications import ContractSpecification

SHARED = ("title", "aspect", "better", "target", "unit", "frequency", "method", "consequence")
"""What a KPI takes from a measure, and what the two are held against each other by."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a KPI says otherwise than the measure it was taken from, in words."""

    kpi: Kpi
    measure: SpecificationMeasure
    label: str
    in_contract: str
    in_specification: str


def measures_of(reader: Reader, specification_id: int) -> list[SpecificationMeasure]:
    """The measures of a specification, outcomes and standards left out, in their order."""
    return [
        m for m in of(reader, SpecificationMeasure, specification_id, Order("position")) if m.sort == MEASURE
    ]


def waiting(reader: Reader, contract_id: int) -> list[SpecificationMeasure]:
    """The measures of the specifications a contract works to that are not among its KPIs, by link or by title."""
    links = reader.all(ContractSpecification, Query((Where("contract", "is", (contract_id,)),)))
    kpis = _kpis(reader, contract_id)
    taken, titles = {k.measure for k in kpis}, {k.title.casefold().strip() for k in kpis}
    found = [m for link in links if link.specification for m in measures_of(reader, link.specification)]
    return [m for m in found if m.key not in taken and m.title.casefold().strip() not in titles]


def take_measures(store: Store, contract_id: int, measures: Sequence[int]) -> list[Kpi]:
    """Make KPIs of measures, at the end of those the contract has, as one step. Raises `StorageError` for none."""
    contract = held(store, Contract, contract_id)
    found = [
        m for m in store.many(SpecificationMeasure, measures).values() if not m.binned and m.sort == MEASURE
    ]
    if not found:
        raise StorageError("No measure was chosen. Nothing was changed.")
    outcomes = store.many(SpecificationMeasure, [m.outcome for m in found if m.outcome])
    last = max((k.position or 0 for k in _kpis(store, contract_id)), default=0)
    made = [
        Kpi(
            contract=contract_id,
            position=last + n,
            measure=m.key,
            framework=m.domain or (outcomes[m.outcome].domain if m.outcome in outcomes else ""),
            source=m.source,
            notes=f"Threshold as the specification has it: {m.threshold}" if m.threshold else "",
            **{name: getattr(m, name) for name in SHARED if getattr(m, name) not in ("", None)},
        )
        for n, m in enumerate(found, start=1)
    ]
    many = "a measure" if len(made) == 1 else f"{len(made):,} measures"
    with joined_step(store, f"Take {many} of the specification into {contract.name}"):
        return store.save_many(made)


def differences(reader: Reader, contract_id: int) -> list[Difference]:
    """What KPIs say otherwise than the measures they were taken from."""
    kpis = [k for k in _kpis(reader, contract_id) if k.measure]
    measures = reader.many(SpecificationMeasure, [k.measure for k in kpis if k.measure])
    return [
        Difference(k, m, k.FIELDS[name].label, k.FIELDS[name].show(mine), k.FIELDS[name].show(theirs))
        for k in kpis
        if (m := measures.get(k.measure or 0)) is not None and not m.binned
        for name in SHARED
        if (mine := getattr(k, name)) != (theirs := getattr(m, name)) and theirs not in ("", None)
    ]


def used_in(reader: Reader, measure_id: int) -> list[Contract]:
    """The contracts that have a KPI taken from a measure or a standard, by title."""
    kpis = reader.all(Kpi, Query((Where("measure", "is", (measure_id,)),)))
    contracts = reader.many(Contract, [k.contract for k in kpis if k.contract]).values()
    return sorted((c for c in contracts if not c.binned), key=lambda c: (c.title.casefold(), c.key))


def outcomes_without_measure(reader: Reader, specification_id: int) -> list[SpecificationMeasure]:
    """The outcomes nothing shows."""
    found = of(reader, SpecificationMeasure, specification_id, Order("position"))
    shown = {m.outcome for m in found if m.sort == MEASURE}
    return [m for m in found if m.sort == OUTCOME and m.key not in shown]


def _kpis(reader: Reader, contract_id: int) -> list[Kpi]:
    where = Where("contract", "is", (contract_id,))
    return reader.all(Kpi, Query((where,), (Order("position"), Order("id"))))
