"""A register ten times as large as a large one, with the history of years: opened, listed and searched."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from statistics import quantiles
from time import perf_counter
from typing import Final, TypeVar

from storage.engine.check.checking import check
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.steps import IMPORT
from storage.engine.store import Store
from storage.records.contracts import Contract
from tests.benchmarks.register import made_register
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder

ROUNDS: Final = 9  # each changes every contract once; the first writing is in the history too
T = TypeVar("T")
SOUGHT: Final = ("community nursing", "nm-004", "provider 12", "minute 77", "85000123", "n", "zebra crossing")


def grow(contracts: int) -> dict[str, Figure]:
    """Make such a register, and measure it."""
    with quick_folder() as folder:
        path = folder / "register.desk"
        store = made_register(path, contracts)
        for number in range(ROUNDS):
            with store.step(f"Review {number}", IMPORT):
                store.save_many(
                    [replace(c, notes=f"Review {number} of {c.key}") for c in store.all(Contract)]
                )
        store.close()
        taken, opened = _timed(lambda: open_store(path))
        figures = _measured(opened)
        opened.close()
        return {**figures, "megabytes": path.stat().st_size // 1_000_000, "seconds to open": round(taken, 2)}


def _measured(store: Store) -> dict[str, Figure]:
    searches = [_timed(partial(store.find, words)) for words in SOUGHT * 3]
    first = _timed(lambda: store.find("review"))[1]
    listed, ids = _timed(lambda: store.ids(Contract))
    changes = store.ask("select count(*) from change where tbl = 'contract'")[0][0]
    slowest = quantiles([taken for taken, _ in searches], n=20)[-1]
    return {
        "contracts": len(ids), "changes in the history": changes, "found": len(first),
        "milliseconds of the slowest search in twenty": round(slowest * 1000, 1),
        "milliseconds to list all": round(listed * 1000, 1),
    }  # fmt: skip


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = perf_counter()
    found = work()
    return perf_counter() - begun, found


def years(changes: int) -> dict[str, Figure]:
    """Change one field after another of a register, and see how the file grows and what it says of itself."""
    with quick_folder() as folder:
        path = folder / "register.desk"
        made_register(path, 100).close()
        before = path.stat().st_size
        with closing(open_store(path, who="Ann")) as store:
            for number in range(changes):
                store.change(
                    Contract, number % 100 + 1, {"notes": f"Spoke with the provider, call {number}."}
                )
            assert History(store).first_broken() is None
        report = check(path)
        assert not report.damage and report.facts["bytes"] == path.stat().st_size
        grown = path.stat().st_size - before
    return {
        "changes": changes,
        "bytes a change": grown // changes,
        "megabytes in five years": a_year(grown / changes) * 5,
    }


def a_year(of_one_change: float) -> int:
    """Megabytes that a year of busy work adds: sixty changes on each of 230 days."""
    return round(of_one_change * 60 * 230 / 1_000_000)


if __name__ == "__main__":
    answer(grow, years)
