"""The register every test of the desk works on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prepared import blank_files
from tests.storage.desk.register import Register, make_register

__all__ = ["blank_files"]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()
