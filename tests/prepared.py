"""Files that take long to make and that most tests only begin from: made once a run, then copied for each test."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.desk.beginning.sample import new_sample
from storage.engine import opening
from storage.engine.fields import RECORDS
from storage.engine.state import file_uuid

_make = opening._make
_blanks: dict[
    object, tuple[bytes, bytes]
] = {}  # declared fields: an empty file, and which file it says it is


@pytest.fixture(autouse=True)
def blank_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty file is a copy of one with the same tables; how one is made, the tests of the engine try."""
    monkeypatch.setattr(opening, "_make", _copied)


def _copied(path: Path) -> None:
    """As `opening._make`: an empty file that says of itself that it is another than all others."""
    declared = tuple((cls, *map(id, cls.FIELDS.values())) for cls in RECORDS.values())
    if declared not in _blanks:
        _blanks[declared] = _blank()
    blank, called = _blanks[declared]
    path.write_bytes(blank.replace(called, str(uuid.uuid4()).encode()))


def _blank() -> tuple[bytes, bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.desk"
        _make(path)
        with closing(sqlite3.connect(path)) as conn:
            return path.read_bytes(), file_uuid(conn).encode()


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample of today as a closed file."""
    path = tmp_path_factory.mktemp("sample") / "sample.desk"
    new_sample(path).close()
    return path.read_bytes()
