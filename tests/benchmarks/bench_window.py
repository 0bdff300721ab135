"""The open window: an edit until every view shows it, a page of 100,000 contracts, and how long it stands still."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copy, rmtree
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import background
from desktop.app import Desk
from desktop.dialogs.home_flow import HomeFlow
from desktop.dialogs.import_register import import_register
from desktop.exporting import Exporting
from desktop.keeping import Keeping
from desktop.pages.contracts import ContractsPage
from desktop.pages.page import Place
from desktop.pages.record_source import RecordSource
from desktop.pages.shelf import PAGES
from desktop.preferences import Preferences
from desktop.session import Session
from desktop.sweeping import Sweeping
from desktop.window import MainWindow
from storage.desk.lists.arrangement import Arrangement
from storage.desk.office import change_office
from storage.engine.backup.backups import HOME
from storage.engine.opening import open_store
from storage.engine.patience import Patience
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.contracts import Contract
from tests.benchmarks.bench_home import edited
from tests.benchmarks.frame import Result, seconds
from tests.benchmarks.register import made_register
from tests.benchmarks.stalls import Stalls, folder_in_memory, turn, turn_until
from widgets.choices import TabBar
from widgets.filters import FilterLine
from widgets.form import RecordForm
from widgets.table_model import RecordTable

NORFOLK = Path(__file__).parent.parent / "files" / "registers" / "norfolk_contracts_register_2015.csv"
SIZE = (1366, 768)
SETTLE = 5.5  # seconds in which the window brings in the rest of the program and begins what it makes unasked
EDITED = "edited.xlsx"
LONGEST = 100  # ms the window may stand still
Act = Callable[[MainWindow], object]


def filled(path: Path, size: int) -> None:
    """A register of this size, of an office that has been named."""
    store = made_register(path, size)
    change_office(store, {"organisation": "Northmarsh Council", "person": "Bench"})
    store.close()


@contextmanager
def opened(path: Path) -> Iterator[MainWindow]:
    """The program's window on a file, settled."""
    app, folder = QApplication.instance(), path.parent
    assert isinstance(app, QApplication)
    os.environ[HOME] = str(folder)
    desk = Desk(app, Preferences(folder))
    assert desk.open(path) and desk.window is not None
    desk.window.resize(*SIZE)
    desk.window.show_page("contracts")
    turn(SETTLE)
    keeping = desk.window.findChild(Keeping)
    assert keeping is not None
    turn_until(lambda: not keeping.is_busy and not background.is_busy())
    gc.collect()  # what the windows and registers before left behind is not part of a program that has just begun
    gc.freeze()
    yield desk.window
    desk.window.close()


# ---- an edit


def edits(size: int, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds from leaving an edited field until table, record, totals and undo show it, on a real disk.

    The second list has how much of each was spent waiting for the disk to hold the change.
    """
    taken, waited = list[float](), list[float]()
    with TemporaryDirectory() as name:
        path = Path(name) / "bench.desk"
        filled(path, size)
        with opened(path) as window:
            _time_saving(window.session.store.file.patience, waited)
            ids = window.session.store.ids(Contract, Query(order=(Order("notice_by"),)))
            for time in range(times):
                window.go(Place("contracts", ids[time % 20]))
                form = window.page.findChild(RecordForm)
                assert form is not None
                field = ("title", "reference", "lead_commissioner")[time % 3]
                control = form.editor(field).control
                assert isinstance(control, QLineEdit)
                control.setFocus()
                turn(0.02)
                control.selectAll()
                QTest.keyClicks(control, f"Typed {time}")
                QApplication.processEvents()
                begun = perf_counter()
                form.leave()
                QApplication.processEvents()
                taken.append((perf_counter() - begun) * 1000)
                step = window.session.history.next_undo()
                assert step is not None and step.label.startswith("Change ")
    return taken, waited


def _time_saving(patience: Patience, waited: list[float]) -> None:
    """Note how long each saving takes, in milliseconds."""
    saving = patience.run

    def timed(do: Callable[[], object]) -> None:
        waited.append(seconds(partial(saving, do), sweep=False) * 1000)

    patience.run = timed  # type: ignore[method-assign]


# ---- a large page


def table(store: Store) -> None:
    """The query and the table over what it finds, with the rows first seen."""
    source = RecordSource(store, Contract)
    source.show([n for n, f in Contract.FIELDS.items() if f.shown])
    source.query = Query(order=ContractsPage.plan.order)
    made = RecordTable(source)
    assert made.rowCount() > 0 and made.cell(0, "title").text


def page(window: MainWindow) -> None:
    """The whole page: made, shown, laid out, and its list painted."""
    window.show_page("contracts")
    assert isinstance(window.page, ContractsPage)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    window.page.list.view.viewport().repaint()


def large_page(size: int, times: int) -> tuple[float, float, float]:
    """Seconds for the table alone, for the whole page after another one, and until its first record is open too."""
    with TemporaryDirectory() as name:
        store = made_register(Path(name) / "bench.desk", size)
        alone = median(seconds(partial(table, store)) for _ in range(times))
        whole, opened_too = [], []
        for _ in range(times + 1):  # the first, in which Qt meets its classes, is not counted
            session = Session(store)
            window = MainWindow(session, PAGES)
            window.resize(*SIZE)
            window.show_page("actions")
            window.show()
            turn(0.1)
            whole.append(seconds(partial(page, window)))
            opened_too.append(whole[-1] + seconds(QApplication.processEvents))
            assert window.page.record_shown()
            store.steps.listeners.clear()
            window.hide()
            window.deleteLater()
            turn(0.05)
        store.close()
    return alone, median(whole[1:]), median(opened_too[1:])


# ---- standing still


def open_records(window: MainWindow) -> None:
    """Open one record after another, and each of their tabs."""
    ids = window.session.store.ids(Contract, Query(order=(Order("notice_by"),)))
    for place, number in enumerate(ids[:60:4]):
        tab = ("summary", "term", "money", "links", "published", "history")[place % 6]
        window.page.open_record(number)
        turn(0.03)
        tabs = window.page.findChild(TabBar)
        assert tabs is not None
        tabs.chosen.emit(tab)
        turn(0.03)


def switch_pages(window: MainWindow) -> None:
    """Go to each page, slowly enough that what it shows is worked out while the next is made; then quickly."""
    for pause in (0.3, 0.05):
        for entry in PAGES:
            window.show_page(entry.key)
            turn(pause)
    window.show_page("contracts")
    turn(0.05)


def sort(window: MainWindow) -> None:
    """Sort by several fields, both ways."""
    assert isinstance(window.page, ContractsPage)
    for name in ("title", "current_value", "position", "current_end", "notice_by"):
        for down in (False, True):
            window.page.list.view.set_sort([(name, down)])
            window.page.list.sort_by([(name, down)])
            turn(0.03)
    window.page.list.sort_by([("notice_by", False)])


def filter_by_typing(window: MainWindow) -> None:
    """Type words to filter by, with a pause after each letter, and take them away again."""
    line = window.page.findChild(FilterLine)
    assert line is not None
    line.setFocus()
    for letter in "community north":
        QTest.keyClicks(line, letter)
        turn(0.11)
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Escape)
        turn(0.11)


def undo(window: MainWindow) -> None:
    """Undo a step over every contract, in slices."""
    window.session.undo()
    turn_until(lambda: not window.session.store.steps.busy)
    turn(0.2)


def change_all(window: MainWindow) -> None:
    """Make the step that is undone: done beforehand, and not watched."""
    store = window.session.store
    with store.step("Change every contract"):
        store.save_many([replace(c, notes=f"{c.notes} Changed.") for c in store.all(Contract)])
    turn(0.2)


def export(window: MainWindow) -> None:
    """Export the register in the background."""
    path = window.session.store.file.path.with_suffix(".xlsx")
    path.unlink(missing_ok=True)
    Exporting(window).export(path, Arrangement(), "all contracts")
    turn_until(path.exists)
    turn(0.5)


def bring_in(window: MainWindow) -> None:
    """Import a register of 5,729 rows: read, compare, back up, write."""
    flow = import_register(window, window.session, NORFOLK)
    turn_until(lambda: flow.dialog is not None and flow.dialog.isVisible())
    assert flow.dialog is not None
    turn(0.2)
    flow.dialog.accept()
    turn_until(lambda: flow.summary is not None)
    turn(0.3)
    assert flow.summary is not None
    flow.summary.close()


def bring_home(window: MainWindow) -> None:
    """Bring an edited workbook home: read, compare, show, take everything."""
    flow = HomeFlow(window, window.session, workbook_of(window), window.show, dropped=True)
    flow.begin()
    turn_until(lambda: flow.dialog is not None and flow.dialog.isVisible())
    assert flow.dialog is not None
    turn(0.2)
    before = window.session.history.latest(1)
    flow.dialog.accept()
    turn_until(lambda: window.session.history.latest(1) != before and not window.session.store.steps.busy)
    turn(0.3)


def workbook_of(window: MainWindow) -> Path:
    """The edited workbook that lies beside the folder of a window's file."""
    return window.session.store.file.path.parent.parent / EDITED


ACTS: tuple[tuple[str, Act, Act | None], ...] = (  # what it is called, what it does, what it needs first
    ("opening records and tabs", open_records, None),
    ("switching pages", switch_pages, None),
    ("sorting", sort, None),
    ("filtering by typing", filter_by_typing, None),
    ("undo of a step over every contract", undo, change_all),
    ("an export in the background", export, None),
    ("bringing an edited workbook home", bring_home, None),
    ("an import of 5,729 rows", bring_in, None),
)


def sent(path: Path) -> None:
    """Export a register, and edit one contract in five of its workbook."""
    with closing(open_store(path, read_only=True)) as store:
        edited(path.parent, store)


def stalls(size: int, times: int) -> list[Result]:
    """The longest stall of each act, each time in a new window, where everything is met for the first time."""
    watch, found = Stalls(), {words: list[tuple[float, float]]() for words, _, _ in ACTS}
    with folder_in_memory() as folder:
        made = folder / "made.desk"
        filled(made, size)
        sent(made)
        for time in range(times):
            path = folder / str(time) / "bench.desk"
            path.parent.mkdir()
            copy(made, path)
            with opened(path) as window:
                for words, act, before in ACTS:
                    if before is not None:
                        before(window)
                    watch.start()
                    act(window)
                    found[words].append((watch.stop() * 1000, watch.busiest * 1000))
            rmtree(path.parent)
    return [
        Result(f"Longest stall in {words}", f"{median(clock):.0f} ms",
               f"processor {median(busy):.0f} ms; worst of {times}: {max(clock):.0f} ms", median(clock), LONGEST, "ms")
        for words, each in found.items()
        for clock, busy in [tuple(zip(*each, strict=True))]
    ]  # fmt: skip


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 and 100,000 contracts; quick with 300 and 3,000."""
    app = QApplication([])
    Sweeping(app)
    size, large, times = (300, 3_000, 20) if quick else (5_000, 100_000, 60)
    edited, waited = edits(size, times)
    alone, whole, opened_too = (each * 1000 for each in large_page(large, 3 if quick else 5))
    half, late = median(edited), quantiles(edited, n=20)[-1]
    return [
        Result("Edit to refreshed views, saved on disk", f"{half:.1f} ms",
               f"the disk alone {median(waited):.1f} ms; 95th percentile {late:.1f} ms", half, 20, "ms"),
        Result(f"Table of {large:,} contracts", f"{alone:.0f} ms", "query, model, first rows", alone, 100, "ms"),
        Result(f"Page of {large:,} contracts, list painted", f"{whole:.0f} ms",
               f"with a record open beside it {opened_too:.0f} ms", whole, 100, "ms"),
        *stalls(size, 1 if quick else 2),
    ]  # fmt: skip
