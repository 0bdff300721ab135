"""What tests of the engine share: an empty file of library records, and a home of its own for its copies."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401 - entered now, so that they are not entered while the library is in use
from storage.engine import patience
from storage.engine.backup.backups import HOME
from storage.engine.derive import with_derived
from storage.engine.fields import RECORDS, Record
from storage.engine.opening import new_store
from storage.engine.query import Query
from storage.engine.search import document
from storage.engine.store import Store
from tests.storage.engine.library import only_the_library

REAL = dict(RECORDS)  # the program's own records
TODAY = date(2026, 11, 22)
Child = Callable[..., subprocess.Popen[str]]
_BEGIN = """
import sys
from pathlib import Path
import storage.engine.own_fields
from tests.storage.engine.library import *
from storage.engine.opening import open_store, new_store
def said(words): print(words, flush=True)
with only_the_library():
"""


@pytest.fixture(autouse=True)
def library() -> Iterator[None]:
    """Files hold the library's records during these tests."""
    with only_the_library():
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, with nothing in it."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds is given up soon."""
    monkeypatch.setattr(patience, "TRIES", 0.3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file lies."""
    return tmp_path / "books.desk"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty file, open to write."""
    made = new_store(path, who="Ann", today=lambda: TODAY)
    yield made
    made.close()


@pytest.fixture
def child(project: Path) -> Iterator[Child]:
    """Start Python code in a process of its own; what is still running is killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        indented = "".join(f"    {line}\n" for line in code.strip().splitlines())
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN + indented, *map(str, arguments)],
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(project)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def run(work: Iterator[object]) -> None:
    """Do long work at once."""
    for _ in work:
        pass


def all_of(store: Store) -> dict[str, list[Record]]:
    """Every record of the file, the bin included, with what was worked out."""
    live = {t: store.all(cls) for t, cls in RECORDS.items()}
    return {t: [*found, *store.all(RECORDS[t], Query(binned=True))] for t, found in live.items()}


def stale(store: Store) -> list[Record]:
    """Records whose stored values are not what their rules give, run afresh."""
    every = [r for found in all_of(store).values() for r in found]
    return [r for r in every if with_derived(store.conn, r, store.today()) != r]


def unsearched(store: Store) -> list[tuple[tuple[str, int], tuple[str, str]]]:
    """Where the search does not hold exactly the documents of the records in use."""
    store.conn.execute("insert into search(search, rank) values('integrity-check', 1)")
    own = store.own_fields()
    wanted = {
        (t, r.key): document(r, own.get(t, []))
        for t, found in all_of(store).items()
        for r in found
        if type(r).SEARCHED and not r.binned
    }
    held = store.conn.execute("select tbl, row, title, body from document")
    return sorted(set(wanted.items()) ^ {((t, i), (title, body)) for t, i, title, body in held})
