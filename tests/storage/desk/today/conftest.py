"""An empty file with its lists, on a day that stands still."""

from tests.storage.desk.put_right.conftest import store

__all__ = ["store"]
