"""Writing what was taken of a workbook that came home: one step, which one Undo takes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storage.engine.fields import Value
from storage.engine.steps import Progress
from storage.engine.store import Store, with_values
from storage.exchange.home.plan import ENDED, Chosen, Homecoming, NewRow
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.importing.providers import folded
from storage.records.contracts import Contract, Party

SLICE = 60  # contracts written between two turns of the event loop


@dataclass
class Written:
    """What a step wrote."""

    cells: int = 0
    created: int = 0
    settled: int = 0  # missing contracts that were ended or binned


def write_home(store: Store, home: Homecoming, chosen: Chosen, written: Written) -> Iterator[Progress]:
    """Write inside one step, a slice at a time: `store.long_step(home.label, write_home(…), IMPORT)`.

    Each contract is read again first, and only the cells that were taken are changed in it.
    """
    values: dict[int, dict[str, Value]] = defaultdict(dict)
    for place in sorted(chosen.changes):
        change = home.changes[place]
        values[change.contract][change.name] = change.theirs
    new = [home.new[place] for place in sorted(chosen.new)]
    named = [str(v[PROVIDER] or "") for v in values.values() if PROVIDER in v]
    organisations = _organisations(store, home, [*named, *(name for row in new for name in row.providers)])
    numbers = sorted(values)
    for start in range(0, len(numbers), SLICE):
        some = numbers[start : start + SLICE]
        yield Progress(start, len(numbers), "Writing contracts")
        _change(store, home, {number: values[number] for number in some}, organisations)
    written.cells = len(chosen.changes)
    for start in range(0, len(new), SLICE):
        yield Progress(start, len(new), "Adding drafts")
        _create(store, new[start : start + SLICE], organisations)
    written.created = len(new)
    _settle(store, chosen)
    written.settled = len(chosen.decided)


def _organisations(store: Store, home: Homecoming, names: Sequence[str]) -> dict[str, int]:
    """The organisations that are named, by folded name; those that are new are added."""
    for name in names:
        home.providers.need({PROVIDER: name})
    wanted = {folded(name) for name in names if name}
    new = {key: made for key, made in home.providers.new.items() if key in wanted}
    saved = store.save_many(list(new.values()))
    return home.providers.held | dict(zip(new, (made.key for made in saved), strict=True))


def _change(
    store: Store, home: Homecoming, values: Mapping[int, dict[str, Value]], organisations: Mapping[str, int]
) -> None:
    held = store.many(Contract, list(values))
    parties: list[Party] = []
    for number, taken in values.items():
        if PROVIDER in taken:
            parties += _parties(store, home, number, str(taken.pop(PROVIDER) or ""), organisations)
    changed = [with_values(held[number], taken) for number, taken in values.items() if taken]
    store.save_many(changed)
    store.save_many(parties)


def _parties(
    store: Store, home: Homecoming, number: int, name: str, organisations: Mapping[str, int]
) -> list[Party]:
    """The link of a contract to its provider: new, changed, or taken away."""
    held = home.parties.get(number, [])
    if not name:
        store.bin(Party, [party.key for party in held])
        return []
    organisation = organisations[folded(name)]
    return [replace(held[0] if held else Party(contract=number), organisation=organisation)]


def _create(store: Store, rows: Sequence[NewRow], organisations: Mapping[str, int]) -> None:
    contracts = store.save_many([row.contract for row in rows])
    pairs = list(zip(rows, contracts, strict=True))
    store.save_many(
        [
            Party(contract=c.key, organisation=organisations[folded(n)])
            for row, c in pairs
            for n in row.providers
        ]
    )
    store.save_many([replace(row.remembered, contract=c.key) for row, c in pairs])


def _settle(store: Store, chosen: Chosen) -> None:
    """End or bin the missing contracts for which somebody said so."""
    ended = [number for number, what in chosen.decided.items() if what == "end"]
    store.save_many([replace(c, stage=ENDED) for c in store.many(Contract, ended).values()])
    store.bin(Contract, [number for number, what in chosen.decided.items() if what == "bin"])
