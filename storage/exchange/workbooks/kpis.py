"""The sheet KPIs: every measure of the exported contracts with its last result, rating and trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from storage.desk.contract.kpis import target_of
from storage.engine.fields import Kind
from storage.engine.reading import Reader
from storage.exchange.workbooks.columns import MOST_REASONED, Cell, Register, cells_of
from storage.exchange.workbooks.styles import RATING_COLOURS, RED
from storage.exchange.workbooks.table import Colours, Table, TableColumn
from storage.exchange.workbooks.text import clean
from storage.records.contracts import Contract
from storage.records.measures import Kpi
from storage.rules.kpis import RATINGS, WORSENING

SHEET = "KPIs"
_COLOURED: dict[str, Colours] = {"rating": RATING_COLOURS, "trend": {WORSENING: RED}}
_SHOWN = (
    ("latest", 70), ("unit", 90), ("latest_period", 85), ("rating", 65), ("trend", 100), ("over", 85),
    ("frequency", 80), ("owner", 120),
)  # fmt: skip
Kpis = Sequence[tuple[Contract, Kpi]]


def kpis_of(reader: Reader, register: Register) -> Kpis:
    """The KPIs of the contracts, in the order of the contracts and then their own."""
    order = {contract.key: (place, contract) for place, contract in enumerate(register.records)}
    found = [(order[k.contract], k) for k in reader.all(Kpi) if k.contract in order]
    found.sort(key=lambda pair: (pair[0][0], pair[1].position or 0, pair[1].key))
    return [(contract, kpi) for (_, contract), kpi in found]


def kpis_table(reader: Reader, register: Register, found: Kpis) -> Table:
    """The sheet: one row for each KPI; why it is rated as it is stands as a note on the rating."""
    fields, kpis = reader.fields(Kpi), [kpi for _, kpi in found]

    def of_contract(heading: str, width: int, told: Callable[[Contract], str]) -> TableColumn:
        return TableColumn(heading, Kind.TEXT, width, [clean(told(c)) or None for c, _ in found])

    columns = [
        of_contract("Reference", 80, lambda c: c.reference),
        of_contract("Contract", 200, lambda c: c.title),
        of_contract("Provider", 150, lambda c: c.provider_name),
        TableColumn("Measure", Kind.TEXT, 220, cells_of(fields["title"], kpis)),
        TableColumn("Target", Kind.TEXT, 130, _targets(kpis)),
    ]
    for name, width in _SHOWN:
        field = fields[name]
        columns.append(
            TableColumn(field.label, field.kind, width, cells_of(field, kpis), _COLOURED.get(name, {}))
        )
    rated = next(place for place, column in enumerate(columns) if column.heading == fields["rating"].label)
    notes = {}
    if 0 < len(kpis) <= MOST_REASONED:
        whys = reader.whys(kpis, ("rating",))["rating"]
        notes = {(row, rated): why for row, why in enumerate(whys) if why and kpis[row].rating}
    return Table(SHEET, "KPIs of the contracts", kpis_words(found), "KPIs", columns, notes)


def _targets(kpis: Sequence[Kpi]) -> list[Cell]:
    return [clean(target_of(kpi)) or None for kpi in kpis]


def kpis_words(found: Kpis) -> str:
    """How many there are, and how they are rated, in a sentence."""
    if not found:
        return "No KPIs are recorded on these contracts."
    counts = Counter(kpi.rating for _, kpi in found)
    rated = ", ".join(f"{counts[word]:,} {word.lower()}" for word in RATINGS if counts[word])
    contracts = len({contract.key for contract, _ in found})
    return f"{len(found):,} KPIs of {contracts:,} contracts: {rated}."
