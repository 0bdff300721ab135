"""Checklists: a run of 300 questions with conditions in the window, and lists and reports over a thousand runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from desktop.sweeping import Sweeping
from storage.checklists.answers import Answer
from storage.checklists.live import Live
from storage.checklists.structure import Template
from storage.checklists.template import read_template
from storage.desk.beginning.new_file import new_file
from storage.desk.checklists.run_report import across
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.assessments import Given, Run
from tests.benchmarks.frame import Result, seconds
from tests.benchmarks.run_screen import measured

TODAY = date(2026, 11, 29)
HEAD = 'id = "T90"\nversion = "1.0"\ntitle = "Long checklist"\npurpose = "To be long."\nsubjects = ["contract"]\n'
ANSWER_MS, LIST_MS = 10, 100
ASKED = (
    "Is it so, and how do we know?",
    "Has everybody who will be affected been told, in a form they can read and answer, and has what they said been "
    "taken into account before anything was decided?",
    "Who answers for it, and from when?",
)


def run(quick: bool) -> list[Result]:
    """Measure with 300 questions, and with 1,000 runs of 100 answers; quick with 100 runs."""
    app = QApplication([])
    Sweeping(app)
    count = 100 if quick else 1_000
    results = [_one_answer(), *measured(long_text(300), quick)]
    with TemporaryDirectory() as folder, closing(_runs(Path(folder) / "bench.desk", count)) as store:
        newest = Query(order=(Order("meeting_on"),))
        closed = Query(
            where=(Where("standing", "is", ("In progress",)), Where("subject", "contains", ("7",)))
        )
        shown = ("reference", "title", "template", "subject", "progress", "score", "standing", "outcome")
        results += [
            _timed(f"List of {count:,} runs", lambda: store.values(Run, shown, newest)),
            _timed(f"Filter of {count:,} runs", lambda: store.values(Run, shown, closed)),
            _timed(f"Report over {count:,} runs of 100 answers", lambda: across(store, "T90")),
        ]
    return results


def _timed(name: str, work: Callable[[], object]) -> Result:
    taken = 1_000 * min(seconds(work) for _ in range(5))
    return Result(name, f"{taken:.1f} ms", "the best of five", taken, LIST_MS, "ms")


def _one_answer() -> Result:
    """The worst answer of all: the first one, on which every other question rests."""
    template = long_template(300)
    live = Live(template, {f"T90-{n:03d}": Answer(values={"answer": "yes"}) for n in range(1, 301)}, TODAY)
    answers = [Answer(values={"answer": "no"}), Answer(values={"answer": "yes"})]

    def answered(which: int) -> None:
        live.set("T90-001", answers[which % 2])
        counted.append(live.progress.answered)

    counted: list[int] = []
    taken = 1_000 * min(seconds(lambda n=n: answered(n)) for n in range(21))  # type: ignore[misc]
    name = "An answer in 300 questions: conditions, score, progress"
    return Result(name, f"{taken:.2f} ms", "150 questions rest on it", taken, ANSWER_MS, "ms")


def long_template(count: int) -> Template:
    """A template where every second question has a condition and every third a gate."""
    return read_template(long_text(count))


def long_text(count: int) -> str:
    """Its text."""
    lines = [HEAD]
    for number in range(1, count + 1):
        if number % 20 == 1:
            lines.append(f'[[sections]]\nletter = "{chr(65 + number // 20)}"\ntitle = "Part"')
        lines.append(
            f'[[sections.questions]]\nid = "T90-{number:03d}"\nnumber = "{number:03d}"\ntext = "{ASKED[number % 3]}"\n'
            f'guidance = "Look."\ntrace = "Own"\nkind = "yes_partly_no"\nweight = {number % 4}'
        )
        if number > 1 and number % 2:
            rest = f"${{T90-001}} = 'yes' and not(${{T90-{max(2, number - 1):03d}}} = 'no')"
            lines.append(f'relevant = "{rest}"')
        if number % 3 == 0:
            lines.append('gate = "gate"')
    return "\n".join(lines)


def _runs(path: Path, count: int) -> Store:
    store = new_file(path, today=lambda: TODAY)
    text = "\n".join([HEAD, *(_question(n) for n in range(1, 101))])
    with store.step("Make runs"):
        runs = store.save_many(
            [
                Run(
                    title="Long checklist", reference=f"CL-{n}", template="T90", template_version="1.0",
                    template_text=text, subject=f"Contract {n}", started_on=TODAY,
                )
                for n in range(count)
            ]
        )  # fmt: skip
        words = ("yes", "partly", "no")
        for n, each in enumerate(runs):
            store.save_many(
                [
                    Given(run=each.id, question=f"T90-{q:03d}", values={"answer": words[(n + q) % 3]})
                    for q in range(1, 101)
                ]
            )
    return store


def _question(number: int) -> str:
    section = '[[sections]]\nletter = "A"\ntitle = "Part"\n' if number == 1 else ""
    return (
        f'{section}[[sections.questions]]\nid = "T90-{number:03d}"\nnumber = "{number:03d}"\n'
        'text = "Is it so, and how do we know?"\nguidance = "Look at the register and at what people say of it."\n'
        'trace = "Own"\nkind = "yes_partly_no"\ngate = "gate"'
    )
