"""A run of 300 questions in the real window: opened, answered, scrolled and printed, always until it is painted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.pages.checklists import ChecklistsPage
from desktop.pages.page import Place
from desktop.window import MainWindow
from storage.desk.beginning.new_file import new_file
from storage.desk.checklists.runs import set_note, start_run
from storage.desk.office import change_office
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.printing import pdf
from storage.records import assessments
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract
from tests.benchmarks.bench_window import opened
from tests.benchmarks.frame import Result
from tests.benchmarks.stalls import Stalls, turn, turn_until
from widgets.checklist import ChecklistView

OPEN_MS, ANSWER_MS, PRINT_MS, LONGEST = 100, 10, 500, 100
Took = list[tuple[float, float]]  # milliseconds that passed, and those of them that this thread worked


def now() -> tuple[float, float]:
    """The clock, and the processor's time of this thread: on a busy machine the one passes without the other."""
    return perf_counter() * 1000, thread_time() * 1000


def since(begun: tuple[float, float]) -> tuple[float, float]:
    """What has passed of both."""
    passed, worked = now()
    return passed - begun[0], worked - begun[1]


def filled(path: Path, text: str) -> None:
    """A file with two runs of this template, every question of the first answered, and one with rows to fill in."""
    store = new_file(path)
    with store.step("Make runs"):
        contract = store.save(Contract(title="Skin clinics", reference="CD-64"))
        for place in (1, 2):
            run = store.save(
                Run(
                    title="Long checklist", reference=f"CL-{place}", template="T90", template_version="1.0",
                    template_text=text, subject="Skin clinics", started_on=store.today(), contract=contract.key,
                )
            )  # fmt: skip
            store.save_many(
                [Given(run=run.key, question=f"T90-{n:03d}", values={"answer": "yes"}) for n in range(1, 301)]
            )
    start_run(store, "T22", contract=contract.key)
    change_office(store, {"organisation": "Northmarsh Council", "person": "Bench"})
    store.close()


@contextmanager
def desk(text: str) -> Iterator[MainWindow]:
    """The window on such a file on a real disk, its page of checklists shown."""
    with TemporaryDirectory() as name:
        path = Path(name) / "bench.desk"
        filled(path, text)
        assessments._READ.clear()  # as in a program that has just begun
        with opened(path) as window:
            window.activateWindow()
            window.show_page("checklists")
            turn(1)
            yield window


def view_of(window: MainWindow) -> ChecklistView:
    """The checklist that is open."""
    assert isinstance(window.page, ChecklistsPage)
    assert window.page.run_view.view is not None
    return window.page.run_view.view


def painted() -> None:
    """Let everything asked for be laid out and painted, as the event loop would before it waits again."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    QApplication.processEvents()


def opens(window: MainWindow, runs: Iterator[int]) -> Took:
    """From asking for a run until every card in sight is made and painted."""
    took: Took = []
    for run in runs:
        begun = now()
        window.go(Place("checklists", run))
        painted()
        while not view_of(window).is_finished:
            painted()
        took.append(since(begun))
        turn(0.4)
        assert isinstance(window.page, ChecklistsPage)
        window.page.back()
        turn(0.2)
    return took


def presses(window: MainWindow, number: str, times: int) -> tuple[Took, Took]:
    """A choice of a question pressed with the mouse: until file, score and progress have it; and until painted."""
    view = view_of(window)
    known: Took = []
    seen: Took = []
    view.go_to(number)
    turn(0.3)
    for time in range(times):
        card = view.card(number)
        assert card is not None
        wanted = ("No", "Yes")[time % 2]
        choice = next(each for each in card.findChildren(QPushButton) if each.text() == wanted)
        begun = now()
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
        known.append(since(begun))
        painted()
        seen.append(since(begun))
        turn(0.1)
    return known, seen


def stall(work: Callable[[], object]) -> float:
    """The longest time in milliseconds that the window stood still meanwhile."""
    watch = Stalls()
    watch.start()
    work()
    return watch.stop() * 1000


def scroll(window: MainWindow) -> None:
    """From top to end and back: small steps as of a wheel, and leaps as with the bar."""
    bar = view_of(window)._questions.verticalScrollBar()
    for _ in range(40):
        bar.setValue(bar.value() + 90)
        turn(0.01)
    for part in (30, 60, 100, 45, 10, 0):
        bar.setValue(bar.maximum() * part // 100)
        turn(0.05)


def preview(window: MainWindow) -> None:
    """The preview of the run as it stands, until its pages are there."""
    assert isinstance(window.page, ChecklistsPage)
    before = set(QApplication.topLevelWidgets())
    window.page.run_view.print_as("part")
    dialog = next(each for each in QApplication.topLevelWidgets() if each not in before and each.isWindow())
    turn_until(lambda: dialog.windowTitle() != "Print preview")
    turn(0.3)
    dialog.close()


def prints(window: MainWindow, times: int) -> Took:
    """From the file to the finished PDF, something else each time."""
    took: Took = []
    for time in range(times):
        set_note(window.session.store, 1, "T90-002", f"Note {time}")
        begun = now()
        assert pdf(checklist_paper(window.session.store, 1))
        took.append(since(begun))
    return took


def measured(text: str, quick: bool) -> list[Result]:
    """All of it; quick with fewer repeats."""
    times = 4 if quick else 16
    with desk(text) as window:
        [rows] = opens(window, iter([3]))
        first, *more = opens(window, iter([1, 2] * (2 if quick else 4)))
        window.go(Place("checklists", 1))
        turn(1)
        one, block = presses(window, "T90-150", times), presses(window, "T90-001", times)
        scrolled = stall(lambda: scroll(window))
        standing = stall(lambda: preview(window))
        printed = prints(window, 3 if quick else 6)
    return [
        _result("Open a run of 300 questions, cards painted", more, OPEN_MS, f", the first {first[0]:.0f} ms"),
        _result("An answer pressed: saved, score and progress", one[0], ANSWER_MS),
        _result("The same until laid out and painted", one[1], ANSWER_MS),
        _result("150 questions gone and back: saved, score", block[0], ANSWER_MS),
        _result("The same until laid out and painted", block[1], ANSWER_MS),
        _result("Open the first checklist, all of it rows (T22)", [rows], OPEN_MS),
        Result("Longest stall in scrolling through 300", f"{scrolled:.0f} ms", "in steps and leaps", scrolled,
               LONGEST, "ms"),
        Result("Longest stall in preparing its print", f"{standing:.0f} ms", "pages are made by a worker", standing,
               LONGEST, "ms"),
        _result("Print 300 questions: file to PDF", printed, PRINT_MS),
    ]  # fmt: skip


def _result(name: str, took: Took, limit: float, more: str = "") -> Result:
    """The middle one counts."""
    passed, worked = ([each[which] for each in took] for which in (0, 1))
    against = f"best {min(passed):.1f}, worked {median(worked):.1f} to {min(worked):.1f} ms{more}"
    return Result(name, f"{median(passed):.1f} ms", against, median(passed), limit, "ms")
