"""Opening a contract with 200 parts on each of its tabs: only the tab that is seen is filled."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.pages.contract_detail import ContractDetail
from desktop.session import Session
from storage.desk.beginning.new_file import new_file
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.finance import ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.procurements import Procurement
from storage.records.running import Risk, Variation
from storage.records.terms import Extension
from tests.benchmarks.frame import Result, seconds

TODAY = date(2026, 10, 3)
LONGEST = 100  # ms on the window's thread


def run(quick: bool) -> list[Result]:
    """Measure the tab that takes longest, of the shortest of five runs each; quick of two."""
    app = QApplication.instance() or QApplication([])
    with TemporaryDirectory() as folder, closing(_register(Path(folder) / "bench.desk")) as store:
        detail = ContractDetail(Session(store))
        detail.resize(600, 900)
        detail.show()
        taken = {tab.key: _opened(app, detail, tab.key, 2 if quick else 5) for tab in detail.tabs}
        detail.close()
    slowest = max(taken, key=lambda key: taken[key])
    return [
        Result("Opening a contract with 200 parts", f"{taken[slowest]:.0f} ms", f"the slowest tab, {slowest}",
               taken[slowest], LONGEST, "ms"),
    ]  # fmt: skip


def _opened(app: QCoreApplication, detail: ContractDetail, tab: str, times: int) -> float:
    """Milliseconds from another contract to this one, drawn, on one tab."""
    found = []
    for _ in range(times):
        detail.show_record(2)
        detail.show_tab(tab)
        app.processEvents()

        def show() -> None:
            detail.show_record(1)
            app.processEvents()

        found.append(seconds(show) * 1000)
    return min(found)


def _register(path: Path) -> Store:
    """Two contracts, the first with 200 parts of many kinds."""
    store = new_file(path, today=lambda: TODAY)
    with store.step("Fill"):
        store.save_many(
            [Contract(title="Night shelter", start=date(2024, 4, 1), term="3+1+1", current_end=date(2027, 3, 31),
                      notice_commissioner=Period(3, "m"), current_value=1_200_000_00, tier="Gold"),
             Contract(title="Nothing yet")]
        )  # fmt: skip
        kpis = store.save_many([Kpi(contract=1, title=f"Measure {n}", target=Decimal(95)) for n in range(20)])
        store.save_many([KpiResult(kpi=k.id, period_start=date(2026, 4, 1), value=Decimal(90)) for k in kpis])
        store.save_many([Extension(contract=1, position=n, length=Period(1, "m")) for n in range(20)])
        store.save_many([ValueYear(contract=1, year=2000 + n, planned=n * 100_00) for n in range(25)])
        store.save_many([Action(contract=1, title=f"Action {n}", due=TODAY) for n in range(50)])
        store.save_many([Risk(contract=1, title=f"Risk {n}", likelihood=3, consequence=3) for n in range(25)])
        store.save_many([Variation(contract=1, title=f"Variation {n}") for n in range(30)])
        store.save_many(
            [Procurement(contract=1, title=f"Decision {n}", regime="Provider Selection Regime",
                         process="Direct award process C", intention_on=date(2026, 9, 1)) for n in range(10)]
        )  # fmt: skip
    return store
