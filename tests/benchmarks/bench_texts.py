"""130 specifications of 8,000 words: searching inside them, opening one, comparing two texts of one, and its PDF."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.commands import COMMANDS
from desktop.pages.specification_view import SpecificationView
from desktop.searching import Searching
from desktop.session import Session
from storage.desk.beginning.new_file import new_file
from storage.desk.specification.redline import compare, usual_readings
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specifications import issue
from storage.engine.store import Store
from storage.exchange.paper.papers import SpecificationPaper
from storage.exchange.paper.print_specification import specification_paper
from storage.exchange.paper.printing import pdf
from storage.exchange.word.specification import specification_word
from storage.records.specifications import Section, Specification
from storage.text.reading import read_markdown
from tests.benchmarks.frame import Result, seconds

TODAY = date(2026, 10, 3)
SECTIONS, WORDS = 25, 8_000  # of each specification
TYPED = (
    "crisis worker",
    "pathway referral",
    "dermatology clin",
    "within two hours",
    "safeguarding lead",
    "s",
    "zebra",
)
_COMMON = (
    "the service provider people care within hours days referral pathway safeguarding lead worker crisis clinic",
    "dermatology assessment review plan outcome measure quarter report consent family carer interpreter access",
    "home community hospital discharge medicine nurse doctor team meeting agreed every each must should offered",
)


def run(quick: bool) -> list[Result]:
    """Measure with 130 specifications; quick with 13."""
    app = QApplication.instance() or QApplication([])
    with TemporaryDirectory() as folder, closing(_filled(Path(folder), 13 if quick else 130)) as store:
        number = store.all(Specification)[0].key
        return [
            _search(store, 1 if quick else 3),
            _opening(app, store, number),
            _comparing(store, number),
            *_files(store, number),
        ]


def _search(store: Store, times: int) -> Result:
    searching = Searching(store, lambda: COMMANDS)
    taken = []
    for words in TYPED * times:
        for end in range(1, len(words) + 1):
            begun = perf_counter()
            searching.find(words[:end])
            taken.append((perf_counter() - begun) * 1000)
    slow = quantiles(taken, n=20)[-1]
    return Result("Search inside specifications, 95th percentile", f"{slow:.1f} ms", f"median {median(taken):.1f} ms",
                  slow, 30, "ms")  # fmt: skip


def _opening(app: QCoreApplication, store: Store, number: int) -> Result:
    """From the list to the text drawn; what is further down follows while nobody waits."""
    view = SpecificationView(Session(store))
    view.resize(1366, 700)
    view.show()
    others = [s.key for s in store.all(Specification)][1:6]
    taken = []
    for other in others:
        view.show_specification(other)
        app.processEvents()
        view.reading.block(sections_of(store, other)[-1].uuid)  # to its end
        read_markdown.cache_clear()
        taken.append(seconds(partial(_shown, view, number)) * 1000)
    view.close()
    return Result(
        "Opening a specification", f"{min(taken):.0f} ms", "drawn, nothing read before", min(taken), 100, "ms"
    )


def _shown(view: SpecificationView, number: int) -> None:
    view.show_specification(number)
    view.grab()


def _comparing(store: Store, number: int) -> Result:
    taken = []
    for _ in range(5):
        read_markdown.cache_clear()
        taken.append(seconds(lambda: compare(store, *usual_readings(store, number))) * 1000)
    return Result("Comparing the draft with a version", f"{min(taken):.0f} ms", "a fifth of the paragraphs changed",
                  min(taken), 150, "ms")  # fmt: skip


def _files(store: Store, number: int) -> list[Result]:
    specification_word(specification_paper(store, number))
    pdf(specification_paper(store, number))  # fonts and layout are read once
    makers: tuple[tuple[str, Callable[[SpecificationPaper], bytes], float], ...] = (
        ("PDF", pdf, 1000.0),
        ("Word file", specification_word, 1500.0),
    )
    found = []
    for name, make, limit in makers:
        taken = min(_made(store, number, make) for _ in range(3))
        found.append(Result(f"{name} of a specification", f"{taken:.0f} ms", "", taken, limit, "ms"))
    return found


def _made(store: Store, number: int, make: Callable[[SpecificationPaper], bytes]) -> float:
    return seconds(lambda: make(specification_paper(store, number, TODAY))) * 1000


def _filled(folder: Path, count: int) -> Store:
    """A file with so many specifications; the first has a version, and has changed since."""
    store, random = new_file(folder / "bench.desk", today=lambda: TODAY), Random(7)  # noqa: S311 - words to fill a file with
    with store.step("Fill"):
        made = store.save_many(
            [
                Specification(title=f"Specification {n} of a service", reference=f"SP-{n}")
                for n in range(count)
            ]
        )
        for each in made:
            sections = [
                Section(
                    specification=each.key,
                    number=str(n),
                    heading=f"Section {n}",
                    level=1,
                    position=n,
                    body=_body(random),
                )
                for n in range(1, SECTIONS + 1)
            ]
            store.save_many(sections)
    issue(store, made[0].key, by="Bench")
    with store.step("Change"):
        changed = [_changed(s, random) for s in sections_of(store, made[0].key)]
        store.save_many(changed)
    return store


def _body(random: Random) -> str:
    """Some 320 words: paragraphs, a list, and in places a table."""

    def words(most: int) -> str:
        return " ".join(random.choices(" ".join(_COMMON).split(), k=most)).capitalize() + "."

    parts = [words(60), words(60), "\n".join(f"- {words(12)}" for _ in range(6)), words(60)]
    if random.random() < 0.4:
        rows = "\n".join(f"| {words(3)} | {words(4)} | {random.randint(50, 99)}% |" for _ in range(6))
        parts.append(f"| Measure | How | Level |\n|---|---|---|\n{rows}")
    else:
        parts.append(words(60))
    return "\n\n".join(parts)


def _changed(section: Section, random: Random) -> Section:
    lines = [
        line.replace("the", "every", 1) + " More."
        if random.random() < 0.2 and not line.startswith("|")
        else line
        for line in section.body.split("\n")
    ]
    return replace(section, body="\n".join(lines))
