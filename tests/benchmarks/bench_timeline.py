"""The timeline of 10,000 contracts: putting them in order, and painting what is in sight while it is scrolled."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtWidgets import QApplication

from desktop.pages.contract_timeline import BarSource
from storage.desk.planning.timelines import in_order
from tests.benchmarks.frame import Result, seconds
from tests.benchmarks.register import TODAY, made_register
from widgets.timeline_view import TimelineView

SIZE = (1166, 640)
LONGEST = 100  # ms of a paint


def paints(view: TimelineView, places: int) -> list[float]:
    """Milliseconds of a paint at so many places, lines that were never in sight before fetched in it."""
    bar, taken = view.verticalScrollBar(), []
    for place in range(places):
        bar.setValue(bar.maximum() * place // places)
        taken.append(seconds(view.viewport().repaint) * 1000)
    return taken


def run(quick: bool) -> list[Result]:
    """Measure with 10,000 contracts; quick with 1,000."""
    app = QApplication.instance() or QApplication([])
    size, places = (1_000, 20) if quick else (10_000, 200)
    with TemporaryDirectory() as name:
        store = made_register(Path(name) / "bench.desk", size)
        ordered = median(seconds(partial(in_order, store)) for _ in range(5)) * 1000
        view = TimelineView(BarSource(store), TODAY)
        view.resize(*SIZE)
        view.set_ids(in_order(store))
        view.show()
        app.processEvents()
        taken = paints(view, places)
        view.close()
        store.close()
    late = quantiles(taken, n=20)[-1]
    return [
        Result(f"Order of {size:,} contracts by next date", f"{ordered:.0f} ms", "the query and the sorting",
               ordered, 200, "ms"),
        Result(f"Paint of the timeline of {size:,} contracts", f"{median(taken):.0f} ms",
               f"95th percentile {late:.0f} ms, longest {max(taken):.0f} ms", late, LONGEST, "ms"),
    ]  # fmt: skip
