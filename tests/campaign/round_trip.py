"""Random registers out to a workbook and back: what every cell says is compared with what the register says."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from storage.engine.fields import Field, Kind, Period, Value
from storage.engine.opening import new_store
from storage.engine.own_fields import OWN_KINDS, OwnField
from storage.engine.store import Store
from storage.exchange.importing.register_import import plan_import
from storage.exchange.tables import tabular
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder
from tests.campaign.imports_reader import in_place_of_a_child

TODAY: Final = date(2026, 11, 22)
BATCH: Final = 200  # contracts of one workbook
_OTHERS: Final = ("provider_name", "unread")  # of parties, and of imports: neither is typed
_PIECES: Final = (
    "=1+1", "+44 1603", "-cmd|' /c calc'!A0", "@SUM(A1)", "\t", "'", '"', "_x0041_", "_x000D_", "_x005F_", "<r>",
    "</r>", "</si>", "&amp;", "]]>", "#REF!", "0012", "1e5", "TRUE", "31/04/2026", "1/2/2026", "£3,728.00", "12%",
    "😀", "ﷺ", "e\u0301",
    "\u200b", "\u202e", "\u00a0", "\x07", "\x0b", "\r\n", "\n", "  ", "http://example.org", "*", "~", "{name}", "𐍈",
)  # fmt: skip


def words(chance: random.Random, most: int = 60) -> str:
    """Any text at all, with what spreadsheets stumble over mixed in."""
    made = []
    for _ in range(chance.choice((1, 1, 2, 5))):
        if chance.random() < 0.5:
            made.append(chance.choice(_PIECES))
        else:
            letters = (
                chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD7FF)))) for _ in range(most)
            )
            made.append("".join(letters)[: chance.randrange(most)])
    return "".join(made).strip()


_MADE: Final[dict[Kind, Callable[[random.Random], Value]]] = {
    Kind.MONEY: lambda c: c.choice((0, 1, -1, c.randrange(-(10**14), 10**14), c.randrange(10**7))),
    Kind.WHOLE: lambda c: c.choice((0, -7, c.randrange(10**18), c.randrange(10**15))),
    Kind.DAY: lambda c: date(1800, 1, 1) + timedelta(days=c.randrange(150_000)),
    Kind.PERIOD: lambda c: Period(c.randrange(1, 40), c.choice("dwmy")),
    Kind.YESNO: lambda c: c.random() < 0.5,
}


def value(chance: random.Random, field: Field) -> Value:
    """A value of a field's kind; blank one time in five."""
    if chance.random() < 0.2:
        return field.from_sql(None)
    if field.kind in _MADE:
        return _MADE[field.kind](chance)
    if field.choices and chance.random() < 0.8:
        return chance.choice(field.choices)
    if chance.random() < 0.001:
        return " ".join(words(chance) for _ in range(1_500)).strip()  # longer than any cell
    return words(chance)


def contract(chance: random.Random, number: int, fields: Mapping[str, Field], held: Contract) -> Contract:
    """A contract with a value in every field that is typed."""
    made: dict[str, Value] = {}
    own: dict[str, object] = {}
    for name, field in fields.items():
        if field.derived or field.from_today or field.kind in (Kind.LINK, Kind.DATA) or name in _OTHERS:
            continue
        held_value = value(chance, field)
        if field.own:
            stored = field.to_sql(held_value)
            own |= {} if stored is None else {field.key: stored}
        else:
            made[name] = held_value
    return replace(held, **(made | {"reference": f"R{number}"}), own=own)  # type: ignore[arg-type]


def there_and_back(cells: int, seed: int) -> dict[str, Figure]:
    """Fill, export, read and compare until so many filled cells have been there and back."""
    setattr(tabular, "run_child", in_place_of_a_child)  # noqa: B010 - the module does not offer it
    done = different = workbooks = 0
    wrong: list[str] = []
    with quick_folder() as folder, closing(new_store(folder / "register.desk", today=lambda: TODAY)) as store:
        with store.step("Own fields"):
            own = [OwnField(table="contract", code=f"own{i}", label=f"Own {k.value}", kind=k.value)
                   for i, k in enumerate(OWN_KINDS)]  # fmt: skip
            store.save_many(own)
        while done < cells:
            chance = random.Random(f"{seed}/{workbooks}")  # noqa: S311 - to be tried again, not to be secret
            filled, found = _once(store, folder / f"{workbooks}.xlsx", chance)
            done, different, workbooks = done + filled, different + len(found), workbooks + 1
            wrong += found
    return {
        "cells": done,
        "workbooks": workbooks,
        "cells that differ": different,
        "wrong": "; ".join(wrong[:10]),
    }


def _once(store: Store, path: Path, chance: random.Random) -> tuple[int, list[str]]:
    fields = store.fields(Contract)
    with store.step("Fill"):
        held = store.all(Contract) or store.save_many([Contract() for _ in range(BATCH)])
        contracts = [contract(chance, number, fields, one) for number, one in enumerate(held)]
        store.save_many(contracts)
    export_register(store, path, today=TODAY)
    sheet = tabular.read_table(path)
    filled = sum(1 for row in sheet.rows for cell in row if cell not in (None, ""))
    # Without its step, the workbook is held against what the register says now.
    plan = plan_import(store, replace(sheet, step=""), date_order="day")
    path.unlink()
    now = {one.key: one for one in store.all(Contract)}
    found = [f"row {p.row} {p.column}: {p.value[:80]!r}: {p.why}" for p in sheet.problems]
    found += [
        f"row {row.row.number}: {row.what} {row.why}"
        for row in plan.rows
        if row.what not in ("update", "unchanged")
    ]
    for row in plan.rows:
        if row.what == "update" and row.after is not None and row.contract is not None:
            before, after = now[row.contract], row.after
            for name, field in fields.items():
                if not field.from_today and field.value_of(before) != field.value_of(after):
                    found.append(
                        f"{name}: {field.value_of(before)!r} came back as {field.value_of(after)!r}"[:300]
                    )
    return filled, found


if __name__ == "__main__":
    answer(there_and_back)
