"""A small register in a real file, and the window over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from desktop.session import Session
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.engine.values import Period
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from tests.prepared import blank_files, sample_made

__all__ = ["blank_files", "sample_made"]
TODAY = date(2026, 11, 22)
HOUR = 3_600_000  # ms


def _today() -> date:
    return TODAY


@pytest.fixture(autouse=True)
def no_backup_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine reaches the moments at which a window makes backups unasked; tests of those set their own."""
    monkeypatch.setattr("desktop.keeping.SOON", HOUR)
    monkeypatch.setattr("desktop.keeping.QUIET", HOUR)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, away from the user's."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COMMISSIONING_DESK_HOME", str(folder))
    return folder


@pytest.fixture
def sample(tmp_path: Path, home: Path, sample_made: bytes) -> Path:
    """The sample, in a file nobody has opened yet."""
    path = tmp_path / "sample.desk"
    path.write_bytes(sample_made)
    return path


@pytest.fixture
def store(tmp_path: Path, home: Path) -> Iterator[Store]:
    """An empty file."""
    made = new_store(tmp_path / "register.desk", who="Joy Okafor", today=_today)
    yield made
    made.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """Three contracts of two providers: one to act on soon, one expired, one open-ended."""
    with store.step("Fill the register"):
        north, south = store.save_many(
            [Organisation(title="Northmoor Care"), Organisation(title="Southgate Trust")]
        )
        made = store.save_many(
            [
                Contract(reference="C-1", title="Stroke support", stage="Signed", start=date(2024, 4, 1),
                         current_end=date(2027, 3, 31), notice_commissioner=Period(3, "m"), current_value=120_000_00),
                Contract(reference="C-2", title="Falls classes", stage="Signed", start=date(2022, 4, 1),
                         current_end=date(2026, 3, 31), notice_commissioner=Period(3, "m"), current_value=30_000_50),
                Contract(reference="C-3", title="Crisis house", stage="Signed", start=date(2025, 4, 1)),
            ]
        )  # fmt: skip
        store.save_many(
            [
                Party(contract=c.id, organisation=o.id)
                for c, o in zip(made, (north, south, north), strict=True)
            ]
        )
    return store


@pytest.fixture
def session(filled: Store) -> Iterator[Session]:
    """The file as the window sees it."""
    made = Session(filled)
    yield made
    made.deleteLater()


@pytest.fixture
def failures(session: Session) -> list[str]:
    """Every error the user was shown."""
    shown: list[str] = []
    session.failed.connect(shown.append)
    return shown


Reopen = Callable[[], Store]
