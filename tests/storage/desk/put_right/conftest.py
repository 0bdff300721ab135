"""An empty file on a day that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.beginning.reference_lists import add_lists
from storage.engine.opening import new_store
from storage.engine.store import Store
from tests.storage.desk.put_right.finding_out import TODAY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", who="Joy Okafor", today=lambda: TODAY)
    with made.step("Begin"):
        add_lists(made)
    yield made
    made.close()
